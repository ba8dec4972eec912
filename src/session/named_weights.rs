//! Initial parameters by their names, as text: `w1=1,w2=1,b3=0`.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use anyhow::{Context, Error, Result, anyhow, bail, ensure};

use super::{LayerParameters, TrainingConfig};
use crate::nn::Network;

/// The most parameters that are named one by one.
const MOST_WEIGHTS: usize = 64;

/// Parameters by their names, each at most once; all of them finite.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NamedWeights(Vec<(String, f64)>);

impl NamedWeights {
    /// Every parameter of a network.
    #[must_use]
    pub fn of(network: &Network) -> Self {
        let parameters = network.parameters().iter().enumerate();
        let named = parameters.map(|(index, &value)| {
            let name = network.parameter_name(network.parameter_at(index));
            (name, value)
        });
        Self(named.collect())
    }

    /// The initial parameters that were given instead of drawn; empty if there are none, or too many to name.
    pub(super) fn given(config: &TrainingConfig) -> Self {
        let network = initial_network(config);
        let small = network.filter(|network| network.parameters().len() <= MOST_WEIGHTS);
        small.as_ref().map(Self::of).unwrap_or_default()
    }

    /// Whether no parameter is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets the named parameters of a network.
    ///
    /// # Errors
    ///
    /// One sentence that names the first parameter that the network does not have.
    pub fn set_in(&self, network: &mut Network) -> Result<()> {
        for (name, value) in &self.0 {
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
        let mut weights: Vec<(String, f64)> = Vec::new();
        for part in text.split(',') {
            let (name, value) = part
                .split_once('=')
                .with_context(|| format!("expected w1=0.5,b1=0, found {part:?}"))?;
            let (name, value) = (name.trim(), value.trim());
            let number = value.parse().ok().filter(|number: &f64| number.is_finite());
            let number = number.with_context(|| format!("{name}: {value:?} is not a number"))?;
            ensure!(
                weights.iter().all(|(other, _)| other != name),
                "{name} is given twice"
            );
            weights.push((name.to_owned(), number));
        }
        Ok(Self(weights))
    }
}

/// Bit for bit: what is read back is the same number.
impl Display for NamedWeights {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{name}={value}")?;
        }
        Ok(())
    }
}

/// The network that was given instead of drawn.
fn initial_network(config: &TrainingConfig) -> Option<Network> {
    let layers = config.initial_layers.as_ref()?;
    let inputs = layers.first()?.weights.first()?.len();
    let outputs = layers.last()?.biases.len();
    LayerParameters::network(layers, config.architecture(inputs, outputs)).ok()
}
