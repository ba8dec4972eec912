//! Weights and biases over the epochs: each of a small network, those of the chosen neuron, or the spread of each layer.

use super::series::{DASHED, DOTTED, SOLID, Series};
use super::subject::{Subject, digit, newest_alike, not_recorded, of_layer, range};
use crate::app::{App, Charted, RunView};
use crate::nn::{Network, Parameter};
use crate::trainer::{Bucket, Curve, Curves, MOST_FOLLOWED};
use crate::ui::style::{Theme, layer_name, number};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::TickText;

/// More lines than this cannot be told apart.
const MOST_LINES: usize = 16;

pub(super) fn subject<'a>(app: &'a App, theme: Theme) -> Subject<'a> {
    let run = app.run();
    let kept_run = newest_alike(app);
    let kept_curves = kept_run.map(|run| &run.view.curves);
    let (titles, present, kept) = match shown(run) {
        Some((titles, parameters)) => {
            let of = |curves: &'a Curves| curves_of(&run.network, &parameters, curves);
            let present = each(theme, &run.network, &parameters, &run.curves);
            (titles, present, kept_curves.map(of))
        }
        None => (
            title_of_layers(run),
            spreads(theme, run),
            kept_curves.map(|curves| curves.layers.iter().map(|of| &of.parameters).collect()),
        ),
    };
    let curves = present.iter().map(|series| series.curve);
    let (low, high) = range(curves).unwrap_or((0.0, 1.0));
    let kept = kept_run.into_iter().zip(kept);
    let kept = kept.flat_map(|(run, curves): (_, Vec<_>)| {
        curves
            .into_iter()
            .map(move |curve| Series::kept(run, curve, theme).without_name())
    });
    Subject {
        charted: Charted::Parameters,
        titles,
        present,
        kept: kept.collect(),
        kept_runs: kept_run.into_iter().collect(),
        up: Axis::between(low.min(0.0), high.max(0.0)),
        text: TickText::Number,
        guide: Some(0.0),
        written: number::signed,
        notes: not_recorded(run),
    }
}

/// The parameters that each have a line, and the titles; `None` if they are too many.
fn shown(run: &RunView) -> Option<(Vec<String>, Vec<Parameter>)> {
    let network = &run.network;
    let count = network.parameters().len();
    if count > MOST_FOLLOWED {
        return None;
    }
    if let Some(neuron) = run.neuron {
        let mut parameters: Vec<Parameter> = network.parameters_of(neuron).collect();
        let all = parameters.len();
        let name = network.neuron_name(neuron);
        // The bias is last.
        parameters.drain(..all.saturating_sub(MOST_LINES));
        let titles = if all > MOST_LINES {
            let last = format!("last {MOST_LINES} of {all}");
            [
                format!("Weights of {name}: {last}"),
                format!("{name}: {last}"),
            ]
        } else {
            [
                format!("Weights and bias of {name}"),
                format!("Weights, bias of {name}"),
            ]
        };
        let titles = titles.into_iter().chain([name]).collect();
        return Some((titles, parameters));
    }
    let all = (0..count)
        .map(|index| network.parameter_at(index))
        .collect();
    let titles = [
        "Every weight and bias over the epochs",
        "Every weight and bias",
        "Weights and biases",
        "Weights",
    ];
    (count <= MOST_LINES).then(|| (titles.map(str::to_owned).to_vec(), all))
}

fn title_of_layers(run: &RunView) -> Vec<String> {
    let hint = if run.network.parameters().len() <= MOST_FOLLOWED {
        " (←→ one neuron)"
    } else {
        ""
    };
    vec![
        format!("Weights and biases per layer: mean, smallest, largest{hint}"),
        "Weights per layer: mean, smallest, largest".to_owned(),
        "Weights: mean, min, max".to_owned(),
    ]
}

fn curves_of<'a>(
    network: &Network,
    parameters: &[Parameter],
    curves: &'a Curves,
) -> Vec<&'a Curve> {
    let indices = parameters
        .iter()
        .map(|parameter| network.index_of(*parameter));
    indices
        .filter_map(|index| curves.parameters.get(index))
        .collect()
}

/// A line for each of some parameters: weights by layer, biases dotted, the sign by its colour.
fn each<'a>(
    theme: Theme,
    network: &Network,
    parameters: &[Parameter],
    curves: &'a Curves,
) -> Vec<Series<'a>> {
    let mut lines = Vec::new();
    for (parameter, curve) in parameters
        .iter()
        .zip(curves_of(network, parameters, curves))
    {
        let name = network.parameter_name(*parameter);
        let number = name[1..].parse().unwrap_or(1);
        let (ascii, dashes) = match parameter {
            Parameter::Weight { into, .. } if into.layer % 2 == 0 => (digit(number - 1), SOLID),
            Parameter::Weight { .. } => (digit(number - 1), DASHED),
            Parameter::Bias(_) => (letter(number), DOTTED),
        };
        let mut series = Series::new(name, curve, ascii, theme.positive()).dashed(dashes);
        series.stroke.styles.1 = theme.negative();
        lines.push(series);
    }
    lines
}

/// The ASCII of a bias: "p" for b1. The first letters are those of kept runs.
fn letter(number: usize) -> char {
    let index = u8::try_from((number - 1) % 11).unwrap_or(0);
    char::from(b'p' + index)
}

/// Three lines for each layer: its mean, and dotted its smallest and its largest parameter.
fn spreads(theme: Theme, run: &RunView) -> Vec<Series<'_>> {
    let mut lines = Vec::new();
    for (layer, curves) in run.curves.layers.iter().enumerate() {
        let name = layer_name(theme, &run.network, layer);
        let style = theme.strong();
        let mut mean = Series::new(name, &curves.parameters, digit(layer), style);
        mean.has_range = false;
        lines.push(mean.clone().dashed(of_layer(layer)));
        let ends: [fn(&Bucket) -> f64; 2] = [|bucket| bucket.min, |bucket| bucket.max];
        for number in ends {
            let mut end = mean.clone().without_name().dashed(DOTTED);
            end.number = number;
            end.stroke.styles = (theme.dim(), theme.dim());
            lines.push(end);
        }
    }
    lines
}
