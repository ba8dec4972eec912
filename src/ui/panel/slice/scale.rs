//! The scale of colours: from the smallest to the largest loss of a slice, linear or logarithmic.

use crate::app::LossAxis;
use crate::surface::Slice;
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::{TickText, Ticks};

/// A largest loss this many times the smallest makes the scale logarithmic: else all but the highest walls would have
/// one colour.
const LINEAR: f64 = 20.0;

/// A smaller share of the largest loss is not told from 0.
const SMALLEST: f64 = 1e-6;

/// A scale is short if its largest loss is less than this many times the smallest.
const SHORT: f64 = 300.0;

/// How far apart neighbours are between which two lines merge, in points of the grid: about two pixels at 80×24.
const NEAR: usize = 4;

/// The most lines of equal loss, but for those of a short logarithmic scale.
const MOST_LINES: u16 = 6;

/// The lines of a logarithmic scale: powers of ten, or in a short scale 1, 2 and 5 times them.
fn logarithmic_lines(low: f64, high: f64) -> Ticks {
    let ticks = |low, high| Axis::of_losses(LossAxis::Log, low, high).ticks(MOST_LINES);
    let mut lines = ticks(low, high);
    if high / low < SHORT {
        let decades = lines
            .values
            .windows(2)
            .flat_map(|pair| ticks(pair[0], pair[1]).values);
        lines.values = decades.collect();
        lines.values.dedup();
    }
    lines
}

/// A range of losses.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    /// The smallest and the largest loss that have a colour of their own.
    pub(super) ends: (f64, f64),
    /// Whether smaller losses have the colour of the smallest end.
    pub(super) is_cut: bool,
    kind: LossAxis,
    axis: Axis,
    /// The losses of the lines.
    lines: Ticks,
}

impl Scale {
    /// The scale of a slice; `None` if no loss is finite.
    pub(super) fn of(slice: &Slice) -> Option<Self> {
        let (low, high) = slice.grid.range()?;
        let is_wide = high / LINEAR > low;
        let kind = if is_wide && high > 0.0 {
            LossAxis::Log
        } else {
            LossAxis::Linear
        };
        let mut scale = Self::new(kind, (low, high));
        scale.thin_out(&slice.grid.pairs(NEAR));
        Some(scale)
    }

    /// Leaves out lines that are for the most part so near to the one before that both would be one thick band: those that
    /// lie between the same neighbours.
    fn thin_out(&mut self, neighbours: &[[f64; 2]]) {
        let between = |line: f64| {
            let pairs = neighbours.iter();
            pairs.filter(move |pair| (pair[0] < line) != (pair[1] < line))
        };
        let mut before = None;
        self.lines.values.retain(|&line| {
            let with_both = |before: f64| {
                let pairs = between(line);
                pairs
                    .filter(|pair| (pair[0] < before) != (pair[1] < before))
                    .count()
            };
            let is_seen = 2 * before.map_or(0, with_both) <= between(line).count();
            before = if is_seen { Some(line) } else { before };
            is_seen
        });
    }

    fn new(kind: LossAxis, (low, high): (f64, f64)) -> Self {
        let smallest = low;
        let (low, axis, mut lines) = match kind {
            LossAxis::Linear => {
                let axis = Axis::between(low, high);
                (low, axis, axis.ticks(MOST_LINES))
            }
            LossAxis::Log => {
                let low = low.max(high * SMALLEST);
                let axis = Axis::between(low.log10(), high.log10());
                (low, axis, logarithmic_lines(low, high))
            }
        };
        lines.values.retain(|loss| low < *loss && *loss < high);
        Self {
            ends: (low, high),
            is_cut: smallest < low,
            kind,
            axis,
            lines,
        }
    }

    /// Whether it is logarithmic.
    pub(super) fn is_logarithmic(&self) -> bool {
        self.kind == LossAxis::Log
    }

    /// How far along the scale a loss is, from 0 to 1; NaN if it is not finite.
    pub(super) fn share(&self, loss: f64) -> f64 {
        if !loss.is_finite() {
            return f64::NAN;
        }
        let (low, high) = self.ends;
        let place = loss.clamp(low, high);
        self.axis.share(match self.kind {
            LossAxis::Linear => place,
            LossAxis::Log => place.log10(),
        })
    }

    /// Where the lines are along the scale.
    pub(super) fn lines(&self) -> Vec<f64> {
        let losses = self.lines.values.iter();
        losses.map(|loss| self.share(*loss)).collect()
    }

    /// The losses of the lines.
    pub(super) fn line_texts(&self) -> Vec<String> {
        self.lines.texts(TickText::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_would_be_one_band_are_thinned_out() {
        let lines = |neighbours: &[[f64; 2]]| {
            let mut scale = Scale::new(LossAxis::Linear, (0.2, 0.8));
            scale.lines.values = vec![0.3, 0.4, 0.5, 0.6, 0.7];
            scale.thin_out(neighbours);
            scale.lines.values
        };
        // A cliff from 0.25 to 0.55, and a slope.
        let (cliff, slope) = ([0.25, 0.55], [[0.55, 0.65], [0.65, 0.75]]);
        let all = [[0.25, 0.35], [0.35, 0.45], [0.45, 0.55], slope[0], slope[1]];
        assert_eq!(lines(&all), [0.3, 0.4, 0.5, 0.6, 0.7]);
        assert_eq!(lines(&[cliff, slope[0], slope[1]]), [0.3, 0.6, 0.7]);
    }
}
