//! The key that turns a panel through all that it can show: which of them is shown, and what comes next.
//!
//! ```text
//! ┌ Errors ──────────────────── m ·•·· → matrix ┐
//! ```

use crate::app::Overview;
use crate::app::keymap::Action;
use crate::ui::canvas::Canvas;
use crate::ui::style::{self, width};

/// The cells that a title leaves for it, and those around it.
const RESERVED: u16 = 5;
const AROUND: u16 = 3;

/// Returns the cells that a title can have in a panel of this width, beside the key of this action if it has an effect here.
pub(crate) fn title_room(canvas: &Canvas, action: Action, panel_width: u16) -> u16 {
    let key = canvas.app.offered_key(action);
    let taken = key.map_or(0, |_| RESERVED + AROUND);
    style::title_room(None, panel_width).saturating_sub(taken)
}

/// Returns the cells that a title can have beside the key with the name of what comes next.
pub(crate) fn title_room_beside(
    canvas: &Canvas,
    action: Action,
    next: &str,
    panel_width: u16,
) -> u16 {
    let key = canvas.key_text(action, next);
    style::title_room(key.as_deref(), panel_width)
}

/// Returns the key with the longest text that has this room; `None` if there is no room, or if it has no effect here.
pub(crate) fn text(
    canvas: &Canvas,
    action: Action,
    (index, all): (usize, usize),
    next: &str,
    room: u16,
) -> Option<String> {
    // Numbers beside a title would be read as "sample 1 of 4".
    let [here, elsewhere] =
        [("•", "*"), ("·", ".")].map(|(of, ascii)| canvas.theme.glyph(of, ascii));
    let places = (0..all).map(|at| if at == index { here } else { elsewhere });
    let (places, arrow) = (places.collect::<String>(), canvas.theme.written("→"));
    longest(canvas, action, &[format!("{places} {arrow} {next}")], room)
        .or_else(|| naming(canvas, action, next, room))
        .or_else(|| longest(canvas, action, &[places, arrow], room))
}

/// Returns the key with the name of what comes next, which says more than what is shown; `None` if there is no room.
pub(crate) fn naming(canvas: &Canvas, action: Action, next: &str, room: u16) -> Option<String> {
    let arrow = canvas.theme.written("→");
    let texts = [format!("{arrow} {next}"), next.to_owned()];
    longest(canvas, action, &texts, room)
}

/// Returns the key with the first of some texts, which become shorter, that has room.
fn longest(canvas: &Canvas, action: Action, texts: &[String], room: u16) -> Option<String> {
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
