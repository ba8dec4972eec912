//! nnscope trains a small neural network in front of your eyes.
pub mod data;
pub mod nn;
pub mod session;
pub mod trainer;
