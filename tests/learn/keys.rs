//! What keys do on a page, and what the screen says of them.

use crossterm::event::KeyCode;
use nnscope::app::keymap::{self, Context};
use nnscope::app::{Focus, Guessed, Handle, Hints, LessonPanel, Overlay, PAGES, Practice, View};

use crate::page;
use crate::player::Player;

const SMALL: (u16, u16) = (80, 24);

fn screen(player: &Player, size: (u16, u16)) -> String {
    player.lines(size).join("\n")
}

fn footer(player: &Player) -> String {
    player.lines((200, 24)).remove(23)
}

#[test]
fn a_page_without_training_trains_by_no_key() {
    for (index, page) in PAGES.iter().enumerate() {
        let mut player = Player::at_page(index);
        player.skip_guess();
        let footer = footer(&player);
        let says = |text| footer.contains(text);
        let is_trained = page.practice != Practice::Nothing;
        assert_eq!(says("space run"), is_trained, "{}: {footer}", page.name);
        assert_eq!(says("s step"), is_trained, "{}: {footer}", page.name);
        assert_eq!(says("speed"), is_trained, "{}: {footer}", page.name);
        assert_eq!(says("n stage 2"), page.practice == Practice::Stages);
        assert_eq!(says("n epoch"), page.practice == Practice::Epochs);
        if !is_trained {
            player.type_keys(" sn]");
            player.settle();
            let position = player.app.run().training.position;
            assert_eq!((position.epoch, position.step), (page.stand.epoch, 0));
            assert_eq!(player.app.notice(), Some("nothing to train in this lesson"));
        }
    }
}

#[test]
fn no_panel_of_a_page_names_a_key_that_does_nothing_there() {
    for index in 0..PAGES.len() {
        let mut player = Player::at_page(index);
        player.skip_guess();
        for size in [SMALL, (120, 40), (200, 60)] {
            let shown = screen(&player, size);
            for foreign in ["formula of a neuron", "i try", " m •", ": v"] {
                assert!(!shown.contains(foreign), "{foreign}:\n{shown}");
            }
        }
    }
    let mut player = Player::at_page(page("neuron"));
    player.skip_guess();
    player.key(KeyCode::Up);
    player.key(KeyCode::Enter);
    assert!(!screen(&player, SMALL).contains("undoes"));
    // The same panels name them where they work.
    let own = screen(&Player::new("--seed 42"), SMALL);
    for key in ["i try", "m •···", "t → score", "a → names"] {
        assert!(own.contains(key), "{key}:\n{own}");
    }
}

#[test]
fn the_chart_turns_and_formulas_scroll() {
    let mut player = Player::at_page(page("steps"));
    player.skip_guess();
    assert!(screen(&player, SMALL).contains("t → score"));
    player.type_keys("t");
    assert!(!screen(&player, SMALL).contains(" Loss"));
    let mut player = Player::at_page(page("down"));
    player.skip_guess();
    player.type_keys("nn");
    player.settle();
    player.key(KeyCode::PageUp);
    let before = screen(&player, SMALL);
    assert!(before.contains("(PgDn)"), "{before}");
    player.key(KeyCode::PageDown);
    assert_ne!(before, screen(&player, SMALL));
    for (index, page) in PAGES.iter().enumerate() {
        let mut player = Player::at_page(index);
        player.skip_guess();
        player.type_keys("t");
        let has_chart = page.panels.contains(&LessonPanel::Chart);
        assert_eq!(player.app.notice().is_none(), has_chart, "{}", page.name);
    }
}

#[test]
fn a_key_of_another_view_says_that_it_is_not_one_of_the_lessons() {
    for open in [false, true] {
        for key in "woRSuimvgpzf".chars() {
            let mut player = Player::at_page(page("loss"));
            if !open {
                player.skip_guess();
            }
            player.type_keys(&key.to_string());
            let says = player.app.notice();
            // Esc leaves an open guess first.
            let way = if open { "Tab" } else { "Esc" };
            let said = format!("not in lessons – {way} goes back to your run");
            assert_eq!(says, Some(&*said), "{key}");
            player.key(if open { KeyCode::Tab } else { KeyCode::Esc });
            assert!(player.app.scene().is_none(), "{key}");
        }
    }
}

