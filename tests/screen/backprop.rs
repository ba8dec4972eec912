//! The Backprop view: one step, number by number.

mod cancelling;
mod curve;
mod tables;
mod undone;

use crossterm::event::KeyCode::{self, Char, Down, Enter, Esc, Left, Right, Up};
use nnscope::app::{Appearance, Edges, Effect, Glyphs, Overlay, Stage};
use nnscope::trainer::{Command, RunState};
use ratatui::style::Modifier;

use crate::test_screen::TestScreen;

/// The Backprop view of a paused run.
fn paused(mut screen: TestScreen) -> TestScreen {
    screen.press('2');
    screen.tell(RunState::Paused);
    screen
}

fn type_number(screen: &mut TestScreen, text: &str) {
    screen.press_and_obey(Enter);
    text.chars().for_each(|c| screen.press_and_obey(Char(c)));
    screen.press_and_obey(Enter);
}

fn press(screen: &mut TestScreen, keys: &[KeyCode]) {
    keys.iter().for_each(|&key| screen.press_and_obey(key));
}

/// The post's example, with all weights 1 and all biases 0, set with keys only.
fn posts_example() -> TestScreen {
    let mut screen = paused(TestScreen::at_epoch(0));
    for _ in 0..4 {
        type_number(&mut screen, "1");
        press(&mut screen, &[Down]);
    }
    // From w4 to its neuron h2, and its bias; up to b1.
    press(&mut screen, &[Right, Down]);
    type_number(&mut screen, "0");
    press(&mut screen, &[Up, Up]);
    type_number(&mut screen, "0");
    // From b1 to w5, w6, o1 and b3.
    press(&mut screen, &[Right]);
    type_number(&mut screen, "1");
    press(&mut screen, &[Down]);
    type_number(&mut screen, "1");
    press(&mut screen, &[Right, Down]);
    type_number(&mut screen, "0");
    let set = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0];
    assert_eq!(screen.session().network().parameters(), set);
    press(&mut screen, &[Left, Left, Left, Up]);
    screen
}

