//! Replacements for terminals that have only ASCII.

use ratatui::buffer::Buffer;

use super::number::MINUS;

/// The symbols of formulas and numbers, with their ASCII spelling.
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

/// Returns a text with the symbols of numbers and formulas in ASCII: "-3e-4", "h1 = f(w1*x1)".
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

/// Replaces the minus signs and dashes of a finished screen with hyphens, so that code that writes numbers and messages
/// does not depend on the terminal.
pub(crate) fn replace_dashes(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if [MINUS, "–"].contains(&cell.symbol()) {
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
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        let text = format!("{} – 1", number::signed(-0.000_31));
        buffer.set_string(0, 0, text, Style::new());
        replace_dashes(&mut buffer);
        assert_eq!(buffer, Buffer::with_lines(["-3e-4 - 1"]));
        assert_eq!(
            plain(&number::significant(f64::NEG_INFINITY, 3)),
            "-infinity"
        );
    }
}
