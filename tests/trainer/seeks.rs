//! The worker goes back and forth in its run.

use nnscope::nn::LayerRequest;
use nnscope::session::Timeline;
use nnscope::trainer::{DepartedRun, Destination};

use super::*;

/// A run of this many epochs at full speed, which has reported its end.
fn finished(epochs: u64) -> (Trainer, Curves) {
    let trainer = spawn(epochs, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    (trainer, curves)
}

fn seek(trainer: &Trainer, curves: &mut Curves, destination: Destination) -> Progress {
    trainer.send(Command::Seek(destination));
    progress_until(trainer, curves, |p| p.state == RunState::Paused)
}

fn straight_to(epoch: u64) -> Session {
    let mut session = post_session();
    while session.position().epoch < epoch {
        session.step();
    }
    session
}

#[test]
fn a_seek_pauses_at_exactly_the_state_of_that_epoch() {
    let (trainer, mut curves) = finished(5000);
    for (destination, epoch) in [
        (Destination::Epoch(3333), 3333),
        (Destination::Back(1), 3332),
        (Destination::Back(333), 2999),
        (Destination::Forward(2), 3001),
        (Destination::Epoch(0), 0),
        (Destination::Back(7), 0),
        (Destination::Forward(u64::MAX), 5000),
        (Destination::Farthest, 5000),
    ] {
        let there = seek(&trainer, &mut curves, destination);
        let straight = straight_to(epoch);
        assert_eq!(there.position, Position { epoch, step: 0 });
        assert_eq!(there.network.parameters(), straight.network().parameters());
        assert_eq!(there.evaluation, straight.evaluation());
        assert_eq!(there.farthest.position.epoch, 5000);
    }
    assert_eq!(curves.training.epochs(), 5001);
}

#[test]
fn within_an_epoch_one_back_is_its_start() {
    let (trainer, mut curves) = finished(10);
    trainer.send(Command::StepSample);
    progress_until(&trainer, &mut curves, |p| p.position.step == 1);
    let there = seek(&trainer, &mut curves, Destination::Back(1));
    let ten = Position { epoch: 10, step: 0 };
    assert_eq!(there.position, ten);
    let there = seek(&trainer, &mut curves, Destination::Back(1));
    assert_eq!(there.position.epoch, 9);
}

#[test]
fn within_an_epoch_one_forward_is_its_end() {
    let (trainer, mut curves) = finished(10);
    seek(&trainer, &mut curves, Destination::Epoch(5));
    trainer.send(Command::StepSample);
    progress_until(&trainer, &mut curves, |p| p.position.step == 1);
    let there = seek(&trainer, &mut curves, Destination::Forward(1));
    assert_eq!(there.position, Position { epoch: 6, step: 0 });
}

#[test]
fn a_replaced_run_hands_over_the_losses_that_were_never_taken() {
    let trainer = spawn(3000, start(StartState::Running, Pace::Max));
    while trainer.checkpoint().recv().unwrap().position().epoch < 3000 {}
    let departed = trainer.leave().unwrap();
    assert_eq!(departed.curves.training.epochs(), 3001);
}

#[test]
fn seeks_in_quick_succession_add_up_and_later_commands_wait_for_them() {
    let (trainer, mut curves) = finished(5000);
    for _ in 0..10 {
        trainer.send(Command::Seek(Destination::Back(100)));
    }
    trainer.send(Command::StepSample);
    let there = Position {
        epoch: 4000,
        step: 1,
    };
    progress_until(&trainer, &mut curves, |p| p.position == there);
}

#[test]
fn continuing_replays_the_same_future_and_reports_no_loss_twice() {
    let (trainer, mut curves) = finished(3000);
    seek(&trainer, &mut curves, Destination::Epoch(1234));
    trainer.send(Command::Run);
    let again = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!(
        again.network.parameters(),
        straight_to(3000).network().parameters()
    );
    assert_eq!(curves.training.epochs(), 3001);
    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| p.position.epoch > 4000);
    assert!(curves.training.epochs() > 4001);
}

#[test]
fn a_change_in_the_past_makes_another_future_and_hands_over_the_old_one() {
    let (trainer, mut curves) = finished(3000);
    let old_losses = curves.clone();
    seek(&trainer, &mut curves, Destination::Epoch(1000));
    let change = Change::set("learning-rate", "0.5");
    trainer.send(Command::Change(change.clone()));
    let changed = progress_until(&trainer, &mut curves, |p| !p.departed.is_empty());
    assert_eq!(changed.farthest.position.epoch, 1000);
    assert_eq!(changed.run.config.learning_rate, 0.5);
    assert_eq!(curves.training.epochs(), 1001);
    trainer.send(Command::Run);
    let end = progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    let mut by_hand = straight_to(1000);
    by_hand.apply(&change).unwrap();
    while by_hand.position().epoch < 3000 {
        by_hand.step();
    }
    assert_eq!(end.network.parameters(), by_hand.network().parameters());

    // And back to the old future, which is unchanged.
    let DepartedRun { run, past, .. } = changed.departed[0].clone();
    let origin = Origin::Past(run, Box::new(past));
    let start = start(StartState::Paused, Pace::Max);
    let trainer = Trainer::spawn(origin, start, || {}).unwrap();
    let mut curves = old_losses.clone();
    let back = progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    assert_eq!(
        back.network.parameters(),
        straight_to(3000).network().parameters()
    );
    assert_eq!(curves, old_losses);
    let there = seek(&trainer, &mut curves, Destination::Epoch(2000));
    assert_eq!(
        there.network.parameters(),
        straight_to(2000).network().parameters()
    );
}

