//! The arithmetic that takes the time, written so that the compiler can use the processor's vector
//! instructions.
//!
//! Which ones there are is found out at run time: [`pulp::Arch::dispatch`] picks a copy of the code that was
//! compiled for them, once a batch. All that is to be compiled so is `#[inline(always)]`.

pub(super) mod exponential;
pub(super) mod product;
