//! Round numbers along an axis, and how they are written.

use crate::ui::style::number::{self, MINUS};

/// What 0 is replaced by on a logarithmic axis.
const SMALLEST: f64 = 1e-300;

/// Some values of an axis, and the distance between them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ticks {
    pub(crate) values: Vec<f64>,
    /// The distance between neighbours; `None` if it is not the same everywhere.
    step: Option<f64>,
}

/// How the values of ticks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TickText {
    /// As numbers.
    Number,
    /// As percentages of 1.
    Percent,
    /// As whole numbers with their thousands separated.
    Count,
}

/// Returns multiples of 1, 2 or 5 times a power of ten that are at least `low` and at most `high`: at most `most` of them,
/// where there is room for two.
pub(super) fn linear(low: f64, high: f64, most: u16) -> Ticks {
    let ends = Ticks {
        values: vec![low, high],
        step: None,
    };
    let most = f64::from(most.max(2));
    let distance = high / most - low / most;
    let power = 10f64.powf(distance.log10().floor() - 1.0);
    if !power.is_normal() || !(power * 1000.0).is_finite() {
        return ends;
    }
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0].map(|times| times * power);
    let of = |step: f64| multiples(step, low, high);
    let are_few =
        |step: &f64| !are_surely_more(*step, (low, high), most) && of(*step).len() as f64 <= most;
    let smallest = steps.iter().position(are_few);
    // The next smaller step has too many, but one number alone shows no scale.
    let fitting = smallest.map(|index| steps[..=index].iter().rev());
    let step = fitting.and_then(|mut steps| steps.find(|step| of(**step).len() > 1));
    step.map_or(ends, |step| Ticks {
        values: of(*step),
        step: Some(*step),
    })
}

/// Whether there are more multiples of a step between two values than so many, told without listing them: only where
/// neighbours are different numbers.
fn are_surely_more(step: f64, (low, high): (f64, f64), most: f64) -> bool {
    let is_coarse = step > 1e-12 * low.abs().max(high.abs());
    is_coarse && high / step - low / step > most + 1.0
}

/// The multiples of a step from one value to another; of too small a step, only the first.
fn multiples(step: f64, low: f64, high: f64) -> Vec<f64> {
    /// More are no ticks.
    const MOST: u32 = 1000;
    // 0.1 · 3 is a little more than 0.3.
    let first = (low / step - 1e-6).ceil();
    let values = (0..MOST).map(|index| (first + f64::from(index)) * step);
    let within = values.take_while(|value| *value <= high + step * 1e-6);
    let mut within: Vec<f64> = within.filter(|value| value.is_finite()).collect();
    within.dedup();
    within
}

/// Returns powers of ten between two exponents, or, of ends at most a power of ten apart, 1, 2 and 5 times powers of ten.
pub(super) fn logarithmic(low: f64, high: f64, most: u16) -> Ticks {
    let power = |exponent: f64| 10f64.powf(exponent).clamp(SMALLEST, f64::MAX);
    let decades = high - low;
    let values = if decades <= 1.0 && most >= 4 {
        let powers = [low.floor(), low.floor() + 1.0];
        let values = powers.iter().flat_map(|exponent| {
            [1.0, 2.0, 5.0].map(|times| (times * power(*exponent)).min(f64::MAX))
        });
        let ends = [power(low) * (1.0 - 1e-6), power(high) * (1.0 + 1e-6)];
        values
            .filter(|value| (ends[0]..=ends[1]).contains(value))
            .collect()
    } else {
        let stride = (decades / f64::from(most.max(2) - 1).max(1.0))
            .ceil()
            .max(1.0);
        let first = (low - 1e-6).ceil();
        let exponents = (0..most.max(2)).map(|index| first + stride * f64::from(index));
        exponents
            .filter(|exponent| *exponent <= high + 1e-6)
            .map(power)
            .collect()
    };
    Ticks { values, step: None }
}

