//! Floor 5: the signals that end or suspend the program, received on separate threads.

use std::process;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{getpid, kill_current_process_group, kill_process};
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
    SIGXCPU, SIGXFSZ,
};
use signal_hook::flag;
use signal_hook::iterator::Signals;

/// How long the program may take to notice a signal before it is ended by force: it may hang in a write to a
/// terminal or a pipe that nobody reads.
const GRACE: Duration = Duration::from_millis(70);

/// How long a program with a screen may take to give its terminal back and end.
const FAREWELL: Duration = Duration::from_secs(2);

/// The signals that end a program with a screen, which has to give the terminal back first.
const ENDING: [i32; 8] = [
    SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGXCPU,
];

/// The signal that asks the program to end, until the program has noticed it.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    signal: Arc<AtomicI32>,
    /// Whether one has ever come, noticed or not.
    has_come: Arc<AtomicBool>,
    /// Held while the terminal is made to accept output, which stops once the program has noticed.
    unblocking: Arc<Mutex<()>>,
    /// Whether a program without a screen may take its time.
    has_time: Arc<AtomicBool>,
}

impl Ending {
    /// Returns the signal, if one has arrived. A program without a screen then has as much time as it needs to
    /// end.
    #[must_use]
    #[inline]
    pub fn notice(&self) -> Option<i32> {
        // A load is cheap enough for the training loop.
        if self.signal.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let signal = self.signal.swap(0, Ordering::SeqCst);
        drop(self.unblocking.lock());
        Some(signal).filter(|&signal| signal != 0)
    }

    /// Whether a signal has asked a program without a screen to end, noticed or not.
    #[must_use]
    pub fn has_come(&self) -> bool {
        self.has_come.load(Ordering::Relaxed)
    }

    /// Gives a program without a screen as much time as it needs to notice a signal, because it has something to
    /// save; or no more. A second signal ends it by force all the same.
    pub fn give_time(&self, has_time: bool) {
        self.has_time.store(has_time, Ordering::SeqCst);
    }

    /// Asks the program to end, and ends it by force if it does not notice.
    pub(crate) fn ask(&self, signal: i32) {
        self.has_come.store(true, Ordering::SeqCst);
        let is_repeated = self.signal.swap(signal, Ordering::SeqCst) != 0;
        thread::sleep(GRACE);
        let has_time = self.has_time.load(Ordering::SeqCst) && !is_repeated;
        if !has_time && self.notice().is_some() {
            process::exit(exit_code(signal));
        }
    }

    /// Asks a program with a screen to end, and ends it by force if it does not. Until it has noticed, it may hang
    /// in a write to the terminal.
    fn ask_screen(&self, signal: i32, screen: &impl ScreenWatch) {
        let deadline = Instant::now() + FAREWELL;
        self.signal.store(signal, Ordering::SeqCst);
        screen.tell(Signal::End);
        while Instant::now() < deadline {
            thread::sleep(GRACE);
            let _held = self
                .unblocking
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if self.signal.load(Ordering::SeqCst) != 0 {
                screen.unblock();
            }
        }
        screen.leave_in_a_hurry();
        process::exit(exit_code(signal));
    }
}

/// What the threads for signals may do to a program with a screen.
pub trait ScreenWatch: Clone + Send + 'static {
    /// Tells the event loop.
    fn tell(&self, signal: Signal);

    /// Makes the terminal accept output, although nobody reads it.
    fn unblock(&self);

    /// Gives the terminal back while the event loop hangs, because the program is ended by force.
    fn leave_in_a_hurry(&self);
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
    /// The terminal has another size.
    Resize,
}

/// The exit code of a program that was ended by a signal.
#[must_use]
pub fn exit_code(signal: i32) -> i32 {
    128 + signal
}

/// Makes a write beyond the largest file size that is allowed (`ulimit -f`) fail, instead of ending the program.
///
/// # Errors
///
/// If the system cannot install the handler.
pub fn survive_size_limit() -> Result<()> {
    let handled = flag::register(SIGXFSZ, Arc::default());
    handled.map(drop).context("watching for signals")
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
            asked.ask(signal);
        }
    })?;
    Ok(ending)
}

/// Watches for all signals that concern a program with a screen, and for the loss of its terminal.
///
/// # Errors
///
/// If the system cannot install the handlers or start a thread.
pub fn watch_terminal(screen: impl ScreenWatch) -> Result<Ending> {
    let ending = Ending::default();
    let others = [SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = Signals::new(ENDING.iter().chain(&others)).context("watching for signals")?;
    let (asked, watching) = (ending.clone(), screen.clone());
    spawn("signals", move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => watching.tell(Signal::Stop),
                SIGCONT => watching.tell(Signal::Continue),
                SIGWINCH => watching.tell(Signal::Resize),
                _ => asked.ask_screen(signal, &watching),
            }
        }
    })?;
    // Not every terminal that closes sends SIGHUP, and reading from a closed one never blocks.
    let asked = ending.clone();
    spawn("hang-up", move || {
        if wait_for_hang_up() {
            asked.ask_screen(SIGHUP, &screen);
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
