//! Neurons as pictures: each a small map of its activation over the two features of the data.
//!
//! All come from one forward pass of one grid, which is as fine as the largest of them: smaller ones leave points out.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::layout::Column;
use super::subject::Subject;
use crate::app::RunView;
use crate::data::Task;
use crate::nn::Neuron;
use crate::surface::{Map, MapArea, Plane};
use crate::ui::canvas::Canvas;

use crate::ui::style::{HALF, MapInk, Theme, Tone, active_share, cells, widest};
use crate::ui::widget::map_subject;

/// The small maps of all neurons, of the shown parameters.
pub(super) struct Pictures<'a> {
    subject: &'a Subject<'a>,
    ink: &'a MapInk,
    prediction: map_subject::Subject<'a>,
    map: Arc<Map>,
}

/// Returns the fewest rows of a picture: with half cells, two have four points.
pub(super) fn lowest(theme: Theme) -> u16 {
    if theme.has_half_cells() { 2 } else { 3 }
}

/// Returns what pictures are drawn with, if the data has two features, both numbers.
pub(super) fn ink(canvas: &Canvas, run: &RunView) -> Option<MapInk> {
    let dataset = run.dataset();
    let is_plane = run.surface.features.is_some() && dataset.features().len() == 2;
    is_plane.then(|| {
        let classes = dataset.target.classes();
        MapInk::new(canvas.theme, canvas.app.background(), classes)
    })
}

/// Returns the ink for pictures in the diagram of a training step; `None` if it has too few rows, which the numbers on the
/// edges need.
pub(super) fn ink_of_step(canvas: &Canvas, run: &RunView, rows: u16) -> Option<MapInk> {
    const LOWEST: u16 = 14;
    ink(canvas, run).filter(|_| rows >= LOWEST)
}

