//! What a teacher would say about the run, in the words that fit.

use crate::app::keymap::Action;
use crate::app::{App, Observation, OverlayKind, RunView, Trend};
use crate::nn::Neuron;
use crate::ui::style::number::grouped;
use crate::ui::style::{fitting, penalty_names};

/// Returns what is worth saying after a text that says where the run is, if there is one: longest first, in this room.
pub(super) fn after(place: Option<&str>, app: &App, room: u16) -> String {
    let mut texts = texts(app, &Observation::of(app.run()));
    if let Some(place) = place {
        texts
            .iter_mut()
            .for_each(|text| *text = format!("{place}; {text}"));
    }
    fitting(&texts, room)
}

/// Returns a text, and after it and a separator what is worth saying of the run as it stands; only the text if there is
/// no room.
pub(super) fn remark_after(text: &str, separator: &str, app: &App, room: u16) -> String {
    let observation = Observation::of(app.run());
    if matches!(observation, Observation::Trend(_)) {
        return text.to_owned();
    }
    let remarks = texts(app, &observation).into_iter();
    let mut texts: Vec<String> = remarks
        .map(|remark| format!("{text}{separator}{remark}"))
        .collect();
    texts.push(text.to_owned());
    fitting(&texts, room)
}

/// Returns the words for an observation, from the longest text to the shortest.
fn texts(app: &App, observation: &Observation) -> Vec<String> {
    let run = app.run();
    let owned = |texts: [&str; 2]| texts.map(str::to_owned);
    let texts = match observation {
        Observation::Twins(twins) => {
            let who = names(run, twins);
            [
                format!("{who} are twins: equal weights stay equal"),
                format!("{who} are twins"),
            ]
        }
        Observation::Pulled(neurons) => return pulled(app, neurons),
        Observation::Dead(neurons) => {
            let texts = of_neurons(run, neurons, "dead: 0 for every sample", "always 0");
            return with_ways_out(app, texts, "a smaller learning rate or leaky-relu");
        }
        Observation::Saturated(neurons) => {
            let texts = of_neurons(run, neurons, "saturated: almost no gradient", "saturated");
            return with_ways_out(app, texts, "a smaller learning rate");
        }
        Observation::Overfitting { since } => {
            let since = format!("overfitting since epoch {}", grouped(*since));
            [format!("{since}: test loss rising"), since]
        }
        Observation::Stuck => [
            format!("stuck: no better than always {}", run.baseline().answer),
            "stuck".to_owned(),
        ],
        Observation::Held => return held(app),
        Observation::Plateau => owned(["plateau: loss hardly changing", "plateau"]),
        Observation::Trend(trend) => owned([of_trend(*trend); 2]),
    };
    texts.into()
}

fn pulled(app: &App, neurons: &[Neuron]) -> Vec<String> {
    let names = penalty_names(app.run().config().penalty).unwrap_or_default();
    let what = format!("{names} pulled {} near 0", who(app.run(), neurons));
    with_less(app, names, [what.clone(), what])
}

fn held(app: &App) -> Vec<String> {
    let names = penalty_names(app.run().config().penalty).unwrap_or_default();
    let texts = [
        format!("loss hardly changing: {names} holds the weights back"),
        format!("loss held up by {names}"),
    ];
    with_less(app, names, texts)
}

/// Returns texts, and before each it with the key of the settings, which can pull less.
fn with_less(app: &App, names: &str, texts: [String; 2]) -> Vec<String> {
    let settings = Action::Open(OverlayKind::Settings);
    let less = app.key_saying(&[settings], &format!("sets less {names}"));
    let key = less.as_deref().and_then(|less| less.split(' ').next());
    let both = |text: String| {
        let said = less.iter().map(|less| format!("{text} – {less}"));
        let short = key.iter().map(|key| format!("{text} ({key})"));
        said.chain(short).chain([text.clone()]).collect::<Vec<_>>()
    };
    texts.into_iter().flat_map(both).collect()
}

fn of_trend(trend: Trend) -> &'static str {
    match trend {
        Trend::Unknown => "loss not known yet",
        Trend::Falling => "loss still falling",
        Trend::Rising => "loss rising",
        Trend::Flat => "loss hardly changing",
    }
}

/// Returns texts about what hinders the run, and before them what can be done about it, if its keys work here: that
/// matters more than what the word means, which the help says.
fn with_ways_out(app: &App, [long, short]: [String; 2], setting: &str) -> Vec<String> {
    let mut texts = Vec::new();
    if let Some(way) = app.key_saying(&[Action::RestartWithNextSeed], "tries another seed") {
        let way = format!("; {way}");
        if let Some(set) = app.key_saying(&[Action::Open(OverlayKind::Settings)], setting) {
            texts.push(format!("{long}{way}, {set}"));
        }
        let what = long.split(':').next().unwrap_or(&short);
        texts.extend([format!("{long}{way}"), format!("{what}{way}")]);
    }
    texts.extend([long, short]);
    texts
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
