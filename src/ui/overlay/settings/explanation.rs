//! What is said of the selected setting, and of what Enter does.

use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::list;
use crate::app::keymap::Action;
use crate::app::{App, Consequence, OverlayKind, RunView, Settings};
use crate::session::setting::{in_screen_words, setting};
use crate::ui::canvas::Canvas;
use crate::ui::overlay::preparing::prepared;
use crate::ui::style::number::grouped;
use crate::ui::style::{self, Theme, cells, width};

/// What Enter does, or what is wrong, which may need more.
const OUTCOME_HEIGHT: u16 = 2;

/// What the marks in the list mean.
const LEGEND_HEIGHT: u16 = 1;

/// The least height with room for more than the sentence on the setting.
const ENOUGH: u16 = 6;

/// The least height with room for everything that the help says.
const PLENTY: u16 = 12;

pub(super) fn render(canvas: &mut Canvas, area: Rect, settings: &Settings) {
    let theme = canvas.theme;
    let area = area.inner(Margin::new(1, 0));
    let legend = if area.height >= ENOUGH {
        LEGEND_HEIGHT
    } else {
        0
    };
    let line = outcome_of(theme, canvas.app, settings, area.height);
    let lines = style::wrapped(&line.to_string(), area.width).len();
    let least = OUTCOME_HEIGHT + u16::from(area.height >= PLENTY);
    let [about, outcome, below] = Layout::vertical([
        Constraint::Fill(1),
        Constraint::Length(cells(lines).max(least)),
        Constraint::Length(legend),
    ])
    .areas(area);
    let lines = match &settings.typing {
        Some(typing) if !typing.names.is_empty() => {
            vec![Line::raw(typing.names.join("  "))]
        }
        _ => about_setting(theme, settings, area.height),
    };
    canvas.draw(wrapped(theme, lines), about);
    canvas.draw(wrapped(theme, vec![line]), outcome);
    let text = format!("* not the default  {} changed", list::changed(theme));
    canvas.write(Line::styled(text, theme.dim()), below);
}

fn wrapped<'a>(theme: Theme, lines: Vec<Line<'a>>) -> Paragraph<'a> {
    let written = |line: Line<'a>| Line::styled(theme.written(&line.to_string()), line.style);
    let lines: Vec<Line> = lines.into_iter().map(written).collect();
    Paragraph::new(lines).wrap(Wrap { trim: false })
}

fn about_setting(theme: Theme, settings: &Settings, height: u16) -> Vec<Line<'static>> {
    let row = settings.selected();
    let mut lines = vec![Line::raw(row.explanation())];
    lines.extend(
        settings
            .note(row)
            .map(|note| Line::styled(note, theme.strong())),
    );
    // What the list has no room for, or only a word.
    let (value, typed) = (settings.value(row), row.typed(&settings.draft));
    let mut texts = [typed, value].into_iter();
    if let Some(full) = texts.find(|text| width(text) > list::VALUE_ROOM) {
        lines.push(Line::styled(full, theme.strong()));
    }
    if height >= ENOUGH {
        lines.push(Line::styled(row.choices(), theme.dim()));
    }
    let details = row.setting().details;
    if height >= PLENTY && !details.is_empty() {
        lines.push(Line::styled(details, theme.dim()));
    }
    lines
}

fn outcome_of<'a>(theme: Theme, app: &App, settings: &Settings, height: u16) -> Line<'a> {
    let run = app.run();
    let typing = settings.typing.as_ref();
    let typing_problem = typing.and_then(|typing| typing.problem.clone());
    let problem = typing_problem.or_else(|| settings.problem.clone());
    if let Some(problem) = problem.or_else(|| settings.conflict()) {
        return Line::styled(in_screen_words(&problem), theme.warning());
    }
    if let Some(progress) = settings.preparing {
        let done = prepared(progress);
        return Line::raw(format!("Preparing the run{done}. Esc cancels."));
    }
    if !settings.begun_names().is_empty() {
        return Line::raw("Enter looks for a file of this name.");
    }
    let text = match settings.consequence() {
        Consequence::Nothing if height < ENOUGH => {
            "Change it with Left and Right, or type.".to_owned()
        }
        Consequence::Nothing => nothing(run, settings),
        Consequence::Continues => continues(run),
        Consequence::Restarts => {
            let draft = &settings.draft;
            let start = match setting("weights").asked(draft) {
                None => format!("seed {}", draft.config().seed),
                Some(_) => "given weights".to_owned(),
            };
            let restarts = format!("Enter restarts with {start}.");
            if run.is_worth_keeping() {
                let runs = app.offered_key(Action::Open(OverlayKind::Runs));
                let key = runs.map(|key| format!(" ({key} lists it)"));
                format!("{restarts} This run is kept{}.", key.unwrap_or_default())
            } else {
                restarts
            }
        }
    };
    Line::styled(text, theme.strong())
}

/// Returns what the keys do while nothing is changed, and what a change would do.
fn nothing(run: &RunView, settings: &Settings) -> String {
    let keys = "Left and Right change the value, or type one.";
    let then = if settings.selected().setting().can_change_on_the_way() {
        if run.training.is_over() {
            "The run has ended: space or r trains with a change."
        } else {
            "A change applies to the current run."
        }
    } else {
        "A change restarts the run."
    };
    format!("{keys} {then}")
}

/// Returns what Enter does with a change that the run can continue with.
fn continues(run: &RunView) -> String {
    if run.is_behind() {
        let epoch = grouped(run.training.position.epoch);
        format!("Enter continues from epoch {epoch} with this; the old run stays on the chart.")
    } else if run.training.is_over() {
        "The run has ended. Enter sets this; then space continues it, r restarts it.".to_owned()
    } else {
        "Enter applies this to the current run.".to_owned()
    }
}
