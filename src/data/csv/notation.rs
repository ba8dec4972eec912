//! Numbers as people write them: `$1,200`, `10 %`, `1.234,50`, `133 lb`, `−5`.

use unicode_normalization::UnicodeNormalization;

/// What separates decimals, and what thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct System {
    pub(super) decimal: char,
    /// A blank stands for any kind of blank, and `'` for any apostrophe.
    pub(super) thousands: Option<char>,
}

/// The systems in use, the most usual first.
pub(super) const SYSTEMS: &[System] = &[
    system('.', None),
    system('.', Some(',')),
    system('.', Some(' ')),
    system('.', Some('\'')),
    system('.', Some('_')),
    system(',', None),
    system(',', Some(' ')),
    system(',', Some('.')),
    system(',', Some('\'')),
    system(',', Some('_')),
];

const fn system(decimal: char, thousands: Option<char>) -> System {
    System { decimal, thousands }
}

/// A text that looks like a number, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    is_negative: bool,
    /// What stands before or behind the number: a currency, a unit, or a percent sign; "" if nothing does.
    pub(super) unit: String,
    /// Digits, and what separates them.
    core: String,
    /// "" or as in "e-5".
    exponent: String,
}

/// Currencies by their codes; symbols are known by Unicode.
const CURRENCIES: &[&str] = &[
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK",
    "PLN", "CZK", "HUF", "RUB", "TRY", "BRL", "MXN", "ZAR", "KRW", "SGD", "HKD", "THB", "IDR",
    "MYR", "PHP", "ILS", "AED", "SAR", "Rs", "Rs.", "kr", "Fr.", "R",
];

/// The largest number of characters in a unit.
const LONGEST_UNIT: usize = 12;

