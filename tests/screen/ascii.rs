//! In ASCII, everything is: every view, every window, every page of the lessons and of the help.

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Glyphs, OverlayKind, PAGES, View, keymap};
use nnscope::trainer::RunState;
use strum::VariantArray;

use crate::test_screen::TestScreen;

const SIZES: [(u16, u16); 3] = [(80, 24), (200, 60), (40, 12)];

/// Whether every cell of the screen is ASCII, at every size. No question mark stands for a character that should have been
/// spelled: there are as many as with all glyphs.
fn is_ascii(screen: &mut TestScreen, state: &str) {
    for (width, height) in SIZES {
        screen.resize(width, height);
        let marks = |screen: &mut TestScreen, glyphs| {
            screen.draw_with(Appearance {
                colors: Colors::None,
                glyphs,
            });
            let text = screen.text();
            let signs = text.matches('?').count();
            (text, signs)
        };
        let (_, expected) = marks(screen, Glyphs::Unicode);
        let (text, found) = marks(screen, Glyphs::Ascii);
        assert!(text.is_ascii(), "{state} at {width}x{height}\n{text}");
        // Longer words may push one out of sight.
        assert!(found <= expected, "{state} at {width}x{height}\n{text}");
    }
}

fn press_all(screen: &mut TestScreen, keys: &str) {
    for c in keys.chars() {
        match c {
            '\u{1b}' => screen.press_code(KeyCode::Esc),
            '\t' => screen.press_code(KeyCode::Tab),
            '→' => screen.press_code(KeyCode::Right),
            c => screen.press_code(KeyCode::Char(c)),
        };
    }
}

#[test]
fn every_view_and_what_its_keys_turn() {
    for options in [
        "",
        "--data plane --test-fraction 0.25",
        "--hidden 3 --l2 0.1 --l1 0.01 --optimizer adam --schedule cosine",
        "--data penguins --hidden 8:tanh,20:relu --batch-size 10 --optimizer adamw",
    ] {
        let mut screen = TestScreen::at_epoch_of(3, options);
        screen.tell(RunState::Paused);
        for keys in [
            "", "t", "t", "t", "t", "m", "m", "m", "y", "→", "→", "a", "i", "\u{1b}r", "2n", "n",
            "n", "m", "p",
        ] {
            press_all(&mut screen, keys);
            is_ascii(&mut screen, &format!("{options} {keys}"));
        }
        for keys in ["3", "d", "h", "4"] {
            press_all(&mut screen, keys);
            is_ascii(&mut screen, &format!("{options} {keys}"));
        }
    }
}

#[test]
fn every_window_of_every_view() {
    for &view in View::VARIANTS {
        for &kind in OverlayKind::VARIANTS {
            let mut screen = TestScreen::at_epoch(3);
            screen.tell(RunState::Paused);
            screen.press('r');
            screen.press(view.key());
            let opener = keymap::BINDINGS
                .iter()
                .find(|row| row.action == keymap::Action::Open(kind));
            let Some(&keymap::Key::Char(key)) = opener.map(|row| &row.keys[0]) else {
                continue;
            };
            screen.press(key);
            is_ascii(&mut screen, &format!("{view:?} {kind:?}"));
        }
    }
}

#[test]
fn every_setting_with_its_explanation() {
    for options in [
        "",
        "--data spiral",
        "--optimizer adam --schedule cosine",
        "--optimizer rmsprop",
        "--optimizer momentum",
    ] {
        let mut screen = TestScreen::at_epoch_of(1, options);
        screen.press('e');
        for _ in 0..30 {
            screen.press_code(KeyCode::Down);
            is_ascii(&mut screen, options);
        }
    }
}

#[test]
fn every_key_and_every_sign_of_the_help() {
    let mut screen = TestScreen::at_epoch(1);
    for keys in ["?", "\t"] {
        press_all(&mut screen, keys);
        for _ in 0..10 {
            screen.press_code(KeyCode::PageDown);
            is_ascii(&mut screen, "help");
        }
    }
}

#[test]
fn every_page_of_the_lessons() {
    for (index, page) in PAGES.iter().enumerate() {
        let mut screen = TestScreen::at_epoch(1);
        screen.app.open_page(index);
        is_ascii(&mut screen, page.name);
        screen.press('h');
        screen.press('h');
        is_ascii(&mut screen, page.name);
    }
}
