//! The text of numbers, independent of the terminal.
//!
//! One rule of rounding holds for all of them: what is not 0 does not look like 0, and what is less than 1 does not look
//! like 1. A probability of 0.9998 is 0.999, never the certainty that "1.00" would claim.

/// The minus sign of all numbers. Where only ASCII is available, it is replaced once the screen is finished.
pub const MINUS: &str = "−";

/// Formats a parameter with its sign and about three significant digits, in 4 to 6 characters: "+1.04", "−0.24",
/// "+12.3", "−3e−4".
#[must_use]
pub fn signed(value: f64) -> String {
    let size = value.abs();
    let text = match size {
        0.0 => "0.00".to_owned(),
        0.000_95..0.005 => format!("{size:.3}"),
        0.995..1.0 => format!("{:.3}", size.min(0.999)),
        0.005..9.995 => format!("{size:.2}"),
        9.995..99.95 => format!("{size:.1}"),
        99.95..9_999.5 => format!("{size:.0}"),
        _ => format!("{size:.0e}"),
    };
    sign(value).to_owned() + &typeset(&text)
}

/// Returns the largest number below 1 with this many digits: what is less than 1 is not rounded beyond it.
fn below_one(digits: usize) -> String {
    format!("0.{}", "9".repeat(digits.max(1)))
}

/// Formats like [`significant`], always with a sign.
#[must_use]
pub fn signed_significant(value: f64, digits: usize) -> String {
    sign(value).to_owned() + &significant(value.abs(), digits)
}

fn sign(value: f64) -> &'static str {
    if value < 0.0 { MINUS } else { "+" }
}

/// Formats an activation like a parameter, without a plus sign: "0.53", "−0.97", "12.3", "0.999", "4e−9".
#[must_use]
pub fn activation(value: f64) -> String {
    /// A smaller number would be wider.
    const SMALLEST: f64 = 1e-99;
    let is_tiny = value != 0.0 && value.abs() < SMALLEST;
    let value = if is_tiny {
        SMALLEST.copysign(value)
    } else {
        value
    };
    signed(value).trim_start_matches('+').to_owned()
}

/// Formats an output with four decimals, as the post does: "0.7216", "0.9999", "4.43e−9".
#[must_use]
pub fn output(value: f64) -> String {
    match value.abs() {
        0.0 => "0.0000".to_owned(),
        0.999_95..1.0 => sign_of_negative(value).to_owned() + &below_one(4),
        0.000_95..1e3 => typeset(&format!("{value:.4}")),
        _ => significant(value, 3),
    }
}

fn sign_of_negative(value: f64) -> &'static str {
    if value < 0.0 { MINUS } else { "" }
}

/// Formats a value of the data as short as possible: "−7", "127.87".
#[must_use]
pub fn short(value: f64) -> String {
    let text = match value.abs() {
        0.0 => "0".to_owned(),
        0.005..1e7 => format!("{value:.2}"),
        _ => return typeset(&format!("{value:.0e}")),
    };
    typeset(without_zeros(&text))
}

/// Formats a value of the data as short as possible, but with digits enough to tell it from others in this range: a
/// hundredth of the range shows, however small it is beside the values.
#[must_use]
pub fn apart(value: f64, (low, high): (f64, f64)) -> String {
    /// Longer numbers have an exponent.
    const LONGEST: usize = 20;
    let (size, spread) = (value.abs().max(low.abs()).max(high.abs()), high - low);
    let decimals = (2.0 - spread.log10()).ceil();
    if !decimals.is_finite() || (decimals <= 2.0 && size < 1e7) {
        return short(value);
    }
    // Digits before the point; less than 1 if zeros follow it.
    let whole = size.log10().floor() + 1.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the casts saturate, and an f64 has no more digits than 17"
    )]
    let (decimals, digits) = (
        decimals.max(0.0) as usize,
        (whole + decimals).clamp(1.0, 17.0) as usize,
    );
    let fixed = format!("{value:.decimals$}");
    if value == 0.0 || (size >= 1e-4 && fixed.len() <= LONGEST) {
        return typeset(without_zeros(&fixed));
    }
    let rounded = format!("{value:.*e}", digits - 1);
    let (mantissa, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    typeset(&format!("{}e{exponent}", without_zeros(mantissa)))
}

/// Formats a loss with three significant digits: "0.0413", "0.100", "27.1", "2.41e−5"; one that has overflowed is "∞".
#[must_use]
pub fn loss(value: f64) -> String {
    if !value.is_finite() {
        return significant(value, 3);
    }
    typeset(&match value {
        0.0 => "0".to_owned(),
        0.000_999_5..0.009_995 => format!("{value:.5}"),
        0.009_995..0.099_95 => format!("{value:.4}"),
        0.099_95..0.999_5 => format!("{value:.3}"),
        0.999_5..1.0 => below_one(3),
        1.0..9.995 => format!("{value:.2}"),
        9.995..99.95 => format!("{value:.1}"),
        99.95..9_999.5 => format!("{value:.0}"),
        _ => format!("{value:.2e}"),
    })
}

