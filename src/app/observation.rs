//! What a teacher would point at: the one thing about the run that matters most at present.

mod course;
mod harm;

use course::trend;
use harm::{harm, has_moved_far};

use super::RunView;
use crate::nn::init::Init;
use crate::nn::{Neuron, Penalty};
use crate::session::{Assessment, Position};
use crate::trainer::Curve;

/// Regularization that is a smaller part of the loss does not hold it up.
const NOTICEABLE: f64 = 0.1;

/// So much more loss is no noise.
const CLEARLY: f64 = 1.02;

/// A share of right samples, or an R², that is good enough.
const GOOD: f64 = 0.95;

/// After fewer epochs, nobody speaks of overfitting or of a plateau.
const FEWEST_EPOCHS: u64 = 20;

/// What is worth saying about a run, most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// Two hidden neurons with equal weights, which stay equal.
    Twins([Neuron; 2]),
    /// The learning rate is too high.
    TooFast(Harm),
    /// Neurons whose weights regularization has pulled to almost 0.
    Pulled(Vec<Neuron>),
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
    Useless,
    /// The loss hardly changes, as regularization holds the weights back.
    Held,
    /// The loss hardly changes, and samples are still wrong.
    Plateau {
        /// Whether a wider network may learn more.
        is_narrow: bool,
    },
    /// What the loss does.
    Trend(Trend),
}

/// What a learning rate that is too high has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// The loss goes up and down, and no lower.
    Jumps,
    /// The loss is higher than that of one constant answer, and has been lower or falls no more.
    Worse,
    /// The loss has risen far above its lowest.
    Risen {
        /// The epoch where it was lowest.
        since: u64,
    },
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
    /// Whether it is more than what the loss does.
    #[must_use]
    pub fn matters(&self) -> bool {
        !matches!(self, Self::Trend(_))
    }

    /// That of a run at its present epoch.
    #[must_use]
    pub fn of(run: &RunView) -> Self {
        let health = &run.health;
        if let Some(twins) = health.twins {
            return Self::Twins(twins);
        }
        let epoch = run.training.position.epoch;
        let (is_wrong, is_useless) = failure(run);
        let may_harm = is_wrong && !(run.training.is_over() && is_good(run));
        if let Some(harm) = harm(run, epoch).filter(|_| may_harm) {
            return Self::TooFast(harm);
        }
        let pulled = pulled(run);
        if !pulled.is_empty() {
            return Self::Pulled(pulled);
        }
        if !health.dead.is_empty() {
            return Self::Dead(health.dead.clone());
        }
        if let Some(since) = overfitting_since(run, epoch) {
            return Self::Overfitting { since };
        }
        if is_wrong && !health.saturated.is_empty() {
            return Self::Saturated(health.saturated.clone());
        }
        match trend(&run.curves.training, epoch) {
            Trend::Flat if epoch >= FEWEST_EPOCHS && is_useless => Self::Useless,
            Trend::Flat if epoch >= FEWEST_EPOCHS && is_held(run) == Some(true) => Self::Held,
            Trend::Flat if epoch >= FEWEST_EPOCHS && is_wrong => Self::Plateau {
                is_narrow: is_narrow(run),
            },
            trend => Self::Trend(trend),
        }
    }
}

/// Returns the hidden neurons that regularization has pulled to almost 0; the outputs if there are no hidden ones. What
/// is inactive for every sample is so for another reason: then nothing but regularization moves its weights.
fn pulled(run: &RunView) -> Vec<Neuron> {
    if !is_penalized(run) {
        return Vec::new();
    }
    let (health, output) = (&run.health, run.network.layers().len() - 1);
    let is_pulled =
        |neuron: &&Neuron| (output == 0 || neuron.layer < output) && !health.dead.contains(neuron);
    health.deaf.iter().filter(is_pulled).copied().collect()
}

/// Whether weights that are almost 0 can be so by regularization, and not from the start.
fn is_penalized(run: &RunView) -> bool {
    let config = run.config();
    let is_trained = run.training.position > Position::default();
    is_trained && config.penalty != Penalty::default() && config.init != Init::Zeros
}

