//! The one table of keys: dispatch, footer, help and the README's table all come from it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "the table below says what each does, in the words of the help"
)]
pub enum Action {
    Toggle,
    StepEpoch,
    StepSample,
    Reset,
    ResetWithNextSeed,
    Faster,
    Slower,
    Predict,
    PreviousNeuron,
    NextNeuron,
    PreviousSample,
    NextSample,
    ToggleLossAxis,
    ToggleOverview,
    Save,
    Help,
    Quit,
    Suspend,
    LeavePrediction,
    NextField,
    PreviousField,
    ScrollUp,
    ScrollDown,
    Close,
    Settings,
    PreviousSetting,
    NextSetting,
    PreviousValue,
    NextValue,
    Apply,
    Share,
    Sweep,
    StartSweep,
    LeaveSweep,
    OpenBest,
    OpenMedian,
    OpenWorst,
    Replace,
    KeepFile,
}

/// Who hears a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everybody, before all others.
    Anywhere,
    /// The run.
    Run,
    /// A text field of the prediction box; it takes all keys that are not bound here as text.
    Prediction,
    /// The help.
    Help,
    /// The question whether to replace a file.
    Replace,
    /// The settings.
    Settings,
    /// The run as a command line.
    CommandLine,
    /// The sweep; it takes digits as the number of seeds.
    Sweep,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Who hears it.
    pub context: Context,
    /// Any of these keys.
    pub keys: &'static [Key],
    /// What it does.
    pub action: Action,
    /// The words in the footer; empty for what is found in the help only.
    pub footer: &'static str,
    /// The words in the help.
    pub help: &'static str,
}

/// A key as the table has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character, whatever the keyboard needs to make it.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// Any other key by itself.
    Code(KeyCode),
}

impl Key {
    fn matches(self, event: KeyEvent) -> bool {
        match self {
            // Shift is in the character already; Alt Gr makes characters with Ctrl and Alt.
            Self::Char(c) => {
                event.code == KeyCode::Char(c) && (event.modifiers - KeyModifiers::SHIFT).is_empty()
            }
            Self::Ctrl(c) => {
                event.code == KeyCode::Char(c) && event.modifiers == KeyModifiers::CONTROL
            }
            Self::Code(code) => {
                event.code == code && (event.modifiers - KeyModifiers::SHIFT).is_empty()
            }
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Char(' ') => f.write_str("space"),
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            Self::Code(KeyCode::BackTab) => f.write_str("Shift-Tab"),
            // In words, the same on every system and in ASCII: Up, Esc, F1.
            Self::Code(KeyCode::F(number)) => write!(f, "F{number}"),
            Self::Code(code) => write!(f, "{code:?}"),
        }
    }
}

const UP: Key = Key::Code(KeyCode::Up);
const DOWN: Key = Key::Code(KeyCode::Down);
const LEFT: Key = Key::Code(KeyCode::Left);
const RIGHT: Key = Key::Code(KeyCode::Right);
const ESC: Key = Key::Code(KeyCode::Esc);
const ENTER: Key = Key::Code(KeyCode::Enter);

const fn bind(
    context: Context,
    keys: &'static [Key],
    action: Action,
    footer: &'static str,
    help: &'static str,
) -> Binding {
    Binding {
        context,
        keys,
        action,
        footer,
        help,
    }
}

