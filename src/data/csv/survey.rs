//! What the cells of a column have in common: the unit, and the systems of writing that read most of them.

use std::collections::BTreeMap;

use super::CsvOptions;
use super::column::{Cells, Column, Wide};
use super::notation::{Parts, SYSTEMS, System, odd_number};
use super::texts::Class;

/// A column, and how its cells can be read as numbers.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) column: Column,
    /// How many cells have each text.
    pub(super) counts: Vec<usize>,
    /// What stands before or behind most numbers; "" if nothing does.
    pub(super) unit: String,
    /// The systems that read the most cells, the most usual first.
    pub(super) systems: Vec<System>,
    /// Whether these systems read different numbers.
    pub(super) is_ambiguous: bool,
    /// The texts that look like numbers, taken apart, by their codes. Empty if all numbers are plain.
    parts: Vec<Option<Parts>>,
}

impl Survey {
    pub(super) fn new(column: Column, options: &CsvOptions) -> Self {
        let counts = column.counts();
        let codes = || column.texts.codes();
        let is_plain = codes().all(|code| column.texts.class(code) != Class::Other);
        let mut survey = Self {
            unit: String::new(),
            systems: Vec::new(),
            is_ambiguous: false,
            parts: Vec::new(),
            counts,
            column,
        };
        let asked = |system: &&System| {
            let has_thousands = |thousands| match system.thousands {
                Some(own) => own == thousands,
                None => system.decimal != thousands,
            };
            options
                .decimal
                .is_none_or(|decimal| system.decimal == decimal)
                && options.thousands.is_none_or(has_thousands)
        };
        let systems: Vec<System> = SYSTEMS.iter().filter(asked).copied().collect();
        if is_plain {
            survey.survey_plain(&systems);
        } else {
            survey.take_apart();
            survey.find_systems(&systems);
        }
        survey
    }

    /// Plain numbers can be read in another way only if all their points may separate thousands.
    fn survey_plain(&mut self, systems: &[System]) {
        let (has_points, are_groups) = self.points();
        let with_points = |system: &&System| system.decimal == ',' && system.thousands == Some('.');
        let systems = systems.iter();
        if !has_points {
            self.systems = systems.copied().take(1).collect();
            return;
        }
        let plain = systems
            .clone()
            .filter(|system| system.decimal == '.')
            .take(1);
        let grouped = systems.filter(with_points).filter(|_| are_groups);
        self.systems = plain.chain(grouped).copied().collect();
        self.is_ambiguous = self.systems.len() > 1;
    }

    /// Whether there are points in plain numbers, and whether all of them may separate thousands.
    fn points(&self) -> (bool, bool) {
        if let Cells::Wide(wide) = &self.column.cells {
            return match &wide.grouped {
                Some(grouped) => (grouped.contains(&true), true),
                None => (true, false),
            };
        }
        let texts = &self.column.texts;
        let plain = texts
            .codes()
            .filter(|&code| matches!(texts.class(code), Class::Plain(_)));
        let with_point = plain
            .map(|code| texts.bytes(code))
            .filter(|text| text.contains(&b'.'));
        let mut has_points = false;
        let are_groups = with_point.fold(true, |are_groups, text| {
            has_points = true;
            are_groups && super::column::is_group(text)
        });
        (has_points, are_groups)
    }

    /// Takes all texts apart, and finds the unit of most of them.
    fn take_apart(&mut self) {
        let texts = &self.column.texts;
        let parts = texts.codes().map(|code| match texts.class(code) {
            Class::Missing => None,
            Class::Plain(_) | Class::Other => {
                Parts::of(std::str::from_utf8(texts.bytes(code)).ok()?)
            }
        });
        self.parts = parts.collect();
        let mut units = BTreeMap::from([("", self.plain_cells())]);
        for (parts, count) in self.parts.iter().zip(&self.counts) {
            if let Some(parts) = parts {
                *units.entry(&parts.unit).or_default() += count;
            }
        }
        // The first one of equally many, for then no order of rows makes a difference.
        let usual = units.into_iter().rev().max_by_key(|&(_, count)| count);
        self.unit = usual.map_or_else(String::new, |(unit, _)| unit.to_owned());
    }

