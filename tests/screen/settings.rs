//! The settings panel: values that are turned or typed, and what they do.

use crossterm::event::KeyCode;
use nnscope::app::{Effect, Overlay, Row, Settings};
use nnscope::nn::{LayerRequest, OptimizerKind};
use nnscope::session::setting::settings;
use nnscope::session::{Change, Draft};
use nnscope::trainer::Command;

use crate::test_screen::TestScreen;

impl TestScreen {
    /// The settings panel with this setting selected.
    fn at_setting(name: &str) -> Self {
        let mut screen = Self::at_epoch(20);
        screen.open_setting(name);
        screen
    }

    fn settings(&self) -> &Settings {
        match self.app.overlay() {
            Overlay::Settings(settings) => settings,
            other => panic!("{other:?}"),
        }
    }

    fn draft(&self) -> &Draft {
        &self.settings().draft
    }
}

#[test]
fn a_learning_rate_applies_to_the_run_and_other_settings_restart_it() {
    let mut screen = TestScreen::at_epoch(20);
    screen.open_setting("learning rate");
    assert!(screen.press_code(KeyCode::Right).is_empty());
    assert!(
        screen
            .text()
            .contains("Enter applies this to the current run.")
    );
    let effects = screen.press_code(KeyCode::Enter);
    let change = Change::set("learning-rate", "0.2");
    assert!(matches!(&effects[..], [Effect::Train(Command::Change(asked))] if *asked == change));
    assert_eq!(*screen.app.overlay(), Overlay::None);

    screen.open_setting("hidden layer sizes");
    screen.press_code(KeyCode::Right);
    assert!(screen.text().contains("Enter restarts with seed 42."));
    let effects = screen.press_code(KeyCode::Enter);
    let [Effect::Prepare { draft, .. }] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(draft.config().hidden, LayerRequest::of_units(&[2, 2]));
    assert_eq!(
        screen.app.run().config().hidden,
        LayerRequest::of_units(&[2, 2])
    );

    screen.open_setting("output activation");
    screen.press_code(KeyCode::Right);
    assert!(screen.text().contains("‹ softmax ›"), "{}", screen.text());
    screen.press_code(KeyCode::Enter);
    let text = screen.text();
    assert!(text.contains("softmax needs two outputs"), "{text}");
    screen.press_code(KeyCode::Esc);
    assert_eq!(*screen.app.overlay(), Overlay::None);
}

#[test]
fn every_setting_is_explained_while_it_is_selected() {
    let mut screen = TestScreen::at_epoch(0);
    screen.press('e');
    screen.press_code(KeyCode::Home);
    for _ in 0..screen.settings().rows().len() {
        let row = screen.settings().selected();
        let text = screen.panel_text();
        assert!(text.contains(row.explanation()), "{text}");
        screen.press_code(KeyCode::Down);
    }
}

#[test]
fn the_explanation_of_every_setting_fits_the_panel() {
    // Two lines of 58 characters, which break between words.
    for row in settings().map(Row::Of) {
        let longest_word = row
            .explanation()
            .split(' ')
            .map(|word| word.chars().count())
            .max();
        let length = row.explanation().chars().count();
        assert!(
            length <= 2 * 58 - longest_word.unwrap(),
            "{}",
            row.explanation()
        );
    }
}

#[test]
fn any_value_can_be_typed_and_is_in_the_draft_at_once() {
    let mut screen = TestScreen::at_setting("learning rate");
    screen.type_text("0.05");
    assert_eq!(screen.draft().config().learning_rate, 0.05);
    assert!(
        screen
            .panel_text()
            .contains("Enter applies this to the current run.")
    );
    let effects = screen.press_code(KeyCode::Enter);
    let change = Change::set("learning-rate", "0.05");
    assert!(matches!(&effects[..], [Effect::Train(Command::Change(asked))] if *asked == change));

    for (name, typed, value) in [
        ("batch size", "300", "300"),
        ("epochs", "25000", "25000"),
        ("epochs", "0", "until stopped"),
        ("until loss", "1e-7", "1e-7"),
        ("optimizer", "adam", "adam"),
        ("output activation", "auto", "sigmoid"),
        ("loss", "auto", "mse"),
        ("test share", "0.125", "12.5%"),
        ("hidden layer sizes", "8,4,2", "8,4,2"),
        ("hidden layer sizes", "none", "none"),
        ("  units in layer 1", "17", "17"),
        ("  units in layer 1", "5:relu", "5:relu"),
    ] {
        let mut screen = TestScreen::at_setting(name);
        let row = screen.settings().selected();
        screen.type_text(typed);
        assert_eq!(row.value(screen.draft()), value, "{name} {typed}");
        assert!(screen.text().contains(typed), "{}", screen.text());
    }
}

