//! `nnscope train --at-epoch`: a run is trained to its end, and saved as it was at an earlier epoch.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::shell::{folder, nnscope_in, stderr};

fn succeeds(folder: &Path, arguments: &str) {
    let output = nnscope_in(folder, arguments);
    assert!(output.status.success(), "{arguments}: {}", stderr(&output));
}

/// A saved run, without its planned length.
fn state(folder: &Path, name: &str) -> Value {
    let mut run: Value = serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap();
    run["configuration"]["epochs"].take();
    run["command"].take();
    run
}

#[test]
fn the_state_at_an_epoch_is_that_of_a_straight_run_to_it() {
    let folder = folder("at_epoch");
    let adam = "--data gauss --samples 30 --hidden 4 --optimizer adam --learning-rate 0.01 --shuffle \
                --batch-size 7 --test-fraction 0.2";
    for (options, last) in [("", 20_000), (adam, 1500)] {
        for epoch in [0, 1, last / 7 * 3, last - 1, last] {
            let run = format!("train --seed 5 {options} --log-every 0 --force --save");
            succeeds(
                &folder,
                &format!("{run} back --epochs {last} --at-epoch {epoch}"),
            );
            if epoch == 0 {
                assert_eq!(state(&folder, "back")["epoch"], 0);
                continue;
            }
            succeeds(&folder, &format!("{run} straight --epochs {epoch}"));
            assert_eq!(
                state(&folder, "back"),
                state(&folder, "straight"),
                "{options}, {epoch}"
            );
        }
    }
}

#[test]
fn a_run_saved_at_an_epoch_continues_to_the_same_end() {
    let folder = folder("at_epoch_continues");
    let run = "train --seed 3 --data penguins --optimizer rmsprop --learning-rate 0.001 --shuffle --log-every 0";
    succeeds(&folder, &format!("{run} --epochs 50 --save end"));
    succeeds(
        &folder,
        &format!("{run} --epochs 50 --at-epoch 17 --save middle"),
    );
    succeeds(
        &folder,
        "train --load middle --log-every 0 --save end-again",
    );
    let [end, end_again] = ["end", "end-again"].map(|name| fs::read(folder.join(name)).unwrap());
    assert_eq!(end, end_again);
}

#[test]
fn an_epoch_that_the_run_does_not_pass_is_refused_in_one_sentence() {
    let folder = folder("at_epoch_refused");
    succeeds(
        &folder,
        "train --seed 1 --epochs 10 --log-every 0 --save ten",
    );
    for (arguments, message) in [
        (
            "train --epochs 100 --at-epoch 101 --save x",
            "nnscope: --at-epoch 101 is past the end of the run at epoch 100\n",
        ),
        (
            "train --load ten --epochs 20 --at-epoch 9 --save x",
            "nnscope: --at-epoch 9 is before epoch 10, at which the run was saved\n",
        ),
        (
            "screenshot --at-epoch 1001 --output x",
            "nnscope: --at-epoch 1001 is past the end of the run at epoch 1000\n",
        ),
    ] {
        let output = nnscope_in(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert_eq!(stderr(&output), message);
        assert_eq!(output.stdout, b"");
        assert!(!folder.join("x").exists());
    }
}

#[test]
fn what_moves_in_a_picture_is_running_and_what_stands_still_is_paused() {
    let folder = folder("still_picture");
    for (options, is_still) in [("--at-epoch 140", true), ("--epochs 0..4 --every 2", false)] {
        succeeds(
            &folder,
            &format!("screenshot --seed 42 --ascii {options} --force --output picture.svg"),
        );
        let picture = fs::read_to_string(folder.join("picture.svg")).unwrap();
        assert_eq!(picture.contains("paused"), is_still, "{options}");
        assert!(!is_still || !picture.contains("50/s"), "{options}");
    }
}
