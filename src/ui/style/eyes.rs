//! How colours look to all eyes, for the tests of the palettes: lightness and difference, also with the common
//! colour-blindnesses.

/// Matrices by Machado, Oliveira and Fernandes (2009) for linear light: no colour-blindness, protanopia,
/// deuteranopia, tritanopia.
pub(super) const EYES: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

/// The colour of an index from 16 on in the palette of 256.
pub(super) fn indexed(index: u8) -> [u8; 3] {
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let index = index - 16;
    [index / 36, index / 6 % 6, index % 6].map(|level| match level {
        0 => 0,
        _ => 55 + 40 * level,
    })
}

pub(super) fn linear(rgb: [u8; 3]) -> [f64; 3] {
    rgb.map(|level| {
        let level = f64::from(level) / 255.0;
        if level <= 0.040_45 {
            level / 12.92
        } else {
            ((level + 0.055) / 1.055).powf(2.4)
        }
    })
}

pub(super) fn product(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

pub(super) const TO_XYZ: [[f64; 3]; 3] = [
    [0.4124, 0.3576, 0.1805],
    [0.2126, 0.7152, 0.0722],
    [0.0193, 0.1192, 0.9505],
];

/// CIELAB of a colour as these eyes see it.
pub(super) fn lab(rgb: [u8; 3], eyes: [[f64; 3]; 3]) -> [f64; 3] {
    let seen = product(eyes, linear(rgb)).map(|level| level.clamp(0.0, 1.0));
    let [x, y, z] = product(TO_XYZ, seen);
    let root = |t: f64| {
        if t > 0.008_856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    let [x, y, z] = [x / 0.950_47, y, z / 1.088_83].map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The least difference of two colours for any eyes.
pub(super) fn difference(a: [u8; 3], b: [u8; 3]) -> f64 {
    let seen = EYES.map(|eyes| {
        let (a, b) = (lab(a, eyes), lab(b, eyes));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>()
    });
    seen.into_iter().fold(f64::INFINITY, f64::min).sqrt()
}
