//! Which moment the score in a title belongs to.

use super::*;

#[test]
fn within_an_epoch_the_title_says_that_its_score_is_of_now() {
    let mut screen = TestScreen::at_epoch(140);
    screen.tell(RunState::Paused);
    let title = |screen: &mut TestScreen| {
        let text = screen.text();
        let row = text.lines().nth(1).unwrap();
        row.rsplit('┌').next().unwrap().to_owned()
    };
    assert!(!title(&mut screen).contains("now"), "{}", screen.text());
    screen.press_and_obey(KeyCode::Char('s'));
    let scores = screen.app.run().training.scores.clone().unwrap();
    let loss = format!("{:.4}", scores.assessment.evaluation.training.loss);
    let said = title(&mut screen);
    assert!(said.contains(&format!(" now: {loss} ")), "{said}");
    screen.press('t');
    let said = title(&mut screen);
    assert!(said.contains("Accuracy now: 100%"), "{said}");
    for _ in 0..3 {
        screen.press_and_obey(KeyCode::Char('s'));
    }
    let said = title(&mut screen);
    assert!(said.contains("Accuracy 100%"), "{said}");
    // While it trains, every number is of now.
    screen.step_sample();
    screen.tell(RunState::Running);
    assert!(!title(&mut screen).contains("now"), "{}", screen.text());
}

#[test]
fn within_an_epoch_the_lines_of_weights_are_said_to_end_before_it() {
    let mut screen = TestScreen::at_epoch(140);
    screen.tell(RunState::Paused);
    for size in [(120, 40), (200, 60)] {
        screen.resize(size.0, size.1);
        assert!(!screen.text().contains(", after epoch 140 ─"));
    }
    screen.step_sample();
    screen.tell(RunState::Paused);
    for size in [(120, 40), (200, 60)] {
        screen.resize(size.0, size.1);
        let text = screen.text();
        assert!(
            text.contains("┌ Every weight and bias, after epoch 140 ─"),
            "{text}"
        );
    }
}
