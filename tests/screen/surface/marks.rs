//! What the map marks: samples that are predicted wrong, and the typed values.

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Glyphs, Held};
use nnscope::trainer::RunState;
use ratatui::style::Modifier;

use super::{LINE, on_map, pixels};
use crate::test_screen::TestScreen;

#[test]
fn a_wrong_sample_keeps_the_colour_of_its_class() {
    let mut screen = on_map("--data xor --samples 60", (120, 40));
    let buffer = screen.draw().clone();
    let (area, _) = pixels(&buffer);
    let mut wrong = 0;
    for sign in ["●", "▲"] {
        let of_sign = |is_on_map| {
            let cells = buffer.area.positions();
            let cells = cells.filter(move |position| area.contains(*position) == is_on_map);
            cells
                .map(|position| &buffer[position])
                .filter(move |cell| cell.symbol() == sign)
        };
        let of_class = of_sign(false).next().expect("it is in the legend").fg;
        let boxed: Vec<_> = of_sign(true).filter(|cell| cell.bg == LINE).collect();
        assert!(boxed.iter().all(|cell| cell.fg == of_class), "{boxed:?}");
        wrong += boxed.len();
    }
    assert!(wrong > 0);
}

#[test]
fn the_answer_to_the_typed_values_stands_beside_a_map_that_passes_them_by() {
    let mut screen = on_map("--data penguins --hidden 4", (80, 24));
    let run = screen.app.run();
    let typed = run.prediction.values().unwrap();
    let answer = run.dataset().label_of(&run.outputs_for(&typed));
    let text = screen.text();
    assert!(
        text.contains(&format!("✚ your input itself: {answer}")),
        "{text}"
    );
    // Through the typed values there is one answer; of two features, the map always passes there.
    screen.press('1');
    for _ in 0..400 {
        screen.press('j');
    }
    screen.press('3');
    while screen.app.run().surface.held != Held::Sample {
        screen.press('m');
    }
    assert!(screen.text().contains("✚ your input "), "{}", screen.text());
    assert!(on_map("", (80, 24)).text().contains("✚ Emily "));
}

#[test]
fn below_a_small_map_the_classes_come_first_and_those_without_room_are_counted() {
    let names = ["Adelie", "Chinstrap", "Gentoo"];
    let mut most = 0;
    for width in (90..=200).step_by(5) {
        let mut screen = TestScreen::with_data("penguins");
        screen.resize(width, 40);
        let text = screen.text();
        let Some(line) = text.lines().find(|line| line.contains("└ ● ")) else {
            continue;
        };
        let shown = names.iter().filter(|name| line.contains(**name)).count();
        let count = format!("+{}", names.len() - shown);
        assert!(shown == names.len() || line.contains(&count), "{line}");
        most = most.max(shown);
    }
    assert_eq!(most, names.len());
}

#[test]
fn typed_values_that_the_map_does_not_reach_are_said_to_be_outside() {
    let mut screen = TestScreen::new("");
    screen.resize(120, 40);
    assert!(screen.text().contains("✚ Emily "), "{}", screen.text());
    screen.press('i');
    screen.press_ctrl('u');
    "900".chars().for_each(|c| {
        screen.press(c);
    });
    screen.press_code(KeyCode::Enter);
    for view in ['1', '3'] {
        screen.press(view);
        let text = screen.text();
        assert!(text.contains("✚ your input: outside the map"), "{text}");
    }
}

#[test]
fn wrong_samples_are_reversed_among_16_colours() {
    let mut screen = on_map("--data xor --samples 60", (120, 40));
    screen.draw_with(Appearance {
        colors: Colors::Sixteen,
        glyphs: Glyphs::Unicode,
    });
    let run = screen.app.run();
    let outputs = run.outputs_of(&(0..60).collect::<Vec<_>>());
    let task = run.dataset().target.task();
    let wrong = (0..60).filter(|&sample| {
        let actual = task.class(run.dataset().targets_of(sample));
        task.class(&outputs[sample..=sample]) != actual
    });
    let wrong = wrong.count();
    let buffer = screen.draw().clone();
    let reversed = buffer.content().iter().filter(|cell| {
        cell.modifier.contains(Modifier::REVERSED) && ["●", "▲"].contains(&cell.symbol())
    });
    let reversed = reversed.count();
    assert!((1..=wrong).contains(&reversed), "{reversed} {wrong}");
}

