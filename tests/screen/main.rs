//! The behaviour of the whole screen without a terminal or a thread: messages go into the app, frames come out.

mod anything;
mod ascii;
mod backprop;
mod categories;
mod charts;
mod chosen_sample;
mod classroom;
mod diagram;
mod differences;
mod drawing;
mod drawing_mouse;
mod explained;
mod extremes;
mod files;
mod finished;
mod footer;
mod given_weights;
mod help;
mod inputs;
mod large_answers;
mod large_map;
mod large_step;
mod looks;
mod map_mouse;
mod moment;
mod mouse;
mod notices;
mod prediction;
mod preparing;
mod regions;
mod regularization;
mod remarks;
mod room;
mod row_of_maps;
mod runs;
mod samples;
mod scrolling;
mod setting_values;
mod settings;
mod silence;
mod slice;
mod small;
mod step_captions;
mod surface;
mod sweep;
mod test_screen;
mod told;
mod trained_sample;
mod travel;
mod weight_labels;
mod zoom;

use crossterm::event::KeyCode;
use nnscope::app::{
    Appearance, Colors, Effect, Glyphs, Message, Overlay, TrainingState, View, keymap,
};
use nnscope::trainer::{Command, Event, Origin, Pace, RunState, StartState};
use strum::VariantArray;
use test_screen::TestScreen;

#[test]
fn space_pauses_a_running_run_and_runs_a_paused_one() {
    let mut screen = TestScreen::at_epoch(0);
    assert!(matches!(
        screen.press(' ')[..],
        [Effect::Train(Command::Pause)]
    ));
    screen.tell(RunState::Paused);
    assert!(screen.text().contains("paused at epoch 0"));
    assert!(matches!(
        screen.press(' ')[..],
        [Effect::Train(Command::Run)]
    ));
}

#[test]
fn a_finished_run_says_what_can_be_done_now_and_space_trains_more() {
    let mut screen = TestScreen::at_epoch(1000);
    assert!(screen.text().contains("epoch 1,000/1,000"));
    let ways = [
        "finished",
        " – space trains more",
        ", R tries another seed",
        ", S tries many, v compares runs",
    ];
    for ((width, height), ways) in [
        ((80, 24), ways[..3].concat()),
        ((200, 60), ways.concat()),
        ((40, 12), ways[..1].concat()),
    ] {
        screen.resize(width, height);
        let text = screen.text();
        let status = text.lines().nth_back(1).unwrap().trim_end();
        assert!(status.ends_with(&ways), "{text}");
        assert!(text.contains("\nspace train more  s step"), "{text}");
    }
    screen.resize(80, 24);
    screen.press('v');
    let text = screen.text();
    let status = text.lines().nth_back(1).unwrap().trim_end();
    assert!(status.ends_with(" finished"), "{text}");
    screen.press('v');
    assert!(matches!(
        screen.press(' ')[..],
        [Effect::Train(Command::Run)]
    ));
}

#[test]
fn a_run_without_a_last_epoch_says_so_and_has_no_bar() {
    assert!(
        TestScreen::at_epoch(20)
            .text()
            .contains(" epoch 20/1,000 ▎░░")
    );
    let text = TestScreen::at_epoch_of(20, "--epochs 0").text();
    assert!(
        text.contains(" epoch 20 (no limit)   loss still falling"),
        "{text}"
    );
    let text = TestScreen::at_epoch_of(20, "--epochs 0 --until-loss 1e-5").text();
    assert!(
        text.contains(" epoch 20, until loss 1e−5   loss still falling"),
        "{text}"
    );
    let mut screen = TestScreen::at_epoch_of(20, "--epochs 0 --until-loss 0.2");
    screen.tell(RunState::Finished);
    let text = screen.text();
    assert!(
        text.contains("reached loss 0.2 – space trains more"),
        "{text}"
    );
}

