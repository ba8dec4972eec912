//! What a chart shows: its lines, its axis, and the kept runs that it leaves out.

use ratatui::style::Style;

use super::series::{DASHED, DOTTED, SOLID, Series};
use super::{parameters, title};
use crate::app::{App, Charted, KeptRun, LossAxis};
use crate::data::Task;
use crate::trainer::{Curve, Curves, LayerCurves};
use crate::ui::style::{Theme, layer_name, number};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::TickText;

/// The update-to-parameter ratio that a rule of thumb calls healthy.
const HEALTHY_RATIO: f64 = 1e-3;

/// Smaller norms than this share of the largest are below the axis.
const SMALLEST_SHARE: f64 = 1e-18;

/// What a chart shows.
pub(super) struct Subject<'a> {
    /// The title, from the longest text to the shortest.
    pub(super) titles: Vec<String>,
    /// The lines of the present run.
    pub(super) present: Vec<Series<'a>>,
    /// The lines of kept runs, which are behind the others.
    pub(super) kept: Vec<Series<'a>>,
    /// The kept runs that have lines.
    pub(super) kept_runs: Vec<&'a KeptRun>,
    pub(super) up: Axis,
    pub(super) text: TickText,
    /// A value that is marked by a horizontal line.
    pub(super) guide: Option<f64>,
    /// How a number is written beside the name of its line.
    pub(super) written: fn(f64) -> String,
    /// What is to be said of it, from the longest text to the shortest.
    pub(super) notes: Vec<String>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(app: &'a App, theme: Theme) -> Self {
        match app.charted() {
            Charted::Loss => Self::loss(app, theme),
            Charted::Quality => Self::quality(app, theme),
            Charted::Parameters => parameters::subject(app, theme),
            Charted::GradientNorm => Self::gradient_norms(app, theme),
            Charted::UpdateRatio => Self::update_ratios(app, theme),
        }
    }

    fn loss(app: &'a App, theme: Theme) -> Self {
        let scores = Scores {
            training: |curves| &curves.training,
            test: |curves| &curves.test,
        };
        let (present, kept) = scores.series(app, theme);
        // A diverged run would flatten all other curves.
        let sound = app
            .drawn_runs()
            .filter(|run| !run.view.training.has_diverged());
        let sound = sound.map(|run| &run.view.curves.training);
        let Curves { training, test, .. } = &app.run().curves;
        let (low, high) = range(sound.chain([training, test])).unwrap_or((0.0, 1.0));
        Self {
            titles: title::of_loss(theme, app),
            present,
            kept,
            kept_runs: app.drawn_runs().collect(),
            up: Axis::of_losses(app.loss_axis(), low, high),
            text: TickText::Number,
            guide: None,
            written: number::loss,
            notes: Vec::new(),
        }
    }

    fn quality(app: &'a App, theme: Theme) -> Self {
        let scores = Scores {
            training: |curves| &curves.training_quality,
            test: |curves| &curves.test_quality,
        };
        let (mut present, kept) = scores.series(app, theme);
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
        Self {
            titles: title::of_quality(theme, app),
            present,
            kept,
            kept_runs: app.drawn_runs().collect(),
            up: Axis::between(low, 1.0),
            text: if is_regression {
                TickText::Number
            } else {
                TickText::Percent
            },
            guide: None,
            written: if is_regression { r2 } else { number::percent },
            notes,
        }
    }

    fn gradient_norms(app: &'a App, theme: Theme) -> Self {
        let titles = [
            "Gradient norm per layer, last step of each epoch",
            "Gradient norm per layer",
            "Gradient norms",
        ];
        Self {
            titles: titles.map(str::to_owned).to_vec(),
            text: TickText::Number,
            written: |norm| number::significant(norm, 2),
            ..Self::of_layers(app, theme, |layer| &layer.gradient_norm)
        }
    }

    fn update_ratios(app: &'a App, theme: Theme) -> Self {
        let titles = [
            "Update / parameter norm per layer, log10, last step of each epoch",
            "Update / parameter per layer, log10",
            "log10 update / parameter",
            "log10 update",
        ];
        let notes = [
            "about −3 is healthy: far above, training jumps; far below, it crawls",
            "about −3 is healthy",
        ];
        let written = |ratio: f64| number::significant(ratio.max(f64::MIN_POSITIVE).log10(), 2);
        let mut subject = Self {
            titles: titles.map(str::to_owned).to_vec(),
            text: TickText::Exponent,
            guide: Some(HEALTHY_RATIO),
            written,
            ..Self::of_layers(app, theme, |layer| &layer.update_ratio)
        };
        if subject.notes.is_empty() {
            subject.notes = notes.map(str::to_owned).to_vec();
        }
        subject
    }

    /// One line for each layer, on a logarithmic axis.
    fn of_layers(app: &'a App, theme: Theme, curve_of: fn(&LayerCurves) -> &Curve) -> Self {
        let run = app.run();
        let curves = run.curves.layers.iter().map(curve_of);
        let named = curves.clone().enumerate();
        let present = named.map(|(layer, curve)| {
            let (name, ascii) = (layer_name(theme, &run.network, layer), digit(layer));
            Series::new(name, curve, ascii, theme.strong()).dashed(of_layer(layer))
        });
        let kept_run = newest_alike(app);
        let kept = kept_run.iter().flat_map(|run| {
            let curves = run.view.curves.layers.iter().map(curve_of);
            curves.map(|curve| Series::kept(run, curve, theme))
        });
        let kept = kept.map(Series::without_name).collect();
        let high = range(curves)
            .map_or(0.0, |(_, high)| high)
            .max(f64::MIN_POSITIVE);
        let ratio = (app.charted() == Charted::UpdateRatio).then_some(HEALTHY_RATIO);
        let low = lowest_positive(&run.curves.layers, curve_of).unwrap_or(high);
        let low = low.max(high * SMALLEST_SHARE).min(ratio.unwrap_or(low));
        Self {
            titles: Vec::new(),
            present: present.collect(),
            kept,
            kept_runs: kept_run.into_iter().collect(),
            up: Axis::of_losses(LossAxis::Log, low, high.max(ratio.unwrap_or(high))),
            text: TickText::Number,
            guide: None,
            written: number::loss,
            notes: parameters::not_recorded(run),
        }
    }

    /// All lines, those in front last.
    pub(super) fn series(&self) -> impl Iterator<Item = &Series<'a>> {
        self.kept.iter().chain(self.present.iter().rev())
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
        let style = if kept.is_empty() {
            theme.strong()
        } else {
            theme.run(app.runs().letter).patch(theme.strong())
        };
        let mut present = vec![Series::new(name, training, '*', style)];
        if has_test {
            let test = Series::new("test".to_owned(), test, 'o', Style::new());
            present.push(test.dashed(DASHED));
        }
        (present, kept)
    }
}

