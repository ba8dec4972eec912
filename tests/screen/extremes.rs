//! Numbers of any size: every chart, matrix and bar can be drawn, without delay.

use nnscope::app::{Appearance, Glyphs, Message};
use nnscope::nn::Activation;
use nnscope::session::StepOutcome;
use nnscope::trainer::RunState;
use proptest::prelude::*;

use crate::sweep::progress_of;
use crate::test_screen::TestScreen;

/// 0, the smallest and the largest number, and sizes in between.
fn size() -> impl Strategy<Value = f64> {
    let sizes = [
        0.0,
        5e-324,
        f64::MIN_POSITIVE,
        1e-308,
        1e-154,
        1e-3,
        0.5,
        1.0,
        3.0,
        1e3,
        1e154,
        1e306,
        1e308,
        f64::MAX,
    ];
    prop::sample::select(sizes.to_vec())
}

fn number() -> impl Strategy<Value = f64> {
    (size(), any::<bool>()).prop_map(|(size, is_negative)| if is_negative { -size } else { size })
}

fn hidden_activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(&Activation::HIDDEN)
}

fn output_activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(vec![
        Activation::Sigmoid,
        Activation::Tanh,
        Activation::Linear,
    ])
}

fn losses() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(size(), 1..40)
}

#[test]
fn an_ordinary_divergence_is_drawn_to_its_end() {
    let mut screen = TestScreen::new("--output-activation linear --learning-rate 2 --seed 1");
    let (mut epochs, mut largest) = (0, 0.0);
    loop {
        match screen.step_sample() {
            StepOutcome::WithinStep | StepOutcome::WithinEpoch | StepOutcome::Evaluating => {
                continue;
            }
            StepOutcome::EpochFinished { loss } => (epochs, largest) = (epochs + 1, loss),
            StepOutcome::Diverged => break,
        }
        screen.tell(RunState::Running);
        for key in ['y', 'y', '2', '1'] {
            screen.press(key);
            screen.draw();
        }
    }
    assert!(largest > 1e300, "{largest}");
    screen.tell(RunState::Diverged { epoch: epochs + 1 });
    let text = screen.text();
    assert!(text.contains("diverged at epoch"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn losses_of_any_size_are_drawn(
        kept in losses(),
        has_diverged in any::<bool>(),
        present in losses(),
        epoch in 0u64..40,
        glyphs in prop::sample::select(vec![Glyphs::Unicode, Glyphs::Ascii]),
        size in (40u16..200, 12u16..60),
    ) {
        let mut screen = TestScreen::at_epoch(0);
        screen.draw_with(Appearance { glyphs, ..screen.app.appearance() });
        screen.resize(size.0, size.1);
        let kept_state = if has_diverged { RunState::Diverged { epoch: 40 } } else { RunState::Paused };
        screen.tell_losses(&kept, u64::MAX, kept_state);
        screen.press('R');
        screen.tell_losses(&present, epoch, RunState::Paused);
        // Both axes of the loss with and without a mark, then every other chart.
        for key in ['y', ',', 'y', 't', 't', 't', 't', 't'] {
            let text = screen.text();
            prop_assert!(!text.replace("infinity", "").contains("inf") && !text.contains("NaN"), "{}\n{}", key, text);
            screen.press(key);
        }
    }

    #[test]
    fn parameters_of_any_size_are_drawn(
        parameters in prop::collection::vec(number(), 9),
        activation in hidden_activation(),
        output_activation in output_activation(),
        keys in prop::sample::select(vec!["", "2", "2n", "2nn", "2nnn", "2m", "2mnnn", "2l", "2lll", "2jnn", "l"]),
        glyphs in prop::sample::select(vec![Glyphs::Unicode, Glyphs::Ascii]),
        size in (40u16..200, 12u16..60),
    ) {
        let mut screen = TestScreen::new(&format!(
            "--activation {} --output-activation {} --seed 42",
            activation.name(),
            output_activation.name(),
        ));
        screen.draw_with(Appearance { glyphs, ..screen.app.appearance() });
        screen.resize(size.0, size.1);
        screen.begin_with(&parameters);
        for key in keys.chars() {
            screen.press(key);
            screen.draw();
        }
        screen.step_sample();
        screen.tell(RunState::Paused);
        screen.draw();
    }

    #[test]
    fn curves_of_parameters_and_steps_of_any_size_are_drawn(
        parameters in prop::collection::vec(number(), 9),
        learning_rate in prop::sample::select(vec!["1e-300", "0.1", "10"]),
        glyphs in prop::sample::select(vec![Glyphs::Unicode, Glyphs::Ascii]),
        size in (40u16..200, 12u16..60),
    ) {
        let options = format!("--output-activation linear --learning-rate {learning_rate} --seed 42");
        let mut screen = TestScreen::new(&options);
        screen.draw_with(Appearance { glyphs, ..screen.app.appearance() });
        screen.resize(size.0, size.1);
        screen.begin_with(&parameters);
        for _ in 0..12 {
            screen.step_sample();
        }
        screen.tell(RunState::Paused);
        for key in ['t', 't', ',', 't', '<', 't', '.'] {
            screen.press(key);
            let text = screen.text();
            prop_assert!(!text.replace("infinity", "").contains("inf") && !text.contains("NaN"), "{}\n{}", key, text);
        }
        // Of one neuron.
        for key in ['l', 't', 't', 't'] {
            screen.press(key);
            screen.draw();
        }
    }

    #[test]
    fn matrices_boxes_and_bars_of_numbers_of_any_size_are_drawn(
        numbers in prop::collection::vec(number(), 1..20),
        network in prop::sample::select(vec!["--hidden 40,30", "--hidden 3,50", "--data penguins --hidden 6"]),
        keys in prop::sample::select(vec!["m", "mll", "jj", "2nng", "2nnnmm", "2nnnsss", "2lllg", "v", "i"]),
        typed in number(),
        glyphs in prop::sample::select(vec![Glyphs::Unicode, Glyphs::Ascii]),
        size in (40u16..200, 12u16..60),
    ) {
        let mut screen = TestScreen::new(&format!("{network} --seed 42"));
        screen.draw_with(Appearance { glyphs, ..screen.app.appearance() });
        screen.resize(size.0, size.1);
        let count = screen.app.run().network.parameters().len();
        let parameters: Vec<f64> = numbers.iter().copied().cycle().take(count).collect();
        screen.begin_with(&parameters);
        for key in keys.chars() {
            screen.press(key);
            screen.draw();
        }
        screen.update(Message::Paste(format!("{typed:e}")));
        screen.draw();
    }

    #[test]
    fn a_sweep_of_losses_of_any_size_is_drawn(
        losses in prop::collection::vec((size(), size(), size()), 1..30),
        glyphs in prop::sample::select(vec![Glyphs::Unicode, Glyphs::Ascii]),
        size in (40u16..200, 12u16..60),
    ) {
        let mut screen = TestScreen::at_epoch(0);
        screen.draw_with(Appearance { glyphs, ..screen.app.appearance() });
        screen.resize(size.0, size.1);
        screen.press('S');
        let curves = losses.iter().map(|&(start, middle, end)| vec![start, middle, end]);
        screen.update(Message::Sweep(progress_of(curves.collect())));
        let text = screen.text();
        prop_assert!(!text.contains("inf"), "{}", text);
    }
}
