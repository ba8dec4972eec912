//! What the colours and signs of a slice mean, the readout of the cursor, and the keys.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::marks::{LATER, PAST, present, smallest};
use super::readout;
use super::scale::Scale;
use super::subject::{drawn, names};
use crate::app::keymap::Action;
use crate::app::{RunView, Turn};
use crate::session::Position;
use crate::surface::{Axes, PathPoint, Slice};
use crate::trainer::MOST_FOLLOWED;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{grouped, loss, range};
use crate::ui::style::{MapInk, Theme, Tone, cut, fitting, penalty_names, wrapped};
use crate::ui::widget::own_keys;

/// The unit of axes that are directions.
const UNIT: &str = "1: moved by the length of all parameters together";

/// How many colours of the scale are shown.
const SWATCHES: u32 = 9;

/// A place nearer to the border than this share of the picture is at its edge.
const EDGE: f64 = 0.01;

/// Draws the panel.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let inner = canvas
        .panel(area, "Legend")
        .intersection(canvas.frame.area());
    let run = canvas.app.run();
    let lines = match drawn(run) {
        Some((slice, scale)) => explained(canvas, slice, &scale, inner),
        None => Vec::new(),
    };
    let rows = usize::from(inner.height).saturating_sub(lines.len());
    let keys = own_keys::lines(canvas, (inner.width, rows));
    for (line, row) in lines.into_iter().chain(keys).zip(inner.rows()) {
        canvas.write(line, row);
    }
}

/// Returns what the colours and signs mean and what is at the cursor, as far as there is room.
fn explained<'a>(canvas: &Canvas, slice: &Slice, scale: &Scale, inner: Rect) -> Vec<Line<'a>> {
    let (theme, run) = (canvas.theme, canvas.app.run());
    let (room, height) = (inner.width, usize::from(inner.height));
    let mut lines = vec![scale_line(canvas, scale)];
    let texts = meanings(canvas, slice, scale, room);
    lines.extend(
        texts
            .into_iter()
            .map(|text| Line::raw(theme.written(&text))),
    );
    let mut readout = readout::lines(theme, run, slice).into_iter();
    // The readout matters most, then what the colours mean; keys are in the help too.
    lines.truncate(height.saturating_sub(readout.len() + 1));
    if lines.len() + readout.len() < height {
        lines.push(Line::default());
    }
    let fit = |text: String| cut(&text, room, theme.glyph("…", "."));
    let place = readout
        .next()
        .map(|place| Line::styled(fit(place), theme.strong()));
    lines.extend(place);
    lines.extend(readout.map(|text| Line::raw(fit(text))));
    if lines.last().is_some_and(|line| line.width() > 0) {
        lines.push(Line::default());
    }
    lines
}

/// Returns the scale of colours with its ends: "0.0012 ▁▁▁ 0.94 log".
pub(super) fn scale_line<'a>(canvas: &Canvas, scale: &Scale) -> Line<'a> {
    let ink = MapInk::new(canvas.theme, canvas.app.background(), &[]);
    let (low, high) = scale.ends;
    let kind = if scale.is_logarithmic() {
        "log"
    } else {
        "linear"
    };
    let shares = (0..SWATCHES).map(|step| f64::from(step) / f64::from(SWATCHES - 1));
    let below = if scale.is_cut { "≤" } else { "" };
    let low = canvas.theme.written(&format!("{below}{}", loss(low)));
    let mut spans = vec![Span::raw(format!("{low} "))];
    spans.extend(shares.map(|share| ink.swatch(Tone::Number(share))));
    let high = canvas.theme.written(&loss(high));
    spans.push(Span::raw(format!(" {high} {kind}")));
    spans.into()
}

