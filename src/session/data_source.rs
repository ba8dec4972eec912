//! Where a run's data comes from, and how it is prepared.

mod checks;
mod drawn;
mod file;
mod pinned;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use super::DataStream;
use super::file_problem::{folder_of, shown_path};
use crate::data::{
    CsvOptions, Dataset, Formula, Imputation, PATTERNS, Pattern, RowsRead, ScalingMethod, TABLES,
    Table, TargetScaling, Task,
};
pub(super) use checks::{
    check_comment, check_decimal, check_delimiter, check_noise, check_samples, check_share,
    check_thousands,
};
use checks::{comment_byte, delimiter_byte};

/// Samples that are generated unless their number is given.
const SAMPLES: usize = 500;

/// Everything that decides what is learned from; the same source is the same dataset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub struct DataSource {
    /// The name of a built-in dataset, or the path of a CSV file (`./xor` for a file of such a name).
    pub data: String,
    /// The columns to predict; empty for the last one.
    pub target: Vec<String>,
    /// The columns to predict from; empty for all numbers and categories.
    pub features: Vec<String>,
    /// Columns to leave out.
    pub exclude: Vec<String>,
    /// Which of two classes is 1.
    pub positive: Option<String>,
    /// Whether the numbers of the target are names of classes.
    pub classes: bool,
    /// What separates the columns; found in the file unless named. An ASCII character.
    pub delimiter: Option<char>,
    /// What a line begins with that is a comment. An ASCII character.
    pub comment: Option<char>,
    /// Whether the first line of the file is a sample already.
    pub no_header: bool,
    /// What separates decimals, a point or a comma; found in the file unless named.
    pub decimal: Option<char>,
    /// What separates thousands; found in the file unless named.
    pub thousands: Option<char>,
    /// Texts that stand for a missing value, besides the usual ones.
    pub missing: Vec<String>,
    /// Whether "missing" is a class of its own in columns of words.
    pub missing_as_class: bool,
    /// Whether to leave out rows with missing values.
    pub drop_missing: bool,
    /// What replaces missing features: what the training samples have.
    pub impute: Option<Imputation>,
    /// Samples to generate, 1 to 1,000,000; 500 unless named. For generated data only.
    pub samples: Option<usize>,
    /// Noise in generated data, in percent: 0 to 50.
    pub noise: f64,
    /// How the features are scaled; what suits the data unless named.
    pub scaling: Option<ScalingMethod>,
    /// What the network sees: formulas of two features; the features as they are if it is empty, which files leave out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Formula<String>>,
    /// How number targets are scaled; what suits the data unless named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_scaling: Option<TargetScaling>,
    /// The share of the samples that is kept for testing; at least 0, less than 1.
    pub test_fraction: f64,
    /// What generated data and the choice of test samples are drawn from.
    pub seed: u64,
    /// Which stream of that seed; files name it where it is not the usual one.
    #[serde(skip_serializing_if = "DataStream::is_own")]
    pub stream: DataStream,
}

impl Default for DataSource {
    fn default() -> Self {
        Self {
            data: "people".to_owned(),
            target: Vec::new(),
            features: Vec::new(),
            exclude: Vec::new(),
            positive: None,
            classes: false,
            delimiter: None,
            comment: None,
            no_header: false,
            decimal: None,
            thousands: None,
            missing: Vec::new(),
            missing_as_class: false,
            drop_missing: false,
            impute: None,
            samples: None,
            noise: 0.0,
            scaling: None,
            inputs: Vec::new(),
            target_scaling: None,
            test_fraction: 0.0,
            seed: 0,
            stream: DataStream::Own,
        }
    }
}

/// What kind of data is named.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Table(&'static Table),
    Generated(&'static Pattern),
    File,
}

impl DataSource {
    /// The dataset, ready to train on.
    ///
    /// # Errors
    ///
    /// One sentence that names what is wrong: for a file, the file, the line and the column.
    pub fn load(&self, rows_read: &mut RowsRead) -> Result<Dataset> {
        self.check()?;
        self.prepared(rows_read)
            .with_context(|| format!("reading dataset {}", shown_path(Path::new(&self.data))))
    }

