//! The table of samples: its columns, and values that were filled in or are 0 but for rounding.

use super::*;

#[test]
fn the_samples_have_as_many_columns_of_features_as_fit_and_count_the_others() {
    let mut screen = TestScreen::new("--data penguins --hidden 8 --seed 1");
    let text = screen.text();
    assert!(text.contains("b.length b.depth actual"), "{text}");
    assert!(text.contains("2 features not shown"), "{text}");
    // What fits with a bar beside the output has one.
    screen.resize(120, 40);
    let text = screen.text();
    assert!(
        text.contains("b.mass actual") && text.contains("▆"),
        "{text}"
    );
    assert!(!text.contains("feature"), "{text}");
}

#[test]
fn a_value_that_was_filled_in_is_marked_where_it_looks_measured() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gaps.csv");
    let table = "length,width,kind\n,2,a\n3,1,b\n5,,b\n4,3,a\n";
    std::fs::write(&path, table).unwrap();
    let path = path.display();
    let mut screen = TestScreen::new(&format!("--data {path} --impute mean --test-fraction 0"));
    let text = screen.text();
    let row = |name: &str| {
        let row = text.lines().find(|line| line.contains(name));
        row.unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    let (first, third) = (row("›#2"), row(" #4 "));
    assert!(first.contains("~4 ") && !first.contains("~2"), "{text}");
    assert!(third.contains("~2 ") && !third.contains("~5"), "{text}");
    assert!(text.contains("filled in: length"), "{text}");
}

#[test]
fn a_mean_of_which_the_mean_is_subtracted_is_0_but_for_rounding() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("means.csv");
    // The mean of these lengths is 0.2, but their sum is 0.6000000000000001.
    let table = "length,kind\n0.2,a\n0.1,b\n0.3,b\n";
    std::fs::write(&path, table).unwrap();
    let path = path.display();
    let mut screen = TestScreen::new(&format!("--data {path} --test-fraction 0"));
    let text = screen.text();
    assert!(text.contains("[  ≈0  ]") && text.contains("→ ≈0"), "{text}");
    let inputs = screen.app.run().dataset().network_inputs(&[0.2]);
    assert!(inputs[0] != 0.0 && inputs[0].abs() < 1e-12);
}

#[test]
fn decimal_points_of_errors_are_below_one_another() {
    let mut screen = TestScreen::new("--data plane --hidden 4 --seed 1");
    screen.resize(160, 50);
    screen.tell(RunState::Paused);
    let text = screen.text();
    let rows = text.lines().skip_while(|line| !line.contains("┌ Samples"));
    let rows = rows.skip(2).take_while(|line| !line.contains('└'));
    let points = rows.map(|row| {
        let panel: Vec<char> = row.chars().skip(1).take_while(|c| *c != '│').collect();
        (panel.iter().rposition(|c| *c == '.'), panel)
    });
    let points: Vec<_> = points.collect();
    assert!(points.len() > 3, "{text}");
    let widths = points.iter().map(|(point, panel)| {
        let digits = panel.iter().skip(point.unwrap());
        digits.filter(|c| **c != ' ').count()
    });
    let widths: Vec<usize> = widths.collect();
    assert!(widths.iter().any(|width| *width != widths[0]), "{text}");
    assert!(
        points.iter().all(|(point, _)| *point == points[0].0),
        "{text}"
    );
}
