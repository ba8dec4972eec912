//! The confusion matrix of the training samples, or of the test samples.
//!
//! ```text
//! ┌ Confusion matrix (training samples) ───────────────┐
//! │actual ↓ predicted →    Adelie Chinstrap    Gentoo  │
//! │Adelie                     148         3         0  │
//! │Chinstrap                    2        66         0  │
//! │Gentoo                       0         0       123  │
//! └────────────────────────────────────────────────────┘
//! ```

use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Cell, Row, Table};

use crate::app::keymap::Action;
use crate::session::Confusion;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, abbreviated, cells, fitting, key_room, widest, width as text_width};
use crate::ui::widget::turn_key;

/// The headings of the corner, longest first, in Unicode and in ASCII.
const CORNERS: ([&str; 3], [&str; 3]) = (
    ["actual ↓ predicted →", "actual ↓ pred. →", "actual ↓"],
    ["actual v predicted >", "actual v pred. >", "actual v"],
);

/// The least and the most cells of the name of a class.
const NARROWEST_CLASS: u16 = 6;
const WIDEST_CLASS: u16 = 12;

/// Draws that of the training samples.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let none = Confusion::default();
    let scores = run.training.scores.as_ref();
    let confusion = scores.map_or(&none, |scores| &scores.assessment.confusion);
    let epoch = scores.and_then(|scores| scores.at_epoch);
    let epoch = epoch.map(|epoch| format!("epoch {}", grouped(epoch)));
    render_matrix(canvas, area, confusion, ("training samples", epoch));
}

/// Draws that of the test samples.
pub(crate) fn render_test(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    // There are no counts until a job has computed the predictions.
    let (confusion, counted) = run.test_confusion().unwrap_or_default();
    let all = run.dataset().len() - run.dataset().training_samples;
    let part = (counted < all).then(|| format!("the first {}", grouped(counted as u64)));
    render_matrix(canvas, area, &confusion, ("test samples", part));
}

/// Draws a matrix: of these samples, with a remark on it.
fn render_matrix(
    canvas: &mut Canvas,
    area: Rect,
    confusion: &Confusion,
    (samples, remark): (&str, Option<String>),
) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let classes = run.dataset().target.classes();
    // There are no counts before the first message.
    let known = Some(classes.len()).filter(|all| *all == confusion.classes);
    let known = known.unwrap_or(0);
    let names = abbreviated(classes, WIDEST_CLASS, theme.glyph("…", "."));
    let name_width = widest(&names).max(NARROWEST_CLASS);
    let width = name_width.max(widest(confusion.counts.iter().map(|&count| grouped(count))));
    // The borders, and the columns with a gap each.
    let room =
        usize::from(area.width.saturating_sub(2)).saturating_sub(known * usize::from(width + 1));
    let corner = fitting(&theme.glyph(CORNERS.0, CORNERS.1), cells(room));
    let first_width = name_width.max(text_width(&corner));
    let columns = usize::from(area.width.saturating_sub(first_width + 2) / (width + 1)).min(known);
    let rows = usize::from(area.height.saturating_sub(3)).min(known);

    let header = names[..columns]
        .iter()
        .enumerate()
        .map(|(index, name)| right_aligned(name.clone()).style(theme.class(classes, index)));
    let header: Row = std::iter::once(corner.into()).chain(header).collect();
    let counts = (0..rows).map(|actual| {
        let counts = (0..columns).map(|predicted| confusion.count(actual, predicted));
        let name = Cell::from(&*names[actual]).style(theme.class(classes, actual));
        row(theme, name, counts, actual)
    });
    let widths = std::iter::once(first_width).chain(std::iter::repeat_n(width, columns));
    let table = Table::new(counts, widths.map(Constraint::Length)).header(header);
    let left_out = known - rows.min(columns);
    let room = turn_key::title_room(canvas, Action::TurnOverview, area.width);
    let title = title((samples, remark), left_out, room);
    let key = turn_key::of_overviews(canvas, key_room(&title, area.width));
    let panel = theme.panel_with_key(title, key.as_deref(), area.width);
    let inner = panel.inner(area);
    canvas.draw(panel, area);
    canvas.draw(table, inner);
    canvas.shows_key(area, key.as_deref(), Action::TurnOverview);
}

/// A class, and how often each was predicted for it; its own count stands out.
fn row(theme: Theme, class: Cell<'_>, counts: impl Iterator<Item = u64>, own: usize) -> Row<'_> {
    let counts = counts.enumerate().map(|(predicted, count)| {
        let count = right_aligned(grouped(count));
        if predicted == own {
            count.style(theme.strong())
        } else {
            count
        }
    });
    std::iter::once(class).chain(counts).collect()
}

/// Returns what is counted, with the remark, and how many classes are left out.
fn title((samples, remark): (&str, Option<String>), left_out: usize, room: u16) -> String {
    let more = (left_out > 0).then(|| format!("{left_out} more classes"));
    let with = |what: &str| {
        let parts = [Some(what.to_owned()), remark.clone(), more.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let whats = [
        format!("Confusion matrix ({samples})"),
        format!("Confusion, {samples}"),
        samples.to_owned(),
    ];
    fitting(&whats.map(|what| with(&what)), room)
}

fn right_aligned<'a>(text: String) -> Cell<'a> {
    Cell::from(Line::from(text).right_aligned())
}
