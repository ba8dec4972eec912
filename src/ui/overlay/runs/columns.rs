//! The columns of the list of runs: those that have room, each as wide as what stands in it.

use crate::app::KeptRun;
use crate::app::{App, RunView};
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{Theme, listed, shortened, widest, width as text_width};
use crate::ui::widget::visible::counted;

/// The headings; how the runs differ stands right of them.
const HEADINGS: [&str; 6] = ["run", "", "seed", "epochs", "loss", "right"];
const DIFFERENCE: &str = "difference";

/// Where there is no room for all: which columns go, the first one first.
const FIRST_TO_GO: [usize; 3] = [2, 1, 5];

/// The first columns are texts, the others numbers.
const TEXTS: usize = 2;

/// The cells between columns, and those after the letter.
const GAP: u16 = 2;
const GAP_AFTER_LETTER: u16 = 1;

/// The least width of the differences: "2 differences".
const LEAST_DIFFERENCES: u16 = 13;

/// What stands in the columns of a run.
pub(super) type Figures = [String; 6];

/// The differences of a run, and the same in less room.
pub(super) type Differences = [Vec<String>; 2];

pub(super) struct Columns {
    /// 0 if there is no room for one.
    widths: [u16; 6],
    /// What is left for the differences.
    differences: u16,
}

impl Columns {
    /// Chooses the columns for these runs.
    pub(super) fn fit(rows: &[Figures], room: u16) -> Self {
        let widths = std::array::from_fn(|at| {
            let texts = rows.iter().map(|row| &row[at]);
            widest(texts).max(text_width(HEADINGS[at]))
        });
        let mut columns = Self {
            widths,
            differences: 0,
        };
        let with_differences = columns.taken() + GAP + LEAST_DIFFERENCES;
        if with_differences > room {
            for at in FIRST_TO_GO {
                if columns.taken() > room {
                    columns.widths[at] = 0;
                }
            }
        } else {
            columns.differences = room - columns.taken() - GAP;
        }
        columns
    }

    /// The cells that all of a table need, with differences of this width.
    pub(super) fn wanted(rows: &[Figures], differences: u16) -> u16 {
        Self::fit(rows, u16::MAX).taken() + GAP + differences.max(LEAST_DIFFERENCES)
    }

    fn taken(&self) -> u16 {
        let seen = self.widths.iter().enumerate();
        let seen = seen.filter(|(_, width)| **width > 0);
        let all = seen.map(|(at, width)| width + gap_after(at));
        all.sum::<u16>() - GAP
    }

    /// How many have no room.
    pub(super) fn left_out(&self) -> usize {
        let unseen = self.widths.iter().filter(|width| **width == 0).count();
        unseen + usize::from(self.differences == 0)
    }

    pub(super) fn headings(&self) -> String {
        let difference = if self.differences > 0 { DIFFERENCE } else { "" };
        self.line(&HEADINGS, difference)
    }

    /// Returns a line of the list.
    pub(super) fn row(&self, theme: Theme, figures: &Figures, differences: &Differences) -> String {
        let texts: [&str; 6] = std::array::from_fn(|at| &*figures[at]);
        self.line(&texts, &brief(theme, differences, self.differences))
    }

    fn line(&self, texts: &[&str; 6], differences: &str) -> String {
        let seen = texts.iter().zip(self.widths).enumerate();
        let seen = seen.filter(|(_, (_, width))| *width > 0);
        let cells = seen.map(|(at, (text, width))| {
            let blanks = " ".repeat(usize::from(width - text_width(text)));
            let gap = " ".repeat(gap_after(at).into());
            if at < TEXTS {
                format!("{text}{blanks}{gap}")
            } else {
                format!("{blanks}{text}{gap}")
            }
        });
        let line: String = cells.collect();
        line + differences
    }
}

fn gap_after(column: usize) -> u16 {
    if column == 0 { GAP_AFTER_LETTER } else { GAP }
}

/// Returns as many differences as have room, or else how many there are.
fn brief(theme: Theme, differences: &Differences, room: u16) -> String {
    let count = differences[0].len();
    if room == 0 || count == 0 {
        return String::new();
    }
    let mut texts = differences.iter();
    let named = texts.find_map(|all| listed(all.iter().cloned(), room));
    let mark = theme.glyph("…", "...");
    named.unwrap_or_else(|| shortened(&counted(count, "difference"), room, mark))
}

/// Returns the figures of the present run.
pub(super) fn of_present(theme: Theme, app: &App) -> Figures {
    let run = app.run();
    let epoch = run.training.position.epoch;
    figures(theme, app.runs().letter, "current", run, epoch)
}

/// Returns the figures of a kept run.
pub(super) fn of_kept(theme: Theme, app: &App, run: &KeptRun) -> Figures {
    let state = match (run.is_shown, is_drawn(app, run)) {
        (false, _) => "hidden",
        (true, true) => "plotted",
        (true, false) if has_other_loss(app, run) => "other loss",
        (true, false) => "other data",
    };
    let epochs = run.view.training.farthest.epoch;
    figures(theme, run.letter, state, &run.view, epochs)
}

fn figures(theme: Theme, letter: char, state: &str, run: &RunView, epochs: u64) -> Figures {
    let training = run.training.evaluation.map(|now| now.training);
    let loss = training.map(|of| number::loss(of.loss));
    let accuracy = training.and_then(|of| of.quality.accuracy);
    let right = accuracy.map(number::percent);
    [
        letter.to_string(),
        state.to_owned(),
        short_seed(theme, run.config().seed),
        grouped(epochs),
        loss.unwrap_or_default(),
        right.unwrap_or_default(),
    ]
}

/// Returns the seed, or the last digits of a long one.
fn short_seed(theme: Theme, seed: u64) -> String {
    let digits = seed.to_string();
    match digits.len() {
        ..=6 => digits,
        length => format!("{}{}", theme.glyph("…", "."), &digits[length - 5..]),
    }
}

/// Whether a kept run has another loss than the present one.
pub(super) fn has_other_loss(app: &App, run: &KeptRun) -> bool {
    run.view.config().loss != app.run().config().loss
}

/// Whether the loss of a kept run can be on the chart, and is not hidden.
pub(super) fn is_drawn(app: &App, run: &KeptRun) -> bool {
    app.drawn_runs().any(|drawn| drawn.letter == run.letter)
}
