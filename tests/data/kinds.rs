//! What whole columns are: numbers, categories, classes, ids, names.

use nnscope::data::{CsvOptions, Dataset, Feature, Task};

use super::csv::read;

fn plain(table: &str) -> Dataset {
    read(table, &CsvOptions::default()).unwrap()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn inputs(data: &Dataset) -> Vec<&str> {
    data.inputs()
        .iter()
        .map(|input| input.name.as_str())
        .collect()
}

#[test]
fn columns_of_a_few_words_are_categories() {
    let data = plain(
        "sex,cut,ok,x,y\nmale,good,yes,1.5,5\nfemale,fair,no,2,6\nfemale,ideal,no,7,9.5\nmale,fair,yes,2,1\n",
    );
    let expected = [
        "sex=female",
        "cut=fair",
        "cut=good",
        "cut=ideal",
        "ok=yes",
        "x",
    ];
    assert_eq!(inputs(&data), expected);
    assert_eq!(data.raw_of(0), [0.0, 1.0, 1.0, 1.5]);
    assert_eq!(
        data.training().copied().0[..6],
        [0.0, 0.0, 1.0, 0.0, 1.0, 1.5]
    );
    assert_eq!(data.features()[0].parse("FEMALE"), Ok(1.0));
    assert_eq!(
        data.remarks,
        ["\"sex\", \"cut\", \"ok\" are categories, with an input for each word"]
    );
}

#[test]
fn words_that_are_too_many_or_too_few_are_left_out_and_that_is_said() {
    let rows: Vec<String> = (0..44)
        .map(|row| format!("w{},same,{},{}", row % 22, row * row, row % 2))
        .collect();
    let data = plain(&format!("many,same,x,y\n{}\n", rows.join("\n")));
    assert_eq!(inputs(&data), ["x"]);
    let remarks = [
        "left out \"same\": always the same word",
        "left out \"many\": more than 20 different words",
    ];
    assert_eq!(data.remarks, remarks);
    let chosen = CsvOptions {
        features: names(&["many"]),
        ..CsvOptions::default()
    };
    let problem = read(format!("many,same,x,y\n{}\n", rows.join("\n")), &chosen).unwrap_err();
    assert_eq!(
        problem,
        "column \"many\" has more than 20 different words, at most that many are possible"
    );
}

#[test]
fn row_numbers_and_ids_are_left_out_and_can_be_chosen() {
    for (header, ids) in [
        ("", ["0", "1", "2", "3"]),
        ("id", ["1", "2", "3", "4"]),
        ("count", ["3", "1", "4", "2"]),
        ("PassengerId", ["892", "17", "5", "1000"]),
        ("Unnamed: 0", ["0", "5", "7", "9"]),
    ] {
        let rows = ids
            .iter()
            .zip(["1.5,a", "2,b", "9,a", "3,b"])
            .map(|(id, rest)| format!("{id},{rest}\n"));
        let table = format!("{header},x,y\n{}", rows.collect::<String>());
        let data = plain(&table);
        assert_eq!(inputs(&data), ["x"], "{header}");
        assert!(
            data.remarks[0].starts_with("left out "),
            "{:?}",
            data.remarks
        );
        let name = if header.is_empty() {
            "column 1"
        } else {
            header
        };
        let chosen = CsvOptions {
            features: names(&[name, "x"]),
            ..CsvOptions::default()
        };
        assert_eq!(inputs(&read(&table, &chosen).unwrap()), [name, "x"]);
    }
    // What is measured may happen to be 1, 2, 3, …
    assert_eq!(inputs(&plain("x,y\n1,2.5\n2,4.5\n3,6.5\n4,8.5\n")), ["x"]);
    assert_eq!(
        inputs(&plain("count,x,y\n1,5,a\n2,6,b\n2,9,b\n4,1,b\n")),
        ["count", "x"]
    );
}

#[test]
fn whole_numbers_are_classes_if_asked_for() {
    for (values, classes) in [
        (["0", "1", "2", "1"], &["0", "1", "2"][..]),
        (["2", "1", "2", "1"], &["1", "2"]),
        (["1", "-1", "-1", "1"], &["-1", "1"]),
        (["10", "9", "10.0", "9.50"], &["9", "9.5", "10"]),
    ] {
        let rows = values
            .iter()
            .zip([5, 7, 2, 3])
            .map(|(y, x)| format!("{x},{y}\n"));
        let table = format!("x,y\n{}", rows.collect::<String>());
        let with_classes = CsvOptions {
            classes: true,
            ..CsvOptions::default()
        };
        let data = read(&table, &with_classes).unwrap();
        assert_eq!(data.target.classes(), classes);
        let numbers = plain(&table);
        assert_eq!(numbers.target.task(), Task::Numbers);
        let hint = format!(
            "\"y\" has {} different whole numbers, predicted as numbers",
            classes.len()
        );
        let is_said = numbers
            .remarks
            .iter()
            .any(|remark| remark.starts_with(&hint));
        assert_eq!(is_said, values[0] != "10", "{:?}", numbers.remarks);
    }
}

#[test]
fn missing_words_can_be_a_class_and_more_texts_missing() {
    let table = "code,x,y\nNA,1.5,a\nDE,2,NA\nNA,7,a\nDE,9,\n";
    let kept = CsvOptions {
        missing_as_class: true,
        ..CsvOptions::default()
    };
    let data = read(table, &kept).unwrap();
    assert_eq!(inputs(&data)[0], "code=DE");
    assert_eq!(data.target.classes(), ["(missing)", "a", "NA"]);

    let table = "x,y\n-9,a\n5,unknown\n6,a\n7,b\n-9.0,b\n";
    let more = CsvOptions {
        missing: names(&["unknown", "-9"]),
        drop_missing: true,
        ..CsvOptions::default()
    };
    let data = read(table, &more).unwrap();
    assert_eq!(*data.raw, [6.0, 7.0]);
    assert_eq!(
        data.remarks,
        ["skipped 3 of 5 rows with missing values: \"x\" 2, \"y\" 1"]
    );
}

#[test]
fn texts_that_look_the_same_are_one_class_and_long_ones_may_share_a_beginning() {
    let data =
        plain("x,y\n1,cafe\u{301}\n2,caf\u{e9}\n3,New\u{a0}York\n4,New York\n5,a\u{200b}\n6,a\n");
    assert_eq!(data.target.classes(), ["a", "caf\u{e9}", "New York"]);
    let long = |end| format!("{}{end}", "word ".repeat(30));
    let data = plain(&format!("x,y\n1,{0}a\n2,{0}b\n3,{0}a\n", long("")));
    assert_eq!(*data.targets, [1.0, 0.0, 1.0]);
    let classes = data.target.classes();
    assert_ne!(classes[0], classes[1]);
    let chosen = CsvOptions {
        positive: Some(long("b")),
        ..CsvOptions::default()
    };
    let data = read(format!("x,y\n1,{0}a\n2,{0}b\n3,{0}a\n", long("")), &chosen).unwrap();
    assert_eq!(*data.targets, [0.0, 1.0, 0.0]);
}

#[test]
fn any_name_can_be_chosen_and_excluded() {
    let table = "\"price, EUR\",gr\u{f6}\u{df}e,C:\\data,y\n1,2,3,a\n2,5,7,b\n4,4,4,a\n";
    let target = CsvOptions {
        target: names(&["price, EUR"]),
        exclude: names(&["y"]),
        ..CsvOptions::default()
    };
    let data = read(table, &target).unwrap();
    assert_eq!(*data.targets, [1.0, 2.0, 4.0]);
    assert_eq!(inputs(&data), ["größe", "C:\\data"]);
    let decomposed = CsvOptions {
        features: names(&["gro\u{308}\u{df}e"]),
        ..CsvOptions::default()
    };
    assert_eq!(inputs(&read(table, &decomposed).unwrap()), ["größe"]);
    let wrong = CsvOptions {
        target: names(&["กำไร\\x"]),
        ..CsvOptions::default()
    };
    assert_eq!(
        read(table, &wrong).unwrap_err(),
        "--target: no column is called \"กำไร\\x\", there are \"price, EUR\", \"größe\", \"C:\\data\", \"y\""
    );
}

#[test]
fn a_unit_in_the_cells_is_that_of_the_feature() {
    let data = plain("w,y\n133 lb,a\n160 lb,b\n");
    assert_eq!(data.features()[0], Feature::number("w", "lb"));
    assert_eq!(data.features()[0].parse("60 kg").map(f64::round), Ok(132.0));
    let data = plain("area (m2),y\n60,a\n75,b\n");
    assert_eq!(data.features()[0].parse("60 m2"), Ok(60.0));
}
