//! The area between two curves: dots that are far enough apart for a curve in front of them to stand out.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::dots::{BITS, BLANK, nearest};
use super::plot::Plot;

/// How a band is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Band {
    /// What it consists of in ASCII.
    pub(crate) ascii: &'static str,
    pub(crate) style: Style,
}

/// The ends of a band at a place on the axis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) across: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// The same, in dots from the left and from the top.
#[derive(Debug, Clone, Copy)]
struct Spot {
    across: f64,
    bottom: f64,
    top: f64,
}

impl Band {
    /// Draws the band between ends that are in order.
    pub(crate) fn draw(self, buffer: &mut Buffer, plot: &Plot, ends: impl Iterator<Item = Ends>) {
        let spots = ends.map(|ends| {
            let (across, bottom) = plot.point(ends.across, ends.low);
            let top = plot.down(ends.high);
            Spot {
                across,
                bottom,
                top,
            }
        });
        let spots: Vec<Spot> = spots.collect();
        let (right, lowest) = plot.last_dots();
        let area = plot.area.intersection(buffer.area);
        let (wide, high) = plot.dots_per_cell();
        for column in 0..area.width * wide {
            let Some((top, bottom)) = between(&spots, f64::from(column).min(right)) else {
                return;
            };
            let rows = nearest(top.max(0.0))..=nearest(bottom.min(lowest));
            for row in rows.filter_map(|row| u16::try_from(row).ok()) {
                let position = (area.x + column / wide, area.y + row / high);
                self.dot(buffer, position, (column % wide, row % high, wide > 1));
            }
        }
    }

    /// Draws a dot of a cell, if it is one of those that the band consists of.
    fn dot(
        self,
        buffer: &mut Buffer,
        position: (u16, u16),
        (across, down, is_dot): (u16, u16, bool),
    ) {
        let Some(cell) = buffer.cell_mut(position) else {
            return;
        };
        if !is_dot {
            cell.set_symbol(self.ascii).set_style(self.style);
        } else if (2 * across + down) % 4 == 0 {
            let there = cell.symbol().chars().next().map_or(BLANK, u32::from);
            let bit = u32::from(BITS[usize::from(across)][usize::from(down)]);
            let symbol = char::from_u32(there.max(BLANK) | bit).unwrap_or(' ');
            cell.set_char(symbol).set_style(self.style);
        }
    }
}

/// The top and the bottom of a band in a column of dots: on the lines between the nearest two of its ends.
fn between(spots: &[Spot], column: f64) -> Option<(f64, f64)> {
    let after = spots.partition_point(|spot| spot.across < column);
    let right = spots.get(after).or(spots.last())?;
    let left = spots.get(after.saturating_sub(1)).unwrap_or(right);
    let length = right.across - left.across;
    let share = if length > 0.0 {
        (column - left.across) / length
    } else {
        0.0
    };
    let at = |from: f64, to: f64| from + (to - from) * share;
    Some((at(left.top, right.top), at(left.bottom, right.bottom)))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;
    use ratatui::layout::Rect;

    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};
    use crate::ui::style::Theme;
    use crate::ui::widget::axis::Axis;

    fn drawn(glyphs: Glyphs, ends: &[(f64, f64, f64)]) -> Vec<String> {
        let area = Rect::new(0, 0, 4, 2);
        let theme = Theme(Appearance {
            colors: Colors::None,
            glyphs,
        });
        let axis = Axis::between(0.0, 7.0);
        let plot = Plot::new(theme, area, axis, axis);
        let mut buffer = Buffer::empty(area);
        let band = Band {
            ascii: ":",
            style: Style::new(),
        };
        let ends = ends
            .iter()
            .map(|&(across, low, high)| Ends { across, low, high });
        band.draw(&mut buffer, &plot, ends);
        let rows = buffer.content().chunks(4);
        rows.map(|row| row.iter().map(Cell::symbol).collect())
            .collect()
    }

    #[test]
    fn a_band_fills_what_is_between_its_ends_with_some_of_the_dots() {
        let whole = [(0.0, 0.0, 7.0), (7.0, 0.0, 7.0)];
        assert_eq!(drawn(Glyphs::Unicode, &whole), ["⠡⠡⠡⠡", "⠡⠡⠡⠡"]);
        assert_eq!(drawn(Glyphs::Ascii, &whole), ["::::", "::::"]);
        let narrowing = [(0.0, 0.0, 7.0), (7.0, 0.0, 0.0)];
        assert_eq!(drawn(Glyphs::Unicode, &narrowing), ["⠡   ", "⠡⠡⠡ "]);
        assert_eq!(drawn(Glyphs::Unicode, &[]), ["    ", "    "]);
    }
}
