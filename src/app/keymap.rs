//! The one table of keys, from which dispatch, footer, help and the README's table all follow.

mod bindings;
mod context;
mod key;

use crossterm::event::KeyEvent;
use strum::VariantArray;

pub use bindings::BINDINGS;
pub use context::Context;
pub use key::Key;

use super::{
    Direction, Draw, Jump, MapAxis, MarkStep, OverlayKind, Panel, Pick, SliceAction, Travel, Turn,
    View,
};

/// What a key can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table's help says what each does")]
pub enum Action {
    Toggle,
    Step,
    StepEpoch,
    Restart,
    RestartWithNextSeed,
    TurnPace(Turn),
    Travel(Travel),
    GoThere,
    Dismiss,
    SaveThere,
    OpenThere,
    CompletePath,
    LeaveFile,
    Answer(bool),
    Quit,
    Suspend,
    Repaint,
    Show(View),
    TurnView(Turn),
    TurnPanel(Turn),
    /// Of a panel, or of the focused one.
    ToggleZoom(Option<Panel>),
    Open(OverlayKind),
    Close,
    Scroll(Turn),
    ScrollPage(Turn),
    ScrollEnd(Turn),
    TurnHelp,
    Predict,
    TurnField(Turn),
    TakeField,
    TurnKnown(Turn),
    CancelPrediction,
    TurnSample(Turn),
    TurnSamplePage(Turn),
    TurnNeuron(Turn),
    TurnChart,
    TurnLossAxis,
    MoveMark(MarkStep, Turn),
    GoToMark,
    TurnOverview,
    NextStage,
    Select(Direction),
    SetParameter,
    Undo,
    TurnSampleOfBatch(Turn),
    TurnEdges,
    TurnLabels,
    TurnPrecision,
    MoveCursor(Direction),
    UsePoint,
    ZoomMap(Turn),
    ShowWholeMap,
    Draw(Draw),
    TurnMapFeature(MapAxis),
    TurnHeld,
    TurnThirdFeature,
    TurnDiscrete,
    Slice(SliceAction),
    ScrollFormulas(Turn),
    TurnPage(Turn),
    TurnHandle(Turn),
    UseHandle,
    NextOnPage,
    Hint,
    Guess,
    SkipGuess,
    RestartPage,
    OpenPage,
    LeaveLessons,
    TurnSetting(Turn),
    JumpSetting(Jump),
    TurnValue(Turn),
    EditValue,
    CompleteValue,
    KeepValue,
    ApplySettings,
    CloseSettings,
    ToggleRun,
    ReturnToRun,
    CompareRun,
    DropRun,
    StartSweep,
    LeaveSweep,
    OpenSeed(Pick),
}

/// What a key needs to have an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// It always has an effect.
    Nothing,
    /// A run that is there to be trained, not only to be looked at as on some pages of the lessons.
    Practice,
    /// A page of the lessons whose step has a next stage, or whose run has a next epoch.
    NextOnPage,
    /// A run that the settings may change: not that of a page about something else.
    Settings,
    /// A chart on the page of the lessons.
    Chart,
    /// A view of more than one panel.
    OtherPanel,
    /// A trainer that has not ended.
    Trainer,
    /// A later epoch, or a run that can train one.
    LaterEpoch,
    /// A trainer whose run has not diverged.
    LiveRun,
    /// Something that Esc leaves.
    Dismissible,
    /// A network with labels on its edges.
    Edges,
    /// A sample of the step, which alone has gradients.
    Gradients,
    /// A sample that holds the other features of the map.
    HeldSample,
    /// A moment that is marked on the chart.
    Mark,
    /// A chart of the loss.
    LossChart,
    /// A prediction box whose fields another sample can be filled into.
    OtherKnown,
    /// A typed text that can be taken.
    Typed,
    /// A typed path that can be completed.
    Completion,
    /// Two features that are numbers.
    Map,
    /// Features beside the two on the map.
    OtherFeatures,
    /// Features of numbers beside them.
    OtherNumbers,
    /// A part of the map.
    ZoomedMap,
    /// A part of the loss slice.
    ZoomedSlice,
    /// A loss slice, or a map.
    Plane,
    /// A loss slice with a path.
    Path,
    /// A point of the path at the cursor.
    PathPoint,
    /// A step of training to show.
    Step,
    /// A step of training whose next stage can be shown or made, or a run to pause.
    Stage,
    /// A weight or bias that was set by hand.
    Edit,
    /// Something that a page of the lessons lets change.
    Handle,
    /// This class of a drawing, or the next one to be added.
    Class(usize),
    /// A drawn point.
    Point,
    /// A drawing that can be learned from.
    Trainable,
    /// A change of a drawing.
    Drawn,
    /// An earlier run that is kept.
    KeptRun,
    /// An earlier run, and a window with room for its network beside the present one; or one that is there already.
    TwoNetworks,
    /// A sweep that can be started.
    IdleSweep,
    /// A seed of the sweep that has a final loss.
    SweepResult,
}

/// What a key is for: the headings of the help and of the README's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
pub enum Group {
    /// Training, as a whole or step by step.
    Run,
    /// Going to another epoch.
    Travel,
    /// Choosing what is shown.
    Look,
    /// Trying values and changing settings.
    Change,
    /// Drawing data.
    Draw,
    /// Several runs, and files.
    Runs,
    /// The program itself.
    Program,
    /// Boxes and windows that are open for a while, whose keys are in the footer only.
    Window,
}

