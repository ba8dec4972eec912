//! The results of a sweep so far.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fan::{Fan, FanPoint, PERCENTILES, rank};
use super::histogram::{Bin, MOST_FINE_ROWS, MOST_ROWS, histogram};
use super::{Plan, SeedRun, Verdict};
use crate::data::Task;

/// Gathers the results of a sweep, in any order. Keeps a few numbers per seed.
#[derive(Debug, Clone)]
pub struct Findings {
    first_seed: u64,
    seeds: u64,
    counts: Counts,
    /// The final losses, of which the earlier ones are in order.
    losses: Vec<SeedLoss>,
    test_losses: Vec<f64>,
    fan: Fan,
}

/// A seed, and the final training loss of its run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SeedLoss {
    /// The seed.
    pub seed: u64,
    /// The loss; finite.
    pub loss: f64,
}

/// The number of seeds with each verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// In the order of [`Verdict::ALL`].
    seeds: [u64; Verdict::ALL.len()],
    /// Whether the task is a regression.
    is_regression: bool,
}

impl Counts {
    /// The number of seeds with this verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.seeds[verdict as usize]
    }

    /// The number of all seeds that have finished.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.seeds.iter().sum()
    }

    /// The percentage of seeds with this verdict, to two decimals. It is 0 only for none, and 100 only for all.
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

    /// The verdicts that the task can have, each with its number of seeds: a regression is never solved, and a
    /// classification never just ended.
    pub fn reported(&self) -> impl Iterator<Item = (Verdict, u64)> {
        let is_regression = self.is_regression;
        Verdict::ALL
            .into_iter()
            .filter(move |verdict| match verdict {
                Verdict::Diverged => true,
                Verdict::Ended => is_regression,
                Verdict::Solved | Verdict::Learning | Verdict::Stuck => !is_regression,
            })
            .map(|verdict| (verdict, self.of(verdict)))
    }
}

/// Written as a map from the name of each reported verdict to its number of seeds.
impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.reported()
                .map(|(verdict, count)| (verdict.name(), count)),
        )
    }
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let counts = BTreeMap::<String, u64>::deserialize(deserializer)?;
        let of = |verdict: Verdict| counts.get(verdict.name()).copied();
        Ok(Self {
            seeds: Verdict::ALL.map(|verdict| of(verdict).unwrap_or(0)),
            is_regression: of(Verdict::Ended).is_some(),
        })
    }
}

/// A summary of the results of a sweep so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The first seed.
    pub first_seed: u64,
    /// The number of all seeds, finished or not.
    pub seeds: u64,
    /// The number of finished seeds with each verdict.
    pub counts: Counts,
    /// Their final losses; `None` if there are none yet.
    pub losses: Option<Losses>,
    /// The histogram of the final losses.
    pub histogram: Vec<Bin>,
    /// A finer one for a large screen, which no log has.
    #[serde(skip)]
    pub fine_histogram: Vec<Bin>,
    /// More of the losses for a large screen, which no log has either.
    #[serde(skip)]
    pub ranked: Ranked,
    /// The spread of the losses at each point of the run.
    pub fan: Vec<FanPoint>,
}

/// The final losses of all seeds that have not diverged. Of equal losses, that of the earlier seed comes first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Losses {
    /// The smallest.
    pub best: SeedLoss,
    /// The 5th percentile.
    pub low: f64,
    /// The median; the smaller one if there are two in the middle.
    pub median: SeedLoss,
    /// The 95th percentile.
    pub high: f64,
    /// The largest.
    pub worst: SeedLoss,
    /// The median of the test losses; `None` if there are no test samples.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_median: Option<f64>,
}

/// Final losses in order, from the best, the median and the worst on. Each list ends where the next one begins.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranked {
    /// The smallest, in ascending order.
    pub best: Vec<SeedLoss>,
    /// The median and the next larger ones.
    pub median: Vec<SeedLoss>,
    /// The largest, in descending order.
    pub worst: Vec<SeedLoss>,
}

impl Ranked {
    /// The most losses of each list.
    const MOST: usize = 20;

    /// Takes them from ordered losses.
    fn of(ordered: &[SeedLoss]) -> Self {
        let rank = rank(0.5, ordered.len() as u64);
        let middle = usize::try_from(rank).unwrap_or_default().min(ordered.len());
        let (best, others) = ordered.split_at(middle);
        let (median, worst) = others.split_at(others.len().div_ceil(2));
        let first = |losses: &[SeedLoss]| losses.iter().take(Self::MOST).copied().collect();
        let last = worst.iter().rev().take(Self::MOST).copied();
        Self {
            best: first(best),
            median: first(median),
            worst: last.collect(),
        }
    }
}

impl Findings {
    /// Creates empty findings for the seeds of a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self {
            first_seed: plan.first_seed(),
            seeds: plan.seeds(),
            counts: Counts {
                seeds: [0; Verdict::ALL.len()],
                is_regression: plan.data.training.task == Task::Numbers,
            },
            losses: Vec::new(),
            test_losses: Vec::new(),
            fan: Fan::new(plan.config.epochs),
        }
    }

    /// Adds the run of a seed.
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

    /// Summarises the results so far.
    pub fn summary(&mut self) -> Summary {
        // The stable sort is fast here: most losses are in order since the last summary.
        let first_seed = self.first_seed;
        self.losses.sort_by(|one, other| {
            let index = |seed: u64| seed.wrapping_sub(first_seed);
            one.loss
                .total_cmp(&other.loss)
                .then(index(one.seed).cmp(&index(other.seed)))
        });
        self.test_losses.sort_by(f64::total_cmp);
        let losses: Vec<f64> = self.losses.iter().map(|of| of.loss).collect();
        Summary {
            first_seed: self.first_seed,
            seeds: self.seeds,
            counts: self.counts,
            losses: self.losses(),
            histogram: histogram(&losses, MOST_ROWS),
            fine_histogram: histogram(&losses, MOST_FINE_ROWS),
            ranked: Ranked::of(&self.losses),
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

/// Returns a percentile of ordered numbers; `None` if there are none.
fn percentile<T: Copy>(ordered: &[T], share: f64) -> Option<T> {
    let rank = rank(share, ordered.len() as u64);
    ordered.get(usize::try_from(rank).ok()?).copied()
}
