//! What the colours and signs of the map mean, the readout of the cursor, and the keys.
//!
//! ```text
//! ┌ Legend ──────────────────────┐
//! │M ████▓▒░ ┃ 0.5 ░▒▓████ F     │
//! │A B C D samples, ✚ typed      │
//! │reversed: predicted wrong     │
//! │                              │
//! │[ ] 128 lb, 63 in             │
//! │  inputs −7, −3               │
//! │  P(F) 0.951 → F              │
//! │  h1 0.02  h2 0.03            │
//! │                              │
//! │Enter  use                    │
//! └──────────────────────────────┘
//! ```

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::points::{Signs, seen};
use super::readout::Readout;
use super::row;
use crate::app::{Held, RunView, Shown, Target};
use crate::data::Task;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{grouped, significant};
use crate::ui::style::{MapInk, Theme, Tone, cut, fitting, width};
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::own_keys;

/// The levels of a scale that the legend shows.
const LEVELS: [f64; 5] = [0.08, 0.3, 0.5, 0.7, 1.0];

/// Draws the panel.
pub(crate) fn render(canvas: &mut Canvas, area: Rect, map: Rect) {
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
    let [map, _] = row::divided(canvas, map);
    let mut lines = scale(&ink, theme, run, &subject, room);
    lines.extend(signs(theme, run, &ink, map, room));
    let readout: Vec<Line> = readout(theme, run, room);
    let hidden = hidden(theme, run, room);
    let keys = own_keys::lines(canvas, room);
    // The readout matters most, then what the colours mean; keys are in the help too.
    let height = usize::from(inner.height);
    let needed = readout.len() + hidden.len();
    lines.truncate(height.saturating_sub(needed + 1));
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
    for (line, row) in keys.into_iter().zip(rows.skip(1)) {
        canvas.write(line, row);
    }
}

fn ink(canvas: &Canvas) -> MapInk {
    let classes = canvas.app.run().dataset().target.classes();
    MapInk::new(canvas.theme, canvas.app.background(), classes)
}

/// Returns the scale in one line.
pub(super) fn line<'a>(canvas: &Canvas<'a, '_>) -> Line<'a> {
    let run = canvas.app.run();
    let lines = scale(
        &ink(canvas),
        canvas.theme,
        run,
        &Subject::chosen(run),
        u16::MAX,
    );
    let spans = lines.into_iter().flat_map(|line| {
        let mut spans = line.spans;
        spans.push(Span::raw(" "));
        spans
    });
    spans.collect()
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
    let line_name = subject.line_name();
    if !subject.is_class() {
        return of_numbers(ink, theme, run, subject, room);
    }
    let classes = run.dataset().target.classes();
    let of = |class: usize, strength: f64| ink.swatch(Tone::Class { class, strength });
    let undecided = Tone::Class {
        class: 0,
        strength: 0.0,
    };
    let line = line_sign(ink, theme, undecided);
    if run.dataset().target.task() == Task::Binary {
        let mut spans = vec![Span::raw(format!(
            "{} ",
            short(theme, &classes[0], room / 4)
        ))];
        spans.extend(LEVELS.iter().rev().map(|level| of(0, *level)));
        spans.extend([line, Span::raw(format!(" {line_name} "))]);
        spans.extend(LEVELS.iter().map(|level| of(1, *level)));
        spans.push(Span::raw(format!(
            " {}",
            short(theme, &classes[1], room / 4)
        )));
        return vec![spans.into()];
    }
    let mut lines: Vec<Line> = classes
        .iter()
        .enumerate()
        .map(|(class, name)| {
            let mut spans: Vec<Span> = LEVELS.iter().map(|level| of(class, *level)).collect();
            spans.push(Span::raw(format!(" {}", short(theme, name, room / 2))));
            spans.into()
        })
        .collect();
    if let Some(last) = lines.last_mut() {
        last.spans
            .extend([Span::raw("  "), line, Span::raw(format!(" {line_name}"))]);
    }
    lines
}

/// Returns the scale of numbers or activations.
fn of_numbers<'a>(
    ink: &MapInk,
    theme: Theme,
    run: &RunView,
    subject: &Subject,
    room: u16,
) -> Vec<Line<'a>> {
    let shares: Vec<f64> = (0..9).map(|step| f64::from(step) / 8.0).collect();
    let in_units = |value: f64| {
        let mut outputs = vec![0.0; run.dataset().target.outputs()];
        outputs[0] = value;
        significant(run.dataset().in_units(&outputs)[0], 3)
    };
    let (low, high, tones, middle): (String, String, fn(f64) -> Tone, String) =
        match subject.numbers() {
            Some([low, mean, high]) => (
                in_units(low),
                in_units(high),
                Tone::Number,
                format!("{} {}", subject.line_name(), in_units(mean)),
            ),
            None => (
                "inactive".to_owned(),
                "active".to_owned(),
                Tone::Activation,
                subject.line_name().to_owned(),
            ),
        };
    let mut spans = vec![Span::raw(format!("{low} "))];
    spans.extend(shares.iter().map(|share| ink.swatch(tones(*share))));
    spans.push(Span::raw(format!(" {high}")));
    let line = [
        line_sign(ink, theme, tones(0.4)),
        Span::raw(format!(" {middle}")),
    ];
    let first: Line = spans.into();
    if first.width() + 3 + width(&middle) as usize <= usize::from(room) {
        let mut first = first;
        first.spans.push(Span::raw("  "));
        first.spans.extend(line);
        return vec![first];
    }
    vec![first, Line::from_iter(line)]
}

