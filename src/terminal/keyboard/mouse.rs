//! What the mouse has done, as terminals report it (SGR, mode 1006): `ESC [ < code ; column ; row M`, where `m` at the
//! end is a release.
//!
//! Not terminput's parser, which overflows at a column or row of 0.

use crate::app::{Gesture, Repeat, Turn};

/// A bit of the code: the mouse was moved.
const MOVED: u16 = 32;
/// Bits of the code: Shift, Alt or Ctrl was held. Then the gesture is for the terminal.
const MODIFIED: u16 = 4 | 8 | 16;
const LEFT_BUTTON: u16 = 0;
const RIGHT_BUTTON: u16 = 2;
const WHEEL_UP: u16 = 64;
const WHEEL_DOWN: u16 = 65;

/// A gesture of the mouse in a cell, counted from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::terminal) struct Report {
    pub(in crate::terminal) gesture: Gesture,
    pub(in crate::terminal) column: u16,
    pub(in crate::terminal) row: u16,
}

/// Whether these bytes report something about the mouse, in the present form or that of urxvt.
pub(super) fn is_report(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1b[") && matches!(bytes.last(), Some(b'M' | b'm'))
}

/// The gesture that these bytes report; `None` if it is one of another button or of a held key, or no gesture at all.
pub(super) fn report(bytes: &[u8]) -> Option<Report> {
    let (end, bytes) = bytes.strip_prefix(b"\x1b[<")?.split_last()?;
    let mut numbers = str::from_utf8(bytes).ok()?.split(';');
    let mut number = || numbers.next()?.parse::<u16>().ok();
    let (code, column, row) = (number()?, number()?, number()?);
    let gesture = match (code, end) {
        _ if numbers.next().is_some() || code & MODIFIED != 0 => return None,
        (LEFT_BUTTON, b'M') => Gesture::Press(Repeat::No),
        (LEFT_BUTTON, _) => Gesture::Release,
        (RIGHT_BUTTON, b'M') => Gesture::RightPress,
        (code, b'M') if code == LEFT_BUTTON | MOVED => Gesture::Drag,
        (WHEEL_UP, b'M') => Gesture::Wheel(Turn::Back),
        (WHEEL_DOWN, b'M') => Gesture::Wheel(Turn::Forward),
        _ => return None,
    };
    Some(Report {
        gesture,
        column: column.checked_sub(1)?,
        row: row.checked_sub(1)?,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_buttons_and_the_wheel_are_heard() {
        let heard =
            |bytes: &str| report(bytes.as_bytes()).map(|at| (at.gesture, at.column, at.row));
        let press = Gesture::Press(Repeat::No);
        assert_eq!(heard("\x1b[<0;1;1M"), Some((press, 0, 0)));
        assert_eq!(heard("\x1b[<0;300;70m"), Some((Gesture::Release, 299, 69)));
        assert_eq!(heard("\x1b[<32;5;6M"), Some((Gesture::Drag, 4, 5)));
        assert_eq!(heard("\x1b[<2;7;3M"), Some((Gesture::RightPress, 6, 2)));
        assert_eq!(
            heard("\x1b[<64;5;6M"),
            Some((Gesture::Wheel(Turn::Back), 4, 5))
        );
        assert_eq!(
            heard("\x1b[<65;5;6M"),
            Some((Gesture::Wheel(Turn::Forward), 4, 5))
        );
    }

    #[test]
    fn other_buttons_held_keys_and_rubbish_are_not() {
        for bytes in [
            "\x1b[<1;1;1M",
            "\x1b[<2;1;1m",
            "\x1b[<34;1;1M",
            "\x1b[<35;1;1M",
            "\x1b[<66;1;1M",
            "\x1b[<64;1;1m",
            "\x1b[<4;1;1M",
            "\x1b[<8;1;1M",
            "\x1b[<16;1;1M",
            "\x1b[<68;1;1M",
            "\x1b[<0;0;1M",
            "\x1b[<0;1;0M",
            "\x1b[<0;1M",
            "\x1b[<0;1;1;1M",
            "\x1b[<M",
            "\x1b[<;;M",
            "\x1b[<0;99999;1M",
            "\x1b[<-1;1;1M",
            "\x1b[0;1;1M",
            "\x1b[0;0;0M",
            "\x1b[M",
        ] {
            assert!(is_report(bytes.as_bytes()), "{bytes:?}");
            assert_eq!(report(bytes.as_bytes()), None, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(bytes in prop::collection::vec(any::<u8>(), 0..20)) {
            report(&bytes);
            report(&[b"\x1b[<", &*bytes, b"M"].concat());
        }
    }
}
