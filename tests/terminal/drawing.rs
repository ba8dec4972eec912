//! Data that is drawn in a real terminal.

use std::fs;

use crate::session::{Session, empty_directory, key, nnscope};

#[test]
fn four_points_are_drawn_by_keys_and_trained_on() {
    let directory = empty_directory("four_points_are_drawn_by_keys_and_trained_on");
    fs::write(directory.join("points.csv"), "somebody else's\n").unwrap();
    let mut command = nnscope(&["--view", "surface"]);
    command.cwd(&directory);
    let mut session = Session::run(command);
    session.type_keys("P");
    session.wait_for("empty board");
    session.type_keys("1 llllll2 kkkkkk1 hhhhhh2 ");
    session.wait_for("4 points (2 A, 2 B)");
    session.type_keys(key::ENTER);
    session.wait_for("file points-2.csv");
    session.type_keys(key::ENTER);
    session.wait_for("saved points-2.csv; training on its 4 points");
    session.wait_for("running");
    let csv = fs::read_to_string(directory.join("points-2.csv")).unwrap();
    assert_eq!(csv, "x,y,class\n0,0,A\n0.3,0,B\n0.3,0.3,A\n0,0.3,B\n");
    session.type_keys("1");
    session.wait_for("Samples: 4/4 right");
    session.quit("q");
}

#[test]
fn the_mouse_places_and_removes_points() {
    let mut session = Session::run(nnscope(&["--view", "surface"]));
    session.type_keys("P");
    session.wait_for("empty board");
    session.click_at(20, 8);
    session.click("2 ▲ B");
    session.click_at(30, 12);
    session.wait_for("2 points (1 A, 1 B)");
    session.type_keys("\x1b[<2;30;12M\x1b[<2;30;12m");
    session.wait_for("a point of a second class is missing");
    session.type_keys(key::ESC);
    session.wait_for("the drawing is kept, not saved");
    session.quit("q");
}
