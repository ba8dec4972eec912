//! A step of plain gradient descent, made of a gradient as soon as it is complete: it is in the nearest cache then, and
//! need not come from memory again.

use std::ops::Range;

use crate::Optimizer;

/// p − η·g, of the parameters p whose gradient is summed.
#[derive(Clone, Copy)]
pub(crate) struct Descent<'a> {
    /// Laid out like the gradient.
    pub(crate) parameters: &'a [f64],
    /// η.
    pub(crate) learning_rate: f64,
}

impl Descent<'_> {
    /// That of a part of the parameters.
    #[inline(always)]
    pub(crate) fn of(self, part: Range<usize>) -> Self {
        let parameters = &self.parameters[part];
        Self { parameters, ..self }
    }

    /// Replaces a gradient. Returns whether all of the next parameters are finite.
    #[inline(always)]
    pub(crate) fn replace(self, gradient: &mut [f64]) -> bool {
        let mut are_finite = true;
        for (number, parameter) in gradient.iter_mut().zip(self.parameters) {
            let mut next = *parameter;
            Optimizer::descend(self.learning_rate, &mut next, *number);
            *number = next;
            are_finite &= next.is_finite();
        }
        are_finite
    }
}
