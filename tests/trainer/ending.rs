//! How a worker ends: with its handle, or by a panic.

use super::*;

#[test]
fn dropping_the_handle_stops_a_running_worker() {
    let alive = Arc::new(());
    let held = Arc::clone(&alive);
    let trainer = Trainer::spawn(
        Origin::Start(post_run(0)),
        start(StartState::Running, Pace::Max),
        move || drop(Arc::clone(&held)),
    )
    .unwrap();
    next_progress(&trainer);
    drop(trainer);
    // It ends on its own, with its waker.
    let deadline = Instant::now() + Duration::from_secs(20);
    while Arc::strong_count(&alive) > 1 {
        assert!(Instant::now() < deadline, "the thread lives on");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn dropping_the_handle_stops_a_waiting_worker() {
    let trainer = spawn(1, start(StartState::Paused, Pace::Max));
    next_progress(&trainer);
    drop(trainer);
}

#[test]
fn dropping_the_handle_stops_a_blocked_worker() {
    // No event is taken: the channel is full, and the worker has news.
    let trainer = spawn(0, start(StartState::Running, Pace::Max));
    thread::sleep(Duration::from_millis(150));
    drop(trainer);
}

#[test]
fn a_run_whose_loss_overflows_does_not_begin_whatever_its_seed() {
    let mut people = people();
    let raw = Arc::make_mut(&mut people.raw);
    raw.iter_mut().for_each(|raw| *raw *= 1e152);
    let people = Arc::new(people);
    let run = |seed| {
        let config = TrainingConfig {
            hidden: Vec::new(),
            output_activation: Activation::Linear,
            ..TrainingConfig::post(seed)
        };
        Run::new(config, DataSource::default(), Arc::clone(&people))
    };
    let mut refused = 0;
    for seed in 0..20 {
        let run = run(seed);
        let begins = run.begin().is_ok();
        let origin = Origin::Start(Arc::new(run));
        let trainer = Trainer::spawn(origin, start(StartState::Paused, Pace::Max), || {}).unwrap();
        match next_event(&trainer) {
            Event::NotBegun(reason) => {
                assert!(
                    !begins && reason.ends_with("the loss overflows"),
                    "{reason}"
                );
                refused += 1;
            }
            Event::Progress(progress) => {
                assert!(begins && progress.evaluation.is_finite(), "seed {seed}");
            }
            other => panic!("{other:?}"),
        }
    }
    // Some seeds draw weights that are small enough.
    assert!((1..20).contains(&refused), "{refused}");
}

#[test]
fn a_panic_on_the_worker_becomes_an_event() {
    let armed = AtomicBool::new(true);
    let trainer = Trainer::spawn(
        Origin::Start(post_run(1000)),
        start(StartState::Paused, Pace::Max),
        move || assert!(!armed.swap(false, Ordering::Relaxed), "seven is not even"),
    )
    .unwrap();
    let events = [next_event(&trainer), next_event(&trainer)];
    assert_eq!(events[1], Event::Panicked("seven is not even".to_owned()));
    trainer.send(Command::Run);
    assert!(trainer.checkpoint().recv().is_err());
}
