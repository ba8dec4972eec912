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
    ShowTrain,
    ShowBackprop,
    NextView,
    NextStage,
    WholeStep,
    SelectLeft,
    SelectRight,
    SelectUp,
    SelectDown,
    PreviousOfBatch,
    NextOfBatch,
    ToggleEdges,
    TurnPrecision,
    ScrollFormulasUp,
    ScrollFormulasDown,
    CheckGradients,
    ScrollCheckUp,
    ScrollCheckDown,
    Edit,
    SetParameter,
    Undo,
    EpochBack,
    EpochForward,
    TenthBack,
    TenthForward,
    FirstEpoch,
    NewestEpoch,
    GoTo,
    GoThere,
    StayHere,
    Runs,
    PreviousRun,
    NextRun,
    ToggleRun,
    ReturnToRun,
    DropRun,
}

/// Who hears a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everybody, before all others.
    Anywhere,
    /// The run, in every view.
    Run,
    /// The run, in the Train view.
    Train,
    /// The run, in the Backprop view.
    Backprop,
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
    /// The field in which a weight or bias is set; it takes what is not bound as text.
    Edit,
    /// The field in which an epoch is typed; likewise.
    GoTo,
    /// The check of the gradients.
    GradientCheck,
    /// The sweep; it takes digits as the number of seeds.
    Sweep,
    /// The runs that are kept.
    Runs,
}

impl Context {
    /// Whether what is bound in this context is heard in another.
    fn is_heard_in(self, other: Self) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Run => matches!(other, Self::Run | Self::Train | Self::Backprop),
            _ => self == other,
        }
    }
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
        bind(C::Train, &[Char('s')], A::StepEpoch, "epoch", "train one epoch, then pause"),
        bind(C::Backprop, &[Char('n')], A::NextStage, "stage", "the next stage: forward, loss, backward, update"),
        bind(C::Backprop, &[Char('s')], A::WholeStep, "step", "train one whole step"),
        bind(C::Backprop, &[LEFT, Char('h')], A::SelectLeft, "", "select along the edges, to the left"),
        bind(C::Backprop, &[RIGHT, Char('l')], A::SelectRight, "", "select along the edges, to the right"),
        bind(C::Backprop, &[UP, Char('k')], A::SelectUp, "", "select the weight, neuron or bias above"),
        bind(C::Backprop, &[DOWN, Char('j')], A::SelectDown, "", "select the weight, neuron or bias below"),
        bind(C::Backprop, &[ENTER], A::Edit, "edit", "set the selected weight or bias by hand"),
        bind(C::Backprop, &[Char('u')], A::Undo, "undo", "undo what was set by hand"),
        bind(C::Backprop, &[Char('g')], A::CheckGradients, "check", "check the gradients by central differences"),
        bind(C::Backprop, &[Char('m')], A::ToggleEdges, "edges", "weights or gradients on the edges"),
        bind(C::Backprop, &[Char('p')], A::TurnPrecision, "digits", "3, 5 or 8 significant digits"),
        bind(C::Backprop, &[Char(',')], A::PreviousOfBatch, "", "the sample of the batch before"),
        bind(C::Backprop, &[Char('.')], A::NextOfBatch, "", "the next sample of the batch"),
        bind(C::Backprop, &[Code(KeyCode::PageUp)], A::ScrollFormulasUp, "", "scroll the formulas up"),
        bind(C::Backprop, &[Code(KeyCode::PageDown)], A::ScrollFormulasDown, "", "scroll the formulas down"),
        bind(C::Run, &[Char('r')], A::Reset, "reset", "reset: the same start again"),
        bind(C::Run, &[Char('R')], A::ResetWithNextSeed, "", "reset with the next seed"),
        bind(C::Run, &[Char('+'), Char('=')], A::Faster, "speed", "train faster"),
        bind(C::Run, &[Char('-'), Char('_')], A::Slower, "speed", "train slower"),
        bind(C::Run, &[Char('i')], A::Predict, "predict", "type values to get a prediction"),
        bind(C::Run, &[Char('e')], A::Settings, "setup", "settings: data, network, training"),
        bind(C::Run, &[Code(KeyCode::Tab)], A::NextView, "view", "the next view"),
        bind(C::Run, &[Char('1')], A::ShowTrain, "", "the Train view"),
        bind(C::Run, &[Char('2')], A::ShowBackprop, "", "the Backprop view: one step, number by number"),
        bind(C::Train, &[Char('n')], A::StepSample, "step", "train one step (one sample or batch), then pause"),
        bind(C::Train, &[UP, Char('k')], A::PreviousSample, "", "show the sample before"),
        bind(C::Train, &[DOWN, Char('j')], A::NextSample, "", "show the next sample, at last the typed one"),
        bind(C::Train, &[LEFT, Char('h')], A::PreviousNeuron, "", "the neuron before, told in numbers"),
        bind(C::Train, &[RIGHT, Char('l')], A::NextNeuron, "", "the next neuron, told in numbers"),
        bind(C::Train, &[Char('y')], A::ToggleLossAxis, "log axis", "loss axis linear or logarithmic"),
        bind(C::Train, &[Char('m')], A::ToggleOverview, "", "samples, or which class is taken for which"),
        bind(C::Run, &[Char('[')], A::EpochBack, "travel", "one epoch back, as it was; space goes on from there"),
        bind(C::Run, &[Char(']')], A::EpochForward, "travel", "one epoch forward; at the newest, train one more"),
        bind(C::Run, &[Char('{')], A::TenthBack, "", "a tenth of what is trained back"),
        bind(C::Run, &[Char('}')], A::TenthForward, "", "a tenth of what is trained forward"),
        bind(C::Run, &[Code(KeyCode::Home)], A::FirstEpoch, "", "back to before training"),
        bind(C::Run, &[Code(KeyCode::End)], A::NewestEpoch, "", "to the newest epoch"),
        bind(C::Run, &[Char(':')], A::GoTo, "", "type an epoch to go to"),
        bind(C::Run, &[ESC], A::StayHere, "", "give up going to an epoch that takes long"),
        bind(C::Run, &[Char('w')], A::Save, "save", "save the run to a file"),
        bind(C::Run, &[Char('c')], A::Share, "", "the run as a command line, to copy"),
        bind(C::Run, &[Char('v')], A::Runs, "runs", "the last runs: compare them, come back to them"),
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
        bind(C::Edit, &[ENTER], A::SetParameter, "set it", "set the weight or bias"),
        bind(C::Edit, &[ESC], A::Close, "leave it as it is", "leave the weight or bias as it is"),
        bind(C::GoTo, &[ENTER], A::GoThere, "go there", "go to the epoch"),
        bind(C::GoTo, &[ESC], A::Close, "stay", "leave the field"),
        bind(C::GradientCheck, &[UP, Char('k')], A::ScrollCheckUp, "scroll", "scroll up"),
        bind(C::GradientCheck, &[DOWN, Char('j')], A::ScrollCheckDown, "scroll", "scroll down"),
        bind(C::GradientCheck, &[ESC, ENTER, Char('g'), Char('q')], A::Close, "close", "close the check"),
        bind(C::Runs, &[UP, Char('k')], A::PreviousRun, "run", "in the runs: the run before"),
        bind(C::Runs, &[DOWN, Char('j')], A::NextRun, "run", "in the runs: the next run"),
        bind(C::Runs, &[Char(' ')], A::ToggleRun, "show, hide", "in the runs: show its loss on the chart, or hide it"),
        bind(C::Runs, &[ENTER], A::ReturnToRun, "go on with it", "in the runs: come back to it as it was"),
        bind(C::Runs, &[Char('d')], A::DropRun, "drop", "in the runs: drop it"),
        bind(C::Runs, &[ESC, Char('v'), Char('q')], A::Close, "close", "close the runs"),
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
            binding.context.is_heard_in(context)
                && binding.keys.iter().any(|key| key.matches(event))
        })
        .map(|binding| binding.action)
}

