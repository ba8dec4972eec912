//! The loss slice against an independent forward pass and loss, and against the runs that it is about.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, TryRecvError};

use clap::Parser;
use nnscope::cli::{Cli, Setup};
use nnscope::data::{Examples, Task};
use nnscope::nn::{Activation, Architecture, LayerSpec, Loss, Network};
use nnscope::session::{Position, Session, StepOutcome, TrainingData};
use nnscope::surface::{Axes, PastState, Slice, SliceAxis, SliceEvent, SliceRequest, Slicer};

/// Numbers between −1 and 1 that look random.
fn numbers(count: usize, from: u32) -> Vec<f64> {
    let numbers = (from..).take(count);
    numbers
        .map(|number| f64::from(number * 7919 % 211) / 105.5 - 1.0)
        .collect()
}

fn network(hidden: &[(usize, Activation)], output: (usize, Activation)) -> Network {
    let spec = |(units, activation)| LayerSpec { units, activation };
    let mut network = Network::zeros(Architecture {
        inputs: 2,
        hidden: hidden.iter().copied().map(spec).collect(),
        output: spec(output),
    });
    let parameters = numbers(network.parameters().len(), 3);
    network.parameters_mut().copy_from_slice(&parameters);
    network
}

fn data(samples: usize, outputs: usize, task: Task) -> TrainingData {
    let mut targets = vec![0.0; samples * outputs];
    for (sample, targets) in targets.chunks_exact_mut(outputs).enumerate() {
        match task {
            Task::Numbers => {
                targets.copy_from_slice(&numbers(outputs, u32::try_from(sample).unwrap()));
            }
            Task::Binary => targets[0] = f64::from(sample % 3 == 0),
            Task::Classes => targets[sample % outputs] = 1.0,
        }
    }
    TrainingData {
        training: Arc::new(Examples::new(
            task,
            (2, numbers(2 * samples, 100)),
            (outputs, targets),
        )),
        test: None,
    }
}

fn request(network: &Network, loss: Loss, data: &TrainingData, axes: Axes) -> Arc<SliceRequest> {
    Arc::new(SliceRequest {
        network: Arc::new(network.clone()),
        position: Position::default(),
        loss,
        data: data.clone(),
        axes,
        window: None,
        past: Arc::default(),
        is_live: false,
    })
}

/// All of a slice.
fn computed(request: &Arc<SliceRequest>) -> Slice {
    let mut last = None;
    let _ = Slice::compute(request, &mut |event| {
        if let SliceEvent::Slice(slice, _) = event {
            last = Some(slice);
        }
        ControlFlow::Continue(())
    });
    let slice = last.expect("a slice");
    assert!(slice.is_complete());
    Slice::clone(&slice)
}

/// The forward pass as plain loops over rows of weights, with the textbook's formulas.
fn predicted(network: &Network, parameters: &[f64], inputs: &[f64]) -> Vec<f64> {
    let mut rest = parameters;
    let mut before = inputs.to_vec();
    for layer in network.architecture().layers() {
        let (weights, others) = rest.split_at(layer.units * before.len());
        let (biases, others) = others.split_at(layer.units);
        rest = others;
        let z: Vec<f64> = (0..layer.units)
            .map(|unit| {
                let row = &weights[unit * before.len()..][..before.len()];
                let products = row.iter().zip(&before).map(|(w, a)| w * a);
                products.sum::<f64>() + biases[unit]
            })
            .collect();
        let sum: f64 = z.iter().map(|z| z.exp()).sum();
        let activation = |z: f64| match layer.activation {
            Activation::Sigmoid => 1.0 / (1.0 + (-z).exp()),
            Activation::Tanh => z.tanh(),
            Activation::Relu => z.max(0.0),
            Activation::Linear => z,
            Activation::Softmax => z.exp() / sum,
            Activation::LeakyRelu => z.max(0.01 * z),
        };
        before = z.into_iter().map(activation).collect();
    }
    before
}

/// The mean loss by its definition.
fn loss_by_hand(network: &Network, loss: Loss, data: &TrainingData, parameters: &[f64]) -> f64 {
    let examples = &data.training;
    let (inputs, targets) = examples.copied();
    let samples = inputs.chunks_exact(2);
    let targets = targets.chunks_exact(examples.target_width);
    let losses = samples.zip(targets).map(|(inputs, targets)| {
        let predictions = predicted(network, parameters, inputs);
        let pairs = predictions.iter().zip(targets);
        match (loss, targets.len()) {
            (Loss::MeanSquaredError, outputs) => {
                pairs.map(|(p, y)| (y - p).powi(2)).sum::<f64>() / outputs as f64
            }
            (_, 1) => {
                let (p, y) = (predictions[0], targets[0]);
                -(y * p.ln() + (1.0 - y) * (1.0 - p).ln())
            }
            _ => pairs.map(|(p, y)| -y * p.ln()).sum(),
        }
    });
    losses.sum::<f64>() / examples.len() as f64
}

