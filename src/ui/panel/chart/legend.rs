//! The rows above a chart: which letter is which run, what was changed on the way, and what is left out.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::subject::Subject;
use crate::app::keymap::Action;
use crate::app::{App, Charted, Glyphs, OverlayKind};
use crate::session::setting::setting;
use crate::session::{Change, PlacedChange};
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, cells, listed, listed_and, number, width};
use crate::ui::widget::visible::counted;

/// What stands before the differences of the run that is shown.
const PRESENT: &str = "this run";

/// Returns the rows of a legend of this width and at most this height. What has no room is counted.
pub(super) fn lines(app: &App, theme: Theme, subject: &Subject, room: Rect) -> Vec<Line<'static>> {
    let undrawn = app.drawn_runs().count() - subject.kept_runs.len();
    let fitting = |entries: &[Entry], shown: usize| {
        let (shown, others) = entries.split_at(shown);
        let runs: Vec<char> = others.iter().filter_map(|entry| entry.run).collect();
        let changes = others.len() - runs.len();
        let left_out = left_out(app, theme, (undrawn, &runs), changes).into_iter();
        let left_out = left_out.map(|text| Line::styled(text, theme.dim()));
        let listed = shown.iter().map(|entry| entry.line.clone()).chain(left_out);
        let lines = packed(listed, room.width);
        (lines.len() <= usize::from(room.height)).then_some(lines)
    };
    let all = |entries: &[Entry]| {
        let mut counts = (1..=entries.len()).rev();
        counts.find_map(|shown| fitting(entries, shown))
    };
    let entries = |about| entries(app, theme, subject, room.width, about);
    let usual = entries(About::Whole);
    let mut whole = [About::Whole, About::Unmarked].into_iter().map(entries);
    let lines = whole.find_map(|entries| fitting(&entries, entries.len()));
    // One that is named says more than a count.
    let lines = lines.or_else(|| all(&usual));
    let lines = lines.or_else(|| all(&entries(About::Unnamed)));
    lines.or_else(|| fitting(&[], 0)).unwrap_or_default()
}

/// What is said of the run that is shown beside kept ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// That it is this one, and its differences.
    Whole,
    /// That it is this one, and the differences that no change on its way says too.
    Unmarked,
    /// Only its differences.
    Unnamed,
}

/// How the run that is shown differs from kept ones, as far as it is said.
fn own_differences(app: &App, about: About) -> Vec<String> {
    let mut own = app.own_differences();
    if about == About::Unmarked {
        let changes = app.run().training.changes.iter();
        let marked: Vec<String> = changes
            .filter(|made| is_marked(made))
            .filter_map(|made| made.change.label())
            .collect();
        own.retain(|text| !marked.contains(text));
    }
    own
}

/// An entry of the legend.
struct Entry {
    line: Line<'static>,
    /// The letter of the run that it is of; `None` if it is of what was changed on the way.
    run: Option<char>,
}

/// "B this run", "A learning rate 0.1", "◆ rate 0.3 at 200", "loaded at epoch 1,000", "one epoch in 64".
fn entries(app: &App, theme: Theme, subject: &Subject, room: u16, about: About) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |line, run| entries.push(Entry { line, run });
    let first = app.run().curves.training.first_epoch();
    if first > 0 {
        // Nothing is known of what is before.
        let text = format!("loaded at epoch {}", number::grouped(first));
        add(Line::styled(text, theme.dim()), None);
    }
    let whole_of = app.run().curves.whole_of;
    if whole_of > 1 && subject.charted != Charted::Loss {
        let text = format!("one epoch in {}", number::grouped(whole_of));
        add(Line::styled(text, theme.dim()), None);
    }
    if !subject.kept_runs.is_empty() {
        let own = own_differences(app, about);
        let text = if own.is_empty() {
            PRESENT.to_owned()
        } else {
            let start = match about {
                About::Unnamed => String::new(),
                About::Whole | About::Unmarked => format!("{PRESENT}: "),
            };
            let room = room.saturating_sub(2 + width(&start));
            format!("{start}{}", differences(app, theme, &own, room))
        };
        let entry = entry(theme, app.runs().letter, &text, true);
        let letter = app.runs().letter;
        add(with_sign(app, theme, subject, entry), Some(letter));
    }
    for run in subject.kept_runs.iter().rev() {
        let all = [app.differences_of(run), app.brief_differences_of(run)];
        let room = room.saturating_sub(2);
        let brief = usize::from(listed(all[0].iter().cloned(), room).is_none());
        let mut text = differences(app, theme, &all[brief], room);
        let end = subject.window.beyond(run);
        let end = end.map(|last| format!(", ends at {}", number::grouped(last)));
        let has_room = |end: &String| width(&text) + width(end) <= room;
        text.extend(end.filter(has_room));
        add(entry(theme, run.letter, &text, false), Some(run.letter));
    }
    let changes = app.run().training.changes.iter().rev();
    let changes = changes.filter_map(|made| change(app, theme, made));
    let sign = Span::styled(sign(theme), theme.strong());
    for text in changes {
        let spans = vec![sign.clone(), Span::styled(text, theme.dim())];
        add(Line::from(spans), None);
    }
    entries
}

