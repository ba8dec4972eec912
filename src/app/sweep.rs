//! The sweep panel: how many seeds, how far they are, and which of them to open.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};

use super::text_field::TextInput;
use super::{App, Effect, Overlay, TextField};
use crate::session::Run;
use crate::sweep::{self, Event, Progress, USUAL_SEEDS};

/// A sweep of the run's configuration over many seeds.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// How many seeds the next one has.
    pub seeds: TextField,
    /// Whether one is under way.
    pub state: SweepState,
    /// What was last heard of it.
    pub progress: Option<Box<Progress>>,
    /// Why there is none, or none any more.
    pub problem: Option<String>,
    /// Of which runs this tells.
    of: Option<Arc<Run>>,
}

/// Whether a sweep is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepState {
    /// None is.
    Idle,
    /// One is.
    Running,
    /// One is, and was asked to end.
    Ending,
}

/// One of the seeds that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "a seed's final loss among those of all seeds")]
pub enum Pick {
    Best,
    Median,
    Worst,
}

impl Pick {
    fn name(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Median => "median",
            Self::Worst => "worst",
        }
    }
}

impl App {
    /// Stops the sweep that is under way; closes the panel if none is.
    pub(super) fn leave_sweep(&mut self) -> Vec<Effect> {
        let effect = self.sweep.cancel();
        if effect.is_none() {
            self.overlay = Overlay::None;
        }
        effect.into_iter().collect()
    }

    /// Shows the run of one of the seeds of the sweep, from its start.
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
            seeds: TextField::new(USUAL_SEEDS.to_string()),
            state: SweepState::Idle,
            progress: None,
            problem: None,
            of: None,
        }
    }
}

impl Sweep {
    /// Comes to the panel. What was found out about other runs is forgotten.
    pub(super) fn open(&mut self, run: &Run) {
        self.problem = None;
        self.seeds.focus();
        if self.state == SweepState::Idle && !self.is_of(run) {
            self.progress = None;
        }
    }

    /// Whether a seed has a final loss.
    pub(super) fn has_results(&self) -> bool {
        self.pick(Pick::Best).is_some()
    }

    /// Whether it was of this run, whatever the seed.
    fn is_of(&self, run: &Run) -> bool {
        let of = self.of.as_ref();
        of.is_some_and(|swept| swept.is_same_but_for_seed(run))
    }

    /// Starts one, in the place of what was found out before.
    pub(super) fn start(&mut self, run: &Arc<Run>) -> Vec<Effect> {
        if self.state != SweepState::Idle {
            return Vec::new();
        }
        // Too many digits are too many seeds.
        let seeds = self
            .seeds
            .text()
            .parse()
            .unwrap_or(match self.seeds.text() {
                "" => 0,
                _ => u64::MAX,
            });
        if let Err(problem) = sweep::check(&run.config, seeds) {
            self.problem = Some(problem.to_string());
            return Vec::new();
        }
        self.problem = None;
        // What is typed next is another number.
        self.seeds.focus();
        self.state = SweepState::Running;
        self.progress = None;
        self.of = Some(Arc::clone(run));
        vec![Effect::Sweep(Arc::clone(run), seeds)]
    }

    /// Asks the one that is under way to end with what it has found out; nothing if there is none.
    fn cancel(&mut self) -> Option<Effect> {
        (self.state == SweepState::Running).then(|| {
            self.state = SweepState::Ending;
            Effect::CancelSweep
        })
    }

    /// Ends the one that is under way, if there is one, and hears no more of it.
    fn drop(&mut self) -> Option<Effect> {
        let before = std::mem::replace(&mut self.state, SweepState::Idle);
        (before != SweepState::Idle).then_some(Effect::DropSweep)
    }

    pub(super) fn hear(&mut self, event: Event) {
        match event {
            Event::Progress(progress) => {
                if progress.is_over {
                    self.state = SweepState::Idle;
                }
                self.progress = Some(progress);
            }
            Event::Failed(problem) => {
                self.state = SweepState::Idle;
                self.problem = Some(problem);
            }
        }
    }

    /// A seed, and the words that it is told with; nothing while none is known.
    fn pick(&self, pick: Pick) -> Option<(u64, String)> {
        let summary = &self.progress.as_ref()?.summary;
        let losses = summary.losses?;
        let of = match pick {
            Pick::Best => losses.best,
            Pick::Median => losses.median,
            Pick::Worst => losses.worst,
        };
        let (seed, name, seeds) = (of.seed, pick.name(), summary.counts.total());
        Some((seed, format!("seed {seed}: the {name} of {seeds}")))
    }
}

impl TextInput for Sweep {
    fn type_key(&mut self, key: KeyEvent) {
        let edits = match key.code {
            KeyCode::Char(c) => c.is_ascii_digit(),
            _ => true,
        };
        if edits && self.state == SweepState::Idle {
            self.problem = None;
            self.seeds.type_key(key);
        }
    }

    fn paste(&mut self, text: &str) {
        if self.state == SweepState::Idle {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            self.seeds.paste(&digits);
        }
    }
}