/// Networks, losses and data of all kinds.
fn cases() -> Vec<(Network, Loss, TrainingData)> {
    use Activation::{Linear, Relu, Sigmoid, Softmax, Tanh};
    let binary = || data(23, 1, Task::Binary);
    vec![
        (
            network(&[(2, Sigmoid)], (1, Sigmoid)),
            Loss::MeanSquaredError,
            binary(),
        ),
        (
            network(&[(3, Tanh)], (1, Sigmoid)),
            Loss::CrossEntropy,
            binary(),
        ),
        (
            network(&[(4, Relu), (3, Tanh)], (2, Linear)),
            Loss::MeanSquaredError,
            data(17, 2, Task::Numbers),
        ),
        (
            network(&[(5, Sigmoid)], (3, Softmax)),
            Loss::CrossEntropy,
            data(31, 3, Task::Classes),
        ),
    ]
}

#[test]
fn every_point_of_a_slice_is_the_mean_loss_of_a_forward_pass() {
    for (network, loss, data) in cases() {
        let last = network.parameters().len() - 1;
        for axes in [
            Axes::Parameters([0, last]),
            Axes::Parameters([last, 1]),
            Axes::FIRST_GRADIENT,
            Axes::FIRST_RANDOM,
        ] {
            let slice = computed(&request(&network, loss, &data, axes));
            let [across, up] = slice.grid.spans;
            let mut points = 0;
            // Every point would take long; 7 is a divisor of neither side.
            for ((column, row), found) in slice.grid.computed().step_by(7) {
                let value = |from: f64, to: f64, at: usize, last: f64| {
                    from + (to - from) * at as f64 / last
                };
                let at = [
                    value(across.from, across.to, column, 96.0),
                    value(up.from, up.to, row, 64.0),
                ];
                let mut parameters = network.parameters().to_vec();
                for (axis, at) in slice.plane.axes.iter().zip(at) {
                    match axis {
                        SliceAxis::Parameter(index) => parameters[*index] = at,
                        SliceAxis::Direction(direction) => {
                            let both = parameters.iter_mut().zip(direction);
                            both.for_each(|(parameter, step)| *parameter += at * step);
                        }
                    }
                }
                let expected = loss_by_hand(&network, loss, &data, &parameters);
                let tolerance = 1e-12 * expected.abs().max(1.0);
                assert!(
                    (found - expected).abs() <= tolerance,
                    "{axes:?} {column} {row}: {found} {expected}"
                );
                points += 1;
            }
            assert_eq!(points, (97 * 65_usize).div_ceil(7));
        }
    }
}

#[test]
fn along_the_gradient_the_loss_rises_as_fast_as_anywhere() {
    for (network, loss, data) in cases() {
        let slice = computed(&request(&network, loss, &data, Axes::FIRST_GRADIENT));
        let SliceAxis::Direction(direction) = &slice.plane.axes[0] else {
            panic!("a direction");
        };
        let h = 1e-6;
        let derivative = |index: usize| {
            let [up, down] = [h, -h].map(|h| {
                let mut parameters = network.parameters().to_vec();
                parameters[index] += h;
                loss_by_hand(&network, loss, &data, &parameters)
            });
            (up - down) / (2.0 * h)
        };
        let gradient: Vec<f64> = (0..direction.len()).map(derivative).collect();
        let norm = |of: &[f64]| of.iter().map(|x| x * x).sum::<f64>().sqrt();
        let factor = norm(network.parameters()) / norm(&gradient);
        for (step, derivative) in direction.iter().zip(&gradient) {
            assert!(
                (step - factor * derivative).abs() < 1e-6,
                "{step} {derivative}"
            );
        }
    }
}

/// A run after some epochs.
fn trained(options: &str, epochs: u64) -> Session {
    let arguments = ["nnscope", "--seed", "42"].into_iter();
    let arguments = arguments.chain(options.split_whitespace());
    let Setup { mut session, .. } = Cli::parse_from(arguments).run.setup().unwrap();
    while session.position().epoch < epochs {
        assert_ne!(session.step(), StepOutcome::Diverged);
    }
    session
}

