//! Small windows: what gives up its room first, and that what is left out is said.

use crossterm::event::KeyCode;

use crate::test_screen::TestScreen;

fn text_of(options: &str, (width, height): (u16, u16)) -> String {
    let mut screen = TestScreen::at_epoch_of(50, options);
    screen.resize(width, height);
    screen.text()
}

fn assert_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_smallest_window_has_all_fields_that_fit_and_says_how_many_do_not() {
    let text = text_of("", (40, 12));
    assert_all(&text, &["│ weight [", "│ height [", "P(F) = ", "= 58 kg"]);
    // No row of the loss is empty.
    let blank = format!("│{}│", " ".repeat(38));
    assert!(!text.contains(&blank), "{text}");
    let text = text_of("--data penguins", (40, 12));
    assert_all(&text, &["bill_length", "bill_depth", "└ 2 more fields ─"]);
    assert!(!text.contains(&blank), "{text}");
}

#[test]
fn a_narrow_prediction_keeps_names_and_an_answer_that_can_be_read() {
    let text = text_of("", (60, 20));
    assert_all(&text, &["│ weight [128 ", "] lb", "│ height [63 "]);
    let text = text_of("--data penguins", (60, 20));
    let parts = ["│ b.length  [", "│ b.depth   [", "└ 1 more field ─"];
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
fn errors_have_their_decimal_points_below_one_another() {
    let mut screen = TestScreen::at_epoch_of(0, "");
    screen.press('m');
    let text = screen.text();
    assert_all(&text, &["  0.5934  ", "  0.02954 "]);
}

#[test]
fn no_key_of_the_help_is_skipped_page_by_page() {
    let mut screen = TestScreen::at_epoch(3);
    for size in [(80, 24), (160, 24), (80, 40)] {
        screen.resize(size.0, size.1);
        screen.press('?');
        let mut seen = screen.text();
        for _ in 0..8 {
            screen.press_code(KeyCode::PageDown);
            seen += &screen.text();
        }
        for binding in nnscope::app::keymap::heard_in(screen.app.help_context()) {
            assert!(seen.contains(binding.help), "{}", binding.help);
        }
        screen.press_code(KeyCode::Esc);
    }
}
