//! What the Train view shows where there is room, and in which order panels go where there is none.

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Glyphs, Target};
use nnscope::ui::number;
use ratatui::style::{Modifier, Style};

use super::test_screen::TestScreen;

const WITH_ROOM: [&str; 3] = [
    "Every weight and bias over the epochs",
    "Map: P(F) over weight, height",
    "h1: z = ",
];

/// The heading of the squared errors where there is room, and where there is more.
const ERRORS: [&str; 2] = ["predicted error²", "predicted (y − ypred)²"];

const WITH_MOST_ROOM: [&str; 2] = [
    "How fast each layer moves",
    "Gradient size (norm) per layer",
];

#[test]
fn a_large_window_shows_more_of_the_run() {
    let mut screen = TestScreen::at_epoch(140);
    for (size, errors) in [(120, 40), (200, 60)].into_iter().zip(ERRORS) {
        screen.resize(size.0, size.1);
        let text = screen.text();
        for expected in WITH_ROOM.into_iter().chain(["weight (lb)", errors]) {
            assert!(text.contains(expected), "{expected} {size:?}\n{text}");
        }
    }
    for expected in WITH_MOST_ROOM {
        assert!(screen.text().contains(expected), "{expected}");
    }
    screen.resize(80, 24);
    let text = screen.text();
    for left_out in WITH_ROOM.into_iter().chain(WITH_MOST_ROOM).chain(ERRORS) {
        assert!(!text.contains(left_out), "{left_out}\n{text}");
    }
}

#[test]
fn the_chart_has_in_every_larger_window_at_least_the_rows_of_the_smallest() {
    let mut screen = TestScreen::at_epoch(140);
    for (width, height) in [
        (100, 33),
        (120, 34),
        (120, 40),
        (120, 48),
        (160, 50),
        (200, 60),
    ] {
        screen.resize(width, height);
        let text = screen.text();
        let mut charts = screen.regions().iter();
        let (chart, _) = charts
            .find(|(area, shown)| *shown == Target::Chart && area.y == 1)
            .unwrap();
        assert!(chart.height >= 14, "{width}x{height} {chart}\n{text}");
    }
}

#[test]
fn the_chief_curve_is_higher_in_a_higher_window() {
    let mut screen = TestScreen::at_epoch(140);
    let [large, largest] = [(120, 40), (200, 60)].map(|(width, height)| {
        screen.resize(width, height);
        screen.draw();
        let mut charts = screen.regions().iter();
        let chart = charts.find(|(area, shown)| *shown == Target::Chart && area.y == 1);
        chart.unwrap().0.height
    });
    assert!(largest > large, "{large} {largest}");
}

#[test]
fn a_map_says_where_the_features_are_held_that_it_does_not_show() {
    let mut screen = TestScreen::at_epoch_of(20, "--data penguins --hidden 3");
    for (size, title) in [
        ((200, 60), "┌ Map: species, other features at their mean ─"),
        ((120, 40), "┌ Map: others at their mean ─"),
    ] {
        screen.resize(size.0, size.1);
        let text = screen.text();
        assert!(text.contains(title), "{text}");
    }
    let mut screen = TestScreen::at_epoch(20);
    screen.resize(200, 60);
    assert!(
        !screen.text().contains(" at their mean"),
        "{}",
        screen.text()
    );
}

#[test]
fn the_squared_errors_are_those_whose_mean_is_the_loss() {
    let mut screen = TestScreen::at_epoch(140);
    screen.resize(120, 40);
    let text = screen.text();
    let errors = ["Alice", "Bob", "Charlie", "Diana"].map(|name| {
        let row = text.lines().find(|line| {
            line.contains(&format!("›{name} ")) || line.contains(&format!("│ {name} "))
        });
        let row = row.unwrap().split('│').nth(1).unwrap();
        let error = row.split_whitespace().last().unwrap();
        error.parse::<f64>().unwrap()
    });
    let mean = errors.iter().sum::<f64>() / 4.0;
    let loss = screen.app.run().training.evaluation.unwrap().training.loss;
    assert!((mean - loss).abs() < 2e-4, "{errors:?} {loss}");
    let shown = format!("mean = {loss:.4} after epoch 140");
    assert!(text.contains(&shown), "{shown}\n{text}");
}

#[test]
fn a_column_of_cross_entropy_is_called_so() {
    let mut screen = TestScreen::at_epoch_of(3, "--loss cross-entropy");
    screen.resize(120, 40);
    let text = screen.text();
    assert!(text.contains("cross-entropy") && !text.contains("error²"));
}

#[test]
fn the_chart_of_weights_becomes_the_loss_where_the_other_chart_has_the_weights() {
    let mut screen = TestScreen::at_epoch(40);
    screen.resize(120, 40);
    screen.press('t');
    screen.press('t');
    let text = screen.text();
    assert_eq!(text.matches("Every weight and bias").count(), 1, "{text}");
    assert!(text.contains("Loss (mse)"), "{text}");
}

