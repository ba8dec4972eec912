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

    proptest! {
        #[test]
        fn it_is_read_back_bit_for_bit(number in any::<f64>()) {
            let text = shortest(number);
            prop_assert!(text.len() < 25);
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
    }
}
