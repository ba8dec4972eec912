//! What a key says that moves something which is at its end: no key is silent.

use super::keymap::Action;
use super::turn::Turn;
use super::{App, Direction, Jump, MarkStep, Overlay, Settings, Shown, SliceAction};

impl App {
    /// Why an action would change nothing; `None` if it changes something.
    pub(super) fn end_of(&self, action: Action) -> Option<String> {
        match action {
            Action::Show(view) if view == self.view() => {
                Some(format!("this is the {} view", view.name()))
            }
            Action::TurnSample(turn) | Action::TurnSamplePage(turn) => self.end_of_samples(turn),
            Action::MoveMark(step, turn) => self.end_of_chart(step, turn),
            Action::Select(direction) => self.end_of_network(direction),
            Action::ZoomMap(turn) => self.end_of_zoom(turn),
            Action::Slice(SliceAction::TurnPath(turn)) => self.end_of_path(turn),
            Action::Scroll(turn) | Action::ScrollPage(turn) | Action::ScrollEnd(turn) => {
                self.end_of_list(turn)
            }
            Action::TurnSetting(turn) => self.end_of_settings(turn, |draft| draft.select(turn)),
            Action::JumpSetting(jump) => {
                let turn = match jump {
                    Jump::Page(turn) | Jump::Section(turn) => turn,
                    Jump::First => Turn::Back,
                    Jump::Last => Turn::Forward,
                };
                self.end_of_settings(turn, |draft| draft.jump(jump, self.page))
            }
            Action::TurnValue(turn) => self.end_of_values(turn),
            Action::Draw(draw) => self.drawing().and_then(|drawing| drawing.end_of(draw)),
            _ => None,
        }
    }

    fn end_of_samples(&self, turn: Turn) -> Option<String> {
        let text = match (turn, self.run().shown) {
            (Turn::Back, Shown::Sample(0)) => "this is the first sample",
            (Turn::Forward, Shown::Prediction) => {
                "your own values come last – Up goes back to the samples"
            }
            _ => return None,
        };
        Some(text.to_owned())
    }

    fn end_of_list(&self, turn: Turn) -> Option<String> {
        let (index, last) = self.place_in_list()?;
        let is_end = turn.index(index, last) == index;
        is_end.then(|| end(turn).to_owned())
    }

    fn end_of_settings(&self, turn: Turn, go: impl FnOnce(&mut Settings)) -> Option<String> {
        let [before, after] = self.edited(go)?;
        let is_end = before.selected == after.selected && before.typing == after.typing;
        is_end.then(|| end(turn).to_owned())
    }

    fn end_of_values(&self, turn: Turn) -> Option<String> {
        let [before, after] = self.edited(|settings| settings.turn(turn))?;
        let is_end = before.draft == after.draft && before.typing == after.typing;
        is_end.then(|| "no more values this way – type one".to_owned())
    }

    /// The settings as they are, and as they would be.
    fn edited(&self, edit: impl FnOnce(&mut Settings)) -> Option<[Settings; 2]> {
        let Overlay::Settings(before) = &self.overlay else {
            return None;
        };
        let mut after = before.clone();
        edit(&mut after);
        Some([(**before).clone(), *after])
    }

    fn end_of_chart(&self, step: MarkStep, turn: Turn) -> Option<String> {
        let text = match turn {
            Turn::Back => "the chart begins here",
            Turn::Forward => "the chart ends here",
        };
        let marked = self.marked()?;
        (self.next_mark(step, turn) == Some(marked)).then(|| text.to_owned())
    }

    fn end_of_network(&self, direction: Direction) -> Option<String> {
        let (selected, network) = (self.run().backprop.selected, &self.run().network);
        let text = match direction {
            Direction::Left => "these weights come from the inputs",
            Direction::Right => "this is the output layer",
            Direction::Up => "this is the first of the layer",
            Direction::Down => "this is the last of the layer",
        };
        let is_end = selected.moved(network, direction) == selected;
        is_end.then(|| text.to_owned())
    }

    fn end_of_zoom(&self, turn: Turn) -> Option<String> {
        let text = match turn {
            Turn::Back => "this is as far as it zooms out",
            Turn::Forward => "this is as far as it zooms in",
        };
        let run = self.run();
        let zoomed = if self.shows_slice() {
            run.slice_zoomed(None, turn)
        } else {
            run.map_zoomed(run.cursor(), turn)
        };
        zoomed.is_none().then(|| text.to_owned())
    }

    fn end_of_path(&self, turn: Turn) -> Option<String> {
        let end = self.run().end_of_path(turn)?;
        Some(match turn {
            Turn::Back => format!("the path begins here, at epoch {end}"),
            Turn::Forward => format!("the path ends here, at epoch {end}"),
        })
    }
}

fn end(turn: Turn) -> &'static str {
    match turn {
        Turn::Back => "this is the first one",
        Turn::Forward => "this is the last one",
    }
}
