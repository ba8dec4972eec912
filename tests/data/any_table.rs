//! Whatever a file has in it, it is read or refused.

use nnscope::data::{CsvOptions, ScalingMethod};
use proptest::prelude::*;

use super::csv::read;

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        drop_missing: bool,
    ) {
        let options = CsvOptions { drop_missing, ..CsvOptions::default() };
        let _ = read(bytes, &options);
    }

    #[test]
    fn anything_like_a_table_is_read_whole_or_refused(
        cells in prop::collection::vec("[ab01,;\"?\n.e-]{0,6}", 0..60),
        width in 1..5_usize,
        drop_missing: bool,
    ) {
        let mut table = "p,q,r,s".split_inclusive(',').take(width).collect::<String>();
        for row in cells.chunks(width) {
            table = format!("{table}\n{}", row.join(","));
        }
        let options = CsvOptions { drop_missing, ..CsvOptions::default() };
        if let Ok(mut data) = read(&table, &options) {
            prop_assert!(data.raw.iter().chain(data.targets.iter()).all(|value| value.is_finite()));
            prop_assert_eq!(data.raw.len(), data.len() * data.features().len());
            prop_assert!(data.names.is_empty() || data.names.len() == data.len());
            if data.scale(&ScalingMethod::Standardize).is_ok() {
                prop_assert!(data.training().copied().0.iter().all(|value| value.is_finite()));
            }
        }
    }
}
