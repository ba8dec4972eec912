//! The text of numbers, independent of the terminal.
//!
//! One rule of rounding holds for all of them: what is not 0 does not look like 0, and what is less than 1 neither looks
//! like 1 nor like a number that it is not. A probability of 0.9998 has as many digits as that takes, "0.9998"; where all
//! numbers are equally wide, it is "≈1".

mod alignment;
#[cfg(test)]
mod tests;

pub use alignment::{Room, aligned};

/// The minus sign of all numbers. Where only ASCII is available, it is replaced once the screen is finished.
pub const MINUS: &str = "−";

/// An f64 has no more significant digits.
const MOST_DIGITS: usize = 16;

/// Formats a parameter with its sign and about three significant digits, in 4 to 6 characters: "+1.04", "−0.24",
/// "+12.3", "−3e−4"; 0 has no sign: "0".
#[must_use]
pub fn signed(value: f64) -> String {
    let size = value.abs();
    let text = match size {
        0.0 => "0".to_owned(),
        0.000_95..0.005 => format!("{size:.3}"),
        HALF_BELOW_ONE..1.0 => return format!("≈{}1", sign(value)),
        0.995..HALF_BELOW_ONE => format!("{size:.3}"),
        0.005..9.995 => format!("{size:.2}"),
        9.995..99.95 => format!("{size:.1}"),
        99.95..9_999.5 => format!("{size:.0}"),
        _ => format!("{size:.0e}"),
    };
    sign(value).to_owned() + &typeset(&text)
}

/// From here on, a number below 1 would be rounded to 1.000.
const HALF_BELOW_ONE: f64 = 0.999_5;

/// Writes a number between 0 and 1 with the digits that it takes to show that it is less than 1: "0.9998".
fn below_one(value: f64) -> String {
    format!("{value:.*}", decimals_below_one(value))
}

fn decimals_below_one(value: f64) -> usize {
    let is_rounded_to_one = |decimals: &usize| format!("{value:.decimals$}").starts_with('1');
    (1..MOST_DIGITS)
        .find(|decimals| !is_rounded_to_one(decimals))
        .unwrap_or(MOST_DIGITS)
}

/// Formats like [`significant`], with a sign unless it is 0.
#[must_use]
pub fn signed_significant(value: f64, digits: usize) -> String {
    sign(value).to_owned() + &significant(value.abs(), digits)
}

fn sign(value: f64) -> &'static str {
    match value {
        0.0 => "",
        ..0.0 => MINUS,
        _ => "+",
    }
}

/// Formats an activation with three digits as formulas do, in at most 5 characters and a minus sign: "0.532", "−0.970",
/// "12.3", "4e−9"; what this room cannot tell from 0 or from 1 is "≈0" or "≈1", and only these themselves are "0" and "1".
#[must_use]
pub fn activation(value: f64) -> String {
    match value.abs() {
        0.0 | 1.0 => typeset(&format!("{value:.0}")),
        0.000_95..HALF_BELOW_ONE => typeset(&format!("{value:.3}")),
        _ => brief_activation(value),
    }
}

/// Formats an activation like a parameter, without a plus sign: "0.53", "−0.97", "12.3"; where there is no room for more.
#[must_use]
pub fn brief_activation(value: f64) -> String {
    /// A smaller number would be wider.
    const SMALLEST: f64 = 1e-99;
    match value.abs() {
        0.0 => "0.00".to_owned(),
        ..SMALLEST => "≈0".to_owned(),
        _ => signed(value).replace('+', ""),
    }
}

/// Formats an output with four decimals, as the post does: "0.7216", "0.99997", "4.43e−9".
#[must_use]
pub fn output(value: f64) -> String {
    match value.abs() {
        0.0 => "0.0000".to_owned(),
        size @ 0.999_95..1.0 => sign_of_negative(value).to_owned() + &below_one(size),
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
        0.000_95..0.005 => format!("{value:.3}"),
        0.005..1e7 => format!("{value:.2}"),
        _ => return typeset(&format!("{value:.0e}")),
    };
    typeset(without_zeros(&text))
}

/// Formats a value of the data as short as possible, but with digits enough to tell it from others in this range: a
/// hundredth of the range shows, however small it is beside the values. What is 0 but for rounding is "≈0".
#[must_use]
pub fn apart(value: f64, (low, high): (f64, f64)) -> String {
    /// Longer numbers have an exponent.
    const LONGEST: usize = 20;
    /// A share of the range that is only the rounding of a difference: of a mean from itself.
    const ROUNDING: f64 = 1e-12;
    let (size, spread) = (value.abs().max(low.abs()).max(high.abs()), high - low);
    if value != 0.0 && spread.is_finite() && value.abs() < ROUNDING * spread {
        return "≈0".to_owned();
    }
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
        0.099_95..HALF_BELOW_ONE => format!("{value:.3}"),
        HALF_BELOW_ONE..1.0 => "≈1".to_owned(),
        1.0..9.995 => format!("{value:.2}"),
        9.995..99.95 => format!("{value:.1}"),
        99.95..9_999.5 => format!("{value:.0}"),
        _ => format!("{value:.2e}"),
    })
}