#[test]
fn the_header_has_the_present_learning_rate_beside_the_configured_one() {
    let mut screen = TestScreen::at_epoch_of(25, "--schedule step=10,0.5");
    screen.resize(140, 40);
    assert!(
        screen.text().contains("sgd η 0.025 of 0.1 "),
        "{}",
        screen.text()
    );
    screen.press('2');
    screen.tell(RunState::Paused);
    for _ in ["loss", "backward", "update"] {
        screen.press('n');
    }
    assert!(screen.text().contains("− 0.025·"), "{}", screen.text());
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    assert!(
        screen.text().contains("sgd rate 0.025 of 0.1 "),
        "{}",
        screen.text()
    );
}

#[test]
fn steps_are_commands_to_the_trainer() {
    let mut screen = TestScreen::at_epoch(0);
    assert!(matches!(
        screen.press('n')[..],
        [Effect::Train(Command::StepEpoch)]
    ));
    assert!(matches!(
        screen.press('s')[..],
        [Effect::Train(Command::StepSample)]
    ));
    screen.step_sample();
    screen.tell(RunState::Paused);
    assert!(
        screen
            .text()
            .contains("sample 1 of 4 done; the step moved ")
    );
}

#[test]
fn a_restarted_run_stays_running_or_paused() {
    let mut screen = TestScreen::at_epoch(20);
    let Effect::Begin {
        origin: Origin::Start(run),
        start,
        ..
    } = &screen.press('r')[..][0]
    else {
        panic!()
    };
    assert_eq!(
        (start.state, run.config.epochs),
        (StartState::Running, 1000)
    );
    screen.tell(RunState::Paused);
    let Effect::Begin { start, .. } = &screen.press('r')[..][0] else {
        panic!()
    };
    assert_eq!(start.state, StartState::Paused);
    assert_eq!(screen.app.run().config().seed, 42);
    screen.press('R');
    assert_eq!(screen.app.run().config().seed, 43);
    assert!(screen.text().contains("seed 43"));
}

#[test]
fn the_speed_keys_go_through_the_paces_and_the_last_one_says_so() {
    let mut screen = TestScreen::at_epoch(0);
    let fast = Pace::EpochsPerSecond(200);
    assert!(matches!(&screen.press('+')[..], [Effect::Train(Command::SetPace(p))] if *p == fast));
    assert!(screen.text().contains("running 200/s"));
    screen.press('=');
    screen.press('+');
    assert!(screen.text().contains("running max"));
    assert!(screen.press('+').is_empty());
    assert!(screen.text().contains("already at maximum speed"));
    screen.tell(RunState::Paused);
    screen.press('-');
    assert!(screen.text().contains("speed set to 1000/s"));
}

#[test]
fn a_diverged_run_says_so_and_can_be_restarted() {
    let mut screen = TestScreen::at_epoch(11);
    screen.tell(RunState::Diverged { epoch: 12 });
    assert!(
        screen
            .text()
            .contains("diverged at epoch 12 – r restarts, e lowers the learning rate")
    );
    assert!(screen.press(' ').is_empty());
    assert!(
        screen
            .text()
            .contains("cannot continue – r restarts, e lowers the learning rate")
    );
    assert!(matches!(screen.press('r')[..], [Effect::Begin { .. }, ..]));
}

#[test]
fn a_panic_of_the_trainer_is_shown_and_survived() {
    let mut screen = TestScreen::at_epoch(11);
    screen.app.update(Message::Trainer(Event::Panicked(
        "index out of bounds".to_owned(),
    )));
    assert!(
        screen
            .text()
            .contains("internal error, training stopped: index out of bounds")
    );
    assert!(screen.press('s').is_empty());
    assert!(matches!(screen.press('r')[..], [Effect::Begin { .. }, ..]));
    assert_eq!(
        screen.app.run().training.state,
        TrainingState::Alive(RunState::Running)
    );
}

#[test]
fn the_confusion_matrix_counts_predictions_by_actual_class() {
    let mut screen = TestScreen::fixed();
    screen.press('m');
    screen.press('m');
    let text = screen.text();
    let row = |name: &str| {
        text.lines()
            .find(|line| line.contains(name))
            .unwrap()
            .to_owned()
    };
    assert!(row("│M  ").contains("2      0"), "{text}");
    assert!(row("│F  ").contains("0      2"), "{text}");
    screen.press('m');
    assert!(screen.text().contains("Map: P(F) over weight, height"));
    screen.press('m');
    assert!(screen.text().contains("Samples: 4/4 right"));
}

