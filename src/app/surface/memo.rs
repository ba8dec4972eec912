//! Maps that were computed already, and those that are wanted: a frame that shows the same parameters and the same plane
//! again costs nothing, and what takes longer than a frame is asked of a job.

use std::cell::RefCell;
use std::sync::Arc;

use crate::nn::Network;
use crate::session::Position;
use crate::surface::{Course, Map, MapRequest};

/// The maps of one screen: the large one, a small one, those of the neurons, a row of five; each at two moments.
const MOST: usize = 16;

/// A map that can be shown.
#[derive(Debug, Clone)]
pub struct ShownMap {
    /// The map, as far as it is computed.
    pub map: Arc<Map>,
    /// What it is of, if not of the shown parameters.
    pub of: Option<Moment>,
}

/// Other parameters than the shown ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Those at the end of another epoch, or within it.
    Epoch(u64),
    /// Those after another step of the same epoch.
    Step(usize),
    /// Those before one was set by hand.
    BeforeEdit,
}

/// The latest maps of a course of training. Which ones are kept changes while a frame is drawn, but nothing that can be
/// seen does.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo {
    course: Course,
    kept: RefCell<Vec<Kept>>,
    /// What frames have lacked since they were last [taken](Self::take_wanted).
    wanted: RefCell<Vec<MapRequest>>,
}

/// A map, and all that it depends on.
#[derive(Debug, Clone)]
struct Kept {
    request: MapRequest,
    map: Arc<Map>,
}

impl Memo {
    /// The course whose maps are kept.
    pub(super) fn course(&self) -> &Course {
        &self.course
    }

    /// The best map of a plane: of the network that is asked for, or else of an earlier one. If it is not all computed,
    /// and takes long, it is wanted.
    pub(super) fn map(&self, request: MapRequest) -> Option<ShownMap> {
        let mut kept = self.kept.borrow_mut();
        let is_of = |kept: &Kept| {
            kept.request.is_of_same_place(&request)
                && is_same_network(&kept.request.network, &request.network)
        };
        let present = kept.iter().rposition(is_of);
        let is_whole = |index: usize| kept[index].map.grid.refinement().is_complete();
        if !present.is_some_and(is_whole) && request.is_cheap() {
            let map = Arc::new(request.whole());
            keep(
                &mut kept,
                Kept {
                    request,
                    map: Arc::clone(&map),
                },
            );
            return Some(ShownMap { map, of: None });
        }
        if !present.is_some_and(is_whole) {
            let mut wanted = self.wanted.borrow_mut();
            if request.same_place_in(&wanted).is_none() {
                wanted.push(request.clone());
            }
        }
        let index = present.or_else(|| {
            let is_of_place = |kept: &Kept| kept.request.is_of_same_place(&request);
            kept.iter().rposition(is_of_place)
        })?;
        // The one that was not used for the longest time is dropped first.
        let found = kept.remove(index);
        let map = Arc::clone(&found.map);
        let of = present
            .is_none()
            .then(|| moment(found.request.position, request.position));
        kept.push(found);
        Some(ShownMap { map, of })
    }

    /// Keeps a map that was computed elsewhere.
    pub(super) fn hear(&mut self, request: MapRequest, map: Arc<Map>) {
        let kept = self.kept.get_mut();
        kept.retain(|kept| !kept.request.is_same(&request));
        keep(kept, Kept { request, map });
    }

    /// What frames have lacked since this was called before.
    pub(super) fn take_wanted(&mut self) -> Vec<MapRequest> {
        std::mem::take(self.wanted.get_mut())
    }
}

/// Keeps a map; drops the one that was not used for the longest time.
fn keep(kept: &mut Vec<Kept>, new: Kept) {
    if kept.len() >= MOST {
        kept.remove(0);
    }
    kept.push(new);
}

fn is_same_network(one: &Arc<Network>, other: &Arc<Network>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

/// In what a position differs from the shown one: in the epoch, or else in the step, or else by an edit.
fn moment(of: Position, shown: Position) -> Moment {
    if of.epoch != shown.epoch {
        Moment::Epoch(of.epoch)
    } else if of.step != shown.step {
        Moment::Step(of.step)
    } else {
        Moment::BeforeEdit
    }
}
