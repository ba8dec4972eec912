//! What the signs on the map mean: the samples of each class, those predicted wrong, and the typed values.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::super::points::{Marks, Signs};
use crate::app::{RunView, Shown};
use crate::data::{Dataset, Task};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{grouped, typeset};
use crate::ui::style::{MapInk, Theme, Tone, cells, cut, fitting, width};

/// Returns what the signs of samples mean.
pub(super) fn lines<'a>(
    theme: Theme,
    run: &RunView,
    ink: &MapInk,
    marks: &Marks,
    room: u16,
) -> Vec<Line<'a>> {
    let dataset = run.dataset();
    let signs = Signs::new(theme, dataset);
    let mut lines = if signs.initials().is_empty() {
        of_classes(theme, dataset, &signs, room)
    } else {
        let names = signs.initials().join(" ");
        let texts = [format!("{names}: the samples"), names];
        vec![Line::raw(fitting(&texts, room))]
    };
    if let Some([seen, all]) = marks.seen_of(run) {
        let drawn = format!("drawn: {seen} of {all} samples");
        let texts = [
            format!("{drawn}, others lie beneath"),
            format!("drawn: {seen} of {all}, others beneath"),
            drawn,
        ];
        lines.push(Line::raw(fitting(&texts, room)));
    }
    let typed = typed(theme, run, &signs, room);
    let taken = cells(width_of(&typed));
    let are_all_right = marks.wrong == 0 && marks.boxed(run).is_some();
    if dataset.target.task() == Task::Numbers || are_all_right {
        lines.push(Line::from_iter(typed));
    } else {
        // Both in one line if it has room for them.
        let texts = wrong_texts(run, marks);
        let beside = Line::from_iter(wrong(ink, &texts, room.saturating_sub(taken)));
        if cells(beside.width()) + taken <= room {
            lines.push(beside.spans.into_iter().chain(typed).collect());
        } else {
            lines.extend([wrong(ink, &texts, room), typed].map(Line::from_iter));
        }
    }
    lines.extend(judged(run, room));
    lines.extend(chosen(theme, run, room));
    lines
}

/// Returns by which values samples are right or wrong, if the map holds some features elsewhere.
fn judged<'a>(run: &RunView, room: u16) -> Option<Line<'a>> {
    let is_held = run.dataset().features().len() > 2;
    let texts = [
        "samples are judged by their own values",
        "samples: by their own values",
    ];
    is_held.then(|| Line::raw(fitting(&texts, room)))
}

/// Returns the target and the prediction of the sample that is chosen, if these are numbers, which the map has only the
/// colours of.
fn chosen<'a>(theme: Theme, run: &RunView, room: u16) -> Option<Line<'a>> {
    let dataset = run.dataset();
    let Shown::Sample(sample) = run.shown else {
        return None;
    };
    if dataset.target.task() != Task::Numbers {
        return None;
    }
    let predictions = run.predictions_for(sample..sample + 1)?;
    let [actual, predicted] = [
        dataset.target.label(dataset.targets_of(sample)),
        dataset.label_of(&predictions.outputs),
    ];
    let name = dataset.sample_name(sample);
    let texts = [
        format!("{name}, underlined: actual {actual}, predicted {predicted}"),
        format!("{name}: actual {actual}, predicted {predicted}"),
        format!("{name}: {actual}, predicted {predicted}"),
    ];
    let texts = texts.map(|text| theme.written(&typeset(&text)));
    Some(Line::raw(fitting(&texts, room)))
}

/// Returns how many samples are predicted wrong, and how many of them are drawn, longest first.
fn wrong_texts(run: &RunView, marks: &Marks) -> [String; 2] {
    let (count, drawn) = match marks.boxed(run) {
        Some(boxed) if marks.wrong > 0 => {
            let drawn = (boxed < marks.wrong).then(|| format!(", {} drawn", grouped(boxed as u64)));
            let wrong = grouped(marks.wrong as u64);
            (format!("{wrong} "), drawn.unwrap_or_default())
        }
        _ => (String::new(), String::new()),
    };
    [
        format!(": {count}predicted wrong{drawn}  "),
        format!(": {count}wrong{drawn}  "),
    ]
}

/// Returns what the signs mean, as far as it fits into the border below a small map: first the classes, whose number is
/// said where they do not fit.
pub(super) fn line<'a>(canvas: &Canvas, marks: &Marks, room: u16) -> Line<'a> {
    let (theme, dataset) = (canvas.theme, canvas.app.run().dataset());
    let signs = Signs::new(theme, dataset);
    let mut line = Line::default();
    let mut after: Vec<Vec<Span>> = Vec::new();
    if signs.initials().is_empty() {
        line.spans = classes_within(theme, dataset, &signs, room);
        if has_test(dataset) {
            let text = format!(" {} test ", signs.of_class(0, true));
            after.push(vec![Span::raw(text)]);
        }
    }
    if let Some([seen, all]) = marks.seen_of(canvas.app.run()) {
        after.push(vec![Span::raw(format!(" {seen} of {all} shown "))]);
    }
    if canvas.app.has_prediction_box() {
        let taken = cells(line.width() + after.iter().map(|part| width_of(part)).sum::<usize>());
        let beside = room.saturating_sub(taken + 2);
        let [sign, name] = typed(theme, canvas.app.run(), &signs, beside);
        after.push(vec![Span::raw(" "), sign, name, Span::raw(" ")]);
    }
    for part in after {
        if line.width() + width_of(&part) <= usize::from(room) {
            line.extend(part);
        }
    }
    line
}

