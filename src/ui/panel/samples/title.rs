//! How good the predictions are, beside what the best constant answer would score.

use crate::app::RunView;
use crate::data::with_unit;
use crate::session::{Baseline, Evaluation, Quality};
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{Theme, fitting};

/// Returns the longest title that fits: of the shown parameters, or at the end of the epoch that is named.
pub(super) fn title(theme: Theme, run: &RunView, room: u16) -> String {
    let all = format!("Samples: {}", run.dataset().len());
    let Some(scores) = &run.training.scores else {
        return all;
    };
    let epoch = scores.at_epoch.map(grouped);
    let Evaluation { training, test } = scores.assessment.evaluation;
    let qualities = [Some(training.quality), test.map(|test| test.quality)];
    let texts = match training.quality.accuracy {
        Some(_) => of_classes(run, qualities, epoch.as_deref()),
        None => of_numbers(run, qualities, epoch.as_deref()),
    };
    let texts: Vec<String> = texts.iter().map(|text| theme.written(text)).collect();
    fitting(&texts, room)
}

/// Returns how many samples are right.
fn of_classes(run: &RunView, qualities: [Option<Quality>; 2], epoch: Option<&str>) -> Vec<String> {
    let (all, training) = (run.dataset().len(), run.dataset().training_samples);
    let [right, test] = qualities.map(|quality| quality?.accuracy);
    let count = |accuracy: f64, of: usize| format!("{:.0}/{of}", accuracy * of as f64);
    let constant = constant(run, |answer, of| {
        Some(format!("{answer}: {}", number::percent(of.accuracy?)))
    });
    let (at, before) = at(epoch);
    let accuracy = right.unwrap_or_default();
    let right = count(accuracy, training);
    let Some(test) = test else {
        return vec![
            format!("Samples: {right} right{at}{constant}"),
            format!("Samples: {right} right{at}"),
            format!("{before}{right} right"),
        ];
    };
    let test_right = count(test, all - training);
    vec![
        format!("Samples: {right} right, test {test_right}{at}{constant}"),
        format!("Samples: {right} right, test {test_right}{at}"),
        format!("{right} right, test {test_right}{at}"),
        format!("{before}{right} right, test {test_right}"),
        format!(
            "{before}right {}, test {}",
            number::percent(accuracy),
            number::percent(test)
        ),
    ]
}

/// Returns how well numbers are predicted: R², and the usual error in their unit.
fn of_numbers(run: &RunView, qualities: [Option<Quality>; 2], epoch: Option<&str>) -> Vec<String> {
    let unit = run.dataset().target.unit();
    let error = |rmse: f64| number::significant(rmse, 3);
    let r2 = both(qualities, |of| of.r2, |r2| number::significant(r2, 3));
    let rmse = both(qualities, |of| of.rmse, error);
    let r2 = r2.map(|r2| format!("R² {r2}"));
    let rmse = rmse.map(|rmse| format!("RMSE {}", with_unit(&rmse, unit)));
    let constant = constant(run, |_, of| Some(format!("the mean: {}", error(of.rmse?))));
    let (at, before) = at(epoch);
    let figures: Vec<&str> = [&r2, &rmse]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let figures = figures.join("; ");
    let short = r2
        .or(rmse)
        .unwrap_or_else(|| run.dataset().len().to_string());
    vec![
        format!("Samples: {figures}{at}{constant}"),
        format!("Samples: {figures}{at}"),
        format!("{figures}{at}"),
        format!("{before}{short}"),
    ]
}

/// Returns a figure on the training samples, and on the test samples if there are any.
fn both(
    [training, test]: [Option<Quality>; 2],
    figure: fn(Quality) -> Option<f64>,
    written: fn(f64) -> String,
) -> Option<String> {
    let training = written(training.and_then(figure)?);
    let test = test.and_then(figure).map(written);
    Some(match test {
        Some(test) => format!("{training}, test {test}"),
        None => training,
    })
}

/// Returns what the best constant answer scores; empty for the post's four people.
fn constant(run: &RunView, score: impl Fn(&str, Quality) -> Option<String>) -> String {
    let Baseline {
        answer, training, ..
    } = run.baseline();
    let score = score(answer, *training).filter(|_| run.dataset().unseen.is_empty());
    score
        .map(|score| format!(" (guessing {score})"))
        .unwrap_or_default()
}

/// Returns how the epoch is named behind figures and before them.
fn at(epoch: Option<&str>) -> (String, String) {
    let named = epoch.map(|epoch| (format!(" at epoch {epoch}"), format!("epoch {epoch}: ")));
    named.unwrap_or_default()
}
