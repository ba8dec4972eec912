//! The values of options, read with one clear sentence about what is wrong.

use std::num::NonZeroUsize;

use anyhow::{Context, Result, ensure};

use crate::session::setting::read_count;

/// Reads one of a few values by their names.
pub(super) fn one_of<T: Copy + Send + Sync + 'static>(
    values: &'static [T],
    name: fn(T) -> &'static str,
) -> impl Fn(&str) -> Result<T> + Clone + Send + Sync + 'static {
    move |text| {
        let names = || {
            values
                .iter()
                .map(|&value| name(value))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let found = values.iter().find(|&&value| name(value) == text);
        found
            .copied()
            .with_context(|| format!("expected one of {}, found {text:?}", names()))
    }
}

/// Reads a number of columns and rows.
pub(super) fn parse_size(text: &str) -> Result<(u16, u16)> {
    let size = text
        .split_once(['x', '×'])
        .and_then(|(width, height)| Some((read_count(width).ok()?, read_count(height).ok()?)));
    let (width, height) =
        size.with_context(|| format!("expected a size like 80x24, found {text:?}"))?;
    ensure!(
        (1..=1000).contains(&width) && (1..=1000).contains(&height),
        "a picture has 1x1 to 1000x1000 cells, got {width}x{height}"
    );
    Ok((width, height))
}

/// Reads a whole number above 0.
pub(super) fn at_least_one(text: &str) -> Result<NonZeroUsize> {
    let count = NonZeroUsize::new(read_count(text)?);
    count.with_context(|| format!("expected a whole number of 1 or more, found {text:?}"))
}
