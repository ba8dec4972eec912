//! The prediction box, and the samples before it.

use crossterm::event::KeyCode;
use nnscope::app::{Focus, Shown, View};
use nnscope::trainer::RunState;
use nnscope::ui::Theme;

use crate::test_screen::TestScreen;

#[test]
fn arrows_go_through_the_samples_and_end_at_the_typed_values() {
    let mut screen = TestScreen::at_epoch(0);
    screen.press('k');
    assert_eq!(screen.app.run().shown, Shown::Sample(0));
    for expected in [1, 2, 3] {
        screen.press_code(KeyCode::Down);
        assert_eq!(screen.app.run().shown, Shown::Sample(expected));
    }
    screen.press('j');
    screen.press('j');
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press_code(KeyCode::Up);
    assert_eq!(screen.app.run().shown, Shown::Sample(3));
}

#[test]
fn the_prediction_box_starts_with_emily_and_predicts_her_class() {
    let mut screen = TestScreen::at_epoch(1000);
    let emily = screen.app.run().outputs_for(&[128.0, 63.0])[0];
    let text = screen.text();
    for expected in [
        "weight [128     ] lb → −7",
        "height [63      ] in → −3",
        "│ = 58 kg, 160 cm, 5'3\"",
        &format!("P(F) = {emily:.4} → F"),
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // The answer changes while the network trains.
    screen.train_epoch();
    screen.tell(RunState::Running);
    assert_ne!(screen.app.run().outputs_for(&[128.0, 63.0])[0], emily);
}

#[test]
fn a_focused_field_owns_every_printable_key() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('i');
    assert_eq!(
        (screen.app.focus(), screen.app.run().shown),
        (Focus::Prediction, Shown::Prediction)
    );
    screen.press_ctrl('u');
    for c in "58kgq rs".chars() {
        assert!(screen.press(c).is_empty());
    }
    let problem = screen.app.run().prediction.problem();
    assert_eq!(problem, Some((0, "unknown unit \"kgq\"")));
    for _ in 0..4 {
        screen.press_code(KeyCode::Backspace);
    }
    assert_eq!(
        screen.app.run().prediction.values().unwrap()[0],
        58.0 * 1e8 / 45_359_237.0
    );
    screen.press_code(KeyCode::Esc);
    assert_eq!(screen.app.focus(), Focus::Run);
}

#[test]
fn enter_goes_to_the_next_field_and_leaves_the_last_one() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('i');
    screen.paste("155");
    assert!(screen.text().contains("Enter next"), "{}", screen.text());
    screen.press_code(KeyCode::Enter);
    assert_eq!(screen.app.focus(), Focus::Prediction);
    screen.paste("68");
    assert!(screen.text().contains("Enter done"), "{}", screen.text());
    screen.press_code(KeyCode::Enter);
    assert_eq!(screen.app.focus(), Focus::Run);
    let values = screen.app.run().prediction.values();
    assert_eq!(values, Some(vec![155.0, 68.0]));
}

#[test]
fn the_bar_of_an_answer_has_the_colour_of_the_class_whose_share_it_is() {
    // Frank is an M, and the bar is that of F.
    for (emily_or_frank, answer) in [("128 63", "→ F"), ("155 68", "→ M")] {
        let mut screen = TestScreen::at_epoch(1000);
        screen.press('i');
        for text in emily_or_frank.split(' ') {
            screen.press_ctrl('u');
            screen.paste(text);
            screen.press_code(KeyCode::Tab);
        }
        assert!(screen.text().contains(answer), "{}", screen.text());
        let (theme, target) = (
            Theme(screen.app.appearance()),
            &screen.app.run().dataset().target,
        );
        let of_f = theme.class(target.classes(), 1).fg;
        let (x, y) = screen.position_of("P(F)");
        let bar = screen.draw()[(x, y + 1)].clone();
        assert!(of_f.is_some() && bar.symbol() != " ");
        assert_eq!(Some(bar.fg), of_f);
    }
}