fn short(theme: Theme, name: &str, room: u16) -> String {
    cut(name, room.max(3), theme.glyph("…", "."))
}

/// Returns what the signs of samples mean.
fn signs<'a>(theme: Theme, run: &'a RunView, ink: &MapInk, map: Rect, room: u16) -> Vec<Line<'a>> {
    let dataset = run.dataset();
    let (signs, task) = (Signs::new(theme, dataset), dataset.target.task());
    let has_test = dataset.training_samples < dataset.len();
    let mut lines = Vec::new();
    if signs.initials().is_empty() {
        let classes = dataset.target.classes();
        let of = |class: usize| {
            let style = if task == Task::Numbers {
                Style::new()
            } else {
                theme.class(classes, class)
            };
            let training = signs.of_class(class, false).to_owned();
            let text = if has_test {
                training + signs.of_class(class, true)
            } else {
                training
            };
            let name = classes.get(class).map_or("samples", String::as_str);
            [
                Span::styled(text, style),
                Span::raw(format!(" {}  ", short(theme, name, room / 3))),
            ]
        };
        for class in 0..classes.len().max(1) {
            let spans = of(class);
            let added: usize = spans.iter().map(Span::width).sum();
            match lines.last_mut() {
                Some(line) if Line::width(line) + added <= usize::from(room) => {
                    line.spans.extend(spans);
                }
                _ => lines.push(Line::from_iter(spans)),
            }
        }
        if has_test {
            let [full, hollow] = [false, true].map(|is_test| signs.of_class(0, is_test));
            lines.push(Line::raw(format!("{full} training  {hollow} test sample")));
        }
    } else {
        let names = signs.initials().join(" ");
        lines.push(Line::raw(fitting(
            &[format!("{names}: the samples"), names],
            room,
        )));
    }
    let seen = seen(run, map).len();
    if seen < dataset.len() {
        let all = grouped(dataset.len() as u64);
        lines.push(Line::raw(format!("{seen} of {all} samples shown")));
    }
    let wrong = (task != Task::Numbers).then(|| {
        let sign = signs
            .initials()
            .first()
            .map_or(signs.of_class(0, false), String::as_str);
        let beneath = Tone::Class {
            class: 1,
            strength: 1.0,
        };
        let style = ink.mark(Some(0), beneath).add_modifier(Modifier::REVERSED);
        [Span::styled(sign.to_owned(), style), Span::raw(" wrong  ")]
    });
    let typed = [
        Span::styled(signs.typed(), theme.strong()),
        Span::raw(" typed"),
    ];
    lines.push(wrong.into_iter().flatten().chain(typed).collect());
    lines
}

/// Returns what is read at the cursor.
fn readout(theme: Theme, run: &RunView, room: u16) -> Vec<Line<'static>> {
    let Some(readout) = Readout::of(theme, run) else {
        return Vec::new();
    };
    let indented = |text: String| Line::raw(format!("  {}", theme.written(&text)));
    let place = format!("[ ] {}", readout.place());
    let mut lines = vec![Line::styled(theme.written(&place), theme.strong())];
    lines.extend(held(theme, run, &readout, room));
    let inputs = readout.inputs(room.saturating_sub(2));
    lines.extend(inputs.into_iter().map(indented));
    lines.extend(readout.outputs().into_iter().map(indented));
    lines
}

/// Returns what the hidden neurons say there, each to be clicked.
fn hidden(theme: Theme, run: &RunView, room: u16) -> Vec<Vec<(Span<'static>, Target)>> {
    let Some(readout) = Readout::of(theme, run) else {
        return Vec::new();
    };
    let lines = readout.hidden(room.saturating_sub(4), 2).into_iter();
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
    let shown = run.surface.features.unwrap_or_default();
    let others = (0..run.dataset().features().len()).filter(|feature| !shown.contains(feature));
    let others: Vec<usize> = others.collect();
    if others.is_empty() {
        return Vec::new();
    }
    let how = match (run.surface.held, run.shown) {
        (Held::Mean, _) => "at their mean".to_owned(),
        (Held::Median, _) => "at their median".to_owned(),
        (Held::Sample, Shown::Sample(sample)) => {
            format!("as {}", run.dataset().sample_name(sample))
        }
        (Held::Sample, Shown::Prediction) => "as typed".to_owned(),
    };
    let names = others.iter().map(|&feature| {
        let name = run.dataset().features()[feature].name();
        format!("{name} {}", readout.value(feature))
    });
    let all = names.collect::<Vec<_>>().join(", ");
    let mark = theme.glyph("…", ".");
    vec![
        Line::raw(cut(&format!("  others {how}:"), room, mark)),
        Line::raw(cut(&format!("  {}", theme.written(&all)), room, mark)),
    ]
}
