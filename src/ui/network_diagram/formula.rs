//! One neuron by numbers: what it adds up, and what comes out.
//!
//! ```text
//! h4 = tanh(+0.61·h1 −1.20·h2 +1.83) = 0.86
//! ```

use ratatui::text::{Line, Span};

use crate::app::{App, Neuron};
use crate::nn::Forward;
use crate::ui::Theme;

/// The formula of a neuron, for the sample that is shown; as many terms as there is room for in so many
/// columns.
pub(super) fn formula<'a>(app: &App, neuron: Neuron, forward: &Forward, room: usize) -> Line<'a> {
    let theme = Theme(app.appearance);
    let Neuron { layer, unit } = neuron;
    let network = &app.network;
    let name = network.neuron_name(layer, unit);
    let function = network.layers()[layer].activation.name();
    let activation = theme.activation(forward.of_layer(network, layer)[unit]);
    let bias = theme.signed_number(network.bias(layer, unit));
    let end = format!(" {bias}) = {activation}");
    let mut line = Line::from(Span::styled(
        format!("{name} = {function}("),
        theme.strong(),
    ));
    let weights = network.weights_into(layer, unit);
    let times = theme.glyph("·", "*");
    for (source, &weight) in weights.iter().enumerate() {
        let space = if source > 0 { " " } else { "" };
        let factor = theme.signed_number(weight);
        let term = format!("{space}{factor}{times}{}", source_name(app, layer, source));
        let (here, behind) = (weights.len() - source, weights.len() - source - 1);
        let left_out = |count| match count {
            0 => String::new(),
            count => format!(" {} {count} more", theme.glyph("…", "...")),
        };
        let needed = [&term, &left_out(behind), &end].map(|part| Span::raw(part).width());
        if line.width() + needed.iter().sum::<usize>() > room {
            line.push_span(Span::raw(left_out(here)));
            break;
        }
        line.push_span(Span::styled(term, theme.signed(weight)));
    }
    line.push_span(Span::raw(end));
    line
}

/// What a layer listens to: a neuron before it, or a feature.
fn source_name(app: &App, layer: usize, source: usize) -> String {
    match layer.checked_sub(1) {
        Some(before) => app.network.neuron_name(before, source),
        None => app.dataset.features[source].name.clone(),
    }
}
