//! A finished screen as an SVG picture: the images of the README.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The size of a cell and the offset of its baseline, in pixels.
const CELL: (u32, u32) = (9, 18);
const BASELINE: u32 = 14;
const MARGIN: u32 = 10;

/// The picture's equivalents of the terminal's own colours.
const TEXT: &str = "#d4d7dd";
const BACKGROUND: &str = "#14161a";

/// Returns the picture of a buffer, with every character in its cell, coloured and styled. The same buffer always gives
/// the same bytes.
pub(super) fn svg(buffer: &Buffer) -> String {
    let (width, height) = (u32::from(buffer.area.width), u32::from(buffer.area.height));
    let (pixel_width, pixel_height) = (width * CELL.0 + 2 * MARGIN, height * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixel_width}\" height=\"{pixel_height}\" \
         viewBox=\"0 0 {pixel_width} {pixel_height}\" font-size=\"15\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{BACKGROUND}\"/>\n"
    );
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let cell = &buffer[(buffer.area.x + x, buffer.area.y + y)];
            let left = MARGIN + u32::from(x) * CELL.0;
            let top = MARGIN + u32::from(y) * CELL.1;
            draw_cell(&mut svg, cell, left, top);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw_cell(svg: &mut String, cell: &Cell, left: u32, top: u32) {
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let (mut fill, mut behind) = (css(cell.fg, TEXT), css(cell.bg, BACKGROUND));
    if reversed {
        std::mem::swap(&mut fill, &mut behind);
    }
    // Writing to a String cannot fail.
    if behind != BACKGROUND {
        let (width, height) = CELL;
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{behind}\"/>"
        );
    }
    let symbol = cell.symbol();
    if symbol.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    if cell.modifier.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.modifier.contains(Modifier::DIM) {
        style.push_str(" opacity=\"0.6\"");
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        style.push_str(" text-decoration=\"underline\"");
    }
    let text = symbol.replace('&', "&amp;").replace('<', "&lt;");
    let baseline = top + BASELINE;
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{baseline}\" fill=\"{fill}\"{style}>{text}</text>"
    );
}

fn css(color: Color, own: &str) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        // The palette uses no others.
        _ => own.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn the_picture_has_text_colours_and_styles() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer.set_string(0, 0, "<", Style::new().fg(Color::Rgb(58, 134, 216)));
        buffer.set_string(
            2,
            0,
            "b",
            Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED),
        );
        let svg = svg(&buffer);
        assert!(
            svg.contains("<text x=\"10\" y=\"24\" fill=\"#3a86d8\">&lt;</text>"),
            "{svg}"
        );
        assert!(
            svg.contains("<rect x=\"28\" y=\"10\" width=\"9\" height=\"18\" fill=\"#d4d7dd\"/>")
        );
        assert!(svg.contains("fill=\"#14161a\" font-weight=\"bold\">b</text>"));
    }
}
