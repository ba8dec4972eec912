//! What the screen must show, computed from the saved run.

use std::ops::Range;

use nnscope::app::{Edges, Observation, Overview, Selection, Shown, Stage};
use nnscope::data::{Target, Task};
use nnscope::session::Position;
use nnscope::ui::number::{activation, grouped, loss, output, short, significant, typeset};

use super::diagram::diagram;
use super::plain::{Pass, Plain};
use crate::test_screen::TestScreen;

/// What the status line says of the position.
pub(crate) fn status(screen: &TestScreen, now: &Plain) -> String {
    let run = screen.app.run();
    if run.training.is_running() || screen.app.notice().is_some() || run.is_behind() {
        return format!(" epoch {}", now.epoch);
    }
    let steps = run.dataset().training_samples.div_ceil(now.batch_size);
    let unit = if now.batch_size == 1 {
        "sample"
    } else {
        "batch"
    };
    let network = &run.network;
    let end = run.moved.map_or_else(
        || " ".to_owned(),
        |moved| {
            let name = network.parameter_name(network.parameter_at(moved.index));
            let what = match (moved.steps, now.step) {
                (all, 0) if all == steps => format!("epoch {}", now.epoch),
                (1, _) => "the step".to_owned(),
                (several, _) => format!("the last {several} steps"),
            };
            format!("; {what} moved {name} most: ")
        },
    );
    match now.step {
        // What a teacher says of the run goes before what a step has moved.
        0 if !matches!(Observation::of(run), Observation::Trend(_)) => {
            format!("paused at epoch {} – ", now.epoch)
        }
        0 => format!("paused at epoch {}{end}", now.epoch),
        step => format!(
            "paused at epoch {}, {unit} {step} of {steps} done{end}",
            now.epoch
        ),
    }
}

/// Every number of the Train view.
pub(crate) fn train_view(screen: &TestScreen, text: &str, now: &Plain) -> Vec<String> {
    let run = screen.app.run();
    let dataset = run.dataset();
    let mut expected = vec![scores(screen, now)];
    match run.overview {
        Overview::Confusion => expected.extend(confusion(screen, now)),
        Overview::Table => expected.extend(rows(screen, now)),
        Overview::Errors => expected.extend(errors(screen, now)),
        // A map has no numbers but those of its axes.
        Overview::TestConfusion | Overview::Map => {}
    }
    let typed: Option<Vec<f64>> = {
        let fields = run.prediction.fields.iter().zip(dataset.features());
        fields
            .map(|(field, feature)| feature.parse(field.text.text()).ok())
            .collect()
    };
    if let Some(raw) = &typed {
        let outputs = now.outputs(raw);
        expected.push(match dataset.target.task() {
            Task::Binary => {
                let (class, label) = (&dataset.target.classes()[1], dataset.target.label(&outputs));
                let name = if run.config().output_activation.gives_shares() {
                    format!("P({class}) =")
                } else {
                    "o1".to_owned()
                };
                format!(" {name} {} → {label} ", output(outputs[0]))
            }
            Task::Classes => {
                let most = outputs.iter().copied().fold(0.0, f64::max);
                format!(
                    " P({}) = {} ",
                    dataset.target.label(&outputs),
                    activation(most)
                )
            }
            Task::Numbers => format!(" {} ", typeset(&dataset.target.label(&outputs))),
        });
    }
    let shown = match run.shown {
        Shown::Sample(sample) => Some(dataset.raw_of(sample).to_vec()),
        Shown::Prediction => typed,
    };
    expected.extend(diagram((now, text), shown.as_deref(), run.neuron));
    expected
}

/// The numbers at the cursor of the Surface view.
pub(crate) fn surface_view(screen: &TestScreen, now: &Plain) -> Vec<String> {
    let run = screen.app.run();
    let dataset = run.dataset();
    let Some(point) = run.point() else {
        return Vec::new();
    };
    let outputs = now.outputs(&point);
    let mut expected: Vec<String> = now.inputs(&point).into_iter().map(short).collect();
    expected.extend(match &dataset.target {
        Target::Binary { classes, .. } => {
            vec![format!("P({}) {} ", classes[1], significant(outputs[0], 3))]
        }
        Target::Classes { classes, .. } => {
            let all = classes.iter().zip(outputs);
            all.map(|(class, p)| format!("P({class}) {} ", activation(p)))
                .collect()
        }
        Target::Numbers(numbers) => {
            let label = typeset(&dataset.target.label(&outputs));
            vec![format!("{} {label} ", numbers[0].name)]
        }
    });
    expected
}

