//! A run that is described by options, as on a command line, within the program itself.

use anyhow::{Context, Result, bail, ensure};

use super::Draft;
use super::setting::{Choices, ON, read_count, settings};

impl Draft {
    /// The run that options describe: `--data xor --hidden 4 --seed 1`. They are those of the command line, without
    /// quotes; a later one replaces an earlier one, and the seed is 0 if none is given.
    ///
    /// # Errors
    ///
    /// One sentence, if a word is not an option, an option has no value, or a value is not sound.
    pub fn of_options(options: &str) -> Result<Self> {
        let given = pairs(options)?;
        let text_of = |option: &str| given.iter().rfind(|(name, _)| *name == option);
        let seed = text_of("seed").map_or(Ok(0), |(_, seed)| read_count(seed));
        let mut draft = Self::new(seed?);
        // In the order of the table, as the command line sets them.
        for setting in settings() {
            if let Some((option, text)) = text_of(setting.option) {
                let set = setting.set(&mut draft, text);
                set.with_context(|| format!("--{option} {text}"))?;
            }
        }
        Ok(draft)
    }
}

/// Splits options into names and values.
fn pairs(options: &str) -> Result<Vec<(&str, &str)>> {
    let mut words = options.split_whitespace().peekable();
    let mut given = Vec::new();
    while let Some(word) = words.next() {
        let option = word.strip_prefix("--").unwrap_or_default();
        let Some(setting) = settings().find(|setting| setting.option == option) else {
            bail!("{word:?} is not an option");
        };
        let value = words.next_if(|next| !next.starts_with("--"));
        let is_flag = matches!(setting.choices, Choices::Flag { .. });
        ensure!(is_flag || value.is_some(), "--{option} needs a value");
        given.push((option, value.unwrap_or(ON)));
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::command_line;

    #[test]
    fn options_are_read_as_they_are_written() {
        for options in [
            "--seed 7",
            "--data xor --samples 40 --hidden 4:relu --shuffle --seed 1",
            "--scaling none --weights w1=1,w2=-2,w3=0,w4=0,w5=0,w6=0,b1=0,b2=0,b3=0 --seed 3",
        ] {
            let draft = Draft::of_options(options).unwrap();
            assert_eq!(Draft::of_options(options).unwrap(), draft);
            let line = command_line(draft);
            for word in options.split_whitespace() {
                assert!(line.contains(word), "{word} in {line}");
            }
        }
    }

    #[test]
    fn what_is_no_option_is_an_error() {
        for options in ["seed 7", "--sead 7", "--seed", "--hidden many"] {
            assert!(Draft::of_options(options).is_err(), "{options}");
        }
    }
}
