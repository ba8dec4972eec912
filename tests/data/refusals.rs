//! Bad tables and their sentences, by kind.

use nnscope::data::CsvOptions;

use super::csv::read;

/// A kind of fault, tables that have it, and what the sentence says of each.
type Kind = (&'static str, &'static [(&'static str, &'static str)]);

const KINDS: &[Kind] = &[
    (
        "a few words among numbers",
        &[
            (
                "x,y\n1,a\n2,b\n3,a\nabc,b\n",
                "line 5, column \"x\": \"abc\" is not a number as 3 of 4 values are",
            ),
            (
                "x,y\nabc,a\n2,b\n3,a\n1,b\n",
                "line 2, column \"x\": \"abc\" is not a number as 3 of 4 values are",
            ),
            (
                "x,y\n1,5\n2,6\n3,x\n4,7\n",
                "line 4, column \"y\": \"x\" is not a number as 3 of 4 values are",
            ),
            (
                "x,y\n1,a\nu,b\n3,a\nv,b\n5,a\n6,b\n7,a\n",
                "nor \"v\" in line 5",
            ),
            (
                "x,y\n1,5\n2,6\n3,x\n4,7\n",
                "(--missing x reads it as missing, --classes takes all values for classes)",
            ),
            (
                "x,y\n1,a\n2,b\n3,a\nn.k.,b\n",
                "--missing n.k. reads it as missing, --exclude x leaves the column out",
            ),
            (
                "\"my x\",y\n1,a\n2,b\n3,a\nn k,b\n",
                "--missing 'n k' reads it as missing, --exclude 'my x' leaves",
            ),
            (
                "x,y\n10%,a\n20%,b\n30,a\n40%,b\n",
                "line 4, column \"x\": \"30\" is not a number as 3 of 4 values are",
            ),
            (
                "x,y\n5 kg,a\n6 kg,b\n7 lb,a\n8 kg,b\n",
                "line 4, column \"x\": \"7 lb\" is not a number",
            ),
            (
                "x,y\n$5,a\n$6,b\n€7,a\n$8,b\n",
                "line 4, column \"x\": \"€7\" is not a number",
            ),
            (
                "x,y\n\"1,5\",a\n\"2,5\",b\n\"1,23,4\",a\n\"3,5\",b\n",
                "\"1,23,4\" is not a number",
            ),
            (
                "x,y\n1,a\n2,b\n3 4,a\n4,b\n",
                "line 4, column \"x\": \"3 4\" is not a number",
            ),
            (
                "x,y\n1,a\n2,b\n1.2.3,a\n4,b\n",
                "line 4, column \"x\": \"1.2.3\" is not a number",
            ),
            (
                "x,y\n1,a\n2,b\n--3,a\n4,b\n",
                "line 4, column \"x\": \"--3\" is not a number",
            ),
        ],
    ),
    (
        "numbers of other programs",
        &[
            (
                "x,y\n0x1F,a\n0x2A,b\n",
                "line 2, column \"x\": \"0x1F\" is a hexadecimal number, expected a decimal one",
            ),
            (
                "x,y\n1,a\n0xff,b\n",
                "line 3, column \"x\": \"0xff\" is a hexadecimal number",
            ),
            (
                "x,y\n1,1.5D3\n2,2.5D3\n",
                "\"1.5D3\" has an exponent with D, expected one with e as in 1.5e3",
            ),
            (
                "x,y\n1,a\n1d-5,b\n",
                "line 3, column \"x\": \"1d-5\" has an exponent with D",
            ),
            (
                "x,y\n1,a\ninf,b\n",
                "line 3, column \"x\": \"inf\" is not a finite number",
            ),
            (
                "x,y\n1,a\n-Infinity,b\n",
                "\"-Infinity\" is not a finite number",
            ),
            ("x,y\n1,a\n1e999,b\n", "\"1e999\" is not a finite number"),
        ],
    ),
    (
        "missing values",
        &[
            (
                "x,y\n1,a\n,b\n3,a\n",
                "line 3, column \"x\": a value is missing (--drop-missing leaves such rows out",
            ),
            (
                "x,y\nN/A,a\n2,b\n3,a\n",
                "line 2, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\n#N/A,b\n3,a\n",
                "line 3, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\n<NA>,b\n3,a\n",
                "line 3, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\nNone,b\n3,a\n",
                "line 3, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\nNULL,b\n3,a\n",
                "line 3, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\n?,b\n3,a\n",
                "line 3, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\n-,b\n3,a\n",
                "line 3, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\n.,b\n3,a\n",
                "line 3, column \"x\": a value is missing",
            ),
            (
                "x,y\n1,a\n2,NA\n3,b\n",
                "line 3, column \"y\": a value is missing (--drop-missing leaves such rows out)",
            ),
            (
                "x,s,y\n1,u,a\n2,NA,b\n3,u,b\n4,v,a\n",
                "line 3, column \"s\": a value is missing",
            ),
            ("x,y\n1,NA\n2,\n3,?\n", "column \"y\" has no value"),
        ],
    ),
    (
        "quotes",
        &[
            (
                "x,y\n1,\"a\n2,b\n",
                "line 2, column 2: the quote that opens here is never closed",
            ),
            (
                "x,\"y\n1,a\n2,b\n",
                "line 1, column 2: the quote that opens here is never closed",
            ),
            (
                "x,y\n\n\n1,a\n2, \"b\n3,a\n",
                "line 5, column 2: the quote that opens here is never closed",
            ),
            (
                "x,y\n1,\"a\n2,\"b\"\n",
                "line 2, column 2: the quote that opens here closes in line 3 before \"b\"\"",
            ),
            (
                "x,y\n1,\"a\"b\n",
                "closes in line 2 before \"b\", expected a delimiter there",
            ),
            (
                "x,y\n1,\"a\n2,b\"\n3,c\n",
                "line 2, column \"y\": \"a 2,b\" goes over several lines, is a quote missing?",
            ),
        ],
    ),
    (
        "no header",
        &[
            (
                "1,2,a\n3,4,b\n",
                "line 1 looks like data, not like a header: \"1\" stands where column 1 has numbers",
            ),
            (
                "Ann,133,F\nBea,160,M\nCid,152,M\n",
                "\"133\" stands where column 2 has numbers (--no-header reads it as data)",
            ),
            (
                "u,10%,F\nu,20%,M\nv,30%,M\n",
                "\"10%\" stands where column 2 has numbers",
            ),
            (
                "5,5,a\n1,2,b\n",
                "columns 1 and 2 are both called \"5\", is line 1 data?",
            ),
            (
                "u,red\nv,red\nu,blue\nv,blue\nu,red\n",
                "line 1 looks like data, not like a header: all of its words come again",
            ),
            (
                "150,4,setosa,virginica\n5.1,3.5,1.4,0\n4.9,3,1.3,1\n",
                "\"150\" stands where column 1 has numbers",
            ),
            (
                "x,y\n1,5,a\n2,5,b\n3,5,a\n",
                "line 1 has 2 columns, but most lines have 3: expected a header with a name for each (a cell with a comma \
                 stands in quotes)",
            ),
            (
                "2,9\n1,2,3,a\n2,3,4,b\n5,6,7,c\n",
                "line 1 has 2 columns, but most lines have 4",
            ),
            (
                "Prices of 2020\nx,y,z\n1,2,3\n2,3,4\n",
                "line 1 is \"Prices of 2020\", but most lines have 3 columns: expected a header",
            ),
        ],
    ),
    (
        "shape",
        &[
            ("", "there is no header, the file is empty"),
            ("\n \r\n\t\n", "there is no header, the file is empty"),
            ("\u{feff}", "there is no header, the file is empty"),
            ("x,y\n", "there is no row below the header"),
            ("x,y\n,\n,\n", "there is no row below the header"),
            (
                "x\n1\n2\n",
                "the only column is \"x\", expected one to predict and others to predict it from",
            ),
            (
                "# note\nx,y\n1,a\n2,b\n",
                "line 1 is \"# note\": --comment '#' skips such lines",
            ),
            ("x,y,x\n1,2,3\n", "columns 1 and 3 are both called \"x\""),
            (
                "e\u{301},y,\u{e9}\n1,2,3\n",
                "columns 1 and 3 are both called",
            ),
            (
                "x,y\n1,a\n2\n3,b\n4,a\n",
                "line 3: expected 2 values as in the header, found 1",
            ),
            (
                "x,y\n1,a\n\n\n2,b,c\n3,b\n4,a\n",
                "line 5: expected 2 values as in the header, found 3",
            ),
            (
                "PK\u{3}\u{4}xl/workbook",
                "the file is a workbook or a zip file, expected a table as text: export it as CSV",
            ),
            (
                "x,y\n1,a\u{0}\n",
                "the file is not text in UTF-8, it has bytes of 0",
            ),
        ],
    ),
    (
        "nothing to learn",
        &[
            (
                "x,y\n1,a\n2,a\n",
                "column \"y\": every row is \"a\", expected two classes or more",
            ),
            (
                "x,y\n1,0\n2,0\n",
                "column \"y\": every row is \"0\", expected two classes or more",
            ),
            (
                "id,y\n7,a\n8,b\n9,a\n",
                "to predict from (left out \"id\": row numbers or ids; --features can keep them)",
            ),
            (
                "x,y\nu,a\nu,b\n",
                "to predict from (left out \"x\": always the same word)",
            ),
            (
                "city,price\nA,12.5\nB,13.5\nC,9\n",
                "to predict from (\"city\" names the rows: no numbers, all different)",
            ),
            (
                "x,y\n10:30,a\n11:45,b\n12:00,a\n",
                "to predict from (\"x\" names the rows: no numbers, all different)",
            ),
            (
                "x,y\n,a\nNA,b\n",
                "to predict from (left out \"x\": no values)",
            ),
        ],
    ),
];

