//! What everything on the screen is drawn with.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::style::{self, Theme};
use crate::app::{App, Glyphs};

/// The frame that is drawn, what it shows, and how.
pub(crate) struct Canvas<'a, 'frame> {
    pub(crate) frame: &'a mut Frame<'frame>,
    pub(crate) app: &'a App,
    pub(crate) theme: Theme,
}

/// Draws a frame of an app, with what `content` draws.
pub(crate) fn draw(frame: &mut Frame, app: &App, content: impl FnOnce(&mut Canvas)) {
    let theme = Theme(app.appearance());
    content(&mut Canvas { frame, app, theme });
    if theme.0.glyphs == Glyphs::Ascii {
        style::replace_minus_signs(frame.buffer_mut());
    }
}

impl Canvas<'_, '_> {
    /// Draws a widget.
    pub(crate) fn draw(&mut self, widget: impl Widget, area: Rect) {
        self.frame.render_widget(widget, area);
    }

    /// Draws the border of a panel; returns the area inside it.
    pub(crate) fn panel<'t>(&mut self, area: Rect, title: impl Into<Span<'t>>) -> Rect {
        let panel = self.theme.panel(title);
        let inner = panel.inner(area);
        self.draw(panel, area);
        inner
    }
}
