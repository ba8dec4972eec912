//! How a step is taken: the gradient of the next batch, the update, and the evaluation after an epoch.
//!
//! Where one of them takes long, it is made in several calls, so that whoever trains can do something else in
//! between. The state changes only when an update is complete, so it may be shown and saved at any time.

use super::{Evaluation, Position, Session, State, WorkSpace};

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepOutcome {
    /// A part of the gradient of a large batch was computed. No parameter has changed yet.
    WithinStep,
    /// One update of the parameters was made, and it was not the last of its epoch.
    WithinEpoch,
    /// All updates of the epoch are made, and some of the samples have been evaluated since.
    Evaluating,
    /// The epoch is complete, and so is the evaluation after it.
    EpochFinished {
        /// The mean loss over the training samples; finite.
        loss: f64,
    },
    /// The loss or a parameter is no longer finite. The session is back at the end of the last whole epoch (or
    /// where it was resumed or changed since), where everything was finite.
    Diverged,
}

impl Session {
    /// One update of the parameters, from the next batch in order, or a few milliseconds of the work for it; after
    /// the last one of an epoch, the evaluation of all samples, in several steps if there are many. Allocates
    /// nothing.
    #[inline]
    pub fn step(&mut self) -> StepOutcome {
        let steps = self.work.steps;
        if self.state.position.step < steps {
            let is_taken = if self.can_descend() {
                self.descend()
            } else {
                self.take_by_gradient()
            };
            if !is_taken {
                return StepOutcome::WithinStep;
            }
            self.state.position.step += 1;
            if self.state.position.step < steps {
                return StepOutcome::WithinEpoch;
            }
            self.work.moves.end_epoch(&self.state.network);
        }
        let WorkSpace {
            backprop,
            evaluator,
            ..
        } = &mut self.work;
        let (network, loss) = (&self.state.network, self.state.config.loss);
        let forward = backprop.forward();
        let Some(evaluation) =
            evaluator.advance(network, loss, &self.data, (forward, self.threads.0))
        else {
            return StepOutcome::Evaluating;
        };
        if !(evaluation.is_finite() && self.is_finite()) {
            self.restore_finite();
            return StepOutcome::Diverged;
        }
        self.finish_epoch(evaluation);
        StepOutcome::EpochFinished {
            loss: evaluation.training.loss,
        }
    }

    /// Takes a step, or a part of it, whose gradient is there before the update. Returns whether it is complete.
    #[inline]
    fn take_by_gradient(&mut self) -> bool {
        if self.work.beside.updated == 0 && !self.prepare_step() {
            return false;
        }
        if self.work.is_divided {
            return self.update_beside();
        }
        let times = self.update_by_gradient();
        let WorkSpace {
            moves, backprop, ..
        } = &mut self.work;
        let State {
            position, network, ..
        } = &self.state;
        moves.note_gradient(*position, network, backprop.gradient(), times);
        self.update();
        if times.is_none() {
            self.work.moves.note_update(&self.state.network);
        }
        true
    }

    /// How many times the gradient of the loss the next update is; `None` if it is something else.
    #[inline]
    pub(super) fn update_by_gradient(&self) -> Option<f64> {
        let is_plain = self.state.optimizer.is_plain() && self.state.config.penalty.is_none();
        is_plain.then(|| self.next_learning_rate())
    }

    /// Whether the gradient of a step takes several calls of [`Self::step`].
    #[must_use]
    pub fn is_divided(&self) -> bool {
        self.work.is_divided
    }

    /// Whether the next step has only its update left.
    #[must_use]
    pub fn is_prepared(&self) -> bool {
        self.work.is_prepared
    }

