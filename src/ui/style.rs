//! The look of everything: colours, characters, borders, numbers, how a text is written and how much room it takes.

mod abbreviation;
mod ascii;
mod border;
mod clusters;
#[cfg(test)]
mod eyes;
mod finish;
mod map_ink;
mod map_palette;
mod names;
pub mod number;
mod palette;
mod text;
mod theme;
mod writing;

pub(crate) use abbreviation::{abbreviated, initials};
pub use ascii::plain;
pub(crate) use border::{Border, key_room, title_room};
pub(crate) use map_ink::{MapInk, Tone};
pub(crate) use names::{HEALTHY_MOVES, activations, active_share, layer_name, penalty_names};
pub(crate) use text::{
    NO_BREAK, cells, cut, fitting, listed, listed_and, shortened, widest, width, wrapped,
};
pub use theme::Theme;
pub(crate) use theme::{HALF, letter_index};
pub(crate) use writing::{line_width, write, write_line};
