//! Whether there is memory for a network, asked before any is taken: an allocation that fails would end the program
//! in the middle of drawing.

use anyhow::{Result, ensure};

use crate::nn::Architecture;

/// How often a run that trains holds every parameter: the network, its gradient, what an optimizer remembers, the
/// state to return to, the start of its timeline, and the report for the screen.
const COPIES: usize = 10;

/// # Errors
///
/// One sentence, if the system has not enough memory to train a network.
pub(super) fn check_memory(architecture: &Architecture) -> Result<()> {
    let sizes = architecture.sizes();
    let parameters = sizes.windows(2).fold(0usize, |sum, pair| {
        sum.saturating_add((pair[0] + 1).saturating_mul(pair[1]))
    });
    let bytes = parameters.saturating_mul(COPIES * size_of::<f64>());
    // It is only asked for and never touched, which costs nothing.
    let is_there = Vec::<u8>::new().try_reserve_exact(bytes).is_ok();
    ensure!(
        is_there,
        "there is not enough memory to train {parameters} parameters: they take {} MB",
        bytes >> 20
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Activation, LayerSpec};

    fn with_hidden(units: usize) -> Architecture {
        Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[units, units], Activation::Tanh),
            output: LayerSpec {
                units: 1,
                activation: Activation::Sigmoid,
            },
        }
    }

    #[test]
    fn what_no_machine_has_is_refused_in_one_sentence() {
        assert!(check_memory(&with_hidden(8)).is_ok());
        let refused = check_memory(&with_hidden(usize::MAX >> 8)).unwrap_err();
        let text = refused.to_string();
        assert!(
            text.starts_with("there is not enough memory to train "),
            "{text}"
        );
    }
}
