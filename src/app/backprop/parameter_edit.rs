//! A weight or bias that is set by hand.

use crate::app::TextField;
use crate::nn::Parameter;

/// A number in the making.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterEdit {
    /// What it is for.
    pub parameter: Parameter,
    /// What is typed.
    pub text: TextField,
    /// Why it is not understood, in words.
    pub problem: Option<String>,
}

impl ParameterEdit {
    pub(super) fn new(parameter: Parameter, value: f64) -> Self {
        let mut text = TextField::new(value.to_string());
        text.focus();
        Self {
            parameter,
            text,
            problem: None,
        }
    }

    /// The number that is typed, or why it is none.
    pub(super) fn value(&self) -> Result<f64, String> {
        let typed = self.text.text().trim();
        match typed.replace('−', "-").parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(format!("{typed:?} is not a number, try -0.5")),
        }
    }
}
