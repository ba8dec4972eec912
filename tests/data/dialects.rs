//! Files as other programs and people write them.

use nnscope::data::{CsvOptions, Dataset, Imputation};
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

use super::csv::read;

fn plain(table: impl AsRef<[u8]>) -> Dataset {
    read(table, &CsvOptions::default()).unwrap()
}

/// Features, raw values, classes and targets: all but where and how they stood.
fn content(data: &Dataset) -> (Vec<String>, &[f64], &[String], &[f64]) {
    let features = data.features().iter().map(ToString::to_string).collect();
    (features, &data.raw, data.target.classes(), &data.targets)
}

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn the_delimiter_is_found_and_said() {
    let expected = plain("x,z,y\n1.5,2,u\n-2,3,v\n4,4,u\n");
    assert_eq!(expected.remarks, [""; 0]);
    for (table, remark) in [
        ("x;z;y\n1.5;2;u\n-2;3;v\n4;4;u\n", "semicolons"),
        ("x\tz\ty\n1.5\t2\tu\n-2\t3\tv\n4\t4\tu\n", "tabs"),
        ("x|z|y\n1.5|2|u\n-2|3|v\n4|4|u\n", "vertical bars"),
        ("x z y\n1.5 2 u\n-2 3 v\n4 4 u\n", "blanks"),
        ("  x   z  y\n1.5  2  u \n -2\t3 v\n4 4 u\n", "blanks"),
        ("sep=;\nx;z;y\n1.5;2;u\n-2;3;v\n4;4;u\n", "semicolons"),
        (
            "SEP=|\r\nx|z|y\r\n1.5|2|u\r\n-2|3|v\r\n4|4|u\r\n",
            "vertical bars",
        ),
        ("x;z;y\n1,5;2;u\n-2,0;3;v\n4,0;4;u\n", "semicolons"),
    ] {
        let data = plain(table);
        assert_eq!(content(&data), content(&expected), "{table:?}");
        assert_eq!(
            data.remarks[0],
            format!("columns are separated by {remark}")
        );
    }
    for table in [
        "sep=,\nx,z,y\n1.5,2,u\n-2,3,v\n4,4,u\n",
        "x,z,y,\n1.5,2,u,\n-2,3,v,\n4,4,u,\n",
        "x,z,y\n1.5,2,u,\n-2,3,v,\n4,4,u,\n",
        "x, \"z\" ,\"y\"\n1.5, \"2\",\t\"u\" \n -2,3 , \"v\"\n4,4,u",
        "x,z,y\r1.5,2,u\r-2,3,v\r4,4,u\r",
    ] {
        let data = plain(table);
        assert_eq!(content(&data), content(&expected), "{table:?}");
        assert_eq!(data.remarks, [""; 0], "{table:?}");
    }
}

#[test]
fn what_is_in_quotes_or_cells_separates_nothing() {
    let data = plain("x,y\n1,\"a; b\"\n2,\"c; d\"\n3,\"a; b\"\n");
    assert_eq!(data.target.classes(), ["c; d", "a; b"]);
    let data = plain("\"last name, first\",y\n1,\"say \"\"hi\"\", she\"\n2,b\n");
    assert_eq!(data.features()[0].to_string(), "last name, first");
    assert_eq!(data.target.classes(), ["say \"hi\", she", "b"]);
    let data = plain("size (\"),y\n1,5'3\"\n2,b\n3,b\n");
    assert_eq!(data.target.classes(), ["b", "5'3\""]);
}

#[test]
fn utf_16_is_read_and_said() {
    let text = "größe,y\n1,a\n2,b\n";
    let expected = plain(text);
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let data = plain(utf_16(text, to_bytes));
        assert_eq!(content(&data), content(&expected));
        assert_eq!(data.remarks, ["the file is in UTF-16"]);
    }
}

#[test]
fn comments_are_skipped_only_if_asked_for() {
    let comment = CsvOptions {
        comment: Some(b'#'),
        ..CsvOptions::default()
    };
    let data = read(
        "# made by hand\nx,y\n1,a\n  # half\n2,b\n3,\"#c\"\n",
        &comment,
    )
    .unwrap();
    assert_eq!((data.len(), &*data.rows), (3, &vec![3, 5, 6]));
    let plain = plain("x,y\n1,#a\n2,b\n");
    assert_eq!(plain.target.classes(), ["b", "#a"]);
}

