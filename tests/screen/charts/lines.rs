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

#[test]
fn the_name_of_a_line_that_ends_early_is_tied_to_its_end() {
    for (turns, names) in [
        (0, &["A"][..]),
        (3, &["A h1, h2", "A o1"]),
        (4, &["A h1, h2", "A o1"]),
    ] {
        for (glyphs, tie) in [(Glyphs::Unicode, "· · · · "), (Glyphs::Ascii, ". . . . ")] {
            let mut screen = chart_alone(longer_than_another(), turns);
            screen.draw_with(Appearance {
                colors: Colors::None,
                glyphs,
            });
            let text = screen.text();
            let tied = text.lines().filter(|row| row.contains(tie));
            assert_eq!(tied.count(), names.len(), "{turns}\n{text}");
            for name in names {
                assert!(text.contains(name), "{name}\n{text}");
            }
        }
    }
    // One that reaches the end is not.
    let text = chart_alone(TestScreen::at_epoch(30), 3).text();
    assert!(!text.contains("· ·"), "{text}");
}

#[test]
fn every_leader_of_a_run_that_ends_early_begins_where_its_line_ended() {
    let mut screen = chart_alone(longer_than_another(), 3);
    screen.resize(120, 40);
    let text = screen.text();
    let led = text.lines().filter(|row| row.contains("· ·"));
    let after = led.map(|row| row.rsplit('·').next().unwrap().to_owned());
    for row in after {
        let mut cells = row.chars().skip_while(|cell| *cell == ' ');
        assert_eq!(cells.next(), Some('│'), "{text}");
        let dots = cells.next().map(u32::from);
        assert!(
            dots.is_some_and(|dots| (0x2801..0x2900).contains(&dots)),
            "{text}"
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
