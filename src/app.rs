//! Floor 3: the whole state of the screen, and what each key or event does to it.
//!
//! [`App::update`] takes a [`Message`] and returns [`Effect`]s for the caller to carry out. This floor knows
//! no terminal, thread or clock, so that everything the screen does can be tested without one.

mod announced;
mod appearance;
mod asking;
mod backprop;
mod begun;
mod chart;
mod dismiss;
mod dispatch;
mod drawing;
mod ended;
mod ends;
mod help;
pub mod keymap;
mod learn;
mod lived;
mod memo;
mod message;
mod needs;
mod neuron_health;
mod observation;
mod overlay;
mod overview;
mod panels;
mod path_field;
mod patience;
mod pointer;
mod predicting;
mod prediction_form;
mod pressing;
mod reconfigure;
mod run_control;
mod run_view;
mod runs;
mod seen;
mod settings;
mod surface;
mod sweep;
mod text_field;
mod training;
mod travel;
mod turn;
mod view;

use crossterm::event::KeyEventKind;

pub use appearance::{Appearance, Background, Colors, Glyphs};
pub use backprop::{
    BackpropView, Direction, Edges, GradientCheck, ParameterEdit, Probe, Selection, Stage,
    TracedStep,
};
use begun::Begun;
pub use chart::{Charted, MarkStep};
pub use drawing::Draw;
pub use help::{HelpPage, Paint, SIGNS, Sign};
pub use learn::{
    Desk, Goal, Guess, Guessed, Handle, Hints, Keys, LessonPanel, PAGES, Page, Place, Practice,
    Proof, Scene, Stand, Touch, page_named,
};
pub use message::{Effect, Message, PreparationId, SaveOutcome};
pub use neuron_health::NeuronHealth;
pub use observation::{Harm, Observation, Trend};
pub use overlay::{Overlay, OverlayKind, Question, Saved};
pub use overview::Overview;
pub use panels::Panel;
pub use path_field::PathField;
pub use pointer::{GESTURES, Gesture, MapCell, Repeat, Target};
pub use prediction_form::{Field, PredictionForm};
pub use run_view::{Moved, RunView, Shown};
pub use runs::{COLUMNS_FOR_TWO, KeptRun, RunId, Runs};
pub use seen::{Seen, ShownPanels};
pub use settings::{Consequence, Jump, Row, Settings, Typing};
pub use surface::{
    Drawing, Held, MapAxis, MapOfRow, Moment, ShownMap, SliceAction, SliceView, SurfaceView,
};
pub use sweep::{Pick, Sweep, SweepState};
pub use text_field::TextField;
pub use training::{Scores, Training, TrainingState};
pub use travel::{EpochField, Travel};
pub use turn::Turn;
pub use view::{Focus, Labels, LossAxis, View};

use announced::announced;
use asking::Asking;
use chart::Chart;
use drawing::DrawingMode;
use learn::Learn;
use pointer::Pointer;

use crate::session::DataSource;
use crate::surface::MapRequest;
use crate::trainer::Event;
use panels::Panels;
use patience::Patience;

/// Everything that the screen shows.
#[derive(Debug, Clone)]
pub struct App {
    appearance: Appearance,
    background: Background,
    /// The run that is shown.
    run: RunView,
    /// The earlier runs that are kept.
    runs: Runs,
    /// The source of the data that the program was started with.
    own_source: DataSource,
    /// The sweep of the run's configuration over many seeds.
    sweep: Sweep,
    view: View,
    overlay: Overlay,
    /// What the help was opened above, to come back to it.
    below: Overlay,
    focus: Focus,
    /// The view from which the prediction box was opened, to come back to it.
    predicts_from: View,
    panels: Panels,
    chart: Chart,
    labels: Labels,
    /// The option of the setting that was changed last: the settings open there.
    last_setting: &'static str,
    /// The maps that a job has been asked for last.
    maps: Vec<MapRequest>,
    /// What a job has been asked about large networks.
    asking: Asking,
    /// The latest preparation of a run; answers to earlier ones are ignored.
    preparation: PreparationId,
    /// What the mouse did last.
    pointer: Pointer,
    /// What is drawn on the map.
    drawing: DrawingMode,
    /// The lessons.
    learn: Learn,
    /// Whether the run has ended by itself, a moment ago.
    has_just_ended: bool,
    /// The answer to the last key, shown until the next one or until something matters more.
    notice: Option<String>,
    /// How long it has been shown.
    patience: Patience,
    /// The width of the window, in columns; the widest until a frame is drawn.
    columns: u16,
    /// The panels that the last frame had room for.
    shown_panels: ShownPanels,
    /// How many lines of a list the last frame had room for.
    page: usize,
}

impl App {
    /// Creates an app that shows this run.
    #[must_use]
    pub fn new(run: RunView, appearance: Appearance) -> Self {
        Self {
            appearance,
            background: Background::Dark,
            own_source: run.source().clone(),
            notice: announced(&run.run),
            patience: Patience::default(),
            run,
            runs: Runs::default(),
            sweep: Sweep::default(),
            view: View::Train,
            overlay: Overlay::None,
            below: Overlay::None,
            focus: Focus::Run,
            predicts_from: View::Train,
            panels: Panels::default(),
            chart: Chart::default(),
            labels: Labels::Both,
            last_setting: "learning-rate",
            maps: Vec::new(),
            asking: Asking::default(),
            preparation: PreparationId::default(),
            pointer: Pointer::default(),
            drawing: DrawingMode::default(),
            learn: Learn::default(),
            has_just_ended: false,
            columns: u16::MAX,
            shown_panels: ShownPanels::default(),
            page: seen::PAGE,
        }
    }

