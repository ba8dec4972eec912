//! A row of maps of the same two features, over a third one: it is held at another value in each.

use std::sync::Arc;

use super::window::RoundStep;
use super::{Turn, numbers, turn_choice};
use crate::app::{App, RunView};
use crate::surface::Plane;

/// The most samples whose values decide where the third feature is held.
const MOST_SAMPLES: usize = 10_000;

/// The shares of the samples below the first and the last value.
const LOWEST: f64 = 0.1;
const HIGHEST: f64 = 0.9;

/// A third feature of numbers.
#[derive(Debug, Clone)]
pub(super) struct Third {
    feature: usize,
    /// Its values in the training samples, or in evenly chosen ones of very many, in order.
    sorted: Arc<[f64]>,
}

/// A map of a row.
#[derive(Debug, Clone)]
pub struct MapOfRow {
    /// The value at which the third feature is held.
    pub value: f64,
    /// What is seen: the same as on the large map, but for that value.
    pub plane: Plane,
}

impl Third {
    fn new(run: &RunView, feature: usize) -> Self {
        let dataset = run.dataset();
        let stride = dataset.training_samples.div_ceil(MOST_SAMPLES).max(1);
        let samples = (0..dataset.training_samples).step_by(stride);
        let mut sorted: Vec<f64> = samples
            .map(|sample| dataset.raw_of(sample)[feature])
            .collect();
        sorted.sort_unstable_by(f64::total_cmp);
        Self {
            feature,
            sorted: sorted.into(),
        }
    }

    /// Round values near evenly spaced quantiles, from 10 % to 90 %: at most this many, all different.
    fn values(&self, most: usize) -> Vec<f64> {
        let last = self.sorted.len() - 1;
        let step = RoundStep::below((self.sorted[last] - self.sorted[0]) / 20.0);
        let values = (0..most).map(|map| {
            let share = LOWEST + (HIGHEST - LOWEST) * map as f64 / (most - 1).max(1) as f64;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "an index of the values"
            )]
            let value = self.sorted[(share * last as f64).round() as usize];
            let round = step.nearest(value);
            if round.is_finite() { round } else { value }
        });
        let mut values: Vec<f64> = values.collect();
        values.dedup();
        values
    }
}

impl RunView {
    /// The features of numbers beside the two on the map.
    pub(in crate::app) fn other_numbers(&self) -> Vec<usize> {
        let on_map = self.surface.features;
        let mut others = numbers(self.dataset());
        others.retain(|feature| on_map.is_none_or(|on_map| !on_map.contains(feature)));
        others
    }

    /// The feature of the row of maps, if there is a row.
    #[must_use]
    pub fn third(&self) -> Option<usize> {
        self.surface.third.as_ref().map(|third| third.feature)
    }

    /// Chooses the next feature for a row of maps; after the last, there is no row.
    fn turn_third(&mut self) {
        let choices = self.other_numbers().into_iter().map(Some);
        let choices: Vec<Option<usize>> = std::iter::once(None).chain(choices).collect();
        let mut feature = self.third();
        turn_choice(&mut feature, &choices, Turn::Forward);
        self.surface.third = feature.map(|feature| Third::new(self, feature));
    }

    /// The maps of the row, at most this many.
    #[must_use]
    pub fn row_of_maps(&self, most: usize) -> Vec<MapOfRow> {
        let (Some(third), Some(plane)) = (&self.surface.third, self.plane()) else {
            return Vec::new();
        };
        let maps = third.values(most).into_iter().map(|value| {
            let mut plane = plane.clone();
            plane.held[third.feature] = value;
            MapOfRow { value, plane }
        });
        maps.collect()
    }

    /// The index of the map that holds the third feature nearest to its value in a sample with these raw values.
    #[must_use]
    pub fn map_of_row_for(&self, maps: &[MapOfRow], raw: &[f64]) -> Option<usize> {
        let value = raw[self.third()?];
        let distances = maps.iter().map(|map| (map.value - value).abs()).enumerate();
        let nearest = distances.min_by(|(_, one), (_, other)| one.total_cmp(other));
        nearest.map(|(index, _)| index)
    }
}

impl App {
    pub(in crate::app) fn turn_third(&mut self) {
        self.run.turn_third();
    }
}