#[test]
fn invalid_text_has_no_input_no_answer_and_no_bar_and_says_why() {
    let mut screen = TestScreen::at_epoch(1000);
    let all = screen.text();
    for part in [" → −7", " → −3", "P(F)", "│ ████████", "h1 0."] {
        assert!(all.contains(part), "{part}\n{all}");
    }
    screen.press('i');
    for text in ["x", "160cm", "1e400", ""] {
        screen.press_ctrl('u');
        screen.paste(text);
        // While it is typed, in the next field, and after that.
        for leaving in [KeyCode::Null, KeyCode::Enter, KeyCode::Enter] {
            screen.press_code(leaving);
            let text = screen.text();
            let because = text.contains("│ weight: ");
            assert!(because, "{text}");
            for part in [" → −7", "P(F)", "│ ████████", "h1 0.", "58 kg"] {
                assert!(!text.contains(part), "{part}\n{text}");
            }
            // The other field is valid.
            assert!(
                text.contains("in → −3") && text.contains("160 cm"),
                "{text}"
            );
        }
        screen.press('i');
    }
    screen.press_ctrl('u');
    screen.paste("128");
    assert!(screen.text().contains("P(F)"), "{}", screen.text());
}

#[test]
fn a_pasted_row_goes_into_the_fields_and_what_is_left_over_is_not_lost() {
    for (pasted, values) in [
        ("137\t69", Some([137.0, 69.0])),
        ("137\t69\r\n", Some([137.0, 69.0])),
        ("137\n69\n", Some([137.0, 69.0])),
        ("137", Some([137.0, 63.0])),
        ("137\t69\tF", None),
        ("\t69", None),
    ] {
        let mut screen = TestScreen::at_epoch(0);
        screen.press('i');
        screen.paste(pasted);
        let read = screen.app.run().prediction.values();
        assert_eq!(
            read.as_deref(),
            values.as_ref().map(|all| &all[..]),
            "{pasted:?}"
        );
    }
}

#[test]
fn the_prefilled_values_are_those_of_the_sample_to_the_last_digit() {
    for data in [
        "xor", "plane", "circle", "spiral", "gauss", "penguins", "people",
    ] {
        let mut screen = TestScreen::with_data(data);
        let run = screen.app.run();
        let sample = match run.dataset().unseen.first() {
            Some(unseen) => unseen.raw.clone(),
            None => run.dataset().raw_of(0).to_vec(),
        };
        assert_eq!(run.prediction.values(), Some(sample), "{data}");
        // What is shown is what would be read.
        for (field, feature) in run.prediction.fields.iter().zip(run.dataset().features()) {
            assert_eq!(feature.parse(field.text.text()), field.value, "{data}");
        }
        let text = screen.text();
        assert!(!text.contains("outside"), "{text}");
    }
}

#[test]
fn a_value_outside_the_training_data_has_a_warning() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('i');
    screen.press_ctrl('u');
    screen.paste("2\u{7}00\n");
    assert_eq!(
        screen.app.run().prediction.values(),
        Some(vec![200.0, 63.0])
    );
    for ((width, height), warning) in [
        ((80, 24), "│ weight outside 120–160 lb    │"),
        ((120, 40), "weight outside the training data (120–160 lb)"),
    ] {
        screen.resize(width, height);
        let text = screen.text();
        assert!(text.contains(warning), "{text}");
    }
}

#[test]
fn names_are_abbreviated_before_anything_is_cut() {
    let mut screen = TestScreen::with_data("penguins");
    for (size, shown) in [
        (
            (120, 40),
            &[
                "b.length",
                "b.depth",
                "f.length",
                "b.mass",
                "bill_length    [",
            ][..],
        ),
        (
            (80, 24),
            &[
                "b.length b.depth actual",
                " 2 features not shown ",
                "b.depth   [18.7  ] mm → 0.79",
            ],
        ),
        (
            (80, 23),
            &[
                "b.length b.depth actual",
                " 2 features not shown ",
                "b.depth   [18.7  ] mm → 0.79",
            ],
        ),
    ] {
        screen.resize(size.0, size.1);
        let text = screen.text();
        for shown in shown {
            assert!(text.contains(shown), "{shown} at {size:?}:\n{text}");
        }
        for cut in [
            "bill_len ",
            "bill_dep ",
            "flipper_ ",
            "body_mas ",
            " .",
            "Chinst ",
        ] {
            assert!(!text.contains(cut), "{cut} at {size:?}:\n{text}");
        }
    }
}

