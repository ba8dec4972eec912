//! Lines and dots between two axes.
//!
//! ratatui's canvas never receives a raw value, only a position in dots: it multiplies what it receives, and if that
//! overflows, its line walks through 2⁶⁴ dots.

use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::widgets::canvas::{Canvas, Context, Line, Points};

use super::axis::Axis;
use crate::app::Target;
use crate::ui::canvas;
use crate::ui::style::Theme;

/// An area with a horizontal and a vertical axis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plot {
    pub(crate) area: Rect,
    pub(crate) across: Axis,
    pub(crate) up: Axis,
    /// Across and up.
    dots_per_cell: (f64, f64),
    /// The dots below the low end of the axis.
    floor: f64,
}

impl Plot {
    pub(crate) fn new(theme: Theme, area: Rect, across: Axis, up: Axis) -> Self {
        Self {
            area,
            across,
            up,
            dots_per_cell: theme.glyph((2.0, 4.0), (1.0, 1.0)),
            floor: 0.0,
        }
    }

    /// Puts the low end of the axis in the middle of the lowest cells, where its number is: what is a little above it must
    /// not be below the number.
    pub(super) fn above_its_number(self) -> Self {
        let floor = if self.has_dots() && self.area.height > 1 {
            2.0
        } else {
            0.0
        };
        Self { floor, ..self }
    }

    /// Another plot with dots of the same size.
    pub(super) fn beside(&self, area: Rect, across: Axis, up: Axis) -> Self {
        Self {
            area,
            across,
            up,
            floor: 0.0,
            ..*self
        }
    }

    /// Whether a cell has several dots, not one character.
    pub(crate) fn has_dots(&self) -> bool {
        self.dots_per_cell.0 > 1.0
    }

    /// Returns how many dots a cell has across and up.
    pub(super) fn dots_per_cell(&self) -> (u16, u16) {
        if self.has_dots() { (2, 4) } else { (1, 1) }
    }

    /// Returns the index of the last dot across and up.
    pub(super) fn last_dots(&self) -> (f64, f64) {
        let (across, up) = self.dots_per_cell;
        (
            (f64::from(self.area.width) * across - 1.0).max(0.0),
            (f64::from(self.area.height) * up - 1.0).max(0.0),
        )
    }

    /// Returns the point of two values, in dots from the left and from the top.
    pub(crate) fn point(&self, across: f64, up: f64) -> (f64, f64) {
        let (last_across, _) = self.last_dots();
        (self.across.along(across, last_across), self.down(up))
    }

    /// Returns how many dots from the top a value is.
    pub(super) fn down(&self, up: f64) -> f64 {
        let (_, last_up) = self.last_dots();
        self.up.down(up, last_up - self.floor)
    }

    /// Returns the cell in which the canvas draws two values; values outside are at the border.
    pub(crate) fn cell(&self, across: f64, up: f64) -> (u16, u16) {
        let cell = |share: f64, (first_dot, last_dot): (f64, f64), dots_per_cell: f64| {
            let dot = first_dot + (share.clamp(0.0, 1.0) * (last_dot - first_dot)).round();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "within the area"
            )]
            let cell = (dot / dots_per_cell) as u16;
            cell
        };
        let (last_across, last_up) = self.last_dots();
        let (dots_across, dots_up) = self.dots_per_cell;
        let column = cell(self.across.share(across), (0.0, last_across), dots_across);
        let row = cell(self.up.share(up), (self.floor, last_up), dots_up);
        let Rect { x, y, height, .. } = self.area;
        (x + column, y + height.saturating_sub(1).saturating_sub(row))
    }

    /// Notes which epoch each column shows to the mouse, of a plot over the epochs.
    pub(crate) fn shows_epochs(&self, canvas: &mut canvas::Canvas) {
        let last_column = f64::from(self.area.width.saturating_sub(1)).max(1.0);
        let epoch = |column: f64| {
            let epoch = self.across.value(column / last_column).round();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a cast of a float saturates"
            )]
            let epoch = epoch as u64;
            epoch
        };
        for (column, cells) in (0..).map(f64::from).zip(self.area.columns()) {
            let reach = epoch(column + 1.0).saturating_sub(epoch(column));
            let epoch = epoch(column);
            canvas.shows(cells, Target::Epoch { epoch, reach });
        }
    }

    /// Returns a canvas of ratatui whose unit is a dot.
    pub(crate) fn drawing<'a, F: Fn(&mut Context)>(
        &self,
        marker: Marker,
        paint: F,
    ) -> Canvas<'a, F> {
        let (last_across, last_up) = self.last_dots();
        Canvas::default()
            .marker(marker)
            // An empty range would not be drawn.
            .x_bounds([0.0, last_across.max(1.0)])
            .y_bounds([0.0, last_up.max(1.0)])
            .paint(paint)
    }

    /// Draws the visible part of a line between two points.
    pub(crate) fn line(
        &self,
        context: &mut Context,
        from: (f64, f64),
        to: (f64, f64),
        color: Color,
    ) {
        if let Some((from, to)) = seen(from, to, self.last_dots()) {
            let [(x1, y1), (x2, y2)] = [from, to].map(|point| self.on_canvas(point));
            context.draw(&Line::new(x1, y1, x2, y2, color));
        }
    }

    /// Draws a vertical line from the bottom to the top.
    pub(crate) fn upright(&self, context: &mut Context, across: f64, color: Color) {
        let (_, last_up) = self.last_dots();
        let (x, _) = self.point(across, 0.0);
        self.line(context, (x, 0.0), (x, last_up), color);
    }

    /// Draws a point if it is visible.
    pub(crate) fn dot(&self, context: &mut Context, point: (f64, f64), color: Color) {
        if seen(point, point, self.last_dots()).is_some() {
            context.draw(&Points::new(&[self.on_canvas(point)], color));
        }
    }

    /// Returns the nearest dot, counted from the bottom as the canvas does.
    fn on_canvas(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (_, last_up) = self.last_dots();
        (x.round(), last_up - y.round())
    }
}

