//! Earlier runs, which are kept to be compared with the current one and to return to.

mod differences;

use std::mem;
use std::sync::Arc;

use super::keymap::Action;
use super::{App, Effect, Overlay, OverlayKind, Question, RunView};
use crate::session::Past;
use crate::trainer::{DepartedRun, Origin, StartState};

/// The earlier runs that are kept, and the letter of the current one.
#[derive(Debug, Clone)]
pub struct Runs {
    /// The earlier runs, in the order of their letters; at most [`Past::MOST`].
    pub kept: Vec<KeptRun>,
    /// The letter of the current run.
    pub letter: char,
    /// The letter that was given last: none is given again while another is left, so that each means one run.
    last_letter: char,
    /// The kept run whose network is shown beside that of the current one, if any.
    compared: Option<RunId>,
    /// How many runs have ever been kept.
    count: u64,
}

/// Identifies a kept run. Unlike letters, IDs are not reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunId(u64);

/// An earlier run.
#[derive(Debug, Clone)]
pub struct KeptRun {
    /// Its letter.
    pub letter: char,
    /// What the screen shows of it.
    pub view: RunView,
    /// Whether its loss is shown on the chart.
    pub is_shown: bool,
    id: RunId,
    final_state: FinalState,
}

/// The final state of an earlier run, from which it can be restored.
#[derive(Debug, Clone)]
enum FinalState {
    /// Its trainer has not handed it over yet.
    Awaited,
    /// Its trainer has handed it over.
    Known(Box<Past>),
    /// Its trainer ended without handing it over.
    Lost,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            letter: 'A',
            last_letter: 'A',
            compared: None,
            count: 0,
        }
    }
}

impl Runs {
    /// Keeps a run, unless another one continues it; returns the letter of the one that has it. The run replaces those
    /// that it continues, and the oldest one if there are too many.
    fn keep(&mut self, run: KeptRun) -> char {
        if let Some(other) = self.kept.iter().find(|other| run.is_start_of(other)) {
            return other.letter;
        }
        let letter = run.letter;
        self.kept.retain(|other| !other.is_start_of(&run));
        if self.kept.len() == Past::MOST {
            let oldest = self.kept.iter().map(|run| run.id.0).min();
            self.kept.retain(|run| Some(run.id.0) != oldest);
        }
        let index = self.kept.partition_point(|other| other.letter < letter);
        self.kept.insert(index, run);
        self.letter = self.next_letter();
        self.last_letter = self.letter;
        letter
    }

    /// The letter after the one that was given last, from the start again after Z.
    fn next_letter(&self) -> char {
        let is_free = |letter: &char| self.kept.iter().all(|run| run.letter != *letter);
        let after = ('A'..='Z').skip_while(|letter| *letter <= self.last_letter);
        let mut letters = after.chain('A'..='Z');
        letters.find(is_free).unwrap_or('Z')
    }

    /// The run that was kept last.
    fn newest(&self) -> Option<&KeptRun> {
        self.kept.iter().max_by_key(|run| run.id.0)
    }

    /// From now on, uses no ID that another list has used.
    pub(super) fn count_on_from(&mut self, other: &Self) {
        self.count = self.count.max(other.count);
    }

    /// What the screen shows of the kept runs.
    pub(super) fn views_mut(&mut self) -> impl Iterator<Item = &mut RunView> {
        self.kept.iter_mut().map(|run| &mut run.view)
    }

    /// The index of the newest kept run; 0 if there is none.
    pub(super) fn last(&self) -> usize {
        self.kept.len().saturating_sub(1)
    }

    /// Takes in the final state of a kept run from its trainer, if that run is still kept.
    pub(super) fn hear(&mut self, id: RunId, departed: Option<DepartedRun>) {
        let Some(run) = self.kept.iter_mut().find(|run| run.id == id) else {
            return;
        };
        match departed {
            Some(departed) => run.take(departed),
            None => run.final_state = FinalState::Lost,
        }
    }
}