#[test]
fn the_ratio_of_each_layer_is_that_of_the_epoch_that_is_named() {
    let mut screen = TestScreen::at_epoch(140);
    screen.resize(120, 50);
    let last = screen.session().last_moves().to_vec();
    let text = screen.text();
    assert!(text.contains("epoch 140"), "{text}");
    for (name, of) in [("h1, h2", last[0]), ("o1", last[1])] {
        let share = number::share(of.update_ratio, 2);
        let is_there = |line: &str| line.contains(&format!("│{name}")) && line.contains(&share);
        assert!(text.lines().any(is_there), "{name} {share}\n{text}");
    }
    let mut screen = TestScreen::at_epoch(0);
    screen.resize(120, 50);
    assert!(screen.text().contains("no step has been made at epoch 0"));
}

#[test]
fn a_matrix_keeps_its_rows_and_a_tall_narrow_window_has_the_weights_below() {
    let mut screen = TestScreen::new("--data penguins --hidden 16 --seed 1");
    screen.resize(120, 40);
    let text = screen.text();
    assert!(text.contains("h16 [") && text.contains("Weights"), "{text}");
    let mut screen = TestScreen::at_epoch(140);
    screen.resize(80, 40);
    let text = screen.text();
    assert!(text.contains("Every weight and bias"), "{text}");
    assert!(!text.contains("How fast each layer moves"), "{text}");
}

#[test]
fn the_diagram_gives_rows_before_the_samples_go() {
    let mut screen = TestScreen::at_epoch(140);
    for height in 12..=60 {
        for width in [60, 79, 80, 120, 200] {
            screen.resize(width, height);
            let text = screen.text();
            // The header, the status and the footer, the diagram and the samples at their smallest.
            let has_room = height >= 3 + 8 + 7;
            assert_eq!(
                text.contains("Network"),
                has_room,
                "{width}x{height}\n{text}"
            );
            // Without a diagram, a loss of one row and the samples.
            let has_room = height >= 3 + 3 + 7;
            assert_eq!(text.contains("Diana"), has_room, "{width}x{height}\n{text}");
        }
    }
}

#[test]
fn in_ascii_everything_that_room_brings_is_ascii() {
    let mut screen = TestScreen::at_epoch(140);
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    for (size, errors) in [((120, 40), " error^2"), ((200, 60), " (y - ypred)^2")] {
        screen.resize(size.0, size.1);
        let text = screen.text();
        assert!(text.is_ascii(), "{text}");
        assert!(text.contains("h1: z = 1.73*(-2) + (-0.0686)*(-1) + 0.507 = -2.88;"));
        assert!(text.contains(errors), "{text}");
    }
}

#[test]
fn a_step_has_every_parameter_and_every_neuron_in_tables() {
    let mut screen = TestScreen::at_epoch(140);
    screen.press('2');
    for size in [(120, 40), (200, 60)] {
        screen.resize(size.0, size.1);
        let text = screen.text();
        let traced = screen.app.run().backprop.shown.clone().unwrap();
        let written = |name: &str, number: &str| {
            let is_it = |part: &str| part.starts_with(name) && part.contains(number);
            let is_there = text.lines().any(|line| line.split('│').any(is_it));
            assert!(is_there, "{name} {number} {size:?}\n{text}");
        };
        let row = |name: &str, number: f64| {
            written(name, &nnscope::ui::number::significant(number, 3));
        };
        for (index, name) in ["w1", "w2", "w3", "w4", "b1", "b2", "w5", "w6", "b3"]
            .iter()
            .enumerate()
        {
            let before = traced.network.parameters()[index];
            let after = traced.step.parameters[index];
            row(name, before);
            row(name, after);
            row(name, traced.step.gradient[index]);
            row(name, after - before);
        }
        for (name, layer, unit) in [("h1", 0, 0), ("h2", 0, 1), ("o1", 1, 0)] {
            let of = &traced.trace.layers[layer];
            row(name, of.pre_activations[unit]);
            row(name, of.activations[unit]);
            row(name, of.deltas[unit]);
        }
    }
    assert!(
        screen
            .text()
            .contains("Every weight and bias over the epochs")
    );
    screen.resize(80, 24);
    assert!(!screen.text().contains("Every neuron"));
}

#[test]
fn the_activation_curve_has_the_range_of_z_on_its_axis() {
    let mut screen = TestScreen::at_epoch(140);
    screen.press('2');
    screen.resize(200, 60);
    let text = screen.text();
    let axis = text
        .lines()
        .find(|line| line.contains("−6") && line.contains("−4"));
    assert!(axis.is_some_and(|axis| axis.contains('6')), "{text}");
    assert!(text.contains("1.0┤") && text.contains("0.0┤"), "{text}");
}

