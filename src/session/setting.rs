//! The one table of settings: options, help, settings panel, share line, the differences between runs, and what
//! a loaded run may change all come from it.
//!
//! To add a setting, write
//!
//! 1. its field in [`TrainingConfig`] or [`DataSource`](super::DataSource), with the value of the usual run;
//! 2. its [row](Setting) in `setting/data.rs`, `network.rs` or `training.rs`;
//! 3. its use.
//!
//! Everything else goes through the text of its value, as it stands on the command line; a value of a new type brings
//! its text form (`setting/value.rs`). The compiler and `tests/settings.rs` find what is missing.

mod checks;
mod data;
mod field;
mod needs;
mod network;
mod number;
mod on_the_way;
mod screen_words;
mod training;
mod turn;
mod value;

use std::sync::LazyLock;

use anyhow::{Result, ensure};

use super::{Draft, TrainingConfig, built_in_names};
use crate::data::scrub;
use field::Field;
pub use needs::Needs;
pub use number::{read_count, read_number};
pub use on_the_way::OnTheWay;
pub use screen_words::in_screen_words;
pub use turn::Turn;

/// The text of a flag that is set.
pub const ON: &str = "true";

/// The text of a flag that is not.
pub const OFF: &str = "false";

/// The text that leaves a setting open.
pub const AUTO: &str = "auto";

/// A row of the table.
#[derive(Debug)]
pub struct Setting {
    /// The option, without its dashes.
    pub option: &'static str,
    /// What stands for its value in the help; empty for a flag that takes none.
    pub value_name: &'static str,
    /// The name on the screen.
    pub name: &'static str,
    /// How a label says that runs differ in it: `{}` is its value.
    pub label: &'static str,
    /// What the option takes, without the names that can be chosen.
    pub help: &'static str,
    /// What it does, in one sentence.
    pub explanation: &'static str,
    /// What only `--help` says.
    pub details: &'static str,
    /// What is taken if nothing is asked for, as a word or a value; `None` for the value of the post's run.
    pub default: Option<&'static str>,
    /// Whether it can be left open, as the text `auto`: it then has the value that suits the data.
    pub can_be_open: bool,
    /// Which values it can have.
    pub choices: Choices,
    /// The data or the optimizer that it is for.
    pub needs: Needs,
    /// What a change of it does to a run on its way.
    pub on_the_way: OnTheWay,
    /// What `--load` does with it.
    pub on_load: OnLoad,
    /// Its value as a person would say it; `None` if that is its text.
    pub say: Option<fn(&Draft) -> String>,
    /// Where its value is.
    field: Field,
}

/// Which values a setting can have.
#[derive(Debug, Clone, Copy)]
pub enum Choices {
    /// One of these names.
    Names(fn() -> Vec<&'static str>),
    /// A number.
    Numbers {
        /// Where turning stops, in order.
        steps: &'static [f64],
        /// A text for no limit, and the number that it counts as.
        unlimited: Option<(&'static str, f64)>,
    },
    /// A whole number, which turns one by one.
    Whole,
    /// Set or not; how each is said.
    Flag {
        /// Not set.
        off: &'static str,
        /// Set.
        on: &'static str,
    },
    /// Any text, such as these.
    Text(&'static [&'static str]),
    /// Texts with commas between them, such as these.
    List(&'static str),
    /// The name of built-in data, or a file.
    Dataset,
    /// The hidden layers, which the panel has one by one, too.
    Layers,
}

/// What a loaded run does with an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnLoad {
    /// It continues with the new value.
    Changes,
    /// It refuses another value than its own.
    Keeps,
    /// It refuses any.
    Refuses,
}

/// Settings under one heading.
#[derive(Debug)]
pub struct Section {
    /// The heading in the help.
    pub heading: &'static str,
    /// Its rows.
    pub settings: &'static [Setting],
}

/// What the data is and where it comes from.
pub static DATA: Section = Section {
    heading: "Data",
    settings: data::SETTINGS,
};

/// All settings.
pub static SECTIONS: [&Section; 3] = [
    &DATA,
    &Section {
        heading: "Network",
        settings: network::SETTINGS,
    },
    &Section {
        heading: "Training",
        settings: training::SETTINGS,
    },
];

/// All rows, in the order of help, panel and share line.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    SECTIONS.iter().flat_map(|section| section.settings)
}

