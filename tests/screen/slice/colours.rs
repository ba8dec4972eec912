//! The colours of the loss slice.

use nnscope::app::Background;
use ratatui::style::Color;

use super::on_slice;
use crate::surface::pixels;

#[test]
fn the_colours_are_those_of_the_legend_for_the_losses() {
    let mut screen = on_slice("", 20, (120, 40));
    let background = screen.app.background();
    assert_eq!(background, Background::Dark);
    let buffer = screen.draw().clone();
    let (area, color) = pixels(&buffer);
    let slice = screen.app.run().slice.shown().unwrap().clone();
    let row = (area.right()..buffer.area.right()).map(|x| &buffer[(x, area.y)]);
    let swatches: Vec<[f64; 3]> = row
        .filter(|cell| cell.symbol() == "█")
        .map(|cell| rgb(cell.fg))
        .collect();
    assert_eq!(swatches.len(), 9);
    let (low, high) = slice.grid.range().unwrap();
    let mut compared = 0;
    for row in 0..2 * area.height {
        for column in 0..area.width {
            let Some(found) = color(column, row).map(rgb) else {
                continue;
            };
            let share = |at: u16, of: u16| (f64::from(at) + 0.5) / f64::from(of);
            let shares = [share(column, area.width), 1.0 - share(row, 2 * area.height)];
            let loss = slice.grid.interpolate(shares);
            let along = if high > 20.0 * low {
                (loss / low).ln() / (high / low).ln()
            } else {
                (loss - low) / (high - low)
            };
            let place = (along.clamp(0.0, 1.0) * 8.0).min(7.999);
            let at = (0..8).rfind(|at| f64::from(*at) <= place).unwrap_or(0_u8);
            let between = |channel: usize| {
                let [from, to] = [at, at + 1].map(|at| swatches[usize::from(at)][channel]);
                from + (to - from) * (place - f64::from(at))
            };
            let apart = (0..3).map(|channel| (found[channel] - between(channel)).abs());
            let is_line = [245.0, 10.0].iter().any(|level| found == [*level; 3]);
            let apart = apart.fold(0.0, f64::max);
            // Between two swatches the scale bends a little, and a logarithm is interpolated.
            assert!(is_line || apart < 14.0, "{column} {row} {apart}");
            compared += usize::from(!is_line);
        }
    }
    assert!(compared > 2000, "{compared}");
}

fn rgb(color: Color) -> [f64; 3] {
    let Color::Rgb(red, green, blue) = color else {
        panic!("{color:?}")
    };
    [red, green, blue].map(f64::from)
}
