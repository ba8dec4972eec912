//! The classics of the classroom: truth tables, the post's table of errors, any sample through the forward pass.

use crossterm::event::KeyCode::{Enter, Esc, Tab};
use nnscope::app::Overview;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

const POST: &str = "--weights w1=1,w2=1,w3=1,w4=1,w5=1,w6=1,b1=0,b2=0,b3=0";

/// The screen of a command line, paused at the start.
fn paused(options: &str) -> TestScreen {
    let mut screen = TestScreen::new(options);
    screen.tell(RunState::Paused);
    screen
}

fn type_values(screen: &mut TestScreen, values: [&str; 2]) {
    screen.press('i');
    for (value, key) in values.into_iter().zip([Tab, Enter]) {
        screen.press_ctrl('u');
        screen.paste(value);
        screen.press_code(key);
    }
}

fn expect(screen: &mut TestScreen, parts: &[&str]) {
    let text = screen.text();
    for part in parts {
        assert!(text.contains(part), "{part:?}\n{text}");
    }
}

#[test]
fn m_turns_to_the_table_of_the_post_with_four_digits_and_the_mean() {
    let mut screen = paused(&format!("{POST} --scaling shift=135,66"));
    screen.press('m');
    // As in the post: Alice is predicted 0.524.
    expect(
        &mut screen,
        &[
            "┌ Errors ─",
            "(y − ypred)²",
            "›Alice",
            "1  0.5237        0.2269",
            " mean = 0.",
        ],
    );
    let mean = screen.app.run().training.evaluation.unwrap().training.loss;
    let losses = &screen.app.run().predictions_for(0..4).unwrap().losses;
    assert_eq!(losses.iter().sum::<f64>() / 4.0, mean);
}

#[test]
fn m_turns_through_what_there_is_of_such_data() {
    for (options, overviews) in [
        (
            "",
            &[
                Overview::Errors,
                Overview::Confusion,
                Overview::Map,
                Overview::Table,
            ][..],
        ),
        (
            "--data penguins --test-fraction 0.25",
            &[
                Overview::Errors,
                Overview::Confusion,
                Overview::TestConfusion,
                Overview::Map,
                Overview::Table,
            ],
        ),
        (
            "--data plane",
            &[Overview::Errors, Overview::Map, Overview::Table],
        ),
    ] {
        let mut screen = paused(&format!("{options} --seed 1"));
        for &overview in overviews {
            screen.press('m');
            assert_eq!(screen.app.run().overview, overview);
            assert!(!screen.text().is_empty());
        }
        screen.press('m');
        screen.press_code(Esc);
        assert_eq!(screen.app.run().overview, Overview::Table);
    }
}

#[test]
fn the_confusion_matrix_of_the_test_samples_counts_each_once() {
    let mut screen = paused("--data penguins --test-fraction 0.25 --seed 1");
    screen.train_epoch();
    screen.tell(RunState::Paused);
    let run = screen.app.run();
    let (confusion, counted) = run.test_confusion().unwrap();
    assert_eq!(
        counted,
        run.dataset().len() - run.dataset().training_samples
    );
    assert_eq!(confusion.counts.iter().sum::<u64>(), counted as u64);
    let test = run.training.evaluation.unwrap().test.unwrap();
    let right = confusion.right() as f64 / counted as f64;
    assert_eq!(Some(right), test.quality.accuracy);
    for _ in 0..3 {
        screen.press('m');
    }
    expect(&mut screen, &["Confusion matrix (test samples)"]);
}

#[test]
fn typed_values_go_through_the_forward_stage_and_have_no_loss() {
    let mut screen = paused(&format!("{POST} --scaling none"));
    // The post's x = [2, 3] with its weights of 0 and 1.
    type_values(&mut screen, ["2", "3"]);
    screen.press('2');
    screen.tell(RunState::Paused);
    screen.resize(120, 40);
    expect(
        &mut screen,
        &[
            "your input, not trained on",
            "w1: Forward only",
            "x1 = weight = 2, x2 = height = 3",
            "not trained on: no loss",
        ],
    );
    assert!(!screen.text().contains(" Loss "));
    // The step itself is a key away.
    screen.press_code(Esc);
    expect(
        &mut screen,
        &["sample 1 of 4: Alice", "w1: Forward, stage 1 of 4"],
    );
}

