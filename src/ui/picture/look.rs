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
    /// A colour of the palette, or this one for that of the terminal.
    fn of(color: Color, own: Self) -> Self {
        match color {
            Color::Rgb(red, green, blue) => Self([red, green, blue]),
            // The palette uses no others.
            _ => own,
        }
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
