//! The look of everything: colours, characters, numbers, and how much room a text takes.

mod ascii;
mod clusters;
#[cfg(test)]
mod eyes;
mod map_ink;
mod map_palette;
mod names;
pub mod number;
mod palette;
mod text;
mod theme;

pub use ascii::plain;
pub(crate) use ascii::replace_others;
pub(crate) use clusters::settle_widths;
pub(crate) use map_ink::{MapInk, Tone};
pub(crate) use names::{activations, active_share, layer_name};
pub(crate) use text::{cells, cut, fitting, shortened, widest, width, wrapped};
pub use theme::Theme;
pub(crate) use theme::{HALF, letter_index};
