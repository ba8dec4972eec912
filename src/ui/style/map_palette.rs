//! The colours of maps: lists that are written down, because the nearest matches of a computed scale would be uneven.
//!
//! A class has a ramp from undecided to sure. All ramps are as dark (or as light) as one another at the same strength,
//! and uniform: undecided is a dark grey on a dark background, and a light one on a light background. Numbers have the scale cividis by Nuñez, Anderton and Renslow (2018).

use ratatui::style::Color;

use super::palette::{CLASSES, NEGATIVE, POSITIVE, Paint, WARNING};
use crate::app::Background;

/// A colour in full and in the palette of 256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shade {
    pub(super) rgb: [u8; 3],
    pub(super) index: u8,
}

const fn shade(rgb: [u8; 3], index: u8) -> Shade {
    Shade { rgb, index }
}

/// The shades of a class.
#[derive(Debug)]
pub(super) struct Ramp {
    /// The colour of the class everywhere else.
    pub(super) paint: Paint,
    /// Where it is sure; between it and undecided, colours are mixed.
    pub(super) sure: [u8; 3],
    /// From undecided to sure in the palette of 256, on a dark and on a light background.
    pub(super) indexed: [[u8; 5]; 2],
    /// What is read on a dark map.
    pub(super) tint: Shade,
    /// What is read on a light map.
    pub(super) deep: Shade,
}

/// Undecided on a dark and on a light background.
pub(super) const UNDECIDED: [[u8; 3]; 2] = [[0x30; 3], [0xF2; 3]];

/// Text and lines on a dark map, and on a light one.
pub(super) const LIGHT: Shade = shade([0xF5; 3], 255);
pub(super) const DARK: Shade = shade([0x0A; 3], 232);

/// The line on a map of greys.
pub(super) const GOLD: Shade = shade([0xFF, 0xD7, 0x00], 220);

/// From the smallest to the largest number.
pub(super) const NUMBERS: [Shade; 7] = [
    shade([0x00, 0x20, 0x4C], 17),
    shade([0x21, 0x3D, 0x6B], 18),
    shade([0x55, 0x5B, 0x6C], 60),
    shade([0x7B, 0x7A, 0x77], 102),
    shade([0xA5, 0x9C, 0x74], 144),
    shade([0xD3, 0xC0, 0x64], 185),
    shade([0xFF, 0xE9, 0x45], 227),
];

/// From the smallest to the largest number among 16 colours, with the five shades.
pub(super) const NUMBERS_OF_16: [Color; 5] = [
    Color::Blue,
    Color::Blue,
    Color::Reset,
    Color::Yellow,
    Color::LightYellow,
];

/// From inactive to active among 16 colours.
pub(super) const ACTIVATIONS_OF_16: [Color; 5] = [
    Color::DarkGray,
    Color::DarkGray,
    Color::DarkGray,
    Color::Reset,
    Color::Reset,
];

/// The character of undecided where a cell has no two colours: a blank would look like no data.
pub(super) const UNDECIDED_CHARACTER: &str = "?";

/// The characters of classes there: from hardly to quite sure, and from light to dense. No character is of two classes, or
/// is drawn on a map for anything else.
pub(super) const CHARACTERS: [[&str; 4]; 6] = [
    ["·", "~", "=", "≡"],
    ["░", "▒", "▓", "█"],
    ["'", "\"", "┼", "╬"],
    [",", ";", "%", "&"],
    ["`", "^", "*", "#"],
    ["˙", ":", "!", "$"],
];
pub(super) const ASCII_CHARACTERS: [[&str; 4]; 6] = [
    ["`", "~", "=", "@"],
    [".", ":", "%", "#"],
    ["'", "\"", "\"", "$"],
    [",", ";", ";", "!"],
    ["_", "_", "{", "{"],
    ["}", "}", "}", "}"],
];

/// Those of two classes without any colours: one ramp from the light first class to the dense second one, like the maps of
/// hidden neurons.
pub(super) const RAMP: [[&str; 4]; 2] = [["≡", "=", "~", "·"], ["░", "▒", "▓", "█"]];
pub(super) const ASCII_RAMP: [[&str; 4]; 2] = [[";", ":", ",", "."], ["=", "%", "#", "@"]];

