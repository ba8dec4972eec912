//! Generated data: the patterns of the TensorFlow playground (playground.tensorflow.org, `dataset.ts`),
//! in its coordinates.

use std::f64::consts::PI;

use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

use super::{Dataset, Feature, Preprocessing, Quantity, Target};

/// What is drawn within ±5 or ±6, on the axes x1 and x2.
const RADIUS: f64 = 5.0;

/// A rule that gives every point of a plane a class or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Blue where x1 and x2 have the same sign.
    Xor,
    /// Blue within a circle of 2.5, orange in the ring from 3.5 to 5.
    Circle,
    /// Blue around (2, 2), orange around (−2, −2), each normally distributed.
    Gauss,
    /// Two arms that wind around each other.
    Spiral,
    /// A number: (x1 + x2) / 10, so between −1.2 and 1.2 without noise.
    Plane,
    /// A number between −1 and 1: three hills and three hollows, flat between them.
    Hills,
}

/// A point and its target.
type Sample = ([f64; 2], f64);

/// The target that a point has.
type Rule = fn([f64; 2]) -> f64;

impl Pattern {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Xor,
        Self::Circle,
        Self::Gauss,
        Self::Spiral,
        Self::Plane,
        Self::Hills,
    ];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Xor => "xor",
            Self::Circle => "circle",
            Self::Gauss => "gauss",
            Self::Spiral => "spiral",
            Self::Plane => "plane",
            Self::Hills => "hills",
        }
    }

    fn is_of_classes(self) -> bool {
        !matches!(self, Self::Plane | Self::Hills)
    }

    /// So many samples in a drawn order, with noise from 0 (none) to 0.5.
    #[must_use]
    pub fn generate(self, samples: usize, noise: f64, rng: &mut impl Rng) -> Dataset {
        // Where there are two groups, one after the other is drawn.
        let blue = samples.div_ceil(2);
        let mut points: Vec<Sample> = (0..samples)
            .map(|index| match self {
                Self::Xor => xor(noise, rng),
                Self::Circle => circle(index < blue, noise, rng),
                Self::Gauss => gauss(index < blue, noise, rng),
                Self::Spiral if index < blue => {
                    spiral(index as f64 / blue as f64, true, noise, rng)
                }
                Self::Spiral => {
                    let way = (index - blue) as f64 / (samples - blue) as f64;
                    spiral(way, false, noise, rng)
                }
                Self::Plane => number(plane, noise, rng),
                Self::Hills => number(hills, noise, rng),
            })
            .collect();
        // Not one class after the other: the order of training may be this one.
        points.shuffle(rng);
        Dataset {
            name: self.name().to_owned(),
            preprocessing: Preprocessing::unscaled(vec![
                Feature::number("x1", ""),
                Feature::number("x2", ""),
            ]),
            target: self.target(),
            sample_names: Vec::new(),
            raw: points.iter().flat_map(|(point, _)| *point).collect(),
            targets: points.iter().map(|&(_, target)| target).collect(),
            training_samples: samples,
            unseen: Vec::new(),
            remarks: Vec::new(),
        }
    }

    fn target(self) -> Target {
        if self.is_of_classes() {
            Target::Binary {
                name: "color".to_owned(),
                classes: ["orange".to_owned(), "blue".to_owned()],
            }
        } else {
            Target::Numbers(vec![Quantity {
                name: "y".to_owned(),
                unit: String::new(),
            }])
        }
    }
}

/// A number between −`radius` and `radius`.
fn within(radius: f64, rng: &mut impl Rng) -> f64 {
    rng.random_range(-radius..radius)
}

fn class(is_blue: bool) -> f64 {
    f64::from(is_blue)
}

/// The target is that of a place near by: noise makes labels wrong, most of all at borders.
fn with_noise([x1, x2]: [f64; 2], radius: f64, noise: f64, rng: &mut impl Rng) -> [f64; 2] {
    let by = [within(radius, rng) * noise, within(radius, rng) * noise];
    [x1 + by[0], x2 + by[1]]
}

fn xor(noise: f64, rng: &mut impl Rng) -> Sample {
    // A gap along the axes.
    let mut coordinate = || {
        let x = within(RADIUS, rng);
        x + 0.3_f64.copysign(x)
    };
    let point = [coordinate(), coordinate()];
    let [x1, x2] = with_noise(point, RADIUS, noise, rng);
    (point, class(x1 * x2 >= 0.0))
}

fn circle(is_inside: bool, noise: f64, rng: &mut impl Rng) -> Sample {
    let radius = if is_inside {
        rng.random_range(0.0..RADIUS * 0.5)
    } else {
        rng.random_range(RADIUS * 0.7..RADIUS)
    };
    let (sin, cos) = rng.random_range(0.0..2.0 * PI).sin_cos();
    let point = [radius * sin, radius * cos];
    let [x1, x2] = with_noise(point, RADIUS, noise, rng);
    (point, class(x1.hypot(x2) < RADIUS * 0.5))
}

fn gauss(is_blue: bool, noise: f64, rng: &mut impl Rng) -> Sample {
    let center = if is_blue { 2.0 } else { -2.0 };
    // The variance goes from 0.5 to 4 as noise goes from 0 to 0.5.
    let deviation = (0.5 + noise * 7.0).sqrt();
    let mut coordinate = || {
        let normal: f64 = StandardNormal.sample(rng);
        center + deviation * normal
    };
    ([coordinate(), coordinate()], class(is_blue))
}

