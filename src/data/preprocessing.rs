//! The only way from the raw values of a sample to the inputs of a network.
//!
//! ```text
//! raw values → scaled values → inputs
//! 128 lb       −7              −7        as they are
//!                              49        by the formula weight^2
//! ```

use anyhow::{Result, ensure};

use super::{Feature, Formula, Scaling, formula};

/// One number that the network sees of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is called in files, in ASCII if the features are: "weight", "sex=female", "weight^2".
    pub name: String,
    /// What it is called on a diagram: "weight", "sex=female", "weight²".
    pub label: String,
    /// What it is called in a formula: "x1", "x1²".
    pub symbol: String,
}

/// A number that is made from the raw value of one feature, and scaled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaledValue {
    /// What it is called, "weight" or "sex=female".
    pub name: String,
    recipe: Recipe,
}

/// How a number is made from the raw values of a sample. Features are named by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipe {
    /// The raw value of a feature.
    Value { feature: usize },
    /// 1 if a category is this word, else 0.
    Indicator { feature: usize, word: u32 },
}

/// How the inputs of a network are made: from the raw values of each feature come one or more numbers, these are
/// scaled, and are the inputs, or what the inputs are computed from by formulas.
#[derive(Debug, Clone, PartialEq)]
pub struct Preprocessing {
    features: Vec<Feature>,
    scaled: Vec<ScaledValue>,
    /// Whether each feature is a number, and so a scaled value.
    are_all_numbers: bool,
    scaling: Scaling,
    /// What the inputs are of two scaled values; empty if the scaled values are the inputs.
    formulas: Vec<Formula<usize>>,
    inputs: Vec<Input>,
}

impl ScaledValue {
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

    /// The index of the feature that it is made from.
    #[must_use]
    pub fn feature(&self) -> usize {
        match self.recipe {
            Recipe::Value { feature } | Recipe::Indicator { feature, .. } => feature,
        }
    }
}

/// The numbers that a feature makes: a number one, a category one for each word. Of two words, the second
/// alone says it all.
fn scaled_from(index: usize, feature: &Feature) -> Vec<ScaledValue> {
    match feature {
        Feature::Number(quantity) => vec![ScaledValue {
            name: quantity.name.clone(),
            recipe: Recipe::Value { feature: index },
        }],
        Feature::Category { name, words } => {
            let first = usize::from(words.len() == 2);
            let values = words.iter().zip(0..).skip(first);
            let values = values.map(|(word, number)| ScaledValue {
                name: format!("{name}={word}"),
                recipe: Recipe::Indicator {
                    feature: index,
                    word: number,
                },
            });
            values.collect()
        }
    }
}

/// A scaled value as the input of this number, counted from 1.
fn input_of(number: usize, scaled: &ScaledValue) -> Input {
    Input {
        name: scaled.name.clone(),
        label: scaled.name.clone(),
        symbol: format!("x{number}"),
    }
}

impl Preprocessing {
    /// The inputs that these features make, not scaled.
    #[must_use]
    pub fn unscaled(features: Vec<Feature>) -> Self {
        let indexed = features.iter().enumerate();
        let scaled: Vec<ScaledValue> = indexed
            .flat_map(|(index, feature)| scaled_from(index, feature))
            .collect();
        let inputs = (1..).zip(&scaled);
        Self {
            scaling: Scaling::none(scaled.len()),
            inputs: inputs
                .map(|(number, scaled)| input_of(number, scaled))
                .collect(),
            are_all_numbers: features.iter().all(Feature::is_number),
            features,
            scaled,
            formulas: Vec::new(),
        }
    }

