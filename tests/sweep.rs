//! Sweeps over many seeds: the same numbers as single runs, and the known results of some configurations.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::TryRecvError;
use std::thread;
use std::time::{Duration, Instant};

use nnscope::data::{CsvOptions, Dataset, Examples, ScalingMethod, Task, people, read_csv};
use nnscope::nn::{LayerRequest, OptimizerKind};
use nnscope::session::{DataSource, Session, StepOutcome, TrainingConfig, TrainingData};
use nnscope::sweep::{
    Findings, News, Plan, Progress, SeedRun, Summary, SweepEvent, Sweeper, Verdict, all_cores, run,
};

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

/// Returns all runs of a sweep in the order of the seeds, and the summary.
fn sweep(plan: &Plan, threads: NonZeroUsize) -> (Vec<SeedRun>, Summary) {
    let mut findings = Findings::new(plan);
    let mut runs = Vec::new();
    let mut last_done = 0.0;
    let listen = |News { finished, done }| {
        assert!(done >= last_done && done <= 1.0);
        last_done = done;
        if let Some(run) = finished {
            findings.add(&run);
            runs.push(run);
        }
        ControlFlow::Continue(())
    };
    run(plan, threads, listen).unwrap();
    assert_eq!(last_done, 1.0);
    runs.sort_by_key(|run| run.outcome.seed.wrapping_sub(plan.first_seed()));
    (runs, findings.summary())
}

fn post(first_seed: u64, seeds: u64) -> Plan {
    let data = TrainingData::of(&people());
    Plan::new(TrainingConfig::post(first_seed), data, seeds).unwrap()
}

fn dataset(source: &DataSource) -> Dataset {
    source.load(&mut |_| ControlFlow::Continue(())).unwrap()
}

/// Generated data, with everything that a seed can decide: initial parameters, and the order of the samples.
fn shuffled(first_seed: u64, seeds: u64) -> Plan {
    let source = DataSource {
        data: "xor".to_owned(),
        samples: Some(40),
        noise: 10.0,
        test_fraction: 0.25,
        seed: 5,
        ..DataSource::default()
    };
    let config = TrainingConfig {
        hidden: LayerRequest::of_units(&[3]),
        optimizer: OptimizerKind::Adam,
        learning_rate: 0.01,
        batch_size: 7,
        shuffle: true,
        epochs: 30,
        ..TrainingConfig::post(first_seed)
    };
    Plan::new(config, TrainingData::of(&dataset(&source)), seeds).unwrap()
}

#[test]
fn every_seed_has_the_numbers_of_its_single_run_whatever_the_number_of_threads() {
    let plan = shuffled(u64::MAX - 19, 20);
    let (runs, summary) = sweep(&plan, threads(1));
    for count in [2, 3, 50] {
        assert_eq!(
            sweep(&plan, threads(count)),
            (runs.clone(), summary.clone())
        );
    }
    assert_eq!(runs.len(), 20);
    let data = TrainingData::of(&dataset(&DataSource {
        data: "xor".to_owned(),
        samples: Some(40),
        noise: 10.0,
        test_fraction: 0.25,
        seed: 5,
        ..DataSource::default()
    }));
    for (run, index) in runs.iter().zip(0..) {
        let seed = plan.first_seed().wrapping_add(index);
        let mut single = Session::start(&plan.config_of(seed), data.clone());
        let mut losses = vec![single.loss()];
        while single.position().epoch < 30 {
            if let StepOutcome::EpochFinished { loss } = single.step() {
                losses.push(loss);
            }
        }
        assert_eq!(run.outcome.seed, seed);
        assert_eq!(run.outcome.evaluation, single.evaluation());
        assert!(run.outcome.evaluation.test.is_some());
        assert_eq!(run.curve, losses);
    }
}

