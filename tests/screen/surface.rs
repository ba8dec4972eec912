//! The Surface view: the map, its legend, its cursor.

mod marks;
mod room;

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Background, Colors, Glyphs, Held, Shown, View};
use nnscope::trainer::RunState;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use crate::test_screen::TestScreen;

/// The screen of some data with the map, paused.
pub(crate) fn on_map(options: &str, (width, height): (u16, u16)) -> TestScreen {
    let mut screen = TestScreen::at_epoch_of(20, options);
    screen.tell(RunState::Paused);
    screen.resize(width, height);
    screen.press('3');
    assert_eq!(screen.app.view(), View::Surface);
    screen
}

/// The cells that show two points each, and the colours of the points from the top, row by row.
pub(crate) fn pixels(buffer: &Buffer) -> (Rect, impl Fn(u16, u16) -> Option<Color>) {
    let is_pixel = |position: &Position| buffer[*position].symbol() == "▀";
    let all = buffer.area.positions().filter(is_pixel);
    let area = all.fold(None, |area: Option<Rect>, Position { x, y }| {
        let cell = Rect::new(x, y, 1, 1);
        Some(area.map_or(cell, |area| area.union(cell)))
    });
    let area = area.expect("a map");
    let color = move |column: u16, row: u16| {
        let position = Position::new(area.x + column, area.y + row / 2);
        let cell = is_pixel(&position).then(|| &buffer[position])?;
        Some(if row.is_multiple_of(2) {
            cell.fg
        } else {
            cell.bg
        })
    };
    (area, color)
}

/// The raw values in the middle of a pixel.
pub(crate) fn point(screen: &TestScreen, area: Rect, column: u16, row: u16) -> Vec<f64> {
    let plane = screen.app.run().plane().unwrap();
    let share = |at: u16, of: u16| (f64::from(at) + 0.5) / f64::from(of);
    let (across, up) = (share(column, area.width), share(row, 2 * area.height));
    let value = |from: f64, to: f64, share: f64| from + (to - from) * share;
    let across = value(plane.across.from, plane.across.to, across);
    plane.point(across, value(plane.up.to, plane.up.from, up))
}

fn rgb(color: Color) -> [f64; 3] {
    let Color::Rgb(red, green, blue) = color else {
        panic!("{color:?}")
    };
    [red, green, blue].map(f64::from)
}

const LINE: Color = Color::Rgb(0xF5, 0xF5, 0xF5);

/// The colours of the legend in a row of the screen, from left to right.
fn swatches(buffer: &Buffer, from: Position) -> Vec<Color> {
    let row = (from.x..buffer.area.right()).map(|x| &buffer[(x, from.y)]);
    row.filter(|cell| cell.symbol() == "█")
        .map(|cell| cell.fg)
        .collect()
}

#[test]
fn the_colours_of_the_map_are_those_of_the_legend_for_what_the_network_says() {
    for options in [
        "",
        "--data xor --samples 60 --hidden 4",
        "--data spiral --samples 50 --hidden 5",
    ] {
        let mut screen = on_map(options, (80, 24));
        let buffer = screen.draw().clone();
        let (area, color) = pixels(&buffer);
        // Below the scores.
        let legend = Position::new(area.right() + 2, area.y + 1);
        let swatches = swatches(&buffer, legend);
        // Class 0 from sure to undecided, the line, class 1 from undecided to sure.
        let sure = [swatches[0], swatches[10]].map(rgb);
        let half = [swatches[2], swatches[8]].map(rgb);
        assert_eq!(swatches[5], LINE);
        let mut compared = 0;
        for row in 0..2 * area.height {
            for column in 0..area.width {
                let Some(color) = color(column, row).filter(|color| *color != LINE) else {
                    continue;
                };
                let p = screen
                    .app
                    .run()
                    .outputs_for(&point(&screen, area, column, row))[0];
                let class = usize::from(p >= 0.5);
                let strength = 2.0 * (p - 0.5).abs();
                for (at, level) in rgb(color).into_iter().enumerate() {
                    // The legend has the colours of 0.5 and of 1; all others lie on the line through them.
                    let none = 2.0 * half[class][at] - sure[class][at];
                    let expected = none + strength * (sure[class][at] - none);
                    assert!(
                        (level - expected).abs() < 3.5,
                        "{options} {column} {row} {p} {color:?}"
                    );
                }
                compared += 1;
            }
        }
        assert!(compared > 500, "{compared}");
    }
}

