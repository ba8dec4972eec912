//! Which settings suit some data: what is taken where nothing else is asked for.
//!
//! | | built-in data | a file |
//! |---|---|---|
//! | hidden layers | 2 sigmoid units, N(0, 1); 4 for a truth table | 8 relu units, He |
//! | optimizer | sgd, rate 0.1; 1 for a truth table | adam, rate 0.01 |
//! | regularization | none | l2 0.01 (10 / n for fewer than 1000 samples, at most 0.2) |
//! | batches | 1 sample, in fixed order | 32 samples (a tenth of fewer than 320), shuffled |
//! | two classes | sigmoid, mse; cross-entropy if inputs are formulas | sigmoid, cross-entropy |
//! | more classes | softmax, cross-entropy | softmax, cross-entropy |
//! | numbers | linear, mse | linear, mse, the target standardized |
//!
//! Built-in data has what the post has; with that, only one seed in seven learns the four rows of xor in 1000 epochs, with
//! twice the units and ten times the rate all but one in three hundred. Squares and products
//! can be so large that they saturate a sigmoid from the start: mse then has almost no gradient, and leaves one seed in six
//! where it began on the circle with x1² and x2², cross-entropy none. What suits a file was chosen by what learns on many
//! public ones.

use super::{DataSource, TrainingConfig};
use crate::data::{TargetScaling, Task};
use crate::nn::init::Init;
use crate::nn::{Activation, LayerRequest, Loss, OptimizerKind};

/// The batch size that suits a file, unless it is small.
const FILE_BATCH: usize = 32;

/// How many batches an epoch on a small file has at least.
const BATCHES: usize = 10;

/// The least and the most regularization that suit a file.
const LEAST_L2: f64 = 0.01;
const MOST_L2: f64 = 0.2;

/// The fewer samples, the less their details can be trusted. Two decimals are enough.
fn suited_l2(training_samples: usize) -> f64 {
    let hundredths = (1000.0 / training_samples.max(1) as f64).round();
    (hundredths / 100.0).clamp(LEAST_L2, MOST_L2)
}

impl TrainingConfig {
    /// Takes what suits a source, as far as that does not depend on what is predicted. `training_samples` is `None`
    /// if that is not known yet.
    pub(super) fn suit_source(&mut self, source: &DataSource, training_samples: Option<usize>) {
        if !source.is_file() {
            let post = Self::post(self.seed);
            self.hidden = post.hidden;
            self.activation = post.activation;
            self.init = post.init;
            self.optimizer = post.optimizer;
            self.learning_rate = post.learning_rate;
            self.batch_size = post.batch_size;
            self.shuffle = post.shuffle;
            self.penalty.l2 = post.penalty.l2;
            if source.is_truth_table() {
                self.hidden = LayerRequest::of_units(&[4]);
                self.learning_rate = 1.0;
            }
            return;
        }
        self.hidden = LayerRequest::of_units(&[8]);
        self.activation = Activation::Relu;
        self.init = Init::He;
        self.optimizer = OptimizerKind::Adam;
        self.learning_rate = 0.01;
        self.batch_size = training_samples.map_or(FILE_BATCH, |samples| {
            (samples / BATCHES).clamp(1, FILE_BATCH)
        });
        self.shuffle = true;
        self.penalty.l2 = training_samples.map_or(LEAST_L2, suited_l2);
    }
}

impl Task {
    /// The output activation that suits it: sigmoid for two classes, softmax for more, linear for numbers.
    #[must_use]
    pub fn suited_output(self) -> Activation {
        match self {
            Self::Binary => Activation::Sigmoid,
            Self::Classes => Activation::Softmax,
            Self::Numbers => Activation::Linear,
        }
    }
}

impl DataSource {
    /// The loss that suits it: cross-entropy for softmax, and for classes of a file or by formulas if the output has it;
    /// else mse.
    pub(super) fn suited_loss(&self, task: Option<Task>, output: Activation) -> Loss {
        let are_classes = task.is_some_and(|task| task != Task::Numbers);
        let has_formulas = self.inputs.iter().any(|input| !input.is_plain());
        match output {
            Activation::Softmax => Loss::CrossEntropy,
            Activation::Sigmoid if are_classes && (self.is_file() || has_formulas) => {
                Loss::CrossEntropy
            }
            _ => Loss::MeanSquaredError,
        }
    }

    /// How its targets are scaled: as asked, or else the numbers of a file are standardized, unless the output could
    /// not reach them then.
    pub(crate) fn target_scaling_for(&self, output: Activation) -> TargetScaling {
        let is_reached = output == Activation::Linear;
        let suited = if self.is_file() && is_reached {
            TargetScaling::Standardize
        } else {
            TargetScaling::None
        };
        self.target_scaling.unwrap_or(suited)
    }
}
