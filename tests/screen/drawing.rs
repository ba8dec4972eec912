//! Drawing data on the map: by keys, by the mouse, saved and trained on.

use std::fs;

use crossterm::event::KeyCode::{Backspace, Enter, Esc, Right, Tab, Up};
use nnscope::app::keymap::Context;
use nnscope::app::{
    Appearance, Colors, Draw, Effect, Glyphs, Message, Overlay, SaveOutcome, View, keymap,
};
use nnscope::data::{Point, Points};
use nnscope::session::Existing;
use nnscope::trainer::{Origin, RunState, StartState};

use crate::test_screen::TestScreen;

/// The screen of some data with its map, paused.
pub(crate) fn on_map(options: &str) -> TestScreen {
    let mut screen = TestScreen::at_epoch_of(3, options);
    screen.tell(RunState::Paused);
    screen.press('3');
    screen
}

/// An empty board.
pub(crate) fn on_empty_board() -> TestScreen {
    let mut screen = on_map("");
    screen.press('P');
    screen
}

pub(crate) fn points(screen: &TestScreen) -> &Points {
    screen.app.drawing().expect("a drawing").points()
}

/// The four corners of xor, two of each class.
fn draw_xor(screen: &mut TestScreen) {
    for (class, [right, up]) in [('1', [0, 0]), ('2', [8, 0]), ('1', [0, 8]), ('2', [-8, 0])] {
        let (right, up): (i32, i32) = (right, up);
        let sideways = if right < 0 { 'h' } else { 'l' };
        (0..right.abs()).for_each(|_| drop(screen.press(sideways)));
        (0..up).for_each(|_| drop(screen.press('k')));
        screen.press(class);
        screen.press(' ');
    }
}

/// Types a path into the field for the points, saves them there as the terminal does, and answers.
fn save(screen: &mut TestScreen, path: &str) -> String {
    screen.press_code(Enter);
    screen.press_ctrl('u');
    screen.paste(path);
    match &screen.press_code(Enter)[..] {
        [
            Effect::SavePoints {
                csv,
                path,
                existing: Existing::Keep,
            },
        ] => {
            fs::write(path, csv).unwrap();
            let csv = csv.clone();
            screen.update(Message::PointsSaved(SaveOutcome::Saved(path.clone())));
            csv
        }
        effects => panic!("{effects:?}"),
    }
}

#[test]
fn points_that_are_drawn_by_keys_are_saved_and_trained_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("xor.csv");
    let mut screen = on_empty_board();
    assert_eq!(screen.app.context(), Context::Drawing);
    draw_xor(&mut screen);
    let drawn = points(&screen).clone();
    let values = drawn.points.iter().map(|point| point.values);
    let corners = [[0.0, 0.0], [0.4, 0.0], [0.4, 0.4], [0.0, 0.4]];
    assert_eq!(values.collect::<Vec<_>>(), corners);
    assert!(screen.text().contains("4 points (2 A, 2 B)"));
    let csv = save(&mut screen, path.to_str().unwrap());
    assert_eq!(csv, "x,y,class\n0,0,A\n0.4,0,B\n0.4,0.4,A\n0,0.4,B\n");
    // What went in is what came out.
    let run = screen.app.run();
    assert!(drawn.are(run.dataset()), "{:?}", run.dataset());
    assert_eq!(run.source().data, path.to_str().unwrap());
    assert_eq!(run.config().penalty.l2, 0.0);
    assert_eq!(screen.app.view(), View::Surface);
    assert!(screen.app.drawing().is_none());
    // The run before is kept.
    assert_eq!(screen.app.runs().kept.len(), 1);
    for _ in 0..300 {
        screen.train_epoch();
    }
    screen.tell(RunState::Running);
    let outputs: Vec<f64> = [[0.0, 0.0], [0.4, 0.0], [0.4, 0.4], [0.0, 0.4]]
        .map(|corner| screen.app.run().outputs_for(&corner)[0])
        .to_vec();
    assert!(outputs[0] < 0.5 && outputs[2] < 0.5, "{outputs:?}");
    assert!(outputs[1] > 0.5 && outputs[3] > 0.5, "{outputs:?}");
}

