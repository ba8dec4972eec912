//! Which class is taken for which, over the training samples at the end of the last whole epoch.
//!
//! ```text
//! ┌ Training: which is taken for which ────────────────────┐
//! │ true \ says   Adelie  Chinstrap   Gentoo     │
//! │ Adelie           148          3        0     │
//! │ Chinstrap          2         66        0     │
//! │ Gentoo             0          0      123     │
//! └──────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Cell, Row, Table};

use crate::app::App;
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let (classes, confusion) = (
        app.run().dataset().target.classes(),
        &app.run().training.confusion,
    );
    // Before the first message there is nothing to tell.
    let known = if confusion.classes == classes.len() {
        classes.len()
    } else {
        0
    };
    let cells = |widths: usize| u16::try_from(widths).unwrap_or(u16::MAX);
    let names = classes.iter().map(|class| Span::raw(class).width());
    let name_width = cells(names.max().unwrap_or(0).clamp(6, 12));
    let counts = confusion.counts.iter().map(|&count| grouped(count).len());
    let width = name_width.max(cells(counts.max().unwrap_or(0)));
    let first_width = name_width.max(11);
    // Borders and the first column; the others with a gap each.
    let columns = usize::from(area.width.saturating_sub(first_width + 2) / (width + 1)).min(known);
    let rows = usize::from(area.height.saturating_sub(3)).min(known);
    let header = classes[..columns]
        .iter()
        .map(|class| right_aligned(class.clone()));
    let header = Row::new([Cell::from("true \\ says")].into_iter().chain(header));
    let table_rows = (0..rows).map(|truth| {
        let counts = (0..columns).map(|said| {
            let count = right_aligned(grouped(confusion.count(truth, said)));
            if truth == said {
                count.style(theme.strong())
            } else {
                count
            }
        });
        Row::new(
            [Cell::from(classes[truth].as_str())]
                .into_iter()
                .chain(counts),
        )
    });
    let widths = [Constraint::Length(first_width)]
        .into_iter()
        .chain((0..columns).map(|_| Constraint::Length(width)));
    let left_out = known - rows.min(columns);
    let title = match left_out {
        0 => "Training: which is taken for which".to_owned(),
        _ => format!("Training: which is taken for which ({left_out} classes more)"),
    };
    let table = Table::new(table_rows, widths).header(header.style(theme.dim()));
    frame.render_widget(table.block(theme.panel(title)), area);
}

fn right_aligned<'a>(text: String) -> Cell<'a> {
    Cell::from(Line::from(text).right_aligned())
}
