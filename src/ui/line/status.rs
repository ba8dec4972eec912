//! The line below the panels: the progress and the state of the run.
//!
//! ```text
//!  epoch 140/1,000 ████▋░░░░░░░░░░░░░░░░░  loss still falling
//!  epoch 140 (no limit)  loss still falling
//!  epoch 1,140 (past 1,000)  loss still falling
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::drawing;
use super::observation::{self, Room};
use crate::app::keymap::Action;
use crate::app::{App, Moved, Observation, OverlayKind, RunView, TrainingState, Travel};
use crate::session::{Finish, Position};
use crate::trainer::RunState;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{grouped, significant};
use crate::ui::style::{Theme, fitting, shortened, width};
use crate::ui::widget::visible::counted;

/// The cells between the bar and the text.
const GAP: u16 = 2;

/// The cells that the longest usual text and the gap before it need.
const TEXT: u16 = 53;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let epoch = run.training.position.epoch;
    let content = content(canvas.app, theme, area.width);
    let text = shortened(&content.text, content.room, theme.glyph("…", "..."));
    let [count_area, bar_area, _, message_area] = Layout::horizontal([
        Constraint::Length(width(&content.count)),
        Constraint::Length(content.bar_width),
        Constraint::Length(GAP),
        Constraint::Fill(1),
    ])
    .areas(area);
    let progress = epoch as f64 / total(run) as f64;
    canvas.write(Line::raw(content.count), count_area);
    canvas.write(Line::raw(theme.bar(progress, bar_area.width)), bar_area);
    canvas.write(Line::styled(text, content.style), message_area);
}

/// What stands in the line.
struct Content {
    count: String,
    bar_width: u16,
    text: String,
    style: Style,
    /// The cells that the text can have.
    room: u16,
}

/// Returns what stands in a line of this width. A text that is longer takes the place of the whole bar, as a part of one
/// would show another progress, and if it needs that, of the limit and of the count: what is cut is not read.
fn content(app: &App, theme: Theme, line: u16) -> Content {
    let run = app.run();
    let counts = counts(run);
    let usual = fitting(&counts, line / 2);
    let others = counts.into_iter().chain([String::new()]);
    let others = others.skip_while(|count| *count != usual);
    let contents = others.map(|count| {
        let count_width = width(&count);
        let bar_width = if has_limit(run) {
            bar_width(line, count_width)
        } else {
            0
        };
        let all = line.saturating_sub(count_width + GAP);
        let beside = all.saturating_sub(bar_width);
        let (text, style) = message(theme, app, Room { beside, all });
        let has_bar = width(&text) <= beside && !count.is_empty();
        Content {
            count,
            bar_width: if has_bar { bar_width } else { 0 },
            text,
            style,
            room: all,
        }
    });
    let mut contents: Vec<Content> = contents.collect();
    let whole = contents
        .iter()
        .position(|content| width(&content.text) <= content.room);
    contents.swap_remove(whole.unwrap_or(0))
}

/// Whether the run has gone back by more than steps of an epoch.
fn is_epochs_behind(run: &RunView) -> bool {
    run.training.position.epoch < run.training.farthest.epoch
}

/// The epoch that the progress is measured by: where a run has gone back, its newest.
fn total(run: &RunView) -> u64 {
    if is_epochs_behind(run) {
        run.training.farthest.epoch
    } else {
        run.config().last_epoch()
    }
}

/// Whether the run stops at an epoch that its progress is measured by: it has one, and is not trained beyond it.
fn has_limit(run: &RunView) -> bool {
    let (config, epoch) = (run.config(), run.training.position.epoch);
    config.epochs > 0 && epoch <= config.epochs
}

/// Returns the width of the bar of progress: the text beside it begins at the same column all the time.
fn bar_width(width: u16, count_width: u16) -> u16 {
    let before_text = width.saturating_sub(TEXT).min(width / 5 * 2);
    before_text.saturating_sub(count_width)
}

/// Returns the answer to the last key, or else the state of the run, in the room beside the bar. An answer that is longer
/// has all the room, and may be too long even for that.
fn message(theme: Theme, app: &App, room: Room) -> (String, Style) {
    let (run, all) = (app.run(), room.all);
    let plain = |text: &str| (theme.written(text), Style::new());
    if let (None, Some(drawing)) = (app.notice(), app.drawing()) {
        return plain(&drawing::state(drawing, all));
    }
    match (app.notice(), &run.training.state) {
        (Some(notice), _) => (theme.written(notice), theme.strong()),
        (
            None,
            TrainingState::Alive(RunState::Diverged { .. })
            | TrainingState::NotBegun(_)
            | TrainingState::Panicked(_),
        ) => {
            let text = state(app, Room { beside: all, all });
            (theme.written(&text), theme.warning())
        }
        (None, _) => {
            let first = waiting(app, room.beside).or_else(|| greeting(app));
            plain(&first.unwrap_or_else(|| state(app, room)))
        }
    }
}