fn entry(theme: Theme, letter: char, text: &str, is_present: bool) -> Line<'static> {
    let style = if is_present {
        Style::new()
    } else {
        theme.run(letter)
    };
    let name = style.patch(theme.strong());
    Line::from(vec![
        Span::styled(letter.to_string(), name),
        Span::styled(format!(" {text}"), theme.focused(is_present)),
    ])
}

/// Puts what the line of the present run consists of in ASCII before its letter; that of a kept run is its letter.
fn with_sign(
    app: &App,
    theme: Theme,
    subject: &Subject,
    mut entry: Line<'static>,
) -> Line<'static> {
    let mut named = subject.present.iter();
    let is_of_run = |name: &String| subject.names_run(app, name);
    let line = named.find(|series| series.name.as_ref().is_some_and(is_of_run));
    if let (Glyphs::Ascii, Some(line)) = (theme.0.glyphs, line) {
        entry
            .spans
            .insert(0, Span::raw(format!("{} ", line.stroke.ascii)));
    }
    entry
}

/// The sign of a change on a curve.
pub(super) fn sign(theme: Theme) -> &'static str {
    theme.glyph("◆", "^")
}

/// Whether a change is marked: what sets the start of a run is no change on its way.
pub(super) fn is_marked(made: &PlacedChange) -> bool {
    made.position.epoch > 0 || made.position.step > 0
}

fn change(app: &App, theme: Theme, made: &PlacedChange) -> Option<String> {
    let network = &app.run().network;
    let what = match &made.change {
        Change::Setting {
            option: "learning-rate",
            value,
        } => {
            format!("{} {value}", theme.glyph("η", "rate"))
        }
        Change::Setting { option, value } => setting(option).label_with(value),
        &Change::Parameter { index, value } => {
            let name = network.parameter_name(network.parameter_at(index));
            format!("{name}={}", theme.written(&number::significant(value, 3)))
        }
    };
    let at = number::grouped(made.position.epoch);
    is_marked(made).then(|| format!(" {what} at {at}"))
}

/// "+A, C (v)", "2 runs not drawn (v)", "◆ 1 change", "1 run not comparable (v)": the runs without a line are counted, those
/// with one are named.
fn left_out(
    app: &App,
    theme: Theme,
    (undrawn, named): (usize, &[char]),
    changes: usize,
) -> Vec<String> {
    let incomparable = app.incomparable_runs();
    let mut texts = Vec::new();
    let mut runs: Vec<String> = named.iter().map(char::to_string).collect();
    runs.sort_unstable();
    if !runs.is_empty() {
        texts.push(format!("+{}{}", runs.join(", "), runs_key(app)));
    }
    if undrawn > 0 {
        let runs = counted(undrawn, "run");
        texts.push(format!("{runs} not drawn{}", runs_key(app)));
    }
    if changes > 0 {
        // Beside other runs, by the sign that only the present one has on its line.
        texts.push(match app.drawn_runs().next() {
            Some(_) => format!("{} {}", sign(theme), counted(changes, "change")),
            None => format!("+{}", counted(changes, "change")),
        });
    }
    if incomparable > 0 {
        let runs = counted(incomparable, "run");
        texts.push(format!("{runs} not comparable{}", runs_key(app)));
    }
    texts
}

/// " (v)", the key that lists the runs; empty where there is none.
fn runs_key(app: &App) -> String {
    let key = app.offered_key(Action::Open(OverlayKind::Runs));
    key.map(|key| format!(" ({key})")).unwrap_or_default()
}

/// Puts entries side by side as far as they fit, each into the first line with room.
fn packed(entries: impl Iterator<Item = Line<'static>>, width: u16) -> Vec<Line<'static>> {
    let mut lines: Vec<Line> = Vec::new();
    for entry in entries {
        let has_room = |line: &&mut Line| line.width() + 2 + entry.width() <= usize::from(width);
        match lines.iter_mut().find(has_room) {
            Some(line) => {
                line.push_span(Span::raw("  "));
                line.spans.extend(entry.spans);
            }
            None => lines.push(entry),
        }
    }
    lines
}

/// Draws the rows at the top of an area; returns the rest of it.
pub(super) fn render(canvas: &mut Canvas, lines: Vec<Line>, area: Rect) -> Rect {
    let height = cells(lines.len()).min(area.height);
    for (line, row) in lines.into_iter().zip(area.rows()) {
        canvas.write(line, row);
    }
    Rect {
        y: area.y + height,
        height: area.height - height,
        ..area
    }
}

/// Returns the differences of a run from the present one, as many as fit: "hidden sigmoid, 2 more differences (v)", with
/// less room "hidden sigmoid, … (v)".
fn differences(app: &App, theme: Theme, differences: &[String], room: u16) -> String {
    let key = runs_key(app);
    let all = || differences.iter().cloned();
    let counted_others = |more| {
        let others = counted(more, "more difference");
        format!("{others}{key}")
    };
    let long = listed_and(all(), room, counted_others);
    let short = || listed_and(all(), room, |_| format!("{}{key}", theme.glyph("…", "...")));
    let text = long.or_else(short);
    text.unwrap_or_else(|| format!("{}{key}", counted(differences.len(), "difference")))
}
