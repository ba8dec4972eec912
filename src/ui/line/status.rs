//! The line under the panels: how far the run is, and how it goes, in words.
//!
//! ```text
//!  epoch 140/1,000 ████▋░░░░░░░░░░░░░░░░░  loss still falling
//!  epoch 140, until stopped  loss still falling
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use crate::app::{App, TrainingState};
use crate::session::{Finish, Seeking, TrainingConfig};
use crate::trainer::RunState;
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let epoch = app.run().training.position.epoch;
    let count = Line::raw(count(app.run().config(), epoch));
    let count_width = u16::try_from(count.width()).unwrap_or(u16::MAX);
    let room = area.width.saturating_sub(count_width + 2);
    let words = match (&app.notice(), &app.run().training.state) {
        (Some(notice), _) => Line::styled(notice.to_owned(), theme.strong()),
        (
            None,
            TrainingState::Alive(RunState::Diverged { .. })
            | TrainingState::NotBegun(_)
            | TrainingState::Panicked(_),
        ) => Line::styled(words(app, room), theme.warning()),
        (None, _) => Line::raw(words(app, room)),
    };
    let words_width = u16::try_from(words.width()).unwrap_or(u16::MAX);
    // The bar is as long as the words leave room for; what has no end has none.
    let others = count_width.saturating_add(words_width).saturating_add(3);
    let most = if app.run().config().epochs == 0 {
        0
    } else {
        area.width / 3
    };
    let bar_width = area.width.saturating_sub(others).min(most);
    let [count_area, bar_area, _, words_area] = Layout::horizontal([
        Constraint::Length(count_width),
        Constraint::Length(bar_width),
        Constraint::Length(2),
        Constraint::Fill(1),
    ])
    .areas(area);
    frame.render_widget(count, count_area);
    let progress = epoch as f64 / app.run().config().last_epoch() as f64;
    frame.render_widget(Line::raw(theme.bar(progress, bar_area.width)), bar_area);
    frame.render_widget(words, words_area);
}

/// How far it is, and where it ends.
fn count(config: &TrainingConfig, epoch: u64) -> String {
    let epoch = grouped(epoch);
    match (config.epochs, config.until_loss) {
        (0, None) => format!(" epoch {epoch}, until stopped "),
        // Debug, which writes small numbers with an exponent.
        (0, Some(goal)) => format!(" epoch {epoch}, until loss {goal:?} "),
        (epochs, _) => format!(" epoch {epoch}/{} ", grouped(epochs)),
    }
}

fn words(app: &App, room: u16) -> String {
    let position = app.run().training.position;
    let state = match &app.run().training.state {
        TrainingState::NotBegun(reason) => {
            return format!("cannot begin: {reason} – R tries another seed");
        }
        TrainingState::Panicked(text) => return format!("training stopped by a bug: {text}"),
        TrainingState::Alive(state) => state,
    };
    let newest = grouped(app.run().training.newest.epoch);
    match state {
        RunState::Running if app.run().is_behind() => {
            format!("again, up to epoch {newest}; loss {}", trend(app))
        }
        RunState::Running if finish(app).is_some() => {
            format!("past its end; loss {}", trend(app))
        }
        RunState::Running => format!("loss {}", trend(app)),
        RunState::Seeking(Seeking { from, at, goal }) => {
            let percent = 100 * (at - from) / (goal - from).max(1);
            format!("to epoch {}: {percent} %; Esc stays here", grouped(*goal))
        }
        RunState::Paused if position.step > 0 => {
            let (step, steps) = (position.step as u64, app.run().steps_per_epoch() as u64);
            let unit = if app.run().config().batch_size == 1 {
                "sample"
            } else {
                "batch"
            };
            let (epoch, step, steps) = (grouped(position.epoch), grouped(step), grouped(steps));
            format!("paused at epoch {epoch}, {unit} {step} of {steps}")
        }
        RunState::Paused if app.run().is_behind() => {
            let at = format!("at epoch {} of {newest} trained", grouped(position.epoch));
            Theme::fitting(&[format!("{at}: ] forward, space goes on"), at], room)
        }
        RunState::Paused => format!("paused at epoch {}", grouped(position.epoch)),
        RunState::Finished => match (finish(app), app.run().config().until_loss) {
            (Some(Finish::Loss), Some(goal)) => {
                format!("finished: loss {goal:?} or less; space goes on")
            }
            _ => "finished; space goes on".to_owned(),
        },
        RunState::Diverged { epoch } => {
            format!(
                "diverged at epoch {}: loss is not a number",
                grouped(*epoch)
            )
        }
    }
}

fn finish(app: &App) -> Option<Finish> {
    let loss = app.run().training.evaluation?.training.loss;
    app.run()
        .config()
        .finish_at(app.run().training.position.epoch, loss)
}

/// What the loss has done in the last tenth of the run, up to where it is.
fn trend(app: &App) -> &'static str {
    let past = app
        .run()
        .curves
        .training
        .up_to(app.run().training.position.epoch);
    let recent = &past[past.len() - past.len().min((past.len() / 10).max(2))..];
    let [first, .., last] = recent else {
        return "not known yet";
    };
    match (last.last - first.last) / first.last.max(f64::MIN_POSITIVE) {
        ..-0.005 => "still falling",
        0.005.. => "rising",
        _ => "hardly changing",
    }
}
