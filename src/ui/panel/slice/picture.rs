//! The losses of a slice as pixels.

use super::scale::Scale;
use crate::surface::LossGrid;
use crate::ui::style::Tone;
use crate::ui::widget::raster::{Pixel, Raster};

/// What is not finite looks like nothing.
const OVERFLOWED: Tone = Tone::Class {
    class: 0,
    strength: 0.0,
};

/// A picture of the losses of a slice, with lines of equal loss.
pub(super) struct Picture {
    size: (usize, usize),
    /// How far along the scale each pixel is, row by row from the top; NaN if its loss is not finite.
    shares: Vec<f64>,
    /// Where the lines are along the scale.
    lines: Vec<f64>,
}

impl Picture {
    /// Interpolates the losses at the middle of each pixel.
    pub(super) fn new(grid: &LossGrid, scale: &Scale, size @ (columns, rows): Pixel) -> Self {
        let grid = grid.map(|loss| scale.share(loss));
        let middle = |index: usize, of: usize| (index as f64 + 0.5) / of as f64;
        let pixels = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let shares = pixels.map(|(column, row)| {
            grid.interpolate([middle(column, columns), 1.0 - middle(row, rows)])
        });
        let (shares, lines): (Vec<f64>, _) = (shares.collect(), scale.lines());
        Self {
            size,
            shares,
            lines,
        }
    }

    fn share(&self, (column, row): Pixel) -> f64 {
        let share = self.shares.get(row * self.size.0 + column);
        share.copied().unwrap_or(f64::NAN)
    }
}

impl Raster for Picture {
    fn size(&self) -> (usize, usize) {
        self.size
    }

    fn tone(&self, pixel: Pixel) -> Tone {
        let share = self.share(pixel);
        if share.is_nan() {
            return OVERFLOWED;
        }
        Tone::Number(share)
    }

    fn tone_of_line(&self, pixel: Pixel) -> Tone {
        // All of a line has one colour, however steep the slope is that it crosses.
        Tone::Number(nearest_line(&self.lines, self.share(pixel)).unwrap_or(0.0))
    }

    fn side(&self, pixel: Pixel) -> (usize, f64) {
        side(&self.lines, self.share(pixel))
    }
}

/// How many lines are below a share of the scale, and how far it is from the nearest one.
fn side(lines: &[f64], share: f64) -> (usize, f64) {
    let below = lines.iter().filter(|line| share > **line).count();
    let nearest = nearest_line(lines, share);
    (
        below,
        nearest.map_or(f64::INFINITY, |line| (share - line).abs()),
    )
}

/// Where the line that is nearest to a share of the scale is.
fn nearest_line(lines: &[f64], share: f64) -> Option<f64> {
    let distance = |line: &f64| (share - line).abs();
    let lines = lines.iter().copied();
    lines.min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
