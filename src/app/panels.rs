//! The panels of the views: which one is focused, and whether it has the whole body.
//!
//! A key that acts on a panel focuses it, so that the next `z` shows what was just changed, large.

use strum::VariantArray;

use super::keymap::Action;
use super::turn::{Turn, turn_choice};
use super::{App, View};

/// A panel of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Panel {
    /// The diagram of the network.
    Network,
    /// The loss, or something else, over the epochs.
    Chart,
    /// The samples, or another overview of them.
    Samples,
    /// The prediction box.
    Prediction,
    /// The formulas of a step.
    Formulas,
    /// The activation function of the selected neuron.
    Curve,
    /// The gradient norm of each layer.
    GradientNorms,
    /// The map of what the network has learned.
    Map,
    /// The same, small.
    SmallMap,
    /// Every weight and bias over the epochs.
    Weights,
    /// How fast each layer moves.
    Changes,
    /// The gradient norm of each layer over the epochs.
    Gradients,
    /// Every neuron in a step.
    StepNeurons,
    /// Every weight and bias in a step.
    StepParameters,
}

impl Panel {
    /// What the footer says of the key that gives it the whole body.
    pub(super) fn zoom_text(self) -> &'static str {
        match self {
            Self::Network => "zoom network",
            Self::Chart => "zoom chart",
            Self::Samples => "zoom samples",
            Self::Prediction => "zoom predict",
            Self::Formulas => "zoom formulas",
            Self::Curve => "zoom curve",
            Self::GradientNorms => "zoom norms",
            Self::Map => "only the map",
            Self::SmallMap => "zoom map",
            Self::Weights => "zoom weights",
            Self::Changes => "zoom changes",
            Self::Gradients => "zoom gradients",
            Self::StepNeurons => "zoom neurons",
            Self::StepParameters => "zoom parameters",
        }
    }
}

impl View {
    /// Its panels, in the order in which they are focused; the first one is focused at the start. Those that a small window
    /// has no room for are among them: each can have the whole body.
    #[must_use]
    pub fn panels(self) -> &'static [Panel] {
        match self {
            Self::Train => &[
                Panel::Network,
                Panel::Chart,
                Panel::Samples,
                Panel::Prediction,
                Panel::SmallMap,
                Panel::Weights,
                Panel::Changes,
                Panel::Gradients,
            ],
            Self::Backprop => &[
                Panel::Formulas,
                Panel::Network,
                Panel::Curve,
                Panel::GradientNorms,
                Panel::StepNeurons,
                Panel::StepParameters,
                Panel::Weights,
            ],
            Self::Surface => &[Panel::Map],
            // A page has its own, and they cannot be zoomed.
            Self::Learn => &[Panel::Network],
        }
    }
}

/// The focused panel of each view, and whether it has the whole body.
#[derive(Debug, Clone)]
pub(super) struct Panels {
    /// In the order of the views.
    focused: Vec<Panel>,
    /// Those of the views whose focused panel has the whole body: none takes it along to another view.
    zoomed: Vec<bool>,
    /// Whether the last key has chosen the focused panel.
    is_chosen: bool,
}

impl Default for Panels {
    fn default() -> Self {
        Self {
            focused: View::VARIANTS.iter().map(|view| view.panels()[0]).collect(),
            zoomed: vec![false; View::VARIANTS.len()],
            is_chosen: false,
        }
    }
}

impl App {
    /// The focused panel of the view.
    #[must_use]
    pub fn focused_panel(&self) -> Panel {
        self.panels.focused[self.view as usize]
    }

    /// The panel that has the whole body, if one has.
    #[must_use]
    pub fn zoomed(&self) -> Option<Panel> {
        self.panels.zoomed[self.view as usize].then(|| self.focused_panel())
    }

    /// Whether the last key has chosen the focused panel: then its border is what one looks for.
    #[must_use]
    pub fn has_chosen_panel(&self) -> bool {
        self.panels.is_chosen
    }

    /// Forgets which key has chosen the focused panel, as another one was pressed.
    pub(super) fn forget_choice(&mut self) {
        self.panels.is_chosen = false;
    }

    pub(super) fn focus_panel(&mut self, panel: Panel) {
        self.panels.focused[self.view as usize] = panel;
    }

    pub(super) fn turn_panel(&mut self, turn: Turn) {
        let mut panel = self.focused_panel();
        turn_choice(&mut panel, self.view.panels(), turn);
        self.focus_panel(panel);
        self.panels.is_chosen = true;
        if self.zoomed().is_none() {
            let is_there = self.shown_panels.contains(panel);
            let elsewhere = if is_there {
                ""
            } else {
                " (not in this window)"
            };
            self.notice = Some(format!("z: {}{elsewhere}", panel.zoom_text()));
        }
    }

    /// Gives a panel, or else the focused one, the whole body, or gives it back.
    pub(super) fn toggle_zoom(&mut self, panel: Option<Panel>) {
        let panel = panel.unwrap_or_else(|| self.focused_panel());
        self.panels.zoomed[self.view as usize] = self.zoomed() != Some(panel);
        self.focus_panel(panel);
    }

    /// Focuses a panel that shows what an action has changed, unless the focused one does.
    pub(super) fn follow(&mut self, action: Action) {
        let panels = shown_by(self.view, action);
        if let Some(&first) = panels.first()
            && !panels.contains(&self.focused_panel())
        {
            self.focus_panel(first);
        }
    }
}

/// The panels of a view that show what an action changes, most obvious first; none if all do, or if none does.
fn shown_by(view: View, action: Action) -> &'static [Panel] {
    match (view, action) {
        (View::Train, Action::TurnSample(_) | Action::TurnSamplePage(_)) => {
            &[Panel::Samples, Panel::Network]
        }
        (View::Train, Action::TurnOverview) => &[Panel::Samples],
        (View::Train, Action::Predict) => &[Panel::Prediction],
        (View::Train, Action::TurnNeuron(_)) | (_, Action::TurnLabels | Action::TurnEdges) => {
            &[Panel::Network]
        }
        (View::Train, Action::TurnChart | Action::TurnLossAxis | Action::MoveMark(..)) => {
            &[Panel::Chart]
        }
        (View::Backprop, Action::Select(_)) => &[Panel::Formulas, Panel::Network, Panel::Curve],
        (View::Backprop, Action::NextStage) => &[Panel::Formulas, Panel::Network],
        (View::Backprop, Action::TurnPrecision) => &[
            Panel::Formulas,
            Panel::StepParameters,
            Panel::StepNeurons,
            Panel::Curve,
        ],
        (View::Backprop, Action::ScrollFormulas(_)) => &[Panel::Formulas],
        _ => &[],
    }
}
