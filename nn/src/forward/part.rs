//! One layer of a forward pass: for all samples, or for a part of them on one of several threads.

use std::mem;

use pulp::{Simd, WithSimd};

use crate::activation::Applied;
use crate::kernels::few::{FEW, add_dots, are_dots};
use crate::kernels::matrix::Matrix;
use crate::kernels::panel::WorkSpace;
use crate::kernels::product::{Begin, WORTH_PACKING, product};
use crate::place::{Place, part_of_columns};
use crate::{Activation, Executor, Layer};

/// Some samples, or some units.
pub(super) struct Part<'a> {
    pub(super) sums: Sums<'a>,
    /// Where the activations will be, row-major with shape (samples, units).
    pub(super) activations: Place<'a>,
    /// Where the pre-activations will be, if they are kept.
    pub(super) kept: Option<&'a mut [f64]>,
}

/// What is summed: weights times what they are for.
#[derive(Clone, Copy)]
pub(super) struct Sums<'a> {
    pub(super) layer: &'a Layer,
    /// How many samples the whole batch has.
    pub(super) batch: usize,
    /// The weights and the biases of the units.
    pub(super) weights: &'a [f64],
    pub(super) biases: &'a [f64],
    /// What the units listen to, row-major with shape (samples, `fan_in`).
    pub(super) x: &'a [f64],
}

/// A part, and the work space that it is computed in.
pub(super) struct InSpace<'a>(pub(super) Part<'a>, pub(super) &'a mut WorkSpace);

/// Whether the products of a layer are worth the preparations: decided for the whole batch, because the ways
/// to make them differ in their last bits.
#[inline(always)]
pub(crate) fn is_worth_packing(batch: usize, layer: &Layer) -> bool {
    batch * layer.units * layer.fan_in >= WORTH_PACKING
}

/// Layers with fewer multiplications take less time than it takes to start threads.
const WORTH_SHARING: usize = 1 << 22;

/// On how many threads a pass of these samples through a layer, forward or backward, is made. Of few samples it is
/// the reading of the weights that takes the time.
pub(crate) fn threads_for(executor: &dyn Executor, samples: usize, layer: &Layer) -> usize {
    if samples.max(4) * layer.weights.len() >= WORTH_SHARING {
        executor.threads()
    } else {
        1
    }
}

/// How many samples a part has: so few that all threads have one, but not so few that a product is inefficient.
pub(crate) fn part_of_samples(samples: usize, parts: usize) -> usize {
    samples.div_ceil(parts).max(2 * FEW)
}

impl WithSimd for InSpace<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self(mut part, space) = self;
        let mut elsewhere = mem::take(&mut space.elsewhere);
        let block = part.activations.block(&mut elsewhere);
        part.sums.make(simd, block, space);
        if let Some(kept) = part.kept {
            kept.copy_from_slice(block);
        }
        let Layer {
            activation, units, ..
        } = *part.sums.layer;
        simd.vectorize(Applied {
            activation,
            block,
            units,
        });
        part.activations.fill(&elsewhere);
        space.elsewhere = elsewhere;
    }
}

impl Part<'_> {
    /// The same in several parts: by units, or by samples where there are few units.
    pub(super) fn divided(self, parts: usize) -> Vec<Self> {
        let Layer {
            fan_in,
            units,
            activation,
            ..
        } = *self.sums.layer;
        let samples = self.sums.x.len() / fan_in;
        let Place::Rows(activations) = self.activations else {
            unreachable!("a part of a layer is divided")
        };
        let is_by_units = self.kept.is_none() && activation != Activation::Softmax;
        let of_units = part_of_columns((samples, units), parts).filter(|_| is_by_units);
        if let Some(most) = of_units {
            let part = |(index, activations)| {
                let first = index * most;
                let end = units.min(first + most);
                Self {
                    sums: Sums {
                        weights: &self.sums.weights[first * fan_in..end * fan_in],
                        biases: &self.sums.biases[first..end],
                        ..self.sums
                    },
                    activations,
                    kept: None,
                }
            };
            let columns = Place::columns(activations, units, most);
            return columns.enumerate().map(part).collect();
        }
        let most = part_of_samples(samples, parts);
        let mut kept = self.kept.map(|kept| kept.chunks_mut(most * units));
        let x = self.sums.x.chunks(most * fan_in);
        let part = |(x, activations)| Self {
            sums: Sums { x, ..self.sums },
            activations: Place::Rows(activations),
            kept: kept.as_mut().and_then(Iterator::next),
        };
        x.zip(activations.chunks_mut(most * units))
            .map(part)
            .collect()
    }
}