#[test]
fn the_samples_stay_where_they_are_while_typed_values_are_shown() {
    let mut screen = TestScreen::with_data("penguins");
    let rows = |screen: &mut TestScreen| {
        let text = screen.text();
        let names = text.lines().filter_map(|line| {
            let name = line.trim_start_matches(['│', '›', ' ']);
            name.starts_with('#')
                .then(|| name.split(' ').next().unwrap().to_owned())
        });
        names.collect::<Vec<_>>()
    };
    for _ in 0..9 {
        screen.press_code(KeyCode::Down);
    }
    let before = rows(&mut screen);
    assert!(before.contains(&"#10".to_owned()), "{before:?}");
    screen.press('i');
    screen.press('1');
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    assert_eq!(rows(&mut screen), before);
}

#[test]
fn esc_shows_again_what_was_shown_before_the_values_were_typed() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press_code(KeyCode::Down);
    let before = screen.text();
    screen.press('i');
    screen.press('1');
    screen.press_code(KeyCode::Esc);
    assert_eq!(screen.text(), before);
    // Enter keeps what is typed; then that is what is looked at again.
    screen.press('i');
    screen.press_code(KeyCode::Enter);
    screen.press_code(KeyCode::Enter);
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press('i');
    screen.press_code(KeyCode::Esc);
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press_code(KeyCode::Down);
    let text = screen.text();
    let said = "your own values come last – Up goes back to the samples";
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_number_has_its_whole_unit_or_none() {
    let mut screen = TestScreen::new("--data penguins --target bill_length");
    let mut with_unit = 0;
    for width in 60..=130 {
        screen.resize(width, 24);
        let text = screen.text();
        let samples = text.lines().filter(|line| line.contains('#'));
        for line in samples {
            assert!(!line.contains("m…"), "{text}");
            let cut = line.match_indices(" m").any(|(at, _)| {
                !line[at + 2..].starts_with('m') && line[..at].ends_with(char::is_numeric)
            });
            assert!(!cut, "{width}:\n{text}");
            with_unit += usize::from(line.contains(" mm"));
        }
    }
    assert!(with_unit > 0);
}

#[test]
fn of_three_classes_the_answer_is_named_and_the_others_have_their_probabilities() {
    let mut screen = TestScreen::at_epoch_of(20, "--data penguins --hidden 4");
    screen.press('i');
    let run = screen.app.run();
    let outputs = run.outputs_for(&run.prediction.values().unwrap());
    let label = run.dataset().label_of(&outputs);
    let mut others = run.dataset().target.classes().to_vec();
    others.retain(|class| *class != label);
    for size in [(80, 24), (120, 40)] {
        screen.resize(size.0, size.1);
        let text = screen.text();
        let answer = text
            .lines()
            .find(|line| line.contains(&format!("P({label}) = 0.")));
        assert!(answer.unwrap().contains(&format!("→ {label}")), "{text}");
        let [one, other] = [0, 1].map(|of| text.contains(&format!(" {} 0.", others[of])));
        assert!(one || other, "{text}");
    }
}

#[test]
fn a_value_that_is_not_scaled_is_not_written_twice() {
    let text = TestScreen::at_epoch_of(0, "--data xor --samples 20").text();
    assert!(text.contains("x1 [") && !text.contains("] →"), "{text}");
    assert!(TestScreen::at_epoch(0).text().contains("] lb → −7"));
}

#[test]
fn an_answer_of_a_network_that_is_not_trained_says_so() {
    let mut screen = TestScreen::at_epoch(0);
    assert!(screen.text().contains("(untrained)"), "{}", screen.text());
    screen.train_epoch();
    screen.tell(RunState::Paused);
    assert!(!screen.text().contains("(untrained)"), "{}", screen.text());
    // Weights that are given may be trained ones.
    let mut screen = TestScreen::new("--weights w1=0");
    screen.tell(RunState::Paused);
    assert!(!screen.text().contains("(untrained)"), "{}", screen.text());
}

