//! `nnscope train`: a run without a screen.

use anyhow::{Result, bail, ensure};

use super::check::check_gradients;
use super::log::Log;
use super::output::{Output, Standard, file_to_write, note, note_remarks};
use super::training::{Stop, Training};
use crate::cli::{Setup, TrainOptions};
use crate::data::{Dataset, shortest};
use crate::session::{Finish, Run, SavedRun, Session, Timeline, WholeFile};
use crate::signals::{self, Ending};
use crate::threads::Cores;
use crate::trainer::Pace;

/// Trains, logs on stdout, saves if asked to, and reports on stderr how long training took. Returns the exit
/// code: 0, or 128 + n after signal n.
///
/// # Errors
///
/// If the run cannot be set up, log or file cannot be written, or the run diverges (what is left of it is
/// saved first).
pub fn train(options: &TrainOptions) -> Result<i32> {
    // Looked at before hours of training, not after.
    let save = options.save.as_deref();
    let file = save
        .map(|path| file_to_write(path, options.force))
        .transpose()?;
    let ending = signals::watch()?;
    let setup = options.run.setup()?;
    if let Some(epoch) = options.at_epoch {
        setup.check_has(epoch)?;
    }
    note_remarks(&setup.run);
    note_end(&setup.session);
    let mut log = Log::new(
        options.format,
        options.log_every,
        log_output(file.as_ref(), &ending),
    );
    // From here on there is a run to save.
    ending.give_time(file.is_some());
    log.start(&setup)?;
    let Setup { run, mut session } = setup;
    let is_checked =
        !options.check_gradients || check_gradients(&mut session, &ending) == Some(true);
    let timeline = match options.at_epoch {
        Some(_) => Timeline::new(session),
        None => Timeline::without_return(session),
    };
    let pace = options.run.speed.unwrap_or(Pace::Max);
    let timeline = timeline.on(Cores::all());
    let mut training = Training::new(timeline, pace, log, file.is_some(), ending);
    let trained = training.train(&run);
    finish(options, &run, &mut training, trained, file, is_checked)
}

/// Says that a loaded run is at its end, and how it continues.
fn note_end(session: &Session) {
    let epoch = session.position().epoch;
    let goal = session.config().until_loss;
    let (why, how) = match (session.finish(), goal) {
        (None, _) => return,
        (Some(Finish::Loss), Some(goal)) => (
            format!("its loss is {} or less", shortest(goal)),
            "a smaller --until-loss",
        ),
        _ => (
            format!("it has trained its {epoch} epochs"),
            "more --epochs",
        ),
    };
    note(format_args!(
        "nnscope: nothing to train, {why}; {how} would continue it"
    ));
}

/// Where the log goes: out of the way of a run that is saved to standard output.
fn log_output(file: Option<&WholeFile>, ending: &Ending) -> Output<Standard> {
    if file.is_some_and(WholeFile::is_stdout) {
        Output::stderr("the log")
    } else {
        Output::stdout_until("the log", ending.clone())
    }
}

/// Saves the run and reports how it ended. Returns the exit code.
fn finish(
    options: &TrainOptions,
    run: &Run,
    training: &mut Training<Standard>,
    mut trained: Result<Stop>,
    file: Option<WholeFile>,
    is_checked: bool,
) -> Result<i32> {
    let (last_epoch, epochs) = (training.epoch(), training.epochs());
    let last_session = options.check_gradients.then(|| training.session().clone());
    let wanted = options.at_epoch.unwrap_or(last_epoch);
    if wanted < last_epoch
        && let Some(signal) = training.go_to(wanted)?
    {
        trained = Ok(Stop::Interrupted(signal));
    }
    // Whatever became of the log, the run is not lost.
    if let Some(file) = file {
        SavedRun::new(run, training.session().state()).write(file)?;
    }
    training.ending().give_time(false);
    let stop = trained?;
    report(training, epochs, &run.dataset);
    let saved = training.epoch();
    let missed =
        format!("--at-epoch {wanted} was not reached: the run is saved as it was at epoch {saved}");
    match stop {
        Stop::Reached if saved == wanted => {
            check_at_end(last_session, is_checked, training.ending())
        }
        Stop::Reached => bail!(missed),
        Stop::Diverged => {
            let epoch = last_epoch + 1;
            bail!("diverged at epoch {epoch}: the loss or a weight overflowed")
        }
        Stop::Interrupted(signal) => {
            if saved != wanted {
                note(format_args!("nnscope: {missed}"));
            }
            Ok(signals::exit_code(signal))
        }
    }
}

/// Checks the gradients of a trained run, if that is asked for. Returns the exit code.
fn check_at_end(session: Option<Session>, is_checked: bool, ending: &Ending) -> Result<i32> {
    let Some(mut session) = session else {
        return Ok(0);
    };
    let agree = check_gradients(&mut session, ending);
    if let Some(signal) = ending.notice() {
        return Ok(signals::exit_code(signal));
    }
    ensure!(
        is_checked && agree == Some(true),
        "backpropagation is not the derivative of the loss"
    );
    Ok(0)
}

fn report(training: &Training<Standard>, epochs: u64, dataset: &Dataset) {
    let samples = epochs * dataset.training_samples as u64;
    let seconds = training.time().as_secs_f64();
    let per_second = if seconds > 0.0 {
        samples as f64 / seconds
    } else {
        0.0
    };
    let session = training.session();
    let config = session.config();
    let why = match (session.finish(), config.until_loss) {
        (Some(Finish::Loss), Some(goal)) => format!(", finished: loss {goal:?} or less"),
        _ => String::new(),
    };
    note(format_args!(
        "{epochs} epoch{}, {samples} samples, {seconds:.6} s of training, {per_second:.0} samples/s, seed {}{why}",
        if epochs == 1 { "" } else { "s" },
        config.seed
    ));
}
