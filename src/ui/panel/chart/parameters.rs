//! Weights and biases over the epochs: each of a small network, those of the chosen neuron, or the spread of each layer.

use super::series::{DASHED, DOTTED, SOLID, Series};
use super::subject::{Subject, digit, is_sound, newest_alike, not_recorded, of_layer};
use super::window::Window;
use crate::app::{App, Charted, Glyphs, KeptRun, RunView};
use crate::nn::{Network, Parameter};
use crate::session::Position;
use crate::trainer::{Bucket, Curve, Curves, MOST_FOLLOWED};
use crate::ui::style::{Theme, layer_name, number};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::TickText;

/// More lines than this cannot be told apart.
const MOST_LINES: usize = 16;

/// Of more layers, three lines for each would hide one another.
const MOST_SPREADS: usize = 3;

/// What the line of a layer is of, if it has only one.
const FARTHEST: [&str; 2] = ["weight or bias farthest from 0", "farthest from 0"];

/// What the lines of a layer are of, if it has three.
const SPREAD: [&str; 2] = [
    "the largest, the mean, the smallest of a layer",
    "largest, mean, smallest",
];

pub(super) fn subject(app: &App, theme: Theme) -> Subject<'_> {
    let run = app.run();
    let ([titles, cut_titles], parameters) = match shown(run) {
        Some((titles, parameters)) => (titles, Some(parameters)),
        None => ([titles_of_layers(run), Vec::new()], None),
    };
    let is_of_sizes = parameters.is_none() && has_sizes(run);
    let present = match &parameters {
        Some(parameters) => each(theme, &run.network, parameters, &run.curves),
        None if is_of_sizes => sizes(theme, run),
        None => spreads(theme, run),
    };
    let compared = newest_alike(app);
    let named = present.iter().filter(|series| series.name.is_some());
    // Those of a kept run double the number of lines.
    let kept_run = compared.filter(|_| 2 * named.count() <= MOST_LINES);
    let kept = kept_run.map(|kept| {
        let named = present.iter().filter(|series| series.name.is_some());
        kept_lines(theme, run, parameters.as_deref(), kept, named)
    });
    let mut notes = not_recorded(run);
    if let Some(kept) = compared.filter(|_| kept_run.is_none() && run.neuron.is_none()) {
        notes.push(format!("←→ one neuron, beside run {}", kept.letter));
    }
    let kept_runs: Vec<_> = kept_run.into_iter().collect();
    let window = Window::of(app, &kept_runs);
    let kept = window.cut(kept.unwrap_or_default());
    let is_sound = kept_run.is_some_and(is_sound);
    let all = present.iter().chain(kept.iter().filter(|_| is_sound));
    let range = window.range(all.map(|series| series.curve));
    let (low, high) = range.unwrap_or((0.0, 1.0));
    let (up, guide, written): (_, _, fn(f64) -> String) = if is_of_sizes {
        let up = Axis::between(0.0, high.max(-low));
        (up, None, |size| number::significant(size, 3))
    } else {
        let up = Axis::between(low.min(0.0), high.max(0.0));
        (up, Some(0.0), number::signed)
    };
    Subject {
        charted: Charted::Parameters,
        titles,
        cut_titles,
        present,
        kept,
        kept_runs,
        window,
        up,
        text: TickText::Number,
        guide,
        written,
        notes,
        dashes: match parameters {
            Some(shown) => dashes(theme, &run.network, &shown),
            None if is_of_sizes => FARTHEST.map(str::to_owned).to_vec(),
            None => SPREAD.map(str::to_owned).to_vec(),
        },
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
fn kept_lines<'a, 'p>(
    theme: Theme,
    run: &RunView,
    parameters: Option<&[Parameter]>,
    kept: &'a KeptRun,
    present: impl Iterator<Item = &'p Series<'p>>,
) -> Vec<Series<'a>> {
    let curves = parameters.map_or_else(
        || {
            let layers = kept.view.curves.layers.iter();
            layers.map(|layer| &layer.parameters).collect()
        },
        |parameters| curves_of(&run.network, parameters, &kept.view.curves),
    );
    let lines = present.zip(curves).map(|(line, curve)| Series {
        number: line.number,
        has_range: line.has_range,
        ..Series::kept_as(kept, line.name.as_deref().unwrap_or_default(), curve, theme)
    });
    lines.collect()
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
    (count <= MOST_LINES).then(|| (titles_of_all(run), all))
}

/// The titles of all parameters, whole and cut. Within an epoch, the lines end before what the diagram has.
fn titles_of_all(run: &RunView) -> [Vec<String>; 2] {
    let Position { epoch, step } = run.training.position;
    let titles = if step > 0 {
        let at = format!("after epoch {}", number::grouped(epoch));
        vec![
            format!("Every weight and bias, {at}"),
            format!("Weights and biases, {at}"),
            format!("Weights, biases, {at}"),
            format!("Weights {at}"),
        ]
    } else {
        let titles = [
            "Every weight and bias over the epochs",
            "Every weight and bias",
            "Weights and biases",
            "Weights, biases",
        ];
        titles.map(str::to_owned).to_vec()
    };
    [titles, vec!["Weights".to_owned()]]
}

fn titles_of_layers(run: &RunView) -> Vec<String> {
    let hint = if run.network.parameters().len() <= MOST_FOLLOWED {
        " (←→ one neuron)"
    } else {
        ""
    };
    if has_sizes(run) {
        return vec![
            format!("Size of the largest weight or bias in each layer{hint}"),
            "Size of each layer's largest weight".to_owned(),
            "Largest weight per layer".to_owned(),
            "Largest weights".to_owned(),
        ];
    }
    vec![
        format!("Weights and biases per layer{hint}"),
        "Weights and biases per layer".to_owned(),
        "Weights per layer".to_owned(),
        "Layer weights".to_owned(),
    ]
}

/// Whether a layer has one line, that of its largest parameter.
fn has_sizes(run: &RunView) -> bool {
    run.network.layers().len() > MOST_SPREADS
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

/// A line for each layer.
fn of_layers(theme: Theme, run: &RunView) -> impl Iterator<Item = Series<'_>> {
    let layers = run.curves.layers.iter().enumerate();
    layers.map(move |(layer, curves)| {
        let name = layer_name(&run.network, layer);
        let line = Series::new(name, &curves.parameters, digit(layer), theme.strong());
        Series {
            has_range: false,
            ..line.dashed(of_layer(layer))
        }
    })
}

/// The size of the largest parameter of each layer.
fn sizes(theme: Theme, run: &RunView) -> Vec<Series<'_>> {
    let lines = of_layers(theme, run).map(|line| Series {
        number: |bucket| bucket.max.max(-bucket.min),
        ..line
    });
    lines.collect()
}

/// Three lines for each layer: its mean, and dotted its smallest and its largest parameter.
fn spreads(theme: Theme, run: &RunView) -> Vec<Series<'_>> {
    let mut lines = Vec::new();
    for mean in of_layers(theme, run) {
        lines.push(mean.clone());
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
