//! The palette and the set of characters of the whole screen.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::{Marker, bar};

use super::ascii::plain;
use super::palette::{self, Paint};
use super::text;
use crate::app::{Appearance, Colors, Glyphs};

/// The styles and characters of a terminal. Text and background keep the terminal's own colours; sign and emphasis are
/// never shown by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme(pub Appearance);

impl Theme {
    /// The style of a positive number: blue.
    #[must_use]
    pub fn positive(self) -> Style {
        self.painted(palette::POSITIVE)
    }

    /// The style of a negative number: orange.
    #[must_use]
    pub fn negative(self) -> Style {
        self.painted(palette::NEGATIVE)
    }

    /// The style of a number with this sign; 0 has none, and is dim.
    #[must_use]
    pub fn signed(self, value: f64) -> Style {
        if value == 0.0 {
            self.dim()
        } else if value < 0.0 {
            self.negative()
        } else {
            self.positive()
        }
    }

    /// The style of one of these classes: the same wherever the class is shown.
    #[must_use]
    pub fn class(self, classes: &[String], class: usize) -> Style {
        self.painted(palette::class(classes, class))
    }

    /// The style of the kept run with this letter: grey, as colours mean signs and classes. Neighbours differ in lightness,
    /// and both greys are at least 3.4:1 against black and against white.
    #[must_use]
    pub fn run(self, letter: char) -> Style {
        self.painted(palette::RUNS[letter_index(letter) % palette::RUNS.len()])
    }

    /// The style of a curve beside the one that matters most: grey.
    #[must_use]
    pub fn second(self) -> Style {
        self.painted(palette::RUNS[0])
    }

    /// The style of what needs attention.
    #[must_use]
    pub fn warning(self) -> Style {
        self.painted(palette::WARNING).add_modifier(Modifier::BOLD)
    }

    /// The style of what is only there for orientation.
    #[must_use]
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The style of what is in focus, or of everything else.
    #[must_use]
    pub fn focused(self, is_in_focus: bool) -> Style {
        if is_in_focus {
            self.strong()
        } else {
            self.dim()
        }
    }

    /// The style of what the arrows have selected in a drawing.
    #[must_use]
    pub fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The style of keys, titles and selected rows.
    #[must_use]
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The style of a heading above a group.
    #[must_use]
    pub fn heading(self) -> Style {
        self.strong().add_modifier(Modifier::UNDERLINED)
    }

