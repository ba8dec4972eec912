//! What a map shows: the prediction, or the activation of a neuron.

use std::ops::Range;

use crate::app::RunView;
use crate::data::Task;
use crate::nn::{Activation, Neuron};
use crate::surface::Grid;
use crate::ui::style::{Tone, active_share};

/// How many steps a scale of numbers has if only steps are shown.
const STEPS: f64 = 5.0;

/// A quantity at every point of a plane.
pub(crate) struct Subject<'a> {
    run: &'a RunView,
    what: What,
    /// Whether only the prediction is shown, and not how sure it is.
    is_discrete: bool,
}

#[derive(Debug, Clone, Copy)]
enum What {
    /// A class.
    Class(Task),
    /// A number, between the smallest and the largest target, as the network predicts them.
    Number { low: f64, mean: f64, high: f64 },
    /// How active a neuron is.
    Neuron(Neuron, Activation),
}

impl<'a> Subject<'a> {
    /// The chosen neuron, or else the prediction.
    pub(crate) fn chosen(run: &'a RunView) -> Self {
        match run.neuron {
            Some(neuron) => Self {
                what: What::Neuron(neuron, run.network.layers()[neuron.layer].activation),
                run,
                is_discrete: run.surface.is_discrete,
            },
            None => Self {
                is_discrete: run.surface.is_discrete,
                ..Self::prediction(run)
            },
        }
    }

    /// What the network predicts.
    pub(crate) fn prediction(run: &'a RunView) -> Self {
        let what = match run.dataset().target.task() {
            Task::Numbers => {
                let [low, mean, high] = run.target_numbers();
                let high = if high > low { high } else { low + 1.0 };
                What::Number { low, mean, high }
            }
            task => What::Class(task),
        };
        Self {
            run,
            what,
            is_discrete: false,
        }
    }

    /// "P(F)", "species", "price (k$)", "h1".
    pub(crate) fn name(&self) -> String {
        use crate::data::Target;
        match (self.what, &self.run.dataset().target) {
            (What::Neuron(neuron, _), _) => self.run.network.neuron_name(neuron),
            (_, Target::Binary { classes, .. }) => format!("P({})", classes[1]),
            (_, Target::Classes { name, .. }) => name.clone(),
            (_, Target::Numbers(numbers)) => numbers[0].to_string(),
        }
    }

    /// Whether it is a class.
    pub(crate) fn is_class(&self) -> bool {
        matches!(self.what, What::Class(_))
    }

    /// Whether it shows where the network can hardly decide between classes.
    pub(crate) fn has_undecided(&self) -> bool {
        self.is_class() && !self.is_discrete
    }

    /// The smallest number of the data, the mean, and the largest, as the network predicts them.
    pub(crate) fn numbers(&self) -> Option<[f64; 3]> {
        match self.what {
            What::Number { low, mean, high } => Some([low, mean, high]),
            _ => None,
        }
    }

    /// The layers whose activations it takes.
    pub(crate) fn layers(&self) -> Range<usize> {
        let layer = match self.what {
            What::Neuron(neuron, _) => neuron.layer,
            _ => self.run.network.layers().len() - 1,
        };
        layer..layer + 1
    }

    /// What a point looks like.
    pub(crate) fn tone(&self, grid: &Grid, (column, row): (usize, usize)) -> Tone {
        match self.what {
            What::Class(task) => {
                let (class, strength) = class(task, grid.outputs(column, row));
                let strength = if self.is_discrete { 1.0 } else { strength };
                Tone::Class { class, strength }
            }
            What::Number { low, high, .. } => {
                let share = (grid.outputs(column, row)[0] - low) / (high - low);
                Tone::Number(self.stepped(share))
            }
            What::Neuron(neuron, function) => {
                let activation = grid.activation(column, row, neuron);
                let share = active_share(function, activation);
                Tone::Activation(self.stepped(share))
            }
        }
    }

    /// A share of a scale, or of its steps the middle of the one that it is in.
    fn stepped(&self, share: f64) -> f64 {
        if !self.is_discrete {
            return share;
        }
        ((share * STEPS).floor().clamp(0.0, STEPS - 1.0) + 0.5) / STEPS
    }

    /// On which side of the line a point is, and how far from it.
    pub(crate) fn side(&self, grid: &Grid, (column, row): (usize, usize)) -> (usize, f64) {
        let threshold = |value: f64, at: f64| (usize::from(value > at), (value - at).abs());
        match self.what {
            What::Class(Task::Binary) => {
                let p = grid.outputs(column, row)[0];
                (usize::from(p >= 0.5), (p - 0.5).abs())
            }
            What::Class(task) => class(task, grid.outputs(column, row)),
            What::Number { mean, .. } => threshold(grid.outputs(column, row)[0], mean),
            What::Neuron(neuron, function) => {
                threshold(grid.activation(column, row, neuron), middle(function))
            }
        }
    }

    /// What the line is.
    pub(crate) fn line_name(&self) -> &'static str {
        match self.what {
            What::Class(Task::Binary) => "0.5",
            What::Class(_) => "border",
            What::Number { .. } => "mean",
            What::Neuron(..) => "z = 0",
        }
    }
}

/// The class of some outputs, and how sure it is: 0 at the border, 1 if the others have nothing.
fn class(task: Task, outputs: &[f64]) -> (usize, f64) {
    let class = task.class(outputs).unwrap_or(0);
    let strength = if task == Task::Binary {
        2.0 * (outputs[0] - 0.5).abs()
    } else {
        let none = 1.0 / outputs.len() as f64;
        (outputs[class] - none) / (1.0 - none)
    };
    (class, strength.clamp(0.0, 1.0))
}

/// The activation where the weighted sum is 0.
fn middle(function: Activation) -> f64 {
    match function.range() {
        (0.0, 1.0) => 0.5,
        _ => 0.0,
    }
}
