//! The first line: the views, what is trained, the state of training, the seed.
//!
//! ```text
//!  nnscope  [1 Train] 2 Backprop  people 2-2-1     ▶ running 50/s       seed 42
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use strum::VariantArray;

use crate::app::keymap::Action;
use crate::app::{App, Focus, RunView, Target, TrainingState, View};
use crate::nn::Penalty;
use crate::trainer::RunState;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, activations, cells, cut, fitting, width};
use crate::ui::widget::method;

/// A shorter name of the data, in cells, is no name; one of this length is not cut.
const LEAST_NAME: u16 = 6;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let state = Line::styled(state(theme, run), theme.strong());
    let start = match canvas.app.scene() {
        Some(scene) => format!("lesson {} ", scene.page.number()),
        None => format!("{} ", run.config().begun_with()),
    };
    let start = Line::raw(start).right_aligned();
    let [state_width, start_width] = [&state, &start].map(|line| cells(line.width()));
    // In the same column in most states.
    let state_width = state_width.max(area.width / 6);
    let around = state_width + start_width + 2;
    let mut left = left(theme, canvas.app, area.width.saturating_sub(around));
    let left_width = left.iter().map(|(span, _)| span.width()).sum();
    let taken = state_width + start_width + cells(left_width) + 4;
    let subject = subject(theme, canvas.app, area.width.saturating_sub(taken));
    left.push((Span::raw(format!("  {subject}")), Target::Nothing));
    let [left_area, state_area, start_area] = Layout::horizontal([
        Constraint::Min(10),
        Constraint::Length(state_width),
        Constraint::Length(start_width),
    ])
    .spacing(1)
    .areas(area);
    canvas.spans(left, left_area);
    canvas.shows(state_area, Target::Command(Action::Toggle));
    canvas.write(state, state_area);
    canvas.write(start, start_area);
}

/// Returns what is trained, and how if there is room. A long name of the data is cut before anything goes; then the
/// layers go, which the diagram names too.
fn subject(theme: Theme, app: &App, room: u16) -> String {
    let run = app.run();
    let config = run.config();
    let architecture = run.network.architecture();
    if !app.shows_data() {
        let layers = architecture.to_string();
        let all = format!("{layers} {}", activations(theme, architecture));
        return fitting(&[all, layers, String::new()], room);
    }
    let what = format!("{} {architecture}", run.dataset().name);
    let how = format!(
        "{}  {}",
        activations(theme, architecture),
        method::text(theme, run)
    );
    let mark = theme.glyph("…", ".");
    let name = &run.dataset().name;
    let layers = format!(" {architecture}");
    let room_for_name = room.saturating_sub(width(&layers)).max(LEAST_NAME);
    let penalty = penalty(config.penalty);
    let texts = [
        format!("{what} {how}{penalty}"),
        format!("{what} {how}"),
        what,
        cut(name, room_for_name, mark) + &layers,
        name.clone(),
        String::new(),
    ];
    fitting(&texts, room)
}

/// Returns the name of the program and the views; in a narrow window only the present one.
fn left<'a>(theme: Theme, app: &App, room: u16) -> Vec<(Span<'a>, Target)> {
    let present = app.view();
    let name = (Span::styled(" nnscope ", theme.strong()), Target::Nothing);
    let all = std::iter::once(name.clone()).chain(views(theme, app));
    let own =
        views(theme, app).filter(|(_, target)| *target == Target::Command(Action::Show(present)));
    let own: Vec<_> = own.collect();
    let with_name = std::iter::once(name).chain(own.clone());
    let choices = [all.collect(), with_name.collect(), own];
    let taken = |spans: &[(Span, Target)]| cells(spans.iter().map(|(span, _)| span.width()).sum());
    let [.., last] = &choices;
    choices
        .iter()
        .find(|spans| taken(spans) <= room)
        .unwrap_or(last)
        .clone()
}

/// Returns the views, the present one in brackets, with their keys, unless digits are typed somewhere else.
fn views<'a>(theme: Theme, app: &App) -> impl Iterator<Item = (Span<'a>, Target)> {
    let (present, has_keys) = (app.view(), app.focus() == Focus::Run);
    let views = View::VARIANTS.iter().copied();
    views.map(move |view| {
        let name = match (view.key(), view.name()) {
            (key, name) if has_keys => format!("{key} {name}"),
            (_, name) => name.to_owned(),
        };
        let text = if view == present {
            Span::styled(format!("[{name}]"), theme.strong())
        } else {
            Span::styled(format!(" {name} "), theme.dim())
        };
        (text, Target::Command(Action::Show(view)))
    })
}

/// Returns what the trainer is doing.
fn state(theme: Theme, run: &RunView) -> String {
    let training = &run.training;
    let TrainingState::Alive(state) = training.state else {
        return format!("{} stopped", theme.glyph("✗", "!"));
    };
    match state {
        RunState::Running => {
            let measured = measured_pace(run);
            let pace = training.pace;
            format!("{} running {pace}{measured}", theme.glyph("▶", ">"))
        }
        RunState::TrainingTo(_) => {
            let measured = measured_pace(run);
            format!("{} training{measured}", theme.glyph("»", ">>"))
        }
        RunState::Seeking(_) => format!("{} jumping", theme.glyph("»", ">>")),
        RunState::Paused => format!("{} paused", theme.glyph("▌▌", "||")),
        RunState::Finished => format!("{} finished", theme.glyph("■", "#")),
        RunState::Diverged { .. } => format!("{} diverged", theme.glyph("✗", "!")),
    }
}

/// Returns the measured speed, " (204,500/s)", if the run trains as fast as it can and a measurement exists.
fn measured_pace(run: &RunView) -> String {
    let measured = run.training.epochs_per_second;
    let is_paced = run.training.is_paced();
    if is_paced || measured <= 0.0 {
        return String::new();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float saturates"
    )]
    let measured = measured as u64;
    format!(" ({}/s)", grouped(measured))
}

/// Returns the regularization: " l2 0.17".
fn penalty(Penalty { l1, l2 }: Penalty) -> String {
    let of = |name, strength: f64| (strength > 0.0).then(|| format!(" {name} {strength}"));
    let parts = [of("l1", l1), of("l2", l2)].into_iter().flatten();
    parts.collect()
}
