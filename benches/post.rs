//! Times one epoch of the post's run. `cargo bench --bench post`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nnscope::data::people;
use nnscope::session::{Session, StepOutcome, TrainingConfig, TrainingData};

fn epoch(criterion: &mut Criterion) {
    let mut session = Session::start(&TrainingConfig::post(1), TrainingData::of(&people()));
    let mut group = criterion.benchmark_group("epoch");
    group.throughput(Throughput::Elements(4));
    group.bench_function("post", |bencher| {
        bencher.iter(|| while black_box(session.advance()) == StepOutcome::WithinEpoch {});
    });
}

criterion_group!(benches, epoch);
criterion_main!(benches);
