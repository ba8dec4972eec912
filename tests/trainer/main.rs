//! The worker thread and its protocol, from outside.

mod assessment;
mod changes;
mod curves;
mod ending;
mod looking_ahead;
mod retracing;
mod seeks;
mod single_steps;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::TryRecvError;
use std::thread;
use std::time::{Duration, Instant};

use nnscope::data::{Examples, Task, people};
use nnscope::nn::Activation;
use nnscope::nn::init::Init;
use nnscope::session::{
    Change, DataSource, Position, Run, Session, StepOutcome, TrainingConfig, TrainingData,
};
use nnscope::trainer::{
    Command, Curves, Event, Origin, Pace, Progress, RunState, Start, StartState, Trainer,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A run on the post's people.
fn run_of(config: TrainingConfig) -> Arc<Run> {
    let people = Arc::new(people());
    Arc::new(Run::new(config, DataSource::default(), people))
}

/// The post's run, of this many epochs; 0 for no limit.
fn post_run(epochs: u64) -> Arc<Run> {
    run_of(TrainingConfig {
        epochs,
        ..TrainingConfig::post(1)
    })
}

fn post_session() -> Session {
    post_run(1000).begin().unwrap()
}

fn start(state: StartState, pace: Pace) -> Start {
    Start {
        state,
        pace,
        looks_ahead: false,
        retraces: false,
    }
}

fn spawn(epochs: u64, start: Start) -> Trainer {
    Trainer::spawn(Origin::Start(post_run(epochs)), start, || {}).unwrap()
}

fn next_event(trainer: &Trainer) -> Event {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match trainer.try_event() {
            Ok(event) => return event,
            Err(TryRecvError::Empty) => thread::sleep(Duration::from_micros(200)),
            Err(TryRecvError::Disconnected) => panic!("the worker is gone"),
        }
        assert!(Instant::now() < deadline, "no event");
    }
}

fn next_progress(trainer: &Trainer) -> Progress {
    match next_event(trainer) {
        Event::Progress(progress) => *progress,
        Event::ChangeRefused(_, reason) | Event::SeekRefused(reason) | Event::NotBegun(reason) => {
            panic!("refused: {reason}")
        }
        Event::Panicked(text) => panic!("the worker panicked: {text}"),
    }
}

/// Takes events until one satisfies `wanted`, and adds all losses on the way to `curves`.
fn progress_until(
    trainer: &Trainer,
    curves: &mut Curves,
    wanted: impl Fn(&Progress) -> bool,
) -> Progress {
    loop {
        let progress = next_progress(trainer);
        curves.append(&progress.curves);
        assert!(progress.evaluation.is_finite());
        if wanted(&progress) {
            return progress;
        }
    }
}

#[test]
fn the_loss_of_every_epoch_arrives_and_equals_that_of_a_run_without_a_thread() {
    let trainer = spawn(1000, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(
        end.position,
        Position {
            epoch: 1000,
            step: 0
        }
    );

    let mut session = post_session();
    let mut expected = vec![session.loss()];
    while session.position().epoch < 1000 {
        if let StepOutcome::EpochFinished { loss } = session.step() {
            expected.push(loss);
        }
    }
    let ours: Vec<f64> = curves
        .training
        .iter()
        .map(|(_, bucket)| bucket.last)
        .collect();
    assert_eq!(ours, expected);
    assert_eq!(end.network.parameters(), session.network().parameters());
}

#[test]
fn a_paused_start_reports_its_state_and_then_nothing() {
    let trainer = spawn(1000, start(StartState::Paused, Pace::Max));
    let first = next_progress(&trainer);
    assert_eq!(
        (first.state, first.position),
        (RunState::Paused, Position::default())
    );
    assert_eq!(first.curves.training.epochs(), 1);
    thread::sleep(Duration::from_millis(50));
    assert_eq!(trainer.try_event(), Err(TryRecvError::Empty));
}

#[test]
fn steps_stop_exactly_between_two_updates() {
    let trainer = spawn(1000, start(StartState::Paused, Pace::DEFAULT));
    next_progress(&trainer);
    let mut by_hand = post_session();

    for _ in 0..3 {
        trainer.send(Command::StepSample);
        by_hand.step();
    }
    let mut curves = Curves::default();
    let three = Position { epoch: 0, step: 3 };
    let progress = progress_until(&trainer, &mut curves, |p| p.position == three);
    assert_eq!(
        progress.network.parameters(),
        by_hand.network().parameters()
    );
    assert_eq!(progress.state, RunState::Paused);

    // The end of the epoch is one update away.
    trainer.send(Command::StepEpoch);
    by_hand.step();
    let one = Position { epoch: 1, step: 0 };
    let progress = progress_until(&trainer, &mut curves, |p| p.position == one);
    assert_eq!(
        progress.network.parameters(),
        by_hand.network().parameters()
    );

    trainer.send(Command::StepEpoch);
    let two = Position { epoch: 2, step: 0 };
    let progress = progress_until(&trainer, &mut curves, |p| p.position == two);
    assert_eq!(progress.state, RunState::Paused);
    assert_eq!(curves.training.epochs(), 2);
}

#[test]
fn a_pause_at_full_speed_is_answered_and_holds() {
    let trainer = spawn(0, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.position.epoch > 1000);
    trainer.send(Command::Pause);
    let paused = progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    assert_eq!(
        curves.training.first_epoch() + curves.training.epochs() - 1,
        paused.position.epoch
    );
    let checkpoint = trainer.checkpoint().recv().unwrap();
    assert_eq!(checkpoint.position(), paused.position);
    assert_eq!(
        checkpoint.network().parameters(),
        paused.network.parameters()
    );

    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| {
        p.position.epoch > paused.position.epoch + 1000
    });
}

