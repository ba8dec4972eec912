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

/// Answers what was asked last.
fn answer(screen: &mut TestScreen) {
    let questions = mem::take(&mut screen.asked).into_iter();
    let answers = questions.map(|question| (question.clone(), question.answer()));
    let answered = AnswerEvent::Answered(answers.collect());
    screen.update(Message::Answers(answered));
}

/// Tells the app of the state an epoch later.
fn train(screen: &mut TestScreen) {
    screen.train_epoch();
    screen.tell(RunState::Paused);
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
    answer(&mut screen);
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
fn a_frame_of_a_new_state_waits_until_all_of_it_is_known() {
    let mut screen = large();
    ask(&mut screen);
    answer(&mut screen);
    screen.draw();
    screen.update(Message::Drawn);
    assert!(!screen.app.awaits_answers());
    for _ in 0..2 {
        // The second time, no frame has been drawn in between.
        train(&mut screen);
        let network = &screen.app.run().network;
        assert!(screen.app.awaits_answers());
        assert_eq!(screen.asked.len(), 4);
        let is_new = |network| move |of: &Arc<_>| Arc::ptr_eq(network, of);
        assert!(
            screen
                .asked
                .iter()
                .map(|of| &of.network)
                .all(is_new(network))
        );
    }
    answer(&mut screen);
    assert!(!screen.app.awaits_answers());
    let text = screen.text();
    assert!(!text.contains("Computing the"), "{text}");
    assert!(text.contains(&of_emily(&screen)), "{text}");
}

#[test]
fn only_what_the_last_frame_shows_is_asked_about_a_new_state() {
    let mut screen = large();
    ask(&mut screen);
    answer(&mut screen);
    screen.press('3');
    screen.draw();
    screen.update(Message::Drawn);
    train(&mut screen);
    assert_eq!(screen.asked.len(), 1);
}
