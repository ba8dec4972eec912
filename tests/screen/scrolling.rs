//! What is scrolled stops where its end is seen: the first key back moves at once.

use crossterm::event::KeyCode;
use nnscope::app::Message;
use nnscope::trainer::RunState;

use crate::footer::event;
use crate::test_screen::TestScreen;

/// More presses than there are lines.
const MANY: usize = 60;

#[test]
fn the_first_key_back_moves_however_often_the_other_was_pressed() {
    use KeyCode::{Down, PageDown, PageUp, Up};
    for (options, keys, size, forward, back) in [
        ("", "2", (60, 20), PageDown, PageUp),
        ("", "2nnn", (80, 24), PageDown, PageUp),
        ("--hidden 8", "2g", (80, 24), Down, Up),
        ("--hidden 8", "2g", (80, 24), PageDown, Up),
        ("", "4", (50, 15), PageDown, PageUp),
        ("", "?", (80, 24), Down, Up),
        ("", "e", (80, 24), PageDown, Up),
    ] {
        let mut screen = TestScreen::at_epoch_of(3, options);
        screen.tell(RunState::Paused);
        screen.resize(size.0, size.1);
        for c in keys.chars() {
            screen.update(Message::Key(event(c)));
        }
        for (away, home) in [(forward, back), (back, forward)] {
            for _ in 0..MANY {
                screen.press_code(away);
                screen.draw();
            }
            let at_end = screen.text();
            screen.press_code(home);
            let answer = screen.app.notice().map(str::to_owned);
            assert_eq!(answer, None, "{home:?} after {keys:?}");
            assert_ne!(screen.text(), at_end, "{home:?} after {keys:?}");
        }
    }
}
