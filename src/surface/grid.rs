//! The numbers of a network at evenly spaced points of a plane.

use std::ops::{ControlFlow, Range};

use super::{Batch, Plane, Refinement, Span};
use crate::data::Preprocessing;
use crate::nn::{Forward, Network, Neuron};

/// What an activation costs, in multiplications: the exponential of a sigmoid.
const ACTIVATION: usize = 20;

/// About how many multiplications there is time for in a frame.
const MOST_WORK: usize = 8_000_000;

/// The activations of some layers at evenly spaced points of a plane, which include its borders. Where only a part of
/// the points is computed, each of the others has the numbers of the nearest one.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    refinement: Refinement,
    /// The layers whose activations are kept.
    layers: Range<usize>,
    /// Where each of these layers begins among the numbers of a point.
    starts: Vec<usize>,
    /// How many numbers a point has.
    width: usize,
    /// Row-major with shape (rows, columns, `width`), the rows from the bottom to the top.
    values: Vec<f64>,
}

impl Grid {
    /// A grid of so many columns and rows, with room for the activations of these layers, of which nothing is computed.
    #[must_use]
    pub fn empty(network: &Network, points: (usize, usize), layers: Range<usize>) -> Self {
        let (mut starts, mut width) = (Vec::new(), 0);
        for layer in &network.layers()[layers.clone()] {
            starts.push(width);
            width += layer.units;
        }
        Self {
            refinement: Refinement::new(points),
            layers,
            starts,
            width,
            values: vec![0.0; points.0 * points.1 * width],
        }
    }

    /// Sends so many columns and rows of points through a network, and keeps the activations of these of its layers.
    ///
    /// # Panics
    ///
    /// If the network, what its inputs are made from and the plane do not fit each other.
    #[must_use]
    pub fn new(
        network: &Network,
        preprocessing: &Preprocessing,
        plane: &Plane,
        points: (usize, usize),
        layers: Range<usize>,
    ) -> Self {
        let mut grid = Self::empty(network, points, layers);
        let (columns, rows) = points;
        let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let batch = Batch::new(network, preprocessing);
        let _ = grid.compute(batch, network, plane, all, || ControlFlow::Continue(()));
        grid.refinement.complete();
        grid
    }

    /// Computes the points of the next [pass](Refinement), bit for bit as [`Self::new`]. Asks `go_on` after each batch;
    /// a pass that is broken off counts for nothing.
    ///
    /// # Panics
    ///
    /// As [`Self::new`].
    pub fn refine(
        &mut self,
        network: &Network,
        preprocessing: &Preprocessing,
        plane: &Plane,
        go_on: impl FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let points = self.refinement.next_pass();
        let batch = Batch::new(network, preprocessing);
        self.compute(batch, network, plane, points, go_on)?;
        self.refinement.advance();
        ControlFlow::Continue(())
    }

    /// Sends points through a network, a batch at a time.
    fn compute(
        &mut self,
        mut batch: Batch,
        network: &Network,
        plane: &Plane,
        points: impl Iterator<Item = (usize, usize)>,
        mut go_on: impl FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (columns, rows) = self.points();
        let values = |span: Span, count| -> Vec<f64> {
            (0..count).map(|point| span.value(point, count)).collect()
        };
        let (across, up) = (values(plane.across, columns), values(plane.up, rows));
        let mut raw = plane.held.clone();
        let mut waiting = Vec::with_capacity(batch.capacity());
        for (column, row) in points {
            plane.write_point(across[column], up[row], &mut raw);
            waiting.push(row * columns + column);
            if batch.push(&raw) {
                self.keep(network, batch.run(), &waiting);
                waiting.clear();
                go_on()?;
            }
        }
        if !batch.is_empty() {
            self.keep(network, batch.run(), &waiting);
        }
        ControlFlow::Continue(())
    }

