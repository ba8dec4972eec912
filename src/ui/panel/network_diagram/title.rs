//! The title of the diagram: which network, or which step, and which sample.

use super::subject;
use crate::app::keymap::Action;
use crate::app::{Edges, KeptRun, Probe, RunView, Shown, Stage, TracedStep};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, activations, fitting};

/// The key of the labels at the edges, with those that come next.
pub(super) fn key(canvas: &Canvas) -> Option<String> {
    let next = format!("→ {}", canvas.app.next_labels());
    canvas.key_text(Action::TurnLabels, &canvas.theme.written(&next))
}

/// Returns "Network 2-2-1 sigmoid: Alice", shorter where there is no room; beside another run, after the letter of this one.
pub(super) fn of_run(theme: Theme, run: &RunView, letter: Option<char>, room: u16) -> String {
    let start = letter.map_or_else(String::new, |letter| format!("{letter}: "));
    let texts = of_network(theme, run, shown(run, run)).map(|text| format!("{start}{text}"));
    fitting(&texts, room)
}

/// Returns "Network 2-2-1 sigmoid: at the cursor", shorter where there is no room.
pub(super) fn at_cursor(theme: Theme, run: &RunView, room: u16) -> String {
    fitting(&of_network(theme, run, "at the cursor".to_owned()), room)
}

/// Returns "A at epoch 300: Network 2-2-1 sigmoid: Alice".
pub(super) fn of_kept(theme: Theme, present: &RunView, kept: &KeptRun) -> String {
    let epoch = grouped(kept.view.training.farthest.epoch);
    let [network, ..] = of_network(theme, &kept.view, shown(&kept.view, present));
    format!("{} at epoch {epoch}: {network}", kept.letter)
}

/// The name of the sample that another run shows, or if that has other data, of the one that this run shows.
fn shown(run: &RunView, showing: &RunView) -> String {
    let showing = if run.sees(showing) { showing } else { run };
    match showing.shown {
        Shown::Sample(sample) => showing.dataset().sample_name(sample),
        Shown::Prediction => showing.typed_values_name(),
    }
}

/// The network of a run, and what is shown of it: longest first.
fn of_network(theme: Theme, run: &RunView, shown: String) -> [String; 4] {
    let architecture = run.network.architecture();
    let activations = activations(theme, architecture);
    [
        format!("Network {architecture} {activations}: {shown}"),
        format!("Network {architecture}: {shown}"),
        format!("Network: {shown}"),
        shown,
    ]
}

/// Returns "After epoch 140, sample 2 of 4: Bob" or "Gradients after epoch 3, batch 1 of 15, sample 2 of 10: #17", shorter
/// where there is no room: first what the numbers at the edges are, if not weights.
pub(super) fn of_step(run: &RunView, traced: &TracedStep, room: u16) -> String {
    let (epoch, step) = (grouped(traced.position.epoch), traced.position.step + 1);
    let steps = run.steps_per_epoch();
    let name = traced.followed_name(run);
    if let Some(probe) = &traced.probe {
        return of_probe(run, &epoch, (probe, name), room);
    }
    let stage = match (run.backprop.stage, subject::is_updated(run)) {
        (Stage::Update, true) => ", after the step",
        (Stage::Update, false) => ", before the step",
        _ => "",
    };
    // Epochs are counted when they are over: the sample is the next epoch's.
    let start = match (run.labelled_with(), traced.position.epoch) {
        (Edges::Weights, 0) => "Epoch",
        (Edges::Weights, _) => "After epoch",
        (Edges::Gradients, 0) => "Gradients, epoch",
        (Edges::Gradients, _) => "Gradients after epoch",
    };
    let end = format!("{name}{stage}");
    if run.batch_size() == 1 {
        let texts = [
            format!("{start} {epoch}, sample {step} of {steps}: {end}"),
            format!("{start} {epoch}, sample {step}: {end}"),
            format!("{start} {epoch}: {end}"),
            format!("{start} {epoch}{stage}"),
        ];
        return fitting(&texts, room);
    }
    let (sample, size) = (traced.index_in_batch + 1, traced.batch_size());
    let texts = [
        format!("{start} {epoch}, batch {step} of {steps}, sample {sample} of {size}: {end}"),
        // Two fractions would be taken for one another.
        format!("{start} {epoch}, batch {step} of {steps}, sample {sample}: {end}"),
        format!("{start} {epoch}, batch {step}, sample {sample}: {end}"),
        format!("{start} {epoch}, batch {step}: {end}"),
        format!("{start} {epoch}, batch {step}{stage}"),
    ];
    fitting(&texts, room)
}

/// Returns "Epoch 140: Bob, not in this step", shorter where there is no room.
fn of_probe(run: &RunView, epoch: &str, (probe, name): (&Probe, String), room: u16) -> String {
    let why = probe.why_untrained(run.dataset());
    let texts = [
        format!("Epoch {epoch}: {name}, {why}"),
        format!("{name}, {why}"),
        name,
    ];
    fitting(&texts, room)
}