#[test]
fn bad_tables_are_refused_in_one_sentence_that_says_where() {
    let cases: usize = KINDS.iter().map(|(_, cases)| cases.len()).sum();
    assert!(cases >= 60, "{cases}");
    for (kind, cases) in KINDS {
        for (table, words) in *cases {
            let problem = match read(table, &CsvOptions::default()) {
                Err(problem) => problem,
                Ok(data) => panic!("{kind}: {table:?} is read: {data:?}"),
            };
            assert!(problem.contains(words), "{kind}: {table:?}: {problem}");
            let is_sentence = !problem.ends_with('.') && !problem.contains('\n');
            assert!(is_sentence, "{kind}: {problem}");
        }
    }
}

#[test]
fn options_that_contradict_a_table_are_refused() {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let table = "x,z,y\n1,2,a\n2,3,b\n5,7,a\n";
    let usual = CsvOptions::default;
    for (options, words) in [
        (
            CsvOptions {
                exclude: names(&["w"]),
                ..usual()
            },
            "--exclude: no column is called \"w\"",
        ),
        (
            CsvOptions {
                exclude: names(&["x", "z", "y"]),
                ..usual()
            },
            "--exclude leaves no column to predict",
        ),
        (
            CsvOptions {
                exclude: names(&["y"]),
                target: names(&["y"]),
                ..usual()
            },
            "column \"y\" is in --target and in --exclude",
        ),
        (
            CsvOptions {
                exclude: names(&["x"]),
                features: names(&["x"]),
                ..usual()
            },
            "column \"x\" is in --features and in --exclude",
        ),
        (
            CsvOptions {
                classes: true,
                target: names(&["x", "z"]),
                ..usual()
            },
            "--classes is for one target, there are 2",
        ),
        (
            CsvOptions {
                missing: names(&[""]),
                ..usual()
            },
            "--missing has an empty text",
        ),
        (
            CsvOptions {
                decimal: Some(','),
                ..usual()
            },
            "is read",
        ),
    ] {
        let problem = read(table, &options)
            .err()
            .unwrap_or_else(|| "is read".to_owned());
        assert!(problem.contains(words), "{options:?}: {problem}");
    }
}
