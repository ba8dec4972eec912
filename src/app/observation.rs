//! What a teacher would point at: the one thing about the run that matters most at present.

use super::RunView;
use crate::nn::init::Init;
use crate::nn::{Neuron, Penalty};
use crate::session::Position;
use crate::trainer::Curve;

/// Regularization that is a smaller part of the loss does not hold it up.
const NOTICEABLE: f64 = 0.1;

/// So much more loss is no noise.
const CLEARLY: f64 = 1.02;

/// After fewer epochs, nobody speaks of overfitting or of a plateau.
const FEWEST_EPOCHS: u64 = 20;

/// What is worth saying about a run, most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// Neurons whose weights regularization has pulled to almost 0.
    Pulled(Vec<Neuron>),
    /// Two hidden neurons with equal weights, which stay equal.
    Twins([Neuron; 2]),
    /// Hidden neurons that are inactive for every training sample.
    Dead(Vec<Neuron>),
    /// The test loss has been above its minimum since this epoch, while the training loss has fallen.
    Overfitting {
        /// The epoch with the lowest test loss.
        since: u64,
    },
    /// Hidden neurons that are almost flat at every sample, while samples are still wrong.
    Saturated(Vec<Neuron>),
    /// The loss hardly changes, and no more samples are right than with the best constant answer.
    Stuck,
    /// The loss hardly changes, as regularization holds the weights back.
    Held,
    /// The loss hardly changes, and samples are still wrong.
    Plateau,
    /// What the loss does.
    Trend(Trend),
}

/// What the loss did in the last tenth of the epochs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// There are not epochs enough to know it.
    Unknown,
    /// It fell by more than half a percent.
    Falling,
    /// It rose by more than half a percent.
    Rising,
    /// It hardly changed.
    Flat,
}

impl Observation {
    /// That of a run at its present epoch.
    #[must_use]
    pub fn of(run: &RunView) -> Self {
        let health = &run.health;
        if let Some(twins) = health.twins {
            return Self::Twins(twins);
        }
        if is_penalized(run) && !health.deaf.is_empty() {
            return Self::Pulled(health.deaf.clone());
        }
        if !health.dead.is_empty() {
            return Self::Dead(health.dead.clone());
        }
        let epoch = run.training.position.epoch;
        if let Some(since) = overfitting_since(run, epoch) {
            return Self::Overfitting { since };
        }
        let (is_wrong, is_useless) = failure(run);
        if is_wrong && !health.saturated.is_empty() {
            return Self::Saturated(health.saturated.clone());
        }
        match trend(&run.curves.training, epoch) {
            Trend::Flat if epoch >= FEWEST_EPOCHS && is_useless => Self::Stuck,
            Trend::Flat if epoch >= FEWEST_EPOCHS && is_held(run) => Self::Held,
            Trend::Flat if epoch >= FEWEST_EPOCHS && is_wrong => Self::Plateau,
            trend => Self::Trend(trend),
        }
    }
}

/// Whether weights that are almost 0 can be so by regularization, and not from the start.
fn is_penalized(run: &RunView) -> bool {
    let config = run.config();
    let is_trained = run.training.position > Position::default();
    is_trained && config.penalty != Penalty::default() && config.init != Init::Zeros
}

/// Whether smaller weights would cost so much less that training trades loss for them.
fn is_held(run: &RunView) -> bool {
    let penalty = run.config().penalty;
    let evaluation = run.training.evaluation;
    evaluation.is_some_and(|of| penalty.of(&run.network) > NOTICEABLE * of.training.loss)
}

/// Whether some training samples are predicted wrong, and whether no more are right than with the best constant answer.
/// For a regression, an R² of 0.99 counts as right.
fn failure(run: &RunView) -> (bool, bool) {
    let Some(evaluation) = run.training.evaluation else {
        return (false, false);
    };
    let (quality, constant) = (evaluation.training.quality, &run.baseline().training);
    match (quality.accuracy, constant.accuracy, quality.r2) {
        (Some(accuracy), Some(constant), _) => {
            (accuracy < 1.0, accuracy <= constant && accuracy < 1.0)
        }
        (_, _, Some(r2)) => (r2 < 0.99, r2 <= 0.01),
        _ => (false, false),
    }
}

/// Returns the epoch with the lowest test loss, if the test loss has clearly risen since then and the training loss has
/// not.
fn overfitting_since(run: &RunView, epoch: u64) -> Option<u64> {
    let (training, test) = (&run.curves.training, &run.curves.test);
    let seen = |curve: &Curve| -> Vec<(u64, f64)> {
        let buckets = curve.iter().take_while(|(start, _)| *start <= epoch);
        buckets
            .map(|(start, bucket)| (start, bucket.last))
            .collect()
    };
    let (training, test) = (seen(training), seen(test));
    let (index, &(since, lowest)) = test
        .iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1))?;
    let (now, then) = (training.last()?.1, training.get(index)?.1);
    let has_risen = test.last()?.1 > CLEARLY * lowest;
    (has_risen && now < then && epoch >= since + FEWEST_EPOCHS).then_some(since)
}

