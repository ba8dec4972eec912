//! The axis of every chart: how far a value is between its ends.

use super::ticks::{self, Ticks};
use crate::app::LossAxis;

/// Replaces a loss of 0, which has no logarithm; training never gets below this.
const SMALLEST_LOSS: f64 = 1e-300;

/// The exponents of ten of 1, 2 and 5.
const ROUND: [f64; 3] = [
    0.0,
    std::f64::consts::LOG10_2,
    1.0 - std::f64::consts::LOG10_2,
];

/// The distance beyond an axis, in dots, up to which values are distinguished.
const FURTHEST: f64 = 1e9;

/// A range of values on a linear or a logarithmic scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axis {
    kind: LossAxis,
    /// Both ends; on a logarithmic axis, their exponents of ten.
    low: f64,
    high: f64,
}

impl Axis {
    /// A linear axis from one value to another.
    pub(crate) fn between(low: f64, high: f64) -> Self {
        // An empty range cannot be drawn.
        let high = if high > low { high } else { low + 1.0 };
        let kind = LossAxis::Linear;
        Self { kind, low, high }
    }

    /// An axis for losses in this range: from 0, or between powers of ten.
    pub(crate) fn of_losses(kind: LossAxis, low: f64, high: f64) -> Self {
        match kind {
            LossAxis::Linear => Self::between(0.0, high),
            LossAxis::Log => {
                let power = |loss: f64| loss.max(SMALLEST_LOSS).log10();
                let ends = Self::between(power(low).floor(), power(high).ceil());
                Self { kind, ..ends }
            }
        }
    }

    /// A logarithmic axis just around losses in this range: between 1, 2 or 5 times powers of ten.
    pub(crate) fn around_losses(low: f64, high: f64) -> Self {
        let [low, high] = [low, high].map(|loss| loss.max(SMALLEST_LOSS).log10());
        // What is round but for the last digits is its own end.
        let below = ROUND
            .iter()
            .map(|round| (low - round + 1e-9).floor() + round);
        let above = ROUND
            .iter()
            .map(|round| (high - round - 1e-9).ceil() + round);
        let ends = Self::between(
            below.fold(f64::NEG_INFINITY, f64::max),
            above.fold(f64::INFINITY, f64::min),
        );
        let kind = LossAxis::Log;
        Self { kind, ..ends }
    }

    /// Returns how far along the axis a value is: 0 at the low end, 1 at the high end, always finite. NaN is at the low
    /// end.
    pub(crate) fn share(self, value: f64) -> f64 {
        self.along(value, 1.0)
    }

    /// Returns the value at a share of the way along a linear axis.
    pub(crate) fn value(self, share: f64) -> f64 {
        self.low + share * (self.high - self.low)
    }

    /// Returns how many dots a value is from the low end, if the high end is `dots` away.
    pub(super) fn along(self, value: f64, dots: f64) -> f64 {
        self.share_of_dots(self.low, self.position(value), dots)
    }

    /// Returns how many dots a value is from the high end, if the low end is `dots` away.
    pub(super) fn down(self, value: f64, dots: f64) -> f64 {
        let position = self.position(value);
        let position = if position.is_nan() {
            self.low
        } else {
            position
        };
        self.share_of_dots(position, self.high, dots)
    }

    /// Computes `dots · (to − from) / (high − low)`, even where a difference or the product overflows.
    fn share_of_dots(self, from: f64, to: f64, dots: f64) -> f64 {
        let length = self.high - self.low;
        let share = dots * (to - from) / length;
        // Almost always. An overflow makes it too large, or not a number; that of the length makes it 0.
        if length.is_finite() && share.abs() <= FURTHEST {
            return share;
        }
        self.careful_share(from, to, dots)
    }

    #[cold]
    fn careful_share(self, from: f64, to: f64, dots: f64) -> f64 {
        let (length, part) = (self.high - self.low, dots * (to - from));
        let share = if length.is_finite() && part.is_finite() {
            part / length
        } else {
            dots * ((to / 2.0 - from / 2.0) / (self.high / 2.0 - self.low / 2.0))
        };
        if share.is_nan() {
            return 0.0;
        }
        share.clamp(-FURTHEST, FURTHEST)
    }

    fn position(self, value: f64) -> f64 {
        match self.kind {
            LossAxis::Linear => value,
            LossAxis::Log => value.max(SMALLEST_LOSS).log10(),
        }
    }

    /// Returns the nearest of the levels 0 to `levels` of a bar.
    pub(crate) fn level(self, value: f64, levels: u32) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the levels"
        )]
        let level = (self.share(value).clamp(0.0, 1.0) * f64::from(levels)).round() as u64;
        level
    }

    /// Returns round values between the ends, from the low end on, at most `most` of them where there is room for two.
    pub(crate) fn ticks(self, most: u16) -> Ticks {
        match self.kind {
            LossAxis::Linear => ticks::linear(self.low, self.high, most),
            LossAxis::Log => ticks::logarithmic(self.low, self.high, most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_an_axis_are_0_and_1() {
        for (low, high) in [
            (0.0, 1.0),
            (-6.0, 6.0),
            (0.0, 5e-324),
            (0.0, f64::MAX),
            (-f64::MAX, f64::MAX),
        ] {
            let axis = Axis::between(low, high);
            assert_eq!(
                [axis.share(low), axis.share(high)],
                [0.0, 1.0],
                "{low} {high}"
            );
            assert_eq!([axis.down(low, 1.0), axis.down(high, 1.0)], [1.0, 0.0]);
        }
        assert_eq!(Axis::between(-f64::MAX, f64::MAX).share(0.0), 0.5);
        assert_eq!(Axis::of_losses(LossAxis::Log, 0.001, 10.0).share(0.1), 0.5);
    }

    #[test]
    fn an_axis_around_losses_ends_at_the_round_numbers_next_to_them() {
        for (low, high, ends, ticks) in [
            (0.00363, 0.7, [0.002, 1.0], vec!["0.01", "0.1", "1"]),
            (0.01, 0.2, [0.01, 0.2], vec!["0.01", "0.1"]),
            (0.011, 0.04, [0.01, 0.05], vec!["0.01", "0.02", "0.05"]),
            (0.3, 0.3, [0.2, 0.5], vec!["0.2", "0.5"]),
        ] {
            let axis = Axis::around_losses(low, high);
            let shares = ends.map(|end| axis.share(end));
            assert!(
                shares[0].abs() < 1e-9 && (shares[1] - 1.0).abs() < 1e-9,
                "{low} {shares:?}"
            );
            assert_eq!(axis.ticks(5).texts(ticks::TickText::Number), ticks, "{low}");
        }
    }
}