#[test]
fn any_sample_goes_through_the_forward_stage() {
    let mut screen = paused("--test-fraction 0.25 --seed 3");
    screen.resize(120, 40);
    screen.press('2');
    screen.tell(RunState::Paused);
    let mut seen = Vec::new();
    for _ in 0..5 {
        let text = screen.text();
        seen.push(
            ["not in this step: no update", "not trained on: no loss"]
                .map(|part| text.contains(part)),
        );
        screen.press('.');
    }
    // The sample of the step, two others, the test sample, and the typed values; then again that of the step.
    assert_eq!(
        seen,
        [
            [false, false],
            [true, false],
            [true, false],
            [false, true],
            [false, true]
        ]
    );
    expect(&mut screen, &["Forward, stage 1 of 4"]);
}

#[test]
fn a_step_leaves_what_is_not_in_it() {
    for key in ['n', 's'] {
        let mut screen = paused("--seed 3");
        screen.press('2');
        screen.tell(RunState::Paused);
        screen.press('.');
        assert!(screen.app.run().backprop.probe.is_some());
        screen.press(key);
        screen.tell(RunState::Paused);
        assert!(screen.app.run().backprop.probe.is_none());
    }
}

#[test]
fn what_is_less_than_one_is_not_shown_as_one() {
    // Alice's output is 0.9991.
    let weights = "--weights w1=0,w2=0,w3=0,w4=0,w5=0,w6=0,b1=0,b2=0,b3=7";
    let mut screen = paused(weights);
    screen.resize(120, 40);
    expect(&mut screen, &[" 0.999 ▆", "P(F) = 0.9991 → F", "0.999"]);
    assert!(!screen.text().contains(" 1.00 "), "{}", screen.text());
}

#[test]
fn each_truth_table_is_learned_with_its_usual_settings() {
    for name in ["and", "or", "xor4"] {
        let mut screen = TestScreen::new(&format!("--data {name} --seed 1"));
        for _ in 0..1000 {
            screen.train_epoch();
        }
        screen.tell(RunState::Finished);
        expect(&mut screen, &["0 1 ", "1 1 ", "4/4 right"]);
    }
}

#[test]
fn the_errors_of_classes_are_those_of_the_right_class() {
    let mut screen = TestScreen::at_epoch_of(20, "--data penguins");
    screen.press('m');
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("›#1")).unwrap();
    let cells: Vec<&str> = line.split_whitespace().collect();
    let [_, class, prediction, loss] = cells[..4] else {
        panic!("{line}")
    };
    assert_eq!(class, "Adelie");
    let numbers: Vec<f64> = [prediction, loss]
        .map(|text| text.split('│').next().unwrap().parse().unwrap())
        .to_vec();
    assert!((numbers[1] + numbers[0].ln()).abs() < 1e-3, "{line}");
}

#[test]
fn the_overview_that_the_reader_has_chosen_stays_through_every_kind_of_restart() {
    let mut screen = paused("--seed 1");
    (0..2).for_each(|_| drop(screen.press('m')));
    let stays = |screen: &TestScreen, why: &str| {
        assert_eq!(screen.app.run().overview, Overview::Confusion, "{why}");
    };
    stays(&screen, "chosen");
    screen.set("initial weights", "xavier");
    stays(&screen, "other weights");
    screen.set("dataset", "circle");
    stays(&screen, "other data");
    screen.press('R');
    stays(&screen, "another seed");
    // Numbers have no confusion matrix.
    screen.set("dataset", "plane");
    assert_eq!(screen.app.run().overview, Overview::Table);
}
