//! The network with its activations for one sample.
//!
//! ```text
//! ┌ Network 2-2-1 sigmoid: Alice ────── a labels ┐
//! │weight             h1 0.00                    │
//! │[  −7  ]⠒w1 +1.04⠒⠒[     ]⠤⣀                  │
//! │        ⠉⠒⠤     ⠔⠊ b1 −0.24  w5 −2.49         │
//! │     w3 −0.60⠤⣀⠔⠊                ⠑ o1 0.803 → F│
//! │            ⠔⠉⠒⠤                   ⣀[▓▓▓▓▓]   │
//! │     w2 +0.61    ⠉⠒              ⠔⠊ b3 +1.43  │
//! │height  ⠔⠊      ⠉⠒ h2 0.06  w6 −0.54          │
//! │[  −3  ]⠂w4 −0.06⠒⠂[░░░░░]⠔⠊                  │
//! │                   b2 +1.36                   │
//! └ + ⠒⠒⠒⠒  − ⠒⠒ ⠒⠒  |w| <1 ⠒⠒ 1–3 ⠶⠶ >3 ⠿⠿ ─────┘
//! ```
//!
//! A weight is a name and a number on its edge, whose line is solid or dashed by the sign and heavier for a larger magnitude. A
//! neuron's body is a small map of it over two features or, without room or with other features, shaded by its activation. A number that does not fit is left out whole, and the last line says how to
//! see it.

mod columns;
mod edge;
mod edge_label;
mod edges;
mod formula;
mod graph;
mod height;
mod layout;
mod legend;
mod matrices;
mod neurons;
mod pictures;
mod strokes;
mod subject;
mod title;
mod weights;
mod wording;

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::keymap::Action;
use crate::app::{Edges, KeptRun, RunView, Target, TracedStep};
use crate::ui::canvas::Canvas;
use crate::ui::style::title_room;
use formula::Activations;
pub(crate) use height::height;
use subject::Subject;
pub(crate) use weights::lists_weights;

/// What is said of a large network until a job has answered.
const NOT_YET: &str = "Computing the activations";

/// Draws the present network with its activations for the sample that is shown; with a letter beside another run.
pub(crate) fn render_run(canvas: &mut Canvas, area: Rect, letter: Option<char>) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let room = title_room(title::key(canvas).as_deref(), area.width);
    let title = title::of_run(theme, run, letter, room);
    render_inputs(canvas, area, run, (title, run.shown_scaled()));
}

/// Draws the present network with its activations for the point under the cursor of the map or, without one, for the
/// sample that is shown.
pub(crate) fn render_at_cursor(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let Some(point) = run.point().filter(|_| !canvas.app.shows_slice()) else {
        return render_run(canvas, area, None);
    };
    let room = title_room(title::key(canvas).as_deref(), area.width);
    let inputs = run.dataset().network_inputs(&point);
    let title = title::at_cursor(theme, run, room);
    render_inputs(canvas, area, run, (title, Some(inputs)));
}

/// Draws the last network of a kept run, with its activations for the same sample.
pub(crate) fn render_kept(canvas: &mut Canvas, area: Rect, kept: &KeptRun) {
    let title = title::of_kept(canvas.theme, canvas.app.run(), kept);
    let inputs = kept.view.scaled_like(canvas.app.run());
    render_inputs(canvas, area, &kept.view, (title, inputs));
}

/// Draws the network of a run with its activations for these inputs, and formulas below it.
fn render_inputs(
    canvas: &mut Canvas,
    area: Rect,
    run: &RunView,
    (title, inputs): (String, Option<Vec<f64>>),
) {
    let theme = canvas.theme;
    let key = title::key(canvas);
    let panel = theme.panel_with_key(title, key.as_deref(), area.width);
    let mut inner = panel.inner(area).intersection(canvas.frame.area());
    let forward = inputs.as_deref().map(|inputs| run.forward_of(inputs));
    let largest = run.largest_weights(&run.network);
    let (Some(largest), None | Some(Some(_))) = (largest, &forward) else {
        canvas.draw(panel, area);
        return canvas.say(NOT_YET, inner);
    };
    let forward = forward.flatten();
    if let Some((inputs, forward)) = inputs.as_deref().zip(forward.as_ref()) {
        let activations = Activations {
            run,
            inputs,
            forward,
        };
        inner.height -= formula::render(canvas, inner, activations);
    }
    let look = (theme, canvas.app.labels());
    let mut subject = Subject::of_run(run, look, inputs, forward.as_deref(), &largest);
    subject.ink = pictures::ink(canvas, run);
    canvas.shows(area, Target::Network);
    let legend = render_network(canvas, inner, &subject);
    canvas.draw(panel.title_bottom(legend), area);
    canvas.shows_key(area, key.as_deref(), Action::TurnLabels);
}

