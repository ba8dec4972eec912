//! The settings panel: a draft of another run, changed value by value, then applied as a whole.

mod row;
mod typing;

pub use row::Row;
pub use typing::Typing;

use super::turn::{Turn, turn_choice};
use crate::nn::LayerRequest;
use crate::session::config::{MOST_LAYERS, MOST_UNITS};
use crate::session::setting::{Choices, settings};
use crate::session::{Change, DataSource, Draft, built_in_names};

/// A draft of another run, and the setting that the keys change.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The run that is asked for.
    pub draft: Draft,
    /// The selected one of [`Settings::rows`].
    pub selected: usize,
    /// Why it could not be applied.
    pub problem: Option<String>,
    /// The value that is being typed, if any.
    pub typing: Option<Typing>,
    /// How many rows of its data have been read, while the run is being prepared.
    pub rows_read: Option<usize>,
    /// What the draft began as.
    before: Box<Draft>,
    /// The data that the program was started with.
    own: DataSource,
    /// Whether the present run can continue at all.
    can_continue: bool,
}

/// What applying a draft would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing is changed.
    Nothing,
    /// The run continues with other values.
    Continues,
    /// A new run starts.
    Restarts,
}

impl Settings {
    /// A draft that is the present run, which may be unable to continue. `own` is the data that the program was
    /// started with.
    #[must_use]
    pub fn new(own: &DataSource, draft: Draft, can_continue: bool) -> Self {
        Self {
            before: Box::new(draft.clone()),
            draft,
            selected: 0,
            problem: None,
            typing: None,
            rows_read: None,
            own: own.clone(),
            can_continue,
        }
    }

    /// All lines of the panel, in order: the settings that are for such data.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let seen = settings().filter(|row| row.is_in_panel && row.applies_to(&self.draft));
        let mut rows = Vec::new();
        for setting in seen {
            rows.push(Row::Of(setting));
            if matches!(setting.choices, Choices::Layers) {
                rows.extend((0..self.draft.config().hidden.len()).map(Row::Units));
            }
        }
        rows
    }

    /// The line whose value the keys change.
    #[must_use]
    pub fn selected(&self) -> Row {
        self.rows()[self.selected]
    }

    /// What applying the draft would do.
    #[must_use]
    pub fn consequence(&self) -> Consequence {
        let applying = settings().filter(|setting| setting.applies_to(&self.draft));
        let mut fixed = applying.filter(|setting| !setting.can_change_on_the_way());
        let takes_new_run = fixed.any(|setting| setting.differs(&self.draft, &self.before));
        match self.changes().is_empty() {
            true if !takes_new_run => Consequence::Nothing,
            false if !takes_new_run && self.can_continue => Consequence::Continues,
            _ => Consequence::Restarts,
        }
    }

    /// What the draft changes that a run can continue with.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        self.draft.changes_since(&self.before)
    }

    /// Selects the line before or after.
    pub(super) fn select(&mut self, turn: Turn) {
        self.stop_typing();
        self.selected = turn.index(self.selected, self.rows().len() - 1);
    }

    /// Selects a line.
    pub(super) fn select_row(&mut self, index: usize) {
        self.stop_typing();
        self.selected = index.min(self.rows().len() - 1);
    }

    /// Whether the value of the selected line can be typed.
    pub(super) fn takes_text(&self) -> bool {
        self.selected().takes_text()
    }

    /// Turns the value of the selected line to its neighbour.
    pub(super) fn turn(&mut self, turn: Turn) {
        self.stop_typing();
        match self.selected() {
            Row::Units(layer) => {
                let mut hidden = self.draft.config().hidden.clone();
                let units = &mut hidden[layer].units;
                *units = match turn {
                    Turn::Back => (*units - 1).max(1),
                    Turn::Forward => (*units + 1).min(MOST_UNITS),
                };
                self.draft.set_hidden(hidden);
            }
            Row::Of(setting) => match setting.choices {
                Choices::Dataset => self.turn_dataset(turn),
                Choices::Layers => self.turn_layers(turn),
                _ => setting.turn(&mut self.draft, turn),
            },
        }
    }

    fn turn_layers(&mut self, turn: Turn) {
        let mut hidden = self.draft.config().hidden.clone();
        match turn {
            Turn::Back => drop(hidden.pop()),
            Turn::Forward if hidden.len() < MOST_LAYERS => {
                let last = hidden.last().copied();
                hidden.push(last.unwrap_or(LayerRequest {
                    units: 2,
                    activation: None,
                }));
            }
            Turn::Forward => {}
        }
        self.draft.set_hidden(hidden);
    }

    fn turn_dataset(&mut self, turn: Turn) {
        let own = self.own.data.as_str();
        let mut names = built_in_names();
        if !names.contains(&own) {
            names.push(own);
        }
        let mut name = self.draft.source.data.as_str();
        turn_choice(&mut name, &names, turn);
        let name = name.to_owned();
        self.take_data(name);
    }

    /// Other data: nothing that was asked of the columns holds any more, and what suited the data follows it.
    fn take_data(&mut self, name: String) {
        let (before, draft) = (&*self.before, &mut self.draft);
        let known = [&before.source, &self.own];
        let known = known.into_iter().find(|source| source.data == name);
        let source = known.cloned().unwrap_or_else(|| DataSource {
            data: name,
            test_fraction: draft.source.test_fraction,
            seed: draft.source.seed,
            ..DataSource::default()
        });
        if source.data == before.source.data {
            draft.take(source, before.known());
            draft.restore("output-activation", before);
            draft.restore("loss", before);
        } else {
            draft.take(source, None);
        }
    }
}
