//! What the terminal can show, and what the person wants of it.

/// How the screen is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// Which colours there are.
    pub colors: Colors,
    /// Which characters there are.
    pub glyphs: Glyphs,
}

/// Which colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// None: bold, dim and reverse only.
    None,
    /// The 256 of the palette.
    Indexed,
    /// All of them.
    True,
}

/// Which characters there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Box lines, Braille dots and blocks.
    Unicode,
    /// Nothing but ASCII.
    Ascii,
}
