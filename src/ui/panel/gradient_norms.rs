//! The norm of the gradient in each layer over the last steps, which shows where it vanishes on its way back.
//!
//! ```text
//! ┌ Gradient norm per layer ──┐
//! │h1–h8   1.2e−5 ▁▁▁▁▁▁▁▁▁▁▁▁│
//! │o1      0.31   ▇▇▆▇▇▇▆▇▇▇▇▇│
//! └───────────────────────────┘
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Sparkline;

use crate::app::RunView;
use crate::nn::{Neuron, Penalty};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{aligned, significant};
use crate::ui::style::{Theme, cells, fitting, widest};

/// The levels of the sparkline: one for each of this many powers of ten below the largest norm.
const DECADES: u32 = 8;

/// Returns the height of the panel, including its borders.
pub(crate) fn height(run: &RunView) -> u16 {
    cells(run.network.layers().len() + 2)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let inner = canvas.panel(area, title(run, area.width.saturating_sub(4)));
    let norms: Vec<&[f64]> = run.backprop.norms().collect();
    let Some(newest) = norms.last() else {
        return;
    };
    let names: Vec<String> = (0..newest.len())
        .map(|layer| name(theme, run, layer))
        .collect();
    let numbers = newest
        .iter()
        .map(|norm| theme.written(&significant(*norm, 2)));
    let numbers = aligned(&numbers.collect::<Vec<_>>());
    let columns = Layout::horizontal([
        Constraint::Length(widest(&names)),
        Constraint::Length(widest(&numbers)),
        Constraint::Fill(1),
    ])
    .spacing(1);
    let all = norms.iter().copied().flatten();
    let largest = all.fold(f64::MIN_POSITIVE, |largest, norm| largest.max(*norm));
    for (layer, row) in spread(newest.len(), usize::from(inner.height)).zip(inner.rows()) {
        let [name, number, history] = columns.areas(row);
        canvas.draw(Line::styled(&*names[layer], theme.strong()), name);
        canvas.draw(Line::raw(&*numbers[layer]), number);
        let levels = norms.iter().map(|norms| level(norms[layer], largest));
        let hidden = levels.len().saturating_sub(usize::from(history.width));
        let sparkline = Sparkline::default()
            .bar_set(theme.sparkline())
            .max(u64::from(DECADES))
            .data(levels.skip(hidden));
        canvas.draw(sparkline, history);
    }
}

/// Returns what the norm is of: with a penalty, the optimizer gets another gradient than that of the loss.
fn title(run: &RunView, room: u16) -> String {
    let texts = [
        "Gradient norm per layer, without penalty",
        "Gradient without penalty",
    ];
    if run.config().penalty == Penalty::default() {
        "Gradient norm per layer".to_owned()
    } else {
        fitting(&texts, room)
    }
}

/// Selects as many layers as there is room for, including the first and the last.
fn spread(layers: usize, room: usize) -> impl Iterator<Item = usize> {
    let seen = layers.min(room);
    (0..seen).map(move |index| index * (layers - 1) / seen.saturating_sub(1).max(1))
}

/// Returns "h1–h8" or "o1".
fn name(theme: Theme, run: &RunView, layer: usize) -> String {
    let units = run.network.layers()[layer].units;
    let name = |unit| run.network.neuron_name(Neuron { layer, unit });
    match units {
        1 => name(0),
        _ => format!("{}{}{}", name(0), theme.glyph("–", "-"), name(units - 1)),
    }
}

/// Returns 8 for the largest norm and one less for each power of ten below it; only 0 has level 0.
fn level(norm: f64, largest: f64) -> u64 {
    if norm == 0.0 {
        return 0;
    }
    // Also for an infinite norm, whose ratio is NaN.
    if norm >= largest {
        return u64::from(DECADES);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to 8"
    )]
    let level = (f64::from(DECADES) + (norm / largest).log10())
        .round()
        .max(1.0) as u64;
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_layer_are_seen_where_there_is_room_for_two() {
        let seen = |layers, room| spread(layers, room).collect::<Vec<_>>();
        assert_eq!(seen(5, 9), [0, 1, 2, 3, 4]);
        assert_eq!(seen(5, 3), [0, 2, 4]);
        assert_eq!(seen(9, 2), [0, 8]);
        assert_eq!(seen(1, 3), [0]);
        assert_eq!(seen(3, 1), [0]);
        assert_eq!(seen(3, 0), [0; 0]);
    }
}
