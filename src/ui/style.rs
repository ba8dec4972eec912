//! How things look: colours, characters, numbers.

pub(crate) mod number;
mod theme;

pub use theme::Theme;
