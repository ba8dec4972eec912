//! Every weight and bias in one step of training: its value, its gradient, and how the step changes it.
//!
//! ```text
//! ┌ Every weight and bias in this step ────┐
//! │     value  gradient      step   after  │
//! │w1    1.73   −0.0153   0.00153    1.73  │
//! └────────────────────────────────────────┘
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{RunView, Selection, TracedStep};
use crate::nn::{OptimizerKind, Parameter, Penalty};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::significant;
use crate::ui::style::{Theme, cells, fitting};
use crate::ui::widget::number_table::{Column, NumberTable, Rows};

/// Returns the height that shows all of them, including the borders and the headings.
pub(crate) fn height(run: &RunView) -> u16 {
    // With a row for the sum.
    cells(run.network.parameters().len() + 4)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect, traced: &TracedStep) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let (network, digits) = (&traced.network, run.backprop.digits);
    let table = NumberTable {
        title: title(run, traced, area.width.saturating_sub(4)),
        key: canvas.precision_key(),
        row: "parameter",
        rows: network.parameters().len(),
        chosen: match run.backprop.selected {
            Selection::Parameter(parameter) => Some(network.index_of(parameter)),
            Selection::Neuron(_) => None,
        },
        note: sum(traced, (area.height, digits)),
    };
    table.render(canvas, area, |seen| {
        let parameters: Vec<Parameter> = seen.map(|index| network.parameter_at(index)).collect();
        let names = parameters.iter().map(|of| network.parameter_name(*of));
        Rows {
            names: names.collect(),
            columns: columns(theme, &step_name(run), (traced, digits), &parameters),
        }
    });
}

/// A step that is a smaller share of its parameter consists mostly of rounding errors.
const LEAST_STEP: f64 = 1e-12;

/// Returns what the loss does in all, if there can be room for it below the table.
fn sum(traced: &TracedStep, (rows, digits): (u16, usize)) -> Option<String> {
    let has_room = traced.network.parameters().len() < usize::from(rows);
    let change = || significant(traced.predicted_change(), digits);
    has_room.then(|| format!("all together change L by about {}", change()))
}

/// The value of each parameter, its gradient, the step, the value after it, and what that does to the loss.
fn columns(
    theme: Theme,
    step_name: &str,
    (traced, digits): (&TracedStep, usize),
    parameters: &[Parameter],
) -> Vec<Column> {
    let column = |heading: &str, number: &dyn Fn(Parameter) -> String| {
        let numbers = parameters
            .iter()
            .map(|parameter| theme.written(&number(*parameter)));
        Column::new(heading, &numbers.collect::<Vec<_>>())
    };
    let signs = |number: &dyn Fn(Parameter) -> f64| -> Vec<Style> {
        let numbers = parameters.iter().map(|parameter| number(*parameter));
        numbers.map(|number| theme.signed(number)).collect()
    };
    let value = |parameter| traced.values_of(parameter).0;
    let gradient = |parameter| traced.gradient_of(parameter);
    let step = |parameter| {
        let (before, after) = traced.values_of(parameter);
        after - before
    };
    let if_exact = |parameter, number| {
        let is_exact = step(parameter).abs() >= value(parameter).abs() * LEAST_STEP;
        if is_exact || number == 0.0 {
            significant(number, digits)
        } else {
            "≈0".to_owned()
        }
    };
    vec![
        Column {
            styles: signs(&value),
            ..column("value", &|of| significant(value(of), digits))
        },
        Column {
            styles: signs(&gradient),
            ..column("gradient", &|of| significant(gradient(of), digits))
        },
        Column {
            styles: signs(&step),
            ..column(step_name, &|of| if_exact(of, step(of)))
        },
        Column {
            is_extra: true,
            ..column("after", &|of| significant(traced.values_of(of).1, digits))
        },
        Column {
            is_extra: true,
            ..column("changes L by", &|of| {
                if_exact(of, traced.predicted_change_by(of))
            })
        },
    ]
}

/// The name of the step: with the optimizer where it is not simply −η·gradient.
fn step_name(run: &RunView) -> String {
    match run.config().optimizer {
        OptimizerKind::Sgd => "step".to_owned(),
        other => format!("{} step", other.name()),
    }
}

/// Returns whose step it is, and what the gradients are of.
fn title(run: &RunView, traced: &TracedStep, room: u16) -> String {
    let whose = traced.whose(run.dataset());
    let what = if run.is_probing() {
        "the next step"
    } else {
        "this step"
    };
    let mut of = vec![if traced.batch_size() > 1 {
        format!("mean of the {whose}")
    } else {
        whose.clone()
    }];
    if run.config().penalty != Penalty::default() {
        of.push("with penalty".to_owned());
    }
    let of = of.join(", ");
    let texts = [
        format!("Every weight and bias in {what}: {of}"),
        format!("Every weight and bias: {of}"),
        format!("Step: {of}"),
        of,
    ];
    fitting(&texts, room)
}
