//! The mouse on the map of the Surface view and on its legend.

use std::collections::BTreeSet;

use nnscope::app::keymap::Action;
use nnscope::app::{Gesture, MapAxis, Shown, Target, Turn};
use nnscope::nn::Neuron;

use crate::surface::{on_map, pixels, point};
use crate::test_screen::TestScreen;

#[test]
fn a_click_moves_the_cursor_and_another_uses_the_point() {
    let mut screen = on_map("", (80, 24));
    let (area, _) = pixels(screen.draw());
    let (x, y) = (area.x + 7, area.y + 3);
    let expected = point(&screen, area, 7, 6);
    let (typed, network) = (
        screen.app.run().prediction.values(),
        screen.app.run().network.clone(),
    );
    screen.click_at(x, y);
    let cursor = screen.app.run().cursor().unwrap();
    let plane = screen.app.run().plane().unwrap();
    let cell = (plane.across.to - plane.across.from) / f64::from(area.width);
    let tall = (plane.up.to - plane.up.from) / f64::from(area.height);
    assert!((cursor[0] - expected[0]).abs() <= cell / 2.0);
    assert!((cursor[1] - expected[1]).abs() <= tall);
    assert_eq!(screen.app.run().prediction.values(), typed);
    screen.click_at(x, y);
    assert_eq!(screen.app.run().prediction.values(), Some(cursor.to_vec()));
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    assert_eq!(screen.app.run().network, network);
}

#[test]
fn the_wheel_zooms_around_the_mouse() {
    let mut screen = on_map("", (80, 24));
    let (area, _) = pixels(screen.draw());
    let (x, y) = (area.x + area.width - 2, area.y + 1);
    let whole = screen.app.run().plane().unwrap();
    screen.gesture_at(Gesture::Wheel(Turn::Back), x, y);
    let part = screen.app.run().plane().unwrap();
    let length = |plane: &nnscope::surface::Plane| plane.across.to - plane.across.from;
    assert!(length(&part) < length(&whole) * 0.8);
    assert!(whole.across.to - part.across.to < part.across.from - whole.across.from);
    assert!(whole.up.to - part.up.to < part.up.from - whole.up.from);
    screen.draw();
    screen.gesture_at(Gesture::Wheel(Turn::Forward), x, y);
    assert!((length(&screen.app.run().plane().unwrap()) - length(&whole)).abs() < 1e-9);
}

#[test]
fn a_click_on_a_neuron_or_a_feature_of_the_legend_chooses_it() {
    let mut screen = on_map("--data penguins --hidden 4 --learning-rate 0.01", (120, 40));
    let h2 = Neuron { layer: 0, unit: 1 };
    screen.click("h2 ");
    assert_eq!(screen.app.run().neuron, Some(h2));
    screen.click("h3 ");
    let h3 = Neuron { layer: 0, unit: 2 };
    assert_eq!(screen.app.run().neuron, Some(h3));
    let [across, up] = screen.app.run().surface.features.unwrap();
    screen.draw();
    let of = |feature: usize, screen: &TestScreen| {
        screen.app.run().dataset().features()[feature].to_string()
    };
    let (text, name) = (screen.text(), of(across, &screen));
    let y = text
        .lines()
        .position(|line| line.contains(&name) && !line.contains("Surface"));
    let line = text.lines().nth(y.unwrap()).unwrap();
    let x = line.split(&name).next().unwrap().chars().count();
    screen.click_at(
        u16::try_from(x).unwrap(),
        u16::try_from(y.unwrap()).unwrap(),
    );
    let [now, still] = screen.app.run().surface.features.unwrap();
    assert!(now != across && still == up);
    screen.click(&of(up, &screen));
    assert_ne!(screen.app.run().surface.features.unwrap()[1], up);
}

#[test]
fn every_feature_comes_to_either_axis_by_key_and_by_mouse() {
    for (index, axis, key) in [(0, MapAxis::Across, 'x'), (1, MapAxis::Up, 'y')] {
        for (is_clicked, size) in [(false, (80, 24)), (true, (80, 24)), (true, (120, 40))] {
            let mut screen = on_map("--data penguins --epochs 2", size);
            let features = screen.app.run().dataset().features().len();
            let before = screen.app.run().surface.features.unwrap();
            let mut seen = BTreeSet::new();
            for _ in 1..features {
                if is_clicked {
                    screen.draw();
                    let turns = Target::Command(Action::TurnMapFeature(axis));
                    let found = screen.regions().iter().find(|(_, shown)| *shown == turns);
                    let (area, _) = found.unwrap_or_else(|| panic!("{key} {size:?} {seen:?}"));
                    screen.click_at(area.x, area.y);
                } else {
                    screen.press(key);
                }
                let now = screen.app.run().surface.features.unwrap();
                assert_eq!(now[1 - index], before[1 - index]);
                seen.insert(now[index]);
            }
            seen.insert(before[1 - index]);
            assert_eq!(seen.len(), features, "{key} {size:?}");
        }
    }
}
