//! What a chart shows: its lines, its axis, and the kept runs that have lines.

use super::series::{DASHED, DASHED_AND_DOTTED, DOTTED, LONG_DASHED, SOLID, Series};
use super::window::Window;
use crate::app::{App, Charted, KeptRun, RunView};
use crate::session::MOST_MEASURED;
use crate::ui::style::number;
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::TickText;

/// What a chart shows.
pub(super) struct Subject<'a> {
    pub(super) charted: Charted,
    /// The titles that say all that matters, from the longest text to the shortest.
    pub(super) titles: Vec<String>,
    /// Shorter ones, which leave out a part of it, for panels that have no room for those.
    pub(super) cut_titles: Vec<String>,
    /// The lines of the present run.
    pub(super) present: Vec<Series<'a>>,
    /// The lines of kept runs, which are behind the others.
    pub(super) kept: Vec<Series<'a>>,
    /// The kept runs that have lines.
    pub(super) kept_runs: Vec<&'a KeptRun>,
    /// The epochs that it is of.
    pub(super) window: Window,
    pub(super) up: Axis,
    pub(super) text: TickText,
    /// A value that is marked by a horizontal line.
    pub(super) guide: Option<f64>,
    /// How a number is written beside the name of its line.
    pub(super) written: fn(f64) -> String,
    /// What is to be said of it, from the longest text to the shortest.
    pub(super) notes: Vec<String>,
    /// What its dashes mean, from the longest text to the shortest; empty if names or a legend say so.
    pub(super) dashes: Vec<String>,
}

impl<'a> Subject<'a> {
    /// Whether a name is that of the present run, which the legend explains.
    pub(super) fn names_run(&self, app: &App, name: &str) -> bool {
        let letter = app.runs().letter;
        !self.kept_runs.is_empty() && name.chars().eq([letter])
    }

    /// All lines, those in front last.
    pub(super) fn series(&self) -> impl Iterator<Item = &Series<'a>> {
        self.kept.iter().chain(self.present.iter().rev())
    }
}

/// The kept run on the chart that is compared, or else the newest, whose network is of the same shape. More of them would
/// hide one another.
pub(super) fn newest_alike(app: &App) -> Option<&KeptRun> {
    let architecture = app.run().network.architecture();
    let alike = app
        .drawn_runs()
        .filter(|run| run.view.network.architecture() == architecture);
    let compared = app.compared_run().map(|run| run.letter);
    let is_compared = |run: &&KeptRun| Some(run.letter) == compared;
    alike.clone().find(is_compared).or(alike.last())
}

/// Whether a kept run may stretch the axis: one that has diverged would flatten all other curves.
pub(super) fn is_sound(run: &KeptRun) -> bool {
    !run.view.training.has_diverged()
}

/// The dashes of a layer, which distinguish neighbours.
pub(super) fn of_layer(layer: usize) -> &'static [bool] {
    [SOLID, DASHED, DOTTED, LONG_DASHED, DASHED_AND_DOTTED][layer % 5]
}

/// What the line of a layer consists of in ASCII: "1" for the first one.
pub(super) fn digit(index: usize) -> char {
    u32::try_from((index + 1) % 10)
        .ok()
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or('*')
}

/// Why a network has no curves of its layers, if it has none.
pub(super) fn not_recorded(run: &RunView) -> Vec<String> {
    let parameters = run.network.parameters().len();
    if parameters <= MOST_MEASURED {
        return Vec::new();
    }
    let most = number::grouped(MOST_MEASURED as u64);
    vec![
        format!("not recorded for networks with more than {most} parameters"),
        "not recorded: too many parameters".to_owned(),
    ]
}
