//! Floor 1: one training run, step by step, the same bit for bit every time.
//!
//! A [`Session`] is a [`State`] with the configuration and the data that it is trained with: everything that
//! the next update depends on. Two sessions made alike and stepped alike are equal, whatever threads
//! they are given to work on. Knows no thread of its own, no clock and no screen.
//!
//! | to find | look in |
//! |---|---|
//! | how a run is asked for and set up | [`setting`], `draft`, `named_weights`, `near`, `run`, `preparing` (how far that is) |
//! | what suits the data where nothing is asked for | `suited` |
//! | what it is then | [`config`], `schedule`, `data_source`, `data_stream`, `training_data` |
//! | what decides how it continues | `state`, `held` (its numbers), `layers` (the parameters as nested lists) |
//! | how it takes a step | `step`, `beside` (of a large network), `order` (of the samples), `evaluation`, `next_step` (before it is taken) |
//! | how good it is | `evaluation` (a whole epoch), `assessment` (within one), `quality` (accuracy, R², the constant answer) |
//! | whether its outputs can be the targets | `reach` |
//! | what it allocates for that, and the threads it is given | `work_space`, `shared_among` |
//! | what happens when it diverges | `last_finite` |
//! | whether there is memory for it | `memory` |
//! | how it is changed on the way, and goes back | `change`, `timeline`, `retrace` (to where it was loaded) |
//! | how it is written down | `run_file`, `whole_file`, `file_problem`, `json_problem`, [`stream`] (a log), `command_line` |

mod assessment;
mod beside;
mod change;
mod command_line;
pub mod config;
mod data_digest;
mod data_source;
mod data_stream;
mod draft;
mod evaluation;
mod file_problem;
mod held;
mod json_problem;
mod last_finite;
mod layer_moves;
mod layers;
mod memory;
mod named_weights;
mod near;
mod next_step;
mod options;
mod order;
mod preparing;
mod quality;
mod reach;
mod retrace;
mod run;
mod run_file;
mod schedule;
pub mod setting;
mod shared_among;
mod small_steps;
mod state;
mod step;
pub mod stream;
mod suited;
mod timeline;
mod training_data;
mod training_loss;
mod typed_path;
mod whole_file;
mod work_space;

use std::sync::Arc;

pub use assessment::{Assessment, Assessor};
pub use change::{Change, PlacedChange};
pub use command_line::{can_include_weights, command_line};
pub use config::{Finish, TrainingConfig};
pub use data_digest::DataDigest;
pub use data_source::{DataSource, built_in_names};
pub use data_stream::DataStream;
pub use draft::{Draft, Known};
pub use evaluation::{Confusion, Evaluation, Score};
pub use file_problem::{file_problem, shown_path};
pub use held::is_large;
pub use layer_moves::{LayerMove, MOST_MEASURED, norm};
pub use layers::{LayerParameters, layers_of};
pub use named_weights::{NamedWeights, has_ones, index_of};
pub use near::did_you_mean;
pub use next_step::NextStep;
pub use preparing::{Hear, Preparing};
pub use quality::{Baseline, LeastLoss, Quality};
pub use retrace::{MOST_DRAWN, Retrace};
pub use run::Run;
pub use run_file::{RunFile, SavedRun};
pub use schedule::Schedule;
pub use state::{Position, State};
pub use step::StepOutcome;
pub use timeline::{Farthest, Past, Seeking, Timeline};
pub use training_data::TrainingData;
pub use training_loss::{TrainingGradient, TrainingLoss};
pub use typed_path::{Found, PathFacts, common_start, typed_path};
pub use whole_file::{Existing, WholeFile, is_in_the_way};

use crate::nn::{Alone, Executor, Network, OptimizerKind};
use layer_moves::LayerMoves;
use shared_among::SharedAmong;
use work_space::WorkSpace;

/// A training run at some point of its course.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// How the run was set up at its start.
    start: Arc<TrainingConfig>,
    /// Whether epoch 0 follows from that, and so can be recreated.
    began_as_configured: bool,
    data: TrainingData,
    state: State,
    work: WorkSpace,
    threads: SharedAmong,
}

