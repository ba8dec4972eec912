//! Floor 2: the function that a network has learned: its outputs, or any neuron's activation, at many points.
//!
//! A [`Plane`] is what is looked at: two features with a range each, all others held. A [`Grid`] has the numbers of a
//! network at evenly spaced points of it. A [`Batch`] is the way there: from raw values, in the units of the data, to
//! a forward pass of many points at once. Knows no screen: what is worth looking at is decided above.

mod batch;
mod grid;
mod span;

pub use batch::Batch;
pub use grid::{Grid, work_of};
pub use span::{Plane, Span};
