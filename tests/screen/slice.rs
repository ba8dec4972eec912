//! The loss slice in the Surface view: when it is computed, what is said of it, its keys and the mouse.

mod colours;
mod path;

use std::process::Command as Program;

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Glyphs, View};
use nnscope::nn::Network;
use nnscope::surface::Axes;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

const LEVELS: usize = 4;

/// The slice of a run after some epochs, paused, over two parameters.
fn on_slice(options: &str, epoch: u64, (width, height): (u16, u16)) -> TestScreen {
    let mut screen = TestScreen::at_epoch_of(epoch, options);
    screen.tell(RunState::Paused);
    screen.resize(width, height);
    screen.press('3');
    if !screen.app.shows_slice() {
        screen.press('t');
    }
    assert!(screen.app.shows_slice());
    screen.compute_slice(LEVELS);
    screen
}

fn axes(screen: &TestScreen) -> Axes {
    let slice = screen.app.run().slice.shown().expect("a slice");
    slice.request.axes
}

fn title(screen: &mut TestScreen) -> String {
    screen.text().lines().nth(1).unwrap().to_owned()
}

/// Which parameters of a network have these names.
fn indices(network: &Network, names: [&str; 2]) -> Axes {
    Axes::Parameters(names.map(|name| network.index_of(network.parameter_named(name).unwrap())))
}

#[test]
fn the_slice_looks_as_it_did() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let mut screen = on_slice("", 60, (width, height));
        for _ in 0..40 {
            screen.press(',');
        }
        insta::assert_snapshot!(format!("slice-{width}x{height}"), screen.text());
    }
    for (name, colors, glyphs) in [
        ("mono", Colors::None, Glyphs::Unicode),
        ("ascii", Colors::None, Glyphs::Ascii),
    ] {
        let mut screen = on_slice("", 60, (80, 24));
        screen.draw_with(Appearance { colors, glyphs });
        for _ in 0..40 {
            screen.press(',');
        }
        let text = screen.text();
        assert!(glyphs == Glyphs::Unicode || text.is_ascii(), "{text}");
        insta::assert_snapshot!(format!("slice-{name}-80x24"), text);
    }
    let mut screen = on_slice("--data spiral --samples 40 --hidden 8,8", 2, (80, 24));
    insta::assert_snapshot!("slice-gradient-80x24", screen.text());
}

#[test]
fn a_slice_of_any_size_in_any_appearance_does_not_panic() {
    let mut screen = on_slice("", 30, (80, 24));
    screen.press(',');
    for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
        for colors in [Colors::None, Colors::Sixteen, Colors::Indexed, Colors::True] {
            screen.draw_with(Appearance { colors, glyphs });
            for width in [1, 2, 9, 17, 33, 40, 59, 61, 80, 111] {
                for height in [1, 2, 3, 5, 9, 12, 14, 17, 24, 41] {
                    screen.resize(width, height);
                    screen.draw();
                }
            }
        }
    }
}

#[test]
fn a_slice_is_of_the_present_parameters_or_its_title_says_of_which_epoch() {
    let mut screen = on_slice("", 20, (80, 24));
    assert!(
        !title(&mut screen).contains("epoch"),
        "{}",
        title(&mut screen)
    );
    screen.train_epoch();
    screen.tell(RunState::Paused);
    // Not computed yet: the old one is said to be old.
    assert!(
        title(&mut screen).contains("at epoch 20"),
        "{}",
        title(&mut screen)
    );
    assert!(screen.text().contains("✚ epoch 20: loss"));
    screen.compute_slice(1);
    let coarse = title(&mut screen);
    assert!(
        !coarse.contains("epoch") && coarse.contains("computing: "),
        "{coarse}"
    );
    screen.slice = None;
    // Back in time: it is asked for again.
    for _ in 0..6 {
        screen.press('[');
    }
    assert!(title(&mut screen).contains("at epoch 21"));
    screen.compute_slice(LEVELS);
    let back = title(&mut screen);
    assert!(
        !back.contains("epoch") && !back.contains("computing"),
        "{back}"
    );
    let slice = screen.app.run().slice.shown().unwrap();
    assert_eq!(slice.request.position.epoch, 15);
    assert_eq!(slice.request.network, screen.app.run().network);
    assert!(screen.text().contains("○ ◦ ∘ later epochs"));
    // In the middle of an epoch, and by hand.
    screen.press_and_obey(KeyCode::Char('s'));
    assert!(title(&mut screen).contains("at epoch 15"));
    screen.compute_slice(LEVELS);
    assert!(!title(&mut screen).contains("epoch"));
    screen.press_and_obey(KeyCode::Char('s'));
    assert!(
        title(&mut screen).contains("at epoch 15, step 1"),
        "{}",
        title(&mut screen)
    );
}

