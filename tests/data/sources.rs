//! Where data comes from: built-in and generated sets, and files.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use nnscope::data::{Dataset, PATTERNS, ScalingMethod, Task};
use nnscope::session::{DataSource, built_in_names};

fn load(source: &DataSource) -> Result<Dataset, String> {
    source
        .load(&mut |_| ControlFlow::Continue(()))
        .map_err(|problem| format!("{problem:#}"))
}

fn named(data: &str) -> DataSource {
    DataSource {
        data: data.to_owned(),
        ..DataSource::default()
    }
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn feature_names(dataset: &Dataset) -> Vec<String> {
    dataset.features().iter().map(ToString::to_string).collect()
}

/// A file of a test's own.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn penguins_are_three_species_by_four_measurements() {
    let penguins = load(&named("penguins")).unwrap();
    assert_eq!((penguins.len(), penguins.training_samples), (342, 342));
    assert_eq!(penguins.target.classes(), ["Adelie", "Gentoo", "Chinstrap"]);
    assert_eq!(
        feature_names(&penguins),
        [
            "bill_length (mm)",
            "bill_depth (mm)",
            "flipper_length (mm)",
            "body_mass (g)"
        ]
    );
    assert_eq!(penguins.raw_of(0), [39.1, 18.7, 181.0, 3750.0]);
    assert_eq!(penguins.targets_of(0), [1.0, 0.0, 0.0]);
    assert_eq!(
        penguins.remarks,
        [
            "skipped 2 of 344 rows with missing values: \"bill_length_mm\" 2, \"bill_depth_mm\" 2, \
          \"flipper_length_mm\" 2, \"body_mass_g\" 2"
        ]
    );
    for (class, count) in [151.0, 123.0, 68.0].into_iter().enumerate() {
        let targets = penguins.targets.iter().skip(class).step_by(3);
        assert_eq!(targets.sum::<f64>(), count);
    }
}

#[test]
fn any_column_of_the_penguins_can_be_predicted() {
    let with_target = |target: &str| {
        load(&DataSource {
            target: columns(&[target]),
            ..named("penguins")
        })
    };
    let sex = with_target("sex").unwrap();
    assert_eq!((sex.len(), sex.features().len()), (333, 4));
    assert_eq!(sex.target.classes(), ["female", "male"]);
    assert_eq!(sex.targets[..3], [1.0, 0.0, 0.0]);
    let mass = with_target("body_mass_g").unwrap();
    assert_eq!((mass.len(), mass.features().len()), (342, 3));
    assert_eq!(mass.target.task(), Task::Numbers);
    assert!(
        with_target("weight")
            .unwrap_err()
            .starts_with("reading dataset penguins: --target: no column is called \"weight\"")
    );
}

#[test]
fn generated_data_has_so_many_samples_and_depends_on_its_seed_only() {
    for pattern in PATTERNS {
        let source = DataSource {
            noise: 20.0,
            seed: 5,
            ..named(pattern.name)
        };
        let data = load(&source).unwrap();
        assert_eq!(data.len(), 500);
        assert_eq!(feature_names(&data), ["x1", "x2"]);
        assert_eq!(
            data.training().copied().0,
            *data.raw,
            "not scaled unless asked for"
        );
        assert_eq!(load(&source).unwrap(), data);
        let other = DataSource { seed: 6, ..source };
        assert_ne!(load(&other).unwrap(), data);
    }
    let three = DataSource {
        samples: Some(3),
        ..named("spiral")
    };
    assert_eq!(load(&three).unwrap().len(), 3);
}

#[test]
fn the_file_of_the_people_is_the_built_in_dataset() {
    let built_in = load(&named("people")).unwrap();
    let shift = DataSource {
        scaling: Some(ScalingMethod::Shift(vec![135.0, 66.0])),
        ..named("assets/datasets/people.csv")
    };
    let from_file = Dataset {
        unseen: built_in.unseen.clone(),
        // The file has a header.
        rows: Arc::default(),
        ..load(&shift).unwrap()
    };
    assert_eq!(from_file, built_in);
}

#[test]
fn files_that_are_none_are_refused_without_waiting() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let problem = load(&named(folder)).unwrap_err();
    assert_eq!(
        problem,
        format!("reading dataset {folder}: it is a folder, expected a file or a pipe")
    );

    assert_eq!(
        load(&named("xorr")).unwrap_err(),
        format!(
            "reading dataset xorr: there is no such file; the built-in data is called {}; did you mean xor?",
            built_in_names().join(", ")
        )
    );
}

