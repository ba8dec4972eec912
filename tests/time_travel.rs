//! A run that goes back and forth comes to the very same numbers as one that never does.

use nnscope::data::people;
use nnscope::nn::{Activation, LayerRequest, Loss, OptimizerKind};
use nnscope::session::setting::settings;
use nnscope::session::{
    Change, DataSource, PlacedChange, Position, Session, StepOutcome, Timeline, TrainingConfig,
    TrainingData,
};
use proptest::prelude::*;
use std::ops::ControlFlow;

/// What somebody does with a run.
#[derive(Debug, Clone)]
enum Deed {
    Steps(usize),
    Epochs(u64),
    /// To this share of what is trained so far.
    Seek(f64),
    /// Sets out, and thinks better of it on the way.
    SeekAndCancel(f64),
    LearningRate(f64),
    Parameter(prop::sample::Index, f64),
    /// Gives the parameter that was set last its value before.
    Undo,
    Setting(&'static str, &'static str),
    /// Leaves the run, and comes back to its farthest epoch.
    LeaveAndReturn,
}

/// Values of every setting that can change on the way.
const SETTINGS: [(&str, &str); 22] = [
    ("optimizer", "sgd"),
    ("optimizer", "momentum"),
    ("optimizer", "nesterov"),
    ("optimizer", "rmsprop"),
    ("optimizer", "adam"),
    ("optimizer", "adamw"),
    ("momentum", "0.5"),
    ("alpha", "0.9"),
    ("beta1", "0.5"),
    ("beta2", "0.99"),
    ("learning-rate", "0.02"),
    ("schedule", "constant"),
    ("schedule", "warmup=5"),
    ("batch-size", "1"),
    ("batch-size", "3"),
    ("batch-size", "1000"),
    ("l1", "0.001"),
    ("l2", "0.01"),
    ("weight-decay", "0.1"),
    ("epochs", "40"),
    ("until-loss", "0.2"),
    ("until-loss", "never"),
];

#[test]
fn every_setting_that_can_change_on_the_way_is_among_the_deeds() {
    for row in settings().filter(|row| row.can_change_on_the_way()) {
        let is_there = SETTINGS.iter().any(|(option, _)| *option == row.option);
        assert!(is_there, "--{}", row.option);
    }
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => (1usize..9).prop_map(Deed::Steps),
        4 => (1u64..60).prop_map(Deed::Epochs),
        5 => (0.0..=1.0).prop_map(Deed::Seek),
        1 => (0.0..=1.0).prop_map(Deed::SeekAndCancel),
        1 => (0.001..0.5).prop_map(Deed::LearningRate),
        1 => (any::<prop::sample::Index>(), -3.0..3.0).prop_map(|(index, value)| Deed::Parameter(index, value)),
        1 => Just(Deed::Undo),
        2 => prop::sample::select(SETTINGS.to_vec()).prop_map(|(option, value)| Deed::Setting(option, value)),
        1 => Just(Deed::LeaveAndReturn),
    ]
}

prop_compose! {
    fn run()(
        data in prop::sample::select(vec!["people", "xor", "gauss", "penguins"]),
        test_fraction in prop::sample::select(vec![0.0, 0.25]),
        inputs in prop::sample::select(vec![&[][..], &["x1^2", "x1*x2"], &["sin(x2)", "x1", "x2^2"]]),
        hidden in prop::collection::vec(1usize..5, 0..3),
        activation in prop::sample::select(vec![Activation::Sigmoid, Activation::Tanh]),
        optimizer in prop::sample::select(OptimizerKind::ALL.to_vec()),
        schedule in prop::sample::select(vec!["constant", "step=3,0.5", "cosine", "warmup=9"]),
        batch_size in 1usize..20,
        shuffle: bool,
        seed: u64,
    ) -> (TrainingConfig, TrainingData) {
        let source = DataSource {
            data: data.to_owned(),
            test_fraction,
            samples: ["xor", "gauss"].contains(&data).then_some(20),
            inputs: inputs.iter().filter(|_| data != "penguins").map(|text| text.parse().unwrap()).collect(),
            seed: 1,
            ..DataSource::default()
        };
        let dataset = source.load(&mut |_| ControlFlow::Continue(())).unwrap();
        let mut config = TrainingConfig {
            hidden: LayerRequest::of_units(&hidden),
            activation,
            optimizer,
            batch_size,
            shuffle,
            learning_rate: 0.01,
            schedule: schedule.parse().unwrap(),
            ..TrainingConfig::post(seed)
        };
        config.output_activation = dataset.target.task().suited_output();
        if config.output_activation == Activation::Softmax {
            config.loss = Loss::CrossEntropy;
        }
        (config, TrainingData::of(&dataset))
    }
}

/// A run that has never been anywhere else, at this place.
fn straight_to(
    position: Position,
    changes: &[PlacedChange],
    (config, data): &(TrainingConfig, TrainingData),
) -> Session {
    let mut session = Session::start(config, data.clone());
    let mut changes = changes.iter().peekable();
    loop {
        while let Some(made) = changes.next_if(|made| made.position == session.position()) {
            session.apply(&made.change).unwrap();
        }
        if session.position() == position {
            return session;
        }
        session.step();
    }
}