    /// The style of text that is being typed.
    #[must_use]
    pub fn typed(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    pub(super) fn painted(self, Paint { rgb, index, plain }: Paint) -> Style {
        let [red, green, blue] = rgb;
        self.colored(Color::Rgb(red, green, blue), index, plain)
    }

    /// The style of a colour: in all of them, in the palette of 256, and among 16.
    fn colored(self, rgb: Color, index: u8, plain: Color) -> Style {
        match self.0.colors {
            // No colour at all: an empty colour sequence would reset bold and reverse.
            Colors::None => Style::new(),
            Colors::Sixteen => Style::new().fg(plain),
            Colors::Indexed => Style::new().fg(Color::Indexed(index)),
            Colors::True => Style::new().fg(rgb),
        }
    }

    /// Whether a character can show two colours, one above the other, in shades enough for numbers.
    #[must_use]
    pub fn has_half_cells(self) -> bool {
        let has_shades = matches!(self.0.colors, Colors::Indexed | Colors::True);
        has_shades && self.0.glyphs == Glyphs::Unicode
    }

    /// How many points a cell shows, one above the other.
    #[must_use]
    pub fn rows_of_cell(self) -> usize {
        if self.has_half_cells() { 2 } else { 1 }
    }

    /// The style of a character whose upper half has one colour, and the lower half another or none.
    #[must_use]
    pub fn half_cell(self, upper: Color, lower: Option<Color>) -> Style {
        let style = Style::new().fg(upper);
        lower.map_or(style, |lower| style.bg(lower))
    }

    /// The colour of a number between −1 and 1 where colours have shades: grey at 0, blue at 1, orange at −1.
    #[must_use]
    pub fn heat(self, fraction: f64) -> Color {
        let (paint, shades) = if fraction < 0.0 {
            (palette::NEGATIVE, palette::NEGATIVE_SHADES)
        } else {
            (palette::POSITIVE, palette::POSITIVE_SHADES)
        };
        match self.0.colors {
            Colors::Indexed => Color::Indexed(level(fraction.abs(), shades)),
            _ => mixed(palette::GREY, paint.rgb, fraction.abs()),
        }
    }

    /// The grey of a share between 0 and 1 where colours have shades: dark at 0, light at 1.
    #[must_use]
    pub fn grey(self, share: f64) -> Color {
        match self.0.colors {
            Colors::Indexed => Color::Indexed(level(share, [236, 240, 244, 248, 252])),
            _ => mixed([0x30; 3], [0xE4; 3], share),
        }
    }

    /// Returns the Unicode or the ASCII form of something.
    #[must_use]
    pub fn glyph<T>(self, unicode: T, ascii: T) -> T {
        match self.0.glyphs {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }

    /// Returns a text with its symbols spelled in ASCII where the terminal has nothing else. Minus signs may stay: they
    /// are replaced once the screen is finished.
    #[must_use]
    pub fn written(self, text: &str) -> String {
        self.glyph(str::to_owned as fn(&str) -> String, plain)(text)
    }

    /// Returns a bar of this many cells, filled to a fraction between 0 and 1.
    #[must_use]
    pub fn bar(self, fraction: f64, width: u16) -> String {
        let filled = self.filled(fraction, width);
        let empty = width.saturating_sub(text::width(&filled));
        filled + &self.glyph("░", ".").repeat(usize::from(empty))
    }

    /// Returns the filled cells of a bar that leaves room to the one above it: at least one, unless the fraction is 0.
    #[must_use]
    pub fn low_bar(self, fraction: f64, width: u16) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the width; the cast turns NaN into 0"
        )]
        let filled = (fraction.clamp(0.0, 1.0) * f64::from(width)).round() as usize;
        let filled = filled
            .max(usize::from(fraction > 0.0))
            .min(usize::from(width));
        self.glyph("▆", "#").repeat(filled)
    }

    /// Returns the filled part of such a bar.
    #[must_use]
    pub fn filled(self, fraction: f64, width: u16) -> String {
        let fraction = if fraction.is_finite() {
            fraction.clamp(0.0, 1.0)
        } else {
            0.0
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the width"
        )]
        let eighths = (fraction * f64::from(width) * 8.0).round() as usize;
        let (full, part) = (eighths / 8, eighths % 8);
        let mut bar = self.glyph("█", "#").repeat(full);
        if part > 0 {
            bar.push_str(self.glyph(EIGHTHS[part], if part < 4 { "." } else { "+" }));
        }
        bar
    }

    /// Returns a cell that is darker the closer a number between 0 and 1 is to 1.
    #[must_use]
    pub fn shade(self, fraction: f64) -> &'static str {
        let shades = self.glyph([" ", "░", "▒", "▓", "█"], [" ", ".", ":", "%", "#"]);
        level(fraction, shades)
    }

    /// The marker of dots in charts.
    #[must_use]
    pub fn marker(self) -> Marker {
        self.glyph(Marker::Braille, Marker::Custom('*'))
    }

    /// The levels of a sparkline.
    #[must_use]
    pub fn sparkline(self) -> bar::Set<'static> {
        self.glyph(bar::NINE_LEVELS, ASCII_LEVELS)
    }
}

/// Returns the one of some levels that stands for a number between 0 and 1.
pub(super) fn level<T: Copy, const N: usize>(fraction: f64, levels: [T; N]) -> T {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and turns NaN into 0"
    )]
    let index = (fraction * N as f64) as usize;
    levels[index.min(N - 1)]
}

/// Mixes two colours, with this share of the second.
pub(super) fn mixed(from: [u8; 3], to: [u8; 3], share: f64) -> Color {
    let share = share.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between two numbers of this type; the cast turns NaN into 0"
    )]
    let mix = |index: usize| {
        let (from, to) = (f64::from(from[index]), f64::from(to[index]));
        // To the nearest: these numbers are not negative, and `round` is a call.
        (from + share * (to - from) + 0.5) as u8
    };
    Color::Rgb(mix(0), mix(1), mix(2))
}

/// Returns the index of a run's letter: 0 for A.
pub(crate) fn letter_index(letter: char) -> usize {
    usize::try_from(u32::from(letter).saturating_sub(u32::from('A'))).unwrap_or(0)
}

/// The upper half of a cell; the lower half has the colour of the background.
pub(crate) const HALF: &str = "▀";

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

const ASCII_LEVELS: bar::Set<'static> = bar::Set {
    empty: " ",
    one_eighth: "_",
    one_quarter: "_",
    three_eighths: ".",
    half: "-",
    five_eighths: "-",
    three_quarters: "=",
    seven_eighths: "#",
    full: "#",
};
