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
    left_out_of(&[(count, of)]).map(Line::raw)
}

/// Returns " 2 more runs, 1 column " if these are not visible.
pub(crate) fn left_out_of(all: &[(usize, &str)]) -> Option<String> {
    let unseen = all.iter().filter(|(count, _)| *count > 0);
    let texts = unseen.enumerate().map(|(at, (count, of))| {
        let more = if at == 0 { "more " } else { "" };
        counted(*count, &format!("{more}{of}"))
    });
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| format!(" {} ", texts.join(", ")))
}

/// Returns "1 run", "2 runs".
pub(crate) fn counted(count: usize, of: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {of}{plural}")
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
    fn what_is_not_seen_is_counted() {
        assert_eq!(left_out_of(&[(0, "run"), (0, "column")]), None);
        assert_eq!(
            left_out_of(&[(0, "run"), (1, "column")]).unwrap(),
            " 1 more column "
        );
        let all = left_out_of(&[(3, "run"), (1, "column"), (6, "parameter")]);
        assert_eq!(all.unwrap(), " 3 more runs, 1 column, 6 parameters ");
    }

    #[test]
    fn the_chosen_one_is_within_the_window() {
        assert_eq!(window(9, 4, None), 0..4);
        assert_eq!(window(9, 4, Some(3)), 0..4);
        assert_eq!(window(9, 4, Some(7)), 4..8);
        assert_eq!(window(2, 4, Some(1)), 0..2);
    }
}
