//! What the colours and signs of the map mean, the readout of the cursor, and the keys.
//!
//! ```text
//! ┌ Legend ──────────────────────┐
//! │loss 0.0447, 4/4 right        │
//! │M ████▓▒░ ┃ 0.5 ░▒▓████ F     │
//! │A B C D samples, ✚ typed      │
//! │▲ wrong                       │
//! │                              │
//! │( ) 128 lb, 63 in             │
//! │  inputs −7, −3               │
//! │  P(F) 0.951 → F              │
//! │  h1 0.02  h2 0.03            │
//! │                              │
//! │Enter  use                    │
//! └──────────────────────────────┘
//! ```

mod scores;
mod signs;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::held;
use super::points::Marks;
use super::readout::Readout;
use crate::app::{RunView, Target};
use crate::data::Task;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::significant;
use crate::ui::style::{MapInk, Theme, Tone, cells, cut, fitting, listed, width};
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::own_keys;
use crate::ui::widget::spot::at_cursor;
use signs::short;

/// The levels of a scale that the legend shows.
const LEVELS: [f64; 5] = [0.08, 0.3, 0.5, 0.7, 1.0];

/// The most lines of what the hidden neurons say.
const MOST_HIDDEN: usize = 2;

/// Draws the panel, beside a map with these samples.
pub(super) fn render(canvas: &mut Canvas, area: Rect, marks: &Marks) {
    let inner = canvas
        .panel(area, "Legend")
        .intersection(canvas.frame.area());
    let (run, theme) = (canvas.app.run(), canvas.theme);
    if run.plane().is_none() {
        return;
    }
    let subject = Subject::chosen(run);
    let room = inner.width;
    let ink = ink(canvas);
    let mut colors = scale(&ink, theme, run, &subject, room);
    if let Some(undecided) = undecided(&ink, run, &subject) {
        add(&mut colors, undecided, room);
    }
    let mut lines = scores::lines(theme, run, room);
    lines.extend(colors);
    lines.extend(signs::lines(theme, run, &ink, marks, room));
    let readout: Vec<Line> = readout(theme, run, room);
    // The readout matters most, then what the colours mean; keys are in the help too.
    let height = usize::from(inner.height);
    let is_full = lines.len() + readout.len() + MOST_HIDDEN > height;
    let hidden = hidden(theme, run, room, if is_full { 1 } else { MOST_HIDDEN });
    let needed = readout.len() + hidden.len();
    lines.truncate(height.saturating_sub(needed));
    let has_gaps = lines.len() + needed < height;
    if has_gaps {
        lines.push(Line::default());
    }
    lines.extend(readout);
    let mut rows = inner.rows();
    for (line, row) in lines.into_iter().zip(rows.by_ref()) {
        canvas.write(line, row);
    }
    for (spans, row) in hidden.into_iter().zip(rows.by_ref()) {
        canvas.spans(spans, row);
    }
    let rows: Vec<Rect> = rows.skip(1).collect();
    let keys = own_keys::lines(canvas, (room, rows.len()));
    for (line, row) in keys.into_iter().zip(rows) {
        canvas.write(line, row);
    }
}

fn ink(canvas: &Canvas) -> MapInk {
    let classes = canvas.app.run().dataset().target.classes();
    MapInk::new(canvas.theme, canvas.app.background(), classes)
}

/// Returns the scale in one line.
pub(super) fn line<'a>(canvas: &Canvas<'a>, room: u16) -> Line<'a> {
    let (run, ink) = (canvas.app.run(), ink(canvas));
    let subject = Subject::chosen(run);
    let lines = scale(&ink, canvas.theme, run, &subject, u16::MAX);
    let spans = lines.into_iter().flat_map(|line| {
        let mut spans = line.spans;
        spans.push(Span::raw(" "));
        spans
    });
    let mut line: Line = spans.collect();
    let undecided = undecided(&ink, run, &subject);
    if let Some(undecided) = undecided
        && line.width() + 1 + undecided.width() <= usize::from(room)
    {
        line.push_span(" ");
        line.extend(undecided);
    }
    for index in 0..2 {
        let left = room.saturating_sub(cells(line.width() + 1));
        let scores = scores::lines(canvas.theme, run, left)
            .into_iter()
            .nth(index);
        if let Some(scores) = scores
            && line.width() + 1 + scores.width() <= usize::from(room)
        {
            line.push_span(" ");
            line.extend(scores);
        }
    }
    line
}

