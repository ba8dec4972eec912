//! Puts the classes of a dataset into the order that a saved run knows.

use super::{Dataset, Target};

impl Dataset {
    /// Numbers several classes as another target does, if that has the same ones in another order.
    pub fn order_classes_as(&mut self, other: &Target) {
        let (
            Target::Classes { classes, .. },
            Target::Classes {
                classes: wanted, ..
            },
        ) = (&mut self.target, other)
        else {
            return;
        };
        let place = |class: &String| wanted.iter().position(|other| other == class);
        let places: Option<Vec<usize>> = classes.iter().map(place).collect();
        let Some(places) = places.filter(|_| classes.len() == wanted.len()) else {
            return;
        };
        classes.clone_from(wanted);
        let mut ordered = vec![0.0; places.len()];
        for targets in self.targets.chunks_exact_mut(places.len()) {
            for (&target, &place) in targets.iter().zip(&places) {
                ordered[place] = target;
            }
            targets.copy_from_slice(&ordered);
        }
    }
}
