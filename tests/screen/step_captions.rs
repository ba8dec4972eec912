//! What is said beside the numbers of a step: whose they are, who makes it, and what has no room.

use crossterm::event::KeyCode::{Char, Enter, Esc};
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

/// The Backprop view of a paused run.
fn paused(mut screen: TestScreen) -> TestScreen {
    screen.press('2');
    screen.tell(RunState::Paused);
    screen
}

#[test]
fn the_table_of_the_step_says_whose_step_it_is_and_which_optimizer_makes_it() {
    for (options, is_named) in [("", false), ("--optimizer adam", true)] {
        let mut screen = paused(TestScreen::new(options));
        screen.press('t');
        let text = screen.text();
        let title = "Every weight and bias in this step: Alice";
        assert!(text.contains(title) && text.contains(" step "), "{text}");
        assert_eq!(text.contains("adam step"), is_named, "{text}");
    }
    let mut screen = paused(TestScreen::new("--data penguins --batch-size 10 --l2 0.1"));
    screen.press('t');
    let text = screen.text();
    assert!(
        text.contains("mean of the batch of 10, with penalty"),
        "{text}"
    );
}

#[test]
fn with_typed_values_the_gradients_say_whose_step_they_are_of() {
    let mut screen = paused(TestScreen::at_epoch(3));
    let title = |screen: &mut TestScreen| {
        let text = screen.text();
        let line = text.lines().find(|line| line.contains("Gradient size"));
        line.unwrap_or_default().to_owned()
    };
    let seen = title(&mut screen);
    assert!(seen.contains("Gradient size: Alice"), "{seen}");
    screen.resize(200, 60);
    let seen = title(&mut screen);
    assert!(
        seen.contains("Gradient size (norm) per layer, step on Alice"),
        "{seen}"
    );
    // The typed values come before the first sample, around the end.
    screen.press(',');
    assert!(screen.app.run().is_probing());
    let seen = title(&mut screen);
    assert!(seen.contains("next step on Alice"), "{seen}");
}

#[test]
fn what_the_step_does_not_train_on_has_no_gradients_on_its_edges() {
    let mut screen = paused(TestScreen::at_epoch(136));
    screen.press('m');
    let gradients = screen.text();
    assert!(gradients.contains("lines: gradients"), "{gradients}");
    // Emily's typed values come before Alice, around the end; the other samples after her.
    let others = [
        (',', "Emily, not trained on"),
        (',', "Diana, not in this step"),
    ];
    for (key, whose) in others {
        screen.press(key);
        let text = screen.text();
        assert!(text.contains(whose), "{text}");
        assert!(text.contains("<1") && text.contains(">3"), "{text}");
        assert!(!text.contains("gradients"), "{text}");
        screen.press('m');
        let said = format!("no gradients for {whose} – Esc goes back");
        let text = screen.text();
        assert!(text.contains(&said), "{said}\n{text}");
    }
    screen.press_code(Esc);
    assert_eq!(screen.text(), gradients);
}

#[test]
fn what_is_next_to_1_does_not_contradict_what_is_left_of_it() {
    let mut screen = paused(TestScreen::at_epoch(0));
    screen.press_and_obey(Enter);
    "-10".chars().for_each(|c| screen.press_and_obey(Char(c)));
    screen.press_and_obey(Enter);
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("h1·(1 − h1)"));
    let line = line.unwrap_or_default();
    let (_, numbers) = line
        .split_once("= (1 − ")
        .unwrap_or_else(|| panic!("{text}"));
    let (rest, product) = numbers.split_once(")·").unwrap();
    let (again, slope) = product.split_once(" = ").unwrap();
    let slope = slope.split_whitespace().next().unwrap();
    assert!(
        rest == again && again == slope && rest.contains("e−"),
        "{line}"
    );
    assert!(text.contains(&format!("= 1 − {rest}")), "{text}");
    assert!(!text.contains("= 0.999"), "{text}");
}

#[test]
fn gradients_have_their_numbers_at_80_columns_and_what_has_no_room_is_counted() {
    let mut screen = paused(TestScreen::at_epoch(136));
    screen.press('m');
    let text = screen.text();
    let shown = (1..=6).filter(|index| {
        text.lines().take(12).any(|line| {
            let name = format!("w{index} ");
            line.contains(&name)
        })
    });
    let shown = shown.count();
    let plural = if shown == 5 { "" } else { "s" };
    let count = format!("{} gradient{plural} not shown: t table", 6 - shown);
    assert!(shown == 6 || text.contains(&count), "{shown}\n{text}");
    // No number runs into a neuron.
    let mut names = text.match_indices("o1 0.").map(|(at, _)| &text[..at]);
    assert!(
        names.all(|before| !before.ends_with(|c: char| c.is_ascii_digit())),
        "{text}"
    );
    assert!(text.contains("o1 0."), "{text}");
}

