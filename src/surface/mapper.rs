//! The job that computes the grids of large networks, from coarse to fine, while the screen and the training go on.
//!
//! What is wanted replaces what was wanted before, so there is never a queue. While a network trains, there is a newer
//! state of it on every frame: the grid that is under way goes on until at least its first pass is complete, and then
//! as long as [`SLICE`] lets it, so that something moves and is not always coarse.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::{Map, MapRequest};
use crate::threads::{Job, Name, Outbox};

/// How long a grid is refined although a newer state of its network is wanted.
const SLICE: Duration = Duration::from_millis(150);

/// Answers that may wait to be taken.
const CAPACITY: usize = 4;

/// What the job reports.
#[derive(Debug, Clone)]
pub enum MapEvent {
    /// What was asked for, and the map, as far as it is computed.
    Mapped(Box<MapRequest>, Arc<Map>),
    /// The job panicked with this text, and has ended.
    Panicked(String),
}

/// The handle of the job. Dropping it ends the job, and waits for nothing.
#[derive(Debug)]
pub struct Mapper {
    job: Job<Vec<MapRequest>, MapEvent>,
}

impl Mapper {
    /// Starts the job, which calls `wake` after each event.
    ///
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub fn spawn(wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let work = |commands: &_, events: &_| Work::default().run(commands, events);
        let job = Job::spawn(Name::Map, CAPACITY, wake, MapEvent::Panicked, work)?;
        Ok(Self { job })
    }

    /// Wants these maps, and none of those before that are not among them.
    pub fn want(&self, requests: Vec<MapRequest>) {
        self.job.send(requests);
    }

    /// Returns the next waiting event.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none yet, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<MapEvent, TryRecvError> {
        self.job.try_event()
    }
}

/// A map under way.
struct Drawing {
    request: MapRequest,
    map: Map,
    begun: Instant,
    /// When it was completed, or given up for a newer state.
    ended: Option<Instant>,
    /// How many of its passes have been reported.
    reported: usize,
    /// The same map of the newest state, if that is another one.
    newer: Option<MapRequest>,
}

impl Drawing {
    fn begin(request: MapRequest) -> Self {
        Self {
            map: request.blank(),
            request,
            begun: Instant::now(),
            ended: None,
            reported: 0,
            newer: None,
        }
    }

    fn passes(&self) -> usize {
        self.map.grid.refinement().passes()
    }

