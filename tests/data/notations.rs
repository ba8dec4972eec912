//! Numbers as people write them, decided by whole columns.

use nnscope::data::{CsvOptions, Dataset};

use super::csv::read;

fn feature(table: &str, options: &CsvOptions) -> (Vec<f64>, String, Vec<String>) {
    let data: Dataset =
        read(table, options).unwrap_or_else(|problem| panic!("{table:?}: {problem}"));
    let unit = data.features()[0].unit().to_owned();
    (data.raw.to_vec(), unit, data.remarks)
}

/// A table with these cells in column `x`, in quotes.
fn table(cells: &[&str]) -> String {
    let rows = cells.iter().zip(["a", "b"].iter().cycle());
    let rows: Vec<String> = rows
        .map(|(cell, y)| format!("\"{}\",{y}", cell.replace('"', "\"\"")))
        .collect();
    format!("x,y\n{}\n", rows.join("\n"))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn whole_columns_are_read_as_people_write_them_and_that_is_said() {
    for (cells, numbers, unit, example) in [
        (
            &["$1,200", "$10,000", "$5"][..],
            &[1200.0, 10_000.0, 5.0][..],
            "$",
            "\"$1,200\" as 1200, in $",
        ),
        (
            &["1,200 €", "3 €"],
            &[1200.0, 3.0],
            "€",
            "\"1,200 €\" as 1200, in €",
        ),
        (
            &["EUR 5", "EUR 7.5"],
            &[5.0, 7.5],
            "EUR",
            "\"EUR 7.5\" as 7.5, in EUR",
        ),
        (
            &["10%", "7.5%", "0%"],
            &[10.0, 7.5, 0.0],
            "%",
            "\"7.5%\" as 7.5, in %",
        ),
        (
            &["133 lb", "120.5 lb"],
            &[133.0, 120.5],
            "lb",
            "\"120.5 lb\" as 120.5, in lb",
        ),
        (
            &["58kg", "60kg"],
            &[58.0, 60.0],
            "kg",
            "\"58kg\" as 58, in kg",
        ),
        (
            &["60 m2", "75 m2"],
            &[60.0, 75.0],
            "m2",
            "\"60 m2\" as 60, in m2",
        ),
        (
            &["1,234.50", "999.00"],
            &[1234.5, 999.0],
            "",
            "\"1,234.50\" as 1234.5",
        ),
        (
            &["1.234,50", "999,00"],
            &[1234.5, 999.0],
            "",
            "\"1.234,50\" as 1234.5",
        ),
        (
            &["1 234,50", "999"],
            &[1234.5, 999.0],
            "",
            "\"1 234,50\" as 1234.5",
        ),
        (
            &["1\u{202f}234,5", "2\u{a0}000,25"],
            &[1234.5, 2000.25],
            "",
            "1234.5",
        ),
        (
            &["1'234.5", "12'000"],
            &[1234.5, 12_000.0],
            "",
            "\"1'234.5\" as 1234.5",
        ),
        (&["1,5", "2,75"], &[1.5, 2.75], "", "\"1,5\" as 1.5"),
        (
            &["−5", "3", "−0.5"],
            &[-5.0, 3.0, -0.5],
            "",
            "\"−0.5\" as -0.5",
        ),
        (
            &["(1,200)", "350"],
            &[-1200.0, 350.0],
            "",
            "\"(1,200)\" as -1200",
        ),
        (
            &["12,34,567", "1,000"],
            &[1_234_567.0, 1000.0],
            "",
            "\"12,34,567\" as 1234567",
        ),
    ] {
        let (raw, read_unit, remarks) = feature(&table(cells), &CsvOptions::default());
        assert_eq!((raw.as_slice(), &*read_unit), (numbers, unit), "{cells:?}");
        let remark = remarks
            .iter()
            .find(|remark| remark.starts_with("\"x\": read "));
        assert!(
            remark.is_some_and(|remark| remark.contains(example)),
            "{cells:?}: {remarks:?}"
        );
    }
}

#[test]
fn blanks_of_any_kind_around_a_number_are_no_part_of_it() {
    let cells = ["\u{a0}1.5", "2\u{2009}", "\u{feff}3", " 4\t"];
    let (raw, unit, remarks) = feature(&table(&cells), &CsvOptions::default());
    assert_eq!((raw, unit), (vec![1.5, 2.0, 3.0, 4.0], String::new()));
    assert_eq!(remarks, [""; 0]);
}

#[test]
fn what_can_be_read_in_two_ways_is_decided_by_a_rule_that_is_said_and_can_be_overruled() {
    let ambiguous = table(&["1,234", "10,000"]);
    let with = |decimal, thousands| CsvOptions {
        decimal,
        thousands,
        ..CsvOptions::default()
    };
    let (raw, _, remarks) = feature(&ambiguous, &CsvOptions::default());
    assert_eq!(raw, [1234.0, 10_000.0]);
    assert_eq!(
        remarks[0],
        "\"x\": read \"1,234\" as 1234 (--decimal , reads it otherwise)"
    );
    assert_eq!(feature(&ambiguous, &with(Some(','), None)).0, [1.234, 10.0]);
    assert_eq!(
        feature(&ambiguous, &with(Some('.'), None)).0,
        [1234.0, 10_000.0]
    );
    assert_eq!(
        feature(&ambiguous, &with(None, Some(','))).0,
        [1234.0, 10_000.0]
    );

    // Semicolons are the sign of a country with decimal commas.
    let semicolons = "x;y\n1,234;a\n10,000;b\n";
    assert_eq!(feature(semicolons, &CsvOptions::default()).0, [1.234, 10.0]);
    // What another column shows counts for more.
    let other = "x;z;y\n1,234;0.5;a\n10,000;0.25;b\n";
    assert_eq!(
        feature(other, &CsvOptions::default()).0,
        [1234.0, 0.5, 10_000.0, 0.25]
    );
    let points = "x;z;y\n1.234;0,5;a\n10.000;0,25;b\n";
    let (raw, _, remarks) = feature(points, &CsvOptions::default());
    assert_eq!(raw, [1234.0, 0.5, 10_000.0, 0.25]);
    assert_eq!(
        remarks[1],
        "\"x\": read \"1.234\" as 1234 (--decimal . reads it otherwise)"
    );
    assert_eq!(
        feature("x,y\n1.234,a\n10.000,b\n", &CsvOptions::default()).0,
        [1.234, 10.0]
    );
    let thousands = with(None, Some('.'));
    assert_eq!(
        feature("x,y\n1.234,a\n10.000,b\n", &thousands).0,
        [1234.0, 10_000.0]
    );
}

#[test]
fn very_many_different_numbers_are_read_like_few() {
    // More than a column keeps the texts of.
    let cell = |index: u32| format!("{}.{:03},5", 1 + index / 1000, index % 1000);
    let rows: Vec<String> = (0..3000)
        .map(|index| format!("{};{}", cell(index), index % 2))
        .collect();
    let (raw, _, remarks) = feature(
        &format!("x;y\n{}\n", rows.join("\n")),
        &CsvOptions::default(),
    );
    assert_eq!(raw.len(), 3000);
    for (index, raw) in (0_u32..).zip(raw) {
        assert_eq!(raw, f64::from(1000 + index) + 0.5);
    }
    assert_eq!(remarks[1], "\"x\": read \"1.000,5\" as 1000.5");

    let cell = |index: u32| match index {
        2999 => "1.234.567".to_owned(),
        _ => format!("{}.{:03}", 1 + index / 1000, index % 1000),
    };
    let rows: Vec<String> = (0..3000)
        .map(|index| format!("{};{},5", cell(index), index % 7))
        .collect();
    let (raw, ..) = feature(
        &format!("x;y\n{}\n", rows.join("\n")),
        &CsvOptions::default(),
    );
    assert_eq!(raw[..3], [1000.0, 1001.0, 1002.0]);
    assert_eq!(raw[2999], 1_234_567.0);

    let rows: Vec<String> = (0..3000)
        .map(|index| format!("{}.{},{}", index, index % 10, index % 2))
        .collect();
    let word = format!("x,y\n{}\nabc,1\n", rows.join("\n"));
    assert_eq!(
        read(&word, &CsvOptions::default()).unwrap_err(),
        "line 3002, column \"x\": \"abc\" is not a number as 3000 of 3001 values are (--missing abc reads it as \
         missing, --exclude x leaves the column out)"
    );
}
