//! The names of the lines, to the right of the chart: each beside the end of its line, or several where several end.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::series::Series;
use super::subject::Subject;
use crate::app::{App, Glyphs};
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, widest, width};
use crate::ui::widget::plot::Plot;

/// From this width on, names have their numbers beside them.
const WIDE: u16 = 44;

/// The cells that names may need to be put side by side. Names that need more are put in rows of their own, which leaves more
/// room for the lines.
const SIDE_BY_SIDE: u16 = 8;

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
        let room = least.max(most * 2 / 3);
        let places = self.places(subject, plot);
        let texts = places.iter().map(|place| {
            self.text(place, room)
                .iter()
                .map(|part| part.0.as_str())
                .collect::<String>()
        });
        let together = match widest(texts) {
            0 => 0,
            width => width + 1,
        };
        least.max(together).min(most)
    }

    /// The cells that they need if each has a row, with one before them.
    fn wanted(&self) -> u16 {
        let texts = self.texts.iter().map(|(name, number)| joined(name, number));
        match widest(texts) {
            0 => 0,
            width => width + 1,
        }
    }

    /// Returns where each stands: beside the end of its line, or if it is long in the next row if no other line ends there. Of a
    /// marked moment all numbers are read: each has a row, as near as the others allow.
    fn places(&self, subject: &Subject, plot: &Plot) -> Vec<Place> {
        let height = plot.area.height;
        let epoch = if self.is_marked { self.epoch } else { u64::MAX };
        let mut ends: Vec<(u16, f64, usize)> = Vec::new();
        for (index, series) in named(subject).enumerate() {
            if let Some((_, number)) = series.number_at(epoch) {
                ends.push((plot.cell(0.0, number).1 - plot.area.y, number, index));
            }
        }
        // In the order of the numbers, also of those in one row.
        ends.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        let rows: Vec<u16> = ends.iter().map(|(row, ..)| *row).collect();
        let share = |lines: Range<usize>| self.can_share(&ends[lines]);
        let rows = if self.is_marked {
            one_each(&rows, height)
        } else {
            placed(&rows, height, share)
        };
        let places = rows.into_iter().map(|(row, lines)| Place {
            row,
            lines: ends[lines].iter().map(|(.., index)| *index).collect(),
        });
        places.collect()
    }

    /// Whether the names of lines that end in one row are so short, and without numbers, that they can stand side by side.
    fn can_share(&self, ends: &[(u16, f64, usize)]) -> bool {
        let mut texts = ends.iter().map(|(.., index)| &self.texts[*index]);
        let mut wanted = 0;
        texts.all(|(name, number)| {
            wanted += width(name) + 1;
            number.is_empty() && wanted <= SIDE_BY_SIDE
        })
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
        if column.is_empty() {
            return;
        }
        let series: Vec<&Series> = named(subject).collect();
        for place in self.places(subject, plot) {
            let mut spans = vec![Span::raw(" ")];
            for (text, line) in self.text(&place, column.width) {
                let style = line.map_or(canvas.theme.dim(), |index| {
                    self.style(series[index]).patch(canvas.theme.strong())
                });
                spans.push(Span::styled(text, style));
            }
            if let [index] = *place.lines
                && let (name, number) = &self.texts[index]
                && !number.is_empty()
            {
                let gap = column.width.saturating_sub(width(name) + width(number) + 1);
                spans.push(Span::raw(" ".repeat(usize::from(gap))));
                spans.push(Span::raw(number.clone()));
            }
            canvas.write(Line::from(spans), row_of(column, column.y + place.row));
        }
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

/// In ASCII, and with several lines, the character that a line is drawn with, to stand before its name; nothing if the name
/// shows it.
fn sign(app: &App, theme: Theme, subject: &Subject, series: &Series, lines: usize) -> String {
    let ascii = series.stroke.ascii;
    let name = series.name.as_deref().unwrap_or_default();
    let is_told = || name.eq_ignore_ascii_case(&ascii.to_string()) || subject.names_run(app, name);
    match theme.0.glyphs {
        Glyphs::Ascii if lines > 1 && !is_told() => format!("{ascii}="),
        _ => String::new(),
    }
}

/// Whether a line ends with this epoch.
fn is_end(series: &Series, epoch: u64) -> bool {
    series.curve.first_epoch() + series.curve.epochs() == epoch + 1
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

/// Returns the rows of labels, each with those that it has, given the rows in which their lines end, in order. Where
/// several lines end in one row and cannot share it, the rows next to it have some of them, unless a line ends there;
/// otherwise they share their own.
fn placed(
    ends: &[u16],
    height: u16,
    can_share: impl Fn(Range<usize>) -> bool,
) -> Vec<(u16, Range<usize>)> {
    let mut rows: Vec<(u16, Range<usize>)> = Vec::new();
    let mut first = 0;
    for group in ends.chunk_by(|one, other| one == other) {
        let (row, all) = (group[0], first..first + group.len());
        let after = ends.get(all.end).copied();
        first = all.end;
        let is_above_free = row > 0 && rows.last().is_none_or(|(last, _)| *last + 1 < row);
        let is_below_free = row + 1 < height && after.is_none_or(|after| after > row + 1);
        let slots = match (group.len(), is_above_free, is_below_free) {
            (2, _, true) => row..row + 2,
            (2, true, false) => row - 1..row + 1,
            (3, true, true) => row - 1..row + 2,
            _ => row..row,
        };
        if slots.is_empty() || can_share(all.clone()) {
            rows.push((row, all));
            continue;
        }
        rows.extend(slots.zip(all).map(|(slot, line)| (slot, line..line + 1)));
    }
    rows
}

/// Returns a row for each label, in the order of the rows that they want, as near as the others allow; the last row has
/// all that have none.
fn one_each(wanted: &[u16], height: u16) -> Vec<(u16, Range<usize>)> {
    let (all, rows) = (wanted.len(), usize::from(height));
    let single = if all > rows {
        rows.saturating_sub(1)
    } else {
        all
    };
    let mut free = height.saturating_sub(u16::from(all > single));
    let mut placed: Vec<(u16, Range<usize>)> = Vec::with_capacity(single + 1);
    for (index, row) in wanted[..single].iter().enumerate() {
        let next = placed.last().map_or(0, |(last, _)| last + 1);
        placed.push(((*row).max(next), index..index + 1));
    }
    // What has been pushed beyond the end moves back up.
    for (row, _) in placed.iter_mut().rev() {
        free = free.saturating_sub(1).min(*row);
        *row = free;
    }
    if all > single && height > 0 {
        placed.push((height - 1, single..all));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_moment_have_a_row_each_as_near_as_the_others_allow() {
        let rows = |wanted: &[u16], height| -> Vec<u16> {
            let placed = one_each(wanted, height);
            placed.into_iter().map(|(row, _)| row).collect()
        };
        assert_eq!(rows(&[1, 4, 7], 9), [1, 4, 7]);
        assert_eq!(rows(&[4, 4, 4], 9), [4, 5, 6]);
        assert_eq!(rows(&[8, 8, 8], 9), [6, 7, 8]);
        assert_eq!(rows(&[0, 0, 0], 3), [0, 1, 2]);
        assert_eq!(rows(&[0, 2, 2], 3), [0, 1, 2]);
        assert_eq!(
            one_each(&[0, 0, 0, 2], 3),
            [(0, 0..1), (1, 1..2), (2, 2..4)]
        );
    }

    #[test]
    fn a_label_is_beside_its_line_or_in_the_next_row_if_no_line_ends_there() {
        let placed = |ends: &[u16], height| -> Vec<(u16, usize)> {
            let placed = placed(ends, height, |_| false).into_iter();
            placed.map(|(row, lines)| (row, lines.len())).collect()
        };
        assert_eq!(placed(&[1, 4, 7], 9), [(1, 1), (4, 1), (7, 1)]);
        assert_eq!(placed(&[4, 4], 9), [(4, 1), (5, 1)]);
        assert_eq!(placed(&[8, 8], 9), [(7, 1), (8, 1)]);
        assert_eq!(placed(&[4, 4, 4], 9), [(3, 1), (4, 1), (5, 1)]);
        assert_eq!(placed(&[3, 4, 4, 5], 9), [(3, 1), (4, 2), (5, 1)]);
        assert_eq!(placed(&[4, 4, 4, 4], 9), [(4, 4)]);
        // A row between two is that of the first, once.
        assert_eq!(placed(&[2, 2, 4, 4], 9), [(2, 1), (3, 1), (4, 1), (5, 1)]);
        assert_eq!(
            placed(&[2, 2, 4, 4, 5], 6),
            [(2, 1), (3, 1), (4, 2), (5, 1)]
        );
    }

    #[test]
    fn short_names_share_the_row_in_which_their_lines_end() {
        assert_eq!(placed(&[1, 4, 4], 9, |_| true), [(1, 0..1), (4, 1..3)]);
        assert_eq!(placed(&[8, 8, 8], 9, |_| true), [(8, 0..3)]);
        let is_last = |lines: Range<usize>| lines.end == 4;
        assert_eq!(
            placed(&[1, 1, 4, 4], 9, is_last),
            [(1, 0..1), (2, 1..2), (4, 2..4)]
        );
    }
}
