//! Which keys a run file may have. An unknown one is refused: it would be ignored, and somebody means something by it.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, Result, bail, ensure};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor, value};
use serde_json::Value;

use crate::session::{DataSource, TrainingConfig, did_you_mean};

/// The keys of a run.
const RUN: [&str; 21] = [
    "format",
    "version",
    "command",
    "command_note",
    "configuration",
    "source",
    "data_digest",
    "remarks",
    "features",
    "inputs",
    "target",
    "scaling",
    "target_scaling",
    "epoch",
    "step",
    "epoch_batch_size",
    "test",
    "confusion",
    "layers",
    "optimizer",
    "generator",
];

/// The scores of a run, which a line of a log has as well.
const SCORES: [&str; 8] = [
    "loss",
    "accuracy",
    "r2",
    "rmse",
    "test_loss",
    "test_accuracy",
    "test_r2",
    "test_rmse",
];

/// The keys of a layer.
const LAYER: [&str; 2] = ["weights", "biases"];

/// The keys of an object and of the objects in it, under their names; those of a list are taken together.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeMap<String, Keys>);

impl Keys {
    /// Checks the keys of a run.
    pub(super) fn check_run(&self) -> Result<()> {
        self.check(RUN.iter().chain(&SCORES).copied())?;
        let in_configuration = configuration_keys();
        self.check_part("configuration", in_configuration.iter().map(String::as_str))?;
        let in_source = source_keys();
        self.check_part("source", in_source.iter().map(String::as_str))?;
        self.check_part("layers", LAYER)?;
        let initial = self
            .0
            .get("configuration")
            .and_then(|keys| keys.0.get("initial_layers"));
        initial.map_or(Ok(()), |keys| keys.check(LAYER).context("initial_layers"))
    }

    /// Checks the keys of a file that has nothing but layers, or of a line of a log.
    pub(super) fn check_layers_only(&self) -> Result<()> {
        ensure!(
            !self.0.contains_key("configuration") && !self.0.contains_key("optimizer"),
            "\"format\" is missing, which a saved run has"
        );
        let is_score = |key: &str| SCORES.contains(&key);
        let mut settings = configuration_keys();
        settings.extend(source_keys());
        if let Some(key) = self
            .0
            .keys()
            .find(|key| settings.contains(key) && !is_score(key))
        {
            bail!(
                "{key:?} beside the layers would be ignored: the settings of a file with only layers are options, \
                 such as --{}",
                key.replace('_', "-")
            );
        }
        self.check(["layers", "type", "epoch"].into_iter().chain(SCORES))?;
        self.check_part("layers", LAYER)
    }

    fn check_part<'a>(&self, part: &str, known: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let keys = self.0.get(part);
        keys.map_or(Ok(()), |keys| {
            keys.check(known).with_context(|| part.to_owned())
        })
    }

    fn check<'a>(&self, known: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let known: Vec<&str> = known.into_iter().collect();
        match self.0.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => {
                let meant = did_you_mean(key, known);
                bail!("the key {key:?} is not known here{meant}")
            }
            None => Ok(()),
        }
    }
}

/// The keys of a configuration, all of which one that has everything has.
fn configuration_keys() -> Vec<String> {
    keys_of(&TrainingConfig {
        until_loss: Some(1.0),
        initial_layers: Some(Vec::new()),
        ..TrainingConfig::post(0)
    })
}

/// The keys of a source, those that are only written where they are unusual included.
fn source_keys() -> Vec<String> {
    let mut fields = Fields::default();
    let _ = DataSource::deserialize(&mut fields);
    fields.0.iter().map(|&field| field.to_owned()).collect()
}

/// Hears the names of the fields of a struct instead of filling them.
#[derive(Default)]
struct Fields(&'static [&'static str]);

impl<'de> Deserializer<'de> for &mut Fields {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, value::Error> {
        Err(value::Error::custom("only a struct has fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, value::Error> {
        self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn keys_of(part: &impl serde::Serialize) -> Vec<String> {
    match serde_json::to_value(part) {
        Ok(Value::Object(fields)) => fields.into_iter().map(|(key, _)| key).collect(),
        _ => unreachable!("it is written as an object"),
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// Takes the keys of any value: a plain one has none.
struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = BTreeMap::new();
        while let Some(key) = map.next_key()? {
            keys.insert(key, map.next_value()?);
        }
        Ok(Keys(keys))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Keys, A::Error> {
        let mut keys = Keys::default();
        while let Some(item) = items.next_element::<Keys>()? {
            keys.0.extend(item.0);
        }
        Ok(keys)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_unit<E>(self) -> Result<Keys, E> {
        Ok(Keys::default())
    }
}