    /// Computes the gradient of the next batch's loss, or a few milliseconds of the work for it. Returns whether it
    /// is complete. Not to be called while an epoch is being evaluated.
    #[inline]
    pub fn prepare_step(&mut self) -> bool {
        if self.work.is_prepared {
            return true;
        }
        self.work.beside.updated = 0;
        let batch = self.next_batch();
        let WorkSpace {
            order,
            backprop,
            is_divided,
            is_prepared,
            ..
        } = &mut self.work;
        let (inputs, targets) = order.batch(&self.data.training, batch);
        let (network, loss) = (&self.state.network, self.state.config.loss);
        *is_prepared = if *is_divided {
            let gradient = backprop.advance(network, loss, inputs, targets, self.threads.0);
            gradient.is_some()
        } else {
            backprop.run(network, loss, inputs, targets);
            true
        };
        *is_prepared
    }

    /// Updates the parameters by the gradient that is prepared.
    #[inline]
    pub(super) fn update(&mut self) {
        let learning_rate = self.next_learning_rate();
        let gradient = self.work.backprop.gradient_mut();
        let State {
            config,
            network,
            optimizer,
            ..
        } = &mut self.state;
        config.penalty.add_to(network, gradient);
        let parameters = network.to_mut().parameters_mut();
        optimizer.decay(learning_rate, config.weight_decay, parameters);
        let optimizer = optimizer.to_mut();
        optimizer.update(learning_rate, config.coefficients, parameters, gradient);
        self.work.is_prepared = false;
        self.work.beside.is_known_finite = false;
    }

    #[inline]
    fn finish_epoch(&mut self, evaluation: Evaluation) {
        let (state, work) = (&mut self.state, &mut self.work);
        state.position = Position {
            epoch: state.position.epoch + 1,
            step: 0,
        };
        state.evaluation = evaluation;
        work.evaluator.swap_confusion(&mut state.confusion);
        state.generator.clone_from(work.order.next_generator());
        work.order.draw(&state.generator);
        self.begin_batches();
        self.mark_end_of_epoch();
    }

    /// Forgets what has been computed of the next step and of the evaluation: it was of another state.
    pub(super) fn forget_work(&mut self) {
        self.work.is_prepared = false;
        self.work.beside.updated = 0;
        self.work.backprop.restart();
        self.work.evaluator.restart();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::data::{Examples, Task, people};
    use crate::nn::{LayerRequest, OptimizerKind};
    use crate::session::{Change, TrainingConfig, TrainingData};
    use crate::threads::Cores;

    /// A network so large that a step takes several calls.
    fn large() -> Session {
        let config = TrainingConfig {
            hidden: LayerRequest::of_units(&[1600, 1500]),
            optimizer: OptimizerKind::Momentum,
            learning_rate: 1e-6,
            batch_size: 4,
            ..TrainingConfig::post(1)
        };
        let session = Session::start(&config, TrainingData::of(&people()));
        assert!(session.is_divided());
        session
    }

    fn finish_epoch(session: &mut Session) {
        while !matches!(session.step(), StepOutcome::EpochFinished { .. }) {}
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]

        #[test]
        fn wherever_it_is_looked_at_saved_or_copied_a_divided_run_takes_the_same_course(
            calls in prop::collection::vec(0_usize..60, 1..12),
        ) {
            let (mut interrupted, mut straight) = (large(), large());
            for call in 0..60 {
                if calls.contains(&call) {
                    prop_assert!(interrupted.keep_finite());
                    prop_assert_eq!(interrupted.state().position(), interrupted.position());
                    interrupted = interrupted.clone();
                }
                interrupted.step();
                straight.step();
            }
            prop_assert!(straight.position().epoch > 0);
            prop_assert_eq!(interrupted, straight);
        }
    }

    #[test]
    fn within_a_step_nothing_has_changed_and_a_change_begins_it_again() {
        let mut interrupted = large();
        let before = interrupted.state().clone();
        for _ in 0..5 {
            assert_eq!(interrupted.step(), StepOutcome::WithinStep);
            assert_eq!(interrupted.state(), &before);
        }
        let mut straight = large();
        let change = Change::Parameter {
            index: 7,
            value: 0.5,
        };
        interrupted.apply(&change).unwrap();
        straight.apply(&change).unwrap();
        finish_epoch(&mut interrupted);
        finish_epoch(&mut straight);
        assert_eq!(interrupted, straight);
    }

