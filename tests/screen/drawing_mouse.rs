//! Drawing data with the mouse.

use nnscope::app::{Gesture, Repeat, Target, View};

use crate::drawing::{on_empty_board, on_map, points};

const PRESS: Gesture = Gesture::Press(Repeat::No);

#[test]
fn the_mouse_places_paints_and_removes() {
    let mut screen = on_empty_board();
    screen.draw();
    let board = screen
        .regions()
        .iter()
        .find(|(_, target)| matches!(target, Target::Point(_)));
    let (board, _) = board.expect("a board");
    let (x, y) = (board.x + 10, board.y + 4);
    screen.gesture_at(PRESS, x, y);
    for step in 1..4 {
        screen.gesture_at(Gesture::Drag, x + step, y);
    }
    screen.gesture_at(Gesture::Release, x + 3, y);
    assert_eq!(points(&screen).counts(), [4, 0]);
    screen.draw();
    screen.click("2 ▲ B");
    screen.gesture_at(PRESS, x, y + 8);
    screen.gesture_at(Gesture::Release, x, y + 8);
    assert_eq!(points(&screen).counts(), [4, 1]);
    // Each is in the cell that was clicked.
    let buffer = screen.draw().clone();
    for (column, row, sign) in [(x, y, "●"), (x + 3, y, "●"), (x, y + 8, "▲")] {
        assert_eq!(buffer[(column, row)].symbol(), sign);
    }
    screen.gesture_at(Gesture::RightPress, x, y + 8);
    assert_eq!(points(&screen).counts(), [4, 0]);
    screen.press('u');
    screen.press('u');
    screen.press('u');
    assert!(points(&screen).points.is_empty());
    // The name of an axis turns nothing here, and a tab leaves.
    screen.draw();
    screen.click_at(board.right() - 1, board.bottom() + 1);
    assert!(screen.app.drawing().is_some());
    screen.click(" Train");
    assert_eq!(screen.app.view(), View::Train);
    assert!(screen.app.drawing().is_none());
}

#[test]
fn clicks_on_the_map_place_nothing_until_something_is_drawn() {
    let mut screen = on_map("");
    screen.draw();
    let target = |target: &Target| matches!(target, Target::Point(_));
    let (map, _) = screen.regions().iter().find(|(_, at)| target(at)).unwrap();
    screen.gesture_at(Gesture::RightPress, map.x + 3, map.y + 3);
    screen.gesture_at(PRESS, map.x + 3, map.y + 3);
    screen.gesture_at(Gesture::Drag, map.x + 5, map.y + 3);
    screen.press('p');
    assert_eq!(points(&screen).points.len(), 4);
}
