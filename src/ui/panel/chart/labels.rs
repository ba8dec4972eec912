//! The names of the lines, to the right of the chart: in the order of the ends of the lines, each as near as the others
//! allow. Of many lines, each is led to its name, by what cannot be taken for a part of it: dim, and behind a second axis.
//! One that ends earlier has the letter of its run at its end.

mod coinciding;
mod ends;
mod rows;

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::series::Series;
use super::subject::Subject;
use crate::app::{App, Glyphs};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::aligned;
use crate::ui::style::{Theme, widest, width};
use crate::ui::widget::axes::without_axes;
use crate::ui::widget::plot::Plot;

/// From this width on, names have their numbers beside them.
const WIDE: u16 = 44;

/// With this many lines or fewer, the order of the names says which is which.
const MOST_WITHOUT_LEADERS: usize = 3;

/// The width of the leaders, which connect the ends of lines with their names, and of the axis before them.
const LEADER: u16 = 3;

/// Names and their texts, where they stand, and what room they need.
pub(super) struct Labels<'s, 'a> {
    /// The lines that have names.
    series: Vec<&'s Series<'a>>,
    /// In the order of their lines.
    all: Vec<Label>,
    places: Vec<Place>,
    /// The epoch whose numbers they show, and whether it is marked.
    epoch: u64,
    is_marked: bool,
    /// The width of the leaders, if there are any.
    leader: u16,
}

/// The text of one line, or of several that lie on one another.
struct Label {
    name: String,
    /// Empty if it has none.
    number: String,
    /// Its line among those that have names; of several, the one in front.
    line: usize,
}

/// A row of labels.
struct Place {
    /// Counted from the top of the plot.
    row: u16,
    /// The labels in it, by their order.
    labels: Vec<usize>,
}

impl<'s, 'a> Labels<'s, 'a> {
    /// Returns the labels of a chart of this size.
    pub(super) fn new(app: &App, theme: Theme, subject: &'s Subject<'a>, area: Rect) -> Self {
        let is_marked = app.marked().is_some();
        let series: Vec<&Series> = named(subject).collect();
        let has_numbers = is_marked || area.width >= WIDE && series.len() > 1;
        let mut labels = Self {
            series,
            all: Vec::new(),
            places: Vec::new(),
            epoch: app.marked().unwrap_or(app.run().training.position.epoch),
            is_marked,
            leader: 0,
        };
        let plot = without_axes(theme, area, subject.up);
        labels.all = labels.texts(app, theme, subject, has_numbers, &plot);
        let is_ascii = theme.0.glyphs == Glyphs::Ascii;
        if has_numbers && is_ascii && labels.wanted() > area.width / 2 {
            // What a line consists of is name enough.
            for label in &mut labels.all {
                label.name = labels.series[label.line].stroke.ascii.to_string();
            }
        }
        let has_leaders = labels.all.len() > MOST_WITHOUT_LEADERS && plot.has_dots();
        // In ASCII they would look like names.
        labels.leader = if has_leaders { LEADER } else { 0 };
        labels.places = labels.places(&plot);
        labels
    }

    /// Returns the label of each line, or of those that lie on one another.
    fn texts(
        &self,
        app: &App,
        theme: Theme,
        subject: &Subject,
        has_numbers: bool,
        plot: &Plot,
    ) -> Vec<Label> {
        let number = |series: &Series| {
            let number = has_numbers.then(|| self.number(theme, subject, series));
            number.unwrap_or_default()
        };
        let numbers: Vec<String> = self.series.iter().map(|series| number(series)).collect();
        let groups = coinciding::groups(&self.series, plot, |one, other| {
            numbers[one] == numbers[other]
        });
        let label = |lines: &[usize]| {
            let first = self.series[lines[0]];
            let sign = sign(app, theme, subject, first, self.series.len());
            let names: Vec<&str> = lines.iter().map(|line| self.name(*line)).collect();
            let name = coinciding::name(&names, plot.area.width / 3)?;
            let on = if first.goes_on() {
                theme.glyph(" →", " ->")
            } else {
                ""
            };
            Some(Label {
                name: format!("{sign}{name}{on}"),
                number: numbers[lines[0]].clone(),
                line: lines[0],
            })
        };
        // A name without room for the others gives each its own.
        let labels = groups.iter().flat_map(|lines| match label(lines) {
            Some(label) => vec![label],
            None => lines.chunks(1).filter_map(label).collect(),
        });
        let mut labels: Vec<Label> = labels.collect();
        line_up(&mut labels);
        labels
    }

