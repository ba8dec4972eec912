//! Times a frame of the screen in every view and at three sizes, of the post's network and of larger ones:
//! `still` draws the same state again, as after a key that changes little; `training` draws a state that is new in
//! every frame, as a run does at 30 frames a second; `hearing` is what the app does with the report before. Of large
//! networks and of a million rows, each in a large window. `cargo bench --bench frames`.

use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use nnscope::answers::AnswerEvent;
use nnscope::app::{App, Appearance, Colors, Effect, Glyphs, Message, PAGES, RunView, View};
use nnscope::cli::{Cli, Setup};
use nnscope::session::{Run, Session, StepOutcome};
use nnscope::surface::Grid;
use nnscope::trainer::{Curves, Event, Pace, Progress, RunState, Start, StartState};
use nnscope::ui::{self, Display, Regions};
use ratatui::backend::TestBackend;
use strum::VariantArray;

/// The sizes of the window: the smallest, a usual and a large one.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
const LARGE: (u16, u16) = SIZES[2];

/// The lesson that is timed: its panels are the step, formulas and a curve.
const LESSON: usize = 4;

/// An app, the session that stands in for its trainer, and a window.
struct Screen {
    app: App,
    run: Arc<Run>,
    session: Session,
    display: Display<TestBackend>,
    regions: Regions,
}

impl Screen {
    /// A run of these options in a view, after this many updates.
    fn new(options: &str, view: View, size: (u16, u16), updates: usize) -> Self {
        let arguments = ["nnscope", "--seed", "42"].into_iter();
        let options = Cli::parse_from(arguments.chain(options.split_whitespace())).run;
        let Setup { run, session } = options.setup().unwrap();
        let network = session.network().clone();
        let app = App::new(
            RunView::new(Arc::clone(&run), network, start()),
            appearance(),
        );
        Self::of(app.with_view(view), run, session, size).trained(updates)
    }

    /// A page of the lessons.
    fn lesson(size: (u16, u16)) -> Self {
        let (run, network) = PAGES[LESSON].prepare(None).unwrap();
        let session = run.begin().unwrap();
        let mut app = App::new(
            RunView::new(Arc::clone(&run), network, start()),
            appearance(),
        );
        app.open_page(LESSON);
        Self::of(app, run, session, size).trained(1)
    }

    fn of(app: App, run: Arc<Run>, session: Session, (width, height): (u16, u16)) -> Self {
        let session = session.measuring_moves();
        let mut screen = Self {
            app,
            run,
            session,
            display: Display::new(TestBackend::new(width, height)).unwrap(),
            regions: Regions::default(),
        };
        let mut curves = Curves::default();
        curves.push(&screen.session);
        screen.hear(RunState::Running, curves);
        screen
    }

    fn trained(mut self, updates: usize) -> Self {
        self.train(updates);
        self
    }

    /// Makes some updates, and tells the app.
    fn train(&mut self, updates: usize) -> Duration {
        let mut curves = Curves::default();
        for _ in 0..updates {
            while let StepOutcome::WithinStep | StepOutcome::Evaluating = self.session.step() {}
            if self.session.position().step == 0 {
                curves.push(&self.session);
            }
        }
        self.hear(RunState::Running, curves)
    }

    /// Tells the app where the session is, with the next step where a trainer would; returns how long it takes that in.
    fn hear(&mut self, state: RunState, curves: Curves) -> Duration {
        let waits = state == RunState::Paused;
        let next_step = if self.app.view().looks_ahead() && (waits || !self.session.is_divided()) {
            while !self.session.prepare_step() {}
            self.session.next_step().map(Arc::new)
        } else {
            None
        };
        let progress = Progress {
            next_step,
            ..Progress::of(Arc::clone(&self.run), &self.session, state, curves)
        };
        self.tell(Message::Trainer(Event::Progress(Box::new(progress))))
    }

    /// Tells the app something, and then what it asks about a large network, as a job would; returns how long it takes
    /// that in.
    fn tell(&mut self, message: Message) -> Duration {
        let begun = Instant::now();
        let effects = self.app.update(message);
        let mut took = begun.elapsed();
        for effect in effects {
            if let Effect::Ask(questions) = effect {
                let answers = questions.into_iter();
                let answers = answers.map(|question| (question.clone(), question.answer()));
                let answered = Message::Answers(AnswerEvent::Answered(answers.collect()));
                took += self.tell(answered);
            }
        }
        took
    }

    fn draw(&mut self) {
        let Self {
            app,
            display,
            regions,
            ..
        } = self;
        ui::draw(display, black_box(app), regions).unwrap();
    }

    fn time_frame(&mut self) -> Duration {
        let begun = Instant::now();
        self.draw();
        let took = begun.elapsed();
        self.tell(Message::Drawn);
        took
    }

