//! The pace of training.

/// A limit on the speed of training: at full speed, the post's 1000 epochs take less than a millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// This many epochs per second.
    EpochsPerSecond(u32),
    /// As fast as the processor can.
    Max,
}

impl Pace {
    /// The paces to choose from, slowest first.
    pub const ALL: [Self; 6] = [
        Self::EpochsPerSecond(1),
        Self::EpochsPerSecond(10),
        Self::EpochsPerSecond(50),
        Self::EpochsPerSecond(200),
        Self::EpochsPerSecond(1000),
        Self::Max,
    ];

    /// The post's 1000 epochs in 20 seconds.
    pub const DEFAULT: Self = Self::EpochsPerSecond(50);

    /// Returns the next faster pace, or this one if there is none.
    #[must_use]
    pub fn faster(self) -> Self {
        Self::ALL
            .into_iter()
            .find(|&pace| pace > self)
            .unwrap_or(self)
    }

    /// Returns the next slower pace, or this one if there is none.
    #[must_use]
    pub fn slower(self) -> Self {
        Self::ALL
            .into_iter()
            .rev()
            .find(|&pace| pace < self)
            .unwrap_or(self)
    }
}

/// "50/s" or "max".
impl std::fmt::Display for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::EpochsPerSecond(rate) => write!(f, "{rate}/s"),
            Self::Max => f.write_str("max"),
        }
    }
}

impl std::str::FromStr for Pace {
    type Err = String;

    /// Parses "max", or one of the rates with or without "/s".
    fn from_str(text: &str) -> Result<Self, String> {
        let name = |pace: &Self| pace.to_string().trim_end_matches("/s").to_owned();
        let wanted = text.trim_end_matches("/s");
        Self::ALL
            .into_iter()
            .find(|pace| name(pace) == wanted)
            .ok_or_else(|| {
                let names: Vec<String> = Self::ALL.iter().map(name).collect();
                format!(
                    "the speed must be one of {} (epochs per second), found {text:?}",
                    names.join(", ")
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn faster_and_slower_walk_the_paces_and_stop_at_the_ends() {
        let mut pace = Pace::EpochsPerSecond(1);
        assert_eq!(pace.slower(), pace);
        for expected in &Pace::ALL[1..] {
            pace = pace.faster();
            assert_eq!(pace, *expected);
        }
        assert_eq!(pace.faster(), Pace::Max);
        assert_eq!(pace.slower(), Pace::EpochsPerSecond(1000));
    }

    #[test]
    fn a_pace_reads_back_as_it_is_written() {
        for pace in Pace::ALL {
            assert_eq!(pace.to_string().parse(), Ok(pace));
        }
        assert_eq!("200".parse(), Ok(Pace::EpochsPerSecond(200)));
        assert_eq!(
            "7".parse::<Pace>(),
            Err(
                "the speed must be one of 1, 10, 50, 200, 1000, max (epochs per second), found \"7\""
                    .to_owned()
            )
        );
    }
}