    fn prepared(&self, rows_read: &mut RowsRead) -> Result<Dataset> {
        let mut generator = self.stream.generator(self.seed);
        let mut dataset = self.unprepared(&mut generator, rows_read)?;
        dataset.generator = self.is_generated().then(|| generator.clone());
        dataset.split(self.test_fraction, &mut generator)?;
        if let Some(imputation) = self.impute {
            dataset.impute(imputation)?;
        }
        dataset.scale(&self.scaling_or_usual())?;
        if !self.inputs.is_empty() {
            dataset.choose_inputs(&self.inputs)?;
        }
        Ok(dataset)
    }

    /// The dataset, if it can be made from that of another source, which is not read again: if they differ in nothing but
    /// the scaling, the inputs and the choice of test samples. Both share the values.
    ///
    /// # Errors
    ///
    /// As [`Self::load`].
    pub(super) fn remade(&self, other: &Self, dataset: &Dataset) -> Option<Result<Dataset>> {
        let mut alike = Self {
            scaling: self.scaling.clone(),
            target_scaling: self.target_scaling,
            inputs: self.inputs.clone(),
            ..other.clone()
        };
        // What is filled in depends on the training samples, and from another seed generated data is another one.
        if self.impute.is_none() {
            alike.test_fraction = self.test_fraction;
            if !self.is_generated() {
                alike.seed = self.seed;
            }
        }
        (alike == *self).then(|| {
            self.check()?;
            let mut dataset = dataset.clone();
            if (self.test_fraction, self.seed) != (other.test_fraction, other.seed) {
                dataset.unsplit();
                let drawn = dataset.generator.clone();
                let mut generator = drawn.unwrap_or_else(|| self.stream.generator(self.seed));
                dataset.split(self.test_fraction, &mut generator)?;
            }
            dataset.rescale(&self.scaling_or_usual())?;
            if !(self.inputs.is_empty() && other.inputs.is_empty()) {
                dataset.choose_inputs(&self.inputs)?;
            }
            Ok(dataset)
        })
    }

    fn scaling_or_usual(&self) -> ScalingMethod {
        let scaling = self.scaling.clone();
        scaling.unwrap_or_else(|| self.kind().usual_scaling())
    }

    fn kind(&self) -> Kind {
        let table = Table::named(&self.data).map(Kind::Table);
        let built_in = table.or_else(|| Pattern::named(&self.data).map(Kind::Generated));
        built_in.unwrap_or(Kind::File)
    }

    /// Whether it may have two features, as far as that is known without reading it.
    pub(super) fn may_have_two_features(&self) -> bool {
        let known = match self.kind() {
            _ if !self.features.is_empty() => Some(self.features.len()),
            Kind::Table(table) if self.exclude.is_empty() => Some(table.usual_features()),
            kind => kind.fixed_features(),
        };
        known.is_none_or(|features| features == 2)
    }

    /// Whether its columns can be chosen.
    pub(super) fn is_table(&self) -> bool {
        match self.kind() {
            Kind::Table(table) => table.has_choice(),
            Kind::Generated(_) => false,
            Kind::File => true,
        }
    }

    /// Takes the file beside a run file, if there is one, for that of its relative path.
    pub fn look_beside(&mut self, run_file: &Path) {
        let is_relative = self.is_file() && Path::new(&self.data).is_relative();
        let beside = folder_of(run_file).join(&self.data);
        let text = beside.to_str().filter(|_| is_relative && beside.exists());
        if let Some(text) = text {
            text.strip_prefix("./")
                .unwrap_or(text)
                .clone_into(&mut self.data);
        }
    }