#[test]
fn a_file_without_a_header_has_numbered_columns() {
    let table = "Alice,133,65,F\nBob,160,72,M\nCharlie,152,70,M\nDiana,120,60,F\n";
    let no_header = CsvOptions {
        no_header: true,
        ..CsvOptions::default()
    };
    let people = read(table, &no_header).unwrap();
    assert_eq!(*people.names, ["Alice", "Bob", "Charlie", "Diana"]);
    let (features, raw, classes, targets) = content(&people);
    assert_eq!(features, ["x2", "x3"]);
    assert_eq!(
        (raw.len(), classes, targets),
        (
            8,
            &["M".to_owned(), "F".to_owned()][..],
            &[1.0, 0.0, 0.0, 1.0][..]
        )
    );
    let target = CsvOptions {
        target: vec!["x3".to_owned()],
        ..no_header
    };
    let by_height = read(table, &target).unwrap();
    assert_eq!(*by_height.targets, [65.0, 72.0, 70.0, 60.0]);
}

#[test]
fn years_and_column_numbers_are_names() {
    for header in ["country,2019,2020,y", ",0,1,y"] {
        let table = format!("{header}\nA,1.5,2.5,a\nB,3.5,1.5,b\nC,2.5,9.5,a\n");
        assert_eq!(plain(table).len(), 3, "{header}");
    }
}

#[test]
fn row_names_as_r_writes_them_need_no_name_in_the_header() {
    let data =
        plain("\"mpg\" \"cyl\"\n\"Mazda RX4\" 21 6\n\"Valiant\" 18.1 4.5\n\"Fiat 128\" 32.4 4\n");
    assert_eq!(*data.names, ["Mazda RX4", "Valiant", "Fiat 128"]);
    assert_eq!(*data.targets, [6.0, 4.5, 4.0]);
}

#[test]
fn samples_are_called_by_the_lines_of_the_file() {
    let table = "\nx,s,y\n\n1,\"two\nlines\",a\n\n2,u,b\n,w,b\n4,u,a\n,,\n5,v,b\n";
    let options = CsvOptions {
        drop_missing: true,
        ..CsvOptions::default()
    };
    let mut data = read(table, &options).unwrap();
    assert_eq!(*data.rows, [4, 7, 9, 11]);
    assert_eq!(data.sample_name(1), "#7");
    assert!(
        data.remarks
            .contains(&"skipped 1 of 5 rows with missing values: \"x\" 1".to_owned()),
        "{:?}",
        data.remarks
    );
    assert!(
        data.remarks
            .contains(&"skipped 1 row without any value".to_owned())
    );
    let lines: Vec<(usize, f64)> = (0..4)
        .map(|sample| (data.row_of(sample), data.raw_of(sample)[0]))
        .collect();
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(3);
    data.split(0.5, &mut generator).unwrap();
    for sample in 0..4 {
        let name = (data.row_of(sample), data.raw_of(sample)[0]);
        assert!(lines.contains(&name), "{name:?}");
    }
}

#[test]
fn missing_values_are_filled_in_from_the_training_samples() {
    let table = "x,s,y\n1,u,a\n2,v,b\nNA,u,a\n6,?,b\n7,u,\n";
    let options = CsvOptions {
        impute: Some(Imputation::Mean),
        ..CsvOptions::default()
    };
    let mut data = read(table, &options).unwrap();
    assert_eq!(data.len(), 4, "a row without a target is none");
    data.training_samples = 3;
    data.impute(Imputation::Mean).unwrap();
    assert_eq!(data.raw_of(2), [1.5, 1.0]);
    assert_eq!(data.raw_of(3), [6.0, 1.0]);
    assert_eq!(
        data.remarks[1..],
        [
            "skipped 1 of 5 rows with missing values: \"y\" 1",
            "\"x\": 1 missing value replaced by the mean, 1.5",
            "\"s\": 1 missing value replaced by the most frequent word, \"u\"",
        ]
    );
    let mut empty = read(table, &options).unwrap();
    empty.training_samples = 0;
    assert!(
        empty
            .impute(Imputation::Median)
            .unwrap_err()
            .to_string()
            .contains("\"x\" has no value")
    );
    let mut data = read("x,y\n5,a\n1,b\n2,a\n40,b\n,a\n", &options).unwrap();
    data.impute(Imputation::Median).unwrap();
    assert_eq!(data.raw_of(4), [3.5]);
}