/// Returns what points to the lessons at the first start, while nothing else is worth saying.
fn greeting(app: &App) -> Option<String> {
    let run = app.run();
    let greets = app.is_new_here()
        && run.training.state == TrainingState::Alive(RunState::Running)
        && run.training.long_step.is_none()
        && finish(run).is_none()
        && !Observation::of(run).matters();
    greets.then(|| "new here? press 4 for short lessons".to_owned())
}

/// Returns where the reader's own run waits, while the run of a lesson is paused.
fn waiting(app: &App, room: u16) -> Option<String> {
    let own = app.own_app()?.run().training.position;
    let is_paused = app.run().training.state == TrainingState::Alive(RunState::Paused);
    let at = format!("your own run waits at epoch {}", grouped(own.epoch));
    let way_back = if app.leaves_lessons_by_esc() {
        format!("{at}; Esc brings it back")
    } else {
        at.clone()
    };
    let texts = [way_back, at, "your own run waits".to_owned()];
    is_paused.then(|| fitting(&texts, room))
}

/// Returns the epoch, and where the run stops, from the longest text to the shortest. Where the run has gone back, the text
/// beside it names the newest epoch, and one total is enough.
fn counts(run: &RunView) -> Vec<String> {
    let (config, epoch) = (run.config(), run.training.position.epoch);
    let epoch = grouped(epoch);
    let short = format!(" epoch {epoch} ");
    let long = match (config.epochs, config.until_loss) {
        _ if is_epochs_behind(run) => return vec![short],
        (1.., _) if !has_limit(run) => {
            format!(" epoch {epoch} (past {}) ", grouped(config.epochs))
        }
        (0, None) => format!(" epoch {epoch} (no limit) "),
        (0, Some(goal)) => format!(" epoch {epoch}, until loss {} ", significant(goal, 3)),
        (epochs, _) => format!(" epoch {epoch}/{} ", grouped(epochs)),
    };
    vec![long, short]
}

fn state(app: &App, room: Room) -> String {
    let run = app.run();
    let state = match &run.training.state {
        TrainingState::NotBegun(reason) => {
            let seed = app.key_saying(&[Action::RestartWithNextSeed], "tries another seed");
            return with_way(format!("cannot start: {reason}"), seed);
        }
        TrainingState::Panicked(text) => {
            return format!("internal error, training stopped: {text}");
        }
        TrainingState::Alive(state) => state,
    };
    match state {
        RunState::Running => running(app, room),
        RunState::Seeking(seeking) => {
            let (goal, percent) = (grouped(seeking.goal), seeking.percent());
            leaving(app, format!("going to epoch {goal}: {percent}%"), "cancels")
        }
        RunState::TrainingTo(seeking) => {
            let (goal, percent) = (grouped(seeking.goal), seeking.percent());
            leaving(
                app,
                format!("training to epoch {goal}: {percent}%"),
                "stops",
            )
        }
        RunState::Paused => paused(app, room),
        RunState::Finished => finished(app, room),
        RunState::Diverged { epoch } => {
            let what = format!("diverged at epoch {}", grouped(*epoch));
            let ways = app
                .after_divergence()
                .map(|way| Some(way).filter(|way| !way.is_empty()));
            fitting(&ways.map(|way| with_way(what.clone(), way)), room.all)
        }
    }
}

/// Returns a text with the key of a way to go on, if there is one.
fn with_way(text: String, way: Option<String>) -> String {
    way.map(|way| format!("{text} – {way}")).unwrap_or(text)
}

/// Returns a text with what Esc does, if it does that here.
fn leaving(app: &App, text: String, what: &str) -> String {
    let way = app.key_saying(&[Action::Dismiss, Action::LeaveLessons], what);
    way.map(|way| format!("{text} ({way})")).unwrap_or(text)
}

/// Returns that the run has reached its end, and what can be done now, as far as there is room.
fn finished(app: &App, room: Room) -> String {
    let run = app.run();
    let more = app.key_saying(&[Action::Toggle], "trains more");
    if let (Some(Finish::Loss), Some(goal)) = (finish(run), run.config().until_loss) {
        return with_way(format!("reached loss {}", significant(goal, 3)), more);
    }
    let finished = "finished".to_owned();
    let texts = [more, None].map(|way| with_way(finished.clone(), way));
    if let Some(remark) = observation::remark_after(&texts, "; ", app, room) {
        return remark;
    }
    let ways = [
        (Action::Toggle, "trains more"),
        (Action::RestartWithNextSeed, "tries another seed"),
        (Action::Open(OverlayKind::Sweep), "tries many"),
        (Action::Open(OverlayKind::Runs), "compares runs"),
    ];
    // In a window that has one of the later keys, they would say nothing of the run.
    let ways = ways.map(|(action, what)| app.key_saying(&[action], what));
    let ways: Vec<String> = ways.into_iter().map_while(|way| way).collect();
    let longest_first = (1..=ways.len()).rev().map(|count| ways[..count].join(", "));
    let texts = longest_first.map(|ways| with_way(finished.clone(), Some(ways)));
    let texts: Vec<String> = texts.chain([finished.clone()]).collect();
    fitting(&texts, room.beside)
}

