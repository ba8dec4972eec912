//! Going back and forth between epochs with keys.

use crossterm::event::KeyCode;
use nnscope::app::{Effect, Glyphs, Overlay};
use nnscope::session::Seeking;
use nnscope::trainer::{Command, Destination, Event, RunState};

use super::*;

/// The destination that a key asks the trainer for.
fn destination(effects: &[Effect]) -> Destination {
    match effects {
        [Effect::Train(Command::Seek(destination))] => *destination,
        _ => panic!("{effects:?}"),
    }
}

#[test]
fn brackets_braces_home_and_end_go_to_other_epochs() {
    for view in ['1', '2'] {
        let mut screen = TestScreen::at_epoch(300);
        screen.press(view);
        for (code, wanted) in [
            (KeyCode::Char('['), Destination::Back(1)),
            (KeyCode::Char('{'), Destination::Back(30)),
            (KeyCode::Char(']'), Destination::Forward(1)),
            (KeyCode::Char('}'), Destination::Forward(30)),
            (KeyCode::Home, Destination::Epoch(0)),
            (KeyCode::End, Destination::Farthest),
        ] {
            assert_eq!(destination(&screen.press_code(code)), wanted);
        }
        assert_eq!(screen.session().position().epoch, 300);
    }
}

#[test]
fn a_jump_pauses_and_every_panel_shows_that_epoch() {
    let mut screen = TestScreen::at_epoch(300);
    let output_at_300 = screen.app.run().outputs_for(&[128.0, 63.0]);
    let mut at_270 = TestScreen::at_epoch(270);
    screen.press('{');
    let text = screen.text();
    for expected in [
        "paused",
        " epoch 270 █",
        "viewing epoch 270 of 300 – space runs from here",
        "epoch 270: 0.0106",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let outputs = screen.app.run().outputs_for(&[128.0, 63.0]);
    assert_eq!(outputs, at_270.app.run().outputs_for(&[128.0, 63.0]));
    assert_ne!(outputs, output_at_300);
    // The axis still extends to the newest epoch.
    assert!(text.contains(" 200    300│"), "{text}");
    let samples = |text: &str| -> Vec<String> {
        let lines = text.lines().skip_while(|line| !line.contains("Samples"));
        lines.take(6).map(str::to_owned).collect()
    };
    assert_eq!(samples(&text), samples(&at_270.text()));
}

#[test]
fn the_cursor_on_the_loss_curve_is_visible_without_colour_and_in_ascii() {
    for (glyphs, mark) in [(Glyphs::Unicode, '┊'), (Glyphs::Ascii, ':')] {
        let mut screen = TestScreen::at_epoch(1000);
        screen.draw_with(Appearance {
            colors: Colors::None,
            glyphs,
        });
        let marks = |screen: &mut TestScreen| {
            let text = screen.text();
            let rows: Vec<&str> = text.lines().skip(2).take(8).collect();
            rows.iter()
                .filter_map(|row| row.chars().skip(50).position(|c| c == mark))
                .collect::<Vec<usize>>()
        };
        assert!(marks(&mut screen).is_empty());
        let [middle, left] = [5, 3].map(|tenths| {
            (0..tenths).for_each(|_| drop(screen.press('{')));
            marks(&mut screen)
        });
        assert!(middle.len() > 4 && left.len() > 4);
        assert!(left[0] + 6 < middle[0], "{left:?}, {middle:?}");
        screen.press_code(KeyCode::End);
        assert!(marks(&mut screen).is_empty());
    }
}

#[test]
fn forward_at_the_newest_epoch_trains_one_more_and_larger_jumps_do_nothing() {
    let mut screen = TestScreen::at_epoch(300);
    assert!(matches!(
        screen.press(']')[..],
        [Effect::Train(Command::StepEpoch)]
    ));
    screen.tell(RunState::Paused);
    for code in [KeyCode::Char('}'), KeyCode::End] {
        assert!(screen.press_code(code).is_empty());
        assert!(
            screen
                .text()
                .contains("epoch 300 is the newest – space to continue")
        );
    }
}

#[test]
fn an_epoch_can_be_typed_and_invalid_ones_are_reported() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press(':');
    assert!(
        screen
            .text()
            .contains("0–300; a later epoch is trained first")
    );
    let invalid = "not an epoch: enter a number from 0";
    for (typed, problem) in [
        ("soon", invalid),
        ("-1", invalid),
        ("", invalid),
        ("1e2", invalid),
        ("99999999999999999999", "too large: no run gets that far"),
    ] {
        screen.press_ctrl('u');
        screen.paste(typed);
        // Before Enter, which goes nowhere.
        let text = screen.text();
        assert!(text.contains(problem), "{text}");
        assert!(screen.press_code(KeyCode::Enter).is_empty());
        assert_eq!(screen.app.notice(), Some("what is typed is not valid"));
        assert!(screen.text().contains(problem));
    }
    screen.press_ctrl('u');
    for c in "1_40".chars() {
        screen.press(c);
    }
    let wanted = Destination::Epoch(140);
    assert_eq!(destination(&screen.press_code(KeyCode::Enter)), wanted);
    assert_eq!(*screen.app.overlay(), Overlay::None);
    assert!(screen.text().contains("viewing epoch 140 of 300"));
    screen.press(':');
    screen.press_code(KeyCode::Esc);
    assert_eq!(*screen.app.overlay(), Overlay::None);
}

