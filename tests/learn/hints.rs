//! What a page says to help on: hints, what Enter does, and where to go next.

use crossterm::event::KeyCode;
use nnscope::app::{Glyphs, Handle, Hints, PAGES, Scene};

use crate::player::Player;
use crate::{is_whole, page};

/// The hint that has been asked for last.
pub(crate) fn hint(scene: &Scene) -> Option<String> {
    match scene.hints {
        Hints::None => None,
        Hints::Nudge => Some(scene.page.nudge.to_owned()),
        Hints::Keys => Some(format!(
            "Keys from the start (r): {}",
            scene.page.solution.text()
        )),
        Hints::Done => Some("Done for you. r starts the lesson again.".to_owned()),
    }
}

#[test]
fn a_hint_leaves_the_page_whole_at_80x24_and_is_seen_in_every_window() {
    for index in 0..PAGES.len() {
        for skips in [false, true] {
            let mut player = Player::at_page(index);
            if skips {
                player.skip_guess();
            }
            for next in ["next hint", "do it"] {
                player.type_keys("h");
                is_whole(&player, (80, 24), Glyphs::Unicode);
                let footer = player.lines((80, 24)).pop().unwrap();
                assert!(footer.contains(&format!("h {next}")), "{footer}");
                let hint = hint(player.app.scene().unwrap()).unwrap();
                for size in [(80, 23), (80, 20), (60, 16)] {
                    let last = hint.split_whitespace().last().unwrap();
                    let screen = player.lines(size).join("\n");
                    assert!(screen.contains(last), "{last} at {size:?}:\n{screen}");
                }
            }
        }
    }
}

#[test]
fn the_keys_of_a_hint_stay_while_the_page_is_started_again_and_then_lead_to_the_goals() {
    let mut player = Player::at_page(page("neuron"));
    player.skip_guess();
    player.key(KeyCode::Down);
    player.type_keys("hh");
    let said = |player: &Player| player.lines((200, 60)).join("\n");
    assert!(said(&player).contains("Keys from the start (r): Enter, -4"));
    player.type_keys("r");
    player.settle();
    assert!(said(&player).contains("Keys from the start (r): a guess, then Enter, -4"));
    player.skip_guess();
    for key in page_keys("neuron") {
        player.key(key);
    }
    assert!(player.app.scene().unwrap().is_done(), "{}", said(&player));
}

/// The keys of the solution of a page.
fn page_keys(name: &str) -> Vec<KeyCode> {
    let parts = PAGES[page(name)].solution.parts();
    parts.flatten().map(|key| key.code).collect()
}

#[test]
fn a_variant_is_named_as_the_settings_name_it() {
    for (name, text) in [
        ("unshifted", "restarts with scaling shift=135,66"),
        ("saturated", "restarts with initial gain 1"),
        ("large-steps", "restarts with learning rate 100"),
        ("xor", "restarts with hidden layer sizes 2 (↑↓ others)"),
        ("race", "restarts with optimizer momentum"),
    ] {
        let mut player = Player::at_page(page(name));
        player.skip_guess();
        let screen = player.lines((120, 40)).join("\n");
        assert!(screen.contains(text), "{text}:\n{screen}");
        player.key(KeyCode::Enter);
        let started = text
            .replace("restarts", "started")
            .replace(" (↑↓ others)", "");
        let status = player.lines((120, 40));
        let status = status.iter().rev().nth(1).unwrap();
        assert!(status.contains(&started), "{status}");
    }
}

#[test]
fn after_the_goal_of_a_variant_the_next_one_is_chosen() {
    let mut player = Player::at_page(page("race"));
    for (index, name) in ["momentum", "adam"].into_iter().enumerate() {
        assert_eq!(player.app.handle(), Some(Handle::Variant(index)));
        player.key(KeyCode::Enter);
        player.wait_for(name, |app| {
            app.scene().unwrap().reached[index + 1].is_some()
        });
    }
    // There is none after the last one.
    assert_eq!(player.app.handle(), Some(Handle::Variant(1)));
}

#[test]
fn only_the_last_lesson_has_none_after_it() {
    for (name, text) in [
        ("neuron", "done – → for the next lesson"),
        ("now", "done – that was the last lesson"),
    ] {
        let mut player = Player::at_page(page(name));
        player.type_keys("hhh");
        player.wait_for(name, |app| app.scene().unwrap().is_done());
        let screen = player.lines((80, 24)).join("\n");
        assert!(screen.contains(text), "{screen}");
    }
}

#[test]
fn esc_closes_an_open_hint_before_it_leaves_the_lessons() {
    let mut player = Player::at_page(page("neuron"));
    player.skip_guess();
    for hints in ["h", "hh"] {
        player.type_keys(hints);
        let footer = player.lines((120, 40)).pop().unwrap();
        assert!(footer.contains("Esc close hint"), "{footer}");
        player.key(KeyCode::Esc);
        assert_eq!(player.app.scene().unwrap().hints, Hints::None);
    }
    player.key(KeyCode::Esc);
    assert!(player.app.scene().is_none());
}

#[test]
fn a_guess_stays_made_until_the_lesson_is_started_again() {
    let has_guess = |player: &Player| {
        let guess = &player.app.scene().unwrap().guess;
        *guess == nnscope::app::Guessed::Made(0.27)
    };
    let mut player = Player::at_page(page("neuron"));
    player.type_keys("0.27");
    player.key(KeyCode::Enter);
    assert!(has_guess(&player));
    player.key(KeyCode::Right);
    player.key(KeyCode::Left);
    assert!(has_guess(&player));
    player.key(KeyCode::Esc);
    assert!(player.app.scene().is_none());
    player.type_keys("4");
    assert!(has_guess(&player));
    player.type_keys("hhh");
    assert!(has_guess(&player));
    player.type_keys("r");
    assert!(!has_guess(&player));
    assert_eq!(player.app.focus(), nnscope::app::Focus::Guess);
}
