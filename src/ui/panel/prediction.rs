//! The prediction box: what is typed, what the network sees of it, and its prediction.
//!
//! ```text
//! ┌ Predict: Emily ────── i try ─┐
//! │ weight [128     ] lb → −7    │
//! │ height [63      ] in → −3    │
//! │ P(F) = 0.8030 → F            │
//! │ ████████░░                   │
//! │ = 58 kg, 160 cm, 5'3"        │
//! └──────────────────────────────┘
//! ```

mod answer;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::keymap::{Action, Context};
use crate::app::{self, Field, RunView, TextField, Turn};
use crate::data::{Feature, quantity};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{MINUS, apart, range};
use crate::ui::style::{Theme, abbreviated, cells, cut, fitting, listed, widest, width};
use crate::ui::widget::visible::left_out;
use crate::ui::widget::{inputs, text_field};

/// The least width of a text field in cells, and of one beside abbreviated names.
const FIELD_WIDTH: u16 = 8;
const NARROW_FIELD: u16 = 6;

/// The spaces around a name and before a unit, and the brackets of the field.
const GAPS: u16 = 5;

/// The fewest cells in which a shortened name can still be read.
const READABLE_NAME: u16 = 8;

/// The least width of a name that is abbreviated.
const SHORTEST_NAME: u16 = 5;

/// The widest field that is not edited: more digits of a number say nothing at a glance.
const WIDEST_FIELD: u16 = 10;

/// Returns the height with which all fields, the answer and a bar for each class have room, with borders.
pub(crate) fn height(run: &RunView) -> u16 {
    cells(run.prediction.fields.len() + 1 + answer::bars_of(run) + 2)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let is_typed = canvas.app.context() == Context::Prediction;
    let run = canvas.app.run();
    let who = run.prediction.known_name(run.dataset());
    let who = who.map(|name| format!(": {name}")).unwrap_or_default();
    let (doing, key) = if is_typed {
        (" – editing", None)
    } else {
        ("", canvas.key_text(Action::Predict, "try"))
    };
    let title = format!("Predict{doing}{who}");
    let mut panel = canvas
        .theme
        .panel_with_key(title, key.as_deref(), area.width);
    let inner = panel.inner(area);
    // The answer and one remark always have room, and what can be chosen while a field is edited.
    let all = canvas.app.run().prediction.fields.len();
    let remarks = remarks(canvas.theme, canvas.app.run(), (inner.width, inner.height));
    let others = if is_typed || !remarks.is_empty() {
        2
    } else {
        1
    };
    let seen = cells(all).min(inner.height.saturating_sub(others));
    if let Some(text) = left_out(all - usize::from(seen), "field") {
        panel = panel.title_bottom(text);
    }
    if let Some(text) = next_known(canvas) {
        panel = panel.title_bottom(text);
    }
    canvas.draw(panel, area);
    canvas.shows(
        area,
        if is_typed {
            app::Target::Window
        } else {
            app::Target::Command(Action::Predict)
        },
    );
    let rows = [Constraint::Length(seen), Constraint::Fill(1)];
    let [fields, answer] = Layout::vertical(rows).areas(inner);
    render_fields(canvas, fields, is_typed);
    render_answer(canvas, answer, is_typed);
}

/// Returns "`PageDown` → Frank" while the fields are edited.
fn next_known(canvas: &Canvas) -> Option<String> {
    let run = canvas.app.run();
    let name = run.prediction.next_name(run.dataset())?;
    let arrow = canvas.theme.glyph("→", "->");
    let fills_in = [Action::TurnKnown(Turn::Forward)];
    let text = canvas
        .app
        .key_saying(&fills_in, &format!("{arrow} {name}"))?;
    Some(format!(" {text} "))
}

/// Draws as many fields as there are rows, including the focused one.
fn render_fields(canvas: &mut Canvas, area: Rect, is_typed: bool) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let form = &run.prediction;
    let seen = seen(theme, run, area.width);
    let (names, least) = names(theme, run, area.width.saturating_sub(GAPS + widest(&seen)));
    let name_width = widest(&names) + 2;
    let longest = widest(form.fields.iter().map(|field| field.text.text()));
    let room = area.width.saturating_sub(name_width + GAPS - 2);
    let usual = longest.min(WIDEST_FIELD);
    let usual = usual.min(room.saturating_sub(widest(&seen))).max(least);
    let first = (form.focused + 1).saturating_sub(usize::from(area.height));
    for (index, row) in (first..form.fields.len()).zip(area.rows()) {
        let is_edited = is_typed && form.focused == index;
        let texts = [&*names[index], &*seen[index]];
        let wanted = wanted(run, index, is_edited).min(room);
        let widths = [name_width, usual.max(wanted)];
        render_field(canvas, row, index, widths, texts, is_edited);
    }
}

