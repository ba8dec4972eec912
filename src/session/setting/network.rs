//! The settings of the network and of where it starts.

use super::field::{Access, Field, field};
use super::value::Value;
use super::{AUTO, Choices, OnLoad, Setting, setting};
use crate::nn::Activation;
use crate::nn::init::Init;
use crate::session::NamedWeights;
use crate::session::config::{check_gain, check_hidden};
use crate::session::named_weights::ONES;

const GAINS: &[f64] = &[0.01, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        option: "hidden",
        value_name: "LAYERS",
        name: "hidden layer sizes",
        label: "hidden {}",
        help: "Units of each hidden layer: 2, or 8,8, or 8:relu,4:tanh, or none",
        explanation: "More layers can learn more complex patterns, but train more slowly.",
        can_be_open: true,
        choices: Choices::Layers,
        on_load: OnLoad::Keeps,
        field: field!(Config, hidden, |hidden: &Vec<_>| check_hidden(hidden)),
        ..Setting::ROW
    },
    Setting {
        option: "activation",
        value_name: "NAME",
        name: "hidden activation",
        label: "hidden {}",
        help: "Activation of the hidden layers that do not name their own",
        explanation: "Function applied to a hidden neuron's weighted sum.",
        can_be_open: true,
        choices: Choices::Names(|| Activation::HIDDEN.map(Activation::name).to_vec()),
        on_load: OnLoad::Keeps,
        field: field!(Config, activation),
        ..Setting::ROW
    },
    Setting {
        option: "output-activation",
        value_name: "NAME",
        name: "output activation",
        label: "output {}",
        help: "Activation of the output layer",
        explanation: "What the outputs mean: probabilities, or plain numbers.",
        details: "auto is sigmoid for two classes, softmax for more, linear for numbers.",
        default: Some(AUTO),
        can_be_open: true,
        choices: Choices::Names(|| Activation::OUTPUT.map(Activation::name).to_vec()),
        on_load: OnLoad::Keeps,
        field: field!(Config, output_activation),
        ..Setting::ROW
    },
    Setting {
        option: "init",
        value_name: "NAME",
        name: "initial weights",
        label: "init {}",
        help: "Initialisation of the weights",
        explanation: "How the weights are drawn before the first step.",
        details: "normal draws biases too, as the post does; xavier and he begin with biases of 0.",
        can_be_open: true,
        choices: Choices::Names(|| Init::ALL.map(Init::name).to_vec()),
        on_load: OnLoad::Keeps,
        field: field!(Config, init),
        ..Setting::ROW
    },
    Setting {
        option: "init-gain",
        value_name: "FACTOR",
        name: "initial gain",
        label: "initial gain {}",
        help: "Factor of the drawn initial weights and biases",
        explanation: "Multiplies what is drawn: far too large saturates sigmoids, far too small lets them learn slowly.",
        choices: Choices::Numbers {
            steps: GAINS,
            unlimited: None,
        },
        on_load: OnLoad::Keeps,
        field: field!(Config, init_gain, |gain| check_gain(*gain)),
        ..Setting::ROW
    },
    Setting {
        option: "weights",
        value_name: "NAME=VALUE,…",
        name: "weights, biases",
        label: "weights {}",
        help: "Initial weights and biases by name: w1=1,w2=1,b3=0; or ones, the post's example: all weights 1, biases 0",
        explanation: "Weights and biases before the first step: random as set above, or by name; ones is the post's example.",
        default: Some("random"),
        choices: Choices::Text(&[ONES]),
        on_load: OnLoad::Refuses,
        say: Some(|draft| {
            let is_given = NamedWeights::are_given(&draft.config) || !draft.weights.is_empty();
            let has_ones = setting("weights").typed(draft) == ONES;
            let text = match is_given {
                true if has_ones => ONES,
                true => "given",
                false => "random",
            };
            text.to_owned()
        }),
        field: Field::Draft(Access {
            show: |draft| {
                let given = draft.weights.show();
                given.or_else(|| NamedWeights::given(&draft.config).show())
            },
            set: |draft, text| {
                draft.weights = Value::read(text)?;
                // They replace those that were given before: the text has all of them.
                draft.config.initial_layers = None;
                Ok(())
            },
            check: |_| Ok(()),
        }),
        ..Setting::ROW
    },
];
