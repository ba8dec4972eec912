//! What is wrong with a command line, in one sentence of ours instead of the parser's.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::UsageError;

/// The sentence for an error of the parser.
pub(super) fn usage_error(error: &Error) -> UsageError {
    UsageError(sentence(error).unwrap_or_else(|| "the command line cannot be read".to_owned()))
}

/// The sentence; `None` if the parser does not say what it is about.
fn sentence(error: &Error) -> Option<String> {
    let argument = || first(error, ContextKind::InvalidArg).map(name);
    Some(match error.kind() {
        ErrorKind::ValueValidation => {
            let problem = std::error::Error::source(error)?;
            format!("{}: {problem}", argument()?)
        }
        ErrorKind::InvalidValue => match first(error, ContextKind::InvalidValue)? {
            "" => format!("{} needs a value", argument()?),
            found => {
                let names = all(error, ContextKind::ValidValue).join(", ");
                format!("{}: expected one of {names}, found {found:?}", argument()?)
            }
        },
        ErrorKind::UnknownArgument => unknown(error, first(error, ContextKind::InvalidArg)?),
        ErrorKind::ArgumentConflict => conflict(error)?,
        ErrorKind::MissingRequiredArgument => {
            let missing = all(error, ContextKind::InvalidArg)
                .into_iter()
                .map(without_brackets);
            format!("also needed: {}", missing.collect::<Vec<_>>().join(", "))
        }
        ErrorKind::InvalidSubcommand => {
            let found = first(error, ContextKind::InvalidSubcommand)?;
            format!("there is no command {found:?}")
        }
        ErrorKind::TooManyValues => format!("{} takes no value", argument()?),
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8 text".to_owned(),
        _ => return None,
    })
}

fn unknown(error: &Error, found: &str) -> String {
    if !found.starts_with('-') {
        return format!("{found:?} is one argument too many");
    }
    let meant = match first(error, ContextKind::SuggestedArg) {
        Some(meant) => format!("; did you mean {}?", name(meant)),
        // -x may be the value of the option before it.
        None if !found.starts_with("--") => {
            format!("; a value that begins with - is given as --option={found}")
        }
        None => String::new(),
    };
    format!("there is no option {found:?} here{meant}")
}

fn conflict(error: &Error) -> Option<String> {
    if let Some(command) = first(error, ContextKind::InvalidSubcommand) {
        return Some(format!(
            "the command comes before its options: nnscope {command} ..."
        ));
    }
    let argument = first(error, ContextKind::InvalidArg)?;
    let others = all(error, ContextKind::PriorArg);
    Some(match others.as_slice() {
        [other] if *other != argument => {
            format!("{} does not go with {}", name(argument), name(other))
        }
        _ => format!("{} is given twice", name(argument)),
    })
}

/// The texts that the parser gives of a kind.
fn all(error: &Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn first(error: &Error, kind: ContextKind) -> Option<&str> {
    all(error, kind).first().copied()
}

/// `--seed <SEED>` as `--seed`, `[FILE]` as `FILE`.
fn name(argument: &str) -> &str {
    let name = argument.split_once(' ').map_or(argument, |(name, _)| name);
    name.trim_matches(['<', '>', '[', ']', '.'])
}

/// `--output <FILE>` as `--output FILE`.
fn without_brackets(argument: &str) -> String {
    argument
        .replace(['<', '>'], "")
        .trim_end_matches('.')
        .to_owned()
}
