//! How good the network is whose map is shown: "loss 0.0447, 471/500 right".

use ratatui::text::Line;

use crate::app::RunView;
use crate::session::{Evaluation, Score};
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{Theme, fitting};

/// Returns the loss and the number of right samples, in a line each for training and test samples.
pub(super) fn lines<'a>(theme: Theme, run: &RunView, room: u16) -> Vec<Line<'a>> {
    let Some(scores) = &run.training.scores else {
        return Vec::new();
    };
    let Evaluation { training, test } = scores.assessment.evaluation;
    let samples = run.dataset().training_samples;
    let at = scores.at_epoch.map(grouped);
    let at = at.map_or_else(String::new, |epoch| format!("epoch {epoch}: "));
    let of_training = [
        format!("{at}loss {}", of(training, samples)),
        format!("loss {}", of(training, samples)),
        format!("{at}loss {}", number::loss(training.loss)),
    ];
    let of_test = test.map(|test| {
        let samples = run.dataset().len() - samples;
        let loss = number::loss(test.loss);
        [
            format!("test loss {}", of(test, samples)),
            format!("test {}", of(test, samples)),
            format!("test loss {loss}"),
        ]
    });
    let texts = std::iter::once(of_training).chain(of_test);
    let written = |texts: [String; 3]| fitting(&texts.map(|text| theme.written(&text)), room);
    texts.map(|texts| Line::raw(written(texts))).collect()
}

/// Returns the loss, and how many of this many samples are right or how well their numbers are predicted.
fn of(score: Score, samples: usize) -> String {
    let loss = number::loss(score.loss);
    match (score.quality.accuracy, score.quality.r2) {
        (Some(accuracy), _) => format!("{loss}, {:.0}/{samples} right", accuracy * samples as f64),
        (None, Some(r2)) => format!("{loss}, R² {}", number::significant(r2, 3)),
        (None, None) => loss,
    }
}
