//! What the mouse finds where: in every view and window, at every size.

use std::mem::discriminant;

use crossterm::event::KeyCode;
use nnscope::app::{
    Appearance, Gesture, Glyphs, Message, Repeat, SaveOutcome, Shown, Target, Turn, keymap,
};
use nnscope::trainer::RunState;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::test_screen::TestScreen;

const PRESS: Gesture = Gesture::Press(Repeat::No);
const DOUBLE: Gesture = Gesture::Press(Repeat::Double);

const SIZES: [(u16, u16); 6] = [(80, 24), (120, 40), (200, 60), (40, 12), (60, 16), (1, 1)];

/// Screens of the views, and of every window above them.
pub(crate) fn screens() -> Vec<TestScreen> {
    let keys = [
        "1", "2", "3", "?", "?\t", "e", "c", "v", "S", ":", "i", "m", "2g", "2\r", "w", "3p",
        "3P 2l \r",
    ];
    let mut screens = Vec::new();
    for options in [
        "",
        "--data penguins --hidden 4,3",
        "--hidden 40 --data hills --samples 20",
    ] {
        for keys in keys {
            let mut screen = TestScreen::at_epoch_of(3, options);
            for key in keys.chars() {
                match key {
                    '\t' => screen.press_code(KeyCode::Tab),
                    '\r' => screen.press_code(KeyCode::Enter),
                    'w' => screen.update(Message::Save(SaveOutcome::Exists("run.json".into()))),
                    key => screen.press(key),
                };
            }
            screens.push(screen);
        }
    }
    screens
}

/// The text in an area.
fn text_in(buffer: &Buffer, area: Rect) -> String {
    let cells = area.positions().map(|position| buffer[position].symbol());
    cells.collect()
}

/// A few targets of each kind that are on the screen.
fn some_targets(screen: &TestScreen) -> Vec<Target> {
    const OF_A_KIND: usize = 3;
    let mut some: Vec<Target> = Vec::new();
    for (_, target) in screen.regions().iter() {
        let is_alike = |other: &&Target| discriminant(*other) == discriminant(&target);
        if !some.contains(&target)
            && (matches!(target, Target::Command(_))
                || some.iter().filter(is_alike).count() < OF_A_KIND)
        {
            some.push(target);
        }
    }
    some
}

#[test]
fn every_region_is_inside_and_shows_what_it_means() {
    for mut screen in screens() {
        for (width, height) in SIZES {
            screen.resize(width, height);
            let buffer = screen.draw().clone();
            for (area, target) in screen.regions().iter() {
                assert_eq!(
                    area.intersection(buffer.area),
                    area,
                    "{target:?} at {width}x{height}"
                );
                // A part of it may be covered by a window.
                let last = (area.right() - 1, area.bottom() - 1);
                let is_seen = |(column, row)| screen.regions().at(column, row) == target;
                if is_seen((area.x, area.y)) && is_seen(last) {
                    expect_shown(&screen, &text_in(&buffer, area), target);
                }
            }
        }
    }
}

/// Expects that the text in an area is that of its target.
fn expect_shown(screen: &TestScreen, text: &str, target: Target) {
    match target {
        Target::Sample(Shown::Sample(sample)) => {
            let name = screen.app.run().dataset().sample_name(sample);
            let start: String = name.chars().take(3).collect();
            assert!(text.contains(&start), "{name} in {text:?}");
        }
        // In a narrow window it is cut.
        Target::Command(keymap::Action::Show(view)) => {
            let name = text.trim_matches(|c: char| !c.is_alphabetic());
            assert!(view.name().starts_with(name), "{text:?}");
        }
        Target::Command(keymap::Action::TurnValue(_)) if text.chars().count() == 1 => {
            assert!(["‹", "›"].contains(&text), "{text:?}");
        }
        Target::Command(action) => {
            let row = keymap::BINDINGS.iter().find(|row| row.action == action);
            assert!(
                row.is_some() && !text.trim().is_empty(),
                "{action:?}: {text:?}"
            );
        }
        // A single cell of a line may be covered by what is beside it.
        Target::Part(_) if text.chars().count() > 1 => {
            assert!(!text.trim().is_empty(), "{target:?}");
        }
        _ => {}
    }
}

#[test]
fn whatever_is_clicked_dragged_and_scrolled_nothing_panics() {
    for (mut screen, glyphs) in screens()
        .into_iter()
        .zip([Glyphs::Unicode, Glyphs::Ascii].into_iter().cycle())
    {
        screen.draw_with(Appearance {
            glyphs,
            ..screen.app.appearance()
        });
        for (width, height) in [(80, 24), (40, 12), (1, 1)] {
            screen.resize(width, height);
            screen.draw();
            let app = screen.app.clone();
            for target in some_targets(&screen) {
                screen.app = app.clone();
                for gesture in [
                    PRESS,
                    Gesture::Drag,
                    Gesture::Release,
                    PRESS,
                    Gesture::Release,
                    Gesture::Wheel(Turn::Back),
                    DOUBLE,
                    Gesture::Release,
                    Gesture::Wheel(Turn::Forward),
                ] {
                    drop(screen.app.update(Message::Mouse(gesture, target)));
                }
                screen.draw();
            }
            screen.app = app;
        }
    }
}

#[test]
fn a_click_never_destroys_without_the_question_that_the_key_asks() {
    for mut screen in screens() {
        screen.tell(RunState::Paused);
        screen.resize(120, 40);
        screen.draw();
        let parameters = screen.app.run().network.parameters().to_vec();
        let app = screen.app.clone();
        for target in some_targets(&screen) {
            // What is named by a key does what the key does.
            if matches!(target, Target::Command(_)) {
                continue;
            }
            screen.app = app.clone();
            for gesture in [PRESS, Gesture::Release] {
                let effects = screen.app.update(Message::Mouse(gesture, target));
                let effects = format!("{effects:?}");
                assert!(
                    !["Quit", "Begin", "Save", "Change"]
                        .iter()
                        .any(|word| effects.contains(word)),
                    "{effects}"
                );
            }
            assert_eq!(screen.app.run().network.parameters(), parameters);
        }
    }
}
