//! Every value of the settings panel is typed and turned, and what changes on the way does.

mod few_keys;

use std::fs;

use crossterm::event::KeyCode::{
    self, BackTab, Backspace, Down, End, Enter, Esc, Home, Right, Tab, Up,
};
use nnscope::app::{Overlay, Row, Settings};
use nnscope::session::setting::{Choices, OFF, ON, settings};
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

impl TestScreen {
    fn panel(&self) -> &Settings {
        match self.app.overlay() {
            Overlay::Settings(settings) => settings,
            other => panic!("{other:?}"),
        }
    }

    fn press_all(&mut self, codes: &[KeyCode]) -> usize {
        codes.iter().for_each(|code| drop(self.press_code(*code)));
        codes.len()
    }
}

/// A text that is another value, as it is typed.
fn example(row: Row) -> String {
    let Row::Of(setting) = row else {
        return "3:tanh".to_owned();
    };
    match setting.choices {
        Choices::Names(_) if setting.option == "optimizer" => "nesterov".to_owned(),
        Choices::Names(names) => (*names().last().unwrap()).to_owned(),
        Choices::Numbers { steps, .. } => steps[1].to_string(),
        Choices::Whole => "7".to_owned(),
        Choices::Flag { on, .. } => on.to_owned(),
        Choices::Text(examples) => (*examples.last().unwrap()).to_owned(),
        Choices::List(example) => example.to_owned(),
        Choices::Dataset => "./data/of a lab.csv".to_owned(),
        Choices::Layers => "4,3:relu".to_owned(),
    }
}

#[test]
fn every_row_of_the_table_is_in_the_panel_and_can_be_typed_and_turned() {
    let mut seen = Vec::new();
    let optimizers = ["momentum", "rmsprop", "adamw"];
    for (data, optimizer) in ["spiral", "penguins", "x.csv"].into_iter().zip(optimizers) {
        let mut screen = TestScreen::at_epoch(20);
        screen.open_setting("dataset");
        screen.type_text(data);
        screen.select_setting("optimizer");
        screen.type_text(optimizer);
        screen.press_code(Down);
        for index in 0..screen.panel().rows().len() {
            screen.press_code(Home);
            (0..index).for_each(|_| drop(screen.press_code(Down)));
            let row = screen.panel().selected();
            seen.push(row.option());
            let before = screen.panel().draft.clone();
            // As it is, with what was there taken away.
            screen.press_code(Backspace);
            screen.press_ctrl('u');
            screen.type_text(&example(row));
            let typing = screen.panel().typing.as_ref().unwrap();
            assert_eq!(typing.problem, None, "{}", row.name());
            assert_ne!(screen.panel().draft, before, "{}", row.name());
            assert!(screen.text().contains(&example(row)), "{}", row.name());
            screen.press_code(Esc);
            assert_eq!(screen.panel().draft, before, "{}", row.name());
            if !screen.panel().can_turn(row) {
                continue;
            }
            screen.press_code(Right);
            let turned = screen.panel().draft.clone();
            screen.press_code(KeyCode::Left);
            assert!(
                turned != before || screen.panel().draft != before,
                "{}",
                row.name()
            );
            screen.press_all(&[Esc]);
            screen.open_setting("dataset");
            screen.type_text(data);
            screen.select_setting("optimizer");
            screen.type_text(optimizer);
            screen.press_code(Down);
        }
    }
    for row in settings() {
        assert!(seen.contains(&row.option), "--{}", row.option);
    }
}

#[test]
fn a_typed_number_between_two_steps_turns_to_its_neighbours() {
    let mut screen = TestScreen::at_epoch(20);
    screen.press('e');
    for (turn, rate) in [(Right, 0.5), (KeyCode::Left, 0.3)] {
        screen.select_setting("learning rate");
        screen.type_text("0.4");
        screen.press_code(Up);
        screen.press_code(Down);
        screen.press_code(turn);
        assert_eq!(screen.panel().draft.config().learning_rate, rate);
    }
    screen.select_setting("seed");
    screen.press_code(Right);
    assert_eq!(screen.panel().draft.config().seed, 43);
}

#[test]
fn columns_and_classes_of_the_present_data_are_turned_to() {
    let mut screen = TestScreen::new("--data penguins --seed 42");
    screen.open_setting("target");
    screen.press_code(Right);
    assert_eq!(screen.panel().draft.source.target, ["bill_length"]);
    screen.press_code(KeyCode::Left);
    assert!(screen.panel().draft.source.target.is_empty());
    screen.press_code(KeyCode::Left);
    assert_eq!(screen.panel().draft.source.target, ["species"]);
}

