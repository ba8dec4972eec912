//! nnscope trains a small neural network in front of your eyes.
pub mod app;
pub mod cli;
pub mod data;
pub mod headless;
pub mod nn;
pub mod session;
pub mod signals;
pub mod terminal;
pub mod trainer;
pub mod ui;