#[test]
fn the_legend_names_no_sample_when_it_says_what_wrong_ones_look_like() {
    for (size, says) in [
        ((80, 24), "boxed: wrong"),
        ((200, 60), "boxed: predicted wrong"),
    ] {
        let mut screen = on_map("", size);
        let text = screen.text();
        assert!(text.contains(says) && !text.contains("A wrong"), "{text}");
        let boxed = screen
            .draw()
            .content()
            .iter()
            .filter(|cell| cell.bg == LINE);
        assert_eq!(boxed.filter(|cell| cell.symbol() == "x").count(), 1);
        screen.draw_with(Appearance {
            colors: Colors::Sixteen,
            glyphs: Glyphs::Unicode,
        });
        let text = screen.text();
        assert!(text.contains(&says.replace("boxed", "reversed")), "{text}");
        let cells = screen.draw().content().iter();
        let reversed = cells.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        assert_eq!(reversed.filter(|cell| cell.symbol() == "v").count(), 1);
    }
}

/// The places on the map of some characters in neighbouring cells of a row.
fn found(screen: &mut TestScreen, symbols: &[&str]) -> Vec<(u16, u16)> {
    let buffer = screen.draw();
    let (area, _) = pixels(buffer);
    let cells = area.positions().filter(|at| {
        let beside = (at.x..).zip(symbols);
        let mut beside = beside.map(|(x, symbol)| (x < area.right(), x, symbol));
        beside.all(|(is_in, x, symbol)| is_in && buffer[(x, at.y)].symbol() == *symbol)
    });
    cells.map(|at| (at.x - area.x, at.y - area.y)).collect()
}

#[test]
fn a_cursor_outside_the_map_is_an_arrow_at_the_border_and_said_to_be_outside() {
    for size in [(80, 24), (40, 12), (120, 40)] {
        let mut screen = on_map("", size);
        let width = pixels(screen.draw()).0.width;
        assert!(!screen.text().contains("outside"), "{}", screen.text());
        // Typed: more weight than on the map.
        screen.press('i');
        screen.press_ctrl('u');
        "900".chars().for_each(|c| {
            screen.press(c);
        });
        screen.press_code(KeyCode::Enter);
        screen.press('3');
        let arrows = found(&mut screen, &["[", "→", "]"]);
        assert!(
            matches!(arrows[..], [(x, _)] if x + 3 == width),
            "{arrows:?}\n{}",
            screen.text()
        );
        assert!(screen.text().contains("outside"), "{}", screen.text());
        // The cursor comes back, and what is typed keeps its sign.
        for _ in 0..8 {
            screen.press_code(KeyCode::Left);
        }
        assert_eq!(found(&mut screen, &["[", "→", "]"]), []);
        let typed = found(&mut screen, &["✚", "→"]);
        assert!(matches!(typed[..], [(x, _)] if x + 2 == width), "{typed:?}");
    }
}

#[test]
fn where_the_network_is_undecided_the_map_is_not_blank_and_the_legend_says_so() {
    for (options, name) in [
        ("--data spiral --hidden 4", "near 0.5: undecided"),
        ("--data penguins --hidden 4", " undecided"),
    ] {
        let mut screen = TestScreen::at_epoch_of(0, options);
        screen.tell(RunState::Paused);
        screen.press('3');
        assert!(screen.text().contains(name), "{}", screen.text());
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            screen.draw_with(Appearance {
                colors: Colors::None,
                glyphs,
            });
            let text = screen.text();
            assert!(
                text.contains("? near 0.5: undecided") || text.contains("? undecided"),
                "{text}"
            );
        }
        // Flat colours are all of one strength.
        screen.press('d');
        assert!(!screen.text().contains("undecided"), "{}", screen.text());
    }
}

#[test]
fn the_axis_below_a_map_has_two_numbers_whatever_the_length_of_its_name() {
    for options in ["", "--data penguins", "--data spiral --samples 40"] {
        for size in [(40, 12), (60, 20), (80, 24), (120, 40), (200, 60)] {
            for zooms in 0..4 {
                let mut screen = on_map(options, size);
                for _ in 0..zooms {
                    screen.press('>');
                }
                let (area, _) = pixels(screen.draw());
                let buffer = screen.draw();
                let line = (area.x..area.right()).map(|x| buffer[(x, area.bottom())].symbol());
                let numbers = line.filter(|symbol| *symbol == "┬").count();
                assert!(numbers > 1, "{options} {size:?}\n{}", screen.text());
            }
        }
    }
}
