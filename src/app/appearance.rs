//! What the terminal can show, and what the user wants of it.

/// How the screen is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// The colours that are used.
    pub colors: Colors,
    /// The characters that are used.
    pub glyphs: Glyphs,
}

/// The colours that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// None: bold, dim and reverse only.
    None,
    /// The 16 colours of old terminals, as the terminal has them.
    Sixteen,
    /// The palette of 256 colours.
    Indexed,
    /// All 24-bit colours.
    True,
}

/// The background of the terminal: its colours stay, but what fills cells has to suit it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Dark, with light text.
    Dark,
    /// Light, with dark text.
    Light,
}

/// The characters that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Box lines, Braille dots and blocks.
    Unicode,
    /// ASCII only.
    Ascii,
}
