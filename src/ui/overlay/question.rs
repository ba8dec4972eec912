//! Asks before something is destroyed; the footer shows the answers.

use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use super::window;
use crate::app::Question;
use crate::session::shown_path;
use crate::ui::canvas::Canvas;

/// With borders.
const SIZE: (u16, u16) = (52, 4);

pub(super) fn render(canvas: &mut Canvas, area: Rect, question: &Question) {
    let (title, text) = match question {
        Question::Replace(_, path) => {
            let path = shown_path(path);
            ("Save", format!("{path} already exists.\nReplace it? (y/n)"))
        }
        Question::Delete(index) => {
            let run = canvas.app.runs().kept.get(*index);
            let letter = run.map_or('?', |run| run.letter);
            let text = format!("Run {letter} cannot be restored.\nDelete it? (y/n)");
            ("Delete a run", text)
        }
    };
    let inner = window::open(canvas, area, title, SIZE);
    canvas.draw(Paragraph::new(text).wrap(Wrap { trim: true }), inner);
}
