//! The Learn view: the post as lessons that can be touched.
//!
//! A page is a text beside the ordinary panels, which show a prepared run. A [`Goal`] is a state, however it is reached;
//! nothing advances by itself. The reader's own run is put aside whole, and so is each page that is left: the app as it
//! was is kept, and its trainer rests ([`Desk`]).

mod desk;
mod figures;
mod guessing;
mod hints;
mod keys;
mod page;
mod pages;
mod place;
mod scene;
mod touch;
mod typed;

use std::collections::BTreeMap;

pub use desk::Desk;
pub use keys::Keys;
pub use page::{Goal, Guess, LessonPanel, Page, Practice, Proof, Stand, Touch};
pub use pages::PAGES;
pub use place::Place;
pub use scene::{Guessed, Hints, Scene};
pub use touch::Handle;

use crossterm::event::KeyEvent;

use super::turn::Turn;
use super::{App, Effect, Message, Overlay, RunId};
use crate::session::Position;
use crate::trainer::{Command, DepartedRun};
use figures::Figures;

/// As many reports of the trainer come in twenty seconds, while it trains.
const GREETINGS: u16 = 600;

/// The lessons: where the reader is, and the page that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Learn {
    place: Place,
    /// For how many reports of the trainer more a newcomer is greeted.
    greetings: u16,
    scene: Option<Box<Scene>>,
    /// What is put aside: at most the reader's own app, and each page once.
    aside: BTreeMap<Desk, App>,
}

/// The index of a page by the number of its lesson or by its name; `None` if there is none.
#[must_use]
pub fn page_named(text: &str) -> Option<usize> {
    let is_it = |page: &Page| page.name == text || page.number().to_string() == text;
    PAGES.iter().position(is_it)
}

impl App {
    /// Returns the app with the remembered place; `None` at the first start, which points to the lessons.
    #[must_use]
    pub fn with_place(mut self, place: Option<Place>) -> Self {
        self.learn.greetings = if place.is_none() { GREETINGS } else { 0 };
        self.learn.place = place.unwrap_or_default();
        self
    }

    /// Whether this is the first start, not long ago, and no key was pressed yet.
    #[must_use]
    pub fn is_new_here(&self) -> bool {
        self.learn.greetings > 0
    }

    /// Notes that a key was pressed.
    pub(super) fn note_key(&mut self) {
        self.learn.greetings = 0;
    }

    /// Notes that the trainer has reported.
    pub(super) fn note_report(&mut self) {
        self.learn.greetings = self.learn.greetings.saturating_sub(1);
    }

    /// The page that is open, and what has been reached on it.
    #[must_use]
    pub fn scene(&self) -> Option<&Scene> {
        self.learn.scene.as_deref()
    }

