//! A screen without a terminal: an app, the session that stands in for its trainer, and a buffer.

mod picture;
mod settings;
mod shelf;
mod starts;

use std::collections::BTreeMap;
use std::mem;
use std::ops::ControlFlow;
use std::sync::Arc;

use clap::Parser;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nnscope::answers::{AnswerEvent, Question};
use nnscope::app::{App, Appearance, Colors, Desk, Effect, Glyphs, Message, RunId, RunView};
use nnscope::cli::{Cli, RunOptions, Setup};
use nnscope::session::{
    Assessment, Assessor, Change, Past, PathFacts, Run, Session, StepOutcome, Timeline, layers_of,
};
use nnscope::surface::{Slice, SliceEvent, SliceRequest};
use nnscope::trainer::{
    Command, Curves, DepartedRun, Destination, Event, Origin, Pace, Progress, RunState, Start,
    StartState,
};
use nnscope::ui::{Display, Regions};
use ratatui::backend::TestBackend;

/// An app, with stand-ins for the terminal and the trainer.
pub(crate) struct TestScreen {
    pub(crate) app: App,
    /// The run that the trainer trains, including its changes.
    run: Arc<Run>,
    timeline: Timeline,
    /// The losses that the app has not heard yet.
    curves: Curves,
    /// The run that was left by a change in the past, until the app has heard of it.
    departed: Option<DepartedRun>,
    /// The samples of the last step that was asked for, until the app has heard of it.
    trained_on: Vec<usize>,
    /// What the app has asked about a large network last.
    pub(crate) asked: Vec<Question>,
    /// The loss slice that the app has asked for last, until it is computed.
    pub(crate) slice: Option<Arc<SliceRequest>>,
    /// What was put aside.
    shelf: BTreeMap<Desk, shelf::Shelf>,
    display: Display<TestBackend>,
    /// What the mouse finds where in the last frame.
    regions: Regions,
}

/// A key as a terminal sends it.
pub(crate) fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

impl TestScreen {
    /// The screen that a command line opens.
    pub(crate) fn new(options: &str) -> Self {
        let arguments = ["nnscope"].into_iter().chain(options.split_whitespace());
        let Setup { run, session } = Cli::parse_from(arguments).run.setup().unwrap();
        Self::of(run, session)
    }

    /// The screen of a run that starts with this session.
    pub(crate) fn of(run: Arc<Run>, session: Session) -> Self {
        let appearance = Appearance {
            colors: Colors::True,
            glyphs: Glyphs::Unicode,
        };
        let start = Start {
            state: StartState::Running,
            pace: Pace::DEFAULT,
            looks_ahead: false,
            retraces: false,
        };
        let network = session.network().clone();
        Self {
            app: App::new(RunView::new(Arc::clone(&run), network, start), appearance),
            run,
            curves: first_loss(&session),
            timeline: Timeline::new(session),
            departed: None,
            trained_on: Vec::new(),
            asked: Vec::new(),
            slice: None,
            shelf: BTreeMap::new(),
            display: Display::new(TestBackend::new(80, 24)).unwrap(),
            regions: Regions::default(),
        }
    }

    pub(crate) fn update(&mut self, message: Message) -> Vec<Effect> {
        let effects = self.app.update(message);
        for effect in &effects {
            match effect {
                Effect::Begin {
                    origin, departs, ..
                } => {
                    self.leave(*departs);
                    match origin {
                        Origin::Start(run) => {
                            self.run = Arc::clone(run);
                            self.begin(run.begin().unwrap());
                        }
                        Origin::Session(run, session) => {
                            self.run = Arc::clone(run);
                            self.begin((**session).clone());
                        }
                        Origin::Past(run, past) => {
                            self.run = Arc::clone(run);
                            self.timeline = Timeline::of((**past).clone()).unwrap();
                            self.seek(Destination::Farthest);
                        }
                    }
                }
                Effect::PutAside { desk, origin, .. } => self.put_aside(*desk, origin),
                Effect::TakeBack { aside, desk } => self.take_back(*aside, *desk),
                Effect::Prepare { id, draft, present } => {
                    let continues = &mut |_| ControlFlow::Continue(());
                    let prepared = Run::prepare_instead_of(present, (**draft).clone(), continues);
                    let prepared = prepared.map_err(|problem| problem.to_string());
                    self.update(Message::Prepared(*id, prepared));
                }
                Effect::LookUp(text) => {
                    let facts = PathFacts::of(text);
                    self.update(Message::LookedUp(text.clone(), facts));
                }
                Effect::Open { id, path } => {
                    let continues = &mut |_| ControlFlow::Continue(());
                    let options = RunOptions::of_file(path.clone()).unwrap();
                    let opened = options.setup_with(continues);
                    let opened = opened.map(|Setup { run, session }| (run, Box::new(session)));
                    let opened = opened.map_err(|problem| format!("{problem:#}"));
                    self.update(Message::Opened(*id, opened));
                }
                Effect::Ask(questions) => self.asked.clone_from(questions),
                Effect::Slice(request) => self.slice = Some(Arc::clone(request)),
                Effect::Train(Command::Seek(destination)) => self.seek(*destination),
                Effect::Train(Command::Change(change)) => self.change(change),
                _ => {}
            }
        }
        effects
    }

