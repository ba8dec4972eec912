//! Lines and their names: every name can be followed to its line, also where lines end early or lie on one another.

use super::*;

/// The chart that `t` shows after these turns, alone.
fn chart_alone(mut screen: TestScreen, turns: usize) -> TestScreen {
    screen.tell(RunState::Paused);
    (0..turns).for_each(|_| drop(screen.press('t')));
    while screen.app.focused_panel() != Panel::Chart {
        screen.press('f');
    }
    screen.press('z');
    screen
}

/// A run that is longer than the one before it, which is kept.
fn longer_than_another() -> TestScreen {
    let mut screen = TestScreen::at_epoch(30);
    screen.press('R');
    for _ in 0..90 {
        screen.train_epoch();
    }
    screen
}

/// The rows of a chart, from its axis on, in which a run has its letter within the first half of the plot.
fn marked(text: &str, letter: char) -> Vec<String> {
    let inside = text.lines().filter_map(|row| row.strip_prefix('│'));
    let plot = inside.filter_map(|row| row.split_once(['┤', '│']));
    let rows = plot.filter(|(tick, row)| {
        let is_row = tick.chars().all(|c| !c.is_alphabetic() || c == 'e');
        is_row && row.chars().take(40).any(|cell| cell == letter)
    });
    rows.map(|(_, row)| row.to_owned()).collect()
}

#[test]
fn a_line_that_ends_early_has_the_letter_of_its_run_at_its_end() {
    for (turns, names) in [
        (0, &["A"][..]),
        (3, &["A h1, h2", "A o1"]),
        (4, &["A h1, h2", "A o1"]),
    ] {
        let mut screen = chart_alone(longer_than_another(), turns);
        let text = screen.text();
        let rows = marked(&text, 'A');
        assert_eq!(rows.len(), names.len(), "{turns}\n{text}");
        for name in names {
            assert!(text.contains(name), "{name}\n{text}");
        }
    }
    // One that reaches the end has none.
    let text = chart_alone(TestScreen::at_epoch(30), 3).text();
    assert!(marked(&text, 'A').is_empty(), "{text}");
}

#[test]
fn every_leader_of_a_run_that_ends_early_begins_where_its_line_ended() {
    let mut screen = chart_alone(longer_than_another(), 3);
    screen.resize(120, 40);
    let text = screen.text();
    let rows = marked(&text, 'A');
    assert!(!rows.is_empty(), "{text}");
    for row in rows {
        let after = row.rsplit('│').nth(1).unwrap();
        let dots = after.chars().next().map(u32::from);
        assert!(
            dots.is_some_and(|dots| (0x2801..0x2900).contains(&dots)),
            "{row}\n{text}"
        );
    }
}

#[test]
fn lines_that_lie_on_one_another_have_one_label_with_both_names() {
    let twins = || TestScreen::at_epoch_of(140, "--init zeros --loss cross-entropy");
    let mut screen = chart_alone(twins(), 2);
    let text = screen.text();
    for names in ["w1 & w3", "w2 & w4", "w5 & w6", "b1 & b2"] {
        assert_eq!(text.matches(&format!(" {names}")).count(), 1, "{text}");
    }
    assert!(text.contains(" b3 "), "{text}");
    // A number that is not the same has its own label.
    let numbers = |text: &str| text.matches(" & ").count();
    screen.press(',');
    assert_eq!(numbers(&screen.text()), 4, "{}", screen.text());
    screen.resize(200, 60);
    let text = screen.text();
    assert!(text.contains("w1 & w3 (one line)"), "{text}");
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    let text = screen.text();
    assert!(text.contains("1=w1 & w3"), "{text}");
    let mut screen = chart_alone(TestScreen::at_epoch(140), 2);
    assert!(!screen.text().contains(" & "), "{}", screen.text());
}

#[test]
fn a_run_that_trains_has_the_whole_axis_and_a_longer_kept_one_says_that_it_goes_on() {
    let mut screen = trained("--seed 42 --epochs 20", 100);
    screen.press('r');
    // The numbers of the axis.
    let axis = |screen: &mut TestScreen| {
        let rows = chart(&screen.text());
        let is_axis = |row: &&String| row.trim_start().starts_with("0 ");
        let row = rows.iter().find(is_axis).cloned();
        row.unwrap_or_else(|| panic!("{rows:?}"))
    };
    assert!(axis(&mut screen).contains("100"), "{}", screen.text());
    for _ in 0..10 {
        screen.train_epoch();
    }
    screen.tell(RunState::Running);
    let (row, text) = (axis(&mut screen), screen.text());
    assert!(row.contains("20") && !row.contains("100"), "{text}");
    for said in ["A identical, ends at 100", " A →"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    for _ in 0..90 {
        screen.train_epoch();
    }
    screen.tell(RunState::Running);
    let text = screen.text();
    assert!(
        !text.contains(" A →") && !text.contains("ends at"),
        "{text}"
    );
}
