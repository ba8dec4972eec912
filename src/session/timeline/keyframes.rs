//! States of a run that are kept, so that it can go back: in bounded memory, however long it runs.

use crate::session::State;

/// Some of the states that a run has been through: the first, the last, and between them one at every multiple
/// of a stride. The stride doubles whenever they would become too many or too large. Where not even two fit,
/// there may be one or none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Keyframes {
    /// In the order of their epochs, of which no two are the same.
    states: Vec<State>,
    /// One less than the stride, which is a power of two.
    mask: u64,
    bytes: usize,
}

impl Keyframes {
    /// The most states that are kept.
    pub(super) const MOST: usize = 2000;

    /// The most memory that they take, in bytes.
    pub(super) const MOST_BYTES: usize = 48 << 20;

    /// Begins with these states.
    pub(super) fn new(states: impl IntoIterator<Item = State>) -> Self {
        let mut keyframes = Self {
            states: Vec::new(),
            mask: 0,
            bytes: 0,
        };
        keyframes.extend(states);
        keyframes
    }

    /// No state, now and later.
    pub(super) fn none() -> Self {
        Self {
            mask: u64::MAX,
            ..Self::new([])
        }
    }

    /// The first epoch after this one whose state is to be [recorded](Self::record).
    #[inline]
    pub(super) fn next_after(&self, epoch: u64) -> u64 {
        (epoch | self.mask).saturating_add(1)
    }

    /// Keeps these states too.
    pub(super) fn extend(&mut self, states: impl IntoIterator<Item = State>) {
        states.into_iter().for_each(|state| self.insert(state));
    }

    /// Keeps the state at the end of an epoch if the epoch is a multiple of the stride.
    #[inline]
    pub(super) fn record(&mut self, state: &State) {
        if state.position.epoch & self.mask == 0 {
            self.keep(state);
        }
    }

    /// Keeps a state, unless one of its epoch is kept or it is too large.
    pub(super) fn keep(&mut self, state: &State) {
        let has_room = state.bytes() <= Self::MOST_BYTES;
        if has_room && self.index_of(state.position.epoch).is_err() {
            self.insert(state.clone());
        }
    }

    /// The last state at this epoch or before it.
    pub(super) fn before(&self, epoch: u64) -> Option<&State> {
        let end = self
            .states
            .partition_point(|state| state.position.epoch <= epoch);
        self.states[..end].last()
    }

    /// The last state.
    pub(super) fn last(&self) -> Option<&State> {
        self.states.last()
    }

    /// Drops all states after an epoch.
    pub(super) fn cut_after(&mut self, epoch: u64) {
        self.states.retain(|state| state.position.epoch <= epoch);
        self.weigh();
    }

    /// The index of the state of this epoch, or else the one where it would be inserted.
    fn index_of(&self, epoch: u64) -> Result<usize, usize> {
        let epoch_of = |state: &State| state.position.epoch;
        match self.states.last() {
            // The usual case.
            Some(last) if epoch_of(last) < epoch => Err(self.states.len()),
            _ => self.states.binary_search_by_key(&epoch, epoch_of),
        }
    }

    fn insert(&mut self, state: State) {
        let Err(index) = self.index_of(state.position.epoch) else {
            return;
        };
        self.bytes += state.bytes();
        self.states.insert(index, state);
        while self.states.len() > Self::MOST || self.bytes > Self::MOST_BYTES {
            self.thin_out();
        }
    }

    fn thin_out(&mut self) {
        self.mask = self.mask << 1 | 1;
        let [first, .., last] = self.states.as_slice() else {
            return self.clear();
        };
        let (first, last) = (first.position.epoch, last.position.epoch);
        let before = self.states.len();
        self.states.retain(|state| {
            let epoch = state.position.epoch;
            epoch == first || epoch == last || epoch & self.mask == 0
        });
        if before == 2 {
            self.states.pop();
        }
        self.weigh();
    }

    fn clear(&mut self) {
        self.states.clear();
        self.bytes = 0;
    }

    fn weigh(&mut self) {
        self.bytes = self.states.iter().map(State::bytes).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::{LayerRequest, OptimizerKind};
    use crate::session::{Session, StepOutcome, TrainingConfig, TrainingData};

    fn epochs(keyframes: &Keyframes) -> Vec<u64> {
        keyframes
            .states
            .iter()
            .map(|state| state.position.epoch)
            .collect()
    }

    fn train_epoch(session: &mut Session) {
        while session.step() == StepOutcome::WithinEpoch {}
    }

    #[test]
    fn the_stride_doubles_and_the_first_and_the_last_stay() {
        let mut session = Session::start(&TrainingConfig::post(1), TrainingData::of(&people()));
        let mut keyframes = Keyframes::new([session.state().clone()]);
        let most = Keyframes::MOST as u64;
        for _ in 0..3 * most {
            train_epoch(&mut session);
            keyframes.record(session.state());
            assert!(keyframes.states.len() <= Keyframes::MOST);
            assert!(keyframes.bytes <= Keyframes::MOST_BYTES);
        }
        // Full at every epoch, then at every second, now every fourth.
        let mut expected: Vec<u64> = (0..=3 * most).step_by(4).collect();
        assert_eq!(epochs(&keyframes), expected);
        assert_eq!(keyframes.before(4 * 77 + 3).unwrap().position.epoch, 4 * 77);

        // One out of turn stays for as long as it is the last.
        train_epoch(&mut session);
        keyframes.keep(session.state());
        expected.push(3 * most + 1);
        assert_eq!(epochs(&keyframes), expected);
        keyframes.thin_out();
        assert_eq!(keyframes.last().unwrap().position.epoch, 3 * most + 1);
        keyframes.cut_after(100);
        assert_eq!(keyframes.last().unwrap().position.epoch, 96);
        keyframes.weigh();
        let bytes: usize = keyframes.states.iter().map(State::bytes).sum();
        assert_eq!(keyframes.bytes, bytes);
    }

    #[test]
    fn large_networks_have_fewer_and_the_largest_none() {
        let start = |hidden: &[usize]| {
            let config = TrainingConfig {
                hidden: LayerRequest::of_units(hidden),
                optimizer: OptimizerKind::Adam,
                ..TrainingConfig::post(1)
            };
            Session::start(&config, TrainingData::of(&people()))
        };
        let kept_of = |mut session: Session| {
            let mut keyframes = Keyframes::new([session.state().clone()]);
            for epoch in 1..=20 {
                session.state.position.epoch = epoch;
                keyframes.record(session.state());
                assert!(keyframes.bytes <= Keyframes::MOST_BYTES);
            }
            epochs(&keyframes)
        };
        // 3 numbers of 8 bytes for each of about 410,000 parameters: 10 MB, and at most 5 of these; 20
        // is the last.
        assert_eq!(kept_of(start(&[400, 1020])), [0, 8, 16, 20]);
        // Two do not fit.
        assert_eq!(kept_of(start(&[1024, 1024, 300])), [0]);
        assert_eq!(kept_of(start(&[1024, 1024, 1024, 1024])), [0; 0]);
    }
}
