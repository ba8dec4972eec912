//! The past of a loaded run: trained again beside it, its curves are those of a run that was never saved.

use nnscope::nn::OptimizerKind;
use nnscope::session::SavedRun;
use nnscope::trainer::Destination;

use super::*;

fn retracing(state: StartState) -> Start {
    Start {
        retraces: true,
        ..start(state, Pace::Max)
    }
}

/// A run of 200 epochs that shuffles, tests and remembers; and how it is charted up to each epoch.
fn run() -> Arc<Run> {
    let source = DataSource {
        data: "xor".to_owned(),
        test_fraction: 0.2,
        ..DataSource::default()
    };
    let config = TrainingConfig {
        epochs: 200,
        shuffle: true,
        batch_size: 16,
        optimizer: OptimizerKind::Adam,
        ..TrainingConfig::post(1)
    };
    let dataset = source.load(&mut |_| std::ops::ControlFlow::Continue(()));
    Arc::new(Run::new(config, source, Arc::new(dataset.unwrap())))
}

/// A session of the run at this epoch and step, and the curves of the way there.
fn straight(run: &Run, (epoch, step): (u64, usize)) -> (Session, Curves) {
    let mut session = run.begin().unwrap().measuring_moves();
    let mut curves = Curves::default();
    curves.push(&session);
    while session.position() < (Position { epoch, step }) {
        if matches!(session.step(), StepOutcome::EpochFinished { .. }) {
            curves.push(&session);
        }
    }
    (session, curves)
}

/// The session as a file has it, after `edit` of its text.
fn loaded(run: &Run, session: &Session, edit: impl Fn(String) -> String) -> Session {
    let text = serde_json::to_string(&SavedRun::new(run, session.state())).unwrap();
    let saved: SavedRun = serde_json::from_str(&edit(text)).unwrap();
    saved
        .session_with_past(&saved.configuration, session.data().clone())
        .unwrap()
}

fn origin(run: &Arc<Run>, session: Session) -> Origin {
    Origin::Session(Arc::clone(run), Box::new(session))
}

#[test]
fn a_loaded_run_is_charted_from_its_start_and_stays_where_it_is() {
    let run = run();
    for place in [(100, 0), (100, 2), (1, 0)] {
        let (session, expected) = straight(&run, place);
        let session = loaded(&run, &session, |text| text);
        assert_eq!(Curves::up_to(&session), expected);

        let paused = retracing(StartState::Paused);
        let trainer = Trainer::spawn(origin(&run, session), paused, || {}).unwrap();
        let mut curves = Curves::default();
        let whole = |p: &Progress| p.curves.training.epochs() > 1;
        let progress = progress_until(&trainer, &mut curves, whole);
        assert_eq!(curves, expected);
        assert_eq!(progress.state, RunState::Paused);
        let (epoch, step) = place;
        assert_eq!(progress.position, Position { epoch, step });
        // What follows is joined to it.
        trainer.send(Command::Run);
        progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
        let mut expected = straight(&run, (200, 0)).1;
        if step > 0 {
            // Of the epoch under way, only the steps from there on are measured.
            expected.layers.clone_from(&curves.layers);
        }
        assert_eq!(curves, expected);
    }
}

#[test]
fn a_run_that_goes_on_or_back_at_once_is_charted_from_its_start_too() {
    let run = run();
    let (session, expected) = straight(&run, (100, 0));
    let session = loaded(&run, &session, |text| text);
    let running = retracing(StartState::Running);
    let trainer = Trainer::spawn(origin(&run, session.clone()), running, || {}).unwrap();
    let mut curves = Curves::default();
    progress_until(&trainer, &mut curves, |p| p.state == RunState::Finished);
    while curves.training.first_epoch() > 0 {
        curves.append(&next_progress(&trainer).curves);
    }
    assert_eq!(curves, straight(&run, (200, 0)).1);

    let paused = retracing(StartState::Paused);
    let trainer = Trainer::spawn(origin(&run, session), paused, || {}).unwrap();
    trainer.send(Command::Seek(Destination::Epoch(0)));
    let mut curves = Curves::default();
    let mut epoch = 100;
    while epoch > 0 || curves.training.epochs() <= 100 {
        let progress = next_progress(&trainer);
        curves.append(&progress.curves);
        epoch = progress.position.epoch;
    }
    assert_eq!(curves, expected);
}

#[test]
fn where_its_start_does_not_lead_nothing_is_charted_of_before() {
    let run = run();
    let (session, _) = straight(&run, (100, 0));
    let alone = {
        let mut curves = Curves::default();
        curves.push(&loaded(&run, &session, |text| text));
        curves
    };
    // The optimizer has taken another number of steps, as after training on another processor the digits differ.
    let elsewhere = |text: String| {
        let other = text.replacen("\"steps\":2500", "\"steps\":2501", 1);
        assert_ne!(other, text);
        other
    };
    let edited = |text: String| text.replacen('{', "{\"command_note\":\"edited\",", 1);
    let edits: [&dyn Fn(String) -> String; 2] = [&elsewhere, &edited];
    for edit in edits {
        assert_eq!(Curves::up_to(&loaded(&run, &session, edit)), alone);
    }
}
