//! The table of settings: nothing is missing from it, and nothing that comes from it misses a row.

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::{Command, CommandFactory, Parser};
use nnscope::cli::Cli;
use nnscope::data::people;
use nnscope::session::setting::{AUTO, Choices, ON, Setting, Turn, settings};
use nnscope::session::{Draft, Run};
use serde_json::{Map, Value};

/// A text that is another value than that of the usual run.
fn example(setting: &Setting) -> String {
    match setting.choices {
        Choices::Names(names) => (*names().last().unwrap()).to_owned(),
        Choices::Numbers { steps, .. } => steps.last().unwrap().to_string(),
        Choices::Whole => "7".to_owned(),
        Choices::Flag { .. } => ON.to_owned(),
        Choices::Text(examples) => examples.last().unwrap().to_string(),
        Choices::List(example) => example.to_owned(),
        Choices::Dataset => "xor".to_owned(),
        Choices::Layers => "3,5".to_owned(),
    }
}

/// The usual run, but on data that something is drawn of.
fn usual() -> Draft {
    let mut draft = Draft::new(0);
    "spiral".clone_into(&mut draft.source.data);
    draft
}

/// The same but for this setting.
fn with_example(setting: &Setting) -> Draft {
    let mut draft = usual();
    setting.set(&mut draft, &example(setting)).unwrap();
    draft
}

/// The run as a file has it: configuration and data source.
fn fields(draft: Draft) -> [Map<String, Value>; 2] {
    let run = Run::prepare(draft, Arc::new(people())).unwrap();
    let objects = [
        serde_json::to_value(&run.config),
        serde_json::to_value(&run.source),
    ];
    objects.map(|object| object.unwrap().as_object().unwrap().clone())
}

#[test]
fn every_field_of_a_run_has_a_row() {
    let usual = fields(usual());
    let mut changed = [BTreeSet::new(), BTreeSet::new()];
    for setting in settings() {
        let fields = fields(with_example(setting));
        for ((fields, usual), changed) in fields.into_iter().zip(&usual).zip(&mut changed) {
            let other = fields.into_iter();
            let other = other.filter(|(name, value)| usual.get(name) != Some(value));
            changed.extend(other.map(|(name, _)| name));
        }
    }
    for (usual, changed) in usual.iter().zip(&changed) {
        let missing: Vec<&String> = usual
            .keys()
            .filter(|name| !changed.contains(*name))
            .collect();
        assert!(missing.is_empty(), "no row changes {missing:?}");
    }
    // What the usual run leaves out of its file has a row too.
    for optional in ["until_loss", "initial_layers"] {
        assert!(changed[0].contains(optional), "{optional}");
    }
}

#[test]
fn every_row_is_whole() {
    let mut options = BTreeSet::new();
    for setting in settings() {
        let option = setting.option;
        assert!(options.insert(option), "--{option} stands twice");
        let is_flag = matches!(setting.choices, Choices::Flag { .. });
        let takes_value = !is_flag || setting.can_be_open;
        assert_eq!(!setting.value_name.is_empty(), takes_value, "--{option}");
        assert!(
            !setting.name.is_empty() && !setting.help.is_empty(),
            "--{option}"
        );
        assert!(setting.label.contains("{}"), "--{option}");
        assert!(setting.explanation.ends_with(['.', '?']), "--{option}");
        let draft = with_example(setting);
        assert!(setting.differs(&draft, &usual()), "--{option}");
        assert!(setting.asked(&draft).is_some(), "--{option}");
    }
}

#[test]
fn the_default_that_the_help_names_is_that_of_the_usual_run() {
    for setting in settings() {
        let Some(default) = setting.default_text() else {
            continue;
        };
        let (default, _) = default.split_once(", for files ").unwrap_or((&default, ""));
        // Texts name theirs in words, and a seed is random.
        let is_in_words = matches!(setting.choices, Choices::Text(_) | Choices::List(_))
            || ["random", AUTO].contains(&default);
        let text = setting.text(&Draft::new(0));
        assert!(is_in_words || text == default, "--{}", setting.option);
    }
}

#[test]
fn every_value_can_be_turned_to_both_ends_and_read_back() {
    let can_be_turned = |setting: &&Setting| {
        matches!(
            setting.choices,
            Choices::Names(_)
                | Choices::Numbers { .. }
                | Choices::Whole
                | Choices::Flag { .. }
                | Choices::Text(_)
        )
    };
    for setting in settings().filter(can_be_turned) {
        let mut draft = usual();
        for turn in [Turn::Back, Turn::Forward, Turn::Back] {
            for _ in 0..50 {
                setting.turn(&mut draft, turn);
                let text = setting.text(&draft);
                let mut read = with_example(setting);
                setting.set(&mut read, &text).unwrap();
                assert_eq!(setting.text(&read), text, "--{}", setting.option);
            }
        }
    }
}

/// The help of a command and its options, as one text without line breaks.
fn help(command: &mut Command) -> String {
    let help = command.render_long_help().to_string();
    help.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_option_is_in_the_help_of_every_command_that_trains() {
    let mut screen = Cli::command();
    let mut helps = vec![help(&mut screen)];
    for name in ["train", "sweep", "screenshot"] {
        helps.push(help(screen.find_subcommand_mut(name).unwrap()));
    }
    for (help, setting) in helps
        .iter()
        .flat_map(|help| settings().map(move |row| (help, row)))
    {
        let option = format!(" --{} ", setting.option);
        assert!(help.contains(&option), "{option}");
        let words = setting.summary();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains(&words), "{words}");
        assert!(
            help.contains(setting.explanation),
            "{}",
            setting.explanation
        );
    }
    for heading in ["Data:", "Network:", "Training:", "Output:", "Examples:"] {
        assert!(helps.iter().all(|help| help.contains(heading)), "{heading}");
    }
}

#[test]
fn the_examples_of_the_help_are_command_lines() {
    let mut screen = Cli::command();
    let mut helps = vec![screen.render_help().to_string()];
    for name in ["train", "sweep", "screenshot", "predict"] {
        let command = screen.find_subcommand_mut(name).unwrap();
        helps.push(command.render_help().to_string());
    }
    for help in helps {
        let (_, examples) = help.split_once("Examples:\n").unwrap();
        for line in examples.lines() {
            // Two spaces or more separate a remark.
            let line = line.trim_start().split("  ").next().unwrap();
            let parsed = Cli::try_parse_from(line.split(' '));
            assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
        }
    }
}
