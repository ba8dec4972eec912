//! All of the screen's behaviour without a terminal or a thread: messages into the app, frames out.

mod anything;
mod backprop;
mod categories;
mod extremes;
mod preparing;
mod runs;
mod settings;
mod sweep;
mod test_screen;
mod travel;

use crossterm::event::KeyCode;
use nnscope::app::{
    Appearance, Colors, Effect, Focus, Glyphs, LossAxis, Message, Overlay, SaveOutcome, Shown,
    TrainingState, View, keymap,
};
use nnscope::session::Existing;
use nnscope::trainer::{Command, Event, Origin, Pace, RunState, StartState};
use ratatui::style::{Color, Modifier};
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
fn a_finished_run_says_so_and_goes_on_with_space() {
    let mut screen = TestScreen::at_epoch(1000);
    let text = screen.text();
    assert!(
        text.contains("finished; space goes on") && text.contains("epoch 1,000/1,000"),
        "{text}"
    );
    assert!(matches!(
        screen.press(' ')[..],
        [Effect::Train(Command::Run)]
    ));
}

#[test]
fn a_run_without_an_end_says_so_and_has_no_bar() {
    assert!(
        TestScreen::at_epoch(20)
            .text()
            .contains(" epoch 20/1,000 ▌░░")
    );
    let text = TestScreen::at_epoch_of(20, "--epochs 0").text();
    assert!(
        text.contains(" epoch 20, until stopped   loss still falling"),
        "{text}"
    );
    let text = TestScreen::at_epoch_of(20, "--epochs 0 --until-loss 1e-5").text();
    assert!(
        text.contains(" epoch 20, until loss 1e-5   loss still falling"),
        "{text}"
    );
    let mut screen = TestScreen::at_epoch_of(20, "--epochs 0 --until-loss 0.2");
    screen.tell(RunState::Finished);
    let text = screen.text();
    assert!(
        text.contains("finished: loss 0.2 or less; space goes on"),
        "{text}"
    );
}

#[test]
fn the_header_has_the_present_learning_rate_beside_the_configured_one() {
    let mut screen = TestScreen::at_epoch_of(25, "--schedule step=10,0.5");
    screen.resize(120, 40);
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
        screen.press('s')[..],
        [Effect::Train(Command::StepEpoch)]
    ));
    assert!(matches!(
        screen.press('n')[..],
        [Effect::Train(Command::StepSample)]
    ));
    screen.step_sample();
    screen.tell(RunState::Paused);
    assert!(screen.text().contains("paused at epoch 0, sample 1 of 4"));
}