fn running(app: &App, room: Room) -> String {
    let run = app.run();
    let place = if run.is_behind() {
        let newest = grouped(run.training.farthest.epoch);
        Some(format!("replaying to epoch {newest}"))
    } else {
        // That it is past its last epoch is said beside the epoch.
        let is_past_goal = finish(run) == Some(Finish::Loss);
        is_past_goal.then(|| "beyond the loss goal".to_owned())
    };
    let state = observation::after(place.as_deref(), app, room);
    let Some(takes) = run.training.long_step else {
        return state;
    };
    let step = format!("one step takes {:.1} s", takes.as_secs_f64());
    fitting(&[format!("{state}; {step}"), step], room.beside)
}

/// Returns where a run that has gone back is: "epoch 50 of 140".
fn place_behind(run: &RunView) -> String {
    let (epoch, farthest) = (grouped(run.training.position.epoch), run.training.farthest);
    if is_epochs_behind(run) {
        return format!("epoch {epoch} of {}", grouped(farthest.epoch));
    }
    let steps = farthest.step - run.training.position.step;
    format!(
        "epoch {epoch}, {} before the newest",
        counted(steps, "step")
    )
}

fn paused(app: &App, room: Room) -> String {
    let run = app.run();
    let position = run.training.position;
    let epoch = grouped(position.epoch);
    if position.step > 0 {
        return within_epoch(run, room);
    }
    if run.is_behind() {
        let place = place_behind(run);
        let at = format!("viewing {place}");
        let runs = app.key_saying(&[Action::Toggle], "runs from here");
        let newest = app.key_saying(&[Action::Travel(Travel::Farthest)], "goes to the newest");
        let both = [runs.clone(), newest].into_iter().flatten();
        let both = both.collect::<Vec<_>>().join(", ");
        let texts = [Some(both).filter(|both| !both.is_empty()), runs, None];
        let texts = texts.map(|way| with_way(at.clone(), way));
        let remark = observation::remark_after(&[at, place], " – ", app, room);
        return remark.unwrap_or_else(|| fitting(&texts, room.beside));
    }
    let texts = [format!("paused at epoch {epoch}"), "paused".to_owned()];
    // The epoch goes only if nothing has room beside it.
    let mut texts_alone = texts.iter().map(std::slice::from_ref);
    let remark = texts_alone.find_map(|text| observation::remark_after(text, " – ", app, room));
    let with = moved(run).into_iter().flat_map(|moved| {
        let texts = texts.each_ref();
        texts.map(|text| format!("{text}; {moved}"))
    });
    let texts: Vec<String> = with.chain(texts.clone()).collect();
    remark.unwrap_or_else(|| fitting(&texts, room.beside))
}

/// Returns the place of a run that is paused between two steps of an epoch.
fn within_epoch(run: &RunView, room: Room) -> String {
    let Position { epoch, step } = run.training.position;
    let unit = match run.batch_size() {
        1 => "sample",
        _ => "batch",
    };
    let (epoch, steps) = (grouped(epoch), run.steps_per_epoch());
    let count = |step: usize| {
        let [step, steps] = [step, steps].map(|count| grouped(count as u64));
        format!("{unit} {step} of {steps}")
    };
    if step >= steps {
        return format!("paused at epoch {epoch}, after {}", count(steps));
    }
    let done = format!("{} done", count(step));
    let at = format!("paused at epoch {epoch}, {done}");
    let Some(moved) = moved(run) else {
        return at;
    };
    let texts = [at.clone(), format!("paused, {done}"), done];
    let texts = texts.map(|text| format!("{text}; {moved}"));
    fitting(
        &texts.into_iter().chain([at]).collect::<Vec<_>>(),
        room.beside,
    )
}

/// Returns what the last step by hand has moved most, as most changes are too small for the diagram: "the step moved b3
/// most: +0.015".
fn moved(run: &RunView) -> Option<String> {
    let Moved { index, by, steps } = run.moved?;
    let Position { epoch, step } = run.training.position;
    let name = run.network.parameter_name(run.network.parameter_at(index));
    let what = match steps {
        _ if step == 0 && steps == run.steps_per_epoch() => format!("epoch {}", grouped(epoch)),
        1 => "the step".to_owned(),
        _ => format!("the last {}", counted(steps, "step")),
    };
    let sign = if by > 0.0 { "+" } else { "" };
    let by = significant(by, 2);
    Some(format!("{what} moved {name} most: {sign}{by}"))
}

/// Returns the limit that the run has reached, if any.
fn finish(run: &RunView) -> Option<Finish> {
    let loss = run.training.evaluation?.training.loss;
    run.config().finish_at(run.training.position.epoch, loss)
}
