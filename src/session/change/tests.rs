//! Every change against a run that has had it from there on.

use super::*;
use crate::data::people;
use crate::nn::{Activation, OptimizerKind};
use crate::session::setting::settings;
use crate::session::{State, StepOutcome, TrainingConfig, TrainingData};

fn session(optimizer: OptimizerKind) -> Session {
    let config = TrainingConfig {
        optimizer,
        ..TrainingConfig::post(1)
    };
    Session::start(&config, TrainingData::of(&people()))
}

fn train_epoch(session: &mut Session) -> StepOutcome {
    loop {
        let outcome = session.step();
        if !matches!(
            outcome,
            StepOutcome::WithinStep | StepOutcome::WithinEpoch | StepOutcome::Evaluating
        ) {
            return outcome;
        }
    }
}

#[test]
fn a_changed_weight_is_the_one_that_the_next_update_starts_from() {
    let mut changed = session(OptimizerKind::Sgd);
    changed.step();
    let mut by_hand = changed.clone();
    let (index, value) = (3, -0.25);
    changed.apply(&Change::Parameter { index, value }).unwrap();
    by_hand.state.network.to_mut().parameters_mut()[index] = value;
    assert_eq!(changed.network(), by_hand.network());
    // Nothing else: the same course from there on.
    for _ in 0..10 {
        assert_eq!(train_epoch(&mut changed), train_epoch(&mut by_hand));
    }
    assert_eq!(changed.network(), by_hand.network());
}

#[test]
fn what_is_set_before_the_first_step_is_where_the_run_starts_from() {
    let config = TrainingConfig {
        shuffle: true,
        ..TrainingConfig::post(1)
    };
    let mut set = Session::start(&config, TrainingData::of(&people()));
    let (index, value) = (5, 0.25);
    set.apply(&Change::Parameter { index, value }).unwrap();
    let again = Session::start(&set.config(), set.data().clone());
    assert_eq!(again.network(), set.network());
    assert_eq!(again.state(), set.state());
    set.step();
    let before = set.config();
    set.apply(&Change::Parameter { index, value }).unwrap();
    assert_eq!(set.config(), before);
}

#[test]
fn between_two_epochs_a_changed_network_is_evaluated_again() {
    let mut session = session(OptimizerKind::Adam);
    train_epoch(&mut session);
    let value = 5.0;
    session
        .apply(&Change::Parameter { index: 0, value })
        .unwrap();
    let from_there = TrainingConfig {
        initial_layers: Some(layers_of(session.network())),
        ..session.config()
    };
    let started = Session::start(&from_there, session.data().clone());
    assert_eq!(session.evaluation(), started.evaluation());
    assert_eq!(session.confusion(), started.confusion());
}

#[test]
fn within_an_epoch_the_evaluation_stays_that_of_the_last_whole_one() {
    let mut session = session(OptimizerKind::Sgd);
    let before = session.evaluation();
    session.step();
    session
        .apply(&Change::Parameter {
            index: 0,
            value: 5.0,
        })
        .unwrap();
    assert_eq!(session.evaluation(), before);
    let StepOutcome::EpochFinished { loss } = train_epoch(&mut session) else {
        panic!()
    };
    assert_ne!(loss, before.training.loss);
}

#[test]
fn another_optimizer_starts_without_memory_and_is_the_one_of_the_configuration() {
    let mut changed = session(OptimizerKind::Sgd);
    train_epoch(&mut changed);
    let config = TrainingConfig {
        optimizer: OptimizerKind::Adam,
        ..changed.config()
    };
    let by_hand = Session::resume(
        &config,
        changed.data().clone(),
        State {
            config: Arc::new(config.clone()),
            optimizer: Held::of(9, Optimizer::new(OptimizerKind::Adam, 9)),
            is_changed: true,
            ..changed.state().clone()
        },
    );
    changed.apply(&Change::set("optimizer", "adam")).unwrap();
    assert_eq!(changed.config(), by_hand.config());
    let mut both = [changed, by_hand];
    for session in &mut both {
        for _ in 0..10 {
            train_epoch(session);
        }
    }
    assert_eq!(both[0].state(), both[1].state());
}