#[test]
fn a_summary_names_best_median_and_worst_and_counts_every_seed() {
    let (runs, summary) = sweep(&post(1, 41), all_cores());
    let mut losses: Vec<(f64, u64)> = runs
        .iter()
        .map(|run| (run.outcome.evaluation.training.loss, run.outcome.seed))
        .collect();
    losses.sort_by(|one, other| one.partial_cmp(other).unwrap());
    let found = summary.losses.unwrap();
    for (of, index) in [(found.best, 0), (found.median, 20), (found.worst, 40)] {
        assert_eq!((of.loss, of.seed), losses[index]);
    }
    // The nearest rank: the third and the 39th of 41.
    assert_eq!((found.low, found.high), (losses[2].0, losses[38].0));
    assert_eq!(found.test_median, None);
    assert_eq!(summary.counts.total(), 41);
    assert_eq!(
        summary.histogram.iter().map(|bin| bin.count).sum::<u64>(),
        41
    );

    let (first, last) = (summary.fan[0], summary.fan[100]);
    assert_eq!((first.epoch, last.epoch, last.seeds), (0, 1000, 41));
    assert!((last.median / found.median.loss - 1.0).abs() < 0.01);
    assert_eq!(last.worst, found.worst.loss);
    for point in &summary.fan {
        assert!(point.low <= point.median && point.median <= point.high);
    }
}

#[test]
fn a_run_stops_at_its_goal_and_its_curve_stays_there() {
    let data = TrainingData::of(&people());
    let config = TrainingConfig {
        until_loss: Some(0.01),
        ..TrainingConfig::post(1)
    };
    let (runs, _) = sweep(&Plan::new(config, data, 8).unwrap(), all_cores());
    for SeedRun { outcome, curve } in runs {
        assert!(outcome.epoch < 1000);
        assert_eq!(outcome.verdict, Verdict::Solved);
        let loss = outcome.evaluation.training.loss;
        assert!(loss <= 0.01);
        assert_eq!((curve.len(), curve[100]), (101, loss));
        assert!(curve[0] > 0.01);
    }
}

#[test]
fn runs_that_reach_their_goal_are_not_stuck() {
    let data = TrainingData::of(&people());
    let config = TrainingConfig {
        // Reached by every run before its first step.
        until_loss: Some(1.0),
        ..TrainingConfig::post(1)
    };
    let (runs, summary) = sweep(&Plan::new(config, data, 20).unwrap(), all_cores());
    assert!(runs.iter().all(|run| run.outcome.epoch == 0));
    assert_eq!(summary.counts.of(Verdict::Stuck), 0);
    assert!(summary.counts.of(Verdict::Learning) > 0);
}

#[test]
fn a_run_that_diverges_is_counted_and_has_no_final_loss() {
    let examples = Examples::new(Task::Numbers, (1, vec![2.0]), (1, vec![1.0]));
    let data = TrainingData {
        training: Arc::new(examples),
        test: None,
    };
    let config = TrainingConfig {
        hidden: vec![],
        output_activation: nnscope::nn::Activation::Linear,
        // The error is multiplied by −1.5 in each epoch.
        learning_rate: 0.25,
        epochs: 3000,
        ..TrainingConfig::post(1)
    };
    let (runs, summary) = sweep(
        &Plan::new(config.clone(), data.clone(), 3).unwrap(),
        all_cores(),
    );
    assert_eq!(summary.counts.of(Verdict::Diverged), 3);
    assert_eq!((summary.losses, summary.histogram.len()), (None, 0));
    for run in &runs {
        // ln(1.8e308) / (2 ln 1.5) is 875.
        assert!((700..900).contains(&run.outcome.epoch), "{:?}", run.outcome);
        assert!(run.curve.len() < 31 && run.outcome.evaluation.is_finite());
    }
    // The fan ends where all runs have diverged.
    assert!(summary.fan.len() < 31);

    let gentle = TrainingConfig {
        learning_rate: 0.05,
        ..config
    };
    let (_, summary) = sweep(&Plan::new(gentle, data, 3).unwrap(), all_cores());
    let reported: Vec<_> = summary.counts.reported().collect();
    assert_eq!(reported, [(Verdict::Diverged, 0), (Verdict::Ended, 3)]);
}

