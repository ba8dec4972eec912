//! What it writes to terminals of different kinds.

use std::collections::BTreeSet;
use std::fs;

use crate::session::{Session, nnscope};

#[test]
fn it_draws_with_the_colours_of_the_terminal_and_with_none_if_asked() {
    // Classes, positive and negative numbers, and what is wrong.
    assert_eq!(palette(&[]), [32, 129, 160, 162, 166]);
    assert_eq!(palette(&[("TERM", "linux")]), [1, 3, 5, 9, 12]);
    assert_eq!(
        palette(&[("TERM", "linux"), ("COLORTERM", "truecolor")]),
        [1, 3, 5, 9, 12]
    );

    let output = output_with(&[("COLORTERM", "truecolor")]);
    assert!(output.contains("\x1b[38;2;"));
}

#[test]
fn it_writes_no_colour_where_there_is_none_or_none_is_wanted() {
    let without = [("TERM", "vt100"), ("TERM", ""), ("NO_COLOR", "1")];
    for variable in without {
        for color_term in ["", "truecolor"] {
            let output = output_with(&[variable, ("COLORTERM", color_term)]);
            let colours: Vec<_> = styles(&output)
                .flatten()
                .filter(|&style| is_colour(style))
                .collect();
            assert_eq!(colours, [], "{variable:?}");
        }
    }
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_gets_one_sentence() {
    let mut command = nnscope(&[]);
    command.env("TERM", "dumb");
    let session = Session::run_at(portable_pty::PtySize::default(), command);
    session.wait_for_shell(2);
    assert!(session.shows("nnscope: the terminal (TERM=dumb) cannot move its cursor"));
    assert!(session.shows("use `nnscope train`"));
}

#[test]
fn a_locale_without_utf_8_gets_ascii_unless_asked_otherwise() {
    let (ascii, unicode) = ("+ Network 2-2-1", "┌ Network 2-2-1");
    for (locale, arguments, title) in [
        ("C", &[][..], ascii),
        ("POSIX", &[], ascii),
        ("en_US.ISO-8859-1", &[], ascii),
        ("C", &["--ascii=false"], unicode),
        ("C.UTF-8", &[], unicode),
        ("C.UTF-8", &["--ascii"], ascii),
    ] {
        let mut command = nnscope(arguments);
        command.env("LC_ALL", locale);
        let session = Session::run(command);
        session.wait_for(title);
        let output = session.quit("q");
        assert_eq!(output.is_ascii(), title == ascii, "{locale} {arguments:?}");
    }
}

/// Returns everything that a run of a few epochs writes.
fn output_with(environment: &[(&str, &str)]) -> String {
    // One feature makes no map, which has many shades.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("weights.csv");
    let people = "weight,sex\n133,F\n160,M\n152,M\n120,F\n";
    fs::write(&file, people).unwrap();
    let mut command = nnscope(&[file.to_str().unwrap(), "--speed", "1"]);
    for (name, value) in environment {
        command.env(name, value);
    }
    let session = Session::run(command);
    session.wait_for_progress();
    session.quit("q")
}

/// The codes in the escape sequences for style.
fn styles(output: &str) -> impl Iterator<Item = Vec<u32>> {
    output
        .split("\x1b[")
        .skip(1)
        .filter_map(|sequence| sequence.split_once('m'))
        .filter_map(|(codes, _)| {
            let codes = codes.split(';').map(|code| code.parse().ok());
            codes.collect::<Option<Vec<u32>>>()
        })
}

/// Whether a style is a colour other than the terminal's own.
fn is_colour(style: u32) -> bool {
    matches!(style, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

/// The numbers of the colours of text that a run of a few epochs uses, without repetition.
fn palette(environment: &[(&str, &str)]) -> Vec<u32> {
    let output = output_with(environment);
    assert!(!output.contains("\x1b[38;2;"));
    let styles: Vec<Vec<u32>> = styles(&output).collect();
    let indexed = |style: &'_ [u32]| matches!(style, [38, 5, _]).then(|| style[2]);
    let numbers = styles
        .iter()
        .flat_map(|style| style.windows(3))
        .filter_map(indexed);
    numbers.collect::<BTreeSet<_>>().into_iter().collect()
}
