//! A sum of products in a formula: w1·x1 + w2·x2.

use std::sync::Arc;

use super::writer::FormulaWriter;
use crate::app::Stage;
use crate::nn::Neuron;
use crate::ui::style::number::aligned;
use crate::ui::style::{widest, width};

/// More terms than this are written as a table instead of in a line.
const MOST_IN_A_LINE: usize = 4;

/// What is multiplied, by name and by number.
pub(super) struct Term {
    pub(super) names: [String; 2],
    pub(super) values: [f64; 2],
}

/// A sum of products.
pub(super) struct Sum(pub(super) Vec<Term>);

impl Sum {
    /// Whether the terms are few enough for a line.
    pub(super) fn is_short(&self) -> bool {
        self.0.len() <= MOST_IN_A_LINE
    }

    /// Returns "w1·x1 + w2·x2".
    pub(super) fn names(&self) -> String {
        let products = self.0.iter().map(Term::name);
        products.collect::<Vec<_>>().join(" + ")
    }

    /// Returns "1·−2 + 1·−1".
    pub(super) fn numbers(&self, writer: &FormulaWriter) -> String {
        let products = self.0.iter().map(|term| {
            let [a, b] = term.values.map(|value| writer.number(value));
            format!("{a}·{b}")
        });
        products.collect::<Vec<_>>().join(" + ")
    }

    /// Returns the terms as a table, "  w1·x1 =  1   · −2  = −2", with decimal points lined up: the sum of a neuron in a
    /// stage, which may have thousands of them.
    pub(super) fn table(
        &self,
        writer: &FormulaWriter,
        neuron: Neuron,
        stage: Stage,
    ) -> Arc<Vec<String>> {
        let look = (writer.run.backprop.digits, writer.page.theme.0.glyphs);
        let write = || self.write_table(writer);
        writer.traced.table((neuron, stage), look, write)
    }

    fn write_table(&self, writer: &FormulaWriter) -> Vec<String> {
        let column = |value: fn(&Term) -> f64| {
            let numbers = self.0.iter().map(|term| writer.number(value(term)));
            aligned(&numbers.collect::<Vec<_>>())
        };
        let columns = [
            column(|term| term.values[0]),
            {
                let factors = self.0.iter().map(|term| writer.in_brackets(term.values[1]));
                aligned(&factors.collect::<Vec<_>>())
            },
            column(|term| term.values[0] * term.values[1]),
        ];
        let names: Vec<String> = self.0.iter().map(Term::name).collect();
        let widest = widest(&names);
        let rows = names.iter().enumerate().map(|(row, name)| {
            let blanks = " ".repeat(usize::from(widest - width(name)));
            let [a, b, product] = [0, 1, 2].map(|column: usize| &columns[column][row]);
            format!("  {name}{blanks} = {a} · {b} = {product}")
        });
        rows.map(|row| row.trim_end().to_owned()).collect()
    }
}

impl Term {
    fn name(&self) -> String {
        let [a, b] = &self.names;
        format!("{a}·{b}")
    }
}
