//! What is asked about large networks: a job answers, and the screen goes on.
//!
//! A frame shows what is known, and is followed by the questions that it has lacked. A report of a new state waits until
//! what the last frame has asked is answered about that too: so each frame is of one state, and complete.

use std::collections::VecDeque;
use std::mem;
use std::sync::Arc;

use super::{App, Effect, RunView, View};
use crate::answers::{Answer, AnswerEvent, Question};
use crate::trainer::Progress;

/// What a job has been asked, and the reports that wait for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Asking {
    /// What is not answered yet. Until it is, nothing else is asked: an answer that is never waited for never comes.
    open: Vec<Question>,
    /// Reports that are not shown yet: the next one, and all since then as one.
    waiting: VecDeque<Progress>,
}

impl App {
    /// Takes in a report of the trainer, or lets it wait for answers.
    pub(super) fn hear_progress(&mut self, mut progress: Progress) -> Vec<Effect> {
        self.note_report();
        if !progress.departed.is_empty() {
            self.hear_waiting();
        }
        for departed in mem::take(&mut progress.departed) {
            self.keep_future(departed);
        }
        self.asking.put_off(progress);
        self.ask_ahead()
    }

    /// Takes in all reports that wait, though not all is known that a frame of them shows.
    pub(super) fn hear_waiting(&mut self) {
        while self.hear_next() {}
    }

    /// Takes in all reports that wait, and waits for no answer any more.
    pub(super) fn stop_asking(&mut self) {
        self.hear_waiting();
        self.asking.open.clear();
    }

    fn hear_next(&mut self) -> bool {
        let Some(progress) = self.asking.waiting.pop_front() else {
            return false;
        };
        let before = self.run.training.state.clone();
        if self.view != View::Learn {
            // The text of a lesson is about the sample that it has chosen.
            self.run.show_of(&progress);
        }
        self.run.hear(progress);
        self.note_end(&before);
        self.age_notice(&before);
        self.come_to_step();
        true
    }

    /// Asks what the next frame shows of the report that waits; one of which nothing is to be asked is taken in.
    fn ask_ahead(&mut self) -> Vec<Effect> {
        while let Some(progress) = self.asking.waiting.front() {
            let questions = self.run.questions_about(progress);
            if !questions.is_empty() {
                return self.ask(questions);
            }
            self.hear_next();
        }
        Vec::new()
    }

    /// Asks what the last frame has lacked.
    pub(super) fn ask_what_is_lacked(&mut self) -> Vec<Effect> {
        self.run.follow_coming();
        let kept = self.runs.views_mut();
        let views = std::iter::once(&mut self.run).chain(kept);
        let lacked = views.flat_map(|view| view.answers.note_frame()).collect();
        self.ask(lacked)
    }

    /// Asks this, unless there is nothing to ask, or something else is not answered yet.
    fn ask(&mut self, questions: Vec<Question>) -> Vec<Effect> {
        if questions.is_empty() || !self.asking.open.is_empty() {
            return Vec::new();
        }
        self.asking.open.clone_from(&questions);
        vec![Effect::Ask(questions)]
    }

    /// Takes in what a job has answered, or why there are no answers any more.
    pub(super) fn hear_answers(&mut self, event: AnswerEvent) -> Vec<Effect> {
        match event {
            AnswerEvent::Answered(answers) => {
                self.asking.close(&answers);
                for (question, answer) in answers {
                    let is_of = |view: &&mut RunView| Arc::ptr_eq(&view.network, &question.network);
                    let kept = self.runs.views_mut().find(is_of);
                    kept.unwrap_or(&mut self.run).answers.hear(question, answer);
                }
                self.run.follow_coming();
                self.ask_ahead()
            }
            AnswerEvent::Panicked(text) => {
                self.stop_asking();
                self.notice = Some(format!("internal error, no activations: {text}"));
                Vec::new()
            }
        }
    }

    /// Notes what the trainer is asked to do: the state of a report that waits is no news any more.
    pub(super) fn note_commands(&mut self, effects: &[Effect]) {
        if effects.iter().any(|of| matches!(of, Effect::Train(_))) {
            let waiting = self.asking.waiting.iter_mut();
            waiting.for_each(|progress| progress.is_latest = false);
        }
    }
}

impl Asking {
    /// Lets a report wait: after the next one, together with those that do so already.
    fn put_off(&mut self, mut progress: Progress) {
        if self.waiting.len() > 1
            && let Some(mut before) = self.waiting.pop_back()
        {
            before.curves.append(&progress.curves);
            progress.curves = before.curves;
            if progress.trained_on.is_empty() {
                progress.trained_on = before.trained_on;
            }
        }
        self.waiting.push_back(progress);
    }

    fn close(&mut self, answers: &[(Question, Answer)]) {
        self.open
            .retain(|open| answers.iter().all(|(question, _)| question != open));
    }
}
