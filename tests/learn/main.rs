//! The lessons: every page is played, drawn and left.

mod hints;
mod keys;
mod left;
mod player;
mod weights;
mod words;

use std::collections::HashSet;

use crossterm::event::KeyCode;
use hints::hint;
use nnscope::app::{
    App, Appearance, Colors, Focus, Glyphs, Guessed, Message, Overlay, PAGES, Place, Proof,
    SaveOutcome, View, page_named,
};
use nnscope::headless::app_at_page;
use nnscope::ui;
use player::Player;

/// The page of this name.
fn page(name: &str) -> usize {
    page_named(name).unwrap()
}

#[test]
fn the_lessons_are_numbered_and_named() {
    let names: HashSet<&str> = PAGES.iter().map(|page| page.name).collect();
    assert_eq!(names.len(), PAGES.len());
    for (index, page) in PAGES.iter().enumerate() {
        let number = index + 1;
        assert_eq!(page.number(), number);
        assert_eq!(page_named(&number.to_string()), Some(index));
        // The title, the first line of the screen, and the key of the list agree.
        let text = Player::at_page(index).lines((80, 24)).join("\n");
        for said in [
            format!("┌ Lesson {number}: {}", page.title()),
            format!(" lesson {number} "),
            format!(" l list: {number} of {} ", PAGES.len()),
        ] {
            assert!(text.contains(&said), "{said}\n{text}");
        }
    }
    assert_eq!(page_named(&(PAGES.len() + 1).to_string()), None);
}

#[test]
fn each_prepared_run_is_one_that_the_command_line_takes() {
    for page in PAGES {
        let player = Player::new(page.options);
        let (prepared, _) = page.prepare(None).unwrap();
        assert_eq!(prepared.draft(), player.app.run().draft(), "{}", page.name);
        for variant in 0..page.variants().len() {
            let (run, _) = page.prepare(Some(variant)).unwrap();
            assert_ne!(run.draft(), prepared.draft(), "{}", page.name);
        }
    }
}

#[test]
fn each_solution_reaches_all_goals_and_no_prepared_run_does() {
    for (index, page) in PAGES.iter().enumerate() {
        let mut player = Player::at_page(index);
        player.skip_guess();
        player.settle();
        let scene = player.app.scene().unwrap();
        for (goal, reached) in scene.goals() {
            assert_eq!(reached, None, "{}: {}", page.name, goal.text);
        }
        for (number, part) in page.solution.parts().enumerate() {
            let is_due =
                |app: &App| app.scene().unwrap().reached.iter().flatten().count() >= number;
            player.wait_for(page.name, is_due);
            part.into_iter().for_each(|key| player.key(key.code));
        }
        player.wait_for(page.name, |app| app.scene().unwrap().is_done());
        assert!(player.app.place().has_done(page));
        let screen = player.lines((80, 24)).join("\n");
        for (goal, reached) in player.app.scene().unwrap().goals() {
            let value = match goal.proof {
                Proof::Number => format!("  {}", ui::number::figure(reached.unwrap(), 3)),
                Proof::Epoch => format!("  at epoch {}", reached.unwrap()),
                Proof::Nothing => String::new(),
            };
            let whole = format!("✓ {}{value}", goal.text);
            assert!(screen.contains(&whole), "{whole} is cut:\n{screen}");
        }
    }
}

#[test]
fn the_third_hint_does_it_whatever_was_done_before() {
    for name in ["neuron", "down"] {
        let mut player = Player::at_page(page(name));
        player.skip_guess();
        // Something else is chosen, and a stage is shown.
        player.key(KeyCode::Down);
        player.type_keys("nhhh");
        player.wait_for(name, |app| app.scene().unwrap().is_done());
    }
}

#[test]
fn each_page_is_whole_at_80x23_and_larger_in_every_look() {
    for index in 0..PAGES.len() {
        let mut player = Player::at_page(index);
        for (colors, glyphs) in [
            (Colors::True, Glyphs::Unicode),
            (Colors::None, Glyphs::Unicode),
            (Colors::None, Glyphs::Ascii),
        ] {
            player.app = player
                .app
                .clone()
                .with_appearance(Appearance { colors, glyphs });
            for size in [(80, 23), (80, 24), (120, 40), (200, 60)] {
                is_whole(&player, size, glyphs);
            }
        }
    }
}

#[test]
fn what_a_text_speaks_of_is_beside_it() {
    let people = ["133 lb", "65 in", "F = 1", "120 lb", "60 in", "M = 0"];
    let names = [
        "w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3", "h1", "h2",
    ];
    for (name, shown) in [
        ("data", &people[..]),
        ("network", &names),
        ("loss", &names),
        ("down", &names),
        ("predict", &names),
    ] {
        let mut player = Player::at_page(page(name));
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let appearance = Appearance {
                colors: Colors::None,
                glyphs,
            };
            player.app = player.app.clone().with_appearance(appearance);
            for size in [(80, 23), (80, 24), (100, 30), (120, 40)] {
                let beside = panels(&player, size);
                for text in shown {
                    assert!(beside.contains(text), "{text} at {size:?}: {beside}");
                }
            }
        }
    }
}

