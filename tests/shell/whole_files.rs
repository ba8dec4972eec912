//! Files are written whole or not at all, whatever their name leads to.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

use serde_json::Value;

use super::shell::{assert_refused, command, folder, nnscope_in, stderr, stdout};

const TRAIN: &str = "train --seed 1 --epochs 3 --save";
const DRAW: &str = "screenshot --seed 1 --output";

fn succeeds(folder: &Path, arguments: &str) -> Output {
    let output = nnscope_in(folder, arguments);
    let words = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{arguments}: {words}");
    output
}

/// A file is a whole run or a whole picture.
fn assert_whole(path: &Path) {
    let contents = fs::read_to_string(path).unwrap();
    let is_picture = contents.starts_with("<svg ") && contents.ends_with("</svg>\n");
    let run = serde_json::from_str::<Value>(&contents);
    assert!(
        is_picture || run.is_ok_and(|run| run["format"] == "nnscope-run"),
        "{contents}"
    );
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

fn make_fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn what_exists_needs_force_and_nothing_else_is_touched() {
    let folder = folder("force");
    for (act, name) in [(TRAIN, "out.json"), (DRAW, "out.svg")] {
        let path = folder.join(name);
        let beside = folder.join(format!("{name}.tmp"));
        fs::write(&beside, "mine").unwrap();
        fs::write(&path, "old").unwrap();
        let refused = nnscope_in(&folder, &format!("{act} {name}"));
        let words = format!("nnscope: {name} exists already; --force replaces it\n");
        assert_refused(&refused, 1, &words);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        succeeds(&folder, &format!("{act} {name} --force"));
        assert_whole(&path);
        assert_eq!(fs::read_to_string(&beside).unwrap(), "mine");
    }
    let left = ["out.json", "out.json.tmp", "out.svg", "out.svg.tmp"];
    assert_eq!(names_in(&folder), left.map(str::to_owned).into());
}

#[test]
fn links_are_followed_and_stay_links() {
    let folder = folder("links");
    fs::create_dir(folder.join("elsewhere")).unwrap();
    for (act, name) in [(TRAIN, "run.json"), (DRAW, "picture.svg")] {
        let (link, target) = (folder.join(name), folder.join("elsewhere").join(name));
        let chain = folder.join(format!("chain-{name}"));
        symlink(format!("elsewhere/{name}"), &link).unwrap();
        symlink(name, &chain).unwrap();
        // It leads to nothing yet, so nothing is replaced.
        succeeds(&folder, &format!("{act} chain-{name}"));
        assert_whole(&target);
        fs::write(&target, "old").unwrap();
        let refused = nnscope_in(&folder, &format!("{act} {name}"));
        assert_refused(&refused, 1, "exists already");
        succeeds(&folder, &format!("{act} chain-{name} --force"));
        assert_whole(&target);
        for link in [link, chain] {
            assert!(fs::symlink_metadata(link).unwrap().is_symlink());
        }
    }
    symlink("nowhere/run.json", folder.join("broken.json")).unwrap();
    let refused = nnscope_in(&folder, &format!("{TRAIN} broken.json"));
    assert_refused(
        &refused,
        1,
        "cannot write broken.json: there is no folder ./nowhere",
    );
    symlink("circle.json", folder.join("circle.json")).unwrap();
    let refused = nnscope_in(&folder, &format!("{TRAIN} circle.json"));
    assert_refused(&refused, 1, "cannot write circle.json: too many levels");
}

#[test]
fn a_mode_is_kept_and_a_new_file_has_that_of_the_umask() {
    let folder = folder("modes");
    for (act, name) in [(TRAIN, "run.json"), (DRAW, "picture.svg")] {
        let path = folder.join(name);
        let nnscope = env!("CARGO_BIN_EXE_nnscope");
        let line = format!("umask 027; {nnscope} {act} {name}");
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &line]).current_dir(&folder).output();
        assert!(output.unwrap().status.success());
        assert_eq!(mode(&path), 0o640);
        for kept in [0o600, 0o664, 0o755, 0o444] {
            fs::set_permissions(&path, Permissions::from_mode(kept)).unwrap();
            succeeds(&folder, &format!("{act} {name} --force"));
            assert_eq!(mode(&path), kept, "{kept:o}");
        }
    }
}

#[test]
fn a_pipe_is_written_to_and_stays_a_pipe() {
    let folder = folder("fifo");
    for (act, name) in [(TRAIN, "run"), (DRAW, "picture")] {
        let fifo = folder.join(name);
        make_fifo(&fifo);
        for force in ["", "--force"] {
            let (from, copy) = (fifo.clone(), folder.join(format!("{name}.copy")));
            let to = copy.clone();
            let reader = thread::spawn(move || {
                std::io::copy(
                    &mut File::open(from).unwrap(),
                    &mut File::create(to).unwrap(),
                )
            });
            succeeds(&folder, &format!("{act} {name} {force}"));
            reader.join().unwrap().unwrap();
            assert_whole(&copy);
            assert!(fs::symlink_metadata(&fifo).unwrap().file_type().is_fifo());
        }
    }
}

