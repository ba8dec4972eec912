//! The loss slice in the Surface view: which plane is looked at, and which slice of it is computed or asked for.
//!
//! A slice is asked for when it is seen and the latest one is not of the present parameters, axes and range. Until the
//! answer comes, the latest one stays, with the epoch that it belongs to.

mod action;
mod axes;
mod cursor;
mod past;

pub use action::SliceAction;

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::app::keymap::Context;
use crate::app::{App, Effect, RunView, View};
use crate::surface::{Axes, PathPoint, Slice, SliceEvent, SliceRequest};

/// What is looked at of the loss around the parameters of a run.
#[derive(Debug, Clone, Default)]
pub struct SliceView {
    /// Whether the Surface view turns to it where it could show a map.
    is_wanted: bool,
    /// What the axes are; `None` until it is seen.
    axes: Option<Axes>,
    /// The weights or biases that were on the axes last.
    parameters: Option<[usize; 2]>,
    /// What is seen, the lowest and the highest value across and up; `None` for all of the path.
    window: Option<[(f64, f64); 2]>,
    /// What is seen without a window, as far as it is known.
    whole: Option<[(f64, f64); 2]>,
    /// Where the cursor was moved to; `None` if it is at the point of the path that is chosen, or nowhere.
    cursor: Option<[f64; 2]>,
    /// The epoch of the point of the path that is chosen.
    chosen: Option<u64>,
    /// The slice that is shown.
    shown: Option<Arc<Slice>>,
    /// Why there is no slice.
    problem: Option<String>,
    /// The request that was answered last.
    answered: Option<Arc<SliceRequest>>,
    /// The request that is not answered yet, and how much of the work is done.
    asked: Option<(Arc<SliceRequest>, f64)>,
}

impl SliceView {
    /// Looks at another run in the same way, or in the same directions at another network.
    pub(in crate::app) fn begin(&mut self) {
        *self = Self {
            is_wanted: self.is_wanted,
            axes: self.axes,
            parameters: self.parameters,
            ..Self::default()
        };
    }

    /// The same view of a run with another network.
    #[must_use]
    pub(in crate::app) fn of_another_network(&self) -> Self {
        Self {
            is_wanted: self.is_wanted,
            ..Self::default()
        }
    }

    /// The latest slice, if there is one.
    #[must_use]
    pub fn shown(&self) -> Option<&Arc<Slice>> {
        self.shown.as_ref()
    }

    /// Why there is no slice, if that is so.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// How much of the work for the next slice is done, from 0 to 1; `None` if none is computed.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.asked.as_ref().map(|(_, done)| *done)
    }

    /// What the axes are; `None` until it is seen.
    #[must_use]
    pub fn axes(&self) -> Option<Axes> {
        self.axes
    }

    /// Whether another range is seen than that of the path.
    #[must_use]
    pub fn is_zoomed(&self) -> bool {
        self.window.is_some()
    }

    /// The point of the path that is at the cursor, if there is one.
    #[must_use]
    pub fn chosen(&self) -> Option<&PathPoint> {
        let (path, chosen) = (&self.shown()?.path, self.chosen?);
        let after = path.partition_point(|point| point.epoch <= chosen);
        path.get(after.checked_sub(1)?)
    }

    /// The values of the cursor, across and up; `None` until it is moved.
    #[must_use]
    pub fn cursor(&self) -> Option<[f64; 2]> {
        self.cursor.or(self.chosen().map(|point| point.at))
    }

    /// Takes in what the job has to say of the present request; that of an earlier one is too late.
    fn hear(&mut self, event: SliceEvent) {
        let is_present = |request: &Arc<SliceRequest>| {
            let asked = self.asked.as_ref();
            asked.is_some_and(|(asked, _)| Arc::ptr_eq(asked, request))
        };
        match event {
            SliceEvent::Progress(request, done) if is_present(&request) => {
                self.asked = Some((request, done));
            }
            SliceEvent::Slice(slice, done) if is_present(&slice.request) => {
                let request = Arc::clone(&slice.request);
                if request.window.is_none() {
                    let spans = slice.grid.spans;
                    self.whole = Some(spans.map(|span| (span.from, span.to)));
                }
                if slice.is_complete() {
                    (self.answered, self.asked) = (Some(request), None);
                } else {
                    self.asked = Some((request, done));
                }
                (self.shown, self.problem) = (Some(slice), None);
            }
            SliceEvent::Failed(request, reason) if is_present(&request) => {
                (self.answered, self.asked) = (Some(request), None);
                (self.shown, self.problem) = (None, Some(reason));
            }
            // It stays asked for: another try would end likewise.
            SliceEvent::Panicked(text) => self.problem = Some(format!("internal error: {text}")),
            _ => {}
        }
    }
}