    /// Computes the next pass. It is reported at once if no newer state is wanted, and else when the map is over:
    /// coarse maps between finer ones flicker. Returns what is wanted now, if that was said meanwhile.
    fn advance(
        &mut self,
        commands: &Receiver<Vec<MapRequest>>,
        events: &Outbox<MapEvent>,
    ) -> Option<Vec<MapRequest>> {
        let (request, begun, passes) = (&self.request, self.begun, self.passes());
        let is_over = |passes| passes > 0 && begun.elapsed() >= SLICE;
        let mut has_newer = self.newer.is_some();
        let mut latest: Option<Vec<MapRequest>> = None;
        let _ = request.refine(&mut self.map, || {
            latest = commands.try_iter().last().or(latest.take());
            if let Some(wanted) = &latest {
                match request.same_place_in(wanted) {
                    Some(own) => has_newer = !own.is_same(request),
                    None => return ControlFlow::Break(()),
                }
            }
            if has_newer && is_over(passes) {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        let refinement = self.map.grid.refinement();
        let has_ended = refinement.is_complete() || has_newer && is_over(refinement.passes());
        self.ended = has_ended.then(Instant::now);
        if (has_ended || !has_newer) && refinement.passes() > self.reported {
            self.reported = refinement.passes();
            let map = Arc::new(self.map.clone());
            events.send(MapEvent::Mapped(Box::new(request.clone()), map));
        }
        latest
    }

    /// How long to wait before there is something to do: before a newer state is begun, as long as this one took, so that
    /// the training has its share. `None` if there is nothing to do.
    fn wait(&self) -> Option<Duration> {
        let Some(ended) = self.ended else {
            return Some(Duration::ZERO);
        };
        let took = (ended - self.begun).min(SLICE);
        self.newer
            .is_some()
            .then(|| took.saturating_sub(ended.elapsed()))
    }

    /// Begins the newer state, if there is one and this one has rested.
    fn renew(&mut self) {
        if self.ended.is_some()
            && self.wait() == Some(Duration::ZERO)
            && let Some(newer) = self.newer.take()
        {
            *self = Self::begin(newer);
        }
    }
}

/// What the job works at.
#[derive(Default)]
struct Work {
    drawings: Vec<Drawing>,
}

impl Work {
    fn run(mut self, commands: &Receiver<Vec<MapRequest>>, events: &Outbox<MapEvent>) {
        loop {
            let heard = match self.drawings.iter().filter_map(Drawing::wait).min() {
                Some(wait) => commands.recv_timeout(wait),
                None => commands.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match heard {
                Ok(wanted) => self.want(wanted),
                Err(RecvTimeoutError::Timeout) => {
                    self.drawings.iter_mut().for_each(Drawing::renew);
                    // All are seen coarse before one is refined.
                    let open = self.drawings.iter_mut();
                    let open = open.filter(|drawing| drawing.ended.is_none());
                    let coarsest = open.min_by_key(|drawing| drawing.passes());
                    let latest = coarsest.and_then(|drawing| drawing.advance(commands, events));
                    latest.into_iter().for_each(|wanted| self.want(wanted));
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Begins what is wanted for the first time, and drops what is not wanted any more.
    fn want(&mut self, wanted: Vec<MapRequest>) {
        self.drawings
            .retain(|drawing| drawing.request.same_place_in(&wanted).is_some());
        for request in wanted {
            let mut drawings = self.drawings.iter_mut();
            let found = drawings.find(|drawing| drawing.request.is_of_same_place(&request));
            match found {
                Some(drawing) if request.is_same(&drawing.request) => drawing.newer = None,
                Some(drawing) => drawing.newer = Some(request),
                None => self.drawings.push(Drawing::begin(request)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::data::people;
    use crate::nn::{Activation, Architecture, LayerSpec, Network};
    use crate::session::Position;
    use crate::surface::{Course, MapArea, Plane, Refinement, Span};

    /// A map of a network whose parameters follow from a number.
    fn request(state: u32, points: (usize, usize)) -> MapRequest {
        let network = Network::zeros(Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[30], Activation::Tanh),
            output: LayerSpec {
                units: 1,
                activation: Activation::Sigmoid,
            },
        });
        let parameters = (0..121).map(|index| f64::from((index + state) * 7919 % 101) / 90.0 - 0.5);
        let span = |feature, from, to| Span { feature, from, to };
        let dataset = Arc::new(people());
        MapRequest {
            course: Course::default(),
            position: Position::default(),
            network: Arc::new(network.with_parameters(parameters.collect())),
            area: MapArea {
                plane: Plane {
                    across: span(0, 110.0, 170.0),
                    up: span(1, 58.0, 76.0),
                    held: dataset.raw_of(0).to_vec(),
                },
                points,
                layers: 1..2,
                samples: vec![0, 3],
            },
            dataset,
        }
    }

    /// The same map of another state.
    fn newer(of: &MapRequest, state: u32) -> MapRequest {
        MapRequest {
            network: request(state, of.area.points).network,
            ..of.clone()
        }
    }

    /// Hands maps of a job to a function until that says that it was the last one.
    fn hear(
        first: Vec<MapRequest>,
        mut heard: impl FnMut(&Mapper, &MapRequest, &Map) -> ControlFlow<()>,
    ) {
        let (woken, wakes) = mpsc::channel();
        // At its end the job wakes too, when nobody listens.
        let wake = move || _ = woken.send(());
        let mapper = Mapper::spawn(wake).unwrap();
        mapper.want(first);
        loop {
            wakes.recv().expect("the job is alive");
            match mapper.try_event().expect("it has said something") {
                MapEvent::Mapped(request, map) => {
                    if heard(&mapper, &request, &map).is_break() {
                        return;
                    }
                }
                MapEvent::Panicked(text) => panic!("{text}"),
            }
        }
    }

    #[test]
    fn a_map_is_reported_pass_by_pass_and_ends_as_one_computed_at_once() {
        let wanted = request(1, (90, 41));
        let mut passes = Vec::new();
        hear(vec![wanted.clone()], |_, request, map| {
            assert!(request.is_same(&wanted));
            passes.push(map.grid.refinement().passes());
            if map.grid.refinement().is_complete() {
                assert_eq!(*map, wanted.whole());
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        assert_eq!(passes, [1, 2, 3, 4]);
    }

    #[test]
    fn all_maps_are_coarse_before_one_is_fine() {
        let wanted = [(64, 64), (72, 40), (30, 30)].map(|points| request(1, points));
        let mut passes = Vec::new();
        hear(wanted.to_vec(), |_, _, map| {
            passes.push(map.grid.refinement().passes());
            if passes.len() == 3 * Refinement::PASSES {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        assert_eq!(passes, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    }

    #[test]
    fn of_many_newer_states_the_newest_one_is_computed_and_every_report_has_something_to_show() {
        let first = request(0, (200, 150));
        let newest = newer(&first, 500);
        let mut is_asked = false;
        hear(vec![first.clone()], |mapper, request, map| {
            assert!(request.is_of_same_place(&first));
            assert!(map.grid.refinement().passes() > 0);
            assert_eq!(map.outputs.len(), 2);
            if !is_asked {
                is_asked = true;
                (1..500).for_each(|state| mapper.want(vec![newer(&first, state)]));
                mapper.want(vec![newest.clone()]);
            }
            let is_last = request.is_same(&newest) && map.grid.refinement().is_complete();
            if is_last {
                assert_eq!(*map, newest.whole());
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
    }

    #[test]
    fn what_is_not_wanted_any_more_is_given_up() {
        // Would take minutes.
        let large = request(1, (9000, 9000));
        let small = request(2, (20, 20));
        let mut passes = 0;
        hear(
            vec![large.clone(), small.clone()],
            |mapper, request, map| {
                if request.is_same(&large) {
                    passes = map.grid.refinement().passes();
                    mapper.want(vec![small.clone()]);
                }
                if request.is_same(&small) && map.grid.refinement().is_complete() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            },
        );
        assert!(passes < Refinement::PASSES);
    }
}
