//! The diagram: names on the edges, classes at the outputs, what fades, and matrices in half cells.

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Glyphs};
use nnscope::trainer::RunState;
use nnscope::ui::Theme;
use nnscope::ui::number::activation;
use ratatui::style::Modifier;

use super::test_screen::TestScreen;

const POST: [f64; 9] = [1.04, 0.61, -0.6, -0.06, -0.24, 1.36, -2.49, -3.54, 1.43];

fn of_the_post() -> TestScreen {
    let mut screen = TestScreen::at_epoch(0);
    screen.begin_with(&POST);
    screen
}

#[test]
fn edges_have_names_and_values_then_names_then_values() {
    let mut screen = of_the_post();
    let text = screen.text();
    for label in ["w1 +1.04", "w4 −0.06", "w6 −3.54", "b3 +1.43", "o1 0.120→M"] {
        assert!(text.contains(label), "{label}\n{text}");
    }
    screen.press('a');
    let text = screen.text();
    assert!(text.contains("w1") && !text.contains("+1.04"), "{text}");
    screen.press('a');
    let text = screen.text();
    assert!(text.contains("+1.04") && !text.contains("w1"), "{text}");
    assert!(text.contains("b +1.43"), "{text}");
    screen.press('a');
    assert!(screen.text().contains("w1 +1.04"));
}

#[test]
fn the_legend_has_the_dashes_of_negative_edges_also_without_colours() {
    let mut screen = TestScreen::at_epoch(0);
    screen.begin_with(&[-0.5; 9]);
    for (glyphs, positive, negative) in [
        (Glyphs::Unicode, "+ ⠒⠒⠒⠒ ", "− ⠒⠒ ⠒⠒ "),
        (Glyphs::Ascii, "+ ----, ", "- -- --, "),
    ] {
        let colors = Colors::None;
        screen.draw_with(Appearance { colors, glyphs });
        let text = screen.text();
        assert!(text.contains(&format!("{positive}{negative}")), "{text}");
    }
}

#[test]
fn a_weight_of_0_has_no_sign_and_a_weak_one_fades() {
    let mut screen = TestScreen::at_epoch(0);
    let mut parameters = POST;
    (parameters[0], parameters[3]) = (0.0, -0.01);
    screen.begin_with(&parameters);
    screen.resize(120, 40);
    let zero = screen.style_of("w1 0 ");
    assert!(zero.add_modifier.contains(Modifier::DIM));
    let positive = screen.style_of("w2 +0.61").fg;
    let negative = screen.style_of("w3 −0.60").fg;
    assert!(zero.fg != positive && zero.fg != negative && positive != negative);
}

#[test]
fn a_chosen_neuron_leaves_only_its_edges() {
    let mut screen = of_the_post();
    screen.resize(120, 40);
    screen.press_code(KeyCode::Right);
    let text = screen.text();
    for label in ["w1 +1.04", "w2 +0.61", "w5 −2.49"] {
        assert!(text.contains(label), "{label}\n{text}");
    }
    for label in ["w3", "w4", "w6"] {
        assert!(!text.contains(label), "{label}\n{text}");
    }
    screen.press_code(KeyCode::Esc);
    assert!(screen.text().contains("w6 −3.54"));
}

#[test]
fn outputs_bear_their_class_in_its_colour() {
    let mut screen = TestScreen::new("--data penguins --hidden 4 --seed 1");
    screen.resize(120, 40);
    let text = screen.text();
    let classes = screen.app.run().dataset().target.classes().to_vec();
    for (class, output) in classes.iter().zip(1..) {
        assert!(text.contains(&format!("o{output} {class} ")), "{text}");
    }
    let class = screen.style_of("o1 Adelie").fg;
    let theme = Theme(screen.app.appearance());
    assert_eq!(class, theme.class(&classes, 0).fg);
    assert_ne!(class, screen.style_of("o2 Gentoo").fg);
}

