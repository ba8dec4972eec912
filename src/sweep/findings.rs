//! What a sweep has found out so far.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fan::{Fan, FanPoint, PERCENTILES, rank};
use super::histogram::{Bin, histogram};
use super::{Plan, SeedRun, Verdict};
use crate::data::Task;

/// Gathers the runs of a sweep, in any order. Keeps a few numbers of each seed.
#[derive(Debug, Clone)]
pub struct Findings {
    first_seed: u64,
    seeds: u64,
    counts: Counts,
    /// The final losses that are known, and in part in order.
    losses: Vec<SeedLoss>,
    test_losses: Vec<f64>,
    fan: Fan,
}

/// A seed, and the loss over the training samples that its run ended with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SeedLoss {
    /// The seed.
    pub seed: u64,
    /// The loss; finite.
    pub loss: f64,
}

/// How many seeds came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// In the order of [`Verdict::ALL`].
    seeds: [u64; Verdict::ALL.len()],
    /// Whether numbers are predicted.
    is_of_numbers: bool,
}

impl Counts {
    /// How many came to this.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.seeds[verdict as usize]
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.seeds.iter().sum()
    }

    /// The share that came to this, in percent with two digits. It is 0 only if none did, and 100 only if all did.
    #[must_use]
    pub fn percent(&self, verdict: Verdict) -> f64 {
        let (count, total) = (self.of(verdict), self.total());
        let rounded = (10_000.0 * count as f64 / total.max(1) as f64).round() / 100.0;
        if count == 0 || count == total {
            rounded
        } else {
            rounded.clamp(0.01, 99.99)
        }
    }

    /// Those that can be told, with how many came to each: no run that predicts numbers is solved, and none
    /// of classes has only ended.
    pub fn told(&self) -> impl Iterator<Item = (Verdict, u64)> {
        let is_of_numbers = self.is_of_numbers;
        Verdict::ALL
            .into_iter()
            .filter(move |verdict| match verdict {
                Verdict::Diverged => true,
                Verdict::Ended => is_of_numbers,
                Verdict::Solved | Verdict::Learning | Verdict::Stuck => !is_of_numbers,
            })
            .map(|verdict| (verdict, self.of(verdict)))
    }
}

/// A number for each verdict that can be told.
impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.told().map(|(verdict, count)| (verdict.name(), count)))
    }
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let counts = BTreeMap::<String, u64>::deserialize(deserializer)?;
        let of = |verdict: Verdict| counts.get(verdict.name()).copied();
        Ok(Self {
            seeds: Verdict::ALL.map(|verdict| of(verdict).unwrap_or(0)),
            is_of_numbers: of(Verdict::Ended).is_some(),
        })
    }
}

/// What a sweep has found out so far, in few numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The first seed.
    pub first_seed: u64,
    /// How many seeds there are in all.
    pub seeds: u64,
    /// How many of those that are finished came to what.
    pub counts: Counts,
    /// Their final losses; nothing if none is known.
    pub losses: Option<Losses>,
    /// How often which final losses came.
    pub histogram: Vec<Bin>,
    /// The spread of all losses over the run.
    pub fan: Vec<FanPoint>,
}

/// The final losses of all seeds that have not diverged. Seeds of equal loss are in the order of the seeds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Losses {
    /// The smallest.
    pub best: SeedLoss,
    /// The 5th percentile.
    pub low: f64,
    /// The one in the middle; of two, the smaller.
    pub median: SeedLoss,
    /// The 95th percentile.
    pub high: f64,
    /// The largest.
    pub worst: SeedLoss,
    /// The median of the losses over the test samples, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_median: Option<f64>,
}

impl Findings {
    /// Nothing yet.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self {
            first_seed: plan.first_seed(),
            seeds: plan.seeds(),
            counts: Counts {
                seeds: [0; Verdict::ALL.len()],
                is_of_numbers: plan.data.training.task == Task::Numbers,
            },
            losses: Vec::new(),
            test_losses: Vec::new(),
            fan: Fan::new(plan.config.epochs),
        }
    }

    /// Adds the run of one more seed.
    pub fn add(&mut self, run: &SeedRun) {
        let outcome = &run.outcome;
        self.counts.seeds[outcome.verdict as usize] += 1;
        self.fan.add(&run.curve);
        if outcome.verdict != Verdict::Diverged {
            self.losses.push(SeedLoss {
                seed: outcome.seed,
                loss: outcome.evaluation.training.loss,
            });
            let test = outcome.evaluation.test.map(|test| test.loss);
            self.test_losses.extend(test);
        }
    }

    /// All of it in few numbers.
    pub fn summary(&mut self) -> Summary {
        // Mostly in order since the last time, which this sort is quick with.
        let first_seed = self.first_seed;
        self.losses.sort_by(|one, other| {
            let place = |seed: u64| seed.wrapping_sub(first_seed);
            one.loss
                .total_cmp(&other.loss)
                .then(place(one.seed).cmp(&place(other.seed)))
        });
        self.test_losses.sort_by(f64::total_cmp);
        let losses: Vec<f64> = self.losses.iter().map(|of| of.loss).collect();
        Summary {
            first_seed: self.first_seed,
            seeds: self.seeds,
            counts: self.counts,
            losses: self.losses(),
            histogram: histogram(&losses),
            fan: self.fan.points(),
        }
    }

    fn losses(&self) -> Option<Losses> {
        let [low, median, high] = PERCENTILES.map(|share| percentile(&self.losses, share));
        Some(Losses {
            best: *self.losses.first()?,
            low: low?.loss,
            median: median?,
            high: high?.loss,
            worst: *self.losses.last()?,
            test_median: percentile(&self.test_losses, 0.5),
        })
    }
}

/// A percentile of numbers that are in order; nothing if there are none.
fn percentile<T: Copy>(ordered: &[T], share: f64) -> Option<T> {
    let rank = rank(share, ordered.len() as u64);
    ordered.get(usize::try_from(rank).ok()?).copied()
}