#[test]
fn a_focused_value_owns_every_printable_key() {
    let mut screen = TestScreen::at_setting("dataset");
    screen.type_text("hjkleq-+.csv");
    assert_eq!(screen.draft().source.data, "hjkleq-+.csv");
    let mut screen = TestScreen::at_setting("optimizer");
    screen.type_text("rmsprop");
    assert_eq!(screen.draft().config().optimizer, OptimizerKind::Rmsprop);
}

#[test]
fn an_invalid_value_is_reported_and_not_applied() {
    let mut screen = TestScreen::at_setting("learning rate");
    let before = screen.draft().clone();
    screen.type_text("-1");
    let text = screen.panel_text();
    assert!(
        text.contains("learning rate must be positive and finite, got -1"),
        "{text}"
    );
    assert_eq!(*screen.draft(), before);
    screen.press_code(KeyCode::Esc);

    screen.type_text("0");
    let text = screen.panel_text();
    assert!(
        text.contains("learning rate must be positive and finite, got 0"),
        "{text}"
    );
    assert!(screen.press_code(KeyCode::Enter).is_empty());
    assert_eq!(*screen.draft(), before);
    screen.type_text(".3");
    assert_eq!(screen.draft().config().learning_rate, 0.3);
    screen.type_text("x");
    assert!(screen.panel_text().contains("expected a number"));
    assert_eq!(*screen.draft(), before);
    // Nothing but Esc leaves the invalid value.
    for code in [KeyCode::Down, KeyCode::Tab, KeyCode::Enter] {
        screen.press_code(code);
        assert!(screen.panel_text().contains("expected a number"));
    }
    screen.press_code(KeyCode::Esc);
    assert!(screen.settings().typing.is_none());
    assert!(
        screen
            .panel_text()
            .contains("Left and Right change the value")
    );

    let mut screen = TestScreen::at_setting("hidden activation");
    screen.type_text("step");
    assert!(
        screen
            .panel_text()
            .contains("expected one of auto, sigmoid")
    );
}

#[test]
fn escape_restores_the_value_and_then_closes_the_panel() {
    let mut screen = TestScreen::at_setting("batch size");
    let before = screen.draft().clone();
    screen.type_text("64");
    assert_ne!(*screen.draft(), before);
    screen.press_code(KeyCode::Esc);
    assert_eq!(*screen.draft(), before);
    screen.press_code(KeyCode::Esc);
    assert_eq!(*screen.app.overlay(), Overlay::None);
}

#[test]
fn a_value_can_be_edited_and_pasted() {
    let mut screen = TestScreen::at_setting("batch size");
    screen.type_text("12");
    screen.press_code(KeyCode::Down);
    screen.press_code(KeyCode::Up);
    screen.press_code(KeyCode::Backspace);
    screen.type_text("8");
    assert_eq!(screen.draft().config().batch_size, 128);

    let mut screen = TestScreen::at_setting("hidden layer sizes");
    screen.paste("16,\u{7}16");
    assert_eq!(
        screen.draft().config().hidden,
        LayerRequest::of_units(&[16, 16])
    );
}

#[test]
fn typed_data_resets_columns_outputs_and_loss() {
    let mut screen = TestScreen::at_setting("dataset");
    screen.type_text("spiral");
    let draft = screen.draft();
    assert!(draft.is_open("output-activation") && draft.is_open("loss"));
    assert!(
        screen
            .settings()
            .rows()
            .iter()
            .any(|row| row.name() == "noise")
    );
    assert!(screen.panel_text().contains("Enter restarts with seed 42."));
    screen.press_code(KeyCode::Esc);
    assert!(!screen.draft().is_open("output-activation"));
}

