//! `nnscope learn --list` and `--format text`: the lessons without a screen.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};

use super::output::Output;
use super::screenshot::{report, train_to};
use crate::app::{App, Appearance, Colors, Glyphs, Message, PAGES, Page, RunView};
use crate::cli::LearnOptions;
use crate::session::Run;
use crate::sweep::{self, DEFAULT_SEEDS, Findings, News, Plan, SweepEvent};
use crate::trainer::{Curves, Event, Start, StartState};
use crate::ui;

/// Prints the list of all lessons, one lesson, or all of them.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn learn(options: &LearnOptions) -> Result<()> {
    let mut output = Output::stdout("the lessons");
    if options.list {
        for page in PAGES {
            output.line(format_args!(
                "{:2}  {:14}  {}",
                page.number(),
                page.name,
                page.title()
            ))?;
        }
        return output.flush();
    }
    let pages = match options.lesson {
        Some(index) => index..index + 1,
        None => 0..PAGES.len(),
    };
    for (number, index) in pages.enumerate() {
        if number > 0 {
            output.line("")?;
        }
        output.line(ui::lesson(&app_at_page(index)?).trim_end())?;
    }
    output.flush()
}

/// The app as a page opens, with the prepared run where it should stand, and its sweep over.
///
/// # Errors
///
/// If the run of the page cannot be prepared.
pub fn app_at_page(index: usize) -> Result<App> {
    let page: &Page = &PAGES[index];
    let (run, network) = page.prepare(None)?;
    let start = Start {
        state: StartState::Paused,
        pace: page.stand.pace,
        looks_ahead: true,
        retraces: false,
    };
    let appearance = Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Unicode,
    };
    let mut app = App::new(RunView::new(Arc::clone(&run), network, start), appearance);
    app.open_page(index);
    let mut session = run.begin()?.measuring_moves();
    let mut curves = Curves::default();
    curves.push(&session);
    train_to(&mut session, page.stand.epoch, &mut curves)?;
    let progress = report(&run, &session, curves);
    app.update(Message::Trainer(Event::Progress(Box::new(progress))));
    if page.sweeps {
        app.update(Message::Sweep(swept(&run)?));
    }
    Ok(app)
}

/// The end of a sweep of a run.
fn swept(run: &Run) -> Result<SweepEvent> {
    let plan = Plan::new(run.config.clone(), run.data.clone(), DEFAULT_SEEDS)?;
    let mut findings = Findings::new(&plan);
    sweep::run(&plan, sweep::all_cores(), |News { finished, .. }| {
        if let Some(seed_run) = &finished {
            findings.add(seed_run);
        }
        ControlFlow::Continue(())
    })
    .context("starting the threads of the sweep")?;
    Ok(SweepEvent::Progress(Box::new(sweep::Progress {
        summary: findings.summary(),
        done: 1.0,
        elapsed: Duration::ZERO,
        is_over: true,
    })))
}
