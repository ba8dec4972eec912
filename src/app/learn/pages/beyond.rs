//! Lessons 8 to 17: what breaks a network, what it needs, and how to go on.

use std::f64::consts::LN_2;

use super::super::figures::value;
use super::super::keys::Keys;
use super::super::page::{Goal, Guess, LessonPanel as P, Page, Practice, Proof, Stand, Touch};
use crate::app::{App, Observation, Stage};
use crate::nn::OptimizerKind;
use crate::trainer::Pace;

/// Known when the sweep is over.
const HOW_OFTEN: Option<Guess> = Some(Guess {
    question: "How many of 1,000 seeds get all four right at epoch 1,000?",
    answer: |app| value(app, "solved"),
});

pub(super) const UNSHIFTED: Page = Page {
    name: "unshifted",
    source: include_str!("../../../../assets/lessons/08-unshifted.md"),
    is_live: false,
    options: "--scaling none --seed 1",
    stand: Stand::START,
    panels: &[P::Chart, P::Curve, P::Network],
    more: &[P::Samples, P::GradientNorms, P::Map],
    touch: Touch::Variants(&["--scaling shift=135,66"]),
    practice: Practice::Epochs,
    sweeps: true,
    guess: HOW_OFTEN,
    goals: &[
        Goal {
            text: "the loss after 200 epochs",
            proof: Proof::Number,
            reached: |app| loss_after(app, 200).filter(|_| !is_shifted(app)),
        },
        Goal {
            text: "shifted: a loss below 0.1",
            proof: Proof::Epoch,
            reached: |app| loss_below(app, 0.1).filter(|_| is_shifted(app)),
        },
    ],
    nudge: "space runs it. Enter starts the same seed with the shift.",
    solution: Keys("␣…⏎"),
};

pub(super) const SATURATED: Page = Page {
    name: "saturated",
    source: include_str!("../../../../assets/lessons/09-saturated.md"),
    is_live: false,
    options: "--init-gain 10 --seed 17",
    stand: Stand {
        selected: "b3",
        ..Stand::START
    },
    panels: &[P::Chart, P::Curve, P::Network],
    more: &[P::Samples, P::GradientNorms, P::Map],
    touch: Touch::Variants(&["--init-gain 1"]),
    practice: Practice::Epochs,
    sweeps: true,
    guess: HOW_OFTEN,
    goals: &[
        Goal {
            text: "the loss after 200 epochs",
            proof: Proof::Number,
            reached: |app| loss_after(app, 200).filter(|_| app.run.config().init_gain >= 10.0),
        },
        Goal {
            text: "gain 1: a loss below 0.1",
            proof: Proof::Epoch,
            reached: |app| loss_below(app, 0.1).filter(|_| app.run.config().init_gain <= 1.0),
        },
    ],
    nudge: "space runs it. Enter starts the same seed with weights a tenth as large.",
    solution: Keys("␣…⏎"),
};

pub(super) const LARGE_STEPS: Page = Page {
    name: "large-steps",
    source: include_str!("../../../../assets/lessons/10-large-steps.md"),
    is_live: false,
    options: "--learning-rate 10 --seed 1",
    stand: Stand::START,
    panels: &[P::Chart, P::Curve, P::Network],
    more: &[P::Samples, P::GradientNorms, P::Map],
    touch: Touch::Variants(&["--learning-rate 100"]),
    practice: Practice::Epochs,
    sweeps: true,
    guess: HOW_OFTEN,
    goals: &[
        Goal {
            text: "η = 10: a loss below 0.001",
            proof: Proof::Epoch,
            reached: |app| {
                loss_below(app, 0.001).filter(|_| app.run.config().learning_rate < 100.0)
            },
        },
        Goal {
            text: "η = 100: the loss at epoch 200",
            proof: Proof::Number,
            reached: |app| loss_after(app, 200).filter(|_| app.run.config().learning_rate >= 100.0),
        },
    ],
    nudge: "space runs it. Enter starts the same seed with steps ten times larger still.",
    solution: Keys("␣…⏎"),
};

