//! The prediction box: how keys come to it, and where they go when it is left.

use std::mem;

use super::turn::Turn;
use super::{App, Effect, Focus, View};

impl App {
    /// Opens the prediction box, in the view that has it.
    pub(super) fn predict(&mut self) -> Vec<Effect> {
        if self.focus != Focus::Prediction {
            self.predicts_from = self.view;
        }
        self.focus = Focus::Prediction;
        self.run.begin_to_type(0);
        self.show_view(View::Train)
    }

    /// Whether there is another field to type into; the inputs of a page are changed one by one.
    pub(super) fn has_next_field(&self) -> bool {
        self.view != View::Learn && self.run.prediction.has_next_field()
    }

    /// Goes to the next field of the prediction box, or leaves it.
    pub(super) fn take_field(&mut self) -> Vec<Effect> {
        if self.has_next_field() {
            self.run.prediction.turn_field(Turn::Forward);
            return Vec::new();
        }
        self.leave_prediction();
        self.back_from_prediction()
    }

    /// Leaves the prediction box; on a page not with a text that is no value, which would leave nothing to show.
    pub(super) fn leave_prediction(&mut self) {
        self.check_input_of_page();
        if self.notice.is_none() {
            self.focus = self.focus_of_page();
        }
    }

    /// Leaves the prediction box with the values, and what is shown, as they were.
    pub(super) fn cancel_prediction(&mut self) -> Vec<Effect> {
        self.focus = self.focus_of_page();
        self.run.cancel_typing();
        self.back_from_prediction()
    }

    /// Shows the view again from which the box was opened. A page shows its inputs itself.
    fn back_from_prediction(&mut self) -> Vec<Effect> {
        match mem::replace(&mut self.predicts_from, View::Train) {
            View::Train => Vec::new(),
            _ if self.view != View::Train => Vec::new(),
            view => self.show_view(view),
        }
    }

    /// Says what is wrong with an input that is typed on a page, which need not show the prediction box.
    pub(super) fn check_input_of_page(&mut self) {
        if self.view == View::Learn && self.focus == Focus::Prediction {
            let problem = self.run.prediction.problem();
            self.notice = problem.map(|(_, problem)| format!("{problem} – Esc restores"));
        }
    }
}
