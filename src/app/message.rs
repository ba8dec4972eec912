//! What can happen to the app, and what it wants done.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::KeyEvent;

use crate::nn::Network;
use crate::session::{Draft, Existing, Past, Run};
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
    /// What came of [`Effect::Rebuild`]: the new run with the network of its start, or why there is none.
    Rebuilt(Result<(Arc<Run>, Network), String>),
    /// Something that was asked for could not be done, for this reason.
    Failed(String),
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

/// What the app wants done.
#[derive(Debug)]
pub enum Effect {
    /// Tell the trainer.
    Train(Command),
    /// Replace the trainer by one that begins this run.
    Restart(Arc<Run>, Start),
    /// Prepare the run that a draft describes.
    Rebuild {
        /// What is asked for.
        draft: Box<Draft>,
        /// The present run, whose data is taken if the draft asks for the same.
        present: Arc<Run>,
    },
    /// Drop the trainer and come back to a run that was left.
    Return {
        /// The way back to it.
        past: Box<Past>,
        /// How it goes on.
        start: Start,
    },
    /// Train a run from this many seeds, in the background.
    Sweep(Arc<Run>, u64),
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
