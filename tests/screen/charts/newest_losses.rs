//! The strip of the newest losses below the chart.

use super::*;

#[test]
fn the_newest_losses_say_what_they_reach_from_and_to() {
    let mut screen = TestScreen::at_epoch(0);
    screen.tell_losses(
        &[0.5, 0.42, 0.41, 0.40, 0.39, 0.38, 0.37, 0.36],
        u64::MAX,
        RunState::Paused,
    );
    let text = screen.text();
    assert!(text.contains("│0.360 to 0.500 █"), "{text}");
    assert!(text.contains("└ last 8 epochs ─"), "{text}");
}

#[test]
fn newest_losses_that_differ_say_so_and_those_that_do_not_are_flat() {
    for (losses, row) in [
        (
            [0.068_71, 0.068_72, 0.068_73, 0.068_74],
            "│0.06871 to 0.06874 ▁",
        ),
        ([0.068_71; 4], "│0.0687 ▁▁▁▁"),
        (
            [0.068_71, 0.068_710_000_1, 0.068_71, 0.068_71],
            "│0.0687 ▁▁▁▁",
        ),
        // Noise does not fill the height.
        ([0.25, 0.2501, 0.25, 0.2501], "│0.25 to 0.2501 ▁▁▁▁"),
        ([0.25, 0.26, 0.25, 0.26], "│0.250 to 0.260 ▁█▁█"),
    ] {
        let mut screen = TestScreen::at_epoch(0);
        screen.tell_losses(&losses, u64::MAX, RunState::Paused);
        let text = screen.text();
        assert!(text.contains(row), "{row}\n{text}");
    }
}
