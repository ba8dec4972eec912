//! The keys that only the present view has, a line each.

use ratatui::text::{Line, Span};

use crate::app::OverlayKind;
use crate::app::keymap::{self, Action, Context, Group};
use crate::ui::canvas::Canvas;
use crate::ui::style::{cut, widest, width};

/// The arrow keys, one by one.
const ARROWS: &str = "Left Right Up Down";

/// Returns the keys of the present view, or of the part of it that is shown, that do something now: as many as there is
/// room for, and where the others are.
pub(crate) fn lines(canvas: &Canvas, (room, rows): (u16, usize)) -> Vec<Line<'static>> {
    let mut keys = all(canvas);
    if keys.len() > rows {
        keys.truncate(rows.saturating_sub(1));
        let help = canvas.app.key_of(Action::Open(OverlayKind::Help));
        keys.extend(help.map(|key| (key.to_string(), "more keys")));
        keys.truncate(rows);
    }
    let name_width = usize::from(widest(keys.iter().map(|(names, _)| names)));
    let lines = keys.into_iter().map(|(names, text)| {
        let names = format!("{names:name_width$}");
        let text = cut(&format!("  {text}"), room.saturating_sub(width(&names)), "");
        Line::from_iter([Span::styled(names, canvas.theme.strong()), Span::raw(text)])
    });
    lines.collect()
}

/// The keys, and what is said of them.
fn all(canvas: &Canvas) -> Vec<(String, &'static str)> {
    let app = canvas.app;
    let own = [app.help_context(), Context::View(app.view())];
    let mut rows: Vec<(String, &'static str)> = Vec::new();
    for binding in keymap::heard_in(own[0]) {
        let text = app.legend_text(binding).unwrap_or_default();
        let is_own = own.contains(&binding.context) && binding.group != Group::Run
            || binding.action == Action::Dismiss;
        if !is_own || text.is_empty() {
            continue;
        }
        let key = binding.keys[0].to_string();
        match rows.iter_mut().find(|(_, same)| *same == text) {
            Some((keys, _)) => {
                keys.push(' ');
                keys.push_str(&key);
            }
            None => rows.push((key, text)),
        }
    }
    for (keys, _) in &mut rows {
        if *keys == ARROWS {
            "arrows".clone_into(keys);
        }
    }
    rows
}