/// Returns what the signs mean, in the border below a small map.
pub(super) fn signs_line<'a>(canvas: &Canvas, marks: &Marks, room: u16) -> Line<'a> {
    signs::line(canvas, marks, room)
}

/// The line as the map has it.
fn line_sign<'a>(ink: &MapInk, theme: Theme, beneath: Tone) -> Span<'a> {
    if theme.has_half_cells() {
        return Span::styled("█", Style::new().fg(ink.line(beneath)));
    }
    let sign = theme.glyph("│", "|");
    Span::styled(sign, Style::new().add_modifier(Modifier::BOLD))
}

/// Returns what the colours mean.
fn scale<'a>(
    ink: &MapInk,
    theme: Theme,
    run: &'a RunView,
    subject: &Subject,
    room: u16,
) -> Vec<Line<'a>> {
    if !subject.is_class() {
        return of_numbers(ink, theme, run, subject, room);
    }
    let undecided = Tone::Class {
        class: 0,
        strength: 0.0,
    };
    let line = line_sign(ink, theme, undecided);
    let line = [line, Span::raw(format!(" {}", subject.line_name()))];
    if run.dataset().target.task() == Task::Binary {
        return vec![of_two_classes(ink, theme, run, line, room)];
    }
    let mut lines = of_classes(ink, theme, run, room);
    if let Some(last) = lines.last_mut() {
        last.spans.push(Span::raw("  "));
        last.spans.extend(line);
    }
    lines
}

/// Returns what undecided looks like, if the map shows it.
fn undecided<'a>(ink: &MapInk, run: &RunView, subject: &Subject) -> Option<Line<'a>> {
    let tone = Tone::Class {
        class: 0,
        strength: 0.0,
    };
    let name = match run.dataset().target.task() {
        Task::Binary => " near 0.5: undecided",
        _ => " undecided",
    };
    let line = || Line::from_iter([ink.swatch(tone), Span::raw(name)]);
    subject.has_undecided().then(line)
}

/// Adds something to the first line that has room for it, or a line.
fn add<'a>(lines: &mut Vec<Line<'a>>, added: Line<'a>, room: u16) {
    let needed = 2 + added.width();
    let has_room = |line: &&mut Line| line.width() + needed <= usize::from(room);
    let Some(line) = lines.iter_mut().find(has_room) else {
        return lines.push(added);
    };
    line.push_span("  ");
    line.extend(added);
}

/// Returns the scale of two classes, with the line between them.
fn of_two_classes<'a>(
    ink: &MapInk,
    theme: Theme,
    run: &RunView,
    line: [Span<'a>; 2],
    room: u16,
) -> Line<'a> {
    let classes = run.dataset().target.classes();
    let [first, second] = [0, 1].map(|class| short(theme, &classes[class], room / 4));
    let levels = |class| LEVELS.map(|strength| ink.swatch(Tone::Class { class, strength }));
    let mut spans = vec![Span::raw(format!("{first} "))];
    spans.extend(levels(0).into_iter().rev());
    spans.extend(line);
    spans.push(Span::raw(" "));
    spans.extend(levels(1));
    spans.push(Span::raw(format!(" {second}")));
    spans.into()
}

/// Returns the scales of several classes, a line for each.
fn of_classes(ink: &MapInk, theme: Theme, run: &RunView, room: u16) -> Vec<Line<'static>> {
    let classes = run.dataset().target.classes().iter().enumerate();
    let line = |(class, name): (usize, &String)| {
        let levels = LEVELS.map(|strength| ink.swatch(Tone::Class { class, strength }));
        let name = Span::raw(format!(" {}", short(theme, name, room / 2)));
        levels.into_iter().chain([name]).collect()
    };
    classes.map(line).collect()
}

