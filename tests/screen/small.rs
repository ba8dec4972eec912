//! Small windows: what gives up its room first, and that what is left out is said.

use crossterm::event::KeyCode;
use nnscope::app::Focus;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

fn text_of(options: &str, (width, height): (u16, u16)) -> String {
    let mut screen = TestScreen::at_epoch_of(50, options);
    screen.resize(width, height);
    screen.text()
}

/// The same while typed values are shown.
fn typed_text_of(options: &str, (width, height): (u16, u16)) -> String {
    let mut screen = TestScreen::at_epoch_of(50, options);
    screen.resize(width, height);
    screen.press('i');
    while screen.app.focus() == Focus::Prediction {
        screen.press_code(KeyCode::Enter);
    }
    screen.text()
}

fn assert_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_smallest_window_has_all_fields_that_fit_and_says_how_many_do_not() {
    let text = typed_text_of("", (40, 12));
    assert_all(&text, &["│ weight [", "│ height [", "P(F) = ", "= 58 kg"]);
    // No row of the loss is empty.
    let blank = format!("│{}│", " ".repeat(38));
    assert!(!text.contains(&blank), "{text}");
    let text = typed_text_of("--data penguins", (40, 12));
    assert_all(
        &text,
        &[
            "bill_depth",
            "flipper_length",
            "body_mass",
            "└ 1 more field ─",
        ],
    );
    assert!(!text.contains(&blank), "{text}");
}

#[test]
fn a_chart_of_one_row_says_its_numbers() {
    let mut screen = TestScreen::at_epoch(140);
    screen.resize(40, 12);
    let charts = [
        ("Accuracy 100%", "│from 50% at epoch 0 to 100% "),
        (
            "Every weight and bias",
            "│w1 +1.73, w2 −0.07, w3 +1.45, 6 more",
        ),
        ("Gradient size (norm)", "│h1, h2 0.0050, o1 0.049 "),
        ("Update, % of weight size", "│h1, h2 0.021%, o1 0.15% "),
    ];
    for (title, numbers) in charts {
        screen.press('t');
        assert_all(&screen.text(), &[title, numbers]);
    }
}

#[test]
fn a_narrow_prediction_keeps_names_and_an_answer_that_can_be_read() {
    let text = text_of("", (60, 20));
    assert_all(&text, &["│ weight [128 ", "] lb", "│ height [63 "]);
    let text = text_of("--data penguins", (60, 20));
    let parts = ["│ b.length  [", "│ b.depth   [", "│ body_mass ["];
    assert_all(&text, &parts);
    assert!(text.contains("│ Adelie 0.9"), "{text}");
}

#[test]
fn what_is_trained_is_on_every_train_view_with_samples() {
    let text = text_of("--optimizer adam --learning-rate 0.01", (80, 24));
    assert_all(&text, &["─ people, adam η 0.01 ┘"]);
    let text = text_of("", (120, 40));
    assert_all(&text, &["people 2-2-1", "sgd η 0.1"]);
}

#[test]
fn what_a_matrix_means_ends_at_a_word() {
    let spiral = "--data spiral --hidden 32,32 --samples 20 --at-epoch 0";
    let mut screen = TestScreen::new(spiral);
    assert_all(&screen.text(), &[" of largest; right: activation ─┘"]);
    screen.resize(120, 40);
    let said = "relative to layer's largest, right: activation ─";
    assert_all(&screen.text(), &[said]);
}

#[test]
fn fields_come_before_a_bar() {
    for size in [(80, 24), (60, 20)] {
        let text = text_of("--data penguins", size);
        assert_all(&text, &["b.length ", "b.depth ", "f.length ", "body_mass "]);
        assert!(!text.contains("more field"), "{text}");
    }
}

#[test]
fn the_headings_of_errors_are_whole_in_a_narrow_window() {
    let mut screen = TestScreen::at_epoch_of(50, "--data penguins");
    screen.resize(60, 20);
    screen.press('m');
    let text = screen.text();
    let headings = text.lines().find(|line| line.contains(" row "));
    let headings = headings.unwrap_or_else(|| panic!("{text}"));
    assert_all(headings, &[" y output of y ", " loss "]);
}

