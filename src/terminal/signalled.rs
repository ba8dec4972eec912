//! What signals do to the event loop and to the screen.

use std::sync::mpsc::Sender;

use anyhow::Result;

use super::{EventLoop, Flow, Input, Redraw, screen};
use crate::signals::{self, ScreenWatch, Signal};

/// What the threads for signals may do to the screen.
#[derive(Clone)]
pub(super) struct Watch(pub(super) Sender<Input>);

impl ScreenWatch for Watch {
    fn tell(&self, signal: Signal) {
        // Once the event loop is gone, signals do not matter.
        let _ = self.0.send(Input::Signal(signal));
    }

    fn unblock(&self) {
        screen::discard_output();
    }

    fn leave_in_a_hurry(&self) {
        screen::leave_in_a_hurry();
    }
}

impl EventLoop {
    pub(super) fn handle_signal(&mut self, signal: Signal) -> Result<Flow> {
        Ok(match signal {
            Signal::End => match self.ending.notice() {
                Some(signal) => {
                    self.screen.leave_at_once();
                    Flow::Exit(signals::exit_code(signal))
                }
                None => Flow::Continue(Redraw::Nothing),
            },
            // The next frame asks for the size itself.
            Signal::Resize => Flow::Continue(Redraw::NextFrame),
            Signal::Stop => {
                self.screen.leave();
                signals::stop_this_process();
                Flow::Continue(Redraw::Nothing)
            }
            Signal::Continue => {
                self.screen.come_back()?;
                Flow::Continue(Redraw::AtOnce)
            }
        })
    }
}