    /// What built-in data is, in a sentence; `None` for a file.
    #[must_use]
    pub fn about(&self) -> Option<&'static str> {
        match self.kind() {
            Kind::Table(table) => Some(table.about),
            Kind::Generated(pattern) => Some(pattern.about),
            Kind::File => None,
        }
    }

    /// Whether it is a truth table.
    pub(super) fn is_truth_table(&self) -> bool {
        matches!(self.kind(), Kind::Table(table) if table.is_truth_table())
    }

    /// Whether it is a file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self.kind(), Kind::File)
    }

    /// What is learned from it; `None` if that is known only when it is read.
    pub(super) fn known_task(&self) -> Option<Task> {
        match self.kind() {
            Kind::Table(table) => self.target.is_empty().then_some(table.task),
            Kind::Generated(pattern) => Some(pattern.task),
            Kind::File => None,
        }
    }

    /// Whether the data is made from the seed.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        matches!(self.kind(), Kind::Generated(_))
    }

    /// Whether anything of it is drawn from the seed: the data, or the choice of test samples.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.is_generated() || self.test_fraction > 0.0
    }

    /// Whether what is drawn is drawn as run files of version 1 had it, which no command line can say.
    #[must_use]
    pub fn is_drawn_as_in_version_1(&self) -> bool {
        self.is_drawn() && !self.stream.is_own()
    }

    pub(super) fn check_scaling(&self) -> Result<()> {
        let Some(ScalingMethod::Shift(shift)) = &self.scaling else {
            return Ok(());
        };
        ensure!(
            shift.iter().all(|shift| shift.is_finite()),
            "a shift is a finite number"
        );
        let features = self.kind().fixed_features().unwrap_or(shift.len());
        ensure!(
            shift.len() == features,
            "{} has {features} features, --scaling shift= has {} numbers",
            self.data,
            shift.len()
        );
        Ok(())
    }

    /// The dataset, all of it for training, not yet scaled.
    fn unprepared(
        &self,
        generator: &mut Xoshiro256PlusPlus,
        rows_read: &mut RowsRead,
    ) -> Result<Dataset> {
        match self.kind() {
            Kind::Table(table) => table.load(&self.csv_options()?),
            Kind::Generated(pattern) => {
                let samples = self.samples.unwrap_or(SAMPLES);
                Ok(pattern.generate(samples, self.noise / 100.0, generator))
            }
            Kind::File => file::read(&self.data, &self.csv_options()?, rows_read),
        }
    }

    fn csv_options(&self) -> Result<CsvOptions> {
        Ok(CsvOptions {
            target: self.target.clone(),
            features: self.features.clone(),
            exclude: self.exclude.clone(),
            positive: self.positive.clone(),
            classes: self.classes,
            first_classes: Vec::new(),
            delimiter: self.delimiter.map(delimiter_byte).transpose()?,
            comment: self.comment.map(comment_byte).transpose()?,
            no_header: self.no_header,
            decimal: self.decimal,
            thousands: self.thousands,
            missing: self.missing.clone(),
            missing_as_class: self.missing_as_class,
            drop_missing: self.drop_missing,
            impute: self.impute,
        })
    }
}

impl Kind {
    /// How many features there are, if that is known without reading the data.
    fn fixed_features(self) -> Option<usize> {
        match self {
            Self::Table(table) => (!table.has_choice()).then(|| table.usual_features()),
            Self::Generated(_) => Some(Pattern::FEATURES),
            Self::File => None,
        }
    }

    /// How the data is scaled unless asked otherwise.
    fn usual_scaling(self) -> ScalingMethod {
        match self {
            Self::Table(table) => table.usual_scaling(),
            Self::Generated(_) => ScalingMethod::None,
            Self::File => ScalingMethod::Standardize,
        }
    }
}

/// The data whose columns can be chosen: "files and penguins".
pub(super) fn with_columns() -> String {
    let tables = TABLES.iter().filter(|table| table.has_choice());
    let names: Vec<&str> = tables.map(|table| table.name).collect();
    format!("files and {}", names.join(" and "))
}

/// The datasets that need no file.
#[must_use]
pub fn built_in_names() -> Vec<&'static str> {
    let tables = TABLES.iter().map(|table| table.name);
    let patterns = PATTERNS.iter().map(|pattern| pattern.name);
    tables.chain(patterns).collect()
}