/// Formats a share between 0 and 1: "75%", "98.6%"; only none is "0%", only all are "100%".
#[must_use]
pub fn percent(share: f64) -> String {
    let shown = if share > 0.0 && share < 1.0 {
        share.clamp(0.001, 0.999)
    } else {
        share
    };
    let text = format!("{:.1}", shown * 100.0);
    format!("{}%", without_zeros(&text))
}

/// Formats a number in a formula with this many significant digits, or fewer if these are exact: "1", "−0.5",
/// "0.0474", "−3.21e−7".
#[must_use]
pub fn significant(value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "not a number".to_owned();
    }
    if value.is_infinite() {
        return format!("{}∞", sign_of_negative(value));
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let rounded = format!("{value:.*e}", digits - 1);
    if value.abs() < 1.0 && rounded.ends_with("e0") {
        return sign_of_negative(value).to_owned() + &below_one(digits);
    }
    let is_exact = rounded.parse() == Ok(value);
    let trimmed = |text: String| {
        if is_exact {
            without_zeros(&text).to_owned()
        } else {
            text
        }
    };
    let (mantissa, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    typeset(&match exponent.parse::<i32>() {
        Ok(exponent @ -4..7) => {
            let decimals = i32::try_from(digits).unwrap_or(0) - 1 - exponent;
            trimmed(format!(
                "{value:.*}",
                usize::try_from(decimals).unwrap_or(0)
            ))
        }
        _ => format!("{}e{exponent}", trimmed(mantissa.to_owned())),
    })
}

/// Formats a number after a change, with enough decimals to show the change.
#[must_use]
pub fn changed(value: f64, change: f64, digits: usize) -> String {
    /// An f64 has no more significant digits.
    const MOST_DIGITS: usize = 16;
    let exponent_gap = value.abs().log10().floor() - change.abs().log10().floor();
    let is_smaller = (1.0..MOST_DIGITS as f64).contains(&exponent_gap);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to 16"
    )]
    let extra = if is_smaller {
        exponent_gap as usize - 1
    } else {
        0
    };
    significant(value, (digits + extra).min(MOST_DIGITS))
}

/// Returns a decimal number without trailing zeros.
fn without_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

/// Returns a number with the minus sign of all numbers.
#[must_use]
pub fn typeset(number: &str) -> String {
    number.replace('-', MINUS)
}

/// Pads numbers with spaces on both sides so that their decimal points line up.
#[must_use]
pub fn aligned(numbers: &[String]) -> Vec<String> {
    let split = |number: &String| {
        let whole = number.find(['.', 'e']).unwrap_or(number.len());
        let before = number[..whole].chars().count();
        (before, number.chars().count() - before)
    };
    let widest = numbers
        .iter()
        .map(split)
        .fold((0, 0), |widest, (before, after)| {
            (widest.0.max(before), widest.1.max(after))
        });
    let pad = |number: &String| {
        let (before, after) = split(number);
        let blanks = |count| " ".repeat(count);
        blanks(widest.0 - before) + number + &blanks(widest.1 - after)
    };
    numbers.iter().map(pad).collect()
}