pub(super) const ONE_NEURON: Page = Page {
    name: "one-neuron",
    source: include_str!("../../../../assets/lessons/11-one-neuron.md"),
    is_live: false,
    options: "--hidden none --seed 1",
    stand: Stand::START,
    panels: &[P::Map, P::Network, P::Chart],
    more: &[P::Formulas, P::Samples],
    touch: Touch::Nothing,
    practice: Practice::Epochs,
    sweeps: false,
    guess: Some(Guess {
        question: "How many weights and biases does it have?",
        answer: |app| value(app, "parameters"),
    }),
    goals: &[Goal {
        text: "all right, loss below 0.01",
        proof: Proof::Epoch,
        reached: |app| loss_below(app, 0.01).filter(|_| value(app, "accuracy") == Some(100.0)),
    }],
    nudge: "space runs it. It needs a few hundred epochs.",
    solution: Keys("␣"),
};

pub(super) const XOR: Page = Page {
    name: "xor",
    source: include_str!("../../../../assets/lessons/12-xor.md"),
    is_live: false,
    options: "--data xor4 --hidden none --seed 1",
    stand: Stand::START,
    panels: &[P::Map, P::Samples, P::Chart],
    more: &[P::Network],
    touch: Touch::Variants(&["--hidden 2", "--hidden 4"]),
    practice: Practice::Epochs,
    sweeps: true,
    // About the neuron of the text, whatever is tried beside it.
    guess: Some(Guess {
        question: "How many of 1,000 single neurons get all four right at epoch 1,000?",
        answer: |app| value(app, "solved").filter(|_| app.run.network.layers().len() == 1),
    }),
    goals: &[
        Goal {
            text: "one neuron: loss at epoch 200",
            proof: Proof::Number,
            reached: |app| loss_after(app, 200).filter(|_| app.run.network.layers().len() == 1),
        },
        Goal {
            text: "a hidden layer: all four right",
            proof: Proof::Nothing,
            reached: |app| {
                let is_deep = app.run.network.layers().len() > 1;
                value(app, "accuracy").filter(|right| is_deep && *right == 100.0)
            },
        },
    ],
    nudge: "Start it with a hidden layer. If it gets stuck, four neurons find a way more often than two.",
    solution: Keys("␣…↓⏎"),
};

pub(super) const VANISHING: Page = Page {
    name: "vanishing",
    source: include_str!("../../../../assets/lessons/13-vanishing.md"),
    is_live: true,
    options: "--data spiral --samples 100 --hidden 8,8,8,8,8,8,8,8 --activation sigmoid --init xavier \
              --batch-size 10 --seed 1",
    stand: Stand::START,
    panels: &[P::GradientNorms, P::Chart],
    more: &[P::Network, P::Curve, P::Map],
    touch: Touch::Variants(&["--activation relu --init he"]),
    practice: Practice::Epochs,
    sweeps: false,
    guess: None,
    goals: &[Goal {
        text: "relu: h1..h8 over 10% of o1",
        proof: Proof::Epoch,
        reached: |app| {
            let norm = |which| value(app, which);
            let share = norm("first norm")? / norm("last norm")?;
            Some(100.0 * share).filter(|share| share.is_finite() && *share > 10.0)
        },
    }],
    nudge: "Start the same network with relu.",
    solution: Keys("⏎"),
};

pub(super) const RACE: Page = Page {
    name: "race",
    source: include_str!("../../../../assets/lessons/14-race.md"),
    is_live: false,
    options: "--data circle --samples 100 --hidden 4 --activation tanh --batch-size 10 --learning-rate 0.03 \
              --epochs 200 --optimizer sgd --seed 1",
    stand: Stand {
        pace: Pace::DEFAULT,
        ..Stand::START
    },
    panels: &[P::Chart, P::Network],
    more: &[P::Map, P::Samples],
    touch: Touch::Variants(&["--optimizer momentum", "--optimizer adam"]),
    practice: Practice::Epochs,
    sweeps: false,
    guess: None,
    goals: &[
        Goal {
            text: "sgd: the loss after 200 epochs",
            proof: Proof::Number,
            reached: |app| final_loss(app, OptimizerKind::Sgd),
        },
        Goal {
            text: "momentum, from the same start",
            proof: Proof::Number,
            reached: |app| final_loss(app, OptimizerKind::Momentum),
        },
        Goal {
            text: "adam, from the same start",
            proof: Proof::Number,
            reached: |app| final_loss(app, OptimizerKind::Adam),
        },
    ],
    nudge: "space runs what is shown. Up and Down choose another optimizer, Enter starts it; earlier runs stay on the chart.",
    solution: Keys("␣…⏎…⏎"),
};

