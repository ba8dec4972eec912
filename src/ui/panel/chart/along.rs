//! Names on the lines themselves, as on a map's contours, where no colours help to follow them: in a gap of the line,
//! where it is level and no other line is near.
//!
//! ```text
//! ⠤⠤⠤⠤ w1 ⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤ w1 ⠤⠤⠤⠤
//! ```

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::series::Series;
use super::subject::Subject;
use crate::app::{Colors, Glyphs};
use crate::ui::canvas::Canvas;
use crate::ui::style::width;
use crate::ui::widget::plot::Plot;

/// Fewer lines can be followed.
const FEWEST_LINES: usize = 4;

/// A line has a name for each of this many cells.
const CELLS_PER_NAME: u16 = 28;

/// Others that are this many rows away leave a name as clear as can be.
const CLEAR: u16 = 2;

/// Writes the names of the lines of a plot.
pub(super) fn render(canvas: &mut Canvas, subject: &Subject, plot: &Plot) {
    let appearance = canvas.theme.0;
    let has_hues = appearance.colors != Colors::None && appearance.glyphs != Glyphs::Ascii;
    let lines: Vec<&Series> = subject.series().collect();
    let is_named = |line: &&&Series| line.name.as_deref().is_some_and(|name| !name.is_empty());
    if has_hues || lines.iter().filter(is_named).count() < FEWEST_LINES {
        return;
    }
    let courses: Vec<Course> = lines.iter().map(|line| Course::of(line, plot)).collect();
    for (index, line) in lines.iter().enumerate() {
        let name = line.name.as_deref().unwrap_or_default();
        let is_seen = appearance.glyphs == Glyphs::Ascii && name.len() == 1;
        if name.is_empty() || is_seen {
            continue;
        }
        let others = courses.iter().enumerate().filter(|(at, _)| *at != index);
        let others: Vec<&Course> = others.map(|(_, course)| course).collect();
        for column in places(&courses[index], &others, width(name) + 2) {
            let text = Line::styled(format!(" {name} "), line.stroke.styles.0);
            let area = Rect {
                x: plot.area.x + column,
                y: courses[index].0[usize::from(column)].unwrap_or(plot.area.y),
                width: width(name) + 2,
                height: 1,
            };
            canvas.write(text, area.intersection(plot.area));
        }
    }
}

/// The row of a line in each column, where it has one.
struct Course(Vec<Option<u16>>);

impl Course {
    fn of(line: &Series, plot: &Plot) -> Self {
        let last = f64::from(plot.area.width.saturating_sub(1).max(1));
        let row = |column: u16| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "an epoch"
            )]
            let epoch = plot.across.value(f64::from(column) / last).round() as u64;
            let within = line.curve.last_epoch().filter(|last| epoch <= *last)?;
            let (epoch, number) = line.number_at(epoch.min(within))?;
            Some(plot.cell(epoch as f64, number).1)
        };
        Self((0..plot.area.width).map(row).collect())
    }

    /// Its row in some columns, if it is the same in all of them and beside them.
    fn level(&self, columns: &Range<usize>) -> Option<u16> {
        let rows = self.0.get(columns.start.checked_sub(1)?..columns.end + 1)?;
        let first = rows[0]?;
        rows.iter().all(|row| *row == Some(first)).then_some(first)
    }

    /// How far it is from a row in some columns, and on its way to them.
    fn distance(&self, columns: &Range<usize>, row: u16) -> u16 {
        let around = columns.start.saturating_sub(1)..(columns.end + 1).min(self.0.len());
        let rows = || self.0[around.clone()].iter().flatten();
        let (Some(top), Some(bottom)) = (rows().min(), rows().max()) else {
            return u16::MAX;
        };
        if row < *top {
            top - row
        } else {
            row.saturating_sub(*bottom)
        }
    }
}

/// Returns the columns in which the names of a line begin: one in each part of it that has a place for one.
fn places(line: &Course, others: &[&Course], width: u16) -> Vec<u16> {
    let all = u16::try_from(line.0.len()).unwrap_or(u16::MAX);
    let parts = (all / CELLS_PER_NAME).max(1);
    let place = |part: u16| {
        let columns = all * part / parts..(all * (part + 1) / parts).saturating_sub(width);
        let middle = u16::midpoint(columns.start, columns.end);
        let clear = columns.filter_map(|column| {
            let cells = usize::from(column)..usize::from(column + width);
            let row = line.level(&cells)?;
            let distances = others.iter().map(|other| other.distance(&cells, row));
            let clearance = distances.min().unwrap_or(CLEAR).min(CLEAR);
            (clearance > 0).then_some((clearance, column))
        });
        clear.max_by_key(|(clearance, column)| (*clearance, u16::MAX - column.abs_diff(middle)))
    };
    let found = (0..parts).filter_map(place);
    found.map(|(_, column)| column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(rows: &[u16]) -> Course {
        Course(rows.iter().copied().map(Some).collect())
    }

    #[test]
    fn a_name_is_where_its_line_is_level_and_no_other_is_in_the_way() {
        let level = course(&[4; 12]);
        assert_eq!(places(&level, &[], 4), [4]);
        let crosses = course(&[0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7]);
        assert_eq!(places(&level, &[&crosses], 4), [7]);
        assert_eq!(places(&level, &[&level], 4), [0; 0]);
        assert_eq!(places(&crosses, &[], 4), [0; 0]);
        assert_eq!(places(&course(&[4; 60]), &[], 4).len(), 2);
    }
}
