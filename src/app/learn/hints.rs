//! The help that a page gives: its hints, the solution carried out, and the ways back.

use super::{Guessed, Hints};
use crate::app::{App, Effect};

impl App {
    /// Gives the next hint. The last one begins the page again and carries out the solution.
    pub(in crate::app) fn hint(&mut self) -> Vec<Effect> {
        let Some(scene) = &mut self.learn.scene else {
            return Vec::new();
        };
        scene.hints = match scene.hints {
            Hints::None => Hints::Nudge,
            Hints::Nudge => Hints::Keys,
            Hints::Keys | Hints::Done => Hints::Done,
        };
        scene.show_end();
        if scene.hints < Hints::Done {
            return Vec::new();
        }
        let guessed = match scene.guess {
            Guessed::Made(guess) => Some(guess),
            Guessed::Nothing | Guessed::Typing(_) => None,
        };
        let effects = self.begin_page_again(guessed);
        self.skip_guess();
        if let Some(scene) = &mut self.learn.scene {
            (scene.hints, scene.played) = (Hints::Done, Some(0));
        }
        effects
    }

    /// What the next hint is: a nudge, the keys, or that they are pressed.
    pub(in crate::app) fn next_hint(&self) -> &'static str {
        match self.scene().map(|scene| scene.hints) {
            Some(Hints::Nudge) => "next hint",
            Some(Hints::Keys) => "do it",
            _ => "hint",
        }
    }

    /// Opens the present page at its start again, without the guess. The keys of its solution, which are right only there,
    /// stay if they are seen.
    pub(in crate::app) fn restart_page(&mut self) -> Vec<Effect> {
        let has_keys = self.scene().is_some_and(|scene| scene.hints == Hints::Keys);
        let effects = self.begin_page_again(None);
        if let Some(scene) = self.learn.scene.as_mut().filter(|_| has_keys) {
            scene.hints = Hints::Keys;
            scene.show_end();
        }
        effects
    }

    /// Which key goes back to the reader's own run: Esc, unless it leaves something else first.
    pub(in crate::app) fn way_to_own_run(&self) -> String {
        let key = if self.leaves_lessons_by_esc() {
            "Esc"
        } else {
            "Tab"
        };
        format!("{key} goes back to your run")
    }
}