/// Returns the signs of as many classes as have room, and how many more there are.
fn classes_within<'a>(theme: Theme, dataset: &Dataset, signs: &Signs, room: u16) -> Vec<Span<'a>> {
    let classes = dataset.target.classes().len().max(1);
    let more = |shown: usize| Span::raw(format!(" +{} ", classes - shown));
    let mut line = Vec::new();
    for class in 0..classes {
        let [signs, name] = of_class(theme, dataset, signs, class, room);
        let name = Span::raw(format!("{} ", name.content.trim_end()));
        let part = [Span::raw(" "), signs, name];
        let shown = class + 1;
        let rest = if shown < classes {
            more(shown).width()
        } else {
            0
        };
        if width_of(&line) + width_of(&part) + rest > usize::from(room) {
            line.push(more(class));
            break;
        }
        line.extend(part);
    }
    line
}

fn width_of(spans: &[Span]) -> usize {
    spans.iter().map(Span::width).sum()
}

/// Returns the signs of the classes, as many in a line as fit, and those of test samples if there are any.
fn of_classes<'a>(theme: Theme, dataset: &Dataset, signs: &Signs, room: u16) -> Vec<Line<'a>> {
    let mut lines: Vec<Line> = Vec::new();
    for class in 0..dataset.target.classes().len().max(1) {
        let spans = of_class(theme, dataset, signs, class, room);
        let added = width_of(&spans);
        match lines.last_mut() {
            Some(line) if line.width() + added <= usize::from(room) => line.extend(spans),
            _ => lines.push(Line::from_iter(spans)),
        }
    }
    if has_test(dataset) {
        let [full, hollow] = [false, true].map(|is_test| signs.of_class(0, is_test));
        lines.push(Line::raw(format!("{full} training  {hollow} test sample")));
    }
    lines
}

/// Returns the signs of a class and its name.
fn of_class<'a>(
    theme: Theme,
    dataset: &Dataset,
    signs: &Signs,
    class: usize,
    room: u16,
) -> [Span<'a>; 2] {
    let classes = dataset.target.classes();
    let style = match dataset.target.task() {
        Task::Numbers => Style::new(),
        Task::Binary | Task::Classes => theme.class(classes, class),
    };
    let mut text = signs.of_class(class, false).to_owned();
    if has_test(dataset) {
        text += signs.of_class(class, true);
    }
    let name = classes.get(class).map_or("samples", String::as_str);
    let name = short(theme, name, room / 3);
    [Span::styled(text, style), Span::raw(format!(" {name}  "))]
}

/// Returns what a sample that is predicted wrong looks like: a word in that look, as a sign would be that of a sample.
fn wrong<'a>(ink: &MapInk, meanings: &[String; 2], room: u16) -> [Span<'a>; 2] {
    let beneath = Tone::Class {
        class: 1,
        strength: 1.0,
    };
    let style = ink.wrong(Some(0), beneath);
    // Not "boxed", which the cell between the brackets of the cursor is.
    let is_reversed = style.add_modifier.contains(Modifier::REVERSED);
    let word = if is_reversed { "reversed" } else { "solid" };
    let meaning = fitting(meanings, room.saturating_sub(width(word)));
    [Span::styled(word, style), Span::raw(meaning)]
}

/// Returns the sign of the values in the prediction box, and whose they are.
fn typed<'a>(theme: Theme, run: &RunView, signs: &Signs, room: u16) -> [Span<'a>; 2] {
    let who = run.typed_values_name();
    let texts = match own_answer(run) {
        _ if is_outside(run) => [
            format!(" {who}: outside the map"),
            " outside the map".to_owned(),
        ],
        Some(answer) => [format!(" {who} itself: {answer}"), format!(" {who}")],
        None => [format!(" {who}"), format!(" {who}")],
    };
    let name = fitting(&texts, room.saturating_sub(width(signs.typed())));
    [Span::styled(signs.typed(), theme.strong()), Span::raw(name)]
}

/// Whether the map does not reach the typed values.
fn is_outside(run: &RunView) -> bool {
    let (Some(typed), Some(plane)) = (run.prediction.values(), run.plane()) else {
        return false;
    };
    !plane.reaches(&typed)
}

/// The answer to the typed values themselves, where the map shows that to other values in their place.
fn own_answer(run: &RunView) -> Option<String> {
    let typed = run.prediction.values()?;
    let place = run.surface.features?.map(|feature| typed[feature]);
    let shown = run.plane()?.point(place[0], place[1]);
    if shown == typed {
        return None;
    }
    let forward = run.forward_of(&run.dataset().network_inputs(&typed))?;
    let answer = run.dataset().label_of(forward.predictions(&run.network));
    Some(typeset(&answer))
}

fn has_test(dataset: &Dataset) -> bool {
    dataset.training_samples < dataset.len()
}

/// A name that a legend has room for.
pub(super) fn short(theme: Theme, name: &str, room: u16) -> String {
    cut(name, room.max(3), theme.glyph("…", "."))
}
