//! The look of everything: colours, characters, numbers, and how much room a text takes.

mod ascii;
mod clusters;
mod names;
pub mod number;
mod palette;
mod text;
mod theme;

pub use ascii::plain;
pub(crate) use ascii::replace_dashes;
pub(crate) use clusters::settle_widths;
pub(crate) use names::{activations, layer_name};
pub(crate) use text::{cells, cut, fitting, widest, width, wrapped};
pub use theme::Theme;
pub(crate) use theme::letter_index;
