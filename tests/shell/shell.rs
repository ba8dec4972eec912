//! How the tests call the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// A folder that all tests may read in.
pub(crate) const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

/// A folder of a test's own, empty.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(FOLDER).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The program in a folder, with these arguments, none of which has a blank. Nobody types.
pub(crate) fn command(folder: impl AsRef<Path>, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nnscope"));
    command
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub(crate) fn nnscope_in(folder: impl AsRef<Path>, arguments: &str) -> Output {
    command(folder, arguments).output().unwrap()
}

pub(crate) fn nnscope(arguments: &str) -> Output {
    nnscope_in(FOLDER, arguments)
}

/// Sends a signal by its name.
pub(crate) fn send(signal: &str, child: &Child) {
    let kill = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
}

/// What a command that succeeds writes.
pub(crate) fn written(arguments: &str) -> String {
    let output = nnscope(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).to_owned()
}

pub(crate) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub(crate) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

pub(crate) fn json_lines(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Fails with this exit code and one line that contains these words.
pub(crate) fn assert_refused(output: &Output, code: i32, words: &str) {
    assert_eq!(output.status.code(), Some(code), "{}", stderr(output));
    assert_eq!(stdout(output), "");
    assert_eq!(stderr(output).lines().count(), 1, "{}", stderr(output));
    assert!(
        stderr(output).contains(words),
        "{:?} lacks {words:?}",
        stderr(output)
    );
}
