//! The settings panel: the list of settings, and what is said of the selected one below it, or beside it.
//!
//! ```text
//! ┌ Settings 21 of 30: Data  Network [Training] ─────────┐
//! │ Training                                             │
//! │  *optimizer           adam                           │
//! │›•learning rate     ‹ 0.03 ›                          │
//! │  batch size          10                              │
//! │                                                      │
//! │ How far each step goes; too far and the loss jumps.  │
//! │ Learning rate (η in formulas)                        │
//! │ Enter applies this to the current run.               │
//! │ * not the default, • changed                         │
//! └──────────────────────────────────────────────────────┘
//! ```

mod explanation;
mod list;

use ratatui::layout::{Constraint, Layout, Rect};

use super::window;
use crate::app::Settings;
use crate::session::setting::SECTIONS;
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, fitting};
use list::List;

/// The width of the explanation beside it.
const BESIDE_WIDTH: u16 = 46;

/// What a window needs in addition to what is in it.
const BORDERS: u16 = 2;

/// The height of the explanation below the list, and where there is little room.
const TEXT_HEIGHT: u16 = 8;
const SHORT_TEXT_HEIGHT: u16 = 4;

/// The least height of the list for which the explanation is as long as it can be.
const ENOUGH: u16 = 6;

pub(super) fn render(canvas: &mut Canvas, area: Rect, settings: &Settings) {
    let list = List::of(settings);
    let beside = list::WIDTH + BESIDE_WIDTH + BORDERS;
    if area.width >= beside {
        let height = list.height().max(2 * TEXT_HEIGHT) + BORDERS;
        let [list_area, text_area] = opened(canvas, area, &list, (beside, height), |inner| {
            let columns = [Constraint::Length(list::WIDTH), Constraint::Fill(1)];
            Layout::horizontal(columns).areas(inner)
        });
        list.render(canvas, list_area);
        explanation::render(canvas, text_area, settings);
        return;
    }
    let is_enough = area.height >= TEXT_HEIGHT + ENOUGH + BORDERS;
    let text_height = if is_enough {
        TEXT_HEIGHT
    } else {
        SHORT_TEXT_HEIGHT
    };
    let size = (list::WIDTH + BORDERS, list.height() + text_height + BORDERS);
    let [list_area, text_area] = opened(canvas, area, &list, size, |inner| {
        Layout::vertical([Constraint::Fill(1), Constraint::Length(text_height)]).areas(inner)
    });
    list.render(canvas, list_area);
    explanation::render(canvas, text_area, settings);
}

/// Opens the window with the title that its list has, and returns the areas of list and explanation.
fn opened(
    canvas: &mut Canvas,
    area: Rect,
    list: &List,
    (width, height): (u16, u16),
    split: impl Fn(Rect) -> [Rect; 2],
) -> [Rect; 2] {
    // As the window will be.
    let size = Rect::new(0, 0, width.min(area.width), height.min(area.height));
    let inside = Rect::new(
        0,
        0,
        size.width.saturating_sub(BORDERS),
        size.height.saturating_sub(BORDERS),
    );
    let room = inside.width.saturating_sub(2);
    let title = title(list, (room, split(inside)[0].height));
    split(window::open(canvas, area, &title, (width, height)))
}

/// Returns the title; where there is no room for all settings, with the place of the selected one, and its section among
/// all.
fn title(list: &List, (width, height): (u16, u16)) -> String {
    if height >= cells(list.len()) {
        return "Settings".to_owned();
    }
    let (place, all, heading) = list.place();
    let sections = SECTIONS.iter().map(|section| match section.heading {
        present if present == heading => format!("[{present}]"),
        other => format!(" {other} "),
    });
    let short = format!("Settings {place} of {all}");
    let texts = [
        format!("{short}: {}", sections.collect::<String>().trim()),
        format!("{short}: {heading}"),
        short,
    ];
    fitting(&texts, width)
}
