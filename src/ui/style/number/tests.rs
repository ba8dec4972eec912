use super::*;

#[test]
fn parameters_have_a_sign_and_about_three_digits() {
    for (value, text) in [
        (1.041, "+1.04"),
        (-0.236, "−0.24"),
        (0.0, "0"),
        (-0.0, "0"),
        (9.996, "+10.0"),
        (0.998, "+0.998"),
        (0.999_4, "+0.999"),
        (-0.999_8, "≈−1"),
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
        (0.999_4, "0.999"),
        (0.999_6, "≈1"),
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
        (0.999_4, "0.999"),
        (0.999_6, "0.9996"),
        (1.0 - 3e-10, "0.9999999997"),
        (0.999_904, "0.9999"),
        (0.999_96, "0.99996"),
        (-0.999_999_9, "−0.9999999"),
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
        (0.0, "0", "0.0000"),
        (4.43e-9, "4e−9", "4.43e−9"),
        (0.000_4, "4e−4", "0.0004"),
        (0.002_3, "0.002", "0.0023"),
        (0.007_8, "0.008", "0.0078"),
        (0.039, "0.039", "0.0390"),
        (0.721_6, "0.722", "0.7216"),
        (0.994_9, "0.995", "0.9949"),
        (0.999_4, "0.999", "0.9994"),
        (0.999_6, "≈1", "0.9996"),
        (0.999_96, "≈1", "0.99996"),
        (1.0, "1", "1.0000"),
        (-0.999_99, "≈−1", "−0.99999"),
        (1.2e-99, "1e−99", "1.2e−99"),
        (1e-200, "≈0", "1e−200"),
        (-1e-200, "≈0", "−1e−200"),
        (1e200, "1e200", "1e200"),
        (12.3, "12.3", "12.3000"),
    ] {
        assert_eq!(activation(value), text);
        assert_eq!(output(value), fine, "{value}");
    }
    let brief = [0.0, 0.039, 0.721_6, 0.995_1, -0.999_6, 1.0].map(brief_activation);
    assert_eq!(brief, ["0.00", "0.04", "0.72", "0.995", "≈−1", "1.00"]);
    let shares = [0.0, 0.000_2, 0.000_6, 0.75, 0.999_4, 0.999_8, 1.0];
    let texts = ["0%", "<0.1%", "0.1%", "75%", "99.9%", ">99.9%", "100%"];
    assert_eq!(shares.map(percent), texts);
    let shares = [0.0, 0.004, 0.006, 0.75, 0.994, 0.998, 1.0];
    let texts = ["0%", "<1%", "1%", "75%", "99%", ">99%", "100%"];
    assert_eq!(shares.map(whole_percent), texts);
}

/// The place behind the point of the last digit of a number: 3 of "0.532", 5 of "4e−5".
fn last_place(number: &str) -> i32 {
    let (mantissa, exponent) = number.split_once('e').unwrap_or((number, "0"));
    let exponent: i32 = exponent.replace(MINUS, "-").parse().unwrap();
    let decimals = mantissa.find('.').map_or(0, |at| mantissa.len() - at - 1);
    i32::try_from(decimals).unwrap() - exponent
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
                if let Some(end) = text.strip_prefix('≈') {
                    let end: f64 = end.parse().unwrap();
                    proptest::prop_assert!((end - value).abs() <= 0.000_5, "{value}: {text}");
                    continue;
                }
                let number: f64 = text.replace(MINUS, "-").parse().unwrap();
                proptest::prop_assert!(number > 0.0 && number < 1.0, "{value}: {text}");
                // Rounded, never cut.
                let half_a_unit = 0.500_001 * 10f64.powi(-last_place(&text));
                proptest::prop_assert!((number - value).abs() <= half_a_unit, "{value}: {text}");
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
fn a_number_has_as_many_decimals_before_a_change_as_after_it() {
    for (before, after, texts) in [
        (-1.362_18, -1.368_001, ["−1.3622", "−1.3680"]),
        (-2.612_91, -2.612_63, ["−2.61291", "−2.61263"]),
        (1.470_01, 0.052_31, ["1.4700", "0.0523"]),
        (9.980_1, 9.996_4, ["9.980", "9.996"]),
        (9.940_1, 10.030_1, ["9.940", "10.030"]),
        (0.999_982, 1.000_101, ["0.99998", "1.00010"]),
        (1.0, 0.997_853, ["1", "0.9979"]),
        (0.0, 0.012_34, ["0", "0.0123"]),
        (3.21e-7, 0.012_34, ["3.21e−7", "0.0123"]),
    ] {
        assert_eq!(around_change(before, after, 3), texts);
    }
}

proptest::proptest! {
    #[test]
    fn a_change_can_be_added_to_what_was_before_it(
        before in -20.0f64..20.0,
        step in 1.0f64..10.0,
        power in -9i32..2,
        digits in 3usize..9,
    ) {
        let after = before - step * 10f64.powi(power);
        let [old, new] = around_change(before, after, digits);
        let decimals = |text: &str| text.find('.').map_or(0, |point| text.len() - point - 1);
        let number = |text: &str| text.replace(MINUS, "-").parse::<f64>().unwrap();
        let is_exact = number(&old) == before || number(&new) == after;
        let is_plain = !(old.contains('e') || new.contains('e'));
        if !is_exact && is_plain && decimals(&old) < 15 {
            proptest::prop_assert_eq!(decimals(&old), decimals(&new), "{} {}", old, new);
            let last = 10f64.powi(-i32::try_from(decimals(&new)).unwrap());
            // In units of the last place, which are whole: the numbers themselves are rounded where they have so many.
            let units = |text: &str| text.replace(MINUS, "-").replace('.', "").parse::<i64>().unwrap();
            let off = (units(&old) - units(&new)) as f64 - (before - after) / last;
            proptest::prop_assert!(off.abs() <= 1.001, "{old} {new}");
            proptest::prop_assert!((after - before).abs() >= last, "{old} {new}");
        }
    }
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
        (3e-17, (-2.0, 2.0), "≈0"),
        (-3e-17, (-2.0, 2.0), "≈0"),
        (3e-17, (-2e-17, 4e-17), "3e−17"),
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
    let values = [128.0, 127.868, -7.0, 100.0, 0.0, -0.004, 4e-4, 1e300];
    let texts = values.map(short);
    let expected = ["128", "127.87", "−7", "100", "0", "−0.004", "4e−4", "1e300"];
    assert_eq!(texts, expected);
}

#[test]
fn a_range_has_a_dash_only_between_whole_numbers() {
    assert_eq!(range("120", "160"), "120–160");
    assert_eq!(range("1,000", "2,000"), "1,000–2,000");
    assert_eq!(range("0.0233", "0.0268"), "0.0233 to 0.0268");
    assert_eq!(range("7.36e−4", "1"), "7.36e−4 to 1");
    assert_eq!(range("−3", "3"), "−3 to 3");
}