impl Sums<'_> {
    /// z = w·x + b, row-major with shape (samples, units).
    #[inline(always)]
    fn make<S: Simd>(self, simd: S, sums: &mut [f64], space: &mut WorkSpace) {
        let Layer { units, fan_in, .. } = *self.layer;
        let (x, weights, biases) = (self.x, self.weights, self.biases);
        if are_dots(self.batch, units, fan_in) {
            return add_dots(simd, sums, (x, weights), biases, fan_in);
        }
        if is_worth_packing(self.batch, self.layer) {
            // Z = X·Wᵀ + b
            let weights = Matrix::rows(weights, fan_in).transposed();
            let factors = (Matrix::rows(x, fan_in), weights);
            let shape = (biases.len(), fan_in);
            return product(simd, sums, factors, Begin::Bias(biases), shape, space);
        }
        match fan_in {
            // Of lengths that are known the loops are unrolled.
            1 => sums_of::<1>(x, weights, biases, sums),
            2 => sums_of::<2>(x, weights, biases, sums),
            3 => sums_of::<3>(x, weights, biases, sums),
            4 => sums_of::<4>(x, weights, biases, sums),
            fan_in => {
                let rows = (x.chunks_exact(fan_in), weights.chunks_exact(fan_in));
                simple_sums(rows, biases, sums);
            }
        }
    }
}

/// z = w·x + b by simple loops, for samples and neurons that have K numbers each.
#[inline(always)]
fn sums_of<const K: usize>(x: &[f64], weights: &[f64], biases: &[f64], sums: &mut [f64]) {
    let rows = [x, weights].map(|numbers| numbers.as_chunks::<K>().0);
    simple_sums((rows[0].iter(), rows[1].iter()), biases, sums);
}

/// z = w·x + b by simple loops, from rows of as many numbers.
#[inline(always)]
fn simple_sums<R: AsRef<[f64]>>(
    (samples, neurons): (impl Iterator<Item = R>, impl Iterator<Item = R> + Clone),
    biases: &[f64],
    sums: &mut [f64],
) {
    for (x, sums) in samples.zip(sums.chunks_exact_mut(biases.len())) {
        let neurons = neurons.clone().zip(biases);
        for (z, (weights, bias)) in sums.iter_mut().zip(neurons) {
            let products = weights.as_ref().iter().zip(x.as_ref()).map(|(w, x)| w * x);
            *z = products.sum::<f64>() + bias;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Activation, Alone, Architecture, Forward, LayerSpec, Network};

    /// A network of 2 inputs with these activations, and this many units in each layer.
    fn network(units: usize, hidden: Activation, output: Activation) -> Network {
        let mut network = Network::zeros(Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[2], hidden),
            output: LayerSpec {
                units,
                activation: output,
            },
        });
        let parameters = network.parameters_mut().iter_mut().enumerate();
        parameters.for_each(|(index, p)| *p = (index as f64 + 0.3).sin());
        network
    }

    fn networks() -> impl Iterator<Item = Network> {
        let of = |hidden| {
            let outputs = Activation::OUTPUT.into_iter();
            outputs.flat_map(move |output| (1..=5).map(move |units| network(units, hidden, output)))
        };
        Activation::HIDDEN.into_iter().flat_map(of)
    }

    #[test]
    fn a_sample_alone_has_the_bits_that_it_has_in_its_whole_batch() {
        for network in networks() {
            for batch in 1..=9_u8 {
                let inputs: Vec<f64> = (0..2 * batch)
                    .map(|i| f64::from(i).cos() * 2.7 - 0.4)
                    .collect();
                let batch = usize::from(batch);
                let mut whole = Forward::new(&network, batch);
                whole.run(&network, &inputs);
                let mut alone = Forward::new(&network, 1);
                let units = network.architecture().output.units;
                let rows = whole.predictions(&network).chunks_exact(units);
                for (x, row) in inputs.chunks_exact(2).zip(rows) {
                    alone.run_part(&network, x, batch);
                    let what = (network.architecture(), batch);
                    assert_eq!(alone.predictions(&network), row, "{what:?}");
                    assert!(alone.advance(&network, x, batch, &Alone));
                    assert_eq!(alone.predictions(&network), row, "{what:?}");
                }
            }
        }
    }
}