impl<'a> Pictures<'a> {
    /// Computes the pictures of these columns; `None` if there are none. They never take long: networks of more than 16
    /// units in a layer are not drawn as neurons.
    pub(super) fn new(subject: &'a Subject<'a>, columns: &[Column]) -> Option<Self> {
        let (ink, run) = (subject.ink.as_ref()?, subject.run);
        let pictures = columns.iter().filter(|column| column.has_pictures());
        let (width, height) = pictures
            .filter_map(|column| {
                let (_, row) = column.neurons().next()?;
                let cells = column.picture(row);
                Some((cells.width, cells.height))
            })
            .reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)))?;
        let points = (
            usize::from(width),
            usize::from(height) * subject.theme.rows_of_cell(),
        );
        let plane = run.whole_plane()?;
        let plane = Plane {
            across: plane.across.of_middles(points.0),
            up: plane.up.of_middles(points.1),
            held: plane.held,
        };
        let layers = 0..run.network.layers().len();
        let area = MapArea {
            plane,
            points,
            layers,
            samples: Vec::new(),
        };
        let shown = run.map_of((subject.network, subject.position), area)?;
        shown.of.is_none().then(|| Self {
            subject,
            ink,
            prediction: map_subject::Subject::prediction(run),
            map: shown.map,
        })
    }

    /// Draws the picture of a neuron; a tight one leaves its last row of points free, as a neighbour is below.
    pub(super) fn render(&self, buffer: &mut Buffer, cells: Rect, neuron: Neuron, is_tight: bool) {
        let theme = self.subject.theme;
        let cells = match cells.width {
            3.. if !theme.has_half_cells() => bracketed(buffer, cells),
            _ => cells,
        };
        let rows_of_cell = theme.rows_of_cell();
        let rows = usize::from(cells.height) * rows_of_cell;
        let rows = rows.saturating_sub(usize::from(is_tight));
        let size = (usize::from(cells.width), rows);
        for position in cells.intersection(buffer.area).positions() {
            let column = usize::from(position.x - cells.x);
            let row = usize::from(position.y - cells.y) * rows_of_cell;
            let tone = |row| (row < rows).then(|| self.tone(neuron, (column, row), size));
            let (symbol, style) = match tone(row) {
                None => continue,
                Some(upper) if theme.has_half_cells() => {
                    let lower = tone(row + 1).map(|tone| self.ink.color(tone));
                    (HALF, theme.half_cell(self.ink.color(upper), lower))
                }
                Some(tone) => self.ink.cell(tone),
            };
            buffer[position].set_symbol(symbol).set_style(style);
        }
    }

    /// Says in free rows at the right of the diagram what the maps of hidden neurons show, if there are such, and over which
    /// features; nowhere if no rows are free.
    pub(super) fn name_axes(&self, buffer: &mut Buffer, inner: Rect, has_hidden: bool) {
        let theme = self.subject.theme;
        let [across, up] = [0, 1].map(|at| self.subject.run.dataset().features()[at].name());
        let axes = theme.written(&format!("{across} →, {up} ↑"));
        let high = if theme.has_half_cells() {
            "light"
        } else {
            "dense"
        };
        let long = format!("{high} is high");
        let [middle, short] = [format!("hidden: {long}"), format!("hidden: {high} high")];
        let texts = if self.ink.is_one_ramp() {
            vec![vec![&*long, &axes]]
        } else if has_hidden {
            let most = vec!["hidden neurons:", &long, &axes];
            vec![most, vec![&middle, &axes], vec![&short, &axes]]
        } else {
            vec![vec![&*axes]]
        };
        let place = |texts: &Vec<&str>| {
            let (width, height) = (widest(texts), cells(texts.len()));
            let left = inner.right().saturating_sub(width).max(inner.x);
            let rows = [inner.y, inner.bottom().saturating_sub(height).max(inner.y)];
            let free = rows.into_iter().find(|&y| {
                // With a gap before it.
                let area = Rect::new(left.saturating_sub(1), y, width + 1, height);
                let mut cells = area.positions();
                area.intersection(inner) == area && cells.all(|at| buffer[at].symbol() == " ")
            });
            free.map(|y| (left, y))
        };
        let placed = texts.iter().find_map(|texts| Some((texts, place(texts)?)));
        if let Some((texts, (left, top))) = placed {
            for (text, y) in texts.iter().zip(top..) {
                buffer.set_string(left, y, text, theme.dim());
            }
        }
    }

    /// What a pixel says, of so many columns and rows from the top: the point in its middle.
    fn tone(&self, neuron: Neuron, pixel: (usize, usize), size: (usize, usize)) -> Tone {
        let grid = &self.map.grid;
        let (columns, rows) = grid.points();
        let column = (2 * pixel.0 + 1) * columns / (2 * size.0);
        let row = rows - 1 - (2 * pixel.1 + 1) * rows / (2 * size.1);
        let activation = grid.activation(column, row, neuron);
        let network = self.subject.network;
        let task = self.subject.run.dataset().target.task();
        match (task, neuron.unit) {
            (Task::Classes, class) if network.is_output(neuron) => Tone::Class {
                class,
                strength: activation,
            },
            (Task::Binary | Task::Numbers, 0) if network.is_output(neuron) => {
                self.prediction.tone(grid, (column, row))
            }
            _ => {
                let function = network.layers()[neuron.layer].activation;
                Tone::Activation(active_share(function, activation))
            }
        }
    }
}