/// The titles of the loss and of the samples.
fn scores(screen: &TestScreen, now: &Plain) -> String {
    let run = screen.app.run();
    let mean = |samples: Range<usize>| {
        let count = samples.len() as f64;
        samples
            .map(|sample| pass(screen, now, sample).loss)
            .sum::<f64>()
            / count
    };
    let (all, training) = (run.dataset().len(), run.dataset().training_samples);
    let at = if run.is_behind() && now.step == 0 {
        format!(" at epoch {}:", now.epoch)
    } else if now.step > 0 && !run.training.is_running() {
        " now:".to_owned()
    } else {
        String::new()
    };
    let name = run.config().loss.name();
    let of_training = loss(mean(0..training));
    if training == all {
        return format!(" Loss ({name}){at} {of_training} ");
    }
    let of_test = loss(mean(training..all));
    format!(" Loss ({name}){at} ─ {of_training}, test ╌ {of_test} ")
}

fn pass(screen: &TestScreen, now: &Plain, sample: usize) -> Pass {
    let dataset = screen.app.run().dataset();
    now.pass(dataset.raw_of(sample), dataset.targets_of(sample))
}

/// The class of outputs, or of targets.
fn class(task: Task, outputs: &[f64]) -> usize {
    match task {
        Task::Binary => usize::from(outputs[0] >= 0.5),
        _ => (0..outputs.len())
            .rev()
            .max_by(|a, b| outputs[*a].total_cmp(&outputs[*b]))
            .unwrap(),
    }
}

/// The actual and the predicted class of each of these samples.
fn classes(screen: &TestScreen, now: &Plain, samples: Range<usize>) -> Vec<(usize, usize)> {
    let dataset = screen.app.run().dataset();
    let task = dataset.target.task();
    let outputs = samples.map(|sample| {
        (
            dataset.targets_of(sample),
            now.outputs(dataset.raw_of(sample)),
        )
    });
    outputs
        .map(|(targets, outputs)| (class(task, targets), class(task, &outputs)))
        .collect()
}

/// The title of the samples, and the row of each of the first ones.
fn rows(screen: &TestScreen, now: &Plain) -> Vec<String> {
    let run = screen.app.run();
    let dataset = run.dataset();
    let (all, training) = (dataset.len(), dataset.training_samples);
    if dataset.target.task() == Task::Numbers {
        return vec![fit(screen, now)];
    }
    let right = |samples: Range<usize>| {
        let (count, classes) = (samples.len(), classes(screen, now, samples));
        format!(
            "{}/{count}",
            classes
                .iter()
                .filter(|(actual, said)| actual == said)
                .count()
        )
    };
    let test = if training < all {
        format!(", test {}", right(training..all))
    } else {
        String::new()
    };
    let mut expected = vec![format!(" Samples: {} right{test} ", right(0..training))];
    let Shown::Sample(shown) = run.shown else {
        return expected;
    };
    for (sample, (actual, said)) in (shown..).zip(classes(screen, now, shown..(shown + 3).min(all)))
    {
        let outputs = now.outputs(dataset.raw_of(sample));
        let output = if dataset.target.task() == Task::Binary {
            0
        } else {
            said
        };
        let name = &dataset.target.classes()[actual];
        let mark = if actual == said { "✓" } else { "✗" };
        expected.push(format!("{name} "));
        let share_text = activation(outputs[output]);
        expected.push(format!(" {share_text}"));
        expected.push(format!(" {} {mark} ", dataset.target.classes()[said]));
    }
    expected
}

/// The outputs and the loss of the first samples, to four digits.
fn errors(screen: &TestScreen, now: &Plain) -> Vec<String> {
    let run = screen.app.run();
    let dataset = run.dataset();
    let Shown::Sample(shown) = run.shown else {
        return Vec::new();
    };
    let samples = shown..(shown + 3).min(dataset.len());
    let losses = samples.map(|sample| significant(pass(screen, now, sample).loss, 4));
    losses.map(|loss| format!(" {loss} ")).collect()
}

/// The title of the samples of a regression with one output and no test samples.
fn fit(screen: &TestScreen, now: &Plain) -> String {
    let dataset = screen.app.run().dataset();
    let samples = 0..dataset.len();
    let count = samples.len() as f64;
    let pair = |sample| {
        (
            dataset.targets_of(sample)[0],
            now.outputs(dataset.raw_of(sample))[0],
        )
    };
    let pairs: Vec<(f64, f64)> = samples.map(pair).collect();
    let mean = pairs.iter().map(|(y, _)| y).sum::<f64>() / count;
    let errors: f64 = pairs.iter().map(|(y, p)| (y - p).powi(2)).sum();
    let spread: f64 = pairs.iter().map(|(y, _)| (y - mean).powi(2)).sum();
    let r2 = significant(1.0 - errors / spread, 3);
    let rmse = significant((errors / count).sqrt(), 3);
    format!(" Samples: R² {r2}; RMSE {rmse} ")
}

