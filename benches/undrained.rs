//! Does a screen that never drains make the worker grow? Trains 10 million epochs at full speed without
//! taking a single event, and prints the resident memory before and after (Linux).
//! `cargo bench --bench undrained`.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use nnscope::data::people;
use nnscope::session::{Material, Session, TrainingConfig};
use nnscope::trainer::{Pace, Start, StartState, Trainer};

const EPOCHS: u64 = 10_000_000;

fn main() {
    let session = Session::start(&TrainingConfig::post(1), Material::of(&people()));
    let start = Start {
        state: StartState::Running,
        pace: Pace::Max,
        epochs: EPOCHS,
    };
    let begun = Instant::now();
    let trainer = Trainer::spawn(session, start, || {}).expect("a thread");
    let epoch = || {
        trainer
            .checkpoint()
            .expect("the worker lives")
            .position()
            .epoch
    };
    while epoch() < EPOCHS / 100 {
        thread::sleep(Duration::from_millis(1));
    }
    let early = resident_kib();
    while epoch() < EPOCHS {
        thread::sleep(Duration::from_millis(10));
    }
    println!(
        "{EPOCHS} epochs in {:.2} s, nothing drained: resident {early} KiB after 1 %, {} KiB at the end",
        begun.elapsed().as_secs_f64(),
        resident_kib()
    );
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
