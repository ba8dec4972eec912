//! The plot of an activation function, and what else a large window says of a step.

use crossterm::event::KeyCode::Char;
use nnscope::app::{Appearance, Colors, Glyphs};

use super::{paused, posts_example};
use crate::test_screen::TestScreen;

/// The panel of the curve in the lower left corner at 120x40, without its legend.
fn plot(screen: &mut TestScreen) -> String {
    screen.resize(120, 40);
    let text = screen.text();
    let rows = text.lines().skip(26).take(9);
    let rows = rows.map(|row| row.chars().take(30).collect::<String>());
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_plot_of_f_says_between_which_values_f_lies() {
    for (activation, title) in [
        ("sigmoid", "h1: sigmoid, 0 to 1 ─"),
        ("tanh", "h1: tanh, −1 to 1 ─"),
        ("relu", "h1: relu, 0 and up ─"),
    ] {
        let options = format!("--activation {activation} --seed 1");
        let mut screen = paused(TestScreen::new(&options));
        assert!(screen.text().contains(title), "{}", screen.text());
        // Without axes, the border has the ends of both.
        let ends = ["─┘", "z −", ", f "].iter();
        let is_border = |row: &str| ends.clone().all(|part| row.contains(part));
        assert!(screen.text().lines().any(is_border), "{}", screen.text());
        let plot = plot(&mut screen);
        assert!(plot.contains(title) && plot.contains("0┤"), "{plot}");
    }
}

#[test]
fn f_and_its_slope_are_drawn_with_two_signs_in_ascii() {
    let mut screen = paused(TestScreen::at_epoch(0));
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    let plot = plot(&mut screen);
    let signs = |sign| plot.matches(sign).count();
    assert!(signs("*") > 9 && signs(" .") + signs("..") > 3, "{plot}");
    assert!(screen.text().contains("f ** "), "{}", screen.text());
    assert!(screen.text().contains("f' .. "), "{}", screen.text());
}

#[test]
fn a_formula_stands_once_however_many_stages_use_it() {
    let mut screen = posts_example();
    for stage in 0..4 {
        for size in [(120, 40), (200, 60)] {
            screen.resize(size.0, size.1);
            let text = screen.text();
            for formula in ["∂L/∂ypred = −2·(y", "f′(z_h1) = h1·(1"] {
                let count = text.matches(formula).count();
                assert!(count <= 1, "{formula}\n{text}");
                // What the gradient is made of is not lost.
                assert!(count == 1 || stage < 2, "{formula}\n{text}");
            }
        }
        screen.press_and_obey(Char('n'));
    }
}

#[test]
fn where_there_is_room_the_formulas_say_which_stages_follow() {
    let mut screen = posts_example();
    screen.resize(120, 40);
    let coming = [
        " Loss: how wrong the prediction is",
        " Backward: how the loss depends on w1",
        " Update: what the step makes of w1",
    ];
    for shown in 0..=3 {
        let text = screen.text();
        for (index, stage) in coming.iter().enumerate() {
            // Backward has no room for them.
            let is_coming = index >= shown && shown < 2;
            assert_eq!(text.contains(stage), is_coming, "{shown} {stage}\n{text}");
        }
        screen.press_and_obey(Char('n'));
    }
}

#[test]
fn a_large_window_says_how_every_parameter_and_all_together_change_the_loss() {
    let mut screen = posts_example();
    screen.resize(200, 60);
    let text = screen.text();
    assert!(text.contains("changes L by"), "{text}");
    // As in the fifth lesson.
    let sum = "all together change L by about −0.00581";
    assert!(text.contains(sum), "{text}");
    // In the order of the columns, and of those alone that are seen.
    let notes = [
        "z: weighted inputs plus bias",
        "f(z): the neuron's output",
        "f′: the derivative of f at z",
        "∂L/∂f: how L depends on f(z)",
        "∂L/∂z: how L depends on z",
    ];
    let mut rest = &*text;
    for note in notes {
        let (_, after) = rest
            .split_once(note)
            .unwrap_or_else(|| panic!("{note}\n{text}"));
        rest = after;
    }
}

#[test]
fn a_value_in_the_table_of_a_step_has_three_digits_however_small_the_step_is() {
    let mut screen = TestScreen::at_epoch_of(1, "--learning-rate 1e-12");
    screen.press('2');
    screen.resize(160, 50);
    let text = screen.text();
    let row = text
        .lines()
        .filter_map(|line| line.split('│').find(|part| part.starts_with("w1  ")));
    let rows: Vec<&str> = row.collect();
    assert!(
        rows.iter().any(|row| row.starts_with("w1   0.834 ")),
        "{rows:?}\n{text}"
    );
}

#[test]
fn an_output_of_many_nines_leaves_the_slope_its_name_and_number() {
    for (bias, slope) in [(30.0, "9.35e−14"), (34.5, "1.11e−15")] {
        let mut screen = TestScreen::at_epoch(0);
        screen.begin_with(&[0.0, 0.0, 0.0, 0.0, bias, 0.0, 1.0, 1.0, 0.0]);
        let mut screen = paused(screen);
        for (size, is_whole) in [((80, 24), false), ((200, 60), true)] {
            screen.resize(size.0, size.1);
            let text = screen.text();
            assert!(text.contains(&format!("f′ ⠂⠐ {slope}")), "{text}");
            assert_eq!(text.contains("f ⠒⠒ 0.999999999"), is_whole, "{text}");
            assert_eq!(text.contains("f ⠒⠒ ≈1"), !is_whole, "{text}");
        }
    }
}
