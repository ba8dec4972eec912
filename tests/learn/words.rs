//! What a page says around its text: of the run beside it, of what a change does, and where other lessons are.

use crossterm::event::KeyCode;
use nnscope::app::PAGES;

use crate::page;
use crate::player::Player;

fn screen(player: &Player) -> String {
    player.lines((80, 24)).join("\n")
}

#[test]
fn the_list_of_lessons_is_named_at_80_columns_on_every_page() {
    for (index, page) in PAGES.iter().enumerate() {
        let player = Player::at_page(index);
        let border = player.lines((80, 24)).remove(21);
        assert!(border.contains("l list"), "{}: {border}", page.name);
    }
}

#[test]
fn a_change_says_that_steps_follow_only_where_there_are_steps() {
    for (name, is_stepping) in [("neuron", false), ("loss", false), ("down", true)] {
        let mut player = Player::at_page(page(name));
        player.skip_guess();
        player.key(KeyCode::Up);
        player.key(KeyCode::Enter);
        let shown = screen(&player);
        assert_eq!(shown.contains("from the next step"), is_stepping, "{shown}");
        assert_eq!(shown.contains("predictions follow at once"), !is_stepping);
    }
}

#[test]
fn a_lesson_about_a_network_alone_names_no_data() {
    for (index, page) in PAGES.iter().enumerate() {
        let header = Player::at_page(index).lines((120, 40)).remove(0);
        let is_named = header.contains("plane") || header.contains("people");
        if page.number() <= 7 {
            assert_eq!(is_named, page.number() > 2, "{}: {header}", page.name);
        }
    }
}

#[test]
fn the_question_stands_one_line_below_the_text() {
    for (index, page) in PAGES.iter().enumerate() {
        let lines = Player::at_page(index).lines((120, 40));
        // Panels may follow below it.
        let end = lines[2..].iter().position(|line| line.starts_with('└'));
        let column = lines[2..2 + end.unwrap()].iter().map(|line| {
            let text: String = line.chars().skip(1).take(56).collect();
            !text.trim().is_empty()
        });
        let column: Vec<bool> = column.collect();
        let last = column.iter().rposition(|is_text| *is_text).unwrap();
        let gap = column[..last].windows(2).any(|two| two == [false, false]);
        assert!(!gap, "{}:\n{}", page.name, lines.join("\n"));
    }
}

#[test]
fn a_variant_is_said_to_be_another_run_than_that_of_the_text() {
    let says = |player: &Player| screen(player).contains("The text is about the first run; this");
    for (name, has_figures) in [("saturated", true), ("overfitting", false)] {
        let mut player = Player::at_page(page(name));
        player.skip_guess();
        assert!(!says(&player), "{}", screen(&player));
        player.key(KeyCode::Enter);
        assert_eq!(says(&player), has_figures, "{}", screen(&player));
        player.type_keys("r");
        assert!(!says(&player), "{}", screen(&player));
    }
}

#[test]
fn the_letters_of_a_chart_are_explained_where_it_has_no_room_for_them() {
    let mut player = Player::at_page(page("overfitting"));
    player.skip_guess();
    player.train_to(30);
    assert!(!screen(&player).contains("is this run"));
    player.key(KeyCode::Enter);
    player.settle();
    let shown = screen(&player);
    assert!(shown.contains("On the chart, B is this run. A:"), "{shown}");
    assert!(shown.contains("l2 0."), "{shown}");
}

#[test]
fn a_large_window_has_all_panels_of_a_page_and_further_ones() {
    for (index, page) in PAGES.iter().enumerate() {
        let mut player = Player::at_page(index);
        player.skip_guess();
        let panels = |size| {
            let lines = player.lines(size);
            let corners = lines.iter().map(|line| line.matches('┌').count());
            (corners.sum::<usize>(), lines.join("\n"))
        };
        let (count, text) = panels((200, 60));
        let all = 1 + page.panels.len() + page.more.len();
        assert_eq!(count, all, "{}\n{text}", page.name);
        let (fewer, text) = panels((80, 24));
        assert!(fewer <= 1 + page.panels.len(), "{}\n{text}", page.name);
    }
}
