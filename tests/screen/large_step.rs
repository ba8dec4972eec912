//! A step of a large network: when it is shown, and what is written of it only once.

use crossterm::event::KeyCode::{Char, Right};
use nnscope::app::Message;
use nnscope::trainer::RunState;
use nnscope::ui;
use ratatui::buffer::Cell;

use crate::test_screen::TestScreen;

#[test]
fn a_step_that_takes_long_is_shown_while_training_pauses() {
    let mut screen = TestScreen::new("--seed 42 --hidden 1024,1024,1024,1024,1024,1024");
    screen.press('2');
    let sentence = "it is shown when training pauses";
    for step in 1..3 {
        screen.tell(RunState::Running);
        assert!(screen.text().contains(sentence), "{}", screen.text());
        screen.tell(RunState::Paused);
        assert!(screen.text().contains(sentence), "{}", screen.text());
        screen.answer();
        let text = screen.text();
        let title = format!("Epoch 0, sample {step} of 4");
        for shown in ["w1: Forward, stage 1 of 4", &title] {
            assert!(text.contains(shown) && !text.contains(sentence), "{text}");
        }
        screen.step_sample();
    }
}

#[test]
fn another_sample_of_a_large_step_is_followed_as_soon_as_its_passes_are_known() {
    let mut screen = TestScreen::new("--seed 42 --hidden 1024,1024 --init xavier --batch-size 4");
    screen.press('2');
    screen.tell(RunState::Paused);
    screen.answer();
    let is_followed = |screen: &mut TestScreen, title: &str, first: &str| {
        let text = screen.text();
        assert!(text.contains(title) && text.contains(first), "{text}");
    };
    is_followed(
        &mut screen,
        "Epoch 0, batch 1, sample 1: Alice",
        "x1 = weight = −2,",
    );
    // The second key does not wait for what the first has asked.
    screen.press('.');
    screen.press('.');
    is_followed(
        &mut screen,
        "Epoch 0, batch 1, sample 1: Alice",
        "x1 = weight = −2,",
    );
    screen.update(Message::Drawn);
    screen.answer();
    is_followed(
        &mut screen,
        "Epoch 0, batch 1: Charlie",
        "x1 = weight = 17,",
    );
    // What is known is followed at once, and what is not asked for any more is not followed later.
    screen.press('.');
    screen.update(Message::Drawn);
    screen.press(',');
    screen.answer();
    is_followed(
        &mut screen,
        "Epoch 0, batch 1: Charlie",
        "x1 = weight = 17,",
    );
}

/// What a screen shows that has not written anything yet.
fn fresh(screen: &TestScreen, size: (u16, u16)) -> String {
    let cells = ui::screen(&screen.app.clone(), size);
    let rows = cells.content().chunks(usize::from(size.0));
    let rows: Vec<String> = rows
        .map(|row| row.iter().map(Cell::symbol).collect())
        .collect();
    rows.join("\n")
}

#[test]
fn the_terms_of_a_long_sum_are_those_of_the_neuron_the_sample_and_the_digits() {
    let size = (120, 80);
    let mut screen = TestScreen::new("--seed 42 --hidden 40 --batch-size 4");
    screen.resize(size.0, size.1);
    screen.press('2');
    screen.tell(RunState::Paused);
    let mut seen = Vec::new();
    // From w1 to the output, which has 40 terms; other digits twice; another sample; the next stage.
    for keys in [
        &[Right, Right, Right][..],
        &[Char('p')],
        &[Char('p')],
        &[Char('.')],
        &[Char('n')],
    ] {
        keys.iter().for_each(|&key| screen.press_and_obey(key));
        let [first, again] = [screen.text(), screen.text()];
        assert!(first.contains("·h20 = "), "{first}");
        assert_eq!([&first, &again], [&fresh(&screen, size); 2]);
        assert!(!seen.contains(&first), "{keys:?} changes nothing:\n{first}");
        seen.push(first);
    }
}