impl KeptRun {
    /// Whether another run is the same, and has been trained at least as far.
    fn is_start_of(&self, other: &Self) -> bool {
        let (this, other) = (&self.view, &other.view);
        this.trained.config == other.trained.config
            && this.source() == other.source()
            && this.lived_changes().eq(other.lived_changes())
            && this.training.farthest <= other.training.farthest
    }

    /// Takes in the final state of the run.
    fn take(&mut self, departed: DepartedRun) {
        self.view.hear_end(&departed);
        self.final_state = FinalState::Known(Box::new(departed.past));
    }
}

/// From this width of the window on, there is room for two networks side by side.
pub const COLUMNS_FOR_TWO: u16 = 160;

impl RunView {
    /// Whether it is kept when another run takes its place: it has finished an epoch.
    #[must_use]
    pub fn is_worth_keeping(&self) -> bool {
        self.curves.training.epochs() > 1
    }
}

impl App {
    /// What is said when a run is kept.
    fn kept_as(&self, letter: char) -> String {
        let key = self.offered_key(Action::Open(OverlayKind::Runs));
        let compare = key.map(|key| format!(" ({key} to compare)"));
        let (present, compare) = (self.runs.letter, compare.unwrap_or_default());
        format!("previous run kept as {letter}, this one is {present}{compare}")
    }

    /// The kept runs on the chart: those that are not hidden, and that can be compared with the current run.
    pub fn drawn_runs(&self) -> impl Iterator<Item = &KeptRun> + Clone {
        let kept = self.runs.kept.iter();
        kept.filter(|run| run.is_shown && self.is_comparable(run))
    }

    /// The kept run whose network is shown beside that of the current one, where there is room.
    #[must_use]
    pub fn compared_run(&self) -> Option<&KeptRun> {
        let compared = self.runs.compared?;
        self.runs.kept.iter().find(|run| run.id == compared)
    }

    /// How many kept runs are not hidden and still not on the chart, because their data or their loss is another.
    #[must_use]
    pub fn incomparable_runs(&self) -> usize {
        let kept = self.runs.kept.iter();
        kept.filter(|run| run.is_shown && !self.is_comparable(run))
            .count()
    }

    /// Whether a kept run and the current one minimize the same loss on the same data.
    fn is_comparable(&self, run: &KeptRun) -> bool {
        let (this, kept) = (&self.run, &run.view);
        // Of numbers, targets that are scaled differently have other losses.
        let is_same_data = Arc::ptr_eq(this.dataset(), kept.dataset())
            || this.source() == kept.source() && this.target_scaling() == kept.target_scaling();
        is_same_data && this.config().loss == kept.config().loss
    }

    /// Returns the current run as it will be kept; `None` if it has not finished an epoch.
    fn current_run(&mut self) -> Option<KeptRun> {
        self.run.is_worth_keeping().then(|| {
            self.runs.count += 1;
            let mut view = self.run.clone();
            view.neuron = None;
            view.slice.begin();
            KeptRun {
                letter: self.runs.letter,
                view,
                is_shown: true,
                id: RunId(self.runs.count),
                final_state: FinalState::Awaited,
            }
        })
    }

    /// Keeps the current run, which is about to be replaced. Its trainer will hand over the final state.
    pub(super) fn keep_run(&mut self) -> Option<RunId> {
        self.hear_waiting();
        let run = self.current_run()?;
        let id = run.id;
        self.runs.keep(run);
        Some(id)
    }

    /// Says that the run which has departed is kept, if it is: another one may continue it.
    pub(super) fn say_kept(&mut self, departed: Option<RunId>) {
        if let Some(letter) = self.kept_letter(departed) {
            self.notice = Some(self.kept_as(letter));
        }
    }

