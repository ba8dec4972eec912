//! The newest losses on a separate scale, in one row that says what it reaches from and to; the border says of how many epochs.

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

/// Losses whose range is smaller than this share of them are flat; those above it differ within six digits.
const FLAT: f64 = 1e-5;

/// The least share of the largest loss that the height of the bars stands for: a change that hardly matters looks like
/// one.
const LEAST_HEIGHT: f64 = 0.01;

/// A change that is a smaller share of the losses is less than their third digit, which rounds it away or up.
const LEAST_CHANGE: f64 = 0.01;

/// The significant digits of such a change.
const DIGITS: usize = 2;

/// The width of the narrowest text before the bars: "0 ".
const NARROWEST_TEXT: u16 = 2;

/// Draws "0.0031 to 0.0032 ▇▆▅▄", one bar for each epoch where the curve still has each of them; returns what the bars are:
/// "last 22 epochs", and `None` if there are too few.
pub(super) fn render(canvas: &mut Canvas, area: Rect) -> Option<String> {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let curve = &run.curves.training;
    let past = curve.up_to(run.training.position.epoch);
    let newest = |columns: u16| &past[past.len() - past.len().min(usize::from(columns))..];
    // More bars may need a wider text.
    let room = |bars: u16| area.width.saturating_sub(width(&text(theme, newest(bars))));
    let mut bars = area.width.saturating_sub(NARROWEST_TEXT);
    while bars >= FEWEST_BARS && bars > room(bars) {
        bars = room(bars).min(bars - 1);
    }
    while bars >= FEWEST_BARS && bars < room(bars + 1) {
        bars += 1;
    }
    let newest = newest(if bars < FEWEST_BARS { 0 } else { bars });
    if newest.len() < 2 {
        // One loss has no course, and the title has it.
        return None;
    }
    let text = text(theme, newest);
    let columns = [Constraint::Length(width(&text)), Constraint::Fill(1)];
    let [text_area, bars] = Layout::horizontal(columns).areas(area);
    canvas.write(Line::styled(text, theme.dim()), text_area);
    let (low, high) = range(newest);
    let axis = Axis::between(low, high.max(low + LEAST_HEIGHT * high));
    let height = |bucket: &Bucket| 1 + axis.level(bucket.last, 7);
    let sparkline = Sparkline::default()
        .data(newest.iter().map(height))
        .max(8)
        .bar_set(theme.sparkline());
    canvas.draw(sparkline, bars);
    let epochs = curve.epochs_of(past.len() - newest.len()..past.len());
    Some(format!(
        "last {} epochs",
        grouped(epochs.end - epochs.start)
    ))
}

/// "0.0031 to 0.0032 ", or one number if the losses are alike.
fn text(theme: Theme, newest: &[Bucket]) -> String {
    let (low, high) = range(newest);
    let change = high - low;
    let [low, high] = if is_flat(low, high) {
        [low; 2].map(number::loss)
    } else if change < LEAST_CHANGE * high {
        [low, high].map(|loss| number::changed(loss, change, DIGITS))
    } else {
        [low, high].map(number::loss)
    };
    let [low, high] = [low, high].map(|loss| theme.written(&loss));
    if low == high {
        return format!("{low} ");
    }
    format!("{} ", number::range(&low, &high))
}

/// Whether losses are so much alike that a course between them would only be noise.
fn is_flat(low: f64, high: f64) -> bool {
    high - low <= FLAT * high
}

/// The smallest and the largest of the losses that are drawn.
fn range(newest: &[Bucket]) -> (f64, f64) {
    let losses = newest.iter().map(|bucket| bucket.last);
    let low = losses.clone().fold(f64::INFINITY, f64::min);
    (low, losses.fold(f64::NEG_INFINITY, f64::max))
}
