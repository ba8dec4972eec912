//! Where the reader is in the lessons: a small file in the user's state directory.
//!
//! It is a convenience. A home that cannot be written, or a file that cannot be read, is no error.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};

use crate::app::Place;
use crate::session::{Existing, WholeFile};

/// The place to write next, and the turn to write it.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    newest: Arc<Mutex<Place>>,
    turn: Arc<Mutex<()>>,
}

impl Memory {
    /// Notes the place that is to be written.
    pub(super) fn note(&self, place: Place) {
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }

    /// Writes the newest place, after whoever is writing.
    pub(super) fn write(&self) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = self
            .newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        // A home that cannot be written is no error.
        let _ = write(&newest);
    }
}

/// The remembered place; `None` if there is none.
pub(super) fn read() -> Option<Place> {
    let text = fs::read_to_string(path()?).ok()?;
    Some(serde_json::from_str(&text).unwrap_or_default())
}

fn write(place: &Place) -> Result<()> {
    let path = path().context("there is no home")?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut text = serde_json::to_string_pretty(place)?;
    text.push('\n');
    WholeFile::at(&path, Existing::Replace)?.write(text.as_bytes())
}

/// `$XDG_STATE_HOME/nnscope/lessons.json`, or the same in `~/.local/state`.
fn path() -> Option<PathBuf> {
    // As the standard says, a relative path counts as none.
    let folder = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let state = folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")))?;
    Some(state.join("nnscope/lessons.json"))
}
