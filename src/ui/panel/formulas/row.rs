//! A row of the formulas.

use std::rc::Rc;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::equation::Page;
use super::part::Part;
use super::table::Table;
use crate::app::Stage;
use crate::ui::style::Theme;

/// A row of the document. A wide layer has thousands, of which only the visible ones are written.
pub(super) enum Row<'a> {
    Heading {
        stage: Stage,
        is_present: bool,
        note: String,
    },
    Formula {
        text: String,
        is_past: bool,
    },
    OfTable {
        table: Rc<Table<'a>>,
        row: usize,
        is_past: bool,
    },
    /// What a stage is about that is not shown yet.
    Coming(String),
    /// Why no more stages follow.
    End(&'static str),
}

impl<'a> Row<'a> {
    /// Returns the rows of a part.
    pub(super) fn of(part: Part<'a>, page: Page, is_past: bool) -> Vec<Self> {
        let formula = |text| Self::Formula { text, is_past };
        let table = match part {
            Part::Text(text) => return page.lines(&text).into_iter().map(formula).collect(),
            Part::Table(table) => Rc::new(table),
        };
        let rows = 0..table.rows();
        if table.has_room() {
            let row = |row| Self::OfTable {
                table: Rc::clone(&table),
                row,
                is_past,
            };
            return rows.map(row).collect();
        }
        let lines = rows.flat_map(|row| page.lines(&table.line(row)));
        lines.map(formula).collect()
    }

    /// Returns the line of the row, which emphasizes the name of the selected neuron or parameter.
    pub(super) fn line(&self, theme: Theme, name: &str) -> Line<'static> {
        match self {
            Self::Heading {
                stage,
                is_present,
                note,
            } => {
                let style = if *is_present {
                    theme.strong().patch(theme.chosen())
                } else {
                    theme.dim()
                };
                let heading = Span::styled(format!(" {} ", heading(*stage)), style);
                Line::from_iter([heading, Span::styled(note.clone(), theme.dim())])
            }
            Self::Formula { text, is_past } => emphasized(theme, text, name, *is_past),
            Self::OfTable {
                table,
                row,
                is_past,
            } => emphasized(theme, &table.line(*row), name, *is_past),
            Self::Coming(text) => Line::styled(text.clone(), theme.dim()),
            Self::End(why) => Line::styled(*why, theme.strong()),
        }
    }
}

pub(super) fn heading(stage: Stage) -> &'static str {
    match stage {
        Stage::Forward => "Forward",
        Stage::Loss => "Loss",
        Stage::Backward => "Backward",
        Stage::Update => "Update",
    }
}

/// Returns a line that emphasizes the name of the selected neuron or parameter.
fn emphasized(theme: Theme, text: &str, name: &str, is_past: bool) -> Line<'static> {
    let plain = if is_past { theme.dim() } else { Style::new() };
    let mut line = Line::default();
    let mut word = String::new();
    let push = |line: &mut Line<'static>, word: &mut String| {
        let style = if word == name {
            plain.patch(theme.strong())
        } else {
            plain
        };
        line.push_span(Span::styled(std::mem::take(word), style));
    };
    for c in text.chars() {
        let is_of_word =
            |c: char| c.is_ascii_alphanumeric() && !word.is_empty() || c.is_ascii_alphabetic();
        if !is_of_word(c) || !word.chars().all(|c| c.is_ascii_alphanumeric()) {
            push(&mut line, &mut word);
        }
        word.push(c);
    }
    push(&mut line, &mut word);
    line
}
