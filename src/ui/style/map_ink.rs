//! What a place of a map looks like, with the colours and characters that there are.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Span;

use super::map_palette::{
    ACTIVATIONS_OF_16, ASCII_CHARACTERS, ASCII_RAMP, CHARACTERS, DARK, GOLD, LIGHT, NUMBERS,
    NUMBERS_OF_16, RAMP, Ramp, Shade, UNDECIDED, UNDECIDED_CHARACTER, at, ramp,
};
use super::palette;
use super::theme::{Theme, level, mixed};
use crate::app::{Background, Colors};
use crate::surface::step_at;

/// What a place of a map says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Tone {
    /// A class, and how sure it is, from 0 to 1.
    Class { class: usize, strength: f64 },
    /// A number, from 0 (the smallest of the data) to 1.
    Number(f64),
    /// How active a neuron is, from 0 to 1.
    Activation(f64),
}

/// The colours and characters of a map.
#[derive(Debug, Clone)]
pub(crate) struct MapInk {
    theme: Theme,
    background: Background,
    ramps: Vec<&'static Ramp>,
}

impl MapInk {
    /// The ink for a map of these classes, if there are any.
    pub(crate) fn new(theme: Theme, background: Background, classes: &[String]) -> Self {
        let numbers = 0..classes.len();
        let ramps = numbers.map(|class| ramp(palette::class(classes, class)));
        Self {
            theme,
            background,
            ramps: ramps.collect(),
        }
    }

    /// The colour of a tone, where a cell has two colours.
    pub(crate) fn color(&self, tone: Tone) -> Color {
        let is_indexed = self.theme.0.colors == Colors::Indexed;
        match tone {
            Tone::Class { class, strength } => {
                let (ramp, at) = (self.ramp(class), at(self.background));
                if is_indexed {
                    Color::Indexed(level(strength, ramp.indexed[at]))
                } else {
                    mixed(UNDECIDED[at], ramp.sure, strength)
                }
            }
            Tone::Number(share) if is_indexed => Color::Indexed(level(share, NUMBERS).index),
            Tone::Number(share) => {
                let (low, share) = step_at(share, NUMBERS.len() - 1);
                mixed(NUMBERS[low].rgb, NUMBERS[low + 1].rgb, share)
            }
            Tone::Activation(share) => self.theme.grey(share),
        }
    }

    /// The character and the style of a tone, where a cell has one colour or none.
    pub(crate) fn cell(&self, tone: Tone) -> (&'static str, Style) {
        match tone {
            Tone::Class { class, strength } => {
                let [first, second, third, last] = self.characters(class);
                let undecided = UNDECIDED_CHARACTER;
                let character = level(strength, [undecided, first, second, third, last]);
                let paint = self.ramp(class).paint;
                let style = if character == undecided {
                    Style::new()
                } else {
                    self.theme.painted(paint)
                };
                (character, style)
            }
            Tone::Number(share) => self.shaded(share, NUMBERS_OF_16),
            Tone::Activation(share) => self.shaded(share, ACTIVATIONS_OF_16),
        }
    }

    /// Whether two classes are the ends of one ramp, from light to dense, as there are no colours.
    pub(crate) fn is_one_ramp(&self) -> bool {
        self.theme.0.colors == Colors::None && self.ramps.len() == 2
    }

    /// The characters of a class, from hardly to quite sure.
    fn characters(&self, class: usize) -> [&'static str; 4] {
        if self.is_one_ramp() {
            return self.theme.glyph(RAMP, ASCII_RAMP)[class % 2];
        }
        let lists = self.theme.glyph(CHARACTERS, ASCII_CHARACTERS);
        lists[class % lists.len()]
    }

    /// A cell all of one tone, for a legend.
    pub(crate) fn swatch<'a>(&self, tone: Tone) -> Span<'a> {
        if self.theme.has_half_cells() {
            return Span::styled("█", Style::new().fg(self.color(tone)));
        }
        let (symbol, style) = self.cell(tone);
        Span::styled(symbol, style)
    }

