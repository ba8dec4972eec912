//! The sweep panel.

use std::time::Duration;

use crossterm::event::KeyCode;
use nnscope::app::{Appearance, Colors, Effect, Glyphs, Message, Overlay, SweepState};
use nnscope::data::people;
use nnscope::session::{Evaluation, Quality, Score, TrainingConfig, TrainingData};
use nnscope::sweep::{Findings, Outcome, Plan, Progress, SeedRun, SweepEvent, Verdict};
use nnscope::trainer::RunState;
use ratatui::style::Color;

use crate::test_screen::TestScreen;

/// The event of a sweep of 40 seeds starting at 42 after the first `finished` of them, with curves and losses that
/// depend on no generator.
pub(crate) fn progress(finished: u64, is_over: bool) -> SweepEvent {
    let plan = Plan::new(TrainingConfig::post(42), TrainingData::of(&people()), 40).unwrap();
    let mut findings = Findings::new(&plan);
    for index in 0..finished {
        findings.add(&seed_run(index));
    }
    SweepEvent::Progress(Box::new(Progress {
        summary: findings.summary(),
        done: finished as f64 / 40.0,
        elapsed: Duration::from_millis(300 * finished),
        is_over,
    }))
}

/// The last event of a sweep whose runs had these losses, all of equal length.
pub(crate) fn progress_of(curves: Vec<Vec<f64>>) -> SweepEvent {
    let config = TrainingConfig {
        epochs: curves[0].len() as u64 - 1,
        ..TrainingConfig::post(42)
    };
    let seeds = curves.len() as u64;
    let plan = Plan::new(config, TrainingData::of(&people()), seeds).unwrap();
    let mut findings = Findings::new(&plan);
    for (index, curve) in (0..).zip(curves) {
        let mut run = seed_run(index);
        run.outcome.verdict = Verdict::Learning;
        run.outcome.evaluation.training.loss = curve[curve.len() - 1];
        findings.add(&SeedRun { curve, ..run });
    }
    SweepEvent::Progress(Box::new(Progress {
        summary: findings.summary(),
        done: 1.0,
        elapsed: Duration::from_secs(1),
        is_over: true,
    }))
}

fn seed_run(index: u64) -> SeedRun {
    let verdict = match index {
        39 => Verdict::Stuck,
        17 => Verdict::Diverged,
        _ => Verdict::Solved,
    };
    let loss = |point: u64| match verdict {
        Verdict::Stuck => 0.5,
        _ => 0.3 / (1.0 + point as f64 * (1.0 + index as f64 / 20.0)),
    };
    let points = if verdict == Verdict::Diverged { 5 } else { 101 };
    let curve: Vec<f64> = (0..points).map(loss).collect();
    let training = Score {
        loss: curve[curve.len() - 1],
        quality: Quality {
            accuracy: Some(1.0),
            ..Quality::default()
        },
    };
    let outcome = Outcome {
        seed: 42 + index,
        verdict,
        epoch: 10 * (points - 1),
        evaluation: Evaluation {
            training,
            test: None,
        },
    };
    SeedRun { outcome, curve }
}

/// The sweep panel after this many of 40 seeds.
fn after(finished: u64, is_over: bool) -> TestScreen {
    let mut screen = TestScreen::at_epoch(20);
    screen.press('S');
    screen.press_code(KeyCode::Enter);
    screen.update(Message::Sweep(progress(finished, is_over)));
    screen
}

