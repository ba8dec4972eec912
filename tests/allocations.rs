//! A step allocates nothing, whatever is trained.

use allocation_counter::measure;
use nnscope::data::people;
use nnscope::nn::{Activation, LayerRequest, Loss, OptimizerKind};
use nnscope::session::{Session, TrainingConfig, TrainingData};

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
