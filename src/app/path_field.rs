//! Saving the run and opening another one: the field for the path, which says what is there while it is typed.

use std::path::Path;
use std::sync::Arc;

use super::announced::announced;
use super::message::PreparationId;
use super::{App, Effect, Overlay, Saved, TextField};
use crate::session::{Existing, Found, PathFacts, Preparing, Run, Session, typed_path};

/// A field for a path.
#[derive(Debug, Clone, PartialEq)]
pub struct PathField {
    /// The typed text.
    pub text: TextField,
    /// What is known of it; `None` until it is looked up.
    pub facts: Option<PathFacts>,
    /// Why the file could not be opened.
    pub problem: Option<String>,
    /// How far the run is, while the file is being opened.
    pub preparing: Option<Preparing>,
    /// Whether the text is to be completed as soon as its possible ends are known.
    completes: bool,
    /// The number of the name that is suggested, if any: the first that is free is looked for.
    suggested: Option<u32>,
}

impl PathField {
    fn new(text: String) -> Self {
        let mut text = TextField::new(text);
        text.focus();
        Self {
            text,
            facts: None,
            problem: None,
            preparing: None,
            completes: false,
            suggested: None,
        }
    }

    /// A field that suggests a name for drawn points.
    fn of_points() -> Self {
        Self {
            suggested: Some(1),
            ..Self::new(name_of_points(1))
        }
    }

    /// Suggests the next name, unless another text was typed. Returns whether it has.
    fn suggest_next(&mut self) -> bool {
        let is_suggested = |number: &u32| self.text.text() == name_of_points(*number);
        let Some(number) = self.suggested.filter(is_suggested) else {
            return false;
        };
        *self = Self {
            suggested: Some(number + 1),
            ..Self::new(name_of_points(number + 1))
        };
        true
    }

    /// Asks what is at the path.
    fn look_up(&mut self) -> Vec<Effect> {
        (self.facts, self.problem) = (None, None);
        vec![Effect::LookUp(self.text.text().to_owned())]
    }

    /// Whether anything can be added to the path, as far as is known.
    pub(super) fn can_be_completed(&self) -> bool {
        let facts = self.facts.as_ref();
        let text = self.text.text();
        self.preparing.is_none() && facts.is_none_or(|facts| facts.completed(text) != text)
    }

    /// Whether a file can be written there, as far as is known.
    pub(super) fn can_be_saved(&self) -> bool {
        let found = self.facts.as_ref().map(|facts| &facts.found);
        let is_wrong = matches!(found, Some(Found::Folder | Found::Problem(_)));
        !self.text.text().is_empty() && !is_wrong
    }

    /// Whether there is something to open, as far as is known.
    pub(super) fn can_be_opened(&self) -> bool {
        let found = self.facts.as_ref().map(|facts| &facts.found);
        let is_there = matches!(found, None | Some(Found::File | Found::BuiltIn));
        !self.text.text().is_empty() && is_there && self.preparing.is_none()
    }
}

/// The name of a file for drawn points: points.csv, points-2.csv, …
fn name_of_points(number: u32) -> String {
    match number {
        1 => "points.csv".to_owned(),
        _ => format!("points-{number}.csv"),
    }
}

/// What is new with opened data beside the data: ": network 2-8-1, seed 7".
fn also_new(before: &Run, opened: &Run) -> String {
    let of_run = |run: &Run| run.config.architecture_for(&run.data.training);
    let [was, is] = [before, opened].map(of_run);
    let [was_begun, is_begun] = [before, opened].map(|run| run.config.begun_with());
    let new = [
        (was != is).then(|| format!("new network {is}")),
        (was_begun != is_begun).then_some(is_begun),
    ];
    let new: Vec<String> = new.into_iter().flatten().collect();
    let also = if new.is_empty() { "" } else { ": " };
    format!("{also}{}", new.join(", "))
}

impl App {
    /// Opens the field to save the run, with its usual name or the one that was typed.
    pub(super) fn ask_for_name(&mut self, typed: Option<String>) -> Vec<Effect> {
        let usual = || format!("nnscope-seed-{}.json", self.run.config().seed);
        self.overlay = Overlay::Save(PathField::new(typed.unwrap_or_else(usual)));
        self.look_up()
    }