    /// The inputs that these features make, scaled so. For what a file says.
    ///
    /// # Errors
    ///
    /// If a category has fewer than two words, or the scaling is not one for these features.
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
            scaling.is_sound(preprocessing.scaled.len()),
            "the scaling does not fit the features"
        );
        preprocessing.scaling = scaling;
        Ok(preprocessing)
    }

    /// The same with other inputs: these formulas of the scaled values, or the scaled values if there is none.
    ///
    /// # Errors
    ///
    /// One sentence, if the features are not two numbers, or a formula names another one or stands twice.
    pub fn with_inputs(self, typed: &[Formula<String>]) -> Result<Self> {
        let formulas = formula::resolved(typed, &self.features)?;
        let mut preprocessing = Self {
            scaling: self.scaling,
            ..Self::unscaled(self.features)
        };
        if !formulas.is_empty() {
            let features = &preprocessing.features;
            let inputs = formulas.iter().map(|formula| formula.input(features));
            preprocessing.inputs = inputs.collect();
        }
        preprocessing.formulas = formulas;
        Ok(preprocessing)
    }

    /// The features, in the order of the raw values.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The numbers that the features make, in order: the inputs, unless these are formulas.
    #[must_use]
    pub fn scaled(&self) -> &[ScaledValue] {
        &self.scaled
    }

    /// The inputs, in the order in which the network sees them.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Whether the inputs are formulas of the scaled values, and not these themselves.
    #[must_use]
    pub fn has_formulas(&self) -> bool {
        !self.formulas.is_empty()
    }

    /// How the numbers are scaled that the features make.
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
        let mut inputs = Vec::with_capacity(self.inputs.len());
        self.append_inputs(raw, &mut inputs);
        inputs
    }

    /// Appends [`Self::network_inputs`] to others: without new memory for each of many samples.
    pub fn append_inputs(&self, raw: &[f64], inputs: &mut Vec<f64>) {
        let before = inputs.len();
        inputs.resize(before + self.inputs.len(), 0.0);
        self.write_inputs(raw, &mut inputs[before..]);
    }

    /// Writes [`Self::network_inputs`] over others.
    #[inline]
    pub(super) fn write_inputs(&self, raw: &[f64], inputs: &mut [f64]) {
        if self.has_formulas() {
            let mut scaled = self.scaled_values(raw);
            let pair = formula::FEATURES.map(|_| scaled.next().unwrap_or(f64::NAN));
            let formulas = inputs.iter_mut().zip(&self.formulas);
            formulas.for_each(|(input, formula)| *input = formula.value(pair));
        } else if self.are_all_numbers {
            self.scaling.write(raw, inputs);
        } else {
            let scaled = inputs.iter_mut().zip(self.scaled_values(raw));
            scaled.for_each(|(input, scaled)| *input = scaled);
        }
    }

    /// Whether the inputs are the raw values themselves.
    pub(super) fn changes_nothing(&self) -> bool {
        self.are_all_numbers && !self.has_formulas() && self.scaling.changes_nothing()
    }

    /// The scaled values of a sample with these raw values: its inputs, unless these are formulas.
    pub fn scaled_values(&self, raw: &[f64]) -> impl Iterator<Item = f64> {
        self.scaling.apply(self.values(raw))
    }

    /// The same before they are scaled.
    pub(super) fn values(&self, raw: &[f64]) -> impl Iterator<Item = f64> {
        debug_assert_eq!(raw.len(), self.features.len());
        self.scaled.iter().map(|scaled| scaled.value(raw))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

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
            names: Arc::default(),
            rows: Arc::default(),
            order: None,
            generator: None,
            raw: vec![1.0, 0.0, 2.0, 3.0, 1.0, 0.0, 5.0, 1.0, 1.0].into(),
            filled: Arc::default(),
            targets: vec![7.0, 8.0, 9.0].into(),
            target_scaling: Scaling::none(1),
            training_samples: 2,
            unseen: Vec::new(),
            row_numbers: Vec::new(),
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
        assert_eq!(training.copied().0[..5], [1.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(training.copied().0[5..], [3.0, 1.0, 1.0, 0.0, 0.0]);
        let test = diamonds.test().unwrap();
        assert_eq!(test.copied().0, [5.0, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(test.copied().0, diamonds.network_inputs(diamonds.raw_of(2)));
    }

    #[test]
    fn every_scaled_value_is_made_of_its_feature() {
        let diamonds = diamonds();
        let made_of = |feature| -> Vec<usize> {
            let values = diamonds.preprocessing.scaled().iter().enumerate();
            let own = values.filter(|(_, value)| value.feature() == feature);
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
            let inputs = diamonds.training().copied().0;
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
