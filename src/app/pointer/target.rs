//! What is drawn in a cell of the screen.

use crate::app::keymap::Action;
use crate::app::{Selection, Shown};

/// What is drawn in a cell, as far as the mouse can do something with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Target {
    /// Nothing that the mouse acts on.
    #[default]
    Nothing,
    /// The name of what a key does: a view, a key in the footer or in a title.
    Command(Action),
    /// A row of the samples.
    Sample(Shown),
    /// The rest of the samples.
    Samples,
    /// A neuron, a weight or a bias of the diagram.
    Part(Selection),
    /// The rest of the diagram.
    Network,
    /// A column of the chart.
    Epoch {
        /// The epoch in its middle.
        epoch: u64,
        /// The number of epochs that are as good as this one.
        reach: u64,
    },
    /// The rest of the chart.
    Chart,
    /// A cell of the large map.
    Point(MapCell),
    /// A cell of the loss slice.
    SlicePoint(MapCell),
    /// The formulas.
    Formulas,
    /// A cell of a field of the prediction box.
    Field {
        /// The index of the field.
        index: usize,
        /// The index of the character.
        cursor: usize,
    },
    /// A cell of the field that is typed into.
    Text {
        /// The index of the character.
        cursor: usize,
    },
    /// An entry of the help.
    Entry(usize),
    /// A line of the settings.
    Setting(usize),
    /// A kept run.
    Run(usize),
    /// The rest of a window, or of the prediction box while it is typed into.
    Window,
    /// What is outside the window that is open.
    Outside,
}

/// A cell of a map, counted from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapCell {
    /// From the left.
    pub column: u16,
    /// From the top.
    pub row: u16,
    /// How many columns and rows the map has.
    pub size: (u16, u16),
}

impl Target {
    /// The target of one cell of an area, this many columns and rows from the upper left corner of the area.
    #[must_use]
    pub fn at_cell(self, column: u16, row: u16) -> Self {
        let moved = |first: MapCell| MapCell {
            column: first.column + column,
            row: first.row + row,
            ..first
        };
        match self {
            Self::Point(first) => Self::Point(moved(first)),
            Self::SlicePoint(first) => Self::SlicePoint(moved(first)),
            other => other,
        }
    }

    /// Whether a second click opens it.
    pub(super) fn can_be_opened(self) -> bool {
        matches!(
            self,
            Self::Part(_)
                | Self::Epoch { .. }
                | Self::Point(_)
                | Self::SlicePoint(_)
                | Self::Setting(_)
                | Self::Run(_)
        )
    }
}
