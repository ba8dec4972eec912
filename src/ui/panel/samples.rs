//! The samples: what is known of each, what the network says, and whether that is right.
//!
//! ```text
//! ┌ Samples: 4/4 right ──────────────────────────┐
//! │ name      lb   in true output (F=1)     says │
//! │›Alice    133   65 F    0.73 ██████▋░░░  F ✓  │
//! └──────────────────────────────────────────────┘
//! ```

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Cell, HighlightSpacing, Row, Table, TableState};

use crate::app::{App, Shown};
use crate::data::{Dataset, Feature, Task};
use crate::ui::style::Theme;

/// The length of the beginning of a name.
const SHORT_NAME: usize = 8;

/// More columns than any screen has room for.
const MOST_FEATURES: usize = 100;

/// How many lines it would like to have.
pub(crate) fn height(app: &App) -> u16 {
    u16::try_from(app.run().dataset().len() + 3).unwrap_or(u16::MAX)
}

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let rows = visible(app, usize::from(area.height.saturating_sub(3)));
    let columns = Columns::fit(app, rows.clone(), area.width);
    let selected = match app.run().shown {
        Shown::Sample(sample) => Some(sample - rows.start),
        Shown::Prediction => None,
    };
    let rows = rows.map(|sample| columns.row(theme, app, sample));
    let table = Table::new(rows, columns.widths())
        .header(columns.header(app.run().dataset()).style(theme.dim()))
        .row_highlight_style(theme.strong())
        .highlight_symbol(theme.glyph("›", ">"))
        .highlight_spacing(HighlightSpacing::Always)
        .block(theme.panel(title(app, area.width.saturating_sub(4))));
    frame.render_stateful_widget(table, area, &mut TableState::new().with_selected(selected));
}

/// The samples around the one that is shown, as many as there are lines.
fn visible(app: &App, lines: usize) -> Range<usize> {
    let samples = app.run().dataset().len();
    let shown = match app.run().shown {
        Shown::Sample(sample) => sample,
        Shown::Prediction => samples,
    };
    let start = shown
        .saturating_sub(lines / 2)
        .min(samples.saturating_sub(lines));
    start..(start + lines).min(samples)
}

/// How many are right: at the end of the last whole epoch, as the loss is.
fn title(app: &App, room: u16) -> String {
    let (all, training) = (
        app.run().dataset().len(),
        app.run().dataset().training_samples,
    );
    let scores = app
        .run()
        .training
        .evaluation
        .map(|now| (now.training.accuracy, now.test));
    let Some((Some(accuracy), test)) = scores else {
        return format!("Samples: {all}");
    };
    let right = |accuracy: f64, of: usize| format!("{:.0}/{of}", accuracy * of as f64);
    let percent = |accuracy: f64| format!("{:.1} %", 100.0 * accuracy);
    let told = right(accuracy, training);
    match test.and_then(|test| test.accuracy) {
        None => format!("Samples: {told} right"),
        Some(test) => {
            let test_told = right(test, all - training);
            let texts = [
                format!("Samples: {told} right, test {test_told}"),
                format!("{told} right, test {test_told}"),
                format!("right {}, test {}", percent(accuracy), percent(test)),
            ];
            Theme::fitting(&texts, room)
        }
    }
}

/// A sample's name, with a mark if it is kept for testing.
fn name(dataset: &Dataset, sample: usize) -> String {
    let name = dataset.sample_name(sample);
    if sample < dataset.training_samples {
        name
    } else {
        format!("{name} test")
    }
}

/// The columns' headings and widths.
struct Columns {
    features: Vec<FeatureColumn>,
    name_width: u16,
    label_width: u16,
    output_width: u16,
}

struct FeatureColumn {
    heading: String,
    width: u16,
}

impl Columns {
    /// The whole names of all features if there is room for them, else short ones, of as many as fit.
    fn fit(app: &App, samples: Range<usize>, width: u16) -> Self {
        let dataset = &app.run().dataset();
        let names = samples
            .clone()
            .map(|sample| text_width(&name(dataset, sample)));
        let labels: Vec<String> = match dataset.target.task() {
            Task::Numbers => {
                let targets = samples
                    .clone()
                    .map(|sample| dataset.target.label(dataset.targets_of(sample)));
                targets.collect()
            }
            Task::Binary | Task::Classes => dataset.target.classes().to_vec(),
        };
        let labels = labels.iter().map(|label| text_width(label));
        let mut columns = Self {
            features: feature_columns(app, samples.clone(), ToString::to_string),
            name_width: names.max().unwrap_or(0).clamp(4, 16),
            // Behind a label there is a mark.
            label_width: 3 + labels.max().unwrap_or(0).clamp(4, 16),
            output_width: if dataset.target.task() == Task::Numbers {
                0
            } else {
                10
            },
        };
        if columns.taken() > width {
            let headings = short_headings(dataset.features());
            columns.features = feature_columns(app, samples, |feature| headings(feature));
        }
        while columns.taken() > width && !columns.features.is_empty() {
            columns.features.pop();
        }
        if columns.output_width > 0 {
            columns.output_width += width.saturating_sub(columns.taken()).min(24);
        }
        columns
    }

