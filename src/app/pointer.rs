//! The mouse: it does what keys do, to the thing that is under it.
//!
//! The drawing code notes which [`Target`] each cell shows. This module knows neither cells nor a terminal.
//! A press chooses the target. If it was chosen already, or the press ends a double click, the release opens it.

mod gestures;
mod target;
mod wheel;

use std::mem;

pub use gestures::{GESTURES, Gesture, Repeat};
pub use target::{MapCell, Target};

use super::keymap::{Action, Key};
use super::{App, Effect, Focus, Overlay, OverlayKind, Shown, SliceAction, View};
use crossterm::event::KeyCode;

/// What the last gestures were about.
#[derive(Debug, Clone, Default)]
pub(super) struct Pointer {
    /// What the button was last pressed on.
    pressed: Target,
    /// Whether a release opens it.
    opens: bool,
    /// Whether it was opened or dragged since, so that a second press is a first one.
    is_over: bool,
    /// The line of the settings that was under the wheel when it scrolled them.
    scrolled_over: Option<usize>,
}

impl Pointer {
    /// Notes that a key was pressed.
    pub(super) fn hear_key(&mut self) {
        self.scrolled_over = None;
    }
}

impl App {
    /// Handles what the mouse does to a target.
    pub(super) fn point(&mut self, gesture: Gesture, target: Target) -> Vec<Effect> {
        if self.drawing().is_some()
            && let Target::Point(cell) = target
        {
            self.draw_at(gesture, cell);
            return Vec::new();
        }
        match gesture {
            Gesture::Press(repeat) => self.press_on(target, repeat),
            Gesture::RightPress => Vec::new(),
            Gesture::Drag => self.drag_over(target),
            Gesture::Release => self.release(),
            Gesture::Wheel(turn) => self.wheel_over(target, turn),
        }
    }

    fn press_on(&mut self, target: Target, repeat: Repeat) -> Vec<Effect> {
        self.notice = None;
        let before = mem::replace(
            &mut self.pointer,
            Pointer {
                pressed: target,
                ..Pointer::default()
            },
        );
        let is_double = repeat == Repeat::Double;
        // A mark moves the plot, so that its column need not be the one that was clicked.
        let is_of_mark = matches!(before.pressed, Target::Epoch { .. }) && self.marked().is_some();
        let is_second = is_double || repeat == Repeat::Later && is_of_mark;
        if is_second && before.pressed.can_be_opened() && !before.is_over {
            // Wherever it is now: the first half of the double click may have moved it.
            self.pointer.pressed = before.pressed;
            self.pointer.opens = true;
            return Vec::new();
        }
        if is_double && before.pressed != target {
            // The first half of the double click has brought something else under the mouse.
            return Vec::new();
        }
        self.leave_field_for(target);
        if self.is_chosen(target) {
            self.pointer.opens = true;
            return Vec::new();
        }
        self.choose(target)
    }

    /// Moves the mark along the chart, if the drag began there.
    fn drag_over(&mut self, target: Target) -> Vec<Effect> {
        self.pointer.opens = false;
        self.pointer.is_over = true;
        if let (Target::Epoch { .. }, Target::Epoch { epoch, .. }) = (self.pointer.pressed, target)
        {
            self.mark(epoch);
        }
        Vec::new()
    }

    /// Opens what was pressed on, if it is to be opened.
    fn release(&mut self) -> Vec<Effect> {
        if !mem::take(&mut self.pointer.opens) {
            return Vec::new();
        }
        self.pointer.is_over = true;
        match self.pointer.pressed {
            Target::Part(part) if self.chooses_neurons() => {
                self.select_part(part);
                self.show_view(View::Backprop)
            }
            Target::Part(_) => self.command(Action::Open(OverlayKind::Edit)),
            Target::Epoch { .. } => self.command(Action::GoToMark),
            Target::Point(_) => self.command(Action::UsePoint),
            Target::SlicePoint(_) => self.command(Action::Slice(SliceAction::GoToPathPoint)),
            Target::Setting(_) => self.open_setting(),
            Target::Run(_) => self.command(Action::ReturnToRun),
            _ => Vec::new(),
        }
    }

