//! What a person changes in a run on its way.

use std::sync::Arc;

use anyhow::{Result, bail, ensure};

use super::config::check_learning_rate;
use super::evaluation::evaluate;
use super::{Position, Session, layers_of};
use crate::nn::{Optimizer, OptimizerKind};

/// A change that takes effect between two updates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// Train with this learning rate from the next step on.
    LearningRate(f64),
    /// Train with another optimizer from the next step on; it remembers nothing yet.
    Optimizer(OptimizerKind),
    /// Set one weight or bias.
    Parameter {
        /// Its index in [`crate::nn::Network::parameters`].
        index: usize,
        /// Its new value; finite.
        value: f64,
    },
}

/// A change, and where it was made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedChange {
    /// How far the run had come.
    pub position: Position,
    /// What was changed.
    pub change: Change,
}

impl Change {
    /// Whether a later change at the same position leaves nothing of this one.
    pub(super) fn is_replaced_by(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::LearningRate(_), Self::LearningRate(_))
            | (Self::Optimizer(_), Self::Optimizer(_)) => true,
            (Self::Parameter { index, .. }, Self::Parameter { index: same, .. }) => index == same,
            _ => false,
        }
    }
}

impl Session {
    /// Changes the run as it is now. If the next updates diverge, the session returns to this change. Between
    /// two epochs a changed network is evaluated again; within one, the evaluation stays that of the last
    /// whole epoch.
    ///
    /// # Errors
    ///
    /// One sentence, if the value is out of its range or the loss would overflow; the run is then as it
    /// was.
    ///
    /// # Panics
    ///
    /// If there is no such parameter.
    pub fn apply(&mut self, change: &Change) -> Result<()> {
        self.keep_finite();
        match *change {
            Change::LearningRate(learning_rate) => {
                check_learning_rate(learning_rate)?;
                self.state.learning_rate = learning_rate;
            }
            Change::Optimizer(kind) => {
                let parameters = self.network().parameters().len();
                self.state.optimizer = Optimizer::new(kind, parameters);
            }
            Change::Parameter { index, value } => {
                self.set_parameter(index, value)?;
                if self.position() == Position::default() {
                    // The run starts from here.
                    let layers = layers_of(self.network());
                    Arc::make_mut(&mut self.config).initial_layers = Some(layers);
                }
            }
        }
        self.state.is_changed |= self.position() != Position::default();
        self.mark_finite();
        Ok(())
    }

