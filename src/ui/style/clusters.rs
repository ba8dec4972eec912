//! Characters that terminals draw with different widths.
//!
//! A flag, a family or a hand with a skin tone is one character of several code points. Some terminals draw it as one,
//! others draw each of its parts, and whatever is right of it moves. What all of them draw alike is its first part.

use ratatui::buffer::Cell;

use super::text::width;

/// The letters that flags are made of.
const FLAG_LETTERS: std::ops::RangeInclusive<char> = '\u{1f1e6}'..='\u{1f1ff}';

/// Replaces such a character in the first cell of the rest of a row by what every terminal draws alike: a flag by its
/// letters, another one by its first part.
pub(super) fn settle_width(rest: &mut [Cell]) {
    let Some(first) = rest.first() else { return };
    let symbol = first.symbol();
    if symbol.len() <= LONGEST_PLAIN {
        return;
    }
    let Some(settled) = settled(symbol) else {
        return;
    };
    let style = first.style();
    for (cell, part) in rest.iter_mut().zip(&settled) {
        cell.set_symbol(part).set_style(style);
    }
}

/// The longest symbol, in bytes, that all terminals draw alike: one character, or two that are not one drawing.
const LONGEST_PLAIN: usize = 3;

/// Returns what to draw instead of a symbol, cell by cell; `None` if all terminals draw it alike.
fn settled(symbol: &str) -> Option<Vec<String>> {
    let mut chars = symbol.chars();
    let first = chars.next()?;
    let is_flag = FLAG_LETTERS.contains(&first);
    if chars.next().is_none() && !is_flag {
        return None;
    }
    if is_flag {
        let letters = symbol.chars().filter_map(letter_of_flag);
        return Some(letters.map(String::from).collect());
    }
    let cells = width(symbol);
    let parts = symbol.chars().map(|c| width(c.encode_utf8(&mut [0; 4])));
    if parts.sum::<u16>() == cells {
        return None;
    }
    let first = first.to_string();
    let blanks = cells.saturating_sub(width(&first));
    let fits = (1..=cells).contains(&width(&first));
    let first = if fits { first } else { "?".to_owned() };
    let blanks = std::iter::repeat_n(" ".to_owned(), usize::from(blanks));
    Some(std::iter::once(first).chain(blanks).collect())
}

/// The letter that a part of a flag stands for.
fn letter_of_flag(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(u32::from(*FLAG_LETTERS.start()))?;
    char::from_u32(u32::from('A') + index).filter(char::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn all_terminals_draw_the_shortest_symbols_alike() {
        for second in '\u{80}'..='\u{7ff}' {
            for symbol in [format!("a{second}"), format!("1{second}")] {
                assert_eq!(settled(&symbol), None, "{symbol:?}");
            }
        }
    }

    #[test]
    fn every_terminal_draws_what_is_left_with_the_same_width() {
        for (text, drawn) in [
            ("🇩🇪 x", "DE x"),
            ("🇫🇷🇩🇪x", "FRDEx"),
            ("👩\u{200d}👩\u{200d}👧 x", "👩 x"),
            ("👍🏽 x", "👍 x"),
            ("❤\u{fe0f} x", "❤  x"),
            ("1\u{fe0f}\u{20e3} x", "1  x"),
            ("漢字 x", "漢字 x"),
            ("re\u{301}sume\u{301}", "re\u{301}sume\u{301}"),
            ("กำลัง", "กำลัง"),
            ("हिन्दी", "हिन्दी"),
            ("▓⠿─ −", "▓⠿─ −"),
        ] {
            let area = Rect::new(0, 0, 12, 1);
            let [mut buffer, mut expected] = [Buffer::empty(area), Buffer::empty(area)];
            buffer.set_string(0, 0, text, Style::new());
            expected.set_string(0, 0, drawn, Style::new());
            (0..buffer.content.len()).for_each(|x| settle_width(&mut buffer.content[x..]));
            assert_eq!(buffer, expected, "{text}");
            for cell in &buffer.content {
                let parts = cell.symbol().chars().map(|c| width(&c.to_string()));
                assert_eq!(parts.sum::<u16>(), width(cell.symbol()), "{text}");
            }
        }
    }
}
