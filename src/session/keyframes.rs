//! States of a run that are kept, so that it can go back: in bounded memory, however long it runs.

use super::{Confusion, Position, Session, Standing, TrainingConfig, TrainingData};
use crate::nn::Network;

/// A state of a run, from which it goes on to the bit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Keyframe {
    learning_rate: f64,
    parameters: Vec<f64>,
    standing: Standing,
    confusion: Confusion,
}

impl Keyframe {
    /// A session as it is between two updates.
    pub(super) fn of(session: &Session) -> Self {
        Self {
            learning_rate: session.learning_rate,
            parameters: session.network.parameters().to_vec(),
            standing: session.standing(),
            confusion: session.confusion().clone(),
        }
    }

    /// How far the run had come.
    pub(super) fn position(&self) -> Position {
        self.standing.position
    }

    /// All weights and biases.
    pub(super) fn parameters(&self) -> &[f64] {
        &self.parameters
    }

    fn epoch(&self) -> u64 {
        self.standing.position.epoch
    }

    /// The session that is in this state.
    ///
    /// # Panics
    ///
    /// If it is a state of another network.
    pub(super) fn session(&self, config: &TrainingConfig, data: TrainingData) -> Session {
        let mut network = Network::zeros(config.architecture_for(&data.training));
        network.parameters_mut().copy_from_slice(&self.parameters);
        let mut session = Session::resume(config, data, network, self.standing.clone());
        session.restore(self);
        session
    }

    /// The memory that it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>()
            + size_of_val(&*self.parameters)
            + self.standing.optimizer.heap_bytes()
            + size_of_val(&*self.confusion.counts)
    }
}

impl Session {
    /// Goes to a state of the same run. The work space stays, so this costs no more than the copies.
    ///
    /// # Panics
    ///
    /// If it is a state of another network.
    pub(super) fn restore(&mut self, keyframe: &Keyframe) {
        let Standing {
            position,
            optimizer,
            generator,
            evaluation,
        } = &keyframe.standing;
        self.learning_rate = keyframe.learning_rate;
        self.network
            .parameters_mut()
            .copy_from_slice(&keyframe.parameters);
        self.optimizer.copy_from(optimizer);
        self.position = *position;
        self.order.restart(generator);
        self.evaluation = evaluation.expect("a session's standing has its evaluation");
        self.evaluator.restore(&keyframe.confusion);
        self.keep_as_sound();
    }
}

/// Some of the states that a run has been through: the first, the last, and between them one every so many
/// epochs. There are twice as many epochs between two of them whenever they would become too many or too
/// large. Where not even two fit, there may be one or none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Keyframes {
    /// In the order of their epochs, of which no two are the same.
    frames: Vec<Keyframe>,
    /// One less than the stride, which is a power of two.
    mask: u64,
    bytes: usize,
}

impl Keyframes {
    /// The most that are kept.
    pub(super) const MOST: usize = 2000;

    /// The most memory that they take.
    pub(super) const MOST_BYTES: usize = 48 << 20;

    /// With these states to begin with.
    pub(super) fn new(frames: impl IntoIterator<Item = Keyframe>) -> Self {
        let mut keyframes = Self {
            frames: Vec::new(),
            mask: 0,
            bytes: 0,
        };
        keyframes.extend(frames);
        keyframes
    }

    /// None, for good.
    pub(super) fn none() -> Self {
        Self {
            mask: u64::MAX,
            ..Self::new([])
        }
    }

    /// Keeps these too.
    pub(super) fn extend(&mut self, frames: impl IntoIterator<Item = Keyframe>) {
        frames.into_iter().for_each(|frame| self.insert(frame));
    }

    /// Keeps a session that is at the end of an epoch, if it is time to keep one.
    #[inline]
    pub(super) fn record(&mut self, session: &Session) {
        if session.position.epoch & self.mask == 0 {
            self.keep(session);
        }
    }

    /// Keeps a session as it is, unless there is one of its epoch.
    pub(super) fn keep(&mut self, session: &Session) {
        if self.place(session.position.epoch).is_err() {
            self.insert(Keyframe::of(session));
        }
    }

