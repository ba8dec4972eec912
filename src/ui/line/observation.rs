//! What a teacher would say about the run, in the words that fit.

use crate::app::keymap::Action;
use crate::app::{App, Harm, Observation, OverlayKind, RunView, Trend};
use crate::nn::Neuron;
use crate::ui::style::number::grouped;
use crate::ui::style::{fitting, penalty_names, width};

/// The cells for a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Beside the bar of progress.
    pub(super) beside: u16,
    /// With those of the bar, which gives way to what matters more.
    pub(super) all: u16,
}

/// Returns what is worth saying after a text that says where the run is, if there is one: longest first, in this room.
pub(super) fn after(place: Option<&str>, app: &App, room: Room) -> String {
    let observation = Observation::of(app.run());
    let Some(place) = place else {
        return fitting(&texts(app, &observation), room.beside);
    };
    let place = place.to_owned();
    let of_trend = texts(app, &observation).pop().unwrap_or_default();
    remark_after(std::slice::from_ref(&place), "; ", app, room)
        .unwrap_or_else(|| fitting(&[format!("{place}; {of_trend}"), place], room.beside))
}

/// Returns one of some texts, given longest first, and after it and a separator what is worth saying of the run as it
/// stands, which matters more than a long text or the bar; `None` if there is no more to say than what the loss does, or
/// no room for it.
pub(super) fn remark_after(
    before: &[String],
    separator: &str,
    app: &App,
    room: Room,
) -> Option<String> {
    let observation = Observation::of(app.run());
    if !observation.matters() {
        return None;
    }
    let remarks = texts(app, &observation).into_iter();
    let texts = remarks.flat_map(|remark| {
        let texts = before.iter();
        texts.map(move |text| format!("{text}{separator}{remark}"))
    });
    let texts: Vec<String> = texts.collect();
    let longest_in = |room: u16| texts.iter().find(|text| width(text) <= room).cloned();
    longest_in(room.beside).or_else(|| longest_in(room.all))
}

/// Returns the words for an observation, from the longest text to the shortest.
fn texts(app: &App, observation: &Observation) -> Vec<String> {
    let run = app.run();
    let owned = |texts: [&str; 2]| texts.map(str::to_owned);
    let texts = match observation {
        Observation::Twins(twins) => {
            let who = names(run, twins);
            return vec![
                format!("{who} have equal weights, and stay equal"),
                format!("{who} are equal and stay so"),
            ];
        }
        Observation::TooFast(harm) => return too_fast(app, *harm),
        Observation::Pulled(neurons) => {
            let names = penalty_names(run.config().penalty).unwrap_or_default();
            let what = format!("{names} pulled {} near 0", who(run, neurons));
            return with_setting(app, &what, &[&format!("sets less {names}")]);
        }
        Observation::Dead(neurons) => {
            let texts = of_neurons(run, neurons, "dead: 0 for every sample", "always 0");
            return with_ways_out(app, texts, "a smaller learning rate or leaky-relu");
        }
        Observation::Saturated(neurons) => {
            let texts = of_neurons(run, neurons, "saturated: derivative almost 0", "saturated");
            return with_ways_out(app, texts, "a smaller learning rate");
        }
        Observation::Overfitting { since } => {
            let since = format!("overfitting since epoch {}", grouped(*since));
            [format!("{since}: test loss rising"), since]
        }
        Observation::Useless => {
            let answer = &run.baseline().answer;
            return vec![
                format!("plateau: no better than always {answer}"),
                format!("plateau: always {answer} is as good"),
                "plateau: always one answer is as good".to_owned(),
                "plateau".to_owned(),
            ];
        }
        Observation::Held => return held(app),
        Observation::Plateau { is_narrow } => {
            let usual = owned(["plateau: loss hardly changing", "plateau"]);
            let wider = wider(app).filter(|_| *is_narrow);
            return wider.into_iter().chain(usual).collect();
        }
        Observation::Trend(trend) => owned([of_trend(*trend); 2]),
    };
    texts.into()
}

/// Returns what a learning rate that is too high has done, and the keys that help. What does not learn any more needs a
/// new start too.
fn too_fast(app: &App, harm: Harm) -> Vec<String> {
    let run = app.run();
    let health = &run.health;
    let (dead, saturated, outputs) = (&health.dead, &health.saturated, &health.saturated_outputs);
    let hidden = run.network.layers().iter().rev().skip(1);
    let fewest = hidden.map(|layer| layer.units).min().unwrap_or_default();
    let off = match harm {
        // A few that are dead do not keep the others from learning with a lower rate.
        Harm::Jumps if dead.len() < fewest.max(1) => None,
        Harm::Worse if !outputs.is_empty() => Some(format!("{} saturated", who(run, outputs))),
        _ if !dead.is_empty() => Some(format!("{} dead", who(run, dead))),
        _ if !saturated.is_empty() => Some(format!("{} saturated", who(run, saturated))),
        _ => None,
    };
    let what = match harm {
        Harm::Jumps => "loss jumps up and down".to_owned(),
        Harm::Worse => "worse than one constant answer".to_owned(),
        Harm::Risen { since } => format!("loss has risen since epoch {}", grouped(since)),
    };
    let lower = ["lowers the learning rate", "lowers the rate"];
    match (off, app.offered_key(Action::Restart)) {
        (Some(off), Some(restart)) => {
            let [long, short] = lower.map(|lower| format!("{lower}, {restart} restarts"));
            let whole = with_setting(app, &format!("{what}, {off}"), &[&long, &short]);
            let help = format!("lowers it, {restart} restarts");
            let brief = with_setting(app, &format!("rate too high, {off}"), &[&help, "lowers it"]);
            long_or_short(whole, brief)
        }
        _ if harm == Harm::Worse => long_or_short(
            with_setting(app, &what, &lower),
            with_setting(app, "worse than a constant", &lower[1..]),
        ),
        _ => with_setting(app, &what, &lower),
    }
}

/// Returns what is the matter, before it with what the settings do about it, longest first.
fn with_setting(app: &App, what: &str, helps: &[&str]) -> Vec<String> {
    let settings = [Action::Open(OverlayKind::Settings)];
    let helps = helps
        .iter()
        .filter_map(|help| app.key_saying(&settings, help));
    let mut texts: Vec<String> = helps.map(|help| format!("{what}: {help}")).collect();
    texts.push(what.to_owned());
    texts
}

/// Returns both, the first without what says no key, unless no key helps: a shorter text with one says more.
fn long_or_short(mut long: Vec<String>, short: Vec<String>) -> Vec<String> {
    long.truncate((long.len() - 1).max(1));
    long.extend(short);
    long
}

fn held(app: &App) -> Vec<String> {
    let names = penalty_names(app.run().config().penalty).unwrap_or_default();
    let help = format!("sets less {names}");
    let whats = [
        format!("loss hardly changing, {names} holds the weights back"),
        format!("loss held up by {names}"),
    ];
    let [long, short] = whats.map(|what| with_setting(app, &what, &[&help]));
    long_or_short(long, short)
}

/// Returns that a larger network may learn more, where a key changes it.
fn wider(app: &App) -> Option<String> {
    let key = app.offered_key(Action::Open(OverlayKind::Settings))?;
    let what = match app.run().network.layers() {
        [_] => "a hidden layer",
        _ => "more hidden neurons",
    };
    Some(format!("plateau: {what} may help ({key})"))
}

fn of_trend(trend: Trend) -> &'static str {
    match trend {
        Trend::Unknown => "too early to see a trend",
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
