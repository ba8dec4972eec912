//! Generated data: the patterns of the TensorFlow playground (playground.tensorflow.org, `dataset.ts`),
//! in its coordinates.

use std::sync::Arc;

use std::f64::consts::PI;

use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

use super::{Dataset, Feature, Preprocessing, Quantity, Scaling, Target, Task};

/// What is drawn within ±5 or ±6, on the axes x1 and x2.
const RADIUS: f64 = 5.0;

/// A rule that gives every point of a plane a class or a number.
#[derive(Debug)]
pub struct Pattern {
    /// Its name on the command line and in files.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// What is learned from it: the classes orange (0) and blue (1), or a number y.
    pub task: Task,
    draw: fn(Place, f64, &mut dyn Rng) -> Sample,
}

/// Where a pattern that draws one group after the other is: first blue, then orange.
#[derive(Debug, Clone, Copy)]
struct Place {
    is_blue: bool,
    /// From 0 for the first of the group up to, but not including, 1.
    way: f64,
}

/// A point and its target.
type Sample = ([f64; 2], f64);

/// All patterns. To add one: a row here, its rule in the test, a word in the README (a test compares).
pub static PATTERNS: &[Pattern] = &[
    Pattern {
        name: "xor",
        about: "Generated points of two classes: blue where x1 and x2 have the same sign.",
        task: Task::Binary,
        draw: |_, noise, rng| xor(noise, rng),
    },
    // Blue within a circle of 2.5, orange in the ring from 3.5 to 5.
    Pattern {
        name: "circle",
        about: "Generated points of two classes: a blue disc inside an orange ring.",
        task: Task::Binary,
        draw: |place, noise, rng| circle(place.is_blue, noise, rng),
    },
    // Blue around (2, 2), orange around (−2, −2), each normally distributed.
    Pattern {
        name: "gauss",
        about: "Generated points of two classes: a blue cloud and an orange one.",
        task: Task::Binary,
        draw: |place, noise, rng| gauss(place.is_blue, noise, rng),
    },
    Pattern {
        name: "spiral",
        about: "Generated points of two classes: two arms that wind around each other.",
        task: Task::Binary,
        draw: spiral,
    },
    // Between −1.2 and 1.2 without noise.
    Pattern {
        name: "plane",
        about: "Generated points with a number to predict: (x1 + x2) / 10.",
        task: Task::Numbers,
        draw: |_, noise, rng| number(plane, noise, rng),
    },
    // Between −1 and 1, flat between the hills and hollows.
    Pattern {
        name: "hills",
        about: "Generated points with a number to predict: three hills and three hollows.",
        task: Task::Numbers,
        draw: |_, noise, rng| number(hills, noise, rng),
    },
];

impl Pattern {
    /// How many features each pattern has: x1 and x2.
    pub const FEATURES: usize = 2;