/// A run that makes every change that was ever made there, also those of which nothing is left, has the same numbers.
fn assert_same_numbers(ours: &Session, straight: &Session) {
    assert_eq!(ours.network(), straight.network());
    assert_eq!(ours.evaluation(), straight.evaluation());
    assert_eq!(ours.confusion(), straight.confusion());
    assert_eq!(ours.batch_size(), straight.batch_size());
    assert_eq!(ours.optimizer(), straight.optimizer());
    let [ours, straight] = [ours, straight].map(|session| TrainingConfig {
        initial_layers: None,
        ..session.config()
    });
    assert_eq!(ours, straight);
}

/// Everything that the next update depends on, and everything that is shown.
fn assert_same(ours: &Session, straight: &Session) {
    assert_eq!(ours.state(), straight.state());
    assert_eq!(ours.config(), straight.config());
}

/// A step; within an evaluation, up to its end.
fn step(timeline: &mut Timeline) {
    while timeline.step() == StepOutcome::Evaluating {}
}

fn train_epochs(timeline: &mut Timeline, epochs: u64) {
    let last = timeline.session().position().epoch + epochs;
    while timeline.session().position().epoch < last {
        timeline.step();
    }
}

fn seek(timeline: &mut Timeline, epoch: u64) {
    timeline.seek(epoch).unwrap();
    while !timeline.seek_on() {}
}

fn share_of(timeline: &Timeline, share: f64) -> u64 {
    let farthest = timeline.farthest().position.epoch;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share"
    )]
    let epoch = (farthest as f64 * share).round() as u64;
    epoch
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_state_is_that_of_a_run_that_went_straight_there(
        run in run(),
        deeds in prop::collection::vec(deed(), 1..25),
    ) {
        let mut timeline = Timeline::new(Session::start(&run.0, run.1.clone()));
        let mut changes: Vec<PlacedChange> = Vec::new();
        let mut farthest = Position::default();
        let mut undoable = Vec::new();
        for deed in deeds {
            let before = timeline.session().position();
            let change = match deed {
                Deed::Steps(steps) => {
                    (0..steps).for_each(|_| step(&mut timeline));
                    None
                }
                Deed::Epochs(epochs) => {
                    train_epochs(&mut timeline, epochs);
                    None
                }
                Deed::Seek(share) => {
                    let goal = share_of(&timeline, share);
                    seek(&mut timeline, goal);
                    prop_assert_eq!(timeline.session().position(), Position { epoch: goal, step: 0 });
                    None
                }
                Deed::SeekAndCancel(share) => {
                    timeline.seek(share_of(&timeline, share)).unwrap();
                    timeline.cancel_seek();
                    prop_assert!(timeline.seek_on());
                    prop_assert_eq!(timeline.session().position(), before);
                    None
                }
                Deed::Setting(option, value) => Some(Change::set(option, value)),
                Deed::LearningRate(rate) => Some(Change::set("learning-rate", rate.to_string())),
                Deed::Parameter(index, value) => {
                    let index = index.index(timeline.session().network().parameters().len());
                    undoable.push((index, timeline.session().network().parameters()[index]));
                    Some(Change::Parameter { index, value })
                }
                Deed::Undo => undoable.pop().map(|(index, value)| Change::Parameter { index, value }),
                Deed::LeaveAndReturn => {
                    timeline = Timeline::of(timeline.past()).unwrap();
                    let goal = timeline.farthest().position.epoch;
                    seek(&mut timeline, goal);
                    None
                }
            };
            let position = timeline.session().position();
            farthest = farthest.max(position);
            if let Some(change) = change {
                let past = timeline.change(&change).unwrap();
                prop_assert_eq!(past.map(|past| past.farthest.position), Some(farthest).filter(|farthest| *farthest > position));
                farthest = position;
                changes.retain(|made| made.position <= position);
                changes.push(PlacedChange { position, change });
            }
            prop_assert_eq!(timeline.farthest().position, farthest);
            assert_same(timeline.session(), &straight_to(position, timeline.changes(), &run));
            assert_same_numbers(timeline.session(), &straight_to(position, &changes, &run));
        }
    }
}

#[test]
fn a_long_run_goes_back_to_the_same_bits_by_way_of_few_epochs() {
    let config = TrainingConfig {
        optimizer: OptimizerKind::Adam,
        shuffle: true,
        ..TrainingConfig::post(1)
    };
    let mut timeline = Timeline::new(Session::start(&config, TrainingData::of(&people())));
    let mut states = Vec::new();
    for _ in 0..100 {
        states.push(timeline.session().state().clone());
        train_epochs(&mut timeline, 997);
    }
    let mut farthest = 0;
    for (index, state) in states.iter().enumerate().rev() {
        timeline.seek(997 * index as u64).unwrap();
        let seeking = timeline.seeking().unwrap();
        farthest = farthest.max(seeking.goal - seeking.at);
        while !timeline.seek_on() {}
        assert_eq!(timeline.session().state(), state);
    }
    // 2,000 states at the most are one every 64 epochs.
    assert!((32..64).contains(&farthest), "{farthest}");
}

