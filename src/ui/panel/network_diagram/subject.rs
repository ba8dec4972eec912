//! The content of a diagram: a network, its activations for a sample, and what is in focus.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::app::{Edges, Labels, RunView, Selection, Stage, TracedStep};
use crate::data::Task;
use crate::nn::{Forward, Network, Neuron, Parameter, Source};
use crate::session::Position;
use crate::ui::style::{MapInk, Theme, abbreviated, number};

/// The most cells of the name of a class, where there is room for it and where there is less; a longer name is
/// abbreviated.
pub(super) const LONGEST_CLASS: [u16; 3] = [9, 6, 4];

/// A network with its activations for a sample.
pub(super) struct Subject<'a> {
    pub(super) run: &'a RunView,
    pub(super) theme: Theme,
    /// What the pictures of neurons are drawn with, if neurons are pictures.
    pub(super) ink: Option<MapInk>,
    /// What labels the edges, best first.
    pub(super) labels: &'static [Labels],
    pub(super) network: &'a Arc<Network>,
    /// The network before the step, if this is what the step has made of it.
    before: Option<&'a Network>,
    /// Where in the run it has these parameters.
    pub(super) position: Position,
    /// The sample as the network sees it; `None` for typed text that is not valid.
    inputs: Option<Vec<f64>>,
    /// The activations of each layer, if there is a sample.
    activations: Option<Vec<&'a [f64]>>,
    /// The kind of numbers on the edges and at the neurons.
    pub(super) edges: Edges,
    /// The numbers, in the order of the parameters.
    numbers: &'a [f64],
    /// The largest magnitude of a number on an edge, for each layer.
    largest: Vec<f64>,
    /// The neuron or parameter that the arrows have selected.
    pub(super) chosen: Option<Selection>,
    /// The stage of the step, which determines the focus; `None` if everything is in focus.
    stage: Option<Stage>,
    pub(super) names: Names,
}

/// Short names, each found when it is first asked for.
#[derive(Default)]
pub(super) struct Names {
    pub(super) inputs: OnceCell<Vec<String>>,
    /// `None` if two inputs begin with the same letter.
    pub(super) initials: OnceCell<Option<Vec<String>>>,
    classes: [OnceCell<Vec<String>>; LONGEST_CLASS.len()],
}

/// Whether the diagram of a step is of the parameters after it: gradients are always of those before.
pub(super) fn is_updated(run: &RunView) -> bool {
    run.is_after_shown_step() && run.labelled_with() == Edges::Weights
}

/// The activations of each layer in a forward pass.
fn activations<'a>(forward: &'a Forward, network: &Network) -> Vec<&'a [f64]> {
    let layers = 0..network.layers().len();
    layers
        .map(|layer| forward.of_layer(network, layer))
        .collect()
}

