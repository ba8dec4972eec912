//! The samples: what is known of each, what the network says, and whether that is right.
//!
//! ```text
//! ┌ Samples: 4/4 right ──────────────────────────┐
//! │ name      lb   in true output (F=1)     says │
//! │›Alice    133   65 F    0.73 ██████▋░░░  F ✓  │
//! └──────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Cell, HighlightSpacing, Row, Table, TableState};

use super::Theme;
use crate::app::{App, Shown};
use crate::data::{Dataset, Feature};

/// A panel of this width has room for the whole names of the features.
const WIDE: u16 = 70;

/// How many lines it would like to have.
pub(super) fn height(app: &App) -> u16 {
    u16::try_from(app.dataset.len() + 3).unwrap_or(u16::MAX)
}

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    let dataset = &app.dataset;
    let columns = Columns::fit(dataset, area.width);
    let outputs: Vec<f64> = (0..dataset.len())
        .map(|sample| app.output_for(dataset.raw_inputs(sample)))
        .collect();
    let right = (0..dataset.len()).filter(|&sample| is_right(dataset, sample, outputs[sample]));
    let title = format!("Samples: {}/{} right", right.count(), dataset.len());
    let rows = outputs
        .iter()
        .enumerate()
        .map(|(sample, &output)| columns.row(theme, dataset, sample, output));
    let selected = match app.shown {
        Shown::Sample(sample) => Some(sample),
        Shown::Prediction => None,
    };
    let table = Table::new(rows, columns.widths())
        .header(columns.header(dataset).style(theme.dim()))
        .row_highlight_style(theme.strong())
        .highlight_symbol(theme.glyph("›", ">"))
        .highlight_spacing(HighlightSpacing::Always)
        .block(theme.panel(title));
    frame.render_stateful_widget(table, area, &mut TableState::new().with_selected(selected));
}

fn is_right(dataset: &Dataset, sample: usize, output: f64) -> bool {
    dataset.class_of(output) == dataset.class_of(dataset.targets[sample])
}

/// The columns' headings and widths.
struct Columns {
    features: Vec<String>,
    name_width: u16,
    bar_width: u16,
}

impl Columns {
    const CLASS_WIDTH: u16 = 4;

    fn fit(dataset: &Dataset, width: u16) -> Self {
        let heading = |feature: &Feature| match (width >= WIDE, feature.unit.as_str()) {
            (true, _) | (false, "") => feature.to_string(),
            (false, unit) => unit.to_owned(),
        };
        let features: Vec<String> = dataset.features.iter().map(heading).collect();
        let names = dataset.sample_names.iter().map(|name| text_width(name));
        let name_width = names.max().unwrap_or(0).clamp(4, 16);
        let mut columns = Self {
            features,
            name_width,
            bar_width: 0,
        };
        // Each with a gap, but the last; and the borders and the mark of the selected row.
        let others: u16 = columns.widths().iter().map(|width| width + 1).sum();
        columns.bar_width = width.saturating_sub(others - 1 + 3).clamp(4, 30);
        columns
    }

    fn widths(&self) -> Vec<u16> {
        let features = self
            .features
            .iter()
            .map(|heading| text_width(heading).clamp(4, 16));
        let output = text_width("0.00 ") + self.bar_width;
        [self.name_width]
            .into_iter()
            .chain(features)
            .chain([Self::CLASS_WIDTH, output, Self::CLASS_WIDTH])
            .collect()
    }

    fn header(&self, dataset: &Dataset) -> Row<'_> {
        let features = self
            .features
            .iter()
            .map(|heading| right_aligned(heading.clone()));
        let output = format!("output ({}=1)", dataset.classes[1]);
        let classes = ["true".into(), output.into(), Cell::from("says")];
        [Cell::from("name")]
            .into_iter()
            .chain(features)
            .chain(classes)
            .collect()
    }

    fn row<'a>(&self, theme: Theme, dataset: &'a Dataset, sample: usize, output: f64) -> Row<'a> {
        let features = dataset
            .raw_inputs(sample)
            .iter()
            .map(|&value| right_aligned(theme.short(value)));
        let says = dataset.class_of(output);
        let verdict = if is_right(dataset, sample, output) {
            Line::raw(format!("{says} {}", theme.glyph("✓", "ok")))
        } else {
            Line::styled(
                format!("{says} {}", theme.glyph("✗", "no")),
                theme.warning(),
            )
        };
        let classes = [
            Cell::from(dataset.class_of(dataset.targets[sample])),
            Cell::from(format!("{output:.2} {}", theme.bar(output, self.bar_width))),
            Cell::from(verdict),
        ];
        let name = Cell::from(dataset.sample_names[sample].as_str());
        [name].into_iter().chain(features).chain(classes).collect()
    }
}

fn text_width(text: &str) -> u16 {
    u16::try_from(Span::raw(text).width()).unwrap_or(u16::MAX)
}

fn right_aligned<'a>(text: String) -> Cell<'a> {
    Cell::from(Line::from(text).right_aligned())
}
