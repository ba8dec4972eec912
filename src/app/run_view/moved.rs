//! What a step by hand has moved: most changes are too small for the numbers in the diagram.

use std::sync::Arc;

use super::RunView;
use crate::nn::Network;
use crate::session::{MOST_DRAWN, Position};

/// The weight or bias that the last step by hand, or the rest of an epoch, has moved the most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moved {
    /// Its index among the parameters.
    pub index: usize,
    /// How far it went.
    pub by: f64,
    /// In how many steps.
    pub steps: usize,
}

/// Where a step by hand began.
#[derive(Debug, Clone)]
pub(in crate::app) struct Stepping {
    position: Position,
    network: Arc<Network>,
}

impl RunView {
    /// Notes where a step, or the rest of an epoch, begins that was asked for. Of many parameters none is looked for.
    pub(in crate::app) fn begin_step(&mut self) {
        let is_small = self.network.parameters().len() <= MOST_DRAWN;
        self.stepping = is_small.then(|| Stepping {
            position: self.training.position,
            network: Arc::clone(&self.network),
        });
    }

    /// Notes what was moved, as soon as the step that was asked for is made.
    pub(super) fn note_moved(&mut self) {
        let (now, started) = (self.training.position, self.stepping.take());
        match started {
            Some(started) if now == started.position => self.stepping = Some(started),
            Some(started) if follows(now, started.position) => {
                let end = match now.step {
                    0 => self.steps_per_epoch(),
                    step => step,
                };
                let steps = end.saturating_sub(started.position.step);
                self.moved = largest_move(&started.network, &self.network, steps);
            }
            _ => {}
        }
    }
}

/// Whether a position is that after one step, or the end of the epoch.
fn follows(now: Position, before: Position) -> bool {
    let is_next_step = now.epoch == before.epoch && now.step == before.step + 1;
    is_next_step || now.epoch == before.epoch + 1 && now.step == 0
}

/// The parameter that differs most between two states of a network; `None` if none does.
fn largest_move(before: &Network, now: &Network, steps: usize) -> Option<Moved> {
    let pairs = before.parameters().iter().zip(now.parameters());
    let moves = pairs.map(|(before, now)| now - before).enumerate();
    let largest = moves.max_by(|(_, one), (_, other)| one.abs().total_cmp(&other.abs()));
    let (index, by) = largest?;
    (by != 0.0).then_some(Moved { index, by, steps })
}
