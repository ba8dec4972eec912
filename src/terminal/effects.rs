//! Carries out what the app has decided.

use std::mem;

use anyhow::Result;

use super::{EventLoop, Flow, Redraw, spawn_trainer};
use crate::app::{Effect, Message};
use crate::signals;
use crate::surface::SliceEvent;
use crate::sweep::{SweepEvent, Sweeper};
use crate::trainer::{Origin, Start, Trainer};

impl EventLoop {
    /// Carries out an effect. It is long because it has an arm for each of them.
    pub(super) fn carry_out(&mut self, effect: Effect) -> Result<Flow> {
        match effect {
            Effect::Train(command) => self.trainer.send(command),
            Effect::Begin {
                origin,
                start,
                departs,
            } => {
                let replaced = self.replace_trainer(origin, start)?;
                self.tasks.leave(replaced, departs)?;
            }
            Effect::PutAside {
                desk,
                origin,
                start,
            } => self.put_aside(desk, origin, start)?,
            Effect::TakeBack { aside, desk } => return self.take_back(aside, desk),
            Effect::Remember(place) => self.tasks.remember(place)?,
            Effect::Prepare { id, draft, present } => self.tasks.prepare(id, *draft, present)?,
            Effect::Open { id, path } => self.tasks.open(id, path)?,
            Effect::LookUp(text) => self.tasks.look_up(text)?,
            Effect::CancelPreparation => self.tasks.cancel_preparation(),
            Effect::Map(requests) => self.map(requests)?,
            Effect::Ask(questions) => self.ask(questions)?,
            Effect::Sweep(run, seeds) => {
                let begun = self.sweep(&run, seeds);
                return self.or_tell(begun, |why| Message::Sweep(SweepEvent::Failed(why)));
            }
            Effect::Slice(request) => {
                let begun = self.slice(request);
                return self.or_tell(begun, |why| Message::Slice(SliceEvent::Panicked(why)));
            }
            Effect::CancelSweep => self.sweeper.iter().for_each(Sweeper::cancel),
            Effect::DropSweep => self.sweeper = None,
            Effect::Copy(text) => self.screen.copy(&text)?,
            Effect::Repaint => self.screen.repaint()?,
            Effect::Save {
                run,
                path,
                existing,
            } => self.tasks.save(&self.trainer, run, path, existing)?,
            Effect::SavePoints {
                csv,
                path,
                existing,
            } => self.tasks.save_points(csv, path, existing)?,
            Effect::Suspend => {
                return self.or_tell(signals::stop_job(), Message::Failed);
            }
            Effect::Quit => return Ok(Flow::Exit(0)),
        }
        Ok(Flow::Continue(Redraw::Nothing))
    }

    /// Trains something else from now on; returns the trainer that did so before.
    pub(super) fn replace_trainer(&mut self, origin: Origin, start: Start) -> Result<Trainer> {
        let trainer = spawn_trainer(origin, start, &self.sender)?;
        Ok(mem::replace(&mut self.trainer, trainer))
    }

    /// Goes on if something has begun; if not, tells the app why.
    fn or_tell(
        &mut self,
        begun: Result<()>,
        message: impl FnOnce(String) -> Message,
    ) -> Result<Flow> {
        match begun {
            Ok(()) => Ok(Flow::Continue(Redraw::Nothing)),
            Err(problem) => self.update(message(format!("{problem:#}")), Redraw::AtOnce),
        }
    }
}
