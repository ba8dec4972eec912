//! The jobs that the event loop keeps beside the trainer: a sweep, and those that compute maps and loss slices.

use std::sync::Arc;

use anyhow::{Context, Result};

use super::{EventLoop, Input};
use crate::session::Run;
use crate::surface::{MapRequest, Mapper, SliceRequest, Slicer};
use crate::sweep::{self, Plan, Sweeper};

impl EventLoop {
    /// Starts a sweep of a run over many seeds, on all cores.
    pub(super) fn sweep(&mut self, run: &Run, seeds: u64) -> Result<()> {
        let plan = Plan::new(run.config.clone(), run.data.clone(), seeds)?;
        let sender = self.sender.clone();
        let wake = move || drop(sender.send(Input::SweepEvent));
        let sweeper = Sweeper::spawn(plan, sweep::all_cores(), wake);
        self.sweeper = Some(sweeper.context("starting the sweep thread")?);
        Ok(())
    }

    /// Asks the job that computes maps for these, and starts it before the first ones.
    pub(super) fn map(&mut self, requests: Vec<MapRequest>) -> Result<()> {
        if self.mapper.is_none() {
            let sender = self.sender.clone();
            let wake = move || drop(sender.send(Input::MapEvent));
            let mapper = Mapper::spawn(wake).context("starting the thread of the maps")?;
            self.mapper = Some(mapper);
        }
        if let Some(mapper) = &self.mapper {
            mapper.want(requests);
        }
        Ok(())
    }

    /// Computes a loss slice, instead of any other.
    pub(super) fn slice(&mut self, request: Arc<SliceRequest>) -> Result<()> {
        if self.slicer.is_none() {
            let sender = self.sender.clone();
            let wake = move || drop(sender.send(Input::SliceEvent));
            let slicer = Slicer::spawn(wake).context("starting the thread of the loss slices")?;
            self.slicer = Some(slicer);
        }
        if let Some(slicer) = &self.slicer {
            slicer.ask(request);
        }
        Ok(())
    }
}
