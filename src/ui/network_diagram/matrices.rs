//! Large networks: the weights of each layer as a matrix of shaded cells.
//!
//! ```text
//! 30→64            64→64            64→1
//! ░▒▓░=-░▒▓█       ░▒▓░=-░▒▓█       ░▒-=░
//! ▒░-=▓▒░░=-       ▒░-=▓▒░░=-
//! … 54 rows more   … 54 rows more   … 59 columns more
//! ```
//!
//! A row is a neuron, a column one that it listens to. The darker, the larger the weight is beside the
//! largest of its layer; blocks for positive, strokes for negative.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::App;
use crate::nn::Network;
use crate::ui::Theme;

/// Past so many units in a layer, lines between neurons are a tangle.
const MOST_UNITS_WITH_LINES: usize = 16;

/// Room for the words below a matrix.
const NARROWEST: usize = 16;

/// Whether a network is too large for lines.
pub(super) fn are_needed(network: &Network) -> bool {
    network
        .architecture()
        .sizes()
        .iter()
        .any(|&units| units > MOST_UNITS_WITH_LINES)
}

/// Draws the matrix of every layer, side by side.
pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App) {
    let layers = app.network.layers();
    let wanted = layers.iter().map(|layer| {
        Constraint::Max(u16::try_from(layer.fan_in.max(NARROWEST)).unwrap_or(u16::MAX))
    });
    let areas = Layout::horizontal(wanted).spacing(2).split(area);
    for (layer, &area) in areas.iter().enumerate() {
        render_layer(buffer, area.intersection(buffer.area), app, layer);
    }
}

fn render_layer(buffer: &mut Buffer, area: Rect, app: &App, layer: usize) {
    let theme = Theme(app.appearance);
    if area.width == 0 || area.height < 3 {
        return;
    }
    let (units, fan_in) = (
        app.network.layers()[layer].units,
        app.network.layers()[layer].fan_in,
    );
    let heading = format!("{fan_in}{}{units}", theme.glyph("→", ">"));
    buffer.set_stringn(
        area.x,
        area.y,
        heading,
        usize::from(area.width),
        theme.strong(),
    );
    // The last line is for what is left out.
    let (rows, columns) = (
        units.min(usize::from(area.height) - 2),
        fan_in.min(usize::from(area.width)),
    );
    let weights = app.network.weights_of(&app.network.layers()[layer]);
    let largest = weights.iter().fold(f64::MIN_POSITIVE, |largest, weight| {
        largest.max(weight.abs())
    });
    for (unit, y) in (0..rows).zip(area.y + 1..) {
        let weights = app.network.weights_into(layer, unit);
        for (&weight, x) in weights[..columns].iter().zip(area.x..) {
            let glyph = cell(theme, weight / largest);
            buffer.set_string(x, y, glyph, theme.signed(weight));
        }
    }
    if let Some(words) = left_out(theme, units - rows, fan_in - columns, area.width) {
        let y = area.bottom() - 1;
        buffer.set_stringn(area.x, y, words, usize::from(area.width), theme.dim());
    }
}

/// A weight as a fraction of the largest, −1 to 1.
fn cell(theme: Theme, weight: f64) -> &'static str {
    let glyphs = if weight < 0.0 {
        theme.glyph(["·", "-", "=", "≡"], ["`", "-", "=", "~"])
    } else {
        theme.glyph(["░", "▒", "▓", "█"], [".", ":", "%", "#"])
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 4"
    )]
    let level = (weight.abs() * 4.0) as usize;
    glyphs[level.min(3)]
}

/// "… 22 rows, 50 columns more", or in a narrow place "+22r +50c".
fn left_out(theme: Theme, units: usize, fan_in: usize, room: u16) -> Option<String> {
    let parts = [(units, "rows"), (fan_in, "columns")]
        .into_iter()
        .filter(|(count, _)| *count > 0);
    let told: Vec<String> = parts
        .clone()
        .map(|(count, of)| format!("{count} {of}"))
        .collect();
    if told.is_empty() {
        return None;
    }
    let words = format!("{} {} more", theme.glyph("…", "..."), told.join(", "));
    if words.chars().count() <= usize::from(room) {
        return Some(words);
    }
    let told: Vec<String> = parts
        .map(|(count, of)| format!("+{count}{}", &of[..1]))
        .collect();
    Some(told.join(" "))
}
