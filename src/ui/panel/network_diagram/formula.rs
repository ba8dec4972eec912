//! The formula of one neuron with its numbers: the weighted sum and the activation.
//!
//! ```text
//! h4: z = +0.61·h1 −1.20·h2 +1.83 = 1.29; tanh(z) = 0.86
//! ```

use ratatui::text::{Line, Span};

use crate::app::RunView;
use crate::nn::{Forward, Neuron, Source};
use crate::ui::style::{Theme, number, width};

/// Returns the formula of a neuron for the sample that is shown, with as many terms as fit into this many cells.
pub(super) fn formula<'a>(
    run: &RunView,
    theme: Theme,
    neuron: Neuron,
    forward: &Forward,
    room: usize,
) -> Line<'a> {
    let Neuron { layer, unit } = neuron;
    let network = &run.network;
    let name = network.neuron_name(neuron);
    let function = network.layers()[layer].activation.name();
    let activation = number::activation(forward.of_layer(network, layer)[unit]);
    let bias = number::signed(network.bias(layer, unit));
    let z = number::signed(forward.pre_activations_of(network, layer)[unit]);
    let end = format!(" {bias} = {z}; {function}(z) = {activation}");
    let mut line = Line::from(Span::styled(format!("{name}: z = "), theme.strong()));
    let weights = network.weights_into(layer, unit);
    let times = theme.glyph("·", "*");
    for (index, (&weight, term)) in weights.iter().zip(network.terms(neuron)).enumerate() {
        let space = if index > 0 { " " } else { "" };
        let factor = number::signed(weight);
        let term = format!("{space}{factor}{times}{}", source_name(run, term.source));
        let (here, after) = (weights.len() - index, weights.len() - index - 1);
        let left_out = |count| match count {
            0 => String::new(),
            count => format!(" {} {count} more", theme.glyph("…", "...")),
        };
        let needed = [&term, &left_out(after), &end].map(|part| usize::from(width(part)));
        if line.width() + needed.iter().sum::<usize>() > room {
            line.push_span(Span::raw(left_out(here)));
            break;
        }
        line.push_span(Span::styled(term, theme.signed(weight)));
    }
    line.push_span(Span::raw(end));
    line
}

/// Returns the name of a neuron, or of an input as in the data.
fn source_name(run: &RunView, source: Source) -> String {
    match source {
        Source::Input(index) => run.dataset().inputs()[index].name.clone(),
        Source::Neuron(neuron) => run.network.neuron_name(neuron),
    }
}
