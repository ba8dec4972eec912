//! One line of the chart.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::KeptRun;
use crate::trainer::{Bucket, Curve};
use crate::ui::style::{Theme, letter_index};
use crate::ui::widget::dots::{Point, Stroke};
use crate::ui::widget::plot::Plot;

/// The most dots across of a bucket whose smallest and largest number are drawn.
const LONGEST_RANGE: f64 = 4.0;

const ON: bool = true;
const OFF: bool = false;

pub(super) const SOLID: &[bool] = &[ON];

/// Dashes and gaps of two cells.
pub(super) const DASHED: &[bool] = &[ON, ON, ON, ON, OFF, OFF, OFF, OFF];

/// Every other dot.
pub(super) const DOTTED: &[bool] = &[ON, OFF];

/// Dashes of five cells, and gaps of one.
pub(super) const LONG_DASHED: &[bool] = &[ON, ON, ON, ON, ON, ON, ON, ON, ON, ON, OFF, OFF];

/// A dash, and a dot in the middle of a gap.
pub(super) const DASHED_AND_DOTTED: &[bool] = &[ON, ON, ON, ON, ON, ON, OFF, OFF, ON, ON, OFF, OFF];

/// The dashes of each letter, which distinguish the runs without colour.
const OF_LETTERS: [&[bool]; 7] = [
    &[ON, ON, OFF, OFF],
    &[ON, ON, ON, ON, ON, ON, OFF, OFF],
    &[ON, OFF, OFF, OFF],
    &[ON, ON, ON, ON, OFF, OFF, ON, OFF, OFF],
    &[ON, ON, ON, OFF, OFF, OFF, OFF, OFF],
    &[ON, OFF],
    &[ON, ON, OFF, ON, OFF, OFF, OFF, OFF],
];

/// A curve, and how it is drawn and named.
#[derive(Debug, Clone)]
pub(super) struct Series<'a> {
    /// Its name at the right of the chart; `None` if another line of the same curve has it.
    pub(super) name: Option<String>,
    pub(super) curve: &'a Curve,
    /// The number that is drawn of a bucket.
    pub(super) number: fn(&Bucket) -> f64,
    /// Whether the smallest and the largest number of a bucket are drawn too.
    pub(super) has_range: bool,
    pub(super) stroke: Stroke<'static>,
    /// The last epoch that is drawn, if it goes on beyond that.
    pub(super) until: u64,
}

impl<'a> Series<'a> {
    /// The last number of each bucket, with the range of its epochs.
    pub(super) fn new(name: String, curve: &'a Curve, ascii: char, style: Style) -> Self {
        Self {
            name: Some(name),
            curve,
            number: |bucket| bucket.last,
            has_range: true,
            stroke: Stroke {
                ascii,
                dashes: SOLID,
                styles: (style, style),
            },
            until: u64::MAX,
        }
    }

    /// The curve of a kept run: grey, with the dashes of its letter, which in ASCII it consists of.
    pub(super) fn kept(run: &KeptRun, curve: &'a Curve, theme: Theme) -> Self {
        let style = theme.run(run.letter);
        let letter = run.letter;
        let series = Self::new(
            letter.to_string(),
            curve,
            letter.to_ascii_lowercase(),
            style,
        );
        series.dashed(OF_LETTERS[letter_index(letter) % OF_LETTERS.len()])
    }

    pub(super) fn dashed(mut self, dashes: &'static [bool]) -> Self {
        self.stroke.dashes = dashes;
        self
    }

    /// The curve of a kept run beside that of the present run with this name.
    pub(super) fn kept_as(run: &KeptRun, name: &str, curve: &'a Curve, theme: Theme) -> Self {
        let mut series = Self::kept(run, curve, theme);
        series.name = Some(format!("{} {name}", run.letter));
        series
    }

    pub(super) fn without_name(mut self) -> Self {
        self.name = None;
        self
    }

    /// Draws it with at most one point for each column of dots.
    pub(super) fn draw(&self, buffer: &mut Buffer, plot: &Plot) {
        let columns = usize::from(plot.area.width) * 2;
        let buckets = self
            .curve
            .in_at_most(columns.saturating_mul(self.windows()));
        let seen = buckets.take_while(|(epochs, _)| epochs.start <= self.until);
        let points = seen.map(|(epochs, bucket)| {
            let value = (self.number)(&bucket);
            let last = (epochs.end - 1) as f64;
            let dots = plot.point(last, value).0 - plot.point(epochs.start as f64, value).0;
            Point {
                across: last,
                value,
                // That of a long time would look like that of its last moment.
                range: if self.has_range && dots <= LONGEST_RANGE {
                    (bucket.min, bucket.max)
                } else {
                    (value, value)
                },
            }
        });
        self.stroke.draw(buffer, plot, points);
    }

    /// How many times as long its curve is as the part that is drawn.
    fn windows(&self) -> usize {
        let first = self.curve.first_epoch();
        let drawn = self.until.saturating_sub(first).max(1);
        usize::try_from(self.curve.epochs().div_ceil(drawn)).unwrap_or(usize::MAX)
    }

    /// Its last epoch that is drawn, with the number there.
    pub(super) fn end(&self) -> Option<(u64, f64)> {
        let (epoch, number) = self.number_at(self.until)?;
        Some((epoch.min(self.until), number))
    }

    /// Whether it goes on beyond what is drawn.
    pub(super) fn goes_on(&self) -> bool {
        self.curve.last_epoch() > Some(self.until)
    }

    /// The number at the end of an epoch, or at the end of the curve if it does not reach that far.
    pub(super) fn number_at(&self, epoch: u64) -> Option<(u64, f64)> {
        let last = self.curve.last_epoch()?;
        let (epoch, bucket) = self.curve.at(epoch.min(last))?;
        Some((epoch, (self.number)(&bucket)))
    }
}