#[test]
fn a_reset_keeps_running_or_paused_as_it_was() {
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
fn the_speed_walks_the_paces_and_says_where_they_end() {
    let mut screen = TestScreen::at_epoch(0);
    let fast = Pace::EpochsPerSecond(200);
    assert!(matches!(&screen.press('+')[..], [Effect::Train(Command::SetPace(p))] if *p == fast));
    assert!(screen.text().contains("running 200/s"));
    screen.press('=');
    screen.press('+');
    assert!(screen.text().contains("running max"));
    assert!(screen.press('+').is_empty());
    assert!(screen.text().contains("already at maximum speed"));
    assert!(matches!(
        &screen.press('-')[..],
        [Effect::Train(Command::SetPace(_))]
    ));
}

#[test]
fn arrows_walk_the_samples_and_end_at_the_typed_one() {
    let mut screen = TestScreen::at_epoch(0);
    screen.press('k');
    assert_eq!(screen.app.run().shown, Shown::Sample(0));
    for expected in [1, 2, 3] {
        screen.press_code(KeyCode::Down);
        assert_eq!(screen.app.run().shown, Shown::Sample(expected));
    }
    screen.press('j');
    screen.press('j');
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press_code(KeyCode::Up);
    assert_eq!(screen.app.run().shown, Shown::Sample(3));
}

#[test]
fn the_prediction_box_starts_with_emily_and_answers_in_words() {
    let mut screen = TestScreen::at_epoch(1000);
    let emily = screen.app.run().outputs_for(&[128.0, 63.0])[0];
    let text = screen.text();
    for words in [
        "weight [128     ] lb → −7",
        "height [63      ] in → −3",
        "also 58 kg, 160 cm, 5'3\"",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(
        text.contains(&format!("o1 {emily:.3}: F, {:.0} % sure", emily * 100.0)),
        "{text}"
    );
    // And while it trains: the same values, other parameters.
    screen.train_epoch();
    screen.tell(RunState::Running);
    assert_ne!(screen.app.run().outputs_for(&[128.0, 63.0])[0], emily);
}

#[test]
fn a_focused_field_owns_every_printable_key() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('i');
    assert_eq!(
        (screen.app.focus(), screen.app.run().shown),
        (Focus::Prediction, Shown::Prediction)
    );
    screen.press_ctrl('u');
    for c in "58kgq rs".chars() {
        assert!(screen.press(c).is_empty());
    }
    let problem = screen.app.run().prediction.problem();
    assert_eq!(problem, Some((0, "\"kgq\" is no unit known here")));
    for _ in 0..4 {
        screen.press_code(KeyCode::Backspace);
    }
    assert_eq!(
        screen.app.run().prediction.values()[0],
        58.0 * 1e8 / 45_359_237.0
    );
    screen.press_code(KeyCode::Esc);
    assert_eq!(screen.app.focus(), Focus::Run);
}

#[test]
fn invalid_text_keeps_the_last_answer_dimmed_and_says_why() {
    let mut screen = TestScreen::at_epoch(1000);
    let answer = format!("o1 {:.3}", screen.app.run().outputs_for(&[128.0, 63.0])[0]);
    assert!(
        !screen
            .style_of(&answer)
            .add_modifier
            .contains(Modifier::DIM)
    );
    screen.press('i');
    screen.press('x');
    assert!(
        screen.text().contains("weight: \"x\" is not a number"),
        "{}",
        screen.text()
    );
    assert!(
        screen
            .style_of(&answer)
            .add_modifier
            .contains(Modifier::DIM)
    );
}

#[test]
fn a_value_outside_the_training_range_is_said() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('i');
    screen.press_ctrl('u');
    screen.paste("2\u{7}0\n0");
    assert_eq!(screen.app.run().prediction.values()[0], 200.0);
    let text = screen.text();
    assert!(
        text.contains("weight outside the training") && text.contains("120 to 160 lb"),
        "{text}"
    );
}

#[test]
fn a_diverged_run_says_so_and_offers_a_reset() {
    let mut screen = TestScreen::at_epoch(11);
    screen.tell(RunState::Diverged { epoch: 12 });
    assert!(
        screen
            .text()
            .contains("diverged at epoch 12: loss is not a number")
    );
    assert!(screen.press(' ').is_empty());
    assert!(
        screen
            .text()
            .contains("cannot continue – r restarts, e to lower the learning rate")
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
            .contains("training stopped by a bug: index out of bounds")
    );
    assert!(screen.press('s').is_empty());
    assert!(matches!(screen.press('r')[..], [Effect::Begin { .. }, ..]));
    assert_eq!(
        screen.app.run().training.state,
        TrainingState::Alive(RunState::Running)
    );
}

#[test]
fn saving_asks_before_it_replaces() {
    let mut screen = TestScreen::at_epoch(1);
    let [
        Effect::Save {
            path,
            existing: Existing::Keep,
            ..
        },
    ] = &screen.press('w')[..]
    else {
        panic!()
    };
    assert_eq!(path.to_str(), Some("nnscope-seed-42.json"));
    screen
        .app
        .update(Message::Save(SaveOutcome::Exists(path.clone())));
    assert!(
        screen
            .text()
            .contains("nnscope-seed-42.json is there already")
    );
    // Nothing but the answers is heard.
    assert!(screen.press('q').is_empty());
    screen.press('n');
    assert_eq!(*screen.app.overlay(), Overlay::None);
    screen
        .app
        .update(Message::Save(SaveOutcome::Exists(path.clone())));
    let replace = screen.press('y');
    assert!(matches!(
        replace[..],
        [Effect::Save {
            existing: Existing::Replace,
            ..
        }]
    ));
    screen
        .app
        .update(Message::Save(SaveOutcome::Saved(path.clone())));
    assert!(screen.text().contains("saved nnscope-seed-42.json"));
}

#[test]
fn the_confusion_matrix_says_which_class_is_taken_for_which() {
    let mut screen = TestScreen::fixed();
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
    assert!(screen.text().contains("Samples: 4/4 right"));
}

