//! What a large window shows beside the map.

use crossterm::event::KeyCode;

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

#[test]
fn the_network_beside_a_map_follows_its_cursor_and_beside_a_slice_shows_the_sample() {
    let mut screen = on_map("", (200, 60));
    let mut outputs = Vec::new();
    for _ in 0..3 {
        let point = screen.app.run().point().unwrap();
        let output = format!("o1 {:.3} ", screen.app.run().outputs_for(&point)[0]);
        let text = screen.text();
        assert!(
            text.contains("┌ Network 2-2-1 sigmoid: at the cursor ─"),
            "{text}"
        );
        assert!(text.contains(&output), "{output}\n{text}");
        outputs.push(output);
        (0..8).for_each(|_| drop(screen.press_code(KeyCode::Right)));
    }
    outputs.dedup();
    assert_eq!(outputs.len(), 3);
    // Its cursor chooses parameters.
    screen.press('t');
    screen.resize(200, 90);
    let text = screen.text();
    assert!(text.contains("┌ Network 2-2-1 sigmoid: Alice ─"), "{text}");
}
