//! Initial weights that are given instead of drawn: the post's example by a word, and values by name.

use crossterm::event::KeyCode::{Enter, Right};
use nnscope::session::command_line;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

const ONES: [f64; 9] = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0];

#[test]
fn the_posts_example_is_one_turn_away_in_the_settings() {
    let mut screen = TestScreen::at_epoch(0);
    screen.tell(RunState::Paused);
    screen.open_setting("weights, biases");
    screen.press_code(Right);
    let text = screen.text();
    assert!(
        text.contains("‹ ones ›") && text.contains("post's example"),
        "{text}"
    );
    screen.press_and_obey(Enter);
    assert_eq!(screen.app.run().network.parameters(), ONES);
    let line = command_line(screen.app.run().draft());
    assert!(line.contains("--weights ones"), "{line}");
    // Another turn draws them again.
    screen.open_setting("weights, biases");
    screen.press_code(Right);
    let text = screen.text();
    assert!(text.contains("‹ random ›"), "{text}");
}

#[test]
fn ones_is_a_word_for_a_network_of_any_size() {
    let screen = TestScreen::new("--weights ones --hidden 3,2");
    let network = &screen.app.run().network;
    let biases = network
        .layers()
        .iter()
        .map(|layer| layer.units)
        .sum::<usize>();
    let zeros = network.parameters().iter().filter(|number| **number == 0.0);
    let ones = network.parameters().iter().filter(|number| **number == 1.0);
    assert_eq!(
        (zeros.count(), ones.count()),
        (biases, network.parameters().len() - biases)
    );
}

#[test]
fn given_values_are_seen_in_the_settings() {
    let mut screen =
        TestScreen::new("--weights w1=1.5,w2=-2,w3=0,w4=1,w5=1,w6=1,b1=0,b2=0,b3=0.25");
    screen.open_setting("weights, biases");
    let text = screen.text();
    assert!(
        text.contains("given") && text.contains("w1=1.5,w2=-2,w3=0"),
        "{text}"
    );
}

#[test]
fn the_word_stays_with_other_layers_and_values_do_not() {
    let values = "w1=1.5,w2=-2,w3=0,w4=1,w5=1,w6=1,b1=0,b2=0,b3=0.25";
    for (given, before, after) in [
        ("ones", "ones", "ones"),
        (values, "given", "random"),
        ("w1=3", "given", "random"),
    ] {
        let mut screen = TestScreen::new(&format!("--weights {given}"));
        screen.press('e');
        let said = |screen: &mut TestScreen| {
            screen.select_setting("weights, biases");
            let text = screen.text();
            let row = text.lines().find(|line| line.contains("weights, biases"));
            row.unwrap_or(&text).to_owned()
        };
        let row = said(&mut screen);
        assert!(row.contains(before), "{row}");
        screen.select_setting("hidden layer sizes");
        screen.press_code(Right);
        let row = said(&mut screen);
        assert!(row.contains(after), "{row}");
        screen.press_and_obey(Enter);
        let line = command_line(screen.app.run().draft());
        assert_eq!(line.contains("--weights"), after == "ones", "{line}");
    }
}
