//! The numbers in the optimizers' formulas.

use serde::{Deserialize, Serialize};

/// How much of what it remembers an optimizer keeps from step to step: each at least 0 and below 1. Names and defaults
/// are those of PyTorch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Coefficients {
    /// μ, what momentum and nesterov keep of v.
    pub momentum: f64,
    /// α, what rmsprop keeps of s.
    pub alpha: f64,
    /// β₁, what adam and adamw keep of m.
    pub beta1: f64,
    /// β₂, what adam and adamw keep of v.
    pub beta2: f64,
}

impl Default for Coefficients {
    fn default() -> Self {
        Self {
            momentum: 0.9,
            alpha: 0.99,
            beta1: 0.9,
            beta2: 0.999,
        }
    }
}
