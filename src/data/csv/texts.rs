//! The different texts of a column, each kept once.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// What a text is on its own, whatever the column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Class {
    /// No value.
    Missing,
    /// A finite number as programs write it.
    Plain(f64),
    /// Anything else.
    Other,
}

/// Different texts, by their codes 0, 1, …
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// All of them, one after the other.
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    classes: Vec<Class>,
    codes: HashTable<u32>,
}

impl Texts {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text with this code.
    pub(super) fn bytes(&self, code: u32) -> &[u8] {
        let code = code as usize;
        let start = code.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[code]]
    }

    /// What the text with this code is.
    pub(super) fn class(&self, code: u32) -> Class {
        self.classes[code as usize]
    }

    /// The codes of all of them.
    pub(super) fn codes(&self) -> impl Iterator<Item = u32> + use<> {
        (0..).take(self.len())
    }

    /// The code of a text that is there.
    pub(super) fn find(&self, text: &[u8]) -> Option<u32> {
        let hash = hash(text);
        let found = self.codes.find(hash, |&code| self.bytes(code) == text);
        found.copied()
    }

    /// Adds a text that is not there.
    pub(super) fn add(&mut self, text: &[u8], class: Class) -> u32 {
        // 4 billion different texts are more than any memory has.
        let code = u32::try_from(self.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        self.classes.push(class);
        let Self {
            bytes, ends, codes, ..
        } = self;
        codes.insert_unique(hash(text), code, |&code| {
            let code = code as usize;
            let start = code.checked_sub(1).map_or(0, |before| ends[before]);
            hash(&bytes[start..ends[code]])
        });
        code
    }
}

fn hash(text: &[u8]) -> u64 {
    // Without a random state: who writes a table to be slow harms only themselves.
    FixedState::default().hash_one(text)
}
