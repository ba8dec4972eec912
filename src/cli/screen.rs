//! How the screen begins, and how it is drawn.

use clap::{Args, ValueEnum};

use super::UsageError;
use super::parse::one_of;
use super::terminal::Terminal;
use crate::app::{Appearance, Background, Colors, Glyphs, View};
use crate::session::setting::read_count;
use crate::trainer::{Pace, Start, StartState};

/// How the screen begins.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Screen")]
pub struct StartOptions {
    /// Start paused: space or a step begins the training
    #[arg(long)]
    pub paused: bool,
    /// Train to this epoch at full speed, then pause; 0 is before training
    #[arg(long, value_name = "EPOCH", allow_negative_numbers = true, value_parser = read_count::<u64>)]
    pub at_epoch: Option<u64>,
    /// View to start with: train, backprop or surface
    #[arg(long, value_name = "VIEW", default_value = "train", value_parser = one_of(View::OF_RUNS, View::option))]
    pub view: View,
}

/// How to draw.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Output")]
pub struct ScreenOptions {
    /// When to use colours.
    #[arg(help = "When to use colours; auto follows NO_COLOR and what the terminal reports")]
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
    /// Draw with ASCII only: no box lines, Braille or blocks [default: true in a locale without UTF-8]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ascii: Option<bool>,
    /// The background that maps and pictures are coloured for; auto follows COLORFGBG (a picture does not), else dark
    #[arg(long, value_enum, default_value_t = ThemeChoice::Auto, value_name = "BACKGROUND")]
    pub theme: ThemeChoice,
}

/// The background that maps and pictures are coloured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeChoice {
    /// A dark one.
    Dark,
    /// A light one.
    Light,
    /// The terminal's, as far as it is known.
    Auto,
}

/// Whether to use the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mouse {
    /// Clicks and the wheel are for the program.
    On,
    /// They are for the terminal.
    Off,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// As the environment asks.
    Auto,
    /// The full range.
    Always,
    /// None.
    Never,
    /// The 16 colours of old terminals.
    #[value(name = "16")]
    Sixteen,
    /// The palette of 256 colours.
    #[value(name = "256")]
    Indexed,
}

impl StartOptions {
    /// How the trainer begins, at this pace.
    #[must_use]
    pub fn start(self, pace: Pace) -> Start {
        let waits = self.paused || self.at_epoch.is_some();
        Start {
            state: if waits {
                StartState::Paused
            } else {
                StartState::Running
            },
            pace,
            looks_ahead: self.view.looks_ahead(),
            retraces: true,
        }
    }
}

impl ColorChoice {
    /// The colours that are asked for; all, if nothing else is known.
    fn colors(self) -> Colors {
        match self {
            Self::Auto | Self::Always => Colors::True,
            Self::Never => Colors::None,
            Self::Sixteen => Colors::Sixteen,
            Self::Indexed => Colors::Indexed,
        }
    }
}

impl ScreenOptions {
    /// How to draw on the terminal, by the options and the environment.
    ///
    /// # Errors
    ///
    /// A [`UsageError`], if the terminal cannot show a screen.
    pub fn appearance(self) -> Result<Appearance, UsageError> {
        let terminal = Terminal::of_environment();
        if !terminal.can_move_cursor() {
            return Err(UsageError(format!(
                "the terminal (TERM={}) cannot move its cursor; without a screen, use `nnscope train`",
                terminal.name
            )));
        }
        Ok(Appearance {
            colors: match self.color {
                ColorChoice::Auto => terminal.colors(),
                asked => asked.colors(),
            },
            glyphs: self.glyphs().unwrap_or(terminal.glyphs()),
        })
    }

    /// How to draw a picture, which does not depend on the terminal in which it is made.
    #[must_use]
    pub fn appearance_of_picture(self) -> Appearance {
        Appearance {
            colors: self.color.colors(),
            glyphs: self.glyphs().unwrap_or(Glyphs::Unicode),
        }
    }

    /// The background of the terminal, by the option and the environment.
    #[must_use]
    pub fn background(self) -> Background {
        self.asked_background()
            .unwrap_or_else(|| Terminal::of_environment().background())
    }

    /// The background of a picture, which does not depend on the terminal in which it is made.
    #[must_use]
    pub fn background_of_picture(self) -> Background {
        self.asked_background().unwrap_or(Background::Dark)
    }

    /// The background that is asked for.
    fn asked_background(self) -> Option<Background> {
        match self.theme {
            ThemeChoice::Dark => Some(Background::Dark),
            ThemeChoice::Light => Some(Background::Light),
            ThemeChoice::Auto => None,
        }
    }

    /// The characters that are asked for.
    fn glyphs(self) -> Option<Glyphs> {
        self.ascii.map(|is_ascii| {
            if is_ascii {
                Glyphs::Ascii
            } else {
                Glyphs::Unicode
            }
        })
    }
}
