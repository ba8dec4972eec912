//! How a value is written as the text of an option, and read back.

use anyhow::{Context, Result, bail};

use super::{OFF, ON, read_count, read_number};
use crate::data::{
    Formula, Imputation, ScalingMethod, TargetScaling, join_row, shortest, split_row,
};
use crate::nn::init::Init;
use crate::nn::{Activation, LayerRequest, Loss, OptimizerKind};
use crate::session::{NamedWeights, Schedule};

/// A value with a text form.
pub(super) trait Value: Sized {
    /// Its text; `None` if it is left open.
    fn show(&self) -> Option<String>;

    /// The value that has this text.
    ///
    /// # Errors
    ///
    /// One sentence that says what is wrong with the text.
    fn read(text: &str) -> Result<Self>;
}

/// Values that are read by their names.
macro_rules! named {
    ($($type:ty),+) => {
        $(impl Value for $type {
            fn show(&self) -> Option<String> {
                Some(self.name().to_owned())
            }

            fn read(text: &str) -> Result<Self> {
                Self::named(text).with_context(|| format!("unknown name {text:?}"))
            }
        })+
    };
}

named!(Activation, Loss, OptimizerKind, Init, Imputation);

impl Value for f64 {
    fn show(&self) -> Option<String> {
        Some(shortest(*self))
    }

    fn read(text: &str) -> Result<Self> {
        read_number(text)
    }
}

/// Whole numbers.
macro_rules! counts {
    ($($type:ty),+) => {
        $(impl Value for $type {
            fn show(&self) -> Option<String> {
                Some(self.to_string())
            }

            fn read(text: &str) -> Result<Self> {
                read_count(text)
            }
        })+
    };
}

counts!(u64, usize);

/// Values with a text form of their own.
macro_rules! own_text {
    ($($type:ty),+) => {
        $(impl Value for $type {
            fn show(&self) -> Option<String> {
                Some(self.to_string())
            }

            fn read(text: &str) -> Result<Self> {
                text.parse()
            }
        })+
    };
}

own_text!(ScalingMethod, TargetScaling, Schedule);

/// Nothing is left open.
impl<T: Value> Value for Option<T> {
    fn show(&self) -> Option<String> {
        self.as_ref().and_then(Value::show)
    }

    fn read(text: &str) -> Result<Self> {
        (!text.is_empty()).then(|| T::read(text)).transpose()
    }
}

/// A flag.
impl Value for bool {
    fn show(&self) -> Option<String> {
        Some(if *self { ON } else { OFF }.to_owned())
    }

    fn read(text: &str) -> Result<Self> {
        match text {
            ON => Ok(true),
            OFF => Ok(false),
            _ => bail!("expected {ON} or {OFF}"),
        }
    }
}

/// A delimiter.
impl Value for char {
    fn show(&self) -> Option<String> {
        Some(match self {
            '\t' => "tab".to_owned(),
            ' ' => "blank".to_owned(),
            other => other.to_string(),
        })
    }

    fn read(text: &str) -> Result<Self> {
        match text {
            "\\t" | "tab" => Ok('\t'),
            "blank" => Ok(' '),
            _ => {
                let character = text.parse().ok();
                character.with_context(|| {
                    format!("expected one character, or tab or blank, found {text:?}")
                })
            }
        }
    }
}

impl Value for String {
    fn show(&self) -> Option<String> {
        Some(self.clone())
    }

    fn read(text: &str) -> Result<Self> {
        Ok(text.to_owned())
    }
}

/// The names of columns and the like, as a row of a CSV: those with a comma stand in quotes.
impl Value for Vec<String> {
    fn show(&self) -> Option<String> {
        (!self.is_empty()).then(|| join_row(self.iter().map(String::as_str)))
    }

    fn read(text: &str) -> Result<Self> {
        split_row(text)
    }
}

/// The inputs, written as a list of names is.
impl Value for Vec<Formula<String>> {
    fn show(&self) -> Option<String> {
        let texts: Vec<String> = self.iter().map(Formula::to_string).collect();
        texts.show()
    }

    fn read(text: &str) -> Result<Self> {
        let texts = Vec::<String>::read(text)?;
        texts.iter().map(|text| text.parse()).collect()
    }
}

/// The hidden layers.
impl Value for Vec<LayerRequest> {
    fn show(&self) -> Option<String> {
        let layers: Vec<String> = self.iter().map(LayerRequest::to_string).collect();
        Some(if layers.is_empty() {
            "none".to_owned()
        } else {
            layers.join(",")
        })
    }

    fn read(text: &str) -> Result<Self> {
        if text == "none" {
            return Ok(Vec::new());
        }
        let layers = text.split(',').map(|layer| Ok(layer.parse()?));
        layers.collect()
    }
}

impl Value for NamedWeights {
    fn show(&self) -> Option<String> {
        (!self.is_empty()).then(|| self.to_string())
    }

    fn read(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        text.parse()
    }
}
