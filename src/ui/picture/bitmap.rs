//! A finished screen as a PNG picture, with a font of its own: the same on every machine.

use std::collections::BTreeMap;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Modifier;
use tiny_skia::{
    Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::glyph::{CELL, Glyph, glyph};
use super::look::{Look, Paper, Rgb};
use super::page::{BASELINE, FONT_SIZE, cells, size};
use crate::app::Background;

/// How many pixels a unit of the picture has in each direction: sharp on a dense display too.
const SCALE: u16 = 2;

/// How much thicker the strokes of bold letters are, in units of the picture.
const BOLD: f32 = 0.7;

/// Returns the picture of a screen as the bytes of a PNG file.
pub(in crate::ui) fn png(screen: &Buffer, background: Background) -> Vec<u8> {
    let mut bitmap = Bitmap::new(size(screen), background.into());
    for (at, cell) in cells(screen) {
        bitmap.draw_behind(at, cell);
    }
    for (at, cell) in cells(screen) {
        bitmap.draw(at, cell);
    }
    bitmap.draw_lines();
    let png = bitmap.pixels.encode_png();
    png.expect("pixels can be written to memory")
}

/// The fonts, in the order in which they are asked for a letter. The first has the widths of a terminal.
const FONTS: [&[u8]; 2] = [
    epaint_default_fonts::HACK_REGULAR,
    epaint_default_fonts::UBUNTU_LIGHT,
];

/// A picture that is being drawn.
struct Bitmap {
    paper: Paper,
    pixels: Pixmap,
    fonts: [Face<'static>; 2],
    /// The lines and dots by how they are drawn: those of one kind at once, since they would shine through each other
    /// where they meet.
    lines: BTreeMap<Pen, PathBuilder>,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pen {
    color: Rgb,
    /// The bits of the share of what is behind it that it covers, and of its width in units of the picture: positive
    /// numbers, which have the order of their bits.
    opacity: u32,
    width: u32,
}

impl Bitmap {
    fn new((width, height): (u16, u16), paper: Paper) -> Self {
        let pixels = |units: u16| u32::from(units) * u32::from(SCALE);
        let mut pixels = Pixmap::new(pixels(width), pixels(height)).expect("a margin has pixels");
        pixels.fill(color(paper.background, 1.0));
        let fonts = FONTS.map(|font| Face::parse(font, 0).expect("the font is a font"));
        Self {
            paper,
            pixels,
            fonts,
            lines: BTreeMap::new(),
        }
    }

    fn draw_behind(&mut self, at: Position, cell: &Cell) {
        if let Some(behind) = Look::of(cell, self.paper).behind {
            let all = [0.0, 0.0, f32::from(CELL.0), f32::from(CELL.1)];
            self.fill(at, all, &paint(behind, 1.0));
        }
    }

    fn draw(&mut self, at: Position, cell: &Cell) {
        let Look { fill, opacity, .. } = Look::of(cell, self.paper);
        match glyph(cell.symbol()) {
            Some(Glyph::Surfaces { rects, shade }) => {
                let paint = paint(fill, opacity * shade);
                rects
                    .into_iter()
                    .for_each(|rect| self.fill(at, rect, &paint));
            }
            Some(Glyph::Strokes { lines, width }) => {
                let pen = Pen {
                    color: fill,
                    opacity: opacity.to_bits(),
                    width: width.to_bits(),
                };
                let path = self.lines.entry(pen).or_default();
                lines.into_iter().for_each(|line| add_line(path, at, line));
            }
            None => self.write(at, cell, &paint(fill, opacity)),
        }
    }

    /// Fills a rectangle, given by its left, top, width and height in the cell.
    fn fill(&mut self, at: Position, rect: [f32; 4], paint: &Paint) {
        let [left, top, width, height] = rect;
        if let Some(rect) = Rect::from_xywh(left, top, width, height) {
            self.pixels.fill_rect(rect, paint, transform(at), None);
        }
    }

    fn draw_lines(&mut self) {
        for (pen, path) in std::mem::take(&mut self.lines) {
            let paint = paint(pen.color, f32::from_bits(pen.opacity));
            if let Some(path) = path.finish() {
                let width = f32::from_bits(pen.width);
                self.stroke(&path, Position::ORIGIN, width, &paint);
            }
        }
    }

    fn stroke(&mut self, path: &Path, at: Position, width: f32, paint: &Paint) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            ..Stroke::default()
        };
        let transform = transform(at);
        self.pixels
            .stroke_path(path, paint, &stroke, transform, None);
    }

    /// Writes the characters of a cell, one over the other: a letter and what is combined with it. One that the fonts
    /// lack is a box.
    fn write(&mut self, at: Position, cell: &Cell, paint: &Paint) {
        let characters = cell.symbol().chars().filter(|c| !c.is_whitespace());
        for character in characters {
            let Some(path) = self.outline(character) else {
                continue;
            };
            let transform = transform(at);
            self.pixels
                .fill_path(&path, paint, FillRule::Winding, transform, None);
            if cell.modifier.contains(Modifier::BOLD) {
                self.stroke(&path, at, BOLD, paint);
            }
        }
        if cell.modifier.contains(Modifier::UNDERLINED) {
            let under = [0.0, f32::from(BASELINE) + 2.0, f32::from(CELL.0), 1.0];
            self.fill(at, under, paint);
        }
    }

    fn outline(&self, character: char) -> Option<Path> {
        let found = self.fonts.iter().find_map(|font| {
            let index = font.glyph_index(character)?;
            Some((font, index))
        });
        let (font, index) = found.unwrap_or((&self.fonts[0], GlyphId(0)));
        let mut outline = Outline {
            path: PathBuilder::new(),
            scale: f32::from(FONT_SIZE) / f32::from(font.units_per_em()),
        };
        font.outline_glyph(index, &mut outline)?;
        outline.path.finish()
    }
}

/// The path of a letter: from the font's units above the baseline to those of the picture in its cell.
struct Outline {
    path: PathBuilder,
    scale: f32,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.scale, f32::from(BASELINE) - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2)) = (self.at(x1, y1), self.at(x2, y2));
        let (x, y) = self.at(x, y);
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// Adds a line, given by where it begins in the cell and how far it goes.
fn add_line(path: &mut PathBuilder, at: Position, line: [f32; 4]) {
    let [x, y, right, down] = line;
    let (x, y) = (f32::from(at.x) + x, f32::from(at.y) + y);
    path.move_to(x, y);
    path.line_to(x + right, y + down);
}

