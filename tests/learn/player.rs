//! Plays lessons as the terminal does, with real trainers and sweeps, but without a terminal.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nnscope::app::{App, Appearance, Colors, Desk, Effect, Focus, Glyphs, Message, PAGES, RunView};
use nnscope::cli::{Cli, Setup};
use nnscope::session::{Run, SavedRun};
use nnscope::sweep::{self, Plan, Sweeper};
use nnscope::trainer::{Command, Origin, Pace, RunState, Start, StartState, Trainer};
use nnscope::ui;

/// The longest time to wait for a trainer.
const PATIENCE: Duration = Duration::from_secs(60);

/// An app with its trainer and its sweep.
pub(crate) struct Player {
    pub(crate) app: App,
    trainer: Trainer,
    sweeper: Option<Sweeper>,
    shelf: BTreeMap<Desk, (Trainer, Option<Sweeper>)>,
}

fn spawn(origin: Origin, start: Start) -> Trainer {
    Trainer::spawn(origin, start, || {}).unwrap()
}

impl Player {
    /// An app that shows the run of these options, paused.
    pub(crate) fn new(options: &str) -> Self {
        let arguments = ["nnscope"].into_iter().chain(options.split_whitespace());
        let Setup { run, session } = Cli::parse_from(arguments).run.setup().unwrap();
        let start = Start {
            state: StartState::Paused,
            pace: Pace::Max,
            looks_ahead: false,
            retraces: false,
        };
        let network = session.network().clone();
        let appearance = Appearance {
            colors: Colors::True,
            glyphs: Glyphs::Unicode,
        };
        let mut player = Self {
            app: App::new(RunView::new(Arc::clone(&run), network, start), appearance),
            trainer: spawn(Origin::Session(run, Box::new(session)), start),
            sweeper: None,
            shelf: BTreeMap::new(),
        };
        player.wait_for("the first report", |app| {
            app.run().curves.training.epochs() > 0
        });
        player
    }

    /// A page, with its run where it should stand.
    pub(crate) fn at_page(index: usize) -> Self {
        let mut player = Self::new("--seed 42");
        player.open(index);
        player
    }

    /// Opens a page, and waits until its run stands where it should and its sweep is over.
    pub(crate) fn open(&mut self, index: usize) {
        let effects = self.app.open_page(index);
        self.carry_out(effects);
        self.wait_for(PAGES[index].name, |app| app.scene().unwrap().is_ready());
    }

    pub(crate) fn update(&mut self, message: Message) {
        let effects = self.app.update(message);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Train(command) => self.trainer.send(command),
                Effect::Begin { origin, start, .. } => self.trainer = spawn(origin, start),
                Effect::PutAside {
                    desk,
                    origin,
                    start,
                } => self.shelve(desk, (spawn(origin, start), None)),
                Effect::TakeBack { aside, desk } => {
                    let back = self.shelf.remove(&desk).unwrap();
                    self.shelve(aside, back);
                    self.trainer.send(Command::Rest(false));
                }
                Effect::Sweep(run, seeds) => {
                    let plan = Plan::new(run.config.clone(), run.data.clone(), seeds).unwrap();
                    self.sweeper = Some(Sweeper::spawn(plan, sweep::all_cores(), || {}).unwrap());
                }
                Effect::DropSweep => self.sweeper = None,
                Effect::Prepare { id, draft, present } => {
                    let prepared = Run::prepare_instead_of(&present, *draft, &mut |_| {
                        std::ops::ControlFlow::Continue(())
                    });
                    let prepared = prepared.map_err(|problem| problem.to_string());
                    self.update(Message::Prepared(id, prepared));
                }
                _ => {}
            }
        }
    }

    /// Puts aside what trains, and continues with another trainer and its sweep.
    fn shelve(&mut self, aside: Desk, next: (Trainer, Option<Sweeper>)) {
        self.trainer.send(Command::Rest(true));
        let trainer = std::mem::replace(&mut self.trainer, next.0);
        let sweeper = std::mem::replace(&mut self.sweeper, next.1);
        self.shelf.insert(aside, (trainer, sweeper));
    }

    /// Lets the app hear its trainer until this is so.
    pub(crate) fn wait_for(&mut self, what: &str, is_so: impl Fn(&App) -> bool) {
        let begun = Instant::now();
        while !is_so(&self.app) {
            assert!(
                begun.elapsed() < PATIENCE,
                "{what}:\n{}",
                ui::lesson(&self.app)
            );
            if !self.hear() {
                thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// Takes in what has been reported; returns whether there was anything.
    fn hear(&mut self) -> bool {
        let mut has_heard = false;
        while let Ok(event) = self.trainer.try_event() {
            self.update(Message::Trainer(event));
            has_heard = true;
        }
        while let Some(Ok(event)) = self.sweeper.as_ref().map(Sweeper::try_event) {
            self.update(Message::Sweep(event));
            has_heard = true;
        }
        has_heard
    }

    /// Lets the run come to rest where its commands lead.
    pub(crate) fn settle(&mut self) {
        for _ in 0..20 {
            thread::sleep(Duration::from_millis(2));
            self.hear();
        }
    }

    pub(crate) fn key(&mut self, code: KeyCode) {
        self.update(Message::Settled);
        self.update(Message::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    pub(crate) fn type_keys(&mut self, keys: &str) {
        keys.chars().for_each(|c| self.key(KeyCode::Char(c)));
    }

    /// Skips the guess, if there is one.
    pub(crate) fn skip_guess(&mut self) {
        if self.app.focus() == Focus::Guess {
            self.key(KeyCode::Esc);
        }
    }

    /// The run as it would be saved now.
    pub(crate) fn saved(&mut self) -> String {
        let state = self.trainer.checkpoint().recv().unwrap();
        let saved = SavedRun::new(&self.app.run().run, &state);
        serde_json::to_string(&saved).unwrap()
    }

    /// Trains the run to an epoch.
    pub(crate) fn train_to(&mut self, epoch: u64) {
        self.trainer.send(Command::TrainTo(epoch));
        self.wait_for("an epoch", |app| {
            app.run().training.position.epoch == epoch
                && app.run().training.state == nnscope::app::TrainingState::Alive(RunState::Paused)
        });
    }

    /// The lines of the screen.
    pub(crate) fn lines(&self, size: (u16, u16)) -> Vec<String> {
        let buffer = ui::screen(&self.app, size);
        let width = usize::from(buffer.area.width);
        let lines = buffer.content().chunks(width);
        lines
            .map(|line| line.iter().map(ratatui::buffer::Cell::symbol).collect())
            .collect()
    }
}
