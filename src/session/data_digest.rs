//! What the data of a saved run was, so that a changed file is noticed.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use super::SavedRun;
use crate::data::{Dataset, Scaling, Target, scrub};

/// How far the scaling of the same rows may differ: a sum in another order has other last digits.
const SAME: f64 = 1e-9;

/// Digests of the rows of a dataset: names, raw values and targets, as they are before any scaling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataDigest {
    /// How many samples there are.
    samples: usize,
    /// Of the rows in order.
    rows: String,
    /// Of the rows in any order.
    rows_in_any_order: String,
}

impl DataDigest {
    /// The digest of a dataset: FNV-1a of 64 bits for each row, mixed and chained, or added up.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let (mut chained, mut added) = (Fnv::default(), 0_u64);
        for sample in 0..dataset.len() {
            let mut row = Fnv::default();
            row.add(dataset.own_name(sample).unwrap_or_default().as_bytes());
            let values = dataset
                .raw_of(sample)
                .iter()
                .chain(dataset.targets_of(sample));
            values.for_each(|value| row.add(&value.to_bits().to_le_bytes()));
            let row = row.mixed();
            chained.add(&row.to_le_bytes());
            added = added.wrapping_add(row);
        }
        Self {
            samples: dataset.len(),
            rows: format!("{:016x}", chained.mixed()),
            rows_in_any_order: format!("{added:016x}"),
        }
    }
}

/// FNV-1a with 64 bits.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The finalizer of `SplitMix64`, so that sums of digests differ where their rows do.
    fn mixed(self) -> u64 {
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// Checks that a run can continue on this data, and says with which words if it is not what it was.
///
/// # Errors
///
/// One sentence that says what differs, if features or target do, or if the rows are in another order and the
/// scaling with them.
pub(super) fn compare_data(saved: &SavedRun, dataset: &Dataset) -> Result<Option<String>> {
    let name = scrub(&dataset.name);
    ensure!(
        dataset.features() == saved.features,
        "the run was trained on other columns than {name} has: it predicts from {}, not from {}",
        listed(saved.features.iter()),
        listed(dataset.features().iter())
    );
    let (then, now) = (&saved.target, &dataset.target);
    ensure!(
        then == now,
        "the run predicts another target than {name} has: {}, not {}",
        described(then),
        described(now)
    );
    let Some(digest) = &saved.data_digest else {
        return Ok(None);
    };
    let found = DataDigest::of(dataset);
    if *digest == found {
        return Ok(None);
    }
    if digest.rows_in_any_order != found.rows_in_any_order {
        let (then, now) = (digest.samples, found.samples);
        return Ok(Some(format!(
            "the data has changed since the run was saved: {then} samples then, {now} now"
        )));
    }
    ensure!(
        is_same(&saved.scaling, dataset.preprocessing.scaling()),
        "the rows of {name} are in another order than when the run was saved, and other ones are held out for \
         testing: the scaling differs"
    );
    Ok(Some(
        "the rows are in another order than when the run was saved".to_owned(),
    ))
}

fn is_same(then: &Scaling, now: &Scaling) -> bool {
    let pairs = |a: &[f64], b: &[f64]| -> bool {
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= SAME * a.abs().max(b.abs()).max(1.0);
        a.len() == b.len() && a.iter().zip(b).all(near)
    };
    pairs(&then.shift, &now.shift) && pairs(&then.divisor, &now.divisor)
}

fn described(target: &Target) -> String {
    match target {
        Target::Binary { name, classes } => format!("{name} ({})", classes.join(", ")),
        Target::Classes { name, classes } => format!("{name} ({})", classes.join(", ")),
        Target::Numbers(numbers) => listed(numbers.iter()),
    }
}

fn listed(names: impl Iterator<Item = impl ToString>) -> String {
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
    names.join(", ")
}
