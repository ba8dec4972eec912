//! The runs that were left: kept to be compared with the present one, and to be come back to.

mod differences;

use std::mem;
use std::sync::Arc;

use super::turn::Turn;
use super::{App, Effect, Overlay, RunView};
use crate::session::Past;
use crate::trainer::{DepartedRun, Origin, StartState};

/// The runs that were left, and the letter of the present one.
#[derive(Debug, Clone)]
pub struct Runs {
    /// In the order in which they were left; [`Past::MOST`] at the most.
    pub kept: Vec<KeptRun>,
    /// What the present run is called.
    pub letter: char,
    /// How many have been kept so far.
    count: u64,
}

/// One of all runs that were ever kept: letters are used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunId(u64);

/// A run that was left.
#[derive(Debug, Clone)]
pub struct KeptRun {
    /// What it is called.
    pub letter: char,
    /// How it was shown last, at its end.
    pub view: RunView,
    /// Whether its loss is drawn.
    pub is_shown: bool,
    id: RunId,
    way_back: WayBack,
}

/// What it takes to come back to a run.
#[derive(Debug, Clone)]
enum WayBack {
    /// Its trainer will hand it out.
    Awaited,
    /// It is there.
    Known(Box<Past>),
    /// Its trainer had none.
    Lost,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            letter: 'A',
            count: 0,
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

    /// The index of the newest kept run; 0 if there is none.
    pub(super) fn last(&self) -> usize {
        self.kept.len().saturating_sub(1)
    }

    /// Takes what the trainer of a kept run knew of its end, if that run is still kept.
    pub(super) fn hear(&mut self, id: RunId, departed: Option<DepartedRun>) {
        let Some(run) = self.kept.iter_mut().find(|run| run.id == id) else {
            return;
        };
        match departed {
            Some(departed) => run.take(departed),
            None => run.way_back = WayBack::Lost,
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
    fn take(&mut self, departed: DepartedRun) {
        self.view.hear_end(&departed);
        self.way_back = WayBack::Known(Box::new(departed.past));
    }
}

impl App {
    /// The kept runs whose losses are drawn: those that should be, and have losses of the same kind.
    pub fn drawn_runs(&self) -> impl Iterator<Item = &KeptRun> {
        let kept = self.runs.kept.iter();
        kept.filter(|run| run.is_shown && run.view.config().loss == self.run.config().loss)
    }

    /// The present run as it should be kept; `None` if it has not begun.
    fn present_run(&mut self) -> Option<KeptRun> {
        let has_begun = self.run.curves.training.epochs() > 1;
        has_begun.then(|| {
            self.runs.count += 1;
            KeptRun {
                letter: self.runs.letter,
                view: self.run.clone(),
                is_shown: true,
                id: RunId(self.runs.count),
                way_back: WayBack::Awaited,
            }
        })
    }

    /// Keeps the present run, which another one is about to replace. Its trainer will hand out the way back.
    pub(super) fn keep_run(&mut self) -> Option<RunId> {
        let run = self.present_run()?;
        let id = run.id;
        self.runs.keep(run);
        Some(id)
    }

    /// Keeps the future that is given up for a change.
    pub(super) fn keep_future(&mut self, departed: DepartedRun) {
        if let Some(mut run) = self.present_run() {
            run.take(departed);
            self.run.curves = run.view.curves.clone();
            self.notice = Some(format!("the run as it was is kept as {}: v", run.letter));
            self.runs.keep(run);
        }
    }

    /// Selects another of the kept runs.
    pub(super) fn turn_run(&mut self, turn: Turn) {
        let last = self.runs.last();
        if let Overlay::Runs { selected } = &mut self.overlay {
            *selected = turn.index(*selected, last);
        }
    }

    /// Draws the loss of the selected run, or does not any more.
    pub(super) fn toggle_run(&mut self) {
        if let Overlay::Runs { selected } = self.overlay
            && let Some(run) = self.runs.kept.get_mut(selected)
        {
            run.is_shown = !run.is_shown;
        }
    }

    /// Drops the selected run for good.
    pub(super) fn drop_run(&mut self) {
        if let Overlay::Runs { selected } = &mut self.overlay
            && *selected < self.runs.kept.len()
        {
            self.runs.kept.remove(*selected);
            *selected = (*selected).min(self.runs.last());
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
        let past = match &run.way_back {
            WayBack::Known(past) if past.can_be_returned_to() => past.clone(),
            WayBack::Awaited => {
                self.notice = Some(format!("run {} is still being put away", run.letter));
                return Vec::new();
            }
            WayBack::Known(_) | WayBack::Lost => {
                self.notice = Some(format!("run {} can no longer be restored", run.letter));
                return Vec::new();
            }
        };
        let kept = self.runs.kept.remove(selected);
        let departs = self.keep_run();
        self.overlay = Overlay::None;
        self.notice = Some(format!("resumed run {}", kept.letter));
        self.runs.letter = kept.letter;
        let start = self.start(StartState::Paused);
        let present = mem::replace(&mut self.run, kept.view);
        self.run.look_like(&present);
        self.run.training.wait(start.pace);
        vec![Effect::Begin {
            origin: Origin::Past(Arc::clone(&self.run.run), past),
            start,
            departs,
        }]
    }
}
