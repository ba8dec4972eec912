//! The frame being drawn, with the app it shows and the theme.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::style::{self, Theme};
use crate::app::{App, Glyphs};

/// A frame, the app that it shows, and the theme.
pub(crate) struct Canvas<'a, 'frame> {
    pub(crate) frame: &'a mut Frame<'frame>,
    pub(crate) app: &'a App,
    pub(crate) theme: Theme,
}

/// Draws a frame of an app by calling `content`, then replaces what terminals lack or draw
/// differently.
pub(crate) fn draw(frame: &mut Frame, app: &App, content: impl FnOnce(&mut Canvas)) {
    let theme = Theme(app.appearance());
    content(&mut Canvas { frame, app, theme });
    style::settle_widths(frame.buffer_mut());
    if theme.0.glyphs == Glyphs::Ascii {
        style::replace_dashes(frame.buffer_mut());
    }
}

impl Canvas<'_, '_> {
    /// Draws a widget.
    pub(crate) fn draw(&mut self, widget: impl Widget, area: Rect) {
        self.frame.render_widget(widget, area);
    }

    /// Draws the border of a panel and returns the area inside it.
    pub(crate) fn panel<'t>(&mut self, area: Rect, title: impl Into<Span<'t>>) -> Rect {
        let panel = self.theme.panel(title);
        let inner = panel.inner(area);
        self.draw(panel, area);
        inner
    }
}
