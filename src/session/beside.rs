//! Steps whose next state is made beside the present one, a few milliseconds with each call, and takes its place when it
//! is complete: those of large networks and batches, and those of plain sgd while nobody looks at their gradient.

use std::mem;

use super::{Session, State, WorkSpace};
use crate::nn::{Backprop, Optimizer, OptimizerKind, UpdateRule};

/// How many parameters are updated with one call.
const PARAMETERS_AT_ONCE: usize = 1 << 20;

/// What has been made beside the present state, where the gradient was, and what is known of both.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside {
    /// Of how many parameters the update has been made.
    pub(super) updated: usize,
    /// What is remembered of them then.
    optimizer: Optimizer,
    /// Whether these are finite.
    are_next_finite: bool,
    /// Whether all present parameters are known to be finite.
    pub(super) is_known_finite: bool,
}

impl Beside {
    pub(super) fn new(is_known_finite: bool) -> Self {
        Self {
            updated: 0,
            // The first update makes one of the right kind.
            optimizer: Optimizer::new(OptimizerKind::Sgd, 0),
            are_next_finite: true,
            is_known_finite,
        }
    }
}

impl Session {
    /// Whether the next step needs no gradient but for its update.
    #[inline]
    pub(super) fn can_descend(&self) -> bool {
        let State {
            config,
            network,
            optimizer,
            ..
        } = &self.state;
        Backprop::can_descend(network, optimizer)
            && config.penalty.is_none()
            && !(self.work.is_prepared || self.work.beside.updated > 0)
            && !self.work.moves.is_measured()
    }

    /// Takes such a step, or a few milliseconds of it. Returns whether it is complete.
    pub(super) fn descend(&mut self) -> bool {
        let how = (self.state.config.loss, self.next_learning_rate());
        let batch = self.next_batch();
        let WorkSpace {
            order,
            backprop,
            last_finite,
            is_marked,
            beside,
            ..
        } = &mut self.work;
        let batch = order.batch(&self.data.training, batch);
        let Some(next) = backprop.descend(&self.state.network, how, batch, self.threads.0) else {
            return false;
        };
        if !mem::replace(is_marked, true) {
            mark(last_finite, &mut self.state);
            let optimizer = &mut self.state.optimizer;
            optimizer.become_as(&last_finite.optimizer, Optimizer::copy_from);
        }
        self.state.network.exchange_parameters(next.parameters);
        self.state.optimizer.to_mut().count(1);
        beside.is_known_finite = next.are_finite;
        true
    }

    /// Makes the update by the gradient that is prepared, or a part of it. Returns whether it is complete.
    pub(super) fn update_beside(&mut self) -> bool {
        let rule = UpdateRule {
            learning_rate: self.next_learning_rate(),
            weight_decay: self.state.config.weight_decay,
            coefficients: self.state.config.coefficients,
        };
        let times = self.update_by_gradient();
        let WorkSpace {
            backprop,
            moves,
            is_prepared,
            beside,
            ..
        } = &mut self.work;
        let State {
            position,
            config,
            network,
            optimizer,
            ..
        } = &self.state;
        let gradient = backprop.gradient_mut();
        if beside.updated == 0 {
            moves.note_gradient(*position, network, gradient, times);
            config.penalty.add_to(network, gradient);
            // What is there is no gradient any more.
            (*is_prepared, beside.are_next_finite) = (false, true);
        }
        let parameters = network.parameters();
        let first = beside.updated;
        let range = first..parameters.len().min(first + PARAMETERS_AT_ONCE);
        beside.updated = range.end;
        let numbers = (parameters, gradient.as_mut_slice());
        let next = &mut beside.optimizer;
        beside.are_next_finite &=
            optimizer.update_beside(next, rule, range, numbers, self.threads.0);
        let is_complete = beside.updated == parameters.len();
        if is_complete {
            self.take_updated();
            if times.is_none() {
                self.work.moves.note_update(&self.state.network);
            }
        }
        is_complete
    }

