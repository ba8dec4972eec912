//! What is seen on the screen.

use nnscope::app::Appearance;
use nnscope::ui::{self, Regions};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;

use super::TestScreen;

impl TestScreen {
    /// Changes the appearance.
    pub(crate) fn draw_with(&mut self, appearance: Appearance) {
        self.app = self.app.clone().with_appearance(appearance);
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.display.backend_mut().resize(width, height);
    }

    pub(crate) fn draw(&mut self) -> &Buffer {
        self.app.note_columns(self.display.columns().unwrap());
        ui::draw(&mut self.display, &self.app, &mut self.regions).unwrap();
        self.app.note_seen(self.regions.seen());
        self.display.backend().buffer()
    }

    /// The lines of the screen.
    pub(crate) fn text(&mut self) -> String {
        let buffer = self.draw();
        let width = usize::from(buffer.area.width).max(1);
        let lines = buffer.content().chunks(width);
        let lines: Vec<String> = lines
            .map(|line| line.iter().map(Cell::symbol).collect())
            .collect();
        lines.join("\n")
    }

    /// What the mouse finds where in the last frame.
    pub(crate) fn regions(&self) -> &Regions {
        &self.regions
    }

    /// The style of the first cell of a text on the screen.
    pub(crate) fn style_of(&mut self, wanted: &str) -> Style {
        let position = self.position_of(wanted);
        self.display.backend().buffer()[position].style()
    }

    /// The first cell of a text on the screen.
    #[track_caller]
    pub(crate) fn position_of(&mut self, wanted: &str) -> (u16, u16) {
        let text = self.text();
        let found = text.lines().zip(0..).find_map(|(line, y)| {
            let column = line[..line.find(wanted)?].chars().count();
            Some((u16::try_from(column).unwrap(), y))
        });
        found.unwrap_or_else(|| panic!("{wanted:?} is not on the screen:\n{text}"))
    }
}
