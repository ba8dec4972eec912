//! The shapes of the characters that are pictures rather than letters: Braille dots, blocks, the lines of boxes, and
//! the marks of right, wrong and here.

/// The size of a cell, in pixels.
pub(super) const CELL: (u16, u16) = (9, 18);
const WIDTH: f32 = CELL.0 as f32;
const HEIGHT: f32 = CELL.1 as f32;

/// The widths of lines and dots, in pixels.
const THIN: f32 = 1.2;
const THICK: f32 = 2.4;
const DOT: f32 = 2.8;
const MARK: f32 = 1.6;

/// What a character looks like, in its cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Glyph {
    /// Rectangles: left, top, width and height; and how much of what is behind they cover, 0 to 1.
    Surfaces { rects: Vec<[f32; 4]>, shade: f32 },
    /// Lines: where they begin, and how far they go to the right and down. A dot goes nowhere.
    Strokes { lines: Vec<[f32; 4]>, width: f32 },
}

/// The shape of a character; `None` if it is a letter.
pub(super) fn glyph(symbol: &str) -> Option<Glyph> {
    let mut characters = symbol.chars();
    let character = characters.next().filter(|_| characters.next().is_none())?;
    match character {
        '\u{2800}'..='\u{28ff}' => Some(braille(u32::from(character) - 0x2800)),
        '\u{2580}'..='\u{259f}' => block(character),
        '\u{2500}'..='\u{257f}' => line(character),
        '✓' => Some(mark([[1.5, 9.5, 2.2, 3.5], [3.7, 13.0, 3.8, -8.0]])),
        '✚' => Some(mark([[4.5, 5.5, 0.0, 7.0], [1.2, 9.0, 6.6, 0.0]])),
        '✗' => Some(mark([[1.7, 5.5, 5.6, 7.5], [1.7, 13.0, 5.6, -7.5]])),
        _ => None,
    }
}

fn mark(lines: [[f32; 4]; 2]) -> Glyph {
    Glyph::Strokes {
        lines: lines.into(),
        width: MARK,
    }
}

/// Dots 1 to 8 are the bits from the lowest on: three down the left, three down the right, then the lowest row.
fn braille(bits: u32) -> Glyph {
    const PLACES: [(u8, u8); 8] = [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (1, 2),
        (0, 3),
        (1, 3),
    ];
    let dots = PLACES
        .iter()
        .enumerate()
        .filter(|(bit, _)| bits >> bit & 1 == 1);
    let dots = dots.map(|(_, &(column, row))| {
        let x = WIDTH * (0.25 + 0.5 * f32::from(column));
        let y = HEIGHT * (0.125 + 0.25 * f32::from(row));
        [x, y, 0.0, 0.0]
    });
    Glyph::Strokes {
        lines: dots.collect(),
        width: DOT,
    }
}

fn block(character: char) -> Option<Glyph> {
    // The blocks are 32 characters.
    let from = |first: u32| u8::try_from(u32::from(character).abs_diff(first)).unwrap_or_default();
    let part = |eighths: u8, of: f32| f32::from(eighths) / 8.0 * of;
    let (rects, shade) = match character {
        '▀' => (vec![[0.0, 0.0, WIDTH, HEIGHT / 2.0]], 1.0),
        '▁'..='█' => {
            let height = part(from(0x2580), HEIGHT);
            (vec![[0.0, HEIGHT - height, WIDTH, height]], 1.0)
        }
        '▉'..='▏' => (vec![[0.0, 0.0, part(from(0x2590), WIDTH), HEIGHT]], 1.0),
        '▐' => (vec![[WIDTH / 2.0, 0.0, WIDTH / 2.0, HEIGHT]], 1.0),
        '░'..='▓' => (
            vec![[0.0, 0.0, WIDTH, HEIGHT]],
            0.25 * f32::from(from(0x2590)),
        ),
        '▔' => (vec![[0.0, 0.0, WIDTH, HEIGHT / 8.0]], 1.0),
        '▕' => (vec![[WIDTH - WIDTH / 8.0, 0.0, WIDTH / 8.0, HEIGHT]], 1.0),
        _ => (quadrants(character)?, 1.0),
    };
    Some(Glyph::Surfaces { rects, shade })
}

/// The quarters of a cell that are filled.
fn quadrants(character: char) -> Option<Vec<[f32; 4]>> {
    // Upper left, upper right, lower left, lower right.
    let filled = match character {
        '▖' => [false, false, true, false],
        '▗' => [false, false, false, true],
        '▘' => [true, false, false, false],
        '▙' => [true, false, true, true],
        '▚' => [true, false, false, true],
        '▛' => [true, true, true, false],
        '▜' => [true, true, false, true],
        '▝' => [false, true, false, false],
        '▞' => [false, true, true, false],
        '▟' => [false, true, true, true],
        _ => return None,
    };
    let (width, height) = (WIDTH / 2.0, HEIGHT / 2.0);
    let places = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)];
    let filled = places
        .iter()
        .zip(filled)
        .filter(|(_, is_filled)| *is_filled);
    Some(filled.map(|(&(x, y), _)| [x, y, width, height]).collect())
}

