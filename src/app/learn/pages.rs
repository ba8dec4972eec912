//! The pages, in order.

mod basics;
mod beyond;

use super::Page;

/// All pages, each a lesson, in the order of their numbers.
pub static PAGES: &[Page] = &[
    basics::NEURON,
    basics::NETWORK,
    basics::DATA,
    basics::LOSS,
    basics::DOWN,
    basics::STEPS,
    basics::PREDICT,
    beyond::UNSHIFTED,
    beyond::SATURATED,
    beyond::LARGE_STEPS,
    beyond::ONE_NEURON,
    beyond::XOR,
    beyond::VANISHING,
    beyond::RACE,
    beyond::OVERFITTING,
    beyond::THREE_CLASSES,
    beyond::NOW,
];
