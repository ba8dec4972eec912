//! The samples: the data of each, the network's prediction, and whether it is right.
//!
//! ```text
//! ┌ Samples: 4/4 right ────────────────────────────────────────────── m matrix ┐
//! │ name    weight (lb) height (in) actual output (F=1)  predicted (y − ypred)² │
//! │›Alice           133          65 F      0.73 ▆▆▆      F ✓             0.0729 │
//! └─────────────────────────────────────────── mean = 0.0233 after epoch 140 ──┘
//! ```

mod answers;
mod columns;
mod errors;
mod given;
mod mean;
mod table;
mod title;
mod visible;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Cell, Row, Table};

use crate::app::RunView;
use crate::app::keymap::Action;
use crate::data::Task;
use crate::ui::canvas::Canvas;
use crate::ui::style::number;
use crate::ui::style::{Theme, cells, fitting, key_room};
use crate::ui::widget::{method, turn_key};
use answers::Answers;
use columns::{Columns, NUMBER, sample_name};
pub(crate) use errors::render as render_errors;
pub(crate) use given::render as render_given;
use visible::visible;

/// Returns the height that shows all samples, including the borders and the heading.
pub(crate) fn height(run: &RunView) -> u16 {
    cells(run.dataset().len() + 3)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let samples = visible(run, usize::from(area.height.saturating_sub(3)));
    let Some(answers) = Answers::of(theme, run, samples.clone()) else {
        let title = title::title(theme, run, area.width.saturating_sub(4));
        return table::draw_awaited(canvas, area, title);
    };
    let columns = Columns::fit(theme, run, (samples.clone(), &answers), area.width);
    let rows = samples.clone().enumerate();
    let rows = rows.map(|line| row(theme, run, (&columns, &answers), line));
    let room = turn_key::title_room(canvas, Action::TurnOverview, area.width);
    let title = title::title(theme, run, room);
    let key = turn_key::of_overviews(canvas, key_room(&title, area.width));
    let mut panel = theme.panel_with_key(title, key.as_deref(), area.width);
    let left_out = columns.left_out();
    if columns.has_losses()
        && let Some(text) = mean::text(theme, run)
    {
        panel = panel.title_bottom(Line::styled(text, theme.strong()).right_aligned());
    } else if !columns.has_losses() {
        // A window without room for the losses has none in its first line either.
        let taken = left_out.as_ref().map_or(0, |text| cells(text.width()));
        let text = what_is_trained(theme, run, area.width.saturating_sub(taken + 4));
        panel = panel.title_bottom(Line::raw(text).right_aligned());
    }
    if let Some(text) = left_out {
        panel = panel.title_bottom(text);
    }
    let header = header(theme, run, &columns).style(theme.dim());
    let table = Table::new(rows, columns.widths()).header(header);
    table::draw(canvas, area, panel, table, samples);
    canvas.shows_key(area, key.as_deref(), Action::TurnOverview);
}

/// Returns " people, sgd η 0.1 ": what the network learns from, and how; the data's name goes first. Of a run that has
/// diverged, that its numbers are those before.
fn what_is_trained(theme: Theme, run: &RunView, room: u16) -> String {
    if run.training.has_diverged() {
        return fitting(
            &[format!(" {} ", mean::BEFORE_DIVERGENCE), String::new()],
            room,
        );
    }
    let (name, method) = (&run.dataset().name, method::text(theme, run));
    let texts = [
        format!(" {name}, {method} "),
        format!(" {method} "),
        String::new(),
    ];
    fitting(&texts, room)
}

fn header<'a>(theme: Theme, run: &RunView, columns: &Columns) -> Row<'a> {
    let target = &run.dataset().target;
    let output = match target.task() {
        Task::Binary => columns.output_heading(&target.classes()[1]),
        Task::Classes => "output".to_owned(),
        Task::Numbers => String::new(),
    };
    let [actual, predicted] = columns.label_headings();
    columns.headings(
        run.dataset().names_heading(),
        [actual.into(), output.into(), predicted.into()],
        &answers::loss_headings(theme, run),
    )
}

fn row<'a>(
    theme: Theme,
    run: &RunView,
    (columns, answers): (&Columns, &Answers),
    (line, sample): (usize, usize),
) -> Row<'a> {
    let dataset = run.dataset();
    let (target, targets) = (&dataset.target, dataset.targets_of(sample));
    let outputs = answers.outputs(line);
    let class = target.task().class(outputs);
    let actual = target.task().class(targets);
    let style = |class: Option<usize>| match class {
        Some(class) => theme.class(target.classes(), class),
        None => Style::new(),
    };
    let label = |class: Option<usize>, number: &str| match class {
        Some(class) => columns.class(class).to_owned(),
        None => columns.numbers(number, target.unit()).to_owned(),
    };
    let predicted = label(class, &answers.predicted[line]);
    let verdict = match class {
        None => Line::raw(predicted),
        Some(_) => verdict(theme, &predicted, actual == class, style(class)),
    };
    let is_shared = target.task() == Task::Classes;
    let share = outputs[class.filter(|_| is_shared).unwrap_or(0)];
    let bar = theme.low_bar(share, columns.bar_width());
    // The output of two classes says how likely the second one is.
    let of_output = style(if is_shared { class } else { class.and(Some(1)) });
    let number = format!("{:NUMBER$} ", number::activation(share));
    let labels = [
        Cell::from(label(actual, &answers.actual[line])).style(style(actual)),
        Line::from(vec![number.into(), Span::styled(bar, of_output)]).into(),
        verdict.into(),
    ];
    columns.values(
        sample_name(dataset, sample),
        line,
        labels,
        answers.losses[line].clone(),
    )
}

/// The predicted class, with a mark whether it is right.
fn verdict<'a>(theme: Theme, class: &str, is_right: bool, style: Style) -> Line<'a> {
    let (mark, mark_style) = if is_right {
        (theme.glyph("✓", "ok"), Style::new())
    } else {
        (theme.glyph("✗", "no"), theme.warning())
    };
    Line::from_iter([
        Span::styled(format!("{class} "), style),
        Span::styled(mark, mark_style),
    ])
}
