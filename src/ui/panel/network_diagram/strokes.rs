//! Lines between two layers, dot by dot: Braille has eight dots per cell, ASCII one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::edge::{Edge, Magnitude};
use crate::app::Glyphs;
use crate::ui::regions::Regions;
use crate::ui::style::{Theme, cells as cells_of};
use crate::ui::widget::dots::Dots;

/// The area between two layers, with what has been drawn in each of its cells.
#[derive(Debug)]
pub(super) struct Strokes<'a> {
    area: Rect,
    pen: Pen,
    /// The share below which an edge fades.
    weak: f64,
    cells: Vec<Cell<'a>>,
}

/// The resolution and the dashes of lines.
#[derive(Debug, Clone, Copy)]
struct Pen {
    /// Dots of a cell, across and up.
    across: Dots,
    up: Dots,
    /// The row of dots within a cell in which lines begin and end.
    middle: u16,
    /// The length of a dash in dots; a gap fills the rest of the period.
    dash: i32,
    period: i32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell<'a> {
    /// A bit for each dot, numbered as in Unicode's Braille patterns.
    dots: u8,
    /// The edge that was drawn last.
    edge: Option<&'a Edge>,
    /// Whether edges without a common neuron meet here.
    is_crossing: bool,
}

impl Pen {
    const BRAILLE: Self = Self {
        across: Dots::of_cell(2),
        up: Dots::of_cell(4),
        middle: 1,
        dash: 4,
        period: 6,
    };
    const ASCII: Self = Self {
        across: Dots::of_cell(1),
        up: Dots::of_cell(1),
        middle: 0,
        dash: 2,
        period: 3,
    };

    /// The dots of an edge through an area of this many columns.
    fn dots(self, edge: &Edge, columns: u16) -> u32 {
        let across = columns * self.across.count();
        let down = edge.from.abs_diff(edge.to) * self.up.count();
        u32::from(across.max(down)) * u32::from(edge.magnitude().thickness())
    }

    fn row(self, cell_row: u16) -> i32 {
        i32::from(cell_row) * i32::from(self.up.count()) + i32::from(self.middle)
    }
}

/// Returns the share of an area that the dots of an edge cover, if it crosses no other.
pub(super) fn covered(edge: &Edge, area: Rect) -> f64 {
    let pen = Pen::BRAILLE;
    let of_cell = f64::from(pen.across.count() * pen.up.count());
    f64::from(pen.dots(edge, area.width)) / (of_cell * f64::from(area.area().max(1)))
}

/// A way along one axis, in as many steps as the longer of two has dots.
#[derive(Clone, Copy)]
struct Walk {
    span: i32,
    steps: i32,
}

impl Walk {
    /// Returns where it is after a step. Rounded rather than truncated, so that a line is symmetric.
    fn at(self, step: i32) -> i32 {
        let Self { span, steps } = self;
        if span == steps {
            // Of the longer way, without a division.
            return step;
        }
        (2 * span * step + span.signum() * steps) / (2 * steps)
    }
}

/// The bits of Unicode's Braille patterns, by row and column in the cell.
const BRAILLE_BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

impl<'a> Strokes<'a> {
    pub(super) fn new(area: Rect, glyphs: Glyphs, weak: f64) -> Self {
        let pen = match glyphs {
            Glyphs::Unicode => Pen::BRAILLE,
            Glyphs::Ascii => Pen::ASCII,
        };
        let cells = usize::from(area.width) * usize::from(area.height);
        Self {
            area,
            pen,
            weak,
            cells: vec![Cell::default(); cells],
        }
    }

    /// Draws an edge from the left to the right of the area, on top of what is there.
    pub(super) fn draw(&mut self, edge: &'a Edge) {
        let width = i32::from(self.area.width) * i32::from(self.pen.across.count()) - 1;
        let (top, bottom) = (self.pen.row(edge.from), self.pen.row(edge.to));
        let steps = width.max((bottom - top).abs()).max(1);
        let [across, down] = [width, bottom - top].map(|span| Walk { span, steps });
        let is_steep = (bottom - top).abs() > width;
        let thickness = match self.pen.up.count() {
            1 => 1,
            _ => i32::from(edge.magnitude().thickness()),
        };
        let thickness = -(thickness - 1) / 2..=thickness / 2;
        let dash = match edge.number {
            // A weight of 0 connects nothing: a few dots only.
            0.0 => 1,
            ..0.0 => self.pen.dash,
            _ => self.pen.period,
        };
        let period = self.pen.period;
        let in_dash = |step: &i32| step % period < dash;
        for step in (0..=steps).filter(in_dash) {
            let (x, y) = (across.at(step), top + down.at(step));
            for offset in thickness.clone() {
                if is_steep {
                    self.dot(x + offset, y, edge);
                } else {
                    self.dot(x, y + offset, edge);
                }
            }
        }
    }

    /// Sets one dot, unless it is outside the area.
    fn dot(&mut self, x: i32, y: i32, edge: &'a Edge) {
        let (Ok(x), Ok(y)) = (u16::try_from(x), u16::try_from(y)) else {
            return;
        };
        let (column, dot_across) = self.pen.across.place(x);
        let (row, dot_down) = self.pen.up.place(y);
        if column >= self.area.width || row >= self.area.height {
            return;
        }
        let cell = usize::from(row) * usize::from(self.area.width) + usize::from(column);
        let cell = &mut self.cells[cell];
        cell.dots |= BRAILLE_BITS[usize::from(dot_down)][usize::from(dot_across)];
        cell.is_crossing |= cell
            .edge
            .is_some_and(|other| other.from != edge.from && other.to != edge.to);
        cell.edge = Some(edge);
    }

    /// Writes the cells to the screen, in the colours of the edges' signs.
    pub(super) fn render(&self, buffer: &mut Buffer, theme: Theme) {
        for (position, cell) in self.area.positions().zip(&self.cells) {
            if let (Some(edge), Some(target)) = (cell.edge, buffer.cell_mut(position)) {
                let glyph = theme.glyph(braille(cell.dots), ascii(cell, edge));
                let style = match (edge.is_chosen, edge.is_in_focus) {
                    (true, _) => theme.strong(),
                    (false, true) if edge.share >= self.weak => theme.signed(edge.number),
                    (false, _) => theme.signed(edge.number).patch(theme.dim()),
                };
                target.set_char(glyph).set_style(style);
            }
        }
    }
}

impl Strokes<'_> {
    /// Notes which edge each cell shows.
    pub(super) fn note(&self, regions: &mut Regions) {
        let width = usize::from(self.area.width).max(1);
        for (mut rest, cells) in self.area.rows().zip(self.cells.chunks(width)) {
            let weight = |cell: &Cell| cell.edge.map(|edge| edge.weight);
            for run in cells.chunk_by(|one, other| weight(one) == weight(other)) {
                let width = cells_of(run.len());
                if let Some(edge) = run[0].edge {
                    regions.add(Rect { width, ..rest }, edge.target());
                }
                rest.x += width;
            }
        }
    }
}

fn braille(dots: u8) -> char {
    char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' ')
}

fn ascii(cell: &Cell, edge: &Edge) -> char {
    match edge.magnitude() {
        _ if cell.is_crossing => '+',
        _ if edge.number == 0.0 => '.',
        Magnitude::Large => '#',
        Magnitude::Medium => '=',
        Magnitude::Small if edge.from < edge.to => '\\',
        Magnitude::Small if edge.from > edge.to => '/',
        Magnitude::Small => '-',
    }
}
