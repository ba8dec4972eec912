//! The screens that tests begin with.

use std::sync::Arc;

use nnscope::app::Message;
use nnscope::data::Pattern;
use nnscope::session::{Confusion, Evaluation, Farthest, Position, Quality, Score};
use nnscope::trainer::{Progress, RunState};

use super::{TestScreen, curves_of};

impl TestScreen {
    /// The post's run with seed 42 at an epoch, on a screen of 80×24.
    pub(crate) fn at_epoch(epoch: u64) -> Self {
        Self::at_epoch_of(epoch, "")
    }

    /// The run of these options with seed 42 at an epoch.
    pub(crate) fn at_epoch_of(epoch: u64, options: &str) -> Self {
        let mut screen = Self::new(&format!("--seed 42 {options}"));
        while screen.timeline.session().position().epoch < epoch {
            screen.train_epoch();
        }
        let is_finished = epoch == screen.app.run().config().epochs;
        screen.tell(if is_finished {
            RunState::Finished
        } else {
            RunState::Running
        });
        screen.update(Message::Settled);
        screen
    }

    /// A network on other data, at its start.
    pub(crate) fn with(data: &str, test_fraction: f64, hidden: &str) -> Self {
        let samples = match Pattern::named(data) {
            Some(_) => "--samples 40",
            None => "",
        };
        // With this learning rate no data diverges.
        let rate = "--learning-rate 0.001";
        let mut screen = Self::new(&format!(
            "--data {data} --test-fraction {test_fraction} {samples} --hidden {hidden} {rate} --seed 42"
        ));
        screen.tell(RunState::Running);
        screen
    }

    /// A run on other built-in data, at its start.
    pub(crate) fn with_data(name: &str) -> Self {
        let mut screen = Self::new(&format!("--data {name} --seed 42"));
        screen.tell(RunState::Running);
        screen
    }

    /// A screen for snapshots, with numbers that depend neither on a generator nor on training.
    pub(crate) fn fixed() -> Self {
        let mut screen = Self::new("--seed 42");
        let parameters = [1.04, 0.61, 0.60, -0.06, -0.24, 1.36, -2.49, -0.54, 1.43];
        let network = screen
            .session()
            .network()
            .with_parameters(parameters.to_vec());
        let curves = curves_of((0..=140).map(|epoch| 0.34 / (1.0 + f64::from(epoch) / 20.0)));
        let evaluation = Evaluation {
            training: Score {
                loss: 0.0425,
                quality: Quality {
                    accuracy: Some(1.0),
                    ..Quality::default()
                },
            },
            test: None,
        };
        let position = Position {
            epoch: 140,
            step: 0,
        };
        screen.hear(Progress {
            position,
            farthest: Farthest {
                position,
                evaluation,
            },
            network: Arc::new(network),
            evaluation,
            confusion: Confusion {
                classes: 2,
                counts: vec![2, 0, 0, 2],
            },
            epochs_per_second: 50.0,
            ..Progress::of(
                Arc::clone(&screen.run),
                screen.timeline.session(),
                RunState::Running,
                curves,
            )
        });
        screen
    }
}
