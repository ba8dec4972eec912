//! What a chart says that has only one row, too few for a line: its numbers.

use super::series::Series;
use super::subject::Subject;
use crate::app::App;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, listed};

/// Returns "w1 +2.03, w2 +0.08, 7 more" at the epoch that is shown, or of one line "from 50% at epoch 0 to 100%"; `None` if
/// there are no numbers, or no room.
pub(super) fn text(app: &App, theme: Theme, subject: &Subject, room: u16) -> Option<String> {
    let shown = app.run().training.position.epoch;
    let written = |number: f64| theme.written(&(subject.written)(number));
    let number = |series: &Series, epoch: u64| {
        let (_, number) = series.number_at(epoch)?;
        Some(written(number))
    };
    let named = subject.present.iter().filter_map(|series| {
        let name = series.name.as_deref().filter(|name| !name.is_empty())?;
        Some(format!("{name} {}", number(series, shown)?))
    });
    let named: Vec<String> = named.collect();
    if !named.is_empty() {
        return listed(named.into_iter(), room);
    }
    let line = subject.present.first()?;
    let first = line.curve.first_epoch();
    let ends = [number(line, first)?, number(line, shown)?];
    let text = format!(
        "from {} at epoch {} to {}",
        ends[0],
        grouped(first),
        ends[1]
    );
    listed([text].into_iter(), room)
}
