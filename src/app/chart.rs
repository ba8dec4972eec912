//! What the chart shows, and the moment that is marked on it.

use strum::VariantArray;

use super::turn::{Turn, turn_choice};
use super::{App, Effect, LossAxis};
use crate::trainer::Destination;

/// What the chart shows over the epochs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Charted {
    /// The loss.
    Loss,
    /// The accuracy, or R² of a regression.
    Quality,
    /// Every weight and bias, or how far those of a layer spread.
    Parameters,
    /// The norm of the gradient, layer by layer: the mean of an epoch's steps.
    GradientNorm,
    /// How far the parameters move relative to their size, layer by layer: the mean of an epoch's steps.
    UpdateRatio,
}

/// What the user wants of the chart. It stays the same when another run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chart {
    pub(super) shows: Charted,
    pub(super) loss_axis: LossAxis,
    /// The epoch that is marked, if any.
    pub(super) mark: Option<u64>,
}

impl Default for Chart {
    fn default() -> Self {
        Self {
            shows: Charted::Loss,
            loss_axis: LossAxis::Linear,
            mark: None,
        }
    }
}

/// The part of the run by which the mark moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkStep {
    /// A hundredth, but at least one epoch.
    Hundredth,
    /// A tenth, but at least one epoch.
    Tenth,
}

impl MarkStep {
    fn of(self, epochs: u64) -> u64 {
        let parts = match self {
            Self::Hundredth => 100,
            Self::Tenth => 10,
        };
        (epochs / parts).max(1)
    }
}

impl Charted {
    /// Which of all it is, from 0, and how many there are.
    #[must_use]
    pub fn place(self) -> (usize, usize) {
        (self as usize, Self::VARIANTS.len())
    }

    /// Whether it is a score, which the title has too.
    #[must_use]
    pub fn is_score(self) -> bool {
        matches!(self, Self::Loss | Self::Quality)
    }

    /// What the chart shows after this one.
    #[must_use]
    pub fn next(mut self) -> Self {
        turn_choice(&mut self, Self::VARIANTS, Turn::Forward);
        self
    }
}

impl App {
    /// What the chart shows.
    #[must_use]
    pub fn charted(&self) -> Charted {
        self.chart.shows
    }

    /// The scale of the loss axis.
    #[must_use]
    pub fn loss_axis(&self) -> LossAxis {
        self.chart.loss_axis
    }

    /// The epoch that is marked on the chart: one whose losses are known exactly; `None` if none is marked, or if the run
    /// has no such epoch.
    #[must_use]
    pub fn marked(&self) -> Option<u64> {
        let (epoch, _) = self.run.curves.training.at(self.chart.mark?)?;
        Some(epoch)
    }

    pub(super) fn turn_chart(&mut self) {
        self.chart.shows = self.chart.shows.next();
    }

    pub(super) fn turn_loss_axis(&mut self) {
        self.chart.loss_axis = self.chart.loss_axis.other();
    }

    /// Moves the mark; the first one starts at the present epoch.
    pub(super) fn move_mark(&mut self, step: MarkStep, turn: Turn) {
        if let Some(epoch) = self.next_mark(step, turn) {
            self.mark(epoch);
        }
    }

    /// The epoch that the mark moves to: the present one at the end of the chart; `None` if the chart is empty.
    pub(super) fn next_mark(&self, step: MarkStep, turn: Turn) -> Option<u64> {
        let curve = &self.run.curves.training;
        let last = curve.last_epoch()?;
        let step = step.of(curve.epochs());
        let from = self.marked().unwrap_or(self.run.training.position.epoch);
        let epoch = match turn {
            Turn::Back => from.saturating_sub(step),
            Turn::Forward => from.saturating_add(step),
        };
        let known = curve.at(epoch.min(last).max(curve.first_epoch()));
        known.map(|(epoch, _)| epoch)
    }

    /// Marks an epoch, or one near it whose losses are known.
    pub(super) fn mark(&mut self, epoch: u64) {
        let known = self.run.curves.training.at(epoch);
        self.chart.mark = known.map(|(epoch, _)| epoch);
    }

    pub(super) fn remove_mark(&mut self) {
        self.chart.mark = None;
    }

    /// Goes to the marked epoch, and removes the mark.
    pub(super) fn go_to_mark(&mut self) -> Vec<Effect> {
        let Some(epoch) = self.marked() else {
            return Vec::new();
        };
        self.remove_mark();
        self.seek(Destination::Epoch(epoch))
    }
}