#[test]
fn the_status_line_of_a_page_names_no_key_that_does_nothing_there() {
    let status = |player: &Player| player.lines((200, 24)).remove(22);
    let mut player = Player::at_page(page("predict"));
    for _ in 0..2 {
        let says = status(&player);
        assert!(
            says.contains("finished") && !says.contains("space"),
            "{says}"
        );
        player.skip_guess();
    }
    let mut player = Player::at_page(page("overfitting"));
    player.key(KeyCode::Enter);
    player.wait_for("overfitting", |app| {
        app.run().training.position.epoch == 300
    });
    player.type_keys("t");
    let says = status(&player);
    assert!(
        says.contains("space trains more") && says.contains("l2"),
        "{says}"
    );
    assert!(!says.contains("(e)") && !says.contains("– e "), "{says}");
}

#[test]
fn a_skipped_guess_shows_its_answer_and_it_stays() {
    let guessed = PAGES
        .iter()
        .enumerate()
        .filter(|(_, page)| page.guess.is_some());
    for (index, page) in guessed {
        let skip: &[KeyCode] = [&[KeyCode::Enter; 2][..], &[KeyCode::Esc]][index % 2];
        let mut player = Player::at_page(index);
        skip.iter().for_each(|key| player.key(*key));
        assert_eq!(player.app.scene().unwrap().guess, Guessed::Nothing);
        player.wait_for(page.name, |app| app.guess_answer().is_some());
        let answer = player.app.guess_answer().unwrap();
        let text = nnscope::ui::number::figure(answer, 4);
        let shown = screen(&player, SMALL);
        assert!(shown.contains(&format!("{text}.")), "{text}:\n{shown}");
    }
    let mut player = Player::at_page(page("down"));
    player.skip_guess();
    let answer = player.app.guess_answer();
    player.type_keys("nnn");
    player.settle();
    assert_eq!(player.app.guess_answer(), answer);
}

#[test]
fn what_is_no_part_of_a_number_is_a_key_of_the_page() {
    let mut player = Player::at_page(page("loss"));
    let footer = footer(&player);
    for entry in ["Enter guess", "Esc skip", "h hint", "? help", "q quit"] {
        assert!(footer.contains(entry), "{entry}: {footer}");
    }
    assert!(!screen(&player, SMALL).contains("Enter changes"));
    player.type_keys("h");
    assert_eq!(player.app.scene().unwrap().hints, Hints::Nudge);
    player.type_keys("?");
    assert!(screen(&player, SMALL).contains("Help"));
    player.type_keys("?-2.5e-1");
    assert_eq!(player.app.focus(), Focus::Guess);
    player.key(KeyCode::Enter);
    assert_eq!(player.app.scene().unwrap().guess, Guessed::Made(-0.25));
    assert!(screen(&player, SMALL).contains("Enter changes"));
    // What is no number is not taken.
    let mut player = Player::at_page(page("loss"));
    player.type_keys("1-");
    player.key(KeyCode::Enter);
    assert_eq!(player.app.notice(), Some("1- is not a number"));
    assert_eq!(player.app.focus(), Focus::Guess);
    player.key(KeyCode::Esc);
    assert_eq!(player.app.scene().unwrap().guess, Guessed::Nothing);
}

#[test]
fn every_key_of_a_page_but_those_of_a_number_works_while_a_guess_is_open() {
    let player = Player::at_page(page("neuron"));
    let works: Vec<_> = player.app.rows().map(|row| row.action).collect();
    for row in keymap::heard_in(Context::View(View::Learn)) {
        let is_shadowed = row.keys.iter().any(|key| {
            let key = key.to_string();
            [
                "Enter", "Esc", "Left", "Right", "Home", "End", "1", "2", "3", "4", "-", "+",
            ]
            .contains(&&*key)
        });
        assert!(is_shadowed || works.contains(&row.action), "{:?}", row.keys);
    }
}

#[test]
fn an_input_that_is_no_number_says_so_and_is_restored() {
    for name in ["neuron", "network", "predict"] {
        let mut player = Player::at_page(page(name));
        player.skip_guess();
        while !matches!(player.app.handle(), Some(Handle::Input(_))) {
            player.key(KeyCode::Down);
        }
        let before = screen(&player, SMALL);
        player.key(KeyCode::Enter);
        player.type_keys("abc");
        let shown = screen(&player, SMALL);
        assert!(
            shown.contains("= abc") || shown.contains("= [abc"),
            "{shown}"
        );
        let notice = player.app.notice().unwrap().to_owned();
        assert!(notice.ends_with("Esc restores"), "{notice}");
        assert!(shown.contains(&notice), "{shown}");
        player.key(KeyCode::Enter);
        assert_eq!(player.app.focus(), Focus::Prediction);
        player.key(KeyCode::Esc);
        assert_eq!(player.app.notice(), None);
        assert_eq!(screen(&player, SMALL), before);
    }
}

