//! The way back through a layer together with the step of descent of its weights, for few samples: these take the time
//! of reading the weights, which so come from memory once.

use std::mem;

use pulp::{Simd, WithSimd};

use super::part::{BackPart, BiasPart, InSpace, chain};
use crate::kernels::descent::Descent;
use crate::kernels::few::FEW;
use crate::kernels::matrix::{Matrix, parts};
use crate::kernels::product::{Begin, product};
use crate::place::{Place, part_of_columns};
use crate::{Activation, Layer};

/// Smaller layers stay in a near cache between the two.
const WORTH_IT: usize = 1 << 15;

/// δ of the layer before, or of some of its units, and the next weights of what listens to them.
pub(super) struct JoinedPart<'a> {
    pub(super) back: BackPart<'a>,
    /// The step of all weights of the layer.
    pub(super) descent: Descent<'a>,
    /// The next weights, row-major with shape (units of the layer, units before of this part).
    pub(super) next: Place<'a>,
    /// The step of the biases, in one of the parts.
    pub(super) biases: Option<BiasPart<'a>>,
}

/// Whether it is worth it, and can be done in so many parts, for a batch of so many samples.
pub(super) fn can_be_joined((before, layer): (&Layer, &Layer), batch: usize, parts: usize) -> bool {
    let can_be_divided = || {
        let is_each_alone = before.activation != Activation::Softmax;
        is_each_alone && part_of_columns((batch, layer.fan_in), parts).is_some()
    };
    batch <= FEW && layer.weights.len() >= WORTH_IT && (parts == 1 || can_be_divided())
}

impl JoinedPart<'_> {
    /// The same in several parts, by units of the layer before.
    pub(super) fn divided(self, parts: usize) -> Vec<Self> {
        let Layer { fan_in, units, .. } = *self.back.layer;
        let Place::Rows(next) = self.next else {
            unreachable!("a part of a layer is divided")
        };
        let samples = self.back.deltas.len() / units;
        let most = part_of_columns((samples, fan_in), parts).expect("a wide layer");
        let mut biases = self.biases;
        let part = |(back, next)| JoinedPart {
            back,
            next,
            descent: self.descent,
            biases: biases.take(),
        };
        let backs = self.back.divided(parts).into_iter();
        backs
            .zip(Place::columns(next, fan_in, most))
            .map(part)
            .collect()
    }
}

impl WithSimd for InSpace<'_, JoinedPart<'_>> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self(mut part, space) = self;
        if let Some(mut biases) = part.biases {
            space.has_overflowed |= !biases.make(simd);
        }
        let mut back = part.back;
        let Layer { units, fan_in, .. } = *back.layer;
        let samples = back.deltas.len() / units;
        let mut elsewhere = mem::take(&mut space.elsewhere);
        let block = back.deltas_before.block(&mut elsewhere);
        let width = block.len() / samples;
        let deltas = Matrix::rows(back.deltas, units);
        let inputs = Matrix::rows(back.activations, fan_in).from(0, back.first_unit);
        let weights = Matrix::rows(back.weights, fan_in).from(0, back.first_unit);
        for these in parts(units, FEW) {
            // Δ·W, as much of it as these units give
            let begin = if these.start > 0 {
                Begin::Present
            } else {
                Begin::Zeros
            };
            let factors = (deltas.from(0, these.start), weights.from(these.start, 0));
            product(simd, block, factors, begin, (width, these.len()), space);
            for unit in these {
                // Δᵀ·X, and w − η·∂L/∂w
                let next = part.next.row(unit, width);
                let factors = (deltas.transposed().from(unit, 0), inputs);
                product(simd, next, factors, Begin::Zeros, (width, samples), space);
                let first = unit * fan_in + back.first_unit;
                let descent = part.descent.of(first..first + width);
                space.has_overflowed |= !descent.replace(next);
            }
        }
        chain(back.before, back.activations, block, back.first_unit);
        back.deltas_before.fill(&elsewhere);
        space.elsewhere = elsewhere;
    }
}