/// The newest kept run on the chart whose network is of the same shape. More of them would hide one another.
pub(super) fn newest_alike(app: &App) -> Option<&KeptRun> {
    let architecture = app.run().network.architecture();
    let alike = app
        .drawn_runs()
        .filter(|run| run.view.network.architecture() == architecture);
    alike.last()
}

/// The smallest and the largest number of some curves.
pub(super) fn range<'a>(curves: impl Iterator<Item = &'a Curve>) -> Option<(f64, f64)> {
    let ranges = curves.filter_map(Curve::range);
    ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// The smallest number that is not 0, which has no logarithm.
fn lowest_positive(layers: &[LayerCurves], curve_of: fn(&LayerCurves) -> &Curve) -> Option<f64> {
    let buckets = layers.iter().flat_map(|layer| curve_of(layer).iter());
    let positive = buckets
        .map(|(_, bucket)| bucket.min)
        .filter(|number| *number > 0.0);
    positive.reduce(f64::min)
}

/// The dashes of a layer, which distinguish neighbours.
pub(super) fn of_layer(layer: usize) -> &'static [bool] {
    [SOLID, DASHED, DOTTED][layer % 3]
}

/// What the line of a layer consists of in ASCII: "1" for the first one.
pub(super) fn digit(index: usize) -> char {
    u32::try_from((index + 1) % 10)
        .ok()
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or('*')
}

fn r2(r2: f64) -> String {
    number::significant(r2, 3)
}