/// The row of an option.
///
/// # Panics
///
/// If there is no such option.
#[must_use]
pub fn setting(option: &str) -> &'static Setting {
    let mut all = settings();
    let found = all.find(|setting| setting.option == option);
    found.unwrap_or_else(|| panic!("no setting has the option --{option}"))
}

impl Setting {
    /// What a row leaves out.
    const ROW: Self = Self {
        option: "",
        value_name: "",
        name: "",
        label: "",
        help: "",
        explanation: "",
        details: "",
        default: None,
        can_be_open: false,
        choices: Choices::Text(&[]),
        needs: Needs::Nothing,
        on_the_way: OnTheWay::Restarts,
        on_load: OnLoad::Changes,
        say: None,
        field: Field::NONE,
    };

    /// The text that is asked for; `None` for the usual run's, and for what is left open.
    #[must_use]
    pub fn asked(&self, draft: &Draft) -> Option<String> {
        static USUAL: LazyLock<Draft> = LazyLock::new(|| Draft::new(0));
        if self.can_be_open {
            return (!draft.is_open(self.option)).then(|| self.field.show(draft))?;
        }
        let text = self.field.show(draft)?;
        let is_usual = || self.field.show(&USUAL).is_some_and(|usual| usual == text);
        (self.default.is_some() || !is_usual()).then_some(text)
    }

    /// Whether it is asked for, and not just drawn anew for each run.
    #[must_use]
    pub fn is_unusual(&self, draft: &Draft) -> bool {
        self.option != "seed" && self.asked(draft).is_some()
    }

    /// What is taken if the option is not given; `None` for a flag that cannot be open.
    #[must_use]
    pub fn default_text(&self) -> Option<String> {
        if let Some(default) = self.default {
            return Some(default.to_owned());
        }
        let usual = self.field.show(&Draft::new(0))?;
        if !self.can_be_open {
            return (!matches!(self.choices, Choices::Flag { .. })).then_some(usual);
        }
        let file = self.field.show(&Draft::of_a_file())?;
        Some(format!("{usual}, for files {file}"))
    }

    /// The text of the value, or of what is taken where it is left open.
    #[must_use]
    pub fn text(&self, draft: &Draft) -> String {
        if !draft.is_decided(self.option) {
            return AUTO.to_owned();
        }
        let shown = self.field.show(draft);
        shown.unwrap_or_else(|| self.default.unwrap_or_default().to_owned())
    }

    /// What is edited of the value: its text, and nothing where that is a word for the default.
    #[must_use]
    pub fn typed(&self, draft: &Draft) -> String {
        let is_decided = draft.is_decided(self.option);
        let shown = is_decided.then(|| self.field.show(draft)).flatten();
        shown.unwrap_or_default()
    }

    /// Takes the value from another configuration.
    pub(super) fn copy(&self, from: &TrainingConfig, to: &mut TrainingConfig) {
        self.field.copy(from, to);
    }

    /// The value as the screen shows it.
    #[must_use]
    pub fn value(&self, draft: &Draft) -> String {
        if !draft.is_decided(self.option) {
            return AUTO.to_owned();
        }
        let text = || self.text(draft);
        match (self.say, self.choices) {
            (Some(say), _) => say(draft),
            (None, Choices::Flag { on, .. }) if text() == ON => on.to_owned(),
            (None, Choices::Flag { off, .. }) => off.to_owned(),
            (None, _) => text(),
        }
    }

    /// The name and the value as the screen shows them: "batch size 10".
    #[must_use]
    pub fn named_value(&self, draft: &Draft) -> String {
        format!("{} {}", self.name, self.value(draft))
    }

