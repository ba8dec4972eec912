//! The losses of the runs before: faded, each with dashes and a letter of its own, and what was different.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::curve::Stroke;
use crate::app::{App, KeptRun};
use crate::trainer::LossCurve;
use crate::ui::style::Theme;
use crate::ui::widget::chart::Plot;

const ON: bool = true;
const OFF: bool = false;

/// One for each of the letters; told apart where no colour is.
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
pub(super) fn draw_curves(buffer: &mut Buffer, plot: &Plot, app: &App) {
    let theme = Theme(app.appearance());
    for run in app.drawn_runs() {
        let curve = &run.view.curves.training;
        let buckets = curve.in_at_most(usize::from(plot.area.width) * 2);
        let stroke = Stroke {
            // In ASCII the letter itself.
            marker: theme.glyph(Marker::Braille, Marker::Custom(small(run.letter))),
            dashes: DASHES[place(run.letter) % DASHES.len()],
            style: theme.run(place(run.letter)).add_modifier(Modifier::DIM),
        };
        stroke.draw(buffer, plot, &buckets);
    }
}

/// Puts its letter to the end of each curve, and says which run is which.
pub(super) fn label(buffer: &mut Buffer, plot: &Plot, app: &App) {
    let theme = Theme(app.appearance());
    let present = (app.runs().letter, &app.run().curves.training);
    let kept = app
        .drawn_runs()
        .map(|run| (run.letter, &run.view.curves.training));
    let mut taken = Vec::new();
    for (letter, curve) in kept.chain([present]) {
        let Some(cell) = end_of(plot, curve, &taken) else {
            continue;
        };
        taken.push(cell);
        if let Some(cell) = buffer.cell_mut(cell) {
            cell.reset();
            cell.set_char(letter)
                .set_style(theme.run(place(letter)).patch(theme.strong()));
        }
    }
    draw_legend(buffer, plot.area, app);
}

/// The cell at the end of a curve, or the next one above or below that is free.
fn end_of(plot: &Plot, curve: &LossCurve, taken: &[(u16, u16)]) -> Option<(u16, u16)> {
    let (_, newest) = curve.in_at_most(usize::MAX).last().copied()?;
    let epoch = curve.first_epoch() + curve.epochs() - 1;
    let (column, row) = plot.cell(epoch as f64, newest.last);
    let rows = plot.area.top()..plot.area.bottom();
    let nearest = (0..plot.area.height).flat_map(|by| [row.checked_sub(by), row.checked_add(by)]);
    let free = nearest.flatten().filter(|row| rows.contains(row));
    free.map(|row| (column, row))
        .find(|cell| !taken.contains(cell))
}

/// "A learning rate 0.1", from the top on the right, where losses seldom are.
fn draw_legend(buffer: &mut Buffer, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let room = area.width.saturating_sub(2);
    let rows = area.rows().take(usize::from(area.height / 2));
    let kept = app.drawn_runs().map(|run| {
        let words = words(app, run, room.saturating_sub(2));
        (run.letter, words, theme.dim())
    });
    let present = (app.runs().letter, "this run".to_owned(), theme.strong());
    for ((letter, words, style), row) in [present].into_iter().chain(kept).zip(rows) {
        let name = theme.run(place(letter)).patch(theme.strong());
        let line = Line::from(vec![
            Span::styled(letter.to_string(), name),
            Span::styled(format!(" {words}"), style),
        ]);
        let width = u16::try_from(line.width())
            .unwrap_or(u16::MAX)
            .min(area.width);
        let place = Rect {
            x: row.right() - width,
            width,
            ..row
        };
        line.render(place, buffer);
    }
}

/// What is different about a run, as far as there is room.
fn words(app: &App, run: &KeptRun, room: u16) -> String {
    let differences = app.differences_of(run);
    let more = Theme(app.appearance()).glyph("…", "...");
    let mut texts = vec![differences.join(", ")];
    for count in (1..differences.len()).rev() {
        texts.push(format!("{}, {more}", differences[..count].join(", ")));
    }
    texts.push(more.to_owned());
    Theme::fitting(&texts, room)
}

/// The number of a letter.
pub(crate) fn place(letter: char) -> usize {
    usize::try_from(u32::from(letter).saturating_sub(u32::from('A'))).unwrap_or(0)
}

fn small(letter: char) -> char {
    letter.to_ascii_lowercase()
}
