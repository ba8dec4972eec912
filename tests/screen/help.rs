//! The words that help: the footer, the help with its two pages, and what the status line says about the run.

use crossterm::event::KeyCode;
use nnscope::app::keymap::{self, Context};
use nnscope::app::{Appearance, Colors, GESTURES, Glyphs, Message, Overlay, SIGNS, View};
use nnscope::trainer::{Event, RunState};
use strum::VariantArray;

use super::test_screen::TestScreen;

fn footer(screen: &mut TestScreen) -> String {
    let text = screen.text();
    text.lines().last().unwrap().trim_end().to_owned()
}

#[test]
fn the_footer_says_what_can_be_done_now_most_used_first() {
    let mut screen = TestScreen::at_epoch(0);
    let rest = "s step  n epoch  [ ] time  i try  e setup  Tab view  ? help  q quit";
    assert_eq!(footer(&mut screen), format!("space pause  {rest}"));
    screen.tell(RunState::Paused);
    assert_eq!(footer(&mut screen), format!("space run  {rest}"));
    screen.tell(RunState::Diverged { epoch: 0 });
    assert!(!footer(&mut screen).contains("space"));
    screen.tell(RunState::Paused);
    screen.press('2');
    for next in ["stage 2", "stage 3", "stage 4"] {
        let backprop = rest.replace("epoch", next);
        assert_eq!(footer(&mut screen), format!("space run  {backprop}"));
        screen.press_and_obey(KeyCode::Char('n'));
    }
    assert!(footer(&mut screen).contains("  n next  [ ] time"));
}

#[test]
fn the_help_shows_every_key_and_every_sign_in_windows_of_any_size() {
    for (width, height) in [(40, 12), (80, 23), (120, 40)] {
        for &view in View::VARIANTS {
            let mut screen = TestScreen::at_epoch(0);
            screen.resize(width, height);
            screen.press(view.key());
            if view == View::Learn {
                // The guess takes the keys first.
                screen.press_code(KeyCode::Enter);
            }
            screen.press('?');
            let keys = keymap::heard_in(screen.app.view_context()).map(|row| row.help);
            let mouse = GESTURES.iter().map(|(_, text)| *text);
            let keys: Vec<&str> = keys.chain(mouse).collect();
            expect_all(&mut screen, &keys);
            screen.press_code(KeyCode::Tab);
            let meanings: Vec<&str> = SIGNS.iter().map(|sign| sign.meaning).collect();
            expect_all(&mut screen, &meanings);
        }
    }
}

/// Goes through the entries of the help: each is selected in turn, visible, and counted.
fn expect_all(screen: &mut TestScreen, texts: &[&str]) {
    for (index, text) in texts.iter().enumerate() {
        let shown = screen.text();
        let count = format!("{} of {}", index + 1, texts.len());
        assert!(shown.contains(&count), "{count}\n{shown}");
        let first = text.split(' ').next().unwrap();
        let columns = shown.lines().flat_map(|line| {
            let middle = line.chars().count() / 2;
            let right: String = line.chars().skip(middle).collect();
            [line.trim_start().to_owned(), format!("│{right}")]
        });
        let selected = columns.into_iter().find(|line| line.contains("│› "));
        assert!(
            selected.is_some_and(|line| line.contains(first)),
            "{text}\n{shown}"
        );
        screen.press_code(KeyCode::Down);
    }
}

#[test]
fn the_help_has_headings_and_two_columns_where_there_is_room() {
    let mut screen = TestScreen::at_epoch(0);
    screen.press('?');
    assert!(screen.text().contains("│ Run and step"));
    let all = keymap::heard_in(Context::View(View::Train)).count() + GESTURES.len();
    for (code, selected) in [
        (KeyCode::PageDown, 19),
        (KeyCode::PageUp, 1),
        (KeyCode::End, all),
        (KeyCode::Home, 1),
    ] {
        screen.press_code(code);
        let count = format!(" {selected} of {all}");
        assert!(screen.text().contains(&count), "{}", screen.text());
    }
    screen.resize(160, 30);
    let text = screen.text();
    assert!(
        text.contains("Run and step") && text.contains("Program"),
        "{text}"
    );
    let first = text.lines().find(|line| line.contains("space  ")).unwrap();
    assert!(first.trim().len() > 100, "{first}");
}

#[test]
fn signs_are_in_ascii_where_there_is_nothing_else() {
    let mut screen = TestScreen::at_epoch(0);
    screen.draw_with(Appearance {
        colors: Colors::None,
        glyphs: Glyphs::Ascii,
    });
    screen.press('?');
    screen.press_code(KeyCode::Tab);
    for _ in 0..4 {
        assert!(screen.text().is_ascii(), "{}", screen.text());
        screen.press_code(KeyCode::PageDown);
    }
}

