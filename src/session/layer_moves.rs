//! How far the steps of an epoch move each layer, and how long their gradients are.
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
    /// How far a step of the epoch moved the layer: the mean over the steps of the norm ‖Δw‖ of the change of its weights
    /// and biases, over the norm ‖w‖ of their values after the epoch; finite, 0 if nothing changed. Steps back and forth
    /// do not cancel.
    pub update_ratio: f64,
}

impl LayerMove {
    /// The update ratio that a rule of thumb calls healthy.
    pub const HEALTHY_RATIO: f64 = 1e-3;
}

/// The moves of all layers in the last whole epoch, if they are measured. Nothing of the run's course follows from them.
#[derive(Debug, Clone, Default)]
pub(super) struct LayerMoves {
    /// All parameters before an update that is being made; empty if they are too many, or nothing is measured.
    before: Vec<f64>,
    /// What the steps since the start of the epoch add up to, in each layer; empty likewise.
    sums: Vec<Sums>,
    /// These steps.
    steps: u64,
    /// Where the next step is expected. Another one begins anew: the session has been put there.
    next: Position,
    /// One for each layer; empty if no epoch has been measured.
    layers: Vec<LayerMove>,
}

/// What the steps of an epoch add up to in one layer.
#[derive(Debug, Clone)]
struct Sums {
    /// The layer's weights and biases.
    parameters: Range<usize>,
    /// The norms of the gradients.
    gradients: f64,
    /// The norms of the changes.
    changes: f64,
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
        let sums = layers.map(|layer| Sums {
            parameters: layer.weights.start..layer.biases.end,
            gradients: 0.0,
            changes: 0.0,
        });
        Self {
            before: network.parameters().to_vec(),
            sums: sums.collect(),
            layers: Vec::with_capacity(network.layers().len()),
            ..Self::default()
        }
    }

    #[inline]
    pub(super) fn is_measured(&self) -> bool {
        !self.sums.is_empty()
    }

    /// Measures the gradient of an update that is about to be made at this position. One that is that many times the
    /// gradient is measured too; of another, [`Self::note_update`] hears when it is made.
    #[inline]
    pub(super) fn note_gradient(
        &mut self,
        at: Position,
        network: &Network,
        gradient: &[f64],
        times: Option<f64>,
    ) {
        if self.is_measured() {
            self.expect(at);
            self.add_gradient(gradient, times.unwrap_or_default());
            if times.is_none() {
                self.before.copy_from_slice(network.parameters());
            }
        }
    }

    /// Measures an update that was not a multiple of its gradient.
    pub(super) fn note_update(&mut self, network: &Network) {
        for Sums {
            parameters: layer,
            changes,
            ..
        } in &mut self.sums
        {
            let change = &mut self.before[layer.clone()];
            for (change, after) in change.iter_mut().zip(&network.parameters()[layer.clone()]) {
                *change -= after;
            }
            *changes += norm(change).min(f64::MAX);
        }
    }

    /// Gets ready for the gradient of the update at this position.
    pub(super) fn expect(&mut self, at: Position) {
        if at.step == 0 || at != self.next {
            for sums in &mut self.sums {
                (sums.gradients, sums.changes) = (0.0, 0.0);
            }
            (self.steps, self.next) = (0, at);
        }
    }

    /// Measures the gradient of the expected update, which is that many times as long, and expects the next one.
    pub(super) fn add_gradient(&mut self, gradient: &[f64], times: f64) {
        for sums in &mut self.sums {
            let norm = norm(&gradient[sums.parameters.clone()]).min(f64::MAX);
            sums.gradients += norm;
            sums.changes += times * norm;
        }
        self.steps += 1;
        self.next.step += 1;
    }

    /// Measures the epoch whose last update has been made.
    pub(super) fn end_epoch(&mut self, network: &Network) {
        self.layers.clear();
        let steps = self.steps as f64;
        for sums in &self.sums {
            let after = &network.parameters()[sums.parameters.clone()];
            self.layers.push(LayerMove {
                gradient_norm: (sums.gradients / steps).min(f64::MAX),
                update_ratio: if sums.changes > 0.0 {
                    (sums.changes / norm(after) / steps).min(f64::MAX)
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
    use crate::nn::OptimizerKind;
    use crate::session::{Session, StepOutcome, TrainingConfig, TrainingData};

    /// The parameters of the layers of the post's network.
    const LAYERS: [Range<usize>; 2] = [0..6, 6..9];

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
    fn the_means_are_of_all_steps_of_an_epoch() {
        type Settings = fn(&mut TrainingConfig);
        let settings: [Settings; 5] = [
            |_| {},
            |config| config.optimizer = OptimizerKind::Momentum,
            |config| config.penalty.l2 = 0.1,
            |config| config.schedule = "step=1,0.5".parse().unwrap(),
            |config| {
                (config.optimizer, config.weight_decay) = (OptimizerKind::AdamW, 0.1);
            },
        ];
        for change in settings {
            let mut config = TrainingConfig::post(42);
            change(&mut config);
            let session = Session::start(&config, TrainingData::of(&people()));
            let mut session = session.measuring_moves();
            for _ in 0..2 {
                let mut sums = [[0.0; 2]; 2];
                loop {
                    let next = session.next_step().unwrap();
                    let before = session.network().parameters().to_vec();
                    let outcome = session.step();
                    let after = session.network().parameters();
                    for ([gradients, changes], layer) in sums.iter_mut().zip(LAYERS) {
                        *gradients += norm(&next.loss_gradient[layer.clone()]);
                        let pairs = before[layer.clone()].iter().zip(&after[layer]);
                        *changes += norm(&pairs.map(|(a, b)| a - b).collect::<Vec<_>>());
                    }
                    if let StepOutcome::EpochFinished { .. } = outcome {
                        break;
                    }
                }
                assert_eq!(session.last_moves().len(), 2);
                let after = session.network().parameters();
                for (of, ([gradients, changes], layer)) in session
                    .last_moves()
                    .iter()
                    .zip(sums.into_iter().zip(LAYERS))
                {
                    assert_eq!(of.gradient_norm, gradients / 4.0);
                    let ratio = changes / 4.0 / norm(&after[layer]);
                    assert!(
                        (of.update_ratio / ratio - 1.0).abs() < 1e-12,
                        "{of:?} {ratio}"
                    );
                }
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
        let mut changes = 0.0;
        loop {
            changes += 0.1 * norm(&resumed.next_step().unwrap().loss_gradient[6..]);
            if let StepOutcome::EpochFinished { .. } = resumed.step() {
                break;
            }
        }
        let ratio = changes / 3.0 / norm(&resumed.network().parameters()[6..]);
        assert!((resumed.last_moves()[1].update_ratio / ratio - 1.0).abs() < 1e-12);
    }
}
