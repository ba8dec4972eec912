//! A terminal with a shell that runs nnscope, and a user who looks and types.

mod program;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
pub(crate) use program::{nnscope, nnscope_in_shell, nnscope_without_shell};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use vt100::{MouseProtocolEncoding, MouseProtocolMode, Screen};

/// How long anything may take on a busy machine before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Keys as a terminal sends them.
pub(crate) mod key {
    pub(crate) const CTRL_C: &str = "\x03";
    pub(crate) const CTRL_L: &str = "\x0c";
    pub(crate) const CTRL_U: &str = "\x15";
    pub(crate) const CTRL_Z: &str = "\x1a";
    pub(crate) const ENTER: &str = "\r";
    pub(crate) const ESC: &str = "\x1b";
    pub(crate) const TAB: &str = "\t";
}

/// A new empty directory for the test of this name.
pub(crate) fn empty_directory(test: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir(&directory).unwrap();
    directory
}

/// nnscope in a terminal of 80×24.
pub(crate) struct Session {
    command: Box<dyn Child + Send + Sync>,
    terminal: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    display: Arc<Display>,
    reader: Option<JoinHandle<()>>,
    modes_before: String,
}

/// What has come from the program.
#[derive(Default)]
struct Display {
    content: Mutex<Content>,
    has_changed: Condvar,
    is_stalled: AtomicBool,
}

#[derive(Default)]
struct Content {
    parser: vt100::Parser,
    output: Vec<u8>,
}

impl Session {
    /// Starts nnscope with seed 42, and waits until it is on the screen.
    pub(crate) fn start() -> Self {
        Self::run(nnscope(&[]))
    }

    /// Starts this command, and waits until nnscope is on the screen.
    pub(crate) fn run(command: CommandBuilder) -> Self {
        let session = Self::run_at(PtySize::default(), command);
        session.wait_for(" nnscope ");
        session
    }

    /// Starts this command in a terminal of this size.
    pub(crate) fn run_at(size: PtySize, command: CommandBuilder) -> Self {
        let pty = native_pty_system().openpty(size).unwrap();
        let modes_before = modes(&*pty.master);
        let mut session = Self {
            command: pty.slave.spawn_command(command).unwrap(),
            keyboard: pty.master.take_writer().unwrap(),
            terminal: pty.master,
            display: Arc::default(),
            reader: None,
            modes_before,
        };
        session.look();
        session
    }

    /// Starts to read what the program writes.
    pub(crate) fn look(&mut self) {
        let mut terminal = self.terminal.try_clone_reader().unwrap();
        let display = Arc::clone(&self.display);
        display.is_stalled.store(false, Ordering::Relaxed);
        self.reader = Some(thread::spawn(move || {
            let mut buffer = [0; 4096];
            while !display.is_stalled.load(Ordering::Relaxed) {
                match terminal.read(&mut buffer) {
                    Ok(0) | Err(_) => return,
                    Ok(length) => display.take(&buffer[..length]),
                }
            }
        }));
    }

    /// Stops reading what the program writes. The program has to be running.
    pub(crate) fn look_away(&mut self) {
        self.display.is_stalled.store(true, Ordering::Relaxed);
        self.reader.take().unwrap().join().unwrap();
    }

    /// Fills the terminal, which nobody reads, until it accepts no more.
    pub(crate) fn fill(&self) {
        let mut terminal = self.open_terminal();
        let full = loop {
            if let Err(error) = terminal.write_all(b".") {
                break error;
            }
        };
        assert_eq!(full.kind(), io::ErrorKind::WouldBlock);
    }

    /// Writes to the terminal as another program would.
    pub(crate) fn write_from_elsewhere(&self, text: &str) {
        self.open_terminal().write_all(text.as_bytes()).unwrap();
    }

    fn open_terminal(&self) -> File {
        let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
        OpenOptions::new()
            .write(true)
            .custom_flags(flags.cast_signed())
            .open(self.terminal.tty_name().unwrap())
            .unwrap()
    }

    pub(crate) fn type_keys(&mut self, keys: impl AsRef<[u8]>) {
        self.keyboard.write_all(keys.as_ref()).unwrap();
    }

    /// Restarts the run, which then waits at epoch 0.
    #[track_caller]
    pub(crate) fn restart_paused(&mut self) {
        self.type_keys(" ");
        self.wait_for("paused at epoch ");
        self.type_keys("r");
        self.wait_for("epoch 0/1,000");
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.type_keys(format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Clicks the first cell of a text on the screen.
    #[track_caller]
    pub(crate) fn click(&mut self, text: &str) {
        self.wait_for(text);
        let cell = position(self.display.content().parser.screen(), text);
        let (column, row) = cell.expect("it is on the screen");
        self.click_at(column, row);
    }

    /// Clicks a cell, counted from 1 as in the reports of terminals.
    pub(crate) fn click_at(&mut self, column: usize, row: usize) {
        self.type_keys(format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
    }

    /// Resizes the window. The parser shows a size of 0 as 1.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let at_least_one = |length| NonZeroU16::new(length).unwrap_or(NonZeroU16::MIN);
        let (height, width) = (at_least_one(rows), at_least_one(columns));
        self.display.content().parser.set_size(height, width);
        let size = PtySize {
            rows,
            cols: columns,
            ..PtySize::default()
        };
        self.terminal.resize(size).unwrap();
    }

    /// Waits until the program is in the foreground of the terminal, in raw mode.
    #[track_caller]
    pub(crate) fn wait_for_raw_mode(&self) {
        wait_until("raw mode", || {
            (modes(&*self.terminal) != self.modes_before).then_some(())
        });
    }

    /// Waits until the screen shows a text, in which every line ends with a line feed.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| lines(screen).contains(text));
    }

    /// Waits until the screen shows a text this often.
    #[track_caller]
    pub(crate) fn wait_for_count(&self, text: &str, count: usize) {
        self.wait_until(text, |screen| lines(screen).matches(text).count() == count);
    }

    /// Whether the screen shows a text now.
    pub(crate) fn shows(&self, text: &str) -> bool {
        lines(self.display.content().parser.screen()).contains(text)
    }

    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, mut is_met: impl FnMut(&Screen) -> bool) {
        let is_unmet = |content: &mut Content| !is_met(content.parser.screen());
        let (content, wait) = self
            .display
            .has_changed
            .wait_timeout_while(self.display.content(), PATIENCE, is_unmet)
            .unwrap();
        let screen = lines(content.parser.screen());
        drop(content);
        assert!(
            !wait.timed_out(),
            "waited for {what:?}, but there is\n{screen}"
        );
    }