    /// Times frames of one state, and frames that each show a new one, of a screen that is made if one of these is asked
    /// for.
    fn measure(
        group: &mut BenchmarkGroup<WallTime>,
        name: &str,
        updates: usize,
        new: impl Fn() -> Self,
    ) {
        let mut made = None;
        let new = || {
            let mut screen = new();
            screen.hear(RunState::Paused, Curves::default());
            screen
        };
        group.bench_function(format!("still/{name}"), |bencher| {
            let screen = made.get_or_insert_with(new);
            bencher.iter_custom(|frames| median(frames, || screen.time_frame()));
        });
        group.bench_function(format!("training/{name}"), |bencher| {
            let screen = made.get_or_insert_with(new);
            bencher.iter_custom(|frames| {
                median(frames, || {
                    screen.train(updates);
                    screen.time_frame()
                })
            });
        });
        group.bench_function(format!("hearing/{name}"), |bencher| {
            let screen = made.get_or_insert_with(new);
            bencher.iter_custom(|reports| median(reports, || screen.train(updates)));
        });
    }
}

/// Returns the median of this many times, as often: on a busy machine some frames are interrupted, which are left out so.
fn median(count: u64, mut time: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..count).map(|_| time()).collect();
    times.sort_unstable();
    times[times.len() / 2] * u32::try_from(count).unwrap_or(u32::MAX)
}

fn start() -> Start {
    Start {
        state: StartState::Running,
        pace: Pace::DEFAULT,
        looks_ahead: true,
        retraces: false,
    }
}

fn appearance() -> Appearance {
    Appearance {
        colors: Colors::True,
        glyphs: Glyphs::Unicode,
    }
}

/// The post's run and deeper networks on its data, some hundred epochs after their start, an epoch a frame; a lesson.
fn frames(criterion: &mut Criterion) {
    /// The updates of an epoch: each of the four people is one.
    const EPOCH: usize = 4;
    let mut group = criterion.benchmark_group("frame");
    for size in SIZES {
        for (name, hidden) in [
            ("2-2-1", "2"),
            ("2-8-8-1", "8,8"),
            ("8x8", "8,8,8,8,8,8,8,8"),
        ] {
            for view in [View::Train, View::Backprop, View::Surface] {
                let name = format!("{name} {} {}x{}", view.name(), size.0, size.1);
                Screen::measure(&mut group, &name, EPOCH, || {
                    Screen::new(&format!("--hidden {hidden}"), view, size, 140 * EPOCH)
                });
            }
        }
        let name = format!("Learn {}x{}", size.0, size.1);
        Screen::measure(&mut group, &name, 1, || Screen::lesson(size));
    }
}

/// The first frame of a run.
fn first_frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("first frame");
    for &view in View::VARIANTS {
        group.bench_function(view.name(), |bencher| {
            let new = || match view {
                View::Learn => Screen::lesson(LARGE),
                _ => Screen::new("", view, LARGE, 0),
            };
            bencher.iter_custom(|frames| median(frames, || new().time_frame()));
        });
    }
}

/// Networks with millions of parameters, and a million rows, an update a frame.
fn large_frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("large frame");
    let digits = digits();
    let file = digits.path().display();
    for (name, options) in [
        (
            "8x1024",
            "--hidden 1024,1024,1024,1024,1024,1024,1024,1024 --init xavier".to_owned(),
        ),
        (
            "784-512-512-10",
            format!("--data {file} --target digit --hidden 512,512 --activation relu"),
        ),
        (
            "a million rows",
            "--data spiral --samples 1000000 --hidden 8 --batch-size 32".to_owned(),
        ),
    ] {
        for view in [View::Train, View::Backprop, View::Surface] {
            let name = format!("{name} {}", view.name());
            Screen::measure(&mut group, &name, 1, || {
                Screen::new(&options, view, LARGE, 2)
            });
        }
    }
}

/// A table of random digits, each with 784 pixels.
fn digits() -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let names: Vec<String> = (1..=784).map(|pixel| format!("p{pixel}")).collect();
    writeln!(file, "{},digit", names.join(",")).unwrap();
    for row in 0..100u32 {
        let pixels = (0..784u32).map(|pixel| (row * 7919 + pixel * 104_729) % 997 % 256);
        let pixels: Vec<String> = pixels.map(|pixel| pixel.to_string()).collect();
        let digit = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        ][row as usize % 10];
        writeln!(file, "{},{digit}", pixels.join(",")).unwrap();
    }
    file
}

/// The points of a map at 80×24, 120×40 and 200×60.
fn maps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("map");
    for (name, hidden) in [("2-2-1", "2"), ("2-8-8-1", "8,8")] {
        let screen = Screen::new(&format!("--hidden {hidden}"), View::Surface, LARGE, 560);
        let run = screen.app.run();
        let plane = run.plane().unwrap();
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

/// Many things are timed: each shortly.
fn briefly() -> Criterion {
    Criterion::default()
        .without_plots()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(600))
}

criterion_group! {
    name = benches;
    config = briefly();
    targets = frames, first_frames, maps
}
criterion_group! {
    name = large;
    config = briefly().sample_size(10);
    targets = large_frames
}
criterion_main!(benches, large);
