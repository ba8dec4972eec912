//! The colours, one meaning each. Every one has at least 3.4:1 against black and against white, and those that must be
//! told apart are apart with every common colour-blindness.

use ratatui::style::Color;

/// A colour: in full, in the palette of 256, and among 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paint {
    pub(super) rgb: [u8; 3],
    pub(super) index: u8,
    pub(super) plain: Color,
}

const fn paint(rgb: [u8; 3], index: u8, plain: Color) -> Paint {
    Paint { rgb, index, plain }
}

/// Positive weights and gradients: blue.
pub(super) const POSITIVE: Paint = paint([0x3A, 0x86, 0xD8], 32, Color::LightBlue);

/// Negative weights and gradients: orange.
pub(super) const NEGATIVE: Paint = paint([0xC9, 0x6F, 0x00], 166, Color::Yellow);

/// Neither positive nor negative.
pub(super) const GREY: [u8; 3] = [0x6C; 3];

/// From almost 0 to the largest positive number, in the palette of 256.
pub(super) const POSITIVE_SHADES: [u8; 4] = [242, 67, 68, 32];

/// From almost 0 to the largest negative number.
pub(super) const NEGATIVE_SHADES: [u8; 4] = [242, 95, 130, 166];

/// What needs attention: red.
pub(super) const WARNING: Paint = paint([0xD7, 0x00, 0x00], 160, Color::LightRed);

/// Kept runs: a lighter and a darker grey.
pub(super) const RUNS: [Paint; 2] = [
    paint([0x8A, 0x8A, 0x8A], 245, Color::Reset),
    paint([0x6C, 0x6C, 0x6C], 242, Color::Reset),
];

/// Classes, in their order: purple, pink, green, olive, violet, steel blue. Where there are only two, as in most data, no eye
/// takes them for the sign of a weight.
pub(super) const CLASSES: [Paint; 6] = [
    paint([0xAF, 0x00, 0xFF], 129, Color::Magenta),
    paint([0xD7, 0x00, 0x87], 162, Color::Red),
    paint([0x00, 0x87, 0x00], 28, Color::Green),
    paint([0x87, 0x87, 0x5F], 101, Color::LightGreen),
    paint([0xAF, 0x5F, 0xFF], 135, Color::LightMagenta),
    paint([0x5F, 0x87, 0xAF], 67, Color::Cyan),
];

/// Classes that are called like a colour.
const NAMED: [(&str, Paint); 7] = [
    ("blue", POSITIVE),
    ("orange", NEGATIVE),
    ("red", WARNING),
    ("green", CLASSES[2]),
    ("purple", CLASSES[0]),
    ("pink", CLASSES[1]),
    ("violet", CLASSES[4]),
];

/// Returns the colour of one of these classes: that of its name if all are called like colours.
pub(super) fn class(classes: &[String], class: usize) -> Paint {
    let named = |name: &String| {
        let same = |(color, _): &&(&str, Paint)| name.eq_ignore_ascii_case(color);
        NAMED.iter().find(same).map(|(_, paint)| *paint)
    };
    let by_name: Option<Vec<Paint>> = classes.iter().map(named).collect();
    match by_name.as_ref().and_then(|paints| paints.get(class)) {
        Some(paint) => *paint,
        None => CLASSES[class % CLASSES.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::super::eyes::{TO_XYZ, difference, indexed, linear, product};
    use super::*;

    /// Both forms of a colour whose values are known; the 16 are the terminal's own.
    fn forms(paint: Paint) -> [[u8; 3]; 2] {
        [paint.rgb, indexed(paint.index)]
    }

    /// The families of colours that mean something, each with its name.
    fn families() -> [(&'static str, Vec<Paint>); 5] {
        [
            ("sign", vec![POSITIVE, NEGATIVE]),
            ("warning", vec![WARNING]),
            ("run", RUNS.to_vec()),
            ("one of two classes", CLASSES[..2].to_vec()),
            ("one of more classes", CLASSES[2..].to_vec()),
        ]
    }

    #[test]
    fn every_colour_can_be_read_on_black_and_on_white() {
        let paints = families().into_iter().flat_map(|(_, paints)| paints);
        let shades = POSITIVE_SHADES.into_iter().chain(NEGATIVE_SHADES);
        let all = paints
            .flat_map(forms)
            .chain(shades.map(indexed))
            .chain([GREY]);
        for rgb in all {
            let luminance = product(TO_XYZ, linear(rgb))[1];
            let contrasts = [(luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)];
            assert!(
                contrasts.iter().all(|of| *of >= 3.4),
                "{rgb:02x?} {contrasts:?}"
            );
        }
    }

    #[test]
    fn colours_are_told_apart_by_all_eyes() {
        let least = |paints: &[Paint], least: f64| {
            for (index, a) in paints.iter().enumerate() {
                for b in &paints[index + 1..] {
                    let apart = apart(*a, *b);
                    assert!(apart >= least, "{a:02x?} {b:02x?} {apart}");
                }
            }
        };
        least(&[POSITIVE, NEGATIVE], 50.0);
        least(&CLASSES[..3], 45.0);
        least(&CLASSES, 15.0);
    }

    /// The families of which some eyes cannot tell two colours apart, and what else does: those that can be read on black
    /// and on white are of about one lightness, and to most of the colour-blind of few hues.
    const WITH_A_SECOND_SIGN: [[&str; 2]; 7] = [
        // A cross, a triangle or a sentence, and bold.
        ["sign", "warning"],
        // The name of the class: in the palette of 256, pink is near orange.
        ["sign", "one of two classes"],
        // The name of the class: green is like orange, steel blue near blue.
        ["sign", "one of more classes"],
        ["warning", "one of more classes"],
        // The letter of the run, and its dashes.
        ["run", "run"],
        ["run", "one of two classes"],
        ["run", "one of more classes"],
    ];

    /// The least difference of two colours in both their forms.
    fn apart(a: Paint, b: Paint) -> f64 {
        let pairs = forms(a).into_iter().zip(forms(b));
        pairs
            .map(|(a, b)| difference(a, b))
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn families_are_told_apart_by_all_eyes_or_by_a_second_sign() {
        let all = families();
        let mut needed = Vec::new();
        for (index, (one, paints)) in all.iter().enumerate() {
            for (other, others) in &all[index..] {
                let pairs = paints
                    .iter()
                    .flat_map(|a| others.iter().map(move |b| (a, b)));
                let mut pairs = pairs.filter(|(a, b)| a != b);
                if pairs.any(|(a, b)| apart(*a, *b) < 15.0) {
                    needed.push([*one, *other]);
                }
            }
        }
        assert_eq!(needed, WITH_A_SECOND_SIGN);
        // What is together on the first screen of all: weights, a wrong prediction, two classes.
        for class in &CLASSES[..2] {
            for other in [POSITIVE, NEGATIVE, WARNING] {
                assert!(
                    difference(class.rgb, other.rgb) >= 25.0,
                    "{class:?} {other:?}"
                );
            }
        }
    }

    #[test]
    fn classes_that_are_called_like_colours_have_them() {
        let names = |names: [&str; 2]| names.map(str::to_owned);
        let generated = names(["orange", "blue"]);
        assert_eq!([0, 1].map(|at| class(&generated, at)), [NEGATIVE, POSITIVE]);
        // One of them alone says nothing.
        let others = names(["M", "blue"]);
        assert_eq!(
            [0, 1].map(|at| class(&others, at)),
            [CLASSES[0], CLASSES[1]]
        );
        assert_eq!(class(&[], 6), CLASSES[0]);
    }
}