#[test]
fn another_run_begins_without_the_slice_of_the_one_before() {
    let mut screen = on_slice("", 20, (80, 24));
    screen.press('R');
    assert!(screen.app.run().slice.shown().is_none());
    assert!(screen.text().contains("Computing: 0%"));
    // It was asked for before the first report, and is then asked for again.
    screen.compute_slice(LEVELS);
    screen.compute_slice(LEVELS);
    assert_eq!(screen.app.run().slice.shown().unwrap().path.len(), 1);
}

#[test]
fn nothing_is_computed_twice_and_a_live_slice_is_waited_for() {
    let mut screen = on_slice("", 20, (80, 24));
    for key in ['k', 'a', '?'] {
        screen.press(key);
        screen.draw();
        assert!(screen.slice.is_none(), "{key}");
    }
    screen.press_code(KeyCode::Esc);
    screen.tell(RunState::Paused);
    assert!(screen.slice.is_none());
    let mut asked = 0;
    for _ in 0..10 {
        screen.train_epoch();
        screen.tell(RunState::Running);
        asked += usize::from(screen.slice.as_ref().is_some_and(|asked| asked.is_live));
        if asked == 1 {
            assert_eq!(screen.slice.as_ref().unwrap().position.epoch, 21);
        }
    }
    assert_eq!(asked, 10, "the first one stays");
    screen.compute_slice(LEVELS);
    // The answer is of epoch 21; the next one is asked for at once.
    assert!(title(&mut screen).contains("at epoch 21"));
    assert_eq!(screen.slice.as_ref().unwrap().position.epoch, 30);
    // Another plane does not wait.
    screen.press('x');
    assert_eq!(
        Some(screen.slice.as_ref().unwrap().axes),
        screen.app.run().slice.axes()
    );
    // In another view, none is asked for.
    screen.press('1');
    screen.slice = None;
    screen.train_epoch();
    screen.tell(RunState::Running);
    assert!(screen.slice.is_none());
}

#[test]
fn an_answer_to_an_earlier_request_is_not_shown() {
    let mut screen = on_slice("", 20, (80, 24));
    screen.press('x');
    let earlier = screen.slice.take().unwrap();
    screen.press('x');
    let newest = screen.slice.replace(earlier).unwrap();
    let before = axes(&screen);
    screen.compute_slice(LEVELS);
    assert_eq!(axes(&screen), before);
    screen.slice = Some(newest);
    screen.compute_slice(LEVELS);
    assert_eq!(Some(axes(&screen)), screen.app.run().slice.axes());
}

#[test]
fn the_path_has_the_losses_of_the_log() {
    let screen = on_slice("", 60, (80, 24));
    let path = &screen.app.run().slice.shown().unwrap().path;
    let log = Program::new(env!("CARGO_BIN_EXE_nnscope"))
        .args("train --seed 42 --epochs 60 --format jsonl --log-every 1".split(' '))
        .output()
        .unwrap();
    let log = String::from_utf8(log.stdout).unwrap();
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let losses = lines.filter_map(|line| Some((line["epoch"].as_u64()?, line["loss"].as_f64()?)));
    let mut losses: Vec<(u64, f64)> = losses.collect();
    losses.dedup();
    let found: Vec<(u64, f64)> = path.iter().map(|point| (point.epoch, point.loss)).collect();
    assert_eq!(found.len(), 61);
    for point in &found {
        assert!(losses.contains(point), "{point:?}");
    }
}

#[test]
fn the_two_parameters_that_have_moved_the_most_are_the_first_axes() {
    let screen = on_slice("", 140, (80, 24));
    let network = &screen.app.run().network;
    let start = TestScreen::new("--seed 42");
    let start = start.app.run().network.parameters();
    let mut moved: Vec<(usize, f64)> = network
        .parameters()
        .iter()
        .zip(start)
        .map(|(now, then)| (now - then).abs())
        .enumerate()
        .collect();
    moved.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let mut first = [moved[0].0, moved[1].0];
    first.sort_unstable();
    assert_eq!(axes(&screen), Axes::Parameters(first));
    // Before training, the first two weights.
    let screen = on_slice("", 0, (80, 24));
    assert_eq!(
        axes(&screen),
        indices(&screen.app.run().network, ["w1", "w2"])
    );
    // Two of many say little.
    let screen = on_slice("--data xor --samples 30 --hidden 20", 1, (80, 24));
    assert_eq!(axes(&screen), Axes::FIRST_GRADIENT);
}

