//! The columns of the samples' table: what they are called, and how wide they are.

use std::ops::Range;

use ratatui::text::Line;
use ratatui::widgets::{Cell, Row};

use crate::data::{Dataset, Feature, Task};
use crate::ui::style::{number, widest, width};

/// The length of the beginning of a name.
const SHORT_NAME: usize = 8;

/// More columns than any screen has room for.
const MOST_FEATURES: usize = 100;

/// The narrowest and the widest that a column of texts is.
const NARROWEST: u16 = 4;
const WIDEST: u16 = 16;

/// Behind a label there is a blank and a mark.
const MARK: u16 = 3;

/// "0.53 " and a short bar; with room, the bar is so much longer.
const OUTPUT: u16 = 10;
const NUMBER: u16 = 5;
const MOST_BAR: u16 = 24;

/// The columns: name, features, true label, output, predicted label.
pub(super) struct Columns {
    pub(super) features: Vec<FeatureColumn>,
    name_width: u16,
    label_width: u16,
    output_width: u16,
}

/// A feature's column.
pub(super) struct FeatureColumn {
    pub(super) heading: String,
    width: u16,
}

impl Columns {
    /// The whole names of all features if there is room for them, else short ones, of as many as fit.
    pub(super) fn fit(dataset: &Dataset, samples: Range<usize>, width: u16) -> Self {
        let names = samples.clone().map(|sample| sample_name(dataset, sample));
        let is_number = dataset.target.task() == Task::Numbers;
        let mut columns = Self {
            features: feature_columns(dataset, &samples, ToString::to_string),
            name_width: widest(names).clamp(NARROWEST, WIDEST),
            label_width: label_width(dataset, &samples).clamp(NARROWEST, WIDEST),
            output_width: if is_number { 0 } else { OUTPUT },
        };
        if columns.taken() > width {
            let heading = short_headings(dataset.features());
            columns.features = feature_columns(dataset, &samples, heading);
        }
        while columns.taken() > width && !columns.features.is_empty() {
            columns.features.pop();
        }
        if columns.output_width > 0 {
            columns.output_width += width.saturating_sub(columns.taken()).min(MOST_BAR);
        }
        columns
    }

    /// Borders and the mark of the selected row, then each column with a gap but the last.
    fn taken(&self) -> u16 {
        2 + self.widths().iter().map(|width| width + 1).sum::<u16>()
    }

    /// The widths of all columns.
    pub(super) fn widths(&self) -> Vec<u16> {
        let features = self.features.iter().map(|column| column.width);
        let labels = [self.label_width, self.output_width, self.label_width + MARK];
        let name = std::iter::once(self.name_width);
        name.chain(features).chain(labels).collect()
    }

    /// The width of the bar behind an output.
    pub(super) fn bar_width(&self) -> u16 {
        self.output_width.saturating_sub(NUMBER)
    }

    /// The heading of the outputs, or a short one where there is no room for it.
    pub(super) fn output_heading(&self, heading: String) -> String {
        if width(&heading) > self.output_width {
            "output".to_owned()
        } else {
            heading
        }
    }

    /// A class's name as long as leaves room for the mark behind it.
    pub(super) fn cut(&self, label: &str) -> String {
        label.chars().take(usize::from(self.label_width)).collect()
    }

    /// A row: numbers of features are right-aligned.
    pub(super) fn cells<'a>(
        name: impl Into<Cell<'a>>,
        features: impl Iterator<Item = impl Into<Line<'a>>>,
        labels: [Cell<'a>; 3],
    ) -> Row<'a> {
        let features = features.map(|text| Cell::from(text.into().right_aligned()));
        let name = std::iter::once(name.into());
        name.chain(features).chain(labels).collect()
    }
}

/// A sample's name, with a mark if it is kept for testing.
pub(super) fn sample_name(dataset: &Dataset, sample: usize) -> String {
    let name = dataset.sample_name(sample);
    if sample < dataset.training_samples {
        name
    } else {
        format!("{name} test")
    }
}

/// A raw value: a number, or the word that it stands for.
pub(super) fn value_text(feature: &Feature, value: f64) -> String {
    let word = feature.word(value).map(str::to_owned);
    word.unwrap_or_else(|| number::short(value))
}

fn label_width(dataset: &Dataset, samples: &Range<usize>) -> u16 {
    let target = &dataset.target;
    match target.task() {
        Task::Numbers => {
            let targets = samples.clone().map(|sample| dataset.targets_of(sample));
            widest(targets.map(|targets| target.label(targets)))
        }
        Task::Binary | Task::Classes => widest(target.classes()),
    }
}

/// Each feature with a heading, as wide as that and the values in these rows need it.
fn feature_columns(
    dataset: &Dataset,
    samples: &Range<usize>,
    heading: impl Fn(&Feature) -> String,
) -> Vec<FeatureColumn> {
    // No more than could fit, however many there are.
    let features = dataset.features().iter().enumerate().take(MOST_FEATURES);
    let column = |(index, feature): (usize, &Feature)| {
        let values = samples.clone().map(|sample| dataset.raw_of(sample)[index]);
        let values = values.map(|value| value_text(feature, value));
        let heading = heading(feature);
        let width = widest(values).max(width(&heading));
        FeatureColumn {
            heading,
            width: width.clamp(NARROWEST, WIDEST),
        }
    };
    features.map(column).collect()
}

/// The units if they tell the features apart, else the beginnings of the names.
fn short_headings(features: &[Feature]) -> impl Fn(&Feature) -> String {
    let mut units: Vec<&str> = features.iter().map(Feature::unit).collect();
    units.sort_unstable();
    let are_distinct = units.windows(2).all(|pair| pair[0] != pair[1]) && !units.contains(&"");
    move |feature| {
        if are_distinct {
            feature.unit().to_owned()
        } else {
            feature.name().chars().take(SHORT_NAME).collect()
        }
    }
}
