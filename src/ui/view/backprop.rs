//! The Backprop view: one step of training, number by number.
//!
//! From 110 columns on:
//!
//! ```text
//! ┌ Step: Alice, sample 1 of 4 ──────┐┌ w1: Backward ──────────────────────────┐
//! │ network                          ││ Forward                                │
//! └──────────────────────────────────┘│ h1 = f(w1·x1 + w2·x2 + b1) = …         │
//! ┌ h1: sigmoid ────┐┌ ‖gradient‖ ───┐│ Loss                                   │
//! │ f, f′ and z     ││ layer by layer││ Backward                               │
//! └─────────────────┘└───────────────┘└────────────────────────────────────────┘
//! ```
//!
//! In a narrower window the formulas are below the network, and the curve and the norms beside it; in a
//! small one the formulas alone are left.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::{App, Stage, TracedStep};
use crate::ui::panel::network_diagram::{Subject, render_subject};
use crate::ui::panel::{activation_curve, formulas, gradient_norms};
use crate::ui::style::{Theme, number};

/// From this width on, formulas have room beside the network.
const SIDE_BY_SIDE: u16 = 110;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let Some(traced) = &app.run().backprop.shown else {
        return render_nothing(frame, area, app);
    };
    if area.width < 60 || area.height < 16 {
        return formulas::render(frame, area, app, traced);
    }
    let norms_height = gradient_norms::height(app);
    if area.width >= SIDE_BY_SIDE {
        let [left, right] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(area);
        let lower_height = Constraint::Length(norms_height.max(9).min(area.height / 2));
        let [upper, lower] = Layout::vertical([Constraint::Min(0), lower_height]).areas(left);
        let [curve, norms] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(lower);
        render_network(frame, upper, app, traced);
        activation_curve::render(frame, curve, app, traced);
        gradient_norms::render(frame, norms, app);
        formulas::render(frame, right, app, traced);
        return;
    }
    let [upper, lower] = Layout::vertical([Constraint::Fill(1), Constraint::Fill(1)]).areas(area);
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(28)]).areas(upper);
    let norms_height = Constraint::Length(norms_height.min(upper.height / 2));
    let [curve, norms] = Layout::vertical([Constraint::Min(0), norms_height]).areas(right);
    render_network(frame, left, app, traced);
    activation_curve::render(frame, curve, app, traced);
    gradient_norms::render(frame, norms, app);
    formulas::render(frame, lower, app, traced);
}

fn render_nothing(frame: &mut Frame, area: Rect, app: &App) {
    let words =
        "No step to take apart yet: the samples are being evaluated, or training has stopped.";
    let panel = Theme(app.appearance()).panel("Step");
    let text = Paragraph::new(words).wrap(Wrap { trim: true }).block(panel);
    frame.render_widget(text, area);
}

fn render_network(frame: &mut Frame, area: Rect, app: &App, traced: &TracedStep) {
    let theme = Theme(app.appearance());
    let panel = theme.panel(title(app, traced));
    let inner = panel.inner(area).intersection(frame.area());
    let subject = Subject::of_step(app, traced);
    let legend = render_subject(frame.buffer_mut(), inner, &subject);
    frame.render_widget(panel.title_bottom(legend), area);
}

/// "Epoch 140, sample 2 of 4: Bob", "Epoch 3, batch 1 of 15, sample 2 of 10: #17".
fn title(app: &App, traced: &TracedStep) -> String {
    let epoch = number::grouped(traced.position.epoch);
    let batch_size = app.run().config().batch_size;
    let steps = app.run().steps_per_epoch();
    let step = traced.position.step + 1;
    let name = app.run().dataset().sample_name(traced.sample());
    let stage = if app.run().backprop.stage == Stage::Update {
        " (updated)"
    } else {
        ""
    };
    if batch_size == 1 {
        return format!("Epoch {epoch}, sample {step} of {steps}: {name}{stage}");
    }
    let (place, size) = (traced.place + 1, traced.batch_size());
    format!("Epoch {epoch}, batch {step} of {steps}, sample {place} of {size}: {name}{stage}")
}
