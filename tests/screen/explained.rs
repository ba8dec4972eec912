//! What the screen says of a thing that a newcomer would stop at.

use crossterm::event::KeyCode;
use nnscope::app::Shown;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

#[test]
fn a_step_that_leaves_the_typed_values_says_whose_it_was() {
    let mut screen = TestScreen::at_epoch(3);
    screen.tell(RunState::Paused);
    for _ in 0..4 {
        screen.press_code(KeyCode::Down);
    }
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press('2');
    screen.tell(RunState::Paused);
    assert!(screen.app.run().is_probing());
    screen.press('s');
    let said = "trained on Alice, not on Emily; next step shown";
    assert!(screen.text().contains(said), "{}", screen.text());
    // From a sample of the step to the next one nobody is left.
    screen.tell(RunState::Paused);
    screen.press('s');
    assert!(!screen.text().contains("trained on"), "{}", screen.text());
}

#[test]
fn a_run_that_cannot_be_on_the_chart_is_not_listed_as_shown() {
    let mut screen = TestScreen::at_epoch(30);
    screen.turn_setting("loss");
    screen.train_epoch();
    screen.tell(RunState::Paused);
    screen.press('v');
    let text = screen.text();
    let row = text.lines().find(|line| line.contains("› A"));
    let row = row.unwrap_or_else(|| panic!("{text}"));
    assert!(row.contains("A   other loss"), "{row}");
    assert!(text.contains("so it is not on the chart"), "{text}");
    screen.press(' ');
    assert!(screen.text().contains("A   hidden"), "{}", screen.text());
}

#[test]
fn names_of_lines_without_room_are_counted_as_more_of_them() {
    let mut screen = TestScreen::at_epoch(30);
    for _ in 0..2 {
        screen.press('t');
    }
    let mut counts = 0;
    for width in 40..80 {
        // A chart of one row has numbers, not names.
        screen.resize(width, 22);
        let text = screen.text();
        for line in text.lines().filter(|line| line.contains(" more│")) {
            let counted = line.split(" more").next().unwrap();
            let before = counted.trim_end_matches(|c: char| c.is_ascii_digit());
            assert!(before.ends_with("and "), "{line}");
            counts += 1;
        }
    }
    assert!(counts > 0, "{}", screen.text());
}

#[test]
fn the_map_of_a_neuron_says_how_to_return_to_that_of_the_prediction() {
    let mut screen = TestScreen::at_epoch(30);
    screen.press('3');
    for size in [(80, 24), (120, 40)] {
        screen.resize(size.0, size.1);
        assert!(!screen.text().contains("map of the prediction"));
        screen.press('l');
        let text = screen.text();
        let says = |line: &str| line.contains("Esc ") && line.contains("map of the prediction");
        assert!(text.lines().any(says), "{text}");
        screen.press_code(KeyCode::Esc);
    }
}

#[test]
fn a_reader_of_the_post_finds_its_derivative_or_the_way_to_it() {
    let note = |options: &str, keys: &[KeyCode]| {
        let mut screen = TestScreen::at_epoch_of(0, options);
        screen.press('2');
        screen.tell(RunState::Paused);
        for key in [KeyCode::Char('n'); 2].iter().chain(keys) {
            screen.press_and_obey(*key);
        }
        let text = screen.text();
        let line = text.lines().find(|line| line.contains(" Backward  "));
        line.unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    let (ones, way) = (
        "the post cuts digits: 0.0214",
        "weights 1, biases 0 (setup: ones)",
    );
    assert!(note("--weights ones", &[]).contains(ones));
    assert!(note("", &[]).contains(way));
    for (options, keys) in [
        ("--weights ones", &[KeyCode::Down][..]),
        ("--weights ones --activation tanh", &[]),
        ("--data xor4", &[]),
        ("--hidden 3", &[]),
    ] {
        let note = note(options, keys);
        assert!(
            !note.contains(ones) && !note.contains(way),
            "{options} {note}"
        );
    }
}
