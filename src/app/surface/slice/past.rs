//! The states that a run went through, as far as they are kept: for networks whose every parameter has a curve.

use crate::app::RunView;
use crate::surface::PastState;
use crate::trainer::Curve;

/// The most states of a path: more cannot be told apart on a screen.
const MOST_STATES: usize = 160;

impl RunView {
    /// Whether the states of the run are kept.
    #[must_use]
    pub fn has_past(&self) -> bool {
        !self.curves.parameters.is_empty()
    }

    /// The last epoch whose state is kept.
    pub(super) fn newest_state(&self) -> Option<u64> {
        self.curves.parameters.first()?.last_epoch()
    }

    /// States of the run from the first to the last, at about even distances in the space of all parameters.
    pub(super) fn past_states(&self) -> Vec<PastState> {
        let (parameters, losses) = (&self.curves.parameters, &self.curves.training);
        let Some(first) = parameters.first() else {
            return Vec::new();
        };
        let last_epochs = first.iter().map(|(epochs, _)| epochs.end - 1);
        let values: Vec<Vec<f64>> = parameters.iter().map(lasts).collect();
        let states = last_epochs.zip(lasts(losses)).enumerate();
        let states = states.map(|(index, (epoch, loss))| PastState {
            epoch,
            loss,
            parameters: values.iter().map(|values| values[index]).collect(),
        });
        thinned(states.collect())
    }
}

/// The last number of each bucket. The curves of a run have the same buckets.
fn lasts(curve: &Curve) -> Vec<f64> {
    curve.iter().map(|(_, bucket)| bucket.last).collect()
}

/// At most so many of these states that a path has: the first, the last, and those between at even distances.
fn thinned(states: Vec<PastState>) -> Vec<PastState> {
    if states.len() <= MOST_STATES {
        return states;
    }
    let lengths = states.windows(2).map(|pair| {
        let both = pair[0].parameters.iter().zip(&pair[1].parameters);
        both.map(|(from, to)| (to - from).powi(2))
            .sum::<f64>()
            .sqrt()
    });
    let mut along = vec![0.0];
    let mut sum = 0.0;
    along.extend(lengths.map(|length| {
        sum += length;
        sum
    }));
    let (step, last) = (sum / (MOST_STATES - 2) as f64, states.len() - 1);
    let mut kept_at = 0.0;
    let states = states.into_iter().zip(along).enumerate();
    let kept = states.filter(|(index, (_, along))| {
        let is_kept = *index == 0 || *index == last || along - kept_at > step;
        if is_kept {
            kept_at = *along;
        }
        is_kept
    });
    kept.map(|(_, (state, _))| state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(epoch: u64, parameter: f64) -> PastState {
        PastState {
            epoch,
            loss: 0.0,
            parameters: vec![parameter, 0.0],
        }
    }

    #[test]
    fn a_long_path_keeps_its_ends_and_states_at_even_distances() {
        // Fast at first, then ever slower.
        let all = (0..2000).map(|epoch| state(epoch, 100.0 * (1.0 - (-0.01 * epoch as f64).exp())));
        let all: Vec<PastState> = all.collect();
        let kept = thinned(all.clone());
        assert!(
            kept.len() <= MOST_STATES && kept.len() > 80,
            "{}",
            kept.len()
        );
        assert_eq!((kept[0].epoch, kept[kept.len() - 1].epoch), (0, 1999));
        let steps = kept
            .windows(2)
            .map(|pair| pair[1].parameters[0] - pair[0].parameters[0]);
        assert!(steps.clone().all(|step| step < 3.0));
        assert!(kept.iter().all(|state| all.contains(state)));
    }

    #[test]
    fn a_run_that_does_not_move_keeps_its_ends_and_a_short_one_all() {
        let still: Vec<PastState> = (0..500).map(|epoch| state(epoch, 1.0)).collect();
        assert_eq!(thinned(still), [state(0, 1.0), state(499, 1.0)]);
        let short: Vec<PastState> = (0..100).map(|epoch| state(epoch, 1.0)).collect();
        assert_eq!(thinned(short).len(), 100);
    }
}
