//! The file that is given without an option: data to learn from, or a run to continue.

use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::{Cli, Command, RunOptions, UsageError};
use crate::session::setting::setting;
use crate::session::{built_in_names, did_you_mean, shown_path};

impl Cli {
    /// The run that the command is about, if it is about one. A file that is given without an option is taken as what
    /// it is.
    pub(super) fn run_options(&mut self) -> Result<Option<&RunOptions>, UsageError> {
        let run = match &mut self.command {
            None => {
                if let Some(file) = &self.run.file {
                    check_is_no_command(file)?;
                }
                &mut self.run
            }
            Some(Command::Train(options)) => &mut options.run,
            Some(Command::Sweep(options)) => &mut options.run,
            Some(Command::Screenshot(options)) => &mut options.run,
            Some(Command::Predict(_) | Command::Learn(_)) => return Ok(None),
        };
        run.take_file()?;
        Ok(Some(run))
    }
}

impl RunOptions {
    /// The options that only name a file: a saved run, or data to learn from.
    ///
    /// # Errors
    ///
    /// A [`UsageError`], if the path is not text.
    pub fn of_file(file: PathBuf) -> Result<Self, UsageError> {
        let mut options = Self {
            file: Some(file),
            ..Self::default()
        };
        options.take_file()?;
        Ok(options)
    }

    fn take_file(&mut self) -> Result<(), UsageError> {
        let Some(file) = self.file.take() else {
            return Ok(());
        };
        let shown = shown_path(&file);
        if is_run(&file) {
            if let Some(other) = self.load.replace(file) {
                let other = shown_path(&other);
                let words = format!("two runs are given, {shown} and --load {other}");
                return Err(UsageError(words));
            }
        } else {
            if let Some(other) = self.settings.text("data") {
                let words = format!("data is given twice, {shown} and --data {other}");
                return Err(UsageError(words));
            }
            let text = file.into_os_string().into_string();
            let text = text.map_err(|_| UsageError(format!("{shown} is not UTF-8 text")))?;
            self.settings.give(setting("data"), text);
        }
        Ok(())
    }
}

fn is_run(file: &Path) -> bool {
    file.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// A command that is misspelt looks like a file.
fn check_is_no_command(file: &Path) -> Result<(), UsageError> {
    let text = file.to_string_lossy();
    let command = Cli::command();
    if command.find_subcommand(&*text).is_some() {
        let words = format!("the command comes before its options: nnscope {text} ...");
        return Err(UsageError(words));
    }
    let is_word = text.chars().all(char::is_alphanumeric);
    if !is_word || file.exists() || built_in_names().contains(&&*text) {
        return Ok(());
    }
    let commands = command.get_subcommands().map(clap::Command::get_name);
    let meant = did_you_mean(&text, commands.chain(built_in_names()));
    Err(UsageError(format!(
        "there is no command, no file and no built-in data called {text:?}{meant}"
    )))
}
