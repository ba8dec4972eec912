//! Floor 1: one training run, step by step, the same to the bit every time.
//!
//! A [`Session`] is everything that the next update depends on: network, optimizer, data order,
//! generator and position. Two sessions made alike and stepped alike are equal. Knows no thread, clock
//! or screen.

mod change;
mod command_line;
pub mod config;
mod data_source;
mod data_stream;
mod evaluation;
mod keyframes;
mod last_sound;
mod layers;
mod next_step;
mod order;
mod run;
mod run_file;
mod timeline;
mod whole_file;

use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

pub use change::Change;
pub use command_line::{can_tell_weights, command_line};
pub use config::{Finish, TrainingConfig};
pub use data_source::{DataSource, built_in_names};
pub use data_stream::DataStream;
pub use evaluation::{Confusion, Evaluation, Score};
pub use layers::{LayerParameters, layers_of};
pub use next_step::NextStep;
pub use run::{Draft, Run};
pub use run_file::{RunFile, SavedRun};
pub use timeline::{Farthest, Past, PlacedChange, Seeking, Timeline};
pub use whole_file::{Existing, write_whole};

use crate::data::{Dataset, Examples};
use crate::nn::{Backprop, Network, Optimizer, OptimizerKind};
use evaluation::Evaluator;
use last_sound::LastSound;
use order::Order;

/// A training run at some point of its course.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    config: Arc<TrainingConfig>,
    /// Whether epoch 0 was as the configuration says, and so can be had again.
    began_as_configured: bool,
    learning_rate: f64,
    data: TrainingData,
    network: Network,
    optimizer: Optimizer,
    position: Position,
    order: Order,
    backprop: Backprop,
    evaluator: Evaluator,
    /// How good the network was at the end of the last whole epoch.
    evaluation: Evaluation,
    last_sound: LastSound,
}

/// What a run learns from and is tested with: network inputs and targets, shared, not copied.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingData {
    /// The samples to train on; at least one.
    pub training: Arc<Examples>,
    /// The held-out samples, if there are any.
    pub test: Option<Arc<Examples>>,
}

impl TrainingData {
    /// The training and the test samples of a dataset.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            training: Arc::new(dataset.training()),
            test: dataset.test().map(Arc::new),
        }
    }
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// Whole passes over the data since the start.
    pub epoch: u64,
    /// Updates since then. As many as make an epoch while the network is being evaluated after the last of
    /// them.
    pub step: usize,
}

/// Where a run stands, its parameters apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// How far it has come.
    pub position: Position,
    /// What the optimizer remembers.
    pub optimizer: Optimizer,
    /// The generator as it was before the order of this epoch was drawn from it.
    pub generator: Xoshiro256PlusPlus,
    /// How good the network was at the end of the last whole epoch; nothing if it is there now, and to be
    /// evaluated.
    pub evaluation: Option<Evaluation>,
}

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepOutcome {
    /// One update of the parameters was made; the pass goes on.
    WithinEpoch,
    /// All updates of the pass are made, and a part of the samples has been evaluated since.
    Evaluating,
    /// The pass is complete, and so is the evaluation after it.
    EpochFinished {
        /// The mean loss over the training samples; finite.
        loss: f64,
    },
    /// The loss or a parameter is not finite any more. The session is back at the end of the last whole
    /// epoch (or where it was changed since), where all was well.
    Diverged,
}

impl Session {
    /// The start of a run: epoch 0, the parameters drawn from the seed (or those that the
    /// configuration names).
    ///
    /// # Panics
    ///
    /// If the configuration's own initial layers do not fit its architecture.
    #[must_use]
    pub fn start(config: &TrainingConfig, data: TrainingData) -> Self {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(config.seed);
        let network = config.initial_network(&data.training, &mut generator);
        let optimizer = Optimizer::new(config.optimizer, network.parameters().len());
        let standing = Standing {
            position: Position::default(),
            optimizer,
            generator,
            evaluation: None,
        };
        Self {
            began_as_configured: true,
            ..Self::resume(config, data, network, standing)
        }
    }

    /// A run that has come as far as `standing` with the parameters of `network`, at which all of them
    /// are finite.
    ///
    /// # Panics
    ///
    /// If the network is not one for these examples, or there are none.
    #[must_use]
    pub fn resume(
        config: &TrainingConfig,
        data: TrainingData,
        network: Network,
        standing: Standing,
    ) -> Self {
        assert_eq!(
            network.architecture(),
            &config.architecture_for(&data.training)
        );
        let samples = data.training.len();
        let Standing {
            position,
            optimizer,
            generator,
            evaluation: known,
        } = standing;
        let mut backprop = Backprop::new(
            &network,
            config
                .batch_size
                .min(samples)
                .max(evaluation::rows(&network).min(samples)),
        );
        let mut evaluator = Evaluator::new(&data);
        let evaluation = evaluator.evaluate(&network, config.loss, &data, backprop.forward());
        let evaluation = known.unwrap_or(evaluation);
        Self {
            config: Arc::new(config.clone()),
            began_as_configured: false,
            learning_rate: config.learning_rate,
            last_sound: LastSound {
                parameters: network.parameters().to_vec(),
                optimizer: optimizer.clone(),
                step: position.step,
            },
            order: Order::new(config, &data.training, generator),
            evaluator,
            data,
            network,
            optimizer,
            position,
            backprop,
            evaluation,
        }
    }

