//! The mouse: a click is what the key would be, to the thing that is under it.

use crossterm::event::KeyCode;
use nnscope::app::{Effect, Gesture, Message, OverlayKind, Shown, Target, Turn, View};
use nnscope::trainer::{Command, RunState};

use crate::test_screen::TestScreen;

const PRESS: Gesture = Gesture::Press { is_double: false };

impl TestScreen {
    /// Clicks the cell, as the present frame shows it.
    pub(crate) fn click_at(&mut self, column: u16, row: u16) -> Vec<Effect> {
        self.draw();
        let mut effects = self.gesture_at(PRESS, column, row);
        self.draw();
        effects.extend(self.gesture_at(Gesture::Release, column, row));
        effects
    }

    /// Does something with the mouse in the cell, as the last frame showed it.
    pub(crate) fn gesture_at(&mut self, gesture: Gesture, column: u16, row: u16) -> Vec<Effect> {
        let target = self.regions().at(column, row);
        self.update(Message::Mouse(gesture, target))
    }

    /// Clicks the first cell of a text on the screen.
    #[track_caller]
    pub(crate) fn click(&mut self, text: &str) -> Vec<Effect> {
        let (column, row) = self.position_of(text);
        self.click_at(column, row)
    }

    /// Clicks the first cell of a text twice.
    #[track_caller]
    fn double_click(&mut self, text: &str) -> Vec<Effect> {
        let (column, row) = self.position_of(text);
        self.click_at(column, row);
        let mut effects = self.gesture_at(Gesture::Press { is_double: true }, column, row);
        self.draw();
        effects.extend(self.gesture_at(Gesture::Release, column, row));
        effects
    }

    #[track_caller]
    fn wheel(&mut self, text: &str, turn: Turn) -> Vec<Effect> {
        let (column, row) = self.position_of(text);
        self.gesture_at(Gesture::Wheel(turn), column, row)
    }

    fn overlay_kind(&self) -> OverlayKind {
        OverlayKind::from(self.app.overlay())
    }
}

#[test]
fn a_click_on_a_tab_shows_its_view() {
    let mut screen = TestScreen::at_epoch(0);
    screen.click("Backprop");
    assert_eq!(screen.app.view(), View::Backprop);
    screen.click("Backprop");
    assert_eq!(screen.app.view(), View::Backprop);
    screen.click("1 Train");
    assert_eq!(screen.app.view(), View::Train);
}

#[test]
fn a_click_on_a_key_of_the_last_line_presses_it() {
    let mut screen = TestScreen::at_epoch(0);
    for text in ["space pause", "pause"] {
        assert!(matches!(
            screen.click(text)[..],
            [Effect::Train(Command::Pause)]
        ));
        screen.tell(RunState::Paused);
        assert!(matches!(
            screen.click("run  ")[..],
            [Effect::Train(Command::Run)]
        ));
    }
    // Of two keys with one text, each is itself, and the text belongs to the one beside it.
    screen.train_epoch();
    screen.tell(RunState::Paused);
    for (text, direction) in [
        ("[ ]", "Back(1)"),
        ("] time", "Forward(1)"),
        ("time", "Step"),
    ] {
        let effects = format!("{:?}", screen.click(text));
        assert!(effects.contains(direction), "{text}: {effects}");
    }
    assert!(matches!(screen.click("q quit")[..], [Effect::Quit]));
    screen.click("? help");
    assert_eq!(screen.overlay_kind(), OverlayKind::Help);
    screen.click("close");
    assert_eq!(screen.overlay_kind(), OverlayKind::None);
}

#[test]
fn a_click_on_the_state_runs_and_pauses() {
    let mut screen = TestScreen::at_epoch(0);
    assert!(matches!(
        screen.click("running 50/s")[..],
        [Effect::Train(Command::Pause)]
    ));
}

#[test]
fn a_click_on_a_sample_shows_it_and_the_wheel_goes_through_them() {
    let mut screen = TestScreen::at_epoch(0);
    screen.click("Charlie");
    assert_eq!(screen.app.run().shown, Shown::Sample(2));
    // A second click opens nothing.
    screen.double_click("Bob");
    assert_eq!(screen.app.run().shown, Shown::Sample(1));
    screen.wheel("Diana", Turn::Forward);
    assert_eq!(screen.app.run().shown, Shown::Sample(2));
    screen.wheel("Samples", Turn::Back);
    assert_eq!(screen.app.run().shown, Shown::Sample(1));
    // One that is no longer there.
    screen.update(Message::Mouse(PRESS, Target::Sample(Shown::Sample(4))));
    assert_eq!(screen.app.run().shown, Shown::Sample(1));
}

#[test]
fn the_second_half_of_a_double_click_on_something_else_counts_for_nothing() {
    let mut screen = TestScreen::at_epoch(0);
    let (column, row) = screen.position_of("? help");
    screen.click_at(column, row);
    screen.draw();
    let below = screen.regions().at(column, row);
    screen.update(Message::Mouse(Gesture::Press { is_double: true }, below));
    assert_eq!(screen.overlay_kind(), OverlayKind::Help);
    screen.press_code(KeyCode::Esc);
}
