//! The way back through one layer: for all samples and units, or for a part of them on one of several threads.

use std::mem;

use pulp::{Simd, WithSimd};

use crate::forward::{is_worth_packing, part_of_samples};
use crate::kernels::column_sums::add_column_sums;
use crate::kernels::descent::Descent;
use crate::kernels::matrix::{Matrix, rows_of};
use crate::kernels::panel::WorkSpace;
use crate::kernels::product::{Begin, product, rows_at_once};
use crate::place::{Place, part_of_columns};
use crate::{Activation, Layer};

/// ∂L/∂w and ∂L/∂b of some units: the sum over the samples.
pub(super) struct GradientPart<'a> {
    /// How many samples the whole batch has.
    pub(super) batch: usize,
    /// What the layer listens to, row-major with shape (samples, `fan_in`).
    pub(super) inputs: &'a [f64],
    /// Row-major with shape (units, `fan_in`).
    pub(super) by_weights: &'a mut [f64],
    /// What replaces it, if it is complete.
    pub(super) descent: Option<Descent<'a>>,
    pub(super) biases: BiasPart<'a>,
}

/// ∂L/∂b of the same units.
pub(super) struct BiasPart<'a> {
    pub(super) layer: &'a Layer,
    pub(super) first_unit: usize,
    /// δ, row-major with shape (samples, units of the layer).
    pub(super) deltas: &'a [f64],
    /// One a unit.
    pub(super) by_biases: &'a mut [f64],
    /// Whether it is added to that of earlier samples.
    pub(super) has_earlier: bool,
    /// What replaces it, if it is complete.
    pub(super) descent: Option<Descent<'a>>,
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
        let Layer { units, fan_in, .. } = *self.biases.layer;
        let most = units.div_ceil(parts);
        let rows = self.by_weights.chunks_mut(most * fan_in);
        let rows = rows.zip(self.biases.by_biases.chunks_mut(most));
        let part = |(index, (by_weights, by_biases)): (usize, (&'a mut [f64], &'a mut [f64]))| {
            let units = index * most..index * most + by_biases.len();
            let of_weights =
                |descent: Descent<'a>| descent.of(units.start * fan_in..units.end * fan_in);
            let of_biases = |descent: Descent<'a>| descent.of(units.clone());
            GradientPart {
                by_weights,
                descent: self.descent.map(of_weights),
                biases: BiasPart {
                    first_unit: units.start,
                    by_biases,
                    descent: self.biases.descent.map(of_biases),
                    ..self.biases
                },
                ..self
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
        let first_unit = part.biases.first_unit;
        space.has_overflowed |= !part.biases.make(simd);
        let by_weights = mem::take(&mut part.by_weights);
        let Some(descent) = part.descent else {
            return part.sum(simd, by_weights, first_unit, space);
        };
        // As soon as some units have their gradient: it is in a cache then.
        let fan_in = part.biases.layer.fan_in;
        let units = rows_at_once(fan_in, part.samples());
        let mut first = 0;
        for by_weights in by_weights.chunks_mut(units * fan_in) {
            part.sum(simd, by_weights, first_unit + first / fan_in, space);
            let these = first..first + by_weights.len();
            first = these.end;
            space.has_overflowed |= !descent.of(these).replace(by_weights);
        }
    }
}

impl BiasPart<'_> {
    /// Sums, and descends if it is complete. Returns false if that has made a number that is not finite.
    #[inline(always)]
    pub(super) fn make<S: Simd>(&mut self, simd: S) -> bool {
        // z = Σ w·x + b: ∂z/∂b = 1
        if !self.has_earlier {
            self.by_biases.fill(0.0);
        }
        let deltas = (self.deltas, self.layer.units);
        add_column_sums(simd, deltas, self.first_unit, self.by_biases);
        self.descent
            .is_none_or(|descent| descent.replace(self.by_biases))
    }
}

impl GradientPart<'_> {
    #[inline(always)]
    fn samples(&self) -> usize {
        rows_of(self.biases.layer.fan_in, self.inputs, self.batch)
    }

    /// ∂L/∂w of some units.
    #[inline(always)]
    fn sum<S: Simd>(
        &self,
        simd: S,
        by_weights: &mut [f64],
        first_unit: usize,
        space: &mut WorkSpace,
    ) {
        let BiasPart {
            layer,
            deltas,
            has_earlier,
            ..
        } = self.biases;
        let Layer { units, fan_in, .. } = *layer;
        // ∂z/∂w = x: Δᵀ·X
        if is_worth_packing(self.batch, layer) {
            let deltas = Matrix::rows(deltas, units).transposed();
            let factors = (
                deltas.from(first_unit, 0),
                Matrix::rows(self.inputs, fan_in),
            );
            let shape = (fan_in, self.samples());
            let begin = if has_earlier {
                Begin::Present
            } else {
                Begin::Zeros
            };
            return product(simd, by_weights, factors, begin, shape, space);
        }
        if !has_earlier {
            by_weights.fill(0.0);
        }
        let samples = self.inputs.chunks_exact(fan_in);
        for (x, deltas) in samples.zip(deltas.chunks_exact(units)) {
            let rows = by_weights.chunks_exact_mut(fan_in);
            for (delta, by_weights) in deltas[first_unit..].iter().zip(rows) {
                let weights = by_weights.iter_mut().zip(x);
                weights.for_each(|(by_weight, x)| *by_weight += delta * x);
            }
        }
    }
}

impl<'a> BackPart<'a> {
    /// ∂L/∂b of the same layer, for a whole batch.
    #[inline(always)]
    pub(super) fn biases(
        &self,
        by_biases: &'a mut [f64],
        descent: Option<Descent<'a>>,
    ) -> BiasPart<'a> {
        BiasPart {
            layer: self.layer,
            first_unit: 0,
            deltas: self.deltas,
            by_biases,
            has_earlier: false,
            descent,
        }
    }

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
        let samples = rows_of(units, part.deltas, part.batch);
        let mut elsewhere = mem::take(&mut space.elsewhere);
        let block = part.deltas_before.block(&mut elsewhere);
        // As many rows as samples: this is how long each is.
        let width = rows_of(samples, block, fan_in);
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
        chain(part.before, part.activations, block, part.first_unit);
        part.deltas_before.fill(&elsewhere);
        space.elsewhere = elsewhere;
    }
}

/// x = f(z of a layer): ∂L/∂z = ∂L/∂x · f′(z), in rows of all its units or of some.
#[inline(always)]
pub(super) fn chain(layer: &Layer, activations: &[f64], block: &mut [f64], first_unit: usize) {
    let Layer {
        activation, units, ..
    } = *layer;
    if block.len() == activations.len() {
        return activation.chain_rows(activations, block, units);
    }
    let width = block.len() / (activations.len() / units);
    let activations = activations.chunks_exact(units);
    for (activations, deltas) in activations.zip(block.chunks_exact_mut(width)) {
        activation.chain(&activations[first_unit..][..width], deltas);
    }
}
