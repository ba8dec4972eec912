//! The Surface view: which part of the learned function is looked at, and its cursor.

mod drawing;
mod memo;
mod pointing;
mod row;
mod slice;
mod window;

use std::sync::Arc;

pub use memo::{Moment, ShownMap};
pub use row::MapOfRow;
use strum::VariantArray;

pub use slice::{SliceAction, SliceView};

use super::turn::{Turn, turn_choice};
use super::{App, Direction, Effect, RunView, Shown};
use crate::data::{Dataset, Feature};
use crate::nn::Network;
use crate::session::Position;
use crate::surface::{MapArea, MapEvent, MapRequest, Plane, Span};
pub use drawing::Drawing;
use memo::Memo;
use row::Third;
use window::{Window, all_data, stepped, zoomed};

/// The values at which the features that are not on the map are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Held {
    /// The mean of the training samples; of words, the most frequent one.
    Mean,
    /// Their median.
    Median,
    /// Those of the sample that is shown, or the typed ones.
    Sample,
}

/// An axis of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapAxis {
    /// From left to right.
    Across,
    /// From bottom to top.
    Up,
}

/// What is looked at of the function that a run has learned.
#[derive(Debug, Clone)]
pub struct SurfaceView {
    /// The features of the map, across and up; `None` if the data has not two that are numbers.
    pub features: Option<[usize; 2]>,
    /// Where the others are held.
    pub held: Held,
    /// What is seen, the lowest and the highest value across and up; `None` for all data.
    window: Option<Window>,
    /// The raw values of the cursor, across and up; `None` until it is moved.
    pub cursor: Option<[f64; 2]>,
    /// Whether only the prediction is shown, and not how sure it is.
    pub is_discrete: bool,
    /// The third feature, over which there is a row of maps, if any.
    third: Option<Third>,
    memo: Memo,
}

impl SurfaceView {
    /// Looks at all the data over its first two features of numbers.
    #[must_use]
    pub(super) fn new(dataset: &Dataset) -> Self {
        Self {
            features: match numbers(dataset)[..] {
                [across, up, ..] => Some([across, up]),
                _ => None,
            },
            held: Held::Mean,
            window: None,
            cursor: None,
            is_discrete: false,
            third: None,
            memo: Memo::default(),
        }
    }
}

/// The features that are numbers.
fn numbers(dataset: &Dataset) -> Vec<usize> {
    let features = dataset.features().iter().enumerate();
    let numbers = features.filter(|(_, feature)| matches!(feature, Feature::Number(_)));
    numbers.map(|(index, _)| index).collect()
}

impl RunView {
    /// The part of the function that is seen; `None` if the data has not two features that are numbers.
    #[must_use]
    pub fn plane(&self) -> Option<Plane> {
        let window = self.surface.window.or_else(|| self.all_data())?;
        self.plane_of(window)
    }

    /// The whole plane of the same two features, whatever part of it is seen.
    #[must_use]
    pub fn whole_plane(&self) -> Option<Plane> {
        self.plane_of(self.all_data()?)
    }

    fn plane_of(&self, [across, up]: Window) -> Option<Plane> {
        let features = self.surface.features?;
        let span = |feature, (from, to)| Span { feature, from, to };
        Some(Plane {
            across: span(features[0], across),
            up: span(features[1], up),
            held: self.held(),
        })
    }

    /// The ranges of both features in all samples, with a margin.
    fn all_data(&self) -> Option<Window> {
        let features = self.surface.features?;
        Some(features.map(|feature| all_data(self.run.summary.features[feature].all)))
    }

    /// The sample that all points of the map are like, but for the two features.
    fn held(&self) -> Vec<f64> {
        let shown = match self.surface.held {
            Held::Mean => None,
            Held::Median => return self.run.summary.sample(|feature| feature.median),
            Held::Sample => match self.shown {
                Shown::Sample(sample) => Some(self.dataset().raw_of(sample).to_vec()),
                Shown::Prediction => self.prediction.values(),
            },
        };
        shown.unwrap_or_else(|| self.run.summary.sample(|feature| feature.mean))
    }

    /// The map of an area at the shown parameters, computed once. Where that takes longer than a frame, it is what a job
    /// has computed of it, or that of earlier parameters; `None` as long as there is nothing.
    #[must_use]
    pub fn map(&self, area: MapArea) -> Option<ShownMap> {
        self.map_of((&self.network, self.training.position), area)
    }

    /// The map of an area at the parameters that this course has at a position, in the same way.
    #[must_use]
    pub fn map_of(
        &self,
        (network, position): (&Arc<Network>, Position),
        area: MapArea,
    ) -> Option<ShownMap> {
        let memo = &self.surface.memo;
        memo.map(MapRequest {
            course: memo.course().clone(),
            position,
            network: Arc::clone(network),
            dataset: Arc::clone(self.dataset()),
            area,
        })
    }

    /// Forgets the maps of another course of training.
    pub(super) fn forget_maps(&mut self) {
        self.surface.memo = Memo::default();
    }

    /// The raw values of the cursor, across and up: where it was moved to, or else the typed values.
    #[must_use]
    pub fn cursor(&self) -> Option<[f64; 2]> {
        let features = self.surface.features?;
        let typed = || {
            let values = self.prediction.values()?;
            Some(features.map(|feature| values[feature]))
        };
        self.surface.cursor.or_else(typed)
    }

    /// The raw values of the point under the cursor, one for each feature.
    #[must_use]
    pub fn point(&self) -> Option<Vec<f64>> {
        let [across, up] = self.cursor()?;
        Some(self.plane()?.point(across, up))
    }

