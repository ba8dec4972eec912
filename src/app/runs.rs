//! The runs that were left: kept to be compared with the present one, and to be come back to.

mod differences;

use std::mem;

use super::keymap::Action;
use super::{App, Effect, Overlay, RunView};
use crate::session::Past;
use crate::trainer::{Left, StartState};

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
    /// How it was shown last, at its end.
    pub view: RunView,
    /// Whether its loss is drawn.
    pub is_shown: bool,
    /// The way back to it, unless it was lost.
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
    /// Whether another run is the same one, and got as far or farther.
    fn is_start_of(&self, other: &Self) -> bool {
        let (this, other) = (&self.view, &other.view);
        this.config() == other.config()
            && this.source() == other.source()
            && this.training.changes == other.training.changes
            && this.training.newest <= other.training.newest
    }

    /// What the trainer knew of its end.
    fn take(&mut self, Left { past, curves }: Left) {
        self.view.hear_end(&past, &curves);
        self.past = Some(Box::new(past));
    }
}

impl App {
    /// The kept runs whose losses are drawn: those that should be, and have losses of the same kind.
    pub fn drawn_runs(&self) -> impl Iterator<Item = &KeptRun> {
        let kept = self.runs.kept.iter();
        kept.filter(|run| run.is_shown && run.view.config().loss == self.run.config().loss)
    }

    /// The present run as it should be kept; `None` if it has not begun.
    fn present_run(&self) -> Option<KeptRun> {
        let has_begun = self.run.curves.training.epochs() > 1;
        has_begun.then(|| KeptRun {
            letter: self.runs.letter,
            view: self.run.clone(),
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
            self.run.curves = run.view.curves.clone();
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
        let kept = self.runs.kept.remove(selected);
        self.keep_run();
        self.overlay = Overlay::None;
        self.notice = Some(format!("back in run {}", kept.letter));
        self.runs.letter = kept.letter;
        let start = self.start(StartState::Paused);
        let present = mem::replace(&mut self.run, kept.view);
        self.run.look_like(&present);
        self.run.training.wait(start.pace);
        vec![Effect::Return { past, start }]
    }
}