/// The entries of the footer in a context: keys and words. Neighbours with the same words are one entry.
#[must_use]
pub fn footer(context: Context) -> Vec<(String, &'static str)> {
    let mut entries: Vec<(String, &str)> = Vec::new();
    for binding in BINDINGS {
        if !binding.context.is_heard_in(context) || binding.footer.is_empty() {
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

/// The lines of the help in a view: keys and words. Panels that are opened have theirs in the footer.
pub fn help_lines(view: Context) -> impl Iterator<Item = (String, &'static str)> {
    lines(move |binding| binding.context.is_heard_in(view))
}

/// The lines of one context alone.
pub fn lines_of(context: Context) -> impl Iterator<Item = (String, &'static str)> {
    lines(move |binding| binding.context == context)
}

fn lines(is_told: impl Fn(&Binding) -> bool) -> impl Iterator<Item = (String, &'static str)> {
    let told = BINDINGS.iter().filter(move |binding| is_told(binding));
    told.map(|binding| {
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
                    let heard_together = other.context.is_heard_in(binding.context)
                        || binding.context.is_heard_in(other.context);
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
    fn the_help_of_a_view_lists_every_key_that_is_heard_there() {
        for view in [Context::Train, Context::Backprop] {
            let helped: HashSet<_> = help_lines(view).map(|(_, words)| words).collect();
            for context in [Context::Run, view, Context::Anywhere] {
                for binding in BINDINGS.iter().filter(|b| b.context == context) {
                    assert!(helped.contains(binding.help), "{}", binding.help);
                }
            }
        }
    }
}