impl Ticks {
    /// Returns the texts of the values, all with the same number of decimals if their distances are the same.
    pub(crate) fn texts(&self, text: TickText) -> Vec<String> {
        let written = |value: &f64| match text {
            TickText::Number => self.number(*value, self.step),
            // As a share is written everywhere else.
            TickText::Percent if self.step.is_none() => number::share(*value, 1),
            TickText::Percent => {
                let percent = self.number(value * 100.0, self.step.map(|step| step * 100.0));
                format!("{percent}%")
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number; the cast saturates"
            )]
            TickText::Count => number::grouped(value.round() as u64),
        };
        self.values.iter().map(written).collect()
    }

    fn number(&self, value: f64, step: Option<f64>) -> String {
        let Some(step) = step else {
            return tick(value);
        };
        let largest = self
            .values
            .iter()
            .fold(step, |most, value| most.max(value.abs()));
        let is_usual = (1e-4..1e6).contains(&step) && largest < 1e6;
        // Neighbours that are near beside their size would look alike in few digits.
        let is_narrow = (1e-7..1e-4).contains(&step) && (1e-3..10.0).contains(&largest);
        if !is_usual && !is_narrow {
            return tick(value);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 7"
        )]
        let decimals = (-(step * 1.000_001).log10().floor()).clamp(0.0, 7.0) as usize;
        signed(&format!("{value:.decimals$}"))
    }
}

/// A number that stands alone, in few characters.
fn tick(value: f64) -> String {
    let size = value.abs();
    let is_plain = size == 0.0 || (1e-3..1e4).contains(&size);
    signed(&if is_plain && (value - value.round()).abs() < 1e-9 {
        format!("{value:.0}")
    } else if is_plain {
        let plain = format!("{value:.3}");
        plain.trim_end_matches('0').to_owned()
    } else {
        format!("{value:.1e}").replace(".0e", "e")
    })
}

/// Writes a number with the minus sign of all numbers; 0 has none.
fn signed(text: &str) -> String {
    let is_zero = text.chars().all(|c| "-0.".contains(c));
    let text = if is_zero {
        text.trim_start_matches('-')
    } else {
        text
    };
    text.replace('-', MINUS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_numbers() {
        let texts = |low, high, most| linear(low, high, most).texts(TickText::Number);
        assert_eq!(texts(0.0, 0.34, 4), ["0.0", "0.1", "0.2", "0.3"]);
        let fine = ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"];
        assert_eq!(texts(0.0, 0.34, 8), fine);
        assert_eq!(texts(-3.8, 2.9, 4), [&format!("{MINUS}2"), "0", "2"]);
        assert_eq!(texts(0.0, 140.0, 3), ["0", "50", "100"]);
        assert_eq!(texts(0.0, 1.9, 2), ["0", "1"]);
        let small = [1, 2, 3].map(|times| format!("{times}e{MINUS}9"));
        assert_eq!(texts(0.0, 3e-9, 4)[1..], small);
        assert_eq!(texts(0.5, 0.5001, 3), ["0.50000", "0.50005", "0.50010"]);
        let percent = linear(0.0, 1.0, 3).texts(TickText::Percent);
        assert_eq!(percent, ["0%", "50%", "100%"]);
    }

    #[test]
    fn a_logarithmic_axis_has_powers_of_ten_or_parts_of_one() {
        let texts = |low, high, most| logarithmic(low, high, most).texts(TickText::Number);
        assert_eq!(texts(-2.0, -1.0, 5), ["0.01", "0.02", "0.05", "0.1"]);
        assert_eq!(
            texts(-4.0, 0.0, 5),
            [format!("1e{MINUS}4").as_str(), "0.001", "0.01", "0.1", "1"]
        );
        let shares = logarithmic(-5.0, -2.0, 4).texts(TickText::Percent);
        assert_eq!(shares, ["0.001%", "0.01%", "0.1%", "1%"]);
        let small = logarithmic(-6.0, -4.0, 3).texts(TickText::Percent);
        assert_eq!(small, ["0.0001%", "0.001%", "0.01%"]);
    }

    proptest! {
        #[test]
        fn ticks_of_any_range_are_few_and_within_it(
            ends in (any::<f64>(), any::<f64>()),
            most in 0u16..40,
        ) {
            let (low, high) = ends;
            prop_assume!(low.is_finite() && high.is_finite() && low < high);
            let ticks = linear(low, high, most);
            prop_assert!((1..=usize::from(most.max(2)) + 3).contains(&ticks.values.len()));
            let slack = ticks.step.map_or(0.0, |step| step * 1e-5);
            prop_assert!(ticks.values.iter().all(|v| *v >= low - slack && *v <= high + slack), "{ticks:?}");
            for text in ticks.texts(TickText::Number) {
                prop_assert!(text.chars().count() <= 10, "{text}");
            }
        }
    }
}
