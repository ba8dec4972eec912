//! How text gets into cells: the one place where a line is written. What is broken between words, and tables, are
//! widgets of the library.
//!
//! ratatui divides a text into what a reader sees as characters and looks up the width of each of them. That is most of
//! the cost of a short text, and almost all of ours consist of characters that are one cell each: these are written as
//! they come. Other texts, from files, are left to ratatui.

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

/// Whether a character is a cell wide wherever it is, and never joined to the one before.
fn is_narrow(c: char) -> bool {
    matches!(
        c,
        ' '..='~'
            | '¡'..='¬'
            | '®'..='ſ'
            | 'Α'..='ω'
            | '‐'..='‧'
            | '‰'..='⁞'
            | '⁰'..='ₜ'
            | '←'..='⋿'
            | '─'..='◼'
            | '⠀'..='⣿'
    )
}

/// Returns the width of a text of narrow characters only, in cells; `None` of any other.
pub(super) fn narrow_width(text: &str) -> Option<usize> {
    let mut count = 0;
    for c in text.chars() {
        if !is_narrow(c) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// The same of a line.
fn narrow_line_width(line: &Line) -> Option<usize> {
    let widths = line.spans.iter().map(|span| narrow_width(&span.content));
    widths.sum()
}

/// Returns the width of a line in cells.
pub(crate) fn line_width(line: &Line) -> usize {
    narrow_line_width(line).unwrap_or_else(|| line.width())
}

/// Draws a line into the first row of an area, like [`Line`] as a widget.
pub(crate) fn write_line(buffer: &mut Buffer, line: &Line, area: Rect) {
    let Some(width) = narrow_line_width(line) else {
        return line.render(area, buffer);
    };
    let area = area.intersection(buffer.area);
    if area.is_empty() || width == 0 {
        return;
    }
    if line.style != Style::new() {
        buffer.set_style(Rect { height: 1, ..area }, line.style);
    }
    let room = usize::from(area.width);
    let (free, mut hidden) = (room.saturating_sub(width), width.saturating_sub(room));
    let free = match line.alignment {
        Some(Alignment::Center) => {
            hidden /= 2;
            free / 2
        }
        Some(Alignment::Right) => free,
        _ => {
            hidden = 0;
            0
        }
    };
    let start = buffer.index_of(area.x, area.y);
    let mut cells = buffer.content[start..start + room].iter_mut().skip(free);
    for Span { content, style } in &line.spans {
        for c in content.chars() {
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            let Some(cell) = cells.next() else { return };
            cell.set_char(c).set_style(*style);
        }
    }
}

/// Draws a text from a cell of the buffer on, as far as there is room for it in this many cells and in the row.
pub(crate) fn write(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    text: &str,
    room: usize,
    style: Style,
) {
    if narrow_width(text).is_none() {
        buffer.set_stringn(x, y, text, room, style);
        return;
    }
    let room = room.min(usize::from(buffer.area.right().saturating_sub(x)));
    if room == 0 || text.is_empty() {
        return;
    }
    let start = buffer.index_of(x, y);
    let cells = buffer.content[start..start + room].iter_mut();
    for (cell, c) in cells.zip(text.chars()) {
        cell.set_char(c).set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier};

    use super::*;

    #[test]
    fn narrow_characters_are_a_cell_wide_each_and_alone() {
        let narrow = ('\0'..=char::MAX).filter(|c| is_narrow(*c));
        for c in narrow {
            let text = format!("x{c}{c}x");
            assert_eq!(Span::raw(&text).width(), 4, "{c:?}");
            let span = Span::raw(&text);
            assert_eq!(span.styled_graphemes(Style::new()).count(), 4, "{c:?}");
        }
    }

    /// Texts of narrow and of other characters, in styles that add to and take from what is there.
    fn spans() -> impl Strategy<Value = Vec<Span<'static>>> {
        let styles = [
            Style::new(),
            Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            Style::new().bg(Color::Blue).remove_modifier(Modifier::DIM),
        ];
        let span = (
            "[ -~−·Ση█⠿é]{0,9}|[a-c漢\u{301}\t]{0,4}",
            prop::sample::select(styles.to_vec()),
        );
        prop::collection::vec(
            span.prop_map(|(text, style)| Span::styled(text, style)),
            0..4,
        )
    }

    /// A buffer whose cells have something to write over.
    fn filled() -> Buffer {
        let mut buffer = Buffer::filled(Rect::new(0, 0, 12, 2), ratatui::buffer::Cell::new("漢"));
        buffer.set_style(buffer.area, Style::new().add_modifier(Modifier::DIM));
        buffer
    }

    proptest! {
        #[test]
        fn a_line_is_written_as_the_library_draws_it(
            spans in spans(),
            alignment in prop::sample::select(vec![None, Some(Alignment::Left), Some(Alignment::Center), Some(Alignment::Right)]),
            is_dim in any::<bool>(),
            area in (0u16..14, 0u16..3, 0u16..16, 0u16..3),
        ) {
            let style = if is_dim { Style::new().add_modifier(Modifier::DIM) } else { Style::new() };
            let line = Line { style, alignment, spans };
            let area = Rect::new(area.0, area.1, area.2, area.3);
            let [mut written, mut drawn] = [filled(), filled()];
            write_line(&mut written, &line, area);
            (&line).render(area, &mut drawn);
            prop_assert_eq!(written, drawn);
            prop_assert_eq!(line_width(&line), line.width());
        }

        #[test]
        fn a_text_is_written_as_the_library_draws_it(
            text in "[ -~−·Ση█⠿é]{0,14}|[a-c漢\u{301}\t]{0,9}",
            x in 0u16..14,
            room in 0usize..16,
        ) {
            let style = Style::new().fg(Color::Red);
            let [mut written, mut drawn] = [filled(), filled()];
            write(&mut written, (x, 1), &text, room, style);
            drawn.set_stringn(x, 1, &text, room, style);
            prop_assert_eq!(written, drawn);
        }
    }
}
