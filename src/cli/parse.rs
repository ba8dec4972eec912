//! The values of options, read with one clear sentence about what is wrong.

use anyhow::{Context, Result, ensure};

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
            .with_context(|| format!("expected one of {}", names()))
    }
}

pub(super) fn parse_size(text: &str) -> Result<(u16, u16)> {
    let size = text
        .split_once('x')
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height) = size.context("expected a size like 80x24")?;
    ensure!(
        (1..=1000).contains(&width) && (1..=1000).contains(&height),
        "from 1x1 to 1000x1000"
    );
    Ok((width, height))
}
