//! The row of maps over a third feature.

use nnscope::app::Gesture;
use nnscope::app::Repeat;

use crate::surface::on_map;

const PENGUINS: &str = "--data penguins --hidden 4 --learning-rate 0.01";

#[test]
fn a_third_feature_is_held_at_round_values_across_its_range() {
    let mut screen = on_map(PENGUINS, (120, 40));
    screen.press('b');
    let text = screen.text();
    assert!(text.contains("By flipper_length (mm)"), "{text}");
    let run = screen.app.run();
    let third = run.third().unwrap();
    let maps = run.row_of_maps(3);
    let values: Vec<f64> = maps.iter().map(|map| map.value).collect();
    // By hand: a tenth of the samples is below the first, a tenth above the last.
    let mut all: Vec<f64> = (0..run.dataset().len())
        .map(|sample| run.dataset().raw_of(sample)[third])
        .collect();
    all.sort_by(f64::total_cmp);
    for (value, share) in values.iter().zip([0.1, 0.5, 0.9]) {
        let below = all.iter().filter(|other| *other <= value).count();
        assert!((below as f64 / all.len() as f64 - share).abs() < 0.06);
        assert_eq!(value.fract(), 0.0);
    }
    for map in &maps {
        // All else is as on the large map.
        let mut large = run.plane().unwrap();
        large.held[third] = map.value;
        assert_eq!(map.plane, large);
        assert!(text.contains(&format!("{} mm", map.value)), "{text}");
    }
}

#[test]
fn a_sample_is_in_the_map_whose_value_is_nearest() {
    let mut screen = on_map(PENGUINS, (120, 40));
    screen.press('b');
    let run = screen.app.run();
    let (third, maps) = (run.third().unwrap(), run.row_of_maps(5));
    for sample in 0..run.dataset().len() {
        let raw = run.dataset().raw_of(sample);
        let index = run.map_of_row_for(&maps, raw).unwrap();
        let distance = |at: usize| (maps[at].value - raw[third]).abs();
        assert!((0..maps.len()).all(|other| distance(index) <= distance(other)));
    }
}

#[test]
fn the_key_and_the_mouse_turn_the_third_feature_and_the_last_ends_the_row() {
    let mut screen = on_map(PENGUINS, (120, 40));
    screen.press('b');
    screen.draw();
    screen.click("b next feature");
    assert!(screen.text().contains("By body_mass (g)"));
    // A feature that comes onto the map is no longer the third.
    screen.press('x');
    screen.press('x');
    let on_map = screen.app.run().surface.features.unwrap();
    assert!(screen.app.run().third().is_none(), "{on_map:?}");
    screen.press('b');
    screen.press('b');
    assert!(screen.app.run().third().is_some());
    screen.press('b');
    assert!(screen.app.run().third().is_none());
    assert!(!screen.text().contains("By "));
}

#[test]
fn without_room_or_without_other_features_that_is_said() {
    for size in [(40, 12), (60, 14), (50, 24)] {
        let mut screen = on_map(PENGUINS, size);
        screen.press('b');
        let text = screen.text();
        let has_row = text.contains("By flipper_length (mm)");
        assert!(has_row || text.contains("no room for maps over"), "{text}");
    }
    let mut screen = on_map("", (80, 24));
    screen.press('b');
    assert!(screen.text().contains("no other features that are numbers"));
}

#[test]
fn a_click_on_a_map_of_the_row_moves_no_cursor() {
    let mut screen = on_map(PENGUINS, (120, 40));
    screen.press('b');
    let cursor = screen.app.run().cursor();
    let (column, row) = screen.position_of("By flipper_length (mm)");
    screen.gesture_at(Gesture::Press(Repeat::No), column + 2, row + 4);
    screen.gesture_at(Gesture::Release, column + 2, row + 4);
    assert_eq!(screen.app.run().cursor(), cursor);
}

#[test]
fn six_layers_of_eight_are_pictures_and_the_chosen_one_is_large_beside_them() {
    let mut screen = on_map("--data spiral --samples 50 --hidden 8,8,8,8,8,8", (120, 40));
    screen.press('1');
    let text = screen.text();
    // A picture is five cells wide; between two layers are at least two cells.
    let pictures = |line: &str| line.matches("▀▀▀▀▀").count();
    let most = text.lines().map(pictures).max();
    assert!(most >= Some(6), "{text}");
    screen.press('l');
    let name = screen.app.run().neuron.map(|_| "Map: h1 over x1, x2");
    assert!(screen.text().contains(name.unwrap()), "{}", screen.text());
}
