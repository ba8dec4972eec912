//! The way back through a layer together with the step of descent of its weights, for few samples: these take the time
//! of reading the weights, which so come from memory once.

use std::mem;

use pulp::{Simd, WithSimd};

use super::part::{BackPart, BiasPart, InSpace, chain};
use crate::kernels::few::FEW;
use crate::kernels::joined::{AT_ONCE, Joined};
use crate::kernels::matrix::Matrix;
use crate::place::{Place, part_of_columns};
use crate::{Activation, Layer};

/// Smaller layers stay in a near cache between the two.
const WORTH_IT: usize = 1 << 15;

/// δ of the layer before, or of some of its units, and the next weights of what listens to them.
pub(super) struct JoinedPart<'a> {
    pub(super) back: BackPart<'a>,
    /// η.
    pub(super) learning_rate: f64,
    /// The next weights, row-major with shape (units of the layer, units before of this part).
    pub(super) next: Place<'a>,
    /// The step of the biases, in one of the parts.
    pub(super) biases: Option<BiasPart<'a>>,
}

/// Whether it is worth it, and can be done on so many threads, for a batch of so many samples.
pub(super) fn can_be_joined(
    (before, layer): (&Layer, &Layer),
    batch: usize,
    threads: usize,
) -> bool {
    let can_be_divided = || {
        let is_each_alone = before.activation != Activation::Softmax;
        is_each_alone && part_of_columns((batch, layer.fan_in), threads).is_some()
    };
    batch <= FEW && layer.weights.len() >= WORTH_IT && (threads == 1 || can_be_divided())
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
            learning_rate: self.learning_rate,
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
        let Self(part, space) = self;
        let (mut back, mut next) = (part.back, part.next);
        if let Some(mut biases) = part.biases {
            space.has_overflowed |= !biases.make(simd);
        }
        let Layer { units, fan_in, .. } = *back.layer;
        let columns_of = |rows| Matrix::rows(rows, fan_in).from(0, back.first_unit);
        let joined = Joined {
            weights: columns_of(back.weights),
            deltas: Matrix::rows(back.deltas, units),
            inputs: columns_of(back.activations),
            learning_rate: part.learning_rate,
        };
        let samples = back.deltas.len() / units;
        let mut elsewhere = mem::take(&mut space.elsewhere);
        let block = back.deltas_before.block(&mut elsewhere);
        block.fill(0.0);
        let width = block.len() / samples;
        let whole = units / AT_ONCE * AT_ONCE;
        for unit in (0..whole).step_by(AT_ONCE) {
            let next = &mut next.rows::<AT_ONCE>(unit, width);
            space.has_overflowed |= !joined.step(simd, unit, next, (block, width));
        }
        for unit in whole..units {
            let next = &mut next.rows::<1>(unit, width);
            space.has_overflowed |= !joined.step(simd, unit, next, (block, width));
        }
        chain(back.before, back.activations, block, back.first_unit);
        back.deltas_before.fill(&elsewhere);
        space.elsewhere = elsewhere;
    }
}
