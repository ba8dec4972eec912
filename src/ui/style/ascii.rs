//! What is written where a terminal has ASCII alone.

use ratatui::buffer::Buffer;

use super::number::MINUS;

/// The symbols of formulas and numbers, and how they are written without them.
const ASCII: [(char, &str); 15] = [
    ('∂', "d"),
    ('δ', "delta"),
    ('Σ', "sum of "),
    ('η', "rate"),
    ('λ', "l"),
    ('√', "root "),
    ('·', "*"),
    ('−', "-"),
    ('′', "'"),
    ('²', "^2"),
    ('←', "<-"),
    ('≈', "~"),
    ('≤', "<="),
    ('→', "->"),
    ('∞', "infinity"),
];

/// A text with the symbols of numbers and formulas written out in ASCII: "-3e-4", "h1 = f(w1*x1)".
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match ASCII.iter().find(|(symbol, _)| *symbol == c) {
            Some((_, ascii)) => plain.push_str(ascii),
            None => plain.push(c),
        }
    }
    plain
}

/// Replaces the minus signs on a drawn screen. Numbers are written with them everywhere, so that what writes a number
/// need not know the terminal.
pub(crate) fn replace_minus_signs(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol() == MINUS {
            cell.set_char('-');
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::super::number;
    use super::*;

    #[test]
    fn numbers_in_ascii_are_ascii() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, number::signed(-0.000_31), Style::new());
        replace_minus_signs(&mut buffer);
        assert_eq!(buffer, Buffer::with_lines(["-3e-4 "]));
        assert_eq!(
            plain(&number::significant(f64::NEG_INFINITY, 3)),
            "-infinity"
        );
    }
}