#[test]
fn a_selected_neuron_has_its_formula() {
    let mut screen = TestScreen::fixed();
    screen.resize(120, 40);
    screen.press_code(KeyCode::Right);
    let formula = "h1: z = 1.04·(−2) + 0.61·(−1) + (−0.24) = −2.93;";
    assert!(screen.text().contains(formula), "{}", screen.text());
    assert!(screen.text().contains("h1 = sigmoid(z) = 0.0507"));
    screen.press_code(KeyCode::Left);
    assert_eq!(screen.app.run().neuron, None);
    screen.press('h');
    let formula = "o1: z = −2.49·0.0507 + (−0.54)·0.555 + 1.43 = 1.00;";
    assert!(screen.text().contains(formula), "{}", screen.text());
}

#[test]
fn the_run_is_a_command_line_to_copy() {
    let mut screen = TestScreen::at_epoch(0);
    let effects = screen.press('c');
    let [Effect::Copy(line)] = &effects[..] else {
        panic!()
    };
    assert_eq!(line, "nnscope --seed 42");
    assert!(screen.text().contains(line));
}

#[test]
fn a_paused_epoch_counts_its_batches() {
    let mut screen = TestScreen::at_epoch_of(0, "--data gauss --batch-size 64");
    screen.step_sample();
    screen.tell(RunState::Paused);
    assert!(
        screen
            .text()
            .contains("paused at epoch 0, batch 1 of 8 done"),
        "{}",
        screen.text()
    );
}

#[test]
fn the_help_shows_every_key_of_its_view() {
    for &view in View::VARIANTS {
        let mut screen = TestScreen::at_epoch(1);
        while screen.app.view() != view {
            screen.press_code(KeyCode::Tab);
        }
        if view == View::Learn {
            // The guess takes the keys first.
            screen.press_code(KeyCode::Enter);
        }
        screen.press('?');
        let mut seen = screen.text();
        for _ in 0..keymap::BINDINGS.len() {
            screen.press('j');
            seen += &screen.text();
        }
        for binding in keymap::heard_in(screen.app.view_context()) {
            let (keys, help) = (binding.keys_text(), binding.help);
            assert!(
                seen.contains(&keys) && seen.contains(help),
                "{keys} {help}\n{seen}"
            );
        }
        screen.press('?');
        assert_eq!(*screen.app.overlay(), Overlay::None);
    }
}

#[test]
fn quitting_works_from_anywhere() {
    let quits = |before: &[char]| {
        let mut screen = TestScreen::at_epoch(1);
        for &c in before {
            screen.press(c);
        }
        matches!(screen.press_ctrl('c')[..], [Effect::Quit])
    };
    assert!(quits(&[]) && quits(&['i']) && quits(&['?']));
    assert!(matches!(
        TestScreen::at_epoch(1).press('q')[..],
        [Effect::Quit]
    ));
}

#[test]
fn the_screen_looks_as_it_did() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let mut screen = TestScreen::fixed();
        screen.resize(width, height);
        insta::assert_snapshot!(format!("train-{width}x{height}"), screen.text());
    }
}

#[test]
fn a_run_beyond_its_last_epoch_says_past_which() {
    let mut screen = TestScreen::at_epoch_of(20, "--epochs 20");
    assert!(
        screen.text().contains(" epoch 20/20 ███"),
        "{}",
        screen.text()
    );
    screen.train_epoch();
    screen.tell(RunState::Running);
    let text = screen.text();
    assert!(
        text.contains(" epoch 21 (past 20)   loss still falling"),
        "{text}"
    );
    screen.tell(RunState::Paused);
    let text = screen.text();
    assert!(text.contains(" epoch 21 (past 20)   paused"), "{text}");
    // A goal for the loss is not what the reader has passed.
    let mut screen = TestScreen::at_epoch_of(20, "--epochs 20 --until-loss 1e-5");
    screen.train_epoch();
    screen.tell(RunState::Paused);
    let text = screen.text();
    assert!(text.contains(" epoch 21 (past 20)   paused"), "{text}");
}
