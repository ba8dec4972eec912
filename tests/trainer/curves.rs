//! What is charted of every epoch: bit for bit what `nnscope train` logs, in bounded memory, also after a change in the
//! past.

use std::ops::Range;
use std::process;

use nnscope::nn::OptimizerKind;
use nnscope::session::{Session, StepOutcome, norm};
use nnscope::trainer::{Curve, Destination, MOST_FOLLOWED};
use serde_json::Value;

use super::*;

/// The numbers of a curve, each of one epoch.
fn numbers(curve: &Curve) -> Vec<f64> {
    let buckets = curve.iter();
    let buckets = buckets.inspect(|(epochs, _)| assert_eq!(epochs.end - epochs.start, 1));
    buckets.map(|(_, bucket)| bucket.last).collect()
}

/// The lines that `nnscope train` logs of every epoch.
fn logged(options: &str) -> Vec<Value> {
    let program = process::Command::new(env!("CARGO_BIN_EXE_nnscope"))
        .args(["train", "--format", "jsonl", "--log-every", "1"])
        .args(options.split_whitespace())
        .output()
        .unwrap();
    assert!(program.status.success(), "{program:?}");
    let lines = String::from_utf8(program.stdout).unwrap();
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let is_epoch = |line: &Value| line["type"] == "epoch";
    lines.filter(is_epoch).collect()
}

