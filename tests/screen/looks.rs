//! What is drawn in small windows, without colours and in ASCII.

use nnscope::app::{Appearance, Colors, LossAxis};
use nnscope::trainer::RunState;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::regions::screens;
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
        ["Loss (log) 0.00", " 0.1┤", "0.01┤", "0.001┤"]
            .iter()
            .all(|expected| text.contains(expected)),
        "{text}"
    );
}

#[test]
fn a_small_window_drops_the_diagram_then_the_prediction_then_asks_for_room() {
    let mut screen = TestScreen::at_epoch(1);
    let mut panels = |width, height| {
        screen.resize(width, height);
        let text = screen.text();
        ["Network", "Loss", "Samples", "Predict", "needs 40×12"].map(|panel| text.contains(panel))
    };
    assert_eq!(panels(80, 24), [true, true, true, true, false]);
    // A status bar of tmux, and more: the diagram gives rows first.
    for (width, height) in [
        (80, 23),
        (80, 22),
        (80, 21),
        (80, 20),
        (100, 20),
        (79, 24),
        (60, 18),
    ] {
        let all = panels(width, height);
        assert_eq!(all, [true, true, true, true, false], "{width}×{height}");
    }
    // A narrow and high one has them one above another.
    for (width, height) in [(59, 30), (40, 30)] {
        let all = panels(width, height);
        assert_eq!(all, [true, true, true, true, false], "{width}×{height}");
    }
    for (width, height) in [(80, 17), (60, 17), (60, 12), (59, 24), (40, 24), (40, 15)] {
        let without_diagram = panels(width, height);
        assert_eq!(
            without_diagram,
            [false, true, true, true, false],
            "{width}×{height}"
        );
    }
    for (width, height) in [(59, 14), (40, 12)] {
        let fewest = panels(width, height);
        assert_eq!(
            fewest,
            [false, true, true, false, false],
            "{width}×{height}"
        );
    }
    assert_eq!(panels(39, 12), [false, false, false, false, true]);
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

#[test]
fn no_coloured_text_is_dim() {
    // A colour is as dark as can be read on black, and as light as on white.
    for mut screen in screens() {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            screen.resize(width, height);
            let buffer = screen.draw();
            let is_text = |cell: &Cell| cell.symbol().chars().any(char::is_alphanumeric);
            let dim = buffer.content().iter().filter(|cell| {
                let is_dim = cell.modifier.contains(Modifier::DIM);
                is_dim && cell.fg != Color::Reset && is_text(cell)
            });
            let dim: String = dim.map(Cell::symbol).collect();
            assert_eq!(dim, "", "{}", screen.text());
        }
    }
}

/// The screen of a CSV file of this name.
fn screen_of(name: &str, csv: &str) -> TestScreen {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{name}.csv"));
    std::fs::write(&path, csv).unwrap();
    let options = format!("--data {} --hidden 2 --seed 42", path.display());
    let mut screen = TestScreen::new(&options);
    screen.tell(RunState::Running);
    screen
}

#[test]
fn a_name_of_the_data_that_is_short_is_not_cut() {
    let mut screen = TestScreen::at_epoch(1);
    for width in 40..=120 {
        screen.resize(width, 24);
        assert!(!screen.text().contains("peop…"), "{}", screen.text());
    }
}

#[test]
fn a_long_name_of_the_data_leaves_the_layers_in_the_header() {
    let csv = "x,y,kind\n1,2,a\n2,1,b\n3,4,a\n4,3,b\n";
    for (name, header) in [
        ("churn", "  churn 2-2-1 "),
        ("customer_churn", "  custom… 2-2-1 "),
        (&"n".repeat(60), "  nnnnnn… 2-2-1 "),
    ] {
        let mut screen = screen_of(name, csv);
        screen.resize(89, 24);
        let text = screen.text();
        assert!(text.lines().next().unwrap().contains(header), "{text}");
        screen.resize(60, 24);
        assert!(screen.text().lines().next().unwrap().contains("running"));
    }
}

#[test]
fn features_of_a_tiny_spread_are_told_apart_in_the_table_and_in_the_prediction_box() {
    let csv =
        "lat,when,kind\n48.208174,1700000012,a\n48.208179,1700000019,b\n48.2089,1700000450,a\n";
    let mut screen = screen_of("places", csv);
    screen.resize(120, 40);
    let text = screen.text();
    for part in [
        " 48.208174 1700000012 a ",
        " 48.208179 1700000019 b ",
        " lat  [48.208174 ] → ",
        " when [1700000012] → ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    screen.press('i');
    screen.press_ctrl('u');
    screen.paste("48.3");
    let text = screen.text();
    let warning = "lat outside training 48.208174 to 48.2089";
    assert!(text.contains(warning), "{text}");
}

#[test]
fn labels_of_several_code_points_leave_every_column_in_its_place() {
    let csv = "x,y,kind\n1,2,🇩🇪 Deutschland\n2,1,👩\u{200d}🔬 lab\n3,4,🇩🇪 Deutschland\n4,3,👩\u{200d}🔬 lab\n";
    let mut screen = screen_of("labels", csv);
    let text = screen.text();
    for part in ["1    2 DE.Deu", "2    1 👩  lab"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let is_alike = |c: char| c != '\u{200d}' && !('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
    assert!(text.chars().all(is_alike), "{text}");
}

#[test]
fn features_have_room_before_the_bars_of_outputs_do() {
    let csv = "age,income,visits,bought\n48,63,3,yes\n29,87,1,yes\n33,56,9,yes\n67,33,0,no\n";
    let mut screen = screen_of("shop", csv);
    let text = screen.text();
    for part in [
        " line  age income visits true output",
        "›#2     48     63      3 yes  0.",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}