/// Formats a share of something, however small, with this many significant digits: "0.063%".
#[must_use]
pub fn share(share: f64, digits: usize) -> String {
    format!("{}%", significant(share * 100.0, digits))
}

/// Formats a share between 0 and 1: "75%", "98.6%"; only none is "0%", only all are "100%", and what would be rounded to
/// them is "<0.1%" or ">99.9%".
#[must_use]
pub fn percent(share: f64) -> String {
    percent_with(1, share)
}

/// Formats a share between 0 and 1 in whole percent: "75%", "<1%".
#[must_use]
pub fn whole_percent(share: f64) -> String {
    percent_with(0, share)
}

fn percent_with(decimals: usize, share: f64) -> String {
    let text = format!("{:.decimals$}", share * 100.0);
    let least = 0.1f64.powi(i32::try_from(decimals).unwrap_or_default());
    match without_zeros(&text) {
        "0" if share > 0.0 => format!("<{least:.decimals$}%"),
        "100" if share < 1.0 => format!(">{:.decimals$}%", 100.0 - least),
        text => format!("{text}%"),
    }
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
        return sign_of_negative(value).to_owned() + &below_one(value.abs());
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
    significant(value, digits_of_changed(value, change, digits))
}

/// The significant digits of a number that show how it has changed: this many, or more after a small change.
fn digits_of_changed(value: f64, change: f64, digits: usize) -> usize {
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
    (digits + extra).min(MOST_DIGITS)
}

/// Formats a number before and after a change, so that the change can be added to the one to get the other.
#[must_use]
pub fn around_change(before: f64, after: f64, digits: usize) -> [String; 2] {
    let [old, new] = digits_around_change(before, after, digits);
    [significant(before, old), significant(after, new)]
}

/// The significant digits of a number before and after a change: with equally many decimals, so that the change can be
/// added to the one to get the other.
#[must_use]
pub fn digits_around_change(before: f64, after: f64, digits: usize) -> [usize; 2] {
    let values = [before, after];
    let mut all = values.map(|value| digits_of_changed(value, after - before, digits));
    // Another digit can be more than one decimal, or none: 9.996 is rounded to 10.0.
    while let [Some(decimals), Some(others)] = [0, 1].map(|of| decimals(values[of], all[of]))
        && decimals != others
    {
        let fewer = usize::from(others < decimals);
        if all[fewer] == MOST_DIGITS {
            break;
        }
        all[fewer] += 1;
    }
    all
}

/// The decimals of a number with this many significant digits; `None` if it is written without, or with an exponent.
fn decimals(value: f64, digits: usize) -> Option<usize> {
    let size = value.abs();
    if !(1e-4..1e7).contains(&size) {
        return None;
    }
    let power = size.log10().floor();
    let digits = i32::try_from(digits).unwrap_or(i32::MAX);
    let rounded_to = 10.0 - 5.0 * 10f64.powi(-digits);
    if size < 1.0 && size >= rounded_to / 10.0 {
        return Some(decimals_below_one(size));
    }
    let is_rounded_up = power >= 0.0 && size >= rounded_to * 10f64.powf(power);
    #[expect(clippy::cast_possible_truncation, reason = "from -4 to 6")]
    let power = power as i32 + i32::from(is_rounded_up);
    Some(usize::try_from(digits - 1 - power).unwrap_or(0))
}

/// Formats the range between two numbers that are written already: "120–160", but "0.0233 to 0.0268", where a dash before
/// a decimal number or after an exponent would look like a minus sign.
#[must_use]
pub fn range(low: &str, high: &str) -> String {
    let is_whole = |text: &str| {
        text.chars()
            .all(|sign| sign.is_ascii_digit() || sign == ',')
    };
    let to = if is_whole(low) && is_whole(high) {
        "–"
    } else {
        " to "
    };
    format!("{low}{to}{high}")
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

/// Formats a figure in running text like [`significant`], and a whole number with its thousands separated: "1,000".
#[must_use]
pub fn figure(value: f64, digits: usize) -> String {
    let text = significant(value, digits);
    text.parse().map_or(text, grouped)
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
