//! The weights and biases over the epochs.

use ratatui::style::{Color, Modifier};

use super::*;

#[test]
fn the_nine_parameters_of_the_post_are_nine_lines_with_their_names() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('t');
    screen.press('t');
    let rows = chart(&screen.text());
    for name in ["w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3"] {
        let named = rows
            .iter()
            .filter(|row| row.split_whitespace().any(|word| word == name));
        assert_eq!(named.count(), 1, "{name}\n{}", rows.join("\n"));
    }
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    let text = screen.text();
    for name in ["1=w1", "6=w6", "p=b1", "r=b3"] {
        assert!(text.is_ascii() && text.contains(name), "{name}\n{text}");
    }
}

/// The names and the numbers beside the lines of the upper chart at 120×40, each with its row.
fn labels(text: &str) -> Vec<(usize, String, String)> {
    let rows = text.lines().enumerate().skip(2).take(15);
    let labels = rows.filter_map(|(row, line)| {
        let end = line.trim_end_matches('│').rsplit('│').next()?;
        let mut words = end.split_whitespace().rev();
        let number = words.next()?;
        let name = words.next().filter(|name| name.starts_with(['w', 'b']))?;
        Some((row, name.to_owned(), number.to_owned()))
    });
    labels.collect()
}

#[test]
fn a_line_ends_at_an_axis_and_what_leads_to_its_name_is_dim_whatever_its_colour() {
    let mut screen = TestScreen::at_epoch(140);
    screen.press('t');
    screen.press('t');
    let (x, y) = screen.position_of(" w2│");
    let drawn = &screen.draw().clone();
    let column = |x: u16| (y - 3..y + 2).map(move |y| drawn[(x, y)].clone());
    // Two cells lead from the axis to the names.
    assert!(column(x - 3).all(|cell| cell.symbol() == "│"));
    let leaders: Vec<_> = [x - 2, x - 1].into_iter().flat_map(&column).collect();
    assert!(leaders.iter().any(|cell| cell.symbol() != " "));
    for cell in leaders {
        let is_dim = cell.modifier.contains(Modifier::DIM) && cell.fg == Color::Reset;
        assert!(cell.symbol() == " " || is_dim, "{cell:?}");
    }
}

#[test]
fn the_dashes_of_weights_are_explained_as_those_of_the_diagram_have_another_meaning() {
    let mut screen = TestScreen::at_epoch(140);
    screen.press('t');
    screen.press('t');
    assert!(screen.text().contains("└ ── h1, h2  ╌╌ o1  ┈┈ biases ─┘"));
    screen.press('l');
    assert!(screen.text().contains("└ ── weights  ┈┈ bias ─"));
    let mut screen = TestScreen::at_epoch(140);
    screen.resize(120, 40);
    let text = screen.text();
    let said = "dashes are layers, not signs: ── into h1, h2  ╌╌ into o1  ┈┈ biases";
    assert!(text.contains(said), "{text}");
}

#[test]
fn every_line_has_its_own_label_with_its_number_in_the_order_of_the_ends() {
    let mut screen = TestScreen::at_epoch(300);
    screen.resize(120, 40);
    screen.press('t');
    screen.press('t');
    let labels = labels(&screen.text());
    let network = &screen.app.run().network;
    let mut expected: Vec<(f64, String)> = (0..9)
        .map(|index| {
            let name = network.parameter_name(network.parameter_at(index));
            (network.parameters()[index], name)
        })
        .collect();
    expected.sort_by(|one, other| other.0.total_cmp(&one.0));
    let expected: Vec<(String, String)> = expected
        .into_iter()
        .map(|(number, name)| (name, nnscope::ui::number::signed(number)))
        .collect();
    let shown: Vec<_> = labels
        .into_iter()
        .map(|(_, name, number)| (name, number))
        .collect();
    assert_eq!(shown, expected, "{}", screen.text());
}

#[test]
fn a_mark_changes_the_numbers_and_leaves_the_labels_beside_their_lines() {
    let mut screen = TestScreen::at_epoch(140);
    screen.resize(120, 40);
    screen.press('t');
    screen.press('t');
    let names = |screen: &mut TestScreen| -> Vec<(usize, String)> {
        let labels = labels(&screen.text()).into_iter();
        labels.map(|(row, name, _)| (row, name)).collect()
    };
    let order = |names: &[(usize, String)]| -> Vec<String> {
        names.iter().map(|(_, name)| name.clone()).collect()
    };
    let without = order(&names(&mut screen));
    assert_eq!(without.len(), 9, "{}", screen.text());
    // A row says what the mark is for; from there on, nothing moves.
    screen.press(',');
    let marked = names(&mut screen);
    assert_eq!(order(&marked), without, "{}", screen.text());
    for key in [',', '<', '<', '<'] {
        screen.press(key);
        assert_eq!(names(&mut screen), marked, "{}", screen.text());
    }
    let number = screen.app.run().curves.parameters[0].at(screen.app.marked().unwrap());
    let number = nnscope::ui::number::signed(number.unwrap().1.last);
    let labels = labels(&screen.text());
    assert!(
        labels
            .iter()
            .any(|(_, name, shown)| name == "w1" && *shown == number)
    );
}

