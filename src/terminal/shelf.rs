//! The reader's own trainer and sweep, while lessons have others.

use std::mem;

use anyhow::Result;

use super::{EventLoop, Flow, Redraw};
use crate::app::Message;
use crate::sweep::Sweeper;
use crate::trainer::{Command, Origin, Start, Trainer};

/// What was put aside.
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
    pub(super) fn put_aside(&mut self, origin: Origin, start: Start) -> Result<()> {
        let trainer = self.replace_trainer(origin, start)?;
        trainer.send(Command::Rest(true));
        let sweeper = self.sweeper.take();
        self.shelf = Some(Shelf { trainer, sweeper });
        Ok(())
    }

    /// Continues with the trainer and the sweep that were put aside.
    pub(super) fn take_back(&mut self) -> Result<Flow> {
        let Some(Shelf { trainer, sweeper }) = self.shelf.take() else {
            return Ok(Flow::Continue(Redraw::Nothing));
        };
        let other = mem::replace(&mut self.trainer, trainer);
        self.tasks.leave(other, None)?;
        self.sweeper = sweeper;
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
}