/// Draws the network in one training step, up to the present stage.
pub(crate) fn render_step(canvas: &mut Canvas, area: Rect, traced: &TracedStep) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let action = Action::TurnEdges;
    let other = match run.labelled_with() {
        Edges::Weights => "gradients",
        Edges::Gradients => "weights",
    };
    let key = canvas.key_text(action, other);
    let title = title::of_step(run, traced, title_room(key.as_deref(), area.width));
    let panel = theme.panel_with_key(title, key.as_deref(), area.width);
    let inner = panel.inner(area).intersection(canvas.frame.area());
    let after = subject::is_updated(run).then(|| run.forward_of(&traced.trace.inputs));
    let look = (theme, canvas.app.labels());
    let subject = match &after {
        Some(None) => None,
        Some(Some(after)) => Subject::of_step(run, look, traced, Some(after)),
        None => Subject::of_step(run, look, traced, None),
    };
    let Some(mut subject) = subject else {
        canvas.draw(panel, area);
        return canvas.say(NOT_YET, inner);
    };
    subject.ink = pictures::ink_of_step(canvas, run, inner.height);
    canvas.shows(area, Target::Network);
    let legend = render_network(canvas, inner, &subject);
    canvas.draw(panel.title_bottom(legend), area);
    canvas.shows_key(area, key.as_deref(), action);
}

