//! A row of small maps below the large one: a third feature is held at another value in each. A sample is in the map
//! whose value is nearest to its own.
//!
//! ```text
//! ┌ By flipper_length (mm) ────── b next feature ┐
//! │185 mm         197 mm         215 mm          │
//! │▓▓▒▒░░··●···   ▓▓▓▓▒▒░··▲··   ▓▓▓▓▓▓▒▒■■░·    │
//! │▓▓▓▒▒░░··▲··   ▓▓▓▒▒▒▒░····   ▓▓▓▓■▓▓▒▒░░░    │
//! └──────────────────────────────────────────────┘
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::pixels::{self, Pixels};
use super::points::{self, Marks};
use crate::app::keymap::Action;
use crate::app::{MapOfRow, ShownMap};
use crate::data::{shortest, with_unit};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::typeset;
use crate::ui::style::{MapInk, cells, fitting};
use crate::ui::widget::map_state;
use crate::ui::widget::map_subject::Subject;

/// The fewest and the most maps.
const FEWEST: u16 = 3;
const MOST: u16 = 5;

/// The least width of a map, and the gap after it.
const NARROWEST: u16 = 12;
const GAP: u16 = 2;

/// The heights of the row with its borders, and the least height of the large map above it.
const LOWEST: u16 = 7;
const HIGHEST: u16 = 18;
const LOWEST_ABOVE: u16 = 9;

/// Returns the area that the row leaves to the large map, and that of the row, if there is one.
pub(super) fn divided(canvas: &Canvas, area: Rect) -> [Rect; 2] {
    let height = match canvas.app.run().third() {
        None => 0,
        Some(_) if !has_room(area) => 1,
        Some(_) => (area.height * 2 / 5).clamp(LOWEST, HIGHEST),
    };
    Layout::vertical([Constraint::Fill(1), Constraint::Length(height)]).areas(area)
}

fn has_room(area: Rect) -> bool {
    area.height >= LOWEST + LOWEST_ABOVE && maps_in(area.width.saturating_sub(2)) >= FEWEST
}

/// Returns how many maps have room side by side.
fn maps_in(width: u16) -> u16 {
    ((width + GAP) / (NARROWEST + GAP)).min(MOST)
}

/// Draws the row, or says that there is no room for it.
pub(super) fn render(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let Some(third) = run.third() else {
        return;
    };
    let feature = &run.dataset().features()[third];
    if area.height < LOWEST {
        let name = feature.name();
        let texts = [
            format!(" no room for maps over {name}: enlarge the window"),
            format!(" no room for maps over {name}"),
        ];
        let text = canvas.theme.written(&fitting(&texts, area.width));
        return canvas.write(Line::raw(text), area);
    }
    let key = canvas.key_text(Action::TurnThirdFeature, "next feature");
    let title = format!("By {feature}");
    let panel = canvas
        .theme
        .panel_with_key(title, key.as_deref(), area.width);
    let inner = panel.inner(area).intersection(canvas.frame.area());
    canvas.draw(panel, area);
    canvas.shows_key(area, key.as_deref(), Action::TurnThirdFeature);
    let maps = run.row_of_maps(usize::from(maps_in(inner.width)));
    let columns = Layout::horizontal(vec![Constraint::Fill(1); maps.len()])
        .spacing(GAP)
        .split(inner);
    for (index, &column) in columns.iter().enumerate() {
        render_map(canvas, column, &maps, index);
    }
}

/// Draws a map below its value.
fn render_map(canvas: &mut Canvas, area: Rect, maps: &[MapOfRow], index: usize) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let [label, cells] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let MapOfRow { value, plane } = &maps[index];
    let dataset = run.dataset();
    let mut samples = points::asked(run, area_of_all(cells, maps.len()));
    samples.retain(|&sample| run.map_of_row_for(maps, dataset.raw_of(sample)) == Some(index));
    let subject = Subject::chosen(run);
    let shown = pixels::map(run, theme, &subject, plane, (cells, samples.clone()));
    let unit = run
        .third()
        .map_or("", |third| dataset.features()[third].unit());
    let value = with_unit(&typeset(&shortest(*value)), unit);
    let state = map_state::text(theme, shown.as_ref());
    let text = fitting(&[format!("{value}{state}"), value], label.width);
    canvas.write(Line::styled(theme.written(&text), theme.strong()), label);
    let Some(ShownMap { map, .. }) = shown else {
        return;
    };
    let ink = MapInk::new(theme, canvas.app.background(), dataset.target.classes());
    let marks = Marks::new(run, plane, &map, (cells, &samples));
    let pixels = Pixels::new(theme, ink, map, cells);
    pixels.render(canvas.frame.buffer_mut(), &subject);
    points::render_samples(canvas, &pixels, &subject, &marks, &samples);
}

/// Returns an area as large as those of all maps together, whose samples they share.
fn area_of_all(area: Rect, maps: usize) -> Rect {
    Rect {
        width: area.width.saturating_mul(cells(maps)),
        ..area
    }
}