#[test]
fn what_diverges_later_returns_to_the_change_and_not_to_before_it() {
    for steps in [0, 2] {
        let mut session = session(OptimizerKind::Momentum);
        train_epoch(&mut session);
        for _ in 0..steps {
            session.step();
        }
        session
            .apply(&Change::Parameter {
                index: 8,
                value: 0.5,
            })
            .unwrap();
        let changed = session.clone();
        session.step();
        session.state.network.to_mut().parameters_mut()[0] = f64::NAN;
        assert_eq!(train_epoch(&mut session), StepOutcome::Diverged);
        assert_eq!(session.state(), changed.state());
    }
}

#[test]
fn what_is_out_of_range_is_refused_and_leaves_the_run_as_it_was() {
    let mut session = session(OptimizerKind::Sgd);
    let before = session.clone();
    let mut refused = |change| session.apply(&change).unwrap_err().to_string();
    let not_a_number = f64::NAN;
    assert_eq!(
        refused(Change::set("learning-rate", "-1.0")),
        "learning rate must be positive and finite, got -1"
    );
    assert_eq!(
        refused(Change::Parameter {
            index: 1,
            value: not_a_number
        }),
        "a weight or bias must be a finite number, got NaN"
    );
    assert_eq!(
        refused(Change::set("schedule", "cosine,1")),
        "expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS"
    );
    assert_eq!(
        refused(Change::set("hidden", "3")),
        "hidden layer sizes takes a new run"
    );
    assert_eq!(session.state(), before.state());

    // A linear output can be too large for its square.
    let config = TrainingConfig {
        output_activation: Activation::Linear,
        ..TrainingConfig::post(1)
    };
    let mut session = Session::start(&config, TrainingData::of(&people()));
    let before = session.clone();
    let bias = Change::Parameter {
        index: 8,
        value: 1e300,
    };
    assert!(session.apply(&bias).is_err());
    assert_eq!(session.state(), before.state());
}

/// Every setting that can change on the way, and another value than that of the post's run.
fn changes() -> Vec<Change> {
    let rows = settings().filter(|row| row.can_change_on_the_way());
    let change = |row: &Setting| {
        let value = match row.option {
            "optimizer" => "adam",
            "schedule" => "cosine",
            "batch-size" => "3",
            "epochs" => "70",
            _ => "0.25",
        };
        Change::set(row.option, value)
    };
    rows.map(change).collect()
}

#[test]
fn a_changed_setting_is_that_of_a_run_that_has_had_it_from_there_on() {
    for change in changes() {
        let mut changed = session(OptimizerKind::AdamW);
        for _ in 0..3 {
            train_epoch(&mut changed);
        }
        let mut config = changed.config();
        change.adjust(&mut config).unwrap();
        changed.apply(&change).unwrap();
        assert_eq!(changed.config(), config, "{change:?}");
        assert_eq!(changed.state.is_changed, change.steers(&config));
        let state = State {
            batch_size: config.batch_size,
            ..changed.state().clone()
        };
        let mut by_hand = Session::resume(&config, changed.data().clone(), state);
        for _ in 0..10 {
            assert_eq!(train_epoch(&mut changed), train_epoch(&mut by_hand));
        }
        assert_eq!(changed.state(), by_hand.state(), "{change:?}");
    }
}

#[test]
fn a_batch_size_that_is_changed_within_an_epoch_is_that_of_the_next_one() {
    let mut session = session(OptimizerKind::Sgd);
    session.step();
    session.apply(&Change::set("batch-size", "2")).unwrap();
    assert_eq!(session.config().batch_size, 2);
    assert_eq!((session.batch_size(), session.steps_per_epoch()), (1, 4));
    train_epoch(&mut session);
    assert_eq!((session.batch_size(), session.steps_per_epoch()), (2, 2));
    session.step();
    session.step();
    assert_eq!(session.position(), Position { epoch: 2, step: 0 });
}

#[test]
fn what_only_moves_the_end_is_no_edit_unless_the_schedule_ends_with_the_run() {
    let mut session = session(OptimizerKind::Sgd);
    train_epoch(&mut session);
    session.apply(&Change::set("epochs", "5")).unwrap();
    session.apply(&Change::set("until-loss", "0.01")).unwrap();
    assert!(!session.state.is_changed);
    session.apply(&Change::set("until-loss", "never")).unwrap();
    assert_eq!(session.config().until_loss, None);
    session.apply(&Change::set("schedule", "cosine")).unwrap();
    assert!(session.state.is_changed);
    assert!(Change::set("epochs", "9").steers(&session.config()));
}
