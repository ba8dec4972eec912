//! The mouse: a click is what the key would be, to the thing that is under it.

mod network_and_chart;

use crossterm::event::KeyCode;
use nnscope::app::{
    Effect, Focus, Gesture, Message, Overlay, OverlayKind, Repeat, SaveOutcome, Selection, Shown,
    Target, Turn, View,
};
use nnscope::nn::{Neuron, Parameter};
use nnscope::trainer::{Command, Destination, RunState};
use ratatui::layout::Rect;

use crate::test_screen::TestScreen;

const PRESS: Gesture = Gesture::Press(Repeat::No);
const DOUBLE: Gesture = Gesture::Press(Repeat::Double);
const AGAIN: Gesture = Gesture::Press(Repeat::Later);

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
        let mut effects = self.gesture_at(DOUBLE, column, row);
        self.draw();
        effects.extend(self.gesture_at(Gesture::Release, column, row));
        effects
    }

    #[track_caller]
    fn wheel(&mut self, text: &str, turn: Turn) -> Vec<Effect> {
        let (column, row) = self.position_of(text);
        self.gesture_at(Gesture::Wheel(turn), column, row)
    }

    /// Clicks where a part of the network is drawn; returns the cell.
    #[track_caller]
    fn click_part(&mut self, part: Selection) -> (u16, u16) {
        self.draw();
        let regions: Vec<(Rect, Target)> = self.regions().iter().collect();
        let areas = regions
            .iter()
            .filter(|(_, target)| *target == Target::Part(part));
        let mut cells = areas.flat_map(|(area, _)| area.positions());
        let cell = cells.find(|cell| self.regions().at(cell.x, cell.y) == Target::Part(part));
        let (column, row) = cell.unwrap().into();
        self.click_at(column, row);
        (column, row)
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
    screen.click("? help");
    let (column, row) = screen.position_of("close");
    screen.draw();
    screen.gesture_at(DOUBLE, column, row);
    screen.gesture_at(Gesture::Release, column, row);
    assert_eq!(screen.overlay_kind(), OverlayKind::Help);
    screen.click_at(column, row);
    assert_eq!(screen.overlay_kind(), OverlayKind::None);
}

#[test]
fn a_click_outside_closes_a_window_as_esc_does_but_a_question_stays() {
    for key in ['?', 'e', 'c', ':', 'v'] {
        let mut screen = TestScreen::at_epoch(3);
        screen.press('2');
        screen.press(key);
        let kind = screen.overlay_kind();
        assert_ne!(kind, OverlayKind::None, "{key}");
        screen.resize(200, 60);
        // Inside, nothing happens to it.
        screen.draw();
        let regions: Vec<_> = screen.regions().iter().collect();
        let (window, _) = regions
            .iter()
            .find(|(_, target)| *target == Target::Window)
            .unwrap();
        screen.click_at(window.right() - 1, window.y);
        assert_eq!(screen.overlay_kind(), kind);
        // A tab is outside too; it is not shown.
        screen.click("1 Train");
        assert_eq!(screen.overlay_kind(), OverlayKind::None, "{key}");
        assert_eq!(screen.app.view(), View::Backprop);
    }
    let mut screen = TestScreen::at_epoch(0);
    screen.update(Message::Save(SaveOutcome::Exists("run.json".into())));
    screen.click_at(0, 3);
    assert_eq!(screen.overlay_kind(), OverlayKind::Ask);
    screen.click("n no");
    assert_ne!(screen.overlay_kind(), OverlayKind::Ask);
}

#[test]
fn a_click_into_a_field_of_the_prediction_box_puts_the_cursor_there() {
    let mut screen = TestScreen::at_epoch(0);
    let (column, row) = screen.position_of("[63 ");
    screen.click_at(column + 2, row);
    assert_eq!(screen.app.focus(), Focus::Prediction);
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press('9');
    assert!(screen.text().contains("height [693 "), "{}", screen.text());
    // Beyond the text and on the name, behind the last character.
    screen.click("weight [");
    screen.press('5');
    assert!(screen.text().contains("weight [1285 "), "{}", screen.text());
    let (column, row) = screen.position_of("[1285 ");
    screen.click_at(column + 1, row);
    screen.press('2');
    assert!(
        screen.text().contains("weight [21285 "),
        "{}",
        screen.text()
    );
    // The rest of the box keeps the focus, anything else leaves it and is clicked.
    screen.click("Predict");
    assert_eq!(screen.app.focus(), Focus::Prediction);
    screen.click("Bob");
    assert_eq!(screen.app.focus(), Focus::Run);
    assert_eq!(screen.app.run().shown, Shown::Sample(1));
    screen.click("Predict");
    assert_eq!(screen.app.focus(), Focus::Prediction);
    screen.click(" Backprop");
    assert_eq!(
        (screen.app.focus(), screen.app.view()),
        (Focus::Run, View::Backprop)
    );
}

