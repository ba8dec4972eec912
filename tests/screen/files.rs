//! Saving the run under a name and opening another one, by a typed path.

use std::fs;
use std::path::Path;

use crossterm::event::KeyCode::{Enter, Esc, Right, Tab};
use nnscope::app::{Effect, Message, Overlay, Question, SaveOutcome};
use nnscope::session::{Existing, Preparing, SavedRun};
use tempfile::TempDir;

use crate::test_screen::TestScreen;

/// A new folder, removed at the end.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
}

fn type_path(screen: &mut TestScreen, path: &str) {
    screen.press_ctrl('u');
    screen.paste(path);
}

/// The words of the window, without its border and its line breaks.
fn words(screen: &mut TestScreen) -> String {
    let text = screen.text();
    let inside = text.lines().filter_map(|line| {
        // Two columns on either side are outside.
        let inside: String = line.chars().skip(3).take(74).collect();
        (line.chars().nth(2) == Some('│')).then_some(inside)
    });
    inside
        .flat_map(|line| {
            line.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The path and the mode of the only effect.
fn saved(effects: &[Effect]) -> (&Path, Existing) {
    match effects {
        [Effect::Save { path, existing, .. }] => (path, *existing),
        _ => panic!("{effects:?}"),
    }
}

#[test]
fn a_run_is_saved_under_its_usual_name_or_another_and_asks_before_it_replaces() {
    let mut screen = TestScreen::at_epoch(1);
    assert!(matches!(screen.press('w')[..], [Effect::LookUp(_)]));
    let effects = screen.press_code(Enter);
    let (path, existing) = saved(&effects);
    assert_eq!(
        (path.to_str(), existing),
        (Some("nnscope-seed-42.json"), Existing::Keep)
    );
    let path = path.to_owned();
    assert!(screen.text().contains("saving nnscope-seed-42.json …"));
    screen.update(Message::Save(SaveOutcome::Exists(path.clone())));
    let text = screen.text();
    assert!(text.contains("nnscope-seed-42.json already exists") && !text.contains("saving"));
    // Other keys do nothing.
    assert!(screen.press('q').is_empty());
    // The name is not lost.
    screen.press('n');
    assert!(
        screen.text().contains("file nnscope-seed-42.json") && screen.text().contains("not saved")
    );
    screen.press_code(Esc);
    assert_eq!(*screen.app.overlay(), Overlay::None);
    screen.update(Message::Save(SaveOutcome::Exists(path.clone())));
    assert_eq!(saved(&screen.press('y')), (&*path, Existing::Replace));
    screen.update(Message::Save(SaveOutcome::Saved(path)));
    assert!(screen.text().contains("saved nnscope-seed-42.json"));
}

#[test]
fn while_a_name_is_typed_the_window_says_what_is_there() {
    let folder = Folder::new();
    fs::write(folder.path("old.json"), "").unwrap();
    let mut screen = TestScreen::at_epoch(1);
    screen.press('w');
    for (name, expected, can_be_saved) in [
        ("new.json", folder.path("new.json"), true),
        (
            "old.json",
            "you are asked before it is replaced".to_owned(),
            true,
        ),
        ("", "is a folder: add the name of a file".to_owned(), false),
        ("none/new.json", "there is no folder".to_owned(), false),
    ] {
        type_path(&mut screen, &folder.path(name));
        let words = words(&mut screen).replace(' ', "");
        assert!(
            words.contains(&expected.replace(' ', "")),
            "{expected}\n{words}"
        );
        if !can_be_saved {
            assert!(screen.press_code(Enter).is_empty());
        }
    }
    type_path(&mut screen, "");
    screen.press_ctrl('u');
    assert!(screen.text().contains("type the name of a file"));
    assert!(screen.press_code(Enter).is_empty());
}

#[test]
fn a_saved_run_is_opened_by_a_completed_path_and_the_present_one_is_kept() {
    let folder = Folder::new();
    let screen = TestScreen::at_epoch(7);
    let file = SavedRun::new(&screen.app.run().run, screen.session().state());
    fs::write(
        folder.path("seven.json"),
        serde_json::to_vec(&file).unwrap(),
    )
    .unwrap();
    let mut screen = TestScreen::at_epoch(20);
    screen.press('o');
    assert!(words(&mut screen).contains("run (.json), CSV file or built-in data"));
    type_path(&mut screen, &folder.path("se"));
    assert!(words(&mut screen).contains("Tab: seven.json"));
    screen.press_code(Tab);
    screen.press_code(Enter);
    assert_eq!(*screen.app.overlay(), Overlay::None);
    assert_eq!(screen.app.run().training.position.epoch, 7);
    assert_eq!(screen.app.runs().kept[0].view.training.farthest.epoch, 20);
}

#[test]
fn data_is_opened_with_its_usual_settings() {
    let folder = Folder::new();
    fs::write(
        folder.path("own.csv"),
        "a,b,y\n5,2,u\n2,1,v\n3,1,v\n8,9,u\n",
    )
    .unwrap();
    let mut screen = TestScreen::at_epoch(2);
    for (path, inputs, hidden) in [
        (folder.path("own.csv"), 2, 8),
        ("penguins".to_owned(), 4, 2),
    ] {
        screen.press('o');
        type_path(&mut screen, &path);
        screen.press_code(Enter);
        let run = screen.app.run();
        assert_eq!(run.dataset().inputs().len(), inputs);
        assert_eq!(run.config().hidden[0].units, hidden);
    }
}

#[test]
fn a_file_that_is_opened_says_which_column_it_predicts() {
    let folder = Folder::new();
    let path = folder.path("own.csv");
    fs::write(&path, "a,b,price\n5,2,1.5\n2,1,2.5\n3,1,4.5\n8,9,7\n").unwrap();
    let mut screen = TestScreen::at_epoch(2);
    screen.press('o');
    type_path(&mut screen, &path);
    screen.press_code(Enter);
    let text = screen.text();
    let said = "predicting price (e changes it) – 1 remark on the data (c)";
    assert!(text.contains(said), "{text}");
    screen.press('c');
    let text = screen.text();
    let trained = "Training: adam and mse loss, with l2, which pulls weights";
    assert!(text.contains(trained), "{text}");
    assert!(
        text.contains("the loss measures price in standard deviations of"),
        "{text}"
    );
}

#[test]
fn a_wrong_path_is_said_while_it_is_typed_and_a_wrong_file_when_it_is_opened() {
    let folder = Folder::new();
    fs::write(folder.path("bad.json"), "{").unwrap();
    let mut screen = TestScreen::at_epoch(2);
    screen.press('o');
    type_path(&mut screen, &folder.path("none.csv"));
    assert!(words(&mut screen).contains("there is no file"));
    assert!(screen.press_code(Enter).is_empty());
    type_path(&mut screen, &folder.path("bad.json"));
    screen.press_code(Enter);
    assert!(
        words(&mut screen).contains("it ends in the middle"),
        "{}",
        screen.text()
    );
    assert_eq!(screen.app.run().training.position.epoch, 2);
    screen.press_code(Esc);
    assert_eq!(*screen.app.overlay(), Overlay::None);
}

#[test]
fn esc_first_stops_the_opening_and_a_late_answer_is_ignored() {
    let mut screen = TestScreen::at_epoch(2);
    // What the test screen would do at once.
    for c in "oxor".chars() {
        screen.app.update(Message::Key(crate::test_screen::key(
            crossterm::event::KeyCode::Char(c),
        )));
    }
    let enter = Message::Key(crate::test_screen::key(Enter));
    let effects = screen.app.update(enter);
    let [Effect::Open { id, .. }] = effects[..] else {
        panic!("{effects:?}")
    };
    screen
        .app
        .update(Message::Preparing(id, Preparing::Reading { rows: 12_000 }));
    assert!(screen.text().contains("12,000 rows read (Esc cancels)"));
    assert!(matches!(
        screen.press_code(Esc)[..],
        [Effect::CancelPreparation]
    ));
    assert!(screen.text().contains("file xor"));
    screen
        .app
        .update(Message::Opened(id, Err("late".to_owned())));
    assert!(!screen.text().contains("late"));
    screen.press_code(Esc);
    assert_eq!(*screen.app.overlay(), Overlay::None);
}

#[test]
fn a_kept_run_is_deleted_only_after_a_question() {
    let mut screen = TestScreen::at_epoch(20);
    screen.press('r');
    screen.press('v');
    screen.press('d');
    assert_eq!(*screen.app.overlay(), Overlay::Ask(Question::Delete(0)));
    assert!(screen.text().contains("Run A cannot be restored."));
    screen.press_code(Esc);
    assert_eq!(screen.app.runs().kept.len(), 1);
    screen.press('d');
    screen.press('y');
    assert!(screen.app.runs().kept.is_empty());
    assert_eq!(*screen.app.overlay(), Overlay::Runs { selected: 0 });
}

#[test]
fn a_file_that_a_setting_would_mend_opens_the_settings_there() {
    let folder = Folder::new();
    let path = folder.path("mine.csv");
    fs::write(&path, "a,b,sex\n1,2,F\n2,,M\n3,4,M\n5,1,F\n").unwrap();
    let mut screen = TestScreen::at_epoch(3);
    screen.press('o');
    type_path(&mut screen, &path);
    screen.press_code(Enter);
    let Overlay::Settings(settings) = screen.app.overlay() else {
        panic!("{}", screen.text())
    };
    assert_eq!(settings.selected().name(), "missing values");
    let text = screen.text();
    assert!(
        text.contains("a value is missing") && text.contains("fills it"),
        "{text}"
    );
    // In the words of the settings, not of the command line.
    assert!(
        text.contains("\"imputation\"") && !text.contains("--"),
        "{text}"
    );
    screen.press_code(Right);
    screen.press_code(Enter);
    assert_eq!(screen.app.run().dataset().len(), 3, "{}", screen.text());
}

#[test]
fn a_file_with_rows_that_are_left_out_says_how_many() {
    let folder = Folder::new();
    let path = folder.path("gaps.csv");
    fs::write(&path, "a,b,sex\n1,2,F\n2,,M\n3,4,M\n5,1,F\n").unwrap();
    let mut screen = TestScreen::new(&format!("--data {path} --drop-missing"));
    let said = "predicting sex – skipped 1 of 4 rows with missing values (c)";
    let text = screen.text();
    assert!(text.contains(said), "{text}");
    // Filled in, none are left out; the row of those that are does not say that they are refused.
    let mut screen = TestScreen::new(&format!("--data {path} --impute mean"));
    screen.open_setting("imputation");
    let text = screen.text();
    let row = text.lines().find(|line| line.contains("missing values  "));
    assert!(row.unwrap().contains("not skipped"), "{text}");
}