#[test]
fn a_sweep_without_an_end_or_without_seeds_is_refused() {
    let refused = |config: TrainingConfig, seeds| {
        let plan = Plan::new(config, TrainingData::of(&people()), seeds);
        plan.unwrap_err().to_string()
    };
    assert_eq!(
        refused(TrainingConfig::post(1), 0),
        "the number of seeds must be from 1 to 1000000, got 0"
    );
    let endless = TrainingConfig {
        epochs: 0,
        until_loss: Some(0.1),
        ..TrainingConfig::post(1)
    };
    assert!(refused(endless, 1).starts_with("a sweep needs runs that end"));
}

#[test]
fn a_cancelled_sweep_drops_the_seeds_that_are_under_way() {
    let mut reported = 0;
    let listen = |news: News| {
        reported += u32::from(news.finished.is_some());
        assert!(news.done < 1.0);
        ControlFlow::Break(())
    };
    run(&post(1, 1_000_000), threads(3), listen).unwrap();
    // At most those that had finished already.
    assert!(reported <= 3 * 5, "{reported}");
}

const PATIENCE: Duration = Duration::from_secs(30);

fn next_event(sweeper: &Sweeper) -> SweepEvent {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match sweeper.try_event() {
            Ok(event) => return event,
            Err(TryRecvError::Empty) => thread::sleep(Duration::from_millis(1)),
            Err(TryRecvError::Disconnected) => panic!("the sweep is gone"),
        }
        assert!(Instant::now() < deadline, "no event");
    }
}

fn end(sweeper: &Sweeper) -> Progress {
    loop {
        match next_event(sweeper) {
            SweepEvent::Progress(progress) if progress.is_over => return *progress,
            SweepEvent::Progress(_) => {}
            SweepEvent::Failed(problem) => panic!("{problem}"),
        }
    }
}

#[test]
fn a_sweep_in_the_background_ends_with_the_same_summary() {
    let sweeper = Sweeper::spawn(shuffled(1, 30), threads(2), || {}).unwrap();
    let end = end(&sweeper);
    assert_eq!(end.done, 1.0);
    assert_eq!(end.summary, sweep(&shuffled(1, 30), threads(1)).1);
}

#[test]
fn a_cancelled_sweep_reports_its_results() {
    let sweeper = Sweeper::spawn(post(1, 1_000_000), threads(2), || {}).unwrap();
    let SweepEvent::Progress(first) = next_event(&sweeper) else {
        panic!()
    };
    assert!(!first.is_over && first.done < 1.0);
    sweeper.cancel();
    let end = end(&sweeper);
    assert!(end.summary.counts.total() < 1_000_000);
    assert!(end.summary.counts.total() >= first.summary.counts.total());
}

#[test]
fn dropping_the_handle_stops_a_sweep() {
    let alive = Arc::new(());
    let held = Arc::clone(&alive);
    let wake = move || drop(Arc::clone(&held));
    let sweeper = Sweeper::spawn(post(1, 1_000_000), threads(2), wake).unwrap();
    next_event(&sweeper);
    drop(sweeper);
    // Nobody waits for the threads, but they end.
    let given_up = Instant::now() + Duration::from_secs(60);
    while Arc::strong_count(&alive) > 1 {
        assert!(Instant::now() < given_up, "a thread still holds its waker");
        thread::yield_now();
    }
}

#[test]
fn a_panic_in_the_background_becomes_an_event() {
    let armed = AtomicBool::new(true);
    let wake = move || assert!(!armed.swap(false, Ordering::Relaxed), "seven is not even");
    let sweeper = Sweeper::spawn(post(1, 3), threads(1), wake).unwrap();
    let events = [next_event(&sweeper), next_event(&sweeper)];
    assert_eq!(
        events[1],
        SweepEvent::Failed("internal error: seven is not even".to_owned())
    );
}

