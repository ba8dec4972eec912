//! nnscope trains a small neural network in front of your eyes, in a terminal.
//!
//! The code has six floors. Each uses only the floors below it, never one above
//! (`tests/floors.rs` checks this):
//!
//! | floor | module | what it is |
//! |---|---|---|
//! | 5 | [`terminal`], [`signals`] | the terminal, and the event loop |
//! |   | [`headless`] | train, sweep, predict and draw pictures without a screen |
//! |   | [`cli`] | the command line, and the run that it describes |
//! | 4 | [`ui`] | draws an [`app::App`]; one panel per file |
//! | 3 | [`app`] | the state of the screen: [`app::Message`] in, [`app::Effect`]s out; the data that is drawn there |
//! | 2 | [`trainer`] | the worker thread: [`trainer::Command`] in, [`trainer::Event`] out |
//! |   | [`sweep`] | one configuration from many seeds, on all cores |
//! |   | [`answers`] | on a job: what a large network says of some samples |
//! |   | [`surface`] | on jobs: maps of what the network says over two features; [`surface::Slice`], the loss around its parameters |
//! | 1 | [`session`] | one training run, bit for bit the same every time; run files |
//! |   | [`threads`] | background jobs, and how they end; the cores that a large layer is shared among |
//! | 0 | [`nn`] | the numbers: network, backpropagation, update; a separate crate, in `nn/` |
//! |   | [`data`] | the samples to learn from, and the inputs that are made of them, by formulas too |
//!
//! To follow one epoch from the numbers to the screen, read [`session::Session::step`], the worker in
//! `src/trainer/worker.rs`, [`app::App::update`] and [`ui::draw`], in this order.

pub mod answers;
pub mod app;
pub mod cli;
pub mod data;
pub mod headless;
pub mod session;
pub mod signals;
pub mod surface;
pub mod sweep;
pub mod terminal;
pub mod threads;
pub mod trainer;
pub mod ui;

pub use nnscope_nn as nn;
