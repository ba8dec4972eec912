//! What a run file holds, and what it refuses.

use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::data::people;
use crate::nn::{Activation, Loss, OptimizerKind};
use crate::session::{Change, StepOutcome, Timeline};

/// A run on the penguins: its configuration, source and data, and the session after some steps.
fn run(steps: usize) -> (SavedRun, Session) {
    let source = DataSource {
        data: "penguins".to_owned(),
        test_fraction: 0.25,
        ..DataSource::default()
    };
    let dataset = source.load(&mut |_| ControlFlow::Continue(())).unwrap();
    let mut config = TrainingConfig {
        optimizer: OptimizerKind::Adam,
        learning_rate: 0.01,
        batch_size: 16,
        shuffle: true,
        ..TrainingConfig::post(3)
    };
    config.output_activation = Activation::Softmax;
    config.loss = Loss::CrossEntropy;
    let mut session = Session::start(&config, TrainingData::of(&dataset));
    for _ in 0..steps {
        while session.step() == StepOutcome::Evaluating {}
    }
    let run = Run::new(config, source, Arc::new(dataset));
    (SavedRun::new(&run, session.state()), session)
}

/// The session that continues a file.
fn loaded(file: &Value, data: &TrainingData) -> Result<Session> {
    let RunFile::Run(run) = RunFile::parse(file.to_string().as_bytes())? else {
        panic!("only layers")
    };
    run.session(&run.configuration, data.clone())
}

#[test]
fn a_file_holds_the_whole_state_between_two_epochs_and_within_one() {
    let (_, start) = run(0);
    let steps = start.steps_per_epoch();
    for steps in [0, 1, steps - 1, steps, 5 * steps, 5 * steps + 7] {
        let (saved, session) = run(steps);
        let file = serde_json::to_value(&saved).unwrap();
        let loaded = loaded(&file, session.data()).unwrap();
        assert_eq!(loaded.state(), session.state(), "{steps}");
        assert_eq!(loaded.config(), session.config());
    }
}

#[test]
fn the_confusion_matrix_is_in_the_file_only_where_it_does_not_follow_from_the_layers() {
    let [between, within] = [0, 1].map(|steps| serde_json::to_value(run(steps).0).unwrap());
    assert_eq!(between.get("confusion"), None);
    let rows = within["confusion"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    let samples = rows.iter().flat_map(|row| row.as_array().unwrap());
    let samples: u64 = samples.map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(samples, run(0).1.data().training.len() as u64);
}

#[test]
fn a_file_without_the_confusion_matrix_loads_and_one_with_another_shape_does_not() {
    let (saved, session) = run(1);
    let mut file = serde_json::to_value(&saved).unwrap();
    file.as_object_mut().unwrap().remove("confusion").unwrap();
    let without = loaded(&file, session.data()).unwrap();
    assert_eq!(without.network(), session.network());
    // Its accuracy agrees with its matrix.
    let right = without.confusion().right() as f64 / without.data().training.len() as f64;
    assert_eq!(without.evaluation().training.quality.accuracy, Some(right));
    for (rows, problem) in [
        (json!([[1, 2], [3, 4]]), "not one of 3 classes"),
        (
            json!([[1, 2, 3], [4, 5, 6], [7, 8]]),
            "not one of 3 classes",
        ),
        (
            json!([[u64::MAX, 1, 0], [0, 0, 0], [0, 0, 0]]),
            "too many samples",
        ),
    ] {
        file["confusion"] = rows;
        let refused = loaded(&file, session.data()).unwrap_err().to_string();
        assert!(refused.contains(problem), "{refused}");
    }
}

fn saved_after(session: &Session, run: &Run) -> (SavedRun, Session) {
    let saved = SavedRun::new(run, session.state());
    let file = serde_json::to_vec(&saved).unwrap();
    let RunFile::Run(read) = RunFile::parse(&file).unwrap() else {
        panic!("only layers")
    };
    let session = read.session_with_past(&session.config(), run.data.clone());
    (*read, session.unwrap())
}

fn post() -> Run {
    let config = TrainingConfig {
        shuffle: true,
        ..TrainingConfig::post(4)
    };
    Run::new(config, DataSource::default(), Arc::new(people()))
}

fn train(timeline: &mut Timeline, epochs: u64) {
    let last = timeline.session().position().epoch + epochs;
    while timeline.session().position().epoch < last {
        timeline.step();
    }
}

#[test]
fn a_loaded_run_goes_back_to_epochs_before_it_was_saved_bit_for_bit() {
    let run = post();
    let mut straight = Timeline::new(run.begin().unwrap());
    train(&mut straight, 30);
    let (_, session) = saved_after(straight.session(), &run);
    let mut loaded = Timeline::new(session);
    train(&mut loaded, 10);
    for epoch in [0, 7, 30, 29, 35, 40] {
        loaded.seek(epoch).unwrap();
        while !loaded.seek_on() {}
        let mut expected = Timeline::new(run.begin().unwrap());
        train(&mut expected, epoch);
        assert_eq!(
            loaded.session().state(),
            expected.session().state(),
            "{epoch}"
        );
    }
}

#[test]
fn a_run_that_was_edited_on_its_way_says_so_in_its_file_and_does_not_go_back() {
    let run = post();
    let mut timeline = Timeline::new(run.begin().unwrap());
    train(&mut timeline, 3);
    assert_eq!(saved_after(timeline.session(), &run).0.command_note, None);
    timeline
        .change(&Change::set("learning-rate", "0.3"))
        .unwrap();
    train(&mut timeline, 3);
    let (saved, session) = saved_after(timeline.session(), &run);
    assert_eq!(saved.command_note.as_deref(), Some(CHANGED));
    // So does every file that follows.
    assert_eq!(
        saved_after(&session, &run).0.command_note.as_deref(),
        Some(CHANGED)
    );
    let mut loaded = Timeline::new(session);
    loaded.seek(2).unwrap();
    while !loaded.seek_on() {}
    assert_eq!(loaded.session().position().epoch, 6);
}

#[test]
fn what_is_set_before_the_first_step_is_in_the_command() {
    let run = post();
    let mut timeline = Timeline::new(run.begin().unwrap());
    timeline
        .change(&Change::Parameter {
            index: 0,
            value: 0.5,
        })
        .unwrap();
    train(&mut timeline, 2);
    let saved = SavedRun::new(&run, timeline.session().state());
    assert_eq!(saved.command_note, None);
    assert!(saved.command.contains("w1=0.5"), "{}", saved.command);
}
