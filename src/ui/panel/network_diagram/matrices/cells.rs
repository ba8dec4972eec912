//! The cells of a matrix: half a character high where two colours fit into one, otherwise a character with a shade.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::{Line as Text, Span};

use super::super::subject::Subject;
use super::plan::Size;
use crate::app::{Selection, Target};
use crate::nn::{Neuron, Parameter};
use crate::ui::regions::Regions;
use crate::ui::style::{Theme, active_share, cells, fitting, write};

/// The upper half of a character, whose lower half has the colour of the background.
const HALF: &str = "▀";

/// A line of a matrix: one neuron, or two above one another.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) layer: usize,
    pub(super) units: &'a [usize],
    /// The largest magnitude of a weight of the layer.
    pub(super) largest: f64,
    pub(super) size: Size,
    /// Whether the last of the neurons' weights are in it, beside which are the activations.
    pub(super) is_last: bool,
}

/// Returns what the cells mean.
pub(in super::super) fn legend(theme: Theme, room: u16) -> Text<'static> {
    if theme.has_half_cells() {
        let levels = [0.25, 0.5, 0.75, 1.0];
        let shades = |sign: f64| {
            levels.map(|level| Span::styled(HALF, theme.half_cell(theme.heat(sign * level), None)))
        };
        let texts = [Span::styled(" + ", theme.positive())].into_iter();
        let texts = texts.chain(shades(1.0));
        let texts = texts.chain([Span::styled(" − ", theme.negative())]);
        let texts: Vec<_> = texts.chain(shades(-1.0)).collect();
        let taken: usize = texts.iter().map(Span::width).sum();
        let meanings = [
            " relative to layer's largest, right: activation ",
            " of layer's largest, right: activation ",
            " of largest; right: activation ",
            " of layer's largest ",
            " ",
        ];
        let meaning = fitting(&meanings, room.saturating_sub(cells(taken)));
        return texts.into_iter().chain([Span::raw(meaning)]).collect();
    }
    Text::from_iter([
        Span::styled(theme.glyph(" + ░▒▓█", " + .:%#"), theme.positive()),
        Span::styled(theme.glyph(" − ·-=≡", " - `-=~"), theme.negative()),
        Span::raw(" relative to layer's largest "),
    ])
}

impl Line<'_> {
    /// Draws the weights from these sources, a mark if a neuron is chosen, and the activations.
    pub(super) fn render(&self, buffer: &mut Buffer, (left, y): (u16, u16), sources: Range<usize>) {
        let theme = self.subject.theme;
        let across = self.size.across;
        let mut fill = |x, symbol, style| {
            (x..x + across).for_each(|x| write(buffer, (x, y), symbol, 1, style));
        };
        let mut right = left;
        for source in sources {
            let (symbol, style) = self.weight(source);
            fill(right, symbol, style);
            right += across;
        }
        if !self.is_last {
            return;
        }
        if let Some((symbol, style)) = self.activation() {
            fill(right + 1, symbol, style);
        }
        let chosen = self.subject.chosen_unit(self.layer + 1);
        if chosen.is_some_and(|unit| self.units.contains(&unit)) {
            write(buffer, (right, y), theme.glyph("‹", "<"), 1, theme.strong());
        }
    }

    /// Notes which weight or neuron each cell shows; of two above one another, the upper one.
    pub(super) fn note(&self, regions: &mut Regions, (left, y): (u16, u16), sources: Range<usize>) {
        let into = Neuron {
            layer: self.layer,
            unit: self.units[0],
        };
        let weights = sources.map(|source| Parameter::Weight { into, source });
        let weights = weights.map(Selection::Parameter);
        let mut x = left;
        for weight in weights {
            regions.add(Rect::new(x, y, self.size.across, 1), Target::Part(weight));
            x += self.size.across;
        }
        if self.is_last {
            // The mark of the chosen neuron and its activation.
            let beside = Rect::new(x, y, 1 + self.size.across, 1);
            regions.add(beside, Target::Part(Selection::Neuron(into)));
        }
    }

    /// Returns the cell of the weights from a source, highlighted if one of them is chosen.
    fn weight(&self, source: usize) -> (&'static str, Style) {
        let theme = self.subject.theme;
        let weights = self.units.iter().map(|&unit| {
            let layer = self.layer;
            let into = Neuron { layer, unit };
            Parameter::Weight { into, source }
        });
        let fractions = weights
            .clone()
            .map(|weight| self.subject.number(weight) / self.largest.max(f64::MIN_POSITIVE));
        let fractions: Vec<f64> = fractions.collect();
        let (symbol, style) = if theme.has_half_cells() {
            self.halves(fractions.iter().map(|&fraction| theme.heat(fraction)))
        } else {
            (glyph(theme, fractions[0]), theme.signed(fractions[0]))
        };
        let is_chosen = |weight| self.subject.chosen == Some(Selection::Parameter(weight));
        if weights.into_iter().any(is_chosen) {
            (symbol, theme.chosen())
        } else {
            (symbol, style)
        }
    }

    /// Returns a cell of the colours of its neurons: that of a single one in both halves, where it has a whole line.
    fn halves(&self, mut colors: impl Iterator<Item = Color>) -> (&'static str, Style) {
        let theme = self.subject.theme;
        let upper = colors.next().unwrap_or_default();
        let (per_line, _) = self.size.of_lines(theme);
        let lower = colors.next().or((per_line == 1).then_some(upper));
        (HALF, theme.half_cell(upper, lower))
    }

    /// Returns the cell of the activations, if there is a sample.
    fn activation(&self) -> Option<(&'static str, Style)> {
        let (theme, layer) = (self.subject.theme, self.layer);
        let function = self.subject.network.layers()[layer].activation;
        let shares = self.units.iter().map(|&unit| {
            let activation = self.subject.activation(Neuron { layer, unit })?;
            Some(active_share(function, activation))
        });
        let shares: Vec<f64> = shares.collect::<Option<_>>()?;
        Some(if theme.has_half_cells() {
            self.halves(shares.iter().map(|&share| theme.grey(share)))
        } else {
            (theme.shade(shares[0]), Style::new())
        })
    }
}

/// Returns the cell of a weight, given as a fraction of the largest, −1 to 1.
fn glyph(theme: Theme, weight: f64) -> &'static str {
    let glyphs = if weight < 0.0 {
        theme.glyph(["·", "-", "=", "≡"], ["`", "-", "=", "~"])
    } else {
        theme.glyph(["░", "▒", "▓", "█"], [".", ":", "%", "#"])
    };
    if weight == 0.0 {
        return " ";
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 4; the cast saturates, and turns NaN into 0"
    )]
    let level = (weight.abs() * 4.0) as usize;
    glyphs[level.min(3)]
}
