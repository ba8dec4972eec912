//! How good a network is at any moment, in the middle of an epoch too.
//!
//! [`Session::evaluation`] is that of the last whole epoch, as training evaluates once an epoch. A screen that shows
//! other parameters than those needs an evaluation of exactly these.

use super::evaluation::{Evaluator, evaluate, rows};
use super::held::Held;
use super::{Confusion, Evaluation, Session, TrainingData};
use crate::nn::{Forward, Loss, Network};

/// Multiplications that take a small part of the time of a frame.
const CHEAP: usize = 1 << 18;

/// How good a network is, and how it classifies the training samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Its losses and accuracies. Between two epochs they are finite; within one, they may have overflowed.
    pub evaluation: Evaluation,
    /// The confusion matrix of the training samples.
    pub confusion: Confusion,
}

impl Assessment {
    /// Whether an assessment of such a network takes less than a millisecond.
    #[must_use]
    pub fn is_cheap(network: &Network, data: &TrainingData) -> bool {
        let test = data.test.as_ref().map_or(0, |test| test.len());
        let samples = data.training.len() + test;
        samples.saturating_mul(network.parameters().len()) <= CHEAP
    }

    /// Assesses a network at once; `None` if that is not cheap.
    #[must_use]
    pub fn at_once(network: &Network, loss: Loss, data: &TrainingData) -> Option<Self> {
        Self::is_cheap(network, data).then(|| {
            let (evaluation, confusion) = evaluate(network, loss, data);
            Self {
                evaluation,
                confusion,
            }
        })
    }
}

/// An assessment that is made piece by piece, so that commands need not wait for it.
#[derive(Debug)]
pub struct Assessor {
    /// The network that is assessed.
    network: Held<Network>,
    evaluator: Evaluator,
    forward: Forward,
    done: Option<Assessment>,
}

impl Assessor {
    /// Begins the assessment of a session's network.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let (network, data) = (session.network(), session.data());
        Self {
            network: session.state.network.clone(),
            evaluator: Evaluator::new(network, data),
            forward: Forward::new(network, rows(network, data)),
            done: None,
        }
    }

    /// Whether it is about the parameters that the session's network has now.
    #[must_use]
    pub fn is_of(&self, session: &Session) -> bool {
        self.network == session.state.network
    }

    /// The assessment, once it is complete.
    #[must_use]
    pub fn done(&self) -> Option<&Assessment> {
        self.done.as_ref()
    }

    /// Assesses a few more samples: some milliseconds of work. The session's network must be
    /// [the one](Self::is_of) that it was begun with.
    pub fn advance(&mut self, session: &Session) {
        let (network, data) = (session.network(), session.data());
        let loss = session.state.config.loss;
        let evaluation =
            self.evaluator
                .advance(network, loss, data, (&mut self.forward, session.threads.0));
        if let Some(evaluation) = evaluation {
            let mut confusion = Confusion::default();
            self.evaluator.swap_confusion(&mut confusion);
            self.done = Some(Assessment {
                evaluation,
                confusion,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::session::{DataSource, StepOutcome, TrainingConfig};

    fn session(steps: usize) -> Session {
        let source = DataSource {
            data: "penguins".to_owned(),
            test_fraction: 0.25,
            ..DataSource::default()
        };
        let dataset = source.load(&mut |_| ControlFlow::Continue(())).unwrap();
        let mut config = TrainingConfig {
            batch_size: 16,
            learning_rate: 0.01,
            ..TrainingConfig::post(3)
        };
        config.output_activation = dataset.target.task().suited_output();
        let mut session = Session::start(&config, TrainingData::of(&dataset));
        for _ in 0..steps {
            while session.step() == StepOutcome::Evaluating {}
        }
        session
    }

    fn piece_by_piece(session: &Session) -> Assessment {
        let mut assessor = Assessor::new(session);
        assert!(assessor.is_of(session));
        while assessor.done().is_none() {
            assessor.advance(session);
        }
        assessor.done().unwrap().clone()
    }

    #[test]
    fn between_two_epochs_it_is_the_evaluation_of_the_run() {
        let start = session(0);
        for session in [start.clone(), session(start.steps_per_epoch())] {
            let assessment = piece_by_piece(&session);
            assert_eq!(assessment.evaluation, session.evaluation());
            assert_eq!(&assessment.confusion, session.confusion());
        }
    }

    #[test]
    fn within_an_epoch_it_is_of_the_present_parameters_at_once_and_piece_by_piece() {
        let session = session(3);
        let network = session.network();
        let at_once =
            Assessment::at_once(network, session.state.config.loss, session.data()).unwrap();
        assert_eq!(piece_by_piece(&session), at_once);
        assert_ne!(at_once.evaluation, session.evaluation());
        let right = at_once.confusion.right() as f64 / session.data().training.len() as f64;
        assert_eq!(at_once.evaluation.training.quality.accuracy, Some(right));
    }
}