#[test]
fn it_explains_itself_and_starts_with_the_typed_number_of_seeds() {
    let mut screen = TestScreen::at_epoch(20);
    screen.press('S');
    let text = screen.text();
    for expected in [
        "Sweep: people 2-2-1, sgd, learning rate 0.1, batches of 1, 1,000 epochs each",
        "seeds [1000     ] from seed 42: Enter starts",
        "stuck: not solved; the loss fell by less than 1% in the last tenth of the run",
        "Enter start",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    for c in "25x0".chars() {
        assert!(screen.press(c).is_empty());
    }
    assert!(screen.text().contains("seeds [250 "), "{}", screen.text());
    let effects = screen.press_code(KeyCode::Enter);
    assert!(
        matches!(effects[..], [Effect::Sweep(_, 250)]),
        "{effects:?}"
    );
    // The number cannot change while the sweep is running.
    assert!(screen.press('7').is_empty() && screen.press_code(KeyCode::Enter).is_empty());
    assert!(
        screen
            .text()
            .contains("seeds [250      ] running: Esc stops")
    );
}

#[test]
fn an_invalid_number_of_seeds_is_reported() {
    let mut screen = TestScreen::at_epoch(20);
    screen.press('S');
    screen.press('0');
    assert!(screen.press_code(KeyCode::Enter).is_empty());
    assert!(screen.text().contains("enter 1 to 1,000,000"));
    screen.paste("12\n345");
    assert!(screen.press_code(KeyCode::Enter).is_empty());
    assert!(screen.text().contains("enter 1 to 1,000,000"));
    screen.paste("x12\n34567890123");
    assert!(screen.press_code(KeyCode::Enter).is_empty());
    assert!(screen.text().contains("enter 1 to 1,000,000"));
    let mut screen = TestScreen::at_epoch_of(20, "--epochs 0");
    screen.press('S');
    screen.press('9');
    assert!(screen.press_code(KeyCode::Enter).is_empty());
    assert!(screen.text().contains("a sweep needs runs that end"));
}

#[test]
fn it_shows_its_progress_and_its_results_so_far() {
    let mut screen = after(20, false);
    let text = screen.text();
    for expected in [
        "█████░░░░░",
        "20 of 40 seeds from 42, about 6 s left",
        "loss: ─ median  ⠡⠡ 5–95%  ─ worst (above)",
        "final loss          seeds",
        "800 1,000",
        "b best   0.00153   seed 61",
        "w worst  0.00297   seed 42",
        "solved 19 (95.00%)   learning 0   stuck 0   diverged 1 (5.00%)",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn esc_stops_it_and_then_closes_it_and_s_shows_it_again() {
    let mut screen = after(20, false);
    let effects = screen.press_code(KeyCode::Esc);
    assert!(matches!(effects[..], [Effect::CancelSweep]));
    assert!(screen.text().contains("] stopping"));
    screen.update(Message::Sweep(progress(21, true)));
    assert_eq!(screen.app.sweep().state, SweepState::Idle);
    let text = screen.text();
    assert!(
        text.contains("stopped: 21 of 40 seeds from 42, 6.3 s"),
        "{text}"
    );
    assert!(screen.press_code(KeyCode::Esc).is_empty());
    assert_eq!(*screen.app.overlay(), Overlay::None);

    screen.press('S');
    assert!(screen.text().contains("stopped: 21 of 40 seeds"));
    screen.press('q');
    // Results of another configuration are not shown.
    screen.turn_setting("batch size");
    screen.tell(RunState::Paused);
    assert_eq!(screen.app.run().config().batch_size, 2);
    screen.press('S');
    assert!(screen.text().contains("Trains this configuration"));
}

#[test]
fn the_best_the_median_and_the_worst_seed_can_be_opened() {
    for (key, seed, name) in [('b', 80, "best"), ('m', 61, "median"), ('w', 81, "worst")] {
        let mut screen = after(40, true);
        screen.tell(RunState::Paused);
        let effects = screen.press(key);
        assert!(
            matches!(effects[..], [Effect::Begin { .. }, ..]),
            "{effects:?}"
        );
        assert_eq!(screen.app.run().config().seed, seed, "{name}");
        let text = screen.text();
        let notice = format!("opened seed {seed}, the {name} of 40, at its start");
        assert!(
            text.contains(&notice) && text.contains(" epoch 0/1,000"),
            "{text}"
        );
        // Another seed of the same sweep can be opened afterwards.
        screen.press('S');
        assert!(screen.text().contains("40 seeds from 42, 12.0 s"));
    }
}

#[test]
fn opening_a_seed_ends_the_sweep() {
    let mut screen = after(20, false);
    let effects = screen.press('b');
    assert!(
        matches!(effects[..], [Effect::DropSweep, Effect::Begin { .. }, ..]),
        "{effects:?}"
    );
    let mut screen = TestScreen::at_epoch(20);
    screen.press('S');
    assert!(screen.press('b').is_empty());
    assert!(!screen.text().contains("b best"), "{}", screen.text());
}

#[test]
fn a_sweep_that_fails_says_why() {
    let mut screen = after(20, false);
    screen.update(Message::Sweep(SweepEvent::Failed(
        "internal error: seven is not even".to_owned(),
    )));
    assert!(screen.text().contains("internal error: seven is not even"));
    assert_eq!(screen.app.sweep().state, SweepState::Idle);
}

#[test]
fn in_a_small_window_counts_and_seeds_stay() {
    let mut screen = after(40, true);
    let mut parts = |width, height| {
        screen.resize(width, height);
        let text = screen.text();
        [
            "loss: ─",
            "final loss",
            "w worst  0.5 ",
            "stuck 1",
            "40 seeds",
            "Enter restart",
        ]
        .map(|part| text.contains(part))
    };
    assert_eq!(parts(80, 24), [true; 6]);
    assert_eq!(parts(71, 24), [true, false, true, true, true, true]);
    assert_eq!(parts(60, 18), [true, false, true, true, true, true]);
    assert_eq!(parts(40, 12), [false, false, true, true, true, true]);
}

#[test]
fn it_needs_neither_colours_nor_unicode() {
    for (finished, is_over) in [(0, false), (20, false), (40, true)] {
        let mut screen = after(finished, is_over);
        screen.draw_with(Appearance {
            colors: Colors::None,
            glyphs: Glyphs::Ascii,
        });
        for (width, height) in [(80, 24), (120, 40), (40, 12)] {
            screen.resize(width, height);
            assert!(screen.text().is_ascii(), "{}", screen.text());
            for cell in screen.draw().content() {
                assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
            }
        }
    }
}

#[test]
fn it_looks_as_it_did() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut screen = after(40, true);
        screen.resize(width, height);
        insta::assert_snapshot!(format!("sweep-{width}x{height}"), screen.text());
    }
}

#[test]
fn a_large_window_has_more_seeds_and_no_rows_below_the_losses() {
    let curves: Vec<Vec<f64>> = (0..100)
        .map(|seed| vec![0.7, 0.0031 + 0.0001 * f64::from(seed)])
        .collect();
    let mut screen = TestScreen::at_epoch(20);
    screen.press('S');
    screen.press_code(KeyCode::Enter);
    screen.update(Message::Sweep(progress_of(curves)));
    let seeds = |text: &str| text.matches(" seed ").count();
    screen.resize(200, 60);
    let text = screen.text();
    // 9 in the lists, 1 in the heading of the sweep.
    assert!(seeds(&text) >= 10, "{text}");
    let rows = [
        "b best   0.0031",
        "         0.0032",
        "m median 0.008",
        "w worst  0.013",
        "         0.0129",
    ];
    for row in rows {
        assert!(text.contains(row), "{row}\n{text}");
    }
    assert!(!text.contains("0.001┤"), "{text}");
    screen.resize(80, 24);
    assert_eq!(seeds(&screen.text()), 4, "{}", screen.text());
}

#[test]
fn the_edges_of_bins_have_three_digits_each() {
    let curves: Vec<Vec<f64>> = (0..200)
        .map(|seed| vec![1.0, 0.0095 + 0.000_01 * f64::from(seed)])
        .collect();
    let mut screen = TestScreen::at_epoch(20);
    screen.press('S');
    screen.press_code(KeyCode::Enter);
    screen.update(Message::Sweep(progress_of(curves)));
    let text = screen.text();
    assert!(
        text.contains(" to 0.0100 ") && text.contains("0.0100 to "),
        "{text}"
    );
}

#[test]
fn a_large_window_has_a_finer_histogram() {
    let curves: Vec<Vec<f64>> = (0..200)
        .map(|seed| vec![1.0, 0.001 * (1.0 + f64::from(seed) * 0.045)])
        .collect();
    let mut screen = TestScreen::at_epoch(20);
    screen.press('S');
    screen.press_code(KeyCode::Enter);
    screen.update(Message::Sweep(progress_of(curves)));
    let bins = |screen: &mut TestScreen| {
        let text = screen.text();
        text.lines()
            .filter(|line| line.contains(" 0.00") && line.contains('█'))
            .count()
    };
    let few = bins(&mut screen);
    screen.resize(120, 40);
    let many = bins(&mut screen);
    assert!(many >= few + 4, "{few} {many}\n{}", screen.text());
}
