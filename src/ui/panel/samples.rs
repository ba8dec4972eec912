//! The samples: the data of each, the network's prediction, and whether it is right.
//!
//! ```text
//! ┌ Samples: 4/4 right ──────────────────────────┐
//! │ name      lb   in actual output (F=1)  predicted │
//! │›Alice    133   65 F      0.73 ███▋░    F ✓       │
//! └──────────────────────────────────────────────┘
//! ```

mod columns;
mod title;

use std::ops::Range;

use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Cell, HighlightSpacing, Row, Table, TableState};

use crate::app::{RunView, Shown, Target};
use crate::data::{Dataset, Task};
use crate::ui::canvas::Canvas;
use crate::ui::style::number;
use crate::ui::style::{Theme, cells};
use columns::{Columns, sample_name};

/// Returns the height that shows all samples, including the borders and the heading.
pub(crate) fn height(run: &RunView) -> u16 {
    cells(run.dataset().len() + 3)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let samples = visible(run, usize::from(area.height.saturating_sub(3)));
    let columns = Columns::fit(run, samples.clone(), area.width);
    let selected = match run.shown {
        Shown::Sample(sample) => Some(sample - samples.start),
        Shown::Prediction => None,
    };
    let outputs = run.outputs_for_samples(samples.clone());
    let outputs = outputs.chunks_exact(run.dataset().target.outputs());
    let rows = samples.clone().zip(outputs).enumerate();
    let rows =
        rows.map(|(line, (sample, outputs))| row(theme, run, &columns, (line, sample), outputs));
    let title = title::title(theme, run, area.width.saturating_sub(4));
    let panel = match run.dataset().target.task() {
        Task::Binary | Task::Classes => theme.panel_with_key(title, "m matrix", area.width),
        Task::Numbers => theme.panel(title),
    };
    let table = Table::new(rows, columns.widths())
        .header(header(run, &columns).style(theme.dim()))
        .row_highlight_style(theme.strong())
        .highlight_symbol(theme.glyph("›", ">"))
        .highlight_spacing(HighlightSpacing::Always)
        .block(panel);
    let mut state = TableState::new().with_selected(selected);
    canvas.frame.render_stateful_widget(table, area, &mut state);
    canvas.shows(area, Target::Samples);
    for (sample, row) in samples.zip(area.inner(Margin::new(1, 1)).rows().skip(1)) {
        canvas.shows(row, Target::Sample(Shown::Sample(sample)));
    }
}

/// Returns as many samples as there are lines, around the one that is shown.
fn visible(run: &RunView, lines: usize) -> Range<usize> {
    let samples = run.dataset().len();
    let shown = match run.shown {
        Shown::Sample(sample) => sample,
        Shown::Prediction => samples,
    };
    let start = shown
        .saturating_sub(lines / 2)
        .min(samples.saturating_sub(lines));
    start..(start + lines).min(samples)
}

fn header<'a>(run: &RunView, columns: &'a Columns) -> Row<'a> {
    let target = &run.dataset().target;
    let output = match target.task() {
        Task::Binary => columns.output_heading(&target.classes()[1]),
        Task::Classes => "output".to_owned(),
        Task::Numbers => String::new(),
    };
    let [actual, predicted] = columns.label_headings();
    let headings = columns.features.iter().map(|column| &*column.heading);
    Columns::cells(
        "name",
        headings,
        [actual.into(), output.into(), predicted.into()],
    )
}

fn row<'a>(
    theme: Theme,
    run: &RunView,
    columns: &Columns,
    (line, sample): (usize, usize),
    outputs: &[f64],
) -> Row<'a> {
    let dataset = run.dataset();
    let (target, targets) = (&dataset.target, dataset.targets_of(sample));
    let class = target.task().class(outputs);
    let is_right = class.map(|class| target.task().class(targets) == Some(class));
    let style = |class: Option<usize>| match class {
        Some(class) => theme.class(target.classes(), class),
        None => Style::new(),
    };
    let verdict = verdict(
        theme,
        columns,
        &dataset.label_of(outputs),
        is_right,
        style(class),
    );
    let share = match class {
        Some(class) if target.task() == Task::Classes => outputs[class],
        _ => outputs[0],
    };
    let bar = theme.low_bar(share, columns.bar_width());
    let labels = [
        Cell::from(actual_text(dataset, sample)).style(style(target.task().class(targets))),
        format!("{} {bar}", share_text(share)).into(),
        verdict.into(),
    ];
    Columns::cells(
        sample_name(dataset, sample),
        columns
            .features
            .iter()
            .map(|column| column.values[line].clone()),
        labels,
    )
}

/// Returns the actual class or numbers.
fn actual_text(dataset: &Dataset, sample: usize) -> String {
    let text = dataset.target_text(sample);
    match dataset.target.task() {
        Task::Numbers => number::typeset(&text),
        Task::Binary | Task::Classes => text,
    }
}

/// What is predicted, with a mark whether that is right; numbers have none.
fn verdict<'a>(
    theme: Theme,
    columns: &Columns,
    prediction: &str,
    is_right: Option<bool>,
    style: Style,
) -> Line<'a> {
    let class = columns.cut(prediction);
    match is_right {
        None => Line::raw(theme.written(&number::typeset(prediction))),
        Some(is_right) => {
            let (mark, mark_style) = if is_right {
                (theme.glyph("✓", "ok"), Style::new())
            } else {
                (theme.glyph("✗", "no"), theme.warning())
            };
            Line::from_iter([
                Span::styled(format!("{class} "), style),
                Span::styled(mark, mark_style),
            ])
        }
    }
}

/// Returns the text of an output before its bar: short, even for an output without bounds.
fn share_text(share: f64) -> String {
    match share.abs() {
        0.0..1e3 => format!("{share:.2}"),
        _ => number::activation(share),
    }
}