/// Returns what the lines and signs mean.
fn meanings(canvas: &Canvas, slice: &Slice, scale: &Scale, room: u16) -> Vec<String> {
    let (theme, run) = (canvas.theme, canvas.app.run());
    let mut texts = Vec::new();
    texts.extend(lines_at(theme, &scale.line_texts(), room));
    texts.extend(wrapped(&losses(run, slice), room));
    let Position { epoch, .. } = slice.request.position;
    let (sign, center) = (present(theme), loss(slice.center));
    texts.push(fitting(
        &[
            format!("{sign} epoch {}: loss {center}", grouped(epoch)),
            format!("{sign} loss {center}"),
        ],
        room,
    ));
    let center_at = slice.plane.center();
    if !readout::is_seen(slice, center_at) {
        let place = readout::place(slice, center_at);
        let outside = [readout::OUTSIDE, "outside"];
        texts.push(fitting(&outside.map(|of| format!("  {of}: {place}")), room));
    }
    if let Some((at, least)) = slice.grid.smallest() {
        let sign = smallest(theme);
        texts.push(format!("{sign} smallest here: {}", loss(least)));
        if is_at_edge(slice, at) {
            let zooms = canvas.key_text(Action::ZoomMap(Turn::Back), "zooms out");
            let zooms = zooms.map_or_else(String::new, |zooms| format!(": {zooms}"));
            texts.push(format!("  lower beyond{zooms}"));
        }
    }
    if slice.grid.computed().any(|(_, loss)| !loss.is_finite()) {
        texts.push("blank: the loss overflows".to_owned());
    }
    let held = held(run, slice);
    texts.extend(held.into_iter().flat_map(|text| wrapped(&text, room)));
    texts.extend(path_signs(theme, run, slice, room));
    if run.surface.features.is_none() {
        texts.extend(wrapped("no map: it needs two features of numbers", room));
    }
    texts
}

/// Whether a place is at the edge of what is seen, beyond which the loss may be lower.
fn is_at_edge(slice: &Slice, at: [f64; 2]) -> bool {
    let shares = [0, 1].map(|axis: usize| slice.grid.spans[axis].share(at[axis]));
    shares
        .iter()
        .any(|share| !(EDGE..=1.0 - EDGE).contains(share))
}

/// Returns the losses of the lines, which are black or white, as is seen better; `None` if there are no lines.
fn lines_at(theme: Theme, losses: &[String], room: u16) -> Option<String> {
    let (first, last) = (losses.first()?, losses.last()?);
    let all = losses.join(" ");
    let plain = [
        format!("lines at {all}"),
        format!("lines: {}", range(first, last)),
    ];
    if !theme.has_half_cells() {
        return Some(fitting(&plain, room));
    }
    let [all, ends] = plain;
    Some(fitting(&[format!("black or white {all}"), all, ends], room))
}

/// Returns which loss it is: "mse over 4 training samples".
fn losses(run: &RunView, slice: &Slice) -> String {
    let samples = grouped(slice.request.data.training.len() as u64);
    let penalty = penalty_names(run.config().penalty);
    let without = penalty.map_or_else(String::new, |names| format!(", without {names}"));
    let name = slice.request.loss.name();
    format!("{name} over {samples} training samples{without}")
}

/// Returns what the signs of the path mean, or why there is none.
fn path_signs(theme: Theme, run: &RunView, slice: &Slice, room: u16) -> Vec<String> {
    if slice.path.is_empty() {
        return if run.has_past() {
            Vec::new()
        } else {
            vec![
                "no path: only networks of up".to_owned(),
                format!("to {MOST_FOLLOWED} parameters have one"),
            ]
        };
    }
    let (path, off) = if theme.has_half_cells() {
        (PAST[0], format!("{} small", PAST[1..].join(" ")))
    } else {
        ("0-9", theme.glyph("·", ".").to_owned())
    };
    let why_off = match slice.request.axes {
        Axes::Parameters(_) => [
            "other parameters were not as now",
            "others were not as now",
            "the others differed",
        ],
        Axes::Gradient(_) | Axes::Random(_) => ["not in this plane"; 3],
    };
    let mut texts = vec![
        format!("{path} path: its loss at the time"),
        fitting(&why_off.map(|why| format!("{off}: {why}")), room),
    ];
    if !theme.has_half_cells() {
        return texts;
    }
    let is_later = |point: &PathPoint| point.epoch > slice.request.position.epoch;
    if slice.path.iter().any(is_later) {
        texts.push(format!("{} later epochs", LATER.join(" ")));
    }
    texts
}

/// Returns what is held, and what the axes are if they are directions.
fn held(run: &RunView, slice: &Slice) -> Vec<String> {
    let all = run.network.parameters().len();
    match slice.request.axes {
        Axes::Parameters(parameters) => {
            let [across, up] = names(slice);
            // Why these two are the first choice.
            let is_trained = run.training.position > Position::default();
            let have_moved = is_trained && run.most_moved() == parameters;
            let moved = have_moved.then(|| format!("{across}, {up} moved the most"));
            let held = (all > 2).then(|| format!("other {} parameters stay fixed", all - 2));
            moved.into_iter().chain(held).collect()
        }
        Axes::Gradient(_) => vec![
            UNIT.to_owned(),
            "the loss rises along the gradient".to_owned(),
        ],
        Axes::Random(_) => vec![UNIT.to_owned()],
    }
}
