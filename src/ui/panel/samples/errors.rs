//! The post's table: the target, the prediction and the loss of each sample, and their mean, to four digits.
//!
//! ```text
//! ┌ Errors ────────────────────────── m matrix ┐
//! │ name     y  ypred (y − ypred)²             │
//! │›Alice    1 0.5237       0.2269             │
//! └─────────────── mean = 0.507 at epoch 0 ───┘
//! ```

use std::ops::Range;

use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Cell, Row, Table};

use super::answers::{loss_headings, of_targets};
use super::columns::sample_name;
use super::visible::visible;
use super::{mean, table};
use crate::app::RunView;
use crate::app::keymap::Action;
use crate::data::Task;
use crate::nn::Loss;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{aligned, significant};
use crate::ui::style::{Theme, key_room, widest};
use crate::ui::widget::turn_key;

/// The digits of the post.
const DIGITS: usize = 4;

const TITLE: &str = "Errors";

/// The widest column.
const WIDEST: u16 = 40;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let samples = visible(run, usize::from(area.height.saturating_sub(3)));
    let Some(mut lines) = lines(theme, run, samples.clone()) else {
        return table::draw_awaited(canvas, area, TITLE.to_owned());
    };
    let gap = fit(theme, run, &mut lines, area.width.saturating_sub(3));
    let widths = widths(&lines).map(Constraint::Length);
    let mut rows = lines.iter().map(row);
    let header = rows.next().unwrap_or_default().style(theme.dim());
    let key = turn_key::of_overviews(canvas, key_room(TITLE, area.width));
    let mut panel = theme.panel_with_key(TITLE.to_owned(), key.as_deref(), area.width);
    if let Some(text) = mean::text(theme, run) {
        panel = panel.title_bottom(Line::styled(text, theme.strong()).right_aligned());
    }
    let table = Table::new(rows, widths).header(header).column_spacing(gap);
    table::draw(canvas, area, panel, table, samples);
    canvas.shows_key(area, key.as_deref(), Action::TurnOverview);
}

/// The widths of the columns.
fn widths(lines: &[[String; 4]]) -> [u16; 4] {
    [0, 1, 2, 3].map(|column| {
        let texts = lines.iter().map(|line| &line[column]);
        widest(texts).min(WIDEST)
    })
}

/// Shortens headings that are wider than their numbers until all columns have room; returns the cells between these.
fn fit(theme: Theme, run: &RunView, lines: &mut [[String; 4]], room: u16) -> u16 {
    let losses = loss_headings(theme, run).into_iter();
    let losses = losses.chain(["loss".to_owned()]).map(|text| (3, text));
    let shorter = losses.chain([(2, prediction_heading(run).to_owned())]);
    for (column, heading) in shorter {
        if let Some(headings) = lines.first_mut() {
            headings[column] = heading;
        }
        let columns: u16 = widths(lines).iter().sum();
        if let Some(gap) = [2, 1].into_iter().find(|gap| columns + 3 * gap <= room) {
            return gap;
        }
    }
    1
}

fn prediction_heading(run: &RunView) -> &'static str {
    match run.dataset().target.outputs() {
        1 => "ypred",
        _ => "output",
    }
}

/// Whether the loss of a sample is that of the output of its class alone: then the others are left out.
fn is_of_class(run: &RunView) -> bool {
    let task = run.dataset().target.task();
    task == Task::Classes && run.config().loss == Loss::CrossEntropy
}

/// The headings, and the texts of each of these samples; `None` until a job has computed the predictions.
fn lines(theme: Theme, run: &RunView, samples: Range<usize>) -> Option<Vec<[String; 4]>> {
    let dataset = run.dataset();
    let predictions = run.predictions_for(samples.clone())?;
    let outputs = predictions.outputs.chunks_exact(dataset.target.outputs());
    let rows = samples.zip(outputs.zip(&predictions.losses));
    let of_class = is_of_class(run);
    let rows = rows.map(|(sample, (outputs, loss))| {
        let targets = dataset.network_targets_of(sample);
        let class = of_class.then(|| dataset.target.task().class(&targets));
        let [y, prediction] = match class.flatten() {
            Some(class) => [
                dataset.target.classes()[class].clone(),
                numbers(theme, &outputs[class..=class]),
            ],
            None => [&targets, outputs].map(|values| numbers(theme, values)),
        };
        let loss = numbers(theme, &[*loss]);
        [sample_name(dataset, sample), y, prediction, loss]
    });
    let rows = lined_up(rows.collect());
    let prediction = prediction_heading(run);
    let headings = [
        dataset.names_heading().to_owned(),
        of_targets(run, "y"),
        if of_class {
            format!("{prediction} of y")
        } else {
            of_targets(run, prediction)
        },
        loss_headings(theme, run).swap_remove(0),
    ];
    Some(std::iter::once(headings).chain(rows).collect())
}

/// Lines up the decimal points of the predictions and of the losses, where each is one number.
fn lined_up(mut rows: Vec<[String; 4]>) -> Vec<[String; 4]> {
    for column in [2, 3] {
        let texts: Vec<String> = rows.iter().map(|row| row[column].clone()).collect();
        if texts.iter().all(|text| !text.contains(' ')) {
            let texts = aligned(&texts).into_iter();
            rows.iter_mut()
                .zip(texts)
                .for_each(|(row, text)| row[column] = text);
        }
    }
    rows
}

/// The name, and the numbers aligned to the right.
fn row([name, numbers @ ..]: &[String; 4]) -> Row<'static> {
    let numbers = numbers.iter().map(|text| {
        let line = Line::from(text.clone()).right_aligned();
        Cell::from(line)
    });
    std::iter::once(Cell::from(name.clone()))
        .chain(numbers)
        .collect()
}

fn numbers(theme: Theme, values: &[f64]) -> String {
    let texts = values.iter().map(|value| match value.fract() {
        0.0 if value.abs() < 1e4 => format!("{value}").replace('-', "−"),
        _ => significant(*value, DIGITS),
    });
    theme.written(&texts.collect::<Vec<_>>().join(" "))
}