#[test]
fn outputs_bear_their_class_also_beside_eight_hidden_neurons_at_80_by_24() {
    let mut screen = TestScreen::new("--data penguins --hidden 8 --seed 1");
    for view in ['1', '2'] {
        screen.press(view);
        screen.tell(RunState::Paused);
        let text = screen.text();
        for (output, class) in [("o1", "Adelie"), ("o2", "Gentoo"), ("o3", "Chin")] {
            assert!(text.contains(&format!("{output} {class}")), "{text}");
        }
        // The number of an output is behind its body then, with all of its digits.
        let outputs = &screen.app.run().predictions_for(0..1).unwrap().outputs;
        for output in outputs {
            let number = format!("] {}", activation(*output));
            assert!(text.contains(&number), "{number}\n{text}");
        }
    }
}

#[test]
fn the_output_of_two_classes_has_the_one_that_it_means_behind_it() {
    for (b3, meant) in [(1.43, "o1 0.12"), (9.0, "o1 0.99")] {
        let mut screen = TestScreen::at_epoch(0);
        let mut parameters = POST;
        parameters[8] = b3;
        screen.begin_with(&parameters);
        for (size, arrow) in [((80, 24), "→"), ((120, 40), " → ")] {
            screen.resize(size.0, size.1);
            let class = if b3 > 5.0 { "F" } else { "M" };
            let text = screen.text();
            let said = text.lines().find(|line| line.contains(meant));
            let said = said.unwrap_or_else(|| panic!("{text}"));
            assert!(said.contains(&format!("{arrow}{class}")), "{text}");
        }
    }
}

#[test]
fn a_matrix_of_32_by_32_is_whole_at_120_by_40_with_the_activations_beside_it() {
    let mut screen = TestScreen::new("--data penguins --hidden 32 --seed 1");
    screen.resize(120, 40);
    let text = screen.text();
    assert!(text.contains("4→32") && text.contains("32→3"), "{text}");
    assert!(
        !text.contains("more row") && !text.contains("more col"),
        "{text}"
    );
    // Two neurons a line, a weight two cells wide: 16 lines of 4 weights, and 2 lines of 32 in two parts.
    let left = text.lines().flat_map(|line| line.chars().take(72));
    let halves = left.filter(|c| *c == '▀').count();
    let legend = 8;
    assert_eq!(halves - legend, 2 * (16 * (4 + 1) + 2 * (32 + 1)), "{text}");
    for colors in [Colors::None, Colors::Sixteen] {
        screen.draw_with(Appearance {
            colors,
            glyphs: Glyphs::Unicode,
        });
        assert!(!screen.text().contains('▀'));
    }
}

#[test]
fn the_value_of_an_output_is_never_left_out() {
    for hidden in ["2", "8,8", "4,4,4,4", "8,8,8,8,8,8", "6,6,6,6,6,6,6"] {
        for (labels, size) in [(0, (80, 24)), (1, (80, 24)), (2, (80, 24)), (0, (120, 40))] {
            let mut screen = TestScreen::new(&format!("--hidden {hidden} --seed 1"));
            let count = screen.session().network().parameters().len();
            let mut parameters = vec![0.1; count];
            // The sigmoid of 8 is 0.9997, whatever comes in.
            parameters[count - 9..].fill(0.0);
            parameters[count - 1] = 8.0;
            screen.begin_with(&parameters);
            screen.resize(size.0, size.1);
            (0..labels).for_each(|_| drop(screen.press('a')));
            let views = [
                ('1', screen.text()),
                ('2', {
                    screen.press('2');
                    screen.tell(RunState::Paused);
                    screen.text()
                }),
            ];
            for (view, text) in views {
                let is_there = text.contains("o1 ≈1");
                assert!(is_there, "{hidden} {labels} {view}\n{text}");
            }
        }
    }
}

