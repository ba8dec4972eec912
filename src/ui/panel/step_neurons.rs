//! Every neuron in one step of training, for the sample that is followed: forwards z and its activation, backwards the
//! derivatives of the loss.
//!
//! ```text
//! ┌ Every neuron: Alice ──────────────────────┐
//! │        z    f(z)      f′  ∂L/∂f    ∂L/∂z  │
//! │h1  −2.88  0.0532  0.0504  0.152  0.00764  │
//! └───────────────────────────────────────────┘
//! ```

use ratatui::layout::Rect;

use crate::app::{Probe, RunView, TracedStep};
use crate::nn::{Activation, Neuron};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::significant;
use crate::ui::style::{Theme, cells, fitting, shortened};
use crate::ui::widget::number_table::{Column, NumberTable, Rows};

/// The least height of the panel with its borders and headings.
pub(crate) const LOWEST: u16 = 5;

/// The number of columns that are of the forward pass.
const OF_FORWARD: usize = 3;

/// Returns the height that shows all of them, including the borders and the headings.
pub(crate) fn height(run: &RunView) -> u16 {
    let layers = run.network.layers().iter();
    cells(layers.map(|layer| layer.units).sum::<usize>() + 3)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect, traced: &TracedStep) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let (when, whose) = (run.before_step(), traced.followed_name(run));
    let mut titles = vec![
        format!("Every neuron{when}: {whose}"),
        format!("Neurons{when}: {whose}"),
    ];
    if !when.is_empty() {
        // The other panels have the name too.
        titles.push(format!("Neurons{when}"));
    }
    let room = area.width.saturating_sub(4);
    let title = theme.written(&fitting(&titles, room));
    let (network, digits) = (&traced.network, run.backprop.digits);
    let layers = network.layers().iter().enumerate();
    let neurons: Vec<Neuron> = layers
        .flat_map(|(layer, of)| (0..of.units).map(move |unit| Neuron { layer, unit }))
        .collect();
    let at = run.backprop.selected.neuron();
    let table = NumberTable {
        title: shortened(&title, room, theme.glyph("…", "...")),
        key: canvas.precision_key(),
        row: "neuron",
        rows: neurons.len(),
        chosen: neurons.iter().position(|neuron| *neuron == at),
        note: None,
    };
    table.render(canvas, area, |seen| {
        let rows = &neurons[seen];
        let names = rows.iter().map(|neuron| network.neuron_name(*neuron));
        Rows {
            names: names.collect(),
            columns: columns(theme, traced, digits, rows),
        }
    });
}

/// z, the activation, its slope, and the derivatives of the loss by the activation and by z.
fn columns(theme: Theme, traced: &TracedStep, digits: usize, rows: &[Neuron]) -> Vec<Column> {
    let network = &traced.network;
    let column = |heading: &str, what: &str, number: &dyn Fn(Neuron) -> Option<f64>| {
        let numbers = rows.iter().map(|neuron| match number(*neuron) {
            Some(number) => theme.written(&significant(number, digits)),
            None => String::new(),
        });
        Column {
            note: format!("{heading}: {what}"),
            ..Column::new(&theme.written(heading), &numbers.collect::<Vec<_>>())
        }
    };
    let of = |neuron: Neuron| &traced.trace.layers[neuron.layer];
    let has_slope =
        |neuron: Neuron| network.layers()[neuron.layer].activation != Activation::Softmax;
    let mut columns = vec![
        column("z", "weighted inputs plus bias", &|at| {
            Some(of(at).pre_activations[at.unit])
        }),
        column("f(z)", "the neuron's output", &|at| {
            Some(of(at).activations[at.unit])
        }),
        Column {
            is_extra: true,
            ..column("f′", "the derivative of f at z", &|at| {
                has_slope(at).then(|| of(at).slopes[at.unit])
            })
        },
        Column {
            is_extra: true,
            ..column("∂L/∂f", "how L depends on f(z)", &|at| {
                Some(of(at).by_activation.as_ref()?[at.unit])
            })
        },
        column("∂L/∂z", "how L depends on z", &|at| {
            Some(traced.trace.delta(at))
        }),
    ];
    if matches!(traced.probe, Some(Probe::Typed(_))) {
        // Typed values have no target, and so no loss.
        columns.truncate(OF_FORWARD);
    }
    columns
}