    fn change(&mut self, change: &Change) {
        match self.timeline.change(change) {
            Ok(past) => {
                self.departed = past.map(|past| self.departed(past));
                self.curves.replace(self.timeline.session());
            }
            Err(reason) => {
                let refused = Event::ChangeRefused(change.clone(), reason.to_string());
                self.app.update(Message::Trainer(refused));
            }
        }
    }

    /// Sends what a trainer sends when the app leaves its run.
    fn leave(&mut self, kept_as: Option<RunId>) {
        let past = self.timeline.past();
        let departed = self.departed(past);
        let departed = Some(Box::new(departed));
        self.app.update(Message::Departed(kept_as, departed));
    }

    fn departed(&mut self, past: Past) -> DepartedRun {
        let mut run = Run::clone(&self.run);
        run.config = past.config();
        DepartedRun {
            run: Arc::new(run),
            past,
            curves: mem::take(&mut self.curves),
        }
    }

    fn present_run(&mut self) -> Arc<Run> {
        Arc::make_mut(&mut self.run).config = self.timeline.session().config();
        Arc::clone(&self.run)
    }

    fn seek(&mut self, destination: Destination) {
        let epoch = self.timeline.session().position().epoch;
        let begun = match destination {
            Destination::Epoch(epoch) => self.timeline.seek(epoch),
            Destination::Back(epochs) => self.timeline.seek(epoch.saturating_sub(epochs)),
            Destination::Forward(epochs) => self.timeline.seek(epoch + epochs),
            Destination::Farthest => self.timeline.seek_farthest(),
        };
        begun.unwrap();
        while !self.timeline.seek_on() {}
        self.tell(RunState::Paused);
    }

    /// Starts a run with these parameters, if its first loss is finite.
    pub(crate) fn begin_with(&mut self, parameters: &[f64]) {
        let mut network = self.session().network().clone();
        network.parameters_mut().copy_from_slice(parameters);
        let mut run = Run::clone(&self.app.run().run);
        run.config.initial_layers = Some(layers_of(&network));
        if let Ok(session) = run.begin() {
            self.run = Arc::new(run);
            self.begin(session);
        }
    }

    /// Tells the app of a run that had these losses and is at this epoch of them.
    pub(crate) fn tell_losses(&mut self, losses: &[f64], epoch: u64, state: RunState) {
        let curves = curves_of(losses.iter().copied());
        let run = self.present_run();
        let mut progress = Progress {
            next_step: self.timeline.next_step().map(Arc::new),
            ..Progress::of(run, self.timeline.session(), state, curves)
        };
        progress.farthest.position.epoch = losses.len() as u64 - 1;
        progress.position.epoch = epoch.min(progress.farthest.position.epoch);
        progress.evaluation.training.loss = losses[losses.len() - 1];
        self.hear(progress);
    }

    fn begin(&mut self, session: Session) {
        self.curves = first_loss(&session);
        self.timeline = Timeline::new(session);
        self.tell(RunState::Running);
    }

    pub(crate) fn press(&mut self, c: char) -> Vec<Effect> {
        self.press_code(KeyCode::Char(c))
    }

    pub(crate) fn press_code(&mut self, code: KeyCode) -> Vec<Effect> {
        self.update(Message::Key(key(code)))
    }

