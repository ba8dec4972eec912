//! What the network says of the point under the cursor, in numbers.

use std::sync::Arc;

use crate::app::{RunView, Selection, Target};
use crate::data::{self, Feature, shortest, with_unit};
use crate::nn::{Forward, Neuron};
use crate::ui::style::number::{activation, significant, typeset};
use crate::ui::style::{Theme, fitting, width};
use crate::ui::widget::inputs;
use crate::ui::widget::spot::at_cursor;

/// The maximum number of lines with inputs.
const INPUT_LINES: usize = 4;

/// The point under the cursor, and everything that follows from it.
pub(super) struct Readout<'a> {
    theme: Theme,
    run: &'a RunView,
    raw: Vec<f64>,
    forward: Arc<Forward>,
}

impl<'a> Readout<'a> {
    /// The readout of the cursor; `None` if it is nowhere, or until a job has computed it.
    pub(super) fn of(theme: Theme, run: &'a RunView) -> Option<Self> {
        let raw = run.point()?;
        Some(Self {
            theme,
            run,
            forward: run.forward_of(&run.dataset().network_inputs(&raw))?,
            raw,
        })
    }

    /// "128 lb, 63 in".
    pub(super) fn place(&self) -> String {
        let features = self.run.surface.features.unwrap_or_default();
        let values = features.map(|feature| self.value(feature));
        values.join(", ")
    }

    /// Whether the map does not reach the point.
    pub(super) fn is_outside(&self) -> bool {
        let plane = self.run.plane();
        plane.is_some_and(|plane| !plane.reaches(&self.raw))
    }

    /// A raw value with its unit.
    pub(super) fn value(&self, feature: usize) -> String {
        let of: &Feature = &self.run.dataset().features()[feature];
        let raw = self.raw[feature];
        let text = match of.word(raw) {
            Some(word) => word.to_owned(),
            None if shortest(raw).len() <= 6 => typeset(&shortest(raw)),
            None => significant(raw, 4),
        };
        with_unit(&text, of.unit())
    }

    /// "inputs −7, −3", in lines of a width.
    pub(super) fn inputs(&self, room: u16) -> Vec<String> {
        inputs::lines(
            self.theme,
            self.run.dataset(),
            &self.raw,
            (room, INPUT_LINES),
        )
    }

    /// "P(F) 0.951 → F"; of several classes each, of numbers each with its unit.
    pub(super) fn outputs(&self) -> Vec<String> {
        let (run, dataset) = (self.run, self.run.dataset());
        let outputs = self.forward.predictions(&run.network);
        let label = dataset.label_of(outputs);
        let arrow = self.theme.glyph("→", "->");
        match &dataset.target {
            data::Target::Binary { classes, .. } => {
                let p = significant(outputs[0], 3);
                vec![format!("P({}) {p} {arrow} {label}", classes[1])]
            }
            data::Target::Classes { classes, .. } => {
                let all = classes.iter().zip(outputs);
                let all = all.map(|(class, p)| format!("P({class}) {}", activation(*p)));
                std::iter::once(format!("{arrow} {label}"))
                    .chain(all)
                    .collect()
            }
            data::Target::Numbers(numbers) => {
                let values = dataset.in_units(outputs);
                let all = numbers.iter().zip(values);
                let text = |value| typeset(&crate::data::plain(value));
                let all = all.map(|(number, value)| {
                    format!("{} {}", number.name, with_unit(&text(value), &number.unit))
                });
                all.collect()
            }
        }
    }

    /// "h1 0.02", … of the hidden neurons, as many as fit into so many lines, each with its neuron.
    pub(super) fn hidden(&self, room: u16, lines: usize) -> Vec<Vec<(String, Target)>> {
        let network = &self.run.network;
        let hidden = network.layers().len() - 1;
        let neurons = (0..hidden).flat_map(|layer| {
            let activations = self.forward.of_layer(network, layer).iter().enumerate();
            activations.map(move |(unit, value)| (Neuron { layer, unit }, *value))
        });
        let mut texts: Vec<Vec<(String, Target)>> = Vec::new();
        let mut taken = 0;
        for (neuron, value) in neurons {
            let text = format!("{} {}", network.neuron_name(neuron), activation(value));
            let added = 2 + width(&text);
            let shown = (
                self.theme.written(&text),
                Target::Part(Selection::Neuron(neuron)),
            );
            let is_full = texts.len() == lines;
            match texts.last_mut() {
                Some(line) if taken + added <= room => {
                    line.extend([("  ".to_owned(), Target::Nothing), shown]);
                    taken += added;
                }
                Some(line) if is_full => {
                    let more = self.theme.glyph(" …", " .");
                    line.push((more.to_owned(), Target::Nothing));
                    break;
                }
                _ => {
                    taken = added - 2;
                    texts.push(vec![shown]);
                }
            }
        }
        texts
    }
}

/// Returns place and prediction in one line.
pub(super) fn line(theme: Theme, run: &RunView, room: u16) -> String {
    let Some(readout) = Readout::of(theme, run) else {
        return String::new();
    };
    let (mut place, outputs) = (readout.place(), readout.outputs());
    if readout.is_outside() {
        place.push_str(" (outside)");
    }
    let all = at_cursor(&format!("{place}: {}", outputs.join("  ")));
    let first = outputs.first().cloned().unwrap_or_default();
    let texts = [
        all,
        at_cursor(&format!("{place}: {first}")),
        format!("{place}: {first}"),
        first,
    ];
    theme.written(&fitting(&texts, room))
}