#[test]
fn a_map_beside_no_prediction_box_has_no_typed_values() {
    for name in ["one-neuron", "xor", "overfitting"] {
        let beside = panels(&Player::at_page(page(name)), (80, 24));
        assert!(
            beside.contains("Map: ") && !beside.contains('✚'),
            "{beside}"
        );
    }
    let signs = panels(&Player::at_page(page("overfitting")), (80, 24));
    assert!(signs.contains("blue") && signs.contains("orange") && signs.contains(" test "));
}

/// What is right of the text of a page.
fn panels(player: &Player, size: (u16, u16)) -> String {
    let left = usize::from((size.0 / 2).clamp(45, 58));
    let lines = player.lines(size);
    let lines = lines
        .iter()
        .map(|line| line.chars().skip(left).collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether every word of the page's text is in the text panel, in its order, and everything below it is too.
fn is_whole(player: &Player, size: (u16, u16), glyphs: Glyphs) {
    let lines = player.lines(size);
    let screen = lines.join("\n");
    let [open, close] = match glyphs {
        Glyphs::Unicode => ['┌', '│'],
        Glyphs::Ascii => ['+', '|'],
    };
    assert!(lines[1].starts_with(open), "{screen}");
    let shown: String = lines[2..lines.len() - 3]
        .iter()
        .map(|line| {
            line.split(close)
                .nth(1)
                .unwrap_or_default()
                .trim_end()
                .to_owned()
                + " "
        })
        .collect();
    let plain = |text: &str| match glyphs {
        Glyphs::Unicode => text.to_owned(),
        Glyphs::Ascii => ui::plain(text).replace('–', "-"),
    };
    let scene = player.app.scene().unwrap();
    assert!(lines[1].contains(&plain(scene.page.title())), "{screen}");
    let mut expected = scene.text(ui::number::figure);
    if let Guessed::Typing(_) = scene.guess {
        expected.push(scene.page.guess.as_ref().unwrap().question.to_owned());
    }
    expected.extend(scene.goals().map(|(goal, _)| goal.text.to_owned()));
    if player.app.handles() > 1 && player.app.focus() != Focus::Guess {
        let others = match glyphs {
            Glyphs::Unicode => "(↑↓ others)",
            Glyphs::Ascii => "(Up, Down: others)",
        };
        expected.push(others.to_owned());
    }
    expected.extend(hint(scene));
    if glyphs == Glyphs::Ascii {
        assert!(screen.is_ascii(), "{screen}");
    }
    let mut rest = &*shown;
    for word in expected.iter().flat_map(|line| line.split_whitespace()) {
        let word = plain(word);
        let Some((_, after)) = rest.split_once(&word) else {
            panic!(
                "{word:?} is cut at {size:?} on page {}:\n{screen}",
                scene.page.name
            );
        };
        rest = after;
    }
    assert!(!shown.contains('…'), "a figure is not known:\n{screen}");
}

/// The text of a page without its figures says where they are; here they are in their sentences.
fn text(name: &str) -> String {
    ui::lesson(&app_at_page(page(name)).unwrap())
}

#[test]
fn the_factors_of_the_chain_rule_are_written_with_the_digits_that_give_their_product() {
    let text = text("down");
    let number = |start: &str| -> f64 {
        let line = text
            .lines()
            .find_map(|line| line.trim().strip_prefix(start));
        let number = line.unwrap().trim_start_matches([' ', '=']);
        number.replace('−', "-").parse().unwrap()
    };
    let product: f64 = ["∂L/∂ypred", "∂ypred/∂h1", "∂h1/∂w1"]
        .map(number)
        .iter()
        .product();
    let answer = text
        .lines()
        .find_map(|line| line.strip_prefix("Answer: "))
        .unwrap();
    assert_eq!(format!("{product:.4}"), answer);
    let exact = app_at_page(page("down")).unwrap().guess_answer().unwrap();
    assert!((product - exact).abs() < 1e-5, "{product} {exact}");
}

#[test]
fn the_figures_of_the_post_come_out() {
    for (name, figures) in [
        ("neuron", &["f(7) = 0.999", "Victor Zhou"][..]),
        ("network", &["f(3) = 0.9526", "= 0.7216"]),
        ("data", &["141.25", "66.75", "weight − 135", "height − 66"]),
        ("loss", &["(1 + 0 + 0 + 1) / 4 = 0.5\n"]),
        (
            "down",
            &["= −0.9526", "= 0.2494", "= −0.09035", "Answer: 0.0215"],
        ),
    ] {
        let text = text(name);
        for figure in figures {
            assert!(text.contains(figure), "{figure}\n{text}");
        }
    }
    // The post rounds on the way: 0.0214.
    let derivative = app_at_page(page("down")).unwrap().guess_answer().unwrap();
    assert!((derivative - 0.0214).abs() < 0.0001);
}

#[test]
fn figures_are_those_of_the_run_that_is_shown() {
    let screen = Player::at_page(page("predict"));
    let network = &screen.app.run().network;
    let inputs = screen.app.run().dataset().network_inputs(&[128.0, 63.0]);
    let emily = ui::number::significant(network.predict(&inputs)[0], 3);
    assert!(text("predict").contains(&format!("o1 = {emily}")));
    assert_eq!(screen.app.run().training.position.epoch, 1000);
}

#[test]
fn a_guess_is_told_how_near_it_was() {
    let mut player = Player::at_page(page("loss"));
    player.type_keys("0.25");
    player.key(KeyCode::Enter);
    assert_eq!(player.app.scene().unwrap().guess, Guessed::Made(0.25));
    let screen = player.lines((80, 24)).join("\n");
    assert!(screen.contains("It is 0.25: right."), "{screen}");
}

#[test]
fn leaving_in_the_middle_gives_ones_own_run_back_bit_for_bit() {
    for index in 0..PAGES.len() {
        let mut player = Player::new("--seed 7 --hidden 3");
        player.train_to(151);
        player.key(KeyCode::Home);
        player.settle();
        player.type_keys("]");
        player.settle();
        let (saved, before) = (player.saved(), player.lines((120, 40)));
        player.open(index);
        player.skip_guess();
        player.type_keys("ss");
        player.key(KeyCode::Down);
        player.settle();
        player.key(KeyCode::Esc);
        player.settle();
        assert_eq!(player.app.view(), View::Train);
        assert_eq!(player.saved(), saved);
        assert_eq!(player.lines((120, 40)), before);
        // Its future is there too.
        player.key(KeyCode::End);
        player.settle();
        assert_eq!(player.app.run().training.position.epoch, 151);
    }
}

#[test]
fn a_run_that_was_running_goes_on_where_it_was() {
    let mut player = Player::new("--seed 7 --epochs 0");
    player.type_keys(" ");
    player.wait_for("some epochs", |app| app.run().training.position.epoch > 100);
    player.open(0);
    let waits_at = player.app.own_app().unwrap().run().training.position;
    player.key(KeyCode::Esc);
    player.key(KeyCode::Esc);
    player.wait_for("more epochs", |app| {
        app.run().training.is_running() && app.run().training.position > waits_at
    });
    let curve = &player.app.run().curves.training;
    assert_eq!(curve.epochs(), player.app.run().training.farthest.epoch + 1);
}

#[test]
fn what_is_heard_of_ones_own_run_waits_for_it() {
    let mut player = Player::at_page(0);
    let exists = SaveOutcome::Exists("run.json".into());
    player.update(Message::Save(exists));
    assert_eq!(*player.app.overlay(), Overlay::None);
    player.skip_guess();
    player.key(KeyCode::Esc);
    assert!(matches!(player.app.overlay(), Overlay::Ask(..)));
}

#[test]
fn pages_turn_restart_and_are_listed() {
    let mut player = Player::at_page(0);
    player.key(KeyCode::Right);
    assert_eq!(player.app.scene().unwrap().page.number(), 2);
    player.key(KeyCode::Left);
    player.key(KeyCode::Left);
    assert_eq!(player.app.scene().unwrap().page.number(), 1);
    assert!(player.app.notice().unwrap().contains("first lesson"));
    player.skip_guess();
    player.type_keys("l");
    assert!(
        player
            .lines((80, 24))
            .join("\n")
            .contains("Which way is down?")
    );
    player.key(KeyCode::End);
    player.key(KeyCode::Enter);
    let last = PAGES.last().unwrap();
    assert_eq!(player.app.scene().unwrap().page.name, last.name);
    assert_eq!(player.app.place().page, last.name);
    player.key(KeyCode::Right);
    assert!(player.app.notice().unwrap().contains("last lesson"));
    player.key(KeyCode::Esc);
    player.type_keys("1");
    assert!(player.app.scene().is_none());
    // The place is remembered.
    player.type_keys("4");
    assert_eq!(player.app.scene().unwrap().page.name, last.name);
}

#[test]
fn the_first_start_points_to_the_lessons() {
    let mut player = Player::new("--seed 42 --epochs 0");
    player.type_keys(" ");
    for (place, points) in [(None, true), (Some(Place::default()), false)] {
        player.app = player.app.clone().with_place(place);
        let status = player.lines((80, 24)).remove(22);
        assert_eq!(
            status.contains("press 4 for short lessons"),
            points,
            "{status}"
        );
    }
    player.app = player.app.clone().with_place(None);
    player.type_keys("+");
    assert!(!player.app.is_new_here());
}
