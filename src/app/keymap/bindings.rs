//! The table itself: one row per key, with its context, its action, what it needs, and its texts.

use crossterm::event::KeyCode;

use super::Key::{self, Char, Code, Ctrl};
use super::{Action as A, Binding, Context as C, Footer, Group as G, Need as N};
use crate::app::Turn::{Back, Forward};
use crate::app::{
    Direction, Jump as J, MapAxis, MarkStep, OverlayKind as O, Pick, Travel as T, View,
};

const UP: Key = Code(KeyCode::Up);
const DOWN: Key = Code(KeyCode::Down);
const LEFT: Key = Code(KeyCode::Left);
const RIGHT: Key = Code(KeyCode::Right);
const ESC: Key = Code(KeyCode::Esc);
const ENTER: Key = Code(KeyCode::Enter);
const TAB: Key = Code(KeyCode::Tab);
const SHIFT_TAB: Key = Code(KeyCode::BackTab);
const PAGE_UP: Key = Code(KeyCode::PageUp);
const PAGE_DOWN: Key = Code(KeyCode::PageDown);
const HOME: Key = Code(KeyCode::Home);
const END: Key = Code(KeyCode::End);

const TRAIN: C = C::View(View::Train);
const BACKPROP: C = C::View(View::Backprop);
const SURFACE: C = C::View(View::Surface);
const LEARN: C = C::View(View::Learn);

/// Not in the footer.
const NONE: Footer = f(u8::MAX, "");

const fn f(rank: u8, text: &'static str) -> Footer {
    Footer { rank, text }
}

const fn bind(
    group: G,
    context: C,
    keys: &'static [Key],
    action: A,
    needs: N,
    footer: Footer,
    help: &'static str,
) -> Binding {
    Binding {
        group,
        context,
        keys,
        action,
        needs,
        footer,
        help,
    }
}