/// Draws brackets at both sides of these cells, which show where a picture is that begins with a blank; returns the cells
/// between them.
fn bracketed(buffer: &mut Buffer, cells: Rect) -> Rect {
    for row in cells.intersection(buffer.area).rows() {
        buffer[(row.x, row.y)].set_symbol("[");
        buffer[(row.right() - 1, row.y)].set_symbol("]");
    }
    Rect {
        x: cells.x + 1,
        width: cells.width - 2,
        ..cells
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::super::tests::{drawn, lines, parameters_of, run, shown};
    use super::*;
    use crate::app::Glyphs;

    /// How active h1 of the post's network is at raw values, as plain arithmetic.
    fn h1(weight: f64, height: f64) -> f64 {
        let z = 1.04 * (weight - 135.0) + 0.61 * (height - 66.0) - 0.24;
        1.0 / (1.0 + (-z).exp())
    }

    fn people(glyphs: Glyphs) -> crate::app::App {
        let mut run = run(&[2]);
        let parameters = [1.04, 0.61, -0.6, -0.06, -0.24, 1.36, -2.49, -3.54, 1.43];
        parameters_of(&mut run).copy_from_slice(&parameters);
        shown(run, glyphs)
    }

    #[test]
    fn every_point_of_a_picture_is_the_activation_there() {
        let app = people(Glyphs::Unicode);
        let theme = Theme(app.appearance());
        let buffer = drawn(&app, 72, 20);
        let rows = lines(&buffer);
        let top = rows.iter().position(|row| row.contains("h1 ")).unwrap() + 1;
        let bottom = rows.iter().position(|row| row.contains("b1 ")).unwrap();
        let left = rows[top].chars().position(|symbol| symbol == '▀').unwrap();
        let width = rows[top].chars().skip(left);
        let width = width.take_while(|symbol| *symbol == '▀').count();
        assert!(bottom - top >= 2 && width >= 5, "{rows:#?}");
        let plane = app.run().whole_plane().unwrap();
        let height = 2 * (bottom - top);
        for row in 0..height {
            for column in 0..width {
                let cell = &buffer[(
                    u16::try_from(left + column).unwrap(),
                    u16::try_from(top + row / 2).unwrap(),
                )];
                let found = if row % 2 == 0 { cell.fg } else { cell.bg };
                let at = |pixel: usize, of: usize| (pixel as f64 + 0.5) / of as f64;
                let weight = plane.across.at(at(column, width));
                let tall = plane.up.at(1.0 - at(row, height));
                let (Color::Rgb(found, ..), Color::Rgb(expected, ..)) =
                    (found, theme.grey(h1(weight, tall)))
                else {
                    panic!("{found:?}");
                };
                // The grid is that of a larger picture: a step of the picture may lie between two of its points.
                let step = (h1(weight + 2.5, tall) - h1(weight - 2.5, tall)).abs();
                let apart = f64::from(found.abs_diff(expected)) / 180.0;
                assert!(apart <= step + 0.02, "{column} {row}: {found} {expected}");
            }
        }
    }

    #[test]
    fn without_half_cells_a_picture_has_shades() {
        let rows = lines(&drawn(&people(Glyphs::Ascii), 72, 20));
        let top = rows.iter().position(|row| row.contains("h1 ")).unwrap() + 1;
        let bottom = rows.iter().position(|row| row.contains("b1 ")).unwrap();
        for row in &rows[top..bottom] {
            assert!(row.contains("[ ") && row.contains("###]"), "{rows:#?}");
        }
    }

    #[test]
    fn what_the_pictures_are_and_their_axes_are_said_where_there_is_room() {
        for (glyphs, high, axes) in [
            (Glyphs::Unicode, "light is high", "weight →, height ↑"),
            (Glyphs::Ascii, "dense is high", "weight ->, height ^"),
        ] {
            let text = lines(&drawn(&people(glyphs), 48, 16)).join("\n");
            for said in ["hidden neurons:", high, axes] {
                assert!(text.contains(said), "{text}");
            }
        }
        // Without pictures there is nothing to say.
        let text = lines(&drawn(&people(Glyphs::Unicode), 48, 9)).join("\n");
        assert!(!text.contains("is high") && text.contains("h1 "), "{text}");
    }

    #[test]
    fn a_neuron_without_room_for_a_picture_is_shaded() {
        let app = shown(run(&[8]), Glyphs::Unicode);
        let text = lines(&drawn(&app, 72, 14)).join("\n");
        assert!(text.contains("h8 ["), "{text}");
        let text = lines(&drawn(&app, 72, 18)).join("\n");
        assert!(
            text.contains("▀▀▀▀▀ h8") && !text.contains("h8 ["),
            "{text}"
        );
    }
}
