//! What is asked about large networks: a job answers, and the screen goes on.
//!
//! A frame shows what is known, and is followed by the questions that it has lacked. A report of a new state is followed at
//! once by the questions of the last frame, asked again about that: the next frame waits for the answers, so that all of it
//! is of one state.

use std::sync::Arc;

use super::{App, Effect, RunView};
use crate::answers::{AnswerEvent, Question};

/// The questions that are not answered yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Asking {
    open: Vec<Question>,
    /// Whether some were asked before there was a frame that lacks them.
    is_ahead: bool,
}

impl App {
    /// Whether the next frame would lack what is about to be answered.
    #[must_use]
    pub fn awaits_answers(&self) -> bool {
        let is_of_run = |question: &Question| Arc::ptr_eq(&question.network, &self.run.network);
        self.asking.is_ahead && self.asking.open.iter().any(is_of_run)
    }

    /// Asks what the last frame has lacked, unless it is asked already.
    pub(super) fn ask_what_is_lacked(&mut self) -> Vec<Effect> {
        let kept = self.runs.views_mut();
        let views = std::iter::once(&mut self.run).chain(kept);
        let lacked: Vec<Question> = views.flat_map(|view| view.answers.note_frame()).collect();
        self.asking.is_ahead = false;
        if lacked
            .iter()
            .all(|question| self.asking.open.contains(question))
        {
            return Vec::new();
        }
        self.ask(lacked)
    }

    /// Asks about a new state of the run what the last frame has shown of the one before.
    pub(super) fn ask_ahead(&mut self, questions: Vec<Question>) -> Vec<Effect> {
        if questions.is_empty() {
            return Vec::new();
        }
        self.asking.is_ahead = true;
        self.ask(questions)
    }

    fn ask(&mut self, questions: Vec<Question>) -> Vec<Effect> {
        self.asking.open.clone_from(&questions);
        vec![Effect::Ask(questions)]
    }

    /// Takes in what a job has answered, or why there are no answers any more.
    pub(super) fn hear_answers(&mut self, event: AnswerEvent) {
        match event {
            AnswerEvent::Answered(answers) => {
                for (question, answer) in answers {
                    self.asking.open.retain(|open| *open != question);
                    let is_of = |view: &&mut RunView| Arc::ptr_eq(&view.network, &question.network);
                    let kept = self.runs.views_mut().find(is_of);
                    kept.unwrap_or(&mut self.run).answers.hear(question, answer);
                }
            }
            AnswerEvent::Panicked(text) => {
                self.asking = Asking::default();
                self.notice = Some(format!("internal error, no activations: {text}"));
            }
        }
    }
}
