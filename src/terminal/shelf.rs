//! The trainers and sweeps that are put aside: the reader's own while a lesson is open, and those of the lessons left.

use std::mem;

use anyhow::Result;

use super::{EventLoop, Flow, Redraw};
use crate::app::{Desk, Message};
use crate::sweep::Sweeper;
use crate::trainer::{Command, Origin, Start, Trainer};

/// What was put aside at one desk.
pub(super) struct Shelf {
    trainer: Trainer,
    sweeper: Option<Sweeper>,
}

impl EventLoop {
    /// Opens a page of the lessons, or the one that was open last.
    pub(super) fn open_page(&mut self, index: Option<usize>) -> Result<()> {
        let index = index.unwrap_or_else(|| self.app.place().index());
        for effect in self.app.open_page(index) {
            self.carry_out(effect)?;
        }
        Ok(())
    }

    /// Lets the trainer rest, and trains another run.
    pub(super) fn put_aside(&mut self, desk: Desk, origin: Origin, start: Start) -> Result<()> {
        let trainer = self.replace_trainer(origin, start)?;
        let sweeper = self.sweeper.take();
        self.shelve(desk, trainer, sweeper);
        Ok(())
    }

    /// Lets the trainer rest, and continues with the trainer and the sweep of another desk.
    pub(super) fn take_back(&mut self, aside: Desk, desk: Desk) -> Result<Flow> {
        let Some(Shelf { trainer, sweeper }) = self.shelf.remove(&desk) else {
            return Ok(Flow::Continue(Redraw::Nothing));
        };
        let trainer = mem::replace(&mut self.trainer, trainer);
        let sweeper = mem::replace(&mut self.sweeper, sweeper);
        self.shelve(aside, trainer, sweeper);
        self.trainer.send(Command::Rest(false));
        // What they have reported meanwhile woke nobody.
        while let Ok(event) = self.trainer.try_event() {
            self.update(Message::Trainer(event), Redraw::AtOnce)?;
        }
        while let Some(Ok(event)) = self.sweeper.as_ref().map(Sweeper::try_event) {
            self.update(Message::Sweep(event), Redraw::AtOnce)?;
        }
        Ok(Flow::Continue(Redraw::AtOnce))
    }

    fn shelve(&mut self, desk: Desk, trainer: Trainer, sweeper: Option<Sweeper>) {
        trainer.send(Command::Rest(true));
        self.shelf.insert(desk, Shelf { trainer, sweeper });
    }
}
