//! Times an epoch of the post's run: by itself, among others as `nnscope train` takes them, and on the worker thread that
//! streams to the screen, which is here only heard. `cargo bench --bench post`.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::mpsc::TryRecvError;
use std::thread;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use nnscope::data::people;
use nnscope::session::{DataSource, Run, Session, StepOutcome, TrainingConfig, TrainingData};
use nnscope::trainer::{Event, Origin, Pace, RunState, Start, StartState, Trainer};

fn session() -> Session {
    Session::start(&TrainingConfig::post(1), TrainingData::of(&people()))
}

/// Trains so many epochs as `nnscope train` does where none of them is logged.
fn train(epochs: u64) -> Duration {
    let mut session = session();
    let begun = Instant::now();
    while session.position().epoch < epochs {
        black_box(session.advance_towards(epochs, |_, _| {}));
    }
    begun.elapsed()
}

/// Trains them on a worker thread at full speed, and takes every report.
fn stream(epochs: u64) -> Duration {
    let config = TrainingConfig {
        epochs,
        ..TrainingConfig::post(1)
    };
    let run = Run::new(config, DataSource::default(), Arc::new(people()));
    let start = Start {
        state: StartState::Running,
        pace: Pace::Max,
        looks_ahead: false,
        retraces: false,
    };
    let begun = Instant::now();
    let trainer = Trainer::spawn(Origin::Start(Arc::new(run)), start, || {}).expect("a thread");
    loop {
        match trainer.try_event() {
            Ok(Event::Progress(progress)) if progress.state == RunState::Finished => break,
            Ok(_) => {}
            Err(TryRecvError::Empty) => thread::sleep(Duration::from_micros(200)),
            Err(TryRecvError::Disconnected) => panic!("the worker is gone"),
        }
    }
    begun.elapsed()
}

fn epoch(criterion: &mut Criterion) {
    let mut single = session();
    let mut group = criterion.benchmark_group("epoch");
    group.throughput(Throughput::Elements(4));
    group.bench_function("alone", |bencher| {
        bencher.iter(|| while black_box(single.advance()) == StepOutcome::WithinEpoch {});
    });
    // A second each: at first every epoch of a run is charted.
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.measurement_time(Duration::from_secs(10));
    group.bench_function("among others", |bencher| bencher.iter_custom(train));
    group.bench_function("streamed", |bencher| bencher.iter_custom(stream));
}

criterion_group!(benches, epoch);
criterion_main!(benches);
