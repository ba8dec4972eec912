//! The sweep panel: the number of seeds, their progress, and the seeds that can be opened.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};

use super::text_field::TextInput;
use super::{App, Effect, Overlay, TextField};
use crate::session::Run;
use crate::sweep::{self, DEFAULT_SEEDS, MOST_SEEDS, Progress, SweepEvent};

/// A sweep of the run's configuration over many seeds.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// The number of seeds of the next sweep, as typed.
    pub seeds: TextField,
    /// Whether a sweep is under way.
    pub state: SweepState,
    /// The latest report of the sweep.
    pub progress: Option<Box<Progress>>,
    /// Why the sweep could not start, or why it failed.
    pub problem: Option<String>,
    /// The run that was swept.
    of: Option<Arc<Run>>,
}

/// Whether a sweep is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepState {
    /// No sweep is under way.
    Idle,
    /// A sweep is under way.
    Running,
    /// A sweep is under way and has been asked to stop.
    Ending,
}

/// A seed that can be opened, ranked by its final loss among all seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after its rank")]
pub enum Pick {
    Best,
    Median,
    Worst,
}

impl Pick {
    /// The name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Median => "median",
            Self::Worst => "worst",
        }
    }
}

impl App {
    /// Stops the sweep, or closes the panel if none is under way.
    pub(super) fn leave_sweep(&mut self) -> Vec<Effect> {
        let effect = self.sweep.cancel();
        if effect.is_none() {
            self.overlay = Overlay::None;
        }
        effect.into_iter().collect()
    }

    /// Opens the run of one of the sweep's seeds, at its start.
    pub(super) fn open_seed(&mut self, pick: Pick) -> Vec<Effect> {
        let Some((seed, text)) = self.sweep.pick(pick) else {
            return Vec::new();
        };
        let mut effects: Vec<Effect> = self.sweep.drop().into_iter().collect();
        effects.extend(self.restart_from(seed));
        self.overlay = Overlay::None;
        self.notice = Some(text);
        effects
    }
}

impl Default for Sweep {
    fn default() -> Self {
        Self {
            seeds: TextField::new(DEFAULT_SEEDS.to_string()),
            state: SweepState::Idle,
            progress: None,
            problem: None,
            of: None,
        }
    }
}

impl Sweep {
    /// Prepares the panel for this run. Results of a different run are dropped.
    pub(super) fn open(&mut self, run: &Run) {
        self.problem = None;
        self.seeds.focus();
        if self.state == SweepState::Idle && !self.is_of(run) {
            self.progress = None;
        }
    }

    /// Whether there are results: a seed that has a final loss.
    pub(super) fn has_results(&self) -> bool {
        self.pick(Pick::Best).is_some()
    }

    /// Whether the results belong to this run, apart from its seed.
    fn is_of(&self, run: &Run) -> bool {
        let of = self.of.as_ref();
        of.is_some_and(|swept| swept.is_same_but_for_seed(run))
    }

    /// Starts a sweep, which replaces earlier results.
    pub(super) fn start(&mut self, run: &Arc<Run>) -> Vec<Effect> {
        if self.state != SweepState::Idle {
            return Vec::new();
        }
        self.check();
        let Some(seeds) = self.typed_seeds() else {
            return Vec::new();
        };
        if let Err(problem) = sweep::check(&run.config, seeds) {
            self.problem = Some(problem.to_string());
            return Vec::new();
        }
        self.problem = None;
        // The next digit begins a new number.
        self.seeds.focus();
        self.state = SweepState::Running;
        self.progress = None;
        self.of = Some(Arc::clone(run));
        vec![Effect::Sweep(Arc::clone(run), seeds)]
    }

    /// Says what is wrong with the typed number of seeds.
    fn check(&mut self) {
        let is_wrong = self.typed_seeds().is_none();
        self.problem = is_wrong.then(|| "enter 1 to 1,000,000".to_owned());
    }

    /// The typed number of seeds; `None` if there are too few or too many.
    fn typed_seeds(&self) -> Option<u64> {
        let seeds = self.seeds.text().parse().ok()?;
        (1..=MOST_SEEDS).contains(&seeds).then_some(seeds)
    }

    /// Asks the running sweep to stop and report its results; `None` if none is running.
    fn cancel(&mut self) -> Option<Effect> {
        (self.state == SweepState::Running).then(|| {
            self.state = SweepState::Ending;
            Effect::CancelSweep
        })
    }

    /// Drops the sweep that is under way, if any, without waiting for its results.
    fn drop(&mut self) -> Option<Effect> {
        let before = std::mem::replace(&mut self.state, SweepState::Idle);
        (before != SweepState::Idle).then_some(Effect::DropSweep)
    }

    pub(super) fn hear(&mut self, event: SweepEvent) {
        match event {
            SweepEvent::Progress(progress) => {
                if progress.is_over {
                    self.state = SweepState::Idle;
                }
                self.progress = Some(progress);
            }
            SweepEvent::Failed(problem) => {
                self.state = SweepState::Idle;
                self.problem = Some(problem);
            }
        }
    }

    /// The picked seed, and the notice that names it; `None` while there are no results.
    fn pick(&self, pick: Pick) -> Option<(u64, String)> {
        let summary = &self.progress.as_ref()?.summary;
        let losses = summary.losses?;
        let of = match pick {
            Pick::Best => losses.best,
            Pick::Median => losses.median,
            Pick::Worst => losses.worst,
        };
        let (seed, name, seeds) = (of.seed, pick.name(), summary.counts.total());
        Some((
            seed,
            format!("opened seed {seed}, the {name} of {seeds}, at its start"),
        ))
    }
}

impl TextInput for Sweep {
    fn type_key(&mut self, key: KeyEvent) {
        let edits = match key.code {
            KeyCode::Char(c) => c.is_ascii_digit(),
            _ => true,
        };
        if edits && self.state == SweepState::Idle {
            self.seeds.type_key(key);
            self.check();
        }
    }

    fn place_cursor(&mut self, index: usize) {
        if self.state == SweepState::Idle {
            self.seeds.place_cursor(index);
        }
    }

    fn paste(&mut self, text: &str) {
        if self.state == SweepState::Idle {
            let number: String = text.chars().filter(|c| !",_ ".contains(*c)).collect();
            self.seeds.paste(&number);
            self.check();
        }
    }
}
