//! Single steps, and what is reported of them.

use nnscope::trainer::{Command, Curves, Pace, StartState};

use super::{next_progress, post_session, progress_until, spawn, start};

#[test]
fn a_single_step_reports_what_it_has_trained_on_and_other_messages_nothing() {
    let trainer = spawn(1000, start(StartState::Paused, Pace::Max));
    assert_eq!(next_progress(&trainer).trained_on, [0; 0]);
    let mut session = post_session();
    for _ in 0..6 {
        let expected = session.next_samples();
        while session.next_samples() == expected {
            session.step();
        }
        trainer.send(Command::StepSample);
        let report = progress_until(&trainer, &mut Curves::default(), |report| {
            !report.trained_on.is_empty()
        });
        assert_eq!(report.trained_on, expected);
    }
    trainer.send(Command::StepEpoch);
    let report = progress_until(&trainer, &mut Curves::default(), |report| {
        report.position.step == 0
    });
    assert!(report.trained_on.is_empty());
}
