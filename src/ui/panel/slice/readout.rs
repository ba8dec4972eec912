//! The losses at the cursor, in numbers.

use super::subject::names;
use crate::app::RunView;
use crate::surface::{Axes, Slice};
use crate::ui::style::number::{grouped, loss, significant};
use crate::ui::style::{Theme, fitting};
use crate::ui::widget::spot::at_cursor;

/// What is said of a place that the slice does not reach.
pub(super) const OUTSIDE: &str = "outside this slice";

/// Returns what is at the cursor, line by line; nothing if it was not moved.
pub(super) fn lines(theme: Theme, run: &RunView, slice: &Slice) -> Vec<String> {
    let Some(at) = run.slice.cursor() else {
        return Vec::new();
    };
    let mut lines = vec![at_cursor(&place(slice, at))];
    if !is_seen(slice, at) {
        lines.push(format!("  {OUTSIDE}"));
    }
    let Some(point) = run.slice.chosen() else {
        lines.extend(interpolated(slice, at));
        return lines.iter().map(|line| theme.written(line)).collect();
    };
    let index = slice.path.iter().position(|other| other == point);
    let number = index.map_or(0, |index| index + 1);
    lines.extend([
        format!(
            "  point {number} of {}: epoch {}",
            slice.path.len(),
            grouped(point.epoch)
        ),
        format!("  true loss     {}", loss(point.loss)),
        format!("  loss of slice {}", loss(point.beneath)),
        format!("  distance to it {}", significant(point.distance, 3)),
    ]);
    lines.iter().map(|line| theme.written(line)).collect()
}

/// Returns the same in one line.
pub(super) fn line(theme: Theme, run: &RunView, slice: &Slice, room: u16) -> String {
    let Some(at) = run.slice.cursor() else {
        return String::new();
    };
    let place = place(slice, at);
    let texts = if let Some(point) = run.slice.chosen() {
        let [own, beneath] = [point.loss, point.beneath].map(loss);
        let (epoch, off) = (grouped(point.epoch), significant(point.distance, 3));
        vec![
            at_cursor(&format!(
                "{place}: epoch {epoch}, true loss {own}, slice {beneath}, {off} away"
            )),
            format!("epoch {epoch}: true loss {own}, slice {beneath}, {off} away"),
            format!("true {own}, slice {beneath}, {off} away"),
        ]
    } else {
        let value = interpolated(slice, at).unwrap_or_else(|| OUTSIDE.to_owned());
        vec![
            at_cursor(&format!("{place}: {}", value.trim())),
            value.trim().to_owned(),
        ]
    };
    let texts: Vec<String> = texts.iter().map(|text| theme.written(text)).collect();
    fitting(&texts, room)
}

/// "w1 1.25, w5 −0.5".
pub(super) fn place(slice: &Slice, at: [f64; 2]) -> String {
    let [across, up] = names(slice);
    let times = match slice.request.axes {
        Axes::Parameters(_) => "",
        Axes::Gradient(_) | Axes::Random(_) => " × ",
    };
    let value = |value: f64, name: &str| match times {
        "" => format!("{name} {}", significant(value, 3)),
        times => format!("{}{times}{name}", significant(value, 3)),
    };
    format!("{}, {}", value(at[0], &across), value(at[1], &up))
}

/// Whether a place of the plane is in the part that is seen.
pub(super) fn is_seen(slice: &Slice, at: [f64; 2]) -> bool {
    let mut spans = slice.grid.spans.into_iter().zip(at);
    spans.all(|(span, value)| span.reaches(value))
}

/// The loss of the plane between its computed points; `None` outside of what is seen.
fn interpolated(slice: &Slice, at: [f64; 2]) -> Option<String> {
    let shares = [0, 1].map(|axis: usize| slice.grid.spans[axis].share(at[axis]));
    let loss = || loss(slice.grid.interpolate(shares));
    is_seen(slice, at).then(|| format!("  loss of slice ≈ {}", loss()))
}
