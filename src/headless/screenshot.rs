//! `nnscope screenshot`: the very screen of a run at some epoch, as a picture; or at several, as an animation.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::learn::app_at_page;
use super::output::{file_to_write, note_remarks};
use crate::answers::AnswerEvent;
use crate::app::{App, Appearance, Effect, Message, RunView};
use crate::cli::{Frames, RunOptions, ScreenshotOptions, Setup, UsageError};
use crate::session::{Run, Session, StepOutcome, WholeFile, shown_path};
use crate::surface::{MapEvent, MapRequest};
use crate::trainer::{Curves, Event, Pace, Progress, RunState, Start, StartState};
use crate::ui;

/// The file names that ask for something that a picture of ours is not.
const OTHER_KINDS: [&str; 13] = [
    "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "avif", "ico", "pdf", "ps", "eps", "html",
];

/// The most columns and rows of a PNG picture, which would be hundreds of megabytes beyond.
const LARGEST_PNG: (u16, u16) = (400, 200);

/// Writes the picture.
///
/// # Errors
///
/// If the run cannot be set up, diverges before that epoch, or the file cannot be written.
pub fn screenshot(options: &ScreenshotOptions) -> Result<()> {
    let lesson = options.page()?;
    let (run, frames) = options.frames()?;
    let is_png = extension_is(&options.output, "png");
    if is_png {
        check_png(options, frames.is_some())?;
    }
    let file = output_file(options)?;
    let background = options.screen.background_of_picture();
    let mut screens = Vec::new();
    let see = |app: App| {
        let app = app.with_background(background);
        screens.push(screen(app, options.size));
    };
    match lesson {
        Some(index) => see_page(options, index, see)?,
        None => see_run(options, &run, frames, see)?,
    }
    match screens.as_slice() {
        [screen] if is_png => file.write(&ui::png(screen, background)),
        _ => file.write(ui::picture(&screens, background).as_bytes()),
    }
}

/// Hands over the app as a page of the lessons opens.
fn see_page(options: &ScreenshotOptions, index: usize, mut see: impl FnMut(App)) -> Result<()> {
    let app = app_at_page(index)?;
    see(app.with_appearance(options.screen.appearance_of_picture()));
    Ok(())
}

/// Hands over the app at the epochs of a run that are drawn.
fn see_run(
    options: &ScreenshotOptions,
    run: &RunOptions,
    frames: Option<Frames>,
    mut see: impl FnMut(App),
) -> Result<()> {
    let pace = options.run.speed.unwrap_or(Pace::DEFAULT);
    let setup = run.setup()?;
    let epochs: Vec<u64> = match (frames, options.at_epoch) {
        (Some(frames), _) => frames.epochs().collect(),
        (None, Some(epoch)) => vec![epoch],
        (None, None) => vec![setup.session.position().epoch],
    };
    for &epoch in &epochs {
        setup.check_has(epoch)?;
    }
    note_remarks(&setup.run);
    let network = setup.session.network();
    let slice = options.slice.as_ref();
    let slice = slice.map(|slice| slice.axes(network)).transpose()?;
    let appearance = options.screen.appearance_of_picture();
    // What does not move is not running.
    let state = frames.map_or(RunState::Paused, |_| RunState::Running);
    for_each_epoch(setup, &epochs, (pace, state), appearance, |app| {
        let app = app.with_view(options.view);
        see(match slice {
            Some(axes) => app.with_slice(axes),
            None => app,
        });
    })
}

/// The screen of an app with all its maps and answers, without a job that computes what takes long.
fn screen(mut app: App, size: (u16, u16)) -> ui::Screen {
    loop {
        let screen = ui::screen(&app, size);
        if !tell(&mut app, Message::Drawn) {
            return screen;
        }
    }
}

/// Tells the app something, and computes what it asks for. Returns whether it has asked for anything.
fn tell(app: &mut App, message: Message) -> bool {
    let effects = app.update(message);
    let has_asked = !effects.is_empty();
    for effect in effects {
        match effect {
            Effect::Map(requests) => compute_maps(app, requests),
            Effect::Ask(questions) => {
                let answers = questions.into_iter();
                let answers = answers.map(|question| (question.clone(), question.answer()));
                let answered = AnswerEvent::Answered(answers.collect());
                tell(app, Message::Answers(answered));
            }
            _ => {}
        }
    }
    has_asked
}

