//! The README is never out of date.

use std::fmt::Write;
use std::process::Command;

use nnscope::app::GESTURES;
use nnscope::app::keymap::{BINDINGS, Group};
use nnscope::data::TABLES;
use nnscope::session::built_in_names;
use nnscope::session::setting::SECTIONS;
use strum::VariantArray;

const README: &str = include_str!("../README.md");
const DATASETS: &str = include_str!("../assets/datasets/README.md");

#[test]
fn the_readme_has_the_key_table() {
    let mut table = String::new();
    for &group in Group::VARIANTS
        .iter()
        .filter(|group| **group != Group::Window)
    {
        write!(table, "| {} | |\n|---|---|\n", group.heading()).unwrap();
        for row in BINDINGS.iter().filter(|row| row.group == group) {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let place = row.context.place();
            let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
            writeln!(table, "| {} | {}{place} |", keys.join(" "), row.help).unwrap();
        }
        table.push('\n');
    }
    let (_, after) = README
        .split_once("<!-- from the key table; a test compares -->\n")
        .unwrap();
    let (found, _) = after.split_once("<!-- end -->").unwrap();
    assert_eq!(found, table, "the README's table should be:\n{table}");
}

#[test]
fn the_readme_has_the_table_of_the_mouse() {
    let mut table = "| Mouse | |\n|---|---|\n".to_owned();
    for (gesture, text) in GESTURES {
        writeln!(table, "| {gesture} | {text} |").unwrap();
    }
    let (_, after) = README
        .split_once("<!-- from the table of the mouse; a test compares -->\n")
        .unwrap();
    let (found, _) = after.split_once("<!-- end -->").unwrap();
    assert_eq!(found, table, "the README's table should be:\n{table}");
}

#[test]
fn the_readme_has_the_table_of_settings() {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut table = String::new();
    for section in SECTIONS {
        write!(
            table,
            "| {} | | default |\n|---|---|---|\n",
            section.heading
        )
        .unwrap();
        for setting in section.settings {
            let option = format!("--{} {}", setting.option, setting.value_name);
            let option = cell(option.trim_end());
            let (summary, default) = (cell(&setting.summary()), setting.default_text());
            let default = default.unwrap_or_default();
            writeln!(table, "| `{option}` | {summary} | {default} |").unwrap();
        }
        table.push('\n');
    }
    let (_, after) = README
        .split_once("<!-- from the table of settings; a test compares -->\n")
        .unwrap();
    let (found, _) = after.split_once("<!-- end -->").unwrap();
    assert_eq!(found, table, "the README's table should be:\n{table}");
}

#[test]
fn the_readme_and_the_help_name_every_built_in_dataset() {
    let help = Command::new(env!("CARGO_BIN_EXE_nnscope"))
        .args(["train", "--help"])
        .output();
    let help = String::from_utf8(help.unwrap().stdout).unwrap();
    for name in built_in_names() {
        assert!(README.contains(&format!("`{name}`")), "{name}");
        assert!(help.contains(name), "{name}");
    }
    // Whose they are.
    for table in &TABLES {
        assert!(DATASETS.contains(&format!("`{}.csv`", table.name)));
    }
}

#[test]
fn the_readme_names_the_two_commands() {
    assert!(README.contains("\ncargo run --release\ncargo test\n"));
}
