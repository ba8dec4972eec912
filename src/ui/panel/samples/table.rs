//! A panel with a table of samples: the one that is followed stands out, and the mouse finds each.

use std::ops::Range;

use ratatui::layout::{Margin, Rect};
use ratatui::widgets::{HighlightSpacing, Table, TableState};

use crate::app::{Shown, Target};
use crate::ui::canvas::Canvas;
use crate::ui::style::Border;

/// Draws the panel until a job has computed the predictions of a large network.
pub(super) fn draw_awaited(canvas: &mut Canvas, area: Rect, title: String) {
    let inner = canvas.panel(area, title);
    canvas.say("Computing the predictions", inner);
}

/// Draws the panel. The table has a heading and one row for each of the samples.
pub(super) fn draw(
    canvas: &mut Canvas,
    area: Rect,
    panel: Border,
    table: Table,
    samples: Range<usize>,
) {
    let theme = canvas.theme;
    let selected = match canvas.app.run().shown {
        Shown::Sample(sample) => Some(sample - samples.start),
        Shown::Prediction => None,
    };
    let table = table
        .row_highlight_style(theme.strong())
        .highlight_symbol(theme.glyph("›", ">"))
        .highlight_spacing(HighlightSpacing::Always);
    let inner = panel.inner(area);
    canvas.draw(panel, area);
    let mut state = TableState::new().with_selected(selected);
    canvas.draw_scrolled(table, inner, &mut state);
    canvas.shows(area, Target::Samples);
    for (sample, row) in samples.zip(area.inner(Margin::new(1, 1)).rows().skip(1)) {
        canvas.shows(row, Target::Sample(Shown::Sample(sample)));
    }
}
