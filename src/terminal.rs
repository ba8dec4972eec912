//! Floor 5: nnscope on a terminal. Waits for keys, signals and the trainer, lets the [`App`] decide,
//! carries out its effects, and draws.
//!
//! Everything that can happen arrives through one channel, so that nothing is polled: a paused run uses no
//! processor time and writes nothing.

mod background;
mod effects;
mod keyboard;
mod lent;
mod remembered;
mod screen;
mod shelf;
mod signalled;
mod tasks;

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdin, stdout};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use crossterm::event::KeyEvent;

use self::keyboard::{CTRL_C, Interrupt, Report, read_terminal};
use self::lent::Lent;
use self::screen::Screen;
use self::shelf::Shelf;
use self::signalled::Watch;
use self::tasks::Tasks;
use crate::answers::{AnswerEvent, Answerer};
use crate::app::{App, Desk, Gesture, Message, RunView, View};
use crate::cli::{LearnOptions, Mouse, RunOptions, ScreenOptions, Setup, StartOptions, UsageError};
use crate::signals::{self, Ending, Signal};
use crate::surface::{Mapper, Slicer};
use crate::sweep::Sweeper;
use crate::trainer::{Origin, Pace, Start, Trainer};
use crate::ui::Regions;

/// The least time between two frames, unless a key was pressed: 30 frames per second.
const FRAME: Duration = Duration::from_millis(33);

/// A key that comes sooner after a report of the trainer was meant for what was seen before it.
const REACTION: Duration = Duration::from_millis(700);

/// What the event loop waits for.
enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse has done something.
    Mouse(Report),
    /// A text was pasted.
    Paste(String),
    /// Ctrl-C was pressed, which may have been heard already.
    Interrupt,
    /// The terminal can no longer be read.
    Unreadable(anyhow::Error),
    Signal(Signal),
    /// The trainer has put one event into its channel.
    TrainerEvent,
    /// The sweep has put one event into its channel.
    SweepEvent,
    /// The job that computes maps has put one event into its channel.
    MapEvent,
    /// The job that answers questions has put one event into its channel.
    AnswerEvent,
    /// The slicer has put one event into its channel.
    SliceEvent,
    /// A task has put a message into its channel, or has ended.
    TaskEvent,
}

impl Input {
    fn is_press(&self) -> bool {
        matches!(self, Self::Mouse(report) if matches!(report.gesture, Gesture::Press(_) | Gesture::RightPress))
    }
}

/// Trains on the screen until the user quits or a signal arrives. Returns the exit code.
///
/// # Errors
///
/// If there is no terminal (a [`UsageError`], before anything is written to it), the run cannot be set
/// up, or the terminal fails.
pub fn run(
    options: &RunOptions,
    start_options: StartOptions,
    screen_options: ScreenOptions,
    mouse: Mouse,
) -> Result<i32> {
    let instead = "nnscope train";
    let mut event_loop = enter(options, start_options, screen_options, mouse, instead)?;
    if let Some(epoch) = start_options.at_epoch {
        event_loop.update(Message::GoTo(epoch), Redraw::AtOnce)?;
    }
    event_loop.run()
}

/// Opens a page of the lessons on the screen, or the one that was open last. Returns the exit code.
///
/// # Errors
///
/// As [`run`].
pub fn learn(options: &LearnOptions) -> Result<i32> {
    let run = RunOptions::default();
    let start = StartOptions {
        paused: false,
        at_epoch: None,
        view: View::Train,
    };
    let instead = "nnscope learn --format text";
    let mut event_loop = enter(&run, start, options.screen, options.mouse, instead)?;
    event_loop.open_page(options.lesson)?;
    event_loop.run()
}

