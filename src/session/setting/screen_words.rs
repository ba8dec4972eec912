//! Messages that name options of the command line, in the words of the settings on the screen.

use super::{Choices, Setting, settings};

/// Returns a message with the names of the settings instead of their options: `--impute median fills it in` is
/// `"imputation" median fills it in`, and a flag has its value: `"missing values: skipped"`.
#[must_use]
pub fn in_screen_words(message: &str) -> String {
    let mut text = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(start) = rest.find("--") {
        let (before, from) = rest.split_at(start);
        let name = &from[2..];
        let is_of_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let end = name.find(|c| !is_of_name(c)).unwrap_or(name.len());
        let setting = settings().find(|setting| setting.option == &name[..end]);
        text += before;
        text += &setting.map_or_else(|| from[..end + 2].to_owned(), named);
        rest = &name[end..];
    }
    text + rest
}

fn named(setting: &Setting) -> String {
    let name = setting.name;
    match setting.choices {
        Choices::Flag { on, .. } => format!("\"{name}: {on}\""),
        _ => format!("\"{name}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_what_the_screen_has() {
        for (message, text) in [
            (
                "a value is missing (--drop-missing leaves such rows out, --impute median fills it in)",
                "a value is missing (\"missing values: skipped\" leaves such rows out, \"imputation\" median fills it in)",
            ),
            (
                "--classes takes them for classes",
                "\"target numbers: as classes\" takes them for classes",
            ),
            ("always with --mouse off", "always with --mouse off"),
            ("a -- b, --", "a -- b, --"),
            ("no option", "no option"),
        ] {
            assert_eq!(in_screen_words(message), text);
        }
    }
}