#[test]
fn a_flag_is_typed_in_the_words_of_the_panel() {
    let mut screen = TestScreen::at_epoch(20);
    screen.open_setting("order");
    for (text, is_shuffled) in [
        ("shuffled", true),
        ("fixed", false),
        (ON, true),
        (OFF, false),
    ] {
        screen.type_text(text);
        assert_eq!(screen.panel().draft.config().shuffle, is_shuffled, "{text}");
        screen.press_code(Down);
        screen.press_code(Up);
    }
    screen.type_text("yes");
    let typing = screen.panel().typing.as_ref().unwrap();
    let problem = "expected fixed or shuffled, found \"yes\"";
    assert_eq!(typing.problem.as_deref(), Some(problem));
}

#[test]
fn tab_completes_names_and_paths_and_then_goes_to_the_next_section() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["heights.csv", "houses.csv"] {
        fs::write(folder.path().join(name), "a,b\n1,2\n").unwrap();
    }
    let mut screen = TestScreen::at_epoch(20);
    screen.press('e');
    let typed = |screen: &TestScreen| {
        let typing = screen.panel().typing.as_ref();
        typing.map(|typing| typing.text.text().to_owned())
    };
    screen.type_text("");
    screen.select_setting("optimizer");
    screen.type_text("mo");
    screen.press_code(Tab);
    assert_eq!(typed(&screen).as_deref(), Some("momentum"));
    screen.press_code(Tab);
    assert_eq!(screen.panel().selected().name(), "dataset");

    // h is a letter of a name here.
    let path = format!("{}/h", folder.path().display());
    screen.type_text(&path);
    screen.press_code(Tab);
    assert_eq!(typed(&screen), Some(path));
    let text = screen.text();
    assert!(text.contains("heights.csv  houses.csv"), "{text}");
    screen.press('o');
    screen.press_code(Tab);
    let whole = format!("{}/houses.csv", folder.path().display());
    assert_eq!(screen.panel().draft.source.data, whole);
    screen.press_code(Tab);
    assert_eq!(screen.panel().selected().name(), "hidden layer sizes");

    screen.press_code(Home);
    screen.type_text("/no/such/");
    screen.press_code(Tab);
    let text = screen.text();
    assert!(text.contains("no file begins with \"/no/such/\""), "{text}");
}

#[test]
fn pages_sections_and_ends_of_the_panel_are_one_key_away_and_it_opens_at_the_last_change() {
    let mut screen = TestScreen::at_epoch(20);
    let name = |screen: &TestScreen| screen.panel().selected().name();
    screen.press('e');
    assert_eq!(name(&screen), "learning rate");
    for (key, expected) in [
        (End, "seed"),
        (Tab, "dataset"),
        (Tab, "hidden layer sizes"),
        (Tab, "loss"),
        (BackTab, "hidden layer sizes"),
        (BackTab, "dataset"),
        (BackTab, "loss"),
        (Home, "dataset"),
    ] {
        screen.press_code(key);
        assert_eq!(name(&screen), expected, "{key:?}");
    }
    screen.press_code(KeyCode::PageDown);
    screen.press_code(KeyCode::PageDown);
    screen.press_code(KeyCode::PageUp);
    assert_eq!(screen.panel().selected, 10);
    // What was only looked at is not where it opens: `e 0.05` is a learning rate.
    screen.press_code(Esc);
    screen.press('e');
    assert_eq!(name(&screen), "learning rate");
    screen.press_code(KeyCode::Down);
    screen.press_code(KeyCode::Down);
    let changed = name(&screen);
    screen.press_code(Right);
    screen.press_code(Enter);
    screen.press('e');
    assert_eq!(name(&screen), changed);
}

#[test]
fn what_changes_on_the_way_does_and_time_travel_makes_it_again() {
    let mut screen = TestScreen::at_epoch(20);
    for (name, value) in [
        ("optimizer", "adam"),
        ("beta1", "0.8"),
        ("beta2", "0.99"),
        ("learning rate", "0.05"),
        ("schedule", "warmup=30"),
        ("batch size", "2"),
        ("l1", "0.001"),
        ("l2", "0.01"),
        ("epochs", "37"),
        ("until loss", "0.0001"),
    ] {
        let before = screen.app.run().training.changes.len();
        screen.open_setting(name);
        screen.type_text(value);
        let text = screen.text();
        assert!(
            text.contains("Enter applies this to the current run."),
            "{name}: {text}"
        );
        screen.press_code(Enter);
        assert_eq!(*screen.app.overlay(), Overlay::None, "{name}");
        screen.train_epoch();
        screen.tell(RunState::Paused);
        assert_eq!(
            screen.app.run().training.changes.len(),
            before + 1,
            "{name}"
        );
    }
    let run = screen.app.run();
    let (config, parameters) = (run.config().clone(), run.network.parameters().to_vec());
    assert_eq!((config.epochs, config.until_loss), (37, Some(0.0001)));
    assert_eq!(config.coefficients.beta1, 0.8);
    assert!(screen.app.runs().kept.is_empty());

    screen.press_code(Home);
    assert_eq!(screen.app.run().config().learning_rate, 0.1);
    assert_eq!(screen.app.run().config().epochs, 1000);
    screen.press_code(End);
    assert_eq!(screen.app.run().config(), &config);
    assert_eq!(screen.app.run().network.parameters(), parameters);
}

