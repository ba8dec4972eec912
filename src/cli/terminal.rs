//! What the terminal can show, by the names in the environment.

use crate::app::{Background, Colors, Glyphs};

/// The names of terminals that only print line by line.
const CANNOT_MOVE_CURSOR: [&str; 4] = ["dumb", "unknown", "network", "dialup"];

/// What the environment says of the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terminal {
    /// `TERM`; empty if it is not set.
    pub(super) name: String,
    /// `COLORTERM`.
    pub(super) color_term: String,
    /// `COLORFGBG`: the colours of text and background among 16, "15;0".
    pub(super) color_fg_bg: String,
    /// Whether `NO_COLOR` is set to anything.
    pub(super) no_color: bool,
    /// The locale of characters: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set.
    pub(super) locale: String,
}

impl Terminal {
    /// The one that the program runs in.
    pub(super) fn of_environment() -> Self {
        let text = |name: &str| std::env::var_os(name).unwrap_or_default();
        let text = |name: &str| text(name).to_string_lossy().into_owned();
        let locales = ["LC_ALL", "LC_CTYPE", "LANG"].map(text);
        Self {
            name: text("TERM"),
            color_term: text("COLORTERM"),
            color_fg_bg: text("COLORFGBG"),
            no_color: !text("NO_COLOR").is_empty(),
            locale: locales
                .into_iter()
                .find(|locale| !locale.is_empty())
                .unwrap_or_default(),
        }
    }

    /// Whether it can draw anywhere on its screen.
    pub(super) fn can_move_cursor(&self) -> bool {
        !CANNOT_MOVE_CURSOR.contains(&&*self.name)
    }

    /// The colours that it has.
    pub(super) fn colors(&self) -> Colors {
        let name = &*self.name;
        let has = |part: &str| name.contains(part);
        let is_monochrome =
            name.is_empty() || name.starts_with("vt") || name.ends_with("-m") || has("mono");
        let has_sixteen = ["linux", "ansi", "cygwin", "pcansi", "cons25"];
        let has_sixteen = has_sixteen.iter().any(|kind| name.starts_with(kind));
        if self.no_color || is_monochrome || !self.can_move_cursor() {
            Colors::None
        } else if has("16color") || (has_sixteen || name == "xterm-color") && !has("256color") {
            Colors::Sixteen
        } else if matches!(&*self.color_term, "truecolor" | "24bit") || has("direct") {
            Colors::True
        } else {
            Colors::Indexed
        }
    }

    /// Its background, if it says so; else it is dark.
    pub(super) fn background(&self) -> Background {
        let number = self.color_fg_bg.rsplit(';').next();
        let number = number.and_then(|number| number.parse::<u8>().ok());
        match number {
            Some(7 | 9..=15) => Background::Light,
            _ => Background::Dark,
        }
    }

    /// The characters that its locale has: all, unless it names another set than UTF-8.
    pub(super) fn glyphs(&self) -> Glyphs {
        let locale = self.locale.split('@').next().unwrap_or_default();
        let is_utf8 = match locale.split_once('.') {
            Some((_, charset)) => charset.replace('-', "").eq_ignore_ascii_case("utf8"),
            None => !matches!(locale, "C" | "POSIX"),
        };
        if is_utf8 {
            Glyphs::Unicode
        } else {
            Glyphs::Ascii
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Terminal {
        Terminal {
            name: name.to_owned(),
            ..Terminal::default()
        }
    }

    #[test]
    fn the_name_tells_the_colours() {
        let none = [
            "",
            "dumb",
            "vt100",
            "vt220",
            "vt52",
            "xterm-mono",
            "linux-m",
        ];
        let sixteen = ["linux", "ansi", "cygwin", "xterm-16color", "xterm-color"];
        let indexed = [
            "xterm-256color",
            "xterm",
            "screen.linux",
            "tmux-256color",
            "alacritty",
            "foot",
        ];
        for (names, colors) in [
            (&none[..], Colors::None),
            (&sixteen, Colors::Sixteen),
            (&indexed, Colors::Indexed),
        ] {
            for name in names {
                assert_eq!(named(name).colors(), colors, "{name:?}");
            }
        }
        assert_eq!(named("xterm-direct").colors(), Colors::True);
    }

    #[test]
    fn all_colours_are_for_terminals_with_many_and_none_for_who_wants_none() {
        let with = |name, no_color| Terminal {
            color_term: "truecolor".to_owned(),
            no_color,
            ..named(name)
        };
        assert_eq!(with("xterm-256color", false).colors(), Colors::True);
        assert_eq!(with("linux", false).colors(), Colors::Sixteen);
        assert_eq!(with("vt100", false).colors(), Colors::None);
        assert_eq!(with("xterm-256color", true).colors(), Colors::None);
    }

    #[test]
    fn some_terminals_tell_their_background() {
        let with = |color_fg_bg: &str| {
            let terminal = Terminal {
                color_fg_bg: color_fg_bg.to_owned(),
                ..Terminal::default()
            };
            terminal.background()
        };
        for dark in ["", "15;0", "7;default;0", "15;8", "12;4", "x", "0;"] {
            assert_eq!(with(dark), Background::Dark, "{dark:?}");
        }
        for light in ["0;15", "0;7", "0;default;15", "8;11"] {
            assert_eq!(with(light), Background::Light, "{light:?}");
        }
    }

    #[test]
    fn the_locale_tells_the_characters() {
        let glyphs = |locale: &str| {
            let terminal = Terminal {
                locale: locale.to_owned(),
                ..Terminal::default()
            };
            terminal.glyphs()
        };
        for locale in [
            "",
            "C.UTF-8",
            "C.utf8",
            "en_GB.UTF-8",
            "de_DE.utf8@euro",
            "nb_NO",
        ] {
            assert_eq!(glyphs(locale), Glyphs::Unicode, "{locale:?}");
        }
        for locale in ["C", "POSIX", "en_US.ISO-8859-1", "ja_JP.eucJP", "C.ASCII"] {
            assert_eq!(glyphs(locale), Glyphs::Ascii, "{locale:?}");
        }
    }

    #[test]
    fn a_terminal_that_prints_line_by_line_cannot_show_a_screen() {
        assert!(!named("dumb").can_move_cursor());
        assert!(
            ["", "vt100", "linux", "xterm"]
                .map(named)
                .iter()
                .all(Terminal::can_move_cursor)
        );
    }
}
