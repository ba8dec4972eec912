//! The first line: the views, what is trained, how it goes, the seed.
//!
//! ```text
//!  nnscope  [1 Train] 2 Backprop  people 2-2-1     ▶ running 50/s       seed 42
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::{App, TrainingState, View};
use crate::trainer::{Pace, RunState};
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let what =
        app.run().dataset().name.clone() + " " + &app.run().network.architecture().to_string();
    let how = format!(
        "{}  {} {}",
        activations(theme, app),
        app.run().config().optimizer.name(),
        app.run().config().learning_rate
    );
    let state = Line::styled(state(theme, app), theme.strong());
    let seed = Line::raw(start(app)).right_aligned();
    let [state_width, seed_width] =
        [&state, &seed].map(|line| u16::try_from(line.width()).unwrap_or(u16::MAX));
    // At the same place in most states.
    let state_width = state_width.max(area.width / 4);
    let mut left = Line::styled(" nnscope ", theme.strong());
    left.spans.extend(views(theme, app));
    let left_width = u16::try_from(left.width()).unwrap_or(u16::MAX);
    let room = area
        .width
        .saturating_sub(state_width + seed_width + left_width + 4);
    let what = Theme::fitting(&[format!("{what} {how}"), what, String::new()], room);
    left.push_span(Span::raw(format!("  {what}")));
    let [left_area, state_area, seed_area] = Layout::horizontal([
        Constraint::Min(10),
        Constraint::Length(state_width),
        Constraint::Length(seed_width),
    ])
    .spacing(1)
    .areas(area);
    frame.render_widget(left, left_area);
    frame.render_widget(state, state_area);
    frame.render_widget(seed, seed_area);
}

/// The views by their keys, the present one in brackets.
fn views<'a>(theme: Theme, app: &App) -> impl Iterator<Item = Span<'a>> {
    let views = View::ALL.into_iter().zip(1..);
    views.map(move |(view, key)| {
        let name = view.name();
        if view == app.view() {
            Span::styled(format!("[{key} {name}]"), theme.strong())
        } else {
            Span::styled(format!(" {key} {name} "), theme.dim())
        }
    })
}

fn state(theme: Theme, app: &App) -> String {
    let TrainingState::Alive(state) = app.run().training.state else {
        return format!("{} stopped", theme.glyph("✗", "!"));
    };
    match state {
        RunState::Running if app.run().training.pace == Pace::Max => {
            let measured = app.run().training.epochs_per_second;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "an as-cast of a float saturates"
            )]
            let measured = if measured > 0.0 {
                format!(" ({}/s)", grouped(measured as u64))
            } else {
                String::new()
            };
            format!("{} running max{measured}", theme.glyph("▶", ">"))
        }
        RunState::Running => format!(
            "{} running {}",
            theme.glyph("▶", ">"),
            app.run().training.pace
        ),
        RunState::Seeking(_) => format!("{} travelling", theme.glyph("»", ">>")),
        RunState::Paused => format!("{} paused", theme.glyph("▌▌", "||")),
        RunState::Finished => format!("{} finished", theme.glyph("■", "#")),
        RunState::Diverged { .. } => format!("{} diverged", theme.glyph("✗", "!")),
    }
}

/// What the layers compute: "sigmoid", or "tanh→softmax" where hidden ones and outputs differ.
pub(crate) fn activations(theme: Theme, app: &App) -> String {
    let (hidden, output) = (
        app.run().config().activation.name(),
        app.run().config().output_activation.name(),
    );
    if app.run().config().hidden.is_empty() || hidden == output {
        return output.to_owned();
    }
    format!("{hidden}{}{output}", theme.glyph("→", ">"))
}

/// What the run started from.
fn start(app: &App) -> String {
    match app.run().config().initial_layers {
        None => format!("seed {} ", app.run().config().seed),
        Some(_) => "given weights ".to_owned(),
    }
}
