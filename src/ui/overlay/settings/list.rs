//! The list of settings, under the headings of their sections.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::app::keymap::Action;
use crate::app::{Row, Settings, Target, Turn};
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, cells, cut, width};
use crate::ui::widget::text_field;

/// The width of the list.
pub(super) const WIDTH: u16 = 60;

/// The width of the marks, the name, and what is before the value.
const VALUE_COLUMN: u16 = 24;

/// The width of an arrow beside the value.
const ARROW: u16 = 2;

/// The most cells that a value has.
pub(super) const VALUE_ROOM: u16 = WIDTH - VALUE_COLUMN - ARROW;

/// The least height with room for a heading above the selected line.
const LEAST_UNDER_HEADING: u16 = 4;

/// All lines of the list, and what is marked in it.
pub(super) struct List<'a> {
    settings: &'a Settings,
    rows: Vec<Row>,
    lines: Vec<ListLine>,
}

/// A line of the list.
#[derive(Clone, Copy)]
enum ListLine {
    /// The heading of a section.
    Heading(&'static str),
    /// One of the rows, by its index.
    Row(usize),
}

impl<'a> List<'a> {
    pub(super) fn of(settings: &'a Settings) -> Self {
        let rows = settings.rows();
        let mut lines = Vec::new();
        let mut heading = "";
        for (index, row) in rows.iter().enumerate() {
            if row.heading() != heading {
                heading = row.heading();
                lines.push(ListLine::Heading(heading));
            }
            lines.push(ListLine::Row(index));
        }
        Self {
            settings,
            rows,
            lines,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn height(&self) -> u16 {
        cells(self.len())
    }

    /// The first line in an area of this height: the selected one is in the middle, as far as that is possible.
    fn first(&self, height: u16) -> usize {
        let height = usize::from(height);
        let is_selected =
            |line: &ListLine| matches!(line, ListLine::Row(row) if *row == self.settings.selected);
        let selected = self.lines.iter().position(is_selected).unwrap_or(0);
        let last_first = self.len().saturating_sub(height);
        selected.saturating_sub(height / 2).min(last_first)
    }

    /// The place of the selected row, from 1, the number of all, and the section that it is in.
    pub(super) fn place(&self) -> (usize, usize, &'static str) {
        let selected = self.settings.selected;
        (selected + 1, self.rows.len(), self.rows[selected].heading())
    }

    /// The lines in an area of this height. The first one is a heading, also where that of its section is above.
    fn seen(&self, height: u16) -> impl Iterator<Item = ListLine> {
        let seen = &self.lines[self.first(height)..];
        let heading = match seen {
            // A heading right above the next one would say nothing.
            [ListLine::Row(row), ListLine::Row(_), ..] if height >= LEAST_UNDER_HEADING => {
                Some(ListLine::Heading(self.rows[*row].heading()))
            }
            _ => None,
        };
        let under = usize::from(heading.is_some());
        heading.into_iter().chain(seen[under..].iter().copied())
    }

    pub(super) fn render(&self, canvas: &mut Canvas, area: Rect) {
        let usual = self.settings.listed().clone().with_usual_open();
        let theme = canvas.theme;
        let seen = || self.seen(area.height).zip(area.rows());
        let settings = seen().filter(|(line, _)| matches!(line, ListLine::Row(_)));
        canvas.regions.seen.list = Some(settings.count().max(1));
        for (line, line_area) in seen() {
            let index = match line {
                ListLine::Heading(heading) => {
                    let heading = Line::styled(format!(" {heading}"), theme.heading());
                    canvas.write(heading, line_area);
                    continue;
                }
                ListLine::Row(index) => index,
            };
            let row = self.rows[index];
            let flag = if self.settings.is_changed(row) {
                changed(theme)
            } else if matches!(row, Row::Of(setting) if setting.is_unusual(&usual)) {
                "*"
            } else {
                " "
            };
            canvas.shows(line_area, Target::Setting(index));
            let is_selected = index == self.settings.selected;
            let room = line_area.width.saturating_sub(VALUE_COLUMN + ARROW);
            let value = cut(&self.settings.value(row), room, theme.glyph("…", "..."));
            let line = self.line(theme, row, flag, &value, is_selected);
            canvas.write(line, line_area);
            if is_selected {
                self.render_value(canvas, row, &value, line_area);
            }
        }
    }

    fn line(
        &self,
        theme: Theme,
        row: Row,
        flag: &str,
        value: &str,
        is_selected: bool,
    ) -> Line<'static> {
        let name = format!("{flag}{:20}", row.name());
        if !is_selected {
            return Line::raw(format!(" {name}  {value}"));
        }
        let mark = theme.glyph("›", ">");
        let value = if self.settings.can_turn(row) {
            format!("{} {value} {mark}", theme.glyph("‹", "<"))
        } else {
            format!("  {value}")
        };
        Line::from(vec![
            Span::styled(format!("{mark}{name}"), theme.strong()),
            Span::styled(value, theme.strong()),
        ])
    }

    /// Draws what is being typed over the value, or notes for the mouse where it is turned.
    fn render_value(&self, canvas: &mut Canvas, row: Row, shown: &str, line: Rect) {
        let columns = [
            Constraint::Length(VALUE_COLUMN - ARROW),
            Constraint::Length(ARROW),
            Constraint::Fill(1),
        ];
        let [_, back, value] = Layout::horizontal(columns).areas(line);
        if let Some(typing) = &self.settings.typing {
            canvas.draw(Clear, value);
            text_field::render(canvas, value, &typing.text, canvas.theme.typed(), true);
        } else if self.settings.can_turn(row) {
            canvas.shows(back, Target::Command(Action::TurnValue(Turn::Back)));
            let text = width(shown).min(value.width);
            let forward = Rect {
                x: value.x + text,
                width: ARROW.min(value.width - text),
                ..value
            };
            canvas.shows(forward, Target::Command(Action::TurnValue(Turn::Forward)));
        }
    }
}

/// The sign of a value that is another one than in the present run.
pub(super) fn changed(theme: Theme) -> &'static str {
    theme.glyph("•", "+")
}
