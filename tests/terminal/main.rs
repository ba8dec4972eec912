//! The real program in a real terminal, with a user who looks and types.

mod bursts;
mod drawing;
mod large;
mod lessons;
mod looks;
mod mouse;
mod session;
mod signals;

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use portable_pty::PtySize;
use session::{Session, empty_directory, key, nnscope};

#[test]
fn it_trains_from_the_start() {
    let session = Session::start();
    session.wait_for("running 50/s");
    session.wait_for("seed 42\n");
    session.wait_for_progress();
    session.quit("q");
}

#[test]
fn the_trained_network_tells_emily_from_frank() {
    let mut session = Session::start();
    session.type_keys("+++");
    session.wait_for("finished – space trains more");
    session.type_keys("i");
    session.wait_for("Predict – editing");
    session.type_keys([key::CTRL_U, "155", key::TAB, key::CTRL_U, "68"].concat());
    session.wait_for("weight [155 ");
    session.wait_for("height [68 ");
    session.wait_until("M", |screen| {
        output(screen).is_some_and(|(p, class)| p < 0.1 && class == "M")
    });
    session.type_keys([key::TAB, key::CTRL_U, "128", key::TAB, key::CTRL_U, "63"].concat());
    session.wait_for("weight [128 ");
    session.wait_for("height [63 ");
    session.wait_until("F", |screen| {
        output(screen).is_some_and(|(p, class)| p > 0.9 && class == "F")
    });
    session.type_keys(key::ESC);
    session.wait_for("i try");
    session.quit("q");
}

/// P(F) and the class in the prediction box.
fn output(screen: &vt100::Screen) -> Option<(f64, String)> {
    let contents = screen.contents();
    let (_, answer) = contents.split_once("│ P(F) = ")?;
    let (probability, rest) = answer.split_once(" → ")?;
    let class = rest.split_whitespace().next()?;
    Some((probability.parse().ok()?, class.to_owned()))
}

#[test]
fn settings_start_another_run_on_other_data() {
    let mut session = Session::start();
    session.type_keys("e");
    session.wait_for("Left and Right change the value");
    session.type_keys(["\x1b[Hxor", key::ENTER].concat());
    session.wait_for("Network 2-2-1 sigmoid: #1");
    session.wait_for_progress();
    session.type_keys(" ");
    session.wait_for("paused at epoch");
    session.type_keys("c");
    session.wait_for("nnscope --data xor --seed 42");
    session.type_keys("c");
    session.wait_for("space run");
    session.quit("q");
}

#[test]
fn a_sweep_runs_in_the_background_and_its_worst_seed_is_opened() {
    let mut session = Session::start();
    session.type_keys(" ");
    session.wait_for("paused at epoch");
    session.type_keys("S");
    session.wait_for("seeds [1000     ] from seed 42: Enter starts");
    session.type_keys(["1000000", key::ENTER].concat());
    session.wait_for(" of 1,000,000 seeds from 42");
    session.type_keys(key::ESC);
    session.wait_for("stopped: ");
    session.type_keys(["50", key::ENTER].concat());
    // Two blanks: not "42 of 50 seeds from 42".
    session.wait_for("  50 seeds from 42, ");
    session.wait_for("Enter restarts");
    session.wait_for("w worst ");
    session.type_keys("w");
    session.wait_for(", the worst of 50");
    session.wait_for("epoch 0/1,000");
    session.quit("q");
}

#[test]
fn a_run_goes_back_branches_and_is_resumed() {
    let mut session = Session::start();
    session.type_keys("+++");
    session.wait_for("finished – space trains more");
    session.type_keys("{{");
    session.wait_for("viewing epoch 800 of 1,000 – space runs from here");
    session.type_keys(":140");
    session.type_keys(key::ENTER);
    session.wait_for("viewing epoch 140 of 1,000 – space runs from here");
    // Set the first weight by hand, and continue.
    session.type_keys(["2", key::ENTER, "5", key::ENTER, "1"].concat());
    session.wait_for("A without w1=5 at 140");
    session.type_keys(" ");
    session.wait_for("finished – space trains more");
    session.type_keys("v");
    session.wait_for("B   current");
    session.type_keys(key::ENTER);
    session.wait_for("B w1=5 at 140");
    session.wait_for("resumed run A");
    session.quit("q");
}

