//! Lessons 1 to 7: the post, from one neuron to a prediction.

use super::super::figures::value;
use super::super::keys::Keys;
use super::super::page::{Goal, Guess, LessonPanel as P, Page, Practice, Proof, Stand, Touch};
use crate::app::{App, RunView, Stage};
use crate::nn::Network;
use crate::session::Position;
use crate::trainer::Pace;

/// The inputs of the post's examples.
const EXAMPLE: Stand = Stand {
    typed: Some(&[2.0, 3.0]),
    ..Stand::START
};

pub(super) const NEURON: Page = Page {
    name: "neuron",
    source: include_str!("../../../../assets/lessons/01-neuron.md"),
    is_live: true,
    options: "--data plane --output-activation sigmoid --samples 50 --hidden none --weights w1=0,w2=1,b1=4 --seed 1",
    stand: Stand {
        selected: "b1",
        ..EXAMPLE
    },
    panels: &[P::Network, P::Curve, P::Formulas, P::Prediction],
    more: &[P::Map],
    touch: Touch::InputsAndParameters,
    practice: Practice::Nothing,
    sweeps: false,
    guess: Some(Guess {
        question: "With b1 = −4, z is −1. What is f(−1)?",
        answer: |app| with_parameter(&app.run, "b1", -4.0),
    }),
    goals: &[
        Goal {
            text: "an output below 0.5",
            proof: Proof::Number,
            reached: |app| output(app).filter(|output| *output < 0.5),
        },
        Goal {
            text: "exactly 0.5: where is z then?",
            proof: Proof::Number,
            reached: |app| output(app).filter(|output| *output == 0.5),
        },
    ],
    nudge: "The bias moves z without any input: make it negative. Half-way up the curve, z is 0.",
    solution: Keys("⏎-4⏎⏎-3⏎"),
};

pub(super) const NETWORK: Page = Page {
    name: "network",
    source: include_str!("../../../../assets/lessons/02-network.md"),
    is_live: true,
    options: "--data plane --output-activation sigmoid --samples 50 --hidden 2 --seed 1 \
              --weights w1=0,w2=1,w3=0,w4=1,w5=0,w6=1,b1=0,b2=0,b3=0",
    stand: Stand {
        selected: "w6",
        ..EXAMPLE
    },
    panels: &[P::Network, P::Formulas, P::Curve, P::Prediction],
    more: &[P::Map],
    touch: Touch::InputsAndParameters,
    practice: Practice::Nothing,
    sweeps: false,
    guess: Some(Guess {
        question: "If w6 is 0, what does o1 say?",
        answer: |app| with_parameter(&app.run, "w6", 0.0),
    }),
    goals: &[
        Goal {
            text: "o1 exactly 0.5",
            proof: Proof::Number,
            reached: |app| output(app).filter(|output| *output == 0.5),
        },
        Goal {
            text: "o1 above 0.9",
            proof: Proof::Number,
            reached: |app| output(app).filter(|output| *output > 0.9),
        },
    ],
    nudge: "w5 is 0 already, so only w6 feeds o1. Its bias b3 does the rest.",
    solution: Keys("⏎0⏎↓⏎3⏎"),
};

pub(super) const DATA: Page = Page {
    name: "data",
    source: include_str!("../../../../assets/lessons/03-data.md"),
    is_live: false,
    options: "--seed 42",
    stand: Stand {
        typed: Some(&[128.0, 63.0]),
        ..Stand::START
    },
    panels: &[P::GivenSamples, P::Prediction, P::Network],
    more: &[P::Map],
    touch: Touch::Inputs,
    practice: Practice::Nothing,
    sweeps: false,
    guess: Some(Guess {
        question: "Charlie weighs 152 lb. What is his x1?",
        answer: |app| {
            let dataset = app.run.dataset();
            Some(dataset.network_inputs(dataset.raw_of(2))[0])
        },
    }),
    goals: &[Goal {
        text: "somebody with x1 = 0 and x2 = 0",
        proof: Proof::Nothing,
        reached: |app| {
            let inputs = app.run.shown_scaled()?;
            let sum = inputs.iter().map(|x| x.abs()).sum::<f64>();
            Some(sum).filter(|sum| *sum == 0.0)
        },
    }],
    nudge: "In the Predict box, the arrow shows what the network gets of what you type.",
    solution: Keys("⏎135⏎↓⏎66⏎"),
};

pub(super) const LOSS: Page = Page {
    name: "loss",
    source: include_str!("../../../../assets/lessons/04-loss.md"),
    is_live: false,
    options: "--seed 42 --weights w5=0,w6=0,b3=-1000",
    stand: Stand {
        selected: "b3",
        ..Stand::START
    },
    panels: &[P::Samples, P::Network],
    more: &[P::Map, P::Formulas],
    touch: Touch::Parameters,
    practice: Practice::Nothing,
    sweeps: false,
    guess: Some(Guess {
        question: "If every answer is 0.5, what is the mse?",
        answer: |app| {
            let targets = &app.run.dataset().targets;
            let errors = targets.iter().map(|y| (y - 0.5).powi(2));
            Some(errors.sum::<f64>() / targets.len() as f64)
        },
    }),
    goals: &[
        Goal {
            text: "every answer 0.5: what is the mse?",
            proof: Proof::Number,
            reached: |app| loss_if_all_answer(app, 0.5),
        },
        Goal {
            text: "every answer 1: what is the mse?",
            proof: Proof::Number,
            reached: |app| loss_if_all_answer(app, 1.0),
        },
    ],
    nudge: "w5 and w6 are 0, so every answer is f(b3): f(0) is 0.5, f of a large number 1.",
    solution: Keys("⏎0⏎⏎1000⏎"),
};

