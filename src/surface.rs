//! Floor 2: the function that a network has learned: its outputs, or any neuron's activation, at many points.
//!
//! A [`Plane`] is what is looked at: two features with a range each, all others held. A [`Grid`] has the numbers of a
//! network at evenly spaced points of it. A [`Batch`] is the way there: from raw values, in the units of the data, to
//! a forward pass of many points at once. What takes longer than a frame is made by a [`Mapper`], on a job, from coarse to
//! fine as a [`Refinement`] says. A [`Slice`] is about the parameters instead: the loss around those that the network has.
//! Knows no screen: what is worth looking at is decided above.

mod batch;
mod grid;
mod map;
mod mapper;
mod refinement;
mod slice;
mod span;

pub use batch::Batch;
pub use grid::{Grid, is_cheap};
pub use map::{Course, Map, MapArea, MapRequest};
pub use mapper::{MapEvent, Mapper};
pub use refinement::Refinement;
pub use slice::{
    Axes, FIRST_SEED, LossGrid, PastState, PathPoint, Slice, SliceAxis, SliceEvent, SlicePlane,
    SliceRequest, Slicer,
};
pub use span::{Plane, Span, step_at};
