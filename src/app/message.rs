//! What can happen to the app, and what it wants done.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::KeyEvent;

use super::Settings;
use crate::data::Dataset;
use crate::nn::Network;
use crate::session::{DataSource, Existing, Past, TrainingConfig};
use crate::sweep;
use crate::trainer::{Command, Event, Left, Start};

/// What can happen to the app.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The trainer tells something.
    Trainer(Event),
    /// The sweep that is under way tells something.
    Sweep(sweep::Event),
    /// What came of [`Effect::Save`].
    Save(SaveOutcome),
    /// What came of [`Effect::Rebuild`]: the new run, or why there is none.
    Rebuilt(Result<Box<Rebuilt>, String>),
    /// What the trainer knew of the run that another one has replaced; nothing if it did not answer.
    Left(Option<Box<Left>>),
}

/// What came of saving the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The file is written.
    Saved(PathBuf),
    /// A file of that name is there already and was kept.
    Exists(PathBuf),
    /// It could not be written, for this reason.
    Failed(String),
}

/// Another run in the place of the one that was shown.
#[derive(Debug, Clone)]
pub struct Rebuilt {
    /// How it is set up.
    pub config: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// What it learns from.
    pub dataset: Arc<Dataset>,
    /// Its network at the start.
    pub network: Network,
}

/// What the app wants done.
#[derive(Debug)]
pub enum Effect {
    /// Tell the trainer.
    Train(Command),
    /// Drop the trainer and start a new one with the app's configuration.
    Restart(Start),
    /// Make the run that the settings describe, and start it.
    Rebuild {
        /// What it is to be.
        settings: Box<Settings>,
        /// How it begins.
        start: Start,
    },
    /// Drop the trainer and come back to a run that was left.
    Return {
        /// The way back to it.
        past: Box<Past>,
        /// How it goes on.
        start: Start,
    },
    /// Run the app's configuration from so many seeds, in the background.
    Sweep(u64),
    /// Ask the sweep to end with what it has found out.
    CancelSweep,
    /// Drop the sweep.
    DropSweep,
    /// Put a text into the clipboard, where the terminal allows it.
    Copy(String),
    /// Write the run to a file.
    Save {
        /// Where to.
        path: PathBuf,
        /// What to do if a file is there.
        existing: Existing,
    },
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// End the program.
    Quit,
}
