//! Values that are turned to their neighbours.

use super::{Row, Settings};
use crate::app::turn::{Turn, turn_choice};
use crate::nn::LayerRequest;
use crate::session::config::{MOST_LAYERS, MOST_UNITS};
use crate::session::setting::{Choices, Setting};
use crate::session::{DataSource, built_in_names};

impl Settings {
    /// Whether the value of a line has neighbours to turn to.
    #[must_use]
    pub fn can_turn(&self, row: Row) -> bool {
        match row {
            Row::Of(setting) => self
                .texts_of_data(setting)
                .is_none_or(|texts| !texts.is_empty()),
            Row::Units(_) => true,
        }
    }

    /// Turns the value of the selected line to its neighbour.
    pub(in crate::app) fn turn(&mut self, turn: Turn) {
        self.stop_typing();
        match self.selected() {
            Row::Units(layer) => self.turn_units(layer, turn),
            Row::Of(setting) => match (setting.choices, self.texts_of_data(setting)) {
                (Choices::Dataset, _) => self.turn_dataset(turn),
                (Choices::Layers, _) => self.turn_layers(turn),
                (_, None) => setting.turn(&mut self.draft, turn),
                (_, Some(texts)) => {
                    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                    setting.turn_among(&mut self.draft, &texts, turn);
                }
            },
        }
    }

    /// The values that only the data knows: columns and classes, as they are typed. They are known of the present
    /// data. `None` if the table of settings has them.
    fn texts_of_data(&self, setting: &Setting) -> Option<Vec<String>> {
        let texts = match (setting.option, setting.choices) {
            ("missing", _) => Vec::new(),
            ("positive", _) | (_, Choices::List(_)) => self.data.texts(setting.option),
            _ => return None,
        };
        let is_present = self.draft.source.data == self.before.source.data;
        Some(texts.into_iter().filter(|_| is_present).collect())
    }

    fn turn_units(&mut self, layer: usize, turn: Turn) {
        let mut hidden = self.draft.config().hidden.clone();
        let units = &mut hidden[layer].units;
        *units = match turn {
            Turn::Back => (*units - 1).max(1),
            Turn::Forward => (*units + 1).min(MOST_UNITS),
        };
        self.draft.set_hidden(hidden);
    }

    fn turn_layers(&mut self, turn: Turn) {
        let mut hidden = self.draft.config().hidden.clone();
        match turn {
            Turn::Back => drop(hidden.pop()),
            Turn::Forward if hidden.len() < MOST_LAYERS => {
                let last = hidden.last().copied();
                hidden.push(last.unwrap_or(LayerRequest {
                    units: 2,
                    activation: None,
                }));
            }
            Turn::Forward => {}
        }
        self.draft.set_hidden(hidden);
    }

    fn turn_dataset(&mut self, turn: Turn) {
        let own = self.own.data.as_str();
        let mut names = built_in_names();
        if !names.contains(&own) {
            names.push(own);
        }
        let mut name = self.draft.source.data.as_str();
        turn_choice(&mut name, &names, turn);
        let name = name.to_owned();
        self.take_data(name);
    }

    /// Other data: nothing that was asked of the columns holds any more, and what suited the data follows it.
    pub(super) fn take_data(&mut self, name: String) {
        let (before, draft) = (&*self.before, &mut self.draft);
        let known = [&before.source, &self.own];
        let known = known.into_iter().find(|source| source.data == name);
        let source = known.cloned().unwrap_or_else(|| DataSource {
            data: name,
            test_fraction: draft.source.test_fraction,
            seed: draft.source.seed,
            ..DataSource::default()
        });
        if source.data == before.source.data {
            draft.take(source, before.known());
            draft.restore("output-activation", before);
            draft.restore("loss", before);
        } else {
            draft.take(source, None);
        }
    }
}
