//! The chart: what it shows, its mark, its legend.

mod lines;
mod newest_losses;
mod now;
mod titles;
mod weights;

use crossterm::event::KeyCode;
use nnscope::app::{Charted, Effect, Overview, Panel};
use nnscope::trainer::{Command, Destination, RunState};

use super::*;

/// The rows of the chart at 80×24, without borders.
fn chart(text: &str) -> Vec<String> {
    let rows = text.lines().skip(2).take(12);
    rows.map(|row| row.chars().skip(49).take(30).collect())
        .collect()
}

/// A run on the post's people that is trained for this many epochs with these options.
fn trained(options: &str, epochs: usize) -> TestScreen {
    let mut screen = TestScreen::new(options);
    for _ in 0..epochs {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    screen
}

#[test]
fn t_turns_through_everything_that_is_recorded_of_an_epoch() {
    let mut screen = TestScreen::at_epoch(140);
    for (title, shown) in [
        ("Loss (mse) 0.", "└ last 13 epochs ─"),
        ("Accuracy 100%", "100%┤"),
        ("Weights, biases", " b3"),
        ("Gradient size ", "mean of each epoch's steps"),
        ("Update, % of size ", "normal: 0.1%, less later"),
        ("Loss (mse) 0.", "└ last 13 epochs ─"),
    ] {
        let text = screen.text();
        assert!(
            text.contains(title) && text.contains(shown),
            "{title}\n{text}"
        );
        screen.press('t');
    }
    assert_eq!(screen.app.charted(), Charted::Quality);
}

#[test]
fn a_mark_reads_a_line_without_a_name_too() {
    for charted in [Charted::Loss, Charted::Quality] {
        let mut screen = TestScreen::at_epoch(140);
        screen.tell(RunState::Paused);
        while screen.app.charted() != charted {
            screen.press('t');
        }
        for key in ['<', '<'] {
            screen.press(key);
        }
        let epoch = screen.app.marked().unwrap();
        let curves = &screen.app.run().curves;
        let expected = match charted {
            Charted::Loss => format!("{:.4}", curves.training.at(epoch).unwrap().1.last),
            _ => format!(
                "{:.0}%",
                100.0 * curves.training_quality.at(epoch).unwrap().1.last
            ),
        };
        for size in [(80, 24), (80, 23), (120, 40), (200, 60)] {
            screen.resize(size.0, size.1);
            let text = screen.text();
            // The title has the present number, and an axis ticks.
            let is_read = text
                .lines()
                .any(|line| line.contains(&format!(" {expected}│")));
            assert!(is_read, "{expected}\n{text}");
        }
    }
}

#[test]
fn a_mark_reads_every_line_at_its_epoch_and_enter_goes_there() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press('t');
    screen.press('t');
    for key in [',', '<', '<', '.'] {
        screen.press(key);
    }
    let epoch = 301 - 1 - 3 - 2 * 30 + 3;
    assert_eq!(screen.app.marked(), Some(epoch));
    let there = TestScreen::at_epoch(epoch);
    let text = screen.text();
    assert!(
        text.contains(&format!("at epoch {epoch}: Enter goes there")),
        "{text}"
    );
    let parameters = there.app.run().network.parameters();
    for (name, value) in [
        ("w1", parameters[0]),
        ("w5", parameters[6]),
        ("b3", parameters[8]),
    ] {
        let value = format!("{value:+.2}").replace('-', "−");
        assert!(
            text.contains(&format!("{name} {value}")),
            "{name} {value}\n{text}"
        );
    }
    let effects = screen.press_code(KeyCode::Enter);
    let seek = Command::Seek(Destination::Epoch(epoch));
    assert!(
        matches!(&effects[..], [Effect::Train(command)] if format!("{command:?}") == format!("{seek:?}"))
    );
    assert_eq!(screen.app.run().network.parameters(), parameters);
    assert_eq!(screen.app.marked(), None);
    // Without a mark the key says how to make one; Esc removes one.
    screen.press_code(KeyCode::Enter);
    assert!(screen.text().contains("no epoch is marked"));
    screen.press('.');
    assert_eq!(screen.app.marked(), Some(epoch + 3));
    screen.press_code(KeyCode::Esc);
    assert_eq!(screen.app.marked(), None);
    for _ in 0..20 {
        screen.press('>');
    }
    assert_eq!(screen.app.marked(), Some(300));
}

#[test]
fn a_rate_that_is_changed_on_the_way_is_marked_on_the_curve_and_in_the_legend() {
    let mut screen = TestScreen::at_epoch(300);
    screen.set("learning rate", "0.3");
    let text = screen.text();
    assert!(text.contains("  learning rate 0.3 from here on"), "{text}");
    for _ in 0..100 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    let text = screen.text();
    let rows = chart(&text);
    assert!(rows[0].contains("◆ η 0.3 at 300"), "{text}");
    assert!(rows[1..].iter().any(|row| row.contains('◆')), "{text}");
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    let rows = chart(&screen.text());
    assert!(rows[0].contains("^ rate 0.3 at 300") && rows[1..].iter().any(|row| row.contains('^')));
}

#[test]
fn beside_another_run_the_change_on_the_way_is_named_in_a_narrow_legend_too() {
    let mut screen = TestScreen::at_epoch(100);
    screen.press(':');
    screen.type_text("50");
    screen.press_code(KeyCode::Enter);
    screen.set("learning rate", "0.2");
    screen.tell(RunState::Running);
    for _ in 0..50 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    let text = screen.text();
    let rows = chart(&text);
    assert!(rows[0].starts_with("B this run  ◆ η 0.2 at 50 "), "{text}");
    assert!(rows[1].starts_with("A learning rate 0.1 "), "{text}");
}