/// What the footer says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Footer {
    /// The place in the footer; where there is no room, the largest go first.
    pub rank: u8,
    /// The text; empty to be listed in the help only.
    pub text: &'static str,
    /// The text in a legend, whose lines have room for a few words.
    pub in_legend: &'static str,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// What the keys are for.
    pub group: Group,
    /// Where the keys are bound.
    pub context: Context,
    /// The keys, any of which will do.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What they need to have an effect.
    pub needs: Need,
    /// The entry in the footer.
    pub footer: Footer,
    /// The text in the help.
    pub help: &'static str,
}

impl Group {
    /// The heading of its keys.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Run => "Run and step",
            Self::Travel => "Travel in time",
            Self::Look => "Look closer",
            Self::Change => "Try and change",
            Self::Draw => "Draw data (p in the Surface view)",
            Self::Runs => "Runs and files",
            Self::Program => "Program",
            Self::Window => "",
        }
    }
}

/// The row of a key in a context; `None` if the key is not bound there.
#[must_use]
pub fn binding(context: Context, event: KeyEvent) -> Option<&'static Binding> {
    heard_in(context).find(|binding| binding.keys.iter().any(|key| key.matches(event)))
}

/// The rows whose keys work in a context.
pub fn heard_in(context: Context) -> impl Iterator<Item = &'static Binding> {
    let bindings = BINDINGS.iter();
    bindings.filter(move |binding| binding.context.is_heard_in(context))
}

/// Whether a key does something in one of the views of the reader's own run.
#[must_use]
pub(super) fn acts_on_own_run(event: KeyEvent) -> bool {
    let views = View::OF_RUNS.iter().map(|&view| Context::View(view));
    let mut contexts = views.chain([Context::Map, Context::Slice]);
    contexts.any(|context| binding(context, event).is_some())
}

/// The entries of the footer for the rows whose keys work: those that `text` has a text for, by rank. Neighbours with the
/// same text become one entry.
#[must_use]
pub fn footer(
    rows: impl Iterator<Item = &'static Binding>,
    text: impl Fn(&Binding) -> Option<&'static str>,
) -> Vec<(Vec<&'static Binding>, &'static str)> {
    let rows = rows.filter(|row| !row.footer.text.is_empty());
    let mut rows: Vec<_> = rows.filter_map(|row| Some((row, text(row)?))).collect();
    rows.sort_by_key(|(row, _)| row.footer.rank);
    let mut entries: Vec<(Vec<&Binding>, &str)> = Vec::new();
    for (row, text) in rows {
        match entries.last_mut() {
            Some((rows, same)) if *same == text => rows.push(row),
            _ => entries.push((vec![row], text)),
        }
    }
    entries
}

impl Binding {
    /// The keys as the help and the README write them: "Up k".
    #[must_use]
    pub fn keys_text(&self) -> String {
        let keys: Vec<String> = self.keys.iter().map(Key::to_string).collect();
        keys.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_a_context() {
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
    fn what_a_legend_says_of_a_key_fits_beside_it() {
        /// The cells of a narrow legend that the longest name of keys leaves.
        const ROOM: usize = 22;
        for row in BINDINGS {
            let text = row.footer.in_legend;
            assert!(text.chars().count() <= ROOM, "{text}");
        }
    }

    #[test]
    fn the_rows_of_a_group_are_together() {
        let groups: Vec<Group> = BINDINGS.iter().map(|row| row.group).collect();
        let runs = groups.chunk_by(|a, b| a == b).map(|run| run[0]);
        assert_eq!(runs.collect::<Vec<_>>(), Group::VARIANTS);
    }

    #[test]
    fn every_key_is_found_by_what_a_terminal_sends() {
        for row in BINDINGS {
            for key in row.keys {
                let (code, modifiers) = match *key {
                    Key::Char(c) if c.is_uppercase() => (KeyCode::Char(c), KeyModifiers::SHIFT),
                    Key::Char(c) => (KeyCode::Char(c), KeyModifiers::NONE),
                    Key::Ctrl(c) => (KeyCode::Char(c), KeyModifiers::CONTROL),
                    Key::Code(code) => (code, KeyModifiers::NONE),
                };
                let event = KeyEvent::new(code, modifiers);
                let found = binding(row.context, event).map(|found| found.action);
                assert_eq!(found, Some(row.action), "{key}");
            }
        }
    }

    #[test]
    fn every_view_and_every_overlay_can_be_opened_and_left() {
        let actions: HashSet<Action> = BINDINGS.iter().map(|binding| binding.action).collect();
        for &view in View::VARIANTS {
            assert!(actions.contains(&Action::Show(view)), "{view:?}");
        }
        for &kind in OverlayKind::VARIANTS {
            let opener = match kind {
                OverlayKind::None => continue,
                // What would destroy something asks; no key does.
                OverlayKind::Ask => Action::DropRun,
                _ => Action::Open(kind),
            };
            assert!(actions.contains(&opener), "{kind:?}");
            assert!(
                heard_in(Context::Over(kind)).any(|b| b.keys.contains(&Key::Code(KeyCode::Esc)))
            );
        }
    }
}
