//! How long each operation takes.

use chrono::TimeDelta;

/// The service's own pace, in seconds; the recorded client polled every 15 s (reference A2).
pub(crate) const RETRY_AFTER: u32 = 15;

/// The pace of a restore, in seconds; the recorded client polled every minute.
pub(crate) const RETRY_AFTER_RESTORE: u32 = 60;

/// An on-demand backup; recorded: over 75 s for an idle server (reference A2). Up to 20 s are added.
pub(crate) const ON_DEMAND_BACKUP: TimeDelta = TimeDelta::seconds(120);
/// By how much backups differ in length at most.
pub(crate) const ON_DEMAND_BACKUP_SPREAD: u64 = 20;
/// Deleting an on-demand backup (recorded, reference A2).
pub(crate) const DELETE_BACKUP: TimeDelta = TimeDelta::seconds(16);
/// How long it takes until a backup that meets another one fails (not known).
pub(crate) const CONFLICTING_BACKUP: TimeDelta = TimeDelta::seconds(30);
/// From the creation of a server to its first backup (recorded, reference A2).
pub(crate) const FIRST_BACKUP: TimeDelta = TimeDelta::minutes(3);

/// Making a server out of another one's backups (recorded: under twelve minutes).
pub(crate) const RESTORE_SERVER: TimeDelta = TimeDelta::minutes(10);
/// Changing the retention of a server (not known).
pub(crate) const UPDATE_SERVER: TimeDelta = TimeDelta::seconds(30);
/// Deleting a server (recorded: about a minute).
pub(crate) const DELETE_SERVER: TimeDelta = TimeDelta::seconds(60);

/// A long-term retention backup of a server that holds next to nothing (recorded, reference A3).
pub(crate) const LONG_TERM_BACKUP: TimeDelta = TimeDelta::minutes(6);
/// How much of the data such a backup goes through in a second (not known).
pub(crate) const LONG_TERM_BYTES_PER_SECOND: u64 = 100 << 20;
/// How long it takes until such a backup fails that cannot write to its container (not known).
pub(crate) const REFUSED_LONG_TERM_BACKUP: TimeDelta = TimeDelta::seconds(30);

/// A length divided by the time factor; a factor that is not a positive number counts as 1.
pub(crate) fn divided(length: TimeDelta, factor: f64) -> TimeDelta {
    let nanoseconds = length
        .num_nanoseconds()
        .filter(|_| factor.is_finite() && factor > 0.0);
    let Some(nanoseconds) = nanoseconds else {
        return length;
    };
    // A year in nanoseconds still fits an f64 to the microsecond, and the longest wait is 31 years.
    TimeDelta::nanoseconds((nanoseconds as f64 / factor).min(1e18) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_divides_and_nonsense_does_not() {
        let length = TimeDelta::minutes(40);
        for (factor, seconds) in [
            (1.0, 2400),
            (60.0, 40),
            (0.5, 4800),
            (0.0, 2400),
            (-3.0, 2400),
            (f64::NAN, 2400),
            (f64::INFINITY, 2400),
            (1e-300, 1_000_000_000),
        ] {
            assert_eq!(divided(length, factor), TimeDelta::seconds(seconds), "{factor}");
        }
    }
}
