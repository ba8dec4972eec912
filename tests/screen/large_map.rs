//! Maps of networks so large that a job computes them, from coarse to fine.

use std::ops::ControlFlow;
use std::sync::Arc;

use nnscope::app::{Effect, Message};
use nnscope::surface::{Map, MapEvent, MapRequest};
use nnscope::trainer::RunState;
use ratatui::layout::Position;
use ratatui::style::Color;

use crate::surface::{pixels, point};
use crate::test_screen::TestScreen;

/// A map that takes longer than a frame.
fn large() -> TestScreen {
    let mut screen = TestScreen::with("circle", 0.0, "100,120");
    screen.tell(RunState::Paused);
    screen.resize(80, 24);
    screen.press('3');
    screen
}

/// Draws a frame; returns what a job is asked for, if that is something new.
fn asked(screen: &mut TestScreen) -> Option<Vec<MapRequest>> {
    screen.draw();
    let effects = screen.update(Message::Drawn);
    effects.into_iter().find_map(|effect| match effect {
        Effect::Map(requests) => Some(requests),
        _ => None,
    })
}

fn only(requests: Option<Vec<MapRequest>>) -> MapRequest {
    let [request] = requests.expect("a map is asked for").try_into().unwrap();
    request
}

/// Computes a pass of a map, and shows it.
fn refine(screen: &mut TestScreen, request: &MapRequest, map: &mut Map) {
    let go_on = || ControlFlow::Continue(());
    assert!(request.refine(map, go_on).is_continue());
    let mapped = MapEvent::Mapped(Box::new(request.clone()), Arc::new(map.clone()));
    screen.update(Message::Map(mapped));
}

/// Computes all of a map, and shows it.
fn complete(screen: &mut TestScreen, request: &MapRequest) {
    let mapped = MapEvent::Mapped(Box::new(request.clone()), Arc::new(request.whole()));
    screen.update(Message::Map(mapped));
}

#[test]
fn it_comes_coarse_first_says_how_far_it_is_and_ends_as_one_computed_at_once() {
    let mut screen = large();
    let text = screen.text();
    assert!(
        text.contains("refining 0/4") && text.contains("Computing the map"),
        "{text}"
    );
    let request = only(asked(&mut screen));
    let mut map = request.blank();
    for pass in 1..=4 {
        refine(&mut screen, &request, &mut map);
        let text = screen.text();
        assert_eq!(
            text.contains(&format!("refining {pass}/4")),
            pass < 4,
            "{text}"
        );
        assert!(text.contains('▀') && !text.contains("Computing"), "{text}");
        // It is wanted until it is complete, and asked for once.
        let news = asked(&mut screen);
        assert_eq!(
            news.map(|requests| requests.len()),
            (pass == 4).then_some(0)
        );
    }
    assert_eq!(map, request.whole());

    // Blue where it is class 1, and orange where it is class 0, but for the line.
    let buffer = screen.draw().clone();
    let (area, color) = pixels(&buffer);
    let mut compared = 0;
    for (column, row) in (0..area.width).flat_map(|x| (0..2 * area.height).map(move |y| (x, y))) {
        let p = screen
            .app
            .run()
            .outputs_for(&point(&screen, area, column, row))[0];
        let strength = (p - 0.5).abs();
        if let Some(Color::Rgb(red, _, blue)) = color(column, row)
            && strength > 0.05
        {
            compared += 1;
            assert_eq!(first_class(red, blue), p < 0.5, "{column} {row} {p}");
        }
    }
    assert!(compared > 200, "{compared}");
}

fn first_class(red: u8, blue: u8) -> bool {
    red > blue
}

#[test]
fn while_a_newer_state_is_computed_the_older_map_says_its_epoch() {
    let mut screen = large();
    let first = only(asked(&mut screen));
    complete(&mut screen, &first);
    assert!(asked(&mut screen).is_some_and(|requests| requests.is_empty()));
    for epoch in 0..2 {
        assert_eq!(screen.app.run().training.position.epoch, epoch);
        screen.train_epoch();
        screen.tell(RunState::Running);
        let text = screen.text();
        assert!(text.contains("– epoch 0"), "{text}");
        let newer = only(asked(&mut screen));
        assert!(!newer.is_same(&first) && newer.is_of_same_place(&first));
        assert_eq!(newer.position.epoch, epoch + 1);
    }
    // A report of the same state asks for nothing new.
    screen.tell(RunState::Paused);
    assert!(asked(&mut screen).is_none());
    // In another view nothing is computed, and on coming back what is lacked is asked for again.
    screen.press('2');
    assert!(asked(&mut screen).is_some_and(|requests| requests.is_empty()));
    screen.press('3');
    let newest = only(asked(&mut screen));
    complete(&mut screen, &newest);
    let text = screen.text();
    assert!(
        !text.contains("– epoch") && !text.contains("refining"),
        "{text}"
    );
}

/// Another map is asked for than before, and no answer but that about it is shown.
fn assert_only_the_next_is_shown(screen: &mut TestScreen, before: &MapRequest) {
    let next = only(asked(screen));
    assert!(!next.is_of_same_place(before));
    complete(screen, before);
    assert!(screen.text().contains("refining 0/4"));
    complete(screen, &next);
    assert!(!screen.text().contains("refining"));
}

#[test]
fn another_part_of_the_plane_is_another_map_and_an_answer_about_the_former_shows_nothing() {
    let mut screen = large();
    let whole = only(asked(&mut screen));
    screen.press('>');
    assert_only_the_next_is_shown(&mut screen, &whole);
    // What was computed is not computed again.
    screen.press('0');
    assert!(!screen.text().contains("refining"));
    screen.resize(100, 30);
    assert!(screen.text().contains("refining 0/4"));
}

#[test]
fn a_restarted_run_shows_no_map_of_the_run_before() {
    let mut screen = large();
    let before = only(asked(&mut screen));
    screen.press('r');
    assert_only_the_next_is_shown(&mut screen, &before);
}

#[test]
fn samples_are_marked_wrong_by_the_network_that_the_map_is_of() {
    let mut screen = large();
    let request = only(asked(&mut screen));
    complete(&mut screen, &request);
    let map = request.whole();
    let expected = screen.app.run().outputs_of(&request.area.samples);
    assert_eq!(map.outputs.len(), expected.len());
    for (found, expected) in map.outputs.iter().zip(expected.iter()) {
        assert!((found - expected).abs() < 1e-12);
    }
    let buffer = screen.draw().clone();
    let sign = |position: Position| "●▲".contains(buffer[position].symbol());
    let signs = buffer.area.positions().filter(|position| sign(*position));
    assert!(signs.count() > 20);
}
