//! How large the cells of a weight are, and how wide the matrices: as large as lets every weight be seen.

use crate::nn::Layer;
use crate::ui::style::{Theme, cells, width};

/// The columns between two matrices.
const GAP: u16 = 2;

/// The column between the weights and the activation, for the mark of the chosen neuron.
const MARK: u16 = 1;

/// Room for the text below a matrix that leaves something out, where others do not need it.
const ROOM_FOR_TEXT: u16 = 14;

/// The size of a weight in columns, and in points, of which a line has as many as the terminal can show in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) across: u16,
    down: u16,
}

const fn size(across: u16, down: u16) -> Size {
    Size { across, down }
}

/// The smallest size.
const CELL: Size = size(1, 1);

/// The sizes with half cells and without, the largest first; one that is flat still shows a weight larger.
const SIZES_OF_HALVES: [Size; 4] = [size(4, 4), size(2, 2), size(2, 1), CELL];
const SIZES_OF_CELLS: [Size; 3] = [size(4, 2), size(2, 1), CELL];

impl Size {
    /// How many neurons a line shows, and how many lines one neuron takes.
    pub(super) fn of_lines(self, theme: Theme) -> (usize, u16) {
        let points = cells(theme.rows_of_cell());
        let units = usize::from((points / self.down).max(1));
        (units, (self.down / points).max(1))
    }

    /// Returns the lines of so many neurons whose rows are in so many parts, with a free line between two.
    pub(super) fn lines_of(self, theme: Theme, units: usize, parts: usize) -> usize {
        let (per_line, lines) = self.of_lines(theme);
        parts * (units.div_ceil(per_line) * usize::from(lines) + 1) - 1
    }

    /// The columns that a row has right of its weights.
    fn beside(self) -> usize {
        usize::from(MARK + self.across)
    }
}

/// Returns the rows that all neurons need, with a heading and the line that shows what is left out.
pub(super) fn height(theme: Theme, layers: &[Layer]) -> u16 {
    let most = layers.iter().map(|layer| layer.units).max();
    cells(CELL.lines_of(theme, most.unwrap_or_default(), 1) + 2)
}

/// Returns the heading of a layer.
pub(super) fn heading(theme: Theme, layer: &Layer) -> String {
    let (fan_in, units) = (layer.fan_in, layer.units);
    format!("{fan_in}{}{units}", theme.glyph("→", ">"))
}

/// The arrangement of all matrices.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) size: Size,
    pub(super) matrices: Vec<Matrix>,
}

/// The place of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Matrix {
    /// Columns from the left of the area.
    pub(super) left: u16,
    pub(super) width: u16,
    /// The sources that a row shows.
    pub(super) sources: usize,
    /// In how many parts, one below another, a long row is folded.
    pub(super) parts: usize,
}

impl Plan {
    /// Finds the largest size in which every weight is seen; without one, matrices share the width.
    pub(super) fn new(theme: Theme, layers: &[Layer], (width, height): (u16, u16)) -> Self {
        let sizes: &[Size] = if theme.has_half_cells() {
            &SIZES_OF_HALVES
        } else {
            &SIZES_OF_CELLS
        };
        let gaps = GAP * cells(layers.len().saturating_sub(1));
        let room = width.saturating_sub(gaps);
        // Below the heading; the line that shows what is left out is not needed.
        let lines = usize::from(height.saturating_sub(1));
        let whole = sizes.iter().find_map(|&size| {
            let matrices = whole((theme, size), layers, (room, lines))?;
            Some(Self { size, matrices })
        });
        let mut plan = whole.unwrap_or_else(|| Self {
            size: CELL,
            matrices: parts_of(theme, layers, (room, lines)),
        });
        let mut left = 0;
        for matrix in &mut plan.matrices {
            matrix.left = left;
            left += matrix.width + GAP;
        }
        plan
    }
}

/// Returns matrices that show every weight, `None` if there is no room.
fn whole(
    (theme, size): (Theme, Size),
    layers: &[Layer],
    (room, lines): (u16, usize),
) -> Option<Vec<Matrix>> {
    let has_lines = |layer: &Layer| size.lines_of(theme, layer.units, 1) <= lines;
    if !layers.iter().all(has_lines) {
        return None;
    }
    let matrices = folded((theme, size), layers, (room, lines));
    (all_widths(&matrices) <= usize::from(room)).then_some(matrices)
}

fn all_widths(matrices: &[Matrix]) -> usize {
    let widths = matrices.iter().map(|matrix| usize::from(matrix.width));
    widths.sum()
}