    /// Waits until the program has written nothing for this long.
    #[track_caller]
    pub(crate) fn wait_for_silence(&self, long: Duration) {
        let deadline = Instant::now() + PATIENCE;
        let mut content = self.display.content();
        loop {
            assert!(Instant::now() < deadline, "still writing");
            let before = content.output.len();
            let is_silent = |content: &mut Content| content.output.len() == before;
            let (now, wait) = self
                .display
                .has_changed
                .wait_timeout_while(content, long, is_silent)
                .unwrap();
            if wait.timed_out() {
                return;
            }
            content = now;
        }
    }

    /// Waits until training has advanced.
    #[track_caller]
    pub(crate) fn wait_for_progress(&self) {
        let mut first = None;
        self.wait_until("more epochs", |screen| {
            let now = epoch(screen);
            first = first.or(now);
            now > first
        });
    }

    /// The process of nnscope: the one in the foreground of the terminal.
    pub(crate) fn program(&self) -> Pid {
        let foreground = self.terminal.process_group_leader();
        foreground.and_then(Pid::from_raw).unwrap()
    }

    pub(crate) fn send(&self, signal: Signal) {
        kill_process(self.program(), signal).unwrap();
    }

    /// Quits with this key. Returns everything that has been written.
    #[track_caller]
    pub(crate) fn quit(mut self, key: &str) -> String {
        self.type_keys(key);
        self.wait_for_shell(0);
        String::from_utf8_lossy(&self.display.content().output).into_owned()
    }

    /// Waits until nnscope has exited with this code and restored the terminal.
    #[track_caller]
    pub(crate) fn wait_for_shell(&self, code: i32) {
        self.wait_for(&format!("left with {code}\n"));
        let content = self.display.content();
        let screen = content.parser.screen();
        assert!(!screen.alternate_screen(), "on the alternate screen");
        assert!(!screen.hide_cursor(), "without a cursor");
        assert!(!screen.bracketed_paste(), "with bracketed paste");
        assert!(!reports_mouse(screen), "with the mouse");
        self.assert_modes_as_before();
    }

    #[track_caller]
    pub(crate) fn assert_modes_as_before(&self) {
        assert_eq!(modes(&*self.terminal), self.modes_before);
    }

    /// Closes the window. Returns the exit code of the command.
    pub(crate) fn close(mut self) -> u32 {
        self.look_away();
        drop((self.keyboard, self.terminal));
        wait_until("the end", || self.command.try_wait().unwrap()).exit_code()
    }
}

impl Display {
    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap()
    }

    fn take(&self, bytes: &[u8]) {
        let mut content = self.content();
        content.parser.process(bytes);
        content.output.extend(bytes);
        self.has_changed.notify_all();
    }
}

/// Waits for the end of a process that is not a child of this one.
#[track_caller]
pub(crate) fn wait_for_end(process: Pid) {
    wait_until("the end", || test_kill_process(process).err());
}

/// Waits by polling for something that gives no notification.
#[track_caller]
fn wait_until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < deadline, "waited for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The modes of a terminal's line, such as echo and signals.
fn modes(terminal: &dyn MasterPty) -> String {
    format!("{:?}", terminal.get_termios().unwrap())
}

/// Whether anything that the mouse does is reported to the program.
pub(crate) fn reports_mouse(screen: &Screen) -> bool {
    screen.mouse_protocol_mode() != MouseProtocolMode::None
        || screen.mouse_protocol_encoding() != MouseProtocolEncoding::Default
}

/// The column and row of a text on the screen, counted from 1.
fn position(screen: &Screen, text: &str) -> Option<(usize, usize)> {
    let lines = lines(screen);
    let mut lines = lines.lines().zip(1..);
    lines.find_map(|(line, row)| Some((line[..line.find(text)?].chars().count() + 1, row)))
}

/// The lines of the screen, without trailing spaces, each ending with a line feed.
fn lines(screen: &Screen) -> String {
    let contents = screen.contents();
    contents
        .lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

/// The epoch in the status line, if there is one.
fn epoch(screen: &Screen) -> Option<u64> {
    let contents = screen.contents();
    let count = contents
        .lines()
        .find_map(|line| line.strip_prefix(" epoch "))?;
    count
        .split_once(['/', ' '])?
        .0
        .replace(',', "")
        .parse()
        .ok()
}
