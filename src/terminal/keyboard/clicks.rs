//! Which press of the button is the second half of a double click.

use std::time::{Duration, Instant};

use super::mouse::Report;
use crate::app::Gesture;

/// The longest time between the halves of a double click.
const LONGEST: Duration = Duration::from_millis(400);

/// The last press of the button that could be the first half of a double click.
#[derive(Debug, Default)]
pub(super) struct Clicks {
    first: Option<(Instant, u16, u16)>,
}

impl Clicks {
    /// Returns what was reported, and of a press whether it ends a double click.
    pub(super) fn hear(&mut self, report: Report, now: Instant) -> Report {
        if !matches!(report.gesture, Gesture::Press { .. }) {
            return report;
        }
        let is_double = self.first.take().is_some_and(|(then, column, row)| {
            (column, row) == (report.column, report.row) && now.duration_since(then) <= LONGEST
        });
        if !is_double {
            self.first = Some((now, report.column, report.row));
        }
        Report {
            gesture: Gesture::Press { is_double },
            ..report
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_presses_in_a_cell_are_a_double_click_and_a_third_begins_another() {
        let mut clicks = Clicks::default();
        let start = Instant::now();
        let mut press = |column, milliseconds| {
            let report = Report {
                gesture: Gesture::Press { is_double: false },
                column,
                row: 7,
            };
            let now = start + Duration::from_millis(milliseconds);
            clicks.hear(report, now).gesture == Gesture::Press { is_double: true }
        };
        let presses = [
            (3, 0),
            (3, 200),
            (3, 300),
            (4, 350),
            (4, 700),
            (4, 1200),
            (4, 1700),
            (4, 1800),
        ];
        assert_eq!(
            presses.map(|(column, at)| press(column, at)),
            [false, true, false, false, true, false, false, true]
        );
    }
}
