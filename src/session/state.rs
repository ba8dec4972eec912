//! The state of a run: everything that decides how it continues, apart from its data.

use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

use super::evaluation::evaluate_heard;
use super::held::Held;
use super::preparing::go_on;
use super::{Confusion, Evaluation, Hear, TrainingConfig, TrainingData};
use crate::nn::{Network, Optimizer};

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// Whole passes over the training samples since the start.
    pub epoch: u64,
    /// Updates since then, from 0 to the number that makes an epoch. At that number all updates of the epoch
    /// are made, and the evaluation of the network is under way.
    pub step: usize,
}

/// A run between two updates. With the same data, a [`Session`](super::Session) continues from it bit for bit.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// How far the run has come.
    pub(super) position: Position,
    /// How the run is set up, changes up to here included. States of a run share it until it changes.
    pub(super) config: Arc<TrainingConfig>,
    /// The batch size of the epoch under way, which a change within an epoch leaves as it is.
    pub(super) batch_size: usize,
    /// The network and its parameters.
    pub(super) network: Held<Network>,
    /// What the optimizer remembers of these parameters.
    pub(super) optimizer: Held<Optimizer>,
    /// The generator before the order of this epoch was drawn from it.
    pub(super) generator: Xoshiro256PlusPlus,
    /// The loss and accuracy at the end of the last whole epoch (or before training).
    pub(super) evaluation: Evaluation,
    /// The confusion matrix of the training samples at that time.
    pub(super) confusion: Confusion,
    /// Whether a person has changed the run after its start: its configuration does not tell all.
    pub(super) is_changed: bool,
}

impl State {
    /// Epoch 0: the parameters drawn from the seed, or those that the configuration gives.
    ///
    /// # Panics
    ///
    /// If the configuration's initial layers do not fit its architecture.
    #[must_use]
    pub fn start(config: &TrainingConfig, data: &TrainingData) -> Self {
        Self::start_heard(config, data, &mut go_on).expect("it goes on")
    }

    /// [`Self::start`], which hears how far the evaluation is; `None` if it is not to go on.
    pub(super) fn start_heard(
        config: &TrainingConfig,
        data: &TrainingData,
        hear: &mut Hear<'_>,
    ) -> Option<Self> {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(config.seed);
        let network = config.initial_network(&data.training, &mut generator);
        let (evaluation, confusion) = evaluate_heard(&network, config.loss, data, hear)?;
        let parameters = network.parameters().len();
        Some(Self {
            position: Position::default(),
            config: Arc::new(config.clone()),
            batch_size: config.batch_size,
            network: Held::of(parameters, network),
            optimizer: Held::of(parameters, Optimizer::new(config.optimizer, parameters)),
            generator,
            evaluation,
            confusion,
            is_changed: false,
        })
    }

    /// How far the run has come.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// The network and its parameters.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Becomes equal to another state of the same run. Allocates only if that has another optimizer or is large.
    ///
    /// # Panics
    ///
    /// If the networks have different numbers of parameters.
    #[inline]
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.copy_all_but_numbers(other);
        let copy_optimizer = |own: &mut Optimizer, other: &_| own.copy_from(other);
        self.optimizer.become_as(&other.optimizer, copy_optimizer);
        let copy_network = |own: &mut Network, other: &Network| {
            own.parameters_mut().copy_from_slice(other.parameters());
        };
        self.network.become_as(&other.network, copy_network);
    }

    /// [`Self::copy_from`] without the parameters of the network, and without what the optimizer remembers of them.
    #[inline]
    pub(super) fn copy_all_but_numbers(&mut self, other: &Self) {
        let Self {
            position,
            config,
            batch_size,
            network: _,
            optimizer: _,
            generator,
            evaluation,
            confusion,
            is_changed,
        } = other;
        self.position = *position;
        if !Arc::ptr_eq(&self.config, config) {
            self.config = Arc::clone(config);
        }
        self.batch_size = *batch_size;
        self.generator.clone_from(generator);
        self.evaluation = *evaluation;
        self.confusion.copy_from(confusion);
        self.is_changed = *is_changed;
    }

    /// The memory that it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>()
            + size_of_val(&*self.network.architecture().hidden)
            + size_of_val(self.network.layers())
            + size_of_val(self.network.parameters())
            + self.optimizer.heap_bytes()
            + size_of_val(&*self.confusion.counts)
    }

    /// Whether all parameters are finite.
    #[inline]
    pub(super) fn is_finite(&self) -> bool {
        self.network.parameters().iter().all(|p| p.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::OptimizerKind;
    use crate::session::{Change, Session};

    #[test]
    fn a_copy_is_equal_whatever_was_there_before() {
        for kind in OptimizerKind::ALL {
            let config = TrainingConfig {
                shuffle: true,
                ..TrainingConfig::post(1)
            };
            let mut session = Session::start(&config, TrainingData::of(&people()));
            let mut copy = session.state().clone();
            for change in [
                Change::set("optimizer", kind.name()),
                Change::set("learning-rate", "0.3"),
                Change::set("batch-size", "3"),
            ] {
                session.apply(&change).unwrap();
            }
            for _ in 0..1001 {
                session.step();
            }
            let state = session.state();
            assert_ne!(&copy, state);
            copy.copy_from(state);
            assert_eq!(&copy, state);
        }
    }

    #[test]
    fn a_session_continues_from_a_state_as_the_one_that_it_is_of() {
        for kind in OptimizerKind::ALL {
            for steps in [0, 1, 4, 11] {
                let config = TrainingConfig {
                    optimizer: kind,
                    shuffle: true,
                    batch_size: 1 + steps % 2,
                    ..TrainingConfig::post(7)
                };
                let mut straight = Session::start(&config, TrainingData::of(&people()));
                for _ in 0..steps {
                    straight.step();
                }
                let state = straight.state().clone();
                let mut resumed = Session::resume(&config, straight.data().clone(), state);
                for _ in 0..20 {
                    assert_eq!(resumed.state(), straight.state());
                    assert_eq!(resumed.step(), straight.step());
                }
            }
        }
    }
}
