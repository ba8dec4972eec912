//! Runs are prepared in the background: keys are answered meanwhile, and stale answers are ignored.

use crossterm::event::KeyCode;
use nnscope::app::{App, Effect, Message, Overlay, PreparationId};
use nnscope::session::{Preparing, Run};

use crate::test_screen::{TestScreen, key};

/// Presses keys without carrying out their effects.
fn press(app: &mut App, codes: &[KeyCode]) -> Vec<Effect> {
    let effects = codes
        .iter()
        .flat_map(|&code| app.update(Message::Key(key(code))));
    effects.collect()
}

/// Applies settings with another hidden layer; returns the id of the preparation and the message that completes it.
fn ask_for_another(screen: &mut TestScreen) -> (PreparationId, Message) {
    press(&mut screen.app, &[KeyCode::Char('e')]);
    screen.select_setting("hidden layer sizes");
    let effects = press(&mut screen.app, &[KeyCode::Right, KeyCode::Enter]);
    let [Effect::Prepare { id, draft, present }] = &effects[..] else {
        panic!("{effects:?}")
    };
    let continues = &mut |_| std::ops::ControlFlow::Continue(());
    let prepared = Run::prepare_instead_of(present, (**draft).clone(), continues);
    (*id, Message::Prepared(*id, Ok(prepared.unwrap())))
}

#[test]
fn the_panel_shows_the_progress_and_accepts_no_change_meanwhile() {
    let mut screen = TestScreen::at_epoch(20);
    let (id, prepared) = ask_for_another(&mut screen);
    screen
        .app
        .update(Message::Preparing(id, Preparing::Reading { rows: 120_000 }));
    let text = screen.text();
    assert!(text.contains("120,000 rows read"), "{text}");
    let evaluating = Preparing::Evaluating {
        samples: 400_000,
        all: 1_000_000,
    };
    screen.app.update(Message::Preparing(id, evaluating));
    let text = screen.text();
    assert!(text.contains("400,000 of 1,000,000"), "{text}");
    for code in [KeyCode::Right, KeyCode::Char('9'), KeyCode::Enter] {
        assert!(press(&mut screen.app, &[code]).is_empty(), "{code:?}");
    }
    assert_eq!(screen.app.run().config().hidden.len(), 1);

    let effects = screen.app.update(prepared);
    assert!(matches!(effects[..], [Effect::Begin { .. }]), "{effects:?}");
    assert_eq!(*screen.app.overlay(), Overlay::None);
    assert_eq!(screen.app.run().config().hidden.len(), 2);
}

#[test]
fn a_cancelled_run_is_ignored_when_it_is_ready() {
    let mut screen = TestScreen::at_epoch(20);
    let (id, prepared) = ask_for_another(&mut screen);
    let effects = press(&mut screen.app, &[KeyCode::Esc]);
    assert!(
        matches!(effects[..], [Effect::CancelPreparation]),
        "{effects:?}"
    );
    // The panel is as it was: nothing that was typed is lost.
    assert!(screen.text().contains("Enter restarts with seed 42."));
    press(&mut screen.app, &[KeyCode::Esc]);
    let (later, _) = ask_for_another(&mut screen);
    assert_ne!(id, later);
    assert!(screen.app.update(prepared).is_empty());
    assert_eq!(screen.app.run().config().hidden.len(), 1);
    let failed = Message::Prepared(later, Err("no such file".to_owned()));
    screen.app.update(failed);
    let text = screen.text();
    assert!(text.contains("no such file"), "{text}");
}
