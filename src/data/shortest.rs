//! Numbers in text, with no more digits than they need.

/// The shortest text that gives the same number back; very large and very small ones with an exponent.
#[must_use]
pub fn shortest(number: f64) -> String {
    let text = format!("{number:?}");
    match text.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// A number, and the unit behind it if it has one.
#[must_use]
pub fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "" => number.to_owned(),
        _ => format!("{number} {unit}"),
    }
}

/// A predicted number with five significant digits and at most four decimals: 0.1235, 1234.6, 1.2346e9.
#[must_use]
pub fn plain(number: f64) -> String {
    match number.abs() {
        0.0 | 1e-3..10.0 => format!("{number:.4}"),
        10.0..100.0 => format!("{number:.3}"),
        100.0..1e3 => format!("{number:.2}"),
        1e3..1e4 => format!("{number:.1}"),
        1e4..1e7 => format!("{number:.0}"),
        _ => format!("{number:.4e}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_has_the_digits_that_it_needs() {
        for (number, text) in [
            (1.0, "1"),
            (-0.1, "-0.1"),
            (1000.0, "1000"),
            (0.001, "0.001"),
            (1e306, "1e306"),
            (5e-324, "5e-324"),
            (1.0 / 3.0, "0.3333333333333333"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(shortest(number), text);
        }
    }

    #[test]
    fn numbers_of_any_size_are_short() {
        for (number, text) in [
            (0.0, "0.0000"),
            (-0.25, "-0.2500"),
            (0.000_25, "2.5000e-4"),
            (24.06, "24.060"),
            (123_456.7, "123457"),
            (-1e306, "-1.0000e306"),
            (5e-324, "4.9407e-324"),
        ] {
            assert_eq!(plain(number), text);
        }
    }

    proptest! {
        #[test]
        fn it_is_read_back_bit_for_bit(number in any::<f64>()) {
            let text = shortest(number);
            prop_assert!(text.len() < 25);
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
    }
}