#[test]
fn a_small_window_shows_the_text_first_and_loses_nothing() {
    for (index, page) in PAGES.iter().enumerate() {
        let mut player = Player::at_page(index);
        let first = screen(&player, (40, 12));
        let text = player
            .app
            .scene()
            .unwrap()
            .text(nnscope::ui::number::figure);
        let text = text.join(" ");
        let word = text.split_whitespace().next().unwrap();
        assert!(first.contains(word), "{first}");
        assert!(first.contains("(PgDn)"), "{first}");
        let mut all = first;
        for _ in 0..20 {
            player.key(KeyCode::PageDown);
            all += &screen(&player, (40, 12));
        }
        for goal in page.goals {
            for word in goal.text.split_whitespace() {
                assert!(all.contains(word), "{word}:\n{all}");
            }
        }
        assert!(page.guess.is_none() || all.contains("Your guess:"), "{all}");
        player.key(KeyCode::PageUp);
        if player.app.focus() == Focus::Guess {
            // A field that is typed into is seen.
            for _ in 0..30 {
                player.key(KeyCode::PageUp);
            }
            player.type_keys("7");
            assert!(screen(&player, (40, 12)).contains("Your guess:"));
        }
    }
}

#[test]
fn an_output_without_a_class_in_its_story_has_only_its_name() {
    for name in ["neuron", "network"] {
        for size in [SMALL, (120, 40), (200, 60)] {
            let shown = screen(&Player::at_page(page(name)), size);
            assert!(shown.contains("o1") && !shown.contains("blue"), "{shown}");
        }
    }
}

#[test]
fn up_and_down_go_through_all_that_a_page_lets_change_also_from_a_field() {
    let mut player = Player::at_page(page("neuron"));
    player.skip_guess();
    // The first is the bias, and after the last is the first.
    player.key(KeyCode::Down);
    player.key(KeyCode::Enter);
    let mut seen = Vec::new();
    for _ in 0..player.app.handles() {
        seen.push((player.app.handle(), player.app.focus()));
        player.key(KeyCode::Down);
    }
    let handles: Vec<_> = seen.iter().filter_map(|(handle, _)| *handle).collect();
    let [x1, x2] = [0, 1].map(Handle::Input);
    let [w1, w2, b1] = [0, 1, 2].map(Handle::Parameter);
    assert_eq!(handles, [x1, x2, w1, w2, b1]);
    let typed = seen.iter().filter(|(_, focus)| *focus == Focus::Prediction);
    assert_eq!(typed.count(), 2);
    // What is typed next is a value too, never a key of the page.
    player.key(KeyCode::Up);
    assert!(matches!(player.app.overlay(), Overlay::Edit(_)));
    player.type_keys("-5");
    player.key(KeyCode::Down);
    let run = player.app.run();
    assert_eq!(run.network.parameters()[2], -5.0);
    assert_eq!(player.app.focus(), Focus::Prediction);
    // What is no number is said, and not left.
    player.type_keys("-");
    player.key(KeyCode::Up);
    assert_eq!(player.app.focus(), Focus::Prediction);
}

#[test]
fn enter_without_a_number_asks_for_the_guess_before_it_gives_the_answer() {
    let mut player = Player::at_page(page("neuron"));
    player.key(KeyCode::Enter);
    let text = screen(&player, SMALL);
    assert!(
        text.contains("type your guess first – Enter again shows the answer"),
        "{text}"
    );
    assert_eq!(player.app.focus(), Focus::Guess);
    player.key(KeyCode::Enter);
    assert_eq!(player.app.focus(), Focus::Run);
    assert_eq!(player.app.scene().unwrap().guess, Guessed::Nothing);
}

#[test]
fn what_enter_changes_is_what_the_formulas_are_about() {
    for (name, first) in [("neuron", "b1"), ("network", "w6")] {
        let mut player = Player::at_page(page(name));
        player.skip_guess();
        let mut about = Vec::new();
        for _ in 0..player.app.handles() {
            let shown = screen(&player, (120, 40));
            let (name, enter) = match player.app.handle() {
                Some(Handle::Input(index)) => (format!("x{}", index + 1), "x".to_owned()),
                Some(Handle::Parameter(index)) => {
                    let network = &player.app.run().network;
                    let name = network.parameter_name(network.parameter_at(index));
                    (name.clone(), format!("{name} ="))
                }
                other => panic!("{other:?}"),
            };
            assert!(shown.contains(&format!("Enter changes {enter}")), "{shown}");
            assert!(shown.contains(&format!("{name}: Forward")), "{shown}");
            about.push(name);
            player.key(KeyCode::Down);
        }
        assert_eq!(about[0], first);
    }
}
