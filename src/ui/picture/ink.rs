//! What is drawn of some cells, by colour: text, surfaces, lines and dots.

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::Modifier;

use super::glyph::{CELL, Glyph, glyph};
use super::look::{Look, Paper, Rgb};
use super::page::BASELINE;

/// Everything that is drawn, in the order in which it covers what is below.
#[derive(Debug, Default)]
pub(super) struct Ink {
    /// Backgrounds of cells: paths by their colour.
    behind: BTreeMap<String, String>,
    /// Surfaces: paths by colour and opacity.
    surfaces: BTreeMap<String, String>,
    /// Thin and thick lines, and dots: paths by colour, opacity and width.
    strokes: BTreeMap<String, String>,
    /// Text by style and row: where each character is, and the characters.
    texts: BTreeMap<(String, u16), (String, String)>,
}

impl Ink {
    /// Draws a cell whose upper left corner is here.
    pub(super) fn draw(&mut self, at: Position, cell: &Cell, paper: Paper) {
        let Look {
            fill,
            behind,
            opacity,
        } = Look::of(cell, paper);
        if let Some(behind) = behind {
            let path = self.behind.entry(format!("fill=\"{behind}\"")).or_default();
            surface(path, at, [0.0, 0.0, f32::from(CELL.0), f32::from(CELL.1)]);
        }
        let symbol = cell.symbol();
        if symbol.trim().is_empty() {
            return;
        }
        let Some(drawn) = glyph(symbol) else {
            return self.write(at, cell, fill);
        };
        match drawn {
            Glyph::Surfaces { rects, shade } => {
                let style = format!("fill=\"{fill}\"{}", opacity_of(opacity * shade));
                let path = self.surfaces.entry(style).or_default();
                rects.into_iter().for_each(|rect| surface(path, at, rect));
            }
            Glyph::Strokes { lines, width } => {
                let style = format!(
                    "stroke=\"{fill}\" stroke-width=\"{width}\"{}",
                    opacity_of(opacity)
                );
                let path = self.strokes.entry(style).or_default();
                lines.into_iter().for_each(|line| stroke(path, at, line));
            }
        }
    }

    fn write(&mut self, at: Position, cell: &Cell, fill: Rgb) {
        let mut style = format!("fill=\"{fill}\"");
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::DIM, " opacity=\"0.6\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        ] {
            if cell.modifier.contains(modifier) {
                style.push_str(attribute);
            }
        }
        let (places, text) = self.texts.entry((style, at.y + BASELINE)).or_default();
        // A character of several code points has its place once, and no place for the others.
        let one = cell.symbol().chars().count() == 1;
        let gap = if places.is_empty() { "" } else { " " };
        let _ = write!(places, "{gap}{}", at.x);
        if !one {
            // Each code point takes a place: those behind the first stand where it does.
            for _ in cell.symbol().chars().skip(1) {
                let _ = write!(places, " {}", at.x);
            }
        }
        text.push_str(&cell.symbol().replace('&', "&amp;").replace('<', "&lt;"));
    }

    /// The elements, from the bottom up.
    pub(super) fn elements(&self) -> String {
        let mut svg = String::new();
        // Writing to a String cannot fail.
        for (style, path) in self.behind.iter().chain(&self.surfaces) {
            let _ = writeln!(svg, "<path {style} d=\"{path}\"/>");
        }
        for (style, path) in &self.strokes {
            let _ = writeln!(
                svg,
                "<path fill=\"none\" stroke-linecap=\"round\" {style} d=\"{path}\"/>"
            );
        }
        for ((style, y), (places, text)) in &self.texts {
            let _ = writeln!(svg, "<text {style} y=\"{y}\" x=\"{places}\">{text}</text>");
        }
        svg
    }
}

/// Adds a rectangle, given by its left, top, width and height in the cell.
fn surface(path: &mut String, at: Position, [left, top, width, height]: [f32; 4]) {
    let (x, y) = (f32::from(at.x) + left, f32::from(at.y) + top);
    let _ = write!(path, "M{x} {y}h{width}v{height}h{}z", -width);
}

/// Adds a line, given by its beginning in the cell and how far it goes; a dot goes nowhere.
fn stroke(path: &mut String, at: Position, [left, top, right, down]: [f32; 4]) {
    let (x, y) = (f32::from(at.x) + left, f32::from(at.y) + top);
    let _ = match (right, down) {
        (_, 0.0) => write!(path, "M{x} {y}h{right}"),
        (0.0, _) => write!(path, "M{x} {y}v{down}"),
        _ => write!(path, "M{x} {y}l{right} {down}"),
    };
}

fn opacity_of(opacity: f32) -> String {
    if opacity < 1.0 {
        format!(" opacity=\"{opacity:.2}\"")
    } else {
        String::new()
    }
}
