//! One panel has the whole body.

use crossterm::event::KeyCode;
use nnscope::app::{Panel, View};

use crate::test_screen::TestScreen;

/// What only the panel shows, in whichever state it is.
fn mark(panel: Panel) -> &'static str {
    match panel {
        Panel::Network => " a → names ",
        Panel::Chart => "Loss (mse",
        Panel::Samples => "Samples: ",
        Panel::Prediction => "Predict",
        Panel::Formulas => ": Forward, stage 1 of 4",
        Panel::Curve => "h1: sigmoid",
        Panel::GradientNorms => "Gradient size",
        Panel::Map => "Surface: P(F)",
        Panel::SmallMap => "Map: P(F)",
        Panel::Weights => "Every weight and bias over the epochs",
        Panel::Changes => "How fast each layer moves",
        Panel::Gradients => "Gradient size (norm) per layer",
        Panel::StepNeurons => "Every neuron: Alice",
        Panel::StepParameters => "Every weight and bias in this step",
    }
}

#[test]
fn z_gives_each_panel_the_whole_body_and_z_or_esc_gives_it_back() {
    for (width, height) in [(80, 24), (80, 23), (120, 40), (200, 60), (40, 12)] {
        let mut screen = TestScreen::at_epoch(3);
        screen.resize(width, height);
        let all = screen.text();
        for (&panel, leave) in View::Train
            .panels()
            .iter()
            .zip([KeyCode::Esc, KeyCode::Char('z')].iter().cycle())
        {
            assert_eq!(screen.app.focused_panel(), panel);
            screen.press('z');
            let text = screen.text();
            let borders = text
                .lines()
                .filter(|line| line.starts_with(['┌', '└']))
                .count();
            assert_eq!(borders, 2, "{text}");
            if width >= 80 {
                assert!(text.contains(mark(panel)), "{panel:?}\n{text}");
            }
            screen.press_code(*leave);
            assert_eq!(screen.app.zoomed(), None);
            screen.press('f');
        }
        // The last `f` came back to the first panel, and says so.
        assert!(screen.text().contains("z: zoom network"), "{width}");
        screen.press_code(KeyCode::F(24));
        assert_eq!(screen.text(), all);
    }
}

#[test]
fn a_step_is_zoomed_too() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press('2');
    screen.tell(nnscope::trainer::RunState::Paused);
    for &panel in View::Backprop.panels() {
        screen.press('z');
        let text = screen.text();
        if panel != Panel::Network {
            assert!(text.contains(mark(panel)), "{panel:?}\n{text}");
        }
        screen.press('z');
        screen.press('f');
    }
}

#[test]
fn a_key_that_acts_on_a_panel_shows_it() {
    for (key, panel) in [
        (KeyCode::Char('t'), Panel::Chart),
        (KeyCode::Down, Panel::Network),
        (KeyCode::Char('m'), Panel::Samples),
        (KeyCode::Right, Panel::Network),
        (KeyCode::Char('i'), Panel::Prediction),
    ] {
        let mut screen = TestScreen::at_epoch(3);
        screen.press('z');
        screen.press_code(key);
        assert_eq!(screen.app.zoomed(), Some(panel), "{key:?}");
    }
    let mut screen = TestScreen::at_epoch(3);
    screen.press('t');
    screen.press_code(KeyCode::Down);
    assert_eq!(screen.app.focused_panel(), Panel::Samples);
}

#[test]
fn the_footer_names_the_focused_panel_and_the_way_back() {
    let mut screen = TestScreen::at_epoch(3);
    screen.resize(200, 24);
    for (panel, next) in [
        ("network", "chart"),
        ("chart", "samples"),
        ("samples", "predict"),
    ] {
        assert!(screen.text().contains(&format!("z zoom {panel}")));
        screen.press('f');
        assert!(screen.text().contains(&format!("z zoom {next}")));
    }
    screen.press('z');
    assert!(screen.text().contains("Esc back"));
    assert!(screen.text().contains("z all panels"));
}

#[test]
fn the_border_of_the_focused_panel_is_bold() {
    use ratatui::style::Modifier;
    let mut screen = TestScreen::at_epoch(3);
    let bold = |screen: &mut TestScreen| {
        let buffer = screen.draw();
        let cells = buffer.content().iter();
        let corners = cells.filter(|cell| ["┌", "┏"].contains(&cell.symbol()));
        let bold = corners.map(|cell| cell.modifier.contains(Modifier::BOLD));
        bold.collect::<Vec<_>>()
    };
    assert_eq!(bold(&mut screen), [true, false, false, false]);
    screen.press('f');
    assert_eq!(bold(&mut screen), [false, true, false, false]);
}

#[test]
fn a_view_takes_no_panel_along_to_another_one() {
    let mut screen = TestScreen::at_epoch(3);
    screen.resize(80, 24);
    screen.press('2');
    screen.press('t');
    assert_eq!(screen.app.zoomed(), Some(Panel::StepParameters));
    for (view, beside) in [('3', "Legend"), ('1', "Samples: ")] {
        screen.press(view);
        assert_eq!(screen.app.zoomed(), None);
        assert!(screen.text().contains(beside), "{}", screen.text());
    }
    // It is there again where it was.
    screen.press('2');
    assert_eq!(screen.app.zoomed(), Some(Panel::StepParameters));
}
