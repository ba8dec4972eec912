//! The samples: what is known of each, what the network says, and whether that is right.
//!
//! ```text
//! ┌ Samples: 4/4 right ──────────────────────────┐
//! │ name     lb  in  true  output          says  │
//! │›Alice   133  65  F     0.73 ███████░░  F ✓   │
//! └──────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Cell, Row, Table, TableState};

use super::Theme;
use crate::app::{App, Shown};

const BAR_WIDTH: u16 = 9;

/// How many lines it would like to have.
pub(super) fn height(app: &App) -> u16 {
    u16::try_from(app.dataset.len() + 3).unwrap_or(u16::MAX)
}

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    let dataset = &app.dataset;
    let outputs: Vec<f64> = (0..dataset.len())
        .map(|sample| app.output_for(dataset.raw_inputs(sample)))
        .collect();
    let is_right = |sample: usize| (outputs[sample] >= 0.5) == (dataset.targets[sample] >= 0.5);
    let right = (0..dataset.len())
        .filter(|&sample| is_right(sample))
        .count();

    let rows = outputs.iter().enumerate().map(|(sample, &output)| {
        let mut cells = vec![Cell::from(dataset.sample_names[sample].as_str())];
        cells.extend(
            dataset
                .raw_inputs(sample)
                .iter()
                .map(|&value| right_aligned(theme.short(value))),
        );
        cells.push(Cell::from(dataset.class_of(dataset.targets[sample])));
        cells.push(Cell::from(format!(
            "{output:.2} {}",
            theme.bar(output, BAR_WIDTH)
        )));
        let verdict = if is_right(sample) {
            Span::raw(theme.glyph("✓", "ok"))
        } else {
            Span::styled(theme.glyph("✗ wrong", "wrong"), theme.warning())
        };
        let says = Span::raw(format!("{} ", dataset.class_of(output)));
        cells.push(Cell::from(Line::from(vec![says, verdict])));
        Row::new(cells)
    });

    let mut header = vec![Cell::from("name")];
    header.extend(dataset.features.iter().map(|feature| {
        let words = if feature.unit.is_empty() {
            &feature.name
        } else {
            &feature.unit
        };
        right_aligned(words.clone())
    }));
    header.extend([
        "true".into(),
        Cell::from(format!("output (1={})", dataset.classes[1])),
        "says".into(),
    ]);

    let mut widths = vec![Constraint::Max(10)];
    widths.extend(dataset.features.iter().map(|_| Constraint::Length(4)));
    widths.extend([
        Constraint::Length(4),
        Constraint::Length(5 + BAR_WIDTH),
        Constraint::Min(9),
    ]);

    let selected = match app.shown {
        Shown::Sample(sample) => Some(sample),
        Shown::Prediction => None,
    };
    let table = Table::new(rows, widths)
        .header(Row::new(header).style(theme.dim()))
        .row_highlight_style(theme.strong())
        .highlight_symbol(theme.glyph("›", ">"))
        .highlight_spacing(ratatui::widgets::HighlightSpacing::Always)
        .block(theme.panel(format!("Samples: {right}/{} right", dataset.len())));
    frame.render_stateful_widget(table, area, &mut TableState::new().with_selected(selected));
}

fn right_aligned<'a>(text: String) -> Cell<'a> {
    Cell::from(Line::from(text).right_aligned())
}
