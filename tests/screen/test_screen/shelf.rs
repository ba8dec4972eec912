//! The run that waits while lessons have others.

use std::mem;
use std::sync::Arc;

use nnscope::session::{Run, Timeline};
use nnscope::trainer::{Curves, DepartedRun, Origin, RunState};

use super::{TestScreen, first_loss};

/// The run that a trainer has while lessons have others.
pub(super) struct Shelf {
    run: Arc<Run>,
    timeline: Timeline,
    curves: Curves,
    departed: Option<DepartedRun>,
}

impl TestScreen {
    pub(super) fn put_aside(&mut self, origin: &Origin) {
        let Origin::Start(run) = origin else {
            panic!("a page begins at its start");
        };
        let session = run.begin().unwrap();
        self.shelf = Some(Shelf {
            run: mem::replace(&mut self.run, Arc::clone(run)),
            curves: mem::replace(&mut self.curves, first_loss(&session)),
            timeline: mem::replace(&mut self.timeline, Timeline::new(session)),
            departed: self.departed.take(),
        });
        self.tell(RunState::Paused);
    }

    pub(super) fn take_back(&mut self) {
        let other = self.shelf.take().expect("something was put aside");
        self.run = other.run;
        self.curves = other.curves;
        self.timeline = other.timeline;
        self.departed = other.departed;
    }
}
