//! What each action does: one line an action, most of them a call into the room that it belongs to.

use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

use super::backprop::Direction;
use super::keymap::{self, Action};
use super::settings::Turn;
use super::sweep::Pick;
use super::{App, Effect, Focus, LossAxis, Overlay, Settings, Shown, View};
use crate::session::{Existing, command_line};
use crate::trainer::Command;

impl App {
    #[expect(clippy::too_many_lines, reason = "a flat table")]
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = Vec::new();
        match action {
            Action::Toggle => effects = self.toggle(),
            Action::StepEpoch => effects = self.train(Command::StepEpoch),
            Action::StepSample => effects = self.train(Command::StepSample),
            Action::Reset => effects = self.restart(),
            Action::ResetWithNextSeed => {
                effects = self.restart_from(self.run.config().seed.wrapping_add(1));
            }
            Action::Faster => effects = self.set_pace(self.run.training.pace.faster()),
            Action::Slower => effects = self.set_pace(self.run.training.pace.slower()),
            Action::Apply => effects = self.apply_settings(),
            Action::Save => {
                let path = PathBuf::from(format!("nnscope-seed-{}.json", self.run.config().seed));
                effects = self.save(path, Existing::Keep);
            }
            Action::Replace => {
                if let Overlay::Replace(path) = mem::replace(&mut self.overlay, Overlay::None) {
                    effects = self.save(path, Existing::Replace);
                }
            }
            Action::Share => {
                let line = command_line(self.run.source(), self.run.config());
                self.overlay = Overlay::CommandLine(line.clone());
                effects = vec![Effect::Copy(line)];
            }
            Action::ShowTrain => effects = self.show_view(View::Train),
            Action::ShowBackprop => effects = self.show_view(View::Backprop),
            Action::NextView => {
                let next = (self.view as usize + 1) % View::ALL.len();
                effects = self.show_view(View::ALL[next]);
            }
            Action::NextStage => effects = self.next_stage(),
            Action::WholeStep => effects = self.whole_step(),
            Action::SetParameter => effects = self.set_parameter(),
            Action::Undo => effects = self.undo(),
            Action::Predict => {
                self.focus = Focus::Prediction;
                self.run.prediction.focus();
                self.run.shown = Shown::Prediction;
                effects = self.show_view(View::Train);
            }
            Action::EpochBack
            | Action::EpochForward
            | Action::TenthBack
            | Action::TenthForward
            | Action::FirstEpoch
            | Action::NewestEpoch
            | Action::StayHere
            | Action::GoThere => effects = self.travel(action),
            Action::ReturnToRun => effects = self.return_to_run(),
            Action::StartSweep => effects = self.sweep.start(&self.run.run),
            Action::LeaveSweep => effects = self.leave_sweep(),
            Action::OpenBest => effects = self.open_seed(Pick::Best),
            Action::OpenMedian => effects = self.open_seed(Pick::Median),
            Action::OpenWorst => effects = self.open_seed(Pick::Worst),
            Action::Suspend => effects = vec![Effect::Suspend],
            Action::Quit => effects = vec![Effect::Quit],
            Action::PreviousSample => self.run.turn_shown(Turn::Back),
            Action::NextSample => self.run.turn_shown(Turn::Forward),
            Action::PreviousNeuron => self.run.turn_neuron(Turn::Back),
            Action::NextNeuron => self.run.turn_neuron(Turn::Forward),
            Action::LeavePrediction => self.focus = Focus::Run,
            Action::PreviousField => self.run.prediction.focus_previous(),
            Action::NextField => self.run.prediction.focus_next(),
            Action::ToggleLossAxis => {
                self.loss_axis = match self.loss_axis {
                    LossAxis::Linear => LossAxis::Log,
                    LossAxis::Log => LossAxis::Linear,
                }
            }
            Action::ToggleOverview => {
                if let Some(reason) = self.run.turn_overview() {
                    self.notice = Some(reason);
                }
            }
            Action::KeepFile => {
                self.overlay = Overlay::None;
                self.notice = Some("nothing saved: the file is as it was".to_owned());
            }
            Action::GoTo => self.ask_for_epoch(),
            Action::Runs
            | Action::PreviousRun
            | Action::NextRun
            | Action::ToggleRun
            | Action::DropRun => self.look_at_runs(action),
            Action::Help => self.overlay = Overlay::Help { scroll: 0 },
            Action::ScrollUp => self.scroll_help(Turn::Back),
            Action::ScrollDown => self.scroll_help(Turn::Forward),
            Action::Close if matches!(self.overlay, Overlay::Settings(_)) => {
                effects = self.close_settings();
            }
            Action::Close => self.overlay = Overlay::None,
            Action::Sweep => self.open_sweep(),
            Action::Settings => self.open_settings(),
            Action::PreviousSetting => self.edit_settings(Settings::select_previous),
            Action::NextSetting => self.edit_settings(Settings::select_next),
            Action::PreviousValue => self.edit_settings(|settings| settings.turn(Turn::Back)),
            Action::NextValue => self.edit_settings(|settings| settings.turn(Turn::Forward)),
            Action::SelectLeft => self.select(Direction::Left),
            Action::SelectRight => self.select(Direction::Right),
            Action::SelectUp => self.select(Direction::Up),
            Action::SelectDown => self.select(Direction::Down),
            Action::PreviousOfBatch => self.turn_sample_of_batch(Turn::Back),
            Action::NextOfBatch => self.turn_sample_of_batch(Turn::Forward),
            Action::ToggleEdges => self.turn_edges(),
            Action::TurnPrecision => self.turn_precision(),
            Action::ScrollFormulasUp => self.scroll_formulas(-4),
            Action::ScrollFormulasDown => self.scroll_formulas(4),
            Action::CheckGradients => self.check_gradients(),
            Action::ScrollCheckUp => self.scroll_check(Turn::Back),
            Action::ScrollCheckDown => self.scroll_check(Turn::Forward),
            Action::Edit => self.edit_parameter(),
        }
        effects
    }

    fn save(&self, path: PathBuf, existing: Existing) -> Vec<Effect> {
        let run = Arc::clone(&self.run.run);
        vec![Effect::Save {
            run,
            path,
            existing,
        }]
    }

    fn scroll_help(&mut self, turn: Turn) {
        if let Overlay::Help { scroll } = &mut self.overlay {
            let last = u16::try_from(keymap::help_lines(self.view.context()).count())
                .unwrap_or(u16::MAX)
                - 1;
            *scroll = match turn {
                Turn::Back => scroll.saturating_sub(1),
                Turn::Forward => (*scroll + 1).min(last),
            };
        }
    }
}
