//! What the app is sent, and what it asks for in return.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::KeyEvent;

use super::{Desk, Gesture, Place, RunId, Target};
use crate::answers::{AnswerEvent, Question};
use crate::session::{Draft, Existing, PathFacts, Preparing, Run, Session};
use crate::surface::{MapEvent, MapRequest, SliceEvent, SliceRequest};
use crate::sweep::SweepEvent;
use crate::trainer::{Command, DepartedRun, Event, Origin, Start};

/// Something that the app reacts to.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse did something to what is under it.
    Mouse(Gesture, Target),
    /// The trainer's last report has been on the screen long enough for the next key to be an answer to it.
    Settled,
    /// Text was pasted.
    Paste(String),
    /// The trainer reports an event.
    Trainer(Event),
    /// The sweep reports an event.
    Sweep(SweepEvent),
    /// A frame has been drawn, which shows what it lacks.
    Drawn,
    /// How far a map is computed.
    Map(MapEvent),
    /// What a job has answered.
    Answers(AnswerEvent),
    /// There is news of a loss slice.
    Slice(SliceEvent),
    /// How [`Effect::Save`] ended.
    Save(SaveOutcome),
    /// How [`Effect::SavePoints`] ended.
    PointsSaved(SaveOutcome),
    /// How far the run is that is being prepared.
    Preparing(PreparationId, Preparing),
    /// How [`Effect::Prepare`] ended: the run and its start, or why there is none.
    Prepared(PreparationId, Result<(Arc<Run>, Box<Session>), String>),
    /// Go to this epoch, and train there if it is not trained yet.
    GoTo(u64),
    /// What is known of a typed path.
    LookedUp(String, PathFacts),
    /// How [`Effect::Open`] ended: the run and where it stands, or why there is none.
    Opened(PreparationId, Result<(Arc<Run>, Box<Session>), String>),
    /// An effect failed, for this reason.
    Failed(String),
    /// A trainer has been replaced. The ID is `None` if its run is not kept, and the run is `None` if the trainer
    /// had already ended.
    Departed(Option<RunId>, Option<Box<DepartedRun>>),
}

/// Identifies a preparation of a run, so that answers to earlier ones can be ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PreparationId(u64);

impl PreparationId {
    /// The ID after this one.
    #[must_use]
    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// How saving the run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The file was written.
    Saved(PathBuf),
    /// The file already exists and was kept.
    Exists(PathBuf),
    /// The file could not be written, for this reason.
    Failed(String),
}

/// Something that the app asks its caller to do.
#[derive(Debug)]
pub enum Effect {
    /// Send the trainer a command.
    Train(Command),
    /// Replace the trainer.
    Begin {
        /// Where the new run comes from.
        origin: Origin,
        /// How it begins.
        start: Start,
        /// The ID of the old run, if it is kept and needs its final state.
        departs: Option<RunId>,
    },
    /// Put the trainer and the sweep aside as they are, and train another run.
    PutAside {
        /// Whose they are.
        desk: Desk,
        /// Where the other run comes from.
        origin: Origin,
        /// How it begins.
        start: Start,
    },
    /// Put the trainer and the sweep aside as they are; others that were put aside continue.
    TakeBack {
        /// Whose they are.
        aside: Desk,
        /// Whose the others are.
        desk: Desk,
    },
    /// Remember where the reader is in the lessons, for the next start.
    Remember(Place),
    /// Prepare the run that a draft describes, instead of any other.
    Prepare {
        /// The ID that the answers carry.
        id: PreparationId,
        /// The run to prepare.
        draft: Box<Draft>,
        /// The current run, whose data is reused if the draft asks for the same data.
        present: Arc<Run>,
    },
    /// Cancel the preparation.
    CancelPreparation,
    /// Find out what is at a typed path.
    LookUp(String),
    /// Open a run file, or data with its usual settings, instead of any other.
    Open {
        /// The ID that the answers carry.
        id: PreparationId,
        /// The file, or the name of built-in data.
        path: PathBuf,
    },
    /// Compute these maps in the background, and none that were asked for before.
    Map(Vec<MapRequest>),
    /// Answer these questions in the background, and none that were asked before.
    Ask(Vec<Question>),
    /// Compute a loss slice in the background, instead of any other.
    Slice(Arc<SliceRequest>),
    /// Train a run from this many seeds, in the background.
    Sweep(Arc<Run>, u64),
    /// Ask the sweep to stop and report its results.
    CancelSweep,
    /// Drop the sweep.
    DropSweep,
    /// Copy a text to the clipboard, if the terminal allows it.
    Copy(String),
    /// Write the run to a file.
    Save {
        /// The run.
        run: Arc<Run>,
        /// The file.
        path: PathBuf,
        /// What to do if the file exists.
        existing: Existing,
    },
    /// Write drawn points to a file.
    SavePoints {
        /// The contents of the file.
        csv: String,
        /// The file.
        path: PathBuf,
        /// What to do if the file exists.
        existing: Existing,
    },
    /// Draw everything anew, whatever is on the terminal.
    Repaint,
    /// Return to the shell until it resumes the program.
    Suspend,
    /// End the program.
    Quit,
}
