//! The names of the lines, to the right of the chart: in the order of the ends of the lines, each as near as the others
//! allow. Of many lines, each is led to its name, by what cannot be taken for a part of it: dim, and behind a second axis.

mod rows;

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::series::{SOLID, Series};
use super::subject::Subject;
use crate::app::{App, Glyphs};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::aligned;
use crate::ui::style::{Theme, widest, width};
use crate::ui::widget::dots::Stroke;
use crate::ui::widget::plot::Plot;

/// From this width on, names have their numbers beside them.
const WIDE: u16 = 44;

/// With this many lines or fewer, the order of the names says which is which.
const MOST_WITHOUT_LEADERS: usize = 3;

/// The width of the leaders, which connect the ends of lines with their names, and of the axis before them.
const LEADER: u16 = 3;

/// Names and their texts, and what room they need.
pub(super) struct Labels {
    /// For each line that has one: its name, and its text.
    texts: Vec<(String, String)>,
    /// The epoch whose numbers they show, and whether it is marked.
    epoch: u64,
    is_marked: bool,
}

impl Labels {
    /// Returns the labels of a chart of this size.
    pub(super) fn new(app: &App, theme: Theme, subject: &Subject, area: Rect) -> Self {
        let is_marked = app.marked().is_some();
        let named: Vec<&Series> = named(subject).collect();
        let has_numbers = is_marked || area.width >= WIDE && named.len() > 1;
        let mut all = Self {
            texts: Vec::new(),
            epoch: app.marked().unwrap_or(app.run().training.position.epoch),
            is_marked,
        };
        let texts = named.iter().map(|series| {
            let number = has_numbers.then(|| all.number(theme, subject, series));
            let sign = sign(app, theme, subject, series, named.len());
            let name = series.name.as_deref().unwrap_or_default();
            (format!("{sign}{name}"), number.unwrap_or_default())
        });
        all.texts = texts.collect();
        line_up(&mut all.texts);
        let is_ascii = theme.0.glyphs == Glyphs::Ascii;
        if has_numbers && is_ascii && all.wanted() > area.width / 2 {
            // What a line consists of is name enough.
            for ((name, _), series) in all.texts.iter_mut().zip(&named) {
                *name = series.stroke.ascii.to_string();
            }
        }
        all
    }

    /// The number of a line at the epoch; empty if it has none there.
    fn number(&self, theme: Theme, subject: &Subject, series: &Series) -> String {
        // Beside the end of a line stands the number of its end.
        let is_beside = self.is_marked || is_end(series, self.epoch);
        let number = series
            .number_at(self.epoch)
            .filter(|(at, _)| is_beside && *at == self.epoch);
        number.map_or_else(String::new, |(_, number)| {
            theme.written(&(subject.written)(number))
        })
    }

    /// The cells that they take, at most this many.
    pub(super) fn width(&self, subject: &Subject, plot: &Plot, most: u16) -> u16 {
        let least = self.wanted();
        let leader = self.leader(plot);
        let room = least.max((most * 2 / 3).saturating_sub(leader));
        let places = self.places(subject, plot);
        let texts = places.iter().map(|place| {
            self.text(place, room)
                .iter()
                .map(|part| part.0.as_str())
                .collect::<String>()
        });
        let together = match widest(texts) {
            0 => return 0,
            width => width + 1,
        };
        (leader + least.max(together)).min(most)
    }

    /// The cells that they need if each has a row, with one before them.
    fn wanted(&self) -> u16 {
        let texts = self.texts.iter().map(|(name, number)| joined(name, number));
        match widest(texts) {
            0 => 0,
            width => width + 1,
        }
    }

    /// The width of the leaders, if there are any. In ASCII they would look like names.
    fn leader(&self, plot: &Plot) -> u16 {
        let has_leaders = self.texts.len() > MOST_WITHOUT_LEADERS && plot.has_dots();
        if has_leaders { LEADER } else { 0 }
    }

    /// Returns where each stands: as near to the end of its line as the others allow.
    fn places(&self, subject: &Subject, plot: &Plot) -> Vec<Place> {
        let mut ends: Vec<(u16, f64, usize)> = Vec::new();
        for (index, series) in named(subject).enumerate() {
            if let Some((_, number)) = series.number_at(u64::MAX) {
                ends.push((plot.cell(0.0, number).1 - plot.area.y, number, index));
            }
        }
        // In the order of the numbers, also of those in one row.
        ends.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        let rows: Vec<u16> = ends.iter().map(|(row, ..)| *row).collect();
        let share = |lines: Range<usize>| self.can_share(&ends[lines]);
        let places = rows::of_labels(&rows, plot.area.height, share);
        let places = places.into_iter().map(|(row, lines)| Place {
            row,
            lines: ends[lines].iter().map(|(.., index)| *index).collect(),
        });
        places.collect()
    }

    /// Whether the names of lines that end in one row are letters without numbers, which can stand side by side.
    fn can_share(&self, ends: &[(u16, f64, usize)]) -> bool {
        let mut texts = ends.iter().map(|(.., index)| &self.texts[*index]);
        texts.all(|(name, number)| width(name) <= 1 && number.is_empty())
    }