impl Session {
    /// The start of a run: epoch 0, the parameters drawn from the seed, or those that the configuration gives.
    ///
    /// # Panics
    ///
    /// If the configuration's initial layers do not fit its architecture.
    #[must_use]
    pub fn start(config: &TrainingConfig, data: TrainingData) -> Self {
        let state = State::start(config, &data);
        Self::start_from(config, data, state)
    }

    /// [`Self::start`], which hears how far it is; `None` if it is not to go on.
    fn start_heard(
        config: &TrainingConfig,
        data: TrainingData,
        hear: &mut Hear<'_>,
    ) -> Option<Self> {
        let state = State::start_heard(config, &data, hear)?;
        Some(Self::start_from(config, data, state))
    }

    fn start_from(config: &TrainingConfig, data: TrainingData, state: State) -> Self {
        Self {
            began_as_configured: true,
            ..Self::resume(config, data, state)
        }
    }

    /// A run that was set up so at its start, and continues from a state whose parameters are all finite.
    ///
    /// # Panics
    ///
    /// If the state's network does not have the architecture that the configuration has for these samples.
    #[must_use]
    pub fn resume(start: &TrainingConfig, data: TrainingData, state: State) -> Self {
        let network = &state.network;
        assert_eq!(
            network.architecture(),
            &start.architecture_for(&data.training)
        );
        Self {
            start: Arc::new(start.clone()),
            began_as_configured: false,
            work: WorkSpace::new(&state, &data),
            data,
            state,
            threads: SharedAmong(&Alone),
        }
    }

    /// The same session, whose large layers and long evaluations are from now on shared among these threads. Its
    /// numbers are the same, bit for bit.
    #[must_use]
    pub fn on(mut self, executor: &'static (dyn Executor + Sync)) -> Self {
        self.threads = SharedAmong(executor);
        self
    }

    /// Says that epoch 0 follows from the configuration, although the run continues from another state: training from
    /// there leads to this state bit for bit.
    fn note_that_it_began_as_configured(&mut self) {
        self.began_as_configured = true;
    }

    /// Goes to another state of the same run. The work space stays, so this costs no more than the copies.
    ///
    /// # Panics
    ///
    /// If it is a state of another network.
    fn restore(&mut self, state: &State) {
        self.state.copy_from(state);
        self.fit_batches();
        self.work.order.draw(&state.generator);
        self.forget_work();
        self.mark_finite();
    }

    /// How the run is set up, changes on the way included.
    #[must_use]
    pub fn config(&self) -> TrainingConfig {
        TrainingConfig::clone(&self.state.config)
    }

    /// The same, shared until the next change.
    pub(crate) fn shared_config(&self) -> &Arc<TrainingConfig> {
        &self.state.config
    }

    /// The samples that the run learns from and is tested with.
    #[must_use]
    pub fn data(&self) -> &TrainingData {
        &self.data
    }

    /// Everything that decides how the run continues, apart from its data.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// How far the run has come.
    #[must_use]
    pub fn position(&self) -> Position {
        self.state.position
    }

