//! The way back through one layer: for all samples and units, or for a part of them on one of several threads.

use std::mem;

use pulp::{Simd, WithSimd};

use crate::forward::{is_worth_packing, part_of_samples};
use crate::kernels::column_sums::add_column_sums;
use crate::kernels::descent::Descent;
use crate::kernels::matrix::Matrix;
use crate::kernels::panel::WorkSpace;
use crate::kernels::product::{Begin, product, rows_at_once};
use crate::place::{Place, part_of_columns};
use crate::{Activation, Layer};

/// ∂L/∂w and ∂L/∂b of some units: the sum over the samples.
pub(super) struct GradientPart<'a> {
    pub(super) layer: &'a Layer,
    /// How many samples the whole batch has.
    pub(super) batch: usize,
    pub(super) first_unit: usize,
    /// What the layer listens to, row-major with shape (samples, `fan_in`).
    pub(super) inputs: &'a [f64],
    /// δ, row-major with shape (samples, units of the layer).
    pub(super) deltas: &'a [f64],
    /// Row-major with shape (units, `fan_in`).
    pub(super) by_weights: &'a mut [f64],
    /// One a unit.
    pub(super) by_biases: &'a mut [f64],
    /// Whether it is added to that of earlier samples.
    pub(super) has_earlier: bool,
    /// What replaces it, if it is complete: the step of its weights and that of its biases.
    pub(super) descent: Option<[Descent<'a>; 2]>,
}

/// ∂L/∂x of what a layer listens to, then δ of the layer before: for some samples, or for some of its units.
pub(super) struct BackPart<'a> {
    pub(super) layer: &'a Layer,
    pub(super) before: &'a Layer,
    /// How many samples the whole batch has.
    pub(super) batch: usize,
    pub(super) first_unit: usize,
    /// All weights of the layer.
    pub(super) weights: &'a [f64],
    /// δ, row-major with shape (samples, units).
    pub(super) deltas: &'a [f64],
    /// The activations of the layer before, row-major with shape (samples, `fan_in`).
    pub(super) activations: &'a [f64],
    /// Its δ, or those of some units, with the same shape.
    pub(super) deltas_before: Place<'a>,
    /// Where ∂L/∂x is kept, if it is.
    pub(super) kept: Option<&'a mut [f64]>,
}

/// A part, and the work space that it is computed in.
pub(super) struct InSpace<'a, P>(pub(super) P, pub(super) &'a mut WorkSpace);

impl<'a> GradientPart<'a> {
    /// The same in several parts, by units.
    pub(super) fn divided(self, parts: usize) -> Vec<Self> {
        let units = self.layer.units.div_ceil(parts);
        let rows = self.by_weights.chunks_mut(units * self.layer.fan_in);
        let rows = rows.zip(self.by_biases.chunks_mut(units));
        let part = |(index, (by_weights, by_biases)): (usize, (&'a mut [f64], &'a mut [f64]))| {
            let first_unit = index * units;
            let first_weight = first_unit * self.layer.fan_in;
            let descent = self.descent.map(|[weights, biases]| {
                let weights = weights.of(first_weight..first_weight + by_weights.len());
                [weights, biases.of(first_unit..first_unit + by_biases.len())]
            });
            GradientPart {
                layer: self.layer,
                batch: self.batch,
                first_unit,
                inputs: self.inputs,
                deltas: self.deltas,
                by_weights,
                by_biases,
                has_earlier: self.has_earlier,
                descent,
            }
        };
        rows.enumerate().map(part).collect()
    }
}

impl WithSimd for InSpace<'_, GradientPart<'_>> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self(mut part, space) = self;
        // z = Σ w·x + b: ∂z/∂b = 1
        if !part.has_earlier {
            part.by_biases.fill(0.0);
        }
        let Layer { units, fan_in, .. } = *part.layer;
        add_column_sums(simd, (part.deltas, units), part.first_unit, part.by_biases);
        let by_weights = mem::take(&mut part.by_weights);
        let Some([of_weights, of_biases]) = part.descent else {
            return part.sum(simd, by_weights, part.first_unit, space);
        };
        of_biases.replace(part.by_biases);
        // As soon as some units have their gradient: it is in a cache then.
        let units = rows_at_once(fan_in, part.inputs.len() / fan_in);
        let mut first = 0;
        for by_weights in by_weights.chunks_mut(units * fan_in) {
            part.sum(simd, by_weights, part.first_unit + first / fan_in, space);
            let these = first..first + by_weights.len();
            first = these.end;
            of_weights.of(these).replace(by_weights);
        }
    }
}

