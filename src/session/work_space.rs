//! What a session computes or allocates once, and again only for another batch size.

use std::mem;
use std::sync::Arc;

use super::beside::Beside;
use super::evaluation::{self, Evaluator};
use super::layer_moves::LayerMoves;
use super::order::Order;
use super::{Session, State, TrainingData};
use crate::nn::Backprop;

/// All of it follows from the rest of the session, or is written before it is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WorkSpace {
    /// The batch size that it has room for.
    batch_size: usize,
    /// How many updates make an epoch.
    pub(super) steps: usize,
    pub(super) order: Order,
    pub(super) backprop: Backprop,
    /// Whether a batch is so large that its gradient is computed in several calls.
    pub(super) is_divided: bool,
    /// Whether the gradient is that of the next step's loss.
    pub(super) is_prepared: bool,
    pub(super) beside: Beside,
    pub(super) evaluator: Evaluator,
    pub(super) moves: LayerMoves,
    /// What is returned to if the next updates diverge.
    pub(super) last_finite: State,
    /// Whether that is remembered; else it is the present state.
    pub(super) is_marked: bool,
}

impl WorkSpace {
    /// Of a session in this state.
    pub(super) fn new(state: &State, data: &TrainingData) -> Self {
        let (network, batch_size) = (&state.network, state.batch_size);
        let batch = batch_size.min(data.training.len());
        let is_divided = Backprop::is_divided(network, batch);
        let at_once = if is_divided {
            batch.min(Backprop::samples_of_stage(network))
        } else {
            batch
        };
        let largest = at_once.max(evaluation::rows(network, data));
        Self {
            batch_size,
            steps: data.training.len().div_ceil(batch_size),
            order: Order::new(state, &data.training),
            backprop: Backprop::new(network, largest),
            is_divided,
            is_prepared: false,
            beside: Beside::new(is_divided),
            evaluator: Evaluator::new(network, data),
            moves: LayerMoves::default(),
            last_finite: state.clone(),
            is_marked: true,
        }
    }
}

impl Session {
    /// A copy of the run with its own work space. A step or an evaluation under way starts again in it.
    pub(super) fn fork(&self) -> Self {
        let work = WorkSpace {
            beside: Beside::new(self.work.beside.is_known_finite),
            moves: self.work.moves.clone(),
            last_finite: self.work.last_finite.clone(),
            is_marked: self.work.is_marked,
            ..WorkSpace::new(&self.state, &self.data)
        };
        Self {
            start: Arc::clone(&self.start),
            began_as_configured: self.began_as_configured,
            data: self.data.clone(),
            state: self.state.clone(),
            work,
            threads: self.threads,
        }
    }

    /// Begins an epoch with batches of the configured size.
    #[inline]
    pub(super) fn begin_batches(&mut self) {
        self.state.batch_size = self.state.config.batch_size;
        self.fit_batches();
    }

    /// Makes room for the batches of the epoch under way, if they are of another size than before.
    #[inline]
    pub(super) fn fit_batches(&mut self) {
        if self.work.batch_size != self.state.batch_size {
            self.work = WorkSpace {
                moves: mem::take(&mut self.work.moves),
                ..WorkSpace::new(&self.state, &self.data)
            };
        }
    }
}