    fn set_parameter(&mut self, index: usize, value: f64) -> Result<()> {
        ensure!(
            value.is_finite(),
            "a weight or bias must be a finite number, got {value}"
        );
        self.state.network.parameters_mut()[index] = value;
        // What is computed already was computed with another network.
        self.forget_work();
        if self.position().step == 0 {
            let (evaluation, confusion) = evaluate(self.network(), self.config.loss, &self.data);
            if !evaluation.is_finite() {
                // Between two epochs the last finite state is the one before this change.
                self.restore_finite();
                bail!("with {value:?} there the loss overflows");
            }
            (self.state.evaluation, self.state.confusion) = (evaluation, confusion);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::Activation;
    use crate::session::{State, StepOutcome, TrainingConfig, TrainingData};

    fn session(optimizer: OptimizerKind) -> Session {
        let config = TrainingConfig {
            optimizer,
            ..TrainingConfig::post(1)
        };
        Session::start(&config, TrainingData::of(&people()))
    }

    fn train_epoch(session: &mut Session) -> StepOutcome {
        loop {
            let outcome = session.step();
            if !matches!(
                outcome,
                StepOutcome::WithinStep | StepOutcome::WithinEpoch | StepOutcome::Evaluating
            ) {
                return outcome;
            }
        }
    }

    #[test]
    fn a_changed_weight_is_the_one_that_the_next_update_starts_from() {
        let mut changed = session(OptimizerKind::Sgd);
        changed.step();
        let mut by_hand = changed.clone();
        let (index, value) = (3, -0.25);
        changed.apply(&Change::Parameter { index, value }).unwrap();
        by_hand.state.network.parameters_mut()[index] = value;
        assert_eq!(changed.network(), by_hand.network());
        // Nothing else: the same course from there on.
        for _ in 0..10 {
            assert_eq!(train_epoch(&mut changed), train_epoch(&mut by_hand));
        }
        assert_eq!(changed.network(), by_hand.network());
    }

    #[test]
    fn what_is_set_before_the_first_step_is_where_the_run_starts_from() {
        let config = TrainingConfig {
            shuffle: true,
            ..TrainingConfig::post(1)
        };
        let mut set = Session::start(&config, TrainingData::of(&people()));
        let (index, value) = (5, 0.25);
        set.apply(&Change::Parameter { index, value }).unwrap();
        let again = Session::start(&set.config(), set.data().clone());
        assert_eq!(again.network(), set.network());
        assert_eq!(again.state(), set.state());
        set.step();
        let before = set.config();
        set.apply(&Change::Parameter { index, value }).unwrap();
        assert_eq!(set.config(), before);
    }

    #[test]
    fn between_two_epochs_a_changed_network_is_evaluated_again() {
        let mut session = session(OptimizerKind::Adam);
        train_epoch(&mut session);
        let value = 5.0;
        session
            .apply(&Change::Parameter { index: 0, value })
            .unwrap();
        let from_there = TrainingConfig {
            initial_layers: Some(layers_of(session.network())),
            ..session.config()
        };
        let started = Session::start(&from_there, session.data().clone());
        assert_eq!(session.evaluation(), started.evaluation());
        assert_eq!(session.confusion(), started.confusion());
    }

    #[test]
    fn within_an_epoch_the_evaluation_stays_that_of_the_last_whole_one() {
        let mut session = session(OptimizerKind::Sgd);
        let before = session.evaluation();
        session.step();
        session
            .apply(&Change::Parameter {
                index: 0,
                value: 5.0,
            })
            .unwrap();
        assert_eq!(session.evaluation(), before);
        let StepOutcome::EpochFinished { loss } = train_epoch(&mut session) else {
            panic!()
        };
        assert_ne!(loss, before.training.loss);
    }

    #[test]
    fn another_optimizer_starts_without_memory_and_is_the_one_of_the_configuration() {
        let mut changed = session(OptimizerKind::Sgd);
        train_epoch(&mut changed);
        let by_hand = Session::resume(
            &TrainingConfig {
                optimizer: OptimizerKind::Adam,
                ..changed.config()
            },
            changed.data().clone(),
            State {
                optimizer: Optimizer::new(OptimizerKind::Adam, 9),
                is_changed: true,
                ..changed.state().clone()
            },
        );
        changed
            .apply(&Change::Optimizer(OptimizerKind::Adam))
            .unwrap();
        assert_eq!(changed.config(), by_hand.config());
        let mut both = [changed, by_hand];
        for session in &mut both {
            for _ in 0..10 {
                train_epoch(session);
            }
        }
        assert_eq!(both[0].state(), both[1].state());
    }

    #[test]
    fn what_diverges_later_returns_to_the_change_and_not_to_before_it() {
        for steps in [0, 2] {
            let mut session = session(OptimizerKind::Momentum);
            train_epoch(&mut session);
            for _ in 0..steps {
                session.step();
            }
            session
                .apply(&Change::Parameter {
                    index: 8,
                    value: 0.5,
                })
                .unwrap();
            let changed = session.clone();
            session.step();
            session.state.network.parameters_mut()[0] = f64::NAN;
            assert_eq!(train_epoch(&mut session), StepOutcome::Diverged);
            assert_eq!(session.state(), changed.state());
        }
    }

    #[test]
    fn what_is_out_of_range_is_refused_and_leaves_the_run_as_it_was() {
        let mut session = session(OptimizerKind::Sgd);
        let before = session.clone();
        let mut refused = |change| session.apply(&change).unwrap_err().to_string();
        let not_a_number = f64::NAN;
        assert_eq!(
            refused(Change::LearningRate(-1.0)),
            "learning rate must be positive and finite, got -1"
        );
        assert_eq!(
            refused(Change::Parameter {
                index: 1,
                value: not_a_number
            }),
            "a weight or bias must be a finite number, got NaN"
        );
        assert_eq!(session.state(), before.state());

        // A linear output can be too large for its square.
        let config = TrainingConfig {
            output_activation: Activation::Linear,
            ..TrainingConfig::post(1)
        };
        let mut session = Session::start(&config, TrainingData::of(&people()));
        let before = session.clone();
        let bias = Change::Parameter {
            index: 8,
            value: 1e300,
        };
        assert!(session.apply(&bias).is_err());
        assert_eq!(session.state(), before.state());
    }
}
