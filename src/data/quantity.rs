//! Numbers with units, and weights and heights as people write them: `128`, `128 lb`, `58kg`, `160cm`, `5'3"`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{quoted, scrub};

/// What a column of numbers measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// What it is called, "weight".
    pub name: String,
    /// What it is measured in, "lb"; empty if that is unknown.
    pub unit: String,
}

impl Quantity {
    /// Removes from both texts what could disturb a screen.
    pub fn scrub_texts(&mut self) {
        (self.name, self.unit) = (scrub(&self.name), scrub(&self.unit));
    }
}

/// "weight (lb)", or "weight" where there is no unit.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.unit.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", self.unit)
        }
    }
}

/// A unit, by the names that people give it; the first is its own.
struct Unit {
    dimension: Dimension,
    /// In 10 µg or µm: whole numbers, so that feet stay exact in inches and stones in pounds.
    size: f64,
    names: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Weight,
    Length,
}

impl Dimension {
    fn name(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Length => "length",
        }
    }
}

// The international pound and inch of 1959.
const POUND: f64 = 45_359_237.0;
const KILOGRAM: f64 = 1e8;
const INCH: f64 = 25_400.0;
const CENTIMETRE: f64 = 10_000.0;

const UNITS: &[Unit] = &[
    weight(POUND, &["lb", "lbs", "pound", "pounds"]),
    weight(KILOGRAM, &["kg", "kilo", "kilos"]),
    weight(KILOGRAM / 1000.0, &["g"]),
    weight(POUND / 16.0, &["oz"]),
    weight(POUND * 14.0, &["st", "stone"]),
    length(INCH, &["in", "inch", "inches", "\"", "″", "”", "''"]),
    length(INCH * 12.0, &["ft", "foot", "feet", "'", "′", "’"]),
    length(CENTIMETRE, &["cm"]),
    length(CENTIMETRE / 10.0, &["mm"]),
    length(CENTIMETRE * 100.0, &["m"]),
];

const fn weight(size: f64, names: &'static [&'static str]) -> Unit {
    Unit {
        dimension: Dimension::Weight,
        size,
        names,
    }
}

const fn length(size: f64, names: &'static [&'static str]) -> Unit {
    Unit {
        dimension: Dimension::Length,
        size,
        names,
    }
}

/// The unit that a number without one has behind a number with this one: `5'3` is 5 feet 3 inches.
const NEXT_SMALLER: &[(&str, &str)] = &[("ft", "in"), ("st", "lb")];

fn find(name: &str) -> Option<&'static Unit> {
    let name = name.to_lowercase();
    UNITS
        .iter()
        .find(|unit| unit.names.contains(&name.as_str()))
}

/// The value of `text` in `unit` (the feature's own: "lb", "in", or anything else, in which case only
/// plain numbers are understood).
///
/// # Errors
///
/// One clause that says what is wrong with the text.
pub fn parse(text: &str, unit: &str) -> Result<f64, String> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err("nothing is typed yet".to_owned());
    }
    if let Some(number) = in_own_unit(rest, unit) {
        return Ok(number);
    }
    let mut total = 0.0;
    // The unit of a number without one; `None` where there must be no more numbers.
    let mut assumed = Some(unit);
    while !rest.is_empty() {
        let (number, name, after) = split_first(rest);
        let number: f64 = number
            .parse()
            .map_err(|_| format!("{} is not a number", quoted(text)))?;
        let name = match (name, assumed) {
            ("", None) => return Err(format!("{} is more than one number", quoted(text))),
            ("", Some(assumed)) => assumed,
            _ => name,
        };
        total += number * ratio(name, unit)?;
        assumed = NEXT_SMALLER
            .iter()
            .find(|(large, _)| is_same(large, name))
            .map(|&(_, small)| small);
        rest = after;
    }
    if total.is_finite() {
        Ok(total)
    } else {
        Err(format!("{} is too large", quoted(text)))
    }
}

/// The number of a text that has the unit itself before or behind it, whatever that is: `60 m2`, `$5`.
fn in_own_unit(text: &str, unit: &str) -> Option<f64> {
    let number = text
        .strip_suffix(unit)
        .or_else(|| text.strip_prefix(unit))?;
    let number = number.trim().parse().ok();
    number.filter(|number: &f64| number.is_finite())
}

/// The first number of a text, the unit behind it ("" if there is none), and what follows.
fn split_first(text: &str) -> (&str, &str, &str) {
    let is_number = |c: char| matches!(c, '0'..='9' | '.' | '+' | '-');
    let mut end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    // 1e-9: an exponent is a part of the number.
    if let Some(exponent) = text[end..].strip_prefix(['e', 'E'])
        && exponent.starts_with(is_number)
    {
        let digits = exponent.find(|c| !is_number(c)).unwrap_or(exponent.len());
        end += 1 + digits;
    }
    let (number, after) = text.split_at(end);
    let after = after.trim_start();
    let name_end = after
        .find(|c| is_number(c) || c == ' ')
        .unwrap_or(after.len());
    let (name, after) = after.split_at(name_end);
    (number, name, after.trim_start())
}

