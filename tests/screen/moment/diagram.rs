//! The numbers of the diagram, computed without the code that draws it.

use nnscope::nn::Neuron;
use nnscope::ui::number::{activation, short, signed};

use super::plain::Plain;

/// The numbers of the diagram: the weights and activations of a network. If a neuron is chosen, its own
/// weights and all biases. A weight whose number has no room is counted instead.
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

/// Whether the name of a weight has a number behind or below it in the diagram; the others are counted.
fn is_labelled(text: &str, weight: usize) -> bool {
    let name: Vec<char> = format!("w{weight}").chars().collect();
    let rows = text.lines().skip(1).take_while(|row| !row.starts_with('└'));
    let diagram = rows.filter_map(|row| row.split("││").next());
    let rows: Vec<Vec<char>> = diagram.map(|row| row.chars().collect()).collect();
    let is_number = |row: &[char], x: usize| row.get(x).is_some_and(|c| "+−≈0".contains(*c));
    let is_labelled = |(y, row): (usize, &Vec<char>)| {
        (1..row.len()).any(|x| {
            let is_name = row[x..].starts_with(&name)
                && !row[x - 1].is_alphanumeric()
                && !row.get(x + name.len()).is_some_and(|c| c.is_alphanumeric());
            let below = rows.get(y + 1).is_some_and(|row| is_number(row, x));
            is_name && (is_number(row, x + name.len() + 1) || below)
        })
    };
    rows.iter().enumerate().any(is_labelled)
}
