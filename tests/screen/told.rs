//! What a newcomer is told at the moment when it matters.

use crossterm::event::KeyCode::{Enter, Esc, Left, Right};
use nnscope::app::{Panel, Shown};

use super::*;

#[test]
fn the_sizes_of_the_hidden_layers_are_one_value_typed_or_turned() {
    let mut screen = TestScreen::at_epoch(3);
    screen.open_setting("hidden layer sizes");
    let text = screen.text();
    let said = ["‹ 2 ›", "Left and Right remove or add a layer."];
    assert!(said.iter().all(|said| text.contains(said)), "{text}");
    for (key, shown) in [(Right, "‹ 2,2 ›"), (Left, "‹ 2 ›"), (Left, "‹ none ›")] {
        screen.press_code(key);
        assert!(screen.text().contains(shown), "{}", screen.text());
    }
    screen.type_text("3");
    screen.press_code(KeyCode::Down);
    screen.press_code(KeyCode::Up);
    assert!(screen.text().contains("‹ 3 ›"), "{}", screen.text());
}

#[test]
fn a_step_says_which_number_it_has_moved_most() {
    let mut screen = TestScreen::at_epoch(60);
    screen.tell(RunState::Paused);
    assert!(!screen.text().contains(" moved "));
    let before = screen.session().network().parameters().to_vec();
    screen.press_and_obey(KeyCode::Char('s'));
    let after = screen.session().network().parameters();
    let moves = before
        .iter()
        .zip(after)
        .map(|(before, after)| after - before);
    let largest = moves.fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
    assert!(largest.abs() > 1e-4, "{largest}");
    let text = screen.text();
    let (_, by) = text
        .split_once("sample 1 of 4 done; the step moved b3 most: ")
        .unwrap_or_else(|| panic!("{text}"));
    let by = by.split_whitespace().next().unwrap().replace('−', "-");
    let by: f64 = by.parse().unwrap();
    // Two significant digits.
    assert!(
        (by - largest).abs() <= 0.05 * largest.abs(),
        "{by} {largest}"
    );
    // Going back undoes it.
    screen.press_code(KeyCode::Char('['));
    assert!(!screen.text().contains(" moved "), "{}", screen.text());
}

