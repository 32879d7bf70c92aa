//! Numbers that look random and are a function of the seed.

use serde::{Deserialize, Serialize};

/// A SplitMix64 generator; its whole state is one number kept in the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is at least 1.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// A version 4 GUID in lower case.
    pub(crate) fn guid(&mut self) -> String {
        let bits = u128::from(self.next()) << 64 | u128::from(self.next());
        let bits = bits & !(0xf << 76) | 0x4 << 76;
        let bits = bits & !(0x3 << 62) | 0x2 << 62;
        let hex = format!("{bits:032x}");
        format!(
            "{}-{}-{}-{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        )
    }
}

/// Mixes a text into a seed: the same text with the same seed gives the same number.
pub(crate) fn mix(seed: u64, text: &str) -> u64 {
    // FNV-1a: short, and good enough to tell texts apart where nobody attacks.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Random::new(hash).next()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_each_time() {
        let draw = |seed| {
            let mut random = Random::new(seed);
            [random.next(), random.next(), random.below(10)]
        };
        assert_eq!(draw(5), draw(5));
        assert_ne!(draw(5), draw(6));
    }

    #[test]
    fn guids_are_of_version_4_and_differ() {
        let mut random = Random::new(0);
        let guids: BTreeSet<_> = (0..1000).map(|_| random.guid()).collect();
        assert_eq!(guids.len(), 1000);
        for guid in guids {
            assert_eq!(guid.len(), 36, "{guid}");
            assert_eq!(&guid[14..15], "4", "{guid}");
            assert!("89ab".contains(&guid[19..20]), "{guid}");
        }
    }

    #[test]
    fn mixing_tells_texts_and_seeds_apart() {
        assert_eq!(mix(1, "a"), mix(1, "a"));
        assert_ne!(mix(1, "a"), mix(1, "b"));
        assert_ne!(mix(1, "a"), mix(2, "a"));
    }
}
