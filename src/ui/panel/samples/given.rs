//! The samples as they are given: what is known of each, and the answer that is to be learned.
//!
//! ```text
//! ┌ Samples: 4 ─────────────────────┐
//! │         weight  height  actual  │
//! │Alice    133 lb   65 in   F = 1  │
//! └─────────────────────────────────┘
//! ```

use std::ops::Range;

use ratatui::layout::Rect;

use super::columns::{sample_name, value_texts};
use crate::app::{RunView, Shown};
use crate::data::{Feature, Task, with_unit};
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, abbreviated};
use crate::ui::widget::number_table::{Column, NumberTable, Rows};

/// The maximum width of the name of a feature; a longer one is abbreviated.
const LONGEST_NAME: u16 = 12;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let rows = run.dataset().len();
    let table = NumberTable {
        note: None,
        title: format!("Samples: {rows}"),
        key: None,
        row: "sample",
        rows,
        chosen: match run.shown {
            Shown::Sample(sample) => Some(sample),
            Shown::Prediction => None,
        },
    };
    table.render(canvas, area, |samples| given(theme, run, samples));
}

fn given(theme: Theme, run: &RunView, samples: Range<usize>) -> Rows {
    let dataset = run.dataset();
    let features = dataset.features();
    let names: Vec<&str> = features.iter().map(Feature::name).collect();
    let names = abbreviated(&names, LONGEST_NAME, theme.glyph("…", "."));
    let column = |heading: &str, numbers: Vec<String>| Column {
        heading: heading.to_owned(),
        numbers,
        styles: Vec::new(),
        is_extra: false,
        note: String::new(),
    };
    let columns = features.iter().zip(&names).enumerate();
    let mut columns: Vec<Column> = columns
        .map(|(index, (feature, name))| {
            let values = value_texts(run, samples.clone(), index);
            let values = values.iter().map(|value| with_unit(value, feature.unit()));
            column(name, values.collect())
        })
        .collect();
    let answers = samples.clone().map(|sample| answer(run, sample));
    columns.push(column("actual", answers.collect()));
    Rows {
        names: samples.map(|sample| sample_name(dataset, sample)).collect(),
        columns,
    }
}

/// Returns the answer for a sample: of two classes, with the number that stands for it.
fn answer(run: &RunView, sample: usize) -> String {
    let dataset = run.dataset();
    let text = dataset.target_text(sample);
    match dataset.target.task() {
        Task::Binary => format!("{text} = {}", dataset.targets_of(sample)[0]),
        Task::Classes | Task::Numbers => text,
    }
}