/// The width that a field needs so that its text is whole: what is edited, with the cursor after it, and words.
fn wanted(run: &RunView, index: usize, is_edited: bool) -> u16 {
    let text = width(run.prediction.fields[index].text.text());
    let is_words = !run.dataset().features()[index].words().is_empty();
    match (is_edited, is_words) {
        (true, _) => text + 1,
        (false, true) => text,
        (false, false) => 0,
    }
}

/// Returns the names of the features, abbreviated before a number is cut, and the least width of the fields, where both
/// have this much room.
fn names(theme: Theme, run: &RunView, room: u16) -> (Vec<String>, u16) {
    let names: Vec<&str> = run.dataset().features().iter().map(Feature::name).collect();
    let least = if widest(&names) + FIELD_WIDTH <= room {
        FIELD_WIDTH
    } else {
        NARROW_FIELD
    };
    let longest = room.saturating_sub(least).max(SHORTEST_NAME);
    let names = abbreviated(&names, longest, theme.glyph("…", "."));
    (names, least)
}

/// Returns what stands behind each field in this width: a name that can be read comes before what the network sees.
fn seen(theme: Theme, run: &RunView, width: u16) -> Vec<String> {
    let (features, seen) = (run.dataset().features(), with_scaled(theme, run));
    let name = widest(features.iter().map(Feature::name)).min(READABLE_NAME);
    if name + NARROW_FIELD + GAPS + widest(&seen) <= width {
        return seen;
    }
    let units = features.iter().map(|feature| feature.unit().to_owned());
    units.collect()
}

/// Returns "lb → −7" for each field: its unit, and the scaled values that result from it if its text is valid.
fn with_scaled(theme: Theme, run: &RunView) -> Vec<String> {
    let (dataset, fields) = (run.dataset(), &run.prediction.fields);
    let scaled_of = |raw: fn(&Field) -> f64| -> Vec<f64> {
        let raw: Vec<f64> = fields.iter().map(raw).collect();
        dataset.preprocessing.scaled_values(&raw).collect()
    };
    let [low, high] = [|field: &Field| field.range.0, |field: &Field| field.range.1].map(scaled_of);
    // Each is made of one feature, so that what is not valid elsewhere has no part in it.
    let values = scaled_of(|field| *field.value.as_ref().unwrap_or(&field.range.0));
    let mut made = vec![Vec::new(); fields.len()];
    for (at, value) in dataset.preprocessing.scaled().iter().enumerate() {
        made[value.feature()].push(at);
    }
    let arrow = theme.glyph("→", "->");
    let of_field = |((field, feature), made): ((&Field, &Feature), Vec<usize>)| {
        let unit = feature.unit();
        if field.value.is_err() {
            return unit.to_owned();
        }
        // A number that reaches the network as it is typed is not said twice, with fewer digits.
        let is_number = feature.words().is_empty();
        if is_number && made.iter().all(|at| Ok(values[*at]) == field.value) {
            return unit.to_owned();
        }
        let made = made
            .iter()
            .map(|&at| apart(values[at], (low[at], high[at])));
        let made = made.collect::<Vec<_>>().join(" ");
        format!("{unit} {arrow} {made}").trim_start().to_owned()
    };
    let fields = fields.iter().zip(dataset.features()).zip(made);
    fields.map(of_field).collect()
}

/// Draws a feature's name, its field, and what the network sees of it.
fn render_field(
    canvas: &mut Canvas,
    area: Rect,
    index: usize,
    widths: [u16; 2],
    [name, seen]: [&str; 2],
    is_edited: bool,
) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let (field, feature) = (
        &run.prediction.fields[index],
        &run.dataset().features()[index],
    );
    let bracket = theme.focused(is_edited);
    let [name_area, field_area, seen_area] = text_field::row(canvas, area, widths, bracket);
    let style = match (&field.value, is_edited) {
        (Err(_), _) => theme.warning(),
        (Ok(_), true) => theme.typed(),
        (Ok(_), false) => Style::new(),
    };
    canvas.write(Line::raw(format!(" {name}")), name_area);
    let cursor = usize::MAX;
    canvas.shows(area, app::Target::Field { index, cursor });
    text_field::shows(canvas, field_area, field.text.text(), 0, |cursor| {
        app::Target::Field { index, cursor }
    });
    let text = field.text.text();
    // As numbers are written everywhere else.
    let shown = match text.strip_prefix('-') {
        Some(digits) if !is_edited && field.value.is_ok() => {
            &TextField::new(format!("{MINUS}{digits}"))
        }
        _ => &field.text,
    };
    text_field::render(canvas, field_area, shown, style, is_edited);
    // A number is whole or not there.
    let texts = [seen, feature.unit(), ""];
    let text = fitting(&texts, seen_area.width.saturating_sub(1));
    canvas.write(Line::raw(format!(" {text}")), seen_area);
}

