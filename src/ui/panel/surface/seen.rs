//! What is seen of a map in its panel.

use ratatui::layout::Rect;

use super::pixels;
use super::points::{self, Marks};
use crate::app::{RunView, ShownMap};
use crate::surface::Plane;
use crate::ui::canvas::Canvas;
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::plane_axes;

/// What a map shows, and of which samples it was asked.
pub(super) struct Seen {
    /// Where it is, without borders and axes.
    pub(super) inner: Rect,
    pub(super) samples: Vec<usize>,
    /// `None` as long as there is nothing of it.
    pub(super) shown: Option<ShownMap>,
}

impl Seen {
    /// The map in a panel of this area.
    pub(super) fn within(canvas: &Canvas, area: Rect, subject: &Subject, plane: &Plane) -> Self {
        let (run, theme) = (canvas.app.run(), canvas.theme);
        let inner = theme
            .panel("")
            .inner(area)
            .intersection(canvas.frame.area());
        let inner = plane_axes::inner(inner, plane.up);
        let samples = if canvas.app.shows_data() {
            points::asked(run, inner)
        } else {
            Vec::new()
        };
        let shown = pixels::map(run, theme, subject, plane, (inner, samples.clone()));
        Self {
            inner,
            samples,
            shown,
        }
    }

    /// The samples that are marked on it.
    pub(super) fn marks(&self, run: &RunView, plane: &Plane) -> Marks {
        let map = self.shown.as_ref().map(|shown| &shown.map);
        let cells = (self.inner, &*self.samples);
        map.map_or_else(Marks::default, |map| Marks::new(run, plane, map, cells))
    }
}
