//! The answer to a key gives way to what matters more, and ends after a while.

use crossterm::event::KeyCode;
use nnscope::app::Message;
use nnscope::trainer::{Event, RunState};

use crate::test_screen::TestScreen;

const NOTICE: &str = "this key does nothing here";

/// A run that gets nowhere, with an answer to a key, before it is said.
fn slow_and_told() -> TestScreen {
    let mut screen = TestScreen::at_epoch_of(10, "--learning-rate 0.000001 --epochs 60");
    screen.press('!');
    screen.tell(RunState::Running);
    assert!(screen.text().contains(NOTICE), "{}", screen.text());
    screen
}

fn train(screen: &mut TestScreen, epochs: usize) {
    (0..epochs).for_each(|_| screen.train_epoch());
}

#[test]
fn a_diagnosis_takes_the_place_of_a_notice() {
    let mut screen = slow_and_told();
    train(&mut screen, 40);
    screen.tell(RunState::Running);
    let text = screen.text();
    assert!(text.contains("plateau") && !text.contains(NOTICE), "{text}");
    // The answer to a key that is pressed while it is known is read first.
    screen.press('!');
    screen.tell(RunState::Running);
    let text = screen.text();
    assert!(text.contains(NOTICE) && !text.contains("plateau"), "{text}");
}

#[test]
fn so_does_the_end_of_a_run_with_what_is_to_be_said_of_it() {
    let mut screen = slow_and_told();
    train(&mut screen, 50);
    screen.tell(RunState::Finished);
    let text = screen.text();
    assert!(text.contains("finished; plateau"), "{text}");
}

#[test]
fn an_end_without_a_diagnosis_waits_until_the_notice_can_have_been_read() {
    for (reports, notice_stays) in [(3, true), (60, false)] {
        let mut screen = TestScreen::at_epoch(990);
        screen.press('!');
        (0..reports).for_each(|_| screen.tell(RunState::Running));
        train(&mut screen, 10);
        screen.tell(RunState::Finished);
        let text = screen.text();
        assert_eq!(text.contains(NOTICE), notice_stays, "{text}");
        assert_ne!(text.contains("finished – space"), notice_stays, "{text}");
    }
}

#[test]
fn a_notice_ends_after_some_seconds_of_training_and_stays_while_nothing_trains() {
    for (state, stays) in [(RunState::Running, false), (RunState::Paused, true)] {
        let mut screen = TestScreen::at_epoch(10);
        screen.press('!');
        (0..100).for_each(|_| screen.tell(state));
        assert!(screen.text().contains(NOTICE), "{}", screen.text());
        (0..100).for_each(|_| screen.tell(state));
        assert_eq!(screen.text().contains(NOTICE), stays, "{}", screen.text());
    }
}

#[test]
fn why_a_run_cannot_be_trained_takes_the_place_of_a_notice() {
    let mut screen = slow_and_told();
    let panicked = Event::Panicked("no more memory".to_owned());
    screen.update(Message::Trainer(panicked));
    let text = screen.text();
    assert!(text.contains("training stopped: no more memory"), "{text}");
}

#[test]
fn an_answer_that_needs_the_whole_line_takes_it_from_the_count_of_epochs() {
    let mut screen = TestScreen::at_epoch(990);
    let longest = "a reason ".repeat(8) + "for it";
    for (notice, count) in [
        ("short", " epoch 990/1,000 "),
        (&longest[..62], " epoch 990 "),
        (&*longest, "  "),
    ] {
        screen.update(Message::Failed(notice.to_owned()));
        let text = screen.text();
        let line = text.lines().find(|line| line.contains(notice));
        let line = line.unwrap_or_else(|| panic!("{notice} is cut:\n{text}"));
        assert!(line.starts_with(count), "{line}");
        assert_eq!(line.contains("epoch"), count.contains("epoch"), "{line}");
    }
}

#[test]
fn a_run_that_has_gone_back_has_one_total_and_its_bar_is_of_that() {
    let mut screen = TestScreen::at_epoch(40);
    screen.tell(RunState::Paused);
    screen.press_and_obey(KeyCode::Char('{'));
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("viewing epoch"));
    let line = line.unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains(" of 40") && !line.contains("1,000"), "{line}");
    let full = line.matches('█').count();
    assert!(full > 5, "{line}");
}

#[test]
fn a_run_without_an_epoch_is_said_to_be_gone_when_another_is_resumed() {
    let mut screen = TestScreen::at_epoch(50);
    screen.press_and_obey(KeyCode::Char('R'));
    screen.tell(RunState::Paused);
    screen.press('v');
    screen.press_code(KeyCode::Enter);
    let notice = screen.app.notice().unwrap_or_default().to_owned();
    assert_eq!(notice, "resumed run A; B had no epoch and is not kept");
}
