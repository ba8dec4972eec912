//! Floor 4: draws an [`App`] with [`draw`], which changes nothing of it.
//!
//! The folder of a file says what it is: a `view` lays out panels, a `panel` draws one aspect of a run, an
//! `overlay` temporarily covers the panels, a `line` is above or below them. They are made of `widget`s and share
//! one `style`; `regions` notes for the mouse where they are. They write to a `frame`, of which a `display` takes what
//! has changed. A window smaller than 40×12 shows one line that asks for more room.

mod canvas;
mod display;
mod frame;
mod line;
mod overlay;
mod panel;
mod picture;
mod regions;
mod style;
mod view;
mod widget;

use ratatui::backend::Backend;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::text::Line;
use ratatui::widgets::Clear;

/// What is on a screen: a symbol and its style for each cell.
pub use ratatui::buffer::Buffer as Screen;

pub use display::Display;
pub use regions::Regions;
pub use style::{Theme, number, plain};

use crate::app::{App, Background, View};
use canvas::Canvas;
use frame::Frame;

/// The smallest window that has room for panels, in columns and rows.
const SMALLEST: (u16, u16) = (40, 12);

/// Draws the whole screen on a terminal of any size, even 0×0, and notes in `regions` what the mouse finds where. A
/// terminal that is buffered is not flushed.
///
/// # Errors
///
/// If the terminal fails.
pub fn draw<B: Backend>(
    display: &mut Display<B>,
    app: &App,
    regions: &mut Regions,
) -> Result<(), B::Error> {
    let theme = Theme(app.appearance());
    display.draw(theme, |frame| canvas::draw(frame, app, regions, render_all))
}

/// Returns what a terminal of this many columns and rows shows of an app.
#[must_use]
pub fn screen(app: &App, (width, height): (u16, u16)) -> Screen {
    let mut frame = Frame::new(Size { width, height });
    canvas::draw(&mut frame, app, &mut Regions::default(), render_all);
    let mut cells = frame.into_buffer();
    Theme(app.appearance()).finish_all(&mut cells);
    cells
}

/// Returns a screen as an SVG picture; several of the same size as one that moves.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn picture(screens: &[Screen], background: Background) -> String {
    match screens {
        [screen] => picture::still(screen, background),
        _ => picture::animation(screens, background),
    }
}

/// Returns a screen as a PNG picture: the bytes of the file.
#[must_use]
pub fn png(screen: &Screen, background: Background) -> Vec<u8> {
    picture::png(screen, background)
}

/// Returns the page of the lessons that is open as plain text, with its figures; empty if none is open.
#[must_use]
pub fn lesson(app: &App) -> String {
    panel::lesson::plain_text(app)
}

fn render_all(canvas: &mut Canvas) {
    let area = canvas.frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return ask_for_room(canvas, area);
    }
    let [header, body, status, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    line::header::render(canvas, header);
    match canvas.app.view() {
        View::Train => view::train::render(canvas, body),
        View::Backprop => view::backprop::render(canvas, body),
        View::Surface => view::surface::render(canvas, body),
        View::Learn => view::learn::render(canvas, body),
    }
    line::status::render(canvas, status);
    line::footer::render(canvas, footer);
    // Everything but the footer, which shows the keys of the overlay.
    let over = Rect {
        height: area.height - 1,
        ..area
    };
    overlay::render(canvas, over);
    if canvas.app.notice().is_some() {
        // The answer to the last key is read in its line, whatever the overlay has there, and moves nothing.
        canvas.draw(Clear, status);
        line::status::render(canvas, status);
    }
}

fn ask_for_room(canvas: &mut Canvas, area: Rect) {
    let by = canvas.theme.glyph("×", "x");
    let (width, height) = SMALLEST;
    let needed = format!("needs {width}{by}{height}");
    let has = format!("{needed}, has {}{by}{}", area.width, area.height);
    let texts = [format!("{has} – q quits"), has, needed];
    let text = style::fitting(&texts, area.width);
    let line = Rect {
        height: area.height.min(1),
        ..area
    };
    canvas.draw(Line::raw(text), line);
}
