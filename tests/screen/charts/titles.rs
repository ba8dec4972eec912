//! What a title keeps where there is little room, and what its key says.

use super::*;

/// Whether a key is followed by the name of what it turns a panel to.
fn names_next(text: &str, key: char, next: &str) -> bool {
    let key = format!(" {key} ");
    let mut texts = text.split(&key).skip(1);
    texts.any(|text| {
        let text = text.trim_start_matches(['•', '·', ' ']);
        text.trim_start_matches("→ ")
            .starts_with(&format!("{next} "))
    })
}

#[test]
fn the_key_of_a_panel_is_the_last_to_go_from_its_title() {
    for options in [
        "",
        "--loss cross-entropy",
        "--data spiral",
        "--data spiral --hidden 16,16 --loss cross-entropy",
        "--data penguins --test-fraction 0.3",
        "--data plane --target-scaling standardize --test-fraction 0.3",
    ] {
        let mut screen = trained(options, 70);
        for key in ["", "y", "[", "t", "ty"] {
            for key in key.chars() {
                screen.press(key);
            }
            let text = screen.text();
            let upper = text.lines().nth(1).unwrap();
            let lower = text
                .lines()
                .find(|line| line.contains(" m •") || line.contains(" m → "))
                .unwrap_or_default();
            assert!(upper.contains(" a → names ┐"), "{options} {key}\n{text}");
            let next = match screen.app.charted() {
                Charted::Loss => "score",
                Charted::Quality => "weights",
                _ => "gradient",
            };
            assert!(names_next(&text, 't', next), "{options} {key}\n{text}");
            assert!(lower.contains("┐┌ Predict"), "{options} {key}\n{text}");
        }
    }
}

#[test]
fn beside_test_scores_the_title_keeps_what_it_is_of_and_drops_digits() {
    let options = "--data xor --test-fraction 0.3 --hidden 8 --activation tanh --epochs 60";
    let mut screen = TestScreen::at_epoch_of(60, options);
    let text = screen.text();
    assert!(text.contains("┌ Loss ─0."), "{text}");
    screen.press('t');
    let text = screen.text();
    let title = text.lines().find(|line| line.contains("Accuracy"));
    let title = title.unwrap_or_else(|| panic!("{text}"));
    assert!(
        title.contains('╌') && title.matches('%').count() == 2,
        "{text}"
    );
}

#[test]
fn a_panel_that_is_turned_says_which_of_all_it_shows_and_what_comes_next_without_a_fraction() {
    let mut screen = TestScreen::at_epoch(140);
    let [unicode, ascii] = [Glyphs::Unicode, Glyphs::Ascii].map(|glyphs| Appearance {
        colors: Colors::None,
        glyphs,
    });
    for (key, nexts) in [
        (
            't',
            &["score", "weights", "gradient", "changes", "loss"][..],
        ),
        ('m', &["errors", "matrix", "map", "samples"]),
    ] {
        for (place, next) in nexts.iter().enumerate() {
            let places = |here: &str, elsewhere: &str| {
                let signs = (0..nexts.len()).map(|at| if at == place { here } else { elsewhere });
                signs.collect::<String>()
            };
            screen.resize(200, 60);
            let text = screen.text();
            // That of the small map is in its lower border, beside the legend, where only a name has room.
            let said = |places: String, arrow: &str| match *next {
                "samples" => " m samples ".to_owned(),
                next => format!(" {key} {places} {arrow} {next} "),
            };
            let unicode_said = said(places("•", "·"), "→");
            assert_eq!(
                text.matches(&unicode_said).count(),
                1,
                "{unicode_said:?}\n{text}"
            );
            screen.draw_with(ascii);
            let text = screen.text();
            let said = said(places("*", "."), "->");
            assert!(text.is_ascii() && text.contains(&said), "{said:?}\n{text}");
            screen.draw_with(unicode);
            for (width, height) in [(120, 40), (80, 24)] {
                screen.resize(width, height);
                let text = screen.text();
                let is_said = ["•", "·", "→"].map(|sign| text.contains(&format!(" {key} {sign}")));
                let is_named = names_next(&text, key, nexts[place]);
                let is_there = is_named || key == 'm' && is_said.contains(&true);
                assert!(is_there, "{key} {place}\n{text}");
                assert!(!text.contains(&format!("{key} {}/", place + 1)), "{text}");
            }
            screen.press(key);
        }
    }
    assert_eq!(screen.app.charted(), Charted::Loss);
    assert_eq!(screen.app.run().overview, Overview::Table);
}
