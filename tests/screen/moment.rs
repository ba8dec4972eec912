//! One moment: every number of the screen belongs to the same parameters. Random walks through steps, edits, undo, other
//! epochs, stages, samples and loaded files compare what is printed with what follows from the saved run.

mod diagram;
mod expected;
mod plain;

use crossterm::event::KeyCode;
use nnscope::app::{Effect, Focus, Message, Overlay, View};
use nnscope::session::{SavedRun, StepOutcome};
use nnscope::trainer::{Command, RunState};
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use crate::test_screen::{TestScreen, key};
use expected::{backprop_view, status, surface_view, train_view};
use plain::Plain;

/// Keys of the Train, of the Backprop and of the Surface view, and of all.
const TRAIN: &str = "ssssnjjjkklhm23";
const BACKPROP: &str = "nnnnnnsjjjkkhl,.m13";
const SURFACE: &str = "sssnjkhld<>xym12";
const BOTH: &str = "[]{}+-";

/// A screen on a walk.
struct Walk {
    screen: TestScreen,
    random: Xoshiro256PlusPlus,
    /// The run before the step that the Update stage shows.
    before: Plain,
    /// What was done, to be said if something is wrong.
    done: Vec<String>,
}

fn saved(screen: &TestScreen) -> SavedRun {
    SavedRun::new(&screen.app.run().run, screen.session().state())
}

fn plain(screen: &TestScreen) -> Plain {
    Plain::of(&serde_json::to_value(saved(screen)).unwrap())
}

impl Walk {
    fn start(options: &str, seed: u64) -> Self {
        let mut screen = TestScreen::new(&format!("{options} --seed {seed}"));
        screen.resize(200, 60);
        screen.tell(RunState::Paused);
        Self {
            before: plain(&screen),
            screen,
            random: Xoshiro256PlusPlus::seed_from_u64(seed),
            done: vec![options.to_owned()],
        }
    }

    /// Presses a key, and does what the trainer would do.
    fn press(&mut self, code: KeyCode) {
        for effect in self.screen.press_code(code) {
            match effect {
                Effect::Train(Command::StepSample) => {
                    self.before = plain(&self.screen);
                    while self.screen.step_sample() == StepOutcome::Evaluating {}
                }
                Effect::Train(Command::StepEpoch) => {
                    self.screen.train_epoch();
                }
                _ => {}
            }
        }
        self.screen.tell(RunState::Paused);
    }

    fn type_text(&mut self, text: &str) {
        text.chars().for_each(|c| self.press(KeyCode::Char(c)));
    }

    /// Does something by chance.
    fn go_on(&mut self) {
        let view = self.screen.app.view();
        let step = match self.random.random_range(0..12) {
            0 if view == View::Backprop => "edit",
            1 if view == View::Backprop => "undo",
            2 => "type",
            3 => "load",
            4 => "run",
            5 => "restart",
            _ => "key",
        };
        let keys = match view {
            View::Train => TRAIN,
            View::Backprop => BACKPROP,
            View::Surface => SURFACE,
            View::Learn => unreachable!("no key of the walk opens the lessons"),
        };
        let keys: Vec<char> = keys.chars().chain(BOTH.chars()).collect();
        let key = *keys.choose(&mut self.random).unwrap();
        self.done.push(format!("{step} {key}"));
        match step {
            "edit" => {
                self.press(KeyCode::Enter);
                let value: f64 = self.random.random_range(-2.0..2.0);
                self.type_text(&format!("{value}"));
                self.press(KeyCode::Enter);
            }
            "undo" => self.press(KeyCode::Char('u')),
            "type" => {
                let text = *["128", "44.5", "abc", "-1.25", "1e400", "3"]
                    .choose(&mut self.random)
                    .unwrap();
                self.press(KeyCode::Char('i'));
                self.type_text(text);
                self.press(KeyCode::Esc);
            }
            "load" => self.load(),
            "run" => {
                while self.screen.step_sample() == StepOutcome::Evaluating {}
                self.screen.tell(RunState::Running);
            }
            "restart" if self.random.random_range(0..4) == 0 => self.press(KeyCode::Char('r')),
            _ => self.press(KeyCode::Char(key)),
        }
    }

