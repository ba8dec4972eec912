//! The newest losses on a separate scale, in one row that says what it reaches from and to.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Sparkline;

use crate::trainer::Bucket;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{Theme, width};
use crate::ui::widget::axis::Axis;

/// Without this many bars, the row shows no course.
const FEWEST_BARS: u16 = 4;

/// The width of "last 4: 0 " without what is counted: no text is narrower.
const NARROWEST_TEXT: u16 = 10;

/// From this width on, the row says what it counts.
const WIDE: u16 = 44;

/// Draws "last 22: 0.0031–0.0032 ▇▆▅▄", one bar for each epoch where the curve still has each of them.
pub(super) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let past = run.curves.training.up_to(run.training.position.epoch);
    let newest = |columns: u16| &past[past.len() - past.len().min(usize::from(columns))..];
    // More bars may need a wider text.
    let name = if area.width < WIDE { "" } else { " epochs" };
    let room = |bars: u16| {
        area.width
            .saturating_sub(width(&text(theme, name, newest(bars))))
    };
    let mut bars = area.width.saturating_sub(NARROWEST_TEXT + width(name));
    while bars >= FEWEST_BARS && bars > room(bars) {
        bars = room(bars).min(bars - 1);
    }
    while bars >= FEWEST_BARS && bars < room(bars + 1) {
        bars += 1;
    }
    let newest = newest(if bars < FEWEST_BARS { 0 } else { bars });
    if newest.len() < 2 {
        // One loss has no course, and the title has it.
        return;
    }
    let text = text(theme, name, newest);
    let columns = [Constraint::Length(width(&text)), Constraint::Fill(1)];
    let [text_area, bars] = Layout::horizontal(columns).areas(area);
    canvas.write(Line::styled(text, theme.dim()), text_area);
    let (low, high) = range(newest);
    let axis = Axis::between(low, high);
    let sparkline = Sparkline::default()
        .data(newest.iter().map(|bucket| 1 + axis.level(bucket.last, 7)))
        .max(8)
        .bar_set(theme.sparkline());
    canvas.draw(sparkline, bars);
}

/// "last 22: 0.0031–0.0032 ", or one number if they are written alike.
fn text(theme: Theme, name: &str, newest: &[Bucket]) -> String {
    let epochs: u64 = newest.iter().map(|of| of.epochs).sum();
    let (low, high) = range(newest);
    let [low, high] = [low, high].map(|loss| theme.written(&number::loss(loss)));
    let range = if low == high {
        low
    } else {
        format!("{low}{}{high}", theme.glyph("–", ".."))
    };
    format!("last {}{name}: {range} ", grouped(epochs))
}

/// The smallest and the largest of the losses that are drawn.
fn range(newest: &[Bucket]) -> (f64, f64) {
    let losses = newest.iter().map(|bucket| bucket.last);
    let low = losses.clone().fold(f64::INFINITY, f64::min);
    (low, losses.fold(f64::NEG_INFINITY, f64::max))
}
