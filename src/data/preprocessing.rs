//! The only way from the raw values of a sample to the inputs of a network.

use anyhow::{Result, ensure};

use super::{Feature, Scaling};

/// One number that the network sees of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is called, "weight" or "sex=female".
    pub name: String,
    recipe: Recipe,
}

/// How an input is computed from the raw values of a sample. Features are named by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipe {
    /// The raw value of a feature.
    Value { feature: usize },
    /// 1 if a category is this word, else 0.
    Indicator { feature: usize, word: u32 },
}

/// How the inputs of a network are made: each is computed from the raw values, then scaled.
#[derive(Debug, Clone, PartialEq)]
pub struct Preprocessing {
    features: Vec<Feature>,
    inputs: Vec<Input>,
    scaling: Scaling,
}

impl Input {
    /// Its value, before it is scaled.
    pub(super) fn value(&self, raw: &[f64]) -> f64 {
        match self.recipe {
            Recipe::Value { feature } => raw[feature],
            Recipe::Indicator { feature, word } => f64::from(raw[feature] == f64::from(word)),
        }
    }

    /// Whether it is 0 or 1, and never scaled.
    #[must_use]
    pub fn is_indicator(&self) -> bool {
        matches!(self.recipe, Recipe::Indicator { .. })
    }

    /// Whether this feature, named by its index, has a part in it.
    #[must_use]
    pub fn is_made_of(&self, feature: usize) -> bool {
        match self.recipe {
            Recipe::Value { feature: own } | Recipe::Indicator { feature: own, .. } => {
                own == feature
            }
        }
    }
}

/// The inputs that a feature makes: a number one, a category one for each word. Of two words, the second
/// alone says it all.
fn inputs_from(index: usize, feature: &Feature) -> Vec<Input> {
    match feature {
        Feature::Number(quantity) => vec![Input {
            name: quantity.name.clone(),
            recipe: Recipe::Value { feature: index },
        }],
        Feature::Category { name, words } => {
            let first = usize::from(words.len() == 2);
            let inputs = words.iter().zip(0..).skip(first);
            let inputs = inputs.map(|(word, number)| Input {
                name: format!("{name}={word}"),
                recipe: Recipe::Indicator {
                    feature: index,
                    word: number,
                },
            });
            inputs.collect()
        }
    }
}

impl Preprocessing {
    /// The inputs that these features make, not scaled.
    #[must_use]
    pub fn unscaled(features: Vec<Feature>) -> Self {
        let inputs: Vec<Input> = features
            .iter()
            .enumerate()
            .flat_map(|(index, feature)| inputs_from(index, feature))
            .collect();
        Self {
            scaling: Scaling::none(inputs.len()),
            features,
            inputs,
        }
    }

    /// The inputs that these features make, scaled so. For what a file says.
    ///
    /// # Errors
    ///
    /// If a category has fewer than two words, or the scaling is not one for these inputs.
    pub fn new(features: Vec<Feature>, scaling: Scaling) -> Result<Self> {
        for feature in &features {
            if let Feature::Category { name, words } = feature {
                ensure!(
                    words.len() >= 2,
                    "the category {name:?} needs two words or more"
                );
            }
        }
        let mut preprocessing = Self::unscaled(features);
        ensure!(
            scaling.is_sound(preprocessing.inputs.len()),
            "the scaling does not fit the features"
        );
        preprocessing.scaling = scaling;
        Ok(preprocessing)
    }

    /// The features, in the order of the raw values.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The inputs, in the order in which the network sees them.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// How the inputs are scaled.
    #[must_use]
    pub fn scaling(&self) -> &Scaling {
        &self.scaling
    }

    pub(super) fn set_scaling(&mut self, scaling: Scaling) {
        self.scaling = scaling;
    }

    /// The inputs of the network for a sample with these raw values, one for each feature.
    #[must_use]
    pub fn network_inputs(&self, raw: &[f64]) -> Vec<f64> {
        self.apply(raw).collect()
    }

    /// Appends [`Self::network_inputs`] to others: without new memory for each of many samples.
    pub fn append_inputs(&self, raw: &[f64], inputs: &mut Vec<f64>) {
        inputs.extend(self.apply(raw));
    }

    /// [`Self::network_inputs`], one by one.
    pub(super) fn apply(&self, raw: &[f64]) -> impl Iterator<Item = f64> {
        self.scaling.apply(self.values(raw))
    }

