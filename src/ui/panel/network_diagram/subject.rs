//! What a diagram shows: a network at work on a sample, and what about it matters now.

use crate::app::{App, Edges, Part, Stage, TracedStep};
use crate::nn::{Forward, Network, Neuron, Parameter};
use crate::ui::style::Theme;

/// A network at work on a sample.
pub(crate) struct Subject<'a> {
    pub(super) app: &'a App,
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
    /// What is told of the chosen part; nothing if all matters alike.
    stage: Option<Stage>,
}

impl<'a> Subject<'a> {
    /// The newest network with the sample that is shown.
    pub(super) fn of_run(app: &'a App, forward: &'a Forward) -> Self {
        let layers = 0..app.run().network.layers().len();
        Self {
            app,
            theme: Theme(app.appearance()),
            network: &app.run().network,
            inputs: app.run().shown_scaled(),
            activations: layers
                .map(|layer| forward.of_layer(&app.run().network, layer))
                .collect(),
            edges: Edges::Weights,
            numbers: app.run().network.parameters(),
            largest: 0.0,
            chosen: app.run().neuron.map(Part::Neuron),
            stage: None,
        }
    }

    /// One step of training, as far as its stages have come.
    pub(crate) fn of_step(app: &'a App, traced: &'a TracedStep) -> Self {
        let (stage, edges) = (app.run().backprop.stage, app.run().backprop.edges);
        let numbers = match (edges, stage) {
            (Edges::Gradients, _) => &traced.step.gradient,
            (Edges::Weights, Stage::Update) => &traced.step.parameters,
            (Edges::Weights, _) => traced.network.parameters(),
        };
        let weights = traced.network.layers().iter();
        let weights = weights.flat_map(|layer| &numbers[layer.weights.clone()]);
        let layers = traced.trace.layers.iter();
        Self {
            app,
            theme: Theme(app.appearance()),
            network: &traced.network,
            inputs: traced.trace.inputs.clone(),
            activations: layers.map(|layer| &*layer.activations).collect(),
            edges,
            numbers,
            largest: weights.fold(0.0, |largest, number| largest.max(number.abs())),
            chosen: Some(app.run().backprop.selected),
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
            Edges::Weights => self.theme.signed_number(number),
            Edges::Gradients => self.theme.signed_significant(number, 2),
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
                let largest = self.theme.significant(self.largest, 2);
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

    /// Whether the stage is about a neuron; `None` is the layer of the inputs.
    pub(super) fn is_about_neuron(&self, layer: Option<usize>, unit: usize) -> bool {
        let (Some(stage), Some(chosen)) = (self.stage, self.chosen) else {
            return true;
        };
        let at = chosen.neuron();
        let is_chosen = layer == Some(at.layer) && unit == at.unit;
        let is_source = match chosen {
            Part::Parameter(Parameter::Weight { source, .. }) => {
                layer == at.layer.checked_sub(1) && unit == source
            }
            _ => layer == at.layer.checked_sub(1),
        };
        let is_output = layer.is_some_and(|layer| layer + 1 == self.network.layers().len());
        match stage {
            Stage::Forward => is_chosen || is_source,
            Stage::Loss => is_output,
            Stage::Backward => is_chosen || layer.is_some_and(|layer| layer > at.layer),
            Stage::Update => false,
        }
    }

    /// Whether the stage is about an edge.
    pub(super) fn is_about_edge(&self, into: Neuron, source: usize) -> bool {
        let (Some(stage), Some(chosen)) = (self.stage, self.chosen) else {
            return true;
        };
        let at = chosen.neuron();
        let this = Part::Parameter(Parameter::Weight { into, source });
        match stage {
            Stage::Forward => into == at,
            Stage::Loss => false,
            Stage::Backward => {
                let is_next = into.layer == at.layer + 1 && source == at.unit;
                this == chosen || is_next || into.layer > at.layer + 1
            }
            Stage::Update => true,
        }
    }
}
