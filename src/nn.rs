//! Floor 0: the numbers of a feed-forward network, and nothing else.
//!
//! Knows no thread, file, clock or screen. The parts, in the order in which one training step uses
//! them:
//!
//! - [`Architecture`] and [`Network`]: the shape, the parameters, the forward pass;
//! - [`Activation`]: f and f′;
//! - [`Loss`]: L and ∂L/∂prediction;
//! - [`Backprop`]: the chain rule, one sample at a time;
//! - [`Optimizer`]: the update;
//! - [`init`]: where the parameters come from.
//!
//! A wrong length is a bug of the caller and panics; input from outside is checked above this floor.

mod activation;
mod backprop;
pub mod init;
mod loss;
mod network;
mod optimizer;

pub use activation::Activation;
pub use backprop::Backprop;
pub use loss::Loss;
pub use network::{Activations, Architecture, Layer, Network};
pub use optimizer::Optimizer;
