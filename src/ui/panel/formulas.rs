//! The formulas of the selected part, stage by stage.

mod backward;
mod equation;
mod forward;
mod loss;
mod update;
mod writer;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::{App, Stage, TracedStep, TrainingState};
use crate::trainer::RunState;
use crate::ui::style::Theme;
use equation::Page;
use writer::Told;

impl Stage {
    /// The name on the screen.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Forward => "Forward",
            Self::Loss => "Loss",
            Self::Backward => "Backward",
            Self::Update => "Update",
        }
    }
}

const STAGES: [Stage; 4] = [Stage::Forward, Stage::Loss, Stage::Backward, Stage::Update];

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, traced: &TracedStep) {
    let theme = Theme(app.appearance());
    let name = app.run().backprop.selected.name(&traced.network);
    let stage = app.run().backprop.stage;
    let (number, all) = (stage as usize + 1, STAGES.len());
    let panel = theme.panel(format!("{name}: {}, {number} of {all}", stage.name()));
    let inner = panel.inner(area);
    let told = Told {
        app,
        traced,
        theme,
        page: Page {
            width: usize::from(inner.width),
            glyphs: app.appearance().glyphs,
        },
    };
    let (lines, begin) = document(&told, &name);
    let height = usize::from(inner.height);
    // What came before is seen as far as there is room for it.
    let last = lines.len().saturating_sub(height);
    let first = begin
        .min(last)
        .saturating_add_signed(app.run().backprop.scroll);
    let first = first.min(last);
    let below = lines.len().saturating_sub(first + height);
    let panel = if below > 0 {
        let more = format!(" {below} more lines: PageDown ");
        panel.title_bottom(Line::styled(more, theme.strong()).right_aligned())
    } else {
        panel
    };
    frame.render_widget(panel, area);
    let seen: Vec<Line> = lines.into_iter().skip(first).take(height).collect();
    frame.render_widget(Paragraph::new(seen), inner);
}

/// All stages up to the present one, and of a run that goes on also those after it; and the line in which the
/// present one begins.
fn document<'a>(told: &Told, name: &str) -> (Vec<Line<'a>>, usize) {
    let theme = told.theme;
    let present = told.app.run().backprop.stage;
    let is_running = told.app.run().training.state == TrainingState::Alive(RunState::Running);
    let mut lines = Vec::new();
    let mut begin = 0;
    let stages = STAGES.into_iter();
    for stage in stages.filter(|&stage| stage <= present || is_running) {
        let is_present = stage == present;
        if is_present {
            begin = lines.len();
        }
        let heading = if is_present {
            theme.strong().patch(theme.chosen())
        } else {
            theme.dim()
        };
        lines.push(Line::styled(format!(" {} ", stage.name()), heading));
        let texts = lines_of(told, stage);
        for text in texts.iter().flat_map(|text| told.page.lines(text)) {
            lines.push(emphasized(theme, &text, name, stage < present));
        }
    }
    (lines, begin)
}

fn lines_of(told: &Told, stage: Stage) -> Vec<String> {
    match stage {
        Stage::Forward => forward::lines(told),
        Stage::Loss => loss::lines(told),
        Stage::Backward => {
            let mut lines = backward::lines(told);
            lines.extend(update::gradient_lines(told));
            lines
        }
        Stage::Update => update::lines(told),
    }
}

/// A line in which the name of what is selected stands out.
fn emphasized<'a>(theme: Theme, text: &str, name: &str, is_past: bool) -> Line<'a> {
    let plain = if is_past { theme.dim() } else { Style::new() };
    let mut line = Line::default();
    let mut word = String::new();
    let push = |line: &mut Line<'a>, word: &mut String| {
        let style = if word == name {
            plain.patch(theme.strong())
        } else {
            plain
        };
        line.push_span(Span::styled(std::mem::take(word), style));
    };
    for c in text.chars() {
        let is_of_word =
            |c: char| c.is_ascii_alphanumeric() && !word.is_empty() || c.is_ascii_alphabetic();
        if !is_of_word(c) || !word.chars().all(|c| c.is_ascii_alphanumeric()) {
            push(&mut line, &mut word);
        }
        word.push(c);
    }
    push(&mut line, &mut word);
    line
}
