//! How a run is trained, in a few words: "sgd η 0.1".

use crate::app::RunView;
use crate::session::Schedule;
use crate::ui::style::Theme;
use crate::ui::style::number::significant;

/// The significant digits of a learning rate.
const DIGITS: usize = 3;

/// Returns the optimizer and the learning rate.
pub(crate) fn text(theme: Theme, run: &RunView) -> String {
    let optimizer = run.config().optimizer.name();
    format!("{optimizer} {}", learning_rate(theme, run))
}

/// Returns the learning rate of the next step, and the configured one if a schedule changes it: "η 0.05 of 0.1".
fn learning_rate(theme: Theme, run: &RunView) -> String {
    let (config, eta) = (run.config(), theme.glyph("η", "rate"));
    let configured = significant(config.learning_rate, DIGITS);
    if config.schedule == Schedule::Constant {
        return format!("{eta} {configured}");
    }
    let present = config.learning_rate_in(run.training.position.epoch);
    format!("{eta} {} of {configured}", significant(present, DIGITS))
}
