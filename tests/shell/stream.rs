//! The lines of `--format jsonl`: what is written can be read back.

use std::fmt::Debug;

use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use serde::Serialize;
use serde::de::DeserializeOwned;

use nnscope::data::{Feature, Quantity, Scaling, ScalingMethod, Target};
use nnscope::nn::LayerRequest;
use nnscope::session::stream::{Description, End, Line, Prediction, Scores, Start, State, Status};
use nnscope::session::{Baseline, DataSource, Finish, LayerParameters, Quality, TrainingConfig};
use nnscope::sweep::{Bin, FanPoint, Losses, Ranked, SeedLoss, Summary, Verdict, stream};

use super::shell::{nnscope, stdout};

/// Finite numbers, as parameters are.
fn finite() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(finite(), 0..4)
}

fn layers() -> impl Strategy<Value = Vec<LayerParameters>> {
    let layer = (prop::collection::vec(numbers(), 0..3), numbers())
        .prop_map(|(weights, biases)| LayerParameters { weights, biases });
    prop::collection::vec(layer, 0..3)
}

prop_compose! {
    fn quality()(
        [accuracy, r2, rmse] in prop::array::uniform3(prop::option::of(finite())),
    ) -> Quality {
        Quality { accuracy, r2, rmse }
    }
}

prop_compose! {
    /// A loss may be a number that is not finite.
    fn scores()(
        epoch: u64,
        loss: f64,
        quality in quality(),
        test in quality(),
        test_loss: Option<f64>,
    ) -> Scores {
        Scores {
            epoch,
            loss,
            quality,
            test_loss,
            test_accuracy: test.accuracy,
            test_r2: test.r2,
            test_rmse: test.rmse,
        }
    }
}

prop_compose! {
    fn state()(scores in scores(), layers in layers()) -> State {
        State { scores, layers }
    }
}

prop_compose! {
    fn config()(
        seed: u64,
        epochs: u64,
        hidden in prop::collection::vec(1..1024_usize, 0..8),
        until_loss in prop::option::of(finite()),
        initial_layers in prop::option::of(layers()),
    ) -> TrainingConfig {
        let (post, hidden) = (TrainingConfig::post(seed), LayerRequest::of_units(&hidden));
        TrainingConfig { hidden, epochs, until_loss, initial_layers, ..post }
    }
}

prop_compose! {
    fn source()(
        data: String,
        target: Vec<String>,
        delimiter: Option<char>,
        shift in numbers(),
        seed: u64,
    ) -> DataSource {
        let scaling = Some(ScalingMethod::Shift(shift));
        DataSource { data, target, delimiter, scaling, seed, ..DataSource::default() }
    }
}

prop_compose! {
    fn scaling()(shift in numbers(), divisor in numbers()) -> Scaling {
        Scaling { shift, divisor }
    }
}

fn target() -> impl Strategy<Value = Target> {
    let words = any::<[String; 2]>();
    prop_oneof![
        (any::<String>(), words).prop_map(|(name, classes)| Target::Binary { name, classes }),
        any::<(String, Vec<String>)>()
            .prop_map(|(name, classes)| Target::Classes { name, classes }),
        any::<(String, String)>()
            .prop_map(|(name, unit)| Target::Numbers(vec![Quantity { name, unit }])),
    ]
}

prop_compose! {
    fn description()(
        configuration in config(),
        source in source(),
        scaling in scaling(),
        target in target(),
        words: (String, Vec<String>),
        inputs: Vec<String>,
        positive: Option<String>,
        samples: usize,
        training_rows: Vec<usize>,
        test_rows: Vec<usize>,
        target_words: String,
        training in quality(),
    ) -> Description {
        let (name, words) = words;
        Description {
            configuration,
            source,
            features: vec![Feature::number(&name, ""), Feature::Category { name, words }],
            inputs,
            target_scaling: Some(scaling.clone()),
            scaling,
            baseline: Baseline {
                answer: target_words,
                training,
                test: None,
                ..Baseline::default()
            },
            classes: target.classes().to_vec(),
            target,
            positive,
            samples,
            training_rows,
            test_rows,
        }
    }
}

fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(vec![
        Status::Finished,
        Status::Diverged,
        Status::Interrupted,
    ])
}

fn line() -> impl Strategy<Value = Line> {
    let generator = prop::option::of(any::<u64>().prop_map(Xoshiro256PlusPlus::seed_from_u64));
    let start = (description(), generator, state()).prop_map(|(run, generator, state)| {
        Line::Start(Box::new(Start {
            run,
            generator,
            state,
        }))
    });
    let predictions = any::<(String, f64, String)>().prop_map(|(name, output, label)| Prediction {
        name,
        output,
        label,
    });
    let finished_by = prop::sample::select(vec![None, Some(Finish::Epochs), Some(Finish::Loss)]);
    let predictions = prop::collection::vec(predictions, 0..3);
    let end = (status(), finished_by, state(), predictions).prop_map(
        |(status, finished_by, state, predictions)| {
            Line::End(End {
                status,
                finished_by,
                state,
                predictions,
            })
        },
    );
    prop_oneof![start, state().prop_map(Line::Epoch), end]
}

fn losses() -> impl Strategy<Value = Losses> {
    let seeds = any::<[u64; 3]>();
    let losses = prop::array::uniform5(finite());
    (seeds, losses, prop::option::of(finite())).prop_map(|(seeds, losses, test_median)| {
        let of = |place: usize| SeedLoss {
            seed: seeds[place],
            loss: losses[place],
        };
        Losses {
            best: of(0),
            low: losses[3],
            median: of(1),
            high: losses[4],
            worst: of(2),
            test_median,
        }
    })
}

