//! The titles of the charts of scores, with the scores of the shown parameters: from the longest text to the shortest, whole
//! ones, and those that leave out something of it: digits, the moment, the kind of loss, the test samples.

use crate::app::{App, LossAxis, RunView, Scores};
use crate::data::{TargetScaling, Task};
use crate::nn::Loss;
use crate::session::{Evaluation, Quality, Score};
use crate::ui::style::Theme;
use crate::ui::style::number::{self, grouped};

/// Returns the kind of loss and its values: of the shown parameters, or at the end of the epoch that is named.
pub(super) fn of_loss(theme: Theme, app: &App) -> [Vec<String>; 2] {
    let run = app.run();
    let [scale, short_scale] = match app.loss_axis() {
        LossAxis::Linear => ["", ""],
        LossAxis::Log => [", log axis", " (log)"],
    };
    let scaling = run.target_scaling();
    let units = match run.dataset().target.task() {
        Task::Numbers if scaling == TargetScaling::Standardize => ", standardized",
        _ => "",
    };
    let name = format!("{}{units}", run.config().loss.name());
    let Some(scores) = &run.training.scores else {
        return [vec![format!("Loss ({name}{scale})")], Vec::new()];
    };
    let [at, short, shortest] = moment(run, scores);
    let Evaluation { training, test } = scores.assessment.evaluation;
    let loss = |score: Score| theme.written(&number::loss(score.loss));
    let training = loss(training);
    let Some(test) = test.map(loss) else {
        // The name of the post's loss says less than the word.
        let kind = match run.config().loss {
            Loss::MeanSquaredError => "Loss",
            Loss::CrossEntropy => "Cross-entropy",
        };
        let brief = theme.written(&number::significant(
            scores.assessment.evaluation.training.loss,
            2,
        ));
        let titles = vec![
            format!("Loss ({name}{scale}){at} {training}"),
            format!("{kind}{scale}{at} {training}"),
            format!("{kind}{short_scale}{at} {training}"),
        ];
        let cut = vec![
            format!("{kind}{short_scale}{at} {brief}"),
            format!("Loss{scale}{at} {training}"),
            format!("Loss{short_scale}{at} {training}"),
            format!("Loss{at} {training}"),
            format!("{short}{training}"),
            format!("{shortest}{training}"),
        ];
        return [titles, cut];
    };
    let (solid, dashed) = (theme.glyph("─", "**"), theme.glyph("╌", "* *"));
    let both = format!("{solid} {training}, test {dashed} {test}");
    let evaluation = scores.assessment.evaluation;
    let losses = [Some(evaluation.training), evaluation.test].map(|of| of.map(|of| of.loss));
    let brief = losses.map(|loss| Some(theme.written(&number::significant(loss?, 2))));
    let brief = both_brief([solid, dashed], &brief);
    let titles = vec![
        format!("Loss ({name}{scale}){at} {both}"),
        format!("Loss{scale}{at} {both}"),
        format!("Loss{at} {both}"),
        // The word matters more than digits.
        format!("{short}Loss {solid}{training} {dashed}{test}"),
    ];
    let cut = vec![
        format!("{short}Loss {brief}"),
        format!("{short}{solid}{training} test {dashed}{test}"),
        format!("{short}{solid}{training} {dashed}{test}"),
        // The epoch rather than the test loss, whose line has its name.
        format!("{short}{training}"),
        format!("{shortest}{solid}{training} {dashed}{test}"),
        format!("{shortest}{training}"),
    ];
    [titles, cut]
}

/// Returns "Accuracy 75%, test 70%" or "R² 0.83", of the shown parameters or at the end of the epoch that is named.
pub(super) fn of_quality(theme: Theme, app: &App) -> [Vec<String>; 2] {
    let run = app.run();
    let name = match run.dataset().target.task() {
        Task::Numbers => theme.glyph("R²", "R2"),
        Task::Binary | Task::Classes => "Accuracy",
    };
    let Some(scores) = &run.training.scores else {
        return [vec![name.to_owned()], Vec::new()];
    };
    let [at, ..] = moment(run, scores);
    let Evaluation { training, test } = scores.assessment.evaluation;
    let brief = [Some(training), test].map(|of| of.map(|of| brief(of.quality)));
    let training = written(training.quality);
    let short = format!("{name} {training}");
    let Some(test) = test.map(|score| written(score.quality)) else {
        return [vec![format!("{name}{at} {training}")], vec![short]];
    };
    let (solid, dashed) = (theme.glyph("─", "**"), theme.glyph("╌", "* *"));
    let titles = vec![
        format!("{name}{at} {training}, test {test}"),
        format!("{short}, test {test}"),
        format!("{name} {solid}{training} {dashed}{test}"),
        format!("{name} {}", both_brief([solid, dashed], &brief)),
    ];
    [titles, vec![short]]
}

/// Returns of which moment the scores are, from the longest text to the shortest: empty texts if they are those of the end of
/// the curve.
fn moment(run: &RunView, scores: &Scores) -> [String; 3] {
    let (position, is_running) = (run.training.position, run.training.is_running());
    // Where a run has gone back, its newest score is on the chart too.
    let viewed = (run.is_behind() && position.step == 0).then_some(position.epoch);
    match scores.at_epoch.or(viewed).map(grouped) {
        Some(epoch) => [
            format!(" at epoch {epoch}:"),
            format!("epoch {epoch}: "),
            format!("{epoch}: "),
        ],
        // The curve has none within an epoch.
        None if position.step > 0 && !is_running => [" now:", "now: ", "now: "].map(str::to_owned),
        None => Default::default(),
    }
}

/// "─93% ╌87%".
fn both_brief(signs: [&str; 2], texts: &[Option<String>; 2]) -> String {
    let pairs = signs.into_iter().zip(texts.iter().flatten());
    let pairs: Vec<String> = pairs.map(|(sign, text)| format!("{sign}{text}")).collect();
    pairs.join(" ")
}

/// Returns a score in whole percent, or in two digits.
fn brief(quality: Quality) -> String {
    match (quality.accuracy, quality.r2) {
        (Some(accuracy), _) => number::whole_percent(accuracy),
        (None, Some(r2)) => number::significant(r2, 2),
        (None, None) => written(quality),
    }
}

fn written(quality: Quality) -> String {
    match (quality.accuracy, quality.r2) {
        (Some(accuracy), _) => number::percent(accuracy),
        (None, Some(r2)) => number::significant(r2, 3),
        (None, None) => "not defined".to_owned(),
    }
}
