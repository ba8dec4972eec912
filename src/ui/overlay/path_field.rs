//! The windows for the path of a file: to save the run, and to open another one.

use ratatui::layout::Rect;

use super::dialog::{self, Dialog};
use super::preparing::prepared;
use crate::app::PathField;
use crate::session::setting::in_screen_words;
use crate::session::{Found, PathFacts, built_in_names, shown_path};
use crate::ui::canvas::Canvas;

/// The most names that are listed.
const MOST_NAMES: usize = 8;

pub(super) fn render_save(canvas: &mut Canvas, area: Rect, title: &str, field: &PathField) {
    let (problem, hint) = match &field.facts {
        None => (None, String::new()),
        Some(PathFacts { path, found, names }) => {
            let path = shown_path(path);
            match found {
                Found::Nothing => (Some("type the name of a file".to_owned()), String::new()),
                Found::Problem(problem) => (Some(problem.clone()), String::new()),
                Found::Folder => {
                    let text = format!("{path} is a folder: add the name of a file");
                    (Some(text), String::new())
                }
                Found::File => (
                    None,
                    format!("{path} exists: you are asked before it is replaced"),
                ),
                Found::Free | Found::BuiltIn => {
                    (None, with_names(&format!("a new file: {path}"), names))
                }
            }
        }
    };
    render(canvas, area, title, field, problem.as_deref(), &hint);
}

pub(super) fn render_open(canvas: &mut Canvas, area: Rect, field: &PathField) {
    let is_kept = canvas.app.run().is_worth_keeping();
    let kept = |text: String| {
        let kept = if is_kept {
            " – the present run is kept"
        } else {
            ""
        };
        text + kept
    };
    let (problem, hint) = match (&field.facts, field.preparing) {
        _ if field.problem.is_some() => (field.problem.clone(), String::new()),
        (_, Some(progress)) => (None, format!("opening{} (Esc cancels)", prepared(progress))),
        (None, None) => (None, String::new()),
        (Some(PathFacts { path, found, names }), None) => match found {
            Found::Problem(problem) => (Some(problem.clone()), String::new()),
            Found::Free if names.is_empty() => {
                let text = format!("there is no file {}", shown_path(path));
                (Some(text), String::new())
            }
            Found::File => (None, kept(shown_path(path))),
            Found::BuiltIn => (None, kept("built-in data".to_owned())),
            Found::Nothing => {
                let built_in = built_in_names().join(", ");
                let text = format!("run (.json), CSV file or built-in data: {built_in}");
                let mut likely = likely_first(names);
                likely.retain(|name| !is_unlikely(name));
                (None, with_names(&text, &likely))
            }
            Found::Folder | Found::Free => (
                None,
                with_names(
                    "run (.json), CSV file or built-in data",
                    &likely_first(names),
                ),
            ),
        },
    };
    render(canvas, area, "Open", field, problem.as_deref(), &hint);
}

/// Names of folders, and of files that look like runs or data, before all others.
fn likely_first(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort_by_key(|name| is_unlikely(name));
    names
}

/// Whether a file does not look like a run or data.
fn is_unlikely(name: &str) -> bool {
    const LIKELY: [&str; 6] = ["/", ".json", ".csv", ".tsv", ".data", ".txt"];
    !LIKELY.iter().any(|end| name.ends_with(end))
}

/// Returns a text, and the first names that Tab may complete.
fn with_names(text: &str, names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = if names.len() > MOST_NAMES { " …" } else { "" };
    if first.is_empty() {
        return text.to_owned();
    }
    format!("{text}\nTab: {}{more}", first.join("  "))
}

fn render(
    canvas: &mut Canvas,
    area: Rect,
    title: &str,
    field: &PathField,
    problem: Option<&str>,
    hint: &str,
) {
    let problem = problem.map(in_screen_words);
    let dialog = Dialog {
        title: title.to_owned(),
        label: "file".to_owned(),
        field: &field.text,
        problem: problem.as_deref(),
        hint,
    };
    dialog::render_wide(canvas, area, &dialog);
}
