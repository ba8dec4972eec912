//! The columns of the table of samples: their headings and widths.

use std::ops::Range;

use ratatui::text::Line;
use ratatui::widgets::{Cell, Row};

use super::answers::{Answers, loss_headings, without_unit};
use crate::app::RunView;
use crate::data::{Dataset, Feature, Task};
use crate::ui::style::{Theme, abbreviated, cells, fitting, number, widest, width as text_width};
use crate::ui::widget::visible::counted;

/// The widths of a shortened name, and of one that makes room for another column.
const SHORT_NAME: u16 = 8;
const SHORTEST_NAME: u16 = 5;

/// The minimum and maximum widths of a column of texts.
const NARROWEST: u16 = 4;
const WIDEST: u16 = 16;

/// The maximum width of a column of numbers, which may need all their digits.
const WIDEST_VALUE: u16 = 20;

/// The width of a label that has room for the heading "actual" and, with the mark, "predicted".
const HEADING: u16 = 6;

/// The width of the space and the mark after a label.
const MARK: u16 = 3;

/// The widths of an output, "0.53 " or "0.999", of that with a space and a short bar, and of what is added to the bar where
/// there is room.
pub(super) const NUMBER: usize = 5;
const OUTPUT: u16 = 10;

/// The width of an output beside features that have no room otherwise: that of its heading.
const LEAST_OUTPUT: u16 = 6;
const MOST_BAR: u16 = 24;

/// What a bar takes of an output.
const BAR: u16 = OUTPUT - LEAST_OUTPUT;

/// The columns: name, features, actual label, output, predicted label, loss.
#[derive(Clone)]
pub(super) struct Columns {
    pub(super) features: Vec<FeatureColumn>,
    /// The number of features without room.
    left_out: usize,
    name_width: u16,
    /// The names of the classes, as short as they have to be.
    classes: Vec<String>,
    label_width: u16,
    /// What a label is not made narrower than, if features have to make room for it.
    least_label: u16,
    output_width: u16,
    /// 0 if there is no room for it beside everything else.
    loss_width: u16,
}

/// A feature's column.
#[derive(Clone)]
pub(super) struct FeatureColumn {
    pub(super) heading: String,
    /// The values in the visible rows, with their decimal points lined up.
    pub(super) values: Vec<String>,
    width: u16,
}

impl FeatureColumn {
    /// Stands under this heading from now on, and is as wide as it needs to be for that.
    fn take_heading(&mut self, heading: String) {
        let width = widest(&self.values).max(text_width(&heading));
        self.width = width.clamp(NARROWEST, WIDEST_VALUE);
        self.heading = heading;
    }
}

impl Columns {
    /// Chooses the longest names with which most features fit, and a bar beside the output unless another one fits without.
    pub(super) fn fit(
        theme: Theme,
        run: &RunView,
        (samples, answers): (Range<usize>, &Answers),
        width: u16,
    ) -> Self {
        let dataset = run.dataset();
        let names = samples.clone().map(|sample| sample_name(dataset, sample));
        let (label_width, least_label) = label_widths(dataset, answers);
        let most = Self {
            features: feature_columns(run, &samples, width),
            left_out: 0,
            classes: Vec::new(),
            name_width: widest(names).clamp(NARROWEST, WIDEST),
            label_width,
            least_label,
            output_width: match dataset.target.task() {
                Task::Numbers => 0,
                Task::Binary | Task::Classes => OUTPUT,
            },
            loss_width: 0,
        };
        let ways = [
            (None, 0),
            (Some(SHORT_NAME), 0),
            (Some(SHORT_NAME), BAR),
            (Some(SHORTEST_NAME), BAR),
        ];
        let mut columns: Option<Self> = None;
        for (longest, bar) in ways {
            let mut other = most.clone();
            if let Some(longest) = longest {
                other.shorten_headings(theme, dataset, longest);
            }
            other.output_width = other.output_width.saturating_sub(bar);
            other.make_room(width, dataset.features().len());
            if columns
                .as_ref()
                .is_none_or(|columns| other.left_out < columns.left_out)
            {
                columns = Some(other);
            }
        }
        let mut columns = columns.unwrap_or(most);
        let losses = widest(&answers.losses);
        let headings = loss_headings(theme, run).into_iter();
        columns.take_rest(width, headings.map(|text| losses.max(text_width(&text))));
        let mark = theme.glyph("…", ".");
        columns.classes = abbreviated(dataset.target.classes(), columns.label_width, mark);
        columns
    }

