//! The names of the lines, to the right of the chart: each beside its line, or as near as there is room.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::series::Series;
use super::subject::Subject;
use crate::app::{App, Glyphs};
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, widest, width};
use crate::ui::widget::plot::Plot;

/// From this width on, names have their numbers beside them.
const WIDE: u16 = 44;

/// The rows of a chart below its plot: the axis and its numbers.
const AXIS_HEIGHT: u16 = 2;

/// Names and their texts, and what room they need.
pub(super) struct Labels {
    /// The rows that there are for them.
    rows: u16,
    /// For each line that has one: its name, and its text.
    texts: Vec<(String, String)>,
    /// The epoch whose numbers they show.
    epoch: u64,
}

impl Labels {
    /// Returns the labels of a chart of this size.
    pub(super) fn new(app: &App, theme: Theme, subject: &Subject, area: Rect) -> Self {
        let area_width = area.width;
        let rows = area.height.saturating_sub(AXIS_HEIGHT);
        let run = app.run();
        let epoch = app.marked().unwrap_or(run.training.position.epoch);
        let named: Vec<&Series> = named(subject).collect();
        let has_numbers = app.marked().is_some() || area_width >= WIDE && named.len() > 1;
        let text = |series: &&Series| {
            let name = series.name.clone().unwrap_or_default();
            let ascii = series.stroke.ascii;
            let is_told =
                name.eq_ignore_ascii_case(&ascii.to_string()) || subject.names_run(app, &name);
            let sign = match theme.0.glyphs {
                Glyphs::Ascii if named.len() > 1 && !is_told => format!("{ascii}="),
                _ => String::new(),
            };
            // Beside the end of a line stands the number of its end.
            let is_beside = app.marked().is_some() || is_end(series, epoch);
            let number = series
                .number_at(epoch)
                .filter(|(at, _)| has_numbers && is_beside && *at == epoch);
            let number = number.map(|(_, number)| theme.written(&(subject.written)(number)));
            (format!("{sign}{name}"), number.unwrap_or_default())
        };
        let texts = named.iter().map(text).collect();
        let all = Self { rows, texts, epoch };
        if has_numbers && theme.0.glyphs == Glyphs::Ascii && all.wanted() > area_width / 2 {
            // What a line consists of is name enough.
            let signs = named.iter().map(|series| series.stroke.ascii.to_string());
            let texts = signs
                .zip(all.texts)
                .map(|(sign, (_, number))| (sign, number))
                .collect();
            return Self { rows, texts, epoch };
        }
        all
    }

    /// The cells that they take, at most this many.
    pub(super) fn width(&self, most: u16) -> u16 {
        self.wanted().min(most)
    }

    /// The cells that they need, with one before them.
    fn wanted(&self) -> u16 {
        let texts = self.texts.iter().map(|(name, number)| joined(name, number));
        let left_out = self.texts.len() > usize::from(self.rows);
        let count = left_out.then(|| more(self.texts.len()));
        match widest(texts.chain(count)) {
            0 => 0,
            width => width + 1,
        }
    }

    /// Draws them into the column at the right of a plot. What there is no room for is counted.
    pub(super) fn render(&self, canvas: &mut Canvas, subject: &Subject, plot: &Plot, column: Rect) {
        if column.is_empty() {
            return;
        }
        let mut wanted: Vec<(u16, f64, usize)> = Vec::new();
        let is_marked = canvas.app.marked().is_some();
        for (index, series) in named(subject).enumerate() {
            let epoch = if is_marked { self.epoch } else { u64::MAX };
            if let Some((_, number)) = series.number_at(epoch) {
                wanted.push((plot.cell(0.0, number).1, number, index));
            }
        }
        // In the order of the numbers, also of those in one row.
        wanted.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        let rows = usize::from(column.height);
        let left_out = wanted.len().saturating_sub(rows);
        if left_out > 0 {
            // One row says how many there are.
            wanted.truncate(rows - 1);
            let text = format!(" {}", more(left_out + 1));
            let line = Line::styled(text, canvas.theme.dim());
            canvas.write(line, row_of(column, column.bottom() - 1));
        }
        let free = column.height - u16::from(left_out > 0);
        let series: Vec<&Series> = named(subject).collect();
        let rows: Vec<u16> = wanted.iter().map(|(row, ..)| *row).collect();
        for ((.., index), y) in wanted.iter().zip(placed(&rows, column.y, free)) {
            let (name, number) = &self.texts[*index];
            let style = series[*index].stroke.styles;
            let at = series[*index]
                .number_at(self.epoch)
                .map_or(0.0, |(_, number)| number);
            let style = if at < 0.0 { style.1 } else { style.0 };
            let mut spans = vec![
                Span::raw(" "),
                Span::styled(name.clone(), style.patch(canvas.theme.strong())),
            ];
            if !number.is_empty() {
                let gap = column.width.saturating_sub(width(name) + width(number) + 1);
                spans.push(Span::raw(" ".repeat(usize::from(gap))));
                spans.push(Span::raw(number.clone()));
            }
            canvas.write(Line::from(spans), row_of(column, y));
        }
    }
}

/// The lines that have names. An empty name has a number beside it when a moment is marked.
fn named<'s, 'a>(subject: &'s Subject<'a>) -> impl Iterator<Item = &'s Series<'a>> {
    let all = subject.present.iter().chain(&subject.kept);
    all.filter(|series| series.name.is_some() && series.curve.epochs() > 0)
}

/// Whether a line ends with this epoch.
fn is_end(series: &Series, epoch: u64) -> bool {
    series.curve.first_epoch() + series.curve.epochs() == epoch + 1
}

/// "5 more".
fn more(count: usize) -> String {
    format!("{count} more")
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

/// Returns a row for each label, in the order of the rows that they want: no two are equal, and each is as near as the
/// others allow.
fn placed(wanted: &[u16], top: u16, rows: u16) -> Vec<u16> {
    let mut placed: Vec<u16> = Vec::with_capacity(wanted.len());
    for row in wanted {
        let next = placed.last().map_or(top, |last| last + 1);
        placed.push((*row).max(next));
    }
    // What has been pushed beyond the end moves back up.
    let mut limit = top + rows;
    for row in placed.iter_mut().rev() {
        limit = limit.saturating_sub(1).min(*row);
        *row = limit;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_beside_their_lines_or_as_near_as_the_others_allow() {
        let placed = |rows: &[u16], height| placed(rows, 0, height);
        assert_eq!(placed(&[1, 4, 7], 9), [1, 4, 7]);
        assert_eq!(placed(&[4, 4, 4], 9), [4, 5, 6]);
        assert_eq!(placed(&[8, 8, 8], 9), [6, 7, 8]);
        assert_eq!(placed(&[0, 0, 0], 3), [0, 1, 2]);
        assert_eq!(placed(&[0, 2, 2], 3), [0, 1, 2]);
    }
}