/// Returns what the loss did in the last tenth of the epochs up to this one.
fn trend(curve: &Curve, epoch: u64) -> Trend {
    let past = curve.up_to(epoch);
    let recent = &past[past.len() - past.len().min((past.len() / 10).max(2))..];
    let [first, .., last] = recent else {
        return Trend::Unknown;
    };
    match (last.last - first.last) / first.last.max(f64::MIN_POSITIVE) {
        ..-0.005 => Trend::Falling,
        0.005.. => Trend::Rising,
        _ => Trend::Flat,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::data::people;
    use crate::session::{DataSource, Evaluation, Quality, Run, Score, TrainingConfig};
    use crate::trainer::{Pace, Start, StartState};

    /// A run at an epoch whose losses were these.
    fn run(losses: &[f64], test_losses: &[f64], accuracy: f64) -> RunView {
        let config = TrainingConfig::post(42);
        let run = Run::new(config, DataSource::default(), Arc::new(people()));
        let start = Start {
            state: StartState::Paused,
            pace: Pace::DEFAULT,
            looks_ahead: false,
        };
        let network = run.initial_network();
        let mut view = RunView::new(Arc::new(run), network, start);
        for (curve, losses) in [
            (&mut view.curves.training, losses),
            (&mut view.curves.test, test_losses),
        ] {
            for (epoch, loss) in (0..).zip(losses) {
                curve.push(epoch, *loss);
            }
        }
        view.training.position.epoch = losses.len() as u64 - 1;
        view.training.evaluation = Some(Evaluation {
            training: Score {
                loss: losses[losses.len() - 1],
                quality: Quality {
                    accuracy: Some(accuracy),
                    r2: None,
                    rmse: None,
                },
            },
            test: None,
        });
        view
    }

    fn falling(epochs: i32) -> Vec<f64> {
        (0..epochs).map(|epoch| 0.9f64.powi(epoch)).collect()
    }

    #[test]
    fn the_loss_falls_rises_or_is_not_known() {
        let of = |losses: &[f64]| Observation::of(&run(losses, &[], 1.0));
        assert_eq!(of(&[0.5]), Observation::Trend(Trend::Unknown));
        assert_eq!(of(&falling(40)), Observation::Trend(Trend::Falling));
        assert_eq!(of(&[0.1, 0.2, 0.3]), Observation::Trend(Trend::Rising));
        assert_eq!(of(&[0.1; 40]), Observation::Trend(Trend::Flat));
    }

    #[test]
    fn a_flat_loss_with_wrong_samples_is_a_plateau_or_stuck() {
        let of = |accuracy| Observation::of(&run(&[0.1; 40], &[], accuracy));
        assert_eq!(of(0.75), Observation::Plateau);
        assert_eq!(of(0.5), Observation::Stuck);
        assert_eq!(
            Observation::of(&run(&[0.1; 10], &[], 0.5)),
            Observation::Trend(Trend::Flat)
        );
    }

    #[test]
    fn overfitting_begins_where_the_test_loss_is_lowest() {
        let test = |rises: f64| -> Vec<f64> {
            (0..60)
                .map(|epoch| 0.5 + rises * (f64::from(epoch) - 25.0).abs() / 60.0)
                .collect()
        };
        let of = |training: &[f64], test: &[f64]| Observation::of(&run(training, test, 1.0));
        assert_eq!(
            of(&falling(60), &test(0.5)),
            Observation::Overfitting { since: 25 }
        );
        // Noise, a training loss that rises too, and a minimum of a moment ago are none.
        assert_eq!(
            of(&falling(60), &test(0.001)),
            Observation::Trend(Trend::Falling)
        );
        assert_eq!(
            of(&test(0.5), &test(0.5)),
            Observation::Trend(Trend::Rising)
        );
        assert_eq!(
            of(&falling(40), &test(0.5)[..40]),
            Observation::Trend(Trend::Falling)
        );
    }

    #[test]
    fn neurons_that_cannot_learn_come_first() {
        let mut run = run(&[0.1; 40], &[], 0.5);
        let neurons = [0, 1].map(|unit| Neuron { layer: 0, unit });
        run.health.saturated = neurons.to_vec();
        assert_eq!(
            Observation::of(&run),
            Observation::Saturated(neurons.to_vec())
        );
        run.health.dead = neurons[..1].to_vec();
        assert_eq!(
            Observation::of(&run),
            Observation::Dead(neurons[..1].to_vec())
        );
        run.health.twins = Some(neurons);
        assert_eq!(Observation::of(&run), Observation::Twins(neurons));
    }
}