fn compute_maps(app: &mut App, requests: Vec<MapRequest>) {
    for request in requests {
        let map = Arc::new(request.whole());
        app.update(Message::Map(MapEvent::Mapped(Box::new(request), map)));
    }
}

/// Whether a PNG picture can show what is asked for.
fn check_png(options: &ScreenshotOptions, is_animation: bool) -> Result<(), UsageError> {
    let svg = shown_path(&options.output.with_extension("svg"));
    let (width, height) = LARGEST_PNG;
    if is_animation {
        return Err(UsageError(format!(
            "an animation is an SVG picture: --output {svg}"
        )));
    }
    if options.size.0 > width || options.size.1 > height {
        let words =
            format!("a PNG picture has {width}x{height} cells at most: --output {svg} has more");
        return Err(UsageError(words));
    }
    Ok(())
}

fn extension_is(path: &Path, kind: &str) -> bool {
    let extension = path.extension().unwrap_or_default();
    extension.eq_ignore_ascii_case(kind)
}

/// The file for the picture, which is looked at before the run is trained.
fn output_file(options: &ScreenshotOptions) -> Result<WholeFile> {
    let path = &options.output;
    if OTHER_KINDS.iter().any(|kind| extension_is(path, kind)) {
        let (found, right) = (shown_path(path), shown_path(&path.with_extension("svg")));
        let words =
            format!("a screenshot is an SVG or PNG picture: --output {right} instead of {found}");
        return Err(UsageError(words).into());
    }
    file_to_write(path, options.force)
}

/// The app at the moment when a run reaches an epoch.
///
/// # Errors
///
/// If it diverges before.
pub fn app_at(setup: Setup, epoch: u64, pace: Pace, appearance: Appearance) -> Result<App> {
    let mut at_epoch = None;
    let moving = (pace, RunState::Running);
    for_each_epoch(setup, &[epoch], moving, appearance, |app| {
        at_epoch = Some(app);
    })?;
    at_epoch.context("there is no such epoch")
}

/// Hands over the app at the moments when a run reaches these epochs, which ascend, in this state unless it has finished.
fn for_each_epoch(
    setup: Setup,
    epochs: &[u64],
    (pace, unfinished): (Pace, RunState),
    appearance: Appearance,
    mut see: impl FnMut(App),
) -> Result<()> {
    let Setup { run, session } = setup;
    let mut session = session.measuring_moves();
    let start = Start {
        state: StartState::Running,
        pace,
        looks_ahead: false,
        retraces: false,
    };
    let mut app = App::new(
        RunView::new(Arc::clone(&run), session.network().clone(), start),
        appearance,
    );
    let mut curves = Curves::up_to(&session);
    for &epoch in epochs {
        train_to(&mut session, epoch, &mut curves)?;
        let mut progress = report(&run, &session, std::mem::take(&mut curves));
        if progress.state == RunState::Paused {
            progress.state = unfinished;
        }
        tell(
            &mut app,
            Message::Trainer(Event::Progress(Box::new(progress))),
        );
        see(app.clone());
    }
    Ok(())
}

/// Trains to the end of an epoch, and notes the losses on the way.
///
/// # Errors
///
/// If the run diverges before.
pub(super) fn train_to(session: &mut Session, epoch: u64, curves: &mut Curves) -> Result<()> {
    while session.position().epoch < epoch {
        match session.advance() {
            StepOutcome::WithinStep | StepOutcome::WithinEpoch | StepOutcome::Evaluating => {}
            StepOutcome::EpochFinished { .. } => curves.push(session),
            StepOutcome::Diverged => {
                bail!("the run diverged at epoch {}", session.position().epoch + 1)
            }
        }
    }
    Ok(())
}

/// What a trainer reports that waits with this session, or is finished with it; with its next step.
pub(super) fn report(run: &Arc<Run>, session: &Session, curves: Curves) -> Progress {
    let mut shown = session.clone();
    while !shown.prepare_step() {}
    let state = match shown.finish() {
        Some(_) => RunState::Finished,
        None => RunState::Paused,
    };
    Progress {
        next_step: shown.next_step().map(Arc::new),
        ..Progress::of(Arc::clone(run), &shown, state, curves)
    }
}