impl RunView {
    /// Whether a slice is of the parameters that are shown.
    #[must_use]
    pub fn is_of_present(&self, slice: &Slice) -> bool {
        self.has_network(&slice.request)
    }

    /// Whether a request is about the parameters that are shown.
    fn has_network(&self, request: &SliceRequest) -> bool {
        Arc::ptr_eq(&request.network, &self.network) || request.network == self.network
    }

    /// The request for the slice of the present parameters. Its past is left out: it follows from the rest.
    fn slice_request(&self, axes: Axes) -> SliceRequest {
        SliceRequest {
            network: Arc::clone(&self.network),
            position: self.training.position,
            loss: self.config().loss,
            data: self.run.data.clone(),
            axes,
            window: self.slice.window,
            past: Arc::default(),
            is_live: self.training.is_running(),
        }
    }

    /// Whether a request is for the slice that is wanted now, whatever the parameters.
    fn has_plane(&self, request: &SliceRequest) -> bool {
        Some(request.axes) == self.slice.axes
            && request.window == self.slice.window
            && request.loss == self.config().loss
            && Arc::ptr_eq(&request.data.training, &self.run.data.training)
    }

    /// Whether a request is for the slice that is wanted now.
    fn has_slice(&self, request: &SliceRequest) -> bool {
        let newest = request.past.last().map(|state| state.epoch);
        self.has_plane(request) && newest == self.newest_state() && self.has_network(request)
    }

    /// Whether the slice that is wanted now is neither there nor on its way. While a run trains, the one that is on its
    /// way is waited for, so that there is ever one.
    fn needs_slice(&self) -> bool {
        let SliceView {
            asked, answered, ..
        } = &self.slice;
        match (asked, answered) {
            (Some((asked, _)), _) if self.training.is_running() => !self.has_plane(asked),
            (Some((asked, _)), _) => !self.has_slice(asked),
            (None, Some(answered)) => !self.has_slice(answered),
            (None, None) => true,
        }
    }
}

impl App {
    /// Whether the Surface view shows the loss slice: where that is wanted, and where there is no map.
    #[must_use]
    pub fn shows_slice(&self) -> bool {
        let has_map = self.run.surface.features.is_some();
        self.view == View::Surface && (self.run.slice.is_wanted || !has_map)
    }

    /// Returns the app with the loss slice over some axes, or those that it chooses, computed at once.
    #[must_use]
    pub fn with_slice(self, axes: Option<Axes>) -> Self {
        let mut app = self.with_view(View::Surface);
        app.run.slice.is_wanted = true;
        app.run.slice.axes = axes.or(app.run.slice.axes);
        if let Some(Effect::Slice(request)) = app.ask_slice() {
            let _ = Slice::compute(&request, &mut |event| {
                app.hear_slice(event);
                ControlFlow::Continue(())
            });
        }
        app
    }

    /// Turns the Surface view from the map to the loss slice, or back.
    pub(in crate::app) fn turn_surface(&mut self) {
        self.run.slice.is_wanted ^= true;
    }

    /// The context of the keys of the present view.
    #[must_use]
    pub fn view_context(&self) -> Context {
        match self.view {
            View::Surface if self.shows_slice() => Context::Slice,
            View::Surface => Context::Map,
            view => Context::View(view),
        }
    }

    /// Asks for a slice, if one is seen and it is not there.
    pub(in crate::app) fn ask_slice(&mut self) -> Option<Effect> {
        if !self.shows_slice() {
            return None;
        }
        let axes = self.run.chosen_axes();
        self.run.slice.axes = Some(axes);
        if !self.run.needs_slice() {
            return None;
        }
        let request = Arc::new(SliceRequest {
            past: Arc::new(self.run.past_states()),
            ..self.run.slice_request(axes)
        });
        self.run.slice.asked = Some((Arc::clone(&request), 0.0));
        Some(Effect::Slice(request))
    }

    pub(in crate::app) fn hear_slice(&mut self, event: SliceEvent) {
        self.run.slice.hear(event);
    }
}
