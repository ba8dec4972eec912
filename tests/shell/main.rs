//! The program as a shell sees it: stdout, stderr, exit codes, files.

mod at_epoch;
mod bad_run_files;
mod data_digest;
mod former_versions;
mod grid;
mod inputs;
mod lessons;
mod logs;
mod options;
mod own_data;
mod refusals;
mod run_files;
mod shell;
mod signals;
mod stream;
mod sweep;
mod tables;
mod train;
mod whole_files;
