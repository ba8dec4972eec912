//! What is predicted, and what the outputs of a network mean.

use serde::{Deserialize, Serialize};

use super::{Quantity, plain, scrub, with_unit};

/// What should be predicted, and how it is encoded in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// One of two classes: one output, 0 for the first and 1 for the second.
    Binary {
        /// What the classes are of, "gender".
        name: String,
        /// Their names, by their number.
        classes: [String; 2],
    },
    /// One of several classes: one output for each, 1 for the right one and 0 for the others.
    Classes {
        /// What the classes are of, "species".
        name: String,
        /// Their names, by their number.
        classes: Vec<String>,
    },
    /// Numbers: one output each.
    Numbers(Vec<Quantity>),
}

/// What the outputs of a network are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// One output separates two classes; 0.5 and above is class 1.
    Binary,
    /// The largest output names the class.
    Classes,
    /// The outputs are the numbers themselves.
    Numbers,
}

impl Task {
    /// The class that outputs (or targets) stand for; `None` if they are numbers.
    #[must_use]
    #[inline]
    pub fn class(self, outputs: &[f64]) -> Option<usize> {
        match self {
            Self::Binary => Some(usize::from(outputs[0] >= 0.5)),
            Self::Classes => {
                let largest = (1..outputs.len()).fold(0, |largest, class| {
                    if outputs[class] > outputs[largest] {
                        class
                    } else {
                        largest
                    }
                });
                Some(largest)
            }
            Self::Numbers => None,
        }
    }

    /// The outputs (or targets) that stand for a class, `width` of them if there are several classes.
    #[must_use]
    pub fn outputs_of(self, class: usize, width: usize) -> Vec<f64> {
        let share = |of: usize| f64::from(u8::from(of == class));
        match self {
            Self::Binary => vec![share(1)],
            Self::Classes | Self::Numbers => (0..width).map(share).collect(),
        }
    }
}

impl Target {
    /// What the outputs are for.
    #[must_use]
    pub fn task(&self) -> Task {
        match self {
            Self::Binary { .. } => Task::Binary,
            Self::Classes { .. } => Task::Classes,
            Self::Numbers(_) => Task::Numbers,
        }
    }

    /// Returns how many outputs a network needs.
    #[must_use]
    pub fn outputs(&self) -> usize {
        match self {
            Self::Binary { .. } => 1,
            Self::Classes { classes, .. } => classes.len(),
            Self::Numbers(numbers) => numbers.len(),
        }
    }

    /// The names of the classes by their number; empty if numbers are predicted.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        match self {
            Self::Binary { classes, .. } => classes,
            Self::Classes { classes, .. } => classes,
            Self::Numbers(_) => &[],
        }
    }

    /// Outputs (or targets) as text: the class, or the numbers with their units.
    #[must_use]
    pub fn label(&self, outputs: &[f64]) -> String {
        match (self, self.task().class(outputs)) {
            (_, Some(class)) => self.classes()[class].clone(),
            (Self::Numbers(numbers), None) => {
                let outputs = outputs.iter().zip(numbers);
                let labels =
                    outputs.map(|(output, number)| with_unit(&plain(*output), &number.unit));
                labels.collect::<Vec<_>>().join(", ")
            }
            (_, None) => unreachable!("only numbers have no class"),
        }
    }

    /// The unit that all numbers have; empty if they have none, or not the same.
    #[must_use]
    pub fn unit(&self) -> &str {
        let Self::Numbers(numbers) = self else {
            return "";
        };
        let unit = numbers[0].unit.as_str();
        let is_shared = numbers.iter().all(|number| number.unit == unit);
        if is_shared { unit } else { "" }
    }

    /// Removes from all texts what could disturb a screen.
    pub fn scrub_texts(&mut self) {
        let scrub_text = |text: &mut String| *text = scrub(text);
        match self {
            Self::Binary { name, classes } => {
                scrub_text(name);
                classes.iter_mut().for_each(scrub_text);
            }
            Self::Classes { name, classes } => {
                scrub_text(name);
                classes.iter_mut().for_each(scrub_text);
            }
            Self::Numbers(numbers) => numbers.iter_mut().for_each(Quantity::scrub_texts),
        }
    }
}
