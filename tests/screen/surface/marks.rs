//! What the map marks: samples that are predicted wrong, and the typed values.

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Glyphs, Held, Shown};
use nnscope::trainer::RunState;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::{LINE, on_map, pixels};
use crate::test_screen::TestScreen;

/// The colours of boxes: those of purple, pink, blue and orange.
const BOXES: [Color; 4] = [
    Color::Rgb(0xAF, 0x00, 0xFF),
    Color::Rgb(0xD7, 0x00, 0x87),
    Color::Rgb(0x3A, 0x86, 0xD8),
    Color::Rgb(0xC9, 0x6F, 0x00),
];

/// Whether a sample is drawn as one that is predicted wrong.
fn is_boxed(cell: &Cell) -> bool {
    cell.fg == LINE && BOXES.contains(&cell.bg)
}

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
        let boxed: Vec<_> = of_sign(true).filter(|cell| is_boxed(cell)).collect();
        assert!(boxed.iter().all(|cell| cell.bg == of_class), "{boxed:?}");
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
        ((80, 24), "solid: 1 wrong"),
        ((200, 60), "solid: 1 predicted wrong"),
    ] {
        let mut screen = on_map("", size);
        let text = screen.text();
        assert!(text.contains(says) && !text.contains("A wrong"), "{text}");
        let boxed = screen.draw().content().iter().filter(|cell| is_boxed(cell));
        assert_eq!(boxed.filter(|cell| cell.symbol() == "l").count(), 1);
        screen.draw_with(Appearance {
            colors: Colors::Sixteen,
            glyphs: Glyphs::Unicode,
        });
        let text = screen.text();
        let says = says.replace("solid", "reversed");
        assert!(text.contains(&says), "{text}");
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
        screen.press_code(KeyCode::Enter);
        screen.press('3');
        let arrows = found(&mut screen, &["(", "→", ")"]);
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
        assert_eq!(found(&mut screen, &["(", "→", ")"]), []);
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

/// The cells of the map with one of these signs, and how many of them are boxed.
fn marked(screen: &mut TestScreen, signs: &[&str]) -> [usize; 2] {
    let buffer = screen.draw().clone();
    let (area, _) = pixels(&buffer);
    let cells = area.positions().map(|position| &buffer[position]);
    let marks: Vec<_> = cells
        .filter(|cell| signs.contains(&cell.symbol()))
        .collect();
    let boxed = marks.iter().filter(|cell| is_boxed(cell)).count();
    [marks.len(), boxed]
}

/// The numbers in the line of the screen that has this text, from it on.
fn numbers(screen: &mut TestScreen, text: &str) -> Vec<usize> {
    let all = screen.text();
    let (_, after) = all
        .split_once(text)
        .unwrap_or_else(|| panic!("{text}\n{all}"));
    let line = after.lines().next().unwrap_or_default();
    let words = line.split(|c: char| !c.is_ascii_digit());
    words.filter_map(|word| word.parse().ok()).collect()
}

fn wrong_samples(screen: &TestScreen) -> usize {
    let run = screen.app.run();
    let outputs = run.outputs_of(&(0..run.dataset().len()).collect::<Vec<_>>());
    let (task, width) = (run.dataset().target.task(), run.dataset().target.outputs());
    let answers = outputs
        .chunks_exact(width)
        .map(|outputs| task.class(outputs));
    let answers = answers.enumerate();
    let wrong =
        answers.filter(|(sample, class)| *class != task.class(run.dataset().targets_of(*sample)));
    wrong.count()
}

#[test]
fn wrong_samples_come_first_and_the_legend_counts_them_and_those_that_are_boxed() {
    let options = "--data spiral --hidden 8,8 --activation tanh";
    let mut screen = TestScreen::at_epoch_of(120, options);
    screen.tell(RunState::Paused);
    screen.press('3');
    let wrong = wrong_samples(&screen);
    for size in [(80, 24), (120, 40), (150, 50)] {
        screen.resize(size.0, size.1);
        let [marks, boxed] = marked(&mut screen, &["●", "▲"]);
        // The cursor and the typed values hide up to four.
        let seen = numbers(&mut screen, "drawn: ");
        assert!(
            (marks..marks + 5).contains(&seen[0]),
            "{size:?} {seen:?} {marks}"
        );
        assert_eq!(seen[1], 500);
        let said = numbers(&mut screen, "solid: ");
        assert_eq!(said[0], wrong);
        let drawn = said.get(1).copied().unwrap_or(wrong);
        assert!((boxed..boxed + 5).contains(&drawn), "{said:?} {boxed}");
        // Where two of them share a cell, one is seen.
        assert!(2 * boxed > wrong, "{size:?} {boxed} {wrong}");
        assert!(marks > 100, "{size:?} {marks}");
    }
}

#[test]
fn what_signs_mean_is_not_cut_at_any_width() {
    for samples in [300, 500] {
        let options = format!("--data spiral --samples {samples}");
        let mut screen = TestScreen::at_epoch_of(20, &options);
        screen.press('3');
        for width in 70..=130 {
            screen.resize(width, 40);
            let text = screen.text();
            let whole = text.contains("✚ your input") && text.contains(" drawn ");
            assert!(whole, "{width} {text}");
        }
    }
}

#[test]
fn a_small_map_says_how_many_samples_it_has_room_for() {
    let mut screen = TestScreen::at_epoch_of(20, "--data spiral --hidden 8,8");
    screen.tell(RunState::Paused);
    screen.resize(120, 40);
    while !screen.text().contains("Map: ") {
        screen.press('m');
    }
    let [marks, _] = marked(&mut screen, &["●", "▲"]);
    let text = screen.text();
    assert!(
        text.contains(&format!(" {marks} of 500 ")),
        "{marks}\n{text}"
    );
}

#[test]
fn the_map_says_how_good_its_network_is_at_any_size() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        let mut screen = on_map("", size);
        let right = if size.0 > 40 { "right" } else { "" };
        let text = screen.text();
        assert!(text.contains("loss 0.") && text.contains(right), "{text}");
    }
    let mut screen = on_map("--data xor --samples 60 --test-fraction 0.5", (80, 24));
    let text = screen.text();
    assert!(
        text.contains("/30 right") && text.contains("test loss "),
        "{text}"
    );
}

#[test]
fn where_features_are_held_samples_are_said_to_be_judged_by_their_own_values() {
    let said = "by their own values";
    for size in [(80, 24), (120, 40)] {
        let text = on_map("--data penguins --hidden 4", size).text();
        assert!(text.contains(said), "{text}");
        assert!(!on_map("", size).text().contains(said));
    }
}

#[test]
fn the_target_and_the_prediction_of_the_chosen_sample_stand_beside_a_map_of_numbers() {
    let mut screen = on_map("--data plane --samples 40", (120, 40));
    for _ in 0..2 {
        let run = screen.app.run();
        let Shown::Sample(sample) = run.shown else {
            panic!("{:?}", run.shown);
        };
        let predicted = &run.predictions_for(sample..sample + 1).unwrap().outputs;
        let dataset = run.dataset();
        let actual = dataset.target.label(dataset.targets_of(sample));
        let predicted = dataset.label_of(predicted);
        let said = format!("#{}: actual {actual}, predicted {predicted}", sample + 1);
        let said = said.replace('-', "−");
        let text = screen.text();
        assert!(text.contains(&said), "{said}\n{text}");
        screen.press('1');
        screen.press_code(KeyCode::Down);
        screen.press('3');
    }
    assert!(!on_map("", (80, 24)).text().contains("actual"));
}