    /// The last one that is at this epoch or before it.
    pub(super) fn before(&self, epoch: u64) -> Option<&Keyframe> {
        let end = self.frames.partition_point(|frame| frame.epoch() <= epoch);
        self.frames[..end].last()
    }

    /// The last one.
    pub(super) fn last(&self) -> Option<&Keyframe> {
        self.frames.last()
    }

    /// Drops all that are after an epoch.
    pub(super) fn cut_after(&mut self, epoch: u64) {
        self.frames.retain(|frame| frame.epoch() <= epoch);
        self.weigh();
    }

    /// Where the one of this epoch is, or else belongs.
    fn place(&self, epoch: u64) -> Result<usize, usize> {
        match self.frames.last() {
            // The usual case.
            Some(last) if last.epoch() < epoch => Err(self.frames.len()),
            _ => self.frames.binary_search_by_key(&epoch, Keyframe::epoch),
        }
    }

    fn insert(&mut self, frame: Keyframe) {
        let Err(place) = self.place(frame.epoch()) else {
            return;
        };
        self.bytes += frame.bytes();
        self.frames.insert(place, frame);
        while self.frames.len() > Self::MOST || self.bytes > Self::MOST_BYTES {
            self.thin_out();
        }
    }

    fn thin_out(&mut self) {
        self.mask = self.mask << 1 | 1;
        let [first, .., last] = self.frames.as_slice() else {
            return self.clear();
        };
        let (first, last, before) = (first.epoch(), last.epoch(), self.frames.len());
        self.frames.retain(|frame| {
            let epoch = frame.epoch();
            epoch == first || epoch == last || epoch & self.mask == 0
        });
        if before == 2 {
            self.frames.pop();
        }
        self.weigh();
    }

    fn clear(&mut self) {
        self.frames.clear();
        self.bytes = 0;
    }

    fn weigh(&mut self) {
        self.bytes = self.frames.iter().map(Keyframe::bytes).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::OptimizerKind;
    use crate::session::{StepOutcome, TrainingConfig, TrainingData};

    fn epochs(keyframes: &Keyframes) -> Vec<u64> {
        keyframes.frames.iter().map(Keyframe::epoch).collect()
    }

    fn train_epoch(session: &mut Session) {
        while session.step() == StepOutcome::WithinEpoch {}
    }

    #[test]
    fn the_stride_doubles_and_the_first_and_the_last_stay() {
        let mut session = Session::start(&TrainingConfig::post(1), TrainingData::of(&people()));
        let mut keyframes = Keyframes::new([Keyframe::of(&session)]);
        let most = Keyframes::MOST as u64;
        for _ in 0..3 * most {
            train_epoch(&mut session);
            keyframes.record(&session);
            assert!(keyframes.frames.len() <= Keyframes::MOST);
            assert!(keyframes.bytes <= Keyframes::MOST_BYTES);
        }
        // Full at every epoch, then at every second, now every fourth.
        let mut expected: Vec<u64> = (0..=3 * most).step_by(4).collect();
        assert_eq!(epochs(&keyframes), expected);
        assert_eq!(keyframes.before(4 * 77 + 3).unwrap().epoch(), 4 * 77);

        // One out of turn stays for as long as it is the last.
        train_epoch(&mut session);
        keyframes.keep(&session);
        expected.push(3 * most + 1);
        assert_eq!(epochs(&keyframes), expected);
        keyframes.thin_out();
        assert_eq!(keyframes.last().unwrap().epoch(), 3 * most + 1);
        keyframes.cut_after(100);
        assert_eq!(keyframes.last().unwrap().epoch(), 96);
        keyframes.weigh();
        let bytes: usize = keyframes.frames.iter().map(Keyframe::bytes).sum();
        assert_eq!(keyframes.bytes, bytes);
    }

    #[test]
    fn large_networks_have_fewer_and_the_largest_none() {
        let start = |hidden: &[usize]| {
            let config = TrainingConfig {
                hidden: hidden.to_vec(),
                optimizer: OptimizerKind::Adam,
                ..TrainingConfig::post(1)
            };
            Session::start(&config, TrainingData::of(&people()))
        };
        let kept_of = |mut session: Session| {
            let mut keyframes = Keyframes::new([Keyframe::of(&session)]);
            for epoch in 1..=20 {
                session.position.epoch = epoch;
                keyframes.record(&session);
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