/// All weights and biases of a logged epoch, layer by layer.
fn parameters(line: &Value) -> Vec<f64> {
    let layers = line["layers"].as_array().unwrap().iter();
    let numbers = |of: &Value| -> Vec<f64> { serde_json::from_value(of.clone()).unwrap() };
    let of_layer = |layer: &Value| {
        let mut all = layer["weights"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(numbers)
            .collect::<Vec<_>>();
        all.extend(numbers(&layer["biases"]));
        all
    };
    layers.flat_map(of_layer).collect()
}

#[test]
fn every_weight_and_every_loss_of_every_epoch_is_what_the_log_says() {
    let lines = logged("--seed 1 --epochs 400");
    let trainer = spawn(400, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    assert_eq!((lines.len(), curves.parameters.len()), (400, 9));
    let logged: Vec<Vec<f64>> = lines.iter().map(parameters).collect();
    for (index, curve) in curves.parameters.iter().enumerate() {
        let expected: Vec<f64> = logged.iter().map(|of| of[index]).collect();
        assert_eq!(numbers(curve)[1..], expected);
    }
    let losses = lines.iter().map(|line| line["loss"].as_f64().unwrap());
    assert_eq!(numbers(&curves.training)[1..], losses.collect::<Vec<_>>());
    let right = lines.iter().map(|line| line["accuracy"].as_f64().unwrap());
    assert_eq!(
        numbers(&curves.training_quality)[1..],
        right.collect::<Vec<_>>()
    );
    for (layer, range) in curves.layers.iter().zip([0..6, 6..9]) {
        for ((_, spread), parameters) in layer.parameters.iter().skip(1).zip(&logged) {
            let of_layer = &parameters[range.clone()];
            assert_eq!(
                spread.min,
                of_layer.iter().copied().fold(f64::INFINITY, f64::min)
            );
            assert_eq!(
                spread.max,
                of_layer.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            );
            let mean = of_layer.iter().sum::<f64>() / of_layer.len() as f64;
            assert!((spread.last - mean).abs() < 1e-12);
        }
        // The first move is that of the first epoch.
        assert_eq!(layer.gradient_norm.first_epoch(), 1);
        assert_eq!(layer.update_ratio.epochs(), 400);
    }
}

/// How far the steps of the next epoch move these parameters, and the norm of what they are then.
fn moved(session: &mut Session, layers: [Range<usize>; 2]) -> [(Vec<f64>, f64); 2] {
    let mut changes = [vec![], vec![]];
    loop {
        let before = session.network().parameters().to_vec();
        let outcome = session.step();
        let after = session.network().parameters();
        for (changes, layer) in changes.iter_mut().zip(layers.clone()) {
            let pairs = before[layer.clone()].iter().zip(&after[layer]);
            changes.push(norm(&pairs.map(|(a, b)| a - b).collect::<Vec<_>>()));
        }
        if matches!(outcome, StepOutcome::EpochFinished { .. }) {
            let parameters = session.network().parameters();
            let [first, last] = layers.map(|layer| norm(&parameters[layer]));
            let [changes, last_changes] = changes;
            return [(changes, first), (last_changes, last)];
        }
    }
}

#[test]
fn a_layer_moves_as_far_as_a_step_does_on_average() {
    for (batch_size, optimizer) in [
        (1, OptimizerKind::Sgd),
        (4, OptimizerKind::Sgd),
        (1, OptimizerKind::Adam),
        (3, OptimizerKind::Momentum),
    ] {
        let config = TrainingConfig {
            epochs: 60,
            batch_size,
            optimizer,
            ..TrainingConfig::post(1)
        };
        let mut by_hand = run_of(config.clone()).begin().unwrap();
        let mut session = run_of(config).begin().unwrap().measuring_moves();
        let mut curves = Curves::default();
        curves.push(&session);
        for epoch in 1..=60 {
            while session.position().epoch < epoch {
                session.advance_towards(epoch, |_, _| {});
            }
            curves.push(&session);
            let layers = curves.layers.iter().zip(moved(&mut by_hand, [0..6, 6..9]));
            for (layer, (changes, after)) in layers {
                let expected = changes.iter().sum::<f64>() / changes.len() as f64 / after;
                let ratio = layer.update_ratio.at(epoch).unwrap().1.last;
                assert!((ratio / expected - 1.0).abs() < 1e-9, "{ratio} {expected}");
            }
        }
    }
}

#[test]
fn a_change_in_the_past_changes_every_curve_from_there_on_and_no_other_epoch() {
    let trainer = spawn(300, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    trainer.send(Command::Seek(Destination::Epoch(100)));
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Paused);
    let change = Change::set("learning-rate", "0.5");
    trainer.send(Command::Change(change.clone()));
    let changed = progress_until(&trainer, &mut curves, |p| !p.departed.is_empty());
    assert_eq!(changed.departed[0].curves.training.epochs(), 0);
    assert_eq!(curves.parameters[8].epochs(), 101);
    assert_eq!(curves.layers[1].update_ratio.epochs(), 100);
    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);

    let mut by_hand = post_session().measuring_moves();
    let mut expected = Curves::default();
    expected.push(&by_hand);
    while by_hand.position().epoch < 300 {
        if matches!(by_hand.step(), StepOutcome::EpochFinished { .. }) {
            expected.push(&by_hand);
            if by_hand.position().epoch == 100 {
                by_hand.apply(&change).unwrap();
                expected.replace(&by_hand);
            }
        }
    }
    assert_eq!(curves, expected);
}

#[test]
fn many_epochs_and_a_large_network_take_bounded_memory() {
    let trainer = spawn(0, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.position.epoch > 20_000);
    let layers = curves.layers.iter();
    let of_layers = layers.flat_map(|of| [&of.parameters, &of.gradient_norm, &of.update_ratio]);
    let all: Vec<&Curve> = curves.parameters.iter().chain(of_layers).collect();
    assert_eq!(all.len(), 9 + 2 * 3);
    for curve in all {
        assert!(curve.epochs() > 20_000 && curve.iter().count() <= Curve::CAPACITY);
    }

    let wide = TrainingConfig {
        hidden: nnscope::nn::LayerRequest::of_units(&[20, 20]),
        ..TrainingConfig::post(1)
    };
    let session = run_of(wide).begin().unwrap();
    assert!(session.network().parameters().len() > MOST_FOLLOWED);
    let mut curves = Curves::default();
    curves.push(&session);
    assert!(curves.parameters.is_empty());
    assert_eq!(curves.layers.len(), 3);
}

#[test]
fn of_a_long_run_every_loss_is_charted_and_the_rest_of_the_last_epoch_in_each_bucket() {
    const EPOCHS: u64 = 600_000;
    let trainer = spawn(EPOCHS, start(StartState::Running, Pace::Max));
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    let mut session = post_run(EPOCHS).begin().unwrap().measuring_moves();
    let mut every = Curves::default();
    every.push(&session);
    while session.position().epoch < EPOCHS {
        if matches!(session.advance(), StepOutcome::EpochFinished { .. }) {
            every.push(&session);
        }
    }
    assert_eq!(curves.training, every.training);
    assert!(curves.whole_of > 8, "{}", curves.whole_of);
    let mut pairs: Vec<[&Curve; 2]> = vec![[&curves.training_quality, &every.training_quality]];
    pairs.extend(
        curves
            .parameters
            .iter()
            .zip(&every.parameters)
            .map(<[_; 2]>::from),
    );
    for (seen, every) in curves.layers.iter().zip(&every.layers) {
        pairs.push([&seen.parameters, &every.parameters]);
        pairs.push([&seen.gradient_norm, &every.gradient_norm]);
        pairs.push([&seen.update_ratio, &every.update_ratio]);
    }
    for [seen, every] in pairs {
        assert_eq!(seen.iter().count(), every.iter().count());
        for ((epochs, seen), (expected, every)) in seen.iter().zip(every.iter()) {
            assert_eq!(epochs, expected);
            assert_eq!(seen.last, every.last);
            assert!(every.min <= seen.min && seen.max <= every.max);
        }
    }
}

/// A run of 200 epochs that was loaded at epoch 100 and has been trained to its end.
fn loaded() -> (Trainer, Curves) {
    let mut session = post_run(200).begin().unwrap();
    while session.position().epoch < 100 {
        session.step();
    }
    let origin = Origin::Session(post_run(200), Box::new(session));
    let trainer = Trainer::spawn(origin, start(StartState::Running, Pace::Max), || {}).unwrap();
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    (trainer, curves)
}

fn go(trainer: &Trainer, curves: &mut Curves, destination: Destination) {
    trainer.send(Command::Seek(destination));
    progress_until(trainer, curves, |p| p.state == RunState::Paused);
}

#[test]
fn what_was_before_a_loaded_run_is_charted_as_it_is_trained_again() {
    let straight = spawn(200, start(StartState::Running, Pace::Max));
    let mut whole = Curves::default();
    progress_until(&straight, &mut whole, |p| p.state == RunState::Finished);
    let (trainer, mut curves) = loaded();
    let known = curves.training.clone();
    assert_eq!(numbers(&known), numbers(&whole.training)[100..]);
    go(&trainer, &mut curves, Destination::Epoch(0));
    assert_eq!(numbers(&curves.training), numbers(&whole.training)[..1]);
    // As far as it has been again, whether it was trained or jumped there.
    go(&trainer, &mut curves, Destination::Forward(1));
    go(&trainer, &mut curves, Destination::Forward(40));
    go(&trainer, &mut curves, Destination::Back(20));
    assert_eq!(numbers(&curves.training), numbers(&whole.training)[..42]);
    // What is known is there again at once, and what is not joined to it begins anew.
    go(&trainer, &mut curves, Destination::Farthest);
    assert_eq!(numbers(&curves.training), numbers(&known));
    go(&trainer, &mut curves, Destination::Epoch(0));
    assert_eq!(numbers(&curves.training), numbers(&whole.training)[..1]);
    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| p.position.epoch == 200);
    assert_eq!(numbers(&curves.training), numbers(&whole.training));
    assert_eq!(curves.parameters, whole.parameters);
    for (layer, of_whole) in curves.layers.iter().zip(&whole.layers) {
        assert_eq!(layer.update_ratio, of_whole.update_ratio);
    }
}

#[test]
fn a_change_before_a_loaded_run_was_saved_leaves_nothing_of_what_was_ahead() {
    let (trainer, mut curves) = loaded();
    let known = curves.training.clone();
    go(&trainer, &mut curves, Destination::Epoch(0));
    go(&trainer, &mut curves, Destination::Forward(30));
    trainer.send(Command::Change(Change::set("learning-rate", "0.5")));
    let changed = progress_until(&trainer, &mut curves, |p| !p.departed.is_empty());
    assert_eq!(changed.departed[0].curves.training, known);
    trainer.send(Command::Run);
    progress_until(&trainer, &mut curves, |p| p.position.epoch == 200);
    assert_eq!(numbers(&curves.training).len(), 201);
    assert_ne!(numbers(&curves.training)[100..], numbers(&known));
}
