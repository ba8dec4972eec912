//! The shape of a layer, and its text form.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Activation;

/// The units of a layer and their activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerSpec {
    /// How many; at least 1.
    pub units: usize,
    /// Their activation function.
    pub activation: Activation,
}

impl LayerSpec {
    /// Layers with these numbers of units, and all with the same activation.
    #[must_use]
    pub fn alike(units: &[usize], activation: Activation) -> Vec<Self> {
        let layers = units.iter().map(|&units| Self { units, activation });
        layers.collect()
    }

    /// The activation that all of these layers have; `None` if they differ, or there is no layer.
    #[must_use]
    pub fn common_activation(layers: &[Self]) -> Option<Activation> {
        let first = layers.first()?.activation;
        let mut layers = layers.iter();
        layers
            .all(|layer| layer.activation == first)
            .then_some(first)
    }
}

/// "8:relu".
impl fmt::Display for LayerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.units, self.activation.name())
    }
}

/// A layer as it is asked for: `8`, or `8:relu`. Files have the first as a number, the second as a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct LayerRequest {
    /// How many units.
    pub units: usize,
    /// Their activation, if it is named.
    pub activation: Option<Activation>,
}

impl LayerRequest {
    /// Layers with these numbers of units, whose activation is not named.
    #[must_use]
    pub fn of_units(units: &[usize]) -> Vec<Self> {
        let activation = None;
        let layers = units.iter().map(|&units| Self { units, activation });
        layers.collect()
    }

    /// The layer, with this activation if none is named.
    #[must_use]
    pub fn or(self, usual: Activation) -> LayerSpec {
        LayerSpec {
            units: self.units,
            activation: self.activation.unwrap_or(usual),
        }
    }
}

impl From<LayerSpec> for LayerRequest {
    fn from(LayerSpec { units, activation }: LayerSpec) -> Self {
        let activation = Some(activation);
        Self { units, activation }
    }
}

/// A layer as files have it.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Units(usize),
    Text(String),
}

impl From<LayerRequest> for Written {
    fn from(layer: LayerRequest) -> Self {
        match layer.activation {
            None => Self::Units(layer.units),
            Some(_) => Self::Text(layer.to_string()),
        }
    }
}

impl TryFrom<Written> for LayerRequest {
    type Error = NotALayer;

    fn try_from(written: Written) -> Result<Self, NotALayer> {
        match written {
            Written::Units(units) => Ok(Self {
                units,
                activation: None,
            }),
            Written::Text(text) => text.parse(),
        }
    }
}

impl fmt::Display for LayerRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.activation {
            Some(activation) => write!(f, "{}:{}", self.units, activation.name()),
            None => self.units.fmt(f),
        }
    }
}

/// The error for a text that is no layer, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotALayer(String);

impl fmt::Display for NotALayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotALayer {}

impl FromStr for LayerRequest {
    type Err = NotALayer;

    fn from_str(text: &str) -> Result<Self, NotALayer> {
        let (units, name) = match text.split_once(':') {
            Some((units, name)) => (units.trim(), Some(name.trim())),
            None => (text.trim(), None),
        };
        let not_units = || NotALayer(format!("{units:?} is not a number of units"));
        let units = units.parse().map_err(|_| not_units())?;
        let activation = name.map(|name| {
            let choices = Activation::HIDDEN.into_iter();
            let chosen = choices.clone().find(|choice| choice.name() == name);
            let expected = Activation::either_of(&Activation::HIDDEN);
            chosen.ok_or_else(|| NotALayer(format!("expected {expected}, found {name:?}")))
        });
        Ok(Self {
            units,
            activation: activation.transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_read_as_it_is_written() {
        for units in [1, 8, 1024] {
            for activation in Activation::HIDDEN {
                let layer = LayerSpec { units, activation };
                assert_eq!(layer.to_string().parse(), Ok(LayerRequest::from(layer)));
                assert_eq!(LayerRequest::from(layer).to_string(), layer.to_string());
            }
            let activation = None;
            let request = LayerRequest { units, activation };
            assert_eq!(request.to_string().parse(), Ok(request));
            assert_eq!(
                request.or(Activation::Tanh).to_string(),
                format!("{units}:tanh")
            );
        }
    }

    #[test]
    fn files_have_numbers_and_texts() {
        let layers = ["8", "4:tanh"].map(|text| text.parse::<LayerRequest>().unwrap());
        let json = serde_json::to_string(&layers).unwrap();
        assert_eq!(json, r#"[8,"4:tanh"]"#);
        assert_eq!(
            serde_json::from_str::<[LayerRequest; 2]>(&json).unwrap(),
            layers
        );
        assert!(serde_json::from_str::<LayerRequest>(r#""4:step""#).is_err());
    }

    #[test]
    fn what_is_no_layer_is_said() {
        let problem = |text: &str| text.parse::<LayerRequest>().unwrap_err().to_string();
        assert_eq!(problem("x"), "\"x\" is not a number of units");
        assert_eq!(problem(":relu"), "\"\" is not a number of units");
        assert_eq!(problem("-3"), "\"-3\" is not a number of units");
        for name in ["", "softmax", "Relu"] {
            let expected = Activation::either_of(&Activation::HIDDEN);
            assert_eq!(
                problem(&format!("8:{name}")),
                format!("expected {expected}, found {name:?}")
            );
        }
    }
}
