//! A step allocates nothing, whatever is trained; and another run on the same data shares its values.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

use allocation_counter::measure;
use nnscope::data::{ScalingMethod, people};
use nnscope::nn::{Activation, LayerRequest, Loss, OptimizerKind};
use nnscope::session::{Draft, Run, Session, TrainingConfig, TrainingData};

fn allocations_in_400_steps(config: &TrainingConfig) -> u64 {
    let mut session = Session::start(config, TrainingData::of(&people()));
    let steps = || {
        for _ in 0..400 {
            session.step();
        }
    };
    measure(steps).count_total
}

#[test]
fn the_counter_counts() {
    assert_eq!(
        measure(|| drop(std::hint::black_box(vec![1.0; 9]))).count_total,
        1
    );
}

#[test]
fn steps_allocate_nothing() {
    let post = TrainingConfig::post(1);
    assert_eq!(allocations_in_400_steps(&post), 0);
    // On one thread; several have a list of the parts of each layer.
    let large = TrainingConfig {
        hidden: LayerRequest::of_units(&[1600, 1500]),
        learning_rate: 1e-6,
        batch_size: 4,
        ..post.clone()
    };
    assert_eq!(allocations_in_400_steps(&large), 0);
    for optimizer in OptimizerKind::ALL {
        for (batch_size, shuffle) in [(1, false), (1, true), (3, true), (4, false)] {
            let config = TrainingConfig {
                hidden: LayerRequest::of_units(&[9, 20]),
                activation: Activation::Tanh,
                loss: Loss::CrossEntropy,
                learning_rate: 0.001,
                optimizer,
                batch_size,
                shuffle,
                ..post.clone()
            };
            assert_eq!(allocations_in_400_steps(&config), 0, "{config:?}");
        }
    }
}

/// A file with this many rows of eight numbers and a class.
fn table(rows: u32) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let mut text = "a,b,c,d,e,f,g,h,class\n".to_owned();
    for row in 0..rows {
        let numbers = (1..=8).map(|column| format!("{}.5,", row * (2 * column + 1) % 1009));
        text.extend(numbers);
        text.push_str(if row % 7 < 3 { "yes\n" } else { "no\n" });
    }
    file.write_all(text.as_bytes()).unwrap();
    file
}

/// How many rows the file has.
const ROWS: u32 = 100_000;

/// Room in bytes for the work space of a small network, whatever the number of rows.
const WORK_SPACE: u32 = 1 << 19;

/// Prepares a run that takes the place of another, and trains it for two epochs.
fn prepared_instead_of(present: &Run, what: &str, change: fn(&mut Draft)) -> Arc<Run> {
    let (mut draft, mut prepared) = (present.draft(), None);
    change(&mut draft);
    let taken = measure(|| {
        let go_on = &mut |_| ControlFlow::Continue(());
        prepared = Some(Run::prepare_instead_of(present, draft, go_on).unwrap());
    });
    let (run, mut session) = prepared.unwrap();
    assert!(
        Arc::ptr_eq(&run.dataset.raw, &present.dataset.raw),
        "{what}"
    );
    // For a while a column, and a mark a row; to stay, the row of each sample, the order of an epoch, and work space.
    let most = [20, 9].map(|bytes| i64::from(ROWS * bytes + WORK_SPACE));
    assert!(taken.bytes_max.cast_signed() < most[0], "{what}: {taken:?}");
    assert!(taken.bytes_current < most[1], "{what}: {taken:?}");
    let steps = measure(|| {
        for _ in 0..2 * session.steps_per_epoch() {
            session.step();
        }
    });
    assert_eq!(steps.count_total, 0, "{what}");
    run
}

#[test]
fn another_split_scaling_or_network_copies_no_values() {
    let file = table(ROWS);
    let mut draft = Draft::new(1);
    file.path()
        .to_str()
        .unwrap()
        .clone_into(&mut draft.source.data);
    let dataset = draft.source.load(&mut |_| ControlFlow::Continue(()));
    let mut run = Arc::new(Run::prepare(draft, Arc::new(dataset.unwrap())).unwrap());
    let mut take = |what: &str, change| run = prepared_instead_of(&run, what, change);
    take("a split", |draft| draft.source.test_fraction = 0.25);
    take("another split", |draft| draft.source.test_fraction = 0.4);
    take("other test samples", |draft| draft.source.seed = 9);
    take("a scaling", |draft| {
        draft.source.scaling = Some(ScalingMethod::Center);
    });
    take("a network", |draft| {
        draft.set_hidden(LayerRequest::of_units(&[5, 5]));
    });
    take("no split", |draft| draft.source.test_fraction = 0.0);
}