const RAMPS: [Ramp; 9] = [
    Ramp {
        paint: CLASSES[2],
        sure: [0x22, 0x95, 0x17],
        indexed: [[235, 236, 22, 28, 34], [254, 151, 108, 34, 28]],
        tint: shade([0xAD, 0xE6, 0x9B], 157),
        deep: shade([0x09, 0x2F, 0x00], 233),
    },
    Ramp {
        paint: CLASSES[0],
        sure: [0xBC, 0x44, 0xFE],
        indexed: [[235, 53, 91, 128, 165], [254, 219, 177, 171, 165]],
        tint: shade([0xEF, 0xCA, 0xFF], 219),
        deep: shade([0x43, 0x00, 0x65], 53),
    },
    Ramp {
        paint: CLASSES[1],
        sure: [0xEC, 0x2D, 0x99],
        indexed: [[235, 53, 89, 162, 198], [254, 218, 212, 205, 198]],
        tint: shade([0xFF, 0xC8, 0xDF], 218),
        deep: shade([0x54, 0x00, 0x32], 52),
    },
    Ramp {
        paint: CLASSES[3],
        sure: [0x83, 0x83, 0x5C],
        indexed: [[235, 236, 239, 58, 101], [254, 187, 144, 247, 101]],
        tint: shade([0xDA, 0xD9, 0xBF], 187),
        deep: shade([0x29, 0x29, 0x15], 235),
    },
    Ramp {
        paint: CLASSES[4],
        // Lighter than the others, to be told from purple.
        sure: [0xC4, 0x8D, 0xFF],
        indexed: [[235, 54, 56, 62, 141], [254, 189, 183, 141, 99]],
        tint: shade([0xE9, 0xCD, 0xFF], 189),
        deep: shade([0x38, 0x10, 0x63], 17),
    },
    Ramp {
        paint: CLASSES[5],
        sure: [0x5D, 0x85, 0xAC],
        indexed: [[235, 236, 239, 60, 67], [254, 152, 110, 73, 67]],
        tint: shade([0xC4, 0xD9, 0xF4], 153),
        deep: shade([0x13, 0x2A, 0x3D], 235),
    },
    Ramp {
        paint: POSITIVE,
        sure: [0x36, 0x84, 0xD5],
        indexed: [[235, 236, 24, 26, 33], [254, 153, 111, 69, 26]],
        tint: shade([0xC5, 0xD8, 0xFF], 153),
        deep: shade([0x00, 0x29, 0x4C], 17),
    },
    Ramp {
        paint: NEGATIVE,
        sure: [0xC2, 0x6B, 0x01],
        indexed: [[235, 236, 94, 130, 172], [254, 222, 215, 172, 130]],
        tint: shade([0xFF, 0xCE, 0xA7], 223),
        deep: shade([0x3E, 0x21, 0x00], 52),
    },
    Ramp {
        paint: WARNING,
        sure: [0xF5, 0x34, 0x1A],
        indexed: [[235, 88, 124, 160, 196], [254, 216, 209, 203, 196]],
        tint: shade([0xFF, 0xCC, 0xBE], 217),
        deep: shade([0x52, 0x0E, 0x00], 52),
    },
];

/// Returns the ramp of a class that has this colour.
pub(super) fn ramp(paint: Paint) -> &'static Ramp {
    static ALL: [Ramp; 9] = RAMPS;
    let found = ALL.iter().find(|ramp| ramp.paint == paint);
    found.unwrap_or(&ALL[0])
}

