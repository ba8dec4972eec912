//! The formulas of the selected neuron or parameter, stage by stage.

mod backward;
mod equation;
mod forward;
mod loss;
mod once;
mod part;
mod row;
mod sum;
mod table;
mod update;
mod writer;

use ratatui::layout::Rect;

use crate::app::keymap::Action;
use crate::app::{App, Handle, OverlayKind, Panel, Probe, Stage, Target, TracedStep};
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, fitting, key_room, width};
use equation::Page;
use once::once;
use part::{Part, texts};
use row::{Row, heading};
use writer::FormulaWriter;

const STAGES: [Stage; 4] = [Stage::Forward, Stage::Loss, Stage::Backward, Stage::Update];

pub(crate) fn render(canvas: &mut Canvas, area: Rect, traced: &TracedStep) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let name = subject(canvas.app, traced);
    let stage = run.backprop.stage;
    let (number, all) = (stage as usize + 1, STAGES.len());
    let title = match traced.probe {
        Some(_) => format!("{name}: Forward only"),
        None => format!("{name}: {}, stage {number} of {all}", heading(stage)),
    };
    let sets = run.backprop.selected.parameter();
    let sets = format!("sets {}", traced.network.parameter_name(sets));
    let key = canvas.key_text(Action::Open(OverlayKind::Edit), &sets);
    let room = key_room(&title, area.width);
    let table = Action::ToggleZoom(Some(Panel::StepParameters));
    let others = [(Action::TurnPrecision, "digits"), (table, "table")];
    let others = others.map(|(action, text)| canvas.key_text(action, text));
    let key = key.map(|key| fitting(&more_and_more(key, others), room));
    let mut panel = theme.panel_with_key(title, key.as_deref(), area.width);
    let inner = panel.inner(area);
    let writer = FormulaWriter {
        run,
        traced,
        page: Page {
            width: usize::from(inner.width),
            theme,
        },
    };
    let (mut rows, begin) = document(&writer, canvas.app.way_to_step().as_deref());
    let height = usize::from(inner.height);
    let coming = coming(&writer);
    if rows.len() + coming.len() < height {
        rows.extend(coming);
    }
    // Earlier stages are visible as far as there is room for them.
    let last = rows.len().saturating_sub(height);
    let begin = begin.min(last);
    let first = begin.saturating_add_signed(run.backprop.scroll).min(last);
    canvas.regions.seen.formulas = Some(first.cast_signed() - begin.cast_signed());
    if let Some(more) = canvas.more_below(rows.len().saturating_sub(first + height)) {
        panel = panel.title_bottom(more);
    }
    let seen = rows.iter().skip(first).take(height);
    let seen = seen.map(|row| row.line(theme, &name));
    canvas.draw(panel, area);
    canvas.shows(area, Target::Formulas);
    canvas.lines(seen, inner);
}

/// Returns the name of what the formulas are about: the selected part or, where a page lets an input change, that input.
fn subject(app: &App, traced: &TracedStep) -> String {
    let run = app.run();
    let input = match app.handle() {
        Some(Handle::Input(index)) => run.dataset().inputs().get(index),
        _ => None,
    };
    let selected = || run.backprop.selected.name(&traced.network);
    input.map_or_else(selected, |input| input.symbol.clone())
}

/// Returns the keys of the panel, all of them first: "t table, p digits, arrows select, Enter sets w1".
fn more_and_more(key: String, others: [Option<String>; 2]) -> Vec<String> {
    let mut texts = vec![format!("arrows select, {key}"), key];
    for other in others.into_iter().flatten() {
        texts.insert(0, format!("{other}, {}", texts[0]));
    }
    texts
}

