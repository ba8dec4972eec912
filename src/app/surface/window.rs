//! The part of a plane that is seen: ranges of values, and the round steps in which a cursor crosses them.

use crate::app::Direction;
use crate::app::turn::Turn;

/// How many steps of the cursor cross the map, at least.
const STEPS: f64 = 40.0;

/// What is seen of a plane: the lowest and the highest value across and up.
pub(super) type Window = [(f64, f64); 2];

/// The share of a range that is free on either side of the data.
const MARGIN: f64 = 0.08;

/// By how much a zoom makes what is seen smaller.
const ZOOM: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// How many times smaller or larger than the data a part can be.
const MOST_ZOOM: f64 = 1000.0;

/// The range of a feature in all samples, with a margin.
pub(super) fn all_data((low, high): (f64, f64)) -> (f64, f64) {
    let margin = (high * MARGIN - low * MARGIN).max(0.0);
    let around = (low - margin, high + margin);
    let is_wide = around.0 < around.1 && (around.1 - around.0).is_finite();
    if is_wide {
        return around;
    }
    // One value only, or the largest of numbers.
    let half = (low.abs() / 2.0).clamp(1.0, f64::MAX / 8.0);
    let middle = f64::midpoint(low, high).clamp(-f64::MAX / 8.0, f64::MAX / 8.0);
    (middle - half, middle + half)
}

/// The range of the same length that contains a value, moved as little as that takes.
pub(super) fn moved((low, high): (f64, f64), value: f64) -> (f64, f64) {
    if value < low {
        (value, high - (low - value))
    } else if value > high {
        (low + (value - high), value)
    } else {
        (low, high)
    }
}

/// The step of a cursor along a range.
pub(super) fn round_step((low, high): (f64, f64)) -> RoundStep {
    RoundStep::below((high - low) / STEPS)
}

/// The cursor at its next round value, and the window, which follows it at the border; `None` at the end of all numbers.
pub(super) fn stepped(
    mut window: Window,
    mut cursor: [f64; 2],
    direction: Direction,
) -> Option<(Window, [f64; 2])> {
    let (axis, turn) = match direction {
        Direction::Left => (0, Turn::Back),
        Direction::Right => (0, Turn::Forward),
        Direction::Down => (1, Turn::Back),
        Direction::Up => (1, Turn::Forward),
    };
    let step = round_step(window[axis]);
    for (value, (low, high)) in cursor.iter_mut().zip(window) {
        *value = value.clamp(low, high);
    }
    cursor[axis] = step.next(cursor[axis], turn);
    window[axis] = moved(window[axis], cursor[axis]);
    let is_range = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite() && low < high;
    window.iter().all(is_range).then_some((window, cursor))
}

/// The range zoomed in or out around a value, which stays where it is on the screen; `None` past the smallest or the
/// largest part of all data.
pub(super) fn zoomed(
    (low, high): (f64, f64),
    all: (f64, f64),
    value: f64,
    turn: Turn,
) -> Option<(f64, f64)> {
    let factor = match turn {
        Turn::Forward => ZOOM,
        Turn::Back => 1.0 / ZOOM,
    };
    let value = value.clamp(low, high);
    let zoomed = (
        value - (value - low) * factor,
        value + (high - value) * factor,
    );
    let times = (all.1 - all.0) / (zoomed.1 - zoomed.0);
    let is_possible = (1.0 / MOST_ZOOM..=MOST_ZOOM).contains(&times) && zoomed.0 < zoomed.1;
    is_possible.then_some(zoomed)
}

/// 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, Copy)]
pub(super) struct RoundStep {
    times: f64,
    exponent: i32,
}

impl RoundStep {
    /// The largest that is at most this long.
    pub(super) fn below(length: f64) -> Self {
        let exponent = length.log10().floor();
        let part = length / 10f64.powf(exponent);
        let times = [5.0, 2.0, 1.0]
            .into_iter()
            .find(|times| *times <= part * 1.000_001);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an exponent; the cast saturates"
        )]
        let exponent = exponent as i32;
        Self {
            times: times.unwrap_or(1.0),
            exponent,
        }
    }

    /// Its length.
    pub(super) fn length(self) -> f64 {
        self.multiple(1.0)
    }

    /// So many steps from zero.
    fn multiple(self, count: f64) -> f64 {
        let Self { times, exponent } = self;
        let power = 10f64.powi(exponent.abs());
        // −0 becomes 0.
        let count = count + 0.0;
        // Divided by a power of ten, a multiple of 0.1 is the nearest number to what is written.
        match exponent {
            ..0 => count * times / power,
            _ => count * times * power,
        }
    }

    /// The nearest multiple to a value.
    pub(super) fn nearest(self, value: f64) -> f64 {
        self.multiple((value / self.length()).round())
    }

    /// The next multiple after or before a value.
    pub(super) fn next(self, value: f64, turn: Turn) -> f64 {
        let position = value / self.length();
        let nearest = position.round();
        let is_multiple = (position - nearest).abs() < 1e-6;
        self.multiple(match turn {
            Turn::Forward if is_multiple => nearest + 1.0,
            Turn::Forward => position.ceil(),
            Turn::Back if is_multiple => nearest - 1.0,
            Turn::Back => position.floor(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_has_round_values() {
        let step = RoundStep::below(1.3);
        assert_eq!(step.next(128.4, Turn::Forward), 129.0);
        assert_eq!(step.next(128.4, Turn::Back), 128.0);
        assert_eq!(step.next(128.0, Turn::Back), 127.0);
        let step = RoundStep::below(0.03);
        assert_eq!(step.next(0.28, Turn::Forward), 0.3);
        assert_eq!(step.next(0.3, Turn::Back), 0.28);
        assert_eq!(step.next(0.0, Turn::Back), -0.02);
        assert_eq!(RoundStep::below(75.0).next(0.0, Turn::Forward), 50.0);
        let zero = step.nearest(-0.001);
        assert!(zero == 0.0 && zero.is_sign_positive());
    }

    #[test]
    fn a_window_follows_the_cursor_and_zooms_around_it() {
        assert_eq!(moved((0.0, 10.0), 11.0), (1.0, 11.0));
        assert_eq!(moved((0.0, 10.0), -2.0), (-2.0, 8.0));
        assert_eq!(moved((0.0, 10.0), 3.0), (0.0, 10.0));
        let all = (0.0, 10.0);
        let (low, high) = zoomed(all, all, 2.5, Turn::Forward).unwrap();
        assert!((high - low - 10.0 * ZOOM).abs() < 1e-9);
        assert!(((2.5 - low) / (high - low) - 0.25).abs() < 1e-9);
        let (low, high) = zoomed((low, high), all, 2.5, Turn::Back).unwrap();
        assert!(low.abs() < 1e-9 && (high - 10.0).abs() < 1e-9);
        assert_eq!(zoomed((5.0, 5.01), all, 5.0, Turn::Forward), None);
    }
}
