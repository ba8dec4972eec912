//! What a terminal shows, and how a frame gets there: only the cells that it changes are written.
//!
//! ratatui's own terminal looks up the width of every cell of every frame. That cost more than drawing most of our
//! panels, and almost no cell is wide: here the widths are looked up of cells that change.

use std::mem;

use ratatui::backend::{Backend, ClearType};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};

use super::frame::Frame;
use super::style::{Theme, width};

/// A terminal of any size, even 0×0, with what it shows.
#[derive(Debug)]
pub struct Display<B> {
    backend: B,
    shown: Buffer,
    /// The theme of what is shown.
    theme: Option<Theme>,
    /// Whether the cursor is hidden, as far as is known.
    is_cursor_hidden: bool,
    /// Blank between two frames.
    frame: Frame,
    /// The cells that the frame changes. Kept, so that a frame allocates nothing.
    changed: Vec<(u16, u16)>,
}

impl<B: Backend> Display<B> {
    /// Begins with a terminal that shows nothing.
    ///
    /// # Errors
    ///
    /// If the terminal does not tell its size.
    pub fn new(backend: B) -> Result<Self, B::Error> {
        let size = backend.size()?;
        Ok(Self::blank(backend, size))
    }

    fn blank(backend: B, size: Size) -> Self {
        let frame = Frame::new(size);
        Self {
            backend,
            shown: Buffer::empty(frame.area()),
            theme: None,
            is_cursor_hidden: false,
            frame,
            changed: Vec::new(),
        }
    }

    /// The terminal.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// The terminal, to do something else with it than to show cells.
    pub fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// Returns how many columns the terminal has.
    ///
    /// # Errors
    ///
    /// If the terminal does not tell its size.
    pub fn columns(&self) -> Result<u16, B::Error> {
        Ok(self.backend.size()?.width)
    }

    /// Clears the terminal, whatever is on it: the next frame is written whole.
    ///
    /// # Errors
    ///
    /// If the terminal fails.
    pub fn repaint(&mut self) -> Result<(), B::Error> {
        self.frame = Frame::new(self.backend.size()?);
        self.shown = Buffer::empty(self.frame.area());
        self.is_cursor_hidden = false;
        // Not by asking where the cursor is: the answer would arrive as if it were typed.
        self.backend.clear_region(ClearType::All)
    }

    /// Draws a frame over the whole terminal. A terminal that is buffered is not flushed.
    pub(super) fn draw(
        &mut self,
        theme: Theme,
        render: impl FnOnce(&mut Frame),
    ) -> Result<(), B::Error> {
        if self.backend.size()? != self.shown.area.as_size() {
            self.repaint()?;
        }
        self.show(theme, render)
    }

    fn show(&mut self, theme: Theme, render: impl FnOnce(&mut Frame)) -> Result<(), B::Error> {
        render(&mut self.frame);
        if self.theme.replace(theme) != Some(theme) {
            // What another theme has finished may be what is not finished in this one.
            theme.finish_all(self.frame.buffer_mut());
        }
        self.take_changes(theme);
        let Self { shown, changed, .. } = self;
        if !changed.is_empty() {
            let cells = changed.iter().map(|&(x, y)| (x, y, &shown[(x, y)]));
            self.backend.draw(cells)?;
        }
        let cursor = self.frame.take_cursor();
        self.show_cursor(cursor)
    }

    /// Makes the frame what is shown, and blank; notes what that changes.
    fn take_changes(&mut self, theme: Theme) {
        let width = usize::from(self.shown.area.width).max(1);
        let shown = self.shown.content.chunks_mut(width);
        let next = self.frame.buffer_mut().content.chunks_mut(width);
        self.changed.clear();
        for (y, (shown, next)) in (0..).zip(shown.zip(next)) {
            take_row((theme, y), shown, next, &mut self.changed);
        }
    }

    fn show_cursor(&mut self, cursor: Option<Position>) -> Result<(), B::Error> {
        match cursor {
            Some(position) => {
                self.is_cursor_hidden = false;
                self.backend.show_cursor()?;
                self.backend.set_cursor_position(position)
            }
            None if self.is_cursor_hidden => Ok(()),
            None => {
                self.is_cursor_hidden = true;
                self.backend.hide_cursor()
            }
        }
    }
}

/// Makes the next cells of a row what is shown, and blank; notes what that changes. Terminals differ in what they leave
/// of a wide character of which a part is written over: a row in which one comes, goes or is touched is written whole.
fn take_row(
    (theme, y): (Theme, u16),
    shown: &mut [Cell],
    next: &mut [Cell],
    changed: &mut Vec<(u16, u16)>,
) {
    let before = changed.len();
    let mut is_whole = false;
    for x in 0..shown.len() {
        if !is_shown(&shown[x], &mut next[x..], theme) {
            is_whole |= is_wide(&shown[x]) || is_wide(&next[x]) || x > 0 && is_wide(&shown[x - 1]);
            mem::swap(&mut shown[x], &mut next[x]);
            changed.push((column(x), y));
        }
        next[x].reset();
    }
    if is_whole {
        changed.truncate(before);
        let mut x = 0;
        while let Some(cell) = shown.get(x) {
            changed.push((column(x), y));
            // What is behind a wide character is not seen.
            x += usize::from(width(cell.symbol())).max(1);
        }
    }
}

/// Whether the first cell of the rest of a row, once it is finished, looks as what is shown there. What is not finished
/// differs from all that is shown: most cells need not be.
fn is_shown(shown: &Cell, rest: &mut [Cell], theme: Theme) -> bool {
    if is_same(shown, &rest[0]) {
        return true;
    }
    theme.finish(rest);
    is_same(shown, &rest[0])
}

