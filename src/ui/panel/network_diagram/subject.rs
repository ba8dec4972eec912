//! What a diagram shows: a network at work on a sample, and what about it matters now.

use crate::app::{Edges, Part, RunView, Stage, TracedStep};
use crate::nn::{Forward, Network, Neuron, Parameter, Source};
use crate::ui::style::{Theme, number};

/// A network at work on a sample.
pub(super) struct Subject<'a> {
    pub(super) run: &'a RunView,
    pub(super) theme: Theme,
    pub(super) network: &'a Network,
    /// The sample as the network sees it.
    pub(super) inputs: Vec<f64>,
    /// The activations of each layer.
    activations: Vec<&'a [f64]>,
    /// What stands on the edges and at the neurons.
    pub(super) edges: Edges,
    /// These numbers, in the order of the parameters.
    numbers: &'a [f64],
    /// The largest of them on an edge.
    largest: f64,
    /// What the arrows have chosen.
    pub(super) chosen: Option<Part>,
    /// Which stage of the step the chosen part is in focus for; `None` if everything matters alike.
    stage: Option<Stage>,
}

impl<'a> Subject<'a> {
    /// The newest network with the sample that is shown.
    pub(super) fn of_run(run: &'a RunView, theme: Theme, forward: &'a Forward) -> Self {
        let layers = 0..run.network.layers().len();
        Self {
            run,
            theme,
            network: &run.network,
            inputs: run.shown_scaled(),
            activations: layers
                .map(|layer| forward.of_layer(&run.network, layer))
                .collect(),
            edges: Edges::Weights,
            numbers: run.network.parameters(),
            largest: 0.0,
            chosen: run.neuron.map(Part::Neuron),
            stage: None,
        }
    }

    /// One step of training, as far as its stages have come.
    pub(super) fn of_step(run: &'a RunView, theme: Theme, traced: &'a TracedStep) -> Self {
        let (stage, edges) = (run.backprop.stage, run.backprop.edges);
        let numbers = match (edges, stage) {
            (Edges::Gradients, _) => &traced.step.gradient,
            (Edges::Weights, Stage::Update) => &traced.step.parameters,
            (Edges::Weights, _) => traced.network.parameters(),
        };
        let weights = traced.network.layers().iter();
        let weights = weights.flat_map(|layer| &numbers[layer.weights.clone()]);
        let layers = traced.trace.layers.iter();
        Self {
            run,
            theme,
            network: &traced.network,
            inputs: traced.trace.inputs.clone(),
            activations: layers.map(|layer| &*layer.activations).collect(),
            edges,
            numbers,
            largest: weights.fold(0.0, |largest, number| largest.max(number.abs())),
            chosen: Some(run.backprop.selected),
            stage: Some(stage),
        }
    }

    /// Whether it is the newest network, not a step that is taken apart.
    pub(super) fn is_of_run(&self) -> bool {
        self.stage.is_none()
    }

    pub(super) fn activation(&self, Neuron { layer, unit }: Neuron) -> f64 {
        self.activations[layer][unit]
    }

    /// The number of a parameter.
    pub(super) fn number(&self, parameter: Parameter) -> f64 {
        self.numbers[self.network.index_of(parameter)]
    }

    /// The numbers of a layer's weights.
    pub(super) fn numbers_of_weights(&self, layer: usize) -> &[f64] {
        &self.numbers[self.network.layers()[layer].weights.clone()]
    }

    /// A number as it stands in the diagram.
    pub(super) fn text(&self, number: f64) -> String {
        match self.edges {
            Edges::Weights => number::signed(number),
            Edges::Gradients => self.theme.written(&number::signed_significant(number, 2)),
        }
    }

    /// How heavy the line of an edge is to be: under 1 light, over 3 heavy.
    pub(super) fn heaviness(&self, number: f64) -> f64 {
        match self.edges {
            Edges::Weights => number.abs(),
            Edges::Gradients if self.largest == 0.0 => 0.0,
            Edges::Gradients => 4.0 * (number.abs() / self.largest),
        }
    }

    /// What the weights of the lines mean.
    pub(super) fn scale(&self) -> String {
        let lines = self.theme.glyph(["⠒⠒", "⠶⠶", "⠿⠿"], ["--", "==", "##"]);
        let [light, medium, heavy] = lines;
        let bar = self.theme.glyph("│", "|");
        match self.edges {
            Edges::Weights => {
                let to = self.theme.glyph("–", "-");
                format!(" {bar}w{bar} <1 {light} 1{to}3 {medium} >3 {heavy}")
            }
            Edges::Gradients => {
                let largest = self.theme.written(&number::significant(self.largest, 2));
                format!(" <25% {light} <75% {medium} of {largest} {heavy}")
            }
        }
    }

    /// The unit that has to be seen of a layer, the inputs being layer 0: the chosen one, or the source of the
    /// chosen edge.
    pub(super) fn chosen_unit(&self, layer: usize) -> Option<usize> {
        let chosen = self.chosen?;
        let Neuron { layer: at, unit } = chosen.neuron();
        match chosen {
            _ if layer == at + 1 => Some(unit),
            Part::Parameter(Parameter::Weight { source, .. }) if layer == at => Some(source),
            _ => None,
        }
    }

    /// Whether the stage is about an input or a neuron.
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

    /// Whether the stage is about an edge.
    pub(super) fn is_about_edge(&self, weight: Parameter) -> bool {
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
                chosen == Part::Parameter(weight) || is_next || into.layer > at.layer + 1
            }
            Stage::Update => true,
        }
    }
}
