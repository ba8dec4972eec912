//! The names and numbers that the formulas are made of.

use super::equation::{Equation, Page};
use crate::app::{RunView, Selection, TracedStep};
use crate::nn::{Activation, Network, Neuron, Parameter, Source};
use crate::ui::style::number::{around_change, changed, significant};

/// Writes formulas of one step of a run.
pub(super) struct FormulaWriter<'a> {
    pub(super) run: &'a RunView,
    pub(super) traced: &'a TracedStep,
    pub(super) page: Page,
}

impl FormulaWriter<'_> {
    pub(super) fn network(&self) -> &Network {
        &self.traced.network
    }

    pub(super) fn selected(&self) -> Selection {
        self.run.backprop.selected
    }

    /// Writes a number with the chosen number of significant digits.
    pub(super) fn number(&self, value: f64) -> String {
        let digits = self.run.backprop.digits;
        self.page.written(&significant(value, digits))
    }

    /// Writes a number before and after a change, so that the change can be checked.
    pub(super) fn around_change(&self, before: f64, after: f64) -> [String; 2] {
        let numbers = around_change(before, after, self.run.backprop.digits);
        numbers.map(|number| self.page.written(&number))
    }

    /// "w1", "b3".
    pub(super) fn parameter_name(&self, parameter: Parameter) -> String {
        self.network().parameter_name(parameter)
    }

    /// "x1", "x1²", "h1".
    pub(super) fn source_name(&self, source: Source) -> String {
        match source {
            Source::Input(index) => self.run.dataset().inputs()[index].symbol.clone(),
            Source::Neuron(neuron) => self.network().neuron_name(neuron),
        }
    }

    /// Returns the name of a neuron's activation: the post's ypred if it is the only output.
    pub(super) fn activation_name(&self, neuron: Neuron) -> String {
        if self.network().is_output(neuron) && self.traced.trace.targets.len() == 1 {
            return "ypred".to_owned();
        }
        self.network().neuron_name(neuron)
    }

    /// Returns "y", or "y2" if there are several outputs.
    pub(super) fn target_name(&self, output: usize) -> String {
        match self.traced.trace.targets.len() {
            1 => "y".to_owned(),
            _ => format!("y{}", output + 1),
        }
    }

    pub(super) fn activation(&self, Neuron { layer, unit }: Neuron) -> f64 {
        self.traced.trace.layers[layer].activations[unit]
    }

    pub(super) fn pre_activation(&self, Neuron { layer, unit }: Neuron) -> f64 {
        self.traced.trace.layers[layer].pre_activations[unit]
    }

    pub(super) fn slope(&self, Neuron { layer, unit }: Neuron) -> f64 {
        self.traced.trace.layers[layer].slopes[unit]
    }

    /// ∂L/∂a of a neuron; 0 where the derivatives of loss and f cancel, and it is not computed.
    pub(super) fn by_activation(&self, Neuron { layer, unit }: Neuron) -> f64 {
        let by_activation = &self.traced.trace.layers[layer].by_activation;
        by_activation.as_ref().map_or(0.0, |by| by[unit])
    }

    pub(super) fn function(&self, layer: usize) -> Activation {
        self.network().layers()[layer].activation
    }

    /// Returns the value of a parameter before the step.
    pub(super) fn value(&self, parameter: Parameter) -> f64 {
        self.traced.values_of(parameter).0
    }

    /// Returns `δ_h1`.
    pub(super) fn delta_name(&self, neuron: Neuron) -> String {
        format!("δ_{}", self.network().neuron_name(neuron))
    }

    /// Returns `f′(z_h1)`.
    pub(super) fn slope_name(&self, neuron: Neuron) -> String {
        format!("f′(z_{})", self.network().neuron_name(neuron))
    }

    /// Returns the equation of f′ of a neuron, from its activation.
    pub(super) fn slope_equation(&self, neuron: Neuron) -> Equation {
        let equation = Equation::of(&self.slope_name(neuron));
        let name = self.activation_name(neuron);
        let (a, z) = (self.activation(neuron), self.pre_activation(neuron));
        let slope = self.number(self.slope(neuron));
        match self.function(neuron.layer) {
            Activation::Sigmoid | Activation::Softmax => equation
                .then(format!("{name}·(1 − {name})"))
                .then(self.with_its_rest(a))
                .then(slope),
            Activation::Tanh => equation
                .then(format!("1 − {name}²"))
                .then(format!("1 − {}²", self.squared(a, self.slope(neuron))))
                .then(self.apart_from_one(self.slope(neuron))),
            Activation::Relu | Activation::LeakyRelu => {
                let sign = if z > 0.0 { ">" } else { "≤" };
                equation.then(format!("{slope}, as z = {} {sign} 0", self.number(z)))
            }
            Activation::Linear => equation.then(slope),
        }
    }

    /// Writes an activation: one that would be rounded to 1 or to −1 as what it is less, "1 − 4.44e−16".
    pub(super) fn apart_from_one(&self, activation: f64) -> String {
        let rest = 1.0 - activation.abs();
        if rest > 0.0 && rest < 0.5 * self.last_nine() {
            self.less_than_one(activation, rest)
        } else {
            self.number(activation)
        }
    }

    /// Writes the product of a share and what is left of 1: "0.0813·0.919", "(1 − 1.86e−9)·1.86e−9".
    fn with_its_rest(&self, share: f64) -> String {
        let rest = 1.0 - share;
        format!("{}·{}", self.beside(share, rest), self.beside(rest, share))
    }

    /// Writes a share beside its rest, both of which make 1: "(1 − 1.86e−9)" where its digits would be only nines, which
    /// do not show how much is left.
    fn beside(&self, share: f64, rest: f64) -> String {
        if rest > 0.0 && rest <= self.last_nine() {
            format!("({})", self.less_than_one(share, rest))
        } else {
            self.number(share)
        }
    }

    /// Writes a number of which the square is subtracted from 1, with enough digits to show the difference, which is
    /// given.
    fn squared(&self, value: f64, difference: f64) -> String {
        let rest = difference / 2.0;
        if self.is_only_nines(value.abs()) && rest > 0.0 {
            format!("({})", self.less_than_one(value, rest))
        } else {
            self.in_brackets(value)
        }
    }

    /// Writes a number near to 1 or to −1 as that and how much is missing.
    fn less_than_one(&self, value: f64, rest: f64) -> String {
        let sign = if value < 0.0 { '+' } else { '−' };
        let one = self.number(1f64.copysign(value));
        format!("{one} {sign} {}", self.number(rest))
    }

    /// The value of the last digit that is written of a number below 1.
    fn last_nine(&self) -> f64 {
        10f64.powi(-i32::try_from(self.run.backprop.digits).unwrap_or(i32::MAX))
    }

    /// Whether a number is so little below 1 that its written digits are all nines.
    fn is_only_nines(&self, value: f64) -> bool {
        (1.0 - self.last_nine()..1.0).contains(&value)
    }

    /// Writes a number that is squared or subtracted: in brackets if it is negative.
    pub(super) fn in_brackets(&self, value: f64) -> String {
        if value < 0.0 {
            format!("({})", self.number(value))
        } else {
            self.number(value)
        }
    }

    /// Writes a number with enough digits to show its difference from another; in brackets if it is negative.
    pub(super) fn apart_from(&self, value: f64, other: f64) -> String {
        let text = changed(value, value - other, self.run.backprop.digits);
        let text = self.page.written(&text);
        if value < 0.0 {
            format!("({text})")
        } else {
            text
        }
    }
}
