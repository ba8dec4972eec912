//! How a gradient changes the parameters.

use serde::{Deserialize, Serialize};

/// A rule that turns a gradient into an update of the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Optimizer {
    /// Stochastic gradient descent: p ← p − η·∂L/∂p.
    Sgd,
}

impl Optimizer {
    /// One update of all parameters, in place, with learning rate η.
    #[inline]
    pub fn update(self, learning_rate: f64, parameters: &mut [f64], gradient: &[f64]) {
        debug_assert_eq!(parameters.len(), gradient.len());
        match self {
            Self::Sgd => {
                for (parameter, derivative) in parameters.iter_mut().zip(gradient) {
                    *parameter -= learning_rate * derivative;
                }
            }
        }
    }

    /// The name on the screen and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sgd => "sgd",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Optimizer;

    #[test]
    fn sgd_goes_down_the_gradient() {
        let mut parameters = [1.0, -2.0];
        Optimizer::Sgd.update(0.5, &mut parameters, &[0.5, -4.0]);
        assert_eq!(parameters, [0.75, 0.0]);
    }
}
