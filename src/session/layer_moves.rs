//! How far each layer moved in an epoch as a whole, and how long its gradients were.
//!
//! The last step alone would say little: with one sample a step, it is that of one sample. Both are means of a step, so that
//! a run with more steps in an epoch is judged by the same rule of thumb.

use std::ops::Range;

use super::Position;
use crate::nn::Network;

/// Networks with more parameters than this are not measured, because it would take as long as the update.
pub const MOST_MEASURED: usize = 1 << 20;

/// A smaller sum of squares has lost digits.
const SMALLEST_SQUARE: f64 = 1e-280;

/// What one epoch did to one layer.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LayerMove {
    /// The mean over the epoch's steps of the norm ‖∂L‖ of the gradient of the batch's mean loss, without penalty; finite.
    pub gradient_norm: f64,
    /// How far a step of the epoch moved the layer on average: the norm of the change of its weights and biases from the
    /// start of the epoch to its end, over the number of steps and the norm of their new values, ‖Δw‖ / n‖w‖; finite, 0 if
    /// nothing changed.
    pub update_ratio: f64,
}

impl LayerMove {
    /// The update ratio that a rule of thumb calls healthy.
    pub const HEALTHY_RATIO: f64 = 1e-3;
}

/// The moves of all layers in the last whole epoch, if they are measured. Nothing of the run's course follows from them.
#[derive(Debug, Clone, Default)]
pub(super) struct LayerMoves {
    /// All parameters at the start of the epoch; empty if they are too many, or nothing is measured.
    start: Vec<f64>,
    /// Each layer's parameters, and the sum of its gradient norms since then; empty likewise.
    norms: Vec<(Range<usize>, f64)>,
    /// The steps since then.
    steps: u64,
    /// Where the next step is expected. Another one begins anew: the session has been put there.
    next: Position,
    /// One for each layer; empty if no epoch has been measured.
    layers: Vec<LayerMove>,
}

/// Two runs are equal if they continue equally.
impl PartialEq for LayerMoves {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl LayerMoves {
    pub(super) fn new(network: &Network) -> Self {
        if network.parameters().len() > MOST_MEASURED {
            return Self::default();
        }
        let layers = network.layers().iter();
        let layers = layers.map(|layer| layer.weights.start..layer.biases.end);
        Self {
            start: network.parameters().to_vec(),
            norms: layers.map(|layer| (layer, 0.0)).collect(),
            layers: Vec::with_capacity(network.layers().len()),
            ..Self::default()
        }
    }

    #[inline]
    pub(super) fn is_measured(&self) -> bool {
        !self.norms.is_empty()
    }

    /// Measures the gradient of an update that is about to be made at this position.
    #[inline]
    pub(super) fn note_gradient(&mut self, at: Position, network: &Network, gradient: &[f64]) {
        if self.is_measured() {
            self.expect(at, network);
            self.add_gradient(gradient);
        }
    }

    /// Gets ready for the gradient of the update at this position.
    pub(super) fn expect(&mut self, at: Position, network: &Network) {
        if at.step == 0 || at != self.next {
            self.start.copy_from_slice(network.parameters());
            self.norms.iter_mut().for_each(|(_, sum)| *sum = 0.0);
            (self.steps, self.next) = (0, at);
        }
    }

    /// Measures the gradient of the expected update, and expects the next one.
    pub(super) fn add_gradient(&mut self, gradient: &[f64]) {
        for (layer, sum) in &mut self.norms {
            *sum += norm(&gradient[layer.clone()]).min(f64::MAX);
        }
        self.steps += 1;
        self.next.step += 1;
    }

    /// Measures the epoch whose last update has been made.
    pub(super) fn end_epoch(&mut self, network: &Network) {
        self.layers.clear();
        let steps = self.steps as f64;
        for (layer, sum) in &self.norms {
            let after = &network.parameters()[layer.clone()];
            // The start is not needed any more.
            let change = &mut self.start[layer.clone()];
            for (change, after) in change.iter_mut().zip(after) {
                *change -= after;
            }
            let change = norm(change);
            self.layers.push(LayerMove {
                gradient_norm: (sum / steps).min(f64::MAX),
                update_ratio: if change > 0.0 {
                    (change / norm(after) / steps).min(f64::MAX)
                } else {
                    0.0
                },
            });
        }
    }