#[test]
fn a_neuron_whose_z_is_beyond_the_curve_points_there_from_its_end() {
    let mut screen = TestScreen::new("--weights w1=50,w2=0,w3=-50,w4=0,w5=1,w6=1,b1=0,b2=0,b3=0");
    screen.tell(nnscope::trainer::RunState::Paused);
    screen.press('2');
    // From w1 down over w2 to w3, the first weight of h2.
    for (neuron, sign, downs) in [("h1", '◀', 0), ("h2", '▶', 2)] {
        (0..downs).for_each(|_| drop(screen.press_code(KeyCode::Down)));
        let text = screen.text();
        assert!(text.contains(&format!("┌ {neuron}: sigmoid")), "{text}");
        assert!(text.contains(&format!("z {sign} ")), "{text}");
        assert!(!text.contains('●'), "{text}");
    }
}

#[test]
fn a_kept_run_is_compared_network_beside_network() {
    let mut screen = TestScreen::at_epoch(140);
    screen.press_code(KeyCode::Right);
    screen.press('R');
    for _ in 0..20 {
        screen.train_epoch();
    }
    screen.tell(nnscope::trainer::RunState::Paused);
    screen.draw();
    screen.press('v');
    // In a narrow window the key is not offered, and says what it lacks, whole.
    let (key, lacks) = ("c compare", "  two networks side by side need 160 columns ");
    assert!(!screen.text().contains(key), "{}", screen.text());
    screen.press('c');
    assert!(screen.text().contains(lacks), "{}", screen.text());
    screen.resize(200, 60);
    screen.draw();
    assert!(screen.text().contains(key), "{}", screen.text());
    screen.press('c');
    let text = screen.text();
    assert!(
        text.contains("B: Network 2-2-1 sigmoid: Alice")
            && text.contains("A at epoch 140: Network 2-2-1 sigmoid: Alice"),
        "{text}"
    );
    for run in [screen.app.run(), &screen.app.runs().kept[0].view] {
        let w1 = nnscope::ui::number::signed(run.network.parameters()[0]);
        assert!(text.contains(&format!("w1 {w1}")), "{w1}\n{text}");
    }
    // Both have the same sample.
    screen.press_code(KeyCode::Down);
    assert_eq!(screen.text().matches("sigmoid: Bob").count(), 2);
    screen.resize(120, 40);
    assert!(!screen.text().contains("A at epoch 140"));
    screen.resize(200, 60);
    screen.press('v');
    assert!(screen.text().contains("seed 43"), "{}", screen.text());
    screen.press('c');
    screen.press_code(KeyCode::Esc);
    let text = screen.text();
    assert!(
        !text.contains("A at epoch 140") && !text.contains("B: Network"),
        "{text}"
    );
    // Where there is room for both, the window makes room for them.
    screen.press('v');
    screen.press('c');
    let text = screen.text();
    assert!(
        text.contains("A at epoch 140: Network") && !text.contains("┌ Runs"),
        "{text}"
    );
}

#[test]
fn numbers_of_a_regression_line_up_and_the_loss_says_that_targets_are_standardized() {
    let mut screen = TestScreen::new("--data plane --target-scaling standardize --seed 1");
    screen.tell(nnscope::trainer::RunState::Paused);
    screen.resize(120, 40);
    let text = screen.text();
    assert!(text.contains("Loss (mse, standardized)"), "{text}");
    let points = ["│›#1 ", "│ #2 ", "│ #3 ", "│ #4 "].map(|start| {
        let row = text.lines().find(|line| line.starts_with(start)).unwrap();
        let points = row.chars().take(60).enumerate();
        let points: Vec<usize> = points
            .filter(|(_, c)| *c == '.')
            .map(|(at, _)| at)
            .collect();
        points[points.len() - 3..points.len() - 1].to_vec()
    });
    assert!(
        points.iter().all(|row| *row == points[0]),
        "{points:?}\n{text}"
    );
    assert!(!text.contains(" -"), "{text}");
    let mut screen = TestScreen::new("--data plane --target-scaling none --seed 1");
    screen.tell(nnscope::trainer::RunState::Paused);
    assert!(!screen.text().contains("standardized"));
}

#[test]
fn the_number_of_a_title_is_bolder_than_its_words() {
    let mut screen = TestScreen::at_epoch(140);
    let is_bold = |style: Style| style.add_modifier.contains(Modifier::BOLD);
    assert!(is_bold(screen.style_of("0.0233")));
    assert!(!is_bold(screen.style_of("Loss (mse)")));
    assert!(is_bold(screen.style_of("4/4")));
}

#[test]
fn no_number_of_an_axis_is_written_over_another() {
    let mut screen = TestScreen::at_epoch_of(3, "--data spiral --hidden 8,8");
    for height in 30..=60 {
        screen.resize(120, height);
        assert!(!screen.text().contains("−0┤"), "{}", screen.text());
    }
}
