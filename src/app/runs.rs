//! The runs that were left: kept to be compared with the present one, and to be come back to.

mod differences;

use std::sync::Arc;

use super::keymap::Action;
use super::{App, Effect, Overlay, Overview, PredictionForm, Shown, Training, TrainingState};
use crate::data::Dataset;
use crate::nn::Network;
use crate::session::{
    Change, DataSource, Evaluation, Past, PlacedChange, Position, TrainingConfig,
};
use crate::trainer::{Left, LossCurves, RunState, Start, StartState};

/// The runs that were left, and the letter of the present one.
#[derive(Debug, Clone)]
pub struct Runs {
    /// In the order in which they were left; [`Past::MOST`] at the most.
    pub kept: Vec<KeptRun>,
    /// What the present run is called.
    pub letter: char,
    /// The run whose way back the trainer has still to hand out.
    awaited: Option<char>,
}

/// A run that was left.
#[derive(Debug, Clone)]
pub struct KeptRun {
    /// What it is called.
    pub letter: char,
    /// How it was set up at its end.
    pub config: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// What it learned from.
    pub dataset: Arc<Dataset>,
    /// The network, near its end.
    pub network: Network,
    /// The loss of each of its epochs.
    pub curves: LossCurves,
    /// How far it had come.
    pub newest: Position,
    /// How good it was at the end of its last whole epoch.
    pub evaluation: Option<Evaluation>,
    /// What was changed on its way.
    pub changes: Arc<Vec<PlacedChange>>,
    /// Whether it came to an end because a number was none any more.
    pub has_diverged: bool,
    /// Whether its loss is drawn.
    pub is_shown: bool,
    /// The way back to it; nothing if it was lost.
    past: Option<Box<Past>>,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            letter: 'A',
            awaited: None,
        }
    }
}

impl Runs {
    /// Keeps a run as the newest one, instead of one that is the start of it, and of the oldest if there are
    /// too many.
    fn keep(&mut self, run: KeptRun) {
        if self.kept.iter().any(|other| run.is_start_of(other)) {
            return;
        }
        self.kept.retain(|other| !other.is_start_of(&run));
        if self.kept.len() == Past::MOST {
            self.kept.remove(0);
        }
        self.kept.push(run);
        let is_free = |letter: &char| self.kept.iter().all(|run| run.letter != *letter);
        self.letter = ('A'..='Z').find(is_free).unwrap_or('Z');
    }

    /// Takes the way back to the run that was left last.
    fn hear(&mut self, left: Left) {
        let Some(letter) = self.awaited.take() else {
            return;
        };
        if let Some(run) = self.kept.iter_mut().find(|run| run.letter == letter) {
            run.take(left);
        }
    }
}

impl KeptRun {
    /// Whether another run is the same one, and came as far or farther.
    fn is_start_of(&self, other: &Self) -> bool {
        self.config == other.config
            && self.source == other.source
            && self.changes == other.changes
            && self.newest <= other.newest
    }

    /// What the trainer knew of its end.
    fn take(&mut self, Left { past, curves }: Left) {
        self.curves.append(&curves);
        self.newest = past.farthest.position;
        self.evaluation = Some(past.farthest.evaluation);
        self.changes = Arc::clone(&past.changes);
        self.config.initial_layers = past.initial_layers().cloned();
        for made in &**past.changes {
            match made.change {
                Change::LearningRate(rate) => self.config.learning_rate = rate,
                Change::Optimizer(kind) => self.config.optimizer = kind,
                Change::Parameter { .. } => {}
            }
        }
        if let Some(parameters) = past.parameters() {
            self.network.parameters_mut().copy_from_slice(parameters);
        }
        self.past = Some(Box::new(past));
    }
}

impl App {
    /// The kept runs whose losses are drawn: those that are to be, and are losses of the same kind.
    pub fn drawn_runs(&self) -> impl Iterator<Item = &KeptRun> {
        let kept = self.runs.kept.iter();
        kept.filter(|run| run.is_shown && run.config.loss == self.config.loss)
    }

