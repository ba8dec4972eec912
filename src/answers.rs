//! Floor 2: what a network says of some samples, and how large its weights are. Where that takes longer than a frame, it is
//! found out by an [`Answerer`], on a job.
//!
//! A [`Question`] carries the network that it is put to: all answers of one report are of one state of a run.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};

use crate::data::Dataset;
use crate::nn::{Forward, LayerSpec, Loss, Network, Trace};
use crate::threads::{Job, Name, Outbox};

/// About how many multiplications take a small part of the time of a frame.
const MOST_WORK: usize = 1 << 20;

/// Reports that may wait to be taken.
const CAPACITY: usize = 2;

/// Something that is asked of one state of a network.
#[derive(Debug, Clone)]
pub struct Question {
    /// The network.
    pub network: Arc<Network>,
    /// The data that samples are of.
    pub dataset: Arc<Dataset>,
    /// What the samples are judged by.
    pub loss: Loss,
    /// What is asked.
    pub asked: Asked,
}

/// What is asked of a network.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// All activations for these inputs, as the network sees them.
    Activations(Vec<f64>),
    /// The forward and the backward pass of one sample.
    Trace {
        /// As the network sees them.
        inputs: Vec<f64>,
        /// One for each output, as the loss sees them.
        targets: Vec<f64>,
    },
    /// The predictions for these samples of the data.
    Predictions(Range<usize>),
    /// The largest magnitude of a weight in each layer.
    LargestWeights,
}

/// What is answered, in the order of [`Asked`].
#[derive(Debug, Clone)]
pub enum Answer {
    /// A forward pass of one sample.
    Activations(Arc<Forward>),
    /// Both passes of one sample.
    Trace(Arc<Trace>),
    /// Those of some samples.
    Predictions(Arc<Predictions>),
    /// A number for each layer.
    LargestWeights(Arc<[f64]>),
}

impl Answer {
    /// The passes of a sample, if these were asked for.
    #[must_use]
    pub fn trace(self) -> Option<Arc<Trace>> {
        match self {
            Self::Trace(trace) => Some(trace),
            _ => None,
        }
    }
}

/// Predictions for some samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    /// Row-major with shape (samples, outputs).
    pub outputs: Vec<f64>,
    /// The loss of each sample alone.
    pub losses: Vec<f64>,
}

impl PartialEq for Question {
    /// Networks and data are the same only if they are shared: so comparing takes no time, however large they are.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.network, &other.network)
            && Arc::ptr_eq(&self.dataset, &other.dataset)
            && self.loss == other.loss
            && self.asked == other.asked
    }
}

impl Question {
    /// The same, asked of another state of the network.
    #[must_use]
    pub fn of_state(&self, network: &Arc<Network>) -> Self {
        Self {
            network: Arc::clone(network),
            ..self.clone()
        }
    }

    /// Whether the answer takes a small part of the time of a frame.
    #[must_use]
    pub fn is_cheap(&self) -> bool {
        let passes = match &self.asked {
            Asked::Activations(_) | Asked::LargestWeights => 1,
            Asked::Trace { .. } => 2,
            Asked::Predictions(samples) => samples.len(),
        };
        self.network.parameters().len().saturating_mul(passes) <= MOST_WORK
    }

    /// Finds the answer.
    #[must_use]
    pub fn answer(&self) -> Answer {
        let network = &*self.network;
        match &self.asked {
            Asked::Activations(inputs) => {
                let mut forward = Forward::keeping_all(network, 1);
                forward.run(network, inputs);
                Answer::Activations(Arc::new(forward))
            }
            Asked::Trace { inputs, targets } => {
                Answer::Trace(Arc::new(Trace::of(network, self.loss, inputs, targets)))
            }
            Asked::Predictions(samples) => {
                Answer::Predictions(Arc::new(self.predictions(samples.clone())))
            }
            Asked::LargestWeights => {
                let largest = network.largest_at_weights(network.parameters());
                Answer::LargestWeights(largest.into())
            }
        }
    }

    fn predictions(&self, samples: Range<usize>) -> Predictions {
        let (network, dataset) = (&*self.network, &*self.dataset);
        let mut space = Forward::new(network, samples.len().max(1));
        let raw = samples.clone().map(|sample| dataset.raw_of(sample));
        let inputs: Vec<f64> = raw.flat_map(|raw| dataset.network_inputs(raw)).collect();
        let outputs = network.predict_many(&inputs, &mut space).to_vec();
        let LayerSpec { units, activation } = network.architecture().output;
        let z = space.output_z(network).chunks_exact(units);
        let losses = samples.zip(z.zip(outputs.chunks_exact(units)));
        let losses = losses.map(|(sample, (z, outputs))| {
            let targets = dataset.network_targets_of(sample);
            self.loss.value(activation, z, outputs, &targets)
        });
        Predictions {
            losses: losses.collect(),
            outputs,
        }
    }
}

/// What the job reports.
#[derive(Debug, Clone)]
pub enum AnswerEvent {
    /// The answers to all questions that were put together.
    Answered(Vec<(Question, Answer)>),
    /// The job panicked with this text, and has ended.
    Panicked(String),
}

/// The handle of the job. Dropping it ends the job, and waits for nothing.
#[derive(Debug)]
pub struct Answerer(Job<Vec<Question>, AnswerEvent>);

impl Answerer {
    /// Starts the job, which calls `wake` after each event.
    ///
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub fn spawn(wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        Job::spawn(
            Name::Answers,
            CAPACITY,
            wake,
            AnswerEvent::Panicked,
            answer_all,
        )
        .map(Self)
    }

    /// Asks these questions, and none of those before.
    pub fn ask(&self, questions: Vec<Question>) {
        self.0.send(questions);
    }

    /// Returns the next waiting event.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none yet, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<AnswerEvent, TryRecvError> {
        self.0.try_event()
    }
}

/// Answers the newest questions, until there will be none.
fn answer_all(commands: &Receiver<Vec<Question>>, events: &Outbox<AnswerEvent>) {
    while let Ok(questions) = commands.recv() {
        let questions = commands.try_iter().last().unwrap_or(questions);
        let answers = questions.into_iter().map(|question| {
            let answer = question.answer();
            (question, answer)
        });
        events.send(AnswerEvent::Answered(answers.collect()));
    }
}