/// Every key, in the order of footer and help.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &{
    use Action as A;
    use Context as C;
    use Key::{Char, Code, Ctrl};
    [
        bind(C::Run, &[Char(' ')], A::Toggle, "pause", "pause, run; go on past the end"),
        bind(C::Run, &[Char('s')], A::StepEpoch, "epoch", "train one epoch, then pause"),
        bind(C::Run, &[Char('r')], A::Reset, "reset", "reset: the same start again"),
        bind(C::Run, &[Char('R')], A::ResetWithNextSeed, "", "reset with the next seed"),
        bind(C::Run, &[Char('+'), Char('=')], A::Faster, "speed", "train faster"),
        bind(C::Run, &[Char('-'), Char('_')], A::Slower, "speed", "train slower"),
        bind(C::Run, &[Char('i')], A::Predict, "predict", "type values to get a prediction"),
        bind(C::Run, &[Char('e')], A::Settings, "setup", "settings: data, network, training"),
        bind(C::Run, &[Char('n')], A::StepSample, "step", "train one step (one sample or batch), then pause"),
        bind(C::Run, &[UP, Char('k')], A::PreviousSample, "", "show the sample before"),
        bind(C::Run, &[DOWN, Char('j')], A::NextSample, "", "show the next sample, at last the typed one"),
        bind(C::Run, &[LEFT, Char('h')], A::PreviousNeuron, "", "the neuron before, told in numbers"),
        bind(C::Run, &[RIGHT, Char('l')], A::NextNeuron, "", "the next neuron, told in numbers"),
        bind(C::Run, &[Char('y')], A::ToggleLossAxis, "log axis", "loss axis linear or logarithmic"),
        bind(C::Run, &[Char('m')], A::ToggleOverview, "", "samples, or which class is taken for which"),
        bind(C::Run, &[Char('w')], A::Save, "save", "save the run to a file"),
        bind(C::Run, &[Char('c')], A::Share, "", "the run as a command line, to copy"),
        bind(C::Run, &[Char('S')], A::Sweep, "", "sweep: the same from many seeds"),
        bind(C::Run, &[Char('?'), Code(KeyCode::F(1))], A::Help, "help", "show or hide this help"),
        bind(C::Run, &[Char('q')], A::Quit, "quit", "quit"),
        bind(C::Anywhere, &[Ctrl('c')], A::Quit, "", "quit, wherever you are"),
        bind(C::Anywhere, &[Ctrl('z')], A::Suspend, "", "back to the shell for a while (fg returns)"),
        bind(C::Prediction, &[Code(KeyCode::Tab), DOWN], A::NextField, "next field", "in the prediction box: the next field"),
        bind(C::Prediction, &[Code(KeyCode::BackTab), UP], A::PreviousField, "", "in the prediction box: the field before"),
        bind(C::Prediction, &[ENTER, ESC], A::LeavePrediction, "done", "leave the prediction box"),
        bind(C::Help, &[UP, Char('k')], A::ScrollUp, "scroll", "scroll up"),
        bind(C::Help, &[DOWN, Char('j')], A::ScrollDown, "scroll", "scroll down"),
        bind(C::Help, &[ESC, ENTER, Char('?'), Code(KeyCode::F(1)), Char('q')], A::Close, "close", "close the help"),
        bind(C::Settings, &[UP, Char('k')], A::PreviousSetting, "setting", "in the settings: the setting before"),
        bind(C::Settings, &[DOWN, Char('j')], A::NextSetting, "setting", "in the settings: the next setting"),
        bind(C::Settings, &[LEFT, Char('h'), Char('-')], A::PreviousValue, "value", "in the settings: the value before"),
        bind(C::Settings, &[RIGHT, Char('l'), Char('+')], A::NextValue, "value", "in the settings: the next value"),
        bind(C::Settings, &[ENTER], A::Apply, "apply", "in the settings: apply them"),
        bind(C::Settings, &[ESC, Char('e'), Char('q')], A::Close, "leave all as it is", "leave the settings"),
        bind(C::CommandLine, &[ESC, ENTER, Char('c'), Char('q')], A::Close, "close", "close the command line"),
        bind(C::Sweep, &[Char('b')], A::OpenBest, "best", "in the sweep: show the run of the best seed"),
        bind(C::Sweep, &[Char('m')], A::OpenMedian, "median", "in the sweep: show the run of the median seed"),
        bind(C::Sweep, &[Char('w')], A::OpenWorst, "worst", "in the sweep: show the run of the worst seed"),
        bind(C::Sweep, &[ENTER], A::StartSweep, "start", "in the sweep: start it"),
        bind(C::Sweep, &[ESC, Char('S'), Char('q')], A::LeaveSweep, "stop, close", "stop the sweep; close it"),
        bind(C::Replace, &[Char('y')], A::Replace, "replace it", "replace the file"),
        bind(C::Replace, &[Char('n'), ESC], A::KeepFile, "keep it", "keep the file"),
    ]
};

/// What a key does there; nothing if it is not bound.
#[must_use]
pub fn action(context: Context, event: KeyEvent) -> Option<Action> {
    BINDINGS
        .iter()
        .find(|binding| {
            (binding.context == Context::Anywhere || binding.context == context)
                && binding.keys.iter().any(|key| key.matches(event))
        })
        .map(|binding| binding.action)
}

/// The entries of the footer in a context: keys and words. Neighbours with the same words are one entry.
#[must_use]
pub fn footer(context: Context) -> Vec<(String, &'static str)> {
    let mut entries: Vec<(String, &str)> = Vec::new();
    for binding in BINDINGS {
        if binding.context != context || binding.footer.is_empty() {
            continue;
        }
        match entries.last_mut() {
            Some((keys, words)) if *words == binding.footer => {
                keys.push('/');
                keys.push_str(&binding.keys[0].to_string());
            }
            _ => entries.push((binding.keys[0].to_string(), binding.footer)),
        }
    }
    entries
}

/// The lines of the help: keys and words. Panels that are opened have theirs in the footer.
pub fn help_lines() -> impl Iterator<Item = (String, &'static str)> {
    let helped = [Context::Run, Context::Anywhere];
    BINDINGS
        .iter()
        .filter(move |binding| helped.contains(&binding.context))
        .map(|binding| {
            let keys: Vec<String> = binding.keys.iter().map(Key::to_string).collect();
            (keys.join(" "), binding.help)
        })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_stands_twice_in_a_context() {
        for binding in BINDINGS {
            for key in binding.keys {
                let same = BINDINGS.iter().filter(|other| {
                    let heard_together = other.context == binding.context
                        || other.context == Context::Anywhere
                        || binding.context == Context::Anywhere;
                    heard_together && other.keys.contains(key)
                });
                assert_eq!(same.count(), 1, "{key} in {:?}", binding.context);
            }
        }
    }

    #[test]
    fn every_key_is_found_by_what_a_terminal_sends() {
        for binding in BINDINGS {
            for key in binding.keys {
                let (code, modifiers) = match *key {
                    Key::Char(c) if c.is_uppercase() => (KeyCode::Char(c), KeyModifiers::SHIFT),
                    Key::Char(c) => (KeyCode::Char(c), KeyModifiers::NONE),
                    Key::Ctrl(c) => (KeyCode::Char(c), KeyModifiers::CONTROL),
                    Key::Code(code) => (code, KeyModifiers::NONE),
                };
                let event = KeyEvent::new(code, modifiers);
                assert_eq!(
                    action(binding.context, event),
                    Some(binding.action),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn the_help_lists_every_key_of_the_run() {
        let helped: HashSet<_> = help_lines().map(|(_, words)| words).collect();
        for binding in BINDINGS.iter().filter(|b| b.context == Context::Run) {
            assert!(helped.contains(binding.help), "{}", binding.help);
        }
    }
}