/// Formats a whole number with its thousands separated: "1,204,500".
#[must_use]
pub fn grouped(number: u64) -> String {
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

    #[test]
    fn parameters_have_a_sign_and_about_three_digits() {
        for (value, text) in [
            (1.041, "+1.04"),
            (-0.236, "−0.24"),
            (0.0, "+0.00"),
            (9.996, "+10.0"),
            (0.998, "+0.998"),
            (-0.999_8, "−0.999"),
            (1.0, "+1.00"),
            (-12.34, "−12.3"),
            (123.4, "+123"),
            (99.96, "+100"),
            (0.003_1, "+0.003"),
            (0.001, "+0.001"),
            (0.000_31, "+3e−4"),
            (-0.000_31, "−3e−4"),
            (-1.7e308, "−2e308"),
            (45_000.0, "+4e4"),
        ] {
            assert_eq!(signed(value), text);
        }
    }

    #[test]
    fn losses_have_three_digits_and_an_exponent_only_where_they_are_tiny_or_huge() {
        for (value, text) in [
            (0.0, "0"),
            (0.1, "0.100"),
            (0.0981, "0.0981"),
            (0.002_34, "0.00234"),
            (0.001, "0.00100"),
            (0.000_987_6, "9.88e−4"),
            (0.999_6, "0.999"),
            (1.0, "1.00"),
            (27.04, "27.0"),
            (140.4, "140"),
            (9_999.4, "9999"),
            (12_345.0, "1.23e4"),
            (f64::INFINITY, "∞"),
        ] {
            assert_eq!(loss(value), text);
        }
    }

    #[test]
    fn numbers_in_formulas_have_their_significant_digits() {
        for (value, text) in [
            (1.0, "1"),
            (-2.0, "−2"),
            (0.1, "0.1"),
            (0.047_425_873, "0.0474"),
            (-0.952_609, "−0.953"),
            (0.249_6, "0.250"),
            (0.25, "0.25"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.000_12, "0.00012"),
            (0.000_123_45, "0.000123"),
            (-3.214e-7, "−3.21e−7"),
            (-3e-7, "−3e−7"),
            (9.996, "10.0"),
            (0.999_6, "0.999"),
            (-0.999_999_9, "−0.999"),
            (12_345.678, "12346"),
            (1.5e9, "1.5e9"),
            (f64::NAN, "not a number"),
        ] {
            assert_eq!(significant(value, 3), text);
        }
        assert_eq!(significant(0.021_469_535, 8), "0.021469535");
        assert_eq!(significant(0.249_438_538_725, 5), "0.24944");
    }

    #[test]
    fn nothing_is_rounded_to_a_certainty() {
        for (value, text, fine) in [
            (0.0, "0.00", "0.0000"),
            (4.43e-9, "4e−9", "4.43e−9"),
            (0.000_4, "4e−4", "0.0004"),
            (0.002_3, "0.002", "0.0023"),
            (0.039, "0.04", "0.0390"),
            (0.721_6, "0.72", "0.7216"),
            (0.994_9, "0.99", "0.9949"),
            (0.995_1, "0.995", "0.9951"),
            (0.999_96, "0.999", "0.9999"),
            (1.0, "1.00", "1.0000"),
            (-0.999_99, "−0.999", "−0.9999"),
            (1e-200, "1e−99", "1e−200"),
            (12.3, "12.3", "12.3000"),
        ] {
            assert_eq!(activation(value), text);
            assert_eq!(output(value), fine, "{value}");
        }
        let shares = [0.0, 0.000_2, 0.75, 0.999_8, 1.0].map(percent);
        assert_eq!(shares, ["0%", "0.1%", "75%", "99.9%", "100%"]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_strictly_between_0_and_1_never_looks_like_an_end(value in 0.0f64..1.0, exponent in -30i32..0) {
            for value in [value, 1.0 - 10f64.powi(exponent), 10f64.powi(exponent) * value] {
                if value == 0.0 || value == 1.0 {
                    continue;
                }
                let texts = [activation(value), output(value), signed(value), loss(value)];
                let digits = (1..9).map(|digits| significant(value, digits));
                for text in texts.into_iter().chain(digits) {
                    let number: f64 = text.replace(MINUS, "-").parse().unwrap();
                    proptest::prop_assert!(number > 0.0 && number < 1.0, "{value}: {text}");
                }
            }
        }
    }

    #[test]
    fn a_changed_number_shows_its_change() {
        for (value, change, text) in [
            (0.997_853, -0.002_147, "0.9979"),
            (0.999_998_8, -1.23e-6, "0.9999988"),
            (-3.4, 0.5, "−3.4"),
            (2.0, 1e-30, "2"),
            (1.0, 0.0, "1"),
        ] {
            assert_eq!(changed(value, change, 3), text);
        }
    }

    #[test]
    fn decimal_points_line_up() {
        let numbers = ["1", "−0.953", "12.5", "3e−7"].map(str::to_owned);
        assert_eq!(aligned(&numbers), [" 1    ", "−0.953", "12.5  ", " 3e−7 "]);
    }

    #[test]
    fn a_value_has_digits_enough_to_tell_it_from_others() {
        for (value, range, text) in [
            (133.0, (120.0, 160.0), "133"),
            (-4.575_682, (-4.6, 4.9), "−4.58"),
            (48.208_174, (48.2081, 48.2089), "48.208174"),
            (-0.000_512, (-0.001, 0.001), "−0.00051"),
            (
                1_700_000_012.0,
                (1_699_990_000.0, 1_700_000_500.0),
                "1700000012",
            ),
            (
                1_700_000_000.25,
                (1_700_000_000.0, 1_700_000_001.0),
                "1700000000.25",
            ),
            (3.214e-7, (1e-8, 9e-7), "3.21e−7"),
            (1.25e250, (1e249, 3e250), "1.25e250"),
            (0.0, (-3e-9, 3e-9), "0"),
            (7.0, (7.0, 7.0), "7"),
            (1e308, (-1.7e308, 1.7e308), "1e308"),
        ] {
            assert_eq!(apart(value, range), text);
        }
    }

    #[test]
    fn counts_and_values_read_well() {
        let counts = [0, 999, 1000, 1_204_500].map(grouped);
        assert_eq!(counts, ["0", "999", "1,000", "1,204,500"]);
        let values = [128.0, 127.868, -7.0, 100.0, 0.0, -0.004, 1e300];
        let texts = values.map(short);
        assert_eq!(texts, ["128", "127.87", "−7", "100", "0", "−4e−3", "1e300"]);
    }
}
