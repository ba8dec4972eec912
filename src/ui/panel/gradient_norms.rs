//! How long the gradient is in each layer, over the last steps: where it vanishes on its way back.
//!
//! ```text
//! ┌ ‖gradient‖ by layer ──────┐
//! │h1–h8   1.2e−5 ▁▁▁▁▁▁▁▁▁▁▁▁│
//! │o1      0.31   ▇▇▆▇▇▇▆▇▇▇▇▇│
//! └───────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Sparkline;

use crate::app::App;
use crate::nn::Neuron;
use crate::ui::style::Theme;
use crate::ui::style::number::aligned;

/// A level of the sparkline for each of so many powers of ten, below that of the largest.
const DECADES: u32 = 8;

/// With borders.
pub(crate) fn height(app: &App) -> u16 {
    u16::try_from(app.run().network.layers().len() + 2).unwrap_or(u16::MAX)
}

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let panel = theme.panel(theme.glyph("‖gradient‖ by layer", "|gradient| by layer"));
    let inner = panel.inner(area);
    frame.render_widget(panel, area);
    let Some(newest) = app.run().backprop.norms.back() else {
        return;
    };
    let names: Vec<String> = (0..newest.len())
        .map(|layer| name(theme, app, layer))
        .collect();
    let width = |text: &String| u16::try_from(Span::raw(text).width()).unwrap_or(u16::MAX);
    let name_width = names.iter().map(width).max().unwrap_or(0);
    let numbers: Vec<String> = newest
        .iter()
        .map(|norm| theme.significant(*norm, 2))
        .collect();
    let numbers = aligned(&numbers);
    let number_width = numbers.iter().map(width).max().unwrap_or(0);
    let all = app.run().backprop.norms.iter().flatten();
    let largest = all.fold(f64::MIN_POSITIVE, |largest, norm| largest.max(*norm));
    let layers = spread(newest.len(), usize::from(inner.height));
    for (layer, row) in layers.zip(inner.rows()) {
        let [name_area, number_area, history] = Layout::horizontal([
            Constraint::Length(name_width),
            Constraint::Length(number_width),
            Constraint::Fill(1),
        ])
        .spacing(1)
        .areas(row);
        frame.render_widget(Line::styled(&*names[layer], theme.strong()), name_area);
        frame.render_widget(Line::raw(&*numbers[layer]), number_area);
        let norms = app.run().backprop.norms.iter().map(|norms| norms[layer]);
        let levels: Vec<u64> = norms.map(|norm| level(norm, largest)).collect();
        let seen = levels.len().saturating_sub(usize::from(history.width));
        let sparkline = Sparkline::default()
            .bar_set(theme.sparkline())
            .max(u64::from(DECADES))
            .data(&levels[seen..]);
        frame.render_widget(sparkline, history);
    }
}

/// As many layers as there is room for, the first and the last among them.
fn spread(layers: usize, room: usize) -> impl Iterator<Item = usize> {
    let seen = layers.min(room);
    (0..seen).map(move |place| place * (layers - 1) / seen.saturating_sub(1).max(1))
}

/// "h1–h8", "o1".
fn name(theme: Theme, app: &App, layer: usize) -> String {
    let units = app.run().network.layers()[layer].units;
    let name = |unit| app.run().network.neuron_name(Neuron { layer, unit });
    match units {
        1 => name(0),
        _ => format!("{}{}{}", name(0), theme.glyph("–", "-"), name(units - 1)),
    }
}

/// 8 for the largest, one less for each power of ten below it, at least 1 for what is not 0.
fn level(norm: f64, largest: f64) -> u64 {
    if norm == 0.0 {
        return 0;
    }
    // An infinite one too, of which there is no share.
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
