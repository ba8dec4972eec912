//! What the worker finds out about a large run that waits.

use clap::Parser;
use nnscope::cli::Cli;
use nnscope::session::{Assessment, Assessor};

use super::*;

/// A run that takes too long to assess for the screen.
fn large_run() -> Arc<Run> {
    let options = "nnscope --data gauss --samples 3000 --hidden 40 --batch-size 100 --seed 1";
    let setup = Cli::parse_from(options.split(' ')).run.setup().unwrap();
    let session = &setup.session;
    assert!(!Assessment::is_cheap(session.network(), session.data()));
    setup.run
}

/// The assessment after this many updates.
fn assessed(run: &Run, steps: usize) -> Assessment {
    let mut session = run.begin().unwrap();
    for _ in 0..steps {
        assert_eq!(session.step(), StepOutcome::WithinEpoch);
    }
    let mut assessor = Assessor::new(&session);
    while assessor.done().is_none() {
        assessor.advance(&session);
    }
    assessor.done().unwrap().clone()
}

#[test]
fn where_a_large_run_waits_within_an_epoch_its_parameters_are_assessed() {
    let run = large_run();
    let start = start(StartState::Paused, Pace::DEFAULT);
    let trainer = Trainer::spawn(Origin::Start(Arc::clone(&run)), start, || {}).unwrap();
    let mut curves = Curves::default();
    let first = progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    // Between two epochs it is the evaluation.
    assert_eq!(first.assessment, None);
    for steps in 1..4 {
        trainer.send(Command::StepSample);
        let at = Position {
            epoch: 0,
            step: steps,
        };
        let known = progress_until(&trainer, &mut curves, |p| {
            p.position == at && p.assessment.is_some()
        });
        assert_eq!(known.assessment, Some(assessed(&run, steps)));
    }
}

#[test]
fn a_weight_set_by_hand_is_assessed_too_and_a_run_that_trains_is_not() {
    let run = large_run();
    let start = start(StartState::Paused, Pace::DEFAULT);
    let trainer = Trainer::spawn(Origin::Start(run), start, || {}).unwrap();
    let mut curves = Curves::default();
    trainer.send(Command::StepSample);
    let before = progress_until(&trainer, &mut curves, |p| p.assessment.is_some());
    let (index, value) = (0, 9.0);
    trainer.send(Command::Change(Change::Parameter { index, value }));
    let after = progress_until(&trainer, &mut curves, |p| {
        p.network.parameters()[index] == value && p.assessment.is_some()
    });
    assert_ne!(after.assessment, before.assessment);
    trainer.send(Command::Run);
    let running = progress_until(&trainer, &mut curves, |p| p.state == RunState::Running);
    assert_eq!(running.assessment, None);
}

#[test]
fn a_run_that_is_paused_while_it_is_evaluated_comes_to_wait_before_the_next_step() {
    // One step an epoch, of few of the samples: most of the time all of them are being evaluated.
    let options = "nnscope --data gauss --samples 3000 --hidden 40,400,400 --test-fraction 0.95 --batch-size 200 --seed 1";
    let run = Cli::parse_from(options.split(' ')).run.setup().unwrap().run;
    let start = Start {
        looks_ahead: true,
        retraces: false,
        ..start(StartState::Paused, Pace::DEFAULT)
    };
    let trainer = Trainer::spawn(Origin::Start(run), start, || {}).unwrap();
    let mut curves = Curves::default();
    let mut epoch = 0;
    for _ in 0..4 {
        trainer.send(Command::Run);
        progress_until(&trainer, &mut curves, |p| p.position.epoch > epoch);
        trainer.send(Command::Pause);
        let waiting = progress_until(&trainer, &mut curves, |p| {
            p.state == RunState::Paused && p.next_step.is_some()
        });
        epoch = waiting.position.epoch;
    }
}