    /// The present run as it is to be kept; nothing if it has not begun.
    fn present_run(&self) -> Option<KeptRun> {
        let has_begun = self.curves.training.epochs() > 1;
        has_begun.then(|| KeptRun {
            letter: self.runs.letter,
            config: self.config.clone(),
            source: self.source.clone(),
            dataset: Arc::clone(&self.dataset),
            network: self.network.clone(),
            curves: self.curves.clone(),
            newest: self.training.newest,
            evaluation: self.training.evaluation,
            changes: Arc::clone(&self.training.changes),
            has_diverged: matches!(
                self.training.state,
                TrainingState::Alive(RunState::Diverged { .. })
            ),
            is_shown: true,
            past: None,
        })
    }

    /// Keeps the present run, which another one is about to replace; the trainer will hand out the way back.
    pub(super) fn keep_run(&mut self) {
        self.runs.awaited = None;
        if let Some(run) = self.present_run() {
            self.runs.awaited = Some(run.letter);
            self.runs.keep(run);
        }
    }

    /// Keeps the future that is given up for a change.
    pub(super) fn keep_future(&mut self, left: Left) {
        if let Some(mut run) = self.present_run() {
            run.take(left);
            self.curves = run.curves.clone();
            self.notice = Some(format!("the run as it was is kept as {}: v", run.letter));
            self.runs.keep(run);
        }
    }

    /// Takes the way back to the run that was left last; nothing if the trainer has none.
    pub(super) fn hear_left(&mut self, left: Option<Box<Left>>) {
        match left {
            Some(left) => self.runs.hear(*left),
            None => self.runs.awaited = None,
        }
    }

    /// What a key does in the panel of the runs.
    pub(super) fn look_at_runs(&mut self, action: Action) {
        let last = self.runs.kept.len().saturating_sub(1);
        let Overlay::Runs { selected } = &mut self.overlay else {
            self.overlay = Overlay::Runs { selected: last };
            return;
        };
        match action {
            Action::PreviousRun => *selected = selected.saturating_sub(1),
            Action::NextRun => *selected = (*selected + 1).min(last),
            Action::ToggleRun => {
                if let Some(run) = self.runs.kept.get_mut(*selected) {
                    run.is_shown = !run.is_shown;
                }
            }
            Action::DropRun if *selected <= last && !self.runs.kept.is_empty() => {
                self.runs.kept.remove(*selected);
                *selected = (*selected).min(last.saturating_sub(1));
            }
            _ => {}
        }
    }

    /// Comes back to the selected run; the present one is kept in its place.
    pub(super) fn return_to_run(&mut self) -> Vec<Effect> {
        let Overlay::Runs { selected } = self.overlay else {
            return Vec::new();
        };
        let Some(run) = self.runs.kept.get(selected) else {
            return Vec::new();
        };
        let way_back = run.past.clone().filter(|past| past.can_be_returned_to());
        let Some(past) = way_back else {
            self.notice = Some(format!("the way back to {} is lost", run.letter));
            return Vec::new();
        };
        let run = self.runs.kept.remove(selected);
        self.keep_run();
        self.overlay = Overlay::None;
        self.notice = Some(format!("back in run {}", run.letter));
        self.show_run(run);
        let start = Start {
            state: StartState::Paused,
            pace: self.training.pace,
            epochs: self.config.last_epoch(),
        };
        vec![Effect::Return { past, start }, self.look_ahead()]
    }

    fn show_run(&mut self, run: KeptRun) {
        if !Arc::ptr_eq(&run.dataset, &self.dataset) {
            self.prediction = PredictionForm::new(&run.dataset);
            self.shown = Shown::Sample(0);
            self.overview = Overview::Table;
        }
        self.neuron = None;
        self.backprop.begin_another_network();
        self.training = Training {
            position: run.newest,
            newest: run.newest,
            changes: run.changes,
            evaluation: run.evaluation,
            ..Training::at_start(StartState::Paused, self.training.pace)
        };
        self.runs.letter = run.letter;
        self.curves = run.curves;
        (self.config, self.source) = (run.config, run.source);
        (self.dataset, self.network) = (run.dataset, run.network);
    }
}
