//! How long commands wait while a large network trains: 8 layers of 1024 units, in batches of 1, 64 and 1000, with plain
//! sgd and with adam. Pauses, continues and asks for the state to save at odd moments, and prints the median, the
//! 99th percentile and the longest wait of each. `cargo bench --bench commands [-- SECONDS]`.

use std::env;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use nnscope::cli::{Cli, Setup};
use nnscope::trainer::{Command, Event, Origin, Pace, RunState, Start, StartState, Trainer};

/// A trainer, and what it wakes.
struct Trained {
    trainer: Trainer,
    wakes: mpsc::Receiver<()>,
}

impl Trained {
    fn of(options: &str) -> Self {
        let hidden = ["1024"; 8].join(",");
        let data = format!("nnscope --data circle --samples 2000 --hidden {hidden} --init xavier");
        let options = Cli::parse_from(data.split(' ').chain(options.split(' '))).run;
        let Setup { run, session } = options.setup().expect("a run");
        let start = Start {
            state: StartState::Running,
            pace: Pace::Max,
            looks_ahead: false,
            retraces: false,
        };
        let (woken, wakes) = mpsc::channel();
        let origin = Origin::Session(Arc::clone(&run), Box::new(session));
        let trainer = Trainer::spawn(origin, start, move || _ = woken.send(())).expect("a thread");
        Self { trainer, wakes }
    }

    /// Sends a command; returns how long it takes until a report says that the run is in a state.
    fn wait_for(&self, command: Command, wanted: RunState) -> Duration {
        while self.trainer.try_event().is_ok() {}
        let sent = Instant::now();
        self.trainer.send(command);
        loop {
            self.wakes.recv().expect("the trainer is alive");
            while let Ok(event) = self.trainer.try_event() {
                if let Event::Progress(progress) = event
                    && progress.is_latest
                    && progress.state == wanted
                {
                    return sent.elapsed();
                }
            }
        }
    }

    fn save(&self) -> Duration {
        let sent = Instant::now();
        let state = self.trainer.checkpoint();
        state.recv().expect("a state");
        sent.elapsed()
    }

    /// Trains on for a while, so that the next command comes at an odd moment.
    fn train(&self, milliseconds: u64) {
        let until = Instant::now() + Duration::from_millis(milliseconds);
        while Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
            while self.trainer.try_event().is_ok() {}
        }
    }
}

fn main() {
    let asked = env::args().find_map(|argument| argument.parse().ok());
    let seconds: u64 = asked.unwrap_or(20);
    for optimizer in ["sgd", "adam"] {
        for batch_size in [1, 64, 1000] {
            measure(
                &format!("--optimizer {optimizer} --batch-size {batch_size}"),
                seconds,
            );
        }
    }
}

fn measure(options: &str, seconds: u64) {
    let trained = Trained::of(options);
    let begun = Instant::now();
    let (mut pauses, mut runs, mut saves) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0_u64.. {
        if begun.elapsed() > Duration::from_secs(seconds) {
            break;
        }
        trained.train(37 + round * 7919 % 211);
        saves.push(trained.save());
        trained.train(11 + round * 104_729 % 173);
        pauses.push(trained.wait_for(Command::Pause, RunState::Paused));
        runs.push(trained.wait_for(Command::Run, RunState::Running));
    }
    println!("{options}, {} of each:", pauses.len());
    for (name, waits) in [("pause", pauses), ("run", runs), ("save", saves)] {
        let [median, most, longest] = summary(waits);
        println!("  {name:6} median {median:6.1} ms, p99 {most:6.1} ms, longest {longest:6.1} ms");
    }
}

/// The median, the 99th percentile and the longest, in milliseconds.
fn summary(mut waits: Vec<Duration>) -> [f64; 3] {
    waits.sort();
    let last = waits.len() - 1;
    [last / 2, last * 99 / 100, last].map(|index| 1000.0 * waits[index].as_secs_f64())
}
