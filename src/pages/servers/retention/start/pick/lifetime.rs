//! For how long a SAS that is made here lasts; pure.

use std::time::Duration;

use arm_client::storage::SasPolicy;

use crate::text;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// What is offered where no policy of the account says otherwise, in days; more than one, since a SAS of a day is a
/// second later one of less than a day.
const DAYS: [u32; 5] = [2, 3, 7, 14, 30];

/// By how much a SAS has to outlast the backup that is expected: Azure promises no pace.
const MARGIN: u32 = 3;

/// The lengths that are offered for an account with this policy, the shortest first.
pub fn offered(policy: Option<SasPolicy>) -> Vec<Duration> {
    let mut lengths: Vec<Duration> = DAYS.iter().map(|days| DAY * *days).collect();
    if let Some(policy) = policy {
        lengths.push(policy.longest);
        lengths.retain(|length| !policy.blocks || *length <= policy.longest);
        lengths.sort();
        lengths.dedup();
    }
    lengths
}

/// What is chosen to begin with: enough for the backup that is expected, and no more than the account's policy asks for.
pub fn usual(expected: Duration, policy: Option<SasPolicy>) -> Duration {
    let longest = policy.map_or(Duration::MAX, |policy| policy.longest);
    let allowed: Vec<_> = offered(policy)
        .into_iter()
        .filter(|length| *length <= longest)
        .collect();
    let enough = (expected * MARGIN).max(DAY * DAYS[0]);
    let found = allowed.iter().find(|length| **length >= enough);
    found.or(allowed.last()).copied().unwrap_or(DAY * DAYS[0])
}

/// *2 days*, *8 h 00 min*.
pub fn words(length: Duration) -> String {
    let days = length.as_secs() / DAY.as_secs();
    match usize::try_from(days) {
        Ok(days) if days > 0 && length.as_secs().is_multiple_of(DAY.as_secs()) => text::count(days, "day"),
        _ => text::duration(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn policy(longest: Duration, blocks: bool) -> Option<SasPolicy> {
        Some(SasPolicy { longest, blocks })
    }

    #[test]
    fn what_is_offered_keeps_a_policy_that_blocks_and_names_one_that_logs() {
        for (policy, expected) in [
            (None, "2 days, 3 days, 7 days, 14 days, 30 days"),
            (policy(HOUR * 8, true), "8 h 00 min"),
            (
                policy(HOUR * 8, false),
                "8 h 00 min, 2 days, 3 days, 7 days, 14 days, 30 days",
            ),
            (policy(DAY * 7, true), "2 days, 3 days, 7 days"),
            (policy(DAY, true), "1 day"),
            (policy(HOUR * 60, true), "2 days, 60 h 00 min"),
        ] {
            let words: Vec<String> = offered(policy).into_iter().map(words).collect();
            assert_eq!(words.join(", ").replace('\u{a0}', " "), expected, "{policy:?}");
        }
    }

    #[test]
    fn it_outlasts_the_expected_backup_as_far_as_the_policy_lets_it() {
        for (expected, policy, usual_days, usual_hours) in [
            (HOUR, None, 2, 0),
            (HOUR * 16, None, 2, 0),
            (HOUR * 17, None, 3, 0),
            (DAY * 2, None, 7, 0),
            (DAY * 20, None, 30, 0),
            (HOUR, policy(HOUR * 8, false), 0, 8),
            (HOUR, policy(HOUR * 8, true), 0, 8),
            (DAY * 2, policy(DAY * 3, false), 3, 0),
            (HOUR, policy(DAY * 90, true), 2, 0),
        ] {
            assert_eq!(
                usual(expected, policy),
                DAY * usual_days + HOUR * usual_hours,
                "{expected:?} {policy:?}"
            );
        }
    }

    #[test]
    fn whatever_is_usual_is_offered() {
        for hours in 1..200 {
            for blocks in [true, false] {
                for expected in [HOUR, DAY, DAY * 10] {
                    let policy = policy(HOUR * hours, blocks);
                    assert!(offered(policy).contains(&usual(expected, policy)), "{policy:?}");
                }
            }
        }
    }
}