    /// Saves the run and opens the file.
    fn load(&mut self) {
        let saved = serde_json::to_vec(&saved(&self.screen)).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, saved).unwrap();
        self.screen = TestScreen::new(&format!("--load {}", file.path().display()));
        self.screen.resize(200, 60);
        self.screen.tell(RunState::Paused);
    }

    /// Compares the screen with the run that would be saved now.
    fn check(&mut self) {
        if self.screen.app.run().backprop.probe.is_some() {
            // What is not in the step has its own tests.
            self.screen.press_code(KeyCode::Esc);
        }
        let now = plain(&self.screen);
        let text = self.screen.text();
        let expected = match self.screen.app.view() {
            View::Train => train_view(&self.screen, &text, &now),
            View::Backprop => backprop_view(&self.screen, &text, [&now, &self.before]),
            View::Surface => surface_view(&self.screen, &now),
            View::Learn => unreachable!("no key of the walk opens the lessons"),
        };
        for part in expected {
            assert!(
                text.contains(&part),
                "{part:?} after {:?}\n{text}",
                self.done
            );
        }
        let status = status(&self.screen, &now);
        assert!(
            text.contains(&status),
            "{status:?} after {:?}\n{text}",
            self.done
        );
    }
}

/// Walks through the run of these options, several times.
fn walk(options: &str) {
    for seed in 0..6 {
        let mut walk = Walk::start(options, seed);
        for _ in 0..50 {
            walk.go_on();
            assert!(matches!(walk.screen.app.overlay(), Overlay::None));
            assert_eq!(walk.screen.app.focus(), Focus::Run);
            walk.check();
        }
    }
}

#[test]
fn every_number_of_the_posts_run_belongs_to_the_parameters_that_would_be_saved() {
    walk("--learning-rate 3");
}

#[test]
fn so_does_every_number_with_batches_adam_tanh_and_a_penalty() {
    walk("--optimizer adam --batch-size 3 --hidden 3 --activation tanh --l2 0.05");
}

#[test]
fn so_does_every_number_with_softmax_scaled_inputs_and_test_samples() {
    walk(
        "--data penguins --test-fraction 0.25 --hidden 3 --activation tanh --batch-size 50 --learning-rate 0.5",
    );
}

#[test]
fn so_does_every_number_with_two_layers_relu_and_cross_entropy() {
    walk(
        "--data xor --samples 12 --hidden 3,2 --activation relu --loss cross-entropy --test-fraction 0.25",
    );
}

#[test]
fn so_does_every_number_of_a_regression() {
    walk(
        "--data plane --samples 9 --hidden 2 --activation tanh --batch-size 4 --l1 0.01 --learning-rate 0.01",
    );
}

#[test]
fn so_does_every_number_with_momentum_and_a_tanh_output() {
    walk("--optimizer momentum --output-activation tanh --test-fraction 0.25");
}

#[test]
fn so_does_every_number_with_inputs_by_formulas() {
    walk("--inputs weight,height^2,weight*height,sin(height) --learning-rate 0.01");
    walk(
        "--data spiral --samples 9 --inputs sin(x1),x2^2,x1*x2 --hidden 3 --activation tanh --test-fraction 0.25",
    );
}

#[test]
fn gradient_norms_follow_a_weight_set_by_hand_in_every_stage_and_after_an_undo() {
    let mut walk = Walk::start("--weights w1=1,w2=1,w3=1,w4=1,w5=1,w6=1,b1=0,b2=0,b3=0", 1);
    walk.type_text("2nnnn");
    for keys in [
        "\n0\n", "n", "n", "n", "n", "n", "\n0.5\n", "n", "u", "n", "n",
    ] {
        for c in keys.chars() {
            walk.press(if c == '\n' {
                KeyCode::Enter
            } else {
                KeyCode::Char(c)
            });
        }
        walk.done.push(keys.to_owned());
        walk.check();
    }
}