#[test]
fn at_its_centre_a_slice_has_the_loss_of_the_run_bit_for_bit() {
    for options in [
        "",
        "--data penguins --hidden 4 --learning-rate 0.01 --drop-missing",
        "--data xor --samples 300 --hidden 7 --batch-size 10 --test-fraction 0.3",
        "--data plane --samples 1500 --hidden 5 --activation tanh --learning-rate 0.01",
        "--data spiral --samples 100 --hidden 9,9 --l2 0.01",
    ] {
        let session = trained(options, 3);
        let (network, config) = (session.network(), session.config());
        for axes in [
            Axes::Parameters([1, 4]),
            Axes::FIRST_GRADIENT,
            Axes::FIRST_RANDOM,
        ] {
            let request = request(network, config.loss, session.data(), axes);
            let mut center = None;
            let _ = Slice::compute(&request, &mut |event| match event {
                SliceEvent::Slice(slice, _) => {
                    center = Some(slice.center);
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            });
            let expected = session.evaluation().training.loss;
            assert_eq!(
                center.map(f64::to_bits),
                Some(expected.to_bits()),
                "{options} {axes:?}"
            );
        }
    }
}

#[test]
fn a_path_point_has_its_true_loss_the_loss_beneath_it_and_its_distance() {
    let network = network(&[(2, Activation::Sigmoid)], (1, Activation::Sigmoid));
    let data = data(11, 1, Task::Binary);
    let mut parameters = network.parameters().to_vec();
    // 2 and 3 along the axes; 6, 6 and 7 off the plane: 11.
    for (index, change) in [(0, 2.0), (8, 3.0), (1, 6.0), (4, -6.0), (5, 7.0)] {
        parameters[index] += change;
    }
    let state = PastState {
        epoch: 7,
        loss: 0.123,
        parameters,
    };
    let request = Arc::new(SliceRequest {
        past: Arc::new(vec![state.clone()]),
        ..SliceRequest::clone(&request(
            &network,
            Loss::MeanSquaredError,
            &data,
            Axes::Parameters([0, 8]),
        ))
    });
    let slice = computed(&request);
    let [point] = slice.path[..] else {
        panic!("one point");
    };
    assert_eq!((point.epoch, point.loss), (7, 0.123));
    assert_eq!(point.at, [state.parameters[0], state.parameters[8]]);
    assert!((point.distance - 11.0).abs() < 1e-12);
    let mut beneath = network.parameters().to_vec();
    (beneath[0], beneath[8]) = (state.parameters[0], state.parameters[8]);
    let expected = loss_by_hand(&network, Loss::MeanSquaredError, &data, &beneath);
    assert!((point.beneath - expected).abs() < 1e-12);
    // It is seen, and θ₀ is in the middle.
    for (span, (at, center)) in slice
        .grid
        .spans
        .iter()
        .zip(point.at.iter().zip(slice.plane.center()))
    {
        assert!(span.from < *at && *at < span.to);
        assert!((f64::midpoint(span.from, span.to) - center).abs() < 1e-12);
    }
}

#[test]
fn a_slice_is_seen_from_coarse_to_fine_and_can_be_given_up_in_the_middle_of_a_point() {
    let network = network(
        &[(64, Activation::Tanh), (64, Activation::Tanh)],
        (1, Activation::Sigmoid),
    );
    let data = data(3000, 1, Task::Binary);
    let request = request(
        &network,
        Loss::MeanSquaredError,
        &data,
        Axes::FIRST_GRADIENT,
    );
    let mut heard = Vec::new();
    let outcome = Slice::compute(&request, &mut |event| {
        let SliceEvent::Progress(_, done) = event else {
            panic!("no slice yet");
        };
        heard.push(done);
        if heard.len() < 4 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    // Three thousand samples are more than one piece, so that nothing is done after the first of them.
    assert_eq!((outcome, heard), (ControlFlow::Break(()), vec![0.0; 4]));

    let (small, loss, data) = cases().remove(0);
    let request = self::request(&small, loss, &data, Axes::FIRST_RANDOM);
    let (mut levels, mut shares) = (Vec::new(), Vec::new());
    let _ = Slice::compute(&request, &mut |event| {
        match event {
            SliceEvent::Slice(slice, _) => levels.push(slice.grid.computed().count()),
            SliceEvent::Progress(_, done) => shares.push(done),
            other => panic!("{other:?}"),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(levels, [13 * 9, 25 * 17, 49 * 33, 97 * 65]);
    assert!(shares.is_sorted() && shares.last() == Some(&1.0));
}

#[test]
fn the_job_answers_the_newest_request_and_gives_up_any_other() {
    let large = network(
        &[(64, Activation::Tanh), (64, Activation::Tanh)],
        (1, Activation::Sigmoid),
    );
    let slow = request(
        &large,
        Loss::MeanSquaredError,
        &data(3000, 1, Task::Binary),
        Axes::FIRST_RANDOM,
    );
    let (network, loss, data) = cases().remove(0);
    let quick = request(&network, loss, &data, Axes::Parameters([0, 1]));
    let (woken, wakes) = mpsc::channel();
    let slicer = Slicer::spawn(move || woken.send(()).unwrap_or_default()).unwrap();
    slicer.ask(slow);
    slicer.ask(Arc::clone(&quick));
    let slice = loop {
        wakes.recv().expect("the job is alive");
        match slicer.try_event() {
            Ok(SliceEvent::Slice(slice, _)) if slice.is_complete() => break slice,
            Ok(SliceEvent::Panicked(text)) => panic!("{text}"),
            Ok(_) | Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => panic!("the job has ended"),
        }
    };
    assert!(Arc::ptr_eq(&slice.request, &quick));
}