/// Types an epoch to go to.
fn go_to(screen: &mut TestScreen, epoch: &str) -> Vec<Effect> {
    screen.press(':');
    epoch.chars().for_each(|c| drop(screen.press(c)));
    screen.press_code(KeyCode::Enter)
}

#[test]
fn an_epoch_that_is_not_trained_yet_is_trained_first() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press(':');
    screen.paste("1500");
    assert!(screen.text().contains("not trained yet (0–300 are)"));
    assert!(matches!(
        screen.press_code(KeyCode::Enter)[..],
        [Effect::Train(Command::TrainTo(1500))]
    ));
    screen.tell(RunState::TrainingTo(Seeking {
        from: 300,
        at: 600,
        goal: 1500,
    }));
    let text = screen.text();
    assert!(
        text.contains("training to epoch 1,500: 25% (Esc stops)"),
        "{text}"
    );
    assert!(text.contains("Esc stop"), "{text}");
    assert!(matches!(
        screen.press_code(KeyCode::Esc)[..],
        [Effect::Train(Command::Pause)]
    ));
    assert!(screen.text().contains("paused at epoch 300"));
}

#[test]
fn from_an_earlier_epoch_the_way_leads_over_the_newest_one() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press_code(KeyCode::Home);
    assert!(matches!(
        go_to(&mut screen, "301")[..],
        [
            Effect::Train(Command::Seek(Destination::Farthest)),
            Effect::Train(Command::TrainTo(301))
        ]
    ));
}

#[test]
fn a_diverged_run_trains_to_no_epoch_and_says_so() {
    let mut screen = TestScreen::at_epoch(11);
    screen.tell(RunState::Diverged { epoch: 12 });
    assert!(go_to(&mut screen, "20").is_empty());
    assert!(screen.text().contains("cannot continue"));
}

#[test]
fn resuming_from_the_past_says_that_epochs_are_replayed() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press_code(KeyCode::Home);
    assert!(matches!(
        screen.press(' ')[..],
        [Effect::Train(Command::Run)]
    ));
    screen.train_epoch();
    screen.tell(RunState::Running);
    assert!(screen.text().contains("replaying to epoch 300"));
    assert_eq!(screen.app.run().curves.training.epochs(), 301);
}

#[test]
fn a_long_jump_shows_its_progress_and_esc_cancels_it() {
    let mut screen = TestScreen::at_epoch(300);
    assert!(screen.press_code(KeyCode::Esc).is_empty());
    assert!(screen.text().contains("nothing is open to leave"));
    screen.press_code(KeyCode::F(24));
    screen.tell(RunState::Seeking(Seeking {
        from: 100,
        at: 150,
        goal: 300,
    }));
    let text = screen.text();
    assert!(
        text.contains("going to epoch 300: 25% (Esc cancels)"),
        "{text}"
    );
    assert!(matches!(
        screen.press_code(KeyCode::Esc)[..],
        [Effect::Train(Command::CancelSeek)]
    ));
}

#[test]
fn the_learning_rate_is_that_of_the_epoch_that_is_shown() {
    let mut screen = TestScreen::at_epoch(300);
    screen.set("learning rate", "0.3");
    screen.train_epoch();
    screen.tell(RunState::Running);
    screen.resize(120, 40);
    assert!(screen.text().contains("sgd η 0.3"));
    assert!(screen.app.run().is_changed());
    screen.press_code(KeyCode::Home);
    assert!(screen.text().contains("sgd η 0.1"), "{}", screen.text());
    assert!(!screen.app.run().is_changed());
    screen.press_code(KeyCode::End);
    assert!(screen.text().contains("sgd η 0.3"));
}

#[test]
fn the_reason_of_a_refused_seek_is_shown() {
    let mut screen = TestScreen::at_epoch(3);
    let reason = "run A can no longer be restored".to_owned();
    screen.update(Message::Trainer(Event::SeekRefused(reason.clone())));
    assert!(screen.text().contains(&reason));
}

#[test]
fn steps_before_the_newest_moment_leave_the_progress_at_its_epoch() {
    let mut screen = TestScreen::at_epoch(300);
    screen.step_sample();
    screen.tell(RunState::Paused);
    assert!(
        screen.text().contains("epoch 300/1,000"),
        "{}",
        screen.text()
    );
    screen.type_text(":300");
    screen.press_code(KeyCode::Enter);
    let text = screen.text();
    assert!(text.contains("epoch 300/1,000"), "{text}");
    assert!(
        text.contains("viewing epoch 300, 1 step before the newest"),
        "{text}"
    );
}

#[test]
fn a_jump_beyond_the_newest_epoch_names_no_number_that_training_leaves_behind() {
    let mut screen = TestScreen::at_epoch(100);
    screen.tell(RunState::Running);
    screen.press('}');
    assert_eq!(screen.app.notice(), Some("already at the newest epoch"));
    screen.tell(RunState::Paused);
    screen.press('}');
    let said = "epoch 100 is the newest – space to continue";
    assert_eq!(screen.app.notice(), Some(said));
}
