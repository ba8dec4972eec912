//! Esc: leaves what is open, one thing at a time, and never the program.

use super::keymap::Context;
use super::{App, Effect, Overview, TrainingState, View};
use crate::trainer::{Command, RunState};

/// What the footer says of the keys that give the body back to all panels.
pub(super) const ALL_PANELS: &str = "all panels";

/// What Esc leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// A jump that is under way.
    Jump,
    /// Training to an epoch.
    TrainingTo,
    /// A hint in a lesson.
    Hint,
    /// A panel that has the whole body.
    Zoom,
    /// The moment that is marked on the chart.
    Mark,
    /// A sample that is not in the step.
    Probe,
    /// The neuron whose formula is shown.
    Neuron,
    /// The neuron whose map is shown.
    MapOfNeuron,
    /// The part of the map that is shown.
    MapPart,
    /// The part of the loss slice that is shown.
    SlicePart,
    /// The loss slice instead of the map.
    Slice,
    /// Another overview than the table of samples.
    Overview,
}

impl Open {
    /// What the footer says of Esc.
    pub(super) fn way_out(self) -> &'static str {
        match self {
            Self::Jump => "cancel",
            Self::TrainingTo => "stop",
            Self::Hint => "close hint",
            // What is seen says to what: so short that the other keys keep their room.
            _ => "back",
        }
    }

    /// What a legend says of Esc, which has room to say where it leads; `None` where other keys matter more.
    pub(super) fn way_in_legend(self) -> Option<&'static str> {
        match self {
            Self::MapOfNeuron => Some("map of the prediction"),
            Self::MapPart => Some("the whole map"),
            Self::SlicePart => Some("the whole slice"),
            _ => None,
        }
    }
}

impl App {
    /// What Esc leaves in the present view, innermost first; `None` if nothing is open.
    pub(super) fn open_thing(&self) -> Option<Open> {
        let run = &self.run;
        let is_train = self.view == View::Train;
        let is_slice = self.shows_slice();
        let is_map = self.view == View::Surface && !is_slice;
        let has_map = run.surface.features.is_some();
        let is_open = [
            (Open::Jump, run.training.is_seeking()),
            (Open::TrainingTo, run.training.is_training_to()),
            (
                Open::Hint,
                self.scene().is_some_and(super::Scene::has_open_hint),
            ),
            (Open::Zoom, self.zoomed().is_some()),
            (Open::Mark, is_train && self.marked().is_some()),
            (Open::Probe, self.view == View::Backprop && run.is_probing()),
            (Open::Neuron, is_train && run.neuron.is_some()),
            (Open::MapOfNeuron, is_map && run.neuron.is_some()),
            (Open::MapPart, is_map && run.is_zoomed()),
            (Open::SlicePart, is_slice && run.slice.is_zoomed()),
            (Open::Slice, is_slice && has_map),
            (Open::Overview, is_train && run.overview != Overview::Table),
        ];
        let mut open = is_open.into_iter().filter(|(_, is_open)| *is_open);
        open.next().map(|(open, _)| open)
    }

    /// Whether Esc leaves the lessons right now, and nothing else before.
    #[must_use]
    pub fn leaves_lessons_by_esc(&self) -> bool {
        self.open_thing().is_none() && self.context() == Context::View(View::Learn)
    }

    /// Leaves the innermost thing that is open.
    pub(super) fn dismiss(&mut self) -> Vec<Effect> {
        match self.open_thing() {
            Some(Open::Jump) => {
                self.notice = Some("cancelled".to_owned());
                return vec![Effect::Train(Command::CancelSeek)];
            }
            Some(Open::TrainingTo) => {
                self.run.training.state = TrainingState::Alive(RunState::Paused);
                return vec![Effect::Train(Command::Pause)];
            }
            Some(Open::Hint) => self.close_hint(),
            Some(Open::Zoom) => self.toggle_zoom(None),
            Some(Open::Mark) => self.remove_mark(),
            Some(Open::Probe) => self.run.leave_probe(),
            Some(Open::Neuron | Open::MapOfNeuron) => self.run.neuron = None,
            Some(Open::MapPart) => self.show_whole_map(),
            Some(Open::SlicePart) => self.show_whole_slice(),
            Some(Open::Slice) => self.turn_surface(),
            Some(Open::Overview) => self.run.overview = Overview::Table,
            None => {}
        }
        Vec::new()
    }
}