#[test]
fn the_cursor_goes_where_a_field_is_clicked_also_one_that_is_scrolled() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press(':');
    for c in "123456".chars() {
        screen.press(c);
    }
    let (column, row) = screen.position_of("123456");
    screen.click_at(column + 3, row);
    screen.press('0');
    assert!(screen.text().contains("1230456"), "{}", screen.text());
    for c in "7".repeat(60).chars() {
        screen.press(c);
    }
    screen.press_code(KeyCode::End);
    let (column, row) = screen.position_of("77456");
    screen.click_at(column + 2, row);
    screen.press('9');
    let Overlay::GoTo(field) = screen.app.overlay() else {
        panic!("no field");
    };
    assert!(field.text.text().ends_with("779456"), "{:?}", field.text);
}

#[test]
fn a_click_selects_a_setting_its_arrows_and_the_wheel_turn_it_and_a_second_click_edits_it() {
    let mut screen = TestScreen::at_epoch(0);
    // Where all settings have room.
    screen.resize(120, 40);
    screen.press('e');
    screen.click("optimizer   ");
    screen.click("learning rate   ");
    let settings = |screen: &TestScreen| match screen.app.overlay() {
        Overlay::Settings(settings) => settings.clone(),
        _ => panic!("no settings"),
    };
    let selected = |screen: &TestScreen| settings(screen).selected().name();
    let rate = |screen: &TestScreen| settings(screen).draft.config().learning_rate;
    assert_eq!(selected(&screen), "learning rate");
    assert_eq!(rate(&screen), 0.1);
    let (column, row) = screen.position_of("‹ 0.1 ›");
    screen.click_at(column + 6, row);
    let more = rate(&screen);
    assert!(more > 0.1, "{more}");
    screen.click("‹ ");
    assert_eq!(rate(&screen), 0.1);
    screen.draw();
    screen.wheel("learning rate   ", Turn::Back);
    assert!(rate(&screen) < 0.1);
    screen.draw();
    screen.wheel("‹ ", Turn::Forward);
    assert_eq!(rate(&screen), 0.1);
    // Over another setting the wheel scrolls, and goes on to when the selection is under the resting mouse.
    let (column, row) = screen.position_of("dataset   ");
    let before = settings(&screen).selected;
    for scrolled in 1..=before {
        screen.draw();
        screen.gesture_at(Gesture::Wheel(Turn::Back), column, row);
        assert_eq!(settings(&screen).selected, before - scrolled);
    }
    screen.gesture_at(Gesture::Wheel(Turn::Back), column, row);
    assert_eq!(settings(&screen).draft, settings_of(&screen));
    screen.double_click("learning rate   ");
    screen.press_code(KeyCode::End);
    screen.press('5');
    assert_eq!(rate(&screen), 0.15);
    screen.click("dataset   ");
    assert_eq!(rate(&screen), 0.15);
    assert_eq!(screen.overlay_kind(), OverlayKind::Settings);
}

/// The draft with which the settings of a screen begin.
fn settings_of(screen: &TestScreen) -> nnscope::session::Draft {
    screen.app.run().draft()
}

#[test]
fn the_lists_of_windows_are_clicked_and_scrolled() {
    let mut screen = TestScreen::at_epoch(5);
    for _ in 0..2 {
        screen.press('r');
        screen.train_epoch();
        screen.tell(RunState::Paused);
    }
    screen.press('v');
    let selected = |screen: &TestScreen| match screen.app.overlay() {
        Overlay::Runs { selected } => *selected,
        _ => panic!("no runs"),
    };
    screen.press('?');
    screen.press_code(KeyCode::Esc);
    screen.press('v');
    let last = selected(&screen);
    screen.wheel("difference", Turn::Back);
    assert_eq!(selected(&screen), last.saturating_sub(1));
    screen.press_code(KeyCode::Esc);
    screen.press('?');
    let entry = |screen: &TestScreen| match screen.app.overlay() {
        Overlay::Help { selected, .. } => *selected,
        _ => panic!("no help"),
    };
    screen.click("train faster");
    assert!(entry(&screen) > 0);
    let before = entry(&screen);
    screen.draw();
    screen.wheel("Help", Turn::Forward);
    assert_eq!(entry(&screen), before + 3);
}
