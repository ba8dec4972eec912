//! Everything that is charted over the epochs of a run.

use std::mem;

use super::Curve;
use crate::nn::Network;
use crate::session::{LayerMove, MOST_MEASURED, Quality, Score, Session};

/// A network with at most this many weights and biases has a curve of each.
pub const MOST_FOLLOWED: usize = 64;

/// The curves of a run. Each has a number of every epoch, in bounded memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curves {
    /// The loss over the training samples.
    pub training: Curve,
    /// The loss over the test samples; empty if there are none.
    pub test: Curve,
    /// The accuracy over the training samples, or R². `-f64::MAX` stands for an R² that is not defined.
    pub training_quality: Curve,
    /// The same over the test samples; empty if there are none.
    pub test_quality: Curve,
    /// Each weight and bias, in the order of [`Network::parameters`]; empty if there are more than [`MOST_FOLLOWED`].
    pub parameters: Vec<Curve>,
    /// One for each layer; empty if there are more than [`MOST_MEASURED`] parameters.
    pub layers: Vec<LayerCurves>,
}

/// The curves of one layer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerCurves {
    /// The mean of its weights and biases, with the smallest and the largest.
    pub parameters: Curve,
    /// See [`LayerMove::gradient_norm`].
    pub gradient_norm: Curve,
    /// See [`LayerMove::update_ratio`].
    pub update_ratio: Curve,
}

impl Curves {
    /// Adds a session's state at the end of its last whole epoch, replacing that of this epoch and all that is later.
    /// The moves that led there remain as they were.
    pub fn replace(&mut self, session: &Session) {
        let epoch = session.position().epoch;
        self.cut_from(epoch, epoch + 1);
        self.push_state(session);
    }

    /// Adds a session's state at the end of its last whole epoch, which must be the one after the last, and the
    /// moves that led there.
    #[inline]
    pub fn push(&mut self, session: &Session) {
        self.push_state(session);
        let epoch = session.position().epoch;
        for (curves, moves) in self.layers.iter_mut().zip(session.last_moves()) {
            let LayerMove {
                gradient_norm,
                update_ratio,
            } = *moves;
            curves.gradient_norm.push(epoch, gradient_norm);
            curves.update_ratio.push(epoch, update_ratio);
        }
    }

    fn push_state(&mut self, session: &Session) {
        let epoch = session.position().epoch;
        let evaluation = session.evaluation();
        let Score { loss, quality } = evaluation.training;
        self.training.push(epoch, loss);
        self.training_quality.push(epoch, number_of(quality));
        if let Some(Score { loss, quality }) = evaluation.test {
            self.test.push(epoch, loss);
            self.test_quality.push(epoch, number_of(quality));
        }
        self.push_parameters(epoch, session.network());
    }

    fn push_parameters(&mut self, epoch: u64, network: &Network) {
        let parameters = network.parameters();
        if parameters.len() <= MOST_FOLLOWED {
            self.parameters
                .resize_with(parameters.len(), Curve::default);
            for (curve, parameter) in self.parameters.iter_mut().zip(parameters) {
                curve.push(epoch, *parameter);
            }
        }
        if parameters.len() <= MOST_MEASURED {
            self.layers
                .resize_with(network.layers().len(), LayerCurves::default);
            for (curves, layer) in self.layers.iter_mut().zip(network.layers()) {
                let parameters = &parameters[layer.weights.start..layer.biases.end];
                curves.parameters.push_spread(epoch, parameters);
            }
        }
    }

    /// Returns what has gathered, to be appended to all since an epoch, and begins to gather what follows.
    pub(super) fn tell(&mut self, first: u64) -> Self {
        if self.training.epochs() == 0 {
            return self.clone();
        }
        let next = self.training.first_epoch() + self.training.epochs();
        let empty = Curve::following(first, next);
        let of_layer = LayerCurves {
            parameters: empty.clone(),
            gradient_norm: empty.clone(),
            update_ratio: empty.clone(),
        };
        let following = Self {
            parameters: vec![empty.clone(); self.parameters.len()],
            layers: vec![of_layer; self.layers.len()],
            training: empty.clone(),
            test: empty.clone(),
            training_quality: empty.clone(),
            test_quality: empty,
        };
        mem::replace(self, following)
    }

    /// Drops what is later than an epoch.
    pub(super) fn cut_after(&mut self, epoch: u64) {
        self.cut_from(epoch + 1, epoch + 1);
    }

    /// Drops the states from one epoch on, and the moves that led to another one or a later one.
    fn cut_from(&mut self, state: u64, moves: u64) {
        let Self {
            training,
            test,
            training_quality,
            test_quality,
            parameters,
            layers,
        } = self;
        let whole_run = [training, test, training_quality, test_quality];
        for curve in whole_run.into_iter().chain(parameters) {
            curve.cut_from(state);
        }
        for curves in layers {
            curves.parameters.cut_from(state);
            curves.gradient_norm.cut_from(moves);
            curves.update_ratio.cut_from(moves);
        }
    }

    /// Adds later epochs, replacing all from the first of these on, except for the moves that led there if they are
    /// not among them.
    pub fn append(&mut self, later: &Self) {
        if later.training.epochs() > 0 {
            let first = later.training.first_epoch();
            self.cut_from(first, first + 1);
        }
        self.training.append(&later.training);
        self.test.append(&later.test);
        self.training_quality.append(&later.training_quality);
        self.test_quality.append(&later.test_quality);
        self.parameters.resize_with(
            self.parameters.len().max(later.parameters.len()),
            Curve::default,
        );
        for (curve, later) in self.parameters.iter_mut().zip(&later.parameters) {
            curve.append(later);
        }
        self.layers.resize_with(
            self.layers.len().max(later.layers.len()),
            LayerCurves::default,
        );
        for (curves, later) in self.layers.iter_mut().zip(&later.layers) {
            curves.parameters.append(&later.parameters);
            curves.gradient_norm.append(&later.gradient_norm);
            curves.update_ratio.append(&later.update_ratio);
        }
    }
}

/// The accuracy or R².
fn number_of(quality: Quality) -> f64 {
    let number = quality.accuracy.or(quality.r2);
    number.unwrap_or(-f64::MAX)
}
