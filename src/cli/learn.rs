//! `nnscope learn`: which lesson, and how.

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::{Mouse, ScreenOptions, examples};
use crate::app::{PAGES, page_named};
use crate::session::did_you_mean;

/// `nnscope learn`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output", after_help = examples::LEARN)]
pub struct LearnOptions {
    /// The screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Whether to use the mouse; off leaves it to the terminal
    #[arg(long, value_enum, default_value_t = Mouse::On, value_name = "ON|OFF")]
    pub mouse: Mouse,
    /// The lesson, by number or by name [default: where you were; all of them as text]
    #[arg(value_name = "LESSON", value_parser = read_lesson)]
    pub lesson: Option<usize>,
    /// List the lessons
    #[arg(long, conflicts_with_all = ["lesson", "format"])]
    pub list: bool,
    /// Print the lesson with its computed figures, instead of opening it
    #[arg(long, value_enum)]
    pub format: Option<LearnFormat>,
}

/// How a lesson is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LearnFormat {
    /// Plain text.
    Text,
}

impl LearnOptions {
    /// Whether a lesson is opened on the screen.
    #[must_use]
    pub fn is_on_screen(&self) -> bool {
        !self.list && self.format.is_none()
    }
}

/// The index of the page that is meant.
pub(super) fn read_lesson(text: &str) -> Result<usize> {
    if let Some(index) = page_named(text) {
        return Ok(index);
    }
    let meant = did_you_mean(text, PAGES.iter().map(|page| page.name));
    bail!(
        "expected a number from 1 to {} or a name of --list, found {text:?}{meant}",
        PAGES.len()
    )
}