/// Returns the index of a background in the lists.
pub(super) fn at(background: Background) -> usize {
    match background {
        Background::Dark => 0,
        Background::Light => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::eyes::{EYES, difference, indexed, lab};
    use super::super::theme::mixed;
    use super::*;

    fn lightness(rgb: [u8; 3]) -> f64 {
        lab(rgb, EYES[0])[0]
    }

    /// The colours of a ramp at nine strengths in full, and the five of the palette.
    fn steps(ramp: &Ramp, background: usize) -> [Vec<[u8; 3]>; 2] {
        let mix =
            |eighths: u8| match mixed(UNDECIDED[background], ramp.sure, f64::from(eighths) / 8.0) {
                Color::Rgb(red, green, blue) => [red, green, blue],
                other => panic!("{other}"),
            };
        [
            (0..=8).map(mix).collect(),
            ramp.indexed[background].map(indexed).to_vec(),
        ]
    }

    #[test]
    fn every_class_has_its_ramp() {
        for paint in CLASSES.into_iter().chain([POSITIVE, NEGATIVE, WARNING]) {
            assert_eq!(ramp(paint).paint, paint);
        }
    }

    #[test]
    fn ramps_are_uniform_and_as_light_as_one_another() {
        for background in 0..2 {
            let direction = [1.0, -1.0][background];
            for ramp in &RAMPS {
                let [full, palette] = steps(ramp, background);
                let [full_of_green, palette_of_green] = steps(&RAMPS[0], background);
                // Violet is lighter, to be told from purple.
                let apart = if ramp.paint == CLASSES[4] { 15.0 } else { 3.5 };
                for (steps, reference, least, tolerance) in [
                    (full, full_of_green, 2.9, apart),
                    (palette, palette_of_green, 2.5, 12.0),
                ] {
                    for pair in steps.windows(2) {
                        let step = (lightness(pair[1]) - lightness(pair[0])) * direction;
                        assert!(
                            step >= least,
                            "{:?} {background} {pair:02x?} {step}",
                            ramp.paint
                        );
                    }
                    for (own, other) in steps.iter().zip(&reference) {
                        let apart = (lightness(*own) - lightness(*other)).abs();
                        assert!(
                            apart <= tolerance,
                            "{:?} {background} {own:02x?} {apart}",
                            ramp.paint
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn sure_classes_are_told_apart_by_all_eyes() {
        let least = |ramps: &[&Ramp], least: f64| {
            for (index, a) in ramps.iter().enumerate() {
                for b in &ramps[index + 1..] {
                    for background in 0..2 {
                        for (a, b) in steps(a, background).iter().zip(&steps(b, background)) {
                            let (a, b) = (a[a.len() - 1], b[b.len() - 1]);
                            let difference = difference(a, b);
                            assert!(difference >= least, "{a:02x?} {b:02x?} {difference}");
                        }
                    }
                }
            }
        };
        least(&[&RAMPS[0], &RAMPS[1], &RAMPS[2]], 30.0);
        least(&[&RAMPS[6], &RAMPS[7]], 50.0);
        least(&RAMPS[..6].iter().collect::<Vec<_>>(), 9.0);
    }

    #[test]
    fn what_is_written_on_a_map_can_be_read() {
        for ramp in &RAMPS {
            for (background, [full, palette]) in [0, 1].map(|of| (of, steps(ramp, of))) {
                let written = if background == 0 {
                    ramp.tint
                } else {
                    ramp.deep
                };
                for (steps, written) in [(full, written.rgb), (palette, indexed(written.index))] {
                    for beneath in steps {
                        let apart = (lightness(written) - lightness(beneath)).abs();
                        assert!(apart >= 17.0, "{written:02x?} on {beneath:02x?} {apart}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_line_on_greys_is_told_from_each_of_them() {
        for grey in (0x30..=0xE4).step_by(4) {
            for gold in [GOLD.rgb, indexed(GOLD.index)] {
                assert!(difference(gold, [grey; 3]) >= 20.0, "{grey:02x}");
            }
        }
    }

    #[test]
    fn larger_numbers_are_lighter() {
        for forms in [
            NUMBERS.map(|shade| shade.rgb),
            NUMBERS.map(|shade| indexed(shade.index)),
        ] {
            for pair in forms.windows(2) {
                let step = lightness(pair[1]) - lightness(pair[0]);
                assert!((6.0..29.0).contains(&step), "{pair:02x?} {step}");
            }
        }
    }
}