#[test]
fn letters_typed_into_the_prediction_box_are_not_commands() {
    let mut session = Session::start();
    session.type_keys("i");
    session.wait_for("Predict – editing");
    session.type_keys("q");
    session.wait_for("weight [q ");
    session.type_keys(key::ESC);
    session.wait_for("i try");
    session.quit("q");
}

#[test]
fn pasted_text_goes_into_the_field_and_nowhere_else() {
    let mut session = Session::start();
    session.paste("q");
    session.type_keys("i");
    session.wait_for("Predict – editing");
    session.type_keys(key::CTRL_U);
    session.paste("70 kg\n");
    session.wait_for("weight [70 kg ");
    session.wait_for("Predict – editing");
    session.quit(key::CTRL_C);
}

#[test]
fn a_paused_run_continues_by_single_samples_and_epochs() {
    let mut session = Session::start();
    session.wait_for_progress();
    session.restart_paused();
    session.type_keys("s");
    session.wait_for("sample 1 of 4 done; the step moved ");
    session.type_keys("s");
    session.wait_for("sample 2 of 4 done; the step moved ");
    session.type_keys("n");
    session.wait_for("paused; the last 2 steps moved ");
    session.wait_for("epoch 1/1,000");
    session.type_keys("n");
    session.wait_for("paused at epoch 2; epoch 2 moved ");
    session.type_keys(":1500");
    session.wait_for("not trained yet (0–2 are)");
    session.type_keys(key::ENTER);
    session.wait_for("paused at epoch 1,500\n");
    session.type_keys(" ");
    session.wait_for("running 50/s");
    session.wait_for_progress();
    session.quit("q");
}

#[test]
fn a_step_is_shown_in_stages_and_a_weight_is_set_by_hand() {
    let mut session = Session::start();
    session.wait_for_progress();
    session.restart_paused();
    session.type_keys("2");
    session.wait_for("h1 = f(w1·x1 + w2·x2 + b1)");
    session.type_keys("n");
    session.wait_for("L = (y − ypred)²");
    session.type_keys("n");
    session.wait_for("∂L/∂w1 = ∂L/∂ypred · ∂ypred/∂h1 · ∂h1/∂w1");
    session.type_keys("n");
    session.wait_for("w1 ← w1 − η·∂L/∂w1");
    session.wait_for("sample 1 of 4 done; the step moved ");
    session.type_keys("n");
    session.wait_for("sample 2 of 4: Bob");
    session.type_keys(key::ENTER);
    session.wait_for("Set w1");
    session.type_keys("1.5");
    session.type_keys(key::ENTER);
    session.wait_for("f(1.5·25 + ");
    session.type_keys("g");
    session.wait_for("∂L/∂w1: the two agree");
    session.type_keys("q");
    session.wait_for("w1: Forward, stage 1 of 4");
    session.quit("q");
}

#[test]
fn a_restart_goes_back_to_epoch_0_and_stays_paused() {
    let mut session = Session::start();
    session.wait_for_progress();
    session.type_keys(" ");
    session.wait_for("paused at epoch ");
    session.type_keys("r");
    session.wait_for("epoch 0/1,000");
    session.wait_for("seed 42\n");
    session.type_keys("n");
    session.wait_for("paused at epoch 1; ");
    session.type_keys("R");
    session.wait_for("epoch 0/1,000");
    session.wait_for("seed 43\n");
    session.quit("q");
}

#[test]
fn a_paused_run_writes_nothing() {
    let mut session = Session::start();
    session.type_keys(" ");
    session.wait_for("paused at epoch ");
    session.wait_for_silence(Duration::from_millis(500));
    session.quit("q");
}

#[test]
fn ctrl_c_quits_from_anywhere() {
    Session::start().quit(key::CTRL_C);
    for (way_in, title) in [("i", "Predict – editing"), ("?", "Help")] {
        let mut session = Session::start();
        session.type_keys(way_in);
        session.wait_for(title);
        session.quit(key::CTRL_C);
    }
}

