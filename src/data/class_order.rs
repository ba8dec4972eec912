//! Puts the classes of a dataset into the order that a saved run knows.

use std::sync::Arc;

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
        let targets = Arc::make_mut(&mut self.targets);
        for targets in targets.chunks_exact_mut(places.len()) {
            for (&target, &place) in targets.iter().zip(&places) {
                ordered[place] = target;
            }
            targets.copy_from_slice(&ordered);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::data::{CsvOptions, read_csv};

    #[test]
    fn classes_and_targets_take_the_order_of_a_saved_run() {
        let table = "x,y\n1,c\n2,a\n3,b\n";
        let usual = CsvOptions::default();
        let go_on = &mut |_| ControlFlow::Continue(());
        let mut data = read_csv("table", table.as_bytes(), &usual, go_on).unwrap();
        assert_eq!(data.target.classes(), ["a", "b", "c"]);
        let target = |classes: &[&str]| Target::Classes {
            name: "y".to_owned(),
            classes: classes.iter().map(|&class| class.to_owned()).collect(),
        };
        data.order_classes_as(&target(&["c", "a", "b"]));
        assert_eq!(data.target.classes(), ["c", "a", "b"]);
        assert_eq!(*data.targets, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
        let before = data.clone();
        for others in [&["c", "a"][..], &["c", "a", "d"]] {
            data.order_classes_as(&target(others));
            assert_eq!(data, before, "{others:?}");
        }
    }
}
