//! What the settings know of the present data: what can be asked of its columns and classes, and what is taken unasked.

use super::{Row, Settings};
use crate::data::{Dataset, Target, join_row};
use crate::session::setting::settings;

/// What is known of data that has been read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KnownData {
    /// The columns that are predicted from.
    features: Vec<String>,
    /// Those that are not, because they seem to number the rows.
    row_numbers: Vec<String>,
    /// The columns that are predicted.
    targets: Vec<String>,
    /// The two classes of the target; empty if it has not two.
    classes: Vec<String>,
}

impl KnownData {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let features = dataset.features().iter();
        let (targets, classes) = match &dataset.target {
            Target::Binary { name, classes } => (vec![name.clone()], classes.to_vec()),
            Target::Classes { name, .. } => (vec![name.clone()], Vec::new()),
            Target::Numbers(quantities) => {
                let names = quantities.iter().map(|quantity| quantity.name.clone());
                (names.collect(), Vec::new())
            }
        };
        Self {
            features: features.map(|feature| feature.name().to_owned()).collect(),
            row_numbers: dataset.row_numbers.clone(),
            targets,
            classes,
        }
    }

    /// The texts that a setting of classes or of columns can be turned to.
    pub(super) fn texts(&self, option: &str) -> Vec<String> {
        let Self {
            features,
            row_numbers,
            targets,
            classes,
        } = self;
        if option == "positive" {
            return classes.clone();
        }
        let columns = features.iter().chain(row_numbers).chain(targets);
        let each = columns.map(|name| join_row([name.as_str()].into_iter()));
        // One press takes what was left out.
        let takes_all = option == "features" && !row_numbers.is_empty();
        let all = features.iter().chain(row_numbers).map(String::as_str);
        let all = takes_all.then(|| join_row(all));
        all.into_iter().chain(each).collect()
    }

    /// What is taken for a setting that nothing is asked of; `None` if that is not worth saying.
    fn taken(&self, option: &str) -> Option<String> {
        match (option, &self.classes[..]) {
            ("features", _) if !self.row_numbers.is_empty() => {
                let names = self.row_numbers.iter().map(String::as_str);
                Some(format!("all but {}", join_row(names)))
            }
            ("positive", [_, positive]) => Some(positive.clone()),
            ("target", _) => Some(join_row(self.targets.iter().map(String::as_str))),
            _ => None,
        }
    }
}

impl Settings {
    /// The value of a line as the panel shows it.
    #[must_use]
    pub fn value(&self, row: Row) -> String {
        let taken = || self.taken(row).then(|| self.data.taken(row.option()))?;
        taken().unwrap_or_else(|| row.value(self.draft_of(row)))
    }

    /// What is to be known of the value of a line, if anything is.
    #[must_use]
    pub fn note(&self, row: Row) -> Option<String> {
        let has_left_out = self.taken(row) && !self.data.row_numbers.is_empty();
        match row.option() {
            "features" if has_left_out => {
                Some("What numbers the rows is left out; Right takes it too.".to_owned())
            }
            "data" if !self.begun_names().is_empty() => {
                let names = self.begun_names().join(", ");
                Some(format!("Built-in data: {names} (Tab completes)."))
            }
            "data" => {
                let about = self.draft.source.about().map(str::to_owned);
                let notes: Vec<String> = about.into_iter().chain(self.follows_data()).collect();
                (!notes.is_empty()).then(|| notes.join(" "))
            }
            "hidden" if matches!(row, Row::Of(_)) => {
                Some("Left and Right remove or add a layer.".to_owned())
            }
            _ => None,
        }
    }

    /// Which settings have other values because other data suits them.
    fn follows_data(&self) -> Option<String> {
        /// The most that are named.
        const MOST_NAMED: usize = 2;
        let (draft, before) = (&self.draft, &*self.before);
        let follows = settings().filter(|setting| {
            draft.is_open(setting.option)
                && setting.applies_to(draft)
                && setting.differs(draft, before)
        });
        let named: Vec<String> = follows.map(|setting| setting.named_value(draft)).collect();
        match named.len() {
            0 => None,
            1..=MOST_NAMED => Some(format!("This also sets {}.", named.join(", "))),
            all => Some(format!("This also sets {all} settings to suit the data.")),
        }
    }

    /// Whether nothing is asked of a line, and the present data shows what is taken then.
    fn taken(&self, row: Row) -> bool {
        let (draft, before) = (self.draft_of(row), &*self.before);
        let setting = row.setting();
        draft.source == before.source && setting.asked(draft).is_none()
    }
}
