//! Numbers below one another, with their decimal points in one column.

/// The least and the largest power of ten that [`significant`](super::significant) writes without an exponent, and all
/// between them; the last one is the first that it does not.
const PLAIN: [f64; 12] = [
    1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
];

/// From this share of a power of ten on, a number may be rounded to it.
const NEAR: f64 = 0.99;

/// The cells that numbers take up to their decimal points, and from there on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    before: usize,
    after: usize,
}

impl Room {
    /// What a number takes as it is written.
    #[must_use]
    pub fn of(number: &str) -> Self {
        let whole = number.find(['.', 'e']).unwrap_or(number.len());
        let before = number[..whole].chars().count();
        let after = number[whole..].chars().count();
        Self { before, after }
    }

    /// The most that a number takes with this many significant digits, known without writing it; `None` if it is not. That
    /// it takes nothing after its whole digits is exact.
    #[must_use]
    pub fn most_of(value: f64, digits: usize) -> Option<Self> {
        let (size, sign) = (value.abs(), usize::from(value < 0.0));
        if size == 0.0 {
            return Some(Self::of("0"));
        }
        if digits < 2 || !size.is_finite() {
            return None;
        }
        let power = PLAIN.partition_point(|power| *power <= size);
        let is_near_next = |next: &f64| size >= NEAR * next;
        if PLAIN.get(power).is_some_and(is_near_next) {
            return None;
        }
        if power == 0 || power == PLAIN.len() {
            return Some(Self {
                before: sign + 1,
                after: digits + "e".len() + longest_exponent(size),
            });
        }
        // The first of the powers has four digits behind the point.
        let decimals = (digits + 4).saturating_sub(power);
        let has_point = decimals > 0 && size.fract() != 0.0;
        Some(Self {
            before: sign + power.saturating_sub(4).max(1),
            after: usize::from(has_point) * (decimals + 1),
        })
    }

    /// The same in brackets, of which the second follows the last digit.
    #[must_use]
    pub fn in_brackets(self) -> Self {
        let is_whole = self.after == 0;
        Self {
            before: self.before + 1 + usize::from(is_whole),
            after: self.after + usize::from(!is_whole),
        }
    }

    /// Whether it is enough for what needs this.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.before >= other.before && self.after >= other.after
    }

    /// What both need.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            before: self.before.max(other.before),
            after: self.after.max(other.after),
        }
    }

    /// All cells.
    #[must_use]
    pub fn width(self) -> usize {
        self.before + self.after
    }

    /// Pads a number with spaces on both sides to this.
    #[must_use]
    pub fn pad(self, number: &str) -> String {
        let needed = Self::of(number);
        let blanks = |count| " ".repeat(count);
        blanks(self.before - needed.before) + number + &blanks(self.after - needed.after)
    }
}

/// Pads numbers with spaces on both sides so that their decimal points line up.
#[must_use]
pub fn aligned(numbers: &[String]) -> Vec<String> {
    let all = numbers.iter().map(|number| Room::of(number));
    let all = all.reduce(Room::with).unwrap_or_default();
    numbers.iter().map(|number| all.pad(number)).collect()
}

/// The cells of the exponent that a number may have, as its logarithm and its digits may be rounded.
fn longest_exponent(size: f64) -> usize {
    let exponent = size.log10().floor();
    let (sign, longest) = if exponent < 0.0 {
        (1, 1.0 - exponent)
    } else {
        (0, exponent + 1.0)
    };
    sign + match longest {
        ..10.0 => 1,
        ..100.0 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ui::style::number::{significant, typeset};

    #[test]
    fn decimal_points_are_below_one_another() {
        let numbers = ["1", "-0.953", "12.5", "3e-7"].map(typeset);
        assert_eq!(aligned(&numbers), [" 1    ", "−0.953", "12.5  ", " 3e−7 "]);
    }

    #[test]
    fn what_usual_numbers_take_is_known_exactly() {
        for (value, digits) in [
            (0.0, 3),
            (-0.012_345, 3),
            (0.000_123_45, 5),
            (123.456, 3),
            (-123.456, 5),
            (-7.0, 3),
            (123_456.7, 3),
            (1.234_5e-7, 3),
            (-1.234_5e-12, 5),
            (1.234_5e8, 3),
        ] {
            let written = Room::of(&significant(value, digits));
            assert_eq!(Room::most_of(value, digits), Some(written), "{value}");
        }
    }

    proptest! {
        #[test]
        fn a_number_takes_no_more_than_is_known_of_it(
            exponent in -310i32..310,
            mantissa in -10.0f64..10.0,
            places in 0usize..6,
            digits in 2usize..17,
        ) {
            let rounded: f64 = format!("{mantissa:.places$}").parse().unwrap();
            for exponent in [exponent, exponent % 12] {
                for mantissa in [mantissa, rounded] {
                    let value = mantissa * 10f64.powi(exponent);
                    if let Some(most) = Room::most_of(value, digits) {
                        let written = significant(value, digits);
                        prop_assert!(most.holds(Room::of(&written)), "{most:?} {written}");
                        let bracketed = Room::of(&format!("({written})"));
                        prop_assert!(most.in_brackets().holds(bracketed), "{most:?} {written}");
                    }
                }
            }
        }
    }
}
