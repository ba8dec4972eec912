//! The jobs that the event loop keeps beside the trainer: a sweep, and those that compute maps, answers and loss slices.

use std::sync::Arc;

use anyhow::{Context, Result};

use super::{EventLoop, Input};
use crate::answers::{Answerer, Question};
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
        let sender = &self.sender;
        let mapper = started(&mut self.mapper, || {
            let sender = sender.clone();
            let mapper = Mapper::spawn(move || drop(sender.send(Input::MapEvent)));
            mapper.context("starting the thread of the maps")
        })?;
        mapper.want(requests);
        Ok(())
    }

    /// Asks the job that answers these questions, and starts it before the first ones.
    pub(super) fn ask(&mut self, questions: Vec<Question>) -> Result<()> {
        let sender = &self.sender;
        let answerer = started(&mut self.answerer, || {
            let sender = sender.clone();
            let answerer = Answerer::spawn(move || drop(sender.send(Input::AnswerEvent)));
            answerer.context("starting the thread of the answers")
        })?;
        answerer.ask(questions);
        Ok(())
    }

    /// Computes a loss slice, instead of any other.
    pub(super) fn slice(&mut self, request: Arc<SliceRequest>) -> Result<()> {
        let sender = &self.sender;
        let slicer = started(&mut self.slicer, || {
            let sender = sender.clone();
            let slicer = Slicer::spawn(move || drop(sender.send(Input::SliceEvent)));
            slicer.context("starting the thread of the loss slices")
        })?;
        slicer.ask(request);
        Ok(())
    }
}

/// The job, which starts with its first work.
fn started<J>(job: &mut Option<J>, start: impl FnOnce() -> Result<J>) -> Result<&J> {
    Ok(match job {
        Some(job) => job,
        none => none.insert(start()?),
    })
}
