//! What a title keeps where there is little room.

use super::*;

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