/// A point of an arm; the way along it goes from 0, the center, to 1.
fn spiral(way: f64, is_blue: bool, noise: f64, rng: &mut impl Rng) -> Sample {
    let start = if is_blue { 0.0 } else { PI };
    let (sin, cos) = (1.75 * way * 2.0 * PI + start).sin_cos();
    let radius = way * RADIUS;
    let point = [
        radius * sin + within(1.0, rng) * noise,
        radius * cos + within(1.0, rng) * noise,
    ];
    (point, class(is_blue))
}

fn number(rule: Rule, noise: f64, rng: &mut impl Rng) -> Sample {
    const RADIUS: f64 = 6.0;
    let point = [within(RADIUS, rng), within(RADIUS, rng)];
    (point, rule(with_noise(point, RADIUS, noise, rng)))
}

fn plane([x1, x2]: [f64; 2]) -> f64 {
    (x1 + x2) / 10.0
}

/// Cones of radius 2; a place that more than one could reach takes the highest or deepest.
fn hills([x1, x2]: [f64; 2]) -> f64 {
    const TOPS: [([f64; 2], f64); 6] = [
        ([-4.0, 2.5], 1.0),
        ([0.0, 2.5], -1.0),
        ([4.0, 2.5], 1.0),
        ([-4.0, -2.5], -1.0),
        ([0.0, -2.5], 1.0),
        ([4.0, -2.5], -1.0),
    ];
    TOPS.iter().fold(0.0, |height: f64, ([top1, top2], sign)| {
        let distance = (x1 - top1).hypot(x2 - top2);
        let own = sign * (1.0 - distance / 2.0).max(0.0);
        if own.abs() > height.abs() {
            own
        } else {
            height
        }
    })
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::Xoshiro256PlusPlus;

    use super::*;

    fn generate(pattern: Pattern, samples: usize, noise: f64) -> Dataset {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(42);
        pattern.generate(samples, noise, &mut rng)
    }

    fn samples(dataset: &Dataset) -> impl Iterator<Item = ([f64; 2], f64)> {
        (0..dataset.len()).map(|sample| {
            let raw = dataset.raw_of(sample);
            ([raw[0], raw[1]], dataset.targets_of(sample)[0])
        })
    }

    #[test]
    fn without_noise_every_sample_obeys_the_rule() {
        let rules: [(Pattern, Rule); 6] = [
            (Pattern::Xor, |[x1, x2]| class(x1 * x2 > 0.09)),
            (Pattern::Circle, |[x1, x2]| class(x1.hypot(x2) < 3.0)),
            (Pattern::Gauss, |[x1, x2]| class(x1 + x2 > 0.0)),
            (Pattern::Spiral, |[x1, x2]| {
                // The angle that the blue arm has at this radius.
                let turned = x1.atan2(x2) - 1.75 * x1.hypot(x2) / RADIUS * 2.0 * PI;
                class(turned.cos() >= 0.0)
            }),
            (Pattern::Plane, |[x1, x2]| (x1 + x2) / 10.0),
            (Pattern::Hills, hills),
        ];
        for (pattern, rule) in rules {
            let data = generate(pattern, 500, 0.0);
            // The start of the orange arm is at the center, where it has no angle.
            let data = samples(&data).filter(|(point, _)| *point != [0.0, 0.0]);
            let wrong = data
                .filter(|&(point, target)| rule(point) != target)
                .count();
            // Two normal distributions, 4 deviations from the border each, touch now and then.
            assert!(
                wrong <= usize::from(pattern == Pattern::Gauss),
                "{pattern:?}: {wrong} wrong"
            );
        }
    }

    #[test]
    fn classes_are_balanced_and_points_stay_in_the_picture() {
        for pattern in Pattern::ALL {
            let data = generate(pattern, 501, 0.0);
            assert_eq!((data.len(), data.training_samples), (501, 501));
            assert!(data.raw.iter().all(|x| x.abs() <= 6.0), "{pattern:?}");
            if pattern.is_of_classes() {
                let blue = data.targets.iter().filter(|&&target| target == 1.0).count();
                let expected = if pattern == Pattern::Xor {
                    200..300
                } else {
                    251..252
                };
                assert!(expected.contains(&blue), "{pattern:?}: {blue} blue");
            } else {
                assert!(data.targets.iter().all(|y| y.abs() <= 1.2), "{pattern:?}");
            }
        }
    }

    #[test]
    fn hills_have_tops_slopes_and_flat_land() {
        assert_eq!(hills([-4.0, 2.5]), 1.0);
        assert_eq!(hills([4.0, -2.5]), -1.0);
        assert_eq!(hills([1.0, -2.5]), 0.5);
        assert_eq!(hills([0.0, 0.0]), 0.0);
    }

    #[test]
    fn noise_makes_some_labels_wrong() {
        for (pattern, rule) in [
            (Pattern::Xor, (|[x1, x2]| class(x1 * x2 >= 0.0)) as Rule),
            (Pattern::Circle, |[x1, x2]| class(x1.hypot(x2) < 2.5)),
            (Pattern::Plane, plane),
        ] {
            let data = generate(pattern, 500, 0.5);
            let wrong = samples(&data).filter(|&(point, target)| rule(point) != target);
            assert!(wrong.count() > 25, "{pattern:?}");
        }
    }

    #[test]
    fn the_same_generator_gives_the_same_data() {
        for pattern in Pattern::ALL {
            assert_eq!(generate(pattern, 50, 0.2), generate(pattern, 50, 0.2));
            let spread = generate(pattern, 50, 0.2).raw;
            assert_ne!(spread[..2], spread[2..4]);
        }
    }
}
