//! The arithmetic that takes the time, written so that the compiler can use the processor's vector
//! instructions.
//!
//! Which ones there are is found out at run time: [`pulp::Arch::dispatch`] picks a copy of the code that was
//! compiled for them, once for each batch. So all such code is `#[inline(always)]`, and has loops where it could have
//! closures: the library's functions that call them are not always a part of their caller.

#![expect(
    clippy::many_single_char_names,
    reason = "the names of the formulas, as in the literature"
)]
#![expect(
    clippy::needless_range_loop,
    reason = "of arrays that are reached otherwise the compiler makes memory, not registers"
)]

pub(super) mod column_sums;
pub(super) mod descent;
pub(super) mod exponential;
pub(super) mod few;
pub(super) mod joined;
pub(super) mod matrix;
pub(super) mod panel;
pub(super) mod part;
pub(super) mod product;
mod tile;
pub(super) mod vectors;
