//! What the network answers: in words, and a bar for each class.
//!
//! ```text
//! P(Adelie) = 0.998 → Adelie
//! Adelie    0.998 ████████████████████
//! Gentoo    3e−6  ░░░░░░░░░░░░░░░░░░░░
//! Chinstrap 0.002 ░░░░░░░░░░░░░░░░░░░░
//! ```

use ratatui::text::{Line, Span};

use crate::app::RunView;
use crate::data::{Target, Task};
use crate::session::{Position, has_ones};
use crate::ui::style::number::{self, aligned, typeset};
use crate::ui::style::{Theme, abbreviated, fitting, listed, widest, width};

/// The maximum width of a bar, and the least of one beside others.
const BAR_WIDTH: u16 = 20;
const LEAST_BAR: u16 = 5;

/// The maximum width of a class beside its bar.
const WIDEST_CLASS: u16 = 16;

/// Returns what stands below the answer, in at most this many rows of this width: a bar for each class, or else the other
/// classes and the bar of the likeliest.
pub(super) fn below(
    theme: Theme,
    run: &RunView,
    outputs: &[f64],
    (room, rows): (u16, usize),
) -> Vec<Line<'static>> {
    let target = &run.dataset().target;
    if gives_shares_of_classes(run) && outputs.len() <= rows {
        let bars = bars(theme, target.classes(), outputs, room);
        if !bars.is_empty() {
            return bars;
        }
    }
    let bar = share(target.task(), outputs).map(|(class, share)| {
        let bar = theme.bar(share, BAR_WIDTH.min(room));
        Line::styled(format!(" {bar}"), theme.class(target.classes(), class))
    });
    let others = others(theme, run, outputs, room);
    others.into_iter().chain(bar).take(rows).collect()
}

/// Returns how many bars there are where each class has one.
pub(super) fn bars_of(run: &RunView) -> usize {
    if gives_shares_of_classes(run) {
        run.dataset().target.classes().len()
    } else {
        1
    }
}

fn gives_shares_of_classes(run: &RunView) -> bool {
    run.dataset().target.task() == Task::Classes && run.config().output_activation.gives_shares()
}

/// Returns a bar for each class; none if there is no room for them.
fn bars(theme: Theme, classes: &[String], shares: &[f64], room: u16) -> Vec<Line<'static>> {
    let names = abbreviated(classes, WIDEST_CLASS, theme.glyph("…", "."));
    let numbers = shares
        .iter()
        .map(|share| theme.written(&number::activation(*share)));
    let numbers = aligned(&numbers.collect::<Vec<_>>());
    let column = widest(&names);
    let bar = room.saturating_sub(column + widest(&numbers) + 3);
    let bar = bar.min(BAR_WIDTH);
    if bar < LEAST_BAR {
        return Vec::new();
    }
    let lines = names.iter().zip(&numbers).zip(shares).enumerate();
    let lines = lines.map(|(class, ((name, number), share))| {
        let gap = " ".repeat(usize::from(column - width(name)));
        let style = theme.class(classes, class);
        Line::from(vec![
            Span::styled(format!(" {name}{gap}"), style),
            Span::raw(format!(" {number} ")),
            Span::styled(theme.bar(*share, bar), style),
        ])
    });
    lines.collect()
}

/// Returns the class whose share the bar shows, and that share: of two, of the one that the output stands for; of more, of
/// the likeliest.
fn share(task: Task, outputs: &[f64]) -> Option<(usize, f64)> {
    let class = match task {
        Task::Binary => 1,
        Task::Classes => task.class(outputs)?,
        Task::Numbers => return None,
    };
    Some((class, largest(outputs)))
}

/// Returns "banana 0.31, cherry 0.17", the other classes, the likeliest first; `None` if there are none, or no room for one.
fn others(theme: Theme, run: &RunView, outputs: &[f64], room: u16) -> Option<Line<'static>> {
    let target = &run.dataset().target;
    if !gives_shares_of_classes(run) {
        return None;
    }
    let predicted = target.task().class(outputs);
    let mut others: Vec<_> = target.classes().iter().zip(outputs).enumerate().collect();
    others.retain(|(class, _)| Some(*class) != predicted);
    others.sort_by(|(_, (_, a)), (_, (_, b))| b.total_cmp(a));
    let others = others.into_iter().map(|(_, (class, share))| {
        theme.written(&format!("{class} {}", number::activation(*share)))
    });
    listed(others, room.saturating_sub(1)).map(|text| Line::raw(format!(" {text}")))
}

/// Returns the answer, and that the network that gives it is not trained yet, if that is so and there is room.
pub(super) fn text(run: &RunView, outputs: &[f64], room: u16) -> String {
    let texts = [long(run, outputs), brief(run, outputs)];
    let answer = fitting(&texts, room);
    // Weights that were given may come from another training.
    let is_begun = || run.config().initial_layers.is_none() || has_ones(&run.network);
    if run.training.position == Position::default() && is_begun() {
        return fitting(&[format!("{answer} (untrained)"), answer], room);
    }
    answer
}

/// Returns "P(F) = 0.8030 → F", as the output is the probability of F; of several classes that of the likeliest, for numbers
/// the numbers.
fn long(run: &RunView, outputs: &[f64]) -> String {
    let target = &run.dataset().target;
    let label = run.dataset().label_of(outputs);
    let are_probabilities = run.config().output_activation.gives_shares();
    match target.task() {
        Task::Binary => {
            let class = &target.classes()[1];
            let name = if are_probabilities {
                format!("P({class}) =")
            } else {
                "o1".to_owned()
            };
            format!(" {name} {} → {label}", number::output(outputs[0]))
        }
        Task::Classes if are_probabilities => {
            let share = number::significant(largest(outputs), 3);
            format!(" P({label}) = {share} → {label}")
        }
        Task::Classes => format!(" {label}"),
        Task::Numbers => match target {
            Target::Numbers(numbers) if numbers.len() == 1 => {
                format!(" {} = {}", numbers[0].name, typeset(&label))
            }
            _ => format!(" {}", typeset(&label)),
        },
    }
}

/// Returns the same in fewer cells: "Adelie 0.997".
fn brief(run: &RunView, outputs: &[f64]) -> String {
    let label = run.dataset().label_of(outputs);
    match run.dataset().target.task() {
        Task::Binary => format!(" {label} ({})", number::output(outputs[0])),
        Task::Classes => format!(" {label} {}", number::activation(largest(outputs))),
        Task::Numbers => format!(" {}", typeset(&label)),
    }
}

fn largest(outputs: &[f64]) -> f64 {
    outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}
