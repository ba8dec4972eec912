//! Slow tasks: preparing a run, taking the final state of one, saving one. Each is a separate job that ends with
//! a [`Message`] to the app.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use anyhow::{Context, Result};

use super::Input;
use super::remembered::Memory;
use crate::app::{Message, Place, PreparationId, RunId, SaveOutcome};
use crate::cli::{RunOptions, Setup};
use crate::session::{
    Draft, Existing, PathFacts, Preparing, Run, SavedRun, WholeFile, is_in_the_way,
};
use crate::threads::{Job, Name, Outbox};
use crate::trainer::Trainer;

/// The tasks that are under way.
pub(super) struct Tasks {
    under_way: Vec<Task>,
    memory: Memory,
    inputs: Sender<Input>,
}

struct Task {
    name: Name,
    job: Job<Cancel, Message>,
}

/// Asks a task to end early, because its message is no longer needed.
struct Cancel;

/// Reports how far a preparation is. Returns whether to go on.
fn report(
    id: PreparationId,
    progress: Preparing,
    commands: &Receiver<Cancel>,
    messages: &Outbox<Message>,
) -> ControlFlow<()> {
    // If there is no room, the next report will do.
    let _ = messages.try_send(Message::Preparing(id, progress));
    match commands.try_recv() {
        Ok(Cancel) | Err(TryRecvError::Disconnected) => ControlFlow::Break(()),
        Err(TryRecvError::Empty) => ControlFlow::Continue(()),
    }
}

impl Tasks {
    /// Creates an empty list of tasks. Each task will wake the event loop with [`Input::TaskEvent`].
    pub(super) fn new(inputs: Sender<Input>) -> Self {
        Self {
            under_way: Vec::new(),
            memory: Memory::default(),
            inputs,
        }
    }

    /// Returns the next waiting message, if there is one. Drops tasks that have ended.
    pub(super) fn try_message(&mut self) -> Option<Message> {
        let mut message = None;
        self.under_way.retain(|task| {
            message.is_some()
                || match task.job.try_event() {
                    Ok(event) => {
                        message = Some(event);
                        true
                    }
                    Err(TryRecvError::Empty) => true,
                    Err(TryRecvError::Disconnected) => false,
                }
        });
        message
    }

    /// Prepares the run that a draft describes, instead of any other.
    pub(super) fn prepare(
        &mut self,
        id: PreparationId,
        draft: Draft,
        present: Arc<Run>,
    ) -> Result<()> {
        self.cancel_preparation();
        let panicked = move |text| Message::Prepared(id, Err(format!("internal error: {text}")));
        self.begin(Name::Prepare, panicked, move |commands, messages| {
            let mut hear = |progress| report(id, progress, commands, messages);
            let prepared = Run::prepare_instead_of(&present, draft, &mut hear);
            let prepared = prepared.map_err(|problem| format!("{problem:#}"));
            messages.send(Message::Prepared(id, prepared));
        })
    }

    /// Opens a run file, or data with its usual settings, instead of any other.
    pub(super) fn open(&mut self, id: PreparationId, path: PathBuf) -> Result<()> {
        self.cancel_preparation();
        let panicked = move |text| Message::Opened(id, Err(format!("internal error: {text}")));
        self.begin(Name::Prepare, panicked, move |commands, messages| {
            let mut hear = |progress| report(id, progress, commands, messages);
            let options = RunOptions::of_file(path).map_err(Into::into);
            let opened = options.and_then(|options| options.setup_with(&mut hear));
            let opened = opened.map(|Setup { run, session }| (run, Box::new(session)));
            let opened = opened.map_err(|problem| format!("{problem:#}"));
            messages.send(Message::Opened(id, opened));
        })
    }

    /// Finds out what is at a typed path.
    pub(super) fn look_up(&mut self, text: String) -> Result<()> {
        let panicked = |text| Message::Failed(format!("internal error: {text}"));
        self.begin(Name::LookUp, panicked, move |_, messages| {
            let facts = PathFacts::of(&text);
            messages.send(Message::LookedUp(text, facts));
        })
    }

    /// Asks the preparation that is under way to end early.
    pub(super) fn cancel_preparation(&self) {
        self.under_way.iter().for_each(|task| task.job.send(Cancel));
    }

    /// Takes the final state of a trainer's run, then drops the trainer.
    pub(super) fn leave(&mut self, trainer: Trainer, kept_as: Option<RunId>) -> Result<()> {
        let departed = move |departed| Message::Departed(kept_as, departed);
        let panicked = move |_| departed(None);
        self.begin(Name::Leave, panicked, move |_, messages| {
            messages.send(departed(trainer.leave().map(Box::new)));
        })
    }

    /// Saves a run as it is between two updates.
    pub(super) fn save(
        &mut self,
        trainer: &Trainer,
        run: Arc<Run>,
        path: PathBuf,
        existing: Existing,
    ) -> Result<()> {
        let state = trainer.checkpoint();
        let failed = |reason: String| Message::Save(SaveOutcome::Failed(reason));
        self.begin(Name::Save, failed, move |_, messages| {
            if existing == Existing::Keep && is_in_the_way(&path) {
                return messages.send(Message::Save(SaveOutcome::Exists(path)));
            }
            let Ok(state) = state.recv() else {
                let reason = "not saved: the trainer has ended by an internal error".to_owned();
                return messages.send(failed(reason));
            };
            let saved = SavedRun::new(&run, &state);
            let written = WholeFile::at(&path, existing).and_then(|file| saved.write(file));
            let outcome = match written {
                Ok(()) => SaveOutcome::Saved(path),
                Err(error) => SaveOutcome::Failed(format!("{error:#}")),
            };
            messages.send(Message::Save(outcome));
        })
    }

    /// Saves drawn points.
    pub(super) fn save_points(
        &mut self,
        csv: String,
        path: PathBuf,
        existing: Existing,
    ) -> Result<()> {
        let failed = |reason: String| Message::PointsSaved(SaveOutcome::Failed(reason));
        self.begin(Name::Save, failed, move |_, messages| {
            let is_kept = existing == Existing::Keep && is_in_the_way(&path);
            let outcome = if is_kept {
                SaveOutcome::Exists(path)
            } else {
                let file = WholeFile::at(&path, existing);
                match file.and_then(|file| file.write(csv.as_bytes())) {
                    Ok(()) => SaveOutcome::Saved(path),
                    Err(error) => SaveOutcome::Failed(format!("{error:#}")),
                }
            };
            messages.send(Message::PointsSaved(outcome));
        })
    }

    /// Remembers where the reader is in the lessons.
    pub(super) fn remember(&mut self, place: Place) -> Result<()> {
        self.memory.note(place);
        let memory = self.memory.clone();
        self.begin(Name::Save, Message::Failed, move |_, _| memory.write())
    }

    fn begin(
        &mut self,
        name: Name,
        panicked: impl FnOnce(String) -> Message + Send + 'static,
        work: impl FnOnce(&Receiver<Cancel>, &Outbox<Message>) + Send + 'static,
    ) -> Result<()> {
        let inputs = self.inputs.clone();
        let wake = move || drop(inputs.send(Input::TaskEvent));
        let job = Job::spawn(name, 1, wake, panicked, work)
            .with_context(|| format!("starting the {} thread", name.as_str()))?;
        self.under_way.push(Task { name, job });
        Ok(())
    }

    /// Waits until the files that are being saved are written. The trainers must be alive.
    pub(super) fn finish_saves(&mut self) {
        let saves = self
            .under_way
            .extract_if(.., |task| task.name == Name::Save);
        saves.for_each(|save| save.job.finish());
    }
}
