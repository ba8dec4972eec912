//! The numbers of the diagram, computed without the code that draws it.

use nnscope::nn::Neuron;
use nnscope::ui::number::{activation, short, signed};

use super::plain::Plain;

/// The numbers of the diagram: the weights and activations of a network. If a neuron is chosen, its own
/// weights and all biases. A weight whose label has no room is counted instead.
pub(super) fn diagram(
    (network, text): (&Plain, &str),
    raw: Option<&[f64]>,
    chosen: Option<Neuron>,
) -> Vec<String> {
    let (mut expected, mut weight) = (Vec::new(), 0);
    for (layer, units) in network.weights().iter().enumerate() {
        for (unit, numbers) in units.iter().enumerate() {
            for (source, number) in numbers.iter().enumerate() {
                let is_bias = source + 1 == numbers.len();
                let is_drawn = chosen.is_none_or(|at| {
                    at == Neuron { layer, unit } || (at.layer + 1 == layer && at.unit == source)
                });
                weight += usize::from(!is_bias);
                if is_bias || is_drawn && is_labelled(text, weight) {
                    expected.push(signed(*number));
                }
            }
        }
    }
    if let Some(raw) = raw {
        let all = network.activations(raw);
        let neurons = all[1..].iter().flatten();
        expected.extend(all[0].iter().map(|x| short(*x)));
        expected.extend(neurons.map(|a| format!(" {}", activation(*a))));
    }
    expected
}

/// Whether a weight has a label in the diagram, which counts those that have no room for one.
fn is_labelled(text: &str, weight: usize) -> bool {
    let rows = text.lines().skip(1).take_while(|row| !row.starts_with('└'));
    let diagram = rows.filter_map(|row| row.split("││").next());
    let mut words = diagram.flat_map(|row| row.split(|c: char| !c.is_alphanumeric()));
    words.any(|word| word == format!("w{weight}"))
}