#[test]
fn keys_and_clicks_choose_the_axes() {
    let mut screen = on_slice("", 0, (80, 24));
    let network = screen.app.run().network.clone();
    let chosen = |screen: &TestScreen| screen.app.run().slice.axes().unwrap();
    let named = |names| indices(&network, names);
    for (key, names) in [
        ('x', ["w3", "w2"]),
        ('X', ["w1", "w2"]),
        ('X', ["b3", "w2"]),
        ('y', ["b3", "w3"]),
        ('Y', ["b3", "w2"]),
        ('Y', ["b3", "w1"]),
    ] {
        screen.press(key);
        assert_eq!(chosen(&screen), named(names), "{key}");
    }
    screen.compute_slice(LEVELS);
    screen.draw();
    screen.click("↑ w1");
    assert_eq!(chosen(&screen), named(["b3", "w2"]));
    // What is selected in the Backprop view goes across, and what was there up.
    screen.press('b');
    assert_eq!(chosen(&screen), named(["w1", "b3"]));
    screen.press('2');
    screen.press_code(KeyCode::Right);
    screen.press('3');
    screen.press('b');
    assert_eq!(chosen(&screen), named(["b1", "w1"]));
    screen.press('b');
    assert_eq!(chosen(&screen), named(["b1", "w1"]));
    assert!(
        screen
            .app
            .notice()
            .unwrap()
            .starts_with("h1 is across already")
    );
    // Directions, and back to the same parameters.
    screen.press('m');
    assert_eq!(chosen(&screen), Axes::Gradient(1));
    screen.press('x');
    assert!(screen.app.notice().unwrap().contains("m turns"));
    screen.press('y');
    assert_eq!(chosen(&screen), Axes::Gradient(2));
    screen.press('m');
    assert_eq!(chosen(&screen), Axes::Random([1, 2]));
    screen.press('x');
    assert_eq!(chosen(&screen), Axes::Random([3, 2]));
    screen.press('X');
    screen.press('Y');
    assert_eq!(chosen(&screen), Axes::Random([1, 2]));
    screen.press('m');
    assert_eq!(chosen(&screen), named(["b1", "w1"]));
}

#[test]
fn the_slice_follows_the_cursor_zooms_around_it_and_shows_the_path_again() {
    let mut screen = on_slice("", 20, (80, 24));
    let spans = |screen: &TestScreen| screen.app.run().slice.shown().unwrap().grid.spans;
    let whole = spans(&screen);
    screen.press_code(KeyCode::Right);
    let cursor = screen.app.run().slice.cursor().unwrap();
    screen.press('>');
    screen.compute_slice(LEVELS);
    let part = spans(&screen);
    for axis in 0..2 {
        assert!(part[axis].to - part[axis].from < 0.8 * (whole[axis].to - whole[axis].from));
        let [before, after] = [whole, part].map(|spans| spans[axis].share(cursor[axis]));
        assert!((before - after).abs() < 1e-9);
    }
    for _ in 0..60 {
        screen.press_code(KeyCode::Up);
    }
    screen.compute_slice(LEVELS);
    assert!(spans(&screen)[1].to > part[1].to);
    screen.press_code(KeyCode::Esc);
    screen.compute_slice(LEVELS);
    assert_eq!(spans(&screen), whole);
    screen.press_code(KeyCode::Esc);
    assert!(!screen.app.shows_slice());
    assert_eq!(screen.app.view(), View::Surface);
}

#[test]
fn data_without_a_map_has_a_slice() {
    let mut screen = TestScreen::new("--data penguins --features island,sex --seed 42");
    screen.tell(RunState::Paused);
    screen.press('3');
    assert!(screen.app.shows_slice());
    screen.compute_slice(LEVELS);
    assert!(screen.text().contains("Loss slice over"));
    screen.press('t');
    assert!(screen.app.shows_slice());
}

#[test]
fn parameters_and_a_cursor_outside_the_slice_are_at_its_border_with_their_values() {
    let mut screen = on_slice("", 60, (80, 24));
    assert!(!screen.text().contains("outside"), "{}", screen.text());
    screen.press_code(KeyCode::Left);
    for _ in 0..6 {
        screen.press('>');
    }
    // The slice follows its cursor, away from the present parameters.
    for _ in 0..160 {
        screen.press_code(KeyCode::Left);
    }
    screen.compute_slice(LEVELS);
    let text = screen.text();
    assert!(text.contains("✚→"), "{text}");
    assert!(text.contains("  outside: w"), "{text}");
    // A point of the path is chosen that is not on the slice either.
    screen.press('.');
    let text = screen.text();
    assert!(text.contains("(→)"), "{text}");
    assert!(text.contains("outside this slice"), "{text}");
}
