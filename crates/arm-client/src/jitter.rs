//! Spread without randomness.

/// A fraction in `0.0..1.0`, the same for the same `seed` and `count`.
///
/// Clients that were refused together must not come back together; a seed from a request id spreads
/// them as well as a random number would, and a test can repeat it. The function is SplitMix64.
pub(crate) fn fraction(seed: u64, count: u32) -> f64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(u64::from(count) + 1));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    let spread = (z ^ (z >> 31)) >> 40;
    // 24 bits are exact in a double, and more are not needed to spread waits.
    f64::from(u32::try_from(spread).unwrap_or_default()) / f64::from(1_u32 << 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_repeat_differ_and_stay_below_one() {
        let drawn: Vec<f64> = (0..100).map(|count| fraction(7, count)).collect();
        assert_eq!(drawn[3], fraction(7, 3), "the same seed and count");
        assert_ne!(drawn[3], drawn[4], "another count");
        assert_ne!(drawn[3], fraction(8, 3), "another seed");
        assert!(drawn.iter().all(|f| (0.0..1.0).contains(f)), "{drawn:?}");
        let mean = drawn.iter().sum::<f64>() / 100.0;
        assert!((0.4..0.6).contains(&mean), "{mean}");
    }
}