    fn shorten_headings(&mut self, theme: Theme, dataset: &Dataset, longest: u16) {
        let features = &dataset.features()[..self.features.len()];
        let headings = short_headings(theme, features, longest);
        for (column, heading) in self.features.iter_mut().zip(headings) {
            column.take_heading(heading);
        }
    }

    /// Uses what is left of the width: for the losses, if one of their widths has room, and for the bar.
    fn take_rest(&mut self, width: u16, mut loss_widths: impl Iterator<Item = u16>) {
        let taken = self.taken();
        let has_room = |loss_width: &u16| taken + loss_width < width;
        self.loss_width = loss_widths.find(has_room).unwrap_or_default();
        if self.output_width > 0 {
            self.output_width += width.saturating_sub(self.taken()).min(MOST_BAR);
        }
    }

    /// Makes columns narrower until all fit: long labels are cut and numbers lose their unit, and then the last features go.
    fn make_room(&mut self, width: u16, features: usize) {
        let surplus = self.taken().saturating_sub(width).div_ceil(2);
        let spare = self.label_width.saturating_sub(self.least_label);
        self.label_width -= surplus.min(spare);
        while self.taken() > width && !self.features.is_empty() {
            self.features.pop();
            self.left_out = features - self.features.len();
        }
        let missing = HEADING.saturating_sub(self.label_width);
        if self.taken() + 2 * missing <= width {
            self.label_width += missing;
        }
    }

    /// Returns the total width: borders, the mark of the selected row, and the columns with gaps between them.
    fn taken(&self) -> u16 {
        2 + self.widths().iter().map(|width| width + 1).sum::<u16>()
    }

    /// Returns the widths of all columns.
    pub(super) fn widths(&self) -> Vec<u16> {
        let features = self.features.iter().map(|column| column.width);
        let labels = [self.label_width, self.output_width, self.label_width + MARK];
        let name = std::iter::once(self.name_width);
        let loss = Some(self.loss_width).filter(|width| *width > 0);
        name.chain(features).chain(labels).chain(loss).collect()
    }

    /// How many features have no room: " 3 features not shown ".
    pub(super) fn left_out(&self) -> Option<Line<'static>> {
        let count = self.left_out;
        (count > 0).then(|| Line::raw(format!(" {} not shown ", counted(count, "feature"))))
    }

    /// Whether there is room for the losses.
    pub(super) fn has_losses(&self) -> bool {
        self.loss_width > 0
    }

    /// Returns the width of the bar after an output.
    pub(super) fn bar_width(&self) -> u16 {
        self.output_width.saturating_sub(cells(NUMBER) + 1)
    }

    /// Returns the heading of the output of two classes, of which this one is 1, as far as there is room.
    pub(super) fn output_heading(&self, class: &str) -> String {
        let mut texts = vec!["output".to_owned()];
        // "1=1" would say nothing.
        if class != "1" {
            texts.insert(0, format!("output ({class}=1)"));
            texts.insert(1, format!("output, {class}=1"));
        }
        fitting(&texts, self.output_width)
    }

    /// Returns the headings of the actual and the predicted label.
    pub(super) fn label_headings(&self) -> [&'static str; 2] {
        if self.label_width < HEADING {
            ["true", "pred."]
        } else {
            ["actual", "predicted"]
        }
    }

    /// Returns the text of numbers, with their unit if there is room.
    pub(super) fn numbers<'a>(&self, text: &'a str, unit: &str) -> &'a str {
        if text_width(text) > self.label_width {
            without_unit(text, unit)
        } else {
            text
        }
    }

    /// Returns the name of a class that leaves room for the mark after it.
    pub(super) fn class(&self, class: usize) -> &str {
        &self.classes[class]
    }

    /// Returns the row of headings.
    pub(super) fn headings<'a>(
        &self,
        name: impl Into<Cell<'a>>,
        labels: [Cell<'a>; 3],
        losses: &[String],
    ) -> Row<'a> {
        let features = self.features.iter().map(|column| column.heading.clone());
        self.cells(name, features, labels, fitting(losses, self.loss_width))
    }

    /// Returns a row of values, those of this line.
    pub(super) fn values<'a>(
        &self,
        name: impl Into<Cell<'a>>,
        line: usize,
        labels: [Cell<'a>; 3],
        loss: String,
    ) -> Row<'a> {
        let values = self
            .features
            .iter()
            .map(|column| column.values[line].clone());
        self.cells(name, values, labels, loss)
    }

    /// Returns a row, with the values of features and the loss aligned to the right.
    fn cells<'a>(
        &self,
        name: impl Into<Cell<'a>>,
        features: impl Iterator<Item = impl Into<Line<'a>>>,
        labels: [Cell<'a>; 3],
        loss: String,
    ) -> Row<'a> {
        let right = |text: Line<'a>| Cell::from(text.right_aligned());
        let features = features.map(|text| right(text.into()));
        let name = std::iter::once(name.into());
        let loss = self.has_losses().then(|| right(loss.into()));
        name.chain(features).chain(labels).chain(loss).collect()
    }
}

