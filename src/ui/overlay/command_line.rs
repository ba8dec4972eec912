//! The run as one command line, to be copied.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::window;
use crate::app::RunView;
use crate::session::can_tell_weights;
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
    // One more than it fills, as words are not broken; borders; and the remarks.
    let height = cells(rows + 5);
    let missing = Line::styled(missing(canvas.app.run()), theme.warning());
    let copied = Line::styled("Copied, where the terminal allows it.", theme.dim());
    let text = Paragraph::new(vec![line, missing, copied]);
    let title = "This run as a command line";
    let inner = window::open(canvas, area, title, (width, height));
    canvas.draw(text.wrap(Wrap { trim: false }), inner);
}

/// What of the run the command line does not include.
fn missing(run: &RunView) -> &'static str {
    match (can_tell_weights(run.config()), run.is_changed()) {
        (false, _) => "The initial weights are too many to be told in it.",
        (true, true) => "The run was changed on the way, which it cannot tell.",
        (true, false) if run.source().is_drawn_as_in_version_1() => {
            "Its data is drawn as an older version did, which it cannot tell."
        }
        (true, false) => "",
    }
}
