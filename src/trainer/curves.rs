//! Everything that is charted over the epochs of a run.

use std::mem;
use std::ops::Range;

use super::Curve;
use crate::nn::Network;
use crate::session::{LayerMove, MOST_MEASURED, Quality, Score, Session};

/// A network with at most this many weights and biases has a curve of each.
pub const MOST_FOLLOWED: usize = 64;

/// At least this many epochs of every bucket are seen whole.
const SEEN_OF_A_BUCKET: u64 = 16;

/// The curves of a run. That of the loss has a number of every epoch, in bounded memory, and so have the others where
/// every epoch is seen whole: see [`Self::whole_of`].
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
    /// At least one epoch in this many is seen whole; 0 and 1 mean every one.
    pub whole_of: u64,
    /// The last epochs, of which only the loss is known yet.
    only_losses: u64,
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
        self.push_loss(epoch, session.loss());
        self.push_rest_of_state(session);
        self.only_losses = 0;
    }

    /// Adds a session's state at the end of its last whole epoch, which must be the one after the last, and the
    /// moves that led there.
    #[inline]
    pub fn push(&mut self, session: &Session) {
        self.push_loss(session.position().epoch, session.loss());
        self.complete(session);
    }

    /// Adds the loss of an epoch that is not seen whole, to be [completed](Self::complete) by a later one.
    #[inline]
    pub(super) fn push_loss(&mut self, epoch: u64, loss: f64) {
        self.training.push(epoch, loss);
        self.only_losses += 1;
    }

    /// The first epoch after this one that must be seen whole: a run that is as fast as it is long need not be slowed down
    /// for numbers that share a column of the screen.
    #[inline]
    pub(super) fn next_whole(&self, epoch: u64) -> u64 {
        self.training.end_of_part(epoch + 1, SEEN_OF_A_BUCKET)
    }

    /// Adds what there is to be known of the last epoch beside its loss. It stands for those before it of which only
    /// the loss is known.
    pub(super) fn complete(&mut self, session: &Session) {
        self.push_rest_of_state(session);
        let epochs = self.last_epochs(session);
        for (curves, moves) in self.layers.iter_mut().zip(session.last_moves()) {
            let LayerMove {
                gradient_norm,
                update_ratio,
            } = *moves;
            let [norms, ratios] = [&mut curves.gradient_norm, &mut curves.update_ratio];
            norms.push_last_of(epochs.clone(), gradient_norm);
            ratios.push_last_of(epochs.clone(), update_ratio);
        }
        self.whole_of = self.whole_of.max(self.only_losses);
        self.only_losses = 0;
    }

    /// [Completes](Self::complete) the last epoch if only its loss is known. The moves that it stands for were measured
    /// earlier.
    pub(super) fn complete_last(&mut self, session: &Session) {
        if self.only_losses > 0 {
            self.complete(session);
        }
    }

    /// The epochs that the session's last whole one stands for.
    fn last_epochs(&self, session: &Session) -> Range<u64> {
        let end = session.position().epoch + 1;
        end - self.only_losses..end
    }

    fn push_rest_of_state(&mut self, session: &Session) {
        let epochs = self.last_epochs(session);
        let evaluation = session.evaluation();
        let quality = number_of(evaluation.training.quality);
        self.training_quality.push_last_of(epochs.clone(), quality);
        if let Some(Score { loss, quality }) = evaluation.test {
            self.test.push_last_of(epochs.clone(), loss);
            let quality = number_of(quality);
            self.test_quality.push_last_of(epochs.clone(), quality);
        }
        self.push_parameters(&epochs, session.network());
    }

    fn push_parameters(&mut self, epochs: &Range<u64>, network: &Network) {
        let parameters = network.parameters();
        if parameters.len() <= MOST_FOLLOWED {
            self.parameters
                .resize_with(parameters.len(), Curve::default);
            for (curve, parameter) in self.parameters.iter_mut().zip(parameters) {
                curve.push_last_of(epochs.clone(), *parameter);
            }
        }
        if parameters.len() <= MOST_MEASURED {
            self.layers
                .resize_with(network.layers().len(), LayerCurves::default);
            for (curves, layer) in self.layers.iter_mut().zip(network.layers()) {
                let parameters = &parameters[layer.weights.start..layer.biases.end];
                curves.parameters.push_spread(epochs.clone(), parameters);
            }
        }
    }

    /// Returns what has gathered, to be appended to all since an epoch, and begins to gather what follows.
    pub(super) fn tell(&mut self, first: u64) -> Self {
        if self.training.epochs() == 0 {
            return self.clone();
        }
        let empty = Curve::following(first, self.training.end());
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
            ..Self::default()
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
            whole_of: _,
            only_losses: _,
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

    /// Adds later epochs. Of an epoch that both have, what is here remains: a run that was loaded within one had other
    /// parameters at its end.
    pub(super) fn append_after(&mut self, mut later: Self) {
        let first = later.training.first_epoch();
        for curve in later.all_mut() {
            curve.drop_first(first);
        }
        self.append(&later);
    }

    /// Every curve.
    fn all_mut(&mut self) -> impl Iterator<Item = &mut Curve> {
        let whole_run = [
            &mut self.training,
            &mut self.test,
            &mut self.training_quality,
            &mut self.test_quality,
        ];
        let layers = self.layers.iter_mut().flat_map(|of| {
            [
                &mut of.parameters,
                &mut of.gradient_norm,
                &mut of.update_ratio,
            ]
        });
        whole_run
            .into_iter()
            .chain(&mut self.parameters)
            .chain(layers)
    }

    /// Adds later epochs, replacing all from the first of these on, except for the moves that led there if they are
    /// not among them. If epochs between them are not known, only the later ones are left.
    pub fn append(&mut self, later: &Self) {
        if later.training.epochs() > 0 {
            let first = later.training.first_epoch();
            if first > self.training.end() {
                self.cut_from(0, 0);
            }
            self.cut_from(first, first + 1);
        }
        self.whole_of = self.whole_of.max(later.whole_of);
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