impl<'a> Subject<'a> {
    /// The present network of a run with a sample as it sees it, and the largest magnitude of a weight in each layer.
    pub(super) fn of_run(
        run: &'a RunView,
        (theme, labels): (Theme, &'static [Labels]),
        inputs: Option<Vec<f64>>,
        forward: Option<&'a Forward>,
        largest: &[f64],
    ) -> Self {
        Self {
            run,
            theme,
            ink: None,
            labels,
            network: &run.network,
            before: None,
            position: run.training.position,
            inputs,
            activations: forward.map(|forward| activations(forward, &run.network)),
            edges: Edges::Weights,
            numbers: run.network.parameters(),
            largest: largest.to_vec(),
            chosen: run.neuron.map(Selection::Neuron),
            stage: None,
            names: Names::default(),
        }
    }

    /// One training step, up to the present stage, after it with these activations if it is made; `None` until a job has
    /// looked for its largest weights.
    pub(super) fn of_step(
        run: &'a RunView,
        (theme, labels): (Theme, &'static [Labels]),
        traced: &'a TracedStep,
        after: Option<&'a Forward>,
    ) -> Option<Self> {
        let edges = run.labelled_with();
        let stage = match traced.probe {
            Some(_) => Stage::Forward,
            None => run.backprop.stage,
        };
        let (numbers, largest) = match (edges, after) {
            (Edges::Gradients, _) => (
                &*traced.step.loss_gradient,
                traced.step.largest_gradients.clone(),
            ),
            (Edges::Weights, Some(_)) => (
                &*traced.step.parameters,
                traced.step.largest_updated.clone(),
            ),
            (Edges::Weights, None) => {
                let largest = run.largest_weights(&traced.network)?;
                (traced.network.parameters(), largest.to_vec())
            }
        };
        // Gradients are asked for by a key, so that names alone are no answer.
        let labels = match (edges, labels) {
            (Edges::Gradients, [Labels::Both, ..]) => &[Labels::Both],
            _ => labels,
        };
        let (network, position, activations) = if let Some(after) = after {
            let activations = activations(after, &run.network);
            (&run.network, run.training.position, activations)
        } else {
            let layers = traced.trace.layers.iter();
            let activations = layers.map(|layer| &*layer.activations).collect();
            (&traced.network, traced.position, activations)
        };
        Some(Self {
            run,
            theme,
            ink: None,
            labels,
            network,
            before: after.map(|_| &*traced.network),
            position,
            inputs: Some(traced.trace.inputs.clone()),
            activations: Some(activations),
            edges,
            numbers,
            largest,
            chosen: Some(run.backprop.selected),
            stage: Some(stage),
            names: Names::default(),
        })
    }

    /// Whether it is the present network, not one training step.
    pub(super) fn is_of_run(&self) -> bool {
        self.stage.is_none()
    }

    /// The value of an input, if there is a sample.
    pub(super) fn input(&self, index: usize) -> Option<f64> {
        self.inputs.as_ref().map(|inputs| inputs[index])
    }

    /// The activation of a neuron, if there is a sample.
    pub(super) fn activation(&self, Neuron { layer, unit }: Neuron) -> Option<f64> {
        let activations = self.activations.as_ref();
        activations.map(|activations| activations[layer][unit])
    }

    /// All weights, in the order of their names.
    pub(super) fn weights(&self) -> impl Iterator<Item = Parameter> {
        let network = self.network;
        let all = (0..network.parameters().len()).map(|index| network.parameter_at(index));
        all.filter(|parameter| matches!(parameter, Parameter::Weight { .. }))
    }

    /// Returns the number of a parameter.
    pub(super) fn number(&self, parameter: Parameter) -> f64 {
        self.numbers[self.network.index_of(parameter)]
    }

    /// Returns a parameter before and after the step, once it is made: "+1.00 → +0.998".
    pub(super) fn change_of(&self, parameter: Parameter) -> Option<String> {
        let before = self.before?.parameters()[self.network.index_of(parameter)];
        let [before, after] = [before, self.number(parameter)].map(number::signed);
        let arrow = self.theme.glyph("→", "->");
        (before != after).then(|| format!("{before} {arrow} {after}"))
    }

    /// Returns the largest magnitude of a number at a layer's weights.
    pub(super) fn largest_of(&self, layer: usize) -> f64 {
        self.largest[layer]
    }

    /// Returns the largest magnitude of a number on an edge.
    fn largest(&self) -> f64 {
        self.largest.iter().copied().fold(0.0, f64::max)
    }

    /// Returns the text of a number in the diagram.
    pub(super) fn text(&self, number: f64) -> String {
        match self.edges {
            Edges::Weights => number::signed(number),
            Edges::Gradients => self.theme.written(&number::signed_significant(number, 2)),
        }
    }

    /// Returns the heaviness of an edge's line: light below 1, heavy above 3.
    pub(super) fn heaviness(&self, number: f64) -> f64 {
        match self.edges {
            Edges::Weights => number.abs(),
            Edges::Gradients if self.largest() == 0.0 => 0.0,
            Edges::Gradients => 4.0 * (number.abs() / self.largest()),
        }
    }

    /// Returns the part of the legend that explains the heaviness of lines.
    pub(super) fn scale(&self) -> String {
        let lines = self.theme.glyph(["⠒⠒", "⠶⠶", "⠿⠿"], ["--", "==", "##"]);
        let [light, medium, heavy] = lines;
        let (bar, comma) = (self.theme.glyph("│", "|"), self.theme.glyph("", ","));
        match self.edges {
            Edges::Weights => {
                let to = self.theme.glyph("–", "-");
                format!(" {bar}w{bar} <1 {light}{comma} 1{to}3 {medium}{comma} >3 {heavy}")
            }
            Edges::Gradients => {
                let largest = self.theme.written(&number::significant(self.largest(), 2));
                format!(" <25% {light}{comma} <75% {medium}{comma} of {largest} {heavy}")
            }
        }
    }

    /// Returns the unit of a layer that must be visible, where layer 0 are the inputs: the chosen one, or the source of
    /// the chosen edge.
    pub(super) fn chosen_unit(&self, layer: usize) -> Option<usize> {
        let chosen = self.chosen?;
        let Neuron { layer: at, unit } = chosen.neuron();
        match chosen {
            _ if layer == at + 1 => Some(unit),
            Selection::Parameter(Parameter::Weight { source, .. }) if layer == at => Some(source),
            _ => None,
        }
    }

    /// The name of a bias before its number.
    pub(super) fn bias_name(&self, neuron: Neuron) -> String {
        match self.labels[0] {
            Labels::Both | Labels::Names => self.network.parameter_name(Parameter::Bias(neuron)),
            Labels::Values => "b".to_owned(),
        }
    }

    /// The class that one of several outputs stands for.
    pub(super) fn class_of(&self, neuron: Neuron) -> Option<usize> {
        let is_one_of_several = self.run.dataset().target.task() == Task::Classes;
        (is_one_of_several && self.network.is_output(neuron)).then_some(neuron.unit)
    }

    /// The names of the classes, abbreviated to one of the lengths.
    pub(super) fn class_names(&self, length: usize) -> &[String] {
        self.names.classes[length].get_or_init(|| {
            let classes = self.run.dataset().target.classes();
            abbreviated(classes, LONGEST_CLASS[length], self.theme.glyph("…", "."))
        })
    }

    /// Whether an edge is drawn: if a neuron of the present network is chosen, only those into it and out of it are.
    pub(super) fn is_drawn(&self, weight: Parameter) -> bool {
        match self.chosen {
            Some(Selection::Neuron(neuron)) if self.is_of_run() => {
                weight.neuron() == neuron || weight.source() == Some(Source::Neuron(neuron))
            }
            _ => true,
        }
    }

    /// Whether an input or a neuron is in focus.
    pub(super) fn is_about(&self, this: Source) -> bool {
        let (Some(stage), Some(chosen)) = (self.stage, self.chosen) else {
            return true;
        };
        let at = chosen.neuron();
        let is_chosen = this == Source::Neuron(at);
        match (stage, this) {
            (Stage::Forward, _) => {
                let is_source = match chosen.parameter().source() {
                    Some(source) => this == source,
                    None => self.network.terms(at).any(|term| this == term.source),
                };
                is_chosen || is_source
            }
            (Stage::Loss, Source::Neuron(neuron)) => self.network.is_output(neuron),
            (Stage::Backward, Source::Neuron(neuron)) => is_chosen || neuron.layer > at.layer,
            (Stage::Loss | Stage::Backward, Source::Input(_)) | (Stage::Update, _) => false,
        }
    }

    /// Whether an edge is in focus.
    pub(super) fn is_edge_in_focus(&self, weight: Parameter) -> bool {
        let (Some(stage), Some(chosen)) = (self.stage, self.chosen) else {
            return true;
        };
        let at = chosen.neuron();
        let into = weight.neuron();
        match stage {
            Stage::Forward => into == at,
            Stage::Loss => false,
            Stage::Backward => {
                let is_next = weight.source() == Some(Source::Neuron(at));
                chosen == Selection::Parameter(weight) || is_next || into.layer > at.layer + 1
            }
            Stage::Update => true,
        }
    }
}
