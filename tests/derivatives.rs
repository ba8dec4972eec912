//! Every derivative that trains, against (L(p + h) − L(p − h)) / 2h, on random networks of every kind.

use nnscope::nn::{Activation, Architecture, Backprop, Forward, LayerSpec, Loss, Network};
use proptest::prelude::*;

/// A network, its loss, and a batch.
#[derive(Debug, Clone)]
struct Case {
    network: Network,
    loss: Loss,
    inputs: Vec<f64>,
    targets: Vec<f64>,
}

/// The mean loss of the batch.
fn mean_loss(case: &Case) -> f64 {
    let samples = case.targets.len() / case.network.architecture().output.units;
    let mut forward = Forward::new(&case.network, samples);
    forward.run(&case.network, &case.inputs);
    forward.add_losses(0.0, &case.network, case.loss, &case.targets) / samples as f64
}

fn case() -> impl Strategy<Value = Case> {
    let kinds: Vec<(Activation, Loss)> = Activation::OUTPUT
        .into_iter()
        .flat_map(|output| Loss::ALL.map(|loss| (output, loss)))
        .filter(|(output, loss)| loss.goes_with(*output))
        .collect();
    let units = || prop_oneof![4 => 1usize..5, 1 => 5usize..20];
    let hidden = (units(), prop::sample::select(&Activation::HIDDEN));
    let hidden = hidden.prop_map(|(units, activation)| LayerSpec { units, activation });
    (
        prop::sample::select(kinds),
        (units(), prop::collection::vec(hidden, 0..4), units()),
        1usize..12,
        prop::collection::vec(-0.7f64..0.7, 2400),
        prop::collection::vec(0.0f64..1.0, 240),
    )
        .prop_map(
            |((activation, loss), (inputs, hidden, outputs), samples, numbers, targets)| {
                let units = outputs;
                let mut network = Network::zeros(Architecture {
                    inputs,
                    hidden,
                    output: LayerSpec { units, activation },
                });
                let (parameters, inputs_from) = numbers.split_at(network.parameters().len());
                network.parameters_mut().copy_from_slice(parameters);
                Case {
                    network,
                    loss,
                    inputs: inputs_from[..samples * inputs].to_vec(),
                    targets: probabilities(&targets[..samples * outputs], outputs),
                }
            },
        )
}

/// Targets of softmax are shares of one.
fn probabilities(numbers: &[f64], width: usize) -> Vec<f64> {
    let rows = numbers.chunks_exact(width);
    rows.flat_map(|row| row.iter().map(|number| number / row.iter().sum::<f64>()))
        .collect()
}

/// Whether a relu's z is so near to 0 that a difference could reach over the kink, where the loss has no derivative.
fn is_near_kink(case: &Case) -> bool {
    let network = &case.network;
    let samples = case.inputs.len() / network.architecture().inputs;
    let mut forward = Forward::keeping_all(network, samples);
    forward.run(network, &case.inputs);
    let mut layers = network.layers().iter().enumerate();
    layers.any(|(index, layer)| {
        let z = forward.pre_activations_of(network, index);
        let kink = layer.activation.kink();
        kink.is_some_and(|kink| z.iter().any(|z| (z - kink).abs() < 1e-3))
    })
}

proptest! {
    #[test]
    fn every_derivative_is_the_central_difference(case in case()) {
        prop_assume!(!is_near_kink(&case));
        let samples = case.targets.len() / case.network.architecture().output.units;
        let mut backprop = Backprop::new(&case.network, samples);
        let gradient = backprop.run(&case.network, case.loss, &case.inputs, &case.targets).to_vec();
        for (parameter, &analytic) in gradient.iter().enumerate() {
            let difference = |h: f64| {
                let mut shifted = case.clone();
                let mut loss_at = |value: f64| {
                    shifted.network.parameters_mut()[parameter] = value;
                    mean_loss(&shifted)
                };
                let value = case.network.parameters()[parameter];
                (loss_at(value + h) - loss_at(value - h)) / (2.0 * h)
            };
            let numeric = difference(1e-5);
            prop_assert!(
                (numeric - analytic).abs() <= 1e-7 + 1e-6 * numeric.abs(),
                "parameter {parameter}: {analytic}, expected {numeric}"
            );
        }
    }
}