/// Whether two cells look the same. Equality of the library's calls a function for each symbol, though almost all are
/// one short character.
fn is_same(one: &Cell, other: &Cell) -> bool {
    let is_same_symbol = match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([one], [other]) => one == other,
        (one @ [_, _, _], other @ [_, _, _]) => {
            (one[0], one[1], one[2]) == (other[0], other[1], other[2])
        }
        (one, other) => one == other,
    };
    is_same_symbol && one.fg == other.fg && one.bg == other.bg && one.modifier == other.modifier
}

fn is_wide(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    symbol.len() > 1 && width(symbol) > 1
}

/// Converts an index into a row, which is no longer than a terminal is wide.
fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use proptest::prelude::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};

    fn theme(glyphs: Glyphs) -> Theme {
        let colors = Colors::True;
        Theme(Appearance { colors, glyphs })
    }

    /// A text in a cell of a frame, in a style.
    type Text = ((u16, u16), String, Style);

    /// What is written to a terminal that shows some frames one after another.
    fn written(frames: &[Vec<Text>]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let size = Size::new(9, 3);
        let mut display = Display::blank(CrosstermBackend::new(&mut bytes), size);
        for texts in frames {
            let render = |frame: &mut Frame| write(frame, texts);
            display.show(theme(Glyphs::Unicode), render).unwrap();
        }
        drop(display);
        bytes
    }

    fn write(frame: &mut Frame, texts: &[Text]) {
        for ((x, y), text, style) in texts {
            frame.buffer_mut().set_string(*x, *y, text, *style);
        }
    }

    /// The cells of a terminal that receives this: a text, its width, and its looks.
    fn seen(bytes: &[u8]) -> Vec<(String, bool, [vt100::Color; 2], bool)> {
        let [rows, columns] = [3, 9].map(|size| NonZero::new(size).unwrap());
        let mut terminal = vt100::Parser::new(rows, columns, 0);
        terminal.process(bytes);
        let cells = (0..3).flat_map(|row| (0..9).map(move |column| (row, column)));
        let cells = cells.map(|(row, column)| {
            let cell = terminal.screen().cell(row, column).unwrap();
            // A cell that was never written is blank too.
            let text = cell.contents().trim().to_owned();
            let colors = [cell.fgcolor(), cell.bgcolor()];
            (text, cell.is_wide(), colors, cell.underline())
        });
        cells.collect()
    }

    fn frame() -> impl Strategy<Value = Vec<Text>> {
        let styles = [
            Style::new(),
            Style::new().fg(Color::Red),
            Style::new()
                .bg(Color::Blue)
                .add_modifier(Modifier::UNDERLINED),
        ];
        let text = (
            (0u16..9, 0u16..3),
            "([a-c漢字█ é]|🇩🇪|👍🏽|e\u{301}){1,5}",
            prop::sample::select(styles.to_vec()),
        );
        prop::collection::vec(text, 0..5)
    }

    proptest! {
        #[test]
        fn a_terminal_shows_the_last_frame_whatever_was_before(frames in prop::collection::vec(frame(), 1..5)) {
            let last = &frames[frames.len() - 1..];
            prop_assert_eq!(seen(&written(&frames)), seen(&written(last)));
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_finished(
            frames in prop::collection::vec((frame(), any::<bool>()), 1..5),
        ) {
            let size = Size::new(9, 3);
            let mut display = Display::blank(CrosstermBackend::new(Vec::new()), size);
            for (texts, is_ascii) in frames {
                let glyphs = if is_ascii { Glyphs::Ascii } else { Glyphs::Unicode };
                display.show(theme(glyphs), |frame| write(frame, &texts)).unwrap();
                let mut frame = Frame::new(size);
                write(&mut frame, &texts);
                theme(glyphs).finish_all(frame.buffer_mut());
                prop_assert_eq!(&display.shown, &frame.into_buffer());
            }
        }
    }

    proptest! {
        #[test]
        fn cells_look_the_same_if_they_are_equal(one in cell(), other in cell()) {
            prop_assert_eq!(is_same(&one, &other), one == other);
        }
    }

    fn cell() -> impl Strategy<Value = Cell> {
        let text = prop::sample::select(vec![" ", "a", "b", "é", "▀", "⠿", "漢", "👍🏽", "e\u{301}"]);
        let color = prop::sample::select(vec![Color::Reset, Color::Red, Color::Indexed(3)]);
        let modifier = prop::sample::select(vec![Modifier::empty(), Modifier::BOLD]);
        (text, color.clone(), color, modifier).prop_map(|(text, fg, bg, modifier)| {
            let mut cell = Cell::EMPTY;
            // A cell that was never written is blank too.
            if text != " " || bg != Color::Reset {
                cell.set_symbol(text);
            }
            cell.set_style(Style::new().fg(fg).bg(bg).add_modifier(modifier));
            cell
        })
    }

    #[test]
    fn only_what_changes_is_written() {
        let text = |text: &str| vec![((1, 1), text.to_owned(), Style::new())];
        let [first, second] = [text("abc"), text("abd")];
        let once = written(std::slice::from_ref(&first)).len();
        assert_eq!(written(&[first.clone(), first.clone()]).len(), once);
        let both = written(&[first, second]);
        let added = String::from_utf8_lossy(&both[once..]);
        assert!(added.contains('d') && !added.contains('b'), "{added:?}");
    }
}
