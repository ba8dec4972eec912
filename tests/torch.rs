//! Networks of every kind against PyTorch (`tests/golden/torch-*.json`, float64): the first batch's
//! gradient, the loss after each pass, the parameters and outputs after training.

use std::sync::Arc;

use nnscope::data::{Batch, Examples, Task};
use nnscope::nn::{Activation, Backprop, LayerRequest, LayerSpec, Loss, OptimizerKind, Penalty};
use nnscope::session::{
    LayerParameters, Schedule, Session, StepOutcome, TrainingConfig, TrainingData, layers_of,
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Deserialize)]
struct Golden {
    sizes: Vec<usize>,
    #[serde(alias = "hidden_activations", deserialize_with = "one_or_more")]
    hidden_activation: Vec<Activation>,
    output_activation: Activation,
    loss: Loss,
    optimizer: OptimizerKind,
    learning_rate: f64,
    /// Its name and its numbers.
    #[serde(default)]
    schedule: Vec<Value>,
    batch_size: usize,
    #[serde(flatten)]
    penalty: Penalty,
    #[serde(default)]
    weight_decay: f64,
    inputs: Vec<Vec<f64>>,
    targets: Vec<Vec<f64>>,
    layers_before: Vec<LayerParameters>,
    loss_before: f64,
    losses: Vec<f64>,
    first_gradient: Vec<LayerParameters>,
    layers_after: Vec<LayerParameters>,
    outputs_after: Vec<Vec<f64>>,
}

/// The hidden layers; there may be one activation for all of them.
fn hidden(sizes: &[usize], activations: &[Activation]) -> Vec<LayerRequest> {
    let units = &sizes[1..sizes.len() - 1];
    let layers = units.iter().zip(activations.iter().cycle());
    let layers = layers.map(|(&units, &activation)| LayerSpec { units, activation });
    layers.map(LayerRequest::from).collect()
}

fn one_or_more<'de, D: Deserializer<'de>>(of: D) -> Result<Vec<Activation>, D::Error> {
    let value = Value::deserialize(of)?;
    let values = match value {
        Value::Array(values) => values,
        one => vec![one],
    };
    let names = values.iter().map(|value| value.as_str().unwrap());
    Ok(names.map(|name| Activation::named(name).unwrap()).collect())
}

/// `["step", 10, 0.5]` as the option has it; nothing is constant.
fn schedule(words: &[Value]) -> Schedule {
    let Some((name, numbers)) = words.split_first() else {
        return Schedule::Constant;
    };
    let numbers: Vec<String> = numbers.iter().map(Value::to_string).collect();
    let text = format!("{}={}", name.as_str().unwrap(), numbers.join(","));
    text.trim_end_matches('=').parse().unwrap()
}

fn assert_close(ours: f64, expected: f64, what: &str) {
    let difference = (ours - expected).abs();
    assert!(
        difference <= 1e-9 * expected.abs().max(1e-6),
        "{what}: {ours}, expected {expected}"
    );
}

fn assert_all_close(ours: &[f64], expected: &[LayerParameters], what: &str) {
    let expected: Vec<f64> = expected
        .iter()
        .flat_map(|layer| {
            layer
                .weights
                .concat()
                .into_iter()
                .chain(layer.biases.clone())
        })
        .collect();
    assert_eq!(ours.len(), expected.len());
    ours.iter()
        .zip(expected)
        .for_each(|(ours, expected)| assert_close(*ours, expected, what));
}

fn holds(json: &str) {
    let golden: Golden = serde_json::from_str(json).unwrap();
    let config = TrainingConfig {
        hidden: hidden(&golden.sizes, &golden.hidden_activation),
        output_activation: golden.output_activation,
        loss: golden.loss,
        optimizer: golden.optimizer,
        learning_rate: golden.learning_rate,
        schedule: schedule(&golden.schedule),
        epochs: golden.losses.len() as u64,
        batch_size: golden.batch_size,
        penalty: golden.penalty,
        weight_decay: golden.weight_decay,
        initial_layers: Some(golden.layers_before),
        ..TrainingConfig::post(0)
    };
    config.check().unwrap();
    let examples = Examples::new(
        Task::Numbers,
        (golden.sizes[0], golden.inputs.concat()),
        (*golden.sizes.last().unwrap(), golden.targets.concat()),
    );
    let data = TrainingData {
        training: Arc::new(examples),
        test: None,
    };
    let mut session = Session::start(&config, data.clone());
    assert_close(session.loss(), golden.loss_before, "the loss before");

    let network = session.network();
    let batch = config.batch_size.min(data.training.len());
    let mut room = Batch::default();
    let (inputs, targets) = data.training.rows(0..batch, &mut room);
    let mut backprop = Backprop::new(network, batch);
    let gradient = backprop.run(network, config.loss, inputs, targets);
    config.penalty.add_to(network, gradient);
    assert_all_close(gradient, &golden.first_gradient, "the first gradient");

    for (pass, &expected) in golden.losses.iter().enumerate() {
        let loss = loop {
            match session.step() {
                StepOutcome::EpochFinished { loss } => break loss,
                StepOutcome::Diverged => panic!("diverged in pass {}", pass + 1),
                StepOutcome::WithinStep | StepOutcome::WithinEpoch | StepOutcome::Evaluating => {}
            }
        };
        assert_close(loss, expected, &format!("the loss after pass {}", pass + 1));
    }
    assert_all_close(
        session.network().parameters(),
        &golden.layers_after,
        "a parameter after",
    );
    assert_eq!(
        layers_of(session.network()).len(),
        golden.layers_after.len()
    );
    for (inputs, expected) in golden.inputs.iter().zip(&golden.outputs_after) {
        for (ours, expected) in session.network().predict(inputs).iter().zip(expected) {
            assert_close(*ours, *expected, "an output after");
        }
    }
}

macro_rules! golden_tests {
    ($($name:ident: $file:literal,)*) => {
        $(
            #[test]
            fn $name() {
                holds(include_str!(concat!("golden/", $file)));
            }
        )*
    };
}

golden_tests! {
    adamw_with_leaky_relu_is_that_of_pytorch: "torch2-adamw-leaky-relu.json",
    adam_with_softmax_is_that_of_pytorch: "torch-adam-softmax.json",
    l1_with_tanh_is_that_of_pytorch: "torch-l1-tanh.json",
    l2_with_sigmoid_is_that_of_pytorch: "torch-l2-sigmoid.json",
    momentum_with_deep_relu_is_that_of_pytorch: "torch-momentum-relu-deep.json",
    nesterov_with_mixed_layers_is_that_of_pytorch: "torch2-nesterov-mixed-layers.json",
    a_network_without_hidden_layers_is_that_of_pytorch: "torch-no-hidden-layer.json",
    rmsprop_with_tanh_is_that_of_pytorch: "torch-rmsprop-tanh.json",
    sgd_with_sigmoid_and_mse_is_that_of_pytorch: "torch-sgd-sigmoid-mse.json",
    a_cosine_schedule_is_that_of_pytorch: "torch2-schedule-cosine.json",
    a_warm_up_of_mixed_layers_is_that_of_pytorch: "torch2-schedule-warmup.json",
    a_step_schedule_is_that_of_pytorch: "torch2-schedule-step.json",
    soft_targets_are_those_of_pytorch: "torch2-soft-targets.json",
    sgd_with_two_outputs_is_that_of_pytorch: "torch-sgd-tanh-two-outputs.json",
}