/// Draws the network; returns the legend.
fn render_network(canvas: &mut Canvas, mut area: Rect, subject: &Subject) -> Line<'static> {
    area.height -= weights::render(canvas, area, subject);
    let (buffer, regions) = (canvas.frame.buffer_mut(), &mut *canvas.regions);
    if matrices::are_needed(subject.network) {
        matrices::render((buffer, regions), area, subject);
        return matrices::legend(subject.theme, area.width);
    }
    let (has_all_numbers, unlabelled) = graph::render((buffer, regions), area, subject);
    let elsewhere = legend::elsewhere(canvas, subject, has_all_numbers, unlabelled);
    legend::of_lines(subject, area.width, &elsewhere)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::buffer::Buffer;
    use ratatui::layout::Size;

    use super::*;
    use crate::app::{App, Appearance, Colors, Glyphs, RunView};
    use crate::data::people;
    use crate::nn::{LayerRequest, Neuron};
    use crate::session::{DataSource, Run, TrainingConfig};
    use crate::trainer::{Pace, Start, StartState};
    use crate::ui::canvas;
    use crate::ui::frame::Frame;
    use crate::ui::regions::Regions;
    use crate::ui::style::Theme;

    pub(super) fn run(hidden: &[usize]) -> RunView {
        let config = TrainingConfig {
            hidden: LayerRequest::of_units(hidden),
            ..TrainingConfig::post(42)
        };
        let run = Run::new(config, DataSource::default(), Arc::new(people()));
        let network = run.begin().unwrap().network().clone();
        let start = Start {
            state: StartState::Paused,
            pace: Pace::DEFAULT,
            looks_ahead: false,
            retraces: false,
        };
        RunView::new(Arc::new(run), network, start)
    }

    pub(super) fn parameters_of(run: &mut RunView) -> &mut [f64] {
        Arc::make_mut(&mut run.network).parameters_mut()
    }

    pub(super) fn shown(run: RunView, glyphs: Glyphs) -> App {
        let appearance = Appearance {
            colors: Colors::True,
            glyphs,
        };
        App::new(run, appearance)
    }

    fn app(hidden: &[usize], glyphs: Glyphs) -> App {
        shown(run(hidden), glyphs)
    }

    pub(super) fn drawn(app: &App, width: u16, height: u16) -> Buffer {
        let mut frame = Frame::new(Size { width, height });
        canvas::draw(&mut frame, app, &mut Regions::default(), |canvas| {
            render_run(canvas, canvas.frame.area(), None);
        });
        let mut buffer = frame.into_buffer();
        Theme(app.appearance()).finish_all(&mut buffer);
        buffer
    }

    pub(super) fn lines(buffer: &Buffer) -> Vec<String> {
        let rows = buffer
            .content()
            .chunks(usize::from(buffer.area.width).max(1));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect())
            .collect()
    }

    /// How often the number of a label is below its name.
    fn stacked(text: &str, label: &str) -> usize {
        let (name, number) = label.split_once(' ').unwrap_or((label, label));
        let column = |line: &str, part: &str| {
            let before = &line[..line.find(&format!("{part} "))?];
            Some(before.chars().count())
        };
        let lines: Vec<&str> = text.lines().collect();
        let pairs = lines.windows(2).filter(|pair| {
            let at = column(pair[0], name);
            at.is_some() && at == column(pair[1], number)
        });
        pairs.count()
    }

    #[test]
    fn every_parameter_of_the_posts_network_is_in_the_diagram() {
        let mut run = run(&[2]);
        let parameters = [1.04, 0.61, -0.6, -0.06, -0.24, 1.36, -2.49, -3.54, 1.43];
        parameters_of(&mut run).copy_from_slice(&parameters);
        let app = shown(run, Glyphs::Unicode);
        for (width, height) in [(48, 14), (72, 27), (120, 43)] {
            let text = lines(&drawn(&app, width, height)).join("\n");
            for label in [
                "w1 +1.04",
                "w2 +0.61",
                "w3 −0.60",
                "w4 −0.06",
                "b1 −0.24",
                "b2 +1.36",
                "w5 −2.49",
                "w6 −3.54",
                "b3 +1.43",
                "o1 0.",
            ] {
                let count = text.matches(label).count() + stacked(&text, label);
                assert_eq!(count, 1, "{label}\n{text}");
            }
            assert!(
                text.contains("Network 2-2-1 sigmoid: Alice")
                    && !text.contains("formula of a neuron")
            );
        }
    }

    #[test]
    fn a_weight_and_its_line_have_the_colour_of_the_sign() {
        let mut run = run(&[]);
        parameters_of(&mut run).copy_from_slice(&[1.25, -1.25, 0.0]);
        let app = shown(run, Glyphs::Unicode);
        let theme = Theme(app.appearance());
        let buffer = drawn(&app, 48, 14);
        for (label, style) in [("+1.25", theme.positive()), ("−1.25", theme.negative())] {
            let lines = lines(&buffer);
            let (y, line) = lines
                .iter()
                .enumerate()
                .find(|(_, line)| line.contains(label))
                .unwrap();
            let x = line.split(label).next().unwrap().chars().count();
            let cell = &buffer[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())];
            assert_eq!(Some(cell.fg), style.fg, "{label}");
        }
    }

    #[test]
    fn negative_edges_are_dashed_and_heavy_ones_are_thick() {
        let dots = |weight: f64| -> u32 {
            let mut run = run(&[]);
            parameters_of(&mut run).copy_from_slice(&[weight, weight, 0.0]);
            let app = shown(run, Glyphs::Unicode);
            let dots = |symbol: &str| match symbol.chars().next() {
                Some(c @ '\u{2800}'..='\u{28ff}') => (c as u32 - 0x2800).count_ones(),
                _ => 0,
            };
            // Without the borders, as the legend has lines too.
            let lines = lines(&drawn(&app, 48, 14));
            lines[1..13]
                .iter()
                .map(|line| line.chars().map(|c| dots(&c.to_string())).sum::<u32>())
                .sum()
        };
        assert!(dots(-0.5) < dots(0.5) * 3 / 4);
        assert!(dots(0.5) < dots(2.0) && dots(2.0) < dots(4.0));
    }

    #[test]
    fn the_diagram_shows_what_is_left_out() {
        let text = lines(&drawn(&app(&[16], Glyphs::Unicode), 48, 14)).join("\n");
        assert!(
            text.contains(" more") && text.contains("48 values not shown: ←/→ + "),
            "{text}"
        );
    }

    #[test]
    fn a_selected_neuron_is_visible() {
        let mut run = run(&[16]);
        let app = shown(run.clone(), Glyphs::Unicode);
        assert!(!lines(&drawn(&app, 80, 12)).join("\n").contains("h16 "));
        run.neuron = Some(Neuron { layer: 0, unit: 15 });
        let app = shown(run, Glyphs::Unicode);
        let text = lines(&drawn(&app, 80, 12)).join("\n");
        assert!(text.contains("h16 [") && !text.contains("h1 ["), "{text}");
    }

    #[test]
    fn large_layers_are_matrices_that_show_what_they_leave_out() {
        let text = lines(&drawn(&app(&[40], Glyphs::Unicode), 48, 14)).join("\n");
        assert!(
            text.contains("2→40") && text.contains("40→1") && text.contains("more rows"),
            "{text}"
        );
    }

    #[test]
    fn a_selected_neuron_has_its_formula() {
        let mut run = run(&[2]);
        let parameters = [1.04, 0.61, -0.6, -0.06, -0.24, 1.36, -2.49, -3.54, 1.43];
        parameters_of(&mut run).copy_from_slice(&parameters);
        run.neuron = Some(Neuron { layer: 0, unit: 1 });
        let app = shown(run, Glyphs::Unicode);
        let text = lines(&drawn(&app, 80, 16)).join("\n");
        assert!(
            text.contains(
                "h2: z = −0.6·(−2) + (−0.06)·(−1) + 1.36 = 2.62; h2 = sigmoid(z) = 0.932"
            ),
            "{text}"
        );
    }

    #[test]
    fn any_network_fits_any_area() {
        for hidden in [&[][..], &[1], &[2], &[6], &[40], &[4, 3], &[8; 8]] {
            for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
                let mut run = run(hidden);
                if let Some(weight) = parameters_of(&mut run).first_mut() {
                    *weight = -1e308;
                }
                let app = shown(run, glyphs);
                for width in (0..60).step_by(3) {
                    for height in 0..30 {
                        let buffer = drawn(&app, width, height);
                        let is_ascii = lines(&buffer).iter().all(|line| line.is_ascii());
                        assert!(glyphs == Glyphs::Unicode || is_ascii, "{width}x{height}");
                    }
                }
            }
        }
    }
}
