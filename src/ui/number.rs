//! Numbers as the panels write them.

use super::Theme;

impl Theme {
    /// A parameter: always with its sign, three significant digits or so, 5 or 6 characters: "+1.04",
    /// "−0.24", "+12.3", "−3e−4". A number that is not 0 does not look like it.
    #[must_use]
    pub fn signed_number(self, value: f64) -> String {
        let sign = if value < 0.0 { self.minus() } else { "+" };
        format!("{sign}{}", self.magnitude(value.abs()))
    }

    /// An activation in at most five characters: "0.53", "−0.97", "12.3".
    #[must_use]
    pub fn activation(self, value: f64) -> String {
        match value {
            0.0..0.995 => format!("{value:.2}"),
            _ => self.signed_number(value).trim_start_matches('+').to_owned(),
        }
    }

    /// A value of the data, as short as it can be said: "−7", "127.87".
    #[must_use]
    pub fn short(self, value: f64) -> String {
        let text = match value.abs() {
            0.0 => "0".to_owned(),
            0.005..1e7 => format!("{value:.2}"),
            _ => return format!("{value:.0e}").replace('-', self.minus()),
        };
        let text = if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.')
        } else {
            &text
        };
        text.replace('-', self.minus())
    }

    /// A loss: three significant digits, "0.0413", "2.4e−5".
    #[must_use]
    pub fn loss(self, value: f64) -> String {
        let text = match value {
            0.0 => "0".to_owned(),
            0.0995..9.995 => format!("{value:.2}"),
            0.000_995..0.0995 => format!("{value:.4}"),
            _ => format!("{value:.1e}"),
        };
        text.replace('-', self.minus())
    }

    /// A loss that is compared with others: four significant digits, "0.001571", "2.413e−5".
    #[must_use]
    pub fn exact_loss(self, value: f64) -> String {
        let text = match value {
            0.0 => "0".to_owned(),
            0.000_1..10_000.0 => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "from 0 to 7"
                )]
                let decimals = (3.0 - value.log10().floor()).max(0.0) as usize;
                format!("{value:.decimals$}")
            }
            _ => format!("{value:.3e}"),
        };
        text.replace('-', self.minus())
    }

    fn magnitude(self, value: f64) -> String {
        let text = match value {
            0.0 => "0.00".to_owned(),
            0.005..9.995 => format!("{value:.2}"),
            9.995..99.95 => format!("{value:.1}"),
            99.95..9_999.5 => format!("{value:.0}"),
            _ => format!("{value:.0e}"),
        };
        text.replace('-', self.minus())
    }

    fn minus(self) -> &'static str {
        self.glyph("−", "-")
    }
}

/// A whole number with its thousands apart: "1,204,500".
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};

    const THEME: Theme = Theme(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Unicode,
    });

    #[test]
    fn parameters_have_a_sign_and_about_three_digits() {
        for (value, text) in [
            (1.041, "+1.04"),
            (-0.236, "−0.24"),
            (0.0, "+0.00"),
            (9.996, "+10.0"),
            (-12.34, "−12.3"),
            (123.4, "+123"),
            (99.96, "+100"),
            (0.000_31, "+3e−4"),
            (-0.000_31, "−3e−4"),
            (-1.7e308, "−2e308"),
            (45_000.0, "+4e4"),
        ] {
            assert_eq!(THEME.signed_number(value), text);
        }
    }

    #[test]
    fn ascii_numbers_are_ascii() {
        let theme = Theme(Appearance {
            colors: Colors::None,
            glyphs: Glyphs::Ascii,
        });
        assert_eq!(theme.signed_number(-0.000_31), "-3e-4");
    }

    #[test]
    fn counts_and_values_read_well() {
        let counts = [0, 999, 1000, 1_204_500].map(grouped);
        assert_eq!(counts, ["0", "999", "1,000", "1,204,500"]);
        let values = [128.0, 127.868, -7.0, 100.0, 0.0, -0.004, 1e300];
        let texts = values.map(|value| THEME.short(value));
        assert_eq!(texts, ["128", "127.87", "−7", "100", "0", "−4e−3", "1e300"]);
    }
}
