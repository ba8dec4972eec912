//! How fast each layer moves: how far an epoch has moved its parameters, beside how large they are.
//!
//! ```text
//! ┌ How fast each layer moves ────────────────┐
//! │update, % of weight size, epoch 140        │
//! │h1, h2 0.13% ▆▆▆▆▆▆▆▆▆▆▆▆                  │
//! │o1     0.25% ▆▆▆▆▆▆▆▆▆▆▆▆▆▆                │
//! │             0.0001%     0.1%          100%│
//! │about 0.1% is normal early on …            │
//! └───────────────────────────────────────────┘
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::RunView;
use crate::session::{LayerMove, MOST_MEASURED};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{HEALTHY_MOVES, cells, fitting, layer_name, width, wrapped};
use crate::ui::widget::bars::{self, Bar};
use crate::ui::widget::visible::{left_out, spread};

/// The exponent of ten where bars begin; they end at 0, where an update is as long as the parameters.
const LOWEST: f64 = -6.0;

/// Columns of bars of this width and more have room for the numbers of their scale.
const SCALED: u16 = 20;

/// Returns the height of the panel, including its borders, what is measured, the scale, and three lines of words.
pub(crate) fn height(run: &RunView) -> u16 {
    cells(run.network.layers().len() + 7)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let mut panel = theme.panel("How fast each layer moves");
    let inner = panel.inner(area).intersection(canvas.frame.area());
    let Some((epoch, ratios)) = ratios(run) else {
        canvas.draw(panel, area);
        let text = Paragraph::new(unknown(run)).wrap(Wrap { trim: true });
        return canvas.draw(text.style(theme.dim()), inner);
    };
    let room = usize::from(inner.height.saturating_sub(2));
    let seen: Vec<usize> = spread(ratios.len(), room).collect();
    if let Some(text) = left_out(ratios.len() - seen.len(), "layer") {
        panel = panel.title_bottom(text);
    }
    canvas.draw(panel, area);
    let [measure, rows, scale, hint] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(cells(seen.len())),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(inner);
    canvas.write(
        Line::styled(measured(epoch, measure.width), theme.dim()),
        measure,
    );
    let bars = seen.iter().map(|&layer| bar(canvas, ratios[layer], layer));
    let column = bars::render(canvas, rows, &bars.collect::<Vec<_>>());
    render_scale(canvas, column, scale);
    // The longest that is whole.
    let texts = HEALTHY_MOVES.map(|text| wrapped(&theme.written(text), hint.width));
    if let Some(lines) = texts.iter().find(|lines| lines.len() <= hint.height.into()) {
        let lines = lines.iter().map(|line| Line::raw(line.clone()));
        canvas.text(
            lines
                .map(|line| line.style(theme.dim()))
                .collect::<Vec<_>>(),
            hint,
        );
    }
}

/// The ratio of each layer in an epoch, and that epoch; `None` if it is not known.
fn ratios(run: &RunView) -> Option<(u64, Vec<f64>)> {
    let epoch = run.training.position.epoch;
    let layers = run.curves.layers.iter();
    let numbers = layers.map(|layer| layer.update_ratio.at(epoch));
    let numbers: Vec<_> = numbers.collect::<Option<_>>()?;
    let (epoch, _) = *numbers.first()?;
    Some((
        epoch,
        numbers.iter().map(|(_, bucket)| bucket.last).collect(),
    ))
}

/// Says why there is no ratio.
fn unknown(run: &RunView) -> String {
    if run.network.parameters().len() > MOST_MEASURED {
        let most = grouped(MOST_MEASURED as u64);
        return format!("not measured for networks with more than {most} parameters");
    }
    match run.training.position.epoch {
        0 => "no step has been made at epoch 0".to_owned(),
        epoch => format!("not measured in epoch {}", grouped(epoch)),
    }
}

/// Returns what the numbers are, and of which epoch.
fn measured(epoch: u64, room: u16) -> String {
    let epoch = grouped(epoch);
    let texts = [
        format!("mean update of the steps of epoch {epoch}, % of weight size"),
        format!("mean update in epoch {epoch}, % of weight size"),
        format!("update, % of weight size, epoch {epoch}"),
        "update, % of weight size".to_owned(),
        "% of weight size".to_owned(),
    ];
    fitting(&texts, room)
}

fn bar(canvas: &Canvas, ratio: f64, layer: usize) -> Bar {
    Bar {
        name: layer_name(&canvas.app.run().network, layer),
        number: number::share(ratio, 2),
        length: share(ratio.log10()),
    }
}

/// How far an exponent is along the scale, from 0 to 1.
fn share(exponent: f64) -> f64 {
    (1.0 - exponent / LOWEST).clamp(0.0, 1.0)
}

/// Writes the ends of the scale below the bars, and where it is healthy; there, also a line through the bars.
fn render_scale(canvas: &mut Canvas, column: Rect, row: Rect) {
    let theme = canvas.theme;
    let healthy = LayerMove::HEALTHY_RATIO.log10();
    let last = column.width.saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the column"
    )]
    let at = (share(healthy) * f64::from(last)).round() as u16;
    let marks = [(0, LOWEST), (at, healthy), (last, 0.0)];
    let has_room = column.width >= SCALED && row.height > 0;
    for (x, exponent) in marks.into_iter().filter(|_| has_room) {
        let text = number::share(10f64.powf(exponent), 1);
        let width = width(&text);
        // The middle of the number is below the place that it names, unless that is an end.
        let left = x.saturating_sub(width / 2).min(column.width - width);
        let area = Rect {
            x: column.x + left,
            width,
            ..row
        };
        canvas.write(Line::styled(text, theme.dim()), area);
    }
    for y in column.top()..column.bottom() {
        if let Some(cell) = canvas.frame.buffer_mut().cell_mut((column.x + at, y))
            && cell.symbol() == " "
        {
            cell.set_symbol(theme.glyph("┊", ":"))
                .set_style(theme.dim());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_healthy_ratio_is_in_the_middle_of_the_scale() {
        let shares =
            [1e-9, 1e-6, LayerMove::HEALTHY_RATIO, 1.0, 50.0].map(|r: f64| share(r.log10()));
        assert_eq!(shares, [0.0, 0.0, 0.5, 1.0, 1.0]);
        assert_eq!(share(0f64.log10()), 0.0);
    }
}
