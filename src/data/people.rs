//! The post's data: four people, and two more to ask about.

use super::{CsvOptions, Dataset, ScalingMethod, UnseenSample, read_csv};

/// The four people of the post (weight in lb, height in in; F = 1, M = 0), shifted by −135 and −66 as
/// there, with Emily and Frank to ask about.
///
/// # Panics
///
/// Never: the built-in file is read by the tests.
#[must_use]
pub fn people() -> Dataset {
    let file = include_str!("../../assets/datasets/people.csv");
    let unseen = |name: &str, weight, height| UnseenSample {
        name: name.to_owned(),
        raw: vec![weight, height],
    };
    let table = read_csv(
        "people",
        file.as_bytes(),
        &CsvOptions::default(),
        &mut |_| {},
    );
    let mut people = table.expect("the built-in dataset is sound");
    people.unseen = vec![unseen("Emily", 128.0, 63.0), unseen("Frank", 155.0, 68.0)];
    people
        .scale(&ScalingMethod::Shift(vec![135.0, 66.0]))
        .expect("the shift has a number for each feature");
    people
}

#[cfg(test)]
mod tests {
    use super::people;

    #[test]
    fn the_people_are_those_of_the_post() {
        let people = people();
        assert_eq!(people.sample_names, ["Alice", "Bob", "Charlie", "Diana"]);
        assert_eq!(
            people
                .features()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["weight (lb)", "height (in)"]
        );
        assert_eq!(
            people.raw,
            [133.0, 65.0, 160.0, 72.0, 152.0, 70.0, 120.0, 60.0]
        );
        assert_eq!(people.targets, [1.0, 0.0, 0.0, 1.0]);
        assert_eq!(people.target.classes(), ["M", "F"]);
        assert_eq!(people.range(0), (120.0, 160.0));
    }

    #[test]
    fn training_sees_the_shifted_values_of_the_post() {
        let examples = people().training();
        assert_eq!(
            examples.inputs,
            [-2.0, -1.0, 25.0, 6.0, 17.0, 4.0, -15.0, -6.0]
        );
        assert_eq!(examples.rows(3..4), (&[-15.0, -6.0][..], &[1.0][..]));
    }
}