    /// The inputs before they are scaled.
    pub(super) fn values(&self, raw: &[f64]) -> impl Iterator<Item = f64> {
        debug_assert_eq!(raw.len(), self.features.len());
        self.inputs.iter().map(|input| input.value(raw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Dataset, ScalingMethod, Target};

    fn category(name: &str, words: &[&str]) -> Feature {
        Feature::Category {
            name: name.to_owned(),
            words: words.iter().map(|&word| word.to_owned()).collect(),
        }
    }

    /// Three samples: weight, sex and cut of each.
    fn diamonds() -> Dataset {
        let features = vec![
            Feature::number("weight", "ct"),
            category("sex", &["male", "female"]),
            category("cut", &["fair", "good", "ideal"]),
        ];
        Dataset {
            name: "diamonds".to_owned(),
            preprocessing: Preprocessing::unscaled(features),
            target: Target::Numbers(Vec::from([crate::data::Quantity {
                name: "price".to_owned(),
                unit: String::new(),
            }])),
            sample_names: Vec::new(),
            rows: Vec::new(),
            raw: vec![1.0, 0.0, 2.0, 3.0, 1.0, 0.0, 5.0, 1.0, 1.0],
            targets: vec![7.0, 8.0, 9.0],
            target_scaling: Scaling::none(1),
            training_samples: 2,
            unseen: Vec::new(),
            remarks: Vec::new(),
        }
    }

    #[test]
    fn a_category_makes_an_input_for_each_word_and_one_for_two() {
        let diamonds = diamonds();
        let names: Vec<&str> = diamonds.inputs().iter().map(|i| i.name.as_str()).collect();
        let expected = ["weight", "sex=female", "cut=fair", "cut=good", "cut=ideal"];
        assert_eq!(names, expected);
        let training = diamonds.training();
        assert_eq!(training.input_width, 5);
        assert_eq!(training.rows(0..1).0, [1.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(training.rows(1..2).0, [3.0, 1.0, 1.0, 0.0, 0.0]);
        let test = diamonds.test().unwrap();
        assert_eq!(test.inputs, [5.0, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(test.inputs, diamonds.network_inputs(diamonds.raw_of(2)));
    }

    #[test]
    fn every_input_is_made_of_its_feature() {
        let diamonds = diamonds();
        let made_of = |feature| -> Vec<usize> {
            let inputs = diamonds.inputs().iter().enumerate();
            let own = inputs.filter(|(_, input)| input.is_made_of(feature));
            own.map(|(index, _)| index).collect()
        };
        assert_eq!([made_of(0), made_of(1)], [vec![0], vec![1]]);
        assert_eq!(made_of(2), [2, 3, 4]);
    }

    #[test]
    fn only_numbers_are_scaled() {
        let mut diamonds = diamonds();
        for (method, weights) in [
            (ScalingMethod::Standardize, [-1.0, 1.0]),
            (ScalingMethod::Center, [-1.0, 1.0]),
            (ScalingMethod::Shift(vec![1.0]), [0.0, 2.0]),
        ] {
            diamonds.scale(&method).unwrap();
            let inputs = diamonds.training().inputs;
            assert_eq!(inputs[..5], [weights[0], 0.0, 0.0, 0.0, 1.0], "{method:?}");
            assert_eq!(inputs[5..], [weights[1], 1.0, 1.0, 0.0, 0.0], "{method:?}");
        }
        assert!(diamonds.remarks.is_empty());
    }

    #[test]
    fn a_scaling_from_a_file_has_a_number_for_each_input() {
        let new = |words: &[&str], inputs| {
            let features = vec![Feature::number("x", ""), category("cut", words)];
            Preprocessing::new(features, Scaling::none(inputs)).map_err(|e| e.to_string())
        };
        assert_eq!(new(&["a", "b"], 2).unwrap().inputs().len(), 2);
        assert_eq!(new(&["a", "b", "c"], 4).unwrap().inputs().len(), 4);
        let words = "the scaling does not fit the features";
        assert_eq!(new(&["a", "b", "c"], 2), Err(words.to_owned()));
        let words = "the category \"cut\" needs two words or more";
        assert_eq!(new(&["a"], 2), Err(words.to_owned()));
    }
}
