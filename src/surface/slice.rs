//! The loss slice: the loss over two directions in the space of all weights and biases, everything else held.
//!
//! The plane goes through the parameters θ₀ of a moment of a run. Each axis is one weight or bias, in its own units, or
//! a direction, in multiples of it ([`Axes`]). The loss is that of all training samples, without penalty, evaluated as
//! the run itself does: at θ₀ it is bit for bit the loss that the run reports.
//!
//! The path of training is projected onto the plane, which can mislead: where a past state lies off the plane, its loss
//! is not that of the plane beneath it. So a [`PathPoint`] has both losses and its distance from the plane.

mod axes;
mod computing;
mod loss_grid;
mod plane;
mod slicer;

use std::sync::Arc;

pub use axes::{Axes, FIRST_SEED};
pub use loss_grid::LossGrid;
pub use plane::{SliceAxis, SlicePlane};
pub use slicer::{SliceEvent, Slicer};

use crate::nn::{Loss, Network};
use crate::session::{Position, TrainingData};

/// What a slice is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SliceRequest {
    /// The network whose parameters are θ₀.
    pub network: Arc<Network>,
    /// How far it has been trained.
    pub position: Position,
    /// The loss function.
    pub loss: Loss,
    /// The samples.
    pub data: TrainingData,
    /// What the axes are.
    pub axes: Axes,
    /// The lowest and the highest value across and up; `None` for a range that contains the path.
    pub window: Option<[(f64, f64); 2]>,
    /// States of the run, in the order of their epochs; none if they are not known.
    pub past: Arc<Vec<PastState>>,
    /// Whether it is one of many while a run trains: then it may wait a moment, so that the run has the processor.
    pub is_live: bool,
}

/// The parameters at the end of an epoch, and their loss.
#[derive(Debug, Clone, PartialEq)]
pub struct PastState {
    /// The epoch.
    pub epoch: u64,
    /// The training loss that the run reported.
    pub loss: f64,
    /// All weights and biases.
    pub parameters: Vec<f64>,
}

/// A state of the run as it is seen on a slice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathPoint {
    /// The epoch.
    pub epoch: u64,
    /// Its true loss: the training loss that the run reported.
    pub loss: f64,
    /// Where it is on the plane, across and up.
    pub at: [f64; 2],
    /// How far its parameters are from the plane: the Euclidean norm of what the plane holds.
    pub distance: f64,
    /// The loss of the plane beneath it.
    pub beneath: f64,
}

/// The loss over a plane, and the path on it.
#[derive(Debug, Clone)]
pub struct Slice {
    /// What was asked for.
    pub request: Arc<SliceRequest>,
    /// The plane.
    pub plane: SlicePlane,
    /// The loss at θ₀.
    pub center: f64,
    /// The losses of the plane.
    pub grid: LossGrid,
    /// The path, in the order of the epochs.
    pub path: Vec<PathPoint>,
}

impl Slice {
    /// Returns whether all points are computed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.grid.is_complete()
    }
}