#[test]
fn the_posts_example_can_be_set_with_keys_and_shows_its_numbers() {
    let mut screen = posts_example();
    let text = screen.text();
    for line in [
        "Epoch 0, sample 1 of 4: Alice",
        "w1: Forward, stage 1 of 4",
        "h1 = f(w1·x1 + w2·x2 + b1) = f(1·(−2) + 1·(−1) + 0) = f(−3) = 0.0474",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    press(&mut screen, &[Char('n')]);
    let text = screen.text();
    assert!(
        text.contains("∂L/∂ypred = −2·(y − ypred) = −2·(1 − 0.524) = −0.953"),
        "{text}"
    );
    press(&mut screen, &[Char('n')]);
    let text = screen.text();
    for line in [
        "∂L/∂w1 = ∂L/∂ypred · ∂ypred/∂h1 · ∂h1/∂w1 = −0.953·0.249·(−0.0904) = 0.0215",
        "∂ypred/∂h1 = w5·f′(z_o1) = 1·0.249 = 0.249",
        "∂h1/∂w1 = x1·f′(z_h1) = −2·0.0452 = −0.0904",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    press(&mut screen, &[Char('n')]);
    let text = screen.text();
    assert!(
        text.contains("w1 ← w1 − η·∂L/∂w1 = 1 − 0.1·0.0215 = 0.9979"),
        "{text}"
    );
}

#[test]
fn a_restart_begins_with_the_weights_that_were_set_at_the_start() {
    let mut screen = posts_example();
    press(&mut screen, &[Char('s'), Char('s'), Char('r')]);
    let set = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0];
    assert_eq!(screen.session().network().parameters(), set);
    screen.press('c');
    let Overlay::CommandLine(line) = &screen.app.overlay() else {
        panic!("no command line")
    };
    assert!(line.contains(" --weights ones"));
}

#[test]
fn training_in_stages_has_the_same_result_as_training_at_once() {
    let mut in_stages = paused(TestScreen::with("penguins", 0.0, "3"));
    let mut at_once = in_stages.session().clone();
    for step in 0..5 {
        for stage in [Stage::Loss, Stage::Backward, Stage::Update, Stage::Forward] {
            press(&mut in_stages, &[Char('n')]);
            assert_eq!(in_stages.app.run().backprop.stage, stage);
            if stage == Stage::Update {
                // The step that was made is still the one that is shown.
                let shown = in_stages.app.run().backprop.shown.as_ref().unwrap();
                assert_eq!(shown.position.step, step);
                at_once.step();
                assert_eq!(
                    shown.step.parameters,
                    in_stages.session().network().parameters()
                );
            }
        }
        assert_eq!(in_stages.session().network(), at_once.network());
        assert_eq!(in_stages.session().state(), at_once.state());
    }
}

#[test]
fn the_forward_stage_leads_from_a_weight_to_the_outputs_that_the_loss_speaks_of() {
    let mut screen = paused(TestScreen::with("penguins", 0.0, "8"));
    screen.resize(120, 60);
    press(&mut screen, &[Char('n')]);
    let sample = screen.app.run().dataset().raw_of(0).to_vec();
    let outputs = screen.app.run().outputs_for(&sample);
    let text = screen.text();
    for (output, share) in (1..).zip(outputs) {
        // Three significant digits.
        let share: f64 = format!("{share:.2e}").parse().unwrap();
        for line in [
            format!("z_o{output} = Σ w·h + b{} = ", output + 8),
            format!("o{output} = e^z_o{output} / Σ e^z"),
            format!(") = {share}"),
        ] {
            assert!(text.contains(&line), "{line}\n{text}");
        }
    }
    assert!(text.contains("= −ln o1 = −ln "), "{text}");
}

#[test]
fn the_next_stage_pauses_a_running_run() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press('2');
    screen.tell(RunState::Running);
    assert!(matches!(
        screen.press('n')[..],
        [Effect::Train(Command::Pause)]
    ));
    assert_eq!(screen.app.run().backprop.stage, Stage::Forward);
}

#[test]
fn only_the_view_that_shows_the_next_step_asks_the_trainer_to_look_ahead() {
    let mut screen = TestScreen::at_epoch(0);
    for (key, looks) in [(Char('2'), true), (Char('1'), false), (KeyCode::Tab, true)] {
        let effects = screen.press_code(key);
        assert!(
            matches!(effects[..], [Effect::Train(Command::LookAhead(ahead))] if ahead == looks)
        );
    }
    let effects = screen.turn_setting("dataset");
    assert!(
        matches!(effects[..], [Effect::Prepare { .. }]),
        "{effects:?}"
    );
    // A new trainer is asked when it starts.
    let effects = screen.press('r');
    assert!(
        matches!(&effects[..], [Effect::Begin { start, .. }] if start.looks_ahead),
        "{effects:?}"
    );
}

#[test]
fn gradients_of_deeper_networks_are_sums_over_the_next_layer() {
    let mut screen = paused(TestScreen::with("spiral", 0.0, "2,2"));
    press(&mut screen, &[Char('n'), Char('n')]);
    screen.resize(120, 40);
    let text = screen.text();
    assert!(text.contains("∂L/∂w1 = δ_h1·x1 = "), "{text}");
    assert!(
        text.contains("δ_h1 = (w5·δ_h3 + w7·δ_h4)·f′(z_h1)"),
        "{text}"
    );
}

#[test]
fn many_terms_are_a_table_that_scrolls() {
    let mut screen = paused(TestScreen::with("xor", 0.0, "12"));
    press(&mut screen, &[Right, Right, Right]);
    let text = screen.text();
    assert!(
        text.contains("f(Σ w·h + b13)") && text.contains("w25·h1"),
        "{text}"
    );
    assert!(text.contains("more lines (PgDn)"), "{text}");
    (0..9).for_each(|_| press(&mut screen, &[KeyCode::PageDown]));
    let text = screen.text();
    assert!(
        text.contains("w36·h12") && !text.contains("w25·h1 "),
        "{text}"
    );
}

