//! Categorical features: the network sees one input per category, a person types a word.

use std::sync::Arc;

use crossterm::event::KeyCode;
use nnscope::data::{Dataset, Feature, Preprocessing, people};
use nnscope::session::{DataSource, Run, TrainingConfig};

use super::test_screen::TestScreen;

/// The four people with two features: the weight, and one of three pets.
fn pet_owners() -> Dataset {
    let words = ["cat", "dog", "fish"].map(str::to_owned);
    let pet = Feature::Category {
        name: "pet".to_owned(),
        words: words.to_vec(),
    };
    let features = vec![Feature::number("weight", "lb"), pet];
    Dataset {
        preprocessing: Preprocessing::unscaled(features),
        raw: vec![133.0, 1.0, 160.0, 0.0, 152.0, 0.0, 120.0, 1.0].into(),
        unseen: Vec::new(),
        ..people()
    }
}

/// The screen of a run on this data.
fn screen_of(dataset: Dataset) -> TestScreen {
    let run = Run::new(
        TrainingConfig::post(42),
        DataSource::default(),
        Arc::new(dataset),
    );
    let session = run.begin().unwrap();
    TestScreen::of(Arc::new(run), session)
}

fn screen() -> TestScreen {
    let config = TrainingConfig::post(42);
    let run = Run::new(config, DataSource::default(), Arc::new(pet_owners()));
    let session = run.begin().unwrap();
    TestScreen::of(Arc::new(run), session)
}

fn assert_shows(screen: &mut TestScreen, expected: &[&str]) {
    let text = screen.text();
    for expected in expected {
        assert!(text.contains(expected), "{expected:?} is not on\n{text}");
    }
}

#[test]
fn the_diagram_has_an_input_for_each_word_and_the_samples_have_the_word() {
    let mut screen = screen();
    assert_eq!(screen.session().network().architecture().inputs, 4);
    let diagram = ["weight", "pet=cat", "pet=dog", "pet=fish"];
    assert_shows(&mut screen, &diagram);
    assert_shows(
        &mut screen,
        &["pet", "›Alice      133  dog", " Bob        160  cat"],
    );
}

#[test]
fn the_prediction_box_asks_for_a_word_and_shows_what_the_network_sees() {
    let mut screen = screen();
    assert_shows(&mut screen, &["pet    [dog     ] → 0 1 0"]);
    screen.press('i');
    screen.press_code(KeyCode::Down);
    screen.press_ctrl('u');
    "fish".chars().for_each(|c| drop(screen.press(c)));
    // A category without a sample is not a number outside the training data.
    assert_shows(&mut screen, &["pet    [fish    ] → 0 0 1"]);
    assert!(!screen.text().contains("outside"), "{}", screen.text());
    assert_eq!(screen.app.run().prediction.values(), Some(vec![133.0, 2.0]));
    screen.press('x');
    assert_shows(&mut screen, &["pet: \"fishx\" is not one of"]);
}

#[test]
fn the_words_of_a_category_can_be_turned_through() {
    let mut screen = screen();
    screen.press('i');
    screen.press_code(KeyCode::Down);
    assert_shows(&mut screen, &["←→ cat, dog, fish"]);
    for (key, word) in [
        (KeyCode::Right, "fish"),
        (KeyCode::Right, "cat"),
        (KeyCode::Left, "fish"),
        (KeyCode::Left, "dog"),
    ] {
        screen.press_code(key);
        assert_eq!(screen.app.run().prediction.fields[1].text.text(), word);
    }
    // What is typed replaces the word.
    "cat".chars().for_each(|c| drop(screen.press(c)));
    assert_eq!(screen.app.run().prediction.values(), Some(vec![133.0, 0.0]));
    screen.press('x');
    screen.press_code(KeyCode::Right);
    assert_shows(&mut screen, &["pet    [cat     ] → 1 0 0"]);
}

#[test]
fn all_remarks_on_the_data_can_be_read() {
    let remarks = ["the first remark", "the second remark", "the third remark"];
    let dataset = Dataset {
        remarks: remarks.map(str::to_owned).to_vec(),
        ..pet_owners()
    };
    let mut screen = screen_of(dataset);
    assert_shows(&mut screen, &["3 remarks on the data – c lists them"]);
    screen.press('c');
    assert_shows(&mut screen, &remarks.map(|remark| remark));
    let text = screen.text();
    let [remarks, command] = ["Remarks on the data:", "nnscope "].map(|part| text.rfind(part));
    assert!(remarks.is_some() && remarks < command, "{text}");
    screen.press('c');
}

#[test]
fn the_formula_of_a_hidden_neuron_has_the_inputs_that_a_word_stands_for() {
    let mut screen = screen();
    screen.resize(200, 60);
    screen.press('l');
    let text = screen.text();
    let formula = text.lines().find(|line| line.contains("h1: z =")).unwrap();
    assert_eq!(formula.matches("·133").count(), 1, "{formula}");
    assert_eq!(formula.matches("·0 +").count(), 2, "{formula}");
    assert_eq!(formula.matches("·1 +").count(), 1, "{formula}");
}

/// People with a cat or a dog.
fn with_cat_or_dog() -> TestScreen {
    let features = ["weight", "height"].map(|name| Feature::number(name, ""));
    let pet = Feature::Category {
        name: "pet".to_owned(),
        words: ["cat", "dog"].map(str::to_owned).to_vec(),
    };
    let dataset = Dataset {
        preprocessing: Preprocessing::unscaled(features.into_iter().chain([pet]).collect()),
        raw: vec![
            133.0, 65.0, 1.0, 160.0, 72.0, 0.0, 152.0, 70.0, 0.0, 120.0, 60.0, 1.0,
        ]
        .into(),
        unseen: Vec::new(),
        ..people()
    };
    screen_of(dataset)
}

#[test]
fn a_word_that_a_map_holds_is_not_said_to_be_a_mean() {
    let mut screen = with_cat_or_dog();
    screen.resize(120, 40);
    screen.press('3');
    assert_shows(&mut screen, &["at their mean or mode:", "pet cat"]);
    screen.press('m');
    assert_shows(&mut screen, &["at their median or mode:"]);
}

#[test]
fn one_of_two_words_stands_beside_the_number_that_it_makes() {
    let mut screen = with_cat_or_dog();
    screen.resize(120, 40);
    screen.press('i');
    screen.press_code(KeyCode::Up);
    for key in [KeyCode::Right, KeyCode::Right] {
        screen.press_code(key);
        let word = screen.app.run().prediction.fields[2].text.text().to_owned();
        let number = ["cat", "dog"].iter().position(|of| *of == word).unwrap();
        let text = screen.text();
        let row = text.lines().find(|line| line.contains(&format!("[{word}")));
        let seen = format!("] → {number}");
        assert!(row.is_some_and(|row| row.contains(&seen)), "{text}");
    }
}
