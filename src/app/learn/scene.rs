//! The page that is open, and what has been reached on it.

use std::collections::BTreeSet;

use super::figures::Figures;
use super::{Goal, Page};
use crate::app::TextField;

/// The page that is open.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The page.
    pub page: &'static Page,
    /// The number that shows that a goal is reached, for each goal; of [`Proof::Epoch`](super::Proof), the epoch.
    pub reached: Vec<Option<f64>>,
    /// The reader's guess.
    pub guess: Guessed,
    /// Whether a number has been asked for, as Enter was pressed without one.
    pub(super) has_asked: bool,
    /// How many hints have been asked for.
    pub hints: Hints,
    /// What each variant of the run changes.
    pub variants: Vec<String>,
    /// The variant that has been started, if any.
    pub variant: Option<usize>,
    /// The lines by which the text is scrolled, where it is too long for the window.
    pub scroll: usize,
    /// What the guess is about, by the prepared run, once it is known.
    pub(super) answer: Option<f64>,
    /// The figures of the text, once the prepared run stands where it should.
    pub(super) figures: Option<Figures>,
    /// The variants that have been started.
    pub(super) started: BTreeSet<usize>,
    /// The index of what the arrows have chosen.
    pub(super) touched: usize,
    /// How many parts of the solution have been carried out, if that was asked for.
    pub(super) played: Option<usize>,
}

/// A guess at a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Guessed {
    /// There is nothing to guess, or it was skipped.
    Nothing,
    /// It is being typed.
    Typing(TextField),
    /// It is made.
    Made(f64),
}

/// How much help has been asked for, in three rungs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hints {
    /// None.
    None,
    /// What to think of.
    Nudge,
    /// The keys to press.
    Keys,
    /// They have been pressed.
    Done,
}

impl Scene {
    /// A page at its start, with the guess that was made on it before, if any.
    pub(super) fn new(page: &'static Page, guessed: Option<f64>) -> Self {
        let guess = match (&page.guess, guessed) {
            (Some(_), None) => Guessed::Typing(TextField::new(String::new())),
            (Some(_), Some(guess)) => Guessed::Made(guess),
            (None, _) => Guessed::Nothing,
        };
        Self {
            page,
            reached: vec![None; page.goals.len()],
            guess,
            has_asked: false,
            hints: Hints::None,
            variants: page.variant_texts(),
            variant: None,
            scroll: 0,
            answer: None,
            figures: None,
            started: BTreeSet::new(),
            touched: 0,
            played: None,
        }
    }

    /// Whether all goals are reached.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.reached.iter().all(Option::is_some)
    }

    /// Notes the numbers of the goals that are reached now. Once that of the present variant is, the next one is chosen.
    pub(super) fn note_reached(&mut self, now: Vec<Option<f64>>) {
        let open = |reached: &[Option<f64>]| reached.iter().filter(|one| one.is_none()).count();
        let before = open(&self.reached);
        for (reached, now) in self.reached.iter_mut().zip(now) {
            *reached = reached.or(now);
        }
        let is_over = open(&self.reached) < before && self.variant == Some(self.touched);
        if is_over && !self.is_done() {
            let mut others = (0..self.variants.len()).filter(|other| !self.started.contains(other));
            self.touched = others.next().unwrap_or(self.touched);
        }
    }

    /// The goals, each with the number that shows that it is reached.
    pub fn goals(&self) -> impl Iterator<Item = (&'static Goal, Option<f64>)> {
        self.page.goals.iter().zip(self.reached.iter().copied())
    }

    /// Whether all figures of the text are known.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.figures.as_ref().is_some_and(Figures::is_complete)
    }

    /// Shows the last lines of the text: a hint stands there, and a small window may not reach so far.
    pub(super) fn show_end(&mut self) {
        self.scroll = usize::MAX;
    }

    /// Returns the lines of the text with their figures, which `write` writes with some significant digits; "…" stands for
    /// a figure that is not known yet.
    #[must_use]
    pub fn text(&self, write: impl Fn(f64, usize) -> String) -> Vec<String> {
        let none = Figures::default();
        let figures = self.figures.as_ref().unwrap_or(&none);
        let lines = self.page.paragraphs().into_iter();
        lines.map(|line| figures.filled(&line, &write)).collect()
    }

    /// Whether a hint is shown that Esc closes.
    pub(in crate::app) fn has_open_hint(&self) -> bool {
        matches!(self.hints, Hints::Nudge | Hints::Keys)
    }

    /// What a variant is started with whose figures are not those of the text, if there is such a one.
    #[must_use]
    pub fn other_than_text(&self) -> Option<&str> {
        // The sizes of data and network are those of every variant.
        let source = self.page.source.replace("{samples}", "");
        let source = source.replace("{parameters}", "");
        let has_figures = !self.page.is_live && source.contains('{');
        let variant = self.variant.filter(|_| has_figures)?;
        self.variants.get(variant).map(String::as_str)
    }
}
