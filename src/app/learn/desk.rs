//! The desks: the reader's own run has one, and so does each page. What is left is put aside as it is, and its trainer
//! rests, until it is come back to.

use std::mem;

use super::{Guessed, Handle, PAGES, Page, Scene};
use crate::app::{App, Effect, Focus, Overlay, RunView, Selection, Shown, View};
use crate::trainer::{Command, Origin, Start, StartState};

/// Where a run is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Desk {
    /// The reader's own run.
    Own,
    /// The page of this name.
    Page(&'static str),
}

impl App {
    /// Opens a page: as it was left, or else at its start. The first one puts the reader's own run aside.
    pub fn open_page(&mut self, index: usize) -> Vec<Effect> {
        let page = &PAGES[index.min(PAGES.len() - 1)];
        let desk = Desk::Page(page.name);
        if desk == self.desk() {
            self.overlay = Overlay::None;
            return Vec::new();
        }
        match self.learn.aside.remove(&desk) {
            Some(left) => self.return_to_page(page, left),
            None => self.begin_page(page, None),
        }
    }

    /// Opens the present page at its start again, with this guess.
    pub(super) fn begin_page_again(&mut self, guessed: Option<f64>) -> Vec<Effect> {
        match self.page() {
            Some(page) => self.begin_page(page, guessed),
            None => Vec::new(),
        }
    }

    /// The app with the reader's own run, while a page is open.
    #[must_use]
    pub fn own_app(&self) -> Option<&Self> {
        self.learn.aside.get(&Desk::Own)
    }

    fn desk(&self) -> Desk {
        self.page().map_or(Desk::Own, |page| Desk::Page(page.name))
    }

    /// Opens a page at its start.
    fn begin_page(&mut self, page: &'static Page, guessed: Option<f64>) -> Vec<Effect> {
        let Ok((run, network)) = page.prepare(None) else {
            self.notice = Some(format!("internal error: the page {} has no run", page.name));
            return Vec::new();
        };
        let start = Start {
            state: StartState::Paused,
            pace: page.stand.pace,
            looks_ahead: true,
            retraces: false,
        };
        let view = standing(page, RunView::new(run.clone(), network, start));
        let (from, before) = self.sit_down(self.at_page(page, view, guessed));
        let origin = Origin::Start(run);
        let mut effects = vec![if from == self.desk() {
            Effect::Begin {
                origin,
                start,
                departs: None,
            }
        } else {
            self.learn.aside.insert(from, before);
            Effect::PutAside {
                desk: from,
                origin,
                start,
            }
        }];
        if page.stand.epoch > 0 {
            effects.push(Effect::Train(Command::TrainTo(page.stand.epoch)));
        }
        if page.sweeps {
            effects.extend(self.sweep.start(&self.run.run));
        }
        effects.push(self.remember());
        effects
    }

    /// The app with a page at its start.
    fn at_page(&self, page: &'static Page, view: RunView, guessed: Option<f64>) -> Self {
        let mut app = Self::new(view, self.appearance).with_view(View::Learn);
        app.background = self.background;
        app.own_source.clone_from(&self.own_source);
        app.labels = self.labels;
        app.notice = None;
        let mut scene = Scene::new(page, guessed);
        scene.touched = Handle::first(page, &app.run);
        if let Guessed::Typing(_) = scene.guess {
            app.focus = Focus::Guess;
        }
        app.learn.scene = Some(Box::new(scene));
        app
    }

    /// Shows a page as it was left.
    fn return_to_page(&mut self, page: &Page, left: Self) -> Vec<Effect> {
        let (from, before) = self.sit_down(left);
        self.learn.aside.insert(from, before);
        if self.has_begun(page) {
            self.notice = Some("this lesson is as you left it – r starts it again".to_owned());
        }
        let back = Effect::TakeBack {
            aside: from,
            desk: self.desk(),
        };
        vec![back, self.remember()]
    }

    /// Whether something has been trained or reached on the open page.
    fn has_begun(&self, page: &Page) -> bool {
        let position = self.run.training.position;
        let is_reached = |scene: &Scene| scene.reached.iter().any(Option::is_some);
        self.scene().is_some_and(is_reached)
            || (position.epoch, position.step) > (page.stand.epoch, 0)
    }

    /// Gives the reader's own run back, just as it was; in another view, if one is asked for.
    pub(in crate::app) fn leave_lessons(&mut self, view: Option<View>) -> Vec<Effect> {
        let Some(own) = self.learn.aside.remove(&Desk::Own) else {
            return Vec::new();
        };
        let (from, before) = self.sit_down(own);
        self.learn.aside.insert(from, before);
        let mut effects = vec![Effect::TakeBack {
            aside: from,
            desk: Desk::Own,
        }];
        if let Some(view) = view {
            effects.extend(self.show_view(view));
        }
        effects
    }

    /// Shows another app; returns the one before as it is put aside, with its desk.
    fn sit_down(&mut self, mut next: Self) -> (Desk, Self) {
        let from = self.desk();
        self.stop_asking();
        next.learn.place = mem::take(&mut self.learn.place);
        next.learn.aside = mem::take(&mut self.learn.aside);
        if let Some(page) = next.page() {
            page.name.clone_into(&mut next.learn.place.page);
            (next.appearance, next.background) = (self.appearance, self.background);
        }
        // Answers to what was begun at one desk belong to no other.
        next.runs.count_on_from(&self.runs);
        next.preparation = self.preparation.next();
        let mut before = mem::replace(self, next);
        if from != Desk::Own {
            (before.overlay, before.notice) = (Overlay::None, None);
        }
        (from, before)
    }
}

/// The run as a page begins with it.
fn standing(page: &Page, mut view: RunView) -> RunView {
    let stand = &page.stand;
    if let Some(parameter) = view.network.parameter_named(stand.selected) {
        view.backprop.selected = Selection::Parameter(parameter);
    }
    view.backprop.stage = stand.stage;
    view.backprop.digits = stand.digits;
    if let Some(values) = stand.typed {
        view.prediction.set(values);
        view.show(Shown::Prediction);
    }
    view
}