#[test]
fn the_keys_of_the_fields_are_those_that_choose_one_elsewhere() {
    let mut screen = TestScreen::at_epoch(0);
    screen.press('i');
    let text = screen.text();
    let footer = text.lines().last().unwrap();
    assert!(footer.starts_with("Up Down field  "), "{footer}");
}

#[test]
fn page_keys_fill_in_those_that_the_network_never_sees_and_then_the_samples() {
    let mut screen = TestScreen::at_epoch(1000);
    assert!(!screen.text().contains("→ Frank"));
    screen.press('i');
    for (who, next) in [
        ("Emily", "Frank"),
        ("Frank", "Alice"),
        ("Alice", "Bob"),
        ("Bob", "Charlie"),
        ("Charlie", "Diana"),
        ("Diana", "Emily"),
    ] {
        let text = screen.text();
        for expected in [
            &format!("Predict – editing: {who} ─"),
            &format!("└ PageDown → {next} ─"),
            &format!("Network 2-2-1 sigmoid: {who} ─"),
            "PageUp PageDown sample  Enter next",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        screen.press_code(KeyCode::PageDown);
    }
    screen.press_code(KeyCode::PageUp);
    screen.press_code(KeyCode::PageUp);
    let charlie = screen.app.run().dataset().raw_of(2).to_vec();
    assert_eq!(screen.app.run().prediction.values(), Some(charlie));
    screen.type_text("1");
    let text = screen.text();
    assert!(!text.contains("editing: Charlie"), "{text}");
    assert!(text.contains("PageDown → Emily"), "{text}");
    screen.press_code(KeyCode::Esc);
    let text = screen.text();
    assert!(text.contains("Predict: Emily ─"), "{text}");
    assert_eq!(screen.app.run().shown, Shown::Sample(0));
}

#[test]
fn of_any_data_the_samples_can_be_filled_in() {
    let mut screen = TestScreen::with_data("penguins");
    screen.press('i');
    let [second, last] = [1, screen.app.run().dataset().len() - 1].map(|sample| {
        let dataset = screen.app.run().dataset();
        (dataset.sample_name(sample), dataset.raw_of(sample).to_vec())
    });
    let text = screen.text();
    assert!(
        text.contains(&format!(" PageDown → {} ", second.0)),
        "{text}"
    );
    screen.press_code(KeyCode::PageDown);
    assert_eq!(screen.app.run().prediction.values(), Some(second.1));
    let text = screen.text();
    assert!(text.contains(&format!("editing: {} ", second.0)), "{text}");
    screen.press_code(KeyCode::PageUp);
    screen.press_code(KeyCode::PageUp);
    assert_eq!(screen.app.run().prediction.values(), Some(last.1));
}

#[test]
fn the_box_leads_back_to_the_view_from_which_it_was_opened() {
    for (key, view) in [
        ('1', View::Train),
        ('2', View::Backprop),
        ('3', View::Surface),
    ] {
        let mut screen = TestScreen::at_epoch(1000);
        screen.tell(RunState::Paused);
        screen.press_and_obey(KeyCode::Char(key));
        screen.press_and_obey(KeyCode::Char('i'));
        assert_eq!(screen.app.view(), View::Train);
        screen.press_and_obey(KeyCode::PageDown);
        screen.press_and_obey(KeyCode::Esc);
        assert_eq!(screen.app.view(), view);
        assert!(!screen.text().contains("Frank"), "{}", screen.text());
        screen.press_and_obey(KeyCode::Char('i'));
        screen.press_and_obey(KeyCode::PageDown);
        screen.press_and_obey(KeyCode::Enter);
        assert_eq!(screen.app.view(), View::Train);
        screen.press_and_obey(KeyCode::Enter);
        assert_eq!(screen.app.view(), view);
        assert!(screen.text().contains("Frank"), "{}", screen.text());
    }
}
