//! Why a draft could not be applied, shown at the setting that mends it.

use super::{Row, Settings};

impl Settings {
    /// A draft of a run on other data that could not be read as it is; `None` if no setting would mend that.
    pub(in crate::app) fn for_problem(mut self, data: String, problem: &str) -> Option<Self> {
        self.take_data(data);
        let row = self.row_named_in(problem)?;
        self.show_problem(problem.to_owned());
        self.selected = row;
        Some(self)
    }

    /// Shows why the draft could not be applied, and selects the setting that the reason names, if it names one.
    pub(in crate::app) fn show_problem(&mut self, problem: String) {
        self.selected = self.row_named_in(&problem).unwrap_or(self.selected);
        (self.preparing, self.problem) = (None, Some(problem));
    }

    /// The line of the option that a text names first: "--drop-missing leaves such rows out".
    fn row_named_in(&self, text: &str) -> Option<usize> {
        let named = |row: &Row| text.find(&format!("--{} ", row.option()));
        let rows = self.rows();
        let places = rows.iter().enumerate();
        let named = places.filter_map(|(index, row)| Some((named(row)?, index)));
        named.min().map(|(_, index)| index)
    }
}
