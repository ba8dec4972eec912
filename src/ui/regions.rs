//! What is drawn where, so that a click means the thing under it. Whatever draws a thing notes its area in the same
//! breath: there is no second layout.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::{Seen, Target};

/// The cells of a frame, and what the mouse finds in them.
pub(crate) type Surface<'a> = (&'a mut Buffer, &'a mut Regions);

/// The areas of a frame that mean something to the mouse, in the order in which they were drawn.
#[derive(Debug, Clone, Default)]
pub struct Regions {
    regions: Vec<(Rect, Target)>,
    /// What is seen of what is larger.
    pub(super) seen: Seen,
}

impl Regions {
    /// The target that was drawn last in a cell.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Target {
        let cell = Position::new(column, row);
        let mut regions = self.regions.iter().rev();
        let found = regions.find(|(area, _)| area.contains(cell));
        found.map_or(Target::Nothing, |(area, target)| {
            target.at_cell(column - area.x, row - area.y)
        })
    }

    /// All areas with their targets; those further back are above those before.
    pub fn iter(&self) -> impl Iterator<Item = (Rect, Target)> {
        self.regions.iter().copied()
    }

    /// What the last frame has shown of what is larger than it.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.seen
    }

    /// Forgets everything, for the next frame.
    pub(super) fn clear(&mut self) {
        self.regions.clear();
        self.seen = Seen::default();
    }

    /// Notes that an area shows a target.
    pub(crate) fn add(&mut self, area: Rect, target: Target) {
        if !area.is_empty() {
            self.regions.push((area, target));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_last_is_what_is_clicked() {
        let mut regions = Regions::default();
        regions.add(Rect::new(0, 0, 10, 5), Target::Samples);
        regions.add(Rect::new(2, 1, 3, 1), Target::Setting(4));
        regions.add(Rect::new(2, 1, 0, 9), Target::Outside);
        assert_eq!(regions.at(2, 1), Target::Setting(4));
        assert_eq!(regions.at(5, 1), Target::Samples);
        assert_eq!(regions.at(10, 0), Target::Nothing);
        assert_eq!(regions.at(u16::MAX, u16::MAX), Target::Nothing);
        regions.clear();
        assert_eq!(regions.at(2, 1), Target::Nothing);
    }
}