/// Takes the terminal, and begins the run; without a terminal, says what to use instead.
fn enter(
    options: &RunOptions,
    start_options: StartOptions,
    screen_options: ScreenOptions,
    mouse: Mouse,
    instead: &str,
) -> Result<EventLoop> {
    if !(stdin().is_terminal() && stdout().is_terminal()) {
        let reason = format!("the screen needs a terminal; without one, use `{instead}`");
        return Err(UsageError(reason).into());
    }
    let appearance = screen_options.appearance()?;
    let Setup { run, session } = options.setup()?;
    let (sender, inputs) = mpsc::channel();
    let ending = signals::watch_terminal(Watch(sender.clone()))?;
    let pace = options.speed.unwrap_or(Pace::DEFAULT);
    let start = start_options.start(pace);
    let network = session.network_to_keep();
    let mut lent = Lent::new()?;
    lent.lend_run(&run);
    lent.lend_network(session.shared_network());
    let origin = Origin::Session(Arc::clone(&run), Box::new(session));
    let trainer = spawn_trainer(origin, start, &sender)?;
    let app = App::new(RunView::new(run, network, start), appearance)
        .with_background(screen_options.background())
        .with_view(start_options.view)
        .with_place(remembered::read());
    let screen = Screen::enter(mouse == Mouse::On)?;
    let interrupt = read_terminal(sender.clone())?;
    Ok(EventLoop {
        screen,
        regions: Regions::default(),
        app,
        lent,
        trainer,
        sweeper: None,
        mapper: None,
        answerer: None,
        slicer: None,
        shelf: BTreeMap::new(),
        tasks: Tasks::new(sender.clone()),
        heard: Instant::now(),
        inputs,
        sender,
        interrupt,
        ending,
    })
}

fn spawn_trainer(origin: Origin, start: Start, sender: &Sender<Input>) -> Result<Trainer> {
    let sender = sender.clone();
    let wake = move || drop(sender.send(Input::TrainerEvent));
    Trainer::spawn(origin, start, wake).context("starting the training thread")
}

struct EventLoop {
    screen: Screen,
    /// What the mouse finds where in the last frame.
    regions: Regions,
    app: App,
    /// What is large of what the app has.
    lent: Lent,
    trainer: Trainer,
    /// The sweep that is under way.
    sweeper: Option<Sweeper>,
    /// The job that computes maps, once one was asked for.
    mapper: Option<Mapper>,
    /// The job that answers what is asked about a large network, once something was.
    answerer: Option<Answerer>,
    /// What computes loss slices, once one was asked for.
    slicer: Option<Slicer>,
    /// What was put aside.
    shelf: BTreeMap<Desk, Shelf>,
    tasks: Tasks,
    /// When the trainer has reported something last.
    heard: Instant,
    inputs: Receiver<Input>,
    sender: Sender<Input>,
    interrupt: Interrupt,
    ending: Ending,
}

/// Whether to draw a frame, and how soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Redraw {
    Nothing,
    NextFrame,
    AtOnce,
}

/// Whether the loop continues after an input.
enum Flow {
    Continue(Redraw),
    Exit(i32),
}

impl EventLoop {
    fn run(mut self) -> Result<i32> {
        let mut redraw = Redraw::AtOnce;
        let mut last_frame = Instant::now();
        loop {
            if !self.screen.is_taken() {
                // It is the shell's until a signal says that the program continues.
                redraw = Redraw::Nothing;
            }
            let is_due = redraw == Redraw::NextFrame && last_frame.elapsed() >= FRAME;
            if redraw == Redraw::AtOnce || is_due {
                self.draw()?;
                last_frame = Instant::now();
                redraw = Redraw::Nothing;
            }
            let mut next = self.wait(redraw, last_frame);
            // A burst of inputs is seen as it is handled.
            let begun = Instant::now();
            while let Some(input) = next {
                if redraw == Redraw::AtOnce && input.is_press() {
                    // A press means what is there now, not what was there before the keys that came with it.
                    self.draw()?;
                }
                match self.handle_next(input)? {
                    Flow::Continue(wanted) => redraw = redraw.max(wanted),
                    Flow::Exit(code) => return Ok(self.end(code)),
                }
                let has_time = begun.elapsed() < FRAME;
                next = has_time.then(|| self.inputs.try_recv().ok()).flatten();
            }
        }
    }

    fn draw(&mut self) -> Result<()> {
        self.app.note_columns(self.screen.columns()?);
        self.screen.draw(&self.app, &mut self.regions)?;
        self.app.note_seen(self.regions.seen());
        self.update(Message::Drawn, Redraw::Nothing).map(drop)
    }