#[test]
fn it_survives_every_window_size() {
    let session = Session::start();
    let sizes = [(80, 24), (40, 12), (200, 60), (60, 16), (80, 24)];
    let too_small = [
        (1, 1, "n\n"),
        (20, 5, "needs 40×12\n"),
        (0, 0, ""),
        (39, 11, "needs 40×12, has 39×11 – q quits\n"),
        (39, 60, "needs 40×12, has 39×60 – q quits\n"),
    ];
    for ((columns, rows), (few, low, message)) in sizes.into_iter().zip(too_small) {
        session.resize(columns, rows);
        session.wait_until("the status line above the last", |screen| {
            let mut last_rows = screen.rows(0, columns).skip(usize::from(rows) - 2);
            last_rows
                .next()
                .is_some_and(|row| row.starts_with(" epoch "))
        });
        session.resize(few, low);
        session.wait_for(message);
    }
    session.quit("q");
}

#[test]
fn a_terminal_without_a_size_shows_it_once_it_has_one() {
    for speed in ["1", "max"] {
        let nowhere = PtySize {
            rows: 0,
            cols: 0,
            ..PtySize::default()
        };
        let session = Session::run_at(nowhere, nnscope(&["--speed", speed]));
        session.wait_for_raw_mode();
        session.resize(80, 24);
        session.wait_for(" nnscope ");
        session.wait_for(" epoch ");
        session.quit("q");
    }
}

#[test]
fn a_saved_run_is_replaced_only_after_asking() {
    let directory = empty_directory("a_saved_run_is_replaced_only_after_asking");
    let file = directory.join("nnscope-seed-42.json");
    let mut command = nnscope(&[]);
    command.cwd(&directory);
    let mut session = Session::run(command);
    session.restart_paused();
    session.type_keys(["w", key::ENTER].concat());
    session.wait_for("saved nnscope-seed-42.json");
    let first = fs::read_to_string(&file).unwrap();

    session.type_keys("n");
    session.wait_for("paused at epoch 1; ");
    session.type_keys("w");
    session.wait_for("you are asked before it is replaced");
    session.type_keys(key::ENTER);
    session.wait_for("nnscope-seed-42.json already exists");
    session.type_keys("n");
    session.wait_for("not saved");
    assert_eq!(fs::read_to_string(&file).unwrap(), first);

    session.type_keys(key::ENTER);
    session.wait_for("nnscope-seed-42.json already exists");
    session.type_keys("y");
    session.wait_for("saved nnscope-seed-42.json");
    assert_ne!(fs::read_to_string(&file).unwrap(), first);
    session.quit("q");
}

#[test]
fn a_saved_run_is_opened_by_a_path_that_tab_completes() {
    let directory = empty_directory("a_saved_run_is_opened_by_a_path_that_tab_completes");
    let mut command = nnscope(&["--at-epoch", "5"]);
    command.cwd(&directory);
    let mut session = Session::run(command);
    session.wait_for("paused at epoch 5\n");
    session.type_keys([":7", key::ENTER].concat());
    session.wait_for("paused at epoch 7\n");
    session.type_keys(["w", "seven.json", key::ENTER].concat());
    session.wait_for("saved seven.json");
    session.type_keys("r");
    session.wait_for("epoch 0/1,000");
    session.type_keys(["o", "se", key::TAB].concat());
    session.wait_for("file seven.json");
    session.type_keys(key::ENTER);
    session.wait_for("opened seven.json");
    session.type_keys("[");
    session.wait_for("viewing epoch 6 of 7");
    session.quit("q");
}

#[test]
fn the_worked_example_of_the_post_is_there_without_a_key() {
    let weights = "w1=1,w2=1,w3=1,w4=1,w5=1,w6=1,b1=0,b2=0,b3=0";
    let session = Session::run(nnscope(&[
        "--weights",
        weights,
        "--paused",
        "--view",
        "backprop",
    ]));
    session.wait_for("sample 1 of 4: Alice");
    session.wait_for("paused at epoch 0");
    session.wait_for("w1: Forward, stage 1 of 4");
    session.quit("q");
}

#[test]
fn without_a_terminal_it_writes_one_line_about_the_error() {
    let output = Command::new(env!("CARGO_BIN_EXE_nnscope"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.contains("needs a terminal"), "{stderr}");
    assert_eq!(output.stdout, b"");
}
