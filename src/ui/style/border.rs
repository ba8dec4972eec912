//! The border of a panel, with what is written on it.
//!
//! ```text
//! ┌ title ──────────── key ┐
//! │                        │
//! └─────────────── 2 more ─┘
//! ```

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Alignment, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::text::{cells, width};
use super::theme::Theme;
use super::writing::{line_width, write_line};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// The border of a panel.
#[derive(Debug)]
pub(crate) struct Border<'a> {
    theme: Theme,
    title: Span<'a>,
    /// On the right of the title.
    key: Option<Line<'a>>,
    /// In the lower row: one on the left, one on the right.
    below: Vec<Line<'a>>,
}

/// Returns the cells that a key at the right end of a title can have in a panel of this width.
pub(crate) fn key_room(title: &str, panel_width: u16) -> u16 {
    panel_width.saturating_sub(width(title) + 7)
}

/// Returns the cells that a title can have in a panel of this width: the key at its right end, which nothing else names, is the
/// last to go.
pub(crate) fn title_room(key: Option<&str>, panel_width: u16) -> u16 {
    match key {
        Some(key) => key_room(key, panel_width),
        None => panel_width.saturating_sub(4),
    }
}

impl Theme {
    /// Returns the border of a panel with this title, whose numbers are bolder than its words.
    pub(crate) fn panel<'a>(self, title: impl Into<Span<'a>>) -> Border<'a> {
        Border {
            theme: self,
            title: title.into(),
            key: None,
            below: Vec::new(),
        }
    }

    /// Returns the border of a panel of this width with the key that belongs to it on the right, if it has one and there is
    /// room.
    pub(crate) fn panel_with_key<'a>(
        self,
        title: String,
        key: Option<&str>,
        panel_width: u16,
    ) -> Border<'a> {
        let room = key_room(&title, panel_width);
        let key = key.filter(|key| width(key) <= room);
        let key = key.map(|key| self.keys_line(key));
        Border {
            key,
            ..self.panel(title)
        }
    }
}

impl Theme {
    /// Returns the keys of a panel for the right end of its border, each stronger than what it does: "p digits, Enter sets
    /// w1". What begins with a sign is no key.
    pub(crate) fn keys_line(self, keys: &str) -> Line<'static> {
        let mut spans = vec![Span::raw(" ")];
        for (index, entry) in keys.split(", ").enumerate() {
            if index > 0 {
                spans.push(Span::raw(", "));
            }
            let is_key = entry.starts_with(|c: char| c.is_ascii_alphanumeric());
            match entry.split_once(' ').filter(|_| is_key) {
                Some((key, what)) => spans.extend([
                    Span::styled(key.to_owned(), self.strong()),
                    Span::raw(format!(" {what}")),
                ]),
                None => spans.push(Span::raw(entry.to_owned())),
            }
        }
        spans.push(Span::raw(" "));
        Line::from(spans).right_aligned()
    }
}

impl<'a> Border<'a> {
    /// Adds a text to the lower row, as long as there is room beside what is there.
    pub(crate) fn title_bottom(mut self, text: impl Into<Line<'a>>) -> Self {
        self.below.push(text.into());
        self
    }

    /// Returns what is inside the border of an area.
    #[expect(clippy::unused_self, reason = "reads as what it is the inside of")]
    pub(crate) fn inner(&self, area: Rect) -> Rect {
        Rect {
            x: area.x.saturating_add(1).min(area.right()),
            y: area.y.saturating_add(1).min(area.bottom()),
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(2),
        }
    }