#[test]
fn the_status_line_says_what_a_teacher_would() {
    let mut screen = TestScreen::at_epoch(0);
    screen.begin_with(&[0.0; 9]);
    screen.tell(RunState::Running);
    let twins = "h1 and h2 have equal weights, and stay equal";
    assert!(screen.text().contains(twins), "{}", screen.text());
    screen.tell(RunState::Paused);
    assert!(
        screen
            .text()
            .contains("paused at epoch 0 – h1 and h2 are equal and stay so")
    );

    let mut screen = TestScreen::new("--activation relu --seed 42");
    screen.begin_with(&[1.0, 0.0, 1.0, 0.0, -30.0, 0.0, 1.0, 1.0, 0.0]);
    screen.tell(RunState::Running);
    assert!(
        screen.text().contains("h1 is dead; R tries another seed"),
        "{}",
        screen.text()
    );
    screen.resize(200, 60);
    let wide = screen.text();
    let ways = "R tries another seed, e a smaller learning rate or leaky-relu";
    assert!(wide.contains(ways), "{wide}");
}

#[test]
fn a_page_of_the_help_is_what_the_window_shows() {
    let selected = |screen: &mut TestScreen| {
        let text = screen.text();
        let line = text.lines().find(|line| line.contains("; Tab:")).unwrap();
        let (_, count) = line.split_once(" key ").unwrap();
        let number = count.split(' ').next().unwrap();
        number.parse::<usize>().unwrap()
    };
    for size in [(80, 24), (80, 40)] {
        let mut screen = TestScreen::at_epoch(3);
        screen.resize(size.0, size.1);
        screen.press('?');
        assert_eq!(selected(&mut screen), 1);
        let page = screen.regions().seen().list.unwrap();
        assert!(page > 12, "{page}");
        screen.press_code(KeyCode::PageDown);
        assert_eq!(selected(&mut screen), 1 + page);
    }
}

#[test]
fn a_question_mark_in_a_field_for_numbers_opens_the_help() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press('i');
    screen.press('?');
    assert!(screen.text().contains("Help: keys"), "{}", screen.text());
    screen.press_code(KeyCode::Esc);
    screen.press('7');
    assert_eq!(screen.app.run().prediction.fields[0].text.text(), "7");
    // A word may have one.
    let mut screen = TestScreen::with_data("penguins");
    screen.press('w');
    screen.press('?');
    assert!(!screen.text().contains("Help: keys"));
}

#[test]
fn in_the_settings_a_question_mark_opens_the_help_except_where_it_can_be_typed() {
    let help = "Help: keys";
    for (name, is_text) in [
        ("learning rate", false),
        ("hidden activation", false),
        ("hidden layer sizes", false),
        ("dataset", true),
        ("inputs", true),
    ] {
        let mut screen = TestScreen::at_epoch(20);
        screen.open_setting(name);
        for typed in ["", "5"] {
            typed.chars().for_each(|c| drop(screen.press(c)));
            screen.press('?');
            assert_eq!(screen.text().contains(help), !is_text, "{name} {typed}");
            if is_text {
                screen.press_code(KeyCode::F(1));
                assert!(screen.text().contains(help), "{name}");
            }
            // Closing it leads back to the settings as they were.
            screen.press_code(KeyCode::Esc);
            assert!(!screen.text().contains(help), "{name}");
            assert!(
                matches!(screen.app.overlay(), Overlay::Settings(_)),
                "{name}"
            );
        }
    }
}

/// The columns of the help, a row each; none if it has only one.
fn columns(screen: &mut TestScreen) -> [Vec<String>; 2] {
    let text = screen.text();
    let rows = text
        .lines()
        .filter(|line| line.starts_with('│') && line.ends_with('│'));
    let halves = rows.map(|row| {
        let row: Vec<char> = row.chars().collect();
        let (left, right) = row.split_at(row.len() / 2);
        [left[1..].iter().collect(), right.iter().collect()]
    });
    let halves: Vec<[String; 2]> = halves.collect();
    [0, 1].map(|column| halves.iter().map(|half| half[column].clone()).collect())
}

#[test]
fn no_entry_of_the_help_is_divided_between_two_columns() {
    for size in [(120, 40), (120, 31), (120, 30), (120, 24), (124, 36)] {
        let mut screen = TestScreen::at_epoch(0);
        screen.resize(size.0, size.1);
        screen.press('?');
        for page in [0, 1] {
            for entry in 0..SIGNS.len() {
                let columns = columns(&mut screen);
                assert!(columns[0].len() > 12, "{}", screen.text());
                for column in &columns {
                    // A mark and a blank are before a sign.
                    let begins = |row: &String| row.chars().nth(2).is_some_and(|sign| sign != ' ');
                    assert!(
                        begins(&column[0]),
                        "{size:?} {page} {entry}\n{}",
                        screen.text()
                    );
                }
                screen.press_code(KeyCode::Down);
            }
            screen.press_code(KeyCode::Tab);
        }
    }
}

#[test]
fn a_notice_moves_no_row_of_an_overlay() {
    for size in [(80, 24), (120, 40)] {
        for key in ['?', 'e', 'v', 'S'] {
            let mut screen = TestScreen::at_epoch(3);
            screen.resize(size.0, size.1);
            screen.press(key);
            let text = |screen: &mut TestScreen| {
                let text = screen.text();
                let rows = text.lines().take(usize::from(size.1) - 2);
                rows.map(str::to_owned).collect::<Vec<_>>()
            };
            let before = text(&mut screen);
            let refused = Event::SeekRefused("no memory for it".to_owned());
            screen.update(Message::Trainer(refused));
            assert!(screen.app.notice().is_some());
            assert_eq!(text(&mut screen), before, "{key}");
        }
    }
}