/// A pipe with a name of its own.
fn pipe(name: &str) -> String {
    let path = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
    let _ = fs::remove_file(&path);
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    path
}

#[test]
fn a_pipe_is_read_once() {
    let path = pipe("read_once");
    let writer = {
        let path = path.clone();
        std::thread::spawn(move || {
            let mut pipe = fs::OpenOptions::new().write(true).open(path).unwrap();
            for piece in ["x,y\n1.5,", "a\n2", ",b\n3,a\n"] {
                std::thread::sleep(std::time::Duration::from_millis(120));
                pipe.write_all(piece.as_bytes()).unwrap();
            }
        })
    };
    let data = load(&named(&path)).unwrap();
    writer.join().unwrap();
    assert_eq!(
        (data.name.as_str(), &data.raw[..]),
        ("read_once", &[1.5, 2.0, 3.0][..])
    );
    let problem = load(&named(&path)).unwrap_err();
    assert!(problem.ends_with(
        "a pipe can be read only once: save it as a file to read it with other settings"
    ));
}

#[test]
fn who_waits_for_a_pipe_that_nobody_writes_can_stop() {
    let mut asked = 0;
    let problem = named(&pipe("nobody_writes")).load(&mut |rows| {
        assert_eq!(rows, 0);
        asked += 1;
        if asked < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    let problem = format!("{:#}", problem.unwrap_err());
    assert!(
        problem.ends_with("reading was cancelled after 0 rows"),
        "{problem}"
    );
    assert_eq!(asked, 3);
}

#[test]
fn a_file_is_split_and_scaled_by_its_training_part() {
    let rows: Vec<String> = (0..50).map(|x| format!("r{x},{x},{}", x * 2)).collect();
    let path = file("split.csv", format!("name,x,y\n{}", rows.join("\n")));
    let source = DataSource {
        test_fraction: 0.2,
        seed: 8,
        ..named(&path)
    };
    let data = load(&source).unwrap();
    assert_eq!((data.name.as_str(), data.len()), ("split", 50));
    assert_eq!(data.training_samples, 40);
    let mean = (0..40).map(|row| data.raw_of(row)[0]).sum::<f64>() / 40.0;
    assert!((data.preprocessing.scaling().shift[0] - mean).abs() < 1e-12);
    for row in 0..50 {
        assert_eq!(data.targets_of(row)[0], data.raw_of(row)[0] * 2.0);
        assert_eq!(data.sample_name(row), format!("r{}", data.raw_of(row)[0]));
    }
    assert_eq!(load(&source).unwrap(), data);
    let other = DataSource { seed: 9, ..source };
    assert_ne!(load(&other).unwrap().order, data.order);
}

#[test]
fn settings_out_of_range_or_for_other_data_are_refused() {
    let xor = || named("xor");
    for (source, message) in [
        (
            DataSource {
                noise: 51.0,
                ..xor()
            },
            "noise must be 0 to 50 percent, got 51",
        ),
        (
            DataSource {
                noise: f64::NAN,
                ..xor()
            },
            "noise must be 0 to 50 percent, got NaN",
        ),
        (
            DataSource {
                samples: Some(0),
                ..xor()
            },
            "samples must be 1 to 1000000, got 0",
        ),
        (
            DataSource {
                test_fraction: 1.0,
                ..xor()
            },
            "the test fraction is at least 0 and less than 1, got 1",
        ),
        (
            DataSource {
                target: columns(&["x1"]),
                ..xor()
            },
            "--target is for files and penguins, not for xor",
        ),
        (
            DataSource {
                delimiter: Some(';'),
                ..named("penguins")
            },
            "--delimiter is for files, not for penguins",
        ),
        (
            DataSource {
                samples: Some(5),
                ..named("people")
            },
            "--samples is for generated data, not for people",
        ),
        (
            DataSource {
                noise: 5.0,
                ..named("x.csv")
            },
            "--noise is for generated data, not for x.csv",
        ),
        (
            DataSource {
                scaling: Some(ScalingMethod::Shift(vec![1.0])),
                ..xor()
            },
            "xor has 2 features, --scaling shift= has 1 numbers",
        ),
        (
            DataSource {
                delimiter: Some('→'),
                ..named("x.csv")
            },
            "the delimiter is an ASCII character and no quotation mark, got '→'",
        ),
    ] {
        assert_eq!(load(&source).unwrap_err(), message);
    }
}