    /// Where the reader is in the lessons.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.learn.place
    }

    fn page(&self) -> Option<&'static Page> {
        self.scene().map(|scene| scene.page)
    }

    /// Opens the page that was open last.
    pub(super) fn enter_lessons(&mut self) -> Vec<Effect> {
        self.open_page(self.learn.place.index())
    }

    /// Leaves what is open on the page, or else the lessons.
    pub(super) fn leave_lessons_by_esc(&mut self) -> Vec<Effect> {
        if self.open_thing().is_some() {
            return self.dismiss();
        }
        self.leave_lessons(None)
    }

    /// Gives a message that is about the reader's own run to the app that was put aside; else returns it.
    pub(super) fn for_own_run(&mut self, message: Message) -> Result<Vec<Effect>, Message> {
        match (self.learn.aside.get_mut(&Desk::Own), message) {
            // No run of a lesson is saved or has a loss slice.
            (Some(own), message @ (Message::Save(_) | Message::Slice(_))) => {
                Ok(own.update(message))
            }
            (_, message) => Err(message),
        }
    }

    /// Takes in the final state of a kept run: one of the page's, or of those that are put aside.
    pub(super) fn hear_departed(&mut self, id: RunId, departed: Option<DepartedRun>) {
        for app in self.learn.aside.values_mut() {
            app.runs.hear(id, departed.clone());
        }
        self.runs.hear(id, departed);
    }

    /// Opens the next or previous page, if there is one.
    pub(super) fn turn_page(&mut self, turn: Turn) -> Vec<Effect> {
        let index = self.learn.place.index();
        let next = turn.index(index, PAGES.len() - 1);
        if next == index {
            let which = match turn {
                Turn::Back => "first",
                Turn::Forward => "last",
            };
            let way = self.way_to_own_run();
            self.notice = Some(format!("this is the {which} lesson – {way}"));
            return Vec::new();
        }
        self.open_page(next)
    }

    /// Opens the page that is selected in the list.
    pub(super) fn open_selected_page(&mut self) -> Vec<Effect> {
        match self.overlay {
            Overlay::Lessons { selected } => self.open_page(selected),
            _ => Vec::new(),
        }
    }

    /// What there is to train: the reader's own run, or that of a page.
    pub(crate) fn practice(&self) -> Practice {
        self.page().map_or(Practice::Epochs, |page| page.practice)
    }

    /// Whether the settings belong to what is open: the reader's own run, or a page that is about them.
    pub(super) fn has_settings(&self) -> bool {
        self.page().is_none_or(|page| page.touch == Touch::Settings)
    }

    /// Whether what is open is about data, and not only about a network.
    #[must_use]
    pub fn shows_data(&self) -> bool {
        self.page().is_none_or(Page::shows_data)
    }

    /// Whether there is a prediction box: everywhere but on some pages.
    #[must_use]
    pub fn has_prediction_box(&self) -> bool {
        self.page().is_none() || self.is_on_page(LessonPanel::Prediction)
    }

    /// Whether the open page has this panel.
    pub(super) fn is_on_page(&self, panel: LessonPanel) -> bool {
        self.page().is_some_and(|page| page.panels.contains(&panel))
    }

    /// The next thing that `n` does on this page: a stage where a step is looked at, else an epoch.
    pub(super) fn next_on_page(&mut self) -> Vec<Effect> {
        match self.practice() {
            Practice::Stages => self.next_stage(),
            Practice::Nothing | Practice::Epochs => self.train(Command::StepEpoch),
        }
    }

    /// Scrolls the text of the page, where it is too long for the window.
    pub(super) fn scroll_page(&mut self, turn: Turn) {
        /// How far a key goes.
        const LINES: usize = 4;
        if let Some(scene) = &mut self.learn.scene {
            scene.scroll = turn.index_by(LINES, scene.scroll, usize::MAX);
        }
    }

    /// Notes which line of the text was seen first.
    pub(super) fn note_lesson_seen(&mut self, first: usize) {
        if let Some(scene) = &mut self.learn.scene {
            scene.scroll = first;
        }
    }

    /// Notes the figures of the text once the run stands where it should, and what has been reached; then carries out the
    /// solution, if that was asked for.
    pub(super) fn note_progress(&mut self) -> Vec<Effect> {
        let mut effects = self.note_reached();
        for key in self.part_to_play() {
            self.note_settled();
            effects.extend(self.press(key));
            effects.extend(self.note_reached());
        }
        effects
    }

    /// The next part of the solution, if it is being carried out and the goals so far are reached.
    fn part_to_play(&mut self) -> Vec<KeyEvent> {
        let Some(scene) = &mut self.learn.scene else {
            return Vec::new();
        };
        let reached = scene.reached.iter().flatten().count();
        let due = scene
            .played
            .filter(|played| scene.figures.is_some() && *played <= reached);
        let part = due.and_then(|played| scene.page.solution.parts().nth(played));
        if part.is_some() {
            scene.played = due.map(|played| played + 1);
        }
        part.unwrap_or_default()
    }

    /// Notes figures and goals. Before the run stands where the page begins, there are none.
    fn note_reached(&mut self) -> Vec<Effect> {
        let Some(page) = self.page() else {
            return Vec::new();
        };
        let Some(mut figures) = self.known_figures(page) else {
            return Vec::new();
        };
        if !figures.is_complete() {
            figures.complete(&page.paragraphs(), self);
        }
        let answer = self.answer_now();
        let reached = page.goals.iter().map(|goal| goal.proven(self)).collect();
        let Some(scene) = &mut self.learn.scene else {
            return Vec::new();
        };
        scene.figures = Some(figures);
        scene.answer = scene.answer.or(answer);
        scene.note_reached(reached);
        if scene.is_done() && self.learn.place.done.insert(page.name.to_owned()) {
            return vec![self.remember()];
        }
        Vec::new()
    }

    /// Takes the figures that are known and stay; `None` if the run is still on its way to where the page begins.
    fn known_figures(&mut self, page: &Page) -> Option<Figures> {
        let stands = self.stands_at(page.stand.epoch);
        let known = self.learn.scene.as_mut()?.figures.take();
        match known {
            None => stands.then(Figures::default),
            Some(_) if page.is_live => Some(Figures::default()),
            Some(known) => Some(known),
        }
    }

    /// Whether the trainer has reported the run at the end of an epoch, where it waits.
    fn stands_at(&self, epoch: u64) -> bool {
        let training = &self.run.training;
        let is_there = training.position == Position { epoch, step: 0 };
        is_there && !training.is_running() && self.run.backprop.shown.is_some()
    }

    fn remember(&self) -> Effect {
        Effect::Remember(self.learn.place.clone())
    }
}