    /// Whether a click opens a target because it is chosen already.
    fn is_chosen(&self, target: Target) -> bool {
        match (target, &self.overlay) {
            (Target::Part(part), _) => {
                !self.chooses_neurons() && self.run.backprop.selected == part
            }
            (Target::Point(cell), _) => self.run.cursor_is_in(cell),
            (Target::SlicePoint(cell), _) => self.run.slice_cursor_is_in(cell),
            (Target::Epoch { epoch, reach }, _) => self
                .marked()
                .is_some_and(|marked| marked.abs_diff(epoch) <= reach),
            (Target::Setting(index), Overlay::Settings(settings)) => settings.selected == index,
            _ => false,
        }
    }

    /// Does what a click on a target does. One that the app no longer has is ignored: it may be from a frame before.
    fn choose(&mut self, target: Target) -> Vec<Effect> {
        let help = self.help_context();
        match (target, &mut self.overlay) {
            (Target::Command(action), _) => return self.command(action),
            (Target::Outside, overlay) if !OverlayKind::from(&*overlay).is_question() => {
                return self.press(Key::Code(KeyCode::Esc).into());
            }
            (Target::Sample(shown), _) => self.show_sample(shown),
            (Target::Network, _) if self.view == View::Train => self.run.neuron = None,
            (Target::Part(part), _) if part.is_in(&self.run.network) => self.choose_part(part),
            (Target::Epoch { epoch, .. }, _) => self.mark(epoch),
            (Target::Point(cell), _) => self.run.place_cursor(cell),
            (Target::SlicePoint(cell), _) => self.run.place_slice_cursor(cell),
            (Target::Field { index, cursor }, _) => return self.type_into_field(index, cursor),
            (Target::Text { cursor }, _) => {
                if let Some(field) = self.typed_into() {
                    field.place_cursor(cursor);
                }
            }
            (Target::Entry(index), Overlay::Help { page, selected }) => {
                *selected = index.min(page.entries(help) - 1);
            }
            (Target::Setting(index), _) => {
                self.edit_settings(|settings| settings.select_row(index));
            }
            (Target::Run(index), Overlay::Runs { selected }) => {
                *selected = index.min(self.runs.last());
            }
            _ => {}
        }
        Vec::new()
    }

    /// Does what the key of an action does here; if it has none here, does nothing.
    fn command(&mut self, action: Action) -> Vec<Effect> {
        let row = self.rows().find(|row| row.action == action);
        match row {
            Some(row) => self.obey(row),
            None => Vec::new(),
        }
    }

    /// Leaves the prediction box, unless the target belongs to it.
    fn leave_field_for(&mut self, target: Target) {
        let stays = match target {
            Target::Command(Action::Show(_)) if self.focus == Focus::Drawing => false,
            _ if self.focus == Focus::Drawing => true,
            Target::Field { .. } | Target::Text { .. } | Target::Window => true,
            Target::Command(action) => self.rows().any(|row| row.action == action),
            // A guess stays open until it is made or skipped.
            _ => self.focus == Focus::Guess,
        };
        if stays || !matches!(self.overlay, Overlay::None) {
            return;
        }
        match self.focus {
            Focus::Drawing => self.leave_drawing(),
            Focus::Run | Focus::Prediction | Focus::Guess => self.focus = Focus::Run,
        }
    }

    fn type_into_field(&mut self, index: usize, cursor: usize) -> Vec<Effect> {
        let effects = self.command(Action::Predict);
        self.focus = Focus::Prediction;
        self.run.prediction.focus_at(index, cursor);
        effects
    }

    fn show_sample(&mut self, shown: Shown) {
        let is_there = match shown {
            Shown::Sample(sample) => sample < self.run.dataset().len(),
            Shown::Prediction => true,
        };
        if is_there {
            self.run.show(shown);
        }
    }

    /// Edits the value of the selected setting as text, or turns one that is no text.
    fn open_setting(&mut self) -> Vec<Effect> {
        let is_text = matches!(&self.overlay, Overlay::Settings(settings) if settings.takes_text());
        self.command(if is_text {
            Action::EditValue
        } else {
            Action::TurnValue(super::Turn::Forward)
        })
    }
}