#[test]
fn a_replaced_run_hands_over_the_state_to_restore_it_from() {
    let (trainer, mut curves) = finished(1000);
    seek(&trainer, &mut curves, Destination::Epoch(7));
    let departed = trainer.leave().unwrap();
    assert_eq!(departed.past.farthest.position.epoch, 1000);
    let mut timeline = Timeline::of(departed.past).unwrap();
    timeline.seek(u64::MAX).unwrap();
    while !timeline.seek_on() {}
    let (back, straight) = (timeline.session(), straight_to(1000));
    assert_eq!(back.network(), straight.network());
    assert_eq!(back.state(), straight.state());
}

#[test]
fn a_long_seek_reports_its_progress_answers_commands_and_can_be_cancelled() {
    // A long run that has to be trained again from its start.
    let config = TrainingConfig {
        hidden: LayerRequest::of_units(&[64, 64]),
        ..TrainingConfig::post(1)
    };
    let run = run_of(config);
    let mut past = Timeline::new(run.begin().unwrap()).past();
    past.farthest.position.epoch = 10_000_000;
    let origin = Origin::Past(run, Box::new(past));
    let start = start(StartState::Paused, Pace::Max);
    let trainer = Trainer::spawn(origin, start, || {}).unwrap();
    let mut curves = Curves::default();
    let under_way = progress_until(&trainer, &mut curves, |_| true);
    let RunState::Seeking(seeking) = under_way.state else {
        panic!("{:?}", under_way.state)
    };
    assert_eq!((seeking.from, seeking.goal), (0, 10_000_000));
    assert!(seeking.at > 0);
    // Everything else is as it was before the seek.
    assert_eq!(under_way.position, Position::default());
    assert_eq!(
        trainer.checkpoint().recv().unwrap().position(),
        Position::default()
    );

    // The commands that wait for its end are cancelled, too.
    trainer.send(Command::Run);
    trainer.send(Command::CancelSeek);
    let paused = progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    assert_eq!(paused.position, Position::default());
    let there = seek(&trainer, &mut curves, Destination::Epoch(10));
    assert_eq!(there.position.epoch, 10);
}

#[test]
fn dropping_the_handle_stops_a_worker_that_seeks() {
    let mut past = Timeline::new(post_session()).past();
    past.farthest.position.epoch = u64::MAX;
    let origin = Origin::Past(post_run(1000), Box::new(past));
    let start = start(StartState::Paused, Pace::Max);
    let trainer = Trainer::spawn(origin, start, || {}).unwrap();
    next_progress(&trainer);
    drop(trainer);
}

#[test]
fn an_epoch_that_is_not_trained_yet_is_trained_bit_for_bit_past_the_end_of_the_run() {
    let trainer = spawn(1000, start(StartState::Paused, Pace::EpochsPerSecond(1)));
    let mut curves = Curves::default();
    for (goal, ends) in [
        (3, RunState::Paused),
        (1000, RunState::Finished),
        (2500, RunState::Paused),
    ] {
        trainer.send(Command::TrainTo(goal));
        let there = progress_until(&trainer, &mut curves, |p| {
            !p.state.is_training() && p.position.epoch > 0
        });
        assert_eq!(there.state, ends);
        assert_eq!(
            there.position,
            Position {
                epoch: goal,
                step: 0
            }
        );
        let straight = straight_to(goal);
        assert_eq!(there.network.parameters(), straight.network().parameters());
        assert_eq!(curves.training.epochs(), goal + 1);
    }
}

#[test]
fn training_to_an_epoch_shows_its_progress_and_a_pause_ends_it() {
    let trainer = spawn(10, start(StartState::Paused, Pace::EpochsPerSecond(1)));
    let mut curves = Curves::default();
    trainer.send(Command::TrainTo(u64::MAX));
    let under_way = progress_until(&trainer, &mut curves, |p| p.position.epoch > 10);
    let RunState::TrainingTo(seeking) = under_way.state else {
        panic!("{:?}", under_way.state);
    };
    assert_eq!((seeking.from, seeking.goal), (0, u64::MAX));
    assert_eq!(
        (seeking.at, seeking.percent()),
        (under_way.position.epoch, 0)
    );
    trainer.send(Command::Pause);
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
}

#[test]
fn a_goal_that_waits_for_a_jump_is_trained_to_after_it() {
    let (trainer, mut curves) = finished(5000);
    seek(&trainer, &mut curves, Destination::Epoch(0));
    trainer.send(Command::Seek(Destination::Farthest));
    trainer.send(Command::TrainTo(5003));
    let there = progress_until(&trainer, &mut curves, |p| p.position.epoch == 5003);
    assert_eq!(there.state, RunState::Paused);
}