/// Returns matrices with whole rows, the widest of which is folded until all have their width or none can be narrower.
fn folded(
    (theme, size): (Theme, Size),
    layers: &[Layer],
    (room, lines): (u16, usize),
) -> Vec<Matrix> {
    let folded = |layer: &Layer, parts: usize| {
        let sources = layer.fan_in.div_ceil(parts);
        let cells_of_row = sources * usize::from(size.across) + size.beside();
        let width = cells(cells_of_row).max(width(&heading(theme, layer)));
        Matrix {
            left: 0,
            width,
            sources,
            parts,
        }
    };
    // A line is free between two parts.
    let has_lines = |layer: &Layer, parts| size.lines_of(theme, layer.units, parts) <= lines;
    let mut matrices: Vec<Matrix> = layers.iter().map(|layer| folded(layer, 1)).collect();
    while all_widths(&matrices) > usize::from(room) {
        let narrower =
            matrices
                .iter()
                .zip(layers)
                .enumerate()
                .filter_map(|(index, (matrix, layer))| {
                    let parts = matrix.parts + 1;
                    let next = folded(layer, parts);
                    (has_lines(layer, parts) && next.width < matrix.width).then_some((index, next))
                });
        let Some((index, next)) = narrower.max_by_key(|(index, _)| matrices[*index].width) else {
            break;
        };
        matrices[index] = next;
    }
    matrices
}

/// Returns matrices that share the width evenly; one that needs less leaves the rest to the others. Long rows are folded
/// where that has lines.
fn parts_of(theme: Theme, layers: &[Layer], (room, lines): (u16, usize)) -> Vec<Matrix> {
    let mut matrices = folded((theme, CELL), layers, (room, lines));
    let mut order: Vec<usize> = (0..matrices.len()).collect();
    order.sort_by_key(|index| matrices[*index].width);
    let (mut room, mut others) = (room, cells(matrices.len()));
    for index in order.iter().copied() {
        let matrix = &mut matrices[index];
        let share = room / others;
        if matrix.width > share {
            matrix.width = share;
            matrix.sources = usize::from(share)
                .saturating_sub(CELL.beside())
                .min(layers[index].fan_in);
            matrix.parts = 1;
        }
        room -= matrix.width;
        others -= 1;
    }
    for index in order {
        let matrix = &mut matrices[index];
        let free = ROOM_FOR_TEXT.saturating_sub(matrix.width).min(room);
        matrix.width += free;
        room -= free;
    }
    matrices
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::run;
    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};

    fn plan(hidden: &[usize], colors: Colors, size: (u16, u16)) -> Plan {
        let theme = Theme(Appearance {
            colors,
            glyphs: Glyphs::Unicode,
        });
        Plan::new(theme, run(hidden).network.layers(), size)
    }

    #[test]
    fn weights_are_as_large_as_lets_all_of_them_be_seen() {
        for (room, expected) in [
            ((200, 70), size(4, 4)),
            ((150, 33), size(2, 2)),
            ((118, 20), size(2, 1)),
            ((70, 19), CELL),
        ] {
            let plan = plan(&[32, 32], Colors::True, room);
            assert_eq!(plan.size, expected, "{room:?}");
            let sources = [2, 32, 32].into_iter().zip(&plan.matrices);
            for (sources, matrix) in sources {
                assert!(matrix.sources * matrix.parts >= sources, "{room:?}");
            }
        }
        // Without half cells, a neuron takes a line at least.
        assert_eq!(plan(&[32, 32], Colors::None, (118, 34)).size, size(2, 1));
    }

    #[test]
    fn a_matrix_without_room_takes_what_the_narrow_ones_leave() {
        let widths = |room| {
            let plan = plan(&[32, 32], Colors::True, (room, 12));
            let widths = plan.matrices.iter().map(|matrix| matrix.width);
            widths.collect::<Vec<u16>>()
        };
        // All of 32→32 and, in two parts, all of 32→1; what is left is for the text below 2→32.
        assert_eq!(widths(70), [14, 34, 18]);
        assert_eq!(widths(100), [14, 34, 34]);
        assert_eq!(widths(46), [4, 30, 8]);
        assert_eq!(widths(4), [0, 0, 0]);
    }

    #[test]
    fn any_matrices_fit_any_room() {
        for hidden in [&[40][..], &[200, 17], &[17; 40]] {
            for width in 0..90 {
                for height in 0..40 {
                    let plan = plan(hidden, Colors::True, (width, height));
                    let seen = plan.matrices.iter().filter(|matrix| matrix.width > 0);
                    assert!(
                        seen.clone()
                            .all(|matrix| matrix.left + matrix.width <= width)
                    );
                }
            }
        }
    }
}