    /// The shade of a share and its colour, one that every terminal with colours has.
    fn shaded(&self, share: f64, of_16: [Color; 5]) -> (&'static str, Style) {
        let style = match self.theme.0.colors {
            Colors::None => Style::new(),
            _ => Style::new().fg(level(share, of_16)),
        };
        (self.theme.shade(share), style)
    }

    /// The colour of a line on tones like this one, where a cell has two colours.
    pub(crate) fn line(&self, beneath: Tone) -> Color {
        self.shade(match beneath {
            Tone::Activation(_) => GOLD,
            // Of one colour, though the numbers beside it differ.
            Tone::Number(share) if share < 0.75 => LIGHT,
            _ if self.is_light(beneath) => DARK,
            _ => LIGHT,
        })
    }

    /// The style of a character on a tone: of a class or, without one, neutral.
    pub(crate) fn mark(&self, class: Option<usize>, beneath: Tone) -> Style {
        if !self.theme.has_half_cells() {
            let paint = class.map(|class| self.theme.painted(self.ramp(class).paint));
            return paint.unwrap_or_default().add_modifier(Modifier::BOLD);
        }
        let is_light = self.is_light(beneath);
        let shade = match class.map(|class| self.ramp(class)) {
            Some(ramp) if is_light => ramp.deep,
            Some(ramp) => ramp.tint,
            None if is_light => DARK,
            None => LIGHT,
        };
        Style::new()
            .fg(self.shade(shade))
            .bg(self.color(beneath))
            .add_modifier(Modifier::BOLD)
    }

    /// The style of a character of a class where something else was predicted: a box in the colour of its class, which no
    /// line on the map has.
    pub(crate) fn wrong(&self, class: Option<usize>, beneath: Tone) -> Style {
        let Some(class) = class.filter(|_| self.theme.has_half_cells()) else {
            return self.mark(class, beneath).add_modifier(Modifier::REVERSED);
        };
        let paint = self.theme.painted(self.ramp(class).paint).fg;
        Style::new()
            .fg(self.shade(LIGHT))
            .bg(paint.unwrap_or_default())
            .add_modifier(Modifier::BOLD)
    }

    /// Whether dark characters are read on a tone, and not light ones.
    fn is_light(&self, tone: Tone) -> bool {
        match tone {
            Tone::Class { .. } => self.background == Background::Light,
            Tone::Number(share) | Tone::Activation(share) => share > 0.55,
        }
    }

    fn shade(&self, shade: Shade) -> Color {
        match self.theme.0.colors {
            Colors::Indexed => Color::Indexed(shade.index),
            _ => mixed(shade.rgb, shade.rgb, 0.0),
        }
    }

    fn ramp(&self, class: usize) -> &'static Ramp {
        let found = self.ramps.get(class).copied();
        found.unwrap_or_else(|| ramp(palette::CLASSES[0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Appearance, Glyphs};

    #[test]
    fn numbers_and_activations_have_colours_among_16_and_a_shade_each() {
        let ink = |colors| {
            let glyphs = Glyphs::Unicode;
            MapInk::new(Theme(Appearance { colors, glyphs }), Background::Dark, &[])
        };
        for tone in [Tone::Number, Tone::Activation] {
            let cells =
                [0.1, 0.3, 0.5, 0.7, 1.0].map(|share| ink(Colors::Sixteen).cell(tone(share)));
            let symbols = cells.map(|(symbol, _)| symbol);
            assert_eq!(symbols, [" ", "░", "▒", "▓", "█"]);
            assert_ne!(cells[1].1.fg, cells[4].1.fg);
            // Without colours, no sequence at all.
            assert_eq!(ink(Colors::None).cell(tone(1.0)), ("█", Style::new()));
        }
        let (_, low) = ink(Colors::Sixteen).cell(Tone::Number(0.3));
        let (_, high) = ink(Colors::Sixteen).cell(Tone::Number(0.9));
        assert_eq!(
            [low.fg, high.fg],
            [Some(Color::Blue), Some(Color::LightYellow)]
        );
    }
}