#[test]
fn the_line_is_where_the_prediction_changes() {
    for options in [
        "",
        "--data circle --samples 60 --hidden 4",
        "--data xor --samples 60 --hidden 4",
    ] {
        let mut screen = on_map(
            &format!("--learning-rate 0.5 --epochs 60 {options}"),
            (120, 40),
        );
        let buffer = screen.draw().clone();
        let (area, color) = pixels(&buffer);
        let (columns, rows) = (area.width, 2 * area.height);
        let p = |column, row| {
            screen
                .app
                .run()
                .outputs_for(&point(&screen, area, column, row))[0]
        };
        let p: Vec<Vec<f64>> = (0..rows)
            .map(|row| (0..columns).map(|column| p(column, row)).collect())
            .collect();
        let at = |column: u16, row: u16| p[usize::from(row)][usize::from(column)];
        let mut changes = 0;
        for row in 1..rows {
            for column in 1..columns {
                let here = [(column, row), (column - 1, row), (column, row - 1)];
                let colors = here.map(|(column, row)| color(column, row));
                let values = here.map(|(column, row)| at(column, row));
                for other in [1, 2] {
                    let changes_side = (values[0] >= 0.5) != (values[other] >= 0.5);
                    let [Some(one), Some(two)] = [colors[0], colors[other]] else {
                        continue;
                    };
                    if changes_side {
                        changes += 1;
                        assert!(
                            [one, two].contains(&LINE),
                            "{options} {column} {row} {values:?}"
                        );
                    }
                }
            }
        }
        // A line is nowhere else: one of its neighbours is on the other side.
        for row in 1..rows - 1 {
            for column in 1..columns - 1 {
                let is_line = color(column, row) == Some(LINE);
                let side = at(column, row) >= 0.5;
                let beside = [
                    at(column - 1, row),
                    at(column + 1, row),
                    at(column, row - 1),
                    at(column, row + 1),
                ];
                let changes = beside.into_iter().any(|p| (p >= 0.5) != side);
                assert!(changes || !is_line, "{options} {column} {row}");
            }
        }
        assert!(changes > 0 || options.is_empty(), "{options}");
    }
}

#[test]
fn the_cursor_has_round_values_that_go_into_the_prediction_box() {
    let mut screen = on_map("", (80, 24));
    assert!(
        screen.text().contains("( ) 128 lb, 63 in"),
        "{}",
        screen.text()
    );
    screen.press_code(KeyCode::Right);
    screen.press_code(KeyCode::Up);
    let [weight, height] = screen.app.run().surface.cursor.unwrap();
    assert_eq!((weight, height), (129.0, 63.2));
    let text = screen.text();
    assert!(
        text.contains("( ) 129 lb, 63.2 in") && text.contains("inputs −6, −2.8"),
        "{text}"
    );
    // The numbers are those of the point.
    let p = screen.app.run().outputs_for(&[weight, height])[0];
    assert!(text.contains(&format!("P(F) {p:.3}")), "{p} {text}");
    screen.press_code(KeyCode::Enter);
    let run = screen.app.run();
    assert_eq!(
        (run.prediction.values(), run.shown),
        (Some(vec![129.0, 63.2]), Shown::Prediction)
    );
    assert!(screen.text().contains("(✚)"), "{}", screen.text());
}

#[test]
fn the_map_follows_the_cursor_and_zooms_around_it() {
    let mut screen = on_map("", (80, 24));
    let whole = screen.app.run().plane().unwrap();
    screen.press('>');
    let part = screen.app.run().plane().unwrap();
    assert!(part.across.to - part.across.from < (whole.across.to - whole.across.from) * 0.8);
    for _ in 0..60 {
        screen.press_code(KeyCode::Right);
    }
    let [weight, _] = screen.app.run().surface.cursor.unwrap();
    let moved = screen.app.run().plane().unwrap();
    assert!(moved.across.from > part.across.from && moved.across.to >= weight);
    let length = |plane: &nnscope::surface::Plane| plane.across.to - plane.across.from;
    assert!((length(&moved) - length(&part)).abs() < 1e-9);
    screen.press('0');
    assert_eq!(screen.app.run().plane().unwrap(), whole);
    for _ in 0..60 {
        screen.press('<');
    }
    screen.draw();
    for _ in 0..99 {
        screen.press('>');
    }
    screen.draw();
}

