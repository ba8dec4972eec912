//! Neurons, edges and the chart under the mouse.

use super::*;

#[test]
fn in_the_train_view_a_click_chooses_a_neuron_and_a_double_click_opens_its_step() {
    let mut screen = TestScreen::at_epoch(3);
    let h2 = Neuron { layer: 0, unit: 1 };
    screen.click("h2 ");
    assert_eq!(screen.app.run().neuron, Some(h2));
    screen.click("h2 ");
    assert_eq!(screen.app.run().neuron, None);
    // A weight leads into its neuron.
    screen.click("w3 ");
    assert_eq!(screen.app.run().neuron, Some(h2));
    // The empty part of the diagram leaves it.
    screen.click("Network");
    assert_eq!(screen.app.run().neuron, None);
    screen.double_click("w3 ");
    assert_eq!(screen.app.view(), View::Backprop);
    assert_eq!(screen.app.run().backprop.selected, weight(1, 0));
    assert_eq!(screen.overlay_kind(), OverlayKind::None);
}

#[test]
fn in_the_backprop_view_a_click_selects_and_a_second_one_edits() {
    let mut screen = TestScreen::at_epoch(3);
    screen.tell(RunState::Paused);
    screen.press('2');
    screen.resize(120, 40);
    let selected = |screen: &TestScreen| screen.app.run().backprop.selected;
    screen.click_part(weight(1, 1));
    assert_eq!(selected(&screen), weight(1, 1));
    let h1 = Neuron { layer: 0, unit: 0 };
    screen.click_part(Selection::Parameter(Parameter::Bias(h1)));
    assert_eq!(selected(&screen), Selection::Parameter(Parameter::Bias(h1)));
    screen.click_part(Selection::Neuron(h1));
    assert_eq!(selected(&screen), Selection::Neuron(h1));
    assert_eq!(screen.overlay_kind(), OverlayKind::None);
    let (column, row) = screen.click_part(weight(1, 1));
    screen.gesture_at(DOUBLE, column, row);
    screen.gesture_at(Gesture::Release, column, row);
    assert_eq!(screen.overlay_kind(), OverlayKind::Edit);
    screen.press_code(KeyCode::Esc);
    screen.click_part(weight(1, 1));
    assert_eq!(screen.overlay_kind(), OverlayKind::Edit);
    // The second half of a double click on what is chosen meets the window that the first has opened.
    let (column, row) = screen.position_of("Backprop");
    screen.gesture_at(DOUBLE, column, row);
    assert_eq!(screen.overlay_kind(), OverlayKind::Edit);
    screen.press_code(KeyCode::Esc);
    let (column, row) = screen.click_part(weight(1, 1));
    screen.press_code(KeyCode::Esc);
    screen.draw();
    screen.gesture_at(Gesture::Wheel(Turn::Back), column, row);
    assert_eq!(selected(&screen), weight(1, 0));
}

#[test]
fn a_line_is_clicked_as_well_as_its_number() {
    let mut screen = TestScreen::at_epoch(3);
    screen.press('2');
    screen.resize(120, 40);
    screen.draw();
    for (unit, source) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let part = weight(unit, source);
        let areas = screen.regions().iter();
        let cells = areas.filter(|(_, target)| *target == Target::Part(part));
        let cells: u32 = cells.map(|(area, _)| area.area()).sum();
        assert!(cells > 20, "{part:?}: {cells}");
    }
}

