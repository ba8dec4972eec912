//! How much is written at the neurons: the class of an output, and the digits of an activation.
//!
//! ```text
//! o1 0.032 → M    o1 0.032→M    o1 Adelie 0.998    o1 Adelie
//! [▒▒▒▒▒▒▒▒▒▒]    [▒▒▒▒▒▒▒▒]    [▒▒▒▒▒▒▒▒▒▒▒▒▒]    [▒▒] 0.998
//! b3 +1.43        b3 +1.43      b3 +1.43           b3 +1.43
//! ```
//!
//! Of two classes, the number does not stand for the one that it means: what it means is behind it. Of more, each output
//! has its own.

use ratatui::style::Style;

use super::subject::{LONGEST_CLASS, Subject};
use crate::data::Task;
use crate::nn::{Neuron, Source};
use crate::ui::style::{widest, width};

/// How much is written at the neurons.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording {
    /// Which of the lengths the names of classes at outputs have; `None` if outputs bear none.
    classes: Option<usize>,
    /// Whether that takes less room: of two classes without spaces around the arrow, of more with the number of an output
    /// below its class and behind its body.
    is_narrow: bool,
    /// Whether activations have three digits, as in formulas.
    pub(super) is_fine: bool,
}

impl Wording {
    pub(super) const LEAST: Self = Self {
        classes: None,
        is_narrow: false,
        is_fine: false,
    };

    /// All that there are, the best first.
    pub(super) fn of(subject: &Subject) -> impl Iterator<Item = Self> {
        // A picture has its number above or beside.
        let can_be_narrow =
            subject.run.dataset().target.task() == Task::Binary || subject.ink.is_none();
        let lengths = (0..LONGEST_CLASS.len()).map(Some).chain([None]);
        let classes = lengths.flat_map(|length| [(length, false), (length, true)]);
        let classes = classes.filter(move |(_, is_narrow)| can_be_narrow || !is_narrow);
        classes.flat_map(|(classes, is_narrow)| {
            [true, false].map(|is_fine| Self {
                classes,
                is_narrow,
                is_fine,
            })
        })
    }

    /// The names of the classes, if outputs bear them.
    fn classes<'s>(self, subject: &'s Subject) -> Option<&'s [String]> {
        self.classes.map(|length| subject.class_names(length))
    }

    /// The name of a neuron; of one of several outputs with its class: "o1 Adelie".
    pub(super) fn name(self, subject: &Subject, at: Neuron) -> String {
        let name = subject.network.neuron_name(at);
        match subject.class_of(at).zip(self.classes(subject)) {
            Some((class, classes)) => format!("{name} {}", classes[class]),
            None => name,
        }
    }

    /// Whether the number of a neuron is below its name.
    pub(super) fn is_below_name(self, subject: &Subject, at: Neuron) -> bool {
        self.is_narrow && self.classes.is_some() && subject.class_of(at).is_some()
    }

    /// The class that the output of two means, and its colour: " → F".
    pub(super) fn verdict(
        self,
        subject: &Subject,
        at: Neuron,
        output: f64,
    ) -> Option<(String, Style)> {
        let classes = self.verdicts(subject, at)?;
        let target = &subject.run.dataset().target;
        let class = target.task().class(&[output])?;
        let text = format!("{}{}", self.arrow(subject), classes[class]);
        let style = subject.theme.class(target.classes(), class);
        let is_dim = !subject.is_about(Source::Neuron(at));
        // Not dim: a colour that is dimmed is not read on every background.
        let style = if is_dim {
            style
        } else {
            subject.theme.strong().patch(style)
        };
        Some((text, style))
    }

    /// The cells of the class behind the output of two.
    pub(super) fn verdict_width(self, subject: &Subject, at: Neuron) -> u16 {
        self.verdicts(subject, at)
            .map_or(0, |classes| width(self.arrow(subject)) + widest(classes))
    }

    /// The classes that the number of this neuron can mean.
    fn verdicts<'s>(self, subject: &'s Subject, at: Neuron) -> Option<&'s [String]> {
        let is_binary = subject.run.dataset().target.task() == Task::Binary;
        self.classes(subject)
            .filter(|_| is_binary && subject.network.is_output(at))
    }

    fn arrow(self, subject: &Subject) -> &'static str {
        if self.is_narrow {
            subject.theme.glyph("→", ":")
        } else {
            subject.theme.glyph(" → ", ": ")
        }
    }
}
