//! An edge of the diagram: a connection of two neurons, with a number on it.

use super::layout::Column;
use super::subject::Subject;
use crate::app::{Labels, Selection, Target};
use crate::nn::{Neuron, Parameter};

/// A connection of two neurons.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge {
    /// The row of the source, counted from the top of the area.
    pub(super) from: u16,
    /// The row of the target.
    pub(super) to: u16,
    /// The number on it: a weight or a gradient.
    pub(super) number: f64,
    /// Its weight.
    pub(super) weight: Parameter,
    /// The name of its weight.
    pub(super) name: String,
    /// The text of this number.
    pub(super) text: String,
    /// The text of the change that the step makes of it: "+1.00 → +0.998"; only where it is selected.
    pub(super) change: Option<String>,
    /// The columns behind its source that the activation there may take.
    pub(super) reach: u16,
    /// The heaviness of its line: light below 1, heavy above 3.
    pub(super) heaviness: f64,
    /// The magnitude of the number, as a share of the largest between the two layers.
    pub(super) share: f64,
    /// Whether it is selected by the arrows.
    pub(super) is_chosen: bool,
    /// Whether it is in focus.
    pub(super) is_in_focus: bool,
}

/// The heaviness of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magnitude {
    /// Less than 1.
    Small,
    /// 1 up to 3.
    Medium,
    /// More than 3.
    Large,
}

impl Magnitude {
    /// The rows or columns of dots that a line of it covers.
    pub(super) fn thickness(self) -> u16 {
        match self {
            Self::Small => 1,
            Self::Medium => 2,
            Self::Large => 3,
        }
    }
}

/// Smaller numbers are written as 3.00 at most.
const ABOVE_THREE: f64 = 3.005;

impl Edge {
    pub(super) fn magnitude(&self) -> Magnitude {
        match self.heaviness {
            ..1.0 => Magnitude::Small,
            ..ABOVE_THREE => Magnitude::Medium,
            _ => Magnitude::Large,
        }
    }

    /// Returns what it is to the mouse.
    pub(super) fn target(&self) -> Target {
        Target::Part(Selection::Parameter(self.weight))
    }

    /// Returns the label: "w1 +1.04", or a part of it.
    pub(super) fn label(&self, labels: Labels) -> String {
        match labels {
            Labels::Both => format!("{} {}", self.name, self.text),
            Labels::Names => self.name.clone(),
            Labels::Values => self.text.clone(),
        }
    }

    /// Returns the exact row at a fraction of the way.
    pub(super) fn row(&self, fraction: f64) -> f64 {
        let (from, to) = (f64::from(self.from), f64::from(self.to));
        from + fraction * (to - from)
    }
}

/// Returns the edges between the visible neurons of two columns; if a neuron is chosen, only its own.
pub(super) fn between(
    subject: &Subject,
    layer: usize,
    top: u16,
    before: &Column,
    after: &Column,
) -> Vec<Edge> {
    let into = after.neurons().flat_map(|(unit, to)| {
        let into = Neuron { layer, unit };
        let sources = before.neurons();
        let weights = sources.map(move |(source, from)| (Parameter::Weight { into, source }, from));
        let weights = weights.filter(|(weight, _)| subject.is_drawn(*weight));
        weights.map(move |(weight, from)| {
            let number = subject.number(weight);
            let is_chosen = subject.chosen == Some(Selection::Parameter(weight));
            Edge {
                from: from - top,
                to: to - top,
                number,
                weight,
                name: subject.network.parameter_name(weight),
                text: subject.text(number),
                change: subject.change_of(weight).filter(|_| is_chosen),
                reach: before.reach(),
                heaviness: subject.heaviness(number),
                share: 0.0,
                is_chosen,
                is_in_focus: subject.is_edge_in_focus(weight),
            }
        })
    });
    let mut edges: Vec<Edge> = into.collect();
    let largest = edges
        .iter()
        .fold(0.0, |largest: f64, edge| largest.max(edge.number.abs()));
    for edge in &mut edges {
        edge.share = edge.number.abs() / largest.max(f64::MIN_POSITIVE);
    }
    edges
}