#[test]
fn training_starts_at_once_even_if_the_run_before_was_paused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("points.csv");
    let mut screen = on_map("--hidden 5,3 --activation tanh");
    screen.press('P');
    draw_xor(&mut screen);
    screen.press_code(Enter);
    screen.press_ctrl('u');
    screen.paste(path.to_str().unwrap());
    screen.press_code(Enter);
    fs::write(&path, points(&screen).csv()).unwrap();
    let saved = Message::PointsSaved(SaveOutcome::Saved(path));
    let [Effect::Prepare { id, draft, present }] = &screen.app.update(saved)[..] else {
        panic!("a run is prepared");
    };
    let rows_read = &mut |_| std::ops::ControlFlow::Continue(());
    let prepared = nnscope::session::Run::prepare_instead_of(present, (**draft).clone(), rows_read);
    let prepared = Message::Prepared(*id, prepared.map_err(|problem| problem.to_string()));
    match &screen.app.update(prepared)[..] {
        [
            Effect::Begin {
                origin: Origin::Session(run, _),
                start,
                departs: Some(_),
            },
        ] => {
            assert_eq!(start.state, StartState::Running);
            // The network that was asked for stays.
            let hidden = run.config.hidden.iter().map(|layer| layer.units);
            assert_eq!(hidden.collect::<Vec<_>>(), [5, 3]);
        }
        effects => panic!("{effects:?}"),
    }
}

#[test]
fn a_drawing_begins_with_the_data_or_says_why_not() {
    for (options, said, count) in [
        ("", "without the names", 4),
        ("--data penguins", "the features not on the map", 342),
        (
            "--data xor --samples 40 --test-fraction 0.25",
            "test samples become ordinary points",
            40,
        ),
        (
            "--data hills --samples 20",
            "empty board: this data has numbers to predict",
            0,
        ),
        (
            "--data xor --samples 3000",
            "empty board: this data has 3000 samples",
            0,
        ),
    ] {
        let mut screen = on_map(options);
        screen.resize(120, 40);
        screen.press('p');
        let text = screen.text();
        assert!(text.contains(said), "{options}: {text}");
        assert_eq!(points(&screen).points.len(), count, "{options}");
        if count > 0 {
            let features = screen.app.run().surface.features.unwrap();
            let dataset = screen.app.run().dataset();
            let expected = Points::of(dataset, features).unwrap();
            assert_eq!(points(&screen), &expected);
        }
    }
    let mut screen = on_map("--data penguins --features bill_length");
    screen.press('p');
    assert!(
        screen
            .text()
            .contains("empty board: this data has not two features")
    );
}

#[test]
fn what_is_missing_is_said_and_enter_is_not_offered() {
    let mut screen = on_empty_board();
    assert!(screen.text().contains("space or a click places a point"));
    assert!(!screen.text().contains("Enter"));
    screen.press(' ');
    assert!(
        screen
            .text()
            .contains("a point of a second class is missing")
    );
    screen.press_code(Enter);
    assert!(matches!(screen.app.overlay(), Overlay::None));
    assert!(screen.text().contains("two classes with a point each"));
    screen.press_code(Right);
    screen.press_code(Tab);
    screen.press(' ');
    assert!(screen.text().contains("Enter saves and trains"));
    assert!(screen.text().contains("Enter train"));
}

#[test]
fn points_are_removed_cleared_and_undone() {
    let mut screen = on_empty_board();
    draw_xor(&mut screen);
    let drawn = points(&screen).clone();
    screen.press('x');
    assert_eq!(points(&screen).points.len(), 3);
    screen.press_code(Backspace);
    assert!(screen.text().contains("no point is near the cursor"));
    screen.press('u');
    screen.press('c');
    assert!(points(&screen).points.is_empty());
    screen.press('u');
    assert_eq!(points(&screen), &drawn);
    screen.press('P');
    screen.press('p');
    assert_eq!(points(&screen).counts(), [2, 2]);
    assert_eq!(points(&screen).features[0].unit, "lb");
    screen.press('u');
    screen.press('u');
    assert_eq!(points(&screen), &drawn);
}

#[test]
fn a_drawing_that_is_left_is_kept_and_continued() {
    let mut screen = on_map("");
    let network = screen.app.run().network.clone();
    screen.press('p');
    screen.press_code(Esc);
    assert!(screen.app.drawing().is_none() && screen.app.notice().is_none());
    screen.press('p');
    screen.press(' ');
    screen.press_code(Esc);
    assert!(
        screen
            .text()
            .contains("the drawing is kept, not saved – p continues it")
    );
    assert_eq!(screen.app.context(), Context::Map);
    screen.press('1');
    screen.press('3');
    screen.press('p');
    assert_eq!(points(&screen).points.len(), 5);
    assert_eq!(screen.app.run().network, network);
}

