//! What was computed already: a frame that shows the same again computes nothing.

use std::cell::RefCell;
use std::sync::Arc;

/// Keeps the latest values of one kind, at most `MOST`, each with all that it depends on. Which ones are kept changes
/// while a frame is drawn, but nothing that can be seen does. A copy begins with none.
#[derive(Debug)]
pub(super) struct Memo<K, V, const MOST: usize>(RefCell<Vec<(K, Arc<V>)>>);

/// A shared value as a part of a key: equal to itself only, so that comparing takes no time, however large it is. The key
/// keeps it alive: no other value can come to lie in its place.
#[derive(Debug)]
pub(super) struct Same<T>(Arc<T>);

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

impl<T> Same<T> {
    pub(super) fn of(shared: &Arc<T>) -> Self {
        Self(Arc::clone(shared))
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self::of(&self.0)
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
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

    #[test]
    fn a_shared_value_that_is_changed_is_another_key() {
        let mut numbers = Arc::new(vec![1.0, 2.0]);
        let memo = Memo::<Same<Vec<f64>>, f64, 1>::default();
        let sum = |numbers: &Arc<Vec<f64>>| *memo.get(Same::of(numbers), |_| numbers.iter().sum());
        assert_eq!(sum(&numbers), 3.0);
        Arc::make_mut(&mut numbers)[0] = 5.0;
        assert_eq!(sum(&numbers), 7.0);
    }
}
