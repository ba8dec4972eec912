//! What is learned from: built-in and generated data, and files.

mod any_table;
mod csv;
mod notations;
mod shuffled;
mod sources;