prop_compose! {
    fn summary()(
        first_seed: u64,
        seeds: u64,
        counts: [u64; 4],
        is_of_numbers: bool,
        losses in prop::option::of(losses()),
        edges: Vec<(f64, f64, u64)>,
        points: Vec<(u64, u64, f64, f64)>,
        worst in finite(),
    ) -> Summary {
        let [solved, learning, stuck, diverged] = counts;
        let counts = if is_of_numbers {
            serde_json::json!({"diverged": diverged, "ended": solved})
        } else {
            serde_json::json!({"solved": solved, "learning": learning, "stuck": stuck, "diverged": diverged})
        };
        let bins = edges.into_iter().map(|(low, high, count)| Bin { low, high, count });
        let points = points.into_iter().map(|(epoch, seeds, low, median)| FanPoint {
            epoch, seeds, low, median, high: worst, worst,
        });
        Summary {
            first_seed,
            seeds,
            counts: serde_json::from_value(counts).unwrap(),
            losses,
            histogram: bins.collect(),
            fine_histogram: Vec::new(),
            ranked: Ranked::default(),
            fan: points.collect(),
        }
    }
}

fn sweep_line() -> impl Strategy<Value = stream::Line> {
    let start = (description(), any::<u64>())
        .prop_map(|(run, seeds)| stream::Line::Start(Box::new(stream::Start { run, seeds })));
    let verdicts = prop::sample::select(Verdict::ALL.to_vec());
    let seed = (any::<u64>(), verdicts, scores()).prop_map(|(seed, verdict, scores)| {
        stream::Line::Seed(stream::Seed {
            seed,
            verdict,
            scores,
        })
    });
    let end = (status(), summary())
        .prop_map(|(status, summary)| stream::Line::End(stream::End { status, summary }));
    prop_oneof![start, seed, end]
}

/// Reads a line and writes it again. NaN is not equal to itself, but its text is.
fn assert_read_back<L: Serialize + DeserializeOwned + Debug>(text: &str) {
    let line: L = serde_json::from_str(text).unwrap_or_else(|problem| panic!("{problem}: {text}"));
    assert_eq!(serde_json::to_string(&line).unwrap(), text);
}

proptest! {
    #[test]
    fn any_line_of_a_run_is_read_back(line in line()) {
        assert_read_back::<Line>(&serde_json::to_string(&line).unwrap());
    }

    #[test]
    fn any_line_of_a_sweep_is_read_back(line in sweep_line()) {
        assert_read_back::<stream::Line>(&serde_json::to_string(&line).unwrap());
    }

    #[test]
    fn fields_that_are_not_known_are_ignored(line in line(), sweep_line in sweep_line(), number: u64) {
        fn with_more(line: &impl Serialize, number: u64) -> String {
            let text = serde_json::to_string(line).unwrap();
            let more = format!(r#","from_later":{{"n":[{number},null]}}}}"#);
            format!("{}{more}", text.strip_suffix('}').unwrap())
        }
        let text = serde_json::to_string(&line).unwrap();
        let read: Line = serde_json::from_str(&with_more(&line, number)).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        let text = serde_json::to_string(&sweep_line).unwrap();
        let read: stream::Line = serde_json::from_str(&with_more(&sweep_line, number)).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
}

#[test]
fn a_number_that_is_not_finite_is_null_and_read_as_nan() {
    let scores = Scores {
        epoch: 1,
        loss: f64::INFINITY,
        quality: Quality::default(),
        test_loss: Some(f64::NAN),
        test_accuracy: None,
        test_r2: None,
        test_rmse: None,
    };
    let text = serde_json::to_string(&scores).unwrap();
    assert_eq!(text, r#"{"epoch":1,"loss":null,"test_loss":null}"#);
    let read: Scores = serde_json::from_str(&text).unwrap();
    assert!(read.loss.is_nan() && read.test_loss.unwrap().is_nan());
    assert_eq!(read.quality, Quality::default());
}

#[test]
fn every_log_that_is_written_is_read_back() {
    for options in [
        "--seed 1 --epochs 20",
        "--seed 1 --epochs 3 --weights w1=1,b3=-0 --hidden 2,3",
        "--seed 1 --epochs 3 --data penguins --test-fraction 0.3 --hidden 4 --l1 0.001",
        "--seed 1 --until-loss 0.2 --data hills --samples 30 --noise 5 --scaling shift=1,2.5",
        "--seed 1 --data plane --samples 20 --hidden none --learning-rate 3",
    ] {
        let log = nnscope(&format!("train --format jsonl {options}"));
        assert!(!log.stdout.is_empty(), "{options}");
        stdout(&log).lines().for_each(assert_read_back::<Line>);
    }
    for options in [
        "--seed 1 --epochs 50",
        "--seed 7 --epochs 20 --data gauss --samples 30 --test-fraction 0.2",
        "--seed 1 --data plane --samples 20 --hidden none --learning-rate 3",
        "--seed 1 --epochs 20 --data hills --samples 20",
    ] {
        let log = nnscope(&format!("sweep --seeds 12 --format jsonl {options}"));
        assert!(!log.stdout.is_empty(), "{options}");
        stdout(&log)
            .lines()
            .for_each(assert_read_back::<stream::Line>);
    }
}