    fn name(&self, line: usize) -> &str {
        self.series[line].name.as_deref().unwrap_or_default()
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
    pub(super) fn width(&self, most: u16) -> u16 {
        let least = self.wanted();
        let room = least.max((most * 2 / 3).saturating_sub(self.leader));
        let texts = self.places.iter().map(|place| {
            self.text(place, room)
                .iter()
                .map(|part| part.0.as_str())
                .collect::<String>()
        });
        let together = match widest(texts) {
            0 => 0,
            width => width + 1,
        };
        // A line without a name may have a number.
        match least.max(together) {
            0 => 0,
            width => (self.leader + width).min(most),
        }
    }

    /// The cells that they need if each has a row, with one before them.
    fn wanted(&self) -> u16 {
        let texts = self.all.iter();
        match widest(texts.map(|label| joined(&label.name, &label.number))) {
            0 => 0,
            width => width + 1,
        }
    }

    /// Returns where each stands: as near to the end of its line as the others allow.
    fn places(&self, plot: &Plot) -> Vec<Place> {
        let mut ends: Vec<(u16, f64, usize)> = Vec::new();
        for (index, label) in self.all.iter().enumerate() {
            if let Some((_, number)) = self.series[label.line].end() {
                ends.push((plot.cell(0.0, number).1 - plot.area.y, number, index));
            }
        }
        // In the order of the numbers, also of those in one row.
        ends.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        let rows: Vec<u16> = ends.iter().map(|(row, ..)| *row).collect();
        let share = |labels: Range<usize>| self.can_share(&ends[labels]);
        let places = rows::of_labels(&rows, plot.area.height, share);
        let places = places.into_iter().map(|(row, labels)| Place {
            row,
            labels: ends[labels].iter().map(|(.., index)| *index).collect(),
        });
        places.collect()
    }

    /// Whether the names of lines that end in one row are letters without numbers, which can stand side by side.
    fn can_share(&self, ends: &[(u16, f64, usize)]) -> bool {
        ends.iter().all(|(.., index)| self.is_letter(*index))
    }

    /// Whether a label is only a letter, without a number.
    fn is_letter(&self, index: usize) -> bool {
        let label = &self.all[index];
        width(&label.name) <= 1 && label.number.is_empty()
    }

    /// Returns the parts of a row, each with the line that it names, if any: a name with its number, or several names,
    /// of which those without room are counted.
    fn text(&self, place: &Place, room: u16) -> Vec<(String, Option<usize>)> {
        let part = |index: usize| {
            let label = &self.all[index];
            (label.name.clone(), Some(label.line))
        };
        if let [index] = *place.labels {
            return vec![part(index)];
        }
        let all = place.labels.len();
        let parts = |count: usize| -> Vec<(String, Option<usize>)> {
            let mut parts = Vec::new();
            for (at, &index) in place.labels[..count].iter().enumerate() {
                if at > 0 {
                    parts.push((" ".to_owned(), None));
                }
                parts.push(part(index));
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

    /// Draws them into the column at the right of a plot, and marks the ends of lines before it. What there is no room for is
    /// counted.
    pub(super) fn render(&self, canvas: &mut Canvas, plot: &Plot, column: Rect) {
        let leader = self.leader.min(column.width);
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
            ends::render_axis(canvas, column);
        }
        let ends = self.series.iter().filter_map(|series| series.end());
        let last = ends.map(|(epoch, _)| epoch).max();
        for place in &self.places {
            let mut left = Vec::new();
            for &index in &place.labels {
                let label = &self.all[index];
                let series = self.series[label.line];
                let ends_early = series.end().map(|(epoch, _)| epoch) < last;
                if ends_early {
                    let style = self.style(series).patch(canvas.theme.strong());
                    ends::mark(canvas, plot, series, style);
                }
                // A letter at the end of its line need not stand here again.
                if !(ends_early && self.is_letter(index)) {
                    ends::lead(canvas, plot, leaders, series, place.row);
                    left.push(index);
                }
            }
            if !left.is_empty() {
                let place = Place {
                    row: place.row,
                    labels: left,
                };
                let line = self.line(canvas.theme, &place, texts.width);
                canvas.write(line, row_of(texts, texts.y + place.row));
            }
        }
    }

    /// Returns the names of a row, with a number if it has one.
    fn line(&self, theme: Theme, place: &Place, room: u16) -> Line<'static> {
        let mut spans = vec![Span::raw(" ")];
        for (text, line) in self.text(place, room) {
            let style = line.map_or(theme.dim(), |line| {
                self.style(self.series[line]).patch(theme.strong())
            });
            spans.push(Span::styled(text, style));
        }
        if let [index] = *place.labels
            && let Label { name, number, .. } = &self.all[index]
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
fn line_up(labels: &mut [Label]) {
    let numbers = labels.iter_mut().map(|label| &mut label.number);
    let mut numbers: Vec<&mut String> = numbers.collect();
    numbers.retain(|number| !number.is_empty());
    let written: Vec<String> = numbers.iter().map(|number| (**number).clone()).collect();
    for (number, text) in numbers.into_iter().zip(aligned(&written)) {
        *number = text;
    }
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
    series.end().is_some_and(|(end, _)| end == epoch)
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
