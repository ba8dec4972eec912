//! Which values the settings of a data source can have.

use anyhow::{Context, Result, ensure};

use super::{DataSource, SAMPLES};

/// What separates the columns, as the reader of files takes it.
pub(super) fn delimiter_byte(delimiter: char) -> Result<u8> {
    ascii(delimiter).with_context(|| {
        format!("the delimiter is an ASCII character and no quotation mark, got {delimiter:?}")
    })
}

/// What a comment begins with, as the reader of files takes it.
pub(super) fn comment_byte(comment: char) -> Result<u8> {
    let byte = ascii(comment).filter(u8::is_ascii_punctuation);
    byte.with_context(|| format!("a comment begins with an ASCII sign like #, got {comment:?}"))
}

fn ascii(character: char) -> Option<u8> {
    let byte = u8::try_from(character).ok();
    byte.filter(|byte| (byte.is_ascii_graphic() || matches!(byte, b' ' | b'\t')) && *byte != b'"')
}

/// # Errors
///
/// If a delimiter is not one that a file can have.
pub(in crate::session) fn check_delimiter(delimiter: Option<char>) -> Result<()> {
    delimiter.map(delimiter_byte).transpose().map(drop)
}

/// # Errors
///
/// If comments cannot begin with this.
pub(in crate::session) fn check_comment(comment: Option<char>) -> Result<()> {
    comment.map(comment_byte).transpose().map(drop)
}

/// # Errors
///
/// If decimals cannot be separated by this.
pub(in crate::session) fn check_decimal(decimal: Option<char>) -> Result<()> {
    ensure!(
        decimal.is_none_or(|decimal| matches!(decimal, '.' | ',')),
        "decimals are separated by . or , and not by {:?}",
        decimal.unwrap_or_default()
    );
    Ok(())
}

/// # Errors
///
/// If thousands cannot be separated by this.
pub(in crate::session) fn check_thousands(thousands: Option<char>) -> Result<()> {
    ensure!(
        thousands.is_none_or(|thousands| matches!(thousands, '.' | ',' | '\'' | '_' | ' ')),
        "thousands are separated by . , ' _ or a blank, and not by {:?}",
        thousands.unwrap_or_default()
    );
    Ok(())
}

impl DataSource {
    /// # Errors
    ///
    /// If two settings of how a file is read contradict each other.
    pub(in crate::session) fn check_reading(&self) -> Result<()> {
        ensure!(
            self.thousands.is_none() || self.decimal != self.thousands,
            "--decimal and --thousands are both {:?}",
            self.decimal.unwrap_or_default()
        );
        ensure!(
            !self.drop_missing || self.impute.is_none(),
            "--drop-missing leaves rows out that --impute fills in: only one of them is possible"
        );
        Ok(())
    }
}

/// # Errors
///
/// If there are too few or too many samples to generate.
pub(in crate::session) fn check_samples(samples: Option<usize>) -> Result<()> {
    let samples = samples.unwrap_or(SAMPLES);
    ensure!(
        (1..=1_000_000).contains(&samples),
        "samples must be 1 to 1000000, got {samples}"
    );
    Ok(())
}

/// # Errors
///
/// If noise is not a percentage up to 50.
pub(in crate::session) fn check_noise(noise: f64) -> Result<()> {
    ensure!(
        (0.0..=50.0).contains(&noise),
        "noise must be 0 to 50 percent, got {noise}"
    );
    Ok(())
}

/// # Errors
///
/// If a share of test samples leaves none for training.
pub(in crate::session) fn check_share(share: f64) -> Result<()> {
    ensure!(
        (0.0..1.0).contains(&share),
        "the test fraction is at least 0 and less than 1, got {share}"
    );
    Ok(())
}