/// The rows of the confusion matrix.
fn confusion(screen: &TestScreen, now: &Plain) -> Vec<String> {
    let dataset = screen.app.run().dataset();
    let pairs = classes(screen, now, 0..dataset.training_samples);
    let names = dataset.target.classes();
    let width = names.iter().map(String::len).max().unwrap().clamp(6, 12);
    let count = |pair: (usize, usize)| pairs.iter().filter(|of| **of == pair).count();
    let row = |actual: usize| {
        let counts = (0..names.len()).map(|said| format!(" {:>width$}", count((actual, said))));
        counts.collect::<String>()
    };
    (0..names.len()).map(row).collect()
}

/// Every number of the Backprop view.
pub(crate) fn backprop_view(
    screen: &TestScreen,
    text: &str,
    [now, before]: [&Plain; 2],
) -> Vec<String> {
    let run = screen.app.run();
    let dataset = run.dataset();
    let Some(shown) = &run.backprop.shown else {
        panic!("no step is shown")
    };
    let is_made = run.backprop.stage == Stage::Update;
    let network = if is_made { before } else { now };
    let position = Position {
        epoch: network.epoch,
        step: network.step,
    };
    assert_eq!(shown.position, position);
    let first = network.step * network.batch_size;
    let batch = first..(first + network.batch_size).min(dataset.training_samples);
    let gradient = mean_gradient(screen, network, batch);
    let sample = first + shown.index_in_batch;
    let of_sample = pass(screen, network, sample);
    let epoch = grouped(network.epoch);
    let start = match run.labelled_with() {
        Edges::Weights => ["Epoch", "After epoch"],
        Edges::Gradients => ["Gradients, epoch", "Gradients after epoch"],
    };
    let mut expected = vec![
        format!("{} {epoch}, ", start[usize::from(network.epoch > 0)]),
        format!(": {}", dataset.sample_name(sample)),
    ];
    for layer in &gradient {
        let squares = layer.iter().flatten().map(|g| g * g);
        expected.push(significant(squares.sum::<f64>().sqrt(), 2));
    }
    let parameter = run.backprop.selected.parameter();
    let unit = parameter.neuron();
    let index = parameter.source().map(|_| run.network.index_of(parameter));
    let within = index.map_or(
        network.weights()[unit.layer][unit.unit].len() - 1,
        |index| {
            let layer = &run.network.layers()[unit.layer];
            (index - layer.weights.start) % layer.fan_in
        },
    );
    let number = |value: f64| format!("= {}", significant(value, 3));
    let stage = run.backprop.stage;
    if let Selection::Parameter(_) = run.backprop.selected {
        let derivative = of_sample.gradient[unit.layer][unit.unit][within];
        match stage {
            Stage::Forward => {
                let activation = of_sample.activations[unit.layer + 1][unit.unit];
                let rest = 1.0 - activation.abs();
                // What would be rounded to 1 is written as what it lacks.
                expected.push(if rest > 0.0 && rest < 0.000_5 {
                    let (one, sign) = if activation < 0.0 {
                        ("−1", '+')
                    } else {
                        ("1", '−')
                    };
                    // A unit in the last place of the activation is seen in a smaller one.
                    let rest = Some(rest).filter(|rest| *rest > 1e-12);
                    let rest = rest.map_or_else(String::new, |rest| significant(rest, 3));
                    format!("= {one} {sign} {rest}")
                } else {
                    number(activation)
                });
            }
            Stage::Loss => expected.push(number(of_sample.loss)),
            Stage::Backward => expected.push(number(derivative)),
            Stage::Update => {}
        }
        if is_made && run.config().optimizer.name() == "sgd" && network.batch_size == 1 {
            let (old, new) = (network.weights(), now.weights());
            let step = network.learning_rate * derivative;
            let moved = old[unit.layer][unit.unit][within] - step;
            let error = (moved - new[unit.layer][unit.unit][within]).abs();
            assert!(error < 1e-12, "{error}");
        }
    }
    if run.backprop.edges == Edges::Weights {
        expected.extend(diagram((now, text), Some(dataset.raw_of(sample)), None));
    }
    expected
}

/// The gradient of the mean loss of a batch.
fn mean_gradient(screen: &TestScreen, network: &Plain, batch: Range<usize>) -> Vec<Vec<Vec<f64>>> {
    let size = batch.len() as f64;
    let mut passes = batch.map(|sample| pass(screen, network, sample).gradient);
    let mut mean = passes.next().unwrap();
    for gradient in passes {
        let pairs = mean
            .iter_mut()
            .flatten()
            .flatten()
            .zip(gradient.into_iter().flatten().flatten());
        pairs.for_each(|(sum, g)| *sum += g);
    }
    mean.iter_mut().flatten().flatten().for_each(|g| *g /= size);
    mean
}