#[test]
fn a_finished_run_can_continue_past_its_end() {
    let trainer = spawn(10, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(end.position.epoch, 10);
    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| p.position.epoch > 100);
}

#[test]
fn a_run_finishes_at_its_goal_and_continues_from_there_to_its_last_epoch() {
    let config = TrainingConfig {
        until_loss: Some(0.05),
        ..TrainingConfig::post(1)
    };
    let start = start(StartState::Running, Pace::Max);
    let trainer = Trainer::spawn(Origin::Start(run_of(config)), start, || {}).unwrap();
    let mut curves = Curves::default();
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    let losses: Vec<f64> = curves
        .training
        .iter()
        .map(|(_, epoch)| epoch.last)
        .collect();
    let (last, before) = losses.split_last().unwrap();
    assert!(*last <= 0.05 && before.iter().all(|&loss| loss > 0.05));
    assert!(end.position.epoch < 1000);

    trainer.send(Command::StepEpoch);
    let step = progress_until(&trainer, &mut curves, |p| {
        p.position.epoch > end.position.epoch
    });
    assert_eq!(step.state, RunState::Paused);
    trainer.send(Command::Run);
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(end.position.epoch, 1000);
}

#[test]
fn a_pace_is_kept() {
    let begun = Instant::now();
    let trainer = spawn(40, start(StartState::Running, Pace::EpochsPerSecond(200)));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    // 39 intervals of 5 ms, because the first epoch is due at once.
    assert!(
        begun.elapsed() >= Duration::from_millis(39 * 5),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn one_epoch_is_one_message_at_the_default_pace() {
    let trainer = spawn(6, start(StartState::Running, Pace::DEFAULT));
    let mut epochs_in_messages = Vec::new();
    loop {
        let progress = next_progress(&trainer);
        epochs_in_messages.push(progress.curves.training.epochs());
        if progress.state == RunState::Finished {
            break;
        }
    }
    assert_eq!(epochs_in_messages.iter().sum::<u64>(), 7);
    // On a busy machine, a message may have two epochs.
    assert!(epochs_in_messages.len() > 4, "{epochs_in_messages:?}");
}

#[test]
fn a_screen_that_takes_no_events_misses_no_epoch() {
    let trainer = spawn(50_000, start(StartState::Running, Pace::Max));
    let deadline = Instant::now() + PATIENCE;
    while trainer.checkpoint().recv().unwrap().position().epoch < 50_000 {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(1));
    }
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(curves.training.epochs(), 50_001);
}

#[test]
fn a_diverged_run_is_reported_as_diverged_and_not_as_finished() {
    let examples = Examples::new(Task::Binary, (1, vec![100.0]), (1, vec![1.0]));
    let config = TrainingConfig {
        hidden: vec![],
        learning_rate: f64::MAX,
        init: Init::Zeros,
        ..TrainingConfig::post(1)
    };
    let data = TrainingData {
        training: Arc::new(examples),
        test: None,
    };
    let run = Run {
        data,
        ..Run::clone(&run_of(config))
    };
    let start = start(StartState::Running, Pace::Max);
    let trainer = Trainer::spawn(Origin::Start(Arc::new(run)), start, || {}).unwrap();
    let mut curves = Curves::default();
    let diverged = RunState::Diverged { epoch: 1 };
    let end = progress_until(&trainer, &mut curves, |p| p.state == diverged);
    assert_eq!(end.position, Position::default());
    assert_eq!(end.network.parameters(), [0.0, 0.0]);

    // It cannot continue, and reports that again.
    trainer.send(Command::Run);
    assert_eq!(next_progress(&trainer).state, diverged);

    // But it can continue once the cause is removed.
    trainer.send(Command::Change(Change::set("learning-rate", "0.1")));
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| p.position.epoch > 10);
}
