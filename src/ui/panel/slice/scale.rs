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
        Some(Self::new(kind, (low, high)))
    }

    fn new(kind: LossAxis, (low, high): (f64, f64)) -> Self {
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
