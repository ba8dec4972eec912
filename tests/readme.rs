//! The README is never out of date.

use std::fmt::Write;
use std::process::Command;

use nnscope::app::keymap::{self, Context};
use nnscope::data::TABLES;
use nnscope::session::built_in_names;

const README: &str = include_str!("../README.md");
const DATASETS: &str = include_str!("../assets/datasets/README.md");

#[test]
fn the_readme_has_the_key_table() {
    let mut table = String::new();
    for (heading, contexts) in [
        ("in every view", &[Context::Run, Context::Anywhere][..]),
        ("in the Train view", &[Context::Train]),
        ("in the Backprop view", &[Context::Backprop]),
    ] {
        write!(table, "| key | {heading} |\n|---|---|\n").unwrap();
        for (keys, words) in contexts.iter().copied().flat_map(keymap::lines_of) {
            let keys: Vec<String> = keys.split(' ').map(|key| format!("`{key}`")).collect();
            writeln!(table, "| {} | {words} |", keys.join(" ")).unwrap();
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