/// The shares of seeds that the tests below expect were measured over 5,000 to 200,000 seeds. The tolerance is
/// about four standard deviations of such a share among the fewer seeds here.
fn shares(summary: &Summary) -> impl Fn(Verdict) -> f64 {
    let counts = summary.counts;
    move |verdict| counts.of(verdict) as f64 / counts.total() as f64
}

#[test]
fn nearly_all_seeds_of_the_post_learn_and_reach_a_loss_of_about_0_00157() {
    let (runs, summary) = sweep(&post(1, 2000), all_cores());
    // Two kinds of solution are about equally frequent: with a loss of 0.00138 to 0.0016, and of 0.0021 to
    // 0.0025. The median lies between them, where losses are rare; so the share of the first kind is checked
    // as well, whose standard deviation is 1.1%.
    let median = summary.losses.unwrap().median.loss;
    assert!((median - 0.00157).abs() < 0.00003, "{median}");
    let losses = runs.iter().map(|run| run.outcome.evaluation.training.loss);
    let first = losses.filter(|&loss| loss < 0.0016).count() as f64 / 2000.0;
    assert!((first - 0.508).abs() < 0.045, "{first}");
    // One in ten thousand fails to learn in 1000 epochs.
    let unsolved = 1.0 - shares(&summary)(Verdict::Solved);
    assert!(unsolved <= 0.003, "{:?}", summary.counts);
}

#[test]
fn a_few_of_the_posts_seeds_are_stuck() {
    // Of 200,000 seeds, 15 stay where the output is close to 1 for everybody and the sigmoid is flat.
    let (runs, summary) = sweep(&post(61_000, 100), all_cores());
    assert_eq!(summary.counts.of(Verdict::Stuck), 1);
    let stuck = runs
        .iter()
        .find(|run| run.outcome.verdict == Verdict::Stuck)
        .unwrap();
    assert_eq!(stuck.outcome.seed, 61_061);
    assert!((stuck.outcome.evaluation.training.loss - 0.5).abs() < 0.01);
    assert_eq!(summary.losses.unwrap().worst.seed, 61_061);
}

#[test]
fn about_16_percent_of_the_seeds_solve_xor_in_1000_epochs() {
    let table = "a,b,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n";
    let mut xor = read_csv("xor", table.as_bytes(), &CsvOptions::default(), &mut |_| {
        ControlFlow::Continue(())
    })
    .unwrap();
    xor.scale(&ScalingMethod::None).unwrap();
    let plan = Plan::new(TrainingConfig::post(1), TrainingData::of(&xor), 1000).unwrap();
    let (_, summary) = sweep(&plan, all_cores());
    // 16% of 1000 seeds; the standard deviation is 1.2%.
    let solved = shares(&summary)(Verdict::Solved);
    assert!((solved - 0.16).abs() < 0.05, "{:?}", summary.counts);
    // The others stay near a loss of 0.25, where the outputs are 0.5 whatever the inputs.
    assert!(summary.losses.unwrap().high > 0.24);
}

#[test]
fn hardly_any_seed_learns_from_unshifted_inputs() {
    let mut people = people();
    people.scale(&ScalingMethod::None).unwrap();
    let plan = Plan::new(TrainingConfig::post(1), TrainingData::of(&people), 1000).unwrap();
    let (_, summary) = sweep(&plan, all_cores());
    // Inputs like 160 pounds make every hidden neuron 0 or 1 for all people, so the output can only become the mean
    // of the targets. One seed in 1200 is not stuck there.
    let stuck = shares(&summary)(Verdict::Stuck);
    assert!(stuck > 0.994, "{:?}", summary.counts);
    let losses = summary.losses.unwrap();
    for loss in [losses.low, losses.median.loss, losses.high] {
        assert!((loss - 0.25).abs() < 0.001, "{losses:?}");
    }
}