#[test]
fn the_way_back_from_a_weight_set_before_the_first_step_leads_to_the_run_as_it_was() {
    let config = TrainingConfig::post(7);
    let start = Session::start(&config, TrainingData::of(&people()));
    let mut timeline = Timeline::new(start.clone());
    train_epochs(&mut timeline, 5);
    let end = timeline.session().clone();
    seek(&mut timeline, 0);
    let change = Change::Parameter {
        index: 0,
        value: 3.0,
    };
    let past = timeline.change(&change).unwrap().unwrap();
    assert_eq!(past.config().initial_layers, None);
    let mut back = Timeline::of(past).unwrap();
    seek(&mut back, 5);
    assert_same(back.session(), &end);
    seek(&mut back, 0);
    assert_same(back.session(), &start);
}

#[test]
fn of_changes_that_cancel_each_other_out_nothing_is_left() {
    let run = (TrainingConfig::post(7), TrainingData::of(&people()));
    let rate = |value: &str| Change::set("learning-rate", value);
    for (epochs, steps) in [(0, 0), (0, 1), (3, 0), (3, 2)] {
        let mut timeline = Timeline::new(Session::start(&run.0, run.1.clone()));
        train_epochs(&mut timeline, epochs);
        (0..steps).for_each(|_| step(&mut timeline));
        let before = timeline.session().clone();
        let set = |index, value| Change::Parameter { index, value };
        let was = |index: usize| set(index, before.network().parameters()[index]);
        let mut change = |change: &Change| {
            timeline.change(change).unwrap();
            timeline.changes().len()
        };
        // Undone one after the other, the last one first.
        assert_eq!(change(&set(0, 9.0)), 1);
        assert_eq!(change(&set(3, -1.0)), 2);
        assert_eq!(change(&set(3, 2.0)), 2);
        assert_eq!(change(&was(3)), 1);
        assert_eq!(change(&rate("0.5")), 2);
        assert_eq!(change(&rate("0.1")), 1);
        assert_eq!(change(&was(0)), 0);
        // In any order, as long as all have their values again.
        assert_eq!(change(&set(0, 9.0)), 1);
        assert_eq!(change(&set(3, 2.0)), 2);
        assert_eq!(change(&was(0)), 3);
        assert_eq!(change(&was(3)), 0);
        assert_same(timeline.session(), &before);
        train_epochs(&mut timeline, 5);
        let end = straight_to(timeline.session().position(), &[], &run);
        assert_same(timeline.session(), &end);
    }
}

#[test]
fn what_an_optimizer_remembered_is_not_had_back() {
    let config = TrainingConfig {
        optimizer: OptimizerKind::Momentum,
        ..TrainingConfig::post(7)
    };
    let mut timeline = Timeline::new(Session::start(&config, TrainingData::of(&people())));
    train_epochs(&mut timeline, 3);
    for kind in ["adam", "momentum"] {
        timeline.change(&Change::set("optimizer", kind)).unwrap();
    }
    assert_eq!(timeline.changes().len(), 1);
}

#[test]
fn a_change_from_before_a_jump_stays() {
    let run = (TrainingConfig::post(7), TrainingData::of(&people()));
    let mut timeline = Timeline::new(Session::start(&run.0, run.1.clone()));
    train_epochs(&mut timeline, 8);
    let set = |value| Change::Parameter { index: 0, value };
    timeline.change(&set(1.0)).unwrap();
    seek(&mut timeline, 2);
    seek(&mut timeline, 8);
    timeline.change(&set(2.0)).unwrap();
    timeline.change(&set(1.0)).unwrap();
    assert_eq!(timeline.changes().len(), 1);
    let here = timeline.session().clone();
    assert_same(
        &here,
        &straight_to(here.position(), timeline.changes(), &run),
    );
    seek(&mut timeline, 2);
    seek(&mut timeline, 8);
    assert_same(timeline.session(), &here);
}

#[test]
fn the_newest_step_within_an_epoch_is_gone_to_again() {
    let mut timeline = Timeline::new(Session::start(
        &TrainingConfig::post(42),
        TrainingData::of(&people()),
    ));
    train_epochs(&mut timeline, 20);
    step(&mut timeline);
    timeline
        .change(&Change::set("learning-rate", "0.5"))
        .unwrap();
    step(&mut timeline);
    timeline
        .change(&Change::set("learning-rate", "0.2"))
        .unwrap();
    let newest = timeline.session().state().clone();
    for epoch in [20, 3] {
        seek(&mut timeline, epoch);
        assert!(timeline.is_behind());
        timeline.seek_farthest().unwrap();
        while !timeline.seek_on() {}
        assert_eq!(timeline.session().state(), &newest);
        assert_eq!(timeline.session().config().learning_rate, 0.2);
        assert!(!timeline.is_behind());
    }
}
