//! Earlier runs: on the chart, in their panel, and resumed.

use crossterm::event::KeyCode;
use nnscope::app::{Effect, Overlay};
use nnscope::trainer::{Origin, RunState};
use nnscope::ui::Theme;
use ratatui::style::Modifier;

use super::*;

/// A run that went back from epoch 300 to 200 and continued to 400 with another learning rate.
fn branched() -> TestScreen {
    let mut screen = TestScreen::at_epoch(300);
    for c in ":200\n".chars() {
        screen.press_code(if c == '\n' {
            KeyCode::Enter
        } else {
            KeyCode::Char(c)
        });
    }
    screen.open_setting("learning rate");
    screen.type_text("0.3");
    let text = screen.text();
    assert!(
        text.contains("Enter continues from epoch 200 with this"),
        "{text}"
    );
    screen.press_code(KeyCode::Enter);
    screen.tell(RunState::Paused);
    for _ in 0..200 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    screen
}

#[test]
fn a_change_in_the_past_keeps_the_old_run_on_the_chart_with_its_difference() {
    let mut screen = branched();
    let kept = &screen.app.runs().kept;
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].letter, screen.app.runs().letter), ('A', 'B'));
    assert_eq!(kept[0].view.curves.training.epochs(), 301);
    assert_eq!(screen.app.run().curves.training.epochs(), 401);
    screen.resize(120, 40);
    let text = screen.text();
    let own = format!(
        "B this run: learning rate {}",
        screen.app.run().config().learning_rate
    );
    for expected in [&*own, "A learning rate 0.1", "epoch 400"] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // Its letter is at the end of its curve.
    assert!(
        text.lines()
            .any(|line| line.contains("│") && line.contains('A') && !line.contains("A l"))
    );
}

#[test]
fn curves_are_distinct_without_colour_and_in_ascii() {
    let mut screen = branched();
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    screen.press('y');
    screen.resize(120, 60);
    let text = screen.text();
    assert!(text.is_ascii());
    let chart: String = text
        .lines()
        .flat_map(|line| line.chars().skip(72))
        .collect();
    assert!(chart.contains("aa") && chart.contains("**"), "{text}");
}

