//! How a state holds its numbers: few for itself, many together with all who look at them. So to show, to keep or to save
//! a large network takes no time, and while others have it, the run goes on beside it.

use std::mem;
use std::ops::Deref;
use std::sync::Arc;

use crate::nn::{Network, Optimizer};

/// The most parameters of a small network: of more, each step is made in parts, and beside the present parameters.
const SMALL: usize = 1 << 22;

/// A network or an optimizer.
#[derive(Debug, Clone)]
pub(super) enum Held<T> {
    /// Each holder has a copy.
    Small(T),
    /// All holders have the same one, which none of them changes.
    Large(Arc<T>),
}

/// Whether a network is so large that all who look at it share it.
#[must_use]
pub fn is_large(network: &Network) -> bool {
    network.parameters().len() > SMALL
}

impl<T> Deref for Held<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match self {
            Self::Small(own) => own,
            Self::Large(shared) => shared,
        }
    }
}

impl<T: PartialEq> PartialEq for Held<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is(other) || **self == **other
    }
}

impl<T> Held<T> {
    /// Holds a network with this many parameters, or its optimizer.
    pub(super) fn of(parameters: usize, value: T) -> Self {
        if parameters <= SMALL {
            Self::Small(value)
        } else {
            Self::Large(Arc::new(value))
        }
    }

    /// What is shared, if it is large.
    pub(super) fn shared(&self) -> Option<&Arc<T>> {
        match self {
            Self::Small(_) => None,
            Self::Large(shared) => Some(shared),
        }
    }

    /// Whether it is the very same as another.
    fn is(&self, other: &Self) -> bool {
        let both = self.shared().zip(other.shared());
        both.is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    }
}

impl<T: Clone> Held<T> {
    /// To change it in place; what others have too is copied first.
    #[inline]
    pub(super) fn to_mut(&mut self) -> &mut T {
        match self {
            Self::Small(own) => own,
            Self::Large(shared) => Arc::make_mut(shared),
        }
    }

    /// Becomes the same as another: a small one by a copy in place.
    #[inline]
    pub(super) fn become_as(&mut self, other: &Self, copy: impl FnOnce(&mut T, &T)) {
        match (self, other) {
            (Self::Small(own), Self::Small(other)) => copy(own, other),
            (own, other) => *own = other.clone(),
        }
    }
}

impl Held<Network> {
    /// Goes on with other parameters. Leaves those that were there, or as many other numbers if somebody else has them.
    pub(super) fn exchange_parameters(&mut self, next: &mut Vec<f64>) {
        match self {
            Self::Small(own) => own.exchange_parameters(next),
            Self::Large(shared) => {
                if let Some(own) = Arc::get_mut(shared) {
                    return own.exchange_parameters(next);
                }
                let others = vec![0.0; next.len()];
                let network = shared.with_parameters(mem::replace(next, others));
                *shared = Arc::new(network);
            }
        }
    }
}

impl Held<Optimizer> {
    /// Goes on with another optimizer of the same kind. Leaves the one that was there, or one without memory if somebody
    /// else has it.
    pub(super) fn exchange(&mut self, next: &mut Optimizer, parameters: usize) {
        match self {
            Self::Small(own) => mem::swap(own, next),
            Self::Large(shared) => {
                if let Some(own) = Arc::get_mut(shared) {
                    return mem::swap(own, next);
                }
                let other = Optimizer::new(next.kind(), parameters);
                *shared = Arc::new(mem::replace(next, other));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Activation, Architecture, LayerSpec};

    fn held(units: usize) -> Held<Network> {
        let network = Network::zeros(Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[units; 2], Activation::Tanh),
            output: LayerSpec {
                units: 1,
                activation: Activation::Sigmoid,
            },
        });
        Held::of(network.parameters().len(), network)
    }

    #[test]
    fn who_has_a_large_network_keeps_it_while_the_run_goes_on() {
        let mut held = held(2100);
        let shown = Arc::clone(held.shared().unwrap());
        let mut next = vec![1.0; shown.parameters().len()];
        held.exchange_parameters(&mut next);
        assert!(shown.parameters().iter().all(|p| *p == 0.0));
        assert!(held.parameters().iter().all(|p| *p == 1.0));
        assert_eq!(next.len(), shown.parameters().len());

        // Nobody has this one: its numbers come back, without a copy.
        let own = held.parameters().as_ptr();
        held.exchange_parameters(&mut next);
        assert_eq!(next.as_ptr(), own);
        assert_eq!(*held, *shown);
    }

    #[test]
    fn a_small_network_is_never_shared() {
        let mut held = held(3);
        assert!(held.shared().is_none());
        let copy = held.clone();
        held.to_mut().parameters_mut()[0] = 1.0;
        assert_ne!(held, copy);
    }
}
