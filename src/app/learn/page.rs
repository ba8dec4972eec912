//! What a page of the lessons is made of: a text, a prepared run, and what to do there.

use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::Result;

use super::PAGES;
use super::keys::Keys;
use crate::app::{App, Stage};
use crate::nn::Network;
use crate::session::setting::settings;
use crate::session::{Draft, Run};
use crate::trainer::Pace;

/// A page: a lesson, one screen with one new idea.
#[derive(Debug)]
pub struct Page {
    /// Its name on the command line.
    pub name: &'static str,
    /// A title, a blank line, and the text. Figures are placeholders such as `{loss}` and `{w1:4}`, with the number of
    /// significant digits.
    pub(super) source: &'static str,
    /// Whether the figures follow the run; else they are those of the prepared run.
    pub is_live: bool,
    /// The prepared run, as options of the command line.
    pub options: &'static str,
    /// Where the prepared run stands.
    pub stand: Stand,
    /// The live panels beside the text, the most important first.
    pub panels: &'static [LessonPanel],
    /// More of them for a large window.
    pub more: &'static [LessonPanel],
    /// What the arrows choose.
    pub touch: Touch,
    /// What there is to train.
    pub practice: Practice,
    /// Whether the run is trained from many seeds in the background.
    pub sweeps: bool,
    /// A number to guess before it is seen, if there is one.
    pub guess: Option<Guess>,
    /// What to reach.
    pub goals: &'static [Goal],
    /// The first hint.
    pub nudge: &'static str,
    /// The keys that reach all goals.
    pub solution: Keys,
}

/// Where a prepared run stands when a page opens.
#[derive(Debug, Clone, Copy)]
pub struct Stand {
    /// The epoch.
    pub epoch: u64,
    /// The values in the prediction box whose way through the network is shown; `None` to show a sample of the data.
    pub typed: Option<&'static [f64]>,
    /// The weight or bias that is selected.
    pub selected: &'static str,
    /// The stage of the step.
    pub stage: Stage,
    /// The significant digits of formulas.
    pub digits: usize,
    /// How fast it trains.
    pub pace: Pace,
}

impl Stand {
    /// At the start, with the first sample.
    pub(super) const START: Self = Self {
        epoch: 0,
        typed: None,
        selected: "w1",
        stage: Stage::Forward,
        digits: 3,
        pace: Pace::EpochsPerSecond(200),
    };
}

/// A panel beside the text: one of those of the other views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonPanel {
    /// The network with what is shown.
    Network,
    /// The network with the step that comes next.
    Step,
    /// The formulas of the selected weight, bias or neuron.
    Formulas,
    /// The activation function, with the pre-activation on it.
    Curve,
    /// The gradient norm of each layer.
    GradientNorms,
    /// The samples, or the confusion matrix.
    Samples,
    /// The samples as they are given, without predictions.
    GivenSamples,
    /// The loss over the epochs.
    Chart,
    /// The prediction box.
    Prediction,
    /// The map of what the network has learned.
    Map,
}

/// What the arrows choose and Enter changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// Nothing.
    Nothing,
    /// The inputs of the prediction box.
    Inputs,
    /// Weights and biases.
    Parameters,
    /// Both.
    InputsAndParameters,
    /// Another run, by the options in which it differs: the last one stays on the chart.
    Variants(&'static [&'static str]),
    /// Everything, by the settings. Other pages keep the run that they are about.
    Settings,
}

/// What there is to train on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Practice {
    /// Nothing: the page is about the network as it is.
    Nothing,
    /// The run, epoch by epoch.
    Epochs,
    /// The run, stage by stage of its steps.
    Stages,
}

/// A number to guess.
#[derive(Debug)]
pub struct Guess {
    /// The question.
    pub question: &'static str,
    /// The answer, by the prepared run; `None` while it is not known.
    pub answer: fn(&App) -> Option<f64>,
}

/// A state to reach, in whatever way.
#[derive(Debug)]
pub struct Goal {
    /// What to reach.
    pub text: &'static str,
    /// A number that shows that it is reached; `None` if it is not.
    pub reached: fn(&App) -> Option<f64>,
    /// What is written of that number beside the text.
    pub proof: Proof,
}

/// What is written beside a goal that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The number.
    Number,
    /// The epoch at whose end it was reached: the number goes on changing.
    Epoch,
    /// Nothing: that it is reached says all.
    Nothing,
}

impl Goal {
    /// The number that is written beside the goal; `None` if it is not reached.
    pub(super) fn proven(&self, app: &App) -> Option<f64> {
        let number = (self.reached)(app)?;
        Some(match self.proof {
            Proof::Number | Proof::Nothing => number,
            Proof::Epoch => app.run.training.position.epoch as f64,
        })
    }
}

impl Page {
    /// The title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let (title, _) = self.parts();
        title.trim_start_matches("# ")
    }

    /// The number of its lesson, from 1.
    #[must_use]
    pub fn number(&self) -> usize {
        let earlier = PAGES.iter().take_while(|page| page.name != self.name);
        earlier.count() + 1
    }

    /// The lines of the text with its placeholders: a paragraph is one line, and a line that begins with a blank is a formula
    /// or a command.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<String> {
        let (_, text) = self.parts();
        let mut paragraphs: Vec<String> = Vec::new();
        let mut is_open = false;
        for line in text.lines() {
            let is_plain = !line.is_empty() && !line.starts_with(' ');
            match paragraphs.last_mut() {
                Some(last) if is_open && is_plain => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => paragraphs.push(line.to_owned()),
            }
            is_open = is_plain;
        }
        paragraphs
    }

    fn parts(&self) -> (&'static str, &'static str) {
        self.source.split_once("\n\n").unwrap_or((self.source, ""))
    }

    /// Whether it is about the data, and not only about a network for which any would do.
    #[must_use]
    pub fn shows_data(&self) -> bool {
        let are_samples =
            |panel: &LessonPanel| matches!(panel, LessonPanel::Samples | LessonPanel::GivenSamples);
        self.practice != Practice::Nothing || self.panels.iter().any(are_samples)
    }

    /// The variants of the run; empty if there are none.
    #[must_use]
    pub fn variants(&self) -> &'static [&'static str] {
        match self.touch {
            Touch::Variants(variants) => variants,
            _ => &[],
        }
    }

    /// What each variant changes, in the words of the settings: "optimizer adam".
    pub(super) fn variant_texts(&self) -> Vec<String> {
        let prepared = Draft::of_options(self.options);
        let text = |options: &&str| {
            let varied = Draft::of_options(&format!("{} {options}", self.options));
            let (Ok(prepared), Ok(varied)) = (&prepared, &varied) else {
                return (*options).to_owned();
            };
            let changed = settings().filter(|setting| setting.differs(prepared, varied));
            let named = changed.map(|setting| setting.named_value(varied));
            named.collect::<Vec<_>>().join(", ")
        };
        self.variants().iter().map(text).collect()
    }

    /// The prepared run, or a variant of it, and the network of its start.
    ///
    /// # Errors
    ///
    /// If its options are not sound; a test prepares every page.
    pub fn prepare(&self, variant: Option<usize>) -> Result<(Arc<Run>, Network)> {
        let more = variant.map_or("", |variant| self.variants()[variant]);
        let draft = Draft::of_options(&format!("{} {more}", self.options))?;
        let dataset = draft.source.load(&mut |_| ControlFlow::Continue(()))?;
        let run = Run::prepare(draft, Arc::new(dataset))?;
        let network = run.begin()?.network().clone();
        Ok((Arc::new(run), network))
    }
}
