//! Which of many rows are visible where there is no room for all.

use std::ops::Range;

use ratatui::text::Line;

/// Selects as many indices below `all` as there is room for, evenly, including the first and the last.
pub(crate) fn spread(all: usize, room: usize) -> impl Iterator<Item = usize> {
    let seen = all.min(room);
    (0..seen).map(move |index| index * (all - 1) / seen.saturating_sub(1).max(1))
}

/// Returns as many neighbouring indices below `all` as there is room for, including the chosen one.
pub(crate) fn window(all: usize, room: usize, chosen: Option<usize>) -> Range<usize> {
    let size = all.min(room);
    let first = chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(size));
    first..first + size
}

/// Returns " 2 more layers " if that many layers are not visible.
pub(crate) fn left_out(count: usize, of: &str) -> Option<Line<'static>> {
    let plural = if count == 1 { "" } else { "s" };
    (count > 0).then(|| Line::raw(format!(" {count} more {of}{plural} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_are_seen_where_there_is_room_for_two() {
        let seen = |all, room| spread(all, room).collect::<Vec<_>>();
        assert_eq!(seen(5, 9), [0, 1, 2, 3, 4]);
        assert_eq!(seen(5, 3), [0, 2, 4]);
        assert_eq!(seen(9, 2), [0, 8]);
        assert_eq!(seen(1, 3), [0]);
        assert_eq!(seen(3, 1), [0]);
        assert_eq!(seen(3, 0), [0; 0]);
    }

    #[test]
    fn the_chosen_one_is_within_the_window() {
        assert_eq!(window(9, 4, None), 0..4);
        assert_eq!(window(9, 4, Some(3)), 0..4);
        assert_eq!(window(9, 4, Some(7)), 4..8);
        assert_eq!(window(2, 4, Some(1)), 0..2);
    }
}
