//! What is wrong with a JSON text, in our words.

use anyhow::{Error, anyhow};
use serde_json::error::Category;

/// The error of the parser as one sentence of ours, with line and column where the parser knows them.
pub(super) fn json_error(error: &serde_json::Error) -> Error {
    let at = format!("line {}, column {}", error.line(), error.column());
    match error.classify() {
        Category::Eof if error.column() == 0 && error.line() <= 1 => anyhow!("it is empty"),
        Category::Eof => anyhow!("{at}: it ends in the middle"),
        Category::Syntax if error.to_string().starts_with("number out of range") => {
            anyhow!("{at}: a number is too large")
        }
        Category::Io | Category::Syntax => anyhow!("{at}: this is not JSON"),
        Category::Data if error.line() == 0 => anyhow!("{}", data_problem(&error.to_string())),
        Category::Data => anyhow!("{at}: {}", data_problem(&error.to_string())),
    }
}

/// What serde says of a value, in our words. The forms are those of `serde::de::Error`.
fn data_problem(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let found_and_expected = |message: &str| {
        let (found, expected) = message.rsplit_once(", expected ")?;
        Some(format!(
            "expected {}, found {}",
            kind(expected),
            kind(found)
        ))
    };
    let own = match (message, quoted.as_slice()) {
        (_, [field]) if message.starts_with("missing field") => {
            Some(format!("{field:?} is missing"))
        }
        (_, [field]) if message.starts_with("duplicate field") => {
            Some(format!("{field:?} is there twice"))
        }
        (_, [found, known @ ..]) if message.starts_with("unknown variant") => {
            Some(format!("expected {}, found {found:?}", known.join(", ")))
        }
        (_, [found, ..]) if message.starts_with("unknown field") => {
            Some(format!("{found:?} is not known here"))
        }
        _ => ["invalid type: ", "invalid value: "]
            .into_iter()
            .find_map(|form| found_and_expected(message.strip_prefix(form)?)),
    };
    own.unwrap_or_else(|| match message {
        _ if message.starts_with("invalid length") => "a list has another length".to_owned(),
        _ if message.starts_with("data did not match") => "a value is of another kind".to_owned(),
        own_words => own_words.to_owned(),
    })
}

/// A kind of value or a value, as serde names it, in plain words.
fn kind(named: &str) -> String {
    let value = |form: &str| Some(named.strip_prefix(form)?.trim_matches('`').to_owned());
    if let Some(text) = named.strip_prefix("string ") {
        return format!("the text {text}");
    }
    if let Some(number) = value("integer ").or_else(|| value("floating point ")) {
        return number;
    }
    let plain = match named {
        "f64" | "f32" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number of 0 or more",
        "a boolean" | "boolean" => "true or false",
        "boolean `true`" => "true",
        "boolean `false`" => "false",
        "a string" | "string" | "a borrowed string" => "a text",
        "a character" => "one character",
        "unit" | "null" => "null",
        "map" | "a map" => "an object",
        "sequence" | "a sequence" => "a list",
        _ if named.starts_with("an array") || named.starts_with("a tuple") => "a list",
        _ if named.starts_with("struct") => "an object",
        _ => "another value",
    };
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::session::{LayerParameters, TrainingConfig};

    fn problem<T: for<'a> Deserialize<'a>>(text: &str) -> String {
        json_error(&serde_json::from_str::<T>(text).err().unwrap()).to_string()
    }

    #[test]
    fn a_text_that_is_no_json_is_said_with_its_place() {
        for (text, words) in [
            ("", "it is empty"),
            (
                "{\n\"weights\": [[1,",
                "line 2, column 15: it ends in the middle",
            ),
            ("hello", "line 1, column 1: this is not JSON"),
            (
                "{\"weights\": [[1,NaN]]}",
                "line 1, column 17: this is not JSON",
            ),
            (
                "{\"weights\": [[1,1e999]]}",
                "line 1, column 21: a number is too large",
            ),
        ] {
            assert_eq!(problem::<LayerParameters>(text), words);
        }
    }

    #[test]
    fn a_value_of_another_kind_is_said_in_plain_words() {
        for (text, words) in [
            ("5", "expected an object, found 5"),
            ("{\"biases\": [0]}", "\"weights\" is missing"),
            ("{\"weights\": 5}", "expected a list, found 5"),
            (
                "{\"weights\": [[\"x\"]]}",
                "expected a number, found the text \"x\"",
            ),
            ("{\"weights\": [[null]]}", "expected a number, found null"),
            (
                "{\"weights\": [], \"weights\": []}",
                "\"weights\" is there twice",
            ),
        ] {
            let found = problem::<LayerParameters>(text);
            assert!(found.ends_with(words), "{text}: {found}");
        }
        let mut config = serde_json::to_value(TrainingConfig::post(1)).unwrap();
        for (key, value, words) in [
            (
                "batch_size",
                "-1",
                "expected a whole number of 0 or more, found -1",
            ),
            (
                "batch_size",
                "1.5",
                "expected a whole number of 0 or more, found 1.5",
            ),
            (
                "shuffle",
                "\"yes\"",
                "expected true or false, found the text \"yes\"",
            ),
            (
                "schedule",
                "\"linear\"",
                "expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS",
            ),
            (
                "init",
                "\"random\"",
                "expected normal, xavier, he, zeros, found \"random\"",
            ),
        ] {
            let before = config[key].clone();
            config[key] = serde_json::from_str(value).unwrap();
            let found = problem::<TrainingConfig>(&config.to_string());
            assert!(found.ends_with(words), "{key}: {found}");
            config[key] = before;
        }
    }
}