/// Returns all stages up to the present one, and those after it while the run trains; and the row in which the present
/// one begins. Beside the heading is the way to the step, if it is not shown: an end may be below what has room.
fn document<'a>(writer: &'a FormulaWriter, way: Option<&str>) -> (Vec<Row<'a>>, usize) {
    let probe = writer.traced.probe.as_ref();
    let present = match probe {
        Some(_) => Stage::Forward,
        None => writer.run.backprop.stage,
    };
    let shows_all = writer.run.training.is_running() && probe.is_none();
    let mut rows = Vec::new();
    let mut begin = 0;
    let stages = STAGES.into_iter();
    for stage in stages.filter(|&stage| stage <= present || shows_all) {
        let is_present = stage == present;
        if is_present {
            begin = rows.len();
        }
        let is_past = stage < present;
        let parts = parts_of(writer, stage);
        let note = if is_present {
            let fact = match stage {
                Stage::Forward | Stage::Loss => None,
                Stage::Backward => backward::posts_number(writer),
                Stage::Update => Some("all above is before the step"),
            };
            note(&parts, (way, fact), writer.page, heading(stage))
        } else {
            String::new()
        };
        rows.push(Row::Heading {
            stage,
            is_present,
            note,
        });
        let parts = parts.into_iter();
        rows.extend(parts.flat_map(|part| Row::of(part, writer.page, is_past)));
    }
    if let Some(probe) = probe {
        rows.push(Row::End(why_only_forward(writer, probe)));
    }
    once(rows, begin)
}

/// Returns what the stages are about that follow the present one, a row apart from it; nothing where all are shown.
fn coming<'a>(writer: &FormulaWriter) -> Vec<Row<'a>> {
    if writer.traced.probe.is_some() || writer.run.training.is_running() {
        return Vec::new();
    }
    let present = writer.run.backprop.stage;
    let selected = writer.run.backprop.selected.name(&writer.traced.network);
    let about = |stage| match stage {
        Stage::Forward => "what each neuron makes of its inputs".to_owned(),
        Stage::Loss => "how wrong the prediction is".to_owned(),
        Stage::Backward => format!("how the loss depends on {selected}"),
        Stage::Update => format!("what the step makes of {selected}"),
    };
    let stages = STAGES.into_iter().filter(|stage| *stage > present);
    let rows = stages.map(|stage| Row::Coming(format!(" {}: {}", heading(stage), about(stage))));
    let rows: Vec<Row> = rows.collect();
    let gap = rows.first().map(|_| Row::Coming(String::new()));
    gap.into_iter().chain(rows).collect()
}

/// Returns what is to be known of the formulas of a stage, beside its heading: the way to more of them, a fact about the
/// stage, or what δ is; and why factors do not give the very product.
fn note(
    parts: &[Part],
    (way, fact): (Option<&str>, Option<&str>),
    page: Page,
    heading: &str,
) -> String {
    let has_delta =
        |part: &Part| matches!(part, Part::Text(text) if text.contains(&page.written("δ")));
    let delta = "δ = ∂L/∂z of a neuron";
    let rounded = ["numbers are shown rounded", "shown rounded"];
    let texts = if let Some(way) = way {
        let whole = format!("{way}, with the chain rule");
        let both = format!("{whole}; {}", rounded[1]);
        vec![both, whole, way.to_owned()]
    } else if let Some(fact) = fact {
        let both = rounded.map(|rounded| format!("{fact}; {rounded}"));
        both.into_iter().chain([fact.to_owned()]).collect()
    } else if parts.iter().any(has_delta) {
        let both = format!("{delta}; {}", rounded[0]);
        vec![both, delta.to_owned(), "δ = ∂L/∂z".to_owned()]
    } else {
        rounded.map(str::to_owned).to_vec()
    };
    let room = cells(page.width).saturating_sub(width(heading) + 3);
    let texts = texts.iter().map(|text| format!(" {}", page.written(text)));
    texts
        .into_iter()
        .find(|text| width(text) <= room)
        .unwrap_or_default()
}

/// Returns why no loss and no update follow.
fn why_only_forward(writer: &FormulaWriter, probe: &Probe) -> &'static str {
    match probe {
        Probe::Sample(sample) if *sample < writer.run.dataset().training_samples => {
            "not in this step: no update"
        }
        Probe::Sample(_) | Probe::Typed(_) => "not trained on: no loss",
    }
}

fn parts_of<'a>(writer: &'a FormulaWriter, stage: Stage) -> Vec<Part<'a>> {
    match stage {
        Stage::Forward => forward::parts(writer),
        Stage::Loss => texts(loss::lines(writer)).collect(),
        Stage::Backward => {
            let mut parts = backward::parts(writer);
            parts.extend(texts(update::gradient_lines(writer)));
            parts
        }
        Stage::Update => update::parts(writer),
    }
}
