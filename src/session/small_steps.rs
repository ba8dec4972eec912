//! Steps of the smallest networks, many at once: looking up after each of them would take longer than they do.

use super::schedule::Schedule;
use super::{Position, Session, State, StepOutcome, TrainingConfig};
use crate::nn::{Network, Optimizer, Witness, descend, descend_epochs};

/// The most steps that are taken at once: a tenth of a millisecond.
const MOST_AT_ONCE: usize = 1024;

/// The most epochs that are taken at once; the loss of each is kept until all are done.
const MOST_EPOCHS: usize = 256;

impl Session {
    /// [`Self::step`], or where steps take less time than looking up after each of them, those that are left of the
    /// epoch, if they are not too many. The run takes the same course bit for bit.
    #[inline]
    pub fn advance(&mut self) -> StepOutcome {
        if self.has_small_steps() {
            self.take_small_steps();
        }
        self.step()
    }

    /// [`Self::advance`], or several whole epochs of such steps, up to this one, if nobody has to hear more of those on
    /// the way than their losses: of each its number and its loss are shown to `see`. The last of them is evaluated,
    /// measured and reported as always. It is the end of the run where there is one on the way.
    #[inline]
    pub fn advance_towards(&mut self, epoch: u64, see: impl FnMut(u64, f64)) -> StepOutcome {
        if self.has_small_steps() {
            if !self.work.moves.is_measured() {
                self.take_small_epochs(epoch, see);
            } else if let Some(outcome) = self.take_small_epochs_before(epoch, see) {
                return outcome;
            }
        }
        self.advance()
    }

    /// Takes whole epochs as far as one before this, which is then measured by itself. Returns the outcome if the run
    /// ends on the way.
    fn take_small_epochs_before(
        &mut self,
        epoch: u64,
        mut see: impl FnMut(u64, f64),
    ) -> Option<StepOutcome> {
        if self.take_small_epochs(epoch.saturating_sub(1), &mut see) == 0 {
            return None;
        }
        match self.step() {
            StepOutcome::EpochFinished { loss } if self.finish().is_none() => {
                see(self.state.position.epoch, loss);
                None
            }
            outcome => Some(outcome),
        }
    }

    /// Whether they may be taken at once. A network that is shared is not small, and would be copied to be tried.
    fn has_small_steps(&self) -> bool {
        let is_plain = self.state.batch_size == 1 && self.state.config.penalty.is_none();
        is_plain && !self.work.is_prepared && self.state.network.shared().is_none()
    }