pub(super) const DOWN: Page = Page {
    name: "down",
    source: include_str!("../../../../assets/lessons/05-down.md"),
    is_live: false,
    options: "--seed 42 --weights w1=1,w2=1,w3=1,w4=1,w5=1,w6=1,b1=0,b2=0,b3=0",
    stand: Stand::START,
    panels: &[P::Step, P::Formulas, P::Samples],
    more: &[P::Curve, P::GradientNorms, P::Map],
    touch: Touch::Parameters,
    practice: Practice::Stages,
    sweeps: false,
    guess: Some(Guess {
        question: "What is ∂L/∂w1, their product?",
        answer: |app| value(app, "∂L/∂w1"),
    }),
    goals: &[
        Goal {
            text: "press n until you see ∂L/∂w1",
            proof: Proof::Number,
            reached: |app| {
                let backprop = &app.run.backprop;
                let is_seen = backprop.stage >= Stage::Backward
                    && backprop.selected.name(&app.run.network) == "w1";
                value(app, "∂L/∂w1").filter(|_| is_seen)
            },
        },
        Goal {
            text: "take the step: the change of L",
            proof: Proof::Number,
            reached: |app| change_for_alice(&app.run).filter(|change| *change < 0.0),
        },
    ],
    nudge: "n shows one stage after the other: forward, loss, backward, update.",
    solution: Keys("nnn"),
};

pub(super) const STEPS: Page = Page {
    name: "steps",
    source: include_str!("../../../../assets/lessons/06-steps.md"),
    is_live: false,
    options: "--seed 42",
    stand: Stand::START,
    panels: &[P::Chart, P::Samples, P::Network],
    more: &[P::Map, P::Formulas],
    touch: Touch::Nothing,
    practice: Practice::Epochs,
    sweeps: false,
    guess: Some(Guess {
        question: "How many steps are 1,000 epochs?",
        answer: |app| Some((1000 * app.run.steps_per_epoch()) as f64),
    }),
    goals: &[
        Goal {
            text: "one epoch: four steps (s)",
            proof: Proof::Nothing,
            reached: |app| {
                let epoch = app.run.training.farthest.epoch;
                (epoch > 0).then_some(app.run.steps_per_epoch() as f64)
            },
        },
        Goal {
            text: "loss below 0.01 (space)",
            proof: Proof::Epoch,
            reached: |app| value(app, "loss").filter(|loss| *loss < 0.01),
        },
    ],
    nudge: "s makes one step, space runs and pauses. The loss needs some hundred epochs.",
    solution: Keys("ssss␣"),
};

pub(super) const PREDICT: Page = Page {
    name: "predict",
    source: include_str!("../../../../assets/lessons/07-predict.md"),
    is_live: false,
    options: "--seed 42",
    stand: Stand {
        epoch: 1000,
        typed: Some(&[128.0, 63.0]),
        pace: Pace::DEFAULT,
        ..Stand::START
    },
    panels: &[P::Prediction, P::Network, P::Samples],
    more: &[P::Map, P::Formulas],
    touch: Touch::Inputs,
    practice: Practice::Nothing,
    sweeps: false,
    guess: Some(Guess {
        question: "Frank: 155 lb, 68 in. What is his o1?",
        answer: |app| value(app, "Frank"),
    }),
    goals: &[
        Goal {
            text: "ask about Frank: 155 lb, 68 in",
            proof: Proof::Number,
            reached: |app| {
                let typed = app.run.prediction.values()?;
                output(app).filter(|_| typed == [155.0, 68.0])
            },
        },
        Goal {
            text: "somebody unsure: 0.4 to 0.6",
            proof: Proof::Number,
            reached: |app| output(app).filter(|output| (0.4..=0.6).contains(output)),
        },
    ],
    nudge: "Type into the Predict box. The unsure ones are between the light and the heavy people.",
    solution: Keys("⏎155⏎↓⏎68⏎↑⏎135⏎↓⏎64⏎"),
};

/// The network's answer to what is shown.
fn output(app: &App) -> Option<f64> {
    value(app, "o1")
}

/// The answer to the typed values if a parameter had another value.
fn with_parameter(run: &RunView, name: &str, value: f64) -> Option<f64> {
    let mut network = Network::clone(&run.network);
    let index = network.index_of(network.parameter_named(name)?);
    network.parameters_mut()[index] = value;
    let inputs = run.dataset().network_inputs(&run.prediction.values()?);
    network.predict(&inputs).first().copied()
}

/// The loss, if all samples have this answer.
fn loss_if_all_answer(app: &App, answer: f64) -> Option<f64> {
    let run = &app.run;
    let mut samples = 0..run.dataset().len();
    let is_near = |sample| {
        let outputs = run.outputs_for(run.dataset().raw_of(sample));
        (outputs[0] - answer).abs() < 0.001
    };
    value(app, "loss").filter(|_| samples.all(is_near))
}

/// How much the loss of the first sample has changed since the start; `None` before the first step.
fn change_for_alice(run: &RunView) -> Option<f64> {
    let dataset = run.dataset();
    let (inputs, target) = (
        dataset.network_inputs(dataset.raw_of(0)),
        dataset.targets_of(0)[0],
    );
    let [before, now] = [&run.run.initial_network(), &run.network]
        .map(|network| (target - network.predict(&inputs)[0]).powi(2));
    (run.training.position > Position::default()).then_some(now - before)
}
