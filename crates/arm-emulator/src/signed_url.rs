//! The signed query of a polling URL (reference A6, auth #60).

use arm_core::Timestamp;

use crate::{
    random::{Random, mix},
    timestamps::ticks,
};

/// Lengths as recorded: a certificate of about 3 kB, a signature and a hash.
const CERTIFICATE: usize = 3000;
const SIGNATURE: usize = 342;
const HASH: usize = 43;

/// `api-version=…&t=…&c=…&s=…&h=…` for a path: opaque, and a function of what it is for.
pub(crate) fn query(seed: u64, path: &str, api_version: &str, issued: Timestamp) -> String {
    let ticks = ticks(issued);
    let signed = format!("{path}?api-version={api_version}&t={ticks}");
    let certificate = opaque(mix(seed, "certificate"), CERTIFICATE);
    let signature = opaque(mix(seed, &signed), SIGNATURE);
    let hash = opaque(mix(seed, &format!("hash of {signed}")), HASH);
    format!("api-version={api_version}&t={ticks}&c={certificate}&s={signature}&h={hash}")
}

/// Text in the URL's base64 alphabet.
fn opaque(seed: u64, length: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut random = Random::new(seed);
    (0..length)
        .map(|_| char::from(ALPHABET[(random.next() >> 58) as usize]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/subscriptions/s/providers/p/locations/l/azureAsyncOperation/o";

    fn issued(seed: u64, path: &str, version: &str, seconds: i64) -> String {
        query(
            seed,
            path,
            version,
            Timestamp::from_timestamp(seconds, 0).unwrap_or_default(),
        )
    }

    #[test]
    fn a_query_is_a_function_of_all_that_it_is_for() {
        let query = issued(1, PATH, "v", 5);
        assert_eq!(query, issued(1, PATH, "v", 5));
        for other in [
            issued(2, PATH, "v", 5),
            issued(1, "/elsewhere", "v", 5),
            issued(1, PATH, "w", 5),
            issued(1, PATH, "v", 6),
        ] {
            assert_ne!(query, other);
        }
    }

    #[test]
    fn a_query_has_the_shape_of_a_live_one() {
        let query = issued(1, PATH, "2025-08-01", 5);
        let lengths: Vec<_> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name, value.len()))
            .collect();
        assert_eq!(
            lengths,
            [("api-version", 10), ("t", 18), ("c", 3000), ("s", 342), ("h", 43)]
        );
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_=&".contains(c);
        assert!(query.chars().all(is_plain), "{query}");
    }
}
