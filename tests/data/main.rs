//! What is learned from: built-in and generated data, and files.

mod any_table;
mod csv;
mod dialects;
mod kinds;
mod notations;
mod refusals;
mod shuffled;
mod sources;