    #[test]
    fn on_any_number_of_threads_a_run_has_the_same_bits() {
        static SEVERAL: [Cores; 3] = [Cores::of(2), Cores::of(3), Cores::of(8)];
        let samples = 75;
        let numbers = |count: usize| (0..count).map(|i| (i * 7919 % 1009) as f64 / 504.0 - 1.0);
        let examples = Examples::new(
            Task::Binary,
            (2, numbers(samples * 2).collect()),
            (1, (0..samples).map(|i| (i % 3 / 2) as f64).collect()),
        );
        let data = TrainingData {
            training: Arc::new(examples),
            test: None,
        };
        // By samples, and a last batch too small for that; and one by one.
        for (hidden, batch_size) in [([700, 900], 70), ([2100, 2000], 1)] {
            let config = TrainingConfig {
                hidden: LayerRequest::of_units(&hidden),
                optimizer: OptimizerKind::Adam,
                learning_rate: 1e-5,
                batch_size,
                ..TrainingConfig::post(1)
            };
            let mut alone = Session::start(&config, data.clone());
            assert!(alone.is_divided());
            let mut several = SEVERAL.each_ref().map(|cores| alone.clone().on(cores));
            for _ in 0..30 {
                let outcome = alone.step();
                for session in &mut several {
                    assert_eq!(session.step(), outcome);
                }
            }
            for session in &several {
                assert_eq!(session.state(), alone.state());
            }
        }
    }

    #[test]
    fn all_steps_of_an_epoch_at_once_are_the_single_steps() {
        type Settings = fn(&mut TrainingConfig);
        let settings: [Settings; 7] = [
            |_| {},
            |config| config.shuffle = true,
            |config| config.batch_size = 3,
            |config| config.optimizer = OptimizerKind::Momentum,
            |config| config.penalty.l2 = 0.01,
            |config| config.hidden = LayerRequest::of_units(&[3]),
            |config| config.schedule = "step=3,0.5".parse().unwrap(),
        ];
        for (index, change) in settings.into_iter().enumerate() {
            let mut config = TrainingConfig::post(1);
            change(&mut config);
            let session = Session::start(&config, TrainingData::of(&people()));
            for first_steps in 0..4 {
                let (mut single, mut at_once) =
                    (session.clone().measuring_moves(), session.clone());
                let mut measured = single.clone();
                for session in [&mut single, &mut at_once, &mut measured] {
                    (0..first_steps).for_each(|_| _ = session.step());
                }
                for _ in 0..8 {
                    finish_epoch(&mut single);
                    let epoch = single.position().epoch;
                    for session in [&mut at_once, &mut measured] {
                        while session.position().epoch < epoch {
                            session.advance();
                        }
                        assert_eq!(session.state(), single.state(), "{index} {first_steps}");
                    }
                    assert_eq!(measured.last_moves(), single.last_moves());
                }
            }
        }
    }

    #[test]
    fn a_look_ahead_neither_changes_a_large_step_nor_makes_it_again() {
        let (mut looked_at, mut straight) = (large(), large());
        assert_eq!(looked_at.next_step(), None);
        while !looked_at.prepare_step() {}
        let next = looked_at.next_step().unwrap();
        assert_eq!(looked_at.next_step().as_ref(), Some(&next));
        // The update is all that is left of the epoch's one step.
        while looked_at.step() == StepOutcome::WithinStep {}
        assert_eq!(looked_at.network().parameters(), next.parameters);
        finish_epoch(&mut looked_at);
        finish_epoch(&mut straight);
        assert_eq!(looked_at, straight);
    }
}
