//! The entries of the help, and the rows that they take.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keymap;
use crate::app::{GESTURES, Paint, SIGNS};
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, width, wrapped};

/// A key or a sign, and what it does or means.
pub(super) struct Entry {
    heading: &'static str,
    pub(super) sign: String,
    pub(super) text: &'static str,
    style: Style,
    /// Whether it can be used at present.
    is_usable: bool,
}

/// A row of the help: of a heading, or of an entry.
pub(super) struct Row {
    /// The index of the entry; `None` for a heading.
    pub(super) entry: Option<usize>,
    sign: String,
    text: String,
    styles: [Style; 2],
}

/// Returns the keys of the view, where those that do nothing at present are dim, and what the mouse does.
pub(super) fn keys(canvas: &Canvas) -> Vec<Entry> {
    let (app, theme) = (canvas.app, canvas.theme);
    let keys = keymap::heard_in(app.help_context());
    let entry = |key: &keymap::Binding| Entry {
        heading: key.group.heading(),
        sign: key.keys_text(),
        text: key.help,
        style: theme.strong(),
        is_usable: app.has_effect(key),
    };
    let mouse = GESTURES.iter().map(|(gesture, text)| Entry {
        heading: "Mouse",
        sign: (*gesture).to_owned(),
        text,
        style: theme.strong(),
        is_usable: true,
    });
    keys.map(entry).chain(mouse).collect()
}

/// Returns every sign of the picture, painted as it is there.
pub(super) fn signs(theme: Theme) -> Vec<Entry> {
    let signs = SIGNS.iter();
    let entries = signs.map(|sign| Entry {
        heading: sign.place,
        sign: theme.glyph(sign.glyphs[0], sign.glyphs[1]).to_owned(),
        text: sign.meaning,
        style: match sign.paint {
            Paint::Plain => Style::new(),
            Paint::Positive => theme.positive(),
            Paint::Negative => theme.negative(),
            Paint::Strong => theme.strong(),
            Paint::Dim => theme.dim(),
            Paint::Warning => theme.warning(),
        },
        is_usable: true,
    });
    entries.collect()
}

/// Returns the rows of the entries below the headings of their groups, with texts broken at this width.
pub(super) fn rows(theme: Theme, entries: &[Entry], text_width: u16) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut heading = "";
    for (index, entry) in entries.iter().enumerate() {
        if entry.heading != heading {
            heading = entry.heading;
            rows.push(Row::of_heading(theme, heading));
        }
        let styles = if entry.is_usable {
            [entry.style, Style::new()]
        } else {
            [theme.dim(); 2]
        };
        let lines = wrapped(&theme.written(entry.text), text_width).into_iter();
        rows.extend(lines.enumerate().map(|(line, text)| Row {
            entry: (line == 0).then_some(index),
            sign: if line == 0 {
                entry.sign.clone()
            } else {
                String::new()
            },
            text,
            styles,
        }));
    }
    rows
}

impl Row {
    fn of_heading(theme: Theme, heading: &str) -> Self {
        Self {
            entry: None,
            sign: heading.to_owned(),
            text: String::new(),
            styles: [theme.heading(); 2],
        }
    }

    /// Returns the row with a mark if it is of the selected entry.
    pub(super) fn line(&self, theme: Theme, sign_width: u16, selected: usize) -> Line<'static> {
        let is_selected = self.entry == Some(selected);
        let mark = if is_selected {
            theme.glyph("›", ">")
        } else {
            " "
        };
        let indent = if self.is_heading() { "" } else { " " };
        let blanks = " ".repeat(usize::from(
            (sign_width + 2).saturating_sub(width(&self.sign)),
        ));
        let [sign_style, text_style] = self.styles;
        let text_style = if is_selected {
            theme.strong()
        } else {
            text_style
        };
        Line::from_iter([
            Span::styled(format!("{mark}{indent}"), theme.strong()),
            Span::styled(self.sign.clone(), sign_style),
            Span::styled(format!("{blanks}{}", self.text), text_style),
        ])
    }

    /// Whether it is the first row of an entry, or a heading.
    pub(super) fn is_start(&self) -> bool {
        self.entry.is_some() || self.is_heading()
    }

    pub(super) fn is_heading(&self) -> bool {
        self.entry.is_none() && !self.sign.is_empty()
    }
}