    /// Opens the field to save drawn points, with a free name or the one that was typed.
    pub(super) fn ask_for_name_of_points(&mut self, typed: Option<String>) -> Vec<Effect> {
        self.overlay = Overlay::SavePoints(typed.map_or_else(PathField::of_points, PathField::new));
        self.look_up()
    }

    /// Opens the field to open a run or data.
    pub(super) fn ask_for_file(&mut self) -> Vec<Effect> {
        self.overlay = Overlay::Open(PathField::new(String::new()));
        self.look_up()
    }

    /// Asks what is at the path that is typed, if one is.
    pub(super) fn look_up(&mut self) -> Vec<Effect> {
        let field = self.overlay.path_field();
        field.map(PathField::look_up).unwrap_or_default()
    }

    /// Completes the path, or as soon as it is known how.
    pub(super) fn complete_path(&mut self) -> Vec<Effect> {
        let Some(field) = self.overlay.path_field() else {
            return Vec::new();
        };
        let Some(facts) = &field.facts else {
            field.completes = true;
            return Vec::new();
        };
        let text = facts.completed(field.text.text());
        if text == field.text.text() {
            return Vec::new();
        }
        field.text = TextField::new(text);
        field.look_up()
    }

    pub(super) fn hear_looked_up(&mut self, text: &str, facts: PathFacts) -> Vec<Effect> {
        let Some(field) = self.overlay.path_field() else {
            return Vec::new();
        };
        // An earlier answer may come after the next key.
        if field.text.text() != text {
            return Vec::new();
        }
        if facts.found == Found::File && field.suggest_next() {
            return field.look_up();
        }
        field.facts = Some(facts);
        if std::mem::take(&mut field.completes) {
            return self.complete_path();
        }
        Vec::new()
    }

    /// Saves the run or the drawn points at the typed path; an existing file is replaced only after a question.
    pub(super) fn save_there(&mut self) -> Vec<Effect> {
        let (saved, field) = match &self.overlay {
            Overlay::Save(field) => (Saved::Run, field),
            Overlay::SavePoints(field) => (Saved::Points, field),
            _ => return Vec::new(),
        };
        if !field.can_be_saved() {
            return Vec::new();
        }
        let path = typed_path(field.text.text());
        self.overlay = Overlay::None;
        self.save(saved, path, Existing::Keep)
    }

    /// Opens what is at the typed path; the field stays until that is there.
    pub(super) fn open_there(&mut self) -> Vec<Effect> {
        let Overlay::Open(field) = &mut self.overlay else {
            return Vec::new();
        };
        if !field.can_be_opened() {
            return Vec::new();
        }
        field.preparing = Some(Preparing::BEGUN);
        let path = typed_path(field.text.text());
        self.preparation = self.preparation.next();
        let id = self.preparation;
        vec![Effect::Open { id, path }]
    }

    /// Leaves the field of a file that is being opened, or the opening only.
    pub(super) fn leave_file(&mut self) -> Vec<Effect> {
        if let Overlay::Open(field) = &mut self.overlay
            && field.preparing.take().is_some()
        {
            self.preparation = self.preparation.next();
            return vec![Effect::CancelPreparation];
        }
        self.overlay = Overlay::None;
        Vec::new()
    }

    /// Shows the opened run, and keeps the present one; or says why there is none.
    pub(super) fn hear_opened(
        &mut self,
        id: PreparationId,
        opened: Result<(Arc<Run>, Box<Session>), String>,
    ) -> Vec<Effect> {
        let (Overlay::Open(field), true) = (&mut self.overlay, id == self.preparation) else {
            return Vec::new();
        };
        field.preparing = None;
        let (run, session) = match opened {
            Ok(opened) => opened,
            Err(problem) => {
                let data = typed_path(field.text.text());
                field.problem = Some(problem.clone());
                self.mend_data(&data, &problem);
                return Vec::new();
            }
        };
        let opened = format!("opened {}", field.text.text());
        let also = also_new(&self.run.run, &run);
        self.notice = announced(&run).or(Some(opened + &also));
        self.overlay = Overlay::None;
        let start = self.next_start();
        self.begin_prepared(run, session, start)
    }

    /// Opens the settings for data that cannot be read as it is, if a setting would mend that.
    fn mend_data(&mut self, data: &Path, problem: &str) {
        let data = data.to_str().map(str::to_owned);
        let settings = data.and_then(|data| self.settings().for_problem(data, problem));
        if let Some(settings) = settings {
            self.overlay = Overlay::Settings(Box::new(settings));
        }
    }
}
