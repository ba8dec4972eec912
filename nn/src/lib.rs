//! Floor 0: the numbers of a feed-forward network, and nothing else.
//!
//! Knows no thread, file, clock or screen. The parts, in the order in which one training step uses
//! them:
//!
//! - [`LayerSpec`], [`Architecture`] and [`Network`]: the shape, the parameters, the forward pass;
//! - [`Activation`]: f and f′;
//! - [`Forward`]: the forward pass of a batch;
//! - [`Loss`]: L and its derivative;
//! - [`Backprop`]: the chain rule, back to the gradient of a batch's mean loss; [`Backprop::descend`]: through a large
//!   network on to its next parameters;
//! - [`Penalty`] (regularization);
//! - [`Optimizer`]: the update; [`descend`] and [`descend_epochs`]: all of this at once, for the post's
//!   network;
//! - [`init`]: the initial parameters;
//! - [`Parameter`], [`Neuron`], [`Source`], [`Term`]: places and names;
//! - [`Trace`]: every number of one sample, to show them;
//! - [`check_gradient`]: the chain rule compared with central differences;
//! - [`Executor`]: the threads that large layers are shared among;
//! - `kernels`: the arithmetic that takes the time.
//!
//! A separate crate, because numbers have to be optimized in every profile, and everything else is compiled
//! faster if it is not. So no public function that takes time is generic, and it is `inline` only in a release:
//! else it would be compiled again, unoptimized, where it is called.
//!
//! A wrong length is a bug of the caller and panics: input from outside is checked on the floors above.

#![expect(
    clippy::inline_always,
    reason = "what runs with the vector instructions of one processor has to be compiled for it as a whole"
)]

mod activation;
mod backprop;
mod executor;
mod forward;
mod gradient_check;
pub mod init;
mod kernels;
mod layer_spec;
mod loss;
mod named;
mod network;
mod optimizer;
mod parameter;
mod penalty;
mod place;
mod tiny;
mod trace;

pub use activation::Activation;
pub use backprop::{Backprop, Descended};
pub use executor::{Alone, Executor, Piece};
pub use forward::Forward;
pub use gradient_check::{Agreement, Batch, Comparison, check_gradient, spread};
pub use layer_spec::{LayerRequest, LayerSpec, NotALayer};
pub use loss::Loss;
pub use network::{Architecture, Layer, Network};
pub use optimizer::{Coefficients, Memory, Optimizer, OptimizerKind, Remembered, UpdateRule};
pub use parameter::{Neuron, Parameter, Source, Term};
pub use penalty::Penalty;
pub use tiny::{Witness, descend, descend_epochs};
pub use trace::{LayerTrace, Trace};
