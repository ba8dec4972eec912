//! The key that turns a panel through all that it can show: which of them is shown, and what comes next.
//!
//! ```text
//! ┌ Errors ───────────────────── m 2/4 → matrix ┐
//! ```

use crate::app::Overview;
use crate::app::keymap::Action;
use crate::ui::canvas::Canvas;
use crate::ui::style::width;

/// The cells of its shortest text.
pub(crate) const SHORTEST: u16 = 5;

/// Returns the key with the longest text that has this room; `None` if there is no room, or if it has no effect here.
pub(crate) fn text(
    canvas: &Canvas,
    action: Action,
    (index, all): (usize, usize),
    next: &str,
    room: u16,
) -> Option<String> {
    // "1 of 4" beside a title reads as "sample 1 of 4".
    let place = format!("{}/{all}", index + 1);
    let texts = [canvas.theme.written(&format!("{place} → {next}")), place];
    let mut keys = (texts.iter()).filter_map(|text| canvas.key_text(action, text));
    keys.find(|key| width(key) <= room)
}

/// Returns the key of the overviews of all samples.
pub(crate) fn of_overviews(canvas: &Canvas, room: u16) -> Option<String> {
    let run = canvas.app.run();
    let all = run.overviews();
    let index = all.iter().position(|of| *of == run.overview)?;
    let next = match all[(index + 1) % all.len()] {
        Overview::Table => "samples",
        Overview::Errors => "errors",
        Overview::Confusion => "matrix",
        Overview::TestConfusion => "test matrix",
        Overview::Map => "map",
    };
    text(canvas, Action::TurnOverview, (index, all.len()), next, room)
}
