//! Moments on a chart: where the run is if it has gone back, what was changed on the way, and what the user has marked.

use ratatui::layout::Margin;
use ratatui::widgets::{Paragraph, Wrap};

use super::legend;
use super::subject::Subject;
use crate::app::Charted;
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, number};
use crate::ui::widget::plot::Plot;

/// Draws all of them.
pub(super) fn render(canvas: &mut Canvas, subject: &Subject, plot: &Plot) {
    let run = canvas.app.run();
    if run.is_behind() {
        let epoch = run.training.position.epoch;
        render_upright(canvas, plot, epoch, canvas.theme.glyph("┊", ":"));
    }
    render_changes(canvas, subject, plot);
    if let Some(epoch) = canvas.app.marked() {
        render_upright(canvas, plot, epoch, canvas.theme.glyph("│", "|"));
    }
}

/// Draws a line through the column of an epoch, behind the curves.
fn render_upright(canvas: &mut Canvas, plot: &Plot, epoch: u64, symbol: &str) {
    let (column, _) = plot.cell(epoch as f64, 0.0);
    for y in plot.area.top()..plot.area.bottom() {
        let Some(cell) = canvas.frame.buffer_mut().cell_mut((column, y)) else {
            continue;
        };
        if cell.symbol() == " " {
            cell.set_symbol(symbol);
        } else {
            cell.set_style(canvas.theme.chosen());
        }
    }
}

/// Marks the changes on the curve of a score, or at the top of a chart of many curves.
fn render_changes(canvas: &mut Canvas, subject: &Subject, plot: &Plot) {
    let (app, theme) = (canvas.app, canvas.theme);
    let is_score = matches!(subject.charted, Charted::Loss | Charted::Quality);
    for made in app.run().training.changes.iter() {
        let epoch = made.position.epoch;
        if !legend::is_marked(made) || plot.area.is_empty() {
            continue;
        }
        let number = subject
            .present
            .first()
            .filter(|_| is_score)
            .and_then(|series| series.number_at(epoch));
        let (x, y) = match number {
            Some((_, number)) => plot.cell(epoch as f64, number),
            None => (plot.cell(epoch as f64, 0.0).0, plot.area.y),
        };
        if let Some(cell) = canvas.frame.buffer_mut().cell_mut((x, y)) {
            cell.reset();
            cell.set_symbol(legend::sign(theme))
                .set_style(theme.strong());
        }
    }
}

/// Says what happened to a run that diverged before it had a curve.
pub(super) fn render_divergence(canvas: &mut Canvas, plot: &Plot) {
    let run = canvas.app.run();
    let diverged = run.training.diverged_in();
    let Some(epoch) = diverged.filter(|_| run.curves.training.epochs() <= 1) else {
        return;
    };
    let text = format!(
        "In epoch {}, the loss or a weight overflowed, before the epoch was over: there is no curve to draw.",
        number::grouped(epoch)
    );
    let text = Paragraph::new(text).wrap(Wrap { trim: true });
    canvas.draw(text, plot.area.inner(Margin::new(2, 1)));
}

/// Draws a horizontal line at a value, which the curves are drawn over.
pub(super) fn render_guide(canvas: &mut Canvas, theme: Theme, plot: &Plot, value: f64) {
    let is_within = (0.0..=1.0).contains(&plot.up.share(value));
    if !is_within || plot.area.is_empty() {
        return;
    }
    let (_, y) = plot.cell(0.0, value);
    for x in plot.area.left()..plot.area.right() {
        if let Some(cell) = canvas.frame.buffer_mut().cell_mut((x, y)) {
            cell.set_symbol(theme.glyph("┈", "."))
                .set_style(theme.dim());
        }
    }
}
