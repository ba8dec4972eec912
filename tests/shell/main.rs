//! The program as a shell sees it: stdout, stderr, exit codes, files.

mod at_epoch;
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
mod version_1;
mod whole_files;
