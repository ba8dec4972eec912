//! The CSV reader: good tables and bad ones.

use std::ops::ControlFlow;
use std::sync::Arc;

use nnscope::data::{CsvOptions, Dataset, Target, Task, read_csv};

pub(crate) fn read(table: impl AsRef<[u8]>, options: &CsvOptions) -> Result<Dataset, String> {
    read_csv("table", table.as_ref(), options, &mut |_| {
        ControlFlow::Continue(())
    })
    .map_err(|problem| format!("{problem:#}"))
}

fn plain(table: &str) -> Dataset {
    read(table, &CsvOptions::default()).unwrap()
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn options(target: &[&str], features: &[&str]) -> CsvOptions {
    CsvOptions {
        target: columns(target),
        features: columns(features),
        ..CsvOptions::default()
    }
}

fn feature_names(dataset: &Dataset) -> Vec<String> {
    dataset.features().iter().map(ToString::to_string).collect()
}

#[test]
fn the_kind_of_values_decides_the_kind_of_target() {
    let words = plain("x,y\n1,no\n2,yes\n3,no\n");
    assert_eq!(words.target.classes(), ["no", "yes"]);
    assert_eq!(*words.targets, [0.0, 1.0, 0.0]);
    let words = plain("x,y\n1,M\n2,F\n3,M\n");
    assert_eq!(words.target.classes(), ["M", "F"], "F comes before M");

    let chosen = CsvOptions {
        positive: Some("no".to_owned()),
        ..CsvOptions::default()
    };
    let chosen = read("x,y\n1,no\n2,yes\n3,no\n", &chosen).unwrap();
    assert_eq!(chosen.target.classes(), ["yes", "no"]);
    assert_eq!(*chosen.targets, [1.0, 0.0, 1.0]);

    let bits = plain("x,y\n1,1\n2,0\n3,1\n");
    assert_eq!(bits.target.classes(), ["0", "1"]);
    assert_eq!(*bits.targets, [1.0, 0.0, 1.0]);

    let many = plain("x,y\n1,a\n2,b\n3,c\n4,a\n");
    assert_eq!(many.target.task(), Task::Classes);
    assert_eq!(
        *many.targets,
        [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]
    );

    let numbers = read(
        "a,b (kg),x\n1,2,3\n0,1,5\n",
        &options(&["b (kg)", "A"], &[]),
    )
    .unwrap();
    let Target::Numbers(outputs) = &numbers.target else {
        panic!("{:?}", numbers.target)
    };
    assert_eq!(outputs[0].to_string(), "b (kg)");
    assert_eq!(*numbers.targets, [2.0, 1.0, 1.0, 0.0]);
    assert_eq!(*numbers.raw, [3.0, 5.0]);
}

#[test]
fn words_that_are_all_different_name_the_rows_and_others_are_categories() {
    let table = "island,id,x,color,y\nA,Ann,1,red,u\nA,Bea,2,blue,v\nB,Cid,3,green,u\n";
    let data = plain(table);
    assert_eq!(*data.names, ["Ann", "Bea", "Cid"]);
    assert_eq!(feature_names(&data), ["island", "x"]);
    assert_eq!(
        data.remarks,
        [
            "left out \"color\": a different word in every row",
            "\"island\" is a category, with an input for each word"
        ]
    );
    let chosen = read(table, &options(&["color"], &["x"])).unwrap();
    assert_eq!(*chosen.names, ["Ann", "Bea", "Cid"]);
    assert_eq!(
        chosen.remarks,
        ["column \"color\": each row is a class of its own"],
        "who chooses knows what is left"
    );
}

#[test]
fn features_come_in_the_order_that_is_asked_for() {
    let data = read("a,b,c,y\n1,2,3,u\n4,5,6,v\n", &options(&["y"], &["c", "a"]));
    assert_eq!(*data.unwrap().raw, [3.0, 1.0, 6.0, 4.0]);
}

#[test]
fn tables_of_other_programs_are_read() {
    // Where the lines are is another test's subject.
    let without_rows = |mut data: Dataset| {
        data.rows = Arc::default();
        data.remarks.clear();
        data
    };
    let expected = without_rows(plain("x,y\n1.5,u\n-2,v\n"));
    for table in [
        "\u{feff}x,y\n1.5,u\n-2,v\n",
        "x,y\r\n1.5,u\r\n-2,v\r\n",
        "x,y\n1.5,u\n-2,v",
        " x , y \n 1.5 , u \n -2 , v \n",
        "\"x\",\"y\"\n\"1.5\",\"u\"\n\"-2\",\"v\"\n",
        "\nx,y\n\n1.5,u\n\n\n-2,v\n\n",
    ] {
        assert_eq!(without_rows(plain(table)), expected, "{table:?}");
    }
    for (delimiter, table) in [
        (b';', "x;y\n1.5;u\n-2;v\n"),
        (b'\t', "x\ty\n1.5\tu\n-2\tv\n"),
    ] {
        let delimiter = CsvOptions {
            delimiter: Some(delimiter),
            ..CsvOptions::default()
        };
        assert_eq!(without_rows(read(table, &delimiter).unwrap()), expected);
    }
}

#[test]
fn rows_with_missing_values_are_left_out_only_when_asked_for_and_that_is_said() {
    let table = "name,x,z,y\nA,1,,u\nB,,1,v\nC,3,2,v\nD,4,3,NA\nE,5,4,w\nF,6,?,u\n";
    assert_eq!(
        read(table, &options(&["y"], &["x"])).unwrap_err(),
        "line 3, column \"x\": a value is missing (--drop-missing leaves such rows out, --impute median fills \
         it in); 2 of 6 rows lack one: \"x\" 1, \"y\" 1"
    );
    let drop_missing = CsvOptions {
        drop_missing: true,
        ..CsvOptions::default()
    };
    let data = read(table, &drop_missing).unwrap();
    assert_eq!(*data.names, ["C", "E"]);
    assert_eq!(
        data.target.classes(),
        ["w", "v"],
        "u has no row left, and so is no class"
    );
    assert_eq!(
        data.remarks,
        ["skipped 4 of 6 rows with missing values: \"z\" 2, \"x\" 1, \"y\" 1"]
    );
    let only_x = CsvOptions {
        drop_missing: true,
        ..options(&["x"], &["x"])
    };
    assert_eq!(
        read(table, &only_x).unwrap_err(),
        "column \"x\" cannot be predicted from itself"
    );
}

#[test]
fn bad_tables_are_refused_in_one_sentence() {
    let many_classes: Vec<String> = (0..101).map(|class| format!("1,c{class}")).collect();
    for (table, message) in [
        ("", "there is no header, the file is empty"),
        ("\n\n", "there is no header, the file is empty"),
        ("x,y\n", "there is no row below the header"),
        (
            "x\n1\n",
            "the only column is \"x\", expected one to predict and others to predict it from (--delimiter says what \
             separates columns)",
        ),
        ("x,y,x\n1,2,3\n", "columns 1 and 3 are both called \"x\""),
        (
            "x,y\n1,2\n1,2,3\n",
            "line 3: expected 2 values as in the header, found 3",
        ),
        (
            "x,y\n1,2\n1\n",
            "line 3: expected 2 values as in the header, found 1",
        ),
        (
            "x,y\n1,a\ntwo,b\n",
            "line 3, column \"x\": \"two\" is not a number as 1 of 2 values are (--missing two reads it as missing, \
             --exclude x leaves the column out)",
        ),
        (
            "x,y\n1,a\ninf,b\n",
            "line 3, column \"x\": \"inf\" is not a finite number (--missing inf reads it as missing, --exclude x \
             leaves the column out)",
        ),
        (
            "x,y\n1,a\n1e999,b\n",
            "line 3, column \"x\": \"1e999\" is not a finite number (--missing 1e999 reads it as missing, --exclude x \
             leaves the column out)",
        ),
        (
            "x,y\n1,a\nnan,b\n",
            "line 3, column \"x\": a value is missing (--drop-missing leaves such rows out, --impute median fills it \
             in)",
        ),
        (
            "x,y\n1,5\n2,six\n",
            "line 3, column \"y\": \"six\" is not a number as 1 of 2 values are (--missing six reads it as missing, \
             --classes takes all values for classes)",
        ),
        (
            "x,y\n1,a\n2,a\n",
            "column \"y\": every row is \"a\", expected two classes or more",
        ),
        (
            "x,y\n1,0\n2,0\n",
            "column \"y\": every row is \"0\", expected two classes or more",
        ),
        (
            "x,y\na,b\na,c\n",
            "no column but the target has numbers or categories to predict from (left out \"x\": always the same \
             word)",
        ),
        (
            &format!("x,y\n{}\n", many_classes.join("\n")),
            "column \"y\" has more than 100 different classes, at most that many are possible",
        ),
        (
            &format!("x,y\n1,a\n{}x\u{202e},a\n", "1".repeat(400)),
            &format!(
                "line 3, column \"x\": \"{0}…\" is not a number as 1 of 2 values are (--missing '{0}…' reads it as \
                 missing, --exclude x leaves the column out)",
                "1".repeat(59)
            ),
        ),
    ] {
        let problem = read(table, &CsvOptions::default()).unwrap_err();
        assert_eq!(problem, message, "{table:?}");
    }
}

#[test]
fn choices_that_cannot_be_are_refused_in_one_sentence() {
    let table = "x,Z,z,y\n1,2,3,a\n2,3,4,b\n5,6,7,c\n";
    let positive = |positive: &str, target: &str| CsvOptions {
        positive: Some(positive.to_owned()),
        ..options(&[target], &["x"])
    };
    for (options, message) in [
        (
            options(&["w"], &[]),
            "--target: no column is called \"w\", there are \"x\", \"Z\", \"z\", \"y\"",
        ),
        (
            options(&[], &["X", "w\u{7}"]),
            "--features: no column is called \"w\", there are \"x\", \"Z\", \"z\", \"y\"",
        ),
        (
            options(&["x", "X"], &[]),
            "--target: column \"x\" is named twice",
        ),
        (
            options(&["x"], &["z", "x"]),
            "column \"x\" cannot be predicted from itself",
        ),
        (
            options(&["x", "y"], &[]),
            "line 2, column \"y\": \"a\" is not a number, and of several targets each is one",
        ),
        (
            positive("a", "y"),
            "column \"y\": --positive is for two classes, there are 3",
        ),
        (
            positive("1", "z"),
            "--positive is for two classes, column \"z\" has numbers (--classes takes them for classes)",
        ),
    ] {
        assert_eq!(read(table, &options).unwrap_err(), message);
    }
    let nobody = CsvOptions {
        positive: Some("c".to_owned()),
        ..CsvOptions::default()
    };
    assert_eq!(
        read("x,y\n1,a\n2,b\n", &nobody).unwrap_err(),
        "column \"y\": no class is called \"c\", there are \"a\" and \"b\""
    );
    let drop_missing = CsvOptions {
        drop_missing: true,
        ..CsvOptions::default()
    };
    assert_eq!(
        read("x,z,y\n1,,a\n,2,b\n", &drop_missing).unwrap_err(),
        "every row lacks a value that is needed"
    );
}

#[test]
fn what_is_not_utf_8_is_refused_where_it_is_needed() {
    let refused = |table: &[u8]| read(table, &CsvOptions::default()).unwrap_err();
    let reason = "not UTF-8 (perhaps Latin-1 or Windows-1252), save the file as UTF-8";
    assert_eq!(
        refused(b"x,gr\xf6\xdfe\n1,a\n"),
        format!("line 1, column 2: {reason}")
    );
    assert_eq!(
        refused(b"x,y\n1,a\n2,\xe4\n"),
        format!("line 3, column \"y\": {reason}")
    );
    assert_eq!(
        refused(b"x,y\n1,a\n2,b\n\xe4,b\n"),
        "line 4, column \"x\": \"\u{fffd}\" is not a number as 2 of 3 values are (--missing '\u{fffd}' reads it as \
         missing, --exclude x leaves the column out)"
    );
}

#[test]
fn what_a_file_says_cannot_disturb_the_screen() {
    let data = plain(
        "na\u{1b}me,x\u{202e} (l\u{7}b),y\nA\u{1b}[2J,1,u\u{2028}\nB,2,v\nC,3,\u{200b}w\u{9b}\n",
    );
    assert_eq!(data.names[0], "A [2J");
    assert_eq!(feature_names(&data), ["x (l b)"]);
    assert_eq!(data.target.classes(), ["u", "v", "w"]);
}

#[test]
fn wide_tables_are_refused_at_once() {
    let header: Vec<String> = (0..100_000).map(|column| format!("c{column}")).collect();
    let problem = read(header.join(","), &CsvOptions::default()).unwrap_err();
    assert_eq!(
        problem,
        "line 1 has more than 10000 columns, at most that many are possible"
    );
}

#[test]
fn a_quote_that_is_never_closed_is_refused_by_the_line_where_it_opened() {
    let rest = "1,a\n".repeat(100_000);
    for (row, column) in [("1,\"a", 2), ("\"1,a", 1), ("1, \"a", 2)] {
        let problem = read(format!("x,y\n\n{row}\n{rest}"), &CsvOptions::default());
        assert_eq!(
            problem.unwrap_err(),
            format!("line 3, column {column}: the quote that opens here is never closed")
        );
    }
}

#[test]
fn progress_is_reported_every_ten_thousand_rows() {
    let table = format!("x,y\n{}", "1,a\n2,b\n".repeat(12_500));
    let mut reported = Vec::new();
    let options = CsvOptions::default();
    read_csv("table", table.as_bytes(), &options, &mut |rows| {
        reported.push(rows);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(reported, [10_000, 20_000]);
}
