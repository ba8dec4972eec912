//! A finished screen as an SVG or PNG picture, or several as an SVG animation: the images of the README.
//!
//! Braille, blocks and lines are drawn as shapes, so that a picture is the same in every viewer, whatever its fonts. The
//! same screens always give the same bytes.

mod bitmap;
mod glyph;
mod ink;
mod look;
mod page;

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::Buffer;

pub(super) use bitmap::png;
use ink::Ink;
use look::Paper;
use page::{FONT_SIZE, cells, size};

use crate::app::Background;

/// How long a frame of an animation is shown, and the last one, in seconds.
const FRAME: f64 = 0.12;
const LAST_FRAME: f64 = 2.0;

/// Returns the picture of a screen.
pub(super) fn still(screen: &Buffer, background: Background) -> String {
    let paper = background.into();
    let mut svg = opening(screen, paper, "");
    let mut ink = Ink::default();
    for (at, cell) in cells(screen) {
        ink.draw(at, cell, paper);
    }
    svg.push_str(&ink.elements());
    svg.push_str("</svg>\n");
    svg
}

/// Returns an animation that shows screens of the same size one after the other, again and again. What does not change
/// from frame to frame is written once. Where nothing moves, the last one is seen.
pub(super) fn animation(screens: &[Buffer], background: Background) -> String {
    let paper = background.into();
    let Some(first) = screens.first() else {
        return String::new();
    };
    let mut svg = opening(first, paper, &keyframes(screens.len()));
    for (stay, ink) in stays(screens, paper) {
        let Stay { from, until } = stay;
        let elements = ink.elements();
        if from == 0 && until == screens.len() {
            svg.push_str(&elements);
            continue;
        }
        let hidden = if until < screens.len() { " h" } else { "" };
        // Behind its time by all but the frames before it: at 0 s it is where it should be.
        let delay = start_of(from, screens.len()) - duration(screens.len());
        // Writing to a String cannot fail.
        let _ = write!(
            svg,
            "<g class=\"f{hidden}\" style=\"animation-name:{};animation-delay:{delay:.2}s\">\n{elements}</g>\n",
            stay.name(screens.len())
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn opening(screen: &Buffer, paper: Paper, style: &str) -> String {
    let background = paper.background;
    let (width, height) = size(screen);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-size=\"{FONT_SIZE}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" xml:space=\"preserve\">\n{style}\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{background}\"/>\n"
    )
}

/// The frames in which something is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stay {
    from: usize,
    until: usize,
}

impl Stay {
    /// The name of its keyframes: stays of the same length share them.
    fn name(self, frames: usize) -> String {
        let last = if self.until == frames { "e" } else { "k" };
        format!("{last}{}", self.until - self.from)
    }
}

/// What is drawn in which frames.
fn stays(screens: &[Buffer], paper: Paper) -> BTreeMap<Stay, Ink> {
    let mut stays: BTreeMap<Stay, Ink> = BTreeMap::new();
    for (place, (at, _)) in cells(&screens[0]).enumerate() {
        let mut from = 0;
        for until in 1..=screens.len() {
            let cell = &screens[from].content[place];
            if until < screens.len() && screens[until].content[place] == *cell {
                continue;
            }
            stays
                .entry(Stay { from, until })
                .or_default()
                .draw(at, cell, paper);
            from = until;
        }
    }
    stays
}

/// When a frame begins, in seconds; that past the last one is when all begins again.
fn start_of(frame: usize, frames: usize) -> f64 {
    let pause = if frame == frames {
        LAST_FRAME - FRAME
    } else {
        0.0
    };
    frame as f64 * FRAME + pause
}

fn duration(frames: usize) -> f64 {
    start_of(frames, frames)
}

/// The style sheet: one animation for each length of stay.
fn keyframes(frames: usize) -> String {
    let duration = duration(frames);
    let mut style =
        format!("<style>.f{{animation:{duration:.2}s step-end infinite}}.h{{visibility:hidden}}");
    for length in 1..frames {
        for stay in [
            Stay {
                from: 0,
                until: length,
            },
            Stay {
                from: frames - length,
                until: frames,
            },
        ] {
            let end = start_of(stay.until, frames) - start_of(stay.from, frames);
            let _ = write!(
                style,
                "@keyframes {}{{0%{{visibility:visible}}{:.3}%{{visibility:hidden}}}}",
                stay.name(frames),
                100.0 * end / duration
            );
        }
    }
    style + "</style>\n"
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    fn screen(lines: &[&str]) -> Buffer {
        Buffer::with_lines(lines.iter().copied())
    }

    #[test]
    fn the_picture_has_text_colours_and_styles() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer.set_string(0, 0, "<", Style::new().fg(Color::Rgb(58, 134, 216)));
        let strong = Modifier::BOLD | Modifier::REVERSED;
        buffer.set_string(2, 0, "b", Style::new().add_modifier(strong));
        let svg = still(&buffer, Background::Dark);
        assert!(
            svg.contains("<text fill=\"#3a86d8\" y=\"24\" x=\"10\">&lt;</text>"),
            "{svg}"
        );
        assert!(
            svg.contains("<path fill=\"#d4d7dd\" d=\"M28 10h9v18h-9z\"/>"),
            "{svg}"
        );
        assert!(
            svg.contains("<text fill=\"#14161a\" font-weight=\"bold\" y=\"24\" x=\"28\">b</text>"),
            "{svg}"
        );
    }

    #[test]
    fn text_of_one_style_in_one_row_is_one_element() {
        let svg = still(&screen(&["loss 0.1", "abc"]), Background::Dark);
        assert_eq!(svg.matches("<text").count(), 2);
        assert!(
            svg.contains("x=\"10 19 28 37 55 64 73\">loss0.1</text>"),
            "{svg}"
        );
    }

    #[test]
    fn braille_blocks_and_lines_need_no_font() {
        let svg = still(
            &screen(&["⣿⠁█▌▁░─│┌╭┼╌━┃", "⢸⡇▏▎▓▒└╯├┤┬┴┊╎"]),
            Background::Dark,
        );
        assert!(!svg.contains("<text"), "{svg}");
    }

    #[test]
    fn a_light_picture_has_dark_text() {
        let svg = still(&screen(&["a"]), Background::Light);
        assert!(svg.contains("rx=\"6\" fill=\"#ffffff\""), "{svg}");
        assert!(svg.contains("<text fill=\"#24292f\""), "{svg}");
    }

    #[test]
    fn what_stays_in_an_animation_is_written_once() {
        let screens = [1, 2, 2].map(|epoch| screen(&[&format!("epoch {epoch}")]));
        let svg = animation(&screens, Background::Dark);
        assert_eq!(svg.matches("epoch").count(), 1);
        assert_eq!(svg.matches(">1</text>").count(), 1);
        assert_eq!(svg.matches(">2</text>").count(), 1);
        // The first frame begins at once, the second after 0.12 s; all 2.24 s begin again.
        assert!(
            svg.contains("animation-name:k1;animation-delay:-2.24s"),
            "{svg}"
        );
        assert!(
            svg.contains("animation-name:e2;animation-delay:-2.12s"),
            "{svg}"
        );
        assert!(svg.contains("@keyframes k1{0%{visibility:visible}5.357%{visibility:hidden}}"));
        assert!(svg.contains("@keyframes e2{0%{visibility:visible}94.643%{visibility:hidden}}"));
    }
}
