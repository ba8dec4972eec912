//! Does a long run use more and more memory? Trains 10 million epochs (or `-- 100000000`) at full speed without
//! taking a single event, and prints the resident memory early on and at the end (Linux). Then prints the time of
//! the slowest of 101 seeks. `cargo bench --bench undrained`.

use std::env;
use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use nnscope::data::people;
use nnscope::session::{DataSource, Position, Run, TrainingConfig};
use nnscope::trainer::{Command, Destination, Origin, Pace, Start, StartState, Trainer};

fn main() {
    let asked = env::args().find_map(|argument| argument.parse().ok());
    let epochs: u64 = asked.unwrap_or(10_000_000);
    let config = TrainingConfig {
        epochs,
        ..TrainingConfig::post(1)
    };
    let run = Run::new(config, DataSource::default(), Arc::new(people()));
    let origin = Origin::Start(Arc::new(run));
    let start = Start {
        state: StartState::Running,
        pace: Pace::Max,
        looks_ahead: false,
        retraces: false,
    };
    let begun = Instant::now();
    let trainer = Trainer::spawn(origin, start, || {}).expect("a thread");
    let early = {
        wait_for(&trainer, |epoch| epoch >= epochs / 100);
        resident_kib()
    };
    wait_for(&trainer, |epoch| epoch == epochs);
    println!(
        "{epochs} epochs in {:.2} s, nothing drained: resident {early} KiB after 1 %, {} KiB at the end",
        begun.elapsed().as_secs_f64(),
        resident_kib()
    );

    let seek = |share: u64| {
        let begun = Instant::now();
        let goal = epochs / 101 * share;
        trainer.send(Command::Seek(Destination::Epoch(goal)));
        wait_for(&trainer, |epoch| epoch == goal);
        begun.elapsed()
    };
    // Back and forth all over the run.
    let slowest = (0..101).map(|n| seek(n * 37 % 101)).max();
    println!(
        "slowest of 101 seeks: {:.1} ms; resident {} KiB",
        1000.0 * slowest.unwrap_or_default().as_secs_f64(),
        resident_kib()
    );
}

fn wait_for(trainer: &Trainer, is_met: impl Fn(u64) -> bool) {
    loop {
        let session = trainer.checkpoint().recv().expect("the worker lives");
        let Position { epoch, .. } = session.position();
        if is_met(epoch) {
            return;
        }
        thread::sleep(Duration::from_micros(500));
    }
}

fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .expect("a line of memory");
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse().ok())
        .expect("a number")
}