    /// One for each layer; empty if no epoch has been measured.
    pub(super) fn layers(&self) -> &[LayerMove] {
        &self.layers
    }
}

/// The Euclidean norm of a vector. It overflows only if it is larger than the largest number.
#[must_use]
pub fn norm(vector: &[f64]) -> f64 {
    // Sums that need not wait for each other.
    let mut sums = [0.0; 8];
    let (rows, rest) = vector.as_chunks::<8>();
    for row in rows {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += x * x;
        }
    }
    let squares = sums.iter().sum::<f64>() + rest.iter().map(|x| x * x).sum::<f64>();
    if squares > SMALLEST_SQUARE && squares.is_finite() {
        return squares.sqrt();
    }
    let largest = vector.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    if largest == 0.0 || largest.is_infinite() {
        // The largest of numbers that are all not a number is 0 too.
        return if squares.is_nan() { squares } else { largest };
    }
    let squares = vector.iter().map(|x| (x / largest).powi(2));
    largest * squares.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::session::{Session, StepOutcome, TrainingConfig, TrainingData};

    #[test]
    fn a_norm_overflows_only_where_it_cannot_be_written() {
        assert_eq!(norm(&[3.0, -4.0]), 5.0);
        for scale in [1e200, 1e-200, 1e300] {
            let norm = norm(&[3.0 * scale, -4.0 * scale]);
            assert!((norm / (5.0 * scale) - 1.0).abs() < 1e-15, "{scale}");
        }
        assert_eq!(norm(&[2.0; 36]), 12.0);
        assert_eq!(norm(&[0.0, 0.0]), 0.0);
        assert_eq!(norm(&[]), 0.0);
        assert_eq!(norm(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(norm(&[f64::NAN, 1.0]).is_nan());
    }

    #[test]
    fn an_epoch_is_measured_from_its_start_to_its_end_whoever_looks_at_a_step() {
        let config = TrainingConfig::post(42);
        let session = Session::start(&config, TrainingData::of(&people()));
        let mut session = session.measuring_moves();
        for _ in 0..2 {
            let before = session.network().parameters().to_vec();
            let mut sums = [0.0; 2];
            loop {
                let next = session.next_step().unwrap();
                for (sum, layer) in sums.iter_mut().zip([0..6, 6..9]) {
                    *sum += norm(&next.loss_gradient[layer]);
                }
                if let StepOutcome::EpochFinished { .. } = session.step() {
                    break;
                }
            }
            assert_eq!(session.last_moves().len(), 2);
            let layers = [0..6, 6..9].into_iter().zip(sums);
            for (of, (layer, sum)) in session.last_moves().iter().zip(layers) {
                assert_eq!(of.gradient_norm, sum / 4.0);
                let after = &session.network().parameters()[layer.clone()];
                let pairs = before[layer].iter().zip(after);
                let change: Vec<f64> = pairs.map(|(before, after)| before - after).collect();
                assert_eq!(of.update_ratio, norm(&change) / norm(after) / 4.0);
            }
        }
    }

    #[test]
    fn a_session_that_is_put_into_the_middle_of_an_epoch_is_measured_from_there() {
        let config = TrainingConfig::post(42);
        let session = Session::start(&config, TrainingData::of(&people()));
        let mut session = session.measuring_moves();
        session.step();
        let mut resumed = Session::resume(
            &config,
            TrainingData::of(&people()),
            session.state().clone(),
        )
        .measuring_moves();
        let before = resumed.network().parameters().to_vec();
        while !matches!(resumed.step(), StepOutcome::EpochFinished { .. }) {}
        let after = &resumed.network().parameters()[6..];
        let change: Vec<f64> = before[6..].iter().zip(after).map(|(a, b)| a - b).collect();
        let ratio = norm(&change) / norm(after) / 3.0;
        assert_eq!(resumed.last_moves()[1].update_ratio, ratio);
    }
}