pub(super) const OVERFITTING: Page = Page {
    name: "overfitting",
    source: include_str!("../../../../assets/lessons/15-overfitting.md"),
    is_live: false,
    options: "--data circle --samples 60 --noise 40 --test-fraction 0.5 --hidden 16 --activation tanh \
              --optimizer adam --learning-rate 0.03 --batch-size 10 --epochs 300 --seed 1",
    stand: Stand::START,
    panels: &[P::Chart, P::Map],
    more: &[P::Network, P::Samples],
    touch: Touch::Variants(&["--l2 0.01", "--epochs 10"]),
    practice: Practice::Epochs,
    sweeps: false,
    guess: None,
    goals: &[
        Goal {
            text: "overfits: test loss rises",
            proof: Proof::Epoch,
            reached: |app| {
                let is_overfitting =
                    matches!(Observation::of(&app.run), Observation::Overfitting { .. });
                value(app, "test loss").filter(|_| is_overfitting)
            },
        },
        Goal {
            text: "a final test loss below 0.2",
            proof: Proof::Number,
            reached: |app| {
                let run = &app.run;
                let is_over = run.training.position.epoch >= run.config().epochs;
                value(app, "test loss").filter(|loss| is_over && *loss < 0.2)
            },
        },
    ],
    nudge: "space runs it to the end. Enter starts it with l2 or, after Down, with few epochs, which stops it early.",
    solution: Keys("␣…⏎"),
};

pub(super) const THREE_CLASSES: Page = Page {
    name: "three-classes",
    source: include_str!("../../../../assets/lessons/16-three-classes.md"),
    is_live: true,
    options: "--data penguins --hidden none --init zeros --seed 1",
    stand: Stand {
        selected: "b1",
        stage: Stage::Backward,
        ..Stand::START
    },
    panels: &[P::Network, P::Formulas],
    more: &[P::Samples, P::Map],
    touch: Touch::Parameters,
    practice: Practice::Epochs,
    sweeps: false,
    guess: Some(Guess {
        question: "What is L if o1 is 0.5?",
        answer: |_| Some(LN_2),
    }),
    goals: &[
        Goal {
            text: "o1 above 0.9: change b1",
            proof: Proof::Number,
            reached: |app| value(app, "o1").filter(|share| *share > 0.9),
        },
        Goal {
            text: "95% of them right (space)",
            proof: Proof::Epoch,
            reached: |app| value(app, "accuracy").filter(|right| *right >= 95.0),
        },
    ],
    nudge: "b1 is added to z1, and e^3 is 20 times e^0. space trains.",
    solution: Keys("⏎3⏎…␣"),
};

/// The learning rate of the penguins' run: that of built-in data.
const PENGUIN_RATE: f64 = 0.1;

pub(super) const NOW: Page = Page {
    name: "now",
    source: include_str!("../../../../assets/lessons/17-now.md"),
    is_live: false,
    options: "--data penguins --hidden 8 --test-fraction 0.2 --shuffle --seed 1",
    stand: Stand::START,
    panels: &[P::Network, P::Chart, P::Samples],
    more: &[P::Map],
    touch: Touch::Settings,
    practice: Practice::Epochs,
    sweeps: false,
    guess: None,
    goals: &[
        Goal {
            text: "95% of the penguins right",
            proof: Proof::Epoch,
            reached: |app| {
                let accuracy = value(app, "accuracy");
                accuracy.filter(|right| app.run.dataset().name == "penguins" && *right >= 95.0)
            },
        },
        Goal {
            text: "another learning rate: settings (e)",
            proof: Proof::Number,
            reached: |app| {
                let rate = app.run.config().learning_rate;
                Some(rate).filter(|rate| *rate != PENGUIN_RATE)
            },
        },
    ],
    nudge: "space runs it. The settings (e) have everything that the command line has.",
    solution: Keys("␣…e→⏎"),
};

/// Whether the inputs are not the raw values.
fn is_shifted(app: &App) -> bool {
    let dataset = app.run.dataset();
    let raw = dataset.raw_of(0);
    dataset.network_inputs(raw) != raw
}

/// The loss, once the run has come to this epoch.
fn loss_after(app: &App, epochs: u64) -> Option<f64> {
    value(app, "loss").filter(|_| app.run.training.position.epoch >= epochs)
}

fn loss_below(app: &App, loss: f64) -> Option<f64> {
    value(app, "loss").filter(|now| *now < loss)
}

/// The loss at the end of a run with this optimizer.
fn final_loss(app: &App, optimizer: OptimizerKind) -> Option<f64> {
    let config = app.run.config();
    let is_it = config.optimizer == optimizer;
    loss_after(app, config.epochs.max(1)).filter(|_| is_it)
}
