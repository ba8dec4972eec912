//! What can happen to the app, and what it wants done.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::KeyEvent;

use super::RunId;
use crate::nn::Network;
use crate::session::{Draft, Existing, Run};
use crate::sweep;
use crate::trainer::{Command, DepartedRun, Event, Origin, Start};

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
    /// This many rows have been read for the run that is being prepared.
    RowsRead(PreparationId, usize),
    /// What came of [`Effect::Prepare`]: the run with the network of its start, or why there is none.
    Prepared(PreparationId, Result<(Arc<Run>, Network), String>),
    /// Something that was asked for could not be done, for this reason.
    Failed(String),
    /// A trainer has been replaced: the kept run that it trained, if it is kept, and what it takes to come back
    /// to it, unless the trainer had ended before.
    Departed(Option<RunId>, Option<Box<DepartedRun>>),
}

/// One of all preparations of a run: answers to earlier ones are stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PreparationId(u64);

impl PreparationId {
    /// The one after it.
    #[must_use]
    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }
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
    /// Replace the trainer.
    Begin {
        /// The run that is trained from now on.
        origin: Origin,
        /// How it begins.
        start: Start,
        /// The kept run that wants to hear of its end.
        departs: Option<RunId>,
    },
    /// Prepare the run that a draft describes, and no other any more.
    Prepare {
        /// What the answers are called.
        id: PreparationId,
        /// What is asked for.
        draft: Box<Draft>,
        /// The present run, whose data is taken if the draft asks for the same.
        present: Arc<Run>,
    },
    /// Give up what is being prepared.
    CancelPreparation,
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
        /// The run.
        run: Arc<Run>,
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