    /// One update of the parameters, from the next batch in order; after the last one of a pass, the
    /// evaluation of all samples, a part of them a step if they are many. Allocates nothing.
    #[inline]
    pub fn step(&mut self) -> StepOutcome {
        let steps = self.steps_per_epoch();
        if self.position.step < steps {
            self.update();
            self.position.step += 1;
            if self.position.step < steps {
                return StepOutcome::WithinEpoch;
            }
        }
        let forward = self.backprop.forward();
        let evaluated = self
            .evaluator
            .go_on(&self.network, self.config.loss, &self.data, forward);
        let Some(evaluation) = evaluated else {
            return StepOutcome::Evaluating;
        };
        if !(evaluation.is_finite() && self.is_finite()) {
            self.go_back();
            return StepOutcome::Diverged;
        }
        self.position = Position {
            epoch: self.position.epoch + 1,
            step: 0,
        };
        self.evaluation = evaluation;
        self.evaluator.accept();
        self.order.draw();
        self.keep_as_sound();
        StepOutcome::EpochFinished {
            loss: evaluation.training.loss,
        }
    }

    #[inline]
    fn update(&mut self) {
        let batch = self.next_batch();
        let (inputs, targets) = self.order.batch(&self.data.training, batch);
        let gradient = self
            .backprop
            .run(&self.network, self.config.loss, inputs, targets);
        self.config.penalty.add_to(&self.network, gradient);
        self.optimizer
            .update(self.learning_rate, self.network.parameters_mut(), gradient);
    }

    /// The optimizer of the next step.
    #[must_use]
    pub fn optimizer(&self) -> OptimizerKind {
        self.optimizer.kind()
    }

    /// The learning rate of the next step.
    #[must_use]
    pub fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    /// How the run is set up, changes on the way included.
    #[must_use]
    pub fn config(&self) -> TrainingConfig {
        TrainingConfig {
            learning_rate: self.learning_rate,
            optimizer: self.optimizer.kind(),
            ..(*self.config).clone()
        }
    }

    /// The network as it is now.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// How far the run has come.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// Where the run stands, its parameters apart.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            position: self.position,
            optimizer: self.optimizer.clone(),
            generator: self.order.before_epoch().clone(),
            evaluation: Some(self.evaluation),
        }
    }

    /// How good the network was at the end of the last whole epoch (before training: at the start).
    #[must_use]
    pub fn evaluation(&self) -> Evaluation {
        self.evaluation
    }

    /// How the training samples were classed then.
    #[must_use]
    pub fn confusion(&self) -> &Confusion {
        self.evaluator.confusion()
    }

    /// The loss over the training samples at the end of the last whole epoch, without penalty.
    #[must_use]
    pub fn loss(&self) -> f64 {
        self.evaluation.training.loss
    }

    /// Why the run is finished, as far as it has come in whole epochs; nothing if it is not.
    #[must_use]
    #[inline]
    pub fn finish(&self) -> Option<Finish> {
        self.config.finish_at(self.position.epoch, self.loss())
    }

    /// Whether all updates of a pass are made and its evaluation is under way.
    #[must_use]
    pub fn is_evaluating(&self) -> bool {
        self.position.step == self.steps_per_epoch()
    }

    /// How many updates make an epoch.
    #[must_use]
    #[inline]
    pub fn steps_per_epoch(&self) -> usize {
        self.data.training.len().div_ceil(self.config.batch_size)
    }

    /// The samples that the run learns from and is tested with.
    #[must_use]
    pub fn data(&self) -> &TrainingData {
        &self.data
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;

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
        let examples = Examples {
            task: crate::data::Task::Binary,
            input_width: 1,
            target_width: 1,
            inputs: vec![100.0],
            targets: vec![1.0],
        };
        let config = TrainingConfig {
            hidden: vec![],
            learning_rate: f64::MAX,
            init: crate::nn::init::Init::Zeros,
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
        assert_eq!(session.network(), before.network());
        assert_eq!(session.position(), before.position());
        assert_eq!(session.loss(), before.loss());
    }

    #[test]
    fn what_is_not_finite_is_not_shown_in_the_middle_of_an_epoch_either() {
        let mut session = session(|config| config.learning_rate = 0.1);
        let before = session.clone();
        session.step();
        assert!(session.keep_finite());
        assert_eq!(session.position().step, 1);
        session.network.parameters_mut()[3] = f64::NAN;
        assert!(!session.keep_finite());
        assert_eq!(session.network(), before.network());
        assert_eq!(session.position(), before.position());
    }
}
