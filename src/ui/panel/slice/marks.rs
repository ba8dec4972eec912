//! What is drawn over a slice: the path of training, θ₀, the smallest loss, and the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::picture::Picture;
use super::scale::Scale;
use crate::session::norm;
use crate::surface::{PathPoint, Slice, SliceAxis, Span};
use crate::ui::style::{MapInk, Theme, Tone};
use crate::ui::widget::raster::{self, Raster};
use crate::ui::widget::spot::{Board, Mark};

/// The distances from the plane up to which a point is near, and not far, relative to half of its longer side.
const NEAR: f64 = 0.1;
const FAR: f64 = 0.5;

/// The signs of points of the path up to θ₀, from near to far, and of later ones.
pub(super) const PAST: [&str; 3] = ["●", "•", "·"];
pub(super) const LATER: [&str; 3] = ["○", "◦", "∘"];

/// What connects the points of a path.
const BETWEEN: &str = "·";

/// The signs of θ₀ and of the smallest loss.
pub(super) fn present(theme: Theme) -> &'static str {
    theme.glyph("✚", "+")
}

pub(super) fn smallest(theme: Theme) -> &'static str {
    theme.glyph("▼", "v")
}

/// Everything that the marks of a slice depend on.
pub(super) struct Marks<'a> {
    pub(super) theme: Theme,
    pub(super) slice: &'a Slice,
    pub(super) scale: &'a Scale,
    pub(super) picture: &'a Picture,
    pub(super) ink: &'a MapInk,
    /// Where the picture is.
    pub(super) area: Rect,
}

impl Marks<'_> {
    /// Draws all of them; what is more important is drawn later.
    pub(super) fn render(&self, buffer: &mut Buffer, cursor: Option<[f64; 2]>) {
        if self.theme.has_half_cells() {
            self.render_way(buffer);
        }
        for point in &self.slice.path {
            if let Some(position) = self.position(point.at) {
                let (symbol, style) = self.sign(point);
                buffer[position].set_symbol(symbol).set_style(style);
            }
        }
        let smallest_at = self.slice.grid.smallest().map(|(at, _)| at);
        let marks = [
            (smallest_at, Mark::Sign(smallest(self.theme))),
            (
                Some(self.slice.plane.center()),
                Mark::Sign(present(self.theme)),
            ),
            (cursor, Mark::Brackets),
        ];
        for (at, mark) in marks {
            let cells = at.map(|at| self.board().cells(self.theme, mark, at));
            for (position, symbol) in cells.into_iter().flatten() {
                self.mark(buffer, position, symbol);
            }
        }
    }

    /// Draws a sign in the text's colour in a cell of the picture.
    fn mark(&self, buffer: &mut Buffer, position: Position, symbol: &str) {
        let style = self.ink.mark(None, self.beneath(position));
        buffer[position].set_symbol(symbol).set_style(style);
    }

    fn beneath(&self, position: Position) -> Tone {
        let pixel = raster::pixel(self.area, self.theme, position);
        self.picture.tone(pixel)
    }

    /// Draws dots in the cells between neighbouring points of the path.
    fn render_way(&self, buffer: &mut Buffer) {
        let [across, up] = self.slice.grid.spans;
        let (columns, rows) = (f64::from(self.area.width), f64::from(self.area.height));
        for pair in self.slice.path.windows(2) {
            let [from, to] = [0, 1].map(|end: usize| pair[end].at);
            let cells = |span: Span, axis: usize, cells: f64| {
                (span.share(to[axis]) - span.share(from[axis])).abs() * cells
            };
            // Not more than a screen has, however far a jump goes.
            let steps = cells(across, 0, columns)
                .max(cells(up, 1, rows))
                .min(500.0)
                .ceil();
            let mut step = 1.0;
            while step < steps {
                let share = step / steps;
                let at = [0, 1].map(|axis| from[axis] * (1.0 - share) + to[axis] * share);
                if let Some(position) = self.position(at) {
                    self.mark(buffer, position, BETWEEN);
                }
                step += 1.0;
            }
        }
    }

    /// The sign of a point of the path: its colour is its true loss, or without colours for every pixel its digit, if it is
    /// not far from the plane; the nearer it is, the stronger it is.
    fn sign(&self, point: &PathPoint) -> (&'static str, Style) {
        let tone = Tone::Number(self.scale.share(point.loss).max(0.0));
        let distance = point.distance / self.reach();
        let level = usize::from(distance > NEAR) + usize::from(distance > FAR);
        let dim = [Modifier::BOLD, Modifier::empty(), Modifier::DIM][level];
        if self.theme.has_half_cells() {
            let is_later = point.epoch > self.slice.request.position.epoch;
            let symbol = if is_later { LATER } else { PAST }[level];
            let style = self.ink.mark(None, tone).remove_modifier(Modifier::BOLD);
            return (symbol, style.add_modifier(dim));
        }
        let (_, style) = self.ink.cell(tone);
        let symbol = match level {
            0 | 1 => digit(self.scale.share(point.loss)),
            _ => self.theme.glyph("·", "."),
        };
        (symbol, style.add_modifier(dim))
    }

    /// Half of the longer side of the plane, in units of the parameters.
    fn reach(&self) -> f64 {
        let halves = [0, 1].map(|axis: usize| {
            let span = self.slice.grid.spans[axis];
            let unit = match &self.slice.plane.axes[axis] {
                SliceAxis::Parameter(_) => 1.0,
                SliceAxis::Direction(direction) => norm(direction),
            };
            (span.to / 2.0 - span.from / 2.0) * unit
        });
        halves[0].max(halves[1])
    }

    /// The cell of a point of the plane; `None` outside of the picture.
    fn position(&self, at: [f64; 2]) -> Option<Position> {
        self.board().position(at)
    }

    fn board(&self) -> Board {
        Board {
            area: self.area,
            spans: self.slice.grid.spans,
        }
    }
}

/// A share of the scale as a digit from 0 to 9.
fn digit(share: f64) -> &'static str {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the digits; the cast turns NaN into 0"
    )]
    let index = (share * 10.0).clamp(0.0, 9.0) as usize;
    DIGITS[index]
}
