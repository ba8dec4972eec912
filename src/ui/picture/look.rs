//! What a cell looks like: the colours of its text and of what is behind it.

use std::fmt;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::app::Background;

/// How much dim text covers of what is behind it.
const DIM: f32 = 0.6;

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rgb(pub(super) [u8; 3]);

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The picture's equivalents of the terminal's own colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paper {
    text: Rgb,
    pub(super) background: Rgb,
}

impl From<Background> for Paper {
    fn from(background: Background) -> Self {
        let [text, background] = match background {
            Background::Dark => [[0xd4, 0xd7, 0xdd], [0x14, 0x16, 0x1a]],
            Background::Light => [[0x24, 0x29, 0x2f], [0xff, 0xff, 0xff]],
        };
        Self {
            text: Rgb(text),
            background: Rgb(background),
        }
    }
}

impl Rgb {
    /// A colour of the screen as xterm has it, or this one for the terminal's own.
    fn of(color: Color, own: Self) -> Self {
        match color {
            Color::Rgb(red, green, blue) => Self([red, green, blue]),
            Color::Indexed(index) => Self(indexed(index)),
            named => NAMED
                .iter()
                .position(|name| *name == named)
                .map_or(own, |index| Self(SIXTEEN[index])),
        }
    }
}

/// The names of the first 16 colours, in their order.
const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// What xterm draws for them, unless it is told otherwise.
const SIXTEEN: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// A colour of the palette of 256: the 16, a cube of six levels of red, green and blue, and 24 greys.
fn indexed(index: u8) -> [u8; 3] {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match index {
        0..16 => SIXTEEN[usize::from(index)],
        16..232 => [36, 6, 1].map(|size| LEVELS[usize::from((index - 16) / size % 6)]),
        232.. => [8 + 10 * (index - 232); 3],
    }
}

/// The colours of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) fill: Rgb,
    /// `None` if it is the picture's own.
    pub(super) behind: Option<Rgb>,
    /// How much of what is behind it the text covers, 0 to 1.
    pub(super) opacity: f32,
}

impl Look {
    pub(super) fn of(cell: &Cell, Paper { text, background }: Paper) -> Self {
        let (mut fill, mut behind) = (Rgb::of(cell.fg, text), Rgb::of(cell.bg, background));
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut fill, &mut behind);
        }
        let is_dim = cell.modifier.contains(Modifier::DIM);
        Self {
            fill,
            behind: Some(behind).filter(|&behind| behind != background),
            opacity: if is_dim { DIM } else { 1.0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palettes_are_those_of_xterm() {
        let own = Rgb([1, 2, 3]);
        for (color, expected) in [
            (Color::Reset, [1, 2, 3]),
            (Color::Rgb(9, 8, 7), [9, 8, 7]),
            (Color::Yellow, [205, 205, 0]),
            (Color::LightBlue, [92, 92, 255]),
            (Color::Indexed(32), [0, 135, 215]),
            (Color::Indexed(166), [215, 95, 0]),
            (Color::Indexed(15), [255, 255, 255]),
            (Color::Indexed(245), [138, 138, 138]),
        ] {
            assert_eq!(Rgb::of(color, own), Rgb(expected), "{color:?}");
        }
    }
}
