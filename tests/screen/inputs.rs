//! Engineered inputs on the screen: their names, their values, and the setting that chooses them.

use std::fs;

use crossterm::event::KeyCode::{Enter, Esc, Right};
use nnscope::app::{Appearance, Colors, Glyphs, Overlay};
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

const PEOPLE: &str = "--inputs weight,weight^2,weight*height,sin(height) --loss mse";

const ASCII: Appearance = Appearance {
    colors: Colors::None,
    glyphs: Glyphs::Ascii,
};

fn assert_shows(screen: &mut TestScreen, expected: &[&str]) {
    let text = screen.text();
    for expected in expected {
        assert!(text.contains(expected), "{expected:?} is not on\n{text}");
    }
}

#[test]
fn the_diagram_names_the_inputs_and_has_their_values_for_the_sample() {
    let mut screen = TestScreen::at_epoch_of(1, PEOPLE);
    screen.resize(120, 40);
    // Alice: 133 lb − 135 and 65 in − 66.
    let names = ["weight ", "weight²", "weight·heig…", "sin height"];
    assert_shows(&mut screen, &names);
    assert_shows(
        &mut screen,
        &["[    −2 ", "[    4 ", "[    2 ", "[  −0.84 ", "4-2-1"],
    );
    screen.draw_with(ASCII);
    assert_shows(&mut screen, &["weight^2", "weight*heig.", "sin height"]);
    assert!(screen.text().is_ascii(), "{}", screen.text());
}

#[test]
fn the_samples_have_the_features_and_the_prediction_box_both() {
    let mut screen = TestScreen::at_epoch_of(1, PEOPLE);
    // Emily: 128 lb − 135 and 63 in − 66.
    assert_shows(&mut screen, &["›Alice    133", "lb → −7", "in → −3"]);
    let inputs = ["inputs x1 −7, x1² 49,", "x1·x2 21, sin(x2) −0.14"];
    assert_shows(&mut screen, &inputs);
    screen.press('i');
    screen.press_ctrl('u');
    screen.paste("140");
    assert_shows(
        &mut screen,
        &["lb → 5", "inputs x1 5, x1² 25,", "x1·x2 −15,"],
    );
    screen.press_ctrl('u');
    screen.paste("x");
    assert!(!screen.text().contains("x1²"), "{}", screen.text());
}

#[test]
fn backprop_writes_the_inputs_as_formulas_of_the_features() {
    let mut screen = TestScreen::at_epoch_of(0, PEOPLE);
    screen.resize(120, 40);
    screen.tell(RunState::Paused);
    screen.press('2');
    let inputs = [
        "x1 = weight = −2, x1² = weight² = 4,",
        "  x1·x2 = weight·height = 2, sin(x2) = sin height = −0.841",
        "f(w1·x1 + w2·x1² + w3·x1·x2 + w4·sin(x2) + b1)",
    ];
    assert_shows(&mut screen, &inputs);
    screen.press('j');
    assert_shows(&mut screen, &["w2 contributes w2·x1² ="]);
    screen.press('n');
    screen.press('n');
    assert_shows(&mut screen, &["∂h1/∂w2 = x1²·f′(z_h1)"]);
    screen.draw_with(ASCII);
    assert_shows(&mut screen, &["dh1/dw2 = x1^2*f'(z_h1)"]);
}

#[test]
fn features_called_x1_and_x2_have_no_second_name() {
    let mut screen = TestScreen::at_epoch_of(0, "--data circle --inputs x1^2,x1*x2,sin(x2)");
    screen.resize(120, 40);
    screen.tell(RunState::Paused);
    screen.press('2');
    let text = screen.text();
    let inputs = text.lines().find(|line| line.contains("x1² = ")).unwrap();
    assert_eq!(inputs.matches(" = ").count(), 3, "{inputs}");
    screen.press('g');
    assert_shows(&mut screen, &["all 11 gradients match the numerical ones"]);
}

#[test]
fn the_map_is_over_the_features_and_reads_out_the_inputs() {
    let mut screen = TestScreen::at_epoch_of(1, "--data circle --inputs x1^2,x2^2,sin(x1)");
    screen.resize(120, 40);
    screen.press('3');
    screen.press('i');
    for value in ["2", "-3"] {
        screen.press_ctrl('u');
        screen.paste(value);
        screen.press_code(Enter);
    }
    screen.press('3');
    let shown = [
        "Surface: P(blue) over x1, x2",
        "( ) 2, −3",
        "inputs x1² 4, x2² 9,",
        "sin x1 0.91",
    ];
    assert_shows(&mut screen, &shown);
    screen.draw_with(ASCII);
    assert_shows(&mut screen, &["inputs x1^2 4, x2^2 9,"]);
}

#[test]
fn the_setting_is_turned_and_typed_and_restarts_the_run() {
    let mut screen = TestScreen::at_epoch_of(20, "--data circle");
    screen.open_setting("inputs");
    assert_shows(&mut screen, &["inputs              ‹ the features ›"]);
    for turned in [
        "x1,x2,x1^2,x2^2",
        "x1,x2,x1*x2",
        "x1,x2,x1^2,x2^2,x1*x2,sin(x1),sin(x2)",
        "the features",
    ] {
        screen.press_code(Right);
        assert_shows(&mut screen, &[turned]);
    }
    screen.type_text("x1^3");
    assert_shows(&mut screen, &["is not an input"]);
    screen.press_ctrl('u');
    screen.paste("x2·x1, x1²");
    assert_shows(&mut screen, &["Enter restarts"]);
    screen.press_code(Enter);
    assert_eq!(*screen.app.overlay(), Overlay::None);
    assert_eq!(screen.session().network().architecture().inputs, 2);
    let names = screen.app.run().dataset().input_names();
    assert_eq!(names, ["x1*x2", "x1^2"]);
    screen.press('c');
    assert_shows(&mut screen, &["--inputs 'x2*x1,x1^2'"]);
    screen.press_code(Esc);
    // The run that was left says what was different.
    screen.press('v');
    assert_shows(&mut screen, &["inputs the features"]);
}

#[test]
fn other_inputs_need_no_second_reading_of_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.csv");
    fs::write(&path, "a,b,y\n1.5,5,no\n2,7,yes\n4,6,yes\n3,5,no\n").unwrap();
    let mut screen = TestScreen::new(&format!("--data {}", path.display()));
    fs::remove_file(&path).unwrap();
    let scaling = screen.app.run().dataset().preprocessing.scaling().clone();
    for (typed, names) in [
        ("a*b,b^2", vec!["a*b", "b^2"]),
        ("the features", vec!["a", "b"]),
    ] {
        screen.set("inputs", typed);
        let dataset = screen.app.run().dataset();
        assert_eq!(dataset.input_names(), names);
        assert_eq!(*dataset.preprocessing.scaling(), scaling);
    }
    screen.set("inputs", "c^2");
    assert_shows(&mut screen, &["is not an input"]);
}

#[test]
fn data_with_more_features_does_not_offer_the_setting() {
    let mut screen = TestScreen::at_epoch_of(1, "--data penguins --epochs 2");
    screen.press('e');
    let Overlay::Settings(settings) = screen.app.overlay() else {
        panic!()
    };
    let has_row = settings.rows().iter().any(|row| row.option() == "inputs");
    assert!(!has_row);
}
