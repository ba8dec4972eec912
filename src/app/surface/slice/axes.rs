//! Which axes a slice has: chosen by the program at first, then by keys and clicks.

use crate::app::turn::{Turn, turn_choice};
use crate::app::{App, MapAxis, RunView};
use crate::surface::{Axes, FIRST_SEED};
use crate::trainer::{Curve, MOST_FOLLOWED};

impl MapAxis {
    /// Its index and that of the other one.
    fn indices(self) -> (usize, usize) {
        match self {
            Self::Across => (0, 1),
            Self::Up => (1, 0),
        }
    }
}

impl RunView {
    /// The chosen axes. Before any are chosen, they are the two parameters that training has moved the most; in a large
    /// network, where two of them say little, the gradient and a random direction.
    pub(super) fn chosen_axes(&self) -> Axes {
        self.slice.axes.unwrap_or_else(|| {
            if self.network.parameters().len() > MOST_FOLLOWED {
                Axes::FIRST_GRADIENT
            } else {
                Axes::Parameters(self.most_moved())
            }
        })
    }

    /// The two parameters that training has moved the most, or the first two.
    #[must_use]
    pub fn most_moved(&self) -> [usize; 2] {
        let moved = |curve: Option<&Curve>| {
            let range = curve.and_then(Curve::range);
            range.map_or(0.0, |(low, high)| high - low)
        };
        let all = 0..self.network.parameters().len();
        let mut all: Vec<(usize, f64)> = all
            .map(|index| (index, moved(self.curves.parameters.get(index))))
            .collect();
        all.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        // Every network has a weight and a bias.
        let mut two = [all[0].0, all[1].0];
        two.sort_unstable();
        two
    }

    fn put_on_axes(&mut self, axes: Axes) {
        if let Axes::Parameters(parameters) = axes {
            self.slice.parameters = Some(parameters);
        }
        self.slice.axes = Some(axes);
        (self.slice.window, self.slice.whole, self.slice.cursor) = (None, None, None);
    }

    /// Puts the next or previous parameter on an axis, not the one of the other axis; or another random direction.
    /// Returns whether there is one.
    fn turn_slice_axis(&mut self, axis: MapAxis, turn: Turn) -> bool {
        let (own, other) = axis.indices();
        let another = |seed: u64| match turn {
            Turn::Back => seed.wrapping_sub(1).max(FIRST_SEED),
            Turn::Forward => seed.wrapping_add(1),
        };
        let turned = match (self.chosen_axes(), axis) {
            (Axes::Parameters(mut pair), _) => {
                let choices = 0..self.network.parameters().len();
                let choices: Vec<usize> = choices.filter(|index| *index != pair[other]).collect();
                turn_choice(&mut pair[own], &choices, turn);
                Axes::Parameters(pair)
            }
            (Axes::Gradient(_), MapAxis::Across) => return false,
            (Axes::Gradient(seed), MapAxis::Up) => Axes::Gradient(another(seed)),
            (Axes::Random(mut seeds), _) => {
                let next = another(seeds[own]);
                let after = if next == seeds[other] {
                    another(next)
                } else {
                    next
                };
                if after != seeds[other] {
                    seeds[own] = after;
                }
                Axes::Random(seeds)
            }
        };
        self.put_on_axes(turned);
        true
    }

    /// Turns from two parameters to the gradient with a random direction, to two random ones, and back.
    pub(super) fn turn_axes(&mut self) {
        let axes = match self.chosen_axes() {
            Axes::Parameters(parameters) => {
                self.slice.parameters = Some(parameters);
                Axes::FIRST_GRADIENT
            }
            Axes::Gradient(_) => Axes::FIRST_RANDOM,
            Axes::Random(_) => Axes::Parameters(self.last_parameters()),
        };
        self.put_on_axes(axes);
    }

    fn last_parameters(&self) -> [usize; 2] {
        let last = self.slice.parameters;
        last.unwrap_or_else(|| self.most_moved())
    }

    /// Puts the weight or bias that is selected in the Backprop view across, and what was there up. Returns whether it
    /// was not there already.
    fn put_selected_across(&mut self) -> bool {
        let selected = self.backprop.selected;
        let index = self.network.index_of(selected.parameter());
        let [across, up] = match self.chosen_axes() {
            Axes::Parameters(pair) => pair,
            _ => self.last_parameters(),
        };
        let is_there = self.chosen_axes() == Axes::Parameters([across, up]);
        if index == across && is_there {
            return false;
        }
        let up = if index == across { up } else { across };
        self.put_on_axes(Axes::Parameters([index, up]));
        true
    }
}

impl App {
    pub(in crate::app) fn turn_slice_axis(&mut self, axis: MapAxis, turn: Turn) {
        if !self.run.turn_slice_axis(axis, turn) {
            let reason = "the gradient is across – m turns to two random directions";
            self.notice = Some(reason.to_owned());
        }
    }

    pub(in crate::app) fn put_selected_across(&mut self) {
        if !self.run.put_selected_across() {
            let name = self.run.backprop.selected.name(&self.run.network);
            self.notice = Some(format!(
                "{name} is across already – select another one in the Backprop view (2)"
            ));
        }
    }
}
