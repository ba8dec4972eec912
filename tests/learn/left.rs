//! A lesson that is left waits as it is.

use crossterm::event::KeyCode;
use nnscope::app::{Background, KeptRun};

use crate::page;
use crate::player::Player;

/// What was reached, the letters of the earlier runs, and the epoch.
fn work(player: &Player) -> (Vec<bool>, String, u64) {
    let scene = player.app.scene().unwrap();
    let reached = scene.reached.iter().map(Option::is_some);
    let kept = player.app.runs().kept.iter();
    let letters = kept.map(|KeptRun { letter, .. }| *letter);
    let epoch = player.app.run().training.position.epoch;
    (reached.collect(), letters.collect(), epoch)
}

#[test]
fn a_lesson_that_is_left_keeps_its_run_curves_and_goals() {
    let mut player = Player::at_page(page("race"));
    player.type_keys("hhh");
    player.wait_for("race", |app| app.scene().unwrap().is_done());
    player.settle();
    let (before, run) = (work(&player), player.saved());
    assert_eq!(before.0, [true; 3]);
    assert_eq!(before.1, "AB");
    for keys in [
        [KeyCode::Right, KeyCode::Left],
        [KeyCode::Char('2'), KeyCode::Char('4')],
        [KeyCode::Esc, KeyCode::Char('4')],
    ] {
        for key in keys {
            player.key(key);
            player.settle();
        }
        assert_eq!(work(&player), before, "{keys:?}");
        assert_eq!(player.saved(), run, "{keys:?}");
        let status = player.lines((80, 24)).remove(22);
        assert!(
            status.contains("as you left it – r starts it again"),
            "{status}"
        );
    }
    player.type_keys("r");
    player.settle();
    assert_eq!(work(&player), (vec![false; 3], String::new(), 0));
}

#[test]
fn a_lesson_that_is_running_goes_on_when_it_is_come_back_to() {
    let mut player = Player::at_page(page("now"));
    player.type_keys(" ");
    player.wait_for("some epochs", |app| app.run().training.position.epoch > 3);
    player.key(KeyCode::Left);
    player.key(KeyCode::Right);
    let left_at = player.app.run().training.position;
    player.wait_for("more epochs", |app| {
        app.run().training.is_running() && app.run().training.position > left_at
    });
}

#[test]
fn a_lesson_that_is_not_begun_says_nothing_of_being_left() {
    let mut player = Player::at_page(page("steps"));
    player.key(KeyCode::Right);
    player.key(KeyCode::Left);
    assert_eq!(player.app.notice(), None);
}

#[test]
fn a_lesson_is_drawn_for_the_background_of_the_terminal() {
    let mut player = Player::new("--seed 42");
    player.app = player.app.clone().with_background(Background::Light);
    player.open(page("xor"));
    assert_eq!(player.app.background(), Background::Light);
}