#[test]
fn a_minus_is_standard_output() {
    let folder = folder("minus");
    let trained = succeeds(&folder, &format!("{TRAIN} -"));
    fs::write(folder.join("run.json"), &trained.stdout).unwrap();
    assert_whole(&folder.join("run.json"));
    // The log makes room.
    assert!(stderr(&trained).starts_with("Epoch 0 loss: "));
    let drawn = succeeds(&folder, &format!("{DRAW} -"));
    assert!(stdout(&drawn).starts_with("<svg ") && stdout(&drawn).ends_with("</svg>\n"));
    assert_eq!(names_in(&folder), ["run.json".to_owned()].into());
}

#[test]
fn a_name_is_as_long_as_the_system_allows() {
    let folder = folder("long_names");
    for length in [251, 252, 253, 254, 255] {
        let name = format!("{}.svg", "x".repeat(length - 4));
        succeeds(&folder, &format!("{DRAW} {name}"));
        succeeds(&folder, &format!("{TRAIN} {name} --force"));
        assert_whole(&folder.join(name));
    }
    let refused = nnscope_in(&folder, &format!("{TRAIN} {}", "x".repeat(256)));
    assert_refused(&refused, 1, "xxx: the name is too long\n");
}

#[test]
fn what_cannot_be_written_is_said_before_training() {
    let folder = folder("unwritable");
    fs::write(folder.join("file"), "").unwrap();
    fs::create_dir(folder.join("folder")).unwrap();
    for (path, words) in [
        ("none/x", "cannot write none/x: there is no folder none"),
        ("folder", "cannot write folder: it is a folder"),
        ("new/", "cannot write new/: it names no file"),
        (
            "file/x",
            "cannot write file/x: a part of the path is not a folder",
        ),
        // Nobody may create files there, not even root.
        (
            "/proc/x",
            "cannot write /proc/x: the folder /proc takes no new file",
        ),
    ] {
        // A run without an end would not come to the file.
        for act in ["train --epochs 0 --save", DRAW] {
            let output = nnscope_in(&folder, &format!("{act} {path}"));
            assert_refused(&output, 1, words);
        }
    }
    let kept = ["file", "folder"].map(str::to_owned);
    assert_eq!(names_in(&folder), kept.into());
}

#[test]
fn a_disk_that_refuses_leaves_the_old_file_and_nothing_else() {
    let folder = folder("full");
    for (act, name) in [(TRAIN, "run.json"), (DRAW, "picture.svg")] {
        fs::write(folder.join(name), "old").unwrap();
        let nnscope = env!("CARGO_BIN_EXE_nnscope");
        // One block is too small for either.
        let line = format!("trap '' XFSZ; ulimit -f 1; {nnscope} {act} {name} --force");
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &line]).current_dir(&folder).output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(1));
        let words = format!("cannot write {name}: the file would be larger than allowed\n");
        assert!(stderr(&output).ends_with(&words), "{}", stderr(&output));
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), "old");
    }
    let kept = ["picture.svg", "run.json"].map(str::to_owned);
    assert_eq!(names_in(&folder), kept.into());
}

#[test]
fn of_eight_that_write_the_same_name_at_once_one_file_is_left_whole() {
    for (test, force, successes) in [("race", "", 1), ("forced_race", "--force", 8)] {
        let folder = folder(test);
        let save = |seed| {
            let options = format!("train --epochs 9 --seed {seed} --save run.json {force}");
            command(&folder, &options).spawn().unwrap()
        };
        let children: Vec<_> = (0..8).map(save).collect();
        let outputs = children
            .into_iter()
            .map(std::process::Child::wait_with_output);
        let succeeded = outputs.filter(|output| output.as_ref().unwrap().status.success());
        assert_eq!(succeeded.count(), successes);
        assert_whole(&folder.join("run.json"));
        assert_eq!(names_in(&folder), ["run.json".to_owned()].into());
    }
}

#[test]
fn a_picture_of_another_kind_is_refused_with_the_right_name() {
    for (name, right) in [
        ("x.gif", "x.svg"),
        ("a.b.PDF", "a.b.svg"),
        ("d/y.jpeg", "d/y.svg"),
    ] {
        let output = nnscope_in(folder("kinds"), &format!("{DRAW} {name}"));
        let words =
            format!("a screenshot is an SVG or PNG picture: --output {right} instead of {name}\n");
        assert_refused(&output, 2, &words);
    }
}

#[test]
fn a_name_that_ends_with_png_is_a_png_picture() {
    let folder = folder("png");
    let output = nnscope_in(&folder, &format!("{DRAW} x.PNG"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let picture = fs::read(folder.join("x.PNG")).unwrap();
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    // Two pixels for each unit of the SVG picture: 80 columns of 9 and 24 rows of 18, and the margins.
    let [width, height] = [16, 20].map(|at| {
        let bytes = picture[at..at + 4].try_into().unwrap();
        u32::from_be_bytes(bytes)
    });
    assert_eq!((width, height), (1480, 904));

    for (options, words) in [
        (
            "--epochs 0..2",
            "an animation is an SVG picture: --output y.svg\n",
        ),
        (
            "--size 401x24",
            "a PNG picture has 400x200 cells at most: --output y.svg has more\n",
        ),
    ] {
        let output = nnscope_in(&folder, &format!("{DRAW} y.png {options}"));
        assert_refused(&output, 2, words);
    }
}
