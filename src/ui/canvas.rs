//! The frame being drawn, with the app it shows, the theme, and what the mouse finds where.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, StatefulWidget, Widget, Wrap};

use super::frame::Frame;
use super::regions::Regions;
use super::style::{self, Theme, cells, width};
use crate::app::keymap::Action;
use crate::app::{App, Target, Turn};

/// A frame, the app that it shows, and the theme.
pub(crate) struct Canvas<'a> {
    pub(crate) frame: &'a mut Frame,
    pub(crate) app: &'a App,
    pub(crate) theme: Theme,
    pub(crate) regions: &'a mut Regions,
}

/// Draws a frame of an app by calling `content`. What terminals lack or draw differently is not
/// [replaced](Theme::finish) yet.
pub(crate) fn draw(
    frame: &mut Frame,
    app: &App,
    regions: &mut Regions,
    content: impl FnOnce(&mut Canvas),
) {
    let theme = Theme(app.appearance());
    regions.clear();
    content(&mut Canvas {
        frame,
        app,
        theme,
        regions,
    });
}

impl Canvas<'_> {
    /// Draws a widget.
    pub(crate) fn draw(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area, self.frame.buffer_mut());
    }

    /// Draws a widget that keeps what it was scrolled to.
    pub(crate) fn draw_scrolled<W: StatefulWidget>(
        &mut self,
        widget: W,
        area: Rect,
        state: &mut W::State,
    ) {
        widget.render(area, self.frame.buffer_mut(), state);
    }

    /// Writes a line into the first row of an area.
    pub(crate) fn write<'t>(&mut self, line: impl Into<Line<'t>>, area: Rect) {
        style::write_line(self.frame.buffer_mut(), &line.into(), area);
    }

    /// Writes a text in the middle of an area, instead of what it is about.
    pub(crate) fn say(&mut self, text: &str, area: Rect) {
        let row = Rect {
            y: area.y + area.height / 2,
            height: area.height.min(1),
            ..area
        };
        self.write(Line::raw(text).centered(), row);
    }

    /// Writes lines below one another, as far as there are rows.
    pub(crate) fn lines<'t>(&mut self, lines: impl IntoIterator<Item = Line<'t>>, area: Rect) {
        for (line, row) in lines.into_iter().zip(area.rows()) {
            self.write(line, row);
        }
    }

    /// Writes lines into the last rows of an area; returns how many rows they take.
    pub(crate) fn last_lines(&mut self, lines: Vec<Line>, area: Rect) -> u16 {
        let rows = cells(lines.len()).min(area.height);
        let below = Rect {
            y: area.bottom() - rows,
            height: rows,
            ..area
        };
        self.lines(lines, below);
        rows
    }

    /// Writes lines below one another; those that are too long are broken between words.
    pub(crate) fn text(&mut self, lines: Vec<Line>, area: Rect) {
        let room = usize::from(area.width);
        if lines.iter().all(|line| style::line_width(line) <= room) {
            return self.lines(lines, area);
        }
        self.draw(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
    }

    /// Fills an area with a symbol: as a line of text for each row would, cell by cell.
    pub(crate) fn fill(&mut self, area: Rect, symbol: &str, style: Style) {
        let area = area.intersection(self.frame.area());
        let buffer = self.frame.buffer_mut();
        for position in area.positions() {
            buffer[position].set_symbol(symbol).set_style(style);
        }
    }

    /// Draws the border of a panel and returns the area inside it.
    pub(crate) fn panel<'t>(&mut self, area: Rect, title: impl Into<Span<'t>>) -> Rect {
        let panel = self.theme.panel(title);
        let inner = panel.inner(area);
        self.draw(panel, area);
        inner
    }

    /// Draws spans side by side, and notes what each of them shows to the mouse.
    pub(crate) fn spans<'t>(
        &mut self,
        spans: impl IntoIterator<Item = (Span<'t>, Target)>,
        mut area: Rect,
    ) {
        for (span, target) in spans {
            let width = cells(span.width()).min(area.width);
            self.shows(Rect { width, ..area }, target);
            self.write(span, area);
            area.x += width;
            area.width -= width;
        }
    }

    /// Returns a key with what it does, for the title of a panel: "a labels"; `None` if it has no effect in this view.
    pub(crate) fn key_text(&self, action: Action, what: &str) -> Option<String> {
        let key = self.app.offered_key(action)?;
        Some(format!("{key} {what}"))
    }

    /// Returns the key that turns the digits of numbers, with its text, for the title of a table.
    pub(crate) fn precision_key(&self) -> Option<(String, Action)> {
        let key = self.key_text(Action::TurnPrecision, "digits")?;
        Some((key, Action::TurnPrecision))
    }

    /// Returns how many lines are below what is seen, and by which key they come; `None` if there are none.
    pub(crate) fn more_below(&self, lines: usize) -> Option<Line<'static>> {
        let name = if lines == 1 { "line" } else { "lines" };
        let is_offered = self
            .app
            .offered_key(Action::ScrollFormulas(Turn::Forward))
            .is_some();
        let key = if is_offered { " (PgDn)" } else { "" };
        let text = format!(" {lines} more {name}{key} ");
        (lines > 0).then(|| Line::styled(text, self.theme.strong()).right_aligned())
    }

    /// Notes the key at the right end of a panel's title, if it is drawn there.
    pub(crate) fn shows_key(&mut self, area: Rect, key: Option<&str>, action: Action) {
        let Some(key) = key else { return };
        let width = width(key);
        let Some(x) = area.right().checked_sub(width + 2) else {
            return;
        };
        let cells = Rect::new(x, area.y, width, 1);
        if cells.intersection(self.frame.area()) != cells {
            return;
        }
        let buffer = self.frame.buffer_mut();
        let drawn = cells.positions().map(|cell| buffer[cell].symbol());
        if drawn.collect::<String>() == key {
            self.shows(cells, Target::Command(action));
        }
    }

    /// Notes what an area shows to the mouse.
    pub(crate) fn shows(&mut self, area: Rect, target: Target) {
        self.regions
            .add(area.intersection(self.frame.area()), target);
    }
}