    /// Keeps the numbers of the points of a pass.
    fn keep(&mut self, network: &Network, forward: &Forward, points: &[usize]) {
        for (layer, start) in self.layers.clone().zip(&self.starts) {
            let units = network.layers()[layer].units;
            let activations = forward.of_layer(network, layer).chunks_exact(units);
            for (point, activations) in points.iter().zip(activations) {
                let place = point * self.width + start;
                self.values[place..][..units].copy_from_slice(activations);
            }
        }
    }

    /// How far it is computed.
    #[must_use]
    pub fn refinement(&self) -> Refinement {
        self.refinement
    }

    /// The columns and the rows of points.
    #[must_use]
    pub fn points(&self) -> (usize, usize) {
        self.refinement.points()
    }

    /// The activations of the last layer that is kept, in the order of its units. Row 0 is at the bottom.
    #[must_use]
    pub fn outputs(&self, column: usize, row: usize) -> &[f64] {
        let last = self.starts.last().copied().unwrap_or(0);
        &self.point(column, row)[last..]
    }

    /// The activation of a neuron of a layer that is kept.
    #[must_use]
    pub fn activation(&self, column: usize, row: usize, Neuron { layer, unit }: Neuron) -> f64 {
        self.point(column, row)[self.starts[layer - self.layers.start] + unit]
    }

    fn point(&self, column: usize, row: usize) -> &[f64] {
        let (column, row) = self.refinement.nearest((column, row));
        let point = row * self.points().0 + column;
        &self.values[point * self.width..][..self.width]
    }
}