    /// The network as it is now.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.state.network
    }

    /// The same, if it is large: to have it as it is now takes no time. A small one is to be copied.
    #[must_use]
    pub fn shared_network(&self) -> Option<&Arc<Network>> {
        self.state.network.shared()
    }

    /// The network as it is now, to be kept: a large one is shared, a small one is copied.
    #[must_use]
    pub fn network_to_keep(&self) -> Arc<Network> {
        let shared = self.shared_network().map(Arc::clone);
        shared.unwrap_or_else(|| Arc::new(self.network().clone()))
    }

    /// The optimizer of the next step.
    #[must_use]
    pub fn optimizer(&self) -> OptimizerKind {
        self.state.optimizer.kind()
    }

    /// The learning rate of the next step: what the schedule makes of the configured one.
    #[must_use]
    #[inline]
    pub fn next_learning_rate(&self) -> f64 {
        self.state
            .config
            .learning_rate_in(self.state.position.epoch)
    }

    /// The learning rate as it was configured or last changed.
    #[must_use]
    pub fn learning_rate(&self) -> f64 {
        self.state.config.learning_rate
    }

    /// The losses and accuracies at the end of the last whole epoch (or before training).
    #[must_use]
    pub fn evaluation(&self) -> Evaluation {
        self.state.evaluation
    }

    /// The confusion matrix of the training samples at that time.
    #[must_use]
    pub fn confusion(&self) -> &Confusion {
        &self.state.confusion
    }

    /// The loss over the training samples at that time, without penalty.
    #[must_use]
    pub fn loss(&self) -> f64 {
        self.state.evaluation.training.loss
    }

    /// Why the run is finished at the end of its last whole epoch; `None` if it is not.
    #[must_use]
    #[inline]
    pub fn finish(&self) -> Option<Finish> {
        let config = &self.state.config;
        config.finish_at(self.state.position.epoch, self.loss())
    }

    /// The same session, which from now on measures its epochs: see [`Self::last_moves`].
    #[must_use]
    pub fn measuring_moves(mut self) -> Self {
        self.work.moves = LayerMoves::new(&self.state.network);
        self
    }

    /// How far each layer moved in the last whole epoch: one for each layer; empty if this session has not
    /// [measured](Self::measuring_moves) it, or if there are more than [`MOST_MEASURED`] parameters.
    #[must_use]
    pub fn last_moves(&self) -> &[LayerMove] {
        self.work.moves.layers()
    }

    /// Whether all updates of an epoch are made and its evaluation is under way.
    #[must_use]
    pub fn is_evaluating(&self) -> bool {
        self.state.position.step == self.steps_per_epoch()
    }

    /// How many updates make the epoch under way.
    #[must_use]
    #[inline]
    pub fn steps_per_epoch(&self) -> usize {
        self.work.steps
    }

    /// Samples in one update of the epoch under way; the last batch may be smaller.
    #[must_use]
    pub fn batch_size(&self) -> usize {
        self.state.batch_size
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Examples, Task, people};
    use crate::nn::init::Init;

    fn session(change: impl FnOnce(&mut TrainingConfig)) -> Session {
        let mut config = TrainingConfig::post(1);
        change(&mut config);
        Session::start(&config, TrainingData::of(&people()))
    }

    #[test]
    fn an_epoch_is_one_update_a_batch() {
        for (batch_size, steps) in [(1, 4), (2, 2), (3, 2), (4, 1), (100, 1)] {
            let mut session = session(|config| config.batch_size = batch_size);
            for step in 1..steps {
                assert_eq!(session.step(), StepOutcome::WithinEpoch);
                assert_eq!(session.position(), Position { epoch: 0, step });
            }
            let StepOutcome::EpochFinished { loss } = session.step() else {
                panic!("{batch_size}")
            };
            assert_eq!(session.position(), Position { epoch: 1, step: 0 });
            assert_eq!(session.loss(), loss);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_bits() {
        let [mut one, mut two] = [0, 1].map(|_| session(|config| config.shuffle = true));
        for _ in 0..1001 {
            one.step();
            two.step();
        }
        assert_eq!(one, two);
    }

    #[test]
    fn a_diverging_run_keeps_the_last_finite_state() {
        let examples = Examples::new(Task::Binary, (1, vec![100.0]), (1, vec![1.0]));
        let config = TrainingConfig {
            hidden: vec![],
            learning_rate: f64::MAX,
            init: Init::Zeros,
            ..TrainingConfig::post(1)
        };
        let data = TrainingData {
            training: Arc::new(examples),
            test: None,
        };
        let mut session = Session::start(&config, data);
        let before = session.clone();

        // ∂L/∂w = −2·½·¼·100, and 25 times the largest number is too large.
        assert_eq!(session.step(), StepOutcome::Diverged);
        assert_eq!(session.state(), before.state());
    }

    #[test]
    fn in_the_middle_of_an_epoch_too_a_session_returns_to_the_last_finite_state() {
        let mut session = session(|config| config.learning_rate = 0.1);
        let before = session.clone();
        session.step();
        assert!(session.keep_finite());
        assert_eq!(session.position().step, 1);
        session.state.network.to_mut().parameters_mut()[3] = f64::NAN;
        assert!(!session.keep_finite());
        assert_eq!(session.state(), before.state());
    }
}
