//! The runs that are put aside: the reader's own and those of lessons.

use std::mem;
use std::sync::Arc;

use nnscope::app::Desk;
use nnscope::session::{Run, Timeline};
use nnscope::trainer::{Curves, DepartedRun, Origin, RunState};

use super::{TestScreen, first_loss};

/// The run of a trainer that rests.
pub(super) struct Shelf {
    run: Arc<Run>,
    timeline: Timeline,
    curves: Curves,
    departed: Option<DepartedRun>,
}

impl TestScreen {
    pub(super) fn put_aside(&mut self, desk: Desk, origin: &Origin) {
        let Origin::Start(run) = origin else {
            panic!("a page begins at its start");
        };
        let session = run.begin().unwrap();
        let next = Shelf {
            run: Arc::clone(run),
            curves: first_loss(&session),
            timeline: Timeline::new(session),
            departed: None,
        };
        self.shelve(desk, next);
        self.tell(RunState::Paused);
    }

    pub(super) fn take_back(&mut self, aside: Desk, desk: Desk) {
        let next = self.shelf.remove(&desk).expect("it was put aside");
        self.shelve(aside, next);
    }

    fn shelve(&mut self, desk: Desk, next: Shelf) {
        let before = Shelf {
            run: mem::replace(&mut self.run, next.run),
            curves: mem::replace(&mut self.curves, next.curves),
            timeline: mem::replace(&mut self.timeline, next.timeline),
            departed: mem::replace(&mut self.departed, next.departed),
        };
        self.shelf.insert(desk, before);
    }
}
