//! Replacements for terminals that have only ASCII.

use ratatui::buffer::Cell;

use super::number::MINUS;

/// The symbols of formulas and numbers, with their ASCII spelling.
const ASCII: [(char, &str); 28] = [
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
    ('↑', "^"),
    ('∞', "infinity"),
    ('α', "alpha"),
    ('β', "beta"),
    ('μ', "mu"),
    ('₁', "1"),
    ('₂', "2"),
    ('×', "x"),
    ('÷', "/"),
    ('‖', "|"),
    ('ŷ', "pred."),
    ('…', "..."),
    ('–', "-"),
    ('—', "-"),
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

/// Replaces another character that is left in a cell of a finished screen by one that is as wide: a minus sign or a dash
/// by a hyphen, so that code that writes numbers and messages does not depend on the terminal, and a letter of a name from
/// a file by a question mark.
pub(super) fn replace_other(cell: &mut Cell) {
    let symbol = cell.symbol();
    if !symbol.is_ascii() {
        let replacement = match symbol {
            MINUS | "–" | "—" => '-',
            "…" | "·" => '.',
            "≈" => '~',
            _ => '?',
        };
        cell.set_char(replacement);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::super::number;
    use super::*;

    #[test]
    fn numbers_in_ascii_are_ascii() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 18, 1));
        let numbers = [number::signed(-0.000_31), number::activation(1e-200)];
        let text = format!("{} – é 漢字…", numbers.join(" "));
        buffer.set_string(0, 0, text, Style::new());
        buffer.content.iter_mut().for_each(replace_other);
        assert_eq!(buffer, Buffer::with_lines(["-3e-4 ~0 - ? ? ? ."]));
        assert_eq!(
            plain(&number::significant(f64::NEG_INFINITY, 3)),
            "-infinity"
        );
    }
}
