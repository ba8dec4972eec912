//! What a mouse can do, and the table of it for the help and the README.

use crate::app::Turn;

/// What the mouse has done. Its left button and its wheel count, and while something is drawn the right button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// The button was pressed.
    Press(Repeat),
    /// The right button was pressed.
    RightPress,
    /// The mouse moved to another cell with the left button held.
    Drag,
    /// The button was released.
    Release,
    /// The wheel was turned by a notch, back being up.
    Wheel(Turn),
}

/// Whether a press is in the same cell as the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It is in another cell.
    No,
    /// It is in the same cell.
    Later,
    /// It is in the same cell, soon enough to be the second half of a double click.
    Double,
}

/// What each gesture does: the group "Mouse" of the help, and the README's table.
#[rustfmt::skip]
pub const GESTURES: &[(&str, &str)] = &[
    ("click", "select what is there: a view, sample, neuron, weight, row or epoch"),
    ("click", "on a key named in the last line or in a title, press it"),
    ("again", "a second click opens it: to edit it, or to go to the marked epoch"),
    ("double", "a double click opens it at once; of a neuron or a weight, its step"),
    ("outside", "a click outside a window closes it, as Esc does"),
    ("drag", "move the mark along the chart"),
    ("click", "on the map, move the cursor there; again, use the point"),
    ("click", "while you draw data, place a point; dragging paints points"),
    ("right", "the right button removes the nearest point while you draw data"),
    ("click", "on the loss slice, move the cursor; again, go to that epoch"),
    ("wheel", "scroll, zoom the map, move the mark, change the selected setting"),
    ("Shift", "held down, lets the terminal select text; --mouse off always does"),
];