#[test]
fn the_title_says_where_the_selected_setting_is_where_there_is_no_room_for_all() {
    let mut screen = TestScreen::at_epoch(20);
    screen.press('e');
    for (size, place) in [
        ((80, 24), "┌ Settings 15 of 23: Data  Network [Training] ─"),
        ((80, 16), "┌ Settings 15 of 23: Data  Network [Training] ─"),
        ((40, 12), "┌ Settings 15 of 23: Training ─"),
    ] {
        screen.resize(size.0, size.1);
        let text = screen.text();
        assert!(text.contains(place), "{text}");
    }
    // The heading of the section stays when the list has scrolled beyond it.
    screen.resize(80, 24);
    let text = screen.text();
    let first = text.lines().nth(1).unwrap();
    assert!(first.contains("│ Network "), "{text}");
    screen.select_setting("dataset");
    let text = screen.text();
    assert!(
        text.contains("┌ Settings 1 of 23: [Data] Network  Training ─"),
        "{text}"
    );
    screen.resize(80, 60);
    assert!(screen.text().contains("┌ Settings ─"), "{}", screen.text());
}

#[test]
fn other_data_says_which_settings_it_changes_with_it() {
    let mut screen = TestScreen::at_epoch(20);
    screen.open_setting("dataset");
    assert!(!screen.text().contains("This also sets"));
    screen.press_code(KeyCode::Right);
    let text = screen.text();
    let said = "This also sets hidden layer sizes 4, learning rate 1.";
    assert!(text.contains("‹ and ›") && text.contains(said), "{text}");
    screen.press_code(KeyCode::Left);
    assert!(!screen.text().contains("This also sets"));
}

#[test]
fn tab_is_said_to_complete_only_a_part_of_a_name() {
    let mut screen = TestScreen::at_epoch(20);
    screen.open_setting("initial weights");
    for (typed, what) in [("h", "Tab complete"), ("e", "Tab section")] {
        screen.type_text(typed);
        let text = screen.text();
        assert!(text.contains(what), "{what}\n{text}");
    }
}

#[test]
fn a_value_that_is_cut_says_so_and_both_its_arrows_stay() {
    let mut screen = TestScreen::at_epoch(20);
    screen.set("dataset", "penguins");
    screen.open_setting("dataset");
    screen.select_setting("features");
    screen.type_text("bill_length_mm,bill_depth_mm,body_mass_g");
    screen.press_code(KeyCode::Down);
    screen.press_code(KeyCode::Up);
    let text = screen.text();
    let line = text
        .lines()
        .find(|line| line.contains("bill_length"))
        .unwrap();
    assert!(
        line.contains("… ›") && !line.contains("body_mass"),
        "{line}"
    );
    // Below the list, there is all of it.
    assert!(
        text.contains("bill_length_mm,bill_depth_mm,body_mass_g"),
        "{text}"
    );
}

#[test]
fn completion_is_offered_only_where_there_are_names() {
    for (setting, offers) in [
        ("learning rate", "Tab section"),
        ("optimizer", "Tab complete"),
    ] {
        let mut screen = TestScreen::at_epoch(0);
        screen.open_setting(setting);
        // The first one opens the field.
        screen.press_code(KeyCode::Backspace);
        screen.press_code(KeyCode::Backspace);
        let text = screen.text();
        let footer = text.lines().last().unwrap();
        assert!(footer.contains(offers), "{footer}");
    }
}

#[test]
fn the_list_waits_until_the_name_of_data_is_typed() {
    let mut screen = TestScreen::at_epoch(3);
    screen.open_setting("dataset");
    let rows = |screen: &TestScreen| match screen.app.overlay() {
        Overlay::Settings(settings) => settings.rows().len(),
        _ => 0,
    };
    let before = rows(&screen);
    screen.type_text("spira");
    assert_eq!(rows(&screen), before);
    screen.type_text("l");
    screen.press_code(KeyCode::Down);
    let text = screen.text();
    assert!(rows(&screen) != before && text.contains("noise"), "{text}");
}