/// Draws the answer and remarks on the typed values; while any of these is not valid, only why.
fn render_answer(canvas: &mut Canvas, area: Rect, is_typed: bool) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let mut remarks = remarks(theme, run, (area.width, area.height));
    if is_typed {
        remarks.extend(words_to_choose(theme, run, area.width));
    }
    let mut lines = Vec::new();
    let inputs = run.prediction.values();
    let inputs = inputs.map(|values| run.dataset().network_inputs(&values));
    if let Some(forward) = inputs.and_then(|inputs| run.forward_of(&inputs)) {
        let outputs = forward.predictions(&run.network);
        let target = &run.dataset().target;
        let style = target
            .task()
            .class(outputs)
            .map_or_else(Style::new, |class| theme.class(target.classes(), class));
        let answer = theme.written(&answer::text(run, outputs, area.width));
        lines.push(Line::styled(answer, theme.strong().patch(style)));
        // Where there is no room for everything, remarks are more important than other classes and the bar.
        let width = usize::from(area.width.max(1));
        let rows = remarks.iter().map(|line| line.width().div_ceil(width));
        let rows: usize = rows.sum();
        let room = usize::from(area.height).saturating_sub(rows + lines.len());
        lines.extend(answer::below(theme, run, outputs, (area.width, room)));
    }
    lines.extend(remarks);
    canvas.text(lines, area);
}

/// Returns "←→ Adelie, Chinstrap, Gentoo" while a feature of words is edited.
fn words_to_choose(theme: Theme, run: &RunView, room: u16) -> Option<Line<'static>> {
    let words = run.dataset().features()[run.prediction.focused].words();
    if words.is_empty() {
        return None;
    }
    let arrows = theme.glyph(" ←→ ", " Left, Right: ");
    let words = words.iter().map(ToString::to_string);
    let words = listed(words, room.saturating_sub(width(arrows)));
    Some(Line::raw(format!("{arrows}{}", words.unwrap_or_default())))
}

/// Returns "filled in: length, width" while the fields hold a sample of the data, of values that it lacks.
fn filled_in(run: &RunView, room: u16) -> Option<Line<'static>> {
    let dataset = run.dataset();
    let sample = run.prediction.sample(dataset)?;
    let features = dataset.features().iter().enumerate();
    let names: Vec<String> = features
        .filter(|(index, _)| dataset.is_filled(sample, *index))
        .map(|(_, feature)| feature.name().to_owned())
        .collect();
    let intro = " filled in: ";
    let names = listed(names.into_iter(), room.saturating_sub(width(intro)));
    names
        .filter(|names| !names.is_empty())
        .map(|names| Line::raw(format!("{intro}{names}")))
}

/// Returns remarks on the typed values, most important first.
fn remarks(theme: Theme, run: &RunView, (room, rows): (u16, u16)) -> Vec<Line<'_>> {
    let features = run.dataset().features();
    let mut remarks = Vec::new();
    if let Some((field, problem)) = run.prediction.problem() {
        let text = format!(" {}: {problem}", features[field].name());
        remarks.push(Line::styled(text, theme.warning()));
    }
    let fields = run.prediction.fields.iter().zip(features);
    let valid = fields.filter_map(|(field, feature)| {
        let value = *field.value.as_ref().ok()?;
        Some((feature, value, field.range))
    });
    for (feature, value, range) in valid.clone() {
        let is_number = feature.word(value).is_none();
        if is_number && !(range.0..=range.1).contains(&value) {
            let text = outside(theme, feature, range, room);
            remarks.push(Line::styled(text, theme.warning()));
        }
    }
    remarks.extend(filled_in(run, room));
    if let Some(values) = run.prediction.values()
        && run.dataset().preprocessing.has_formulas()
    {
        // All rows but that of the answer.
        let room = (
            room.saturating_sub(1),
            usize::from(rows.saturating_sub(1)).max(1),
        );
        let inputs = inputs::lines(theme, run.dataset(), &values, room).into_iter();
        remarks.extend(inputs.map(|line| Line::raw(format!(" {line}"))));
    }
    let others =
        valid.flat_map(|(feature, value, _)| quantity::in_other_units(value, feature.unit()));
    let others: Vec<String> = others.collect();
    if !others.is_empty() {
        remarks.push(Line::raw(format!(" = {}", others.join(", "))));
    }
    remarks
}

/// Returns "weight outside the training data (120–160 lb)", or less in one line of this width.
fn outside(theme: Theme, feature: &Feature, (low, high): (f64, f64), room: u16) -> String {
    let [least, most] = [low, high].map(|bound| apart(bound, (low, high)));
    let range = format!("{} {}", range(&least, &most), feature.unit());
    let (name, range) = (feature.name(), range.trim_end());
    let short = format!(" outside {range}");
    let name_room = room.saturating_sub(width(&short) + 1);
    let texts = [
        format!(" {name} outside the training data ({range})"),
        format!(" {name} outside training {range}"),
        format!(" {}{short}", cut(name, name_room, theme.glyph("…", "."))),
    ];
    fitting(&texts, room)
}
