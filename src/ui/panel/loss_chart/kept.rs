//! The losses of earlier runs: faded, each with its own dashes and letter, and what was different.

use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::curve::Stroke;
use crate::app::{App, KeptRun};
use crate::trainer::Curve;
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, cells, fitting, letter_index};
use crate::ui::widget::plot::Plot;

const ON: bool = true;
const OFF: bool = false;

/// The dashes of each letter, which distinguish the runs without colour.
const DASHES: [&[bool]; 7] = [
    &[ON, ON, OFF, OFF],
    &[ON, ON, ON, ON, ON, ON, OFF, OFF],
    &[ON, OFF, OFF, OFF],
    &[ON, ON, ON, ON, OFF, OFF, ON, OFF, OFF],
    &[ON, ON, ON, OFF, OFF, OFF, OFF, OFF],
    &[ON, OFF],
    &[ON, ON, OFF, ON, OFF, OFF, OFF, OFF],
];

/// Draws the losses of the kept runs that are shown.
pub(super) fn draw_curves(canvas: &mut Canvas, plot: &Plot) {
    let (app, theme) = (canvas.app, canvas.theme);
    for run in app.drawn_runs() {
        let curve = &run.view.curves.training;
        let buckets = curve.in_at_most(usize::from(plot.area.width) * 2);
        let stroke = Stroke {
            // In ASCII the curve consists of its letter.
            marker: theme.glyph(Marker::Braille, Marker::Custom(small(run.letter))),
            dashes: DASHES[letter_index(run.letter) % DASHES.len()],
            style: theme.run(run.letter).add_modifier(Modifier::DIM),
        };
        stroke.draw(canvas.frame.buffer_mut(), plot, &buckets);
    }
}

/// Draws the legend, and the letter of each curve at its end or as near as there is room.
pub(super) fn label(canvas: &mut Canvas, plot: &Plot) {
    let (app, theme) = (canvas.app, canvas.theme);
    let present = (app.runs().letter, &app.run().curves.training);
    let kept = app
        .drawn_runs()
        .map(|run| (run.letter, &run.view.curves.training));
    let mut taken = draw_legend(canvas, plot.area);
    for (letter, curve) in kept.chain([present]) {
        let Some(cell) = end_of(plot, curve, &taken) else {
            continue;
        };
        taken.push(Rect::from((cell, Size::new(1, 1))));
        if let Some(cell) = canvas.frame.buffer_mut().cell_mut(cell) {
            cell.reset();
            cell.set_char(letter)
                .set_style(theme.run(letter).patch(theme.strong()));
        }
    }
}

/// Returns the cell at the end of a curve, or the nearest free one above or below.
fn end_of(plot: &Plot, curve: &Curve, taken: &[Rect]) -> Option<Position> {
    let (_, newest) = curve.in_at_most(usize::MAX).last().copied()?;
    let epoch = curve.first_epoch() + curve.epochs() - 1;
    let (column, row) = plot.cell(epoch as f64, newest.last);
    let rows = plot.area.top()..plot.area.bottom();
    let nearest = (0..plot.area.height).flat_map(|by| [row.checked_sub(by), row.checked_add(by)]);
    let free = nearest.flatten().filter(|row| rows.contains(row));
    free.map(|row| Position::new(column, row))
        .find(|cell| !taken.iter().any(|area| area.contains(*cell)))
}

/// Draws the legend, "A learning rate 0.1", at the top right, where losses rarely are; returns where it is.
fn draw_legend(canvas: &mut Canvas, area: Rect) -> Vec<Rect> {
    let (app, theme) = (canvas.app, canvas.theme);
    let room = area.width.saturating_sub(2);
    let kept = app.drawn_runs().map(|run| {
        let text = differences(app, theme, run, room.saturating_sub(2));
        (run.letter, text, theme.dim())
    });
    let present = (app.runs().letter, "this run".to_owned(), theme.strong());
    let entries = [present].into_iter().chain(kept);
    let entries = entries.map(|(letter, text, style)| {
        let name = theme.run(letter).patch(theme.strong());
        Line::from(vec![
            Span::styled(letter.to_string(), name),
            Span::styled(format!(" {text}"), style),
        ])
    });
    let mut lines: Vec<Line> = entries.collect();
    let rows = usize::from(area.height / 2).max(1);
    if lines.len() > rows {
        let left_out = lines.len() - (rows - 1);
        lines.truncate(rows - 1);
        lines.push(Line::styled(format!("+{left_out} more: v"), theme.dim()));
    }
    let right_end = |(line, row): (&Line, Rect)| {
        let width = cells(line.width()).min(area.width);
        Rect {
            x: row.right() - width,
            width,
            ..row
        }
    };
    let areas: Vec<Rect> = lines.iter().zip(area.rows()).map(right_end).collect();
    for (line, &area) in lines.into_iter().zip(&areas) {
        // What is below a cell would colour it.
        canvas.draw(Clear, area);
        canvas.draw(line, area);
    }
    areas
}

/// Returns the differences of a run from the present one, as many as fit.
fn differences(app: &App, theme: Theme, run: &KeptRun, room: u16) -> String {
    let differences = app.differences_of(run);
    let more = theme.glyph("…", "...");
    let mut texts = vec![differences.join(", ")];
    for count in (1..differences.len()).rev() {
        texts.push(format!("{}, {more}", differences[..count].join(", ")));
    }
    texts.push(more.to_owned());
    fitting(&texts, room)
}

fn small(letter: char) -> char {
    letter.to_ascii_lowercase()
}
