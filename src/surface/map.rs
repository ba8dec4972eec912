//! A map: a grid and the predictions for some samples, all of one network at one moment.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use super::{Batch, Grid, Plane, is_cheap};
use crate::data::Dataset;
use crate::nn::Network;
use crate::session::Position;

/// One course of training: states of different courses have nothing in common, even at the same position. A clone is
/// the same course.
#[derive(Debug, Clone, Default)]
pub struct Course(Arc<()>);

impl PartialEq for Course {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What a map shows, whatever the network's parameters are.
#[derive(Debug, Clone, PartialEq)]
pub struct MapArea {
    /// The plane.
    pub plane: Plane,
    /// The columns and rows of points.
    pub points: (usize, usize),
    /// The layers whose activations are kept.
    pub layers: Range<usize>,
    /// The samples of the dataset whose predictions are shown.
    pub samples: Vec<usize>,
}

/// A map that is asked for: of one network, at one moment of a course of training.
#[derive(Debug, Clone)]
pub struct MapRequest {
    /// The course of training.
    pub course: Course,
    /// How far it had come.
    pub position: Position,
    /// The network at that moment.
    pub network: Arc<Network>,
    /// The data, whose preprocessing makes inputs of raw values.
    pub dataset: Arc<Dataset>,
    /// What is shown.
    pub area: MapArea,
}

/// A grid, and what the network says of some samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// The points, as far as they are computed.
    pub grid: Grid,
    /// The outputs for the samples, row-major with shape (samples, outputs); empty before the first pass.
    pub outputs: Vec<f64>,
}

impl MapRequest {
    /// Whether it is the same map, perhaps at another moment.
    #[must_use]
    pub fn is_of_same_place(&self, other: &Self) -> bool {
        self.course == other.course
            && Arc::ptr_eq(&self.dataset, &other.dataset)
            && self.area == other.area
    }

    /// Whether it is the same map of the same state of the network.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.network, &other.network) && self.is_of_same_place(other)
    }

    /// The request for the same map among others.
    #[must_use]
    pub fn same_place_in<'a>(&self, others: &'a [Self]) -> Option<&'a Self> {
        others.iter().find(|other| self.is_of_same_place(other))
    }

    /// Whether it takes a small part of the time of a frame.
    #[must_use]
    pub fn is_cheap(&self) -> bool {
        let MapArea {
            points: (columns, rows),
            samples,
            ..
        } = &self.area;
        is_cheap(&self.network, columns * rows + samples.len())
    }

    /// The map before anything of it is computed.
    #[must_use]
    pub fn blank(&self) -> Map {
        let layers = self.area.layers.clone();
        Map {
            grid: Grid::empty(&self.network, self.area.points, layers),
            outputs: Vec::new(),
        }
    }

    /// Computes all of the map at once.
    #[must_use]
    pub fn whole(&self) -> Map {
        let MapArea {
            plane,
            points,
            layers,
            ..
        } = &self.area;
        let preprocessing = &self.dataset.preprocessing;
        let layers = layers.clone();
        Map {
            grid: Grid::new(&self.network, preprocessing, plane, *points, layers),
            outputs: self.outputs(),
        }
    }

    /// Computes the next pass of the map, as [`Grid::refine`]; with the first one, the outputs.
    pub fn refine(&self, map: &mut Map, go_on: impl FnMut() -> ControlFlow<()>) -> ControlFlow<()> {
        let preprocessing = &self.dataset.preprocessing;
        let plane = &self.area.plane;
        map.grid
            .refine(&self.network, preprocessing, plane, go_on)?;
        if map.outputs.is_empty() {
            map.outputs = self.outputs();
        }
        ControlFlow::Continue(())
    }

    /// The outputs for the samples.
    fn outputs(&self) -> Vec<f64> {
        let mut outputs = Vec::new();
        let mut batch = Batch::new(&self.network, &self.dataset.preprocessing);
        let chunks = self.area.samples.chunks(batch.capacity());
        for samples in chunks {
            for sample in samples {
                batch.push(self.dataset.raw_of(*sample));
            }
            outputs.extend_from_slice(batch.run().predictions(&self.network));
        }
        outputs
    }
}