#[test]
fn of_more_features_two_are_chosen_and_the_others_are_held() {
    let mut screen = on_map("--data penguins --hidden 4 --learning-rate 0.01", (120, 40));
    let text = screen.text();
    assert!(
        text.contains("Surface: species over bill_length, bill_depth"),
        "{text}"
    );
    let mean = |feature: usize| {
        let dataset = screen.app.run().dataset();
        let all = (0..dataset.training_samples).map(|sample| dataset.raw_of(sample)[feature]);
        all.sum::<f64>() / dataset.training_samples as f64
    };
    let held = screen.app.run().plane().unwrap().held;
    assert!(
        (held[2] - mean(2)).abs() < 1e-9 && text.contains("other features at their mean"),
        "{text}"
    );
    screen.press('x');
    let text = screen.text();
    assert!(text.contains("over flipper_length, bill_depth"), "{text}");
    screen.press('y');
    assert!(screen.text().contains("over flipper_length, body_mass"));
    screen.press('m');
    assert_eq!(screen.app.run().surface.held, Held::Median);
    assert!(screen.text().contains("other features at their median"));
    screen.press('m');
    screen.press('j');
    let run = screen.app.run();
    assert_eq!(run.plane().unwrap().held, run.dataset().raw_of(1));
    assert!(
        screen.text().contains("other features as "),
        "{}",
        screen.text()
    );
    // Of two features there are no others.
    let mut screen = on_map("", (80, 24));
    screen.press('m');
    let reason = "m is for features beyond these two, and this data has none";
    assert!(screen.text().contains(reason));
}

#[test]
fn a_neuron_has_a_map_of_its_own() {
    let mut screen = on_map("", (80, 24));
    screen.press('l');
    let text = screen.text();
    assert!(
        text.contains("Surface: h1 over weight, height") && text.contains("z = 0"),
        "{text}"
    );
    screen.press_code(KeyCode::Esc);
    assert!(screen.text().contains("Surface: P(F)"));
}

#[test]
fn only_the_prediction_can_be_shown() {
    let mut screen = on_map("--data xor --samples 60 --hidden 4", (80, 24));
    screen.press('d');
    let buffer = screen.draw().clone();
    let (area, color) = pixels(&buffer);
    let mut colors: Vec<Color> = Vec::new();
    for row in 0..2 * area.height {
        for column in 0..area.width {
            let color = color(column, row).filter(|color| !colors.contains(color));
            colors.extend(color);
        }
    }
    assert!(colors.len() <= 3, "{colors:?}");
}

#[test]
fn a_map_without_colours_has_characters_and_in_ascii_only_those() {
    for options in [
        "",
        "--data penguins --hidden 4",
        "--data hills --samples 40 --hidden 4",
    ] {
        for (colors, glyphs) in [
            (Colors::None, Glyphs::Unicode),
            (Colors::Sixteen, Glyphs::Unicode),
            (Colors::None, Glyphs::Ascii),
            (Colors::True, Glyphs::Ascii),
        ] {
            let mut screen = on_map(&format!("--learning-rate 0.001 {options}"), (80, 24));
            screen.draw_with(Appearance { colors, glyphs });
            let text = screen.text();
            assert!(glyphs == Glyphs::Unicode || text.is_ascii(), "{text}");
            assert!(!text.contains('▀'), "{text}");
            let buffer = screen.draw().clone();
            let has_colors = buffer.content.iter().any(|cell| cell.fg != Color::Reset);
            assert_eq!(has_colors, colors != Colors::None, "{options} {colors:?}");
        }
    }
}

#[test]
fn undecided_is_dark_on_a_dark_background_and_light_on_a_light_one() {
    for (background, expected) in [(Background::Dark, 0x30), (Background::Light, 0xF2)] {
        let mut screen = on_map("--init zeros", (80, 24));
        screen.app = screen.app.clone().with_background(background);
        let buffer = screen.draw().clone();
        let (area, color) = pixels(&buffer);
        let middle = color(area.width - 1, area.height).unwrap();
        let near = rgb(middle)
            .into_iter()
            .all(|level| (level - f64::from(expected)).abs() < 16.0);
        assert!(near, "{middle:?}");
    }
}

#[test]
fn the_map_looks_as_it_did() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut screen = TestScreen::fixed();
        screen.press('3');
        screen.resize(width, height);
        insta::assert_snapshot!(format!("surface-{width}x{height}"), screen.text());
        screen.draw_with(Appearance {
            colors: Colors::None,
            glyphs: Glyphs::Unicode,
        });
        insta::assert_snapshot!(format!("surface-mono-{width}x{height}"), screen.text());
    }
}

#[test]
fn a_neuron_that_was_chosen_on_the_map_is_named_in_the_view_that_is_about_it() {
    let mut screen = on_map("", (80, 24));
    screen.press('l');
    screen.press('1');
    let text = screen.text();
    let said = "h1 is selected – Esc shows all neurons";
    assert!(text.contains(said), "{text}");
    screen.press_code(KeyCode::Esc);
    let text = screen.text();
    assert!(!text.contains(said), "{text}");
    assert_eq!(screen.app.run().neuron, None);
}
