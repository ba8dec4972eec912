//! A line of the diagram: a connection of two neurons, and what stands on it.

/// A connection of two neurons.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge {
    /// The row of the source, counted from the top of the area.
    pub(super) from: u16,
    /// The row of the target.
    pub(super) to: u16,
    /// What stands on it: a weight or a gradient.
    pub(super) number: f64,
    /// The same as it is written.
    pub(super) text: String,
    /// How heavy its line is: under 1 light, over 3 heavy.
    pub(super) heaviness: f64,
    /// Whether the arrows have chosen it.
    pub(super) is_chosen: bool,
    /// Whether it is a part of what is in focus.
    pub(super) is_in_focus: bool,
}

/// How heavy a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magnitude {
    /// Under 1.
    Small,
    /// From 1 to 3.
    Medium,
    /// From 3 on.
    Large,
}

impl Edge {
    pub(super) fn magnitude(&self) -> Magnitude {
        match self.heaviness {
            ..1.0 => Magnitude::Small,
            ..3.0 => Magnitude::Medium,
            _ => Magnitude::Large,
        }
    }

    /// The row, with its fraction, at a fraction of the way.
    pub(super) fn row(&self, fraction: f64) -> f64 {
        let (from, to) = (f64::from(self.from), f64::from(self.to));
        from + fraction * (to - from)
    }
}