/// Whether smaller weights would cost so much less that training trades loss for them. Asked for every frame, so of a large
/// network it is not known.
fn is_held(run: &RunView) -> Option<bool> {
    let penalty = run.config().penalty;
    if penalty == Penalty::default() {
        return Some(false);
    }
    let loss = run.training.evaluation?.training.loss;
    Assessment::is_cheap(&run.network, &run.run.data)
        .then(|| penalty.of(&run.network) > NOTICEABLE * loss)
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

/// Whether most is right: a finished run needs no advice then.
fn is_good(run: &RunView) -> bool {
    let quality = run.training.evaluation.map(|now| now.training.quality);
    let score = quality.and_then(|quality| quality.accuracy.or(quality.r2));
    score.is_some_and(|score| score >= GOOD)
}

/// Whether the network seems too small: it has fewer parameters than there are samples, has learned from them, and most
/// is not right.
fn is_narrow(run: &RunView) -> bool {
    let samples = run.dataset().training_samples;
    run.network.parameters().len() < samples && !is_good(run) && has_moved_far(run)
}

/// Returns the epoch with the lowest test loss, if the test loss has clearly risen since then and the training loss has
/// not.
fn overfitting_since(run: &RunView, epoch: u64) -> Option<u64> {
    let (training, test) = (&run.curves.training, &run.curves.test);
    let seen = |curve: &Curve| -> Vec<(u64, f64)> {
        let buckets = curve.iter().take_while(|(epochs, _)| epochs.start <= epoch);
        buckets
            .map(|(epochs, bucket)| (epochs.start, bucket.last))
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::TrainingState;
    use crate::data::people;
    use crate::session::{
        Change, DataSource, Evaluation, PlacedChange, Quality, Run, Score, TrainingConfig,
    };
    use crate::trainer::{Pace, RunState, Start, StartState};

    /// A run at an epoch whose losses were these.
    fn run(losses: &[f64], test_losses: &[f64], accuracy: f64) -> RunView {
        let config = TrainingConfig::post(42);
        let run = Run::new(config, DataSource::default(), Arc::new(people()));
        let start = Start {
            state: StartState::Paused,
            pace: Pace::DEFAULT,
            looks_ahead: false,
            retraces: false,
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
    fn a_flat_loss_with_wrong_samples_is_a_plateau_or_useless() {
        let of = |accuracy| Observation::of(&run(&[0.1; 40], &[], accuracy));
        assert_eq!(of(0.75), Observation::Plateau { is_narrow: false });
        assert_eq!(of(0.5), Observation::Useless);
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
    fn a_rate_that_is_too_high_is_seen_by_what_the_loss_does() {
        // The best constant answer for the four people costs 0.25.
        let of = |losses: &[f64], accuracy| Observation::of(&run(losses, &[], accuracy));
        let then = |before: f64, after: f64| [[before; 30], [after; 30]].concat();
        assert_eq!(of(&then(0.27, 0.5), 0.5), Observation::TooFast(Harm::Worse));
        let risen = Observation::TooFast(Harm::Risen { since: 0 });
        assert_eq!(of(&then(0.1, 0.2), 0.75), risen);
        let jumping: Vec<f64> = (0..60)
            .map(|epoch| 0.2 - 0.05 * f64::from(epoch % 3))
            .collect();
        assert_eq!(of(&jumping, 0.75), Observation::TooFast(Harm::Jumps));
        // Not if nothing is wrong, if it was never better, if it is getting better again, or jumps ever lower.
        assert_eq!(of(&then(0.1, 0.2), 1.0), Observation::Trend(Trend::Flat));
        assert_eq!(of(&[0.5; 60], 0.5), Observation::Useless);
        let better = [vec![0.1; 30], falling(20)].concat();
        assert_eq!(of(&better, 0.75), Observation::Trend(Trend::Falling));
        let lower = |(at, loss): (usize, f64)| loss * [1.0, 1.4][at % 2];
        let lower: Vec<f64> = falling(60).into_iter().enumerate().map(lower).collect();
        assert_eq!(of(&lower, 0.75), Observation::Trend(Trend::Falling));
    }

    #[test]
    fn a_finished_run_that_is_good_needs_no_lower_rate() {
        let jumping: Vec<f64> = (0..60)
            .map(|epoch| 0.02 - 0.005 * f64::from(epoch % 3))
            .collect();
        let mut run = run(&jumping, &[], 0.96);
        let jumps = Observation::TooFast(Harm::Jumps);
        run.training.state = TrainingState::Alive(RunState::Running);
        assert_eq!(Observation::of(&run), jumps);
        run.training.state = TrainingState::Alive(RunState::Finished);
        assert_ne!(Observation::of(&run), jumps);
        let evaluation = run.training.evaluation.as_mut().unwrap();
        evaluation.training.quality.accuracy = Some(0.94);
        assert_eq!(Observation::of(&run), jumps);
    }

    #[test]
    fn a_loss_that_rose_as_something_else_was_changed_is_not_the_rates() {
        let mut run = run(&[[0.1; 30], [0.2; 30]].concat(), &[], 0.75);
        run.training.farthest = run.training.position;
        let set = |change| {
            let position = Position { epoch: 30, step: 0 };
            Arc::new(vec![PlacedChange { position, change }])
        };
        run.training.changes = set(Change::set("learning-rate", "5"));
        let risen = Observation::TooFast(Harm::Risen { since: 0 });
        assert_eq!(Observation::of(&run), risen);
        for change in [
            Change::Parameter {
                index: 0,
                value: 9.0,
            },
            Change::set("l2", "5"),
        ] {
            run.training.changes = set(change);
            assert_eq!(
                Observation::of(&run),
                Observation::Plateau { is_narrow: false }
            );
        }
    }

    #[test]
    fn a_dead_neuron_is_not_said_to_be_pulled_nor_is_an_output() {
        let mut run = run(&[0.1; 40], &[], 1.0);
        Arc::make_mut(&mut run.run).config.penalty.l2 = 0.1;
        let [h1, h2, o1] = [(0, 0), (0, 1), (1, 0)].map(|(layer, unit)| Neuron { layer, unit });
        run.health.deaf = vec![h1, h2, o1];
        assert_eq!(Observation::of(&run), Observation::Pulled(vec![h1, h2]));
        run.health.dead = vec![h1, h2];
        assert_eq!(Observation::of(&run), Observation::Dead(vec![h1, h2]));
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