/// How many of `unit` are in one of `name`.
fn ratio(name: &str, unit: &str) -> Result<f64, String> {
    if name == unit {
        return Ok(1.0);
    }
    let wanted = find(unit).ok_or_else(|| format!("{}: this value has no unit", quoted(name)))?;
    let given = find(name).ok_or_else(|| format!("unknown unit {}", quoted(name)))?;
    if given.dimension == wanted.dimension {
        Ok(given.size / wanted.size)
    } else {
        Err(format!(
            "{} is not a unit of {}",
            quoted(name),
            wanted.dimension.name()
        ))
    }
}

fn is_same(own_name: &str, name: &str) -> bool {
    find(name).is_some_and(|unit| unit.names[0] == own_name)
}

/// A person's weight or height as other countries measure it: "58 kg", "160 cm", "5'3\""; empty for
/// units in which nobody gives them.
#[must_use]
pub fn in_other_units(value: f64, unit: &str) -> Vec<String> {
    let Some(own) = find(unit) else {
        return Vec::new();
    };
    let to = |size: f64| value * own.size / size;
    // Of a length below a foot, this would keep no more than a digit.
    let feet_and_inches = || {
        let inches = to(INCH).round();
        let feet = (inches / 12.0).trunc();
        (feet != 0.0).then(|| format!("{feet}'{}\"", (inches - feet * 12.0).abs()))
    };
    // Whole numbers, unless they would be too coarse.
    let text = |value: f64, unit: &str| match value.abs() {
        10.0.. => format!("{value:.0} {unit}"),
        _ => format!("{} {unit}", (value * 10.0).round() / 10.0),
    };
    match own.names[0] {
        "lb" | "st" => vec![text(to(KILOGRAM), "kg")],
        "kg" => vec![text(to(POUND), "lb")],
        "in" | "ft" => [text(to(CENTIMETRE), "cm")]
            .into_iter()
            .chain(feet_and_inches())
            .collect(),
        "cm" | "m" => feet_and_inches().into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_heights_are_understood_as_people_write_them() {
        for (text, unit, value) in [
            ("128", "lb", 128.0),
            (" 128 lb ", "lb", 128.0),
            ("128lbs", "lb", 128.0),
            ("60 m2", "m2", 60.0),
            ("60m2", "m2", 60.0),
            ("60", "m2", 60.0),
            ("$5", "$", 5.0),
            ("5 %", "%", 5.0),
            ("58kg", "lb", 127.868),
            ("9 st 2", "lb", 128.0),
            ("9st 2lb", "lb", 128.0),
            ("63", "in", 63.0),
            ("63\"", "in", 63.0),
            ("5'3\"", "in", 63.0),
            ("5'3", "in", 63.0),
            ("5 ft 3 in", "in", 63.0),
            ("5’3”", "in", 63.0),
            ("5'", "in", 60.0),
            ("160cm", "in", 62.992),
            ("1.60 m", "in", 62.992),
            ("-7", "", -7.0),
            ("1e3", "", 1000.0),
            ("1.28e+2lb", "lb", 128.0),
            ("2.5 µm", "µm", 2.5),
        ] {
            let parsed = parse(text, unit).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert!(
                (parsed - value).abs() < 1e-3,
                "{text} is {parsed}, expected {value}"
            );
        }
    }

    #[test]
    fn feet_and_inches_are_exact() {
        assert_eq!(parse("5'3\"", "in"), Ok(63.0));
        assert_eq!(parse("9st 2lb", "lb"), Ok(128.0));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (text, unit, message) in [
            ("", "lb", "nothing is typed yet"),
            ("abc", "lb", "\"abc\" is not a number"),
            ("1.2.3", "lb", "\"1.2.3\" is not a number"),
            ("nan", "lb", "\"nan\" is not a number"),
            ("inf", "lb", "\"inf\" is not a number"),
            ("128 130", "lb", "\"128 130\" is more than one number"),
            ("5'3\" 4", "in", "\"5'3\" 4\" is more than one number"),
            ("12 m", "lb", "\"m\" is not a unit of weight"),
            ("12 kg", "in", "\"kg\" is not a unit of length"),
            ("12 xyz", "in", "unknown unit \"xyz\""),
            ("12 kg", "", "\"kg\": this value has no unit"),
        ] {
            assert_eq!(parse(text, unit), Err(message.to_owned()), "{text}");
        }
        let huge = "9".repeat(400);
        assert_eq!(
            parse(&huge, "lb"),
            Err(format!("{} is too large", quoted(&huge)))
        );
    }

    #[test]
    fn other_units_are_offered() {
        assert_eq!(in_other_units(128.0, "lb"), ["58 kg"]);
        assert_eq!(in_other_units(4.2, "cm"), [""; 0]);
        assert_eq!(in_other_units(1.0, "lb"), ["0.5 kg"]);
        assert_eq!(in_other_units(0.0, "kg"), ["0 lb"]);
        assert_eq!(in_other_units(63.0, "in"), ["160 cm", "5'3\""]);
        assert_eq!(in_other_units(71.9, "in"), ["183 cm", "6'0\""]);
        assert_eq!(in_other_units(160.0, "cm"), ["5'3\""]);
        assert_eq!(in_other_units(39.1, "mm"), [""; 0]);
        assert_eq!(in_other_units(1.0, "parsec"), [""; 0]);
    }
}
