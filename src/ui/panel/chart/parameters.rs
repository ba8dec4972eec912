//! Weights and biases over the epochs: each of a small network, those of the chosen neuron, or the spread of each layer.

use super::series::{DASHED, DOTTED, SOLID, Series};
use super::subject::{Subject, digit, is_sound, newest_alike, not_recorded, of_layer, range};
use crate::app::{App, Charted, Glyphs, KeptRun, RunView};
use crate::nn::{Network, Parameter};
use crate::trainer::{Bucket, Curve, Curves, MOST_FOLLOWED};
use crate::ui::style::{Theme, layer_name, number};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::TickText;

/// More lines than this cannot be told apart.
const MOST_LINES: usize = 16;

pub(super) fn subject(app: &App, theme: Theme) -> Subject<'_> {
    let run = app.run();
    let ([titles, cut_titles], parameters) = match shown(run) {
        Some((titles, parameters)) => (titles, Some(parameters)),
        None => ([title_of_layers(run), Vec::new()], None),
    };
    let present = match &parameters {
        Some(parameters) => each(theme, &run.network, parameters, &run.curves),
        None => spreads(theme, run),
    };
    let compared = newest_alike(app);
    let named = present.iter().filter(|series| series.name.is_some());
    // Those of a kept run double the number of lines.
    let kept_run = compared.filter(|_| 2 * named.count() <= MOST_LINES);
    let kept = kept_run.map(|kept| kept_lines(theme, run, parameters.as_deref(), kept, &present));
    let mut notes = not_recorded(run);
    if compared.is_some() && kept_run.is_none() && run.neuron.is_none() {
        notes.push("←→ one neuron, in both runs".to_owned());
    }
    let kept = kept.unwrap_or_default();
    let is_sound = kept_run.is_some_and(is_sound);
    let all = present.iter().chain(kept.iter().filter(|_| is_sound));
    let (low, high) = range(all.map(|series| series.curve)).unwrap_or((0.0, 1.0));
    Subject {
        charted: Charted::Parameters,
        titles,
        cut_titles,
        present,
        kept,
        kept_runs: kept_run.into_iter().collect(),
        up: Axis::between(low.min(0.0), high.max(0.0)),
        text: TickText::Number,
        guide: Some(0.0),
        written: number::signed,
        notes,
        dashes: parameters.map_or_else(Vec::new, |shown| dashes(theme, &run.network, &shown)),
    }
}

/// Returns what the dashes of some parameters mean: in the diagram, others mean that a weight is negative. In ASCII, lines
/// have no dashes.
fn dashes(theme: Theme, network: &Network, parameters: &[Parameter]) -> Vec<String> {
    if theme.0.glyphs == Glyphs::Ascii {
        return Vec::new();
    }
    let mut layers: Vec<usize> = parameters.iter().filter_map(weight_layer).collect();
    layers.dedup();
    let of = |odd: usize| {
        let names = layers.iter().filter(|layer| *layer % 2 == odd);
        let names: Vec<String> = names.map(|&of| layer_name(network, of)).collect();
        names.join(", ")
    };
    let signs = ["──", "╌╌"];
    if let [layer] = *layers {
        return vec![format!("{} weights  ┈┈ bias", signs[layer % 2])];
    }
    let [even, odd] = [0, 1].map(of);
    vec![
        format!("dashes are layers, not signs: ── into {even}  ╌╌ into {odd}  ┈┈ biases"),
        format!("weights: ── into {even}  ╌╌ into {odd}; ┈┈ biases"),
        format!("── {even}  ╌╌ {odd}  ┈┈ biases"),
        "┈┈ biases".to_owned(),
    ]
}

/// The layer of a weight, from 0.
fn weight_layer(parameter: &Parameter) -> Option<usize> {
    match parameter {
        Parameter::Weight { into, .. } => Some(into.layer),
        Parameter::Bias(_) => None,
    }
}

/// The lines of a kept run beside those of the present one, which are of these parameters, or of each layer.
fn kept_lines<'a>(
    theme: Theme,
    run: &RunView,
    parameters: Option<&[Parameter]>,
    kept: &'a KeptRun,
    present: &[Series],
) -> Vec<Series<'a>> {
    let curves = parameters.map_or_else(
        || {
            let layers = kept.view.curves.layers.iter();
            layers.map(|layer| &layer.parameters).collect()
        },
        |parameters| curves_of(&run.network, parameters, &kept.view.curves),
    );
    let names = present.iter().filter_map(|series| series.name.as_deref());
    names
        .zip(curves)
        .map(|(name, curve)| Series::kept_as(kept, name, curve, theme))
        .collect()
}

/// The parameters that each have a line, and the titles, whole and cut; `None` if they are too many.
fn shown(run: &RunView) -> Option<([Vec<String>; 2], Vec<Parameter>)> {
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
            vec![
                format!("Weights of {name}: {last}"),
                format!("{name}: {last}"),
            ]
        } else {
            vec![
                format!("Weights and bias of {name}"),
                format!("Weights, bias of {name}"),
                format!("Weights of {name}"),
            ]
        };
        return Some(([titles, vec![name]], parameters));
    }
    let all = (0..count)
        .map(|index| network.parameter_at(index))
        .collect();
    let titles = [
        "Every weight and bias over the epochs",
        "Every weight and bias",
        "Weights and biases",
        "Weights, biases",
    ];
    let titles = [titles.as_slice(), &["Weights"]];
    let titles = titles.map(|titles| titles.iter().map(|&title| title.to_owned()).collect());
    (count <= MOST_LINES).then_some((titles, all))
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
        "Weights: mean, range".to_owned(),
        "Layer weights".to_owned(),
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
        let name = layer_name(&run.network, layer);
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
