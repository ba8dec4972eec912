//! The table of a step, and the gradient norms beside it.

use crossterm::event::KeyCode::Char;

use super::{paused, press};
use crate::test_screen::TestScreen;

#[test]
fn a_key_shows_every_parameter_and_another_all_their_digits() {
    let mut screen = paused(TestScreen::at_epoch(140));
    let text = screen.text();
    assert!(
        text.contains("t table") && text.contains("p digits"),
        "{text}"
    );
    press(&mut screen, &[Char('t'), Char('p'), Char('p')]);
    let text = screen.text();
    let traced = screen.app.run().backprop.shown.as_ref().unwrap();
    for (name, value) in [(0, "w1"), (3, "w4"), (8, "b3")].map(|(index, name)| {
        let parameters = traced.network.parameters();
        (name, format!("{:.8}", parameters[index].abs()))
    }) {
        let row = text.lines().find(|row| row.contains(name));
        assert!(row.is_some_and(|row| row.contains(&value[..8])), "{text}");
    }
    assert!(text.contains("p digits"), "{text}");
    press(&mut screen, &[Char('t')]);
    assert!(screen.text().contains("Gradient size"));
}

#[test]
fn in_each_row_of_the_step_the_value_and_the_step_add_up_to_what_is_after() {
    let mut screen = paused(TestScreen::at_epoch(200));
    screen.resize(120, 40);
    let screens = ["loss", "backward", "update"].map(|_| {
        screen.press_and_obey(Char('n'));
        screen.text()
    });
    let rows = screens
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| {
            let table = line.rsplit('│').nth(1)?.replace('−', "-");
            let numbers: Vec<String> = table
                .split_whitespace()
                .skip(1)
                .map(str::to_owned)
                .collect();
            // The last one is what it does to the loss, where there is room.
            let is_row = table.starts_with(['w', 'b']) && matches!(numbers.len(), 4 | 5);
            let is_row = is_row && numbers.iter().all(|text| text.parse::<f64>().is_ok());
            is_row.then_some(numbers)
        });
    let mut seen = 0;
    for row in rows {
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        let decimals = |column: usize| row[column].split('.').nth(1).map_or(0, str::len);
        assert_eq!(decimals(0), decimals(3), "{row:?}");
        let last = 10f64.powi(-i32::try_from(decimals(3)).unwrap());
        assert!(
            (number(0) + number(2) - number(3)).abs() < 1.6 * last,
            "{row:?}"
        );
        seen += 1;
    }
    assert_eq!(seen, 27);
}

#[test]
fn the_bars_of_the_gradient_norms_are_said_to_be_logarithmic() {
    for (size, options) in [((80, 24), ""), ((120, 40), ""), ((120, 40), "--l2 0.1")] {
        let mut screen = paused(TestScreen::at_epoch_of(20, options));
        screen.resize(size.0, size.1);
        let text = screen.text();
        for said in ["log bars", "g check"] {
            assert!(text.contains(said), "{said}\n{text}");
        }
    }
}

#[test]
fn the_keys_that_show_other_columns_stand_beside_their_number_whole_or_not_at_all() {
    let mut screen = paused(TestScreen::at_epoch(20));
    screen.resize(120, 40);
    assert!(
        screen.text().contains(" 2 more columns (keys f, z) "),
        "{}",
        screen.text()
    );
    screen.resize(120, 32);
    let text = screen.text();
    assert!(text.contains(" 1 more neuron, 2 columns ─"), "{text}");
}

#[test]
fn a_step_that_is_mostly_rounding_is_only_said_to_be_near_0() {
    let options = "--weights w1=20,w2=1,w3=-0.5,w4=0,w5=1,w6=1";
    let mut screen = paused(TestScreen::at_epoch_of(0, options));
    screen.resize(200, 60);
    for _ in 0..4 {
        screen.press_and_obey(Char('s'));
        let text = screen.text();
        let network = screen.app.run().network.parameters().to_vec();
        let (_, table) = text.split_once("changes L by").unwrap();
        let (_, row) = table.split_once("│w1 ").unwrap();
        let row = row.lines().next().unwrap();
        let step = row.split_whitespace().nth(2).unwrap().replace('−', "-");
        match step.parse::<f64>() {
            Ok(step) => assert!(
                step == 0.0 || step.abs() > 1e-13 * network[0].abs(),
                "{row}"
            ),
            Err(_) => assert_eq!(step, "≈0", "{row}"),
        }
    }
}