#[test]
fn what_has_moved_a_number_most_is_a_step_or_an_epoch_or_the_rest_of_one() {
    let mut screen = TestScreen::at_epoch(60);
    screen.tell(RunState::Paused);
    for (key, expected) in [
        ('n', "paused at epoch 61; epoch 61 moved b3 most: "),
        ('s', "sample 1 of 4 done; the step moved b3 most: "),
        ('n', "paused; the last 3 steps moved "),
        ('s', "; the step moved "),
        ('s', "; the step moved "),
        ('s', "; the step moved "),
        ('s', "paused at epoch 63; the step moved "),
    ] {
        screen.press_and_obey(KeyCode::Char(key));
        let text = screen.text();
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn a_run_that_is_restarted_says_nothing_of_the_last_step_of_the_one_before() {
    let mut screen = TestScreen::at_epoch(60);
    screen.tell(RunState::Paused);
    screen.press_and_obey(KeyCode::Char('s'));
    assert!(
        screen.text().contains(" moved b3 most"),
        "{}",
        screen.text()
    );
    screen.press('r');
    assert_eq!(screen.app.run().moved, None);
}

#[test]
fn digits_that_are_typed_elsewhere_are_not_offered_for_the_views() {
    let mut screen = TestScreen::at_epoch(3);
    assert!(screen.text().contains("[1 Train] 2 Backprop"));
    screen.press('i');
    let text = screen.text();
    assert!(text.contains("[Train] Backprop "), "{text}");
    screen.press_code(Esc);
    assert!(screen.text().contains("[1 Train] 2 Backprop"));
}

#[test]
fn a_typed_sample_stays_in_the_box_when_settings_start_another_run() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press('i');
    screen.type_text("150");
    screen.press_code(Enter);
    screen.press_code(Enter);
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.turn_setting("hidden layer sizes");
    let run = screen.app.run();
    assert_eq!(run.config().hidden.len(), 2);
    assert_eq!(run.prediction.values(), Some(vec![150.0, 63.0]));
    assert_eq!(run.shown, Shown::Prediction);
    // Data with other features has a sample of its own.
    screen.set("dataset", "spiral");
    let run = screen.app.run();
    assert_eq!(run.dataset().name, "spiral");
    assert_ne!(run.prediction.values(), Some(vec![150.0, 63.0]));
}

#[test]
fn given_weights_are_what_a_run_is_said_to_restart_with() {
    let mut screen = TestScreen::at_epoch(3);
    screen.open_setting("weights, biases");
    screen.press_code(Right);
    let text = screen.text();
    assert!(
        text.contains("Enter restarts with given weights."),
        "{text}"
    );
    screen.press_code(Enter);
    let text = screen.text();
    let said = ["restarted with given weights", "→ F (untrained)"];
    assert!(said.iter().all(|said| text.contains(said)), "{text}");
}

#[test]
fn opened_data_says_what_is_new_beside_it() {
    let mut screen = TestScreen::new("--seed 42 --hidden 3,3");
    screen.press('o');
    screen.type_text("spiral");
    screen.press_code(Enter);
    let text = screen.text();
    let seed = screen.app.run().config().seed;
    let said = format!("opened spiral: new network 2-2-1, seed {seed}");
    assert!(text.contains(&said), "{text}");
}

#[test]
fn a_loss_that_is_not_the_posts_has_its_name_in_the_title_of_its_chart() {
    for (loss, title) in [
        ("cross-entropy", "┐┌ Cross-entropy 0.723 "),
        ("mse", "┐┌ Loss (mse) 0."),
    ] {
        let mut screen = TestScreen::new(&format!("--seed 42 --loss {loss}"));
        screen.tell(RunState::Paused);
        assert!(screen.text().contains(title), "{}", screen.text());
    }
}

#[test]
fn the_focus_is_seen_in_the_border_and_a_panel_that_is_not_there_is_said_to_be_elsewhere() {
    let mut screen = TestScreen::at_epoch(3);
    let first = screen.text();
    assert!(!first.contains('┏'), "{first}");
    let mut missing = Vec::new();
    for &panel in &View::Train.panels()[1..] {
        screen.press('f');
        let text = screen.text();
        let is_elsewhere = text.contains("(not in this window)");
        assert_eq!(text.contains('┏'), !is_elsewhere, "{panel:?}\n{text}");
        missing.extend(is_elsewhere.then_some(panel));
    }
    let below = [
        Panel::SmallMap,
        Panel::Weights,
        Panel::Changes,
        Panel::Gradients,
    ];
    assert_eq!(missing, below);
}

#[test]
fn a_letter_that_a_run_had_is_not_given_to_the_next_one() {
    let mut screen = TestScreen::at_epoch(3);
    // The same again, and longer: the first run is a part of it.
    screen.press('r');
    for _ in 0..5 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    assert_eq!(screen.app.runs().letter, 'B');
    screen.press('R');
    let kept = screen.app.runs().kept.iter().map(|run| run.letter);
    assert_eq!(kept.collect::<String>(), "B");
    assert_eq!(screen.app.runs().letter, 'C');
}

#[test]
fn runs_are_listed_in_the_order_of_their_letters() {
    let mut screen = TestScreen::at_epoch(3);
    for _ in 0..3 {
        screen.press('R');
        screen.train_epoch();
        screen.tell(RunState::Paused);
    }
    // Back to A and on: D is kept after it was the present one.
    screen.press('v');
    screen.press_code(KeyCode::Home);
    screen.press_code(Enter);
    assert_eq!(screen.app.runs().letter, 'A');
    let kept = screen.app.runs().kept.iter().map(|run| run.letter);
    assert_eq!(kept.collect::<String>(), "BCD");
}

#[test]
fn what_was_chosen_last_is_the_first_that_the_legend_says_of_a_run() {
    let mut screen = TestScreen::at_epoch(3);
    for (name, value) in [("hidden layer sizes", "3,3"), ("optimizer", "adam")] {
        screen.set(name, value);
        screen.train_epoch();
        screen.tell(RunState::Paused);
    }
    screen.press('R');
    screen.train_epoch();
    screen.tell(RunState::Paused);
    let differences = screen.app.own_differences();
    assert!(differences[0].starts_with("seed "), "{differences:?}");
    assert!(differences.len() > 1, "{differences:?}");
}

#[test]
fn the_settings_say_what_each_built_in_dataset_is() {
    let mut screen = TestScreen::at_epoch(3);
    for (name, said) in [
        ("people", "The four people of the post"),
        (
            "xor4",
            "The four rows of a truth table: 1 where the inputs differ.",
        ),
        ("circle", "a blue disc inside an orange ring."),
        ("hills", "points with a number to predict"),
    ] {
        screen.open_setting("dataset");
        screen.type_text(name);
        let text = screen.panel_text();
        assert!(text.contains(said), "{name}\n{text}");
        screen.press_code(Esc);
        screen.press_code(Esc);
    }
}