    /// Takes the steps that are left of the epoch, if they are the smallest.
    #[inline]
    fn take_small_steps(&mut self) {
        let learning_rate = self.next_learning_rate();
        let (position, config, network, optimizer) = parts(&mut self.state);
        let end = self.work.steps.min(position.step + MOST_AT_ONCE);
        let samples = position.step..end;
        let Some((inputs, targets)) = self.work.order.at_once(&self.data.training, samples) else {
            return;
        };
        let how = (config.loss, learning_rate);
        let moves = &mut self.work.moves;
        let is_measured = moves.is_measured();
        if is_measured {
            moves.expect(*position);
        }
        let mut see = |gradient: &[f64]| moves.add_gradient(gradient, learning_rate);
        let see = is_measured.then_some(&mut see as Witness<'_>);
        if descend(network, optimizer, how, inputs, targets, see) {
            position.step = end;
            if end == self.work.steps && is_measured {
                self.work.moves.end_epoch(&self.state.network);
            }
        }
    }

    /// Takes whole epochs, but for the evaluation after the last of them, if their steps are the smallest and all
    /// alike. Returns how many. None of them is measured.
    #[inline]
    fn take_small_epochs(&mut self, last: u64, mut see: impl FnMut(u64, f64)) -> usize {
        let steps = self.work.steps;
        let (position, config, network, optimizer) = parts(&mut self.state);
        let is_plain = config.schedule == Schedule::Constant && self.data.test.is_none();
        if position.step > 0 || position.epoch >= last || !is_plain {
            return 0;
        }
        let Some(samples) = self.work.order.at_once(&self.data.training, 0..steps) else {
            return 0;
        };
        let epochs = usize::try_from(last - position.epoch).unwrap_or(usize::MAX);
        let mut losses = [0.0; MOST_EPOCHS];
        let losses = &mut losses[..epochs.min(MOST_EPOCHS).min(MOST_AT_ONCE / steps)];
        let how = (config.loss, config.learning_rate);
        let goal = config.until_loss.unwrap_or(f64::NEG_INFINITY);
        let taken = descend_epochs(network, optimizer, how, samples, (losses, goal));
        if let Some((_, on_the_way)) = losses[..taken].split_last() {
            for &loss in on_the_way {
                position.epoch += 1;
                see(position.epoch, loss);
            }
            position.step = steps;
        }
        taken
    }
}

/// What small steps read and change of a state that is small.
#[inline]
fn parts(state: &mut State) -> (&mut Position, &TrainingConfig, &mut Network, &mut Optimizer) {
    let (network, optimizer) = (state.network.to_mut(), state.optimizer.to_mut());
    (&mut state.position, &state.config, network, optimizer)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::data::people;
    use crate::nn::{Activation, LayerRequest};
    use crate::session::{TrainingConfig, TrainingData};

    fn session(change: impl Fn(&mut TrainingConfig)) -> Session {
        let mut config = TrainingConfig::post(1);
        change(&mut config);
        Session::start(&config, TrainingData::of(&people()))
    }

    /// Trains to an epoch, to the end of the run or until it diverges. Returns how the last step ended.
    fn trained(
        session: &mut Session,
        epoch: u64,
        mut advance: impl FnMut(&mut Session) -> StepOutcome,
    ) -> StepOutcome {
        loop {
            let outcome = advance(session);
            let is_end = session.position().epoch == epoch || session.finish().is_some();
            if session.position().step == 0 && is_end || outcome == StepOutcome::Diverged {
                return outcome;
            }
        }
    }

    #[test]
    fn epochs_at_once_lead_where_single_steps_do() {
        type Settings = fn(&mut TrainingConfig);
        let settings: [Settings; 6] = [
            |_| {},
            |config| config.until_loss = Some(0.01),
            |config| config.until_loss = Some(0.3),
            |config| config.schedule = "step=30,0.5".parse().unwrap(),
            |config| config.shuffle = true,
            |config| config.output_activation = Activation::Linear,
        ];
        for (index, change) in settings.into_iter().enumerate() {
            // Some diverge.
            for learning_rate in [0.1, 30.0, 1e200] {
                let change = |config: &mut TrainingConfig| {
                    change(config);
                    config.learning_rate = learning_rate;
                };
                for first_steps in [0, 3, 4] {
                    let mut single = session(change);
                    (0..first_steps).for_each(|_| _ = single.step());
                    let mut at_once = single.clone();
                    for epoch in [1, 2, 7, 1000] {
                        let outcome = trained(&mut single, epoch, Session::step);
                        let towards =
                            |session: &mut Session| session.advance_towards(epoch, |_, _| {});
                        assert_eq!(trained(&mut at_once, epoch, towards), outcome);
                        let what = (index, learning_rate, first_steps, epoch);
                        assert_eq!(at_once.state(), single.state(), "{what:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_large_network_that_others_have_is_not_copied_to_see_whether_it_is_small() {
        let mut session = session(|config| config.hidden = LayerRequest::of_units(&[3000, 2900]));
        let shown = session.state().clone();
        for _ in 0..2 {
            assert_eq!(
                session.advance_towards(5, |_, _| {}),
                StepOutcome::WithinStep
            );
        }
        let [ours, theirs] = [&session.state, &shown].map(|state| state.network.shared().unwrap());
        assert!(Arc::ptr_eq(ours, theirs));
    }

    #[test]
    fn epochs_are_taken_together_only_as_far_as_asked() {
        let mut session = session(|config| config.epochs = 0);
        session.advance_towards(200, |_, _| {});
        assert_eq!(
            (session.position().epoch, session.position().step),
            (200, 0)
        );
        session.advance_towards(1_000_000, |_, _| {});
        let epochs = session.position().epoch - 200;
        assert!((2..=MOST_AT_ONCE as u64).contains(&epochs), "{epochs}");
    }
}