#[test]
fn a_batch_shows_this_sample_beside_the_mean_that_is_used() {
    let mut screen = TestScreen::with("xor", 0.0, "2");
    screen.turn_setting("batch size");
    let mut screen = paused(screen);
    let size = screen.app.run().config().batch_size;
    assert!(size > 1);
    press(&mut screen, &[Char('n'), Char('n'), Char('.')]);
    screen.resize(120, 40);
    let text = screen.text();
    assert!(text.contains(&format!("sample 2 of {size}: #2")), "{text}");
    assert!(text.contains("∂L/∂w1: this sample "), "{text}");
    assert!(
        text.contains("; batch mean ") && text.contains(" (used)"),
        "{text}"
    );
    press(&mut screen, &[Char('n')]);
    assert!(screen.text().contains("w1 ← w1 − η·g = "));
}

#[test]
fn a_saturated_neuron_has_a_warning() {
    let mut screen = paused(TestScreen::at_epoch(0));
    press(&mut screen, &[Right]);
    type_number(&mut screen, "40");
    let text = screen.text();
    assert!(
        text.contains("saturated: f′ is almost 0, so this neuron hardly learns from it"),
        "{text}"
    );
}

#[test]
fn gradients_can_replace_the_weights_on_the_edges() {
    let mut screen = paused(posts_example());
    assert!(screen.text().contains(" +1.00 "));
    press(&mut screen, &[Char('m')]);
    assert_eq!(screen.app.run().backprop.edges, Edges::Gradients);
    let text = screen.text();
    assert!(
        text.contains("lines: gradients") && text.contains(" +0.021 "),
        "{text}"
    );
    assert!(!text.contains(" +1.00 "), "{text}");
}

#[test]
fn the_selected_edge_stands_out_without_colour() {
    let mut screen = posts_example();
    let style = screen.style_of(" +1.00 ");
    assert!(style.add_modifier.contains(Modifier::REVERSED));
}

#[test]
fn more_digits_are_shown_on_demand() {
    let mut screen = posts_example();
    press(&mut screen, &[Char('n'), Char('n'), Char('p')]);
    assert!(screen.text().contains("= 0.021470"));
    press(&mut screen, &[Char('p')]);
    assert!(screen.text().contains("0.021469535"));
    press(&mut screen, &[Char('p')]);
    assert!(screen.text().contains("= 0.0215"));
}

#[test]
fn weights_set_by_hand_can_be_undone() {
    let mut screen = paused(TestScreen::at_epoch(0));
    let before = screen.session().network().clone();
    type_number(&mut screen, "-2.5");
    assert_eq!(screen.session().network().parameters()[0], -2.5);
    type_number(&mut screen, "7");
    press(&mut screen, &[Char('u'), Char('u')]);
    assert_eq!(screen.session().network(), &before);
    press(&mut screen, &[Char('u')]);
    assert!(screen.text().contains("nothing to undo"));
}

#[test]
fn a_text_that_is_not_a_number_is_reported_and_sets_nothing() {
    let mut screen = paused(TestScreen::at_epoch(0));
    let before = screen.session().network().clone();
    for (typed, problem) in [
        ("-0.5.1", "not a number (e.g. -0.5)"),
        ("inf", "not a number (e.g. -0.5)"),
        ("1e999", "too large for a number of 64 bits"),
    ] {
        type_number(&mut screen, typed);
        assert!(screen.text().contains(problem), "{}", screen.text());
        press(&mut screen, &[Esc]);
    }
    assert_eq!(*screen.app.overlay(), Overlay::None);
    assert_eq!(screen.session().network(), &before);
}