/// Returns the scale of numbers or activations.
fn of_numbers<'a>(
    ink: &MapInk,
    theme: Theme,
    run: &RunView,
    subject: &Subject,
    room: u16,
) -> Vec<Line<'a>> {
    let tone = match subject.numbers() {
        Some(_) => Tone::Number,
        None => Tone::Activation,
    };
    let [low, middle, high] = words_of_numbers(run, subject);
    let shares = (0..9).map(|step| f64::from(step) / 8.0);
    let mut first = Line::from(format!("{low} "));
    first.extend(shares.map(|share| ink.swatch(tone(share))));
    first.push_span(format!(" {high}"));
    let line = [
        line_sign(ink, theme, tone(0.4)),
        Span::raw(format!(" {middle}")),
    ];
    if first.width() + 3 + width(&middle) as usize <= usize::from(room) {
        first.push_span("  ");
        first.extend(line);
        return vec![first];
    }
    vec![first, Line::from_iter(line)]
}

/// Returns what is said of the lower end of the scale, of the line, and of the upper end.
fn words_of_numbers(run: &RunView, subject: &Subject) -> [String; 3] {
    let line_name = subject.line_name();
    let Some(numbers) = subject.numbers() else {
        return ["inactive", line_name, "active"].map(str::to_owned);
    };
    let [low, mean, high] = numbers.map(|value| {
        let mut outputs = vec![0.0; run.dataset().target.outputs()];
        outputs[0] = value;
        significant(run.dataset().in_units(&outputs)[0], 3)
    });
    [low, format!("{line_name} {mean}"), high]
}

/// Returns what is read at the cursor.
fn readout(theme: Theme, run: &RunView, room: u16) -> Vec<Line<'static>> {
    let Some(readout) = Readout::of(theme, run) else {
        return Vec::new();
    };
    let indented = |text: String| Line::raw(format!("  {}", theme.written(&text)));
    let place = at_cursor(&readout.place());
    let mut lines = vec![Line::styled(theme.written(&place), theme.strong())];
    if readout.is_outside() {
        lines.push(indented("outside the map".to_owned()));
    }
    lines.extend(held(theme, run, &readout, room));
    let inputs = readout.inputs(room.saturating_sub(2));
    lines.extend(inputs.into_iter().map(indented));
    lines.extend(readout.outputs().into_iter().map(indented));
    lines
}

/// Returns what the hidden neurons say there, each to be clicked.
fn hidden(
    theme: Theme,
    run: &RunView,
    room: u16,
    most: usize,
) -> Vec<Vec<(Span<'static>, Target)>> {
    let Some(readout) = Readout::of(theme, run) else {
        return Vec::new();
    };
    let lines = readout.hidden(room.saturating_sub(4), most).into_iter();
    let indent = || std::iter::once((Span::raw("  "), Target::Nothing));
    let lines = lines.map(|line| {
        let spans = line.into_iter();
        indent()
            .chain(spans.map(|(text, target)| (Span::raw(text), target)))
            .collect()
    });
    lines.collect()
}

/// Returns where the other features are held.
fn held(theme: Theme, run: &RunView, readout: &Readout, room: u16) -> Vec<Line<'static>> {
    let Some(how) = held::text(run) else {
        return Vec::new();
    };
    let others = held::features(run);
    let named = |feature: usize| {
        let name = run.dataset().features()[feature].name();
        theme.written(&format!("{name} {}", readout.value(feature)))
    };
    let mark = theme.glyph("…", ".");
    let all = others.iter().map(|&feature| named(feature));
    let values = listed(all, room.saturating_sub(2));
    let values = values.unwrap_or_else(|| format!("{} {mark}", named(others[0])));
    let how = [
        format!("  other features {how}:"),
        format!("  the others {how}:"),
        format!("  {how}:"),
    ];
    vec![
        Line::raw(cut(&fitting(&how, room), room, mark)),
        Line::raw(cut(&format!("  {values}"), room, mark)),
    ]
}
