//! What the map marks: samples that are predicted wrong, and the typed values.

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Glyphs, Held};
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
