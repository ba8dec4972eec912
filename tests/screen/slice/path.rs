//! The path of training over the loss slice: step by step with keys, and with the mouse.

use crossterm::event::KeyCode;
use nnscope::app::Effect;
use nnscope::trainer::{Command, Destination};
use nnscope::ui::number;

use super::{LEVELS, on_slice, title};
use crate::surface::pixels;

#[test]
fn steps_along_the_path_show_both_losses_and_enter_goes_there() {
    let mut screen = on_slice("", 20, (80, 24));
    screen.press(',');
    let point = *screen.app.run().slice.chosen().unwrap();
    assert_eq!(point.epoch, 19);
    let text = screen.text();
    for wanted in [
        "point 20 of 21: epoch 19",
        &format!("true loss     {}", number::loss(point.loss)),
        &format!("loss of slice {}", number::loss(point.beneath)),
        "distance to it 0.",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    screen.press(',');
    screen.press(',');
    screen.press('.');
    assert_eq!(screen.app.run().slice.chosen().unwrap().epoch, 18);
    let effects = screen.press_code(KeyCode::Enter);
    let [Effect::Train(Command::Seek(Destination::Epoch(18))), ..] = effects[..] else {
        panic!("{effects:?}");
    };
    screen.compute_slice(LEVELS);
    assert!(!title(&mut screen).contains("epoch"));
    assert_eq!(
        screen
            .app
            .run()
            .slice
            .shown()
            .unwrap()
            .request
            .position
            .epoch,
        18
    );
}

#[test]
fn a_click_reads_the_loss_and_on_the_path_goes_to_its_epoch() {
    let mut screen = on_slice("--learning-rate 0.5", 30, (120, 40));
    let (area, _) = pixels(screen.draw());
    screen.click_at(area.x + 2, area.y + 2);
    assert!(screen.app.run().slice.chosen().is_none());
    assert!(screen.text().contains("loss of slice ≈ "));
    let slice = screen.app.run().slice.shown().unwrap();
    let point = slice.path[3];
    let cell = |axis: usize, cells: u16| {
        let share = slice.grid.spans[axis].share(point.at[axis]);
        let mut all = 0..cells;
        all.find(|cell| share * f64::from(cells) < f64::from(cell + 1))
            .unwrap()
    };
    let (column, row) = (cell(0, area.width), cell(1, area.height));
    let (x, y) = (area.x + column, area.bottom() - 1 - row);
    screen.click_at(x, y);
    let chosen = *screen.app.run().slice.chosen().unwrap();
    assert!((chosen.epoch).abs_diff(point.epoch) <= 3, "{chosen:?}");
    let cells = [0, 1].map(|axis: usize| (chosen.at[axis] - point.at[axis]).abs());
    assert!(cells.iter().all(|apart| *apart < 1.0));
    screen.click_at(x, y);
    assert_eq!(screen.session().position().epoch, chosen.epoch);
}
