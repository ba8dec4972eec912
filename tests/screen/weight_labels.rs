//! The labels on the edges of the diagram: a name and its value together, and what has no label is counted.

use nnscope::trainer::RunState;

use super::test_screen::TestScreen;

/// The rows of the diagram's panel, without what is left and right of it, and without formulas.
fn diagram(text: &str) -> Vec<Vec<char>> {
    let rows: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let starts = ["┌ Network ", "┌ Epoch ", "┌ After epoch ", "┌ Gradients"];
    let title = |row: &Vec<char>| {
        let row: String = row.iter().collect();
        let at = starts.iter().find_map(|start| row.find(start))?;
        Some(row[..at].chars().count())
    };
    let (top, left) = rows
        .iter()
        .enumerate()
        .find_map(|(y, row)| Some((y, title(row)?)))
        .unwrap_or_else(|| panic!("{text}"));
    let right = left + rows[top][left..].iter().position(|c| *c == '┐').unwrap();
    let below = rows[top..].iter().position(|row| row[left] == '└').unwrap();
    let panel = rows[top..=top + below].iter();
    let mut panel: Vec<Vec<char>> = panel.map(|row| row[left..=right].to_vec()).collect();
    let is_formula = |row: &Vec<char>| row.iter().collect::<String>().contains(": z = ");
    if let Some(first) = panel.iter().position(is_formula) {
        panel.drain(first..below);
    }
    panel
}

/// The word that begins in this column, if one does; a value may end where the name of a bias begins.
fn word(row: &[char], at: usize) -> Option<String> {
    let is_of_word = |c: &char| c.is_ascii_alphanumeric() || "+−≈.".contains(*c);
    let is_first = at == 0 || !is_of_word(&row[at - 1]) || row[at] == 'b';
    let letters = row.get(at..)?.iter().enumerate();
    let letters = letters.take_while(|(index, c)| is_of_word(c) && (*index == 0 || **c != 'b'));
    let word: String = letters.map(|(_, c)| c).collect();
    (is_first && !word.is_empty()).then_some(word)
}

fn number(word: &str) -> Option<f64> {
    let has_sign = word.starts_with(['+', '−', '≈']) || word == "0";
    let number = word.replace('−', "-").replace('≈', "").parse();
    number.ok().filter(|_| has_sign)
}

/// The weights whose names are in the diagram, each with the value behind or below it, if that is there; and how many values
/// belong to none.
fn labels(rows: &[Vec<char>]) -> (Vec<(usize, Option<f64>)>, usize) {
    let (mut named, mut owned) = (Vec::new(), Vec::new());
    for (y, row) in rows.iter().enumerate() {
        for x in 0..row.len() {
            let name = word(row, x).filter(|word| word.starts_with(['w', 'b']));
            let index = name.as_ref().and_then(|name| name[1..].parse().ok());
            let Some((name, index)) = name.zip(index) else {
                continue;
            };
            let places = [(y, x + name.len() + 1), (y + 1, x)];
            let value = places.into_iter().find_map(|(y, x)| {
                let value = number(&word(rows.get(y)?, x)?)?;
                owned.push((y, x));
                Some(value)
            });
            if name.starts_with('w') {
                named.push((index, value));
            }
        }
    }
    let cells = rows
        .iter()
        .enumerate()
        .flat_map(|(y, row)| (0..row.len()).map(move |x| (y, x)));
    let is_stray = |(y, x): &(usize, usize)| {
        let signed = word(&rows[*y], *x).filter(|word| word.starts_with(['+', '−']));
        let is_value = signed.is_some_and(|word| number(&word).is_some());
        // An input has its value in brackets.
        let is_input = rows[*y][..*x].iter().rev().find(|c| **c != ' ') == Some(&'[');
        is_value && !is_input && !owned.contains(&(*y, *x))
    };
    (named, cells.filter(is_stray).count())
}

/// The number that the last row of the diagram counts.
fn counted(rows: &[Vec<char>], what: &str) -> usize {
    let legend: String = rows[rows.len() - 1].iter().collect();
    let Some(at) = legend.find(what) else {
        return 0;
    };
    let count = legend[..at].trim_end().rsplit(' ').next();
    count.and_then(|count| count.parse().ok()).unwrap()
}

#[test]
fn every_weight_has_its_name_and_value_together_or_is_counted() {
    let mut counts = Vec::new();
    for options in [
        "--seed 42",
        "--data circle --hidden 4 --seed 42",
        "--data spiral --hidden 8,8 --seed 1",
        "--data penguins --seed 42",
        "--data penguins --hidden 3,3 --seed 1",
        "--data xor --hidden 16 --seed 1",
    ] {
        for (size, view) in [(80, 24), (120, 40), (200, 60)]
            .into_iter()
            .flat_map(|size| ['1', '2', '3'].map(|view| (size, view)))
        {
            let mut screen = TestScreen::new(options);
            screen.resize(size.0, size.1);
            screen.press(view);
            screen.tell(RunState::Paused);
            let text = screen.text();
            if view == '3' && !text.contains("┌ Network ") {
                continue;
            }
            let rows = diagram(&text);
            let (named, strays) = labels(&rows);
            assert_eq!(strays, 0, "{options} {view}\n{text}");
            let network = screen.session().network();
            let layers = network.layers().iter();
            let all: usize = layers.map(|layer| layer.units * layer.fan_in).sum();
            let values = named.iter().filter(|(_, value)| value.is_some());
            let left = counted(&rows, " weights without their value")
                + counted(&rows, " weight without its value")
                + counted(&rows, " values not shown:");
            assert_eq!(values.count() + left, all, "{options} {view}\n{text}");
            counts.push(left);
        }
    }
    assert!(counts.contains(&0) && counts.iter().any(|count| *count > 0));
}

#[test]
fn a_value_is_behind_or_below_the_name_of_its_own_weight() {
    let mut screen = TestScreen::new("--data circle --hidden 4 --seed 42");
    let parameters: Vec<f64> = (1..=17).map(|index| f64::from(index) / 4.0).collect();
    screen.begin_with(&parameters);
    screen.resize(200, 60);
    let text = screen.text();
    let (named, _) = labels(&diagram(&text));
    assert!(named.len() > 6, "{text}");
    for (index, value) in named {
        // The weights of the output come behind four biases.
        let place = if index > 8 { index + 4 } else { index };
        let expected = parameters[place - 1];
        let value = value.unwrap_or_else(|| panic!("w{index}\n{text}"));
        assert!((value - expected).abs() < 0.051, "w{index} {value}\n{text}");
    }
}

#[test]
fn where_names_are_asked_for_those_are_counted() {
    for labels in 0..3 {
        let mut screen = TestScreen::new("--data spiral --hidden 8,8 --seed 1");
        (0..labels).for_each(|_| drop(screen.press('a')));
        let rows = diagram(&screen.text());
        let missing =
            counted(&rows, " weights without their name") + counted(&rows, " names not shown:");
        assert_eq!(missing > 0, labels == 1, "{}", screen.text());
    }
}
