//! How long to wait before the next poll.

use std::time::Duration;

use crate::jitter;

/// Waiting less would be a storm of requests, whatever the service says.
const SHORTEST: Duration = Duration::from_secs(1);

/// The longest wait of the contract (reference D); a longer one is a slip of the service.
const LONGEST: Duration = Duration::from_secs(600);

/// The wait before poll number `polls` (from 0): what the service asks for, or else 5 s growing to 30 s,
/// a tenth more or less (design 3).
pub(crate) fn wait(asked: Option<Duration>, polls: u32, seed: u64) -> Duration {
    if let Some(asked) = asked {
        return asked.clamp(SHORTEST, LONGEST);
    }
    let growing = 5.0 * 1.5_f64.powi(i32::try_from(polls.min(8)).unwrap_or_default());
    Duration::from_secs_f64(growing.min(30.0) * (0.9 + 0.2 * jitter::fraction(seed, polls)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_is_obeyed_within_reason() {
        for (asked, expected) in [
            (0, 1),
            (1, 1),
            (15, 15),
            (600, 600),
            (86_400, 600),
            (u64::MAX, 600),
        ] {
            let waited = wait(Some(Duration::from_secs(asked)), 3, 7);
            assert_eq!(waited, Duration::from_secs(expected), "{asked}");
        }
    }

    #[test]
    fn without_a_word_of_the_service_waits_grow_from_5_to_30_seconds() {
        for (polls, middle) in [
            (0, 5.0),
            (1, 7.5),
            (2, 11.25),
            (4, 25.3),
            (5, 30.0),
            (50, 30.0),
            (u32::MAX, 30.0),
        ] {
            for seed in 0..20 {
                let seconds = wait(None, polls, seed).as_secs_f64();
                let range = middle * 0.89..=middle * 1.11;
                assert!(range.contains(&seconds), "poll {polls}, seed {seed}: {seconds} s");
            }
        }
        assert_ne!(wait(None, 0, 1), wait(None, 0, 2), "tabs do not ask in step");
    }
}
