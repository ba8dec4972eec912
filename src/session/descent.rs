//! Steps of plain sgd through large networks while nobody looks at their gradient.

use super::{Session, State, WorkSpace};
use crate::nn::Backprop;

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
            && !self.work.is_prepared
            && !self.work.moves.is_measured()
    }

    /// Takes such a step, or a few milliseconds of it. Returns whether it is complete.
    pub(super) fn descend(&mut self) -> bool {
        let batch = self.next_batch();
        let learning_rate = self.next_learning_rate();
        let WorkSpace {
            order,
            backprop,
            last_finite,
            is_marked,
            ..
        } = &mut self.work;
        if !*is_marked {
            last_finite.copy_all_but_parameters(&self.state);
        }
        let State {
            config,
            network,
            optimizer,
            ..
        } = &mut self.state;
        let is_complete = backprop.descend(
            (network, optimizer),
            (config.loss, learning_rate),
            order.batch(&self.data.training, batch),
            self.threads.0,
        );
        if is_complete && !*is_marked {
            backprop.hand_over_replaced(&mut last_finite.network);
            *is_marked = true;
        }
        is_complete
    }
}
