//! What a large window shows beside the map.

use super::on_map;

#[test]
fn a_large_window_has_the_loss_and_a_larger_one_the_network_below_the_legend() {
    for (size, has_loss, has_network) in [
        ((80, 24), false, false),
        ((120, 40), true, false),
        ((200, 60), true, true),
    ] {
        let mut screen = on_map("", size);
        let text = screen.text();
        assert_eq!(text.contains("┌ Loss (mse) "), has_loss, "{text}");
        assert_eq!(text.contains("┌ Network 2-2-1 "), has_network, "{text}");
    }
}

#[test]
fn the_legend_loses_no_key_to_what_is_below_it() {
    for options in ["", "--data penguins", "--data spiral"] {
        for size in [(120, 40), (200, 60)] {
            let mut screen = on_map(options, size);
            let text = screen.text();
            assert!(!text.contains("more keys"), "{options} {size:?}\n{text}");
            // Of a slice too, which has more of them.
            screen.press('t');
            let text = screen.text();
            assert!(!text.contains("more keys"), "{options} {size:?}\n{text}");
        }
    }
}