impl Parts {
    /// Takes a text apart; `None` if it does not look like a number.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = normal(text);
        let mut rest = text.trim();
        // The D of 1.5D3 is no unit.
        if odd_number(rest).is_some() {
            return None;
        }
        let mut is_negative = false;
        // As accountants write it.
        if let Some(inner) = rest
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
        {
            (is_negative, rest) = (true, inner.trim());
        }
        let mut sign = |rest: &mut &str| {
            if let Some(after) = rest.strip_prefix(['-', '+']) {
                is_negative ^= rest.starts_with('-');
                *rest = after.trim_start();
            }
        };
        sign(&mut rest);
        let core_start = rest.find(|c: char| c.is_ascii_digit() || ".,-+".contains(c))?;
        let before = rest[..core_start].trim_end();
        rest = &rest[core_start..];
        if !before.is_empty() {
            sign(&mut rest);
        }
        let (core, after) = rest.split_at(core_end(rest));
        let (exponent, behind) = split_exponent(after);
        let unit = unit(before, behind.trim())?;
        Some(Self {
            is_negative,
            unit,
            core: core.to_owned(),
            exponent: exponent.to_ascii_lowercase(),
        })
    }

    /// Whether this character stands in it.
    pub(super) fn has(&self, separator: char) -> bool {
        self.core.contains(separator)
    }

    /// The finite number that it is in this system; `None` if it is none.
    pub(super) fn value(&self, system: System) -> Option<f64> {
        let (whole, decimals) = match self.core.split_once(system.decimal) {
            Some((whole, decimals)) => (whole, decimals),
            None => (&*self.core, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let whole = match system.thousands {
            Some(separator) if whole.contains(separator) => ungrouped(whole, separator)?,
            _ => whole.to_owned(),
        };
        if !is_digits(&whole) || !is_digits(decimals) || whole.len() + decimals.len() == 0 {
            return None;
        }
        let sign = if self.is_negative { "-" } else { "" };
        let number = format!("{sign}{whole}.{decimals}{}", self.exponent);
        number
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }
}

/// One kind of minus, apostrophe and blank each; digits in ASCII where Unicode says that they are the same.
fn normal(text: &str) -> String {
    let normal = text.nfkc().filter(|c| *c != '\u{200b}' && *c != '\u{feff}');
    normal
        .map(|c| match c {
            '\u{2212}' | '\u{2010}'..='\u{2013}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' => '\'',
            '\u{66b}' => '.',
            '\u{66c}' => ',',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// Where digits and what separates them end: a separator is followed by a digit.
fn core_end(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((index, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let has_digit_next = next.is_some_and(|next| next.is_ascii_digit());
        let is_end = match c {
            '0'..='9' => false,
            '.' | ',' => !has_digit_next && (index == 0 || next.is_some_and(|next| next != ' ')),
            ' ' | '\'' | '_' => index == 0 || !has_digit_next,
            _ => true,
        };
        if is_end {
            break;
        }
        end = index + c.len_utf8();
    }
    end
}

/// An exponent, and what follows it.
fn split_exponent(text: &str) -> (&str, &str) {
    let Some(digits) = text.strip_prefix(['e', 'E']) else {
        return ("", text);
    };
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let count = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 {
        return ("", text);
    }
    text.split_at(text.len() - unsigned.len() + count)
}

/// The unit that stands before or behind a number; `None` if that is something else.
fn unit(before: &str, behind: &str) -> Option<String> {
    match (before, behind) {
        ("", "") => Some(String::new()),
        ("", unit) => is_unit(unit).then(|| unit.to_owned()),
        (currency, "") => is_currency(currency).then(|| currency.to_owned()),
        _ => None,
    }
}

fn is_currency(text: &str) -> bool {
    let is_symbol = |c: char| matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '฿' | '₠'..='⃀');
    let is_short = text.chars().count() <= 4;
    CURRENCIES.contains(&text) || (is_short && text.contains(is_symbol))
}

fn is_unit(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    let is_first =
        |c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°' | '\'' | '"' | '′' | '″');
    let is_later = |c: char| c.is_alphabetic() || " %/°²³·.^-*".contains(c);
    // m2 and cm3, but not "hr 20 min".
    let without_power = text.trim_end_matches(['2', '3']);
    let is_short = text.chars().count() <= LONGEST_UNIT;
    is_currency(text)
        || is_short && first.is_some_and(is_first) && without_power.chars().skip(1).all(is_later)
}

/// The digits of groups like 1,234,567, or as in India 12,34,567; `None` if they are not grouped so.
fn ungrouped(whole: &str, separator: char) -> Option<String> {
    let groups: Vec<&str> = whole.split(separator).collect();
    let (first, others) = groups.split_first()?;
    let (last, middle) = others.split_last()?;
    let is_short = |first: &str, longest| (1..=longest).contains(&first.len());
    let is_western = is_short(first, 3) && middle.iter().all(|group| group.len() == 3);
    let is_indian = is_short(first, 2) && middle.iter().all(|group| group.len() == 2);
    let is_grouped = (is_western || is_indian) && last.len() == 3 && !first.starts_with('0');
    is_grouped.then(|| groups.concat())
}

/// Why a text that looks like a number of a program is none that is read, if it is such a one.
pub(super) fn odd_number(text: &str) -> Option<&'static str> {
    let unsigned = text.trim_start_matches(['-', '+']).to_ascii_lowercase();
    let hexadecimal = unsigned.strip_prefix("0x");
    if hexadecimal.is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    }) {
        return Some("is a hexadecimal number, expected a decimal one");
    }
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let with_d = unsigned.split_once('d');
    if with_d.is_some_and(|(number, power)| is_number(number) && power.parse::<i32>().is_ok()) {
        return Some("has an exponent with D, expected one with e as in 1.5e3");
    }
    let is_infinite = text.parse::<f64>().is_ok_and(|number| !number.is_finite());
    is_infinite.then_some("is not a finite number")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, decimal: char, thousands: Option<char>) -> Option<f64> {
        Parts::of(text)?.value(system(decimal, thousands))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, decimal, thousands, number) in [
            ("1,234.50", '.', Some(','), 1234.5),
            ("1.234,50", ',', Some('.'), 1234.5),
            ("1 234,50", ',', Some(' '), 1234.5),
            ("1\u{202f}234\u{a0}567,5", ',', Some(' '), 1_234_567.5),
            ("1’234.5", '.', Some('\''), 1234.5),
            ("12,34,567", '.', Some(','), 1_234_567.0),
            ("1_000", '.', Some('_'), 1000.0),
            ("−5", '.', None, -5.0),
            ("- 5", '.', None, -5.0),
            ("(1,200)", '.', Some(','), -1200.0),
            ("-$1,200", '.', Some(','), -1200.0),
            ("$-3.5", '.', None, -3.5),
            ("1,5e3", ',', None, 1500.0),
            (".5", '.', None, 0.5),
            ("5.", '.', None, 5.0),
            ("１２", '.', None, 12.0),
            ("+7 kg", '.', None, 7.0),
        ] {
            assert_eq!(value(text, decimal, thousands), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_not_grouped_in_threes_has_no_thousands() {
        for text in [
            "1,23", "1234,567", "0,123", "1,,234", ",123", "1,234,56", "1,2345",
        ] {
            assert_eq!(value(text, '.', Some(',')), None, "{text}");
        }
    }

    #[test]
    fn units_stand_before_or_behind() {
        for (text, unit) in [
            ("133 lb", "lb"),
            ("133lb", "lb"),
            ("10%", "%"),
            ("10 %", "%"),
            ("$5", "$"),
            ("US$ 5", "US$"),
            ("EUR 5", "EUR"),
            ("5 €", "€"),
            ("60 m2", "m2"),
            ("5 km/h", "km/h"),
            ("21 °C", "°C"),
            ("1e5 V", "V"),
        ] {
            assert_eq!(
                Parts::of(text).map(|parts| parts.unit).as_deref(),
                Some(unit),
                "{text}"
            );
        }
        for text in [
            "",
            "kg",
            "a5",
            "2020-01-01",
            "12:30",
            "1/2",
            "A5 B",
            "5'3\"",
            "1 hr 20 min",
            "€",
            "-",
            "$5 kg",
        ] {
            let parts = Parts::of(text);
            let number = parts.and_then(|parts| parts.value(SYSTEMS[0]));
            assert_eq!(number, None, "{text}");
        }
    }

    #[test]
    fn numbers_of_other_programs_are_known_to_be_odd() {
        for text in [
            "0x1F",
            "-0xff",
            "1.5D3",
            "1d-05",
            "inf",
            "-Infinity",
            "1e999",
        ] {
            assert!(odd_number(text).is_some(), "{text}");
        }
        for text in ["0x", "xD3", "id5", "1.5", "d5", "12d", "nan5"] {
            assert_eq!(odd_number(text), None, "{text}");
        }
    }
}