    /// The value in the words of a label: "batches of 10".
    #[must_use]
    pub fn label_of(&self, draft: &Draft) -> String {
        self.label_with(&self.value(draft))
    }

    /// A value, given as its text, in the words of a label: "batches of 10".
    #[must_use]
    pub fn label_with(&self, text: &str) -> String {
        self.label.replace("{}", text)
    }

    /// Whether two drafts differ in it.
    #[must_use]
    pub fn differs(&self, draft: &Draft, other: &Draft) -> bool {
        self.field.show(draft) != self.field.show(other)
    }

    /// Whether it is for the data and the optimizer of the draft.
    #[must_use]
    pub fn applies_to(&self, draft: &Draft) -> bool {
        self.needs.are_met_by(draft)
    }

    /// Checks that it applies to a draft that asks for it.
    ///
    /// # Errors
    ///
    /// One sentence that names what it is for, and what the draft has instead.
    pub fn check_applies(&self, draft: &Draft) -> Result<()> {
        let found = match self.needs {
            Needs::Optimizer(_) => draft.config.optimizer.name().to_owned(),
            _ => scrub(&draft.source.data),
        };
        ensure!(
            self.applies_to(draft),
            "--{} is for {}, not for {found}",
            self.option,
            self.needs.name()
        );
        Ok(())
    }

    /// Sets the value from a text. Nothing, or the words for the default, leave it open.
    ///
    /// # Errors
    ///
    /// One sentence, if the text is no value of this setting; the draft is then as it was.
    pub fn set(&self, draft: &mut Draft, text: &str) -> Result<()> {
        let text = text.trim_matches(is_stray);
        let is_open = self.can_be_open && matches!(text, "" | AUTO);
        if !is_open {
            // Words for the default could be read as the name of a column, but a number is a value.
            let is_text = matches!(self.choices, Choices::Text(_) | Choices::List(_));
            let is_default = self.default == Some(text);
            match self.read(draft, text) {
                Ok(()) if is_default && is_text => self.field.set(draft, ""),
                Err(_) if is_default => self.field.set(draft, ""),
                read => read,
            }?;
        }
        if self.can_be_open {
            draft.set_open(self.option, is_open);
        }
        // What suits the draft may be something else now.
        draft.suit();
        Ok(())
    }

    fn read(&self, draft: &mut Draft, text: &str) -> Result<()> {
        if let Choices::Names(names) = self.choices {
            ensure!(
                names().contains(&text),
                "expected one of {}, found {text:?}",
                self.names().join(", ")
            );
        }
        self.field.set(draft, text)
    }

    /// What the option takes, the names that can be chosen included.
    #[must_use]
    pub fn summary(&self) -> String {
        let names = self.names();
        match names.split_last() {
            Some((last, others)) => format!("{}: {} or {last}", self.help, others.join(", ")),
            None => self.help.to_owned(),
        }
    }

    /// The names that can be chosen, the one that leaves it open first; empty if it has none.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        match self.choices {
            Choices::Names(names) => {
                let open = self.can_be_open.then_some(AUTO);
                open.into_iter().chain(names()).collect()
            }
            Choices::Dataset => built_in_names(),
            _ => Vec::new(),
        }
    }

    /// Checks that a run that is loaded can continue with this value.
    ///
    /// # Errors
    ///
    /// One sentence, if that is for new runs.
    pub fn check_loaded(&self, loaded: &Draft, asked: &Draft) -> Result<()> {
        let may = match self.on_load {
            OnLoad::Changes => true,
            OnLoad::Keeps => !self.differs(loaded, asked),
            OnLoad::Refuses => false,
        };
        ensure!(
            may,
            "a saved run continues as it began: --{} is for new runs",
            self.option
        );
        Ok(())
    }
}

/// Whether a character at an end of a value is there by mistake: the line end of a script from Windows, a no-break
/// space that was copied. A blank or a tab may be a delimiter.
fn is_stray(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t')
}
