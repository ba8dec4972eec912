//! What a teacher would say of a run is said, however little room there is.

use crossterm::event::KeyCode;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

/// A run that gets nowhere.
const SLOW: &str = "--learning-rate 0.000001";

fn status(screen: &mut TestScreen) -> String {
    let text = screen.text();
    text.lines().rev().nth(1).unwrap_or_default().to_owned()
}

fn assert_says(screen: &mut TestScreen, said: &str) {
    let status = status(screen);
    assert!(status.contains(said), "{status}");
}

#[test]
fn what_is_worth_saying_is_said_beside_the_epoch_at_any_width() {
    let mut screen = TestScreen::at_epoch_of(900, SLOW);
    screen.tell(RunState::Paused);
    assert_says(
        &mut screen,
        "░  paused at epoch 900 – plateau: always M is as good",
    );
    screen.resize(100, 30);
    assert_says(
        &mut screen,
        "paused at epoch 900 – plateau: no better than always M",
    );
    screen.resize(40, 12);
    assert_says(&mut screen, "paused – plateau");
}

#[test]
fn of_an_epoch_that_is_looked_back_at_is_said_what_it_is() {
    let mut screen = TestScreen::at_epoch_of(900, SLOW);
    screen.tell(RunState::Paused);
    screen.press_and_obey(KeyCode::Char('['));
    screen.tell(RunState::Paused);
    assert_says(
        &mut screen,
        "█  epoch 899 of 900 – plateau: no better than always M",
    );
    // Before training, there is nothing to say of it.
    screen.press_and_obey(KeyCode::Home);
    screen.tell(RunState::Paused);
    assert_says(&mut screen, "viewing epoch 0 of 900 – space runs from here");
}

#[test]
fn a_newcomer_is_greeted_until_there_is_more_to_say_and_not_for_ever() {
    let greeting = "new here? press 4 for short lessons";
    let mut screen = TestScreen::at_epoch_of(900, SLOW);
    screen.app = screen.app.clone().with_place(None);
    assert_says(&mut screen, "plateau: no better than always M");
    let mut screen = TestScreen::at_epoch(10);
    screen.app = screen.app.clone().with_place(None);
    assert_says(&mut screen, greeting);
    for _ in 0..600 {
        screen.tell(RunState::Running);
    }
    assert_says(&mut screen, "loss still falling");
}

#[test]
fn a_rate_that_has_saturated_the_output_is_named_and_no_seed_is_offered() {
    for epoch in [1, 40] {
        let options = "--learning-rate 100";
        let mut screen = TestScreen::at_epoch_of(epoch, options);
        screen.tell(RunState::Paused);
        screen.resize(140, 40);
        let status = status(&mut screen);
        let said = "rate too high, o1 saturated: e lowers it, r restarts";
        assert!(status.contains(said), "{status}");
        assert!(!status.contains("seed"), "{status}");
    }
}

#[test]
fn a_loss_that_stays_above_that_of_a_constant_answer_is_said_to_whatever_it_was_before() {
    let options = "--data xor --hidden 4 --activation relu --learning-rate 1";
    let mut screen = TestScreen::at_epoch_of(40, options);
    assert_says(
        &mut screen,
        "worse than one constant answer: e lowers the rate",
    );
}

#[test]
fn a_wider_network_is_advised_where_a_narrow_one_has_learned_what_it_can() {
    let advice = "more hidden neurons may help (e)";
    let mut screen = TestScreen::at_epoch_of(1000, "--data xor");
    screen.resize(100, 30);
    assert_says(&mut screen, advice);
    // Not where it has hardly been trained, nor where it could learn all samples by heart.
    for options in [
        "--data xor --learning-rate 1e-6",
        "--data xor4 --epochs 300",
    ] {
        let mut screen = TestScreen::at_epoch_of(300, options);
        screen.resize(100, 30);
        assert!(!screen.text().contains(advice), "{}", screen.text());
    }
}