#[test]
fn a_large_run_names_the_epoch_of_its_scores_until_those_of_the_shown_parameters_are_known() {
    let mut screen = TestScreen::new(
        "--data gauss --samples 3000 --hidden 40 --batch-size 100 --test-fraction 0.25 --seed 1",
    );
    screen.train_epoch();
    let epoch = |text: &str| ["┌ epoch 1: 0.", "┌ epoch 1: right "].map(|part| text.contains(part));
    for steps in 0..2 {
        // The title stays the same while it trains.
        screen.tell(RunState::Running);
        assert_eq!(epoch(&screen.text()), [true; 2], "{}", screen.text());
        screen.tell(RunState::Paused);
        let is_whole = steps == 0;
        assert_eq!(epoch(&screen.text()), [!is_whole; 2], "{}", screen.text());
        screen.step_sample();
    }
    // The trainer has assessed the parameters.
    screen.tell_assessed(RunState::Paused);
    let (text, session) = (screen.text(), screen.session());
    assert_eq!(epoch(&text), [false; 2], "{text}");
    assert_ne!(session.position().step, 0);
    screen.press('m');
    screen.press('m');
    assert!(
        screen
            .text()
            .contains("┌ Confusion matrix (training samples) ─")
    );
    screen.tell(RunState::Running);
    assert!(
        screen
            .text()
            .contains("Confusion, training samples, epoch 1 ")
    );
}

#[test]
fn the_gradient_check_names_the_step_that_it_is_of() {
    let mut walk = Walk::start("", 1);
    walk.type_text("s2g");
    let title = " Gradient check: epoch 0, sample 2 of 4: Bob ";
    assert!(walk.screen.text().contains(title), "{}", walk.screen.text());
    // It stays the check of that step while the run trains on.
    walk.screen.train_epoch();
    walk.screen.tell(RunState::Running);
    assert!(walk.screen.text().contains(title), "{}", walk.screen.text());
    let mut walk = Walk::start("--batch-size 3", 1);
    walk.type_text("2g");
    let title = " Gradient check: epoch 0, batch 1 of 2 ";
    assert!(walk.screen.text().contains(title), "{}", walk.screen.text());
}

#[test]
fn gradients_are_those_of_the_loss_and_with_a_penalty_the_screen_says_so() {
    let mut walk = Walk::start("--l2 0.5 --l1 0.1", 1);
    walk.type_text("2nnm");
    walk.screen.resize(80, 24);
    for part in [
        "┌ Gradient without l1, l2 ─┐",
        " lines: gradients without l1, l2 ",
    ] {
        assert!(
            walk.screen.text().contains(part),
            "{part}\n{}",
            walk.screen.text()
        );
    }
    // The norm, the edges, the formula and the check are of the same gradient.
    let shown = walk.screen.app.run().backprop.shown.clone().unwrap();
    let parameter = walk.screen.app.run().backprop.selected.parameter();
    let derivative = shown.trace.derivative(parameter);
    assert_eq!(shown.loss_gradient_of(parameter), derivative);
    assert_ne!(shown.gradient_of(parameter), derivative);
    walk.press(KeyCode::Char('g'));
    let Overlay::GradientCheck(check) = walk.screen.app.overlay() else {
        panic!()
    };
    assert_eq!(check.selected.backprop, derivative);
}

#[test]
fn a_restarted_run_shows_its_own_start_before_the_trainer_has_answered() {
    let screen = TestScreen::at_epoch(200);
    let trained = screen.app.run().network.clone();
    let mut unheard = screen.app.clone();
    for (c, seed) in [('r', 42), ('R', 43)] {
        unheard.update(Message::Key(key(KeyCode::Char(c))));
        let start = TestScreen::new(&format!("--seed {seed}"));
        assert_eq!(*unheard.run().network, *start.session().network());
        assert_ne!(unheard.run().network, trained);
    }
}
