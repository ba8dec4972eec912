//! The weights that a text speaks of, with their values.

use crate::player::Player;
use crate::{page, panels};

#[test]
fn every_weight_that_a_text_names_has_its_value_beside_it() {
    for name in ["network", "loss", "down", "predict"] {
        let mut player = Player::at_page(page(name));
        player.skip_guess();
        // Before the step, when it is taken, and after it.
        let stages = if name == "down" { "nnnn" } else { "" };
        for key in [None].into_iter().chain(stages.chars().map(Some)) {
            if let Some(key) = key {
                player.type_keys(&key.to_string());
                player.settle();
            }
            for size in [
                (80, 23),
                (80, 24),
                (100, 30),
                (104, 30),
                (120, 40),
                (200, 60),
            ] {
                let beside = panels(&player, size);
                let numbers = numbers_of_weights(&beside);
                assert!(
                    numbers.iter().all(|has| *has),
                    "{numbers:?} at {size:?}: {beside}"
                );
                assert!(!beside.contains("weights not shown"), "{beside}");
                assert!(!beside.contains("weight not shown"), "{beside}");
            }
        }
    }
}

/// Whether each of the post's six weights has a number beside its name or below it.
fn numbers_of_weights(text: &str) -> [bool; 6] {
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let is_number = |text: &[char]| {
        let [first, second, ..] = text else {
            return false;
        };
        first.is_ascii_digit() || "+−".contains(*first) && second.is_ascii_digit()
    };
    let has_number = |name: &str| {
        let name: Vec<char> = format!("{name} ").chars().collect();
        lines.iter().enumerate().any(|(row, line)| {
            let places = (0..line.len()).filter(|at| line[*at..].starts_with(&name));
            let mut places = places;
            places.any(|at| {
                let below = lines.get(row + 1).and_then(|line| line.get(at..));
                is_number(&line[at + name.len()..]) || below.is_some_and(is_number)
            })
        })
    };
    ["w1", "w2", "w3", "w4", "w5", "w6"].map(has_number)
}