/// Returns the name of a sample, marked if it is held out for testing.
pub(super) fn sample_name(dataset: &Dataset, sample: usize) -> String {
    let name = dataset.sample_name(sample);
    if sample < dataset.training_samples {
        name
    } else {
        format!("{name} test")
    }
}

/// Returns the texts of a feature's raw values, lined up if they are numbers: a number, or the category that it stands for;
/// with a mark if it was missing and is filled in.
pub(super) fn value_texts(run: &RunView, samples: Range<usize>, index: usize) -> Vec<String> {
    let dataset = run.dataset();
    let feature = &dataset.features()[index];
    let range = run.prediction.fields[index].range;
    let text = |sample| {
        let value = dataset.raw_of(sample)[index];
        let word = feature.word(value);
        let text = word.map_or_else(|| number::apart(value, range), str::to_owned);
        if dataset.is_filled(sample, index) {
            format!("~{text}")
        } else {
            text
        }
    };
    let texts: Vec<String> = samples.map(text).collect();
    if feature.words().is_empty() {
        number::aligned(&texts)
    } else {
        texts
    }
}

/// Returns the width of a label, and the least one: that of its heading, or of the numbers without their unit.
fn label_widths(dataset: &Dataset, answers: &Answers) -> (u16, u16) {
    let target = &dataset.target;
    let (whole, least) = match target.task() {
        Task::Numbers => answers.widths(target.unit()),
        Task::Binary | Task::Classes => (widest(target.classes()), 0),
    };
    let whole = whole.clamp(NARROWEST, WIDEST);
    (whole, least.max(HEADING).min(whole))
}

/// Returns a column for each feature, wide enough for its full name and its values in these rows. A file can have thousands
/// of features: there is one column more than fit at most.
fn feature_columns(run: &RunView, samples: &Range<usize>, width: u16) -> Vec<FeatureColumn> {
    let dataset = run.dataset();
    let most = usize::from(width / (NARROWEST + 1)) + 1;
    let column = |(index, feature): (usize, &Feature)| {
        let mut column = FeatureColumn {
            heading: String::new(),
            values: value_texts(run, samples.clone(), index),
            width: 0,
        };
        column.take_heading(feature.to_string());
        column
    };
    let features = dataset.features().iter().take(most).enumerate();
    features.map(column).collect()
}

/// Uses the units if they distinguish the features, otherwise short names.
fn short_headings(theme: Theme, features: &[Feature], longest: u16) -> Vec<String> {
    let mut units: Vec<&str> = features.iter().map(Feature::unit).collect();
    units.sort_unstable();
    let are_distinct = units.windows(2).all(|pair| pair[0] != pair[1]) && !units.contains(&"");
    if are_distinct {
        let units = features.iter().map(Feature::unit);
        return units.map(str::to_owned).collect();
    }
    let names: Vec<&str> = features.iter().map(Feature::name).collect();
    abbreviated(&names, longest, theme.glyph("…", "."))
}
