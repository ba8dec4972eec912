//! The network.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Theme;
use crate::app::App;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    frame.render_widget(theme.panel("Network"), area);
}
