//! What each action does: one arm per action, most of them a call into the module that owns the action.

use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

use super::PAGES;
use super::keymap::Action;
use super::turn::Turn;
use super::{App, Effect, EpochField, HelpPage, Overlay, OverlayKind, Question, Saved, Settings};
use crate::session::{Existing, command_line};
use crate::trainer::Command;

/// The samples that a page key goes over.
const SAMPLES: usize = 10;

impl App {
    /// Carries out an action. It is long because it is a flat table, with one arm per action.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Toggle => return self.toggle(),
            Action::Step => return self.step(),
            Action::StepEpoch => return self.train(Command::StepEpoch),
            Action::Restart => return self.restart(),
            Action::RestartWithNextSeed => {
                return self.restart_from(self.run.config().seed.wrapping_add(1));
            }
            Action::TurnPace(turn) => return self.turn_pace(turn),
            Action::Travel(travel) => return self.travel(travel),
            Action::GoThere => return self.go_there(),
            Action::Dismiss => return self.dismiss(),
            Action::SaveThere => return self.save_there(),
            Action::OpenThere => return self.open_there(),
            Action::CompletePath => return self.complete_path(),
            Action::LeaveFile => return self.leave_file(),
            Action::Answer(is_yes) => return self.answer(is_yes),
            Action::Quit => return vec![Effect::Quit],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Repaint => return vec![Effect::Repaint],
            Action::Show(view) => return self.show_view(view),
            Action::TurnView(turn) => return self.show_view(self.view.turned(turn)),
            Action::TurnPanel(turn) => self.turn_panel(turn),
            Action::ToggleZoom(panel) => self.toggle_zoom(panel),
            Action::Open(kind) => return self.open(kind),
            Action::Close => self.close(),
            Action::Scroll(turn) => self.scroll(turn, 1),
            Action::ScrollPage(turn) => self.scroll(turn, self.page),
            Action::ScrollEnd(turn) => self.scroll(turn, usize::MAX),
            Action::TurnHelp => {
                if let Overlay::Help { page, selected } = &mut self.overlay {
                    (*page, *selected) = (page.other(), 0);
                }
            }
            Action::Predict => return self.predict(),
            Action::CancelPrediction => return self.cancel_prediction(),
            Action::TurnField(turn) => return self.turn_field(turn),
            Action::TakeField => return self.take_field(),
            Action::TurnKnown(turn) => self.run.turn_known(turn),
            Action::TurnSample(turn) => self.run.turn_shown(turn, 1),
            Action::TurnSamplePage(turn) => self.run.turn_shown(turn, SAMPLES),
            Action::TurnNeuron(turn) => self.run.turn_neuron(turn),
            Action::TurnChart => self.turn_chart(),
            Action::TurnLossAxis => self.turn_loss_axis(),
            Action::MoveMark(step, turn) => self.move_mark(step, turn),
            Action::GoToMark => return self.go_to_mark(),
            Action::TurnOverview => self.run.turn_overview(),
            Action::NextStage => return self.next_stage(),
            Action::Select(direction) => self.select(direction),
            Action::SetParameter => return self.set_parameter(),
            Action::Undo => return self.undo(),
            Action::TurnSampleOfBatch(turn) => self.turn_sample_of_batch(turn),
            Action::TurnEdges => self.turn_edges(),
            Action::TurnLabels => self.turn_labels(),
            Action::TurnPrecision => self.turn_precision(),
            Action::MoveCursor(direction) => self.move_cursor(direction),
            Action::UsePoint => return self.use_point(),
            Action::ZoomMap(turn) => self.zoom_map(turn),
            Action::ShowWholeMap => self.show_whole_map(),
            Action::TurnMapFeature(axis) => self.turn_map_feature(axis),
            Action::TurnHeld => self.turn_held(),
            Action::TurnThirdFeature => self.turn_third(),
            Action::TurnDiscrete => self.turn_discrete(),
            Action::Draw(draw) => self.draw(draw),
            Action::Slice(action) => return self.act_on_slice(action),
            Action::ScrollFormulas(turn) => {
                self.scroll_formulas(turn);
                self.scroll_page(turn);
            }
            Action::TurnPage(turn) => return self.turn_page(turn),
            Action::TurnHandle(turn) => self.turn_handle(turn),
            Action::UseHandle => return self.use_handle(),
            Action::NextOnPage => return self.next_on_page(),
            Action::Hint => return self.hint(),
            Action::Guess => self.make_guess(),
            Action::SkipGuess => self.skip_guess(),
            Action::RestartPage => return self.restart_page(),
            Action::OpenPage => return self.open_selected_page(),
            Action::LeaveLessons => return self.leave_lessons_by_esc(),
            Action::TurnSetting(turn) => self.edit_settings(|settings| settings.select(turn)),
            Action::JumpSetting(jump) => self.jump_setting(jump),
            Action::CompleteValue => return self.complete_value(),
            Action::TurnValue(turn) => self.edit_settings(|settings| settings.turn(turn)),
            Action::EditValue => self.edit_settings(Settings::edit),
            Action::KeepValue => self.edit_settings(Settings::cancel_typing),
            Action::ApplySettings => return self.apply_settings(),
            Action::CloseSettings => return self.close_settings(),
            Action::ToggleRun => self.toggle_run(),
            Action::ReturnToRun => return self.return_to_run(),
            Action::CompareRun => self.compare_run(),
            Action::DropRun => self.ask_to_drop_run(),
            Action::StartSweep => return self.sweep.start(&self.run.run),
            Action::LeaveSweep => return self.leave_sweep(),
            Action::OpenSeed(pick) => return self.open_seed(pick),
        }
        Vec::new()
    }

    /// Opens an overlay.
    pub(super) fn open(&mut self, kind: OverlayKind) -> Vec<Effect> {
        let overlay = match kind {
            OverlayKind::Help => {
                self.below = mem::replace(&mut self.overlay, Overlay::None);
                Overlay::Help {
                    page: HelpPage::Keys,
                    selected: 0,
                }
            }
            OverlayKind::Settings => Overlay::Settings(Box::new(self.settings())),
            OverlayKind::CommandLine => {
                let line = command_line(self.run.draft());
                self.overlay = Overlay::CommandLine(line.clone());
                return vec![Effect::Copy(line)];
            }
            OverlayKind::Edit => Overlay::Edit(self.parameter_edit()),
            OverlayKind::GoTo => Overlay::GoTo(EpochField::new(
                self.run.training.position.epoch,
                self.run.curves.training.first_epoch(),
            )),
            OverlayKind::GradientCheck => match self.checked_gradients() {
                Some(check) => Overlay::GradientCheck(Box::new(check)),
                None => Overlay::None,
            },
            OverlayKind::Sweep => {
                self.sweep.open(&self.run.run);
                Overlay::Sweep
            }
            OverlayKind::Lessons => Overlay::Lessons {
                selected: self.place().index(),
            },
            OverlayKind::Runs => Overlay::Runs {
                selected: self.runs.last(),
            },
            OverlayKind::Save => return self.ask_for_name(None),
            OverlayKind::SavePoints => return self.ask_for_name_of_points(None),
            OverlayKind::Open => return self.ask_for_file(),
            // What would destroy something opens it, no key does.
            OverlayKind::Ask | OverlayKind::None => Overlay::None,
        };
        self.overlay = overlay;
        Vec::new()
    }

    /// Closes the overlay; below the help there may be another.
    fn close(&mut self) {
        let below = mem::replace(&mut self.below, Overlay::None);
        let is_help = matches!(self.overlay, Overlay::Help { .. });
        self.overlay = if is_help { below } else { Overlay::None };
    }

    /// Moves through the list of the overlay by at most this many lines.
    fn scroll(&mut self, turn: Turn, lines: usize) {
        let Some((index, last)) = self.place_in_list() else {
            return;
        };
        let next = turn.index_by(lines, index, last);
        match &mut self.overlay {
            Overlay::Help { selected, .. }
            | Overlay::Runs { selected }
            | Overlay::Lessons { selected } => *selected = next,
            Overlay::GradientCheck(check) => check.scroll = next,
            _ => {}
        }
    }

    /// The index of the line that is selected in the list of the overlay, and that of the last one.
    pub(super) fn place_in_list(&self) -> Option<(usize, usize)> {
        match &self.overlay {
            Overlay::Help { page, selected } => {
                Some((*selected, page.entries(self.help_context()) - 1))
            }
            Overlay::GradientCheck(check) => Some((check.scroll, check.compared.len() - 1)),
            Overlay::Runs { selected } => Some((*selected, self.runs.last())),
            Overlay::Lessons { selected } => Some((*selected, PAGES.len() - 1)),
            _ => None,
        }
    }

    /// Does what was asked for, or leaves everything as it was.
    fn answer(&mut self, is_yes: bool) -> Vec<Effect> {
        let Overlay::Ask(question) = mem::replace(&mut self.overlay, Overlay::None) else {
            return Vec::new();
        };
        match question {
            Question::Replace(saved, path) if is_yes => self.save(saved, path, Existing::Replace),
            Question::Replace(saved, path) => {
                self.notice = Some("not saved".to_owned());
                let typed = path.to_str().map(str::to_owned);
                match saved {
                    Saved::Run => self.ask_for_name(typed),
                    Saved::Points => self.ask_for_name_of_points(typed),
                }
            }
            Question::Delete(index) => {
                if is_yes {
                    self.drop_run(index);
                }
                let selected = index.min(self.runs.last());
                self.overlay = Overlay::Runs { selected };
                Vec::new()
            }
        }
    }

    /// Saves the run or the drawn points.
    pub(super) fn save(&mut self, saved: Saved, path: PathBuf, existing: Existing) -> Vec<Effect> {
        if saved == Saved::Points {
            return self.save_points(path, existing);
        }
        let run = Arc::clone(&self.run.run);
        // A large network takes seconds.
        self.notice = Some(format!("saving {} …", path.display()));
        vec![Effect::Save {
            run,
            path,
            existing,
        }]
    }
}
