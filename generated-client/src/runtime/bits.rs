//! A set of small numbers.

/// A set of small numbers; the first 64 take no memory of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits(u64, Vec<u64>);

impl Bits {
    /// Puts a number in; whether it was there already.
    #[inline]
    pub(super) fn set(&mut self, number: usize) -> bool {
        let bit = 1 << (number % 64);
        let word = match (number / 64).checked_sub(1) {
            None => Some(&mut self.0),
            Some(word) => {
                self.1.resize(self.1.len().max(word + 1), 0);
                self.1.get_mut(word)
            }
        };
        word.is_some_and(|word| std::mem::replace(word, *word | bit) & bit != 0)
    }

    /// Whether a number is in it.
    #[inline]
    pub(super) fn has(&self, number: usize) -> bool {
        let word = (number / 64).checked_sub(1).map_or(Some(self.0), |word| self.1.get(word).copied());
        word.is_some_and(|word| word & (1 << (number % 64)) != 0)
    }
}
