//! `screenshot --epochs 0..200 --every 5`: which epochs an animation shows.

use anyhow::{Result, ensure};

use super::{RunOptions, ScreenshotOptions, UsageError};
use crate::app::View;
use crate::session::setting::{read_count, setting};

/// The most frames of an animation.
const MOST: u64 = 1000;

/// The epochs of an animation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frames {
    first: u64,
    last: u64,
    every: u64,
}

impl Frames {
    /// The epochs, in order; the last one of the range is always among them.
    pub fn epochs(self) -> impl Iterator<Item = u64> {
        let Self { first, last, every } = self;
        let stride = usize::try_from(every).unwrap_or(usize::MAX);
        (first..last).step_by(stride).chain([last])
    }

    fn check(self) -> Result<()> {
        let Self { first, last, every } = self;
        ensure!(
            first < last,
            "an animation goes forward: --epochs {first}..{last} has no second frame"
        );
        let frames = (last - first).div_ceil(every) + 1;
        ensure!(
            frames <= MOST,
            "{frames} frames are too many, at most {MOST} are possible: --every {} would do",
            (last - first).div_ceil(MOST - 1)
        );
        Ok(())
    }
}

/// What `--epochs` may be for a picture: a count, or a range. The text is kept as it is.
pub(super) fn read_epochs(text: &str) -> Result<String> {
    match text.split_once("..") {
        None => read_count::<u64>(text).map(drop)?,
        Some((first, last)) => {
            read_count::<u64>(first)?;
            read_count::<u64>(last)?;
        }
    }
    Ok(text.to_owned())
}

impl ScreenshotOptions {
    /// The page of the lessons to draw, if it is one; a page has a run of its own.
    ///
    /// # Errors
    ///
    /// A [`UsageError`], if the options contradict each other.
    pub fn page(&self) -> Result<Option<usize>, UsageError> {
        let usage = |problem: String| Err(UsageError(problem));
        if self.view != View::Learn {
            return match self.lesson {
                Some(_) => usage("--lesson is for --view learn".to_owned()),
                None => Ok(None),
            };
        }
        let setting = self.run.settings.settings().next();
        let moment = [
            (self.at_epoch.is_some(), "at-epoch"),
            (self.every.is_some(), "every"),
        ];
        let moment = moment.iter().find(|(is_given, _)| *is_given);
        let other = setting
            .map(|of| of.option)
            .or(moment.map(|(_, option)| *option));
        match other {
            Some(option) => usage(format!(
                "a lesson has a run of its own: --{option} is for the other views"
            )),
            None => Ok(Some(self.lesson.unwrap_or_default())),
        }
    }

    /// The run, and the epochs to draw if they are to be an animation. The run then ends with the last of them.
    ///
    /// # Errors
    ///
    /// A [`UsageError`], if the options contradict each other.
    pub fn frames(&self) -> Result<(RunOptions, Option<Frames>)> {
        let mut run = self.run.clone();
        let usage = |problem: &str| UsageError(problem.to_owned());
        let text = run.settings.text("epochs").unwrap_or_default();
        let Some((first, last)) = text.split_once("..") else {
            ensure!(
                self.every.is_none(),
                usage("--every is for an animation: --epochs 0..200 --every 5")
            );
            return Ok((run, None));
        };
        ensure!(
            self.at_epoch.is_none(),
            usage(
                "--at-epoch is for one picture, --epochs A..B for an animation: only one of them is possible"
            )
        );
        let frames = Frames {
            first: read_count(first)?,
            last: read_count(last)?,
            every: self.every.map_or(1, u64::from),
        };
        frames
            .check()
            .map_err(|problem| usage(&problem.to_string()))?;
        run.settings
            .replace(setting("epochs"), frames.last.to_string());
        Ok((run, Some(frames)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epochs(first: u64, last: u64, every: u64) -> Vec<u64> {
        Frames { first, last, every }.epochs().collect()
    }

    #[test]
    fn the_last_epoch_is_always_a_frame() {
        assert_eq!(epochs(0, 10, 5), [0, 5, 10]);
        assert_eq!(epochs(0, 11, 5), [0, 5, 10, 11]);
        assert_eq!(epochs(7, 8, 100), [7, 8]);
    }

    #[test]
    fn too_many_frames_are_refused_with_what_would_do() {
        let frames = |last, every| {
            Frames {
                first: 0,
                last,
                every,
            }
            .check()
        };
        assert!(frames(999, 1).is_ok());
        let problem = frames(2000, 1).unwrap_err().to_string();
        assert!(problem.ends_with("--every 3 would do"), "{problem}");
        assert!(frames(2000, 3).is_ok());
        assert!(frames(0, 1).is_err());
    }
}