    /// Returns the app with another view.
    #[must_use]
    pub fn with_view(self, view: View) -> Self {
        Self { view, ..self }
    }

    /// Returns the app with another appearance.
    #[must_use]
    pub fn with_appearance(self, appearance: Appearance) -> Self {
        Self { appearance, ..self }
    }

    /// Returns the app on another background.
    #[must_use]
    pub fn with_background(self, background: Background) -> Self {
        Self { background, ..self }
    }

    /// The background to draw on.
    #[must_use]
    pub fn background(&self) -> Background {
        self.background
    }

    /// The colours and characters to draw with.
    #[must_use]
    pub fn appearance(&self) -> Appearance {
        self.appearance
    }

    /// The run that is shown.
    #[must_use]
    pub fn run(&self) -> &RunView {
        &self.run
    }

    /// The earlier runs that are kept.
    #[must_use]
    pub fn runs(&self) -> &Runs {
        &self.runs
    }

    /// The sweep of the run's configuration over many seeds.
    #[must_use]
    pub fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// The current view.
    #[must_use]
    pub fn view(&self) -> View {
        self.view
    }

    /// The overlay above the panels.
    #[must_use]
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// What receives the keys.
    #[must_use]
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// What labels the edges of the diagram, best first.
    #[must_use]
    pub fn labels(&self) -> &'static [Labels] {
        self.labels.forms()
    }

    /// The answer to the last key.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Handles a message. The app changes in no other way.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let message = match self.for_own_run(message) {
            Ok(effects) => return effects,
            Err(message) => message,
        };
        let (is_key, before) = (matches!(message, Message::Key(_)), self.notice.clone());
        let mut effects = self.handle_message(message);
        if is_key || self.notice != before {
            self.patience = Patience::default();
        }
        effects.extend(self.note_progress());
        effects.extend(self.ask_slice());
        self.note_commands(&effects);
        effects
    }

    fn handle_message(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Drawn => {
                let mut effects = self.ask_for_maps();
                effects.extend(self.ask_what_is_lacked());
                return effects;
            }
            Message::Key(key) if key.kind == KeyEventKind::Release => {}
            Message::Key(key) => return self.press(key),
            Message::Mouse(gesture, target) => return self.point(gesture, target),
            Message::Paste(text) => {
                if let Some(field) = self.typed_into() {
                    field.paste(&text);
                    return self.hear_typed();
                }
            }
            Message::Settled => self.note_settled(),
            Message::GoTo(epoch) => return self.go_to(epoch),
            Message::Trainer(event) => return self.hear(event),
            Message::Departed(kept_as, departed) => {
                if let Some(id) = kept_as {
                    self.hear_departed(id, departed.map(|departed| *departed));
                }
            }
            Message::Sweep(event) => self.sweep.hear(event),
            Message::Map(event) => self.hear_map(event),
            Message::Answers(event) => return self.hear_answers(event),
            Message::Slice(event) => self.hear_slice(event),
            Message::Preparing(id, progress) => self.hear_preparing(id, progress),
            Message::Prepared(id, prepared) => return self.hear_prepared(id, prepared),
            Message::PointsSaved(outcome) => return self.hear_points_saved(outcome),
            Message::Save(SaveOutcome::Saved(path)) => {
                self.notice = Some(format!("saved {}", path.display()));
            }
            Message::LookedUp(text, facts) => {
                self.edit_settings(|settings| settings.hear_looked_up(&text, &facts));
                return self.hear_looked_up(&text, facts);
            }
            Message::Opened(id, opened) => return self.hear_opened(id, opened),
            Message::Save(SaveOutcome::Exists(path)) => {
                self.notice = None;
                self.overlay = Overlay::Ask(Question::Replace(Saved::Run, path));
            }
            Message::Save(SaveOutcome::Failed(reason)) | Message::Failed(reason) => {
                self.notice = Some(reason);
            }
        }
        Vec::new()
    }

    fn hear(&mut self, event: Event) -> Vec<Effect> {
        if !matches!(event, Event::Progress(_)) {
            self.hear_waiting();
        }
        match event {
            Event::Progress(progress) => return self.hear_progress(*progress),
            Event::ChangeRefused(change, reason) => {
                self.forget_edit(&change);
                self.notice = Some(reason);
            }
            Event::SeekRefused(reason) => self.notice = Some(reason),
            Event::NotBegun(reason) => self.stop_hearing(TrainingState::NotBegun(reason)),
            Event::Panicked(text) => self.stop_hearing(TrainingState::Panicked(text)),
        }
        Vec::new()
    }

    /// Shows why the trainer reports nothing any more.
    fn stop_hearing(&mut self, why: TrainingState) {
        self.run.training.state = why;
        self.notice = None;
    }
}
