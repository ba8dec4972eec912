//! The run as one command line: whatever a run is, the line that is shown for it gives it again.

use std::ops::ControlFlow;
use std::sync::Arc;

use clap::Parser;
use nnscope::cli::Cli;
use nnscope::data::ScalingMethod;
use nnscope::nn::init::Init;
use nnscope::nn::{Activation, LayerRequest, Loss, OptimizerKind, Penalty};
use nnscope::session::setting::{Turn, setting as find, settings};
use nnscope::session::{DataSource, Draft, Run, TrainingConfig, command_line};
use proptest::prelude::*;

fn layer() -> impl Strategy<Value = LayerRequest> {
    let activation = prop::option::of(prop::sample::select(Activation::HIDDEN.to_vec()));
    (1usize..40, activation).prop_map(|(units, activation)| LayerRequest { units, activation })
}

fn config() -> impl Strategy<Value = TrainingConfig> {
    let activations = (
        prop::sample::select(Activation::HIDDEN.to_vec()),
        prop::sample::select(vec![
            Activation::Sigmoid,
            Activation::Tanh,
            Activation::Linear,
        ]),
        prop::sample::select(OptimizerKind::ALL.to_vec()),
        prop::sample::select(Init::ALL.to_vec()),
    );
    let numbers = (
        1e-6f64..10.0,
        1usize..200,
        0.0f64..2.0,
        0.0f64..2.0,
        0u64..10_000,
        prop::option::of(1e-9f64..1.0),
        any::<u64>(),
    );
    (
        activations,
        numbers,
        prop::collection::vec(layer(), 0..8),
        any::<bool>(),
    )
        .prop_map(
            |((activation, output_activation, optimizer, init), numbers, hidden, shuffle)| {
                let (learning_rate, batch_size, l1, l2, epochs, until_loss, seed) = numbers;
                TrainingConfig {
                    hidden,
                    activation,
                    output_activation,
                    loss: Loss::MeanSquaredError,
                    optimizer,
                    learning_rate,
                    batch_size,
                    shuffle,
                    penalty: Penalty { l1, l2 },
                    init,
                    epochs,
                    until_loss,
                    seed,
                    ..TrainingConfig::post(seed)
                }
            },
        )
}

fn source() -> impl Strategy<Value = DataSource> {
    let names = prop::sample::select(vec!["people", "xor", "spiral", "gauss", "circle"]);
    let inputs = prop::sample::subsequence(vec!["x1", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"], 0..5);
    (
        names,
        0.0f64..50.0,
        2usize..600,
        0.1f64..0.5,
        any::<u64>(),
        inputs,
    )
        .prop_map(|(data, noise, samples, test_fraction, seed, inputs)| {
            let is_generated = data != "people";
            DataSource {
                data: data.to_owned(),
                noise: if is_generated { noise } else { 0.0 },
                samples: is_generated.then_some(samples + 10),
                test_fraction: if is_generated { test_fraction } else { 0.0 },
                seed,
                inputs: inputs.iter().map(|text| text.parse().unwrap()).collect(),
                scaling: is_generated.then(|| ScalingMethod::Shift(vec![0.5, -1.25])),
                ..DataSource::default()
            }
        })
}

fn line_of(source: &DataSource, config: &TrainingConfig) -> String {
    command_line(Draft::of(config, source, None))
}

/// The words of a line, for one without blanks in quotes.
fn parse(line: &str) -> Cli {
    let line = line.replace('\'', "");
    Cli::try_parse_from(line.split(' ')).unwrap_or_else(|error| panic!("{line}: {error}"))
}

proptest! {
    #[test]
    fn the_command_line_gives_the_run_again(source in source(), config in config()) {
        let line = line_of(&source, &config);
        let setup = parse(&line).run.setup().unwrap();
        // A seed that nothing is drawn from is not in it.
        let seed = if source.is_drawn() { source.seed } else { config.seed };
        prop_assert_eq!(&setup.run.source, &DataSource { seed, ..source }, "{}", line);
        prop_assert_eq!(&setup.session.config(), &config, "{}", line);
    }

    #[test]
    fn what_is_shown_of_a_setting_sets_it_to_the_same_value(source in source(), config in config()) {
        let draft = Draft::of(&config, &source, None);
        let mut read = Draft::new(config.seed);
        for setting in settings() {
            if let Some(text) = setting.asked(&draft) {
                setting.set(&mut read, &text).unwrap();
            }
        }
        for setting in settings() {
            prop_assert!(!setting.differs(&draft, &read), "--{}", setting.option);
        }
    }
}

#[test]
fn every_value_that_is_turned_to_comes_through_the_command_line() {
    for setting in settings() {
        let mut draft = Draft::new(1);
        // What every setting goes with.
        for (option, text) in [("data", "xor"), ("loss", "cross-entropy")] {
            find(option).set(&mut draft, text).unwrap();
        }
        let applies = ["adamw", "momentum", "rmsprop"].iter().any(|optimizer| {
            find("optimizer").set(&mut draft, optimizer).unwrap();
            setting.applies_to(&draft)
        });
        if !applies {
            continue;
        }
        for _ in 0..20 {
            setting.turn(&mut draft, Turn::Forward);
            // Not everything goes with this data and its two classes.
            let dataset = draft.source.load(&mut |_| ControlFlow::Continue(()));
            let run = dataset.and_then(|dataset| Run::prepare(draft.clone(), Arc::new(dataset)));
            let Ok(run) = run else {
                continue;
            };
            let line = command_line(run.draft());
            let setup = parse(&line).run.setup().unwrap();
            assert_eq!(setup.session.config(), run.config, "{line}");
            assert_eq!(setup.run.source.inputs, run.source.inputs, "{line}");
        }
    }
}

#[test]
fn what_a_shell_would_take_apart_is_quoted() {
    let source = DataSource {
        data: "my file's.csv".to_owned(),
        ..DataSource::default()
    };
    let line = line_of(&source, &TrainingConfig::post(1));
    assert!(
        line.starts_with(r"nnscope --data 'my file'\''s.csv' "),
        "{line}"
    );
}

#[test]
fn the_usual_run_has_a_short_line() {
    let line = line_of(
        &DataSource {
            seed: 7,
            ..DataSource::default()
        },
        &TrainingConfig::post(7),
    );
    assert_eq!(line, "nnscope --seed 7");
}
