//! What marks a place of a plane: at its cell, or, where the plane does not reach it, at the border towards it.
//!
//! ```text
//! │            ✚↑  │
//! │   ( )          │
//! │             (→)│
//! └────────────────┘
//! ```

use std::cmp::Ordering;

use ratatui::layout::{Position, Rect};

use super::plane_axes::place;
use crate::surface::Span;
use crate::ui::style::Theme;

/// Arrows by the side across (before, within, after the span) and up.
const ARROWS: [[&str; 3]; 3] = [["↙", "←", "↖"], ["↓", "·", "↑"], ["↘", "→", "↗"]];
const ASCII_ARROWS: [[&str; 3]; 3] = [["/", "<", "\\"], ["v", ".", "^"], ["\\", ">", "/"]];

/// The brackets around the cell of a cursor, also where it is named. Square ones are keys, and the ends of neurons.
const BRACKETS: [&str; 2] = ["(", ")"];

/// What marks a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mark {
    /// A sign in its cell.
    Sign(&'static str),
    /// Brackets around its cell.
    Brackets,
}

/// Returns "( ) 128 lb, 63 in": where a cursor is.
pub(crate) fn at_cursor(place: &str) -> String {
    format!("{} {place}", BRACKETS.join(" "))
}

/// An area of cells that shows a plane.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Board {
    pub(crate) area: Rect,
    /// Across and up.
    pub(crate) spans: [Span; 2],
}

impl Board {
    /// The cell of a place; `None` if the plane does not reach it.
    pub(crate) fn position(self, at: [f64; 2]) -> Option<Position> {
        let [across, up] = self.spans;
        let column = place(across, at[0], self.area.width)?;
        let row = place(up, at[1], self.area.height)?;
        Some(Position {
            x: self.area.x + column,
            y: self.area.bottom() - 1 - row,
        })
    }

    /// The cells that mark a place, and their characters.
    pub(crate) fn cells(
        self,
        theme: Theme,
        mark: Mark,
        at: [f64; 2],
    ) -> Vec<(Position, &'static str)> {
        let cells = match (self.position(at), mark) {
            (Some(position), Mark::Sign(sign)) => vec![(position, sign)],
            (Some(Position { x, y }), Mark::Brackets) => {
                let left = x.checked_sub(1).map(|x| (Position { x, y }, BRACKETS[0]));
                let right = x.checked_add(1).map(|x| (Position { x, y }, BRACKETS[1]));
                left.into_iter().chain(right).collect()
            }
            (None, mark) => self.cells_towards(theme, mark, at),
        };
        let is_seen = |(position, _): &(Position, _)| self.area.contains(*position);
        cells.into_iter().filter(is_seen).collect()
    }

    /// The cells at the border that mark a place beyond it, with an arrow.
    fn cells_towards(
        self,
        theme: Theme,
        mark: Mark,
        at: [f64; 2],
    ) -> Vec<(Position, &'static str)> {
        let Some([across, up]) = self.sides(at) else {
            return Vec::new();
        };
        let index = |side: Ordering| (side as i8 + 1).unsigned_abs();
        let arrows = theme.glyph(ARROWS, ASCII_ARROWS);
        let arrow = arrows[usize::from(index(across))][usize::from(index(up))];
        let characters = match mark {
            Mark::Brackets => vec![BRACKETS[0], arrow, BRACKETS[1]],
            Mark::Sign(sign) if across == Ordering::Less => vec![arrow, sign],
            Mark::Sign(sign) => vec![sign, arrow],
        };
        let [column, row] = [0, 1].map(|axis: usize| {
            let span = self.spans[axis];
            let cells = [self.area.width, self.area.height][axis];
            place(span, span.at(span.share(at[axis]).clamp(0.0, 1.0)), cells).unwrap_or_default()
        });
        let wide = u16::try_from(characters.len()).unwrap_or_default();
        let first = column.saturating_sub(wide / 2);
        let first = self.area.x + first.min(self.area.width.saturating_sub(wide));
        let y = self.area.bottom().saturating_sub(1 + row);
        let cells = (first..).map(|x| Position { x, y });
        cells.zip(characters).collect()
    }

    /// On which side of each span a place is; `None` if that cannot be said.
    fn sides(self, at: [f64; 2]) -> Option<[Ordering; 2]> {
        let [across, up] = [0, 1].map(|axis: usize| self.spans[axis].share(at[axis]));
        let is_number = !self.area.is_empty() && !across.is_nan() && !up.is_nan();
        is_number.then(|| {
            [across, up].map(|share| match share {
                share if share < 0.0 => Ordering::Less,
                share if share > 1.0 => Ordering::Greater,
                _ => Ordering::Equal,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};

    /// The board of five rows with a mark, as text.
    fn drawn(glyphs: Glyphs, mark: Mark, at: [f64; 2]) -> [String; 3] {
        let colors = Colors::None;
        let span = |feature| Span {
            feature,
            from: 0.0,
            to: 10.0,
        };
        let board = Board {
            area: Rect::new(2, 1, 7, 3),
            spans: [0, 1].map(span),
        };
        let cells = board.cells(Theme(Appearance { colors, glyphs }), mark, at);
        [1, 2, 3].map(|y| {
            let character = |x| {
                let found = cells.iter().find(|(at, _)| *at == Position { x, y });
                found.map_or(" ", |(_, character)| character)
            };
            (2..9).map(character).collect()
        })
    }

    #[test]
    fn a_place_beyond_the_border_has_an_arrow_towards_it_in_the_nearest_cells() {
        let brackets = |at| drawn(Glyphs::Unicode, Mark::Brackets, at);
        assert_eq!(brackets([5.0, 5.0]), ["       ", "  ( )  ", "       "]);
        assert_eq!(brackets([11.0, 5.0]), ["       ", "    (→)", "       "]);
        assert_eq!(brackets([-9.0, 0.0]), ["       ", "       ", "(←)    "]);
        assert_eq!(brackets([-9.0, 99.0]), ["(↖)    ", "       ", "       "]);
        assert_eq!(
            brackets([f64::MAX, -0.1]),
            ["       ", "       ", "    (↘)"]
        );
        assert_eq!(brackets([f64::NAN, 5.0]), [""; 3].map(|_| " ".repeat(7)));
        let sign = |at| drawn(Glyphs::Unicode, Mark::Sign("✚"), at);
        assert_eq!(sign([10.0, 10.0]), ["      ✚", "       ", "       "]);
        assert_eq!(sign([5.0, 12.0]), ["  ✚↑   ", "       ", "       "]);
        assert_eq!(sign([-1.0, 5.0]), ["       ", "←✚     ", "       "]);
        let ascii = |at| drawn(Glyphs::Ascii, Mark::Sign("+"), at);
        assert_eq!(ascii([11.0, -1.0]), ["       ", "       ", "     +\\"]);
    }
}