#[test]
fn the_chart_is_clicked_dragged_along_and_clicked_again() {
    let mut screen = TestScreen::at_epoch(200);
    screen.tell(RunState::Paused);
    screen.draw();
    let plot: Vec<(u16, u16, u64)> = screen
        .regions()
        .iter()
        .filter_map(|(area, target)| match target {
            Target::Epoch { epoch, .. } => Some((area.x, area.y, epoch)),
            _ => None,
        })
        .collect();
    assert_eq!((plot[0].2, plot[plot.len() - 1].2), (0, 200));
    for &(column, row, epoch) in &plot {
        screen.press_code(KeyCode::Esc);
        screen.click_at(column, row);
        assert_eq!(screen.app.marked(), Some(epoch));
        // A second click in the same cell goes there, wherever the mark is now.
        screen.draw();
        assert!(screen.gesture_at(AGAIN, column, row).is_empty());
        assert_eq!(
            seeks(&screen.gesture_at(Gesture::Release, column, row)),
            Some(epoch)
        );
        assert_eq!(screen.app.marked(), None);
        screen.press_code(KeyCode::End);
        screen.draw();
    }
    let [from, to] = [plot[3], plot[12]];
    screen.press_code(KeyCode::Esc);
    screen.draw();
    screen.gesture_at(PRESS, from.0, from.1);
    screen.gesture_at(Gesture::Drag, to.0, to.1);
    screen.gesture_at(Gesture::Release, to.0, to.1);
    assert_eq!(screen.app.marked(), Some(to.2));
    screen.draw();
    screen.gesture_at(Gesture::Wheel(Turn::Forward), to.0, to.1);
    assert_eq!(screen.app.marked(), Some(to.2 + 2));
    // Grabbed and dragged, the mark goes nowhere else.
    let (column, row) = cell_of(&mut screen, to.2 + 2);
    screen.gesture_at(PRESS, column, row);
    screen.gesture_at(Gesture::Drag, from.0, from.1);
    assert!(
        screen
            .gesture_at(Gesture::Release, from.0, from.1)
            .is_empty()
    );
    let marked = screen.app.marked().unwrap();
    assert!(marked < to.2, "{marked}");
    // Clicked where it is drawn, it is gone to.
    let (column, row) = cell_of(&mut screen, marked);
    assert_eq!(seeks(&screen.click_at(column, row)), Some(marked));
    // A drag that begins elsewhere marks nothing.
    let (column, row) = screen.position_of("Bob");
    screen.gesture_at(PRESS, column, row);
    screen.gesture_at(Gesture::Drag, to.0, to.1);
    assert_eq!(screen.app.marked(), None);
}

#[test]
fn a_double_click_goes_to_the_epoch_while_the_run_trains_on() {
    let mut screen = TestScreen::at_epoch(100);
    screen.draw();
    let at = |screen: &TestScreen| {
        let mut regions = screen.regions().iter();
        regions.find_map(|(area, target)| match target {
            Target::Epoch { epoch, .. } if epoch >= 50 => Some((area.x, area.y)),
            _ => None,
        })
    };
    let (column, row) = at(&screen).unwrap();
    screen.click_at(column, row);
    let marked = screen.app.marked().unwrap();
    for _ in 0..40 {
        screen.train_epoch();
    }
    screen.tell(RunState::Running);
    screen.draw();
    screen.gesture_at(DOUBLE, column, row);
    let effects = screen.gesture_at(Gesture::Release, column, row);
    assert_eq!(seeks(&effects), Some(marked));
}

/// The epoch that an effect goes to.
fn seeks(effects: &[Effect]) -> Option<u64> {
    match effects {
        [Effect::Train(Command::Seek(Destination::Epoch(epoch)))] => Some(*epoch),
        _ => None,
    }
}

/// A cell of the chart at an epoch.
fn cell_of(screen: &mut TestScreen, wanted: u64) -> (u16, u16) {
    screen.draw();
    let mut regions = screen.regions().iter();
    let found = regions.find_map(|(area, target)| match target {
        Target::Epoch { epoch, reach } if epoch.abs_diff(wanted) <= reach / 2 => {
            Some((area.x, area.y))
        }
        _ => None,
    });
    found.unwrap()
}

/// A weight into a neuron of the first layer.
fn weight(unit: usize, source: usize) -> Selection {
    let into = Neuron { layer: 0, unit };
    Selection::Parameter(Parameter::Weight { into, source })
}
