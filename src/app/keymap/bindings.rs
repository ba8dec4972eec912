//! The table itself: one row per key, with its context, its action, what it needs, and its texts.

use crossterm::event::KeyCode;

use super::Key::{self, Char, Code, Ctrl};
use super::{Action as A, Binding, Context as C, Need as N};
use crate::app::Turn::{Back, Forward};
use crate::app::{Direction, OverlayKind as O, Pick, Travel as T, View};

const UP: Key = Code(KeyCode::Up);
const DOWN: Key = Code(KeyCode::Down);
const LEFT: Key = Code(KeyCode::Left);
const RIGHT: Key = Code(KeyCode::Right);
const ESC: Key = Code(KeyCode::Esc);
const ENTER: Key = Code(KeyCode::Enter);
const TAB: Key = Code(KeyCode::Tab);

const TRAIN: C = C::View(View::Train);
const BACKPROP: C = C::View(View::Backprop);

const fn bind(
    context: C,
    keys: &'static [Key],
    action: A,
    needs: N,
    footer: &'static str,
    help: &'static str,
) -> Binding {
    Binding {
        context,
        keys,
        action,
        needs,
        footer,
        help,
    }
}

/// Every key, in the order of footer and help.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    bind(C::Run, &[Char(' ')], A::Toggle, N::LiveRun, "pause", "run or pause (also past the last epoch)"),
    bind(TRAIN, &[Char('s')], A::StepEpoch, N::LiveRun, "epoch", "train one epoch, then pause"),
    bind(BACKPROP, &[Char('n')], A::NextStage, N::Nothing, "stage", "next stage: forward, loss, backward, update"),
    bind(BACKPROP, &[Char('s')], A::WholeStep, N::Nothing, "step", "train one whole step"),
    bind(BACKPROP, &[LEFT, Char('h')], A::Select(Direction::Left), N::Nothing, "", "select along the edges, to the left"),
    bind(BACKPROP, &[RIGHT, Char('l')], A::Select(Direction::Right), N::Nothing, "", "select along the edges, to the right"),
    bind(BACKPROP, &[UP, Char('k')], A::Select(Direction::Up), N::Nothing, "", "select the weight, neuron or bias above"),
    bind(BACKPROP, &[DOWN, Char('j')], A::Select(Direction::Down), N::Nothing, "", "select the weight, neuron or bias below"),
    bind(BACKPROP, &[ENTER], A::Open(O::Edit), N::Nothing, "edit", "set the selected weight or bias by hand"),
    bind(BACKPROP, &[Char('u')], A::Undo, N::Edit, "undo", "undo the last weight or bias set by hand"),
    bind(BACKPROP, &[Char('g')], A::Open(O::GradientCheck), N::Step, "check", "check gradients numerically"),
    bind(BACKPROP, &[Char('m')], A::TurnEdges, N::Nothing, "edges", "label edges with weights or gradients"),
    bind(BACKPROP, &[Char('p')], A::TurnPrecision, N::Nothing, "digits", "3, 5 or 8 significant digits"),
    bind(BACKPROP, &[Char(',')], A::TurnSampleOfBatch(Back), N::Batch, "", "previous sample of the batch"),
    bind(BACKPROP, &[Char('.')], A::TurnSampleOfBatch(Forward), N::Batch, "", "next sample of the batch"),
    bind(BACKPROP, &[Code(KeyCode::PageUp)], A::ScrollFormulas(Back), N::Nothing, "", "scroll the formulas up"),
    bind(BACKPROP, &[Code(KeyCode::PageDown)], A::ScrollFormulas(Forward), N::Nothing, "", "scroll the formulas down"),
    bind(C::Run, &[Char('r')], A::Restart, N::Nothing, "restart", "restart with the same seed"),
    bind(C::Run, &[Char('R')], A::RestartWithNextSeed, N::Nothing, "", "restart with the next seed"),
    bind(C::Run, &[Char('+'), Char('=')], A::TurnPace(Forward), N::Nothing, "speed", "train faster"),
    bind(C::Run, &[Char('-'), Char('_')], A::TurnPace(Back), N::Nothing, "speed", "train slower"),
    bind(C::Run, &[Char('i')], A::Predict, N::Nothing, "predict", "type values to get a prediction"),
    bind(C::Run, &[Char('e')], A::Open(O::Settings), N::Nothing, "setup", "settings: data, network, training"),
    bind(C::Run, &[TAB], A::NextView, N::Nothing, "view", "next view"),
    bind(C::Run, &[Char('1')], A::Show(View::Train), N::Nothing, "", "the Train view"),
    bind(C::Run, &[Char('2')], A::Show(View::Backprop), N::Nothing, "", "the Backprop view: one step, number by number"),
    bind(TRAIN, &[Char('n')], A::StepSample, N::LiveRun, "step", "train one step (one sample or batch), then pause"),
    bind(TRAIN, &[UP, Char('k')], A::TurnSample(Back), N::Nothing, "", "previous sample"),
    bind(TRAIN, &[DOWN, Char('j')], A::TurnSample(Forward), N::Nothing, "", "next sample (your own values come last)"),
    bind(TRAIN, &[LEFT, Char('h')], A::TurnNeuron(Back), N::Nothing, "", "previous neuron, with its formula"),
    bind(TRAIN, &[RIGHT, Char('l')], A::TurnNeuron(Forward), N::Nothing, "", "next neuron, with its formula"),
    bind(TRAIN, &[Char('y')], A::TurnLossAxis, N::Nothing, "log axis", "loss axis linear or logarithmic"),
    bind(TRAIN, &[Char('m')], A::TurnOverview, N::Classes, "", "samples or confusion matrix"),
    bind(C::Run, &[Char('[')], A::Travel(T::Back), N::Trainer, "travel", "back one epoch (space resumes from there)"),
    bind(C::Run, &[Char(']')], A::Travel(T::Forward), N::Trainer, "travel", "forward one epoch (trains one if there is none)"),
    bind(C::Run, &[Char('{')], A::Travel(T::TenthBack), N::Trainer, "", "back by a tenth of the run"),
    bind(C::Run, &[Char('}')], A::Travel(T::TenthForward), N::Trainer, "", "forward by a tenth of the run"),
    bind(C::Run, &[Code(KeyCode::Home)], A::Travel(T::First), N::Trainer, "", "to the start (epoch 0)"),
    bind(C::Run, &[Code(KeyCode::End)], A::Travel(T::Farthest), N::Trainer, "", "to the newest epoch"),
    bind(C::Run, &[Char(':')], A::Open(O::GoTo), N::Trainer, "", "go to an epoch"),
    bind(C::Run, &[ESC], A::CancelJump, N::Jump, "", "cancel a long jump"),
    bind(C::Run, &[Char('w')], A::Save, N::Trainer, "save", "save the run to a file"),
    bind(C::Run, &[Char('c')], A::Open(O::CommandLine), N::Nothing, "", "show and copy the equivalent command"),
    bind(C::Run, &[Char('v')], A::Open(O::Runs), N::Nothing, "runs", "compare or return to earlier runs"),
    bind(C::Run, &[Char('S')], A::Open(O::Sweep), N::Nothing, "", "sweep: train from many seeds"),
    bind(C::Run, &[Char('?'), Code(KeyCode::F(1))], A::Open(O::Help), N::Nothing, "help", "show or hide this help"),
    bind(C::Run, &[Char('q')], A::Quit, N::Nothing, "quit", "quit"),
    bind(C::Anywhere, &[Ctrl('c')], A::Quit, N::Nothing, "", "quit from anywhere"),
    bind(C::Anywhere, &[Ctrl('z')], A::Suspend, N::Nothing, "", "suspend (fg resumes)"),
    bind(C::Anywhere, &[Ctrl('l')], A::Repaint, N::Nothing, "", "repaint the screen"),
    bind(C::Prediction, &[TAB, DOWN], A::TurnField(Forward), N::Nothing, "next field", "next field"),
    bind(C::Prediction, &[Code(KeyCode::BackTab), UP], A::TurnField(Back), N::Nothing, "", "previous field"),
    bind(C::Prediction, &[ENTER, ESC], A::LeavePrediction, N::Nothing, "done", "leave the prediction box"),
    bind(C::Over(O::Help), &[UP, Char('k')], A::Scroll(Back), N::Nothing, "scroll", "scroll up"),
    bind(C::Over(O::Help), &[DOWN, Char('j')], A::Scroll(Forward), N::Nothing, "scroll", "scroll down"),
    bind(C::Over(O::Help), &[ESC, ENTER, Char('?'), Code(KeyCode::F(1)), Char('q')], A::Close, N::Nothing, "close", "close the help"),
    bind(C::Over(O::Settings), &[UP, Char('k')], A::TurnSetting(Back), N::Nothing, "setting", "previous setting"),
    bind(C::Over(O::Settings), &[DOWN, Char('j')], A::TurnSetting(Forward), N::Nothing, "setting", "next setting"),
    bind(C::Over(O::Settings), &[LEFT, Char('h'), Char('-')], A::TurnValue(Back), N::Nothing, "value", "previous value"),
    bind(C::Over(O::Settings), &[RIGHT, Char('l'), Char('+')], A::TurnValue(Forward), N::Nothing, "value", "next value"),
    bind(C::Over(O::Settings), &[Code(KeyCode::Backspace)], A::EditValue, N::Nothing, "", "edit the value as text"),
    bind(C::Over(O::Settings), &[ENTER], A::ApplySettings, N::Nothing, "apply", "apply the settings"),
    bind(C::Over(O::Settings), &[ESC, Char('e'), Char('q')], A::CloseSettings, N::Nothing, "cancel", "close without applying"),
    bind(C::Value, &[UP], A::TurnSetting(Back), N::Nothing, "setting", "previous setting"),
    bind(C::Value, &[DOWN], A::TurnSetting(Forward), N::Nothing, "setting", "next setting"),
    bind(C::Value, &[ENTER], A::ApplySettings, N::Nothing, "apply", "apply the settings"),
    bind(C::Value, &[ESC], A::KeepValue, N::Nothing, "keep the old value", "keep the old value"),
    bind(C::Over(O::CommandLine), &[ESC, ENTER, Char('c'), Char('q')], A::Close, N::Nothing, "close", "close the command line"),
    bind(C::Over(O::Edit), &[ENTER], A::SetParameter, N::Nothing, "set", "set the weight or bias"),
    bind(C::Over(O::Edit), &[ESC], A::Close, N::Nothing, "cancel", "close without setting anything"),
    bind(C::Over(O::GoTo), &[ENTER], A::GoThere, N::Nothing, "go", "go to the epoch"),
    bind(C::Over(O::GoTo), &[ESC], A::Close, N::Nothing, "cancel", "close the field"),
    bind(C::Over(O::GradientCheck), &[UP, Char('k')], A::Scroll(Back), N::Nothing, "scroll", "scroll up"),
    bind(C::Over(O::GradientCheck), &[DOWN, Char('j')], A::Scroll(Forward), N::Nothing, "scroll", "scroll down"),
    bind(C::Over(O::GradientCheck), &[ESC, ENTER, Char('g'), Char('q')], A::Close, N::Nothing, "close", "close the check"),
    bind(C::Over(O::Runs), &[UP, Char('k')], A::TurnRun(Back), N::Nothing, "run", "previous run"),
    bind(C::Over(O::Runs), &[DOWN, Char('j')], A::TurnRun(Forward), N::Nothing, "run", "next run"),
    bind(C::Over(O::Runs), &[Char(' ')], A::ToggleRun, N::KeptRun, "show/hide", "show or hide its loss on the chart"),
    bind(C::Over(O::Runs), &[ENTER], A::ReturnToRun, N::KeptRun, "resume", "return to the run as it was"),
    bind(C::Over(O::Runs), &[Char('d')], A::DropRun, N::KeptRun, "delete", "delete it"),
    bind(C::Over(O::Runs), &[ESC, Char('v'), Char('q')], A::Close, N::Nothing, "close", "close the runs"),
    bind(C::Over(O::Sweep), &[Char('b')], A::OpenSeed(Pick::Best), N::SweepResult, "best", "open the run of the best seed"),
    bind(C::Over(O::Sweep), &[Char('m')], A::OpenSeed(Pick::Median), N::SweepResult, "median", "open the run of the median seed"),
    bind(C::Over(O::Sweep), &[Char('w')], A::OpenSeed(Pick::Worst), N::SweepResult, "worst", "open the run of the worst seed"),
    bind(C::Over(O::Sweep), &[ENTER], A::StartSweep, N::Nothing, "start", "start the sweep"),
    bind(C::Over(O::Sweep), &[ESC, Char('S'), Char('q')], A::LeaveSweep, N::Nothing, "stop, close", "stop the sweep, or close the panel"),
    bind(C::Over(O::Replace), &[Char('y')], A::Replace, N::Nothing, "yes", "replace the file"),
    bind(C::Over(O::Replace), &[Char('n'), ESC], A::KeepFile, N::Nothing, "no", "keep the file"),
];
