//! What a teacher would say about the run, in the words that fit.

use crate::app::{Observation, RunView, Trend};
use crate::nn::Neuron;
use crate::ui::style::number::grouped;
use crate::ui::style::{fitting, penalty_names};

/// Returns what is worth saying after a text that says where the run is, if there is one: longest first, in this room.
pub(super) fn after(place: Option<&str>, run: &RunView, room: u16) -> String {
    let texts = texts(run, &Observation::of(run));
    match place {
        None => fitting(&texts, room),
        Some(place) => fitting(&texts.map(|text| format!("{place}; {text}")), room),
    }
}

/// Returns a text, and after it and a separator what is worth saying of the run as it stands; only the text if there is
/// no room.
pub(super) fn remark_after(text: &str, separator: &str, run: &RunView, room: u16) -> String {
    let observation = Observation::of(run);
    if matches!(observation, Observation::Trend(_)) {
        return text.to_owned();
    }
    let [long, short] = texts(run, &observation);
    let texts = [
        format!("{text}{separator}{long}"),
        format!("{text}{separator}{short}"),
        text.to_owned(),
    ];
    fitting(&texts, room)
}

/// Returns the words for an observation, long and short.
fn texts(run: &RunView, observation: &Observation) -> [String; 2] {
    let owned = |texts: [&str; 2]| texts.map(str::to_owned);
    match observation {
        Observation::Twins(twins) => {
            let who = names(run, twins);
            [
                format!("{who} are twins: equal weights stay equal"),
                format!("{who} are twins"),
            ]
        }
        Observation::Pulled(neurons) => {
            let names = penalty_names(run.config().penalty).unwrap_or_default();
            let who = who(run, neurons);
            [
                format!("{names} pulled {who} near 0 – e lowers it"),
                format!("{names} pulled {who} near 0 (e)"),
            ]
        }
        Observation::Dead(neurons) => {
            of_neurons(run, neurons, "dead: 0 for every sample", "always 0")
        }
        Observation::Saturated(neurons) => {
            of_neurons(run, neurons, "saturated: almost no gradient", "saturated")
        }
        Observation::Overfitting { since } => {
            let since = format!("overfitting since epoch {}", grouped(*since));
            [format!("{since}: test loss rising"), since]
        }
        Observation::Stuck => [
            format!("stuck: no better than always {}", run.baseline().answer),
            "stuck".to_owned(),
        ],
        Observation::Held => {
            let names = penalty_names(run.config().penalty).unwrap_or_default();
            [
                format!("loss hardly changing: weights held back by {names} – e lowers it"),
                format!("loss held up by {names} (e)"),
            ]
        }
        Observation::Plateau => owned(["plateau: loss hardly changing", "plateau"]),
        Observation::Trend(trend) => {
            let text = match trend {
                Trend::Unknown => "loss not known yet",
                Trend::Falling => "loss still falling",
                Trend::Rising => "loss rising",
                Trend::Flat => "loss hardly changing",
            };
            owned([text; 2])
        }
    }
}

/// Returns what one neuron or several are.
fn of_neurons(run: &RunView, neurons: &[Neuron], long: &str, short: &str) -> [String; 2] {
    let who = who(run, neurons);
    let verb = if neurons.len() == 1 { "is" } else { "are" };
    [long, short].map(|what| format!("{who} {verb} {what}"))
}

/// Returns the names of one or two, or how many they are.
fn who(run: &RunView, neurons: &[Neuron]) -> String {
    match neurons {
        [_] | [_, _] => names(run, neurons),
        _ => format!("{} neurons", neurons.len()),
    }
}

fn names(run: &RunView, neurons: &[Neuron]) -> String {
    let names = neurons
        .iter()
        .map(|&neuron| run.network.neuron_name(neuron));
    names.collect::<Vec<_>>().join(" and ")
}
