//! Changes on the way: when they take effect, what is said of them, and which are refused.

use super::*;

#[test]
fn a_change_takes_effect_between_two_updates_and_is_reported_at_once() {
    let trainer = spawn(1000, start(StartState::Paused, Pace::Max));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    trainer.send(Command::StepSample);
    let changes = [
        Change::Parameter {
            index: 2,
            value: -0.5,
        },
        Change::set("learning-rate", "0.7"),
    ];
    for change in &changes {
        trainer.send(Command::Change(change.clone()));
    }
    trainer.send(Command::Run);

    let mut by_hand = post_session();
    by_hand.step();
    for change in &changes {
        by_hand.apply(change).unwrap();
    }
    while by_hand.position().epoch < 1000 {
        by_hand.step();
    }
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(end.network.parameters(), by_hand.network().parameters());
    assert_eq!(curves.training.epochs(), 1001);
}

#[test]
fn a_changed_weight_changes_the_loss_of_the_finished_epoch() {
    let trainer = spawn(10, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    let (index, value) = (8, -3.0);
    trainer.send(Command::Change(Change::Parameter { index, value }));
    let changed = progress_until(&trainer, &mut curves, |p| {
        p.network.parameters()[index] == value
    });
    assert_ne!(changed.evaluation, end.evaluation);
    assert_eq!((changed.state, changed.position), (end.state, end.position));
    let losses: Vec<f64> = curves.training.iter().map(|(_, of)| of.last).collect();
    assert_eq!(losses.len(), 11);
    assert_eq!(losses[10], changed.evaluation.training.loss);
}

#[test]
fn an_invalid_change_is_refused_with_the_reason() {
    let trainer = spawn(10, start(StartState::Paused, Pace::Max));
    let first = next_progress(&trainer);
    let change = Change::set("learning-rate", "0.0");
    trainer.send(Command::Change(change.clone()));
    let reason = "learning rate must be positive and finite, got 0".to_owned();
    assert_eq!(next_event(&trainer), Event::ChangeRefused(change, reason));
    assert_eq!(
        next_progress(&trainer).network.parameters(),
        first.network.parameters()
    );
}

#[test]
fn a_later_end_lets_a_finished_run_go_on_and_an_earlier_one_finishes_it_at_once() {
    let (trainer, mut curves) = (
        spawn(50, start(StartState::Running, Pace::Max)),
        Curves::default(),
    );
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    trainer.send(Command::Change(Change::set("epochs", "80")));
    let later = progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    assert_eq!((later.position.epoch, later.run.config.epochs), (50, 80));
    trainer.send(Command::Run);
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(end.position.epoch, 80);

    // As if it had been so from the start.
    let mut straight = post_session();
    while straight.position().epoch < 80 {
        straight.step();
    }
    assert_eq!(end.network.parameters(), straight.network().parameters());

    trainer.send(Command::Change(Change::set("epochs", "0")));
    trainer.send(Command::SetPace(Pace::DEFAULT));
    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Running);
    trainer.send(Command::Change(Change::set("until-loss", "0.9")));
    let over = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(over.run.config.until_loss, Some(0.9));
    // Another change leaves it past its end.
    trainer.send(Command::Run);
    trainer.send(Command::Change(Change::set("learning-rate", "0.2")));
    progress_until(&trainer, &mut curves, |p| {
        p.position.epoch > over.position.epoch + 1
    });
}
