//! Moves over the epochs, one line for each layer: how long the gradients are, and how far the parameters move.

use super::series::Series;
use super::subject::{Subject, digit, is_sound, newest_alike, not_recorded, of_layer};
use super::window::Window;
use crate::app::{App, Charted, LossAxis};
use crate::session::LayerMove;
use crate::trainer::{Bucket, Curve, LayerCurves};
use crate::ui::style::{HEALTHY_MOVES, Theme, layer_name, number};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::ticks::TickText;

/// Smaller norms than this share of the largest are below the axis.
const SMALLEST_SHARE: f64 = 1e-18;

pub(super) fn gradient_norms(app: &App, theme: Theme) -> Subject<'_> {
    let titles = [
        "Gradient size (norm) per layer",
        "Gradient size (norm)",
        "Gradient size",
    ];
    let mut subject = Subject {
        titles: titles.map(str::to_owned).to_vec(),
        text: TickText::Number,
        written: |norm| number::significant(norm, 2),
        ..of_layers(app, theme, Charted::GradientNorm)
    };
    if subject.notes.is_empty() {
        subject.notes = vec!["mean of each epoch's steps".to_owned()];
    }
    subject
}

pub(super) fn update_ratios(app: &App, theme: Theme) -> Subject<'_> {
    let titles = [
        "How fast each layer moves: mean update of an epoch's steps, % of weight size",
        "Mean update per step, % of weight size",
        "Update, % of weight size",
        "Update, % of size",
    ];
    let mut subject = Subject {
        titles: titles.map(str::to_owned).to_vec(),
        text: TickText::Percent,
        written: |ratio| number::share(ratio, 2),
        ..of_layers(app, theme, Charted::UpdateRatio)
    };
    if subject.notes.is_empty() {
        subject.notes = HEALTHY_MOVES.map(str::to_owned).to_vec();
    }
    subject
}

/// One line for each layer, on a logarithmic axis that reaches the guide, if there is one.
fn of_layers(app: &App, theme: Theme, charted: Charted) -> Subject<'_> {
    let (curve_of, guide): (CurveOf, _) = match charted {
        Charted::UpdateRatio => (|layer| &layer.update_ratio, Some(LayerMove::HEALTHY_RATIO)),
        _ => (|layer| &layer.gradient_norm, None),
    };
    let run = app.run();
    let curves = run.curves.layers.iter().map(curve_of);
    let present = curves.enumerate().map(|(layer, curve)| {
        let (name, ascii) = (layer_name(&run.network, layer), digit(layer));
        Series::new(name, curve, ascii, theme.strong()).dashed(of_layer(layer))
    });
    let kept_run = newest_alike(app);
    let kept = kept_run.iter().flat_map(|kept| {
        let curves = kept.view.curves.layers.iter().map(curve_of).enumerate();
        curves.map(|(layer, curve)| {
            let name = layer_name(&run.network, layer);
            Series::kept_as(kept, &name, curve, theme)
        })
    });
    let kept = kept.collect();
    let kept_runs: Vec<_> = kept_run.into_iter().collect();
    let window = Window::of(app, &kept_runs);
    let sound = kept_run.into_iter().filter(|run| is_sound(run));
    let sound = sound.flat_map(|run| run.view.curves.layers.iter());
    let layers = run.curves.layers.iter().chain(sound);
    let highest = window
        .range(layers.clone().map(curve_of))
        .map(|(_, high)| high);
    // Without a number above 0, there is nothing that the axis could be for.
    let high = highest.filter(|high| *high > 0.0).or(guide).unwrap_or(1.0);
    let buckets = layers.flat_map(|layer| curve_of(layer).up_to(window.last));
    let low = lowest_positive(buckets).unwrap_or(high);
    let low = low.max(high * SMALLEST_SHARE).min(guide.unwrap_or(low));
    Subject {
        charted,
        titles: Vec::new(),
        cut_titles: Vec::new(),
        present: present.collect(),
        kept: window.cut(kept),
        kept_runs,
        window,
        up: Axis::of_losses(LossAxis::Log, low, high.max(guide.unwrap_or(high))),
        text: TickText::Number,
        guide,
        written: number::loss,
        notes: not_recorded(run),
        dashes: Vec::new(),
    }
}

/// Picks a curve of a layer.
type CurveOf = fn(&LayerCurves) -> &Curve;

/// The smallest number that is not 0, which has no logarithm.
fn lowest_positive<'a>(buckets: impl Iterator<Item = &'a Bucket>) -> Option<f64> {
    let positive = buckets
        .map(|bucket| bucket.min)
        .filter(|number| *number > 0.0);
    positive.reduce(f64::min)
}
