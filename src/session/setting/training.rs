//! The settings of how a network is trained.

use super::field::field;
use super::{AUTO, Choices, Needs, OnLoad, OnTheWay, Setting};
use crate::nn::{Loss, OptimizerKind};
use crate::session::config::{
    check_batch_size, check_coefficient, check_learning_rate, check_penalty, check_until_loss,
};

const LEARNING_RATES: &[f64] = &[
    0.000_01, 0.000_02, 0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.003, 0.005, 0.01,
    0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0,
];
const KEPT: Choices = Choices::Numbers {
    steps: &[
        0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999,
    ],
    unlimited: None,
};
const MOMENTUMS: Needs = Needs::Optimizer(&[OptimizerKind::Momentum, OptimizerKind::Nesterov]);
const ADAMS: Needs = Needs::Optimizer(&[OptimizerKind::Adam, OptimizerKind::AdamW]);
const BATCH_SIZES: &[f64] = &[
    1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0,
    18.0, 19.0, 20.0, 21.0, 22.0, 23.0, 24.0, 25.0, 26.0, 27.0, 28.0, 29.0, 30.0, 32.0, 64.0,
    128.0,
];
const PENALTIES: Choices = Choices::Numbers {
    steps: &[
        0.0, 0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0,
    ],
    unlimited: None,
};
const EPOCHS: &[f64] = &[
    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6,
];
const GOALS: &[f64] = &[
    0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2,
];

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        option: "loss",
        value_name: "NAME",
        name: "loss",
        label: "{}",
        help: "Loss function",
        explanation: "What training minimises.",
        details: "auto is cross-entropy for softmax outputs and for the classes of a file, else mse.",
        default: Some(AUTO),
        can_be_open: true,
        choices: Choices::Names(|| Loss::ALL.map(Loss::name).to_vec()),
        field: field!(Config, loss),
        ..Setting::ROW
    },
    Setting {
        option: "optimizer",
        value_name: "NAME",
        name: "optimizer",
        label: "{}",
        help: "Optimizer, as PyTorch defines it",
        explanation: "How gradients are turned into weight updates.",
        can_be_open: true,
        choices: Choices::Names(|| OptimizerKind::ALL.map(OptimizerKind::name).to_vec()),
        on_the_way: OnTheWay::Steers,
        on_load: OnLoad::Keeps,
        field: field!(Config, optimizer),
        ..Setting::ROW
    },
    Setting {
        option: "learning-rate",
        value_name: "RATE",
        name: "learning rate",
        label: "learning rate {}",
        help: "Learning rate (η in formulas)",
        explanation: "How far each step goes; too far and the loss jumps or diverges.",
        can_be_open: true,
        choices: Choices::Numbers {
            steps: LEARNING_RATES,
            unlimited: None,
        },
        on_the_way: OnTheWay::Steers,
        field: field!(Config, learning_rate, |rate| check_learning_rate(*rate)),
        ..Setting::ROW
    },
    Setting {
        option: "momentum",
        value_name: "μ",
        name: "momentum",
        label: "momentum {}",
        help: "Momentum of momentum and nesterov: how much of the last update is kept",
        explanation: "How much of the last update goes into the next: more is faster, and overshoots.",
        choices: KEPT,
        needs: MOMENTUMS,
        on_the_way: OnTheWay::Steers,
        field: field!(Config, coefficients.momentum, |kept| check_coefficient(
            "momentum", *kept
        )),
        ..Setting::ROW
    },
    Setting {
        option: "alpha",
        value_name: "α",
        name: "alpha",
        label: "alpha {}",
        help: "What rmsprop keeps of its mean of g²",
        explanation: "How long rmsprop remembers the size of gradients: 0.99 is about 100 steps.",
        choices: KEPT,
        needs: Needs::Optimizer(&[OptimizerKind::Rmsprop]),
        on_the_way: OnTheWay::Steers,
        field: field!(Config, coefficients.alpha, |kept| check_coefficient(
            "alpha", *kept
        )),
        ..Setting::ROW
    },
    Setting {
        option: "beta1",
        value_name: "β₁",
        name: "beta1",
        label: "beta1 {}",
        help: "What adam and adamw keep of their mean of g",
        explanation: "How long adam remembers the direction of gradients: 0.9 is about 10 steps.",
        choices: KEPT,
        needs: ADAMS,
        on_the_way: OnTheWay::Steers,
        field: field!(Config, coefficients.beta1, |kept| check_coefficient(
            "beta1", *kept
        )),
        ..Setting::ROW
    },
    Setting {
        option: "beta2",
        value_name: "β₂",
        name: "beta2",
        label: "beta2 {}",
        help: "What adam and adamw keep of their mean of g²",
        explanation: "How long adam remembers the size of gradients: 0.999 is about 1000 steps.",
        choices: KEPT,
        needs: ADAMS,
        on_the_way: OnTheWay::Steers,
        field: field!(Config, coefficients.beta2, |kept| check_coefficient(
            "beta2", *kept
        )),
        ..Setting::ROW
    },
    Setting {
        option: "schedule",
        value_name: "SCHEDULE",
        name: "schedule",
        label: "{} schedule",
        help: "Learning-rate schedule: constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS",
        explanation: "How the learning rate changes from epoch to epoch.",
        details: "step multiplies it by FACTOR every EVERY epochs, cosine lowers it to 0 by the end of the run, \
                  warmup raises it to --learning-rate in EPOCHS epochs.",
        choices: Choices::Text(&["constant", "step=100,0.5", "cosine", "warmup=10"]),
        on_the_way: OnTheWay::Steers,
        field: field!(Config, schedule),
        ..Setting::ROW
    },
    Setting {
        option: "batch-size",
        value_name: "COUNT",
        name: "batch size",
        label: "batches of {}",
        help: "Samples in one update",
        explanation: "How many samples are averaged for one step.",
        details: "A file of fewer than 320 training samples has batches of a tenth of them.",
        can_be_open: true,
        choices: Choices::Numbers {
            steps: BATCH_SIZES,
            unlimited: None,
        },
        on_the_way: OnTheWay::Steers,
        field: field!(Config, batch_size, |size| check_batch_size(*size)),
        ..Setting::ROW
    },
    Setting {
        option: "shuffle",
        value_name: "true|false",
        name: "order",
        label: "{} order",
        help: "Take the samples in a new order every epoch",
        explanation: "Shuffle the samples every epoch?",
        can_be_open: true,
        choices: Choices::Flag {
            off: "fixed",
            on: "shuffled",
        },
        field: field!(Config, shuffle),
        ..Setting::ROW
    },
    Setting {
        option: "l1",
        value_name: "λ",
        name: "l1",
        label: "l1 {}",
        help: "Adds λ·Σ|w| to what training minimises",
        explanation: "Pulls all weights towards 0 equally; many become exactly 0.",
        choices: PENALTIES,
        on_the_way: OnTheWay::Steers,
        field: field!(Config, penalty.l1, |factor| check_penalty("l1", *factor)),
        ..Setting::ROW
    },
    Setting {
        option: "l2",
        value_name: "λ",
        name: "l2",
        label: "l2 {}",
        help: "Adds λ/2·Σw² to what training minimises",
        explanation: "Pulls large weights hardest, so weights stay small.",
        details: "A file of n < 1000 training samples has 10 / n in place of 0.01, with two decimals and at most 0.2.",
        can_be_open: true,
        choices: PENALTIES,
        on_the_way: OnTheWay::Steers,
        field: field!(Config, penalty.l2, |factor| check_penalty("l2", *factor)),
        ..Setting::ROW
    },
    Setting {
        option: "weight-decay",
        value_name: "λ",
        name: "weight decay",
        label: "weight decay {}",
        help: "Decoupled weight decay of adamw, for weights and biases",
        explanation: "Shrinks all weights and biases a little each step.",
        choices: PENALTIES,
        needs: Needs::Optimizer(&[OptimizerKind::AdamW]),
        on_the_way: OnTheWay::Steers,
        field: field!(Config, weight_decay, |factor| check_penalty(
            "weight decay",
            *factor
        )),
        ..Setting::ROW
    },
    Setting {
        option: "epochs",
        value_name: "COUNT",
        name: "epochs",
        label: "{} epochs",
        help: "Epochs to train; 0 trains until you stop it",
        explanation: "When the run stops (space continues).",
        choices: Choices::Numbers {
            steps: EPOCHS,
            unlimited: Some(("0", f64::INFINITY)),
        },
        on_the_way: OnTheWay::MovesEnd,
        say: Some(|draft| match draft.config.epochs {
            0 => "until stopped".to_owned(),
            epochs => epochs.to_string(),
        }),
        field: field!(Config, epochs),
        ..Setting::ROW
    },
    Setting {
        option: "until-loss",
        value_name: "LOSS",
        name: "until loss",
        label: "until loss {}",
        help: "Stop as soon as the training loss after an epoch is this or less",
        explanation: "Stop early once the training loss reaches this.",
        default: Some("never"),
        choices: Choices::Numbers {
            steps: GOALS,
            unlimited: Some(("never", 0.0)),
        },
        on_the_way: OnTheWay::MovesEnd,
        say: Some(|draft| {
            let goal = draft.config.until_loss;
            goal.map_or("never".to_owned(), |goal| format!("{goal:?}"))
        }),
        field: field!(Config, until_loss, |goal: &Option<f64>| goal
            .map_or(Ok(()), check_until_loss)),
        ..Setting::ROW
    },
    Setting {
        option: "seed",
        value_name: "SEED",
        name: "seed",
        label: "seed {}",
        help: "Seed of the initial weights, the order of the samples and the data",
        explanation: "The same seed is the same run on this machine.",
        details: "Another processor may differ in the last digits.",
        default: Some("random"),
        choices: Choices::Whole,
        on_load: OnLoad::Keeps,
        field: field!(Config, seed),
        ..Setting::ROW
    },
];
