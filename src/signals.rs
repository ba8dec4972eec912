//! Floor 5: the signals that end the program or stop it for a while, heard on threads of their own.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{getpid, kill_current_process_group, kill_process};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

/// How long the program may take to notice a signal before it is ended without its help: it may hang
/// in a write to a terminal or a pipe that nobody reads.
const GRACE: Duration = Duration::from_millis(70);

/// The signal that is to end the program, until the program has noticed it.
#[derive(Debug, Clone, Default)]
pub struct Ending(Arc<AtomicI32>);

impl Ending {
    /// The signal, if one has come. From now on the program has the time that it needs to end.
    #[must_use]
    #[inline]
    pub fn notice(&self) -> Option<i32> {
        // A load is cheap enough for the training loop.
        if self.0.load(Ordering::Relaxed) == 0 {
            return None;
        }
        Some(self.0.swap(0, Ordering::Relaxed)).filter(|&signal| signal != 0)
    }

    /// The signal, if one has come; the time that there is to end runs on.
    #[must_use]
    pub fn signal(&self) -> Option<i32> {
        Some(self.0.load(Ordering::Relaxed)).filter(|&signal| signal != 0)
    }

    /// Asks the program to end; ends it if it does not hear.
    fn ask(&self, signal: i32, tell: impl Fn(Signal), last_resort: impl Fn()) {
        self.0.store(signal, Ordering::Relaxed);
        tell(Signal::End);
        thread::sleep(GRACE);
        if self.notice().is_some() {
            last_resort();
            process::exit(exit_code(signal));
        }
    }
}

/// What a signal means to the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// End; [`Ending`] says which one it is.
    End,
    /// Give the terminal back to the shell and stop.
    Stop,
    /// The terminal is the program's again.
    Continue,
}

/// The exit code of a program that a signal has ended.
#[must_use]
pub fn exit_code(signal: i32) -> i32 {
    128 + signal
}

/// Hears the signals that end a program.
///
/// # Errors
///
/// If the system gives no handlers or threads.
pub fn watch() -> Result<Ending> {
    let ending = Ending::default();
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM]).context("watching for signals")?;
    let asked = ending.clone();
    spawn("signals", move || {
        for signal in signals.forever() {
            asked.ask(signal, |_| {}, || {});
        }
    })?;
    Ok(ending)
}

/// Hears all that concerns a program with a screen, that the terminal is gone included. `tell` is called
/// for each; `last_resort` before the program is ended without its help.
///
/// # Errors
///
/// If the system gives no handlers or threads.
pub fn watch_terminal(
    tell: impl Fn(Signal) + Clone + Send + 'static,
    last_resort: impl Fn() + Clone + Send + 'static,
) -> Result<Ending> {
    let ending = Ending::default();
    let heard = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT];
    let mut signals = Signals::new(heard).context("watching for signals")?;
    let asked = ending.clone();
    let (tell_too, last_resort_too) = (tell.clone(), last_resort.clone());
    spawn("signals", move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => tell(Signal::Stop),
                SIGCONT => tell(Signal::Continue),
                _ => asked.ask(signal, &tell, &last_resort),
            }
        }
    })?;
    // Not every terminal that goes sends SIGHUP, and reading from one that is gone never blocks.
    let asked = ending.clone();
    spawn("hang-up", move || {
        if wait_for_hang_up() {
            asked.ask(SIGHUP, &tell_too, &last_resort_too);
        }
    })?;
    Ok(ending)
}

/// Stops the whole job, as Ctrl-Z does in a program that leaves the keyboard to the system: `cargo run`
/// above this program as well. This program hears of it as [`Signal::Stop`].
///
/// # Errors
///
/// If there is no shell above that could bring it back.
pub fn stop_job() -> Result<()> {
    let session_of = |process| rustix::process::getsid(process).ok();
    let shell = rustix::process::getppid();
    let has_shell = shell.is_some() && session_of(shell) == session_of(None);
    ensure!(has_shell, "there is no shell to go back to");
    kill_current_process_group(rustix::process::Signal::TSTP).context("stopping")
}

/// Stops this process until it is told to continue.
pub fn stop_this_process() {
    // The one who asked for it has the right to do it.
    let _ = kill_process(getpid(), rustix::process::Signal::STOP);
}

fn wait_for_hang_up() -> bool {
    let stdin = std::io::stdin();
    // Without any flag, only errors and hang-ups are told.
    let mut terminal = [PollFd::new(&stdin, PollFlags::empty())];
    loop {
        match poll(&mut terminal, None) {
            Ok(_) => return terminal[0].revents().contains(PollFlags::HUP),
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map(drop).context("starting a thread for signals")
}
