//! Scores over the epochs: the loss, and the accuracy or R².

use super::series::{DASHED, Series};
use super::subject::{Subject, is_sound};
use super::title;
use super::window::Window;
use crate::app::{App, Charted};
use crate::data::Task;
use crate::trainer::{Curve, Curves};
use crate::ui::style::{Theme, number};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::TickText;

pub(super) fn loss(app: &App, theme: Theme) -> Subject<'_> {
    let scores = Scores {
        training: |curves| &curves.training,
        test: |curves| &curves.test,
    };
    let (present, kept) = scores.series(app, theme);
    let kept_runs: Vec<_> = app.drawn_runs().collect();
    let window = Window::of(app, &kept_runs);
    let sound = app.drawn_runs().filter(|run| is_sound(run));
    let sound = sound.map(|run| &run.view.curves.training);
    let Curves { training, test, .. } = &app.run().curves;
    let range = window.range(sound.chain([training, test]));
    let (low, high) = range.unwrap_or((0.0, 1.0));
    let [titles, cut_titles] = title::of_loss(theme, app);
    Subject {
        charted: Charted::Loss,
        titles,
        cut_titles,
        present,
        kept: window.cut(kept),
        kept_runs,
        window,
        up: Axis::of_losses(app.loss_axis(), low, high),
        text: TickText::Number,
        guide: None,
        written: number::loss,
        notes: Vec::new(),
        dashes: Vec::new(),
    }
}

pub(super) fn quality(app: &App, theme: Theme) -> Subject<'_> {
    let scores = Scores {
        training: |curves| &curves.training_quality,
        test: |curves| &curves.test_quality,
    };
    let (mut present, kept) = scores.series(app, theme);
    let kept_runs: Vec<_> = app.drawn_runs().collect();
    let window = Window::of(app, &kept_runs);
    let is_regression = app.run().dataset().target.task() == Task::Numbers;
    let curve = &app.run().curves.training_quality;
    let (low, high) = curve.range().unwrap_or((0.0, 1.0));
    let mut notes = Vec::new();
    if high == -f64::MAX {
        present.clear();
        notes.push("R² is not defined: all targets are equal".to_owned());
        notes.push("R² is not defined".to_owned());
    } else if low < -1.0 {
        notes.push("R² below −1 is not drawn".to_owned());
    }
    let low = if is_regression {
        low.clamp(-1.0, 0.0)
    } else {
        0.0
    };
    let [titles, cut_titles] = title::of_quality(theme, app);
    Subject {
        charted: Charted::Quality,
        titles,
        cut_titles,
        present,
        kept: window.cut(kept),
        kept_runs,
        window,
        up: Axis::between(low, 1.0),
        text: if is_regression {
            TickText::Number
        } else {
            TickText::Percent
        },
        guide: None,
        written: if is_regression { r2 } else { number::percent },
        notes,
        dashes: Vec::new(),
    }
}

/// The curves of a score over the training and over the test samples.
struct Scores {
    training: fn(&Curves) -> &Curve,
    test: fn(&Curves) -> &Curve,
}

impl Scores {
    /// The lines of the present run and of the kept ones.
    fn series<'a>(&self, app: &'a App, theme: Theme) -> (Vec<Series<'a>>, Vec<Series<'a>>) {
        let curves = &app.run().curves;
        let (training, test) = ((self.training)(curves), (self.test)(curves));
        let kept = app
            .drawn_runs()
            .map(|run| Series::kept(run, (self.training)(&run.view.curves), theme));
        let kept: Vec<_> = kept.collect();
        let has_test = test.epochs() > 0;
        let name = match (kept.is_empty(), has_test) {
            (true, true) => "train".to_owned(),
            (true, false) => String::new(),
            (false, _) => app.runs().letter.to_string(),
        };
        let mut present = vec![Series::new(name, training, '*', theme.strong())];
        if has_test {
            let test = Series::new("test".to_owned(), test, 'o', theme.second());
            present.push(test.dashed(DASHED));
        }
        (present, kept)
    }
}

fn r2(r2: f64) -> String {
    number::significant(r2, 3)
}
