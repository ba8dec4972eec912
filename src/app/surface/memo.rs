//! Grids that were computed already: a frame that shows the same parameters and the same plane again costs nothing.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use crate::data::Dataset;
use crate::nn::Network;
use crate::surface::{Grid, Plane};

/// The maps of one screen: the large one, a small one, those of the neurons.
const MOST: usize = 6;

/// The size of a grid in points, and the layers whose activations it has.
pub(super) type Content = ((usize, usize), Range<usize>);

/// The latest grids. Which ones are kept changes while a frame is drawn, but nothing that can be seen does.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo(RefCell<Vec<Kept>>);

/// A grid, and all that it depends on.
#[derive(Debug, Clone)]
struct Kept {
    network: Network,
    dataset: Arc<Dataset>,
    plane: Plane,
    content: Content,
    grid: Arc<Grid>,
}

impl Memo {
    /// The grid of a network on a plane.
    pub(super) fn grid(
        &self,
        network: &Network,
        dataset: &Arc<Dataset>,
        plane: &Plane,
        content: Content,
    ) -> Arc<Grid> {
        let mut kept = self.0.borrow_mut();
        let is_same = |kept: &Kept| {
            kept.content == content
                && kept.plane == *plane
                && Arc::ptr_eq(&kept.dataset, dataset)
                && kept.network == *network
        };
        if let Some(index) = kept.iter().position(is_same) {
            let found = kept.remove(index);
            let grid = Arc::clone(&found.grid);
            kept.push(found);
            return grid;
        }
        let (points, layers) = content.clone();
        let grid = Grid::new(network, &dataset.preprocessing, plane, points, layers);
        let grid = Arc::new(grid);
        // The one that was not used for the longest time.
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push(Kept {
            network: network.clone(),
            dataset: Arc::clone(dataset),
            plane: plane.clone(),
            content,
            grid: Arc::clone(&grid),
        });
        grid
    }
}
