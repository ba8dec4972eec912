//! Networks so large that a job computes what the panels show of them.

use std::mem;
use std::sync::Arc;

use crossterm::event::KeyCode;
use nnscope::answers::{AnswerEvent, Asked};
use nnscope::app::Message;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

/// A forward pass that takes longer than a frame has for it.
fn large() -> TestScreen {
    let mut screen = TestScreen::new("--seed 42 --hidden 1024,1024 --init xavier");
    screen.tell(RunState::Paused);
    // The passes of its next step.
    screen.answer();
    screen.resize(120, 40);
    screen
}

/// Draws a frame; returns how much it asks for that is not asked for yet.
fn ask(screen: &mut TestScreen) -> usize {
    screen.asked.clear();
    screen.draw();
    screen.update(Message::Drawn);
    screen.asked.len()
}

/// A large network in this state, of which all is known that is shown.
fn known(state: RunState) -> TestScreen {
    let mut screen = large();
    screen.tell(state);
    ask(&mut screen);
    screen.answer();
    assert_eq!(ask(&mut screen), 0);
    screen
}

/// Checks that the frame lacks nothing, and is of one state.
fn is_complete(screen: &mut TestScreen) {
    let text = screen.text();
    assert!(!text.contains("Computing the"), "{text}");
    assert!(text.contains(&of_emily(screen)), "{text}");
}

/// Tells the app of the state an epoch later.
fn train(screen: &mut TestScreen, state: RunState) {
    screen.train_epoch();
    screen.tell(state);
}

/// What the prediction box says of Emily.
fn of_emily(screen: &TestScreen) -> String {
    format!("{:.4}", screen.app.run().outputs_for(&[128.0, 63.0])[0])
}

#[test]
fn a_frame_says_what_it_lacks_and_asks_for_it_once() {
    let mut screen = large();
    assert_eq!(ask(&mut screen), 4);
    let asked = mem::take(&mut screen.asked);
    let text = screen.text();
    for lacked in ["Computing the activations", "Computing the predictions"] {
        assert!(text.contains(lacked), "{text}");
    }
    assert!(!text.contains(&of_emily(&screen)), "{text}");
    assert_eq!(ask(&mut screen), 0);
    screen.asked = asked;
    screen.answer();
    let text = screen.text();
    assert!(!text.contains("Computing the"), "{text}");
    assert!(text.contains(&of_emily(&screen)), "{text}");
    assert_eq!(ask(&mut screen), 0);
    // Another sample is another question.
    screen.press_code(KeyCode::Down);
    assert_eq!(ask(&mut screen), 1);
    assert!(matches!(screen.asked[0].asked, Asked::Activations(_)));
}

#[test]
fn a_new_state_is_shown_when_all_of_it_is_known_also_while_it_trains() {
    for state in [RunState::Paused, RunState::Running] {
        let mut screen = known(state);
        let before = Arc::clone(&screen.app.run().network);
        let text = screen.text();
        train(&mut screen, state);
        assert_eq!(screen.asked.len(), 5);
        // What the frame shows, and its next step. Nothing of it is seen yet, neither the loss nor the epoch; nor of one after it.
        assert_eq!(screen.text(), text);
        let first = Arc::clone(&screen.asked[0].network);
        let asked = mem::take(&mut screen.asked);
        for _ in 0..2 {
            train(&mut screen, state);
            assert!(screen.asked.is_empty() && Arc::ptr_eq(&screen.app.run().network, &before));
        }
        screen.asked = asked;
        screen.answer();
        assert!(Arc::ptr_eq(&screen.app.run().network, &first));
        assert_eq!(screen.app.run().training.position.epoch, 1);
        assert_eq!(screen.app.run().curves.training.epochs(), 2);
        is_complete(&mut screen);
        // Then the newest of the others, with the losses of both.
        assert_eq!(screen.asked.len(), 5);
        screen.answer();
        assert_eq!(screen.app.run().training.position.epoch, 3);
        assert_eq!(screen.app.run().curves.training.epochs(), 4);
        is_complete(&mut screen);
        assert!(screen.asked.is_empty());
    }
}

#[test]
fn a_key_means_more_than_the_report_that_waits() {
    let mut screen = known(RunState::Running);
    train(&mut screen, RunState::Running);
    screen.press(' ');
    screen.answer();
    assert_eq!(screen.app.run().training.position.epoch, 1);
    assert!(!screen.app.run().training.is_running());
}

#[test]
fn a_run_that_is_left_has_all_its_epochs_though_some_were_not_shown() {
    let mut screen = known(RunState::Paused);
    for _ in 0..3 {
        train(&mut screen, RunState::Paused);
    }
    screen.press('R');
    let kept = &screen.app.runs().kept[0].view;
    assert_eq!(kept.curves.training.epochs(), 4);
    assert_eq!(kept.training.position.epoch, 3);
}

#[test]
fn without_a_job_reports_wait_for_nothing() {
    let mut screen = known(RunState::Running);
    train(&mut screen, RunState::Running);
    let failed = AnswerEvent::Panicked("no such layer".to_owned());
    screen.update(Message::Answers(failed));
    assert_eq!(screen.app.run().training.position.epoch, 1);
    assert!(screen.text().contains("no such layer"));
}

#[test]
fn only_what_the_last_frame_shows_is_asked_about_a_new_state() {
    let mut screen = large();
    ask(&mut screen);
    screen.answer();
    screen.press('3');
    ask(&mut screen);
    screen.answer();
    ask(&mut screen);
    train(&mut screen, RunState::Paused);
    let is_trace = |asked: &Asked| matches!(asked, Asked::Trace { .. });
    let of_frame = screen
        .asked
        .iter()
        .filter(|question| !is_trace(&question.asked));
    assert_eq!((of_frame.count(), screen.asked.len()), (1, 2));
}
