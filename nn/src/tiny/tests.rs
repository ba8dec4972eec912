//! The post's network against networks of any size.

use super::*;
use crate::{Architecture, Backprop, Coefficients, Forward, LayerSpec, OptimizerKind};

fn network(units: usize, hidden: Activation, output: Activation) -> Network {
    let mut network = Network::zeros(Architecture {
        inputs: 2,
        hidden: LayerSpec::alike(&[units], hidden),
        output: LayerSpec {
            units: 1,
            activation: output,
        },
    });
    let parameters = network.parameters_mut().iter_mut().enumerate();
    parameters.for_each(|(index, p)| *p = (index as f64).cos());
    network
}

const INPUTS: [f64; 8] = [-2.0, -1.0, 25.0, 6.0, 17.0, 4.0, -15.0, -6.0];
const TARGETS: [f64; 4] = [1.0, 0.0, 0.0, 1.0];

#[test]
fn the_steps_of_an_epoch_at_once_have_the_bits_of_single_steps() {
    for loss in Loss::ALL {
        let mut at_once = network(2, Activation::Sigmoid, Activation::Sigmoid);
        let mut optimizer = Optimizer::new(OptimizerKind::Sgd, 9);
        let (mut one_by_one, mut other) = (at_once.clone(), optimizer.clone());
        let mut backprop = Backprop::new(&one_by_one, 1);
        for _ in 0..100 {
            let (how, mut gradients) = ((loss, 0.1), Vec::new());
            let mut see = |gradient: &[f64]| gradients.push(gradient.to_vec());
            assert!(descend(
                &mut at_once,
                &mut optimizer,
                how,
                &INPUTS,
                &TARGETS,
                Some(&mut see)
            ));
            let samples = INPUTS.chunks(2).zip(TARGETS.chunks(1));
            for ((x, y), seen) in samples.zip(gradients) {
                let gradient = backprop.run(&one_by_one, loss, x, y);
                assert_eq!(gradient, seen);
                let parameters = one_by_one.parameters_mut();
                other.update(0.1, Coefficients::default(), parameters, gradient);
            }
            assert_eq!(at_once, one_by_one);
            assert_eq!(optimizer, other);
        }
    }
}

/// The mean loss over all samples.
fn loss_of(network: &Network, loss: Loss) -> f64 {
    let mut forward = Forward::new(network, 4);
    forward.run(network, &INPUTS);
    forward.add_losses(0.0, network, loss, &TARGETS) / 4.0
}

#[test]
fn epochs_at_once_have_the_bits_of_single_ones_and_end_before_the_goal() {
    for loss in Loss::ALL {
        let mut at_once = network(2, Activation::Sigmoid, Activation::Sigmoid);
        let mut optimizer = Optimizer::new(OptimizerKind::Sgd, 9);
        let (mut single, mut other) = (at_once.clone(), optimizer.clone());
        let how = (loss, 0.1);
        let samples = (&INPUTS[..], &TARGETS[..]);
        // The loss falls all the way.
        for epochs in [1, 2, 40, 7] {
            let mut goal = 0.0;
            let mut expected = Vec::new();
            for _ in 0..=epochs {
                let network = &mut single;
                assert!(descend(network, &mut other, how, &INPUTS, &TARGETS, None));
                goal = loss_of(network, loss);
                expected.push(goal);
            }
            let network = &mut at_once;
            let mut losses = [0.0; 100];
            let room = (&mut losses[..], goal);
            let taken = descend_epochs(network, &mut optimizer, how, samples, room);
            assert_eq!(losses[..taken], expected[..epochs]);
            let room = (&mut losses[..1], 0.0);
            let taken = descend_epochs(network, &mut optimizer, how, samples, room);
            assert_eq!((taken, losses[0]), (1, goal));
            assert_eq!((&at_once, &optimizer), (&single, &other));
        }
    }
}

#[test]
fn epochs_end_before_a_parameter_is_no_longer_finite() {
    let mut network = network(2, Activation::Linear, Activation::Linear);
    let mut optimizer = Optimizer::new(OptimizerKind::Sgd, 9);
    let samples = (&INPUTS[..], &TARGETS[..]);
    let how = (Loss::MeanSquaredError, 10.0);
    let mut losses = [0.0; 100];
    let mut descend = |network: &mut Network| {
        let room = (&mut losses[..], f64::NEG_INFINITY);
        descend_epochs(network, &mut optimizer, how, samples, room)
    };
    assert!(descend(&mut network) < 100);
    assert!(network.parameters().iter().all(|p| p.is_finite()));
    assert_eq!(descend(&mut network), 0);
}

#[test]
fn nothing_is_done_for_other_networks_and_optimizers() {
    for (hidden, kind) in [(3, OptimizerKind::Sgd), (2, OptimizerKind::Adam)] {
        let mut network = network(hidden, Activation::Tanh, Activation::Sigmoid);
        let mut optimizer = Optimizer::new(kind, network.parameters().len());
        let before = (network.clone(), optimizer.clone());
        let how = (Loss::MeanSquaredError, 0.1);
        assert!(!descend(
            &mut network,
            &mut optimizer,
            how,
            &INPUTS,
            &TARGETS,
            Some(&mut |_| panic!("a step was taken"))
        ));
        assert_eq!((network, optimizer), before);
    }
}

#[test]
fn a_few_samples_have_the_same_bits_through_the_posts_network_as_through_any() {
    for (hidden, output) in [
        (Activation::Sigmoid, Activation::Sigmoid),
        (Activation::Tanh, Activation::Linear),
        (Activation::Relu, Activation::Softmax),
    ] {
        let network = network(2, hidden, output);
        for samples in 1..40u16 {
            let inputs: Vec<f64> = (0..2 * samples).map(|i| f64::from(i).sin() * 3.0).collect();
            let samples = usize::from(samples);
            let mut forward = Forward::new(&network, samples);
            let mut general = Forward::keeping_all(&network, samples);
            forward.run(&network, &inputs);
            general.run(&network, &inputs);
            for layer in 0..2 {
                let activations = general.of_layer(&network, layer);
                assert_eq!(forward.of_layer(&network, layer), activations, "{samples}");
            }
            assert_eq!(forward.output_z(&network), general.output_z(&network));
        }
    }
}
