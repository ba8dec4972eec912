//! Times a frame of the screen: the post's network, a larger one and eight layers of eight, in every view, in the
//! smallest and in a large window; and the map of new parameters, which a frame shows. `cargo bench --bench frames`.

use std::hint::black_box;

use clap::Parser;
use criterion::{Criterion, criterion_group, criterion_main};
use nnscope::app::{App, Appearance, Colors, Glyphs, View};
use nnscope::cli::Cli;
use nnscope::headless::app_at;
use nnscope::surface::Grid;
use nnscope::trainer::Pace;
use nnscope::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use strum::VariantArray;

/// A run of these hidden layers, 140 epochs after its start.
fn app(hidden: &str) -> App {
    let options = Cli::parse_from(["nnscope", "--seed", "42", "--hidden", hidden]).run;
    let appearance = Appearance {
        colors: Colors::True,
        glyphs: Glyphs::Unicode,
    };
    app_at(options.setup().unwrap(), 140, Pace::DEFAULT, appearance).unwrap()
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    for (name, hidden) in [
        ("2-2-1", "2"),
        ("2-8-8-1", "8,8"),
        ("8x8", "8,8,8,8,8,8,8,8"),
    ] {
        for &view in View::VARIANTS {
            let app = app(hidden).with_view(view);
            for (width, height) in [(80, 24), (200, 60)] {
                let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
                let mut regions = ui::Regions::default();
                let name = format!("{name} {} {width}x{height}", view.name());
                group.bench_function(name, |bencher| {
                    bencher.iter(|| {
                        terminal
                            .draw(|frame| ui::render(frame, black_box(&app), &mut regions))
                            .map(drop)
                    });
                });
            }
        }
    }
}

/// The points of a map at 80×24, 120×40 and 200×60.
fn maps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("map");
    for (name, hidden) in [("2-2-1", "2"), ("2-8-8-1", "8,8")] {
        let app = app(hidden);
        let (run, plane) = (app.run(), app.run().plane().unwrap());
        let last = run.network.layers().len() - 1;
        for points in [(44, 34), (75, 64), (155, 104)] {
            let name = format!("{name} {}x{}", points.0, points.1);
            let preprocessing = &run.dataset().preprocessing;
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    let network = black_box(&run.network);
                    Grid::new(network, preprocessing, &plane, points, last..last + 1)
                });
            });
        }
    }
}

criterion_group!(benches, frames, maps);
criterion_main!(benches);