    /// The plain numbers of a wide column; those of others are texts.
    fn plain_cells(&self) -> usize {
        match &self.column.cells {
            Cells::Coded(_) => 0,
            Cells::Wide(wide) => wide.values.len() - wide.others.len(),
        }
    }

    fn find_systems(&mut self, systems: &[System]) {
        let counts: Vec<usize> = systems.iter().map(|system| self.read_by(*system)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let best = systems
            .iter()
            .zip(counts)
            .filter(|&(_, count)| count == most);
        self.systems = best.map(|(system, _)| *system).collect();
        let has_separator = self
            .matching()
            .any(|parts| parts.has(',') || parts.has('.'));
        let first = self.systems.first().map(|system| system.decimal);
        let differ = self
            .systems
            .iter()
            .any(|system| Some(system.decimal) != first);
        self.is_ambiguous = has_separator && differ;
    }

    /// How many cells are numbers in this system.
    fn read_by(&self, system: System) -> usize {
        let texts = self.parts.iter().zip(&self.counts);
        let texts = texts.filter(|(parts, _)| self.value_of(parts.as_ref(), system).is_some());
        let texts: usize = texts.map(|(_, count)| count).sum();
        let plain = match &self.column.cells {
            Cells::Wide(wide) if self.unit.is_empty() => {
                let rows = 0..wide.values.len();
                rows.filter(|&row| wide.value(row, system).is_some())
                    .count()
            }
            _ => 0,
        };
        texts + plain
    }

    fn value_of(&self, parts: Option<&Parts>, system: System) -> Option<f64> {
        let parts = parts.filter(|parts| parts.unit == self.unit);
        parts.and_then(|parts| parts.value(system))
    }

    fn matching(&self) -> impl Iterator<Item = &Parts> {
        let parts = self.parts.iter().flatten();
        parts.filter(|parts| parts.unit == self.unit)
    }

    /// The number that a text is in this system; `None` if it is none.
    pub(super) fn value(&self, code: u32, system: System) -> Option<f64> {
        match self.column.texts.class(code) {
            Class::Missing => None,
            Class::Plain(number) if self.parts.is_empty() && system.decimal == '.' => Some(number),
            Class::Plain(_) if self.parts.is_empty() => {
                let text = std::str::from_utf8(self.column.texts.bytes(code)).ok()?;
                Parts::of(text)?.value(system)
            }
            Class::Plain(_) | Class::Other => {
                self.value_of(self.parts[code as usize].as_ref(), system)
            }
        }
    }

    /// Whether a text looks like a number, if in another notation.
    pub(super) fn looks_like_a_number(&self, code: u32) -> bool {
        let parts = self.parts.get(code as usize);
        parts.is_some_and(Option::is_some) || self.odd(code).is_some()
    }

    /// Why a text is a number that only other programs read, if it is one.
    pub(super) fn odd(&self, code: u32) -> Option<&'static str> {
        let text = std::str::from_utf8(self.column.texts.bytes(code)).ok()?;
        let is_other = self.column.texts.class(code) == Class::Other;
        is_other.then(|| odd_number(text)).flatten()
    }

    /// What separates the decimals, if this column shows it.
    pub(super) fn decimal(&self) -> Option<char> {
        let has_point = self.parts.is_empty() && self.points().0;
        let shows = has_point
            || self
                .matching()
                .any(|parts| parts.has(',') || parts.has('.'));
        let system = self.systems.first().filter(|_| shows && !self.is_ambiguous);
        system.map(|system| system.decimal)
    }
}

impl Wide {
    /// The number that a row has in this system; `None` if it has none.
    pub(super) fn value(&self, row: usize, system: System) -> Option<f64> {
        let value = self.values[row];
        let is_grouped = self.grouped.as_ref().is_some_and(|grouped| grouped[row]);
        match (system.decimal, is_grouped) {
            _ if value.is_nan() => None,
            ('.', _) => Some(value),
            (_, true) if system.thousands == Some('.') => Some((value * 1000.0).round()),
            (_, is_grouped) => (!is_grouped && value.fract() == 0.0).then_some(value),
        }
    }
}