/// Every key, in the order of the help: by group.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    bind(G::Run, C::Views, &[Char(' ')], A::Toggle, N::LiveRun, f(1, "pause"), "run or pause (also past the last epoch)"),
    bind(G::Run, C::Views, &[Char('s')], A::Step, N::LiveRun, f(2, "step"), "train one step (one sample or batch), then pause"),
    bind(G::Run, TRAIN, &[Char('n')], A::StepEpoch, N::LiveRun, f(3, "epoch"), "train to the end of the epoch, then pause"),
    bind(G::Run, SURFACE, &[Char('n')], A::StepEpoch, N::LiveRun, f(3, "epoch"), "train to the end of the epoch, then pause"),
    bind(G::Run, BACKPROP, &[Char('n')], A::NextStage, N::Stage, f(3, "stage"), "next stage: forward, loss, backward, update"),
    bind(G::Run, LEARN, &[Char('n')], A::NextOnPage, N::Nothing, f(3, "next"), "next stage of the step, or to the end of the epoch"),
    bind(G::Run, C::Views, &[Char('+'), Char('=')], A::TurnPace(Forward), N::Nothing, f(14, "speed"), "train faster"),
    bind(G::Run, C::Views, &[Char('-'), Char('_')], A::TurnPace(Back), N::Nothing, f(14, "speed"), "train slower"),
    bind(G::Run, C::Run, &[Char('r')], A::Restart, N::Nothing, f(13, "restart"), "restart with the same seed"),
    bind(G::Run, C::Run, &[Char('R')], A::RestartWithNextSeed, N::Nothing, NONE, "restart with the next seed"),
    bind(G::Run, LEARN, &[Char('r')], A::RestartPage, N::Nothing, f(8, "again"), "start the page again"),
    bind(G::Travel, C::Views, &[Char('[')], A::Travel(T::Back), N::Trainer, f(4, "time"), "back one epoch (space resumes from there)"),
    bind(G::Travel, C::Views, &[Char(']')], A::Travel(T::Forward), N::LaterEpoch, f(4, "time"), "forward one epoch (trains one if there is none)"),
    bind(G::Travel, C::Views, &[Char('{')], A::Travel(T::TenthBack), N::Trainer, NONE, "back by a tenth of the run"),
    bind(G::Travel, C::Views, &[Char('}')], A::Travel(T::TenthForward), N::Trainer, NONE, "forward by a tenth of the run"),
    bind(G::Travel, C::Views, &[HOME], A::Travel(T::First), N::Trainer, NONE, "to the start (epoch 0)"),
    bind(G::Travel, C::Views, &[END], A::Travel(T::Farthest), N::Trainer, NONE, "to the newest epoch"),
    bind(G::Travel, C::Views, &[Char(':')], A::Open(O::GoTo), N::Trainer, NONE, "go to an epoch (trains there if it is a later one)"),
    bind(G::Travel, TRAIN, &[Char(',')], A::MoveMark(MarkStep::Hundredth, Back), N::Nothing, NONE, "mark an earlier moment on the chart"),
    bind(G::Travel, TRAIN, &[Char('.')], A::MoveMark(MarkStep::Hundredth, Forward), N::Nothing, NONE, "mark a later moment on the chart"),
    bind(G::Travel, TRAIN, &[Char('<')], A::MoveMark(MarkStep::Tenth, Back), N::Nothing, NONE, "move the mark back by a tenth of the run"),
    bind(G::Travel, TRAIN, &[Char('>')], A::MoveMark(MarkStep::Tenth, Forward), N::Nothing, NONE, "move the mark forward by a tenth of the run"),
    bind(G::Travel, TRAIN, &[ENTER], A::GoToMark, N::Mark, f(5, "to the mark"), "go to the marked epoch"),
    bind(G::Travel, C::Run, &[ESC], A::Dismiss, N::Dismissible, f(1, "leave"), "leave what is open: a jump, a mark, a formula, a table"),
    bind(G::Travel, LEARN, &[ESC], A::LeaveLessons, N::Nothing, f(10, "leave"), "leave the lessons: your own run is back as it was"),
    bind(G::Look, C::Views, &[TAB], A::TurnView(Forward), N::Nothing, f(6, "view"), "next view"),
    bind(G::Look, C::Views, &[SHIFT_TAB], A::TurnView(Back), N::Nothing, NONE, "previous view"),
    bind(G::Look, C::Run, &[Char('z')], A::ToggleZoom, N::Nothing, f(9, "zoom"), "give the focused panel the whole body, or all panels theirs"),
    bind(G::Look, C::Run, &[Char('f')], A::TurnPanel(Forward), N::Nothing, f(9, "panel"), "focus the next panel (a key that acts on a panel focuses it)"),
    bind(G::Look, C::Run, &[Char('F')], A::TurnPanel(Back), N::Nothing, NONE, "focus the previous panel"),
    bind(G::Look, C::Views, &[Char('1')], A::Show(View::Train), N::Nothing, NONE, "the Train view"),
    bind(G::Look, C::Views, &[Char('2')], A::Show(View::Backprop), N::Nothing, NONE, "the Backprop view: one step, number by number"),
    bind(G::Look, C::Views, &[Char('3')], A::Show(View::Surface), N::Nothing, NONE, "the Surface view: what the network has learned"),
    bind(G::Look, C::Views, &[Char('4')], A::Show(View::Learn), N::Nothing, NONE, "the Learn view: lessons, each beside a live network"),
    bind(G::Look, TRAIN, &[UP, Char('k')], A::TurnSample(Back), N::Nothing, NONE, "previous sample"),
    bind(G::Look, TRAIN, &[DOWN, Char('j')], A::TurnSample(Forward), N::Nothing, NONE, "next sample (your own values come last)"),
    bind(G::Look, TRAIN, &[PAGE_UP], A::TurnSamplePage(Back), N::Nothing, NONE, "ten samples back"),
    bind(G::Look, TRAIN, &[PAGE_DOWN], A::TurnSamplePage(Forward), N::Nothing, NONE, "ten samples forward"),
    bind(G::Look, TRAIN, &[LEFT, Char('h')], A::TurnNeuron(Back), N::Nothing, NONE, "previous neuron, with its formula"),
    bind(G::Look, TRAIN, &[RIGHT, Char('l')], A::TurnNeuron(Forward), N::Nothing, NONE, "next neuron, with its formula"),
    bind(G::Look, TRAIN, &[Char('t')], A::TurnChart, N::Nothing, f(10, "chart"), "what the chart shows: loss, score, weights, gradients, updates"),
    bind(G::Look, TRAIN, &[Char('y')], A::TurnLossAxis, N::LossChart, f(16, "log axis"), "loss axis linear or logarithmic"),
    bind(G::Look, TRAIN, &[Char('m')], A::TurnOverview, N::Nothing, NONE, "turn the lower panel: samples, errors, confusion matrices, map"),
    bind(G::Look, C::Views, &[Char('a')], A::TurnLabels, N::Nothing, f(13, "names"), "label edges with names, values, or both"),
    bind(G::Look, BACKPROP, &[LEFT, Char('h')], A::Select(Direction::Left), N::Nothing, NONE, "select along the edges, to the left"),
    bind(G::Look, BACKPROP, &[RIGHT, Char('l')], A::Select(Direction::Right), N::Nothing, NONE, "select along the edges, to the right"),
    bind(G::Look, BACKPROP, &[UP, Char('k')], A::Select(Direction::Up), N::Nothing, NONE, "select the weight, neuron or bias above"),
    bind(G::Look, BACKPROP, &[DOWN, Char('j')], A::Select(Direction::Down), N::Nothing, NONE, "select the weight, neuron or bias below"),
    bind(G::Look, BACKPROP, &[Char('g')], A::Open(O::GradientCheck), N::Step, f(10, "check"), "check gradients numerically"),
    bind(G::Look, BACKPROP, &[Char('m')], A::TurnEdges, N::Nothing, f(11, "edges"), "label edges with weights or gradients"),
    bind(G::Look, BACKPROP, &[Char('p')], A::TurnPrecision, N::Nothing, f(12, "digits"), "3, 5 or 8 significant digits"),
    bind(G::Look, BACKPROP, &[Char(',')], A::TurnSampleOfBatch(Back), N::Step, NONE, "previous sample: of the batch, any other, your own values"),
    bind(G::Look, BACKPROP, &[Char('.')], A::TurnSampleOfBatch(Forward), N::Step, f(13, "sample"), "next sample: of the batch, any other, your own values"),
    bind(G::Look, BACKPROP, &[PAGE_UP], A::ScrollFormulas(Back), N::Nothing, NONE, "scroll the formulas up"),
    bind(G::Look, BACKPROP, &[PAGE_DOWN], A::ScrollFormulas(Forward), N::Nothing, NONE, "scroll the formulas down"),
    bind(G::Look, SURFACE, &[LEFT], A::MoveCursor(Direction::Left), N::Map, f(15, "cursor"), "cursor to the left (at the border, the map moves)"),
    bind(G::Look, SURFACE, &[RIGHT], A::MoveCursor(Direction::Right), N::Map, f(15, "cursor"), "cursor to the right"),
    bind(G::Look, SURFACE, &[UP], A::MoveCursor(Direction::Up), N::Map, f(15, "cursor"), "cursor up"),
    bind(G::Look, SURFACE, &[DOWN], A::MoveCursor(Direction::Down), N::Map, f(15, "cursor"), "cursor down"),
    bind(G::Look, SURFACE, &[Char('<')], A::ZoomMap(Back), N::Map, f(16, "zoom"), "zoom out"),
    bind(G::Look, SURFACE, &[Char('>')], A::ZoomMap(Forward), N::Map, f(16, "zoom"), "zoom in, around the cursor"),
    bind(G::Look, SURFACE, &[Char('0')], A::ShowWholeMap, N::ZoomedMap, f(16, "all data"), "show all data again"),
    bind(G::Look, SURFACE, &[Char('d')], A::TurnDiscrete, N::Map, f(11, "discrete"), "only the prediction, or how sure it is"),
    bind(G::Look, SURFACE, &[Char('x')], A::TurnMapFeature(MapAxis::Across), N::OtherFeatures, f(10, "features"), "next feature across"),
    bind(G::Look, SURFACE, &[Char('y')], A::TurnMapFeature(MapAxis::Up), N::OtherFeatures, f(10, "features"), "next feature up"),
    bind(G::Look, SURFACE, &[Char('m')], A::TurnHeld, N::OtherFeatures, f(12, "others"), "hold the other features at their mean, median or the sample"),
    bind(G::Look, SURFACE, &[Char('h')], A::TurnNeuron(Back), N::Map, f(9, "neuron"), "map of the previous neuron"),
    bind(G::Look, SURFACE, &[Char('l')], A::TurnNeuron(Forward), N::Map, f(9, "neuron"), "map of the next neuron, after the last of the output"),
    bind(G::Look, SURFACE, &[Char('k')], A::TurnSample(Back), N::Nothing, NONE, "previous sample"),
    bind(G::Look, SURFACE, &[Char('j')], A::TurnSample(Forward), N::Nothing, NONE, "next sample (your own values come last)"),
    bind(G::Look, LEARN, &[RIGHT], A::TurnPage(Forward), N::Nothing, f(1, "page"), "next page"),
    bind(G::Look, LEARN, &[LEFT], A::TurnPage(Back), N::Nothing, f(1, "page"), "previous page"),
    bind(G::Look, LEARN, &[Char('l')], A::Open(O::Lessons), N::Nothing, f(9, "list"), "list of all lessons"),
    bind(G::Look, LEARN, &[Char('h')], A::Hint, N::Nothing, f(2, "hint"), "a hint: first a nudge, then the keys, then it is done for you"),
    bind(G::Change, SURFACE, &[ENTER], A::UsePoint, N::Map, f(5, "use"), "put the point under the cursor into the prediction box"),
    bind(G::Change, BACKPROP, &[ENTER], A::Open(O::Edit), N::Nothing, f(5, "set"), "set the selected weight or bias by hand"),
    bind(G::Change, BACKPROP, &[Char('u')], A::Undo, N::Edit, f(9, "undo"), "undo the last weight or bias set by hand"),
    bind(G::Change, LEARN, &[UP, Char('k')], A::TurnHandle(Back), N::Handle, NONE, "choose what Enter changes: the one before"),
    bind(G::Change, LEARN, &[DOWN, Char('j')], A::TurnHandle(Forward), N::Handle, NONE, "choose what Enter changes: the next one"),
    bind(G::Change, LEARN, &[ENTER], A::UseHandle, N::Handle, f(2, "change"), "change it, or start that variant of the run"),
    bind(G::Change, C::Run, &[Char('i')], A::Predict, N::Nothing, f(7, "try"), "type values to get a prediction"),
    bind(G::Change, C::Views, &[Char('e')], A::Open(O::Settings), N::Nothing, f(8, "setup"), "settings: data, network, training"),
    bind(G::Runs, C::Run, &[Char('w')], A::Open(O::Save), N::Trainer, f(18, "save"), "save the run to a file that you name"),
    bind(G::Runs, C::Run, &[Char('o')], A::Open(O::Open), N::Nothing, f(18, "open"), "open a run, a CSV file, or built-in data"),
    bind(G::Runs, C::Views, &[Char('c')], A::Open(O::CommandLine), N::Nothing, NONE, "show and copy the equivalent command"),
    bind(G::Runs, C::Run, &[Char('v')], A::Open(O::Runs), N::Nothing, f(15, "runs"), "compare or return to earlier runs"),
    bind(G::Runs, C::Run, &[Char('S')], A::Open(O::Sweep), N::Nothing, f(17, "sweep"), "sweep: train from many seeds"),
    bind(G::Program, C::Views, &[Char('?'), Code(KeyCode::F(1))], A::Open(O::Help), N::Nothing, f(98, "help"), "show or hide this help"),
    bind(G::Program, C::Views, &[Char('q')], A::Quit, N::Nothing, f(99, "quit"), "quit"),
    bind(G::Program, C::Anywhere, &[Ctrl('c')], A::Quit, N::Nothing, NONE, "quit from anywhere"),
    bind(G::Program, C::Anywhere, &[Ctrl('z')], A::Suspend, N::Nothing, NONE, "suspend (fg resumes)"),
    bind(G::Program, C::Anywhere, &[Ctrl('l')], A::Repaint, N::Nothing, NONE, "repaint the screen"),
    bind(G::Window, C::Prediction, &[TAB, DOWN], A::TurnField(Forward), N::Nothing, f(0, "next field"), "next field"),
    bind(G::Window, C::Prediction, &[SHIFT_TAB, UP], A::TurnField(Back), N::Nothing, NONE, "previous field"),
    bind(G::Window, C::Prediction, &[ENTER], A::LeavePrediction, N::Nothing, f(0, "done"), "leave the prediction box"),
    bind(G::Window, C::Prediction, &[ESC], A::CancelPrediction, N::Nothing, f(0, "restore"), "leave it with the values as they were"),
    bind(G::Window, C::Guess, &[ENTER], A::Guess, N::Nothing, f(1, "guess or skip"), "make the guess, or skip it"),
    bind(G::Window, C::Guess, &[ESC], A::Guess, N::Nothing, NONE, "leave the guess"),
    bind(G::Window, C::Guess, &[RIGHT], A::TurnPage(Forward), N::Nothing, f(2, "page"), "next page"),
    bind(G::Window, C::Guess, &[LEFT], A::TurnPage(Back), N::Nothing, f(2, "page"), "previous page"),
    bind(G::Window, C::Over(O::Help), &[UP, Char('k')], A::Scroll(Back), N::Nothing, f(0, "scroll"), "scroll up"),
    bind(G::Window, C::Over(O::Help), &[DOWN, Char('j')], A::Scroll(Forward), N::Nothing, f(0, "scroll"), "scroll down"),
    bind(G::Window, C::Over(O::Help), &[PAGE_UP], A::ScrollPage(Back), N::Nothing, f(0, "page"), "ten entries up"),
    bind(G::Window, C::Over(O::Help), &[PAGE_DOWN], A::ScrollPage(Forward), N::Nothing, f(0, "page"), "ten entries down"),
    bind(G::Window, C::Over(O::Help), &[HOME], A::ScrollEnd(Back), N::Nothing, NONE, "first entry"),
    bind(G::Window, C::Over(O::Help), &[END], A::ScrollEnd(Forward), N::Nothing, NONE, "last entry"),
    bind(G::Window, C::Over(O::Help), &[TAB, SHIFT_TAB, LEFT, RIGHT], A::TurnHelp, N::Nothing, f(0, "keys or signs"), "the keys, or what the picture means"),
    bind(G::Window, C::Over(O::Help), &[ESC, ENTER, Char('?'), Code(KeyCode::F(1)), Char('q')], A::Close, N::Nothing, f(0, "close"), "close the help"),
    bind(G::Window, C::Over(O::Settings), &[UP], A::TurnSetting(Back), N::Nothing, f(0, "setting"), "previous setting"),
    bind(G::Window, C::Over(O::Settings), &[DOWN], A::TurnSetting(Forward), N::Nothing, f(0, "setting"), "next setting"),
    bind(G::Window, C::Over(O::Settings), &[TAB], A::JumpSetting(J::Section(Forward)), N::Nothing, f(0, "section"), "next section"),
    bind(G::Window, C::Over(O::Settings), &[Code(KeyCode::BackTab)], A::JumpSetting(J::Section(Back)), N::Nothing, NONE, "previous section"),
    bind(G::Window, C::Over(O::Settings), &[Code(KeyCode::PageUp)], A::JumpSetting(J::Page(Back)), N::Nothing, NONE, "ten settings up"),
    bind(G::Window, C::Over(O::Settings), &[Code(KeyCode::PageDown)], A::JumpSetting(J::Page(Forward)), N::Nothing, NONE, "ten settings down"),
    bind(G::Window, C::Over(O::Settings), &[Code(KeyCode::Home)], A::JumpSetting(J::First), N::Nothing, NONE, "first setting"),
    bind(G::Window, C::Over(O::Settings), &[Code(KeyCode::End)], A::JumpSetting(J::Last), N::Nothing, NONE, "last setting"),
    bind(G::Window, C::Over(O::Settings), &[LEFT], A::TurnValue(Back), N::Nothing, f(0, "value"), "previous value"),
    bind(G::Window, C::Over(O::Settings), &[RIGHT], A::TurnValue(Forward), N::Nothing, f(0, "value"), "next value"),
    bind(G::Window, C::Over(O::Settings), &[Code(KeyCode::Backspace)], A::EditValue, N::Nothing, NONE, "edit the value as text"),
    bind(G::Window, C::Over(O::Settings), &[ENTER], A::ApplySettings, N::Nothing, f(0, "apply"), "apply the settings"),
    bind(G::Window, C::Over(O::Settings), &[ESC], A::CloseSettings, N::Nothing, f(0, "cancel"), "close without applying"),
    bind(G::Window, C::Value, &[UP], A::TurnSetting(Back), N::Typed, f(0, "setting"), "previous setting"),
    bind(G::Window, C::Value, &[DOWN], A::TurnSetting(Forward), N::Typed, f(0, "setting"), "next setting"),
    bind(G::Window, C::Value, &[Code(KeyCode::PageUp)], A::JumpSetting(J::Page(Back)), N::Typed, NONE, "ten settings up"),
    bind(G::Window, C::Value, &[Code(KeyCode::PageDown)], A::JumpSetting(J::Page(Forward)), N::Typed, NONE, "ten settings down"),
    bind(G::Window, C::Value, &[TAB], A::CompleteValue, N::Nothing, f(0, "complete"), "complete a name, or next section"),
    bind(G::Window, C::Value, &[Code(KeyCode::BackTab)], A::JumpSetting(J::Section(Back)), N::Typed, NONE, "previous section"),
    bind(G::Window, C::Value, &[ENTER], A::ApplySettings, N::Typed, f(0, "apply"), "apply the settings"),
    bind(G::Window, C::Value, &[ESC], A::KeepValue, N::Nothing, f(0, "keep the old value"), "keep the old value"),
    bind(G::Window, C::Over(O::CommandLine), &[ESC, ENTER, Char('c'), Char('q')], A::Close, N::Nothing, f(0, "close"), "close the command line"),
    bind(G::Window, C::Over(O::Edit), &[ENTER], A::SetParameter, N::Typed, f(0, "set"), "set the weight or bias"),
    bind(G::Window, C::Over(O::Edit), &[ESC], A::Close, N::Nothing, f(0, "cancel"), "close without setting anything"),
    bind(G::Window, C::Over(O::GoTo), &[ENTER], A::GoThere, N::Typed, f(0, "go"), "go to the epoch"),
    bind(G::Window, C::Over(O::GoTo), &[ESC], A::Close, N::Nothing, f(0, "cancel"), "close the field"),
    bind(G::Window, C::Over(O::GradientCheck), &[UP, Char('k')], A::Scroll(Back), N::Nothing, f(0, "scroll"), "scroll up"),
    bind(G::Window, C::Over(O::GradientCheck), &[DOWN, Char('j')], A::Scroll(Forward), N::Nothing, f(0, "scroll"), "scroll down"),
    bind(G::Window, C::Over(O::GradientCheck), &[PAGE_UP], A::ScrollPage(Back), N::Nothing, f(0, "page"), "ten lines up"),
    bind(G::Window, C::Over(O::GradientCheck), &[PAGE_DOWN], A::ScrollPage(Forward), N::Nothing, f(0, "page"), "ten lines down"),
    bind(G::Window, C::Over(O::GradientCheck), &[HOME], A::ScrollEnd(Back), N::Nothing, NONE, "first line"),
    bind(G::Window, C::Over(O::GradientCheck), &[END], A::ScrollEnd(Forward), N::Nothing, NONE, "last line"),
    bind(G::Window, C::Over(O::GradientCheck), &[ESC, ENTER, Char('g'), Char('q')], A::Close, N::Nothing, f(0, "close"), "close the check"),
    bind(G::Window, C::Over(O::Runs), &[UP, Char('k')], A::Scroll(Back), N::KeptRun, f(0, "run"), "previous run"),
    bind(G::Window, C::Over(O::Runs), &[DOWN, Char('j')], A::Scroll(Forward), N::KeptRun, f(0, "run"), "next run"),
    bind(G::Window, C::Over(O::Runs), &[HOME, PAGE_UP], A::ScrollEnd(Back), N::KeptRun, NONE, "oldest run"),
    bind(G::Window, C::Over(O::Runs), &[END, PAGE_DOWN], A::ScrollEnd(Forward), N::KeptRun, NONE, "newest run"),
    bind(G::Window, C::Over(O::Runs), &[Char(' ')], A::ToggleRun, N::KeptRun, f(0, "show/hide"), "show or hide its loss on the chart"),
    bind(G::Window, C::Over(O::Runs), &[ENTER], A::ReturnToRun, N::KeptRun, f(0, "resume"), "return to the run as it was"),
    bind(G::Window, C::Over(O::Runs), &[Char('c')], A::CompareRun, N::KeptRun, f(0, "compare"), "show its network beside the present one (from 160 columns)"),
    bind(G::Window, C::Over(O::Runs), &[Char('d')], A::DropRun, N::KeptRun, f(0, "delete"), "delete it"),
    bind(G::Window, C::Over(O::Runs), &[ESC, Char('v'), Char('q')], A::Close, N::Nothing, f(0, "close"), "close the runs"),
    bind(G::Window, C::Over(O::Lessons), &[UP, Char('k')], A::Scroll(Back), N::Nothing, f(0, "page"), "previous page"),
    bind(G::Window, C::Over(O::Lessons), &[DOWN, Char('j')], A::Scroll(Forward), N::Nothing, f(0, "page"), "next page"),
    bind(G::Window, C::Over(O::Lessons), &[HOME, PAGE_UP], A::ScrollEnd(Back), N::Nothing, NONE, "first page"),
    bind(G::Window, C::Over(O::Lessons), &[END, PAGE_DOWN], A::ScrollEnd(Forward), N::Nothing, NONE, "last page"),
    bind(G::Window, C::Over(O::Lessons), &[ENTER], A::OpenPage, N::Nothing, f(0, "open"), "open the page"),
    bind(G::Window, C::Over(O::Lessons), &[ESC, Char('l'), Char('q')], A::Close, N::Nothing, f(0, "close"), "close the list"),
    bind(G::Window, C::Over(O::Sweep), &[Char('b')], A::OpenSeed(Pick::Best), N::SweepResult, f(0, "best"), "open the run of the best seed"),
    bind(G::Window, C::Over(O::Sweep), &[Char('m')], A::OpenSeed(Pick::Median), N::SweepResult, f(0, "median"), "open the run of the median seed"),
    bind(G::Window, C::Over(O::Sweep), &[Char('w')], A::OpenSeed(Pick::Worst), N::SweepResult, f(0, "worst"), "open the run of the worst seed"),
    bind(G::Window, C::Over(O::Sweep), &[ENTER], A::StartSweep, N::Nothing, f(0, "start"), "start the sweep"),
    bind(G::Window, C::Over(O::Sweep), &[ESC, Char('S'), Char('q')], A::LeaveSweep, N::Nothing, f(0, "stop, close"), "stop the sweep, or close the panel"),
    bind(G::Window, C::Over(O::Save), &[ENTER], A::SaveThere, N::Typed, f(0, "save"), "save the run there"),
    bind(G::Window, C::Over(O::Save), &[TAB], A::CompletePath, N::Completion, f(0, "complete"), "complete the path"),
    bind(G::Window, C::Over(O::Save), &[ESC], A::LeaveFile, N::Nothing, f(0, "cancel"), "close without saving"),
    bind(G::Window, C::Over(O::Open), &[ENTER], A::OpenThere, N::Typed, f(0, "open"), "open the file"),
    bind(G::Window, C::Over(O::Open), &[TAB], A::CompletePath, N::Completion, f(0, "complete"), "complete the path"),
    bind(G::Window, C::Over(O::Open), &[ESC], A::LeaveFile, N::Nothing, f(0, "cancel"), "stop opening, or close the field"),
    bind(G::Window, C::Over(O::Ask), &[Char('y')], A::Answer(true), N::Nothing, f(0, "yes"), "do it"),
    bind(G::Window, C::Over(O::Ask), &[Char('n'), ESC], A::Answer(false), N::Nothing, f(0, "no"), "leave all as it is"),
];
