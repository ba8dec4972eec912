//! One epoch of the post's run, and one frame of the screen. `cargo bench`.

use std::hint::black_box;

use clap::Parser;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nnscope::app::{Appearance, Colors, Glyphs};
use nnscope::cli::Cli;
use nnscope::data::people;
use nnscope::headless::app_at;
use nnscope::session::{Session, StepOutcome, TrainingConfig, TrainingData};
use nnscope::trainer::Pace;
use nnscope::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn epoch(criterion: &mut Criterion) {
    let mut session = Session::start(&TrainingConfig::post(1), TrainingData::of(&people()));
    let mut group = criterion.benchmark_group("epoch");
    group.throughput(Throughput::Elements(4));
    group.bench_function("post", |bencher| {
        bencher.iter(|| while black_box(session.step()) == StepOutcome::WithinEpoch {});
    });
}

fn frame(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    for (width, height) in [(80, 24), (200, 60)] {
        let options = Cli::parse_from(["nnscope", "--seed", "42"]).run;
        let appearance = Appearance {
            colors: Colors::True,
            glyphs: Glyphs::Unicode,
        };
        let app = app_at(options.setup().unwrap(), 140, Pace::DEFAULT, appearance).unwrap();
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        group.bench_function(format!("{width}x{height}"), |bencher| {
            bencher.iter(|| {
                terminal
                    .draw(|frame| ui::render(frame, black_box(&app)))
                    .map(drop)
            });
        });
    }
}

criterion_group!(benches, epoch, frame);
criterion_main!(benches);
