//! A sum of products in a formula: w1·x1 + w2·x2.

use super::table::{Number, Rows};
use super::writer::FormulaWriter;
use crate::nn::{Neuron, Parameter, Source};
use crate::ui::style::width;

/// More terms than this are written as a table instead of in a line.
const MOST_IN_A_LINE: usize = 4;

/// A sum of products of a weight each.
pub(super) struct Sum<'a> {
    writer: &'a FormulaWriter<'a>,
    neuron: Neuron,
    factors: Factors,
    terms: usize,
}

/// What the weights are multiplied with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Factors {
    /// What the neuron listens to.
    Sources,
    /// δ of each neuron that listens to it.
    Deltas,
}

impl<'a> Sum<'a> {
    /// What a neuron hears, without its bias.
    pub(super) fn into(neuron: Neuron, writer: &'a FormulaWriter<'a>) -> Self {
        Self {
            writer,
            neuron,
            factors: Factors::Sources,
            terms: writer.network().layers()[neuron.layer].fan_in,
        }
    }

    /// What comes back to a neuron from the next layer.
    pub(super) fn back_to(neuron: Neuron, writer: &'a FormulaWriter<'a>) -> Self {
        Self {
            writer,
            neuron,
            factors: Factors::Deltas,
            terms: writer.network().layers()[neuron.layer + 1].units,
        }
    }

    /// Whether the terms are few enough for a line.
    pub(super) fn is_short(&self) -> bool {
        self.terms <= MOST_IN_A_LINE
    }

    /// Returns "w1·x1 + w2·x2".
    pub(super) fn names(&self) -> String {
        let products = (0..self.terms).map(|term| self.name(term));
        products.collect::<Vec<_>>().join(" + ")
    }

    /// Returns "1·−2 + 1·−1".
    pub(super) fn in_numbers(&self) -> String {
        let products = (0..self.terms).map(|term| {
            let [a, b] = self.values(term).map(|value| self.writer.number(value));
            format!("{a}·{b}")
        });
        products.collect::<Vec<_>>().join(" + ")
    }

    fn weight(&self, term: usize) -> Parameter {
        match self.factors {
            Factors::Sources => Parameter::Weight {
                into: self.neuron,
                source: term,
            },
            Factors::Deltas => Parameter::Weight {
                into: self.listener(term),
                source: self.neuron.unit,
            },
        }
    }

    fn source(&self, term: usize) -> Source {
        Source::of_layer(self.neuron.layer, term)
    }

    fn listener(&self, term: usize) -> Neuron {
        Neuron {
            layer: self.neuron.layer + 1,
            unit: term,
        }
    }

    fn factor_name(&self, term: usize) -> String {
        match self.factors {
            Factors::Sources => self.writer.source_name(self.source(term)),
            Factors::Deltas => self.writer.delta_name(self.listener(term)),
        }
    }

    /// The values of both factors.
    fn values(&self, term: usize) -> [f64; 2] {
        let trace = &self.writer.traced.trace;
        let factor = match self.factors {
            Factors::Sources => trace.value_of(self.source(term)),
            Factors::Deltas => trace.delta(self.listener(term)),
        };
        [self.writer.value(self.weight(term)), factor]
    }
}

/// Its terms: "  w1·x1 =  1   · −2  = −2".
impl Rows for Sum<'_> {
    fn count(&self) -> usize {
        self.terms
    }

    fn name(&self, term: usize) -> String {
        let weight = self.writer.parameter_name(self.weight(term));
        let name = format!("{weight}·{}", self.factor_name(term));
        self.writer.page.written(&name)
    }

    fn widest_name(&self) -> u16 {
        let last = self.terms - 1;
        let widest = width(&self.name(last));
        if self.factors == Factors::Deltas || self.neuron.layer > 0 {
            // All are numbered, and the numbers grow.
            return widest;
        }
        let weight = width(&self.writer.parameter_name(self.weight(last)));
        let inputs = self.writer.run.dataset().inputs().iter();
        let symbols = inputs.map(|input| self.writer.page.written(&input.symbol));
        let most = symbols.map(|symbol| weight + width("·") + width(&symbol));
        most.enumerate().fold(widest, |widest, (term, most)| {
            if most <= widest {
                return widest;
            }
            widest.max(width(&self.name(term)))
        })
    }

    fn numbers(&self, term: usize) -> [Number; 3] {
        let digits = self.writer.run.backprop.digits;
        let [a, b] = self.values(term);
        [(a, false), (b, true), (a * b, false)].map(|(value, has_brackets)| Number {
            value,
            digits,
            has_brackets,
        })
    }

    fn signs(&self) -> [&'static str; 3] {
        [" = ", " · ", " = "]
    }
}
