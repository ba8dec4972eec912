//! What the network of a run answers: each answer is found once for a state of the run, however many frames show it, and a
//! small network's at once. What takes longer is asked of a job after the frame that lacks it.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use super::RunView;
use crate::answers::{Answer, Asked, Predictions, Question};
use crate::app::memo::Memo;
use crate::nn::{Forward, Network, Trace};

/// The latest answers. Which ones are kept changes while a frame is drawn, but nothing that can be seen does.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Answers {
    /// Of the visible samples, of those that are counted, of three samples alone, of two networks' weights, and of the
    /// passes of a step.
    known: Memo<Question, Answer, 9>,
    /// What takes long and was asked by the frame that is being drawn.
    asked: RefCell<Vec<Question>>,
    /// The same of the last frame.
    shown: Vec<Question>,
}

impl Answers {
    /// The answer to a question, unless only a job can give it, which has not done so yet.
    fn to(&self, question: Question) -> Option<Answer> {
        if question.is_cheap() {
            return Some(self.at_once(question));
        }
        let known = self.known.kept(&question);
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&question) {
            asked.push(question);
        }
        known.as_deref().cloned()
    }

    /// The answer to a question, whatever time it takes.
    fn at_once(&self, question: Question) -> Answer {
        Answer::clone(&self.known.get(question, Question::answer))
    }

    /// Those of the questions that only a job can answer, which has not done so yet.
    pub(super) fn open(&self, mut questions: Vec<Question>) -> Vec<Question> {
        questions.retain(|question| !question.is_cheap() && self.known.kept(question).is_none());
        questions
    }

    /// Notes that a frame has been drawn; returns what it has lacked.
    pub(in crate::app) fn note_frame(&mut self) -> Vec<Question> {
        self.shown = std::mem::take(self.asked.get_mut());
        self.open(self.shown.clone())
    }

    /// What the last frame has asked about a state of the network, asked about another one.
    pub(super) fn again(&self, before: &Arc<Network>, now: &Arc<Network>) -> Vec<Question> {
        let shown = self.shown.iter();
        // The next step is that of the report, and perhaps of another sample.
        let is_of_frame = |asked: &Asked| !matches!(asked, Asked::Trace { .. });
        let shown = shown.filter(|question| {
            Arc::ptr_eq(&question.network, before) && is_of_frame(&question.asked)
        });
        shown.map(|question| question.of_state(now)).collect()
    }

    /// Forgets a state of the network for another one.
    pub(super) fn renew(&mut self, before: &Arc<Network>, now: &Arc<Network>) {
        self.known
            .retain(|question| Arc::ptr_eq(&question.network, now));
        // Another report may come before the next frame.
        self.shown = self.again(before, now);
    }

    /// Keeps an answer that was found elsewhere.
    pub(in crate::app) fn hear(&mut self, question: Question, answer: Answer) {
        self.known.keep(question, Arc::new(answer));
    }
}

impl RunView {
    /// Returns the activations for a sample as the network sees it; `None` until a job has computed them.
    #[must_use]
    pub fn forward_of(&self, inputs: &[f64]) -> Option<Arc<Forward>> {
        match self.answer(&self.network, Asked::Activations(inputs.to_vec()))? {
            Answer::Activations(forward) => Some(forward),
            _ => None,
        }
    }

    /// Returns the current network's predictions for samples of the dataset, and their losses; `None` until a job has
    /// computed them.
    #[must_use]
    pub fn predictions_for(&self, samples: Range<usize>) -> Option<Arc<Predictions>> {
        match self.answer(&self.network, Asked::Predictions(samples))? {
            Answer::Predictions(predictions) => Some(predictions),
            _ => None,
        }
    }

    /// Returns the largest magnitude of a weight in each layer of a network, at the shown parameters or at others; `None`
    /// until a job has looked for it.
    #[must_use]
    pub fn largest_weights(&self, network: &Arc<Network>) -> Option<Arc<[f64]>> {
        match self.answer(network, Asked::LargestWeights)? {
            Answer::LargestWeights(largest) => Some(largest),
            _ => None,
        }
    }

    /// Returns the passes of a sample through a network; `None` until a job has computed them.
    pub(in crate::app) fn trace(
        &self,
        network: &Arc<Network>,
        passes: Asked,
    ) -> Option<Arc<Trace>> {
        self.answer(network, passes).and_then(Answer::trace)
    }

    /// The same, whatever time it takes.
    pub(in crate::app) fn trace_at_once(
        &self,
        network: &Arc<Network>,
        passes: Asked,
    ) -> Arc<Trace> {
        let answer = self.answers.at_once(self.question(network, passes));
        answer.trace().expect("the passes were asked for")
    }

    fn answer(&self, network: &Arc<Network>, asked: Asked) -> Option<Answer> {
        self.answers.to(self.question(network, asked))
    }

    pub(super) fn question(&self, network: &Arc<Network>, asked: Asked) -> Question {
        Question {
            network: Arc::clone(network),
            dataset: Arc::clone(self.dataset()),
            loss: self.config().loss,
            asked,
        }
    }

    /// Computes the current network's prediction for raw values: one number per output.
    #[must_use]
    pub fn outputs_for(&self, raw_inputs: &[f64]) -> Vec<f64> {
        let inputs = self.dataset().network_inputs(raw_inputs);
        self.network.predict(&inputs)
    }

    /// Computes the current network's outputs for samples that need not be neighbours, row-major with shape (samples,
    /// outputs).
    #[must_use]
    pub fn outputs_of(&self, samples: &[usize]) -> Vec<f64> {
        let mut space = Forward::new(&self.network, samples.len().max(1));
        let raw = samples.iter().map(|&sample| self.dataset().raw_of(sample));
        let inputs: Vec<f64> = raw
            .flat_map(|raw| self.dataset().network_inputs(raw))
            .collect();
        self.network.predict_many(&inputs, &mut space).to_vec()
    }
}
