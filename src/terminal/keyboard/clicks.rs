//! Which press of the button is in the same cell as the one before, and which ends a double click.

use std::time::{Duration, Instant};

use super::mouse::Report;
use crate::app::{Gesture, Repeat};

/// The longest time between the halves of a double click.
const LONGEST: Duration = Duration::from_millis(400);

/// The last press of the button.
#[derive(Debug, Default)]
pub(super) struct Clicks {
    last: Option<Press>,
}

#[derive(Debug)]
struct Press {
    time: Instant,
    cell: (u16, u16),
    is_double: bool,
}

impl Clicks {
    /// Returns what was reported, and of a press whether it repeats the one before.
    pub(super) fn hear(&mut self, report: Report, now: Instant) -> Report {
        if !matches!(report.gesture, Gesture::Press(_)) {
            return report;
        }
        let cell = (report.column, report.row);
        let repeat = match &self.last {
            Some(last) if last.cell != cell => Repeat::No,
            Some(last) if !last.is_double && now.duration_since(last.time) <= LONGEST => {
                Repeat::Double
            }
            Some(_) => Repeat::Later,
            None => Repeat::No,
        };
        self.last = Some(Press {
            time: now,
            cell,
            is_double: repeat == Repeat::Double,
        });
        Report {
            gesture: Gesture::Press(repeat),
            ..report
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Repeat::{Double, Later, No};
    use super::*;

    #[test]
    fn two_presses_in_a_cell_are_a_double_click_and_a_third_begins_another() {
        let mut clicks = Clicks::default();
        let start = Instant::now();
        let mut expect = |column, milliseconds, repeat| {
            let report = Report {
                gesture: Gesture::Press(No),
                column,
                row: 7,
            };
            let now = start + Duration::from_millis(milliseconds);
            let heard = clicks.hear(report, now).gesture;
            assert_eq!(heard, Gesture::Press(repeat), "{milliseconds}");
        };
        expect(3, 0, No);
        expect(3, 200, Double);
        expect(3, 300, Later);
        expect(3, 400, Double);
        expect(4, 450, No);
        expect(4, 1_200, Later);
        expect(4, 1_700, Later);
        expect(4, 1_800, Double);
    }
}