    /// The title between two spaces, word by word.
    fn words(&self) -> Line<'_> {
        let words = self.title.content.split_inclusive(' ').map(|word| {
            // Not that of a name: "x1".
            let is_number = word
                .trim_start_matches(['−', '+'])
                .starts_with(|c: char| c.is_ascii_digit());
            let style = if is_number {
                self.theme.strong()
            } else {
                Style::new()
            };
            Span::styled(word, style.patch(self.title.style))
        });
        let space = || std::iter::once(Span::raw(" "));
        space().chain(words).chain(space()).collect()
    }

    fn render_lines(&self, area: Rect, buffer: &mut Buffer) {
        let set = self.theme.glyph(border::PLAIN, ASCII_BORDER);
        let cell = |symbol: &str| {
            let mut cell = Cell::EMPTY;
            cell.set_symbol(symbol).set_style(self.theme.dim());
            cell
        };
        let (left, right) = (area.left(), area.right() - 1);
        let (top, bottom) = (area.top(), area.bottom() - 1);
        for (y, symbol) in [(top, set.horizontal_top), (bottom, set.horizontal_bottom)] {
            let start = buffer.index_of(left, y);
            buffer.content[start..][..usize::from(area.width)].fill(cell(symbol));
        }
        let mut put = |x: u16, y: u16, symbol: &str| buffer[(x, y)] = cell(symbol);
        for y in top..=bottom {
            put(left, y, set.vertical_left);
            put(right, y, set.vertical_right);
        }
        // Of one row or column, the upper and the left corners remain.
        put(right, bottom, set.bottom_right);
        put(right, top, set.top_right);
        put(left, bottom, set.bottom_left);
        put(left, top, set.top_left);
    }
}

impl Widget for Border<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return;
        }
        self.render_lines(area, buffer);
        let row = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2),
            height: 1,
            ..area
        };
        let lowest = Rect {
            y: area.bottom() - 1,
            ..row
        };
        write_on(buffer, &self.words(), row);
        if let Some(key) = &self.key {
            write_on(buffer, key, row);
        }
        let mut room = row.width;
        for (index, below) in self.below.iter().enumerate() {
            let width = cells(line_width(below));
            if index == 0 || width < room {
                write_on(buffer, below, lowest);
                room = room.saturating_sub(width);
            }
        }
    }
}

/// Writes a text on a line of a border, on its left or on its right.
fn write_on(buffer: &mut Buffer, line: &Line, row: Rect) {
    let width = cells(line_width(line)).min(row.width);
    let x = match line.alignment {
        Some(Alignment::Right) => row.right() - width,
        _ => row.x,
    };
    let area = Rect { x, width, ..row };
    buffer.set_style(area, Style::new().remove_modifier(Modifier::DIM));
    write_line(buffer, line, area);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::widgets::Block;

    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};

    #[test]
    fn a_key_is_stronger_than_what_it_does_and_a_sign_is_no_key() {
        let theme = Theme(Appearance {
            colors: Colors::None,
            glyphs: Glyphs::Unicode,
        });
        for (keys, strong) in [
            ("t score", &["t"][..]),
            (
                "p digits, arrows select, Enter sets w1",
                &["p", "arrows", "Enter"],
            ),
            ("↑ height (in)", &[]),
        ] {
            let line = theme.keys_line(keys);
            assert_eq!(line.to_string(), format!(" {keys} "));
            let found = line
                .spans
                .iter()
                .filter(|span| span.style == theme.strong());
            let found: Vec<&str> = found.map(|span| &*span.content).collect();
            assert_eq!(found, strong);
        }
    }

    proptest! {
        #[test]
        fn a_border_is_that_of_the_library_in_areas_of_any_size(
            title in "[a-z0-9−漢 ]{0,9}",
            key in proptest::option::of("[a-z ]{0,9}"),
            below in proptest::option::of(("[a-z ]{0,9}", any::<bool>())),
            area in (0u16..24, 0u16..5, 0u16..26, 0u16..6),
        ) {
            let theme = Theme(Appearance { colors: Colors::True, glyphs: Glyphs::Unicode });
            let area = Rect::new(area.0, area.1, area.2, area.3);
            let below = below.map(|(text, is_right)| {
                let line = Line::styled(text, theme.strong());
                if is_right { line.right_aligned() } else { line }
            });
            let key = key.map(|key| Line::from(key).right_aligned());
            let border = Border { key: key.clone(), below: below.clone().into_iter().collect(), ..theme.panel(title.clone()) };
            let words = Border { key: None, ..theme.panel(title) };
            let block = Block::bordered()
                .border_style(theme.dim())
                .title_style(Style::new().remove_modifier(Modifier::DIM))
                .title(words.words());
            let block = key.into_iter().fold(block, Block::title);
            let block = below.into_iter().fold(block, Block::title_bottom);
            prop_assert_eq!(border.inner(area), block.inner(area));
            let [mut written, mut drawn] = [(); 2].map(|()| Buffer::empty(Rect::new(0, 0, 22, 4)));
            border.render(area, &mut written);
            block.render(area, &mut drawn);
            prop_assert_eq!(written, drawn);
        }
    }
}