impl GradientPart<'_> {
    /// ∂L/∂w of some units.
    #[inline(always)]
    fn sum<S: Simd>(
        &self,
        simd: S,
        by_weights: &mut [f64],
        first_unit: usize,
        space: &mut WorkSpace,
    ) {
        let Layer { units, fan_in, .. } = *self.layer;
        // ∂z/∂w = x: Δᵀ·X
        if is_worth_packing(self.batch, self.layer) {
            let deltas = Matrix::rows(self.deltas, units).transposed();
            let factors = (
                deltas.from(first_unit, 0),
                Matrix::rows(self.inputs, fan_in),
            );
            let shape = (fan_in, self.inputs.len() / fan_in);
            let begin = if self.has_earlier {
                Begin::Present
            } else {
                Begin::Zeros
            };
            return product(simd, by_weights, factors, begin, shape, space);
        }
        if !self.has_earlier {
            by_weights.fill(0.0);
        }
        let samples = self.inputs.chunks_exact(fan_in);
        for (x, deltas) in samples.zip(self.deltas.chunks_exact(units)) {
            let rows = by_weights.chunks_exact_mut(fan_in);
            for (delta, by_weights) in deltas[first_unit..].iter().zip(rows) {
                let weights = by_weights.iter_mut().zip(x);
                weights.for_each(|(by_weight, x)| *by_weight += delta * x);
            }
        }
    }
}

impl BackPart<'_> {
    /// The same in several parts: by units of the layer before, or by samples where those are few.
    pub(super) fn divided(self, parts: usize) -> Vec<Self> {
        let Layer { fan_in, units, .. } = *self.layer;
        let samples = self.deltas.len() / units;
        let Place::Rows(deltas_before) = self.deltas_before else {
            unreachable!("a part of a layer is divided")
        };
        let is_by_units = self.kept.is_none() && self.before.activation != Activation::Softmax;
        let of_units = part_of_columns((samples, fan_in), parts).filter(|_| is_by_units);
        if let Some(most) = of_units {
            let part = |(index, deltas_before)| BackPart {
                first_unit: index * most,
                deltas_before,
                kept: None,
                ..self
            };
            let columns = Place::columns(deltas_before, fan_in, most);
            return columns.enumerate().map(part).collect();
        }
        let most = part_of_samples(samples, parts);
        let mut kept = self.kept.map(|kept| kept.chunks_mut(most * fan_in));
        let activations = self.activations.chunks(most * fan_in);
        let rows = activations.zip(deltas_before.chunks_mut(most * fan_in));
        let part = |(deltas, (activations, deltas_before))| BackPart {
            deltas,
            activations,
            deltas_before: Place::Rows(deltas_before),
            kept: kept.as_mut().and_then(Iterator::next),
            ..self
        };
        self.deltas
            .chunks(most * units)
            .zip(rows)
            .map(part)
            .collect()
    }
}

impl WithSimd for InSpace<'_, BackPart<'_>> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self(mut part, space) = self;
        let Layer { units, fan_in, .. } = *part.layer;
        let samples = part.deltas.len() / units;
        let mut elsewhere = mem::take(&mut space.elsewhere);
        let block = part.deltas_before.block(&mut elsewhere);
        let width = block.len() / samples;
        // z = Σ w·x + b: ∂z/∂x = w: Δ·W
        if is_worth_packing(part.batch, part.layer) {
            let weights = Matrix::rows(part.weights, fan_in).from(0, part.first_unit);
            let factors = (Matrix::rows(part.deltas, units), weights);
            product(simd, block, factors, Begin::Zeros, (width, units), space);
        } else {
            block.fill(0.0);
            let samples = part.deltas.chunks_exact(units);
            for (deltas, before) in samples.zip(block.chunks_exact_mut(width)) {
                for (delta, weights) in deltas.iter().zip(part.weights.chunks_exact(fan_in)) {
                    let before = before.iter_mut().zip(&weights[part.first_unit..]);
                    before.for_each(|(before, w)| *before += delta * w);
                }
            }
        }
        if let Some(kept) = part.kept {
            kept.copy_from_slice(block);
        }
        // x = f(z of the layer before): ∂L/∂z = ∂L/∂x · f′(z)
        let Layer {
            activation, units, ..
        } = *part.before;
        if width == units {
            activation.chain_rows(part.activations, block, units);
        } else {
            let activations = part.activations.chunks_exact(units);
            for (activations, deltas) in activations.zip(block.chunks_exact_mut(width)) {
                activation.chain(&activations[part.first_unit..][..width], deltas);
            }
        }
        part.deltas_before.fill(&elsewhere);
        space.elsewhere = elsewhere;
    }
}
