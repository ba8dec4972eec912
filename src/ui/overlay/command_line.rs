//! The command that is equivalent to the run, for copying.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::window;
use crate::app::RunView;
use crate::session::can_include_weights;
use crate::ui::canvas::Canvas;
use crate::ui::style::cells;

/// With borders.
const WIDTH: u16 = 72;

pub(super) fn render(canvas: &mut Canvas, area: Rect, line: &str) {
    let theme = canvas.theme;
    let width = area.width.min(WIDTH);
    let line = Line::raw(line);
    let rows = line
        .width()
        .div_ceil(usize::from(width.saturating_sub(2).max(1)));
    // One row more because words are not broken, two for the borders, two for the remarks.
    let height = cells(rows + 5);
    let missing = Line::styled(missing(canvas.app.run()), theme.warning());
    let copied = Line::styled("Copied (if your terminal supports it).", theme.dim());
    let text = Paragraph::new(vec![line, missing, copied]);
    let title = "Equivalent command";
    let inner = window::open(canvas, area, title, (width, height));
    canvas.draw(text.wrap(Wrap { trim: false }), inner);
}

/// Returns what the command does not include.
fn missing(run: &RunView) -> &'static str {
    match (can_include_weights(run.config()), run.is_changed()) {
        (false, _) => "Too many initial weights to include.",
        (true, true) => "The run was edited; the command does not include those edits.",
        (true, false) if run.source().is_drawn_as_in_version_1() => {
            "An older version generated this data; the command's will differ."
        }
        (true, false) => "",
    }
}