    pub(crate) fn press_ctrl(&mut self, c: char) -> Vec<Effect> {
        self.update(Message::Key(KeyEvent::new(
            KeyCode::Char(c),
            KeyModifiers::CONTROL,
        )))
    }

    /// Presses a key and lets the session do what a trainer would do.
    pub(crate) fn press_and_obey(&mut self, code: KeyCode) {
        for effect in self.press_code(code) {
            match effect {
                Effect::Train(Command::StepSample) => self.step_as_asked(),
                Effect::Train(Command::StepEpoch) => self.train_epoch(),
                _ => {}
            }
            self.tell(RunState::Paused);
        }
    }

    /// The session that stands in for the trainer.
    pub(crate) fn session(&self) -> &Session {
        self.timeline.session()
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.update(Message::Paste(text.to_owned()));
    }

    /// Trains one step, as the key for it asks.
    fn step_as_asked(&mut self) {
        let samples = self.session().next_samples();
        self.step_sample();
        self.trained_on = samples;
    }

    pub(crate) fn step_sample(&mut self) -> StepOutcome {
        let newest = self.timeline.farthest().position.epoch;
        // A step of a large network is made in parts.
        let outcome = loop {
            match self.timeline.step() {
                StepOutcome::WithinStep => {}
                outcome => break outcome,
            }
        };
        let session = self.timeline.session();
        if session.position().epoch > newest {
            self.curves.push(session);
        }
        outcome
    }

    pub(crate) fn train_epoch(&mut self) {
        while matches!(
            self.step_sample(),
            StepOutcome::WithinEpoch | StepOutcome::Evaluating
        ) {}
    }

    /// Tells the app the state of training, with an assessment that the app cannot make by itself.
    pub(crate) fn tell_assessed(&mut self, state: RunState) {
        let mut assessor = Assessor::new(self.session());
        while assessor.done().is_none() {
            assessor.advance(self.timeline.session());
        }
        self.tell_with(state, assessor.done().cloned());
    }

    /// Tells the app the state of training.
    pub(crate) fn tell(&mut self, state: RunState) {
        self.tell_with(state, None);
    }

    fn tell_with(&mut self, state: RunState, assessment: Option<Assessment>) {
        let curves = mem::take(&mut self.curves);
        if state == RunState::Paused && !self.session().is_evaluating() {
            while !self.timeline.prepare_step() {}
        }
        let next_step = self.timeline.next_step().map(Arc::new);
        let departed = self.departed.take().into_iter().collect();
        let trained_on = mem::take(&mut self.trained_on);
        let run = self.present_run();
        self.hear(Progress {
            farthest: self.timeline.farthest(),
            changes: Arc::clone(self.timeline.changes()),
            departed,
            next_step,
            trained_on,
            assessment,
            ..Progress::of(run, self.timeline.session(), state, curves)
        });
    }

    fn hear(&mut self, progress: Progress) {
        let heard = Message::Trainer(Event::Progress(Box::new(progress)));
        for effect in self.app.update(heard) {
            match effect {
                Effect::Slice(request) => self.slice = Some(request),
                Effect::Ask(questions) => self.asked = questions,
                _ => {}
            }
        }
    }

    /// Answers what was asked last.
    pub(crate) fn answer(&mut self) {
        let questions = mem::take(&mut self.asked).into_iter();
        let answers = questions.map(|question| (question.clone(), question.answer()));
        let answered = AnswerEvent::Answered(answers.collect());
        self.update(Message::Answers(answered));
    }

    /// Computes the loss slice that the app has asked for, if any, up to this many of its levels.
    pub(crate) fn compute_slice(&mut self, levels: usize) {
        let Some(request) = self.slice.take() else {
            return;
        };
        let mut computed = 0;
        let _ = Slice::compute(&request, &mut |event| {
            computed += usize::from(matches!(event, SliceEvent::Slice(..)));
            self.update(Message::Slice(event));
            if computed < levels {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
    }
}

fn first_loss(session: &Session) -> Curves {
    let mut curves = Curves::default();
    curves.push(session);
    curves
}

/// The losses of the epochs from 0 on.
fn curves_of(losses: impl Iterator<Item = f64>) -> Curves {
    let mut curves = Curves::default();
    for (epoch, loss) in (0..).zip(losses) {
        curves.training.push(epoch, loss);
    }
    curves
}