    /// Moves the cursor to the next round value. At the border it takes the map with it.
    fn move_cursor(&mut self, direction: Direction) {
        let (Some(plane), Some(cursor)) = (self.plane(), self.cursor()) else {
            return;
        };
        let spans = [plane.across, plane.up].map(|span| (span.from, span.to));
        let Some((window, cursor)) = stepped(spans, cursor, direction) else {
            return;
        };
        self.surface.cursor = Some(cursor);
        if window != spans {
            self.surface.window = Some(window);
        }
    }

    /// Shows a smaller or a larger part of the plane, around the cursor.
    fn zoom(&mut self, turn: Turn) {
        self.zoom_around(self.cursor(), turn);
    }

    /// Shows a smaller or a larger part of the plane around some values across and up, or around its middle.
    pub(super) fn zoom_around(&mut self, values: Option<[f64; 2]>, turn: Turn) {
        if let Some(window) = self.map_zoomed(values, turn) {
            self.surface.window = Some(window);
        }
    }

    /// What is then seen; `None` if it cannot be smaller or larger.
    pub(super) fn map_zoomed(&self, values: Option<[f64; 2]>, turn: Turn) -> Option<Window> {
        let (plane, all) = (self.plane()?, self.all_data()?);
        let spans = [plane.across, plane.up].map(|span| (span.from, span.to));
        let around = values.unwrap_or_else(|| spans.map(|(low, high)| f64::midpoint(low, high)));
        let zoomed = [0, 1].map(|axis| zoomed(spans[axis], all[axis], around[axis], turn));
        let [Some(across), Some(up)] = zoomed else {
            return None;
        };
        Some([across, up])
    }

    /// Puts the next feature on an axis, not the one of the other axis.
    fn turn_feature(&mut self, axis: MapAxis) {
        let Some(features) = self.surface.features else {
            return;
        };
        let (own, other) = match axis {
            MapAxis::Across => (0, 1),
            MapAxis::Up => (1, 0),
        };
        let mut choices = numbers(self.dataset());
        choices.retain(|choice| *choice != features[other]);
        let mut features = features;
        turn_choice(&mut features[own], &choices, Turn::Forward);
        self.surface.features = Some(features);
        if self.third().is_some_and(|third| features.contains(&third)) {
            self.surface.third = None;
        }
        (self.surface.window, self.surface.cursor) = (None, None);
    }

    /// Whether there are features beside the two on the map.
    pub(super) fn holds_features(&self) -> bool {
        self.surface.features.is_some() && self.dataset().features().len() > 2
    }

    /// Whether another part of the plane is seen than all data.
    #[must_use]
    pub fn is_zoomed(&self) -> bool {
        self.surface.window.is_some()
    }
}

impl App {
    /// Moves the cursor of the map, or of the drawing.
    pub(super) fn move_cursor(&mut self, direction: Direction) {
        if let Some(drawing) = self.drawing_mut() {
            drawing.move_cursor(direction);
        } else if self.shows_slice() {
            self.run.move_slice_cursor(direction);
        } else {
            self.run.move_cursor(direction);
        }
    }

    pub(super) fn zoom_map(&mut self, turn: Turn) {
        if self.shows_slice() {
            self.run.zoom_slice(None, turn);
        } else {
            self.run.zoom(turn);
        }
    }

    /// Shows all data again.
    pub(super) fn show_whole_map(&mut self) {
        self.run.surface.window = None;
    }

    pub(super) fn turn_map_feature(&mut self, axis: MapAxis) {
        self.run.turn_feature(axis);
    }

    pub(super) fn turn_held(&mut self) {
        turn_choice(&mut self.run.surface.held, Held::VARIANTS, Turn::Forward);
    }

    pub(super) fn turn_discrete(&mut self) {
        self.run.surface.is_discrete = !self.run.surface.is_discrete;
    }

    /// Asks for the maps that the last frame lacked, unless they are asked for already.
    pub(super) fn ask_for_maps(&mut self) -> Vec<Effect> {
        let mut wanted = self.run.surface.memo.take_wanted();
        let kept = self.runs.views_mut();
        wanted.extend(kept.flat_map(|view| view.surface.memo.take_wanted()));
        let is_asked = |(one, other): (&MapRequest, &MapRequest)| one.is_same(other);
        if wanted.len() == self.maps.len() && wanted.iter().zip(&self.maps).all(is_asked) {
            return Vec::new();
        }
        self.maps.clone_from(&wanted);
        vec![Effect::Map(wanted)]
    }

    /// Takes in what a job has computed of a map, or why there are none any more.
    pub(super) fn hear_map(&mut self, event: MapEvent) {
        match event {
            MapEvent::Mapped(request, map) => {
                let views = [&mut self.run].into_iter().chain(self.runs.views_mut());
                let mut memos = views.map(|view| &mut view.surface.memo);
                if let Some(memo) = memos.find(|memo| *memo.course() == request.course) {
                    memo.hear(*request, map);
                }
            }
            MapEvent::Panicked(text) => {
                self.notice = Some(format!("internal error, no map: {text}"));
            }
        }
    }

    /// Puts the point under the cursor into the prediction box, and shows its activations.
    pub(super) fn use_point(&mut self) -> Vec<Effect> {
        let Some(point) = self.run.point() else {
            return Vec::new();
        };
        self.run.prediction.set(&point);
        self.run.show(Shown::Prediction);
        self.run.surface.cursor = None;
        self.notice = Some("this point is in the Predict box – 1 shows its activations".to_owned());
        Vec::new()
    }
}
