//! How a slice is computed: from coarse to fine, and so that it can be given up at any moment.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::loss_grid::{LossGrid, STRIDES};
use super::plane::dot;
use super::{PathPoint, Slice, SliceAxis, SliceEvent, SlicePlane, SliceRequest};
use crate::nn::Network;
use crate::session::{TrainingGradient, TrainingLoss};

/// The path reaches at most this share of the way from θ₀ to the border.
const REACH: f64 = 0.9;

/// Half of the widest range: twice this can be subtracted without overflow.
const WIDEST: f64 = f64::MAX / 8.0;

impl Slice {
    /// Computes a slice, and reports it at each level from coarse to fine. Between two reports of the slice, it reports
    /// how far it is every few milliseconds at least. Ends early where `hear` breaks.
    pub fn compute(
        request: &Arc<SliceRequest>,
        hear: &mut dyn FnMut(SliceEvent) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut computing = Computing::new(request, hear);
        let gradient = computing.gradient()?;
        let plane = match request.axes.plane(&request.network, &gradient) {
            Ok(plane) => plane,
            Err(reason) => {
                let failed = SliceEvent::Failed(Arc::clone(request), reason);
                return (computing.hear)(failed);
            }
        };
        let center = computing.loss_at(&plane, plane.center())?;
        let path = computing.path(&plane)?;
        let window = request.window.unwrap_or_else(|| whole(&plane, &path));
        let mut slice = Self {
            request: Arc::clone(request),
            grid: LossGrid::new(window),
            plane,
            center,
            path,
        };
        for stride in STRIDES {
            for point in LossGrid::of_level(stride) {
                let loss = computing.loss_at(&slice.plane, slice.grid.point(point))?;
                slice.grid.keep(point, loss);
            }
            slice.grid.finish(stride);
            let done = computing.done();
            (computing.hear)(SliceEvent::Slice(Arc::new(slice.clone()), done))?;
        }
        ControlFlow::Continue(())
    }
}

/// A slice being computed.
struct Computing<'a> {
    request: &'a Arc<SliceRequest>,
    hear: &'a mut dyn FnMut(SliceEvent) -> ControlFlow<()>,
    loss: TrainingLoss,
    /// The network at the point that is evaluated.
    network: Network,
    /// How many points are evaluated, and how many will be.
    points: (usize, usize),
}

impl<'a> Computing<'a> {
    fn new(
        request: &'a Arc<SliceRequest>,
        hear: &'a mut dyn FnMut(SliceEvent) -> ControlFlow<()>,
    ) -> Self {
        let levels = STRIDES.map(|stride| LossGrid::of_level(stride).count());
        let points = 1 + request.past.len() + levels.iter().sum::<usize>();
        Self {
            request,
            hear,
            loss: TrainingLoss::new(&request.network, request.loss, &request.data),
            network: Network::clone(&request.network),
            points: (0, points),
        }
    }

    /// How much of the work is done, from 0 to 1.
    fn done(&self) -> f64 {
        self.points.0 as f64 / self.points.1 as f64
    }

    /// Reports how far it is.
    fn report(&mut self) -> ControlFlow<()> {
        let progress = SliceEvent::Progress(Arc::clone(self.request), self.done());
        (self.hear)(progress)
    }

    /// The gradient at θ₀; empty if it is not needed.
    fn gradient(&mut self) -> ControlFlow<(), Vec<f64>> {
        let SliceRequest {
            network,
            loss,
            data,
            axes,
            ..
        } = &**self.request;
        if !axes.need_gradient() {
            return ControlFlow::Continue(Vec::new());
        }
        let mut gradient = TrainingGradient::new(network, *loss, data);
        loop {
            if let Some(gradient) = gradient.advance(network) {
                return ControlFlow::Continue(gradient.to_vec());
            }
            self.report()?;
        }
    }

    /// The loss at a point of the plane.
    fn loss_at(&mut self, plane: &SlicePlane, at: [f64; 2]) -> ControlFlow<(), f64> {
        plane.write(at, self.network.parameters_mut());
        loop {
            let loss = self.loss.advance(&self.network);
            self.points.0 += usize::from(loss.is_some());
            self.report()?;
            if let Some(loss) = loss {
                return ControlFlow::Continue(loss);
            }
        }
    }

    /// The states of the run as they are seen on the plane.
    fn path(&mut self, plane: &SlicePlane) -> ControlFlow<(), Vec<PathPoint>> {
        let mut path = Vec::with_capacity(self.request.past.len());
        for state in self.request.past.iter() {
            let (at, distance) = plane.project(&state.parameters);
            path.push(PathPoint {
                epoch: state.epoch,
                loss: state.loss,
                at,
                distance,
                beneath: self.loss_at(plane, at)?,
            });
        }
        ControlFlow::Continue(path)
    }
}

/// The range of a plane that contains the path and, on an axis that is a parameter, values as large as those of the
/// network; θ₀ is in its middle. Its ends are powers of √2 from there, so that it grows in steps with a path.
fn whole(plane: &SlicePlane, path: &[PathPoint]) -> [(f64, f64); 2] {
    let center = plane.center();
    let mean = (dot(&plane.origin, &plane.origin) / plane.origin.len() as f64).sqrt();
    [0, 1].map(|axis| {
        let least = match plane.axes[axis] {
            SliceAxis::Parameter(_) => center[axis].abs().max(mean),
            SliceAxis::Direction(_) => 1.0,
        };
        let least = if least > 0.0 { least } else { 1.0 };
        let distances = path
            .iter()
            .map(|point| (point.at[axis] - center[axis]).abs());
        let farthest = distances.fold(least, |most, distance| most.max(distance / REACH));
        let half = 2f64.powf((farthest.log2() * 2.0).ceil() / 2.0);
        let half = half.clamp(f64::MIN_POSITIVE, WIDEST);
        let middle = center[axis].clamp(-WIDEST, WIDEST);
        (middle - half, middle + half)
    })
}
