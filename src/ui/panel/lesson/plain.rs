//! A page as plain text: to be read aloud, or copied.

use std::fmt::Write;

use super::heading::heading;
use crate::app::{App, Scene};
use crate::ui::style::number::figure;
use crate::ui::style::wrapped;

/// The widest line of running text.
const WIDTH: u16 = 78;

/// Returns the page that is open with its figures, the answer to its question, its goals and how to reach them; empty if none
/// is open.
pub(crate) fn plain_text(app: &App) -> String {
    app.scene()
        .map(|scene| text_of(app, scene))
        .unwrap_or_default()
}

fn text_of(app: &App, scene: &Scene) -> String {
    let page = scene.page;
    let mut text = format!("{}\n\n", heading(page));
    for line in scene.text(figure) {
        let lines = if line.starts_with(' ') {
            vec![line]
        } else {
            wrapped(&line, WIDTH)
        };
        lines.iter().for_each(|line| add(&mut text, line));
    }
    add(&mut text, "");
    if let Some(guess) = &page.guess {
        add(&mut text, &format!("Guess: {}", guess.question));
        if let Some(answer) = app.guess_answer() {
            add(&mut text, &format!("Answer: {}", figure(answer, 3)));
        }
    }
    for (goal, _) in scene.goals() {
        add(&mut text, &format!("Goal: {}", goal.text));
    }
    for variant in page.variants() {
        add(&mut text, &format!("Variant: {variant}"));
    }
    add(&mut text, &format!("Hint: {}", page.nudge));
    add(&mut text, &format!("Keys: {}", page.solution.text()));
    add(
        &mut text,
        &format!("On the screen: nnscope learn {}", page.name),
    );
    add(&mut text, &format!("Its run: nnscope {}", page.options));
    text
}

fn add(text: &mut String, line: &str) {
    let Ok(()) = writeln!(text, "{}", line.trim_end()) else {
        unreachable!("a string takes every line");
    };
}
