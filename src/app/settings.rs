//! The settings panel: a draft of another run, changed value by value, then applied as a whole.

mod completion;
mod known;
mod problem;
mod row;
mod selection;
mod turning;
mod typing;

use known::KnownData;
pub use row::Row;
pub use selection::Jump;
pub use typing::Typing;

use super::RunView;
use crate::session::setting::{Choices, settings};
use crate::session::{Change, DataSource, Draft, Preparing};

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
    /// How far the run is, while it is being prepared.
    pub preparing: Option<Preparing>,
    /// What the draft began as.
    before: Box<Draft>,
    /// The data that the program was started with.
    own: DataSource,
    /// What is known of the present data.
    data: KnownData,
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
    pub fn new(own: &DataSource, run: &RunView, can_continue: bool) -> Self {
        let draft = run.draft();
        Self {
            before: Box::new(draft.clone()),
            draft,
            selected: 0,
            problem: None,
            typing: None,
            preparing: None,
            own: own.clone(),
            data: KnownData::of(run.dataset()),
            can_continue,
        }
    }

    /// The draft whose settings are listed. Those of half a name of data are not those of the data: the list waits until it
    /// is typed.
    #[must_use]
    pub fn listed(&self) -> &Draft {
        self.draft_before_data().unwrap_or(&self.draft)
    }

    /// The draft whose value a line has.
    fn draft_of(&self, row: Row) -> &Draft {
        match row.setting().choices {
            Choices::Dataset => &self.draft,
            _ => self.listed(),
        }
    }

    /// All lines of the panel, in order: the settings that are for such data.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let seen = settings().filter(|row| row.applies_to(self.listed()));
        let mut rows = Vec::new();
        for setting in seen {
            rows.push(Row::Of(setting));
            if matches!(setting.choices, Choices::Layers) {
                rows.extend((0..self.listed().config().hidden.len()).map(Row::Units));
            }
        }
        rows
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

    /// What cannot go together in the draft, as far as that is known before its data is read.
    #[must_use]
    pub fn conflict(&self) -> Option<String> {
        let is_known = self.draft.is_decided("output-activation") && self.draft.is_decided("loss");
        let checked = is_known.then(|| self.draft.config().check());
        checked?.err().map(|problem| problem.to_string())
    }

    /// Whether a line has another value than the present run.
    #[must_use]
    pub fn is_changed(&self, row: Row) -> bool {
        let (draft, before) = (self.draft_of(row), &*self.before);
        match row {
            Row::Of(setting) => setting.differs(draft, before),
            Row::Units(layer) => {
                let [new, old] = [draft, before].map(|draft| draft.config().hidden.get(layer));
                new != old
            }
        }
    }
}
