//! What the system says about a file, in our words.

use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Error, anyhow};

use crate::data::scrub_to;

/// Why something cannot be done with a file, as a clause: "permission denied".
#[must_use]
pub fn file_problem(problem: &io::Error) -> String {
    let words = match problem.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::AlreadyExists => "it exists already",
        ErrorKind::NotADirectory => "a part of the path is not a folder",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "the disk quota is used up",
        ErrorKind::FileTooLarge => "the file would be larger than allowed",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        ErrorKind::InvalidFilename => "the name is too long",
        ErrorKind::BrokenPipe => "nobody reads it any more",
        _ => return without_number(&problem.to_string()),
    };
    words.to_owned()
}

/// The same as an error.
pub(super) fn file_error(problem: &io::Error) -> Error {
    anyhow!("{}", file_problem(problem))
}

/// A path as messages show it: as it is, or quoted with escapes if it has something that could not be seen.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    if scrub_to(&text, usize::MAX) == text {
        text.into_owned()
    } else {
        format!("{text:?}")
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// "Input/output error (os error 5)" without its number and its capital.
fn without_number(words: &str) -> String {
    let words = words.split(" (os error").next().unwrap_or(words);
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_in_a_path_is_escaped() {
        for (path, shown) in [
            ("a/b c.csv", "a/b c.csv"),
            ("größe.csv", "größe.csv"),
            ("x.csv\r", r#""x.csv\r""#),
            ("\u{1b}[2J", r#""\u{1b}[2J""#),
            ("a\u{202e}b", r#""a\u{202e}b""#),
        ] {
            assert_eq!(shown_path(Path::new(path)), shown);
        }
    }

    #[test]
    fn no_problem_has_a_number_or_a_capital() {
        // As Linux counts them.
        for code in 1..134 {
            let words = file_problem(&io::Error::from_raw_os_error(code));
            assert!(!words.contains("os error"), "{code}: {words}");
            assert!(!words.starts_with(char::is_uppercase), "{code}: {words}");
        }
    }
}
