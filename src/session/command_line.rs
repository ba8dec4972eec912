//! A run as one command line that recreates it.

use super::setting::{Choices, ON, settings};
use super::{Draft, NamedWeights, TrainingConfig};
use crate::data::scrub_to;

/// The command line of a run, without what is as usual for its data. It [leaves out the initial weights](can_include_weights)
/// of a large network.
#[must_use]
pub fn command_line(run: Draft) -> String {
    let draft = run.with_usual_open();
    let applying = settings().filter(|setting| setting.applies_to(&draft));
    let options = applying.filter_map(|setting| {
        let (option, text) = (setting.option, setting.asked(&draft)?);
        Some(match setting.choices {
            Choices::Flag { .. } if text == ON => format!("--{option}"),
            _ => format!("--{option} {}", quoted(&text)),
        })
    });
    let words: Vec<String> = ["nnscope".to_owned()].into_iter().chain(options).collect();
    words.join(" ")
}

/// Whether the command line of a run includes its initial weights, if they were given.
#[must_use]
pub fn can_include_weights(config: &TrainingConfig) -> bool {
    config.initial_layers.is_none() || !NamedWeights::given(config).is_empty()
}

/// As a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,=+:".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if scrub_to(word, usize::MAX) == word {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    // What cannot be seen, or would be carried out by a terminal, as escapes: $'…' of bash, zsh and POSIX 2024.
    let escaped: String = word.chars().map(escaped).collect();
    format!("$'{escaped}'")
}

fn escaped(c: char) -> String {
    if matches!(c, '\'' | '\\') {
        return format!("\\{c}");
    }
    if c == ' ' || scrub_to(&c.to_string(), 1) == c.to_string() {
        return c.to_string();
    }
    // Three octal digits end where they end, whatever follows.
    let octal = |byte: u8| format!("\\{byte:03o}");
    let octals: Vec<String> = c.to_string().bytes().map(octal).collect();
    octals.concat()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_word_is_the_same_behind_a_shell_and_shows_no_control_character() {
        for word in [
            "plain.csv",
            "two words",
            "it's",
            "",
            " ends with a blank ",
            "$HOME `ls` \"x\" \\n",
            "line\nend\t\r",
            "\u{1b}[31mred'\\1",
            "a\u{202e}b\u{2028}c",
            "\u{7}7",
            "größe 体重",
        ] {
            let quoted = quoted(word);
            assert_eq!(scrub_to(&quoted, usize::MAX), quoted, "{quoted:?}");
            let script = format!("printf %s {quoted}");
            let Ok(shell) = Command::new("bash").args(["-c", &script]).output() else {
                return;
            };
            assert_eq!(String::from_utf8(shell.stdout).unwrap(), word, "{quoted}");
        }
    }
}