#[test]
fn the_numbers_of_a_run_that_has_diverged_are_said_to_be_those_before() {
    for (size, said) in [
        ((120, 40), " before it diverged ┘"),
        ((80, 24), "─ before it diverged ┘"),
    ] {
        let mut screen = TestScreen::at_epoch(11);
        screen.resize(size.0, size.1);
        assert!(!screen.text().contains("before it diverged"));
        screen.tell(RunState::Diverged { epoch: 12 });
        assert_all(&screen.text(), &[said]);
        screen.press('m');
        assert_all(&screen.text(), &[" before it diverged ┘"]);
    }
}

#[test]
fn errors_have_their_decimal_points_below_one_another() {
    let mut screen = TestScreen::at_epoch_of(0, "");
    screen.press('m');
    let text = screen.text();
    assert_all(&text, &["  0.5934  ", "  0.02954 "]);
}

/// The words of a text that a column of the help has in one line.
fn start(text: &str) -> String {
    let mut words = Vec::new();
    for word in text.split(' ') {
        words.push(word);
        if words.join(" ").len() > 40 {
            words.pop();
            break;
        }
    }
    words.join(" ")
}

#[test]
fn no_key_of_the_help_is_skipped_page_by_page() {
    let mut screen = TestScreen::at_epoch(3);
    for size in [(80, 24), (120, 24), (160, 24), (80, 40), (120, 40)] {
        screen.resize(size.0, size.1);
        screen.press('?');
        let mut seen = [String::new(), String::new()];
        for (seen, page) in seen.iter_mut().zip([KeyCode::PageDown, KeyCode::PageUp]) {
            for _ in 0..8 {
                *seen += &screen.text();
                screen.press_code(page);
            }
        }
        for binding in nnscope::app::keymap::heard_in(screen.app.help_context()) {
            let start = start(binding.help);
            assert!(seen.iter().all(|seen| seen.contains(&start)), "{start}");
        }
        screen.press_code(KeyCode::Esc);
    }
}

/// The panels of a screen: for each, its lower border and the rows within.
fn panels(text: &str) -> Vec<(String, Vec<String>)> {
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let corners = lines.iter().enumerate().flat_map(|(y, line)| {
        let lefts = line.iter().enumerate().filter(|(_, sign)| **sign == '┌');
        lefts.map(move |(x, _)| (x, y))
    });
    let panel = |(x, y): (usize, usize)| {
        let right = x + lines[y][x..].iter().position(|sign| *sign == '┐')?;
        let of = |y: usize| lines[y].get(x..=right);
        let bottom = (y + 1..lines.len()).find(|y| of(*y).is_some_and(|row| row[0] == '└'))?;
        let row = |y| of(y).map(|row| row[1..row.len() - 1].iter().collect::<String>());
        let rows = (y + 1..bottom).filter_map(row).collect();
        Some((row(bottom)?, rows))
    };
    corners.filter_map(panel).collect()
}

#[test]
fn no_panel_that_leaves_something_out_has_an_empty_row() {
    let deep = "--hidden 8,8,8,8,8,8";
    let spiral = "--data spiral --hidden 8,8,8,8,8";
    for options in ["", "--data penguins", deep, spiral] {
        let mut screen = TestScreen::at_epoch_of(5, options);
        for (view, width, height) in in_windows(['1', '2']) {
            screen.resize(width, height);
            screen.press(view);
            let text = screen.text();
            for (border, rows) in panels(&text) {
                let is_scrolled = border.contains("PgDn");
                // Columns and a text have no use for a row.
                let is_scrolled = is_scrolled || border.contains("column");
                let is_full = !rows.iter().any(|row| row.trim().is_empty());
                assert!(
                    is_full || is_scrolled || !border.contains(" more "),
                    "{options} {width}x{height} {border}\n{text}"
                );
            }
        }
    }
}

