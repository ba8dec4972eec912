//! Which slice is drawn, the names of its axes, and of which moment it is.

use super::scale::Scale;
use crate::app::RunView;
use crate::nn::Network;
use crate::session::Position;
use crate::surface::{Axes, Slice};
use crate::ui::style::number::{grouped, percent};
use crate::ui::style::{Theme, fitting, width};

/// The slice with its scale; `None` if there is none, or no loss of it is finite.
pub(super) fn drawn(run: &RunView) -> Option<(&Slice, Scale)> {
    let slice = run.slice.shown()?;
    Some((slice, Scale::of(slice)?))
}

/// How much is done in whole percentages: 100% is all of it.
pub(super) fn whole_percent(done: f64) -> String {
    percent((done * 100.0).floor() / 100.0)
}

/// The names of the axes, across and up: "w1", "gradient", "random 2".
pub(super) fn names(slice: &Slice) -> [String; 2] {
    let network: &Network = &slice.request.network;
    let parameter = |index: usize| network.parameter_name(network.parameter_at(index));
    match slice.request.axes {
        Axes::Parameters(indices) => indices.map(parameter),
        Axes::Gradient(seed) => ["gradient".to_owned(), format!("random {seed}")],
        Axes::Random(seeds) => seeds.map(|seed| format!("random {seed}")),
    }
}

/// Returns the longest title that fits: what is shown, of which moment if it is not the present one, and how far the
/// next slice is.
pub(super) fn title(theme: Theme, run: &RunView, slice: &Slice, room: u16) -> String {
    let [across, up] = names(slice);
    let of = match moment(run, slice) {
        Some(moment) => format!(" {moment}"),
        None => String::new(),
    };
    let done = run.slice.progress().filter(|_| !run.training.is_running());
    let computing = done.map(|done| format!(", computing: {}", whole_percent(done)));
    let computing = computing.unwrap_or_default();
    let texts = [
        format!("Loss slice over {across}, {up}{of}{computing}"),
        format!("Loss over {across}, {up}{of}{computing}"),
        format!("Loss over {across}, {up}{of}"),
        format!("Loss slice{of}"),
        format!("Loss{of}"),
        if of.is_empty() { "Loss" } else { of.trim() }.to_owned(),
    ];
    let texts = texts.map(|text| theme.written(&text));
    // Beside it are the name of the axis up, an arrow before it, and the corners.
    fitting(&texts, room.saturating_sub(10 + width(&up)))
}

/// "at epoch 120": the moment of a slice, if it is not of the present parameters.
fn moment(run: &RunView, slice: &Slice) -> Option<String> {
    let Position { epoch, step } = slice.request.position;
    if run.is_of_present(slice) {
        return None;
    }
    Some(match step {
        _ if slice.request.position == run.training.position => "before the edit".to_owned(),
        0 => format!("at epoch {}", grouped(epoch)),
        _ => format!("at epoch {}, step {}", grouped(epoch), grouped(step as u64)),
    })
}