    /// Gives the terminal back, and then waits for nothing but files that are being saved.
    fn end(&mut self, code: i32) -> i32 {
        self.screen.leave();
        self.tasks.finish_saves();
        code
    }

    /// Waits for the next input; `None` if a frame is due first.
    fn wait(&self, redraw: Redraw, last_frame: Instant) -> Option<Input> {
        let received = if redraw == Redraw::Nothing {
            self.inputs
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            self.inputs
                .recv_timeout(FRAME.saturating_sub(last_frame.elapsed()))
        };
        match received {
            Ok(input) => Some(input),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => unreachable!("the loop itself holds a sender"),
        }
    }

    /// Handles an input, after a Ctrl-C that came later.
    fn handle_next(&mut self, input: Input) -> Result<Flow> {
        if self.interrupt.take()
            && let Flow::Exit(code) = self.update(Message::Key(CTRL_C), Redraw::AtOnce)?
        {
            return Ok(Flow::Exit(code));
        }
        let flow = self.handle(input);
        self.lent.free_returned();
        flow
    }

    /// Does what one thing that has happened asks for.
    fn handle(&mut self, input: Input) -> Result<Flow> {
        let is_meant = matches!(input, Input::Key(_) | Input::Mouse(_));
        if is_meant && self.heard.elapsed() >= REACTION {
            self.update(Message::Settled, Redraw::Nothing)?;
        }
        match input {
            Input::Key(key) => self.update(Message::Key(key), Redraw::AtOnce),
            Input::Mouse(Report {
                gesture,
                column,
                row,
            }) => {
                let target = self.regions.at(column, row);
                self.update(Message::Mouse(gesture, target), Redraw::AtOnce)
            }
            Input::Paste(text) => self.update(Message::Paste(text), Redraw::AtOnce),
            Input::Interrupt => Ok(Flow::Continue(Redraw::Nothing)),
            Input::Unreadable(error) => Err(error),
            Input::TrainerEvent => {
                let event = self.trainer.try_event();
                if event.is_ok() {
                    self.heard = Instant::now();
                }
                self.hear(Some(event), Message::Trainer)
            }
            Input::SweepEvent => {
                let event = self.sweeper.as_ref().map(Sweeper::try_event);
                self.hear(event, Message::Sweep)
            }
            Input::MapEvent => {
                let event = self.mapper.as_ref().map(Mapper::try_event);
                self.hear(event, Message::Map)
            }
            Input::AnswerEvent => {
                let event = self.answerer.as_ref().map(Answerer::try_event);
                if let Some(Ok(AnswerEvent::Panicked(_))) = event {
                    // What is asked next begins another.
                    self.answerer = None;
                }
                self.hear(event, Message::Answers)
            }
            Input::SliceEvent => {
                let event = self.slicer.as_ref().map(Slicer::try_event);
                self.hear(event, Message::Slice)
            }
            Input::TaskEvent => match self.tasks.try_message() {
                Some(message) => self.update(message, Redraw::NextFrame),
                // A task has ended.
                None => Ok(Flow::Continue(Redraw::Nothing)),
            },
            Input::Signal(signal) => self.handle_signal(signal),
        }
    }

    /// Takes in what a job has to say, unless it is over, or has been replaced since it has said so.
    fn hear<Event, Silence>(
        &mut self,
        event: Option<Result<Event, Silence>>,
        message: impl FnOnce(Event) -> Message,
    ) -> Result<Flow> {
        match event {
            Some(Ok(event)) => self.update(message(event), Redraw::NextFrame),
            _ => Ok(Flow::Continue(Redraw::Nothing)),
        }
    }

    fn update(&mut self, message: Message, redraw: Redraw) -> Result<Flow> {
        self.lent.note(&message);
        for effect in self.app.update(message) {
            if let Flow::Exit(code) = self.carry_out(effect)? {
                return Ok(Flow::Exit(code));
            }
        }
        Ok(Flow::Continue(redraw))
    }
}
