//! Where the value of a setting is, as text.

use anyhow::Result;

use crate::session::{DataSource, Draft, TrainingConfig};

/// The place of a value.
#[derive(Debug)]
pub(super) enum Field {
    /// In the configuration of a run.
    Config(Access<TrainingConfig>),
    /// In its data source.
    Source(Access<DataSource>),
    /// Only in a draft.
    Draft(Access<Draft>),
}

/// How a value is shown, set and checked.
#[derive(Debug)]
pub(super) struct Access<T> {
    /// Its text; `None` if it is left open.
    pub(super) show: fn(&T) -> Option<String>,
    /// Reads it from a text, checks it and sets it.
    pub(super) set: fn(&mut T, &str) -> Result<()>,
    /// Checks what is there.
    pub(super) check: fn(&T) -> Result<()>,
}

impl Field {
    /// No value at all.
    pub(super) const NONE: Self = Self::Draft(Access {
        show: |_| None,
        set: |_, _| Ok(()),
        check: |_| Ok(()),
    });

    pub(super) fn show(&self, draft: &Draft) -> Option<String> {
        match self {
            Self::Config(access) => (access.show)(&draft.config),
            Self::Source(access) => (access.show)(&draft.source),
            Self::Draft(access) => (access.show)(draft),
        }
    }

    pub(super) fn set(&self, draft: &mut Draft, text: &str) -> Result<()> {
        match self {
            Self::Config(access) => (access.set)(&mut draft.config, text),
            Self::Source(access) => (access.set)(&mut draft.source, text),
            Self::Draft(access) => (access.set)(draft, text),
        }
    }

    /// Takes the value from another configuration; only of fields that are there.
    pub(super) fn copy(&self, from: &TrainingConfig, to: &mut TrainingConfig) {
        if let Self::Config(access) = self
            && let Some(text) = (access.show)(from)
        {
            (access.set)(to, &text).expect("a value is read from its text");
        }
    }

    pub(super) fn check_config(&self, config: &TrainingConfig) -> Result<()> {
        match self {
            Self::Config(access) => (access.check)(config),
            Self::Source(_) | Self::Draft(_) => Ok(()),
        }
    }

    pub(super) fn check_source(&self, source: &DataSource) -> Result<()> {
        match self {
            Self::Source(access) => (access.check)(source),
            Self::Config(_) | Self::Draft(_) => Ok(()),
        }
    }
}

/// The [`Field`] that is a field of a struct: `field!(Config, learning_rate, |rate| check(*rate))`.
macro_rules! field {
    ($place:ident, $($name:ident).+) => {
        field!($place, $($name).+, |_| Ok(()))
    };
    ($place:ident, $($name:ident).+, $check:expr) => {
        $crate::session::setting::field::Field::$place($crate::session::setting::field::Access {
            show: |of| $crate::session::setting::value::Value::show(&of.$($name).+),
            set: |of, text| {
                let value = $crate::session::setting::value::Value::read(text)?;
                let check: fn(&_) -> anyhow::Result<()> = $check;
                check(&value)?;
                of.$($name).+ = value;
                Ok(())
            },
            check: |of| {
                let check: fn(&_) -> anyhow::Result<()> = $check;
                check(&of.$($name).+)
            },
        })
    };
}

pub(super) use field;
