//! Equations: a formula, then the same with numbers, then the result.

use crate::ui::style::{Theme, width};

/// What further lines of a text begin with.
const INDENT: &str = "  ";

/// The width and the characters that formulas are written in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// Cells in a line.
    pub(super) width: usize,
    pub(super) theme: Theme,
}

impl Page {
    /// Returns a text in the characters of the terminal.
    pub(super) fn written(self, text: &str) -> String {
        self.theme.written(text)
    }

    /// Breaks a text into as many lines as it needs: after commas and colons if it can, otherwise between words.
    pub(super) fn lines(self, text: &str) -> Vec<String> {
        let text = self.written(text);
        if cells(&text) <= self.width {
            return vec![text];
        }
        let mut lines = Vec::new();
        let mut line = String::new();
        for clause in clauses(&text) {
            let has_room = cells(&line) + 1 + cells(clause) <= self.width;
            match line.is_empty() {
                false if has_room => line = format!("{line} {clause}"),
                false => {
                    lines.push(std::mem::take(&mut line));
                    append(&mut lines, &mut line, INDENT, clause, "", self.width);
                }
                true => append(&mut lines, &mut line, "", clause, "", self.width),
            }
        }
        lines.push(line);
        lines
    }
}

/// Returns the parts of a text that end with a comma or a colon, outside of parentheses.
fn clauses(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let mut before = ' ';
    let parts = text.split(move |c: char| {
        let ends = c == ' ' && depth == 0 && matches!(before, ',' | ':');
        depth += i32::from(c == '(') - i32::from(c == ')');
        before = c;
        ends
    });
    parts.collect()
}

/// `left = parts[0] = parts[1] = …`.
#[derive(Debug, Clone)]
pub(super) struct Equation {
    /// With its sign: "h1 =", "w1 ←".
    left: String,
    parts: Vec<String>,
}

impl Equation {
    /// An equation with this left side.
    pub(super) fn of(name: &str) -> Self {
        Self::with_sign(name, "=")
    }

    /// An assignment to this name.
    pub(super) fn update(name: &str) -> Self {
        Self::with_sign(name, "←")
    }

    fn with_sign(name: &str, sign: &str) -> Self {
        Self {
            left: format!("{name} {sign}"),
            parts: Vec::new(),
        }
    }

    /// Appends another form of the right side, unless it is the same text as the one before.
    pub(super) fn then(mut self, part: impl AsRef<str>) -> Self {
        let part = with_parentheses(part.as_ref());
        if self.parts.last() != Some(&part) {
            self.parts.push(part);
        }
        self
    }

    /// Writes it in one line if there is room, otherwise broken before equals signs, otherwise between words.
    pub(super) fn lines(&self, page: &Page) -> Vec<String> {
        let written = Self {
            left: page.written(&self.left),
            parts: self.parts.iter().map(|part| page.written(part)).collect(),
        };
        written.broken(page.width)
    }

    fn broken(&self, width: usize) -> Vec<String> {
        let indent = " ".repeat(cells(&self.left).saturating_sub(1).min(width / 4));
        let mut lines = Vec::new();
        let mut line = self.left.clone();
        for (index, part) in self.parts.iter().enumerate() {
            let sign = if index == 0 { " " } else { " = " };
            if index > 0 && cells(&line) + cells(sign) + cells(part) > width {
                lines.push(line);
                line = format!("{indent}=");
                append(&mut lines, &mut line, " ", part, &indent, width);
            } else {
                append(&mut lines, &mut line, sign, part, &indent, width);
            }
        }
        lines.push(line);
        lines
    }
}

/// Returns a formula with parentheses around the negative numbers that follow an operator: `1·(−2) + (−0.5)`.
pub(super) fn with_parentheses(formula: &str) -> String {
    let is_minus = |c: char| c == '−' || c == '-';
    let mut written = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let follows_operator = written.trim_end().ends_with(['·', '*', '+', '−', '-', '/']);
        let after = &rest[c.len_utf8()..];
        if is_minus(c) && follows_operator && after.starts_with(|c: char| c.is_ascii_digit()) {
            let number = &rest[..c.len_utf8() + number_length(after)];
            written.extend(["(", number, ")"]);
            rest = &rest[number.len()..];
        } else {
            written.push(c);
            rest = after;
        }
    }
    written
}