/// From a cell, whose upper left corner is here, to pixels.
fn transform(at: Position) -> Transform {
    Transform::from_translate(f32::from(at.x), f32::from(at.y))
        .post_scale(f32::from(SCALE), f32::from(SCALE))
}

fn paint(rgb: Rgb, opacity: f32) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(color(rgb, opacity));
    paint
}

fn color(Rgb([red, green, blue]): Rgb, opacity: f32) -> Color {
    let mut color = Color::from_rgba8(red, green, blue, 255);
    color.set_alpha(opacity);
    color
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    /// The picture of a line of text, and its pixel in the middle of a cell.
    fn drawn(text: &str, style: Style) -> Pixmap {
        let width = u16::try_from(text.chars().count()).unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        buffer.set_string(0, 0, text, style);
        Pixmap::decode_png(&png(&buffer, Background::Dark)).unwrap()
    }

    /// The colour at a place in a cell of the first row, in units of the picture.
    fn pixel(picture: &Pixmap, column: u16, (x, y): (u16, u16)) -> [u8; 3] {
        let x = u32::from(crate::ui::picture::page::MARGIN + column * CELL.0 + x) * 2;
        let y = u32::from(crate::ui::picture::page::MARGIN + y) * 2;
        let color = picture.pixel(x, y).unwrap();
        [color.red(), color.green(), color.blue()]
    }

    const BACKGROUND: [u8; 3] = [0x14, 0x16, 0x1a];
    const BLUE: Style = Style::new().fg(Color::Rgb(58, 134, 216));

    #[test]
    fn a_picture_has_two_pixels_for_each_unit() {
        let picture = drawn("ab", Style::new());
        assert_eq!(
            (picture.width(), picture.height()),
            (2 * (20 + 18), 2 * (20 + 18))
        );
        assert_eq!(pixel(&picture, 1, (8, 17)), BACKGROUND);
    }

    #[test]
    fn blocks_and_dots_are_where_the_character_has_them() {
        let picture = drawn("▄⠁", BLUE);
        assert_eq!(pixel(&picture, 0, (4, 4)), BACKGROUND);
        assert_eq!(pixel(&picture, 0, (4, 14)), [58, 134, 216]);
        assert_eq!(pixel(&picture, 1, (2, 2)), [58, 134, 216]);
        assert_eq!(pixel(&picture, 1, (6, 15)), BACKGROUND);
    }

    #[test]
    fn what_is_reversed_is_filled() {
        let picture = drawn(" ", BLUE.add_modifier(Modifier::REVERSED));
        assert_eq!(pixel(&picture, 0, (4, 9)), [58, 134, 216]);
    }

    /// How many pixels are not background.
    fn inked(picture: &Pixmap) -> usize {
        let background = picture.pixel(0, 0).unwrap();
        let pixels = picture.pixels().iter();
        pixels.filter(|&&pixel| pixel != background).count()
    }

    #[test]
    fn letters_have_ink_and_bold_ones_more() {
        let [plain, bold, underlined] = [Modifier::empty(), Modifier::BOLD, Modifier::UNDERLINED]
            .map(|modifier| inked(&drawn("w", Style::new().add_modifier(modifier))));
        assert!(plain > 20);
        assert!(bold > plain);
        assert!(underlined > plain);
    }

    #[test]
    fn every_sign_of_the_screen_is_drawn_and_not_as_a_box() {
        let bitmap = Bitmap::new((1, 1), Background::Light.into());
        let missing = bitmap.outline('\u{10ffff}');
        assert!(missing.is_some());
        for sign in "∂ηλβσŷȳ∞≈≤≥²′″·×÷−–…→←↑↓›‹▶●○◆".chars()
        {
            let outline = bitmap.outline(sign);
            assert!(outline.is_some() && outline != missing, "{sign}");
        }
    }
}
