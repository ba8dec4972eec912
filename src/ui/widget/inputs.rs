//! The inputs of the network for a sample, in a few lines.

use std::iter::repeat;

use crate::data::{Dataset, Input};
use crate::ui::style::number::short;
use crate::ui::style::{NO_BREAK, Theme, cut, listed, width, wrapped};

/// What stands before the inputs.
const HEADING: &str = "inputs ";

/// What further lines begin with.
const INDENT: &str = "  ";

/// Returns "inputs −7, −3" for a sample with these raw values; inputs by formulas with their names, "inputs weight² 49,
/// height² 9", on up to so many lines of a width, with short names where there is no room for others.
pub(crate) fn lines(
    theme: Theme,
    dataset: &Dataset,
    raw: &[f64],
    (room, most): (u16, usize),
) -> Vec<String> {
    let values = dataset.network_inputs(raw).into_iter().map(short);
    let values: Vec<String> = values.map(|value| theme.written(&value)).collect();
    let mark = theme.glyph("…", ".");
    if !dataset.preprocessing.has_formulas() {
        let listed = listed(values.into_iter(), room.saturating_sub(width(HEADING)));
        let text = format!("{HEADING}{}", listed.unwrap_or_default());
        return vec![cut(&text, room, mark)];
    }
    let with = |name: fn(&Input) -> &str| {
        let inputs = dataset.inputs().iter().zip(&values);
        // A name and its value stay together.
        let named = inputs.map(|(input, value)| {
            theme.written(&format!("{} {value}", name(input)).replace(' ', NO_BREAK))
        });
        let text = HEADING.to_owned() + &named.collect::<Vec<_>>().join(", ");
        wrapped(&text, room.saturating_sub(width(INDENT)))
    };
    let mut lines = with(|input| &input.label);
    if lines.len() > most {
        lines = with(|input| &input.symbol);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push(' ');
            last.push_str(mark);
        }
    }
    let starts = [""].into_iter().chain(repeat(INDENT));
    let lines = starts.zip(lines).map(|(start, line)| {
        let text = format!("{start}{line}");
        cut(&text, room, mark)
    });
    lines.collect()
}