/// Returns the length of the number that a text begins with, in bytes: "0.5", "3e−7".
fn number_length(text: &str) -> usize {
    let mut before = ' ';
    let end = text.find(|c: char| {
        let belongs = c.is_ascii_digit() || c == '.' || c == 'e' || before == 'e';
        before = c;
        !belongs
    });
    end.unwrap_or(text.len())
}

/// Appends a part to the last line, and continues in new lines where there is no room.
fn append(
    lines: &mut Vec<String>,
    line: &mut String,
    sign: &str,
    part: &str,
    indent: &str,
    width: usize,
) {
    line.push_str(sign);
    let first = line.len();
    for word in part.split(' ') {
        let has_room = cells(line) + 1 + cells(word) <= width;
        if line.len() == first {
            line.push_str(word);
        } else if has_room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(std::mem::replace(line, format!("{indent}  {word}")));
        }
    }
}

fn cells(text: &str) -> usize {
    usize::from(width(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};

    fn equation() -> Equation {
        Equation::of("h1")
            .then("f(w1·x1 + w2·x2 + b1)")
            .then("f(1·−2 + −1·−1 + 0)")
            .then("f(−3)")
            .then("0.0474")
    }

    #[test]
    fn an_equation_is_one_line_where_there_is_room() {
        let line = "h1 = f(w1·x1 + w2·x2 + b1) = f(1·(−2) + (−1)·(−1) + 0) = f(−3) = 0.0474";
        assert_eq!(equation().broken(78), [line]);
        let lines = [
            "h1 = f(w1·x1 + w2·x2 + b1)",
            "   = f(1·(−2) + (−1)·(−1) + 0)",
            "   = f(−3) = 0.0474",
        ];
        assert_eq!(equation().broken(34), lines);
        let lines = [
            "h1 = f(w1·x1 +",
            "     w2·x2 + b1)",
            "   = f(1·(−2) +",
            "     (−1)·(−1) +",
            "     0) = f(−3)",
            "   = 0.0474",
        ];
        assert_eq!(equation().broken(16), lines);
    }

    #[test]
    fn a_text_is_broken_after_commas_and_colons_before_its_formulas_are() {
        let page = |width| Page {
            width,
            theme: Theme(Appearance {
                colors: Colors::None,
                glyphs: Glyphs::Unicode,
            }),
        };
        let sigmoid = "f is sigmoid: f(z) = 1 / (1 + e^−z), f′ = f·(1 − f)";
        let lines = [
            "f is sigmoid:",
            "  f(z) = 1 / (1 + e^−z),",
            "  f′ = f·(1 − f)",
        ];
        assert_eq!(page(33).lines(sigmoid), lines);
        let lines = ["f is sigmoid: f(z) = 1 / (1 + e^−z),", "  f′ = f·(1 − f)"];
        assert_eq!(page(48).lines(sigmoid), lines);
        let inputs = "x1 = weight = −2, x2 = height = −1";
        let lines = ["x1 = weight = −2,", "  x2 = height = −1"];
        assert_eq!(page(33).lines(inputs), lines);
        assert_eq!(page(34).lines(inputs), [inputs]);
        assert_eq!(
            page(12).lines("w1 contributes −2"),
            ["w1", "  contributes", "  −2"]
        );
        assert_eq!(clauses("max(0, z), x: y"), ["max(0, z),", "x:", "y"]);
    }

    #[test]
    fn negative_numbers_after_an_operator_have_parentheses() {
        for (plain, written) in [
            (
                "1.35·−2 + −0.257·−1 + 0.696",
                "1.35·(−2) + (−0.257)·(−1) + 0.696",
            ),
            ("−2·3 − −3e−7", "−2·3 − (−3e−7)"),
            ("-2·-0.5 / -1", "-2·(-0.5) / (-1)"),
            ("3e−4·2 − 1", "3e−4·2 − 1"),
            ("1 − (−2)² + e^−3", "1 − (−2)² + e^−3"),
        ] {
            assert_eq!(with_parentheses(plain), written);
        }
    }

    #[test]
    fn equal_parts_are_not_repeated() {
        let lines = Equation::of("z").then("−3").then("−3").broken(20);
        assert_eq!(lines, ["z = −3"]);
    }
}
