//! The board that data is drawn on, and its classes.
//!
//! ```text
//! ┌ Drawing x, y ─────────────── ↑ y ┐┌ Classes ────────────┐
//! │ 0.5┤      ▲         ●            ││›1 ● A  7 points     │
//! │    │                             ││ 2 ▲ B  5 points     │
//! │   0┤     [●]        ▲            ││ 3 adds a class      │
//! │    └──┬─────────┬──────────      ││                     │
//! │     −0.5       0           x     ││( ) −0.4, 0          │
//! └──────────────────────────────────┘└─────────────────────┘
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::frame;
use super::points::sign_of_class;
use crate::app::keymap::Action;
use crate::app::{Draw, Drawing, MapCell, Target};
use crate::data::{Point, shortest, with_unit};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::typeset;
use crate::ui::style::{Theme, cut, fitting, width};
use crate::ui::widget::own_keys;
use crate::ui::widget::spot::{Board, Mark, at_cursor};

/// Draws the board with its axes, the points and the cursor.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let Some(drawing) = canvas.app.drawing() else {
        return;
    };
    let (theme, plane) = (canvas.theme, drawing.plane());
    let features = &drawing.points().features;
    let names = features
        .each_ref()
        .map(|feature| [feature.to_string(), feature.unit.clone()]);
    let title = format!("Drawing {}, {}", features[0].name, features[1].name);
    let title = fitting(&[title, "Drawing".to_owned()], area.width.saturating_sub(4));
    let board = frame::render(canvas, area, title, &plane, names, None);
    let first = MapCell {
        column: 0,
        row: 0,
        size: (board.width, board.height),
    };
    canvas.shows(board, Target::Point(first));
    let cells = Board {
        area: board,
        spans: plane.spans(),
    };
    for Point { values, class } in &drawing.points().points {
        if let Some(position) = cells.position(*values) {
            let (sign, style) = sign(theme, drawing, *class);
            canvas.frame.buffer_mut()[position]
                .set_symbol(sign)
                .set_style(style);
        }
    }
    for (position, symbol) in cells.cells(theme, Mark::Brackets, drawing.cursor()) {
        canvas.frame.buffer_mut()[position]
            .set_symbol(symbol)
            .set_style(theme.strong());
    }
}

/// Returns the sign of a class, with its colour.
fn sign(theme: Theme, drawing: &Drawing, class: usize) -> (&'static str, Style) {
    let style = theme.class(&drawing.points().classes, class);
    (sign_of_class(theme, class), theme.strong().patch(style))
}

/// Draws the panel of the classes, the cursor and the keys.
pub(crate) fn render_classes(canvas: &mut Canvas, area: Rect) {
    let inner = canvas
        .panel(area, "Classes")
        .intersection(canvas.frame.area());
    let Some(drawing) = canvas.app.drawing() else {
        return;
    };
    let mut rows = inner.rows();
    let classes = 0..drawing.points().classes.len();
    for (class, row) in classes.clone().zip(rows.by_ref()) {
        let count = match drawing.points().counts()[class] {
            1 => "1 point".to_owned(),
            count => format!("{count} points"),
        };
        let room = row.width.saturating_sub(width(&count) + 8);
        let mut spans = class_spans(canvas.theme, drawing, class, room);
        spans.push(Span::styled(format!("  {count}"), canvas.theme.dim()));
        let target = Target::Command(Action::Draw(Draw::Choose(class)));
        canvas.spans(spans.into_iter().map(|span| (span, target)), row);
    }
    if drawing.can_choose(classes.len())
        && let Some(row) = rows.next()
    {
        let text = format!(" {} adds a class", classes.len() + 1);
        let text = Span::styled(text, canvas.theme.dim());
        let next = Target::Command(Action::Draw(Draw::Choose(classes.len())));
        canvas.spans([(text, next)], row);
    }
    let cursor = Line::styled(cursor(canvas.theme, drawing), canvas.theme.strong());
    let lines = [Line::default(), cursor, Line::default()];
    let rows: Vec<Rect> = rows.collect();
    let left = rows.len().saturating_sub(lines.len());
    let keys = own_keys::lines(canvas, (inner.width, left));
    for (line, row) in lines.into_iter().chain(keys).zip(rows) {
        canvas.write(line, row);
    }
}

/// Draws the classes in one line and the cursor in another, where there is no room for a panel.
pub(crate) fn render_lines(canvas: &mut Canvas, area: Rect) {
    let Some(drawing) = canvas.app.drawing() else {
        return;
    };
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        let points = drawing.points();
        let classes = points.counts().into_iter().enumerate();
        let spans = classes.flat_map(|(class, count)| {
            let mut spans = class_spans(canvas.theme, drawing, class, 8);
            spans.push(Span::styled(format!(" {count} "), canvas.theme.dim()));
            let target = Target::Command(Action::Draw(Draw::Choose(class)));
            spans.into_iter().map(move |span| (span, target))
        });
        let spans: Vec<_> = spans.collect();
        canvas.spans(spans, row);
    }
    if let Some(row) = rows.next() {
        canvas.draw(cursor(canvas.theme, drawing), row);
    }
}

/// Returns "›1 ● A": whether a class is chosen, its key, its sign and its name.
fn class_spans(theme: Theme, drawing: &Drawing, class: usize, room: u16) -> Vec<Span<'static>> {
    let is_chosen = class == drawing.chosen();
    let mark = if is_chosen {
        theme.glyph("›", ">")
    } else {
        " "
    };
    let (sign, style) = sign(theme, drawing, class);
    let name = &drawing.points().classes[class];
    let name = cut(name, room.max(3), theme.glyph("…", "."));
    let style_of_name = if is_chosen {
        theme.strong()
    } else {
        Style::new()
    };
    vec![
        Span::styled(format!("{mark}{} ", class + 1), theme.strong()),
        Span::styled(sign, style),
        Span::styled(format!(" {name}"), style_of_name),
    ]
}

/// Returns "( ) −0.4, 0.25".
fn cursor(theme: Theme, drawing: &Drawing) -> String {
    let values = drawing.cursor().into_iter().zip(&drawing.points().features);
    let values = values.map(|(value, of)| with_unit(&typeset(&shortest(value)), &of.unit));
    theme.written(&at_cursor(&values.collect::<Vec<_>>().join(", ")))
}