#[test]
fn the_table_of_neurons_is_of_the_typed_values_which_have_no_loss() {
    let mut screen = paused(TestScreen::at_epoch(3));
    screen.resize(200, 60);
    let text = screen.text();
    assert!(
        text.contains("Every neuron: Alice") && text.contains("∂L/∂z  "),
        "{text}"
    );
    screen.press(',');
    let text = screen.text();
    assert!(text.contains("Every neuron: Emily"), "{text}");
    assert!(
        text.contains(" f(z) ") && !text.contains("∂L/∂z  "),
        "{text}"
    );
}

#[test]
fn how_the_prediction_comes_about_is_shown_for_a_weight_before_it() {
    let mut screen = TestScreen::at_epoch(0);
    screen.begin_with(&[1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]);
    let mut screen = paused(screen);
    screen.press('n');
    let text = screen.text();
    for line in [
        "h2 = f(w3·x1 + w4·x2 + b2) = f(1·(−2) + 1·(−1) + 0) = f(−3) = 0.0474",
        "ypred = o1 = f(w5·h1 + w6·h2 + b3) = f(1·0.0474 + 1·0.0474 + 0) = f(0.0949)",
        "= 0.524",
        "L = (y − ypred)² = (1 − 0.524)² = 0.227",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // Of a larger network, only the output.
    let mut screen = paused(TestScreen::new("--hidden 8 --seed 1"));
    screen.press('n');
    let text = screen.text();
    assert!(text.contains("ypred = o1 = f(Σ w·h + b9) = f("), "{text}");
    assert!(!text.contains("h2 = "), "{text}");
}

#[test]
fn what_is_left_of_1_is_no_row_of_nines() {
    let mut screen = TestScreen::at_epoch(0);
    screen.begin_with(&[18.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]);
    let mut screen = paused(screen);
    let text = screen.text();
    assert!(
        text.contains("f′(z_h1) = h1·(1 − h1) = 2.32e−16·(1 − 2.32e−16) = 2.32e−16"),
        "{text}"
    );
    screen.begin_with(&[-18.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]);
    let mut screen = paused(screen);
    let text = screen.text();
    assert!(text.contains("= (1 − 2.22e−16)·2.22e−16"), "{text}");
}

#[test]
fn a_title_says_that_the_numbers_at_the_edges_are_gradients() {
    let mut screen = paused(TestScreen::at_epoch(3));
    for (size, weights, gradients) in [
        (
            (80, 24),
            "┌ After epoch 3, sample 1: Alice ─",
            "┌ Gradients after epoch 3: Alice ─",
        ),
        (
            (120, 40),
            "┌ After epoch 3, sample 1 of 4: Alice ─",
            "┌ Gradients after epoch 3, sample 1: Alice ─",
        ),
    ] {
        screen.resize(size.0, size.1);
        assert!(screen.text().contains(weights), "{}", screen.text());
        screen.press('m');
        assert!(screen.text().contains(gradients), "{}", screen.text());
        screen.press('m');
    }
}

#[test]
fn after_the_step_the_diagram_is_of_the_new_parameters_and_all_else_says_that_it_is_of_those_before()
 {
    let mut screen = paused(TestScreen::at_epoch(0));
    screen.resize(120, 40);
    let alice = screen.app.run().dataset().raw_of(0).to_vec();
    let output = |screen: &TestScreen| format!("o1 {:.3}", screen.app.run().outputs_for(&alice)[0]);
    let before = output(&screen);
    let (diagram, others) = (
        "Alice, after the step",
        [
            "h1 before the step",
            "Gradient before the step",
            "Neurons before the step",
            "all above is before the step",
        ],
    );
    for key in [' ', 'n', 'n'] {
        if key != ' ' {
            screen.press_and_obey(Char(key));
        }
        let text = screen.text();
        assert!(
            text.contains(&before) && !text.contains("the step:"),
            "{text}"
        );
        assert!(!text.contains("after the step"), "{text}");
    }
    screen.press_and_obey(Char('n'));
    let after = output(&screen);
    assert_ne!(after, before);
    let text = screen.text();
    for said in others.into_iter().chain([diagram, &after]) {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(!text.contains(&before), "{text}");
    // Gradients are those that the step has had, and so is the output beside them.
    screen.press('m');
    let text = screen.text();
    assert!(
        text.contains("Gradients, epoch 0: Alice, before the step"),
        "{text}"
    );
    assert!(text.contains(&before) && !text.contains(&after), "{text}");
}