#[test]
fn lines_of_a_kept_run_have_names_or_are_counted_where_they_would_be_too_many() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press('R');
    for _ in 0..100 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    screen.resize(120, 40);
    screen.press('t');
    screen.press('t');
    let text = screen.text();
    assert!(
        text.contains("1 run not drawn (v)") && !text.contains("A w1"),
        "{text}"
    );
    assert!(text.contains("←→ one neuron"), "{text}");
    screen.press_code(KeyCode::Right);
    let text = screen.text();
    for name in ["w1", "w2", "b1", "A w1", "A w2", "A b1"] {
        assert!(text.contains(&format!(" {name} ")), "{name}\n{text}");
    }
    assert!(
        text.contains("A seed 42") && !text.contains("←→ one neuron"),
        "{text}"
    );
}

#[test]
fn a_branch_keeps_the_old_weights_on_the_chart() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press('t');
    screen.press('t');
    screen.press('<');
    screen.press_code(KeyCode::Enter);
    let behind = screen.text();
    assert!(behind.contains('┊'), "{behind}");
    screen.set("learning rate", "0.3");
    for _ in 0..200 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    let kept = &screen.app.runs().kept[0].view.curves;
    assert_eq!(
        (
            kept.parameters[0].epochs(),
            kept.layers[0].gradient_norm.epochs()
        ),
        (301, 300)
    );
    let present = &screen.app.run().curves;
    assert_eq!(
        (
            present.parameters[0].epochs(),
            present.layers[0].gradient_norm.epochs()
        ),
        (471, 470)
    );
    let parameters = screen.app.run().network.parameters();
    assert_eq!(present.parameters[4].at(470).unwrap().1.last, parameters[4]);
    screen.resize(120, 40);
    let text = screen.text();
    assert!(
        text.contains("A learning rate 0.1") && text.contains("◆ η 0.3 at 270"),
        "{text}"
    );
}

#[test]
fn a_larger_network_shows_its_layers_or_the_chosen_neuron() {
    let mut screen = trained("--hidden 6 --seed 1", 20);
    screen.press('t');
    screen.press('t');
    let text = screen.text();
    assert!(
        text.contains("Layer weights") && text.contains("h1..h6"),
        "{text}"
    );
    screen.press('l');
    let text = screen.text();
    assert!(
        text.contains("Weights of h1") && text.contains(" w2"),
        "{text}"
    );
}

#[test]
fn of_many_layers_each_has_one_line_that_of_its_weight_or_bias_farthest_from_0() {
    let mut screen = trained("--data spiral --hidden 4,4,4 --seed 1", 20);
    screen.press('t');
    screen.press('t');
    let text = screen.text();
    let said = ["Largest weights", "farthest from 0"];
    assert!(said.iter().all(|said| text.contains(said)), "{text}");
    for name in ["h1..h4│", "h5..h8│", "h9..h12│", "o1"] {
        assert!(text.contains(name.trim_end_matches('│')), "{name}\n{text}");
    }
    screen.resize(120, 40);
    let text = screen.text();
    let network = screen.session().network().clone();
    for (index, name) in ["h1..h4", "h5..h8", "h9..h12", "o1"].iter().enumerate() {
        let layer = &network.layers()[index];
        let all = network.parameters();
        let all = [&all[layer.weights.clone()], &all[layer.biases.clone()]].concat();
        let size = format!("{:.2}", all.into_iter().map(f64::abs).fold(0.0, f64::max));
        let is_said = |line: &str| {
            let label = line.rsplit(&format!(" {name} ")).next().unwrap_or_default();
            label.trim_start().starts_with(&size)
        };
        assert!(text.lines().any(is_said), "{name} {size}\n{text}");
    }
}

#[test]
fn the_layers_of_a_kept_run_are_lines_too() {
    let mut screen = trained("--data spiral --hidden 6 --seed 1", 20);
    screen.press('r');
    for _ in 0..20 {
        screen.train_epoch();
    }
    screen.tell(RunState::Running);
    screen.press('t');
    screen.press('t');
    let text = screen.text();
    assert!(
        text.contains("B this run") && text.contains("epoch 20/"),
        "{text}"
    );
    let rows = chart(&text).join("\n");
    assert!(!rows.contains('⣿'), "{text}");
}

#[test]
fn without_hues_a_line_has_its_name_on_it_too() {
    let mut screen = TestScreen::at_epoch(300);
    screen.resize(120, 40);
    screen.press('t');
    screen.press('t');
    let mut counts = |colors, glyphs| {
        screen.draw_with(Appearance { colors, glyphs });
        let text = screen.text();
        let rows = text.lines().skip(2).take(14);
        let chart: Vec<String> = rows.map(|row| row.chars().skip(72).collect()).collect();
        let chart = chart.join("\n");
        let names = ["w5", "w6"];
        names.map(|name| chart.matches(&format!(" {name} ")).count())
    };
    assert_eq!(counts(Colors::None, Glyphs::Unicode), [2; 2]);
    assert_eq!(counts(Colors::None, Glyphs::Ascii), [1; 2]);
    assert_eq!(counts(Colors::Sixteen, Glyphs::Unicode), [1; 2]);
    assert_eq!(counts(Colors::Sixteen, Glyphs::Ascii), [1; 2]);
}
