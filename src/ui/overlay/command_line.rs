//! All remarks on the data of the run and how it is trained, and the command that is equivalent to it, for copying.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::window;
use crate::app::keymap::Action;
use crate::app::{App, OverlayKind, RunView};
use crate::session::can_include_weights;
use crate::session::setting::in_screen_words;
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, cells, penalty_names};

/// With borders.
const WIDTH: u16 = 72;

pub(super) fn render(canvas: &mut Canvas, area: Rect, line: &str) {
    let theme = canvas.theme;
    let width = area.width.min(WIDTH);
    let remarks = canvas.app.run().remarks();
    let mut lines = Vec::new();
    if !remarks.is_empty() {
        lines.push(Line::styled("Remarks on the data:", theme.strong()));
        let bullet = theme.glyph("·", "-");
        lines.extend(
            remarks
                .iter()
                .map(|remark| Line::raw(format!("{bullet} {}", in_screen_words(remark)))),
        );
        lines.push(Line::raw(""));
    }
    if let Some(training) = training(theme, canvas.app) {
        lines.extend([Line::raw(training), Line::raw("")]);
    }
    lines.push(Line::raw(line));
    lines.push(Line::styled(missing(canvas.app.run()), theme.warning()));
    lines.push(Line::styled(
        "Copied (if your terminal supports it).",
        theme.dim(),
    ));
    let room = usize::from(width.saturating_sub(2).max(1));
    let rows = lines.iter().map(|line| line.width().div_ceil(room).max(1));
    // One row more for each line because words are not broken, two for the borders.
    let height = cells(rows.sum::<usize>() + remarks.len() + 3);
    let title = if remarks.is_empty() {
        "Equivalent command"
    } else {
        "Remarks and equivalent command"
    };
    let inner = window::open(canvas, area, title, (width, height));
    canvas.draw(Paragraph::new(lines).wrap(Wrap { trim: false }), inner);
}

/// Returns what a run on a file is trained with, unlike the post's; `None` for other data.
fn training(theme: Theme, app: &App) -> Option<String> {
    let run = app.run();
    let config = run.config();
    let penalty = penalty_names(config.penalty).filter(|_| run.source().is_file())?;
    let settings = app.offered_key(Action::Open(OverlayKind::Settings));
    let more = settings.map(|key| format!(" The settings ({key}) have more."));
    let text = format!(
        "Training: {} and {} loss, with {penalty}, which pulls weights towards 0.{}",
        config.optimizer.name(),
        config.loss.name(),
        more.unwrap_or_default(),
    );
    Some(theme.written(&text))
}

/// Returns what the command does not include.
fn missing(run: &RunView) -> &'static str {
    match (can_include_weights(run.config()), run.is_changed()) {
        (false, _) => "Too many initial weights to include.",
        (true, true) => "The run was edited; the command does not include those edits.",
        (true, false) if run.source().is_drawn_as_in_version_1() => {
            "An older version generated this data; the command's will differ."
        }
        (true, false) => "",
    }
}
