//! What the worker reports of the step that comes next.

use clap::Parser;
use nnscope::cli::Cli;

use super::*;

/// A running trainer of the post's data with these hidden layers, which looks ahead.
fn looking_ahead(hidden: &str) -> Trainer {
    let options = ["nnscope", "--seed", "42", "--hidden", hidden];
    let setup = Cli::parse_from(options).run.setup().unwrap();
    let start = Start {
        looks_ahead: true,
        retraces: false,
        ..start(StartState::Running, Pace::Max)
    };
    Trainer::spawn(Origin::Start(setup.run), start, || {}).unwrap()
}

#[test]
fn the_next_step_is_reported_while_a_run_trains() {
    let trainer = looking_ahead("2");
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| {
        p.state == RunState::Running && p.position.epoch > 0 && p.next_step.is_some()
    });
}

#[test]
fn a_step_that_takes_long_is_reported_only_while_the_run_waits() {
    let trainer = looking_ahead("1024,1024,1024,1024,1024,1024");
    let mut curves = Curves::default();
    let mut shown = 0;
    while shown < 2 {
        trainer.send(Command::Run);
        let running = progress_until(&trainer, &mut curves, |p| {
            p.state == RunState::Running && p.position.epoch > shown
        });
        assert_eq!(running.next_step, None);
        trainer.send(Command::Pause);
        // All steps of the epoch may be made, and none of the next be known before its end.
        let paused = progress_until(&trainer, &mut curves, |p| {
            p.state == RunState::Paused && (p.next_step.is_some() || p.position.step == 4)
        });
        if let Some(step) = paused.next_step {
            assert_eq!(step.samples, [paused.position.step]);
            assert!(step.parameters.len() == paused.network.parameters().len());
            shown += 1;
        }
    }
}
