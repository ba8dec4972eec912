//! The settings that a command line gives: each row of the [table](crate::session::setting) is an option.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

use crate::session::Draft;
use crate::session::setting::{Choices, DATA, ON, SECTIONS, Section, Setting, settings};

/// The settings that are given, with the texts of their values, in the order of the table.
#[derive(Debug, Clone, Default)]
pub struct Given(Vec<(&'static Setting, String)>);

/// Those of the data alone.
#[derive(Debug, Clone, Default)]
pub struct GivenData(pub Given);

impl Given {
    /// Sets them in a draft.
    ///
    /// # Panics
    ///
    /// Never: their texts were checked when they were read.
    pub fn apply(&self, draft: &mut Draft) {
        for (setting, text) in &self.0 {
            let set = setting.set(draft, text);
            set.expect("checked when it was read");
        }
    }

    /// The text that is given for an option.
    #[must_use]
    pub fn text(&self, option: &str) -> Option<&str> {
        let mut given = self.0.iter();
        let found = given.find(|(setting, _)| setting.option == option);
        found.map(|(_, text)| &**text)
    }

    /// Adds a setting, in its place in the table.
    pub(super) fn give(&mut self, setting: &'static Setting, text: String) {
        let place_of = |option: &str| settings().position(|setting| setting.option == option);
        self.0.push((setting, text));
        self.0.sort_by_key(|(setting, _)| place_of(setting.option));
    }

    /// Gives a setting another text.
    pub(super) fn replace(&mut self, setting: &'static Setting, text: String) {
        self.0.retain(|(other, _)| other.option != setting.option);
        self.give(setting, text);
    }

    /// The rows of all of them.
    pub fn settings(&self) -> impl Iterator<Item = &'static Setting> {
        self.0.iter().map(|(setting, _)| *setting)
    }

    fn read(matches: &ArgMatches, sections: &[&Section]) -> Self {
        let settings = sections.iter().flat_map(|section| section.settings);
        let given = settings.filter_map(|setting| Some((setting, text_of(setting, matches)?)));
        Self(given.collect())
    }
}

fn text_of(setting: &Setting, matches: &ArgMatches) -> Option<String> {
    if is_plain_flag(setting) {
        return matches.get_flag(setting.option).then(|| ON.to_owned());
    }
    let texts = matches.get_many::<String>(setting.option)?;
    Some(texts.map(String::as_str).collect::<Vec<_>>().join(","))
}

/// Whether the option alone says it all.
fn is_plain_flag(setting: &Setting) -> bool {
    matches!(setting.choices, Choices::Flag { .. }) && !setting.can_be_open
}

fn with_options(command: Command, sections: &[&'static Section]) -> Command {
    sections.iter().fold(command, |command, section| {
        let options = section.settings.iter().map(option);
        command.args(options.map(|option| option.help_heading(section.heading)))
    })
}

/// The option of a row.
fn option(setting: &'static Setting) -> Arg {
    let option = Arg::new(setting.option)
        .long(setting.option)
        .help(short_help(setting))
        .long_help(long_help(setting));
    if is_plain_flag(setting) {
        return option.action(ArgAction::SetTrue);
    }
    let (action, values) = match setting.choices {
        Choices::Flag { .. } => (ArgAction::Set, 0..=1),
        Choices::List(_) => (ArgAction::Append, 1..=1),
        _ => (ArgAction::Set, 1..=1),
    };
    option
        .action(action)
        .num_args(values)
        .default_missing_value(ON)
        .value_name(setting.value_name)
        .allow_negative_numbers(true)
        .value_parser(move |text: &str| {
            let checked = setting.set(&mut Draft::new(0), text);
            checked.map(|()| text.to_owned())
        })
}

fn short_help(setting: &Setting) -> String {
    let default = default(setting).map(|default| format!(" {default}"));
    setting.summary() + &default.unwrap_or_default()
}

fn long_help(setting: &Setting) -> String {
    let explanation = format!("{} {}", setting.explanation, setting.details);
    let paragraphs = [
        Some(setting.summary()),
        Some(explanation.trim_end().to_owned()),
        default(setting),
    ];
    let paragraphs: Vec<String> = paragraphs.into_iter().flatten().collect();
    paragraphs.join("\n\n")
}

fn default(setting: &Setting) -> Option<String> {
    let text = setting.default_text()?;
    Some(format!("[default: {text}]"))
}

impl Args for Given {
    fn augment_args(command: Command) -> Command {
        with_options(command, &SECTIONS)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self::read(matches, &SECTIONS))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for GivenData {
    fn augment_args(command: Command) -> Command {
        with_options(command, &[&DATA])
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for GivenData {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self(Given::read(matches, &[&DATA])))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
