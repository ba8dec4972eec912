//! The run as one command line, to be copied.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::App;
use crate::session::can_tell_weights;
use crate::ui::style::Theme;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, line: &str) {
    let theme = Theme(app.appearance());
    let width = area.width.min(72);
    let line = Line::raw(line.to_owned());
    let rows = line
        .width()
        .div_ceil(usize::from(width.saturating_sub(2).max(1)));
    // One more than it fills, as words are not broken; borders; and the remarks.
    let height = u16::try_from(rows + 5).unwrap_or(u16::MAX);
    let area = area.centered(Constraint::Length(width), Constraint::Length(height));
    let copied = Line::styled("Copied, where the terminal allows it.", theme.dim());
    let missing = match (can_tell_weights(app.run().config()), app.run().is_changed()) {
        (false, _) => "The initial weights are too many to be told in it.",
        (true, true) => "The run was changed on the way, which it cannot tell.",
        (true, false) if app.run().source().is_drawn_as_in_version_1() => {
            "Its data is drawn as an older version did, which it cannot tell."
        }
        (true, false) => "",
    };
    let missing = Line::styled(missing, theme.warning());
    let text = Paragraph::new(vec![line, missing, copied]).wrap(Wrap { trim: false });
    frame.render_widget(Clear, area);
    frame.render_widget(text.block(theme.panel("This run as a command line")), area);
}
