//! Floor 5: the signals that end or suspend the program, received on separate threads.

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

/// How long the program may take to notice a signal before it is ended by force: it may hang in a write to a
/// terminal or a pipe that nobody reads.
const GRACE: Duration = Duration::from_millis(70);

/// The signal that asks the program to end, until the program has noticed it.
#[derive(Debug, Clone, Default)]
pub struct Ending(Arc<AtomicI32>);

impl Ending {
    /// Returns the signal, if one has arrived. The program then has as much time as it needs to end.
    #[must_use]
    #[inline]
    pub fn notice(&self) -> Option<i32> {
        // A load is cheap enough for the training loop.
        if self.0.load(Ordering::Relaxed) == 0 {
            return None;
        }
        Some(self.0.swap(0, Ordering::Relaxed)).filter(|&signal| signal != 0)
    }

    /// Returns the signal, if one has arrived. The program still has only the short time before it is ended by
    /// force.
    #[must_use]
    pub fn signal(&self) -> Option<i32> {
        Some(self.0.load(Ordering::Relaxed)).filter(|&signal| signal != 0)
    }

    /// Asks the program to end, and ends it by force if it does not notice.
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
    /// End the program; [`Ending`] says which signal it was.
    End,
    /// Give the terminal back to the shell and suspend the program.
    Stop,
    /// Take over the terminal again.
    Continue,
}

/// The exit code of a program that was ended by a signal.
#[must_use]
pub fn exit_code(signal: i32) -> i32 {
    128 + signal
}

/// Watches for the signals that end a program.
///
/// # Errors
///
/// If the system cannot install the handlers or start a thread.
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

/// Watches for all signals that concern a program with a screen, and for the loss of its terminal. Calls `tell`
/// for each, and `last_resort` before the program is ended by force.
///
/// # Errors
///
/// If the system cannot install the handlers or start a thread.
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
    // Not every terminal that closes sends SIGHUP, and reading from a closed one never blocks.
    let asked = ending.clone();
    spawn("hang-up", move || {
        if wait_for_hang_up() {
            asked.ask(SIGHUP, &tell_too, &last_resort_too);
        }
    })?;
    Ok(ending)
}

/// Suspends the whole job, as Ctrl-Z does for a program that leaves the keyboard to the system: this program, and
/// `cargo run` if that started it. This program receives it as [`Signal::Stop`].
///
/// # Errors
///
/// If there is no shell that could resume it.
pub fn stop_job() -> Result<()> {
    let session_of = |process| rustix::process::getsid(process).ok();
    let shell = rustix::process::getppid();
    let has_shell = shell.is_some() && session_of(shell) == session_of(None);
    ensure!(has_shell, "cannot suspend: there is no shell to return to");
    kill_current_process_group(rustix::process::Signal::TSTP).context("suspending")
}

/// Stops this process until a signal continues it.
pub fn stop_this_process() {
    // A process may always signal itself.
    let _ = kill_process(getpid(), rustix::process::Signal::STOP);
}

fn wait_for_hang_up() -> bool {
    let stdin = std::io::stdin();
    // Without any flag, only errors and hang-ups are reported.
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
