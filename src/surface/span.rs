//! What is looked at: ranges of features, in the units of the data.

/// A range of values of a feature, or along an axis of a slice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The index of the feature, or of the axis.
    pub feature: usize,
    /// The value at the first point.
    pub from: f64,
    /// The value at the last point; may be smaller.
    pub to: f64,
}

/// Two features of a sample that vary, while all others are held.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    /// The feature from left to right.
    pub across: Span,
    /// The feature from bottom to top.
    pub up: Span,
    /// The raw values of a sample, one for each feature; those of the two are not used.
    pub held: Vec<f64>,
}

impl Span {
    /// The value of a point, counted from 0, of so many evenly spaced ones that include both ends.
    #[must_use]
    pub fn value(self, point: usize, points: usize) -> f64 {
        let Self { from, to, .. } = self;
        let last = points.saturating_sub(1);
        if point >= last && last > 0 {
            return to;
        }
        let (point, last) = (point as f64, (last as f64).max(1.0));
        // Whole numbers stay whole: 110 + 60 · 7 / 60.
        let value = from + (to - from) * point / last;
        if value.is_finite() {
            return value;
        }
        from * (1.0 - point / last) + to * (point / last)
    }

    /// The span between the middles of the first and the last of so many equal parts of this one: pixels have the
    /// value of their middle.
    #[must_use]
    pub fn of_middles(self, parts: usize) -> Self {
        let half = (self.to / 2.0 - self.from / 2.0) / parts.max(1) as f64;
        Self {
            from: self.from + half,
            to: self.to - half,
            ..self
        }
    }

    /// How far along the span a value is: 0 at its beginning, 1 at its end, more or less outside.
    #[must_use]
    pub fn share(self, value: f64) -> f64 {
        (value / 2.0 - self.from / 2.0) / (self.to / 2.0 - self.from / 2.0)
    }

    /// Whether a value is within the span or at one of its ends.
    #[must_use]
    pub fn reaches(self, value: f64) -> bool {
        (0.0..=1.0).contains(&self.share(value))
    }

    /// The value at a share of the span.
    #[must_use]
    pub fn at(self, share: f64) -> f64 {
        self.from * (1.0 - share) + self.to * share
    }
}

impl Plane {
    /// What is across and up.
    #[must_use]
    pub fn spans(&self) -> [Span; 2] {
        [self.across, self.up]
    }

    /// Whether a sample has its place on the plane.
    #[must_use]
    pub fn reaches(&self, raw: &[f64]) -> bool {
        let mut spans = self.spans().into_iter();
        spans.all(|span| span.reaches(raw[span.feature]))
    }

    /// Writes the raw values of a point into a sample.
    pub fn write_point(&self, across: f64, up: f64, raw: &mut [f64]) {
        raw.copy_from_slice(&self.held);
        raw[self.across.feature] = across;
        raw[self.up.feature] = up;
    }

    /// The raw values of a point.
    #[must_use]
    pub fn point(&self, across: f64, up: f64) -> Vec<f64> {
        let mut raw = self.held.clone();
        self.write_point(across, up, &mut raw);
        raw
    }
}

/// Divides 0..=1 into equal steps, and returns the step that a share falls into, and how far into it, from 0 to 1. A share
/// beyond an end counts as the end. NaN falls into the first step, and is NaN far into it.
#[must_use]
pub fn step_at(share: f64, steps: usize) -> (usize, f64) {
    let place = share.clamp(0.0, 1.0) * steps as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the steps; the cast turns NaN into 0"
    )]
    let step = (place as usize).min(steps - 1);
    (step, place - step as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: f64, to: f64) -> Span {
        Span {
            feature: 0,
            from,
            to,
        }
    }

    #[test]
    fn points_are_evenly_spaced_and_include_both_ends() {
        let values: Vec<f64> = (0..61).map(|at| span(110.0, 170.0).value(at, 61)).collect();
        let expected: Vec<f64> = (110..=170).map(f64::from).collect();
        assert_eq!(values, expected);
        let down = [0, 1, 2].map(|at| span(1.0, -1.0).value(at, 3));
        assert_eq!(down, [1.0, 0.0, -1.0]);
        assert_eq!(span(5.0, 9.0).value(0, 1), 5.0);
        let widest = span(f64::MIN, f64::MAX);
        assert_eq!(widest.value(1, 3), 0.0);
        assert!((0..9).all(|at| widest.value(at, 9).is_finite()));
    }

    #[test]
    fn a_part_has_the_value_of_its_middle() {
        let middles = span(0.0, 8.0).of_middles(4);
        let values = [0, 1, 2, 3].map(|at| middles.value(at, 4));
        assert_eq!(values, [1.0, 3.0, 5.0, 7.0]);
        let one = span(2.0, 4.0).of_middles(1);
        assert_eq!(one.value(0, 1), 3.0);
    }

    #[test]
    fn shares_and_values_are_inverse() {
        let span = span(-3.0, 5.0);
        for share in [0.0, 0.25, 1.0, 1.5] {
            assert!((span.share(span.at(share)) - share).abs() < 1e-12);
        }
    }

    #[test]
    fn a_share_falls_into_a_step_and_the_end_into_the_last() {
        assert_eq!(step_at(0.375, 4), (1, 0.5));
        assert_eq!(step_at(0.75, 4), (3, 0.0));
        assert_eq!(step_at(1.0, 4), (3, 1.0));
        assert_eq!(step_at(-0.5, 4), (0, 0.0));
        assert_eq!(step_at(7.0, 4), (3, 1.0));
        let (step, rest) = step_at(f64::NAN, 4);
        assert!(step == 0 && rest.is_nan());
    }
}
