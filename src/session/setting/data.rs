//! The settings of the data.

use strum::VariantArray;

use super::field::{Access, Field, field};
use super::value::Value;
use super::{AUTO, Choices, Needs, OnLoad, Setting};
use crate::data::{Imputation, check_typed};
use crate::session::data_source::{
    check_comment, check_decimal, check_delimiter, check_noise, check_samples, check_share,
    check_thousands,
};

const SAMPLES: &[f64] = &[50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0];
const NOISES: &[f64] = &[
    0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0,
];
const SHARES: &[f64] = &[0.0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        option: "data",
        value_name: "NAME|FILE.csv",
        name: "dataset",
        label: "data {}",
        help: "CSV file with a header, - for standard input, or built-in data",
        explanation: "What the network learns from.",
        details: "A file that is called like built-in data is given as ./xor.",
        choices: Choices::Dataset,
        field: field!(Source, data),
        ..Setting::ROW
    },
    Setting {
        option: "target",
        value_name: "COLUMN,…",
        name: "target",
        label: "target {}",
        help: "Columns to predict",
        explanation: "Words, or 0 and 1, are predicted as classes, other numbers as numbers.",
        details: "A name with a comma stands in quotes: --target '\"price, EUR\",rooms'.",
        default: Some("the last column"),
        choices: Choices::List("species"),
        needs: Needs::Tables,
        field: field!(Source, target),
        ..Setting::ROW
    },
    Setting {
        option: "features",
        value_name: "COLUMN,…",
        name: "features",
        label: "features {}",
        help: "Columns to predict from",
        explanation: "Columns of numbers and of up to 20 words; a word column has an input for each word.",
        details: "For penguins without it: the four measurements. Columns that number the rows are taken only if they are \
                  named here.",
        default: Some("all other columns"),
        choices: Choices::List("bill_length_mm,body_mass_g"),
        needs: Needs::Tables,
        field: field!(Source, features),
        ..Setting::ROW
    },
    Setting {
        option: "exclude",
        value_name: "COLUMN,…",
        name: "excluded columns",
        label: "without {}",
        help: "Columns to leave out",
        explanation: "They are neither predicted from nor checked.",
        details: "A name with a comma stands in quotes: --exclude '\"price, EUR\",id'.",
        default: Some("none"),
        choices: Choices::List("year"),
        needs: Needs::Tables,
        field: field!(Source, exclude),
        ..Setting::ROW
    },
    Setting {
        option: "positive",
        value_name: "CLASS",
        name: "positive class",
        label: "positive class {}",
        help: "Which of two classes is 1",
        explanation: "The class that the output is the probability of.",
        details: "Without it: the larger of two numbers; yes, true, on and the like; else the first in alphabetical order.",
        default: Some("yes, true or 1; else first by name"),
        choices: Choices::Text(&["female"]),
        needs: Needs::Tables,
        field: field!(Source, positive),
        ..Setting::ROW
    },
    Setting {
        option: "classes",
        name: "target numbers",
        label: "target numbers {}",
        help: "Take the numbers of the target for classes",
        explanation: "Without it, only a target of 0 and 1 has classes.",
        choices: Choices::Flag {
            off: "as numbers",
            on: "as classes",
        },
        needs: Needs::Tables,
        field: field!(Source, classes),
        ..Setting::ROW
    },
    Setting {
        option: "delimiter",
        value_name: "CHARACTER",
        name: "delimiter",
        label: "delimiter {}",
        help: "Character between the columns of the file, or tab or blank",
        explanation: "auto finds a comma, semicolon, tab, vertical bar, or blanks.",
        default: Some(AUTO),
        choices: Choices::Text(&[",", ";", "tab", "|", "blank"]),
        needs: Needs::Files,
        field: field!(Source, delimiter, |delimiter| check_delimiter(*delimiter)),
        ..Setting::ROW
    },
    Setting {
        option: "comment",
        value_name: "CHARACTER",
        name: "comments",
        label: "comments {}",
        help: "Skip lines that begin with this character",
        explanation: "Some programs write notes above the header.",
        default: Some("none"),
        choices: Choices::Text(&["#", "%", ";"]),
        needs: Needs::Files,
        field: field!(Source, comment, |comment| check_comment(*comment)),
        ..Setting::ROW
    },
    Setting {
        option: "no-header",
        name: "header",
        label: "header {}",
        help: "The first line of the file is a sample already",
        explanation: "The columns are then called x1, x2, …, the last one is the target.",
        choices: Choices::Flag {
            off: "in line 1",
            on: "missing",
        },
        needs: Needs::Files,
        field: field!(Source, no_header),
        ..Setting::ROW
    },
    Setting {
        option: "decimal",
        value_name: "SIGN",
        name: "decimal separator",
        label: "decimal separator {}",
        help: "Decimal separator of the numbers in the file: a point or a comma",
        explanation: "auto finds it where only one reading is possible.",
        details: "Where all numbers are like 1,234, auto takes what other columns show; else the comma separates decimals in \
                  files with semicolons between the columns, and thousands in others.",
        default: Some(AUTO),
        choices: Choices::Text(&[".", ","]),
        needs: Needs::Files,
        field: field!(Source, decimal, |decimal| check_decimal(*decimal)),
        ..Setting::ROW
    },
    Setting {
        option: "thousands",
        value_name: "SIGN",
        name: "thousands separator",
        label: "thousands separator {}",
        help: "Thousands separator of the numbers in the file: , . ' _ or blank",
        explanation: "auto finds it: groups of three digits.",
        default: Some(AUTO),
        choices: Choices::Text(&[".", "'", "_", "blank", ","]),
        needs: Needs::Files,
        field: field!(Source, thousands, |thousands| check_thousands(*thousands)),
        ..Setting::ROW
    },
    Setting {
        option: "missing",
        value_name: "TEXT,…",
        name: "missing marks",
        label: "missing marks {}",
        help: "Texts that stand for a missing value, besides the usual ones",
        explanation: "The usual ones are empty, NA, N/A, #N/A, <NA>, NaN, None, null, ?, - and a point.",
        default: Some("none"),
        choices: Choices::List("unknown,-9"),
        needs: Needs::Tables,
        field: field!(Source, missing),
        ..Setting::ROW
    },
    Setting {
        option: "missing-as-class",
        name: "missing words",
        label: "missing words {}",
        help: "Take a missing value for a word in columns of words",
        explanation: "Keeps a class that is called NA, such as the code of Namibia.",
        choices: Choices::Flag {
            off: "are missing",
            on: "are a class",
        },
        needs: Needs::Tables,
        field: field!(Source, missing_as_class),
        ..Setting::ROW
    },
    Setting {
        option: "drop-missing",
        name: "missing values",
        label: "{} missing values",
        help: "Skip rows with missing values",
        explanation: "Unless they are skipped or imputed, missing values are an error.",
        details: "Penguins skip such rows anyway.",
        choices: Choices::Flag {
            off: "not skipped",
            on: "skipped",
        },
        needs: Needs::Tables,
        field: field!(Source, drop_missing),
        ..Setting::ROW
    },
    Setting {
        option: "impute",
        value_name: "METHOD",
        name: "imputation",
        label: "imputation {}",
        help: "What replaces missing numbers of features",
        explanation: "Taken from the training samples; a missing word becomes the most frequent one.",
        details: "Rows without a target are skipped.",
        default: Some("none"),
        choices: Choices::Names(|| {
            Imputation::VARIANTS
                .iter()
                .map(|method| method.name())
                .collect()
        }),
        needs: Needs::Tables,
        field: field!(Source, impute),
        ..Setting::ROW
    },
    Setting {
        option: "samples",
        value_name: "COUNT",
        name: "samples",
        label: "{} samples",
        help: "Samples to generate: 1 to 1000000",
        explanation: "More samples show the pattern better, and make an epoch longer.",
        default: Some("500"),
        choices: Choices::Numbers {
            steps: SAMPLES,
            unlimited: None,
        },
        needs: Needs::GeneratedData,
        field: field!(Source, samples, |samples| check_samples(*samples)),
        ..Setting::ROW
    },
    Setting {
        option: "noise",
        value_name: "PERCENT",
        name: "noise",
        label: "noise {}",
        help: "Noise in generated data, in percent: 0 to 50",
        explanation: "How far the generated samples stray from their pattern.",
        choices: Choices::Numbers {
            steps: NOISES,
            unlimited: None,
        },
        needs: Needs::GeneratedData,
        say: Some(|draft| format!("{}%", draft.source.noise)),
        field: field!(Source, noise, |noise| check_noise(*noise)),
        ..Setting::ROW
    },
    Setting {
        option: "scaling",
        value_name: "METHOD",
        name: "scaling",
        label: "scaling {}",
        help: "How features are scaled: standardize, center, none or shift=135,66",
        explanation: "auto standardizes files and penguins, and shifts people as the post does.",
        default: Some(AUTO),
        choices: Choices::Text(&["auto", "none", "center", "standardize", "shift=135,66"]),
        on_load: OnLoad::Refuses,
        field: field!(Source, scaling),
        ..Setting::ROW
    },
    Setting {
        option: "inputs",
        value_name: "FORMULA,…",
        name: "inputs",
        label: "inputs {}",
        help: "What the network sees of two features: x1,x2,x1^2,x2^2,x1*x2,sin(x1),sin(x2), or a part of it",
        explanation: "Squares, the product and sines of the scaled features; they are not scaled again.",
        details: "x1 and x2 are the first and the second feature, by their own names too: weight^2. Quote a list with * or \
                  parentheses for the shell.",
        default: Some("the features"),
        choices: Choices::Text(&[
            "x1,x2,x1^2,x2^2",
            "x1,x2,x1*x2",
            "x1,x2,x1^2,x2^2,x1*x2,sin(x1),sin(x2)",
        ]),
        needs: Needs::TwoFeatures,
        on_load: OnLoad::Keeps,
        field: field!(Source, inputs, |inputs: &Vec<_>| check_typed(inputs)),
        ..Setting::ROW
    },
    Setting {
        option: "target-scaling",
        value_name: "METHOD",
        name: "target scaling",
        label: "target scaling {}",
        help: "How numbers to predict are scaled: standardize or none",
        explanation: "The numbers of a file are standardized, unless the output could not reach them.",
        default: Some(AUTO),
        choices: Choices::Text(&[AUTO, "standardize", "none"]),
        on_load: OnLoad::Refuses,
        field: field!(Source, target_scaling),
        ..Setting::ROW
    },
    Setting {
        option: "test-fraction",
        value_name: "SHARE",
        name: "test share",
        label: "test share {}",
        help: "Share of the samples that is held out for testing",
        explanation: "Samples held out to test how well the network generalises.",
        choices: Choices::Numbers {
            steps: SHARES,
            unlimited: None,
        },
        say: Some(|draft| percent(draft.source.test_fraction)),
        field: field!(Source, test_fraction, |share| check_share(*share)),
        on_load: OnLoad::Keeps,
        ..Setting::ROW
    },
    Setting {
        option: "data-seed",
        value_name: "SEED",
        name: "data seed",
        label: "data seed {}",
        help: "Seed of generated data and of the choice of test samples",
        explanation: "Another data seed draws other samples for the same network.",
        default: Some("the seed"),
        choices: Choices::Whole,
        needs: Needs::Draws,
        say: Some(|draft| draft.source.seed.to_string()),
        field: Field::Draft(Access {
            show: |draft| {
                let is_asked = draft.source.is_drawn() && draft.source.seed != draft.config.seed;
                is_asked.then(|| draft.source.seed.to_string())
            },
            set: |draft, text| {
                draft.source.seed = Option::read(text)?.unwrap_or(draft.config.seed);
                Ok(())
            },
            check: |_| Ok(()),
        }),
        on_load: OnLoad::Keeps,
        ..Setting::ROW
    },
];

/// A share as percent, without the rounding errors of the product.
fn percent(share: f64) -> String {
    format!("{}%", (share * 1e4).round() / 1e2)
}
