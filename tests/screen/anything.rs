//! Any keys, pastes, sizes and events in any order.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nnscope::app::{Appearance, Gesture, Glyphs, Message, Repeat, Turn, keymap};
use nnscope::session::built_in_names;
use nnscope::sweep::SweepEvent;
use nnscope::trainer::RunState;
use nnscope::ui;
use proptest::prelude::*;

use crate::sweep::progress;
use crate::test_screen::{TestScreen, key};

/// An event that can happen to the screen.
#[derive(Debug, Clone)]
enum Happening {
    Key(KeyEvent),
    Paste(String),
    Mouse(Gesture, u16, u16),
    Resize(u16, u16),
    Trained(RunState),
    Swept(SweepEvent),
    Sliced,
}

fn happening() -> impl Strategy<Value = Happening> {
    let bound: Vec<KeyEvent> = keymap::BINDINGS
        .iter()
        .flat_map(|binding| binding.keys)
        .map(|bound| match *bound {
            keymap::Key::Char(c) => key(KeyCode::Char(c)),
            keymap::Key::Ctrl(c) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL),
            keymap::Key::Code(code) => key(code),
        })
        .collect();
    let editing = [
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Left,
    ];
    let gestures = [
        Gesture::Press(Repeat::No),
        Gesture::Press(Repeat::Later),
        Gesture::Press(Repeat::Double),
        Gesture::Drag,
        Gesture::Release,
        Gesture::Wheel(Turn::Back),
        Gesture::Wheel(Turn::Forward),
    ];
    let states = [
        RunState::Running,
        RunState::Paused,
        RunState::Finished,
        RunState::Diverged { epoch: u64::MAX },
    ];
    let swept = vec![
        progress(0, false),
        progress(20, false),
        progress(40, true),
        SweepEvent::Failed("no more threads".to_owned()),
    ];
    prop_oneof![
        5 => prop::sample::select(bound).prop_map(Happening::Key),
        2 => any::<char>().prop_map(|c| Happening::Key(key(KeyCode::Char(c)))),
        2 => "[0-9.'a-z ]".prop_map(|c| Happening::Key(key(KeyCode::Char(c.chars().next().unwrap())))),
        1 => prop::sample::select(editing.to_vec()).prop_map(|code| Happening::Key(key(code))),
        1 => any::<String>().prop_map(Happening::Paste),
        5 => (prop::sample::select(gestures.to_vec()), 0u16..130, 0u16..45)
            .prop_map(|(gesture, column, row)| Happening::Mouse(gesture, column, row)),
        1 => (0u16..130, 0u16..45).prop_map(|(width, height)| Happening::Resize(width, height)),
        2 => prop::sample::select(states.to_vec()).prop_map(Happening::Trained),
        1 => Just(Happening::Sliced),
        1 => prop::sample::select(swept).prop_map(Happening::Swept),
    ]
}

/// Lets something happen to the screen, as it would.
fn let_happen(screen: &mut TestScreen, happening: Happening) {
    match happening {
        Happening::Key(key) => drop(screen.update(Message::Key(key))),
        Happening::Paste(text) => screen.paste(&text),
        Happening::Mouse(gesture, column, row) => drop(screen.gesture_at(gesture, column, row)),
        Happening::Resize(width, height) => screen.resize(width, height),
        Happening::Sliced => screen.compute_slice(1),
        Happening::Swept(event) => drop(screen.update(Message::Sweep(event))),
        Happening::Trained(state) => {
            screen.train_epoch();
            screen.tell(state);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_happens_makes_the_screen_panic(
        happenings in prop::collection::vec(happening(), 100),
        hidden in prop::sample::select(vec!["none", "1", "2", "3,2", "6", "40,1,17"]),
        inputs in prop::sample::select(vec!["", "x1*x2,sin(x2)", "x1,x2,x1^2,x2^2,x1*x2,sin(x1),sin(x2)"]),
        data in prop::sample::select(built_in_names()),
        test_fraction in prop::sample::select(vec![0.0, 0.25]),
        glyphs in prop::sample::select(vec![Glyphs::Unicode, Glyphs::Ascii]),
    ) {
        let hidden = match inputs {
            "" => hidden.to_owned(),
            _ if data == "penguins" => hidden.to_owned(),
            _ => format!("{hidden} --inputs {inputs}"),
        };
        let mut screen = TestScreen::with(data, test_fraction, &hidden);
        screen.draw_with(Appearance {
            glyphs,
            ..screen.app.appearance()
        });
        for happening in happenings {
            let_happen(&mut screen, happening);
            screen.draw();
            prop_assert!(screen.app.run().training.evaluation.is_none_or(|now| now.is_finite()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_from_frame_to_frame_is_never_out_of_date(
        happenings in prop::collection::vec(happening(), 40),
        hidden in prop::sample::select(vec!["none", "2", "3,2", "40,1,17"]),
        data in prop::sample::select(built_in_names()),
        test_fraction in prop::sample::select(vec![0.0, 0.25]),
        size in prop::sample::select(vec![(80, 24), (120, 40), (200, 60)]),
    ) {
        let mut screen = TestScreen::with(data, test_fraction, hidden);
        for happening in happenings {
            let_happen(&mut screen, happening);
            let kept = ui::screen(&screen.app, size);
            // A copy of an app keeps nothing.
            prop_assert_eq!(kept, ui::screen(&screen.app.clone(), size));
        }
    }
}