#[test]
fn an_existing_file_is_replaced_only_after_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("points.csv");
    let mut screen = on_empty_board();
    draw_xor(&mut screen);
    screen.press_code(Enter);
    screen.press_ctrl('u');
    screen.paste(path.to_str().unwrap());
    screen.press_code(Enter);
    screen.update(Message::PointsSaved(SaveOutcome::Exists(path.clone())));
    assert!(screen.text().contains("already exists"));
    screen.press('n');
    assert!(
        matches!(screen.app.overlay(), Overlay::SavePoints(field) if field.text.text() == path.to_str().unwrap())
    );
    screen.press_code(Enter);
    screen.update(Message::PointsSaved(SaveOutcome::Exists(path)));
    let effects = screen.press('y');
    assert!(
        matches!(
            &effects[..],
            [Effect::SavePoints {
                existing: Existing::Replace,
                ..
            }]
        ),
        "{effects:?}"
    );
    let failed = SaveOutcome::Failed("cannot write points.csv: no space".to_owned());
    screen.update(Message::PointsSaved(failed));
    assert!(screen.text().contains("cannot write points.csv"));
    assert_eq!(points(&screen).points.len(), 4);
}

#[test]
fn the_first_free_name_is_suggested_until_another_is_typed() {
    use nnscope::session::{Found, PathFacts};
    let mut screen = on_empty_board();
    draw_xor(&mut screen);
    let facts = |text: &str, found| PathFacts {
        path: text.into(),
        found,
        names: Vec::new(),
    };
    let typed = |screen: &TestScreen| match screen.app.overlay() {
        Overlay::SavePoints(field) => field.text.text().to_owned(),
        overlay => panic!("{overlay:?}"),
    };
    // Not by `press`, which looks into the real folder.
    screen
        .app
        .update(Message::Key(crate::test_screen::key(Enter)));
    assert_eq!(typed(&screen), "points.csv");
    let there = |name: &str| Message::LookedUp(name.to_owned(), facts(name, Found::File));
    let effects = screen.app.update(there("points.csv"));
    assert!(matches!(&effects[..], [Effect::LookUp(text)] if text == "points-2.csv"));
    screen.app.update(there("points-2.csv"));
    assert_eq!(typed(&screen), "points-3.csv");
    screen
        .app
        .update(Message::Paste("points-3.csv.old".to_owned()));
    screen.app.update(there("points-3.csv.old"));
    assert_eq!(typed(&screen), "points-3.csv.old");
}

#[test]
fn a_third_class_is_added_and_the_sixth_is_the_last() {
    let mut screen = on_empty_board();
    assert!(screen.text().contains("3 adds a class"));
    screen.press('4');
    assert!(screen.text().contains("there is no such class yet"));
    for key in '3'..='6' {
        screen.press(key);
        screen.press(' ');
        screen.press_code(Up);
    }
    assert_eq!(points(&screen).classes, ["A", "B", "C", "D", "E", "F"]);
    assert!(!screen.text().contains("adds a class"));
    let action = keymap::Action::Draw(Draw::Choose(5));
    assert!(screen.app.rows().any(|row| row.action == action));
    let last = Point {
        values: [0.0, 0.15],
        class: 5,
    };
    assert_eq!(points(&screen).points.last(), Some(&last));
}

#[test]
fn the_help_has_the_keys_of_the_drawing() {
    let mut screen = on_empty_board();
    screen.resize(120, 60);
    screen.press('?');
    let text = screen.text();
    for row in keymap::heard_in(Context::Drawing) {
        let start: String = row.help.chars().take(20).collect();
        assert!(text.contains(&start), "{start}: {text}");
    }
    screen.press_code(Esc);
    assert!(screen.app.drawing().is_some());
}

#[test]
fn the_board_looks_as_it_did() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut screen = TestScreen::fixed();
        screen.press('3');
        screen.press('P');
        draw_xor(&mut screen);
        screen.resize(width, height);
        insta::assert_snapshot!(format!("drawing-{width}x{height}"), screen.text());
        screen.draw_with(Appearance {
            colors: Colors::None,
            glyphs: Glyphs::Ascii,
        });
        let text = screen.text();
        assert!(text.is_ascii(), "{text}");
        insta::assert_snapshot!(format!("drawing-ascii-{width}x{height}"), text);
    }
}