#[test]
fn samples_are_seen_in_every_window_more_rows_take_no_panel_away_and_no_third_is_blank() {
    let all = ["┌ Network", "┌ Predict"];
    for (options, sample) in [("", "›Alice "), ("--data penguins", "›#1 ")] {
        let mut screen = TestScreen::at_epoch_of(50, options);
        let mut narrower = [[false; 2]; 31];
        for width in 40..=80 {
            let mut lower = [false; 2];
            for height in 12..=30 {
                screen.resize(width, height);
                let text = screen.text();
                let at = format!("{options} {width}x{height}\n{text}");
                let has_loss = ["┌ Loss ", "┌ Cross-entropy "]
                    .iter()
                    .any(|title| text.contains(title));
                assert!(has_loss, "{at}");
                assert!(text.contains("┌ Samples") && text.contains(sample), "{at}");
                let shown = all.map(|panel| text.contains(panel));
                let are_kept =
                    |before: [bool; 2]| before.iter().zip(shown).all(|(was, is)| !was || is);
                assert!(
                    are_kept(lower) && are_kept(narrower[usize::from(height)]),
                    "{at}"
                );
                (lower, narrower[usize::from(height)]) = (shown, shown);
                for (_, rows) in panels(&text) {
                    let blank = rows
                        .split(|row| !row.trim().is_empty())
                        .map(<[_]>::len)
                        .max();
                    assert!(blank.unwrap_or_default() * 3 < usize::from(height), "{at}");
                }
            }
        }
    }
}

#[test]
fn the_lowest_window_has_the_prediction_while_typed_values_are_shown() {
    let mut screen = TestScreen::at_epoch(50);
    screen.resize(40, 12);
    assert_all(&screen.text(), &["┌ Samples: 4/4 right", "›Alice", " Bob "]);
    screen.press('i');
    assert_all(&screen.text(), &["┌ Predict – editing"]);
    screen.press_code(KeyCode::Esc);
    assert_all(&screen.text(), &["┌ Samples: 4/4 right"]);
    // Past the last sample are the typed values, too.
    for _ in ["Bob", "Charlie", "Diana", "Emily"] {
        screen.press_code(KeyCode::Down);
    }
    assert_all(&screen.text(), &["┌ Predict: Emily"]);
    // A key that turns the samples shows them.
    screen.press('m');
    assert_all(&screen.text(), &["┌ Errors"]);
}

#[test]
fn no_loss_is_said_to_be_of_epochs_that_have_no_row() {
    for height in 12..=24 {
        let text = text_of("", (40, height));
        let has_row = text.contains('▇');
        assert_eq!(has_row, text.contains("└ last 2"), "{text}");
    }
}

/// These views in windows of many sizes.
fn in_windows(views: [char; 2]) -> impl Iterator<Item = (char, u16, u16)> {
    let widths = [40, 60, 80, 100, 120, 200].into_iter();
    let sizes = widths.flat_map(|width| (12..62).step_by(3).map(move |height| (width, height)));
    sizes.flat_map(move |(width, height)| views.map(|view| (view, width, height)))
}

#[test]
fn a_table_of_runs_ends_with_whole_words_and_says_what_it_leaves_out() {
    let mut screen = TestScreen::at_epoch(30);
    screen.press('r');
    screen.press('v');
    for (size, parts) in [
        ((80, 24), ["right  difference", "  identical  "]),
        ((60, 20), ["right  difference", "b3 "]),
        (
            (40, 12),
            ["epochs   loss  right ", "└ 2 more columns, 3 parameters ─"],
        ),
    ] {
        screen.resize(size.0, size.1);
        assert_all(&screen.text(), &parts);
    }
}

#[test]
fn each_class_has_a_bar_where_there_is_room() {
    let bars = ["│ Adelie    0.9", "│ Gentoo    ", "│ Chinstrap 0.0"];
    for size in [(120, 40), (80, 40), (200, 60)] {
        let text = text_of("--data penguins", size);
        assert_all(&text, &bars);
        assert!(!text.contains(", Gentoo"), "{text}");
    }
    // With less, the others are named.
    assert_all(
        &typed_text_of("--data penguins", (40, 14)),
        &["Chinstrap 0.0", ", Gentoo "],
    );
}

#[test]
fn the_help_has_two_columns_from_120_cells_on() {
    let mut screen = TestScreen::at_epoch(3);
    for (width, is_whole) in [(80, false), (119, false), (120, true), (200, true)] {
        screen.resize(width, 42);
        screen.press('?');
        let text = screen.text();
        let ends = text.contains(" run or pause ") && text.contains(" quit");
        assert_eq!(ends, is_whole, "{text}");
        screen.press_code(KeyCode::Esc);
    }
}
