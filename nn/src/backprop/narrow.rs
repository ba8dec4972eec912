//! The way back through a narrow layer, all of it in one function.

use pulp::{Simd, WithSimd};

use super::part::{BackPart, BiasPart, chain};
use crate::Layer;
use crate::forward::is_worth_packing;
use crate::kernels::product::narrow::BackProducts;
use crate::place::Place;

/// δ of the layer before, and ∂L/∂w and ∂L/∂b: the sum over all samples of a batch.
pub(super) struct NarrowPart<'a> {
    pub(super) back: BackPart<'a>,
    /// Row-major with shape (units, `fan_in`).
    pub(super) by_weights: &'a mut [f64],
    pub(super) biases: BiasPart<'a>,
}

/// Whether there is this way for a layer and a batch of so many samples. The bits are those of the others.
#[inline(always)]
pub(super) fn is_narrow<S: Simd>(layer: &Layer, batch: usize) -> bool {
    BackProducts::are_for::<S>(layer.units, layer.fan_in) && is_worth_packing(batch, layer)
}

impl WithSimd for NarrowPart<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let back = self.back;
        let Place::Rows(by_inputs) = back.deltas_before else {
            unreachable!("a part of a narrow layer")
        };
        self.biases.make(simd);
        let products = BackProducts {
            deltas: back.deltas,
            inputs: back.activations,
            weights: back.weights,
            by_weights: self.by_weights,
            by_inputs: &mut *by_inputs,
        };
        products.make(simd, (back.layer.units, back.layer.fan_in));
        chain(back.before, back.activations, by_inputs, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Backprop;
    use super::super::stages::tests::{network, numbers};
    use crate::Loss;

    #[test]
    fn the_gradient_of_narrow_layers_has_the_bits_of_the_way_that_keeps_everything() {
        let loss = Loss::MeanSquaredError;
        for hidden in [&[8, 8][..], &[4, 8, 16], &[16, 16], &[4, 4, 2], &[16, 5]] {
            let network = network(2, hidden, 3);
            for samples in [1, 2, 9, 10, 200] {
                let (inputs, targets) = (numbers(samples * 2, 31), numbers(samples * 3, 17));
                let mut own = Backprop::new(&network, samples);
                let mut keeping = own.clone();
                keeping.by_activation = Some(keeping.deltas.clone());
                let gradient = own.run(&network, loss, &inputs, &targets);
                assert!(gradient == keeping.run(&network, loss, &inputs, &targets));
                assert!(own.deltas == keeping.deltas, "{hidden:?} {samples}");
            }
        }
    }
}
