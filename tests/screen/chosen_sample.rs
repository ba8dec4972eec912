//! Which sample the Backprop view shows when it is opened: the one that a person has chosen.

use crossterm::event::KeyCode::{self, Char, Down, Esc, Up};
use nnscope::app::Stage;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

/// The Train view of a paused run.
fn paused(mut screen: TestScreen) -> TestScreen {
    screen.tell(RunState::Paused);
    screen
}

fn press(screen: &mut TestScreen, keys: &[KeyCode]) {
    keys.iter().for_each(|&key| screen.press_and_obey(key));
}

#[test]
fn the_sample_that_was_chosen_is_the_one_shown_also_if_the_step_is_of_another() {
    let mut screen = paused(TestScreen::at_epoch(140));
    press(&mut screen, &[Down, Down, Down, Char('2')]);
    let text = screen.text();
    assert!(
        text.contains("Epoch 140: Diana, not in this step"),
        "{text}"
    );
    assert!(text.contains("Forward only"), "{text}");
    assert!(text.contains("next step: Alice – Esc shows it"), "{text}");
    let way = "Forward  Esc shows Alice's step, with the chain rule";
    assert!(text.contains(way), "{text}");
    press(&mut screen, &[Esc]);
    let text = screen.text();
    assert!(text.contains("After epoch 140, sample 1: Alice"), "{text}");
    // Whoever has gone on to the step comes back to it.
    press(&mut screen, &[Char('n'), Char('1')]);
    screen.press_and_obey(Char('2'));
    assert_eq!(screen.app.run().backprop.stage, Stage::Loss);
    assert!(!screen.app.run().is_probing());
    // The first one can be chosen too.
    press(&mut screen, &[Char('s')]);
    press(&mut screen, &[Char('1'), Down, Up]);
    screen.press_and_obey(Char('2'));
    let text = screen.text();
    assert!(
        text.contains("Epoch 140: Alice, not in this step"),
        "{text}"
    );
    // In a batch that has it, it is followed at once.
    let mut screen = paused(TestScreen::at_epoch_of(10, "--batch-size 4"));
    press(&mut screen, &[Down, Down, Down, Char('2')]);
    let traced = screen.app.run().backprop.shown.as_ref().unwrap();
    assert_eq!(traced.sample(), 3);
}

#[test]
fn a_sample_that_is_shown_because_a_step_has_trained_on_it_gives_way_to_the_next_step() {
    let mut screen = paused(TestScreen::at_epoch(140));
    press(&mut screen, &[Char('1')]);
    screen.press_and_obey(Char('s'));
    screen.press_and_obey(Char('s'));
    screen.press_and_obey(Char('2'));
    assert!(!screen.app.run().is_probing(), "{}", screen.text());
}

#[test]
fn formulas_that_end_early_name_the_key_that_shows_the_step_with_its_chain_rule() {
    let way = |screen: &mut TestScreen| {
        let text = screen.text();
        let found = text.lines().find(|line| line.contains("the chain rule"));
        found.map(str::to_owned).unwrap_or(text)
    };
    let mut screen = paused(TestScreen::at_epoch_of(10, "--batch-size 2"));
    press(&mut screen, &[Down, Down, Down, Char('2')]);
    let shown = way(&mut screen);
    assert!(
        shown.contains("Esc shows the step of a batch of 2, with"),
        "{shown}"
    );
    // A zoom is what Esc leaves first.
    press(&mut screen, &[Char('z')]);
    let shown = way(&mut screen);
    assert!(
        shown.contains("n shows the step of a batch of 2, with"),
        "{shown}"
    );
    press(&mut screen, &[Char('n')]);
    assert!(!screen.app.run().is_probing());
}
