//! The `nnscope` program: parses the command line, runs the command, prints errors.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use nnscope::cli::{Cli, Command, UsageError};
use nnscope::data::scrub_to;
use nnscope::{headless, signals, terminal};

fn main() -> ExitCode {
    let code = Cli::read().map_err(Into::into).and_then(|cli| run(&cli));
    let code = code.unwrap_or_else(|error| {
        // Not eprintln!, which panics if the terminal is gone.
        let _ = writeln!(
            io::stderr(),
            "nnscope: {}",
            scrub_to(&format!("{error:#}"), usize::MAX)
        );
        if error.is::<UsageError>() { 2 } else { 1 }
    });
    // 0 to 2, or 128 plus a signal's number.
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn run(cli: &Cli) -> Result<i32> {
    signals::survive_size_limit()?;
    match &cli.command {
        None => terminal::run(&cli.run, cli.start, cli.screen, cli.mouse),
        Some(Command::Train(options)) => headless::train(options),
        Some(Command::Sweep(options)) => headless::sweep(options),
        Some(Command::Predict(options)) => headless::predict(options).map(|()| 0),
        Some(Command::Learn(options)) if options.is_on_screen() => terminal::learn(options),
        Some(Command::Learn(options)) => headless::learn(options).map(|()| 0),
        Some(Command::Screenshot(options)) => headless::screenshot(options).map(|()| 0),
    }
}
