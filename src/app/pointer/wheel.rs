//! The wheel scrolls what is under it.

use super::Target;
use crate::app::keymap::Action;
use crate::app::{App, Direction, Effect, MarkStep, Overlay, OverlayKind, Turn};

/// The lines that a notch of the wheel scrolls a long list by.
const LINES: usize = 3;

impl App {
    pub(super) fn wheel_over(&mut self, target: Target, turn: Turn) -> Vec<Effect> {
        self.notice = None;
        if !matches!(self.overlay, Overlay::None) {
            return self.scroll_overlay(target, turn);
        }
        self.leave_field_for(target);
        match target {
            Target::Sample(_) | Target::Samples => self.command(Action::TurnSample(turn)),
            Target::Epoch { .. } | Target::Chart => {
                self.command(Action::MoveMark(MarkStep::Hundredth, turn))
            }
            Target::Point(cell) => {
                self.run.zoom_at(cell, turn);
                Vec::new()
            }
            Target::SlicePoint(cell) => {
                self.run.zoom_slice_at(cell, turn);
                Vec::new()
            }
            Target::Formulas => self.command(Action::ScrollFormulas(turn)),
            Target::Part(_) | Target::Network => self.turn_part(turn),
            _ => Vec::new(),
        }
    }

    /// Chooses the next or previous part of the network, if one is chosen.
    fn turn_part(&mut self, turn: Turn) -> Vec<Effect> {
        if !self.chooses_neurons() {
            return self.command(Action::Select(match turn {
                Turn::Back => Direction::Up,
                Turn::Forward => Direction::Down,
            }));
        }
        match self.run.neuron {
            Some(_) => self.command(Action::TurnNeuron(turn)),
            None => Vec::new(),
        }
    }

    fn scroll_overlay(&mut self, target: Target, turn: Turn) -> Vec<Effect> {
        match OverlayKind::from(&self.overlay) {
            OverlayKind::Help | OverlayKind::GradientCheck => {
                for _ in 0..LINES {
                    self.command(Action::Scroll(turn));
                }
                Vec::new()
            }
            OverlayKind::Settings => self.turn_or_scroll_settings(target, turn),
            OverlayKind::Runs => self.command(Action::Scroll(turn)),
            _ => Vec::new(),
        }
    }

    /// Turns the selected setting if it is under the wheel; over others, selects the next or previous one. That goes
    /// on when the selection comes under a mouse that does not move.
    fn turn_or_scroll_settings(&mut self, target: Target, turn: Turn) -> Vec<Effect> {
        let line = match (target, &self.overlay) {
            (Target::Setting(line), _) => Some(line),
            (Target::Command(Action::TurnValue(_)), Overlay::Settings(settings)) => {
                Some(settings.selected)
            }
            _ => None,
        };
        let is_selected =
            matches!(&self.overlay, Overlay::Settings(settings) if Some(settings.selected) == line);
        if is_selected && self.pointer.scrolled_over != line {
            return self.command(Action::TurnValue(turn));
        }
        self.pointer.scrolled_over = line;
        self.command(Action::TurnSetting(turn))
    }
}
