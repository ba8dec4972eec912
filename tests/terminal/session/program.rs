//! How nnscope is started: by a shell or without one, in a plain terminal.

use std::ffi::OsString;

use portable_pty::CommandBuilder;

/// Runs its arguments as an interactive shell would, reports their exit code, and then takes commands (`fg`). It
/// leads the session, as a shell does, so that nnscope does not: the system cleans up the terminal of a session
/// leader that ends, which would hide what nnscope leaves behind. The report begins with CAN, because the terminal
/// may have received only the first half of an escape sequence, and would take the report for the rest of it.
const SHELL: &str = r#"
set -m
"$@"; code=$?
while printf '\030left with %s\n' "$code" && read -r line; do eval "$line"; code=$?; done
"#;

const NNSCOPE: &str = env!("CARGO_BIN_EXE_nnscope");

/// nnscope with seed 42 and more `arguments`, started by a shell.
pub(crate) fn nnscope(arguments: &[&str]) -> CommandBuilder {
    nnscope_in_shell(":", arguments)
}

/// The same, started by a shell that runs a command first.
pub(crate) fn nnscope_in_shell(first: &str, arguments: &[&str]) -> CommandBuilder {
    let script = format!("{first}\n{SHELL}");
    let shell = ["sh", "-c", &script, "sh", NNSCOPE, "--seed", "42"];
    in_a_plain_terminal(&[&shell, arguments].concat())
}

/// nnscope with seed 42 as the leader of the session, without a shell.
pub(crate) fn nnscope_without_shell() -> CommandBuilder {
    in_a_plain_terminal(&[NNSCOPE, "--seed", "42"])
}

/// The command in a terminal with 256 colours.
fn in_a_plain_terminal(command: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::from_argv(command.iter().map(OsString::from).collect());
    command.cwd(env!("CARGO_TARGET_TMPDIR"));
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    // Nobody has been here before.
    command.env(
        "XDG_STATE_HOME",
        concat!(env!("CARGO_TARGET_TMPDIR"), "/state"),
    );
    command.env_remove("COLORTERM");
    command.env_remove("NO_COLOR");
    command
}