    /// Goes on with what the update has made.
    fn take_updated(&mut self) {
        let WorkSpace {
            backprop,
            beside,
            last_finite,
            is_marked,
            ..
        } = &mut self.work;
        if !mem::replace(is_marked, true) {
            mark(last_finite, &mut self.state);
        }
        let State {
            network, optimizer, ..
        } = &mut self.state;
        optimizer.exchange(&mut beside.optimizer, network.parameters().len());
        network.exchange_parameters(backprop.gradient_mut());
        beside.is_known_finite = beside.are_next_finite;
        beside.updated = 0;
    }
}

/// Remembers the present state as the one to return to. What the step replaces is handed over, not copied: the state is
/// left with the numbers of the one before.
fn mark(last_finite: &mut State, present: &mut State) {
    last_finite.copy_all_but_numbers(present);
    mem::swap(&mut last_finite.network, &mut present.network);
    mem::swap(&mut last_finite.optimizer, &mut present.optimizer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::LayerRequest;
    use crate::session::{Change, StepOutcome, TrainingConfig, TrainingData};

    /// A network whose state is shared, and whose update takes several calls.
    fn large(optimizer: OptimizerKind) -> Session {
        let mut config = TrainingConfig {
            hidden: LayerRequest::of_units(&[1024; 5]),
            learning_rate: 1e-6,
            batch_size: 2,
            optimizer,
            ..TrainingConfig::post(1)
        };
        config.penalty.l2 = if optimizer == OptimizerKind::Adam {
            0.1
        } else {
            0.0
        };
        Session::start(&config, TrainingData::of(&people()))
    }

    fn finish_epoch(session: &mut Session) {
        while !matches!(session.step(), StepOutcome::EpochFinished { .. }) {}
    }

    /// Steps until a part of an update is made.
    fn begin_update(session: &mut Session) {
        while session.work.beside.updated == 0 {
            assert_eq!(session.step(), StepOutcome::WithinStep);
        }
    }

    #[test]
    fn a_state_that_somebody_has_stays_as_it_is_and_the_run_takes_the_same_course() {
        for optimizer in [OptimizerKind::Sgd, OptimizerKind::Adam] {
            let (mut looked_at, mut straight) = (large(optimizer), large(optimizer));
            let mut seen = Vec::new();
            for _ in 0..2 {
                finish_epoch(&mut straight);
                let epoch = straight.position().epoch;
                while looked_at.position().epoch < epoch {
                    let parameters = looked_at.network().parameters().to_vec();
                    seen.push((looked_at.state().clone(), parameters));
                    seen.drain(..seen.len().saturating_sub(3));
                    looked_at.step();
                }
                assert_eq!(looked_at.state(), straight.state());
            }
            for (state, parameters) in &seen {
                assert_eq!(state.network.parameters(), parameters);
            }
        }
    }

    #[test]
    fn a_change_or_a_look_ahead_within_an_update_begins_the_step_again() {
        let mut straight = large(OptimizerKind::Adam);
        let mut interrupted = straight.clone();
        begin_update(&mut interrupted);
        assert_eq!(interrupted.next_step(), None);
        while !interrupted.prepare_step() {}
        assert!(interrupted.next_step().is_some());
        begin_update(&mut interrupted);
        let change = Change::set("learning-rate", "0.001");
        interrupted.apply(&change).unwrap();
        straight.apply(&change).unwrap();
        finish_epoch(&mut interrupted);
        finish_epoch(&mut straight);
        assert_eq!(interrupted.state(), straight.state());
    }

    #[test]
    fn parameters_that_overflow_in_an_update_are_noticed_and_the_run_returns() {
        for optimizer in [OptimizerKind::Sgd, OptimizerKind::Momentum] {
            let mut session = large(optimizer);
            let start = session.state().clone();
            session.state.network.to_mut().parameters_mut()[7] = f64::NAN;
            while session.step() == StepOutcome::WithinStep {}
            assert_eq!(session.position().step, 1);
            assert!(!session.keep_finite(), "{optimizer:?}");
            assert_eq!(session.network(), &*start.network);
        }
    }
}