/// Returns the part of a line between the first and the last row of dots, `None` if there is none.
fn seen(
    from: (f64, f64),
    to: (f64, f64),
    (right, bottom): (f64, f64),
) -> Option<((f64, f64), (f64, f64))> {
    let (upper, lower) = if from.1 <= to.1 {
        (from, to)
    } else {
        (to, from)
    };
    if lower.1 < 0.0 || upper.1 > bottom {
        return None;
    }
    let at = |y: f64| {
        let share = (y - upper.1) / (lower.1 - upper.1);
        (upper.0 + (lower.0 - upper.0) * share, y)
    };
    let upper_end = if upper.1 < 0.0 { at(0.0) } else { upper };
    let lower_end = if lower.1 > bottom { at(bottom) } else { lower };
    let within = |(x, y): (f64, f64)| (x.clamp(0.0, right), y);
    Some((within(upper_end), within(lower_end)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::LossAxis;

    #[test]
    fn a_line_ends_where_it_leaves_the_canvas() {
        let seen = |from, to| seen(from, to, (8.0, 4.0));
        let whole = ((0.0, 1.0), (8.0, 3.0));
        assert_eq!(seen(whole.0, whole.1), Some(whole));
        assert_eq!(seen((0.0, 2.0), (8.0, 6.0)), Some(((0.0, 2.0), (4.0, 4.0))));
        assert_eq!(
            seen((8.0, 6.0), (0.0, -2.0)),
            Some(((2.0, 0.0), (6.0, 4.0)))
        );
        assert_eq!(seen((0.0, 6.0), (8.0, 9.0)), None);
        assert_eq!(seen((0.0, -2.0), (8.0, -4.0)), None);
    }

    /// Numbers of any size, including the smallest and the largest.
    fn extreme() -> impl Strategy<Value = f64> {
        let sizes = [
            0.0,
            5e-324,
            1e-308,
            1e-3,
            1.0,
            1e3,
            1e154,
            1e306,
            1e308,
            f64::MAX,
        ];
        (prop::sample::select(sizes.to_vec()), -1.0f64..1.0).prop_map(|(size, share)| size * share)
    }

    proptest! {
        #[test]
        fn a_point_is_finite_and_what_is_drawn_is_within_the_canvas(
            ends in (extreme(), extreme()),
            values in (extreme(), extreme()),
            kind in prop::sample::select(vec![LossAxis::Linear, LossAxis::Log]),
        ) {
            let area = Rect::new(0, 0, 30, 10);
            for (axis, floor) in [
                (Axis::between(ends.0, ends.1), 0.0),
                (Axis::of_losses(kind, ends.0.abs(), ends.1.abs()), 2.0),
            ] {
                let plot = Plot { area, across: axis, up: axis, dots_per_cell: (2.0, 4.0), floor };
                let points = [values.0, values.1].map(|value| plot.point(value, value));
                for (x, y) in points {
                    prop_assert!(x.is_finite() && y.is_finite(), "{:?} {:?}", axis, points);
                }
                let (column, row) = plot.cell(values.0, values.1);
                prop_assert!(column < 30 && row < 10 && axis.level(values.0, 8) <= 8);
                if let Some((from, to)) = seen(points[0], points[1], plot.last_dots()) {
                    prop_assert!([from.0, to.0].iter().all(|x| (0.0..=59.0).contains(x)), "{:?} {:?}", from, to);
                    prop_assert!([from.1, to.1].iter().all(|y| (0.0..=39.0).contains(y)), "{:?} {:?}", from, to);
                }
            }
        }
    }
}
