//! What the screen shows: the view, the scale of its loss axis, and what receives the keys.

use strum::{IntoStaticStr, VariantArray};

use super::App;
use super::turn::{Turn, turn_choice};

/// A set of panels, in the order of the tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum View {
    /// The run: network, loss, samples, predictions.
    Train,
    /// One step of training, number by number.
    Backprop,
    /// What the network has learned: its output over the plane of two features.
    Surface,
    /// Lessons, each beside a run that is prepared for it.
    Learn,
}

impl View {
    /// The name on the command line.
    #[must_use]
    pub fn option(self) -> &'static str {
        self.into()
    }

    /// Whether it shows the next step before it is made.
    #[must_use]
    pub fn looks_ahead(self) -> bool {
        matches!(self, Self::Backprop | Self::Learn)
    }

    /// The next or previous view, around the ends.
    pub(super) fn turned(self, turn: Turn) -> Self {
        let mut view = self;
        turn_choice(&mut view, Self::VARIANTS, turn);
        view
    }

    /// All views.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The views of the reader's own run.
    pub const OF_RUNS: &[Self] = &[Self::Train, Self::Backprop, Self::Surface];

    /// The key that shows it.
    #[must_use]
    pub fn key(self) -> char {
        match self {
            Self::Train => '1',
            Self::Backprop => '2',
            Self::Surface => '3',
            Self::Learn => '4',
        }
    }

    /// The name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "Train",
            Self::Backprop => "Backprop",
            Self::Surface => "Surface",
            Self::Learn => "Learn",
        }
    }
}

/// What labels the edges of the diagram, where there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// Names and values: "w1 +1.04".
    Both,
    /// Names: "w1".
    Names,
    /// Values: "+1.04".
    Values,
}

impl Labels {
    /// What to write, best first: where few have room for both, the names, which formulas and lessons speak of.
    pub(super) fn forms(self) -> &'static [Self] {
        match self {
            Self::Both => &[Self::Both, Self::Names],
            Self::Names => &[Self::Names],
            Self::Values => &[Self::Values],
        }
    }

    /// What is said of the key that turns to them.
    fn as_next(self) -> &'static str {
        match self {
            Self::Both => "names, values",
            Self::Names => "names",
            Self::Values => "values",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Both => "names and values, where there is room",
            Self::Names => "names",
            Self::Values => "values",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Both => Self::Names,
            Self::Names => Self::Values,
            Self::Values => Self::Both,
        }
    }
}

impl App {
    /// What the key of the labels turns to.
    #[must_use]
    pub fn next_labels(&self) -> &'static str {
        self.labels.next().as_next()
    }

    pub(super) fn turn_labels(&mut self) {
        self.labels = self.labels.next();
        self.notice = Some(format!("labels: {}", self.labels.text()));
    }
}

/// What receives the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The run: keys are commands.
    Run,
    /// The prediction box: keys are text.
    Prediction,
    /// The guess of a lesson: keys are text.
    Guess,
    /// The points that are drawn on the map: keys place and remove them.
    Drawing,
}

/// The scale of the loss axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossAxis {
    /// Linear, from 0.
    Linear,
    /// Logarithmic.
    Log,
}

impl LossAxis {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Linear => Self::Log,
            Self::Log => Self::Linear,
        }
    }
}
