//! Setting a weight or bias by hand.

use crate::app::TextField;
use crate::nn::Parameter;

/// The field in which a parameter is set.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterEdit {
    /// The parameter.
    pub parameter: Parameter,
    /// The typed text.
    pub text: TextField,
    /// Why the text was rejected, if it was.
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

    /// Parses the typed number, or returns why it is not valid.
    pub(super) fn value(&self) -> Result<f64, String> {
        let typed = self.text.text().trim();
        match typed.replace('−', "-").parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err("not a number (e.g. -0.5)".to_owned()),
        }
    }
}