#[test]
fn a_value_of_an_optimizer_is_there_only_for_that_optimizer() {
    let mut screen = TestScreen::at_epoch(20);
    screen.press('e');
    let has = |screen: &TestScreen, name: &str| {
        let rows = screen.panel().rows();
        rows.iter().any(|row| row.name() == name)
    };
    for (optimizer, [momentum, alpha, beta, decay]) in [
        ("sgd", [false, false, false, false]),
        ("nesterov", [true, false, false, false]),
        ("rmsprop", [false, true, false, false]),
        ("adam", [false, false, true, false]),
        ("adamw", [false, false, true, true]),
    ] {
        screen.select_setting("optimizer");
        screen.type_text(optimizer);
        assert_eq!(has(&screen, "momentum"), momentum, "{optimizer}");
        assert_eq!(has(&screen, "alpha"), alpha, "{optimizer}");
        assert_eq!(
            has(&screen, "beta1") && has(&screen, "beta2"),
            beta,
            "{optimizer}"
        );
        assert_eq!(has(&screen, "weight decay"), decay, "{optimizer}");
    }
}

#[test]
fn values_that_do_not_go_together_are_said_before_enter_and_go_nowhere() {
    let mut screen = TestScreen::at_epoch(20);
    screen.open_setting("epochs");
    screen.type_text("0");
    screen.select_setting("schedule");
    screen.type_text("cosine");
    let text = screen.text();
    assert!(
        text.contains("a cosine schedule ends with the run"),
        "{text}"
    );
    assert!(screen.press_code(Enter).is_empty());
    screen.select_setting("epochs");
    screen.type_text("50");
    // Whatever the order, each of the two changes leaves a possible run.
    assert_eq!(screen.press_code(Enter).len(), 2);
    assert_eq!(screen.app.notice(), Some("cosine schedule from here on"));
}

#[test]
fn the_panel_marks_what_is_unusual_and_what_is_changed() {
    let mut screen = TestScreen::new("--seed 42 --learning-rate 0.5");
    screen.press('e');
    let text = screen.text();
    assert!(text.contains("›*learning rate       ‹ 0.5 ›"), "{text}");
    assert!(text.contains("  optimizer             sgd"), "{text}");
    screen.type_text("0.25");
    assert!(
        screen.text().contains("›•learning rate       ‹ 0.25"),
        "{}",
        screen.text()
    );
}

#[test]
fn the_panel_is_whole_at_every_size() {
    for (size, expected) in [
        ((40, 12), vec!["learning rate", "How far each step goes"]),
        (
            (80, 23),
            vec!["learning rate", "Learning rate (η", "* not the default"],
        ),
        (
            (80, 24),
            vec!["learning rate", "Learning rate (η", "* not the default"],
        ),
        (
            (120, 40),
            vec!["dataset", "seed", "Learning rate (η", "* not the default"],
        ),
        (
            (200, 60),
            vec!["dataset", "seed", "Learning rate (η", "* not the default"],
        ),
    ] {
        let mut screen = TestScreen::at_epoch(20);
        screen.resize(size.0, size.1);
        screen.press('e');
        let text = screen.text();
        for words in expected {
            assert!(text.contains(words), "{size:?} {words}\n{text}");
        }
    }
}

#[test]
fn half_a_name_of_data_changes_no_other_setting_and_says_which_name_it_begins() {
    let mut screen = TestScreen::at_epoch(3);
    screen.open_setting("dataset");
    let before = screen.panel_text();
    let others = |text: &str| {
        let (_, list) = text.split_once(" scaling ").unwrap();
        list.split("What the network").next().unwrap().to_owned()
    };
    for (c, said) in [
        (
            'p',
            "Built-in data: people, penguins, plane (Tab completes).",
        ),
        ('l', "Built-in data: plane (Tab completes)."),
    ] {
        screen.press(c);
        let text = screen.panel_text();
        assert_eq!(others(&text), others(&before));
        assert!(text.contains(said), "{text}");
        assert!(
            text.contains("Enter looks for a file of this name."),
            "{text}"
        );
        assert!(!text.contains("Enter restarts"), "{text}");
    }
    screen.type_text("ane");
    let text = screen.panel_text();
    assert_ne!(others(&text), others(&before));
    assert!(text.contains("Enter restarts with seed 42."), "{text}");
}
