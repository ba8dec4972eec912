//! Initial parameters by their names, as text: `w1=1,w2=1,b3=0`; or `ones`, the example of the post.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use anyhow::{Context, Error, Result, anyhow, bail, ensure};

use super::{LayerParameters, TrainingConfig};
use crate::nn::{Network, Parameter};

/// The most parameters that are named one by one.
const MOST_WEIGHTS: usize = 64;

/// All weights 1 and all biases 0.
pub(super) const ONES: &str = "ones";

/// Initial parameters that replace drawn ones.
#[derive(Debug, Clone, PartialEq)]
pub enum NamedWeights {
    /// Parameters by their names, each at most once; all of them finite.
    Each(Vec<(String, f64)>),
    /// All weights are 1 and all biases 0, as in the example of the post.
    Ones,
}

impl Default for NamedWeights {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl NamedWeights {
    /// Every parameter of a network.
    #[must_use]
    pub fn of(network: &Network) -> Self {
        let parameters = network.parameters().iter().enumerate();
        let named = parameters.map(|(index, &value)| {
            let name = network.parameter_name(network.parameter_at(index));
            (name, value)
        });
        Self::Each(named.collect())
    }

    /// The initial parameters that were given instead of drawn; empty if there are none, or too many to name.
    pub(super) fn given(config: &TrainingConfig) -> Self {
        if Self::are_ones(config) {
            return Self::Ones;
        }
        let small =
            initial_network(config).filter(|network| network.parameters().len() <= MOST_WEIGHTS);
        small.as_ref().map(Self::of).unwrap_or_default()
    }

    /// Whether the initial parameters that are given are all weights 1 and all biases 0.
    pub(super) fn are_ones(config: &TrainingConfig) -> bool {
        config.initial_layers.as_ref().is_some_and(|layers| {
            layers.iter().all(|layer| {
                layer.weights.iter().flatten().all(is(1.0)) && layer.biases.iter().all(is(0.0))
            })
        })
    }

    /// Whether initial parameters are given that fit the hidden layers: others are drawn.
    pub(super) fn are_given(config: &TrainingConfig) -> bool {
        config.initial_layers.as_ref().is_some_and(|layers| {
            let given = layers.iter().map(|layer| layer.biases.len());
            let hidden = config.hidden.iter().map(|layer| layer.units);
            given.take(layers.len() - 1).eq(hidden)
        })
    }

    /// Whether no parameter is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Each(named) if named.is_empty())
    }

    /// Sets the named parameters of a network.
    ///
    /// # Errors
    ///
    /// One sentence that names the first parameter that the network does not have.
    pub fn set_in(&self, network: &mut Network) -> Result<()> {
        let named = match self {
            Self::Each(named) => named,
            Self::Ones => {
                set_ones(network);
                return Ok(());
            }
        };
        for (name, value) in named {
            let index =
                index_of(network, name).map_err(|problem| anyhow!("--weights: {problem}"))?;
            network.parameters_mut()[index] = *value;
        }
        Ok(())
    }
}

/// The index of the weight or bias with this name.
///
/// # Errors
///
/// Half a sentence that names it, if the network does not have it.
pub fn index_of(network: &Network, name: &str) -> Result<usize> {
    let Some(parameter) = network.parameter_named(name) else {
        let biases: usize = network.layers().iter().map(|layer| layer.units).sum();
        let weights = network.parameters().len() - biases;
        bail!("the network has w1 to w{weights} and b1 to b{biases}, not {name:?}");
    };
    Ok(network.index_of(parameter))
}

impl FromStr for NamedWeights {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == ONES {
            return Ok(Self::Ones);
        }
        let mut weights: Vec<(String, f64)> = Vec::new();
        for part in text.split(',') {
            let (name, value) = part
                .split_once('=')
                .with_context(|| format!("expected ones, or w1=0.5,b1=0, found {part:?}"))?;
            let (name, value) = (name.trim(), value.trim());
            let number = value.parse().ok().filter(|number: &f64| number.is_finite());
            let number = number.with_context(|| format!("{name}: {value:?} is not a number"))?;
            ensure!(
                weights.iter().all(|(other, _)| other != name),
                "{name} is given twice"
            );
            weights.push((name.to_owned(), number));
        }
        Ok(Self::Each(weights))
    }
}

/// Bit for bit: what is read back is the same number.
impl Display for NamedWeights {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let named = match self {
            Self::Each(named) => named,
            Self::Ones => return f.write_str(ONES),
        };
        for (index, (name, value)) in named.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{name}={value}")?;
        }
        Ok(())
    }
}

fn set_ones(network: &mut Network) {
    for index in 0..network.parameters().len() {
        let is_weight = matches!(network.parameter_at(index), Parameter::Weight { .. });
        network.parameters_mut()[index] = if is_weight { 1.0 } else { 0.0 };
    }
}

/// Whether another number is this one, bit for bit.
fn is(number: f64) -> impl Fn(&f64) -> bool {
    move |other| other.to_bits() == number.to_bits()
}

/// Whether all weights are 1, and all biases 0.
#[must_use]
pub fn has_ones(network: &Network) -> bool {
    network.layers().iter().all(|layer| {
        let biases = &network.parameters()[layer.biases.clone()];
        network.weights_of(layer).iter().all(is(1.0)) && biases.iter().all(is(0.0))
    })
}

/// The network that was given instead of drawn.
fn initial_network(config: &TrainingConfig) -> Option<Network> {
    let layers = config.initial_layers.as_ref()?;
    let inputs = layers.first()?.weights.first()?.len();
    let outputs = layers.last()?.biases.len();
    LayerParameters::network(layers, config.architecture(inputs, outputs)).ok()
}