    /// The letter of a run that has departed, if it is kept.
    pub(super) fn kept_letter(&self, departed: Option<RunId>) -> Option<char> {
        let mut kept = self.runs.kept.iter();
        let kept = kept.find(|run| Some(run.id) == departed);
        kept.map(|run| run.letter)
    }

    /// Keeps the old future of the run, which a change has replaced.
    pub(super) fn keep_future(&mut self, departed: DepartedRun) {
        if let Some(mut run) = self.current_run() {
            run.take(departed);
            self.run.curves = run.view.curves.clone();
            self.run.forget_maps();
            let letter = self.runs.keep(run);
            self.notice = Some(self.kept_as(letter));
        }
    }

    /// Shows the loss of the selected run on the chart, or hides it.
    pub(super) fn toggle_run(&mut self) {
        if let Overlay::Runs { selected } = self.overlay
            && let Some(run) = self.runs.kept.get_mut(selected)
        {
            run.is_shown = !run.is_shown;
        }
    }

    /// Shows the network of the selected run beside that of the current one, or no longer.
    pub(super) fn compare_run(&mut self) {
        let Overlay::Runs { selected } = self.overlay else {
            return;
        };
        let Some(KeptRun { id, letter, .. }) = self.runs.kept.get(selected) else {
            return;
        };
        let is_compared = self.runs.compared == Some(*id);
        self.runs.compared = (!is_compared).then_some(*id);
        self.notice = Some(if is_compared {
            format!("only the network of {}", self.runs.letter)
        } else {
            // The window would cover both.
            self.overlay = Overlay::None;
            format!("network of {letter} beside that of {}", self.runs.letter)
        });
    }

    /// Why two networks have no room side by side; `None` if they have, or if they are there.
    pub(super) fn lacks_columns(&self) -> Option<String> {
        let has_room = self.columns >= COLUMNS_FOR_TWO || self.runs.compared.is_some();
        (!has_room).then(|| format!("two networks side by side need {COLUMNS_FOR_TWO} columns"))
    }

    /// Asks whether to delete the selected run.
    pub(super) fn ask_to_drop_run(&mut self) {
        if let Overlay::Runs { selected } = self.overlay
            && selected < self.runs.kept.len()
        {
            self.overlay = Overlay::Ask(Question::Delete(selected));
        }
    }

    /// Deletes a kept run.
    pub(super) fn drop_run(&mut self, index: usize) {
        if index < self.runs.kept.len() {
            self.runs.kept.remove(index);
        }
    }

    /// Returns to the selected run; the current one is kept in its place.
    pub(super) fn return_to_run(&mut self) -> Vec<Effect> {
        let Overlay::Runs { selected } = self.overlay else {
            return Vec::new();
        };
        let Some(run) = self.runs.kept.get(selected) else {
            return Vec::new();
        };
        let past = match &run.final_state {
            FinalState::Known(past) if past.can_be_returned_to() => past.clone(),
            FinalState::Awaited => {
                self.notice = Some(format!("run {} is not ready yet – try again", run.letter));
                return Vec::new();
            }
            FinalState::Known(_) | FinalState::Lost => {
                self.notice = Some(format!("run {} can no longer be restored", run.letter));
                return Vec::new();
            }
        };
        let kept = self.runs.kept.remove(selected);
        let left = self.runs.letter;
        let departs = self.keep_run();
        self.overlay = Overlay::None;
        let resumed = format!("resumed run {}", kept.letter);
        self.notice = Some(match departs {
            Some(_) => resumed,
            None => format!("{resumed}; {left} had no epoch and is not kept"),
        });
        self.runs.letter = kept.letter;
        let start = self.start(StartState::Paused);
        let current = mem::replace(&mut self.run, kept.view);
        self.run.look_like(&current);
        self.run.training.wait(start.pace);
        vec![Effect::Begin {
            origin: Origin::Past(Arc::clone(&self.run.run), past),
            start,
            departs,
        }]
    }
}
