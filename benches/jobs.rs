//! Times whole epochs of seven jobs, including the evaluation after each: from the post's network, where every
//! nanosecond of overhead shows, to one whose weights are larger than any cache; the large ones on one core and on all.
//! And how the time grows with the samples, the features, the layers and the epochs. `cargo bench --bench jobs`.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nnscope::data::{Examples, Task, people};
use nnscope::nn::{Activation, LayerRequest, Loss, init::Init};
use nnscope::session::{Session, StepOutcome, TrainingConfig, TrainingData};
use nnscope::threads::Cores;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

/// Returns random samples: inputs between −1 and 1, and a random class for each sample.
fn random(task: Task, samples: usize, input_width: usize, target_width: usize) -> TrainingData {
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(1);
    let mut targets = vec![0.0; samples * target_width];
    for row in targets.chunks_exact_mut(target_width) {
        match row {
            [one] => *one = f64::from(generator.random_range(0..2u8)),
            several => several[generator.random_range(0..target_width)] = 1.0,
        }
    }
    let inputs = (0..samples * input_width).map(|_| generator.random_range(-1.0..1.0));
    let examples = Examples::new(
        task,
        (input_width, inputs.collect()),
        (target_width, targets),
    );
    TrainingData {
        training: Arc::new(examples),
        test: None,
    }
}

/// A configuration that stays far from overflow, however long it is trained.
fn config(hidden: &[usize], activation: Activation, batch_size: usize) -> TrainingConfig {
    TrainingConfig {
        hidden: LayerRequest::of_units(hidden),
        activation,
        batch_size,
        learning_rate: 0.01,
        init: Init::Xavier,
        ..TrainingConfig::post(1)
    }
}

/// Times the epochs of one job.
fn job(criterion: &mut Criterion, name: &str, config: &TrainingConfig, data: TrainingData) {
    time(criterion, name, Session::start(config, data));
}

/// Times the epochs of one job on one core and on all.
fn large_job(criterion: &mut Criterion, name: &str, config: &TrainingConfig, data: TrainingData) {
    let session = Session::start(config, data);
    time(criterion, name, session.clone());
    let name = format!("{name}, all cores");
    time(criterion, &name, session.on(Cores::all()));
}

fn time(criterion: &mut Criterion, name: &str, mut session: Session) {
    let mut group = criterion.benchmark_group("job");
    group.throughput(Throughput::Elements(session.data().training.len() as u64));
    group.bench_function(name, |bencher| bencher.iter(|| epoch(&mut session)));
}

fn epoch(session: &mut Session) {
    while !matches!(
        black_box(session.advance()),
        StepOutcome::EpochFinished { .. }
    ) {}
}

fn small_jobs(criterion: &mut Criterion) {
    let mut job = |name, config: &_, data| job(criterion, name, config, data);
    job(
        "post",
        &TrainingConfig::post(1),
        TrainingData::of(&people()),
    );
    let deep = TrainingConfig {
        output_activation: Activation::Tanh,
        ..config(&[8; 6], Activation::Tanh, 10)
    };
    job("deep", &deep, random(Task::Binary, 500, 2, 1));
    let medium = TrainingConfig {
        loss: Loss::CrossEntropy,
        ..config(&[64, 64], Activation::Relu, 32)
    };
    job("medium", &medium, random(Task::Binary, 10_000, 30, 1));
    let digits = TrainingConfig {
        output_activation: Activation::Softmax,
        loss: Loss::CrossEntropy,
        ..config(&[128], Activation::Relu, 64)
    };
    job("digits", &digits, random(Task::Classes, 10_000, 784, 10));
}

fn large_jobs(criterion: &mut Criterion) {
    let mut job = |name, config: &_, data| large_job(criterion, name, config, data);
    let large = TrainingConfig {
        output_activation: Activation::Softmax,
        loss: Loss::CrossEntropy,
        ..config(&[512, 512], Activation::Relu, 64)
    };
    job("large", &large, random(Task::Classes, 1000, 784, 10));
    let layers = [1024; 8];
    let wide = config(&layers, Activation::Relu, 64);
    job("wide", &wide, random(Task::Binary, 128, 2, 1));
    let one_by_one = config(&layers, Activation::Relu, 1);
    job(
        "wide, one by one",
        &one_by_one,
        random(Task::Binary, 8, 2, 1),
    );
}

/// An epoch of 1000 samples, 8 features and two layers of 32 units, and of more of each; and many epochs.
fn growth(criterion: &mut Criterion) {
    let mut time = |what: &str, count: usize, (samples, features, layers, epochs)| {
        let config = config(&vec![32; layers], Activation::Relu, 32);
        let mut session = Session::start(&config, random(Task::Binary, samples, features, 1));
        let mut group = criterion.benchmark_group(format!("growth with {what}"));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| (0..epochs).for_each(|_| epoch(&mut session)));
        });
    };
    for samples in [100, 1000, 10_000, 100_000] {
        time("samples", samples, (samples, 8, 2, 1));
    }
    for features in [2, 8, 32, 128, 512] {
        time("features", features, (1000, features, 2, 1));
    }
    for layers in [1, 2, 4, 8, 16] {
        time("layers", layers, (1000, 8, layers, 1));
    }
    for epochs in [1, 10, 100] {
        time("epochs", epochs, (1000, 8, 2, epochs));
    }
}

criterion_group!(benches, small_jobs);
criterion_group! {
    name = large;
    config = Criterion::default().sample_size(10);
    targets = large_jobs, growth
}
criterion_main!(benches, large);