#[test]
fn the_panel_lists_shows_hides_and_deletes_runs() {
    let mut screen = branched();
    screen.press('v');
    let text = screen.text();
    for expected in [
        "B   current",
        "A   plotted",
        "learning rate 0.1",
        "400",
        "100%",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    screen.press(' ');
    assert!(screen.text().contains("A   hidden"));
    assert_eq!(screen.app.drawn_runs().count(), 0);
    screen.press(' ');
    screen.press('d');
    screen.press('y');
    assert!(screen.app.runs().kept.is_empty());
    assert!(screen.text().contains("No earlier runs yet"));
    // Without runs, these keys do nothing.
    for c in [' ', 'd', 'j', 'k'] {
        assert!(screen.press(c).is_empty());
    }
    assert!(screen.press_code(KeyCode::Enter).is_empty());
    screen.press('v');
    assert_eq!(*screen.app.overlay(), Overlay::None);
}

#[test]
fn enter_resumes_a_run_as_it_was_and_keeps_the_present_one() {
    let mut screen = branched();
    let straight = TestScreen::at_epoch(300);
    screen.press('v');
    assert!(matches!(
        screen.press_code(KeyCode::Enter)[..],
        [Effect::Begin {
            origin: Origin::Past(..),
            ..
        }]
    ));
    let app = &screen.app;
    assert_eq!(
        app.run().network.parameters(),
        straight.app.run().network.parameters()
    );
    assert_eq!(
        app.run().training.position,
        straight.app.run().training.position
    );
    assert_eq!(app.run().curves, straight.app.run().curves);
    assert_eq!(app.run().config(), straight.app.run().config());
    assert_eq!((app.runs().letter, app.runs().kept[0].letter), ('A', 'B'));
    assert_eq!(app.runs().kept[0].view.curves.training.epochs(), 401);
    assert!(
        screen.text().contains("B learning rate 0.3"),
        "{}",
        screen.text()
    );

    // The other run can be resumed too, and its change is at the epoch where it was made.
    screen.press('v');
    screen.press_code(KeyCode::Enter);
    assert_eq!(screen.app.run().config().learning_rate, 0.3);
    assert_eq!(screen.session().position().epoch, 400);
    screen.press_code(KeyCode::Home);
    assert_eq!(screen.app.run().config().learning_rate, 0.1);
}

#[test]
fn a_restart_another_seed_and_applied_settings_keep_the_last_run() {
    let mut screen = TestScreen::at_epoch(30);
    screen.press('R');
    let text = screen.text();
    assert!(
        text.contains("previous run kept as A, this one is B (v to compare)"),
        "{text}"
    );
    for _ in 0..20 {
        screen.train_epoch();
    }
    screen.tell(RunState::Running);
    screen.turn_setting("hidden layer sizes");
    let letters: Vec<char> = screen
        .app
        .runs()
        .kept
        .iter()
        .map(|run| run.letter)
        .collect();
    assert_eq!(letters, ['A', 'B']);
    screen.resize(160, 60);
    let text = screen.text();
    assert!(
        text.contains("A hidden 2, seed 42") && text.contains("B hidden 2"),
        "{text}"
    );

    // A restart of the same run is not kept if it did not get as far.
    screen.press('v');
    screen.press('k');
    screen.press_code(KeyCode::Enter);
    screen.press('r');
    for _ in 0..10 {
        screen.train_epoch();
    }
    screen.tell(RunState::Running);
    let before = screen.app.runs().kept.len();
    screen.press('r');
    assert_eq!(screen.app.runs().kept.len(), before);
    assert!(!screen.text().contains("previous run kept"));
}

#[test]
fn networks_of_one_shape_and_other_activations_are_said_to_differ_in_either() {
    let mut screen = TestScreen::at_epoch(30);
    screen.turn_setting("hidden activation");
    screen.press('v');
    let text = screen.text();
    let said = "Networks that differ in shape or activation are not compared by weight.";
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_setting_with_which_no_step_was_made_names_no_run_and_keeps_no_second_one() {
    let mut screen = TestScreen::new("--optimizer sgd --seed 42");
    for optimizer in ["momentum", "adam"] {
        for _ in 0..10 {
            screen.train_epoch();
        }
        screen.tell(RunState::Paused);
        screen.set("optimizer", optimizer);
        screen.tell(RunState::Paused);
        screen.press('r');
    }
    for _ in 0..10 {
        screen.train_epoch();
    }
    screen.tell(RunState::Paused);
    let app = &screen.app;
    let differences = app.runs().kept.iter().map(|run| app.differences_of(run));
    assert_eq!(differences.collect::<Vec<_>>(), [["sgd"], ["momentum"]]);
    assert_eq!(app.own_differences(), ["adam"]);
}

#[test]
fn until_a_step_is_made_with_a_new_rate_the_runs_are_the_same_so_far() {
    let mut screen = TestScreen::at_epoch(30);
    for key in ":20".chars() {
        screen.press(key);
    }
    screen.press_code(KeyCode::Enter);
    screen.set("learning rate", "0.5");
    screen.tell(RunState::Paused);
    let text = screen.text();
    assert!(text.contains("A the same so far"), "{text}");
    screen.train_epoch();
    screen.tell(RunState::Paused);
    let text = screen.text();
    assert!(text.contains("A learning rate 0.1"), "{text}");
}

#[test]
fn six_runs_are_kept_and_a_run_at_epoch_0_is_not() {
    let mut screen = TestScreen::at_epoch(3);
    for _ in 0..9 {
        screen.press('R');
        screen.press('R');
        screen.train_epoch();
        screen.tell(RunState::Running);
    }
    assert_eq!(screen.app.runs().kept.len(), 6);
    let mut letters: Vec<char> = screen
        .app
        .runs()
        .kept
        .iter()
        .map(|run| run.letter)
        .collect();
    letters.push(screen.app.runs().letter);
    letters.sort_unstable();
    letters.dedup();
    assert_eq!(letters.len(), 7, "{letters:?}");
    for (width, height) in [(40, 12), (80, 24), (200, 60)] {
        screen.resize(width, height);
        screen.press('v');
        assert!(screen.text().contains("Runs"));
        screen.press_code(KeyCode::Esc);
    }
}

#[test]
fn a_weight_set_in_the_past_is_named_on_both_sides() {
    let mut screen = TestScreen::at_epoch(50);
    screen.press_code(KeyCode::Char('{'));
    screen.press('2');
    screen.press_code(KeyCode::Enter);
    screen.paste("2");
    screen.press_code(KeyCode::Enter);
    screen.tell(RunState::Paused);
    screen.press('v');
    let text = screen.text();
    assert!(
        text.contains("without ") && text.contains("=2 at 45"),
        "{text}"
    );
    screen.press_code(KeyCode::Enter);
    screen.press('v');
    assert!(screen.text().contains("=2 at 45"), "{}", screen.text());
}

#[test]
fn the_legend_names_the_runs_that_it_leaves_out_and_takes_no_style_from_the_curves() {
    let mut screen = TestScreen::at_epoch(300);
    for _ in 0..6 {
        screen.press('R');
        screen.train_epoch();
        screen.tell(RunState::Running);
    }
    let text = screen.text();
    let (before, _) = text.split_once(" (v)").unwrap();
    let (_, left_out) = before.rsplit_once('+').unwrap();
    let legend: String = text.lines().skip(2).take(3).collect();
    // The present run has one too.
    let entries = legend.matches(" seed 4").count() - 1;
    assert!(entries > 0, "{text}");
    let letters: Vec<String> = ('A'..='F').map(String::from).collect();
    assert_eq!(left_out, letters[..6 - entries].join(", "), "{text}");
    let buffer = screen.draw().clone();
    for (y, line) in (0..).zip(text.lines()).skip(1) {
        let Some(start) = line.rfind(" seed 4") else {
            continue;
        };
        let start = u16::try_from(line[..start].chars().count()).unwrap();
        for x in start..start + 8 {
            let style = buffer[(x, y)].style();
            assert!(
                style.add_modifier == Modifier::DIM,
                "{x}, {y}: {style:?}\n{text}"
            );
        }
    }
}

#[test]
fn runs_are_told_apart_without_the_colours_of_signs() {
    let mut screen = branched();
    screen.resize(120, 40);
    let theme = Theme(screen.app.appearance());
    let signs = [theme.positive().fg, theme.negative().fg];
    for letter in 'A'..='H' {
        assert!(!signs.contains(&theme.run(letter).fg), "{letter}");
    }
    let kept = screen.style_of("A learning rate 0.1");
    assert_eq!(kept.fg, theme.run('A').fg);
    // Seen on a projector.
    assert!(!theme.run('A').add_modifier.contains(Modifier::DIM));
    assert_ne!(theme.run('A'), theme.run('B'));
}

#[test]
fn a_run_is_said_to_be_kept_only_if_it_will_be() {
    for (epoch, is_kept) in [(0, false), (1, true)] {
        let mut screen = TestScreen::at_epoch(epoch);
        assert_eq!(screen.app.run().is_worth_keeping(), is_kept);
        screen.open_setting("seed");
        screen.press_code(KeyCode::Right);
        let text = screen.panel_text();
        assert!(text.contains("Enter restarts with seed"), "{text}");
        assert_eq!(
            text.contains("This run is kept (v lists it)."),
            is_kept,
            "{text}"
        );
    }
}

#[test]
fn from_the_list_of_runs_a_sweep_is_one_key_away() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press('v');
    assert!(screen.text().contains("S sweep"), "{}", screen.text());
    screen.press('S');
    assert!(matches!(screen.app.overlay(), Overlay::Sweep));
}

#[test]
fn the_key_that_needs_room_is_offered_in_the_first_frame_that_has_it() {
    let mut screen = TestScreen::at_epoch(30);
    screen.press('R');
    screen.train_epoch();
    screen.press('v');
    for (columns, is_there) in [(120, false), (160, true), (159, false), (200, true)] {
        screen.resize(columns, 40);
        let text = screen.text();
        let footer = text.lines().last().unwrap();
        assert_eq!(footer.contains("c compare"), is_there, "{columns}\n{text}");
    }
}

#[test]
fn a_run_left_within_an_epoch_is_resumed_with_its_last_steps() {
    let mut screen = TestScreen::at_epoch(30);
    screen.step_sample();
    screen.step_sample();
    screen.tell(RunState::Paused);
    let left = screen.app.run().network.parameters().to_vec();
    screen.press('R');
    screen.train_epoch();
    screen.tell(RunState::Paused);
    screen.press('v');
    screen.press_code(KeyCode::Enter);
    screen.press_code(KeyCode::End);
    assert_eq!(screen.app.run().network.parameters(), left);
    assert!(!screen.app.run().is_behind());
}