#[test]
fn the_weight_that_a_step_changes_keeps_its_number_whatever_the_others_have_room_for() {
    let mut screen = TestScreen::at_epoch(0);
    screen.begin_with(&[1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]);
    screen.press('2');
    screen.tell(RunState::Paused);
    for stage in 1..=4 {
        let label = if stage == 4 { "+0.998" } else { "w1 +1.00" };
        let text = screen.text();
        assert!(
            text.contains(label) && text.contains("w1"),
            "{stage}\n{text}"
        );
        screen.press_and_obey(KeyCode::Char('n'));
        if stage == 3 {
            screen.tell(RunState::Paused);
            screen.resize(200, 60);
            let text = screen.text();
            assert!(text.contains("w1 +1.00 → +0.998"), "{text}");
            screen.resize(80, 24);
        }
    }
}

/// The texts of the diagram at 120x40 that are the number of a parameter, and those that are a name of one.
fn numbers_and_names(text: &str) -> (Vec<String>, Vec<String>) {
    let rows = text.lines().take(26).skip(2);
    let left = rows.map(|row| row.chars().take(70).collect::<String>());
    let words: Vec<String> = left
        .flat_map(|row| {
            row.split([' ', '│', ']'])
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let is_number = |word: &&String| word.starts_with(['+', '−']) && word.contains('.');
    let is_name = |word: &&String| {
        let digits = word.strip_prefix(['w', 'b']);
        digits.is_some_and(|digits| digits.parse::<u16>().is_ok())
    };
    let only = |is: &dyn Fn(&&String) -> bool| words.iter().filter(is).cloned().collect();
    (only(&is_number), only(&is_name))
}

#[test]
fn a_few_numbers_are_not_on_edges_without_their_names() {
    for hidden in ["16,16", "12,12"] {
        let mut screen = TestScreen::new(&format!("--hidden {hidden} --seed 1"));
        screen.resize(120, 40);
        let text = screen.text();
        let (numbers, names) = numbers_and_names(&text);
        assert!(
            numbers.len() <= names.len(),
            "{numbers:?} {names:?}\n{text}"
        );
    }
}

#[test]
fn the_weight_that_a_step_is_about_has_its_number_between_many_layers() {
    let mut screen = TestScreen::new("--hidden 8,8,8,8 --seed 1");
    screen.resize(120, 40);
    screen.press('2');
    screen.tell(RunState::Paused);
    let text = screen.text();
    let (numbers, names) = numbers_and_names(&text);
    assert!(names.contains(&"w1".to_owned()), "{text}");
    let w1 = screen.session().network().parameters()[0];
    let w1 = nnscope::ui::number::signed(w1);
    assert!(numbers.contains(&w1), "{w1} {numbers:?}\n{text}");
}

#[test]
fn a_step_has_maps_of_its_neurons_where_there_is_room() {
    for ((width, height), has_maps) in [((80, 24), false), ((120, 40), true), ((200, 60), true)] {
        let mut screen = of_the_post();
        screen.resize(width, height);
        screen.press('2');
        screen.tell(RunState::Paused);
        assert_eq!(
            screen.text().contains("▀▀▀▀▀▀▀▀"),
            has_maps,
            "{}",
            screen.text()
        );
    }
}

#[test]
fn a_narrow_diagram_has_the_names_of_weights_and_says_where_their_numbers_are() {
    let mut screen = of_the_post();
    screen.resize(60, 20);
    let text = screen.text();
    for name in [" w1 ", " w2 ", " w3 ", " w4 ", " w5 ", " w6 "] {
        assert!(text.contains(name), "{name}\n{text}");
    }
    assert!(text.contains("6 values not shown: ←/→"), "{text}");
}

#[test]
fn an_activation_of_many_nines_takes_no_formula_its_place() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.resize(120, 40);
    screen.press('i');
    screen.press_code(KeyCode::PageDown);
    let text = screen.text();
    assert!(text.contains("Frank"), "{text}");
    for formula in ["h2 = sigmoid(z) ≈ 1", "o1: z = "] {
        assert!(text.contains(formula), "{formula}\n{text}");
    }
}