    /// Returns the parts of a row, each with the line that it names, if any: a name with its number, or several names,
    /// of which those without room are counted.
    fn text(&self, place: &Place, room: u16) -> Vec<(String, Option<usize>)> {
        if let [index] = *place.lines {
            return vec![(self.texts[index].0.clone(), Some(index))];
        }
        let all = place.lines.len();
        let parts = |count: usize| -> Vec<(String, Option<usize>)> {
            let mut parts = Vec::new();
            for (at, &index) in place.lines[..count].iter().enumerate() {
                if at > 0 {
                    parts.push((" ".to_owned(), None));
                }
                parts.push((self.texts[index].0.clone(), Some(index)));
            }
            if count < all {
                let and = if count > 0 { " and " } else { "" };
                parts.push((format!("{and}{} more", all - count), None));
            }
            parts
        };
        let fits = |parts: &Vec<(String, Option<usize>)>| {
            parts.iter().map(|part| width(&part.0)).sum::<u16>() < room
        };
        (0..=all).rev().map(parts).find(fits).unwrap_or_default()
    }

    /// Draws them into the column at the right of a plot. What there is no room for is counted.
    pub(super) fn render(&self, canvas: &mut Canvas, subject: &Subject, plot: &Plot, column: Rect) {
        let leader = self.leader(plot).min(column.width);
        let texts = Rect {
            x: column.x + leader,
            width: column.width - leader,
            ..column
        };
        if texts.is_empty() {
            return;
        }
        let leaders = Rect {
            x: column.x + 1,
            width: leader.saturating_sub(1),
            ..column
        };
        if leader > 0 {
            render_end(canvas, column);
        }
        let series: Vec<&Series> = named(subject).collect();
        for place in self.places(subject, plot) {
            for &index in &place.lines {
                lead(canvas, plot, leaders, series[index], place.row);
            }
            let line = self.line(canvas.theme, &series, &place, texts.width);
            canvas.write(line, row_of(texts, texts.y + place.row));
        }
    }

    /// Returns the names of a row, with a number if it has one.
    fn line(&self, theme: Theme, series: &[&Series], place: &Place, room: u16) -> Line<'static> {
        let mut spans = vec![Span::raw(" ")];
        for (text, line) in self.text(place, room) {
            let style = line.map_or(theme.dim(), |index| {
                self.style(series[index]).patch(theme.strong())
            });
            spans.push(Span::styled(text, style));
        }
        if let [index] = *place.lines
            && let (name, number) = &self.texts[index]
            && !number.is_empty()
        {
            let gap = room.saturating_sub(width(name) + width(number) + 1);
            spans.push(Span::raw(" ".repeat(usize::from(gap))));
            spans.push(Span::raw(number.clone()));
        }
        Line::from(spans)
    }

    /// The style of a line at the epoch that is shown.
    fn style(&self, series: &Series) -> Style {
        let (positive, negative) = series.stroke.styles;
        match series.number_at(self.epoch) {
            Some((_, number)) if number < 0.0 => negative,
            _ => positive,
        }
    }
}

/// Lines up the decimal points of the numbers.
fn line_up(texts: &mut [(String, String)]) {
    let mut numbers: Vec<&mut String> = texts.iter_mut().map(|(_, number)| number).collect();
    numbers.retain(|number| !number.is_empty());
    let written: Vec<String> = numbers.iter().map(|number| (**number).clone()).collect();
    for (number, text) in numbers.into_iter().zip(aligned(&written)) {
        *number = text;
    }
}

/// Draws the axis at which lines end and their leaders begin.
fn render_end(canvas: &mut Canvas, column: Rect) {
    let axis = Line::styled("│", canvas.theme.dim());
    // A style of the line would be that of the names too.
    let column = Rect { width: 1, ..column };
    for row in column.rows() {
        canvas.write(axis.clone(), row);
    }
}

/// Leads a line that reaches the end of a plot to its name in a row.
fn lead(canvas: &mut Canvas, plot: &Plot, area: Rect, series: &Series, row: u16) {
    let style = canvas.theme.dim();
    let stroke = Stroke {
        dashes: SOLID,
        styles: (style, style),
        ..series.stroke
    };
    if let Some(end) = series.end_at(plot).filter(|_| !area.is_empty()) {
        stroke.lead(canvas.frame.buffer_mut(), plot, area, end, row);
    }
}

/// A row of labels.
struct Place {
    /// Counted from the top of the plot.
    row: u16,
    /// The lines that it names, by their order.
    lines: Vec<usize>,
}

/// The lines that have names. An empty name has a number beside it when a moment is marked.
fn named<'s, 'a>(subject: &'s Subject<'a>) -> impl Iterator<Item = &'s Series<'a>> {
    let all = subject.present.iter().chain(&subject.kept);
    all.filter(|series| series.name.is_some() && series.curve.epochs() > 0)
}

/// "1=", where 1 is the character that a line is drawn with, to stand before its name: in ASCII, if there are several lines
/// and the name does not show the character anyway.
fn sign(app: &App, theme: Theme, subject: &Subject, series: &Series, lines: usize) -> String {
    let ascii = series.stroke.ascii;
    let name = series.name.as_deref().unwrap_or_default();
    let is_its_start = |first: char| first.eq_ignore_ascii_case(&ascii);
    let is_told = || name.chars().next().is_some_and(is_its_start) || subject.names_run(app, name);
    match theme.0.glyphs {
        Glyphs::Ascii if lines > 1 && !is_told() => format!("{ascii}="),
        _ => String::new(),
    }
}

/// Whether a line ends with this epoch.
fn is_end(series: &Series, epoch: u64) -> bool {
    series.curve.last_epoch() == Some(epoch)
}

fn joined(name: &str, number: &str) -> String {
    if number.is_empty() || name.is_empty() {
        return format!("{name}{number}");
    }
    format!("{name} {number}")
}

fn row_of(column: Rect, y: u16) -> Rect {
    Rect {
        y,
        height: 1,
        ..column
    }
}
