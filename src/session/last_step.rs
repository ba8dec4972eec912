//! How large the last step of an epoch was, layer by layer.

use crate::nn::Network;

/// Steps of networks with more parameters than this are not measured, because it would take as long as the update.
pub const MOST_MEASURED: usize = 1 << 20;

/// A smaller sum of squares has lost digits.
const SMALLEST_SQUARE: f64 = 1e-280;

/// The size of one update in one layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerStep {
    /// The norm ‖∂L‖ of the gradient of the batch's mean loss, without penalty; finite.
    pub gradient_norm: f64,
    /// The norm of the change of the layer's weights and biases over that of their new values, ‖Δw‖ / ‖w‖; finite, 0 if
    /// nothing changed.
    pub update_ratio: f64,
}

impl LayerStep {
    /// The update ratio that a rule of thumb calls healthy.
    pub const HEALTHY_RATIO: f64 = 1e-3;
}

/// The sizes of the last update of the last whole epoch, if they are measured. Nothing of the run's course follows from
/// them.
#[derive(Debug, Clone, Default)]
pub(super) struct LastStep {
    /// All parameters before the update; empty if they are too many, or nothing is measured.
    before: Vec<f64>,
    /// One for each layer; empty likewise.
    layers: Vec<LayerStep>,
    is_known: bool,
}

/// Two runs are equal if they continue equally.
impl PartialEq for LastStep {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl LastStep {
    pub(super) fn new(network: &Network) -> Self {
        let nothing = LayerStep {
            gradient_norm: 0.0,
            update_ratio: 0.0,
        };
        let is_measured = network.parameters().len() <= MOST_MEASURED;
        let (before, layers) = if is_measured {
            (network.parameters(), network.layers().len())
        } else {
            (&[][..], 0)
        };
        Self {
            before: before.to_vec(),
            layers: vec![nothing; layers],
            is_known: false,
        }
    }

    /// Whether updates are measured.
    #[inline]
    pub(super) fn is_measured(&self) -> bool {
        !self.layers.is_empty()
    }

    /// Measures the gradient of an update that is about to be made.
    pub(super) fn begin(&mut self, network: &Network, gradient: &[f64]) {
        if !self.is_measured() {
            return;
        }
        self.before.copy_from_slice(network.parameters());
        for (step, layer) in self.layers.iter_mut().zip(network.layers()) {
            let gradient = &gradient[layer.weights.start..layer.biases.end];
            step.gradient_norm = norm(gradient).min(f64::MAX);
        }
    }

    /// Measures the update that has been made since.
    pub(super) fn end(&mut self, network: &Network) {
        for (step, layer) in self.layers.iter_mut().zip(network.layers()) {
            let layer = layer.weights.start..layer.biases.end;
            let after = &network.parameters()[layer.clone()];
            let before = &mut self.before[layer];
            for (change, after) in before.iter_mut().zip(after) {
                *change -= after;
            }
            let change = norm(before);
            step.update_ratio = if change > 0.0 {
                (change / norm(after)).min(f64::MAX)
            } else {
                0.0
            };
        }
        self.is_known = true;
    }

    /// One for each layer; empty if no update has been measured.
    pub(super) fn layers(&self) -> &[LayerStep] {
        if self.is_known { &self.layers } else { &[] }
    }
}

/// The Euclidean norm of a vector. It overflows only if it is larger than the largest number.
#[must_use]
pub fn norm(vector: &[f64]) -> f64 {
    let squares: f64 = vector.iter().map(|x| x * x).sum();
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
        assert_eq!(norm(&[0.0, 0.0]), 0.0);
        assert_eq!(norm(&[]), 0.0);
        assert_eq!(norm(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(norm(&[f64::NAN, 1.0]).is_nan());
    }

    #[test]
    fn the_last_step_of_an_epoch_is_measured_whoever_looks_at_the_next_one() {
        let config = TrainingConfig::post(42);
        let session = Session::start(&config, TrainingData::of(&people()));
        let mut session = session.measuring_steps();
        assert!(session.last_step().is_empty());
        for _ in 0..3 {
            session.step();
        }
        let next = session.next_step().unwrap();
        let before = session.network().parameters().to_vec();
        assert!(matches!(session.step(), StepOutcome::EpochFinished { .. }));
        session.next_step().unwrap();
        assert_eq!(session.last_step().len(), 2);
        for (step, layer) in session.last_step().iter().zip([0..6, 6..9]) {
            assert_eq!(step.gradient_norm, norm(&next.loss_gradient[layer.clone()]));
            let after = &next.parameters[layer.clone()];
            let pairs = before[layer].iter().zip(after);
            let change: Vec<f64> = pairs.map(|(before, after)| before - after).collect();
            assert_eq!(step.update_ratio, norm(&change) / norm(after));
        }
    }
}
