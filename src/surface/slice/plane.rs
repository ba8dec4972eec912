//! A plane through the present parameters.

/// What an axis of a slice is.
#[derive(Debug, Clone, PartialEq)]
pub enum SliceAxis {
    /// This weight or bias, in its own units.
    Parameter(usize),
    /// A direction in the space of all parameters, in multiples of it.
    Direction(Vec<f64>),
}

/// All parameters that differ from θ₀ only along two axes, which are orthogonal.
#[derive(Debug, Clone, PartialEq)]
pub struct SlicePlane {
    /// θ₀.
    pub origin: Vec<f64>,
    /// The axes, across and up.
    pub axes: [SliceAxis; 2],
}

impl SlicePlane {
    /// Where θ₀ is.
    #[must_use]
    pub fn center(&self) -> [f64; 2] {
        [0, 1].map(|axis| match self.axes[axis] {
            SliceAxis::Parameter(index) => self.origin[index],
            SliceAxis::Direction(_) => 0.0,
        })
    }

    /// Sets all parameters to those of a point.
    ///
    /// # Panics
    ///
    /// If there are more or fewer than in θ₀.
    pub fn write(&self, at: [f64; 2], parameters: &mut [f64]) {
        parameters.copy_from_slice(&self.origin);
        for (axis, value) in self.axes.iter().zip(at) {
            match axis {
                SliceAxis::Parameter(index) => parameters[*index] = value,
                SliceAxis::Direction(direction) => {
                    let both = parameters.iter_mut().zip(direction);
                    both.for_each(|(parameter, step)| *parameter += value * step);
                }
            }
        }
    }

    /// Returns the nearest point of the plane to some parameters, and how far from it they are.
    #[must_use]
    pub fn project(&self, parameters: &[f64]) -> ([f64; 2], f64) {
        let differences = parameters.iter().zip(&self.origin);
        let mut rest: Vec<f64> = differences.map(|(own, origin)| own - origin).collect();
        let at = [0, 1].map(|axis| match &self.axes[axis] {
            SliceAxis::Parameter(index) => {
                rest[*index] = 0.0;
                parameters[*index]
            }
            SliceAxis::Direction(direction) => {
                let multiple = dot(&rest, direction) / dot(direction, direction);
                subtract(&mut rest, multiple, direction);
                multiple
            }
        });
        (at, dot(&rest, &rest).sqrt())
    }
}

/// Returns the scalar product.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Subtracts a multiple of a direction.
pub(super) fn subtract(from: &mut [f64], multiple: f64, direction: &[f64]) {
    let both = from.iter_mut().zip(direction);
    both.for_each(|(from, step)| *from -= multiple * step);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_projected_onto_two_of_its_parameters_and_the_others_are_its_distance() {
        let plane = SlicePlane {
            origin: vec![1.0, 2.0, 3.0, 4.0],
            axes: [SliceAxis::Parameter(2), SliceAxis::Parameter(0)],
        };
        assert_eq!(plane.center(), [3.0, 1.0]);
        // 3 and 4 off the plane: 5.
        let (at, distance) = plane.project(&[-7.0, 5.0, 9.0, 8.0]);
        assert_eq!((at, distance), ([9.0, -7.0], 5.0));
        let mut parameters = [0.0; 4];
        plane.write([9.0, -7.0], &mut parameters);
        assert_eq!(parameters, [-7.0, 2.0, 9.0, 4.0]);
        assert_eq!(plane.project(&parameters).1, 0.0);
    }

    #[test]
    fn a_state_is_projected_onto_directions_in_multiples_of_them() {
        let plane = SlicePlane {
            origin: vec![1.0, 1.0, 1.0],
            axes: [
                SliceAxis::Direction(vec![2.0, 0.0, 0.0]),
                SliceAxis::Direction(vec![0.0, 3.0, 4.0]),
            ],
        };
        assert_eq!(plane.center(), [0.0, 0.0]);
        // θ₀ + 1.5·(2, 0, 0) − 2·(0, 3, 4) + (0, −4, 3), which is 5 long and orthogonal to both.
        let (at, distance) = plane.project(&[4.0, -9.0, -4.0]);
        assert_eq!((at, distance), ([1.5, -2.0], 5.0));
        let mut parameters = [0.0; 3];
        plane.write([0.0, 0.0], &mut parameters);
        assert_eq!(parameters, [1.0, 1.0, 1.0]);
        plane.write([1.5, -2.0], &mut parameters);
        assert_eq!(parameters, [4.0, -5.0, -7.0]);
    }
}