#[test]
fn a_chosen_neuron_is_told_in_numbers() {
    let mut screen = TestScreen::fixed();
    screen.resize(120, 40);
    screen.press_code(KeyCode::Right);
    assert!(
        screen
            .text()
            .contains("h1: z = +1.04·weight +0.61·height −0.24 = −2.93; sigmoid(z) = 0.05")
    );
    screen.press_code(KeyCode::Left);
    assert_eq!(screen.app.run().neuron, None);
    screen.press('h');
    assert!(screen.text().contains("o1: z = −2.49·h1 −0.54·h2 +1.43 ="));
}

#[test]
fn the_run_is_a_command_line_to_copy() {
    let mut screen = TestScreen::at_epoch(0);
    let effects = screen.press('c');
    let [Effect::Copy(line)] = &effects[..] else {
        panic!()
    };
    assert_eq!(
        line,
        "nnscope --output-activation sigmoid --loss mse --seed 42"
    );
    assert!(screen.text().contains(line));
}

#[test]
fn a_value_in_the_table_is_never_cut() {
    let mut screen = TestScreen::with_data("gauss");
    screen.resize(80, 24);
    for sample in 0..3 {
        let values = screen.app.run().dataset().raw_of(sample).to_vec();
        let text = screen.text();
        let name = format!("#{} ", sample + 1);
        // The diagram's title has the name of the chosen one too.
        let rows = text.lines().filter(|line| !line.contains("Network"));
        let row = rows.into_iter().find(|line| line.contains(&name)).unwrap();
        for value in values {
            let words = format!("{value:.2}").replace('-', "−");
            let words = words.trim_end_matches('0').trim_end_matches('.');
            assert!(row.contains(&format!(" {words} ")), "{words} in {row}");
        }
    }
}

#[test]
fn a_paused_epoch_counts_its_batches() {
    let mut screen = TestScreen::at_epoch_of(0, "--data gauss --batch-size 64");
    screen.step_sample();
    screen.tell(RunState::Paused);
    assert!(
        screen.text().contains("paused at epoch 0, batch 1 of 8"),
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
        screen.press('?');
        let mut seen = screen.text();
        for _ in 0..keymap::BINDINGS.len() {
            screen.press('j');
            seen += &screen.text();
        }
        for binding in keymap::heard_in(keymap::Context::View(view)) {
            let (keys, words) = (binding.keys_text(), binding.help);
            assert!(
                seen.contains(&keys) && seen.contains(words),
                "{keys} {words}\n{seen}"
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
fn the_loss_axis_can_be_logarithmic() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press('y');
    assert_eq!(screen.app.loss_axis(), LossAxis::Log);
    let text = screen.text();
    assert!(
        text.contains("Loss (mse, log axis)") && text.contains("1.00"),
        "{text}"
    );
}

#[test]
fn a_small_window_drops_the_samples_then_the_diagram_then_asks_for_room() {
    let mut screen = TestScreen::at_epoch(1);
    let mut panels = |width, height| {
        screen.resize(width, height);
        let text = screen.text();
        ["Network", "Loss", "Samples", "Predict", "needs 40×12"].map(|panel| text.contains(panel))
    };
    assert_eq!(panels(80, 24), [true, true, true, true, false]);
    assert_eq!(panels(79, 24), [true, true, false, true, false]);
    assert_eq!(panels(60, 17), [true, true, false, true, false]);
    assert_eq!(panels(59, 24), [false, true, false, true, false]);
    assert_eq!(panels(40, 12), [false, true, false, true, false]);
    assert_eq!(panels(39, 12), [false, false, false, false, true]);
}

#[test]
fn ascii_draws_nothing_but_ascii() {
    let mut screen = TestScreen::at_epoch(300);
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    for keys in ["", "?", "?y", "i", "xj"] {
        for c in keys.chars() {
            screen.press(c);
        }
        for (width, height) in [(80, 24), (120, 40), (40, 12), (20, 5)] {
            screen.resize(width, height);
            assert!(
                screen.text().is_ascii(),
                "after {keys:?}: {}",
                screen.text()
            );
        }
    }
}

#[test]
fn without_colours_every_cell_has_the_terminals_own() {
    let mut screen = TestScreen::at_epoch(300);
    screen.draw_with(Appearance {
        colors: Colors::None,
        ..screen.app.appearance()
    });
    for cell in screen.draw().content() {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
}

#[test]
fn the_screen_looks_as_it_did() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let mut screen = TestScreen::fixed();
        screen.resize(width, height);
        insta::assert_snapshot!(format!("train-{width}x{height}"), screen.text());
    }
}
