//! Reads the numbers of options and settings, with one clear sentence about what is wrong.

use anyhow::{Result, bail, ensure};

/// A whole number of 0 or more: `1000`, `1_000` or `1e3`, with blanks around it.
///
/// # Errors
///
/// One sentence that says what was found and what would be right.
pub fn read_count<T: TryFrom<u64>>(text: &str) -> Result<T> {
    let wrong = || format!("expected a whole number such as 1000, found {text:?}");
    let plain = without_underscores(text.trim());
    let (digits, zeros) = match plain.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.strip_prefix('+').unwrap_or(exponent)),
        None => (&*plain, "0"),
    };
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits.strip_prefix(['-', '−']).is_some_and(is_plain) {
        bail!("expected a whole number of 0 or more, found {text:?}");
    }
    ensure!(is_plain(digits) && is_plain(zeros), wrong());
    let count = digits.parse::<u64>().ok().and_then(|digits| {
        let power = 10_u64.checked_pow(zeros.parse().ok()?)?;
        digits.checked_mul(power)
    });
    let count = count.and_then(|count| T::try_from(count).ok());
    count.map_or_else(|| bail!("{text:?} is too large"), Ok)
}

/// A number: `0.1`, `1e-3`, with blanks around it.
///
/// # Errors
///
/// One sentence that says what was found and what would be right.
pub fn read_number(text: &str) -> Result<f64> {
    let plain = without_underscores(text.trim()).replace('−', "-");
    let Ok(number) = plain.parse::<f64>() else {
        let hint = match plain.replace(',', ".") {
            point if plain.contains(',') && point.parse::<f64>().is_ok() => {
                format!("; with a decimal point it is {point}")
            }
            _ => String::new(),
        };
        bail!("expected a number such as 0.1, found {text:?}{hint}");
    };
    let is_written_out = plain.contains(|c: char| c.is_ascii_digit());
    ensure!(
        number.is_finite() || !is_written_out,
        "{text:?} is too large"
    );
    Ok(number)
}

/// `1_000` as `1000`; an underscore that is not between digits stays.
fn without_underscores(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_some_and(u8::is_ascii_digit)
    };
    let is_between = |at: usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    text.char_indices()
        .filter(|&(at, c)| c != '_' || !is_between(at))
        .map(|(_, c)| c)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (text, count) in [
            ("0", 0),
            ("1000", 1000),
            ("1_000", 1000),
            ("1e3", 1000),
            ("2E+2", 200),
            (" 7\r", 7),
            ("\u{a0}7\u{a0}", 7),
            ("+7", 7),
            ("007", 7),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(read_count::<u64>(text).unwrap(), count, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_count_is_refused_in_our_words() {
        let refused = |text: &str| read_count::<u64>(text).unwrap_err().to_string();
        for text in [
            "", "abc", "1.5", "1e", "e3", "1e-3", "_1", "1__0", "0x10", "1 000", "--1",
        ] {
            let words = format!("expected a whole number such as 1000, found {text:?}");
            assert_eq!(refused(text), words);
        }
        for text in ["-1", "−1", " -20 "] {
            let words = format!("expected a whole number of 0 or more, found {text:?}");
            assert_eq!(refused(text), words);
        }
        for text in [
            "18446744073709551616",
            "1e20",
            "2e19",
            "1e99999999999999999999",
        ] {
            assert_eq!(refused(text), format!("{text:?} is too large"));
        }
        let small = read_count::<u16>("70000").unwrap_err().to_string();
        assert_eq!(small, "\"70000\" is too large");
    }

    #[test]
    fn numbers_are_read_or_refused_in_our_words() {
        for (text, number) in [
            ("0.1", 0.1),
            (" 1e-3\r", 0.001),
            ("1_000.5", 1000.5),
            ("−2", -2.0),
        ] {
            assert_eq!(read_number(text).unwrap(), number, "{text:?}");
        }
        assert!(read_number("inf").unwrap().is_infinite());
        for (text, words) in [
            ("", "expected a number such as 0.1, found \"\""),
            ("0.1x", "expected a number such as 0.1, found \"0.1x\""),
            (
                "0,1",
                "expected a number such as 0.1, found \"0,1\"; with a decimal point it is 0.1",
            ),
            ("1e999", "\"1e999\" is too large"),
        ] {
            assert_eq!(read_number(text).unwrap_err().to_string(), words);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_them_panic(text in any::<String>(), digits in "[-+_eE0-9. ]{0,12}") {
            for text in [text, digits] {
                let _ = (read_count::<u64>(&text), read_number(&text));
            }
        }

        #[test]
        fn every_number_is_read_back(count in any::<u64>(), number in any::<f64>()) {
            prop_assert_eq!(read_count::<u64>(&count.to_string()).unwrap(), count);
            if number.is_finite() {
                let text = format!("{number:e}");
                prop_assert_eq!(read_number(&text).unwrap().to_bits(), number.to_bits());
            }
        }
    }
}