    /// Borders and the mark of the selected row, then each column with a gap but the last.
    fn taken(&self) -> u16 {
        2 + self.widths().iter().map(|width| width + 1).sum::<u16>()
    }

    fn widths(&self) -> Vec<u16> {
        let features = self.features.iter().map(|column| column.width);
        let labels = [self.label_width - 3, self.output_width, self.label_width];
        [self.name_width]
            .into_iter()
            .chain(features)
            .chain(labels)
            .collect()
    }

    fn header(&self, dataset: &Dataset) -> Row<'_> {
        let features = self
            .features
            .iter()
            .map(|column| right_aligned(column.heading.clone()));
        let output = match dataset.target.task() {
            Task::Binary => format!("output ({}=1)", dataset.target.classes()[1]),
            Task::Classes => "output".to_owned(),
            Task::Numbers => String::new(),
        };
        let is_cut = text_width(&output) > self.output_width;
        let output = if is_cut { "output".to_owned() } else { output };
        let labels = ["true".into(), output.into(), Cell::from("says")];
        [Cell::from("name")]
            .into_iter()
            .chain(features)
            .chain(labels)
            .collect()
    }

    /// A class's name as long as leaves room for the mark behind it.
    fn cut(&self, label: &str) -> String {
        label
            .chars()
            .take(usize::from(self.label_width - 3))
            .collect()
    }

    fn row<'a>(&self, theme: Theme, app: &App, sample: usize) -> Row<'a> {
        let dataset = &app.run().dataset();
        let (target, targets) = (&dataset.target, dataset.targets_of(sample));
        let outputs = app.run().outputs_for(dataset.raw_of(sample));
        let says = target.label(&outputs);
        let class = target.task().class(&outputs);
        let verdict = match class {
            None => Line::raw(says),
            Some(_) if class == target.task().class(targets) => {
                Line::raw(format!("{} {}", self.cut(&says), theme.glyph("✓", "ok")))
            }
            Some(_) => Line::styled(
                format!("{} {}", self.cut(&says), theme.glyph("✗", "no")),
                theme.warning(),
            ),
        };
        let share = match class {
            Some(class) if target.task() == Task::Classes => outputs[class],
            _ => outputs[0],
        };
        let bar = theme.bar(share, self.output_width.saturating_sub(5));
        let values = dataset.features().iter().zip(dataset.raw_of(sample));
        let features = values
            .take(self.features.len())
            .map(|(feature, &value)| right_aligned(value_text(theme, feature, value)));
        let name = name(dataset, sample);
        let labels = [
            target.label(targets).into(),
            format!("{} {bar}", share_text(theme, share)).into(),
            Cell::from(verdict),
        ];
        [Cell::from(name)]
            .into_iter()
            .chain(features)
            .chain(labels)
            .collect()
    }
}

/// An output as it stands before its bar: short, whatever an output without bounds comes to.
fn share_text(theme: Theme, share: f64) -> String {
    match share.abs() {
        0.0..1e3 => format!("{share:.2}"),
        _ => theme.activation(share),
    }
}

/// Each feature with a heading, as wide as that and the values in these rows need it.
fn feature_columns(
    app: &App,
    samples: Range<usize>,
    heading: impl Fn(&Feature) -> String,
) -> Vec<FeatureColumn> {
    let theme = Theme(app.appearance());
    // No more than could fit, however many there are.
    let features = app
        .run()
        .dataset()
        .features()
        .iter()
        .enumerate()
        .take(MOST_FEATURES);
    features
        .map(|(index, feature)| {
            let values = samples
                .clone()
                .map(|sample| app.run().dataset().raw_of(sample)[index]);
            let values = values.map(|value| text_width(&value_text(theme, feature, value)));
            let heading = heading(feature);
            let width = values
                .max()
                .unwrap_or(0)
                .max(text_width(&heading))
                .clamp(4, 16);
            FeatureColumn { heading, width }
        })
        .collect()
}

/// A raw value: a number, or the word that it stands for.
fn value_text(theme: Theme, feature: &Feature, value: f64) -> String {
    let word = feature.word(value).map(str::to_owned);
    word.unwrap_or_else(|| theme.short(value))
}

/// The units if they tell the features apart, else the beginnings of the names.
fn short_headings(features: &[Feature]) -> impl Fn(&Feature) -> String {
    let mut units: Vec<&str> = features.iter().map(Feature::unit).collect();
    units.sort_unstable();
    let are_told_apart = units.windows(2).all(|pair| pair[0] != pair[1]) && !units.contains(&"");
    move |feature| {
        if are_told_apart {
            feature.unit().to_owned()
        } else {
            feature.name().chars().take(SHORT_NAME).collect()
        }
    }
}

fn text_width(text: &str) -> u16 {
    u16::try_from(Span::raw(text).width()).unwrap_or(u16::MAX)
}

fn right_aligned<'a>(text: String) -> Cell<'a> {
    Cell::from(Line::from(text).right_aligned())
}
