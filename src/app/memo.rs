//! What was computed already: a frame that shows the same again computes nothing.

use std::cell::RefCell;
use std::sync::Arc;

/// Keeps the latest values of one kind, at most `MOST`, each with all that it depends on. Which ones are kept changes
/// while a frame is drawn, but nothing that can be seen does. A copy begins with none.
#[derive(Debug)]
pub(super) struct Memo<K, V, const MOST: usize>(RefCell<Vec<(K, Arc<V>)>>);

impl<K: PartialEq, V, const MOST: usize> Memo<K, V, MOST> {
    /// Returns the value of a key, which is computed if it is not kept.
    pub(super) fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> Arc<V> {
        let kept = self.take(&key);
        let value = kept.unwrap_or_else(|| Arc::new(compute(&key)));
        self.keep(key, Arc::clone(&value));
        value
    }

    /// Returns the value of a key, if it is kept.
    pub(super) fn kept(&self, key: &K) -> Option<Arc<V>> {
        let all = self.0.borrow();
        let (_, value) = all.iter().find(|(kept, _)| kept == key)?;
        Some(Arc::clone(value))
    }

    /// Keeps the value of a key.
    pub(super) fn keep(&self, key: K, value: Arc<V>) {
        let mut all = self.0.borrow_mut();
        // The one that was not used for the longest time goes.
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push((key, value));
    }

    /// Forgets the values of other keys than these.
    pub(super) fn retain(&mut self, mut is_kept: impl FnMut(&K) -> bool) {
        self.0.get_mut().retain(|(key, _)| is_kept(key));
    }

    fn take(&self, key: &K) -> Option<Arc<V>> {
        let mut all = self.0.borrow_mut();
        let index = all.iter().position(|(kept, _)| kept == key)?;
        Some(all.remove(index).1)
    }
}

impl<K, V, const MOST: usize> Default for Memo<K, V, MOST> {
    fn default() -> Self {
        Self(RefCell::new(Vec::new()))
    }
}

impl<K, V, const MOST: usize> Clone for Memo<K, V, MOST> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_computed_once_while_it_is_among_the_latest() {
        let memo = Memo::<u32, u32, 2>::default();
        let computed = RefCell::new(Vec::new());
        for key in [1, 1, 2, 1, 3, 1, 2] {
            let value = memo.get(key, |key| {
                computed.borrow_mut().push(*key);
                key * 10
            });
            assert_eq!(*value, key * 10);
        }
        assert_eq!(computed.into_inner(), [1, 2, 3, 2]);
    }
}