    /// The pattern of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PATTERNS.iter().find(|pattern| pattern.name == name)
    }

    /// Returns this many samples in a drawn order, with noise from 0 (none) to 0.5.
    #[must_use]
    pub fn generate(&self, samples: usize, noise: f64, rng: &mut impl Rng) -> Dataset {
        let blue = samples.div_ceil(2);
        let place = |index: usize| {
            let is_blue = index < blue;
            let (first, all) = if is_blue {
                (0, blue)
            } else {
                (blue, samples - blue)
            };
            let way = (index - first) as f64 / all as f64;
            Place { is_blue, way }
        };
        let mut points: Vec<Sample> = (0..samples)
            .map(|index| (self.draw)(place(index), noise, rng))
            .collect();
        // Not one class after the other: the order of training may be this one.
        points.shuffle(rng);
        Dataset {
            name: self.name.to_owned(),
            preprocessing: Preprocessing::unscaled(vec![
                Feature::number("x1", ""),
                Feature::number("x2", ""),
            ]),
            target: target(self.task),
            names: Arc::default(),
            rows: Arc::default(),
            order: None,
            generator: None,
            raw: Arc::new(points.iter().flat_map(|(point, _)| *point).collect()),
            filled: Arc::default(),
            target_scaling: Scaling::none(1),
            targets: Arc::new(points.iter().map(|&(_, target)| target).collect()),
            training_samples: samples,
            unseen: Vec::new(),
            row_numbers: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

fn target(task: Task) -> Target {
    match task {
        Task::Binary => Target::Binary {
            name: "color".to_owned(),
            classes: ["orange".to_owned(), "blue".to_owned()],
        },
        Task::Numbers => Target::Numbers(vec![Quantity {
            name: "y".to_owned(),
            unit: String::new(),
        }]),
        Task::Classes => unreachable!("no pattern has more than two colors"),
    }
}

/// A number between −`radius` and `radius`.
fn within(radius: f64, rng: &mut dyn Rng) -> f64 {
    rng.random_range(-radius..radius)
}

fn class(is_blue: bool) -> f64 {
    f64::from(is_blue)
}

/// The target is that of a place near by: noise makes labels wrong, most of all at borders.
fn with_noise([x1, x2]: [f64; 2], radius: f64, noise: f64, rng: &mut dyn Rng) -> [f64; 2] {
    let by = [within(radius, rng) * noise, within(radius, rng) * noise];
    [x1 + by[0], x2 + by[1]]
}

fn xor(noise: f64, rng: &mut dyn Rng) -> Sample {
    // A gap along the axes.
    let mut coordinate = || {
        let x = within(RADIUS, rng);
        x + 0.3_f64.copysign(x)
    };
    let point = [coordinate(), coordinate()];
    let [x1, x2] = with_noise(point, RADIUS, noise, rng);
    (point, class(x1 * x2 >= 0.0))
}

fn circle(is_inside: bool, noise: f64, rng: &mut dyn Rng) -> Sample {
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

fn gauss(is_blue: bool, noise: f64, rng: &mut dyn Rng) -> Sample {
    let center = if is_blue { 2.0 } else { -2.0 };
    // The variance goes from 0.5 to 4 as noise goes from 0 to 0.5.
    let deviation = (0.5 + noise * 7.0).sqrt();
    let mut coordinate = || {
        let normal: f64 = StandardNormal.sample(rng);
        center + deviation * normal
    };
    ([coordinate(), coordinate()], class(is_blue))
}

/// A point of an arm; the way along it begins at the center.
fn spiral(Place { is_blue, way }: Place, noise: f64, rng: &mut dyn Rng) -> Sample {
    let start = if is_blue { 0.0 } else { PI };
    let (sin, cos) = (1.75 * way * 2.0 * PI + start).sin_cos();
    let radius = way * RADIUS;
    let point = [
        radius * sin + within(1.0, rng) * noise,
        radius * cos + within(1.0, rng) * noise,
    ];
    (point, class(is_blue))
}

fn number(rule: fn([f64; 2]) -> f64, noise: f64, rng: &mut dyn Rng) -> Sample {
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

    /// The target that a point has.
    type Rule = fn([f64; 2]) -> f64;

    fn generate(pattern: &Pattern, samples: usize, noise: f64) -> Dataset {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(42);
        pattern.generate(samples, noise, &mut rng)
    }

    fn samples(dataset: &Dataset) -> impl Iterator<Item = ([f64; 2], f64)> {
        (0..dataset.len()).map(|sample| {
            let raw = dataset.raw_of(sample);
            ([raw[0], raw[1]], dataset.targets_of(sample)[0])
        })
    }

    /// What every sample of a pattern obeys, but for noise.
    fn rule(pattern: &Pattern) -> Rule {
        match pattern.name {
            "xor" => |[x1, x2]| class(x1 * x2 > 0.09),
            "circle" => |[x1, x2]| class(x1.hypot(x2) < 3.0),
            "gauss" => |[x1, x2]| class(x1 + x2 > 0.0),
            "spiral" => |[x1, x2]| {
                // The angle that the blue arm has at this radius.
                let turned = x1.atan2(x2) - 1.75 * x1.hypot(x2) / RADIUS * 2.0 * PI;
                class(turned.cos() >= 0.0)
            },
            "plane" => |[x1, x2]| (x1 + x2) / 10.0,
            "hills" => hills,
            name => panic!("{name} has no rule here"),
        }
    }

    #[test]
    fn without_noise_every_sample_obeys_the_rule() {
        for pattern in PATTERNS {
            let data = generate(pattern, 500, 0.0);
            // The start of the orange arm is at the center, where it has no angle.
            let data = samples(&data).filter(|(point, _)| *point != [0.0, 0.0]);
            let rule = rule(pattern);
            let wrong = data
                .filter(|&(point, target)| rule(point) != target)
                .count();
            // Two normal distributions, 4 deviations from the border each, touch now and then.
            assert!(
                wrong <= usize::from(pattern.name == "gauss"),
                "{pattern:?}: {wrong} wrong"
            );
        }
    }

    #[test]
    fn classes_are_balanced_and_points_stay_in_the_picture() {
        for pattern in PATTERNS {
            let data = generate(pattern, 501, 0.0);
            assert_eq!((data.len(), data.training_samples), (501, 501));
            assert!(data.raw.iter().all(|x| x.abs() <= 6.0), "{pattern:?}");
            if pattern.task == Task::Binary {
                let blue = data.targets.iter().filter(|&&target| target == 1.0).count();
                let expected = if pattern.name == "xor" {
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
        for (name, rule) in [
            ("xor", (|[x1, x2]| class(x1 * x2 >= 0.0)) as Rule),
            ("circle", |[x1, x2]| class(x1.hypot(x2) < 2.5)),
            ("plane", plane),
        ] {
            let data = generate(Pattern::named(name).unwrap(), 500, 0.5);
            let wrong = samples(&data).filter(|&(point, target)| rule(point) != target);
            assert!(wrong.count() > 25, "{name}");
        }
    }

    #[test]
    fn the_same_generator_gives_the_same_data() {
        for pattern in PATTERNS {
            assert_eq!(generate(pattern, 50, 0.2), generate(pattern, 50, 0.2));
            let spread = generate(pattern, 50, 0.2).raw;
            assert_ne!(spread[..2], spread[2..4]);
        }
    }
}