/// The lines of boxes: from the middle of the cell to its edges.
fn line(character: char) -> Option<Glyph> {
    // Left, right, up, down.
    let arms = match character {
        '─' | '━' | '╌' | '╍' | '┄' | '┅' | '┈' | '┉' => [true, true, false, false],
        '│' | '┃' | '╎' | '╏' | '┆' | '┇' | '┊' | '┋' => [false, false, true, true],
        '┌' | '╭' | '┏' => [false, true, false, true],
        '┐' | '╮' | '┓' => [true, false, false, true],
        '└' | '╰' | '┗' => [false, true, true, false],
        '┘' | '╯' | '┛' => [true, false, true, false],
        '├' | '┣' => [false, true, true, true],
        '┤' | '┫' => [true, false, true, true],
        '┬' | '┳' => [true, true, false, true],
        '┴' | '┻' => [true, true, true, false],
        '┼' | '╋' => [true, true, true, true],
        '╴' => [true, false, false, false],
        '╶' => [false, true, false, false],
        '╵' => [false, false, true, false],
        '╷' => [false, false, false, true],
        '╱' => return Some(thin(vec![[0.0, HEIGHT, WIDTH, -HEIGHT]])),
        '╲' => return Some(thin(vec![[0.0, 0.0, WIDTH, HEIGHT]])),
        _ => return None,
    };
    let dashes = match character {
        '╌' | '╍' | '╎' | '╏' => 2_u8,
        '┄' | '┅' | '┆' | '┇' => 3,
        '┈' | '┉' | '┊' | '┋' => 4,
        _ => return Some(solid(character, arms)),
    };
    let lines = (0..dashes).map(|dash| {
        // Each dash is half of its share.
        let begins = (f32::from(dash) + 0.25) / f32::from(dashes);
        let length = 0.5 / f32::from(dashes);
        if arms[0] {
            [begins * WIDTH, HEIGHT / 2.0, length * WIDTH, 0.0]
        } else {
            [WIDTH / 2.0, begins * HEIGHT, 0.0, length * HEIGHT]
        }
    });
    Some(Glyph::Strokes {
        lines: lines.collect(),
        width: width_of(character),
    })
}

fn solid(character: char, [left, right, up, down]: [bool; 4]) -> Glyph {
    let (x, y) = (WIDTH / 2.0, HEIGHT / 2.0);
    let arms = [
        (left, [x, y, -x, 0.0]),
        (right, [x, y, x, 0.0]),
        (up, [x, y, 0.0, -y]),
        (down, [x, y, 0.0, y]),
    ];
    let drawn = arms.into_iter().filter(|(is_drawn, _)| *is_drawn);
    Glyph::Strokes {
        lines: drawn.map(|(_, line)| line).collect(),
        width: width_of(character),
    }
}

fn thin(lines: Vec<[f32; 4]>) -> Glyph {
    Glyph::Strokes { lines, width: THIN }
}

fn width_of(character: char) -> f32 {
    let is_thick = "━┃╍╏┅┇┉┋┏┓┗┛┣┫┳┻╋".contains(character);
    if is_thick { THICK } else { THIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces(symbol: &str) -> (Vec<[f32; 4]>, f32) {
        match glyph(symbol) {
            Some(Glyph::Surfaces { rects, shade }) => (rects, shade),
            other => panic!("{symbol}: {other:?}"),
        }
    }

    fn strokes(symbol: &str) -> Vec<[f32; 4]> {
        match glyph(symbol) {
            Some(Glyph::Strokes { lines, .. }) => lines,
            other => panic!("{symbol}: {other:?}"),
        }
    }

    #[test]
    fn blocks_fill_their_part_of_the_cell() {
        assert_eq!(surfaces("█"), (vec![[0.0, 0.0, 9.0, 18.0]], 1.0));
        assert_eq!(surfaces("▄"), (vec![[0.0, 9.0, 9.0, 9.0]], 1.0));
        assert_eq!(surfaces("▁"), (vec![[0.0, 15.75, 9.0, 2.25]], 1.0));
        assert_eq!(surfaces("▌"), (vec![[0.0, 0.0, 4.5, 18.0]], 1.0));
        assert_eq!(surfaces("▏"), (vec![[0.0, 0.0, 1.125, 18.0]], 1.0));
        assert_eq!(surfaces("▒"), (vec![[0.0, 0.0, 9.0, 18.0]], 0.5));
        assert_eq!(surfaces("▚").0.len(), 2);
    }

    #[test]
    fn braille_has_its_dots() {
        assert_eq!(strokes("⣿").len(), 8);
        assert_eq!(strokes("⠁"), [[2.25, 2.25, 0.0, 0.0]]);
        assert_eq!(strokes("⢀"), [[6.75, 15.75, 0.0, 0.0]]);
        assert_eq!(strokes("⠀"), [[0.0; 4]; 0]);
    }

    #[test]
    fn lines_meet_at_the_edges_of_their_cells() {
        assert_eq!(strokes("─"), [[4.5, 9.0, -4.5, 0.0], [4.5, 9.0, 4.5, 0.0]]);
        assert_eq!(strokes("┌"), [[4.5, 9.0, 4.5, 0.0], [4.5, 9.0, 0.0, 9.0]]);
        assert_eq!(strokes("┼").len(), 4);
        assert_eq!(strokes("╌").len(), 2);
        assert_eq!(glyph("a"), None);
        assert_eq!(glyph("ab"), None);
    }
}
