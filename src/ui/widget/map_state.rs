//! How far a map is computed, and of which parameters it is, for the title of its panel.

use crate::app::{Moment, ShownMap};
use crate::surface::Refinement;
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;

/// Returns " – epoch 120 – refining 1/4"; nothing if the map is complete and of the shown parameters.
pub(crate) fn text(theme: Theme, shown: Option<&ShownMap>) -> String {
    let dash = theme.glyph("–", "-");
    let of = shown.and_then(|shown| shown.of).map(|of| match of {
        Moment::Epoch(epoch) => format!("epoch {}", grouped(epoch)),
        Moment::Step(step) => format!("step {}", grouped(step as u64)),
        Moment::BeforeEdit => "before the edit".to_owned(),
    });
    let passes = shown.map_or(0, |shown| shown.map.grid.refinement().passes());
    let (all, is_whole) = (Refinement::PASSES, passes == Refinement::PASSES);
    let refining = (!is_whole).then(|| format!("refining {passes}/{all}"));
    let parts = of.into_iter().chain(refining);
    parts.fold(String::new(), |text, part| format!("{text} {dash} {part}"))
}