/// Whether so many points take a small part of the time of a frame.
#[must_use]
pub fn is_cheap(network: &Network, points: usize) -> bool {
    let units: usize = network.layers().iter().map(|layer| layer.units).sum();
    let work = network.parameters().len() + ACTIVATION * units;
    work.saturating_mul(points) <= MOST_WORK
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Feature, Scaling};
    use crate::nn::{Activation, Architecture, LayerSpec};

    const PLANE: [Span; 2] = [
        Span {
            feature: 2,
            from: -3.0,
            to: 7.0,
        },
        Span {
            feature: 0,
            from: 10.0,
            to: 4.0,
        },
    ];

    /// Three features, the second of them a category with three words: five inputs, four of them scaled.
    fn preprocessing() -> Preprocessing {
        let cut = Feature::Category {
            name: "cut".to_owned(),
            words: ["fair", "good", "ideal"].map(str::to_owned).to_vec(),
        };
        let features = vec![Feature::number("x", ""), cut, Feature::number("y", "")];
        let scaling = Scaling {
            shift: vec![6.0, 0.0, 0.0, 0.0, 2.0],
            divisor: vec![2.0, 1.0, 1.0, 1.0, 4.0],
        };
        Preprocessing::new(features, scaling).unwrap()
    }

    fn network() -> Network {
        let layer = |units, activation| LayerSpec { units, activation };
        let mut network = Network::zeros(Architecture {
            inputs: 5,
            hidden: vec![layer(4, Activation::Tanh), layer(3, Activation::Relu)],
            output: layer(2, Activation::Sigmoid),
        });
        for (parameter, index) in network.parameters_mut().iter_mut().zip(1_u32..) {
            *parameter = f64::from(index * 7919 % 101) / 50.0 - 1.0;
        }
        network
    }

    /// The forward pass as plain loops over rows of weights, with nothing of the code that it checks.
    fn by_hand(inputs: &[f64], parameters: &[f64]) -> [Vec<f64>; 3] {
        let mut rest = parameters;
        let mut before = inputs.to_vec();
        [4, 3, 2].map(|units| {
            let (weights, others) = rest.split_at(units * before.len());
            let (biases, others) = others.split_at(units);
            rest = others;
            let mut layer = Vec::new();
            for unit in 0..units {
                let mut z = biases[unit];
                for source in 0..before.len() {
                    z += weights[unit * before.len() + source] * before[source];
                }
                layer.push(match units {
                    4 => z.tanh(),
                    3 => z.max(0.0),
                    _ => 1.0 / (1.0 + (-z).exp()),
                });
            }
            before.clone_from(&layer);
            layer
        })
    }

    #[test]
    fn every_point_is_a_forward_pass() {
        let [across, up] = PLANE;
        let held = vec![99.0, 2.0, 99.0];
        let plane = Plane { across, up, held };
        let network = network();
        let (columns, rows) = (31, 17);
        let points = (columns, rows);
        let all = Grid::new(&network, &preprocessing(), &plane, points, 0..3);
        let outputs = Grid::new(&network, &preprocessing(), &plane, points, 2..3);
        for row in 0..rows {
            for column in 0..columns {
                let y = -3.0 + 10.0 * column as f64 / 30.0;
                let x = 10.0 - 6.0 * row as f64 / 16.0;
                let inputs = [(x - 6.0) / 2.0, 0.0, 0.0, 1.0, (y - 2.0) / 4.0];
                let layers = by_hand(&inputs, network.parameters());
                for (layer, units) in layers.iter().enumerate() {
                    for (unit, expected) in units.iter().enumerate() {
                        let found = all.activation(column, row, Neuron { layer, unit });
                        assert!((found - expected).abs() < 1e-12, "{column} {row} {layer}");
                    }
                }
                assert_eq!(all.outputs(column, row), outputs.outputs(column, row));
            }
        }
    }

    #[test]
    fn a_refined_grid_has_the_bits_of_one_computed_at_once_and_each_pass_is_a_part_of_it() {
        let [across, up] = PLANE;
        let held = vec![99.0, 2.0, 99.0];
        let plane = Plane { across, up, held };
        let (network, preprocessing) = (network(), preprocessing());
        for points in [(31, 17), (1, 1), (64, 3), (0, 0)] {
            let whole = Grid::new(&network, &preprocessing, &plane, points, 0..3);
            let mut refined = Grid::empty(&network, points, 0..3);
            while !refined.refinement().is_complete() {
                let go_on = || ControlFlow::Continue(());
                let _ = refined.refine(&network, &preprocessing, &plane, go_on);
                for (column, row) in
                    (0..points.0).flat_map(|column| (0..points.1).map(move |row| (column, row)))
                {
                    let nearest = refined.refinement().nearest((column, row));
                    assert_eq!(
                        refined.outputs(column, row),
                        whole.outputs(nearest.0, nearest.1)
                    );
                }
            }
            assert_eq!(refined, whole);
        }
    }

    #[test]
    fn a_pass_that_is_broken_off_counts_for_nothing() {
        let [across, up] = PLANE;
        let held = vec![99.0, 2.0, 99.0];
        let plane = Plane { across, up, held };
        let (network, preprocessing) = (network(), preprocessing());
        let points = (400, 400);
        let mut grid = Grid::empty(&network, points, 2..3);
        let mut batches = 0;
        let flow = grid.refine(&network, &preprocessing, &plane, || {
            batches += 1;
            ControlFlow::Break(())
        });
        assert_eq!((flow, batches), (ControlFlow::Break(()), 1));
        assert_eq!(grid.refinement().passes(), 0);
        while !grid.refinement().is_complete() {
            let _ = grid.refine(&network, &preprocessing, &plane, || {
                ControlFlow::Continue(())
            });
        }
        let whole = Grid::new(&network, &preprocessing, &plane, points, 2..3);
        assert_eq!(grid, whole);
    }

    #[test]
    fn a_grid_of_no_points_is_empty() {
        let [across, up] = PLANE;
        let held = vec![0.0; 3];
        let plane = Plane { across, up, held };
        for points in [(0, 0), (0, 5), (5, 0)] {
            let grid = Grid::new(&network(), &preprocessing(), &plane, points, 2..3);
            assert_eq!((grid.points(), grid.values.len()), (points, 0));
        }
    }
}