#[test]
fn the_gradient_check_says_that_all_gradients_match() {
    let mut screen = posts_example();
    press(&mut screen, &[Char('g')]);
    let text = screen.text();
    for expected in [
        "∂L/∂w1: the two agree",
        ", at most 1e−6 counts as agreement",
        "measured: w1 nudged both ways  0.021469535  central difference",
        "all 9 gradients match the numerical ones (this sample)",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    press(&mut screen, &[Esc]);
    assert_eq!(*screen.app.overlay(), Overlay::None);
}

#[test]
fn ascii_formulas_are_ascii() {
    let mut screen = posts_example();
    screen.draw_with(Appearance {
        glyphs: Glyphs::Ascii,
        ..screen.app.appearance()
    });
    for (width, height) in [(80, 24), (120, 40)] {
        screen.resize(width, height);
        for _ in 0..4 {
            press(&mut screen, &[Char('n')]);
            let text = screen.text();
            assert!(text.is_ascii(), "{text}");
        }
    }
}

#[test]
fn the_backprop_view_looks_as_it_did() {
    let mut screen = posts_example();
    press(&mut screen, &[Char('n'), Char('n')]);
    for (width, height) in [(80, 24), (120, 40)] {
        screen.resize(width, height);
        insta::assert_snapshot!(format!("backprop-{width}x{height}"), screen.text());
    }
}

#[test]
fn a_sum_that_overflows_is_shown_and_draws_no_curve() {
    let mut screen = paused(TestScreen::at_epoch(0));
    // Nothing is evaluated within an epoch: both weights are finite, but not the weighted sum.
    press(&mut screen, &[Char('s')]);
    type_number(&mut screen, "1e308");
    press(&mut screen, &[Down]);
    type_number(&mut screen, "-1e308");
    let text = screen.text();
    assert!(text.contains("= f(not a number)"), "{text}");
}

#[test]
fn a_trained_epoch_is_not_mistaken_for_the_step_that_was_shown() {
    let mut screen = paused(TestScreen::at_epoch(0));
    press(&mut screen, &[Char('n'), Char('n'), Char('n')]);
    assert_eq!(screen.app.run().backprop.stage, Stage::Update);
    // Train to the end of the epoch, which looks like one step of an epoch with a single step.
    while screen.session().position().step > 0 {
        screen.step_sample();
    }
    screen.tell(RunState::Paused);
    assert_eq!(screen.app.run().backprop.stage, Stage::Forward);
    assert!(screen.text().contains("After epoch 1, sample 1"));
}

#[test]
fn the_present_stage_says_what_delta_is_and_that_its_numbers_are_rounded() {
    let mut screen = paused(TestScreen::at_epoch(20));
    press(&mut screen, &[Char('2'), Char('n'), Char('n'), Down]);
    let text = screen.text();
    assert!(text.contains(" Backward  numbers are shown"), "{text}");
    // The formula of a neuron has δ.
    press(&mut screen, &[Char('l')]);
    let text = screen.text();
    let said = "δ = ∂L/∂z of a neuron; numbers are shown rounded";
    assert!(text.contains(said), "{text}");
    assert_eq!(text.matches("shown rounded").count(), 1, "{text}");
}

#[test]
fn up_and_down_carry_typing_on_to_the_next_weight_or_bias() {
    let mut screen = paused(TestScreen::at_epoch(0));
    screen.press_code(KeyCode::Enter);
    for (name, value) in [("w1", "0.25"), ("w2", "-0.5"), ("w3", "2")] {
        assert!(screen.text().contains(&format!(" {name} ")), "{name}");
        screen.press_ctrl('u');
        screen.type_text(value);
        screen.press_code(KeyCode::Down);
    }
    // What is no number is not left, and says so.
    screen.press_ctrl('u');
    screen.type_text("4x");
    screen.press_code(KeyCode::Up);
    assert!(screen.text().contains("not a number"), "{}", screen.text());
    screen.press_code(KeyCode::Esc);
    let parameters = screen.app.run().network.parameters();
    assert_eq!(parameters[..3], [0.25, -0.5, 2.0]);
    assert_eq!(
        parameters[3],
        TestScreen::at_epoch(0).app.run().network.parameters()[3]
    );
}
