//! What is said to be different about runs.

use crossterm::event::KeyCode;
use nnscope::trainer::RunState;

use super::*;

#[test]
fn what_is_different_about_a_run_is_never_cut() {
    for (width, height) in [(40, 24), (80, 24), (80, 23), (120, 40)] {
        let mut screen = TestScreen::at_epoch(3);
        screen.resize(width, height);
        screen.press('e');
        for (setting, text) in [
            ("learning rate", "0.037"),
            ("batch size", "3"),
            ("l1", "0.0625"),
            ("l2", "0.125"),
            ("initial gain", "0.75"),
            ("initial weights", "xavier"),
            ("order", "shuffled"),
        ] {
            screen.select_setting(setting);
            screen.type_text(text);
        }
        screen.press_code(KeyCode::Enter);
        screen.press('v');
        let told = screen.app.differences_of(&screen.app.runs().kept[0]);
        let expected = format!("A: {}.", told.join(", "));
        let (column, row) = screen.position_of("A: ");
        let text = screen.text();
        let below = text.lines().skip(row.into()).take(3).map(|line| {
            let line: String = line.chars().skip(column.into()).collect();
            line.split('│').next().unwrap_or_default().trim().to_owned()
        });
        let below = below.collect::<Vec<_>>().join(" ");
        assert!(below.starts_with(&expected), "{below}");
    }
}

#[test]
fn runs_of_other_rates_say_each_its_own_also_one_that_was_changed_on_its_way() {
    let mut screen = TestScreen::at_epoch(100);
    screen.set("learning rate", "0.3");
    screen.tell(RunState::Running);
    for _ in 0..50 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    screen.press('r');
    for _ in 0..50 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    screen.resize(200, 60);
    let text = screen.text();
    let first = "A learning rate 0.1, then 0.3 from epoch 100";
    for expected in ["B this run: learning rate 0.3", first] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn a_rate_that_was_set_since_the_last_step_is_said_of_the_run_and_of_a_sweep() {
    let mut screen = TestScreen::at_epoch(30);
    screen.press('r');
    (0..30).for_each(|_| screen.train_epoch());
    screen.tell(RunState::Paused);
    screen.open_setting("learning rate");
    screen.type_text("0.2");
    screen.press_and_obey(KeyCode::Enter);
    screen.press('v');
    let text = screen.text();
    assert!(text.contains("learning rate 0.1, then 0.2"), "{text}");
    screen.press_code(KeyCode::Esc);
    screen.press('S');
    let text = screen.text();
    let title = "sgd, learning rate 0.2, batches of 1, 1,000 epochs each";
    assert!(text.contains(title), "{text}");
    screen.resize(40, 12);
    let text = screen.text();
    assert!(text.contains("sgd η 0.2"), "{text}");
}

#[test]
fn the_list_has_all_rates_of_each_run_also_of_the_present_one() {
    let mut screen = TestScreen::at_epoch(100);
    screen.press('r');
    for (rate, epochs) in [("1", 50), ("0.2", 30)] {
        (0..epochs).for_each(|_| screen.train_epoch());
        screen.tell(RunState::Paused);
        screen.open_setting("learning rate");
        screen.type_text(rate);
        screen.press_and_obey(KeyCode::Enter);
    }
    screen.train_epoch();
    screen.tell(RunState::Paused);
    for (width, expected) in [
        (
            160,
            "learning rate 0.1, then 1 from epoch 50, then 0.2 from epoch 80",
        ),
        (80, "learning rate 0.2 from 80"),
    ] {
        screen.resize(width, 40);
        screen.press('v');
        let text = screen.text();
        let line = text.lines().find(|line| line.contains(" B   current "));
        assert!(line.unwrap().contains(expected), "{text}");
        screen.press('v');
    }
}
