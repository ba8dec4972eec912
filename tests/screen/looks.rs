//! What is drawn in small windows, without colours and in ASCII.

use nnscope::app::{Appearance, Colors, Glyphs, LossAxis};
use ratatui::style::Color;

use crate::test_screen::TestScreen;

#[test]
fn a_value_in_the_table_is_never_cut() {
    let mut screen = TestScreen::with_data("gauss");
    screen.resize(80, 24);
    for sample in 0..3 {
        let values = screen.app.run().dataset().raw_of(sample).to_vec();
        let text = screen.text();
        let name = format!("#{} ", sample + 1);
        // The title of the diagram contains the name of the selected sample too.
        let rows = text.lines().filter(|line| !line.contains("Network"));
        let row = rows.into_iter().find(|line| line.contains(&name)).unwrap();
        for value in values {
            let number = format!("{value:.2}").replace('-', "−");
            let number = number.trim_end_matches('0').trim_end_matches('.');
            assert!(row.contains(&format!(" {number} ")), "{number} in {row}");
        }
    }
}

#[test]
fn the_loss_axis_can_be_logarithmic() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press('y');
    assert_eq!(screen.app.loss_axis(), LossAxis::Log);
    let text = screen.text();
    assert!(
        text.contains("Loss (mse, log axis)") && text.contains("1.00"),
        "{text}"
    );
}

#[test]
fn a_small_window_drops_the_samples_then_the_diagram_then_asks_for_room() {
    let mut screen = TestScreen::at_epoch(1);
    let mut panels = |width, height| {
        screen.resize(width, height);
        let text = screen.text();
        ["Network", "Loss", "Samples", "Predict", "needs 40×12"].map(|panel| text.contains(panel))
    };
    assert_eq!(panels(80, 24), [true, true, true, true, false]);
    assert_eq!(panels(79, 24), [true, true, false, true, false]);
    assert_eq!(panels(60, 17), [true, true, false, true, false]);
    assert_eq!(panels(59, 24), [false, true, false, true, false]);
    assert_eq!(panels(40, 12), [false, true, false, true, false]);
    assert_eq!(panels(39, 12), [false, false, false, false, true]);
}

#[test]
fn the_ascii_screen_contains_only_ascii() {
    let mut screen = TestScreen::at_epoch(300);
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    for keys in ["", "?", "?y", "i", "xj"] {
        for c in keys.chars() {
            screen.press(c);
        }
        for (width, height) in [(80, 24), (120, 40), (40, 12), (20, 5)] {
            screen.resize(width, height);
            assert!(
                screen.text().is_ascii(),
                "after {keys:?}: {}",
                screen.text()
            );
        }
    }
}

#[test]
fn without_colours_every_cell_has_the_colours_of_the_terminal() {
    let mut screen = TestScreen::at_epoch(300);
    screen.draw_with(Appearance {
        colors: Colors::None,
        ..screen.app.appearance()
    });
    for cell in screen.draw().content() {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
}
