//! `nnscope learn` without a screen.

use nnscope::app::PAGES;

use crate::shell::nnscope;

fn output(arguments: &str) -> String {
    let output = nnscope(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_list_has_every_page() {
    let list = output("learn --list");
    assert_eq!(list.lines().count(), PAGES.len());
    for page in PAGES {
        assert!(
            list.contains(page.name) && list.contains(page.title()),
            "{list}"
        );
    }
}

#[test]
fn a_lesson_is_printed_with_its_computed_figures() {
    let text = output("learn 5 --format text");
    assert_eq!(text, output("learn down --format text"));
    assert!(
        text.starts_with("Lesson 5: Which way is down? (the post)\n"),
        "{text}"
    );
    assert!(
        text.contains("L = 0.227") && text.contains("Answer: 0.0215"),
        "{text}"
    );
}

#[test]
fn all_lessons_are_printed_with_every_figure_known() {
    let text = output("learn --format text");
    for page in PAGES {
        assert!(text.contains(page.title()), "{}", page.name);
    }
    // No placeholder is left, and no figure is missing, nor is that of a sweep.
    assert!(!text.contains(['{', '}', '…']), "{text}");
    assert_eq!(
        text.matches("Guess: ").count(),
        text.matches("Answer: ").count()
    );
}

#[test]
fn a_lesson_that_does_not_exist_is_a_usage_error_that_says_what_is_meant() {
    let output = nnscope("learn neurone --format text");
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        error.contains("from 1 to 17") && error.contains("neuron"),
        "{error}"
    );
}
