//! The seeds that can be opened, and with more room those that come after them.
//!
//! ```text
//! b best   0.000574  seed 67
//!          0.000581  seed 202
//! m median 0.00157   seed 43
//!          0.00158   seed 11
//! w worst  0.464     seed 118
//!          0.251     seed 77
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::keymap::Action;
use crate::app::{Pick, Target};
use crate::sweep::{SeedLoss, Summary};
use crate::ui::canvas::Canvas;
use crate::ui::style::cells;
use crate::ui::style::number::significant;

/// The least rows of the seeds that can be opened, one for each.
pub(super) const PICKS: u16 = 3;

/// Returns the height of the seeds in this much room: with at most all that are known, equally many of each kind.
pub(super) fn height(summary: &Summary, room: u16) -> u16 {
    let ranked = &summary.ranked;
    let lists = [&ranked.best, &ranked.median, &ranked.worst];
    let longest = lists.into_iter().map(Vec::len).max().unwrap_or_default();
    PICKS * (room / PICKS).clamp(1, cells(longest).max(1))
}

pub(super) fn render(canvas: &mut Canvas, area: Rect, summary: &Summary) {
    let Some(losses) = summary.losses else {
        return;
    };
    let ranked = &summary.ranked;
    let picks = [
        ("b", Pick::Best, losses.best, &ranked.best),
        ("m", Pick::Median, losses.median, &ranked.median),
        ("w", Pick::Worst, losses.worst, &ranked.worst),
    ];
    let areas = Layout::vertical([Constraint::Fill(1); 3]).areas::<3>(area);
    for ((key, pick, first, list), area) in picks.into_iter().zip(areas) {
        let mut rows = area.rows();
        let Some(row) = rows.next() else {
            continue;
        };
        canvas.shows(row, Target::Command(Action::OpenSeed(pick)));
        let key = Span::styled(key, canvas.theme.strong());
        let name = Span::raw(format!(" {:6} {}", pick.name(), text(first)));
        canvas.write(Line::from(vec![key, name]), row);
        let others = list.iter().filter(|other| other.seed != first.seed);
        for (other, row) in others.zip(rows) {
            let line = format!("  {:6} {}", "", text(*other));
            canvas.write(Line::styled(line, canvas.theme.dim()), row);
        }
    }
}

fn text(SeedLoss { seed, loss }: SeedLoss) -> String {
    format!("{:9} seed {seed}", significant(loss, 3))
}