#[test]
fn runs_of_other_data_or_with_another_loss_are_counted_and_not_drawn() {
    let mut screen = TestScreen::at_epoch(300);
    for (setting, key) in [
        ("loss", KeyCode::Right),
        ("hidden activation", KeyCode::Right),
    ] {
        screen.open_setting(setting);
        screen.press_code(key);
        screen.press_code(KeyCode::Enter);
        screen.train_epoch();
        screen.tell(RunState::Paused);
    }
    assert_eq!(screen.app.runs().kept.len(), 2);
    assert_eq!(
        (
            screen.app.drawn_runs().count(),
            screen.app.incomparable_runs()
        ),
        (1, 1)
    );
    screen.resize(160, 60);
    let text = screen.text();
    assert!(text.contains("1 run not comparable (v)"), "{text}");
    assert!(
        text.contains("B hidden sigmoid") && !text.contains("A loss"),
        "{text}"
    );
}

#[test]
fn training_and_test_have_names_dashes_and_in_ascii_other_characters() {
    let mut screen = trained("--data penguins --test-fraction 0.3 --seed 1", 30);
    let text = screen.text();
    assert!(text.contains("train") && text.contains("test"), "{text}");
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    let text = screen.text();
    let rows = chart(&text);
    assert!(
        text.is_ascii() && text.contains("*=train") && text.contains("o=test"),
        "{text}"
    );
    assert!(rows.iter().any(|row| row.contains("***")), "{text}");
}

#[test]
fn in_ascii_the_legend_says_what_the_line_of_this_run_consists_of() {
    let mut screen = TestScreen::at_epoch(300);
    screen.press('R');
    for _ in 0..30 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    let text = screen.text();
    assert!(text.is_ascii() && text.contains("* B this run"), "{text}");
    let rows = chart(&text);
    assert!(
        rows.iter().any(|row| row.trim_end().ends_with("*B")),
        "{text}"
    );
    // No letter of a bias is that of a kept run.
    screen.press('t');
    screen.press('t');
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    let text = screen.text();
    assert!(text.contains("=w3") && !text.contains("a="), "{text}");
}

#[test]
fn beside_the_end_of_a_line_stands_the_number_of_its_end_or_none() {
    let mut screen = TestScreen::at_epoch(140);
    screen.resize(120, 40);
    let named = |screen: &mut TestScreen| {
        let text = screen.text();
        let labels = text
            .lines()
            .filter(|line| line.contains("  ││") && line.contains(" b3 "));
        labels.map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    assert!(
        named(&mut screen).contains(" b3 +1.62"),
        "{}",
        screen.text()
    );
    screen.press_code(KeyCode::Home);
    let text = screen.text();
    assert!(text.contains("viewing epoch 0 of 140"), "{text}");
    assert!(!text.contains(" b3 −0.61│"), "{text}");
}

#[test]
fn a_regression_has_r2_instead_of_accuracy() {
    let mut screen = trained("--data plane --samples 20 --seed 1", 5);
    screen.press('t');
    assert!(screen.text().contains("R² "));
    assert_eq!(
        chart(&screen.text())
            .iter()
            .filter(|row| row.contains('┤'))
            .count(),
        3
    );
}

#[test]
fn a_loss_near_0_is_not_drawn_below_the_number_0() {
    let mut screen = TestScreen::at_epoch(1000);
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        screen.resize(width, height);
        let text = screen.text();
        let is_lowest = |line: &&str| line.contains("│0.0┤") || line.contains("│0.00┤");
        let row = text.lines().find(is_lowest).unwrap();
        let dots = row.rsplit('┤').next().unwrap().chars();
        let dots: Vec<u32> = dots
            .map(u32::from)
            .filter(|c| (0x2801..0x2900).contains(c))
            .collect();
        // The dots of the lower half of a cell.
        assert!(
            !dots.is_empty() && dots.iter().all(|dots| dots & 0xe4 == 0),
            "{text}"
        );
    }
}

#[test]
fn a_chart_of_a_run_that_diverged_in_its_first_epoch_says_so() {
    let mut screen = TestScreen::new("--data plane --learning-rate 50 --seed 4");
    screen.tell(RunState::Diverged { epoch: 1 });
    for _ in 0..2 {
        let text = chart(&screen.text()).join(" ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        assert!(
            text.contains("In epoch 1, the loss") && text.contains("no curve"),
            "{text}"
        );
        screen.press('t');
    }
    // One that has a curve shows it.
    let mut screen = trained("--seed 42", 3);
    screen.tell(RunState::Diverged { epoch: 4 });
    assert!(!screen.text().contains("no curve"));
}

#[test]
fn a_legend_leaves_most_rows_of_a_low_chart_to_its_curves() {
    let mut screen = TestScreen::at_epoch(300);
    for _ in 0..6 {
        screen.press('R');
        for _ in 0..5 {
            screen.train_epoch();
        }
        screen.tell(RunState::Paused);
    }
    screen.press(',');
    let text = screen.text();
    let rows = chart(&text);
    let legend = rows
        .iter()
        .take_while(|row| !row.contains('│') && !row.contains('┤'));
    assert!((1..=2).contains(&legend.count()), "{text}");
    assert!(text.contains("(v)"), "{text}");
}
