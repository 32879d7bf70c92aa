//! No more than one renewal in a while.

use arm_core::Timestamp;
use chrono::TimeDelta;

/// Remembers when a token was last asked for without the user's doing (auth T13).
///
/// Where Entra refuses, or Azure refuses each new token, every request of the page would ask again. A success is no
/// reason to ask sooner: a token lives longer than this.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RenewalGuard {
    last: Option<Timestamp>,
}

impl RenewalGuard {
    /// Whether a renewal may begin at `now`, `quiet` after the last one whatever became of that; if so, it counts as begun.
    pub fn permit(&mut self, now: Timestamp, quiet: TimeDelta) -> bool {
        // A clock that went back is no reason to wait longer.
        let is_quiet = self.last.is_none_or(|last| (now - last).abs() >= quiet);
        if is_quiet {
            self.last = Some(now);
        }
        is_quiet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: TimeDelta = TimeDelta::minutes(5);

    #[test]
    fn t13_a_storm_of_requests_asks_once_in_five_minutes() {
        let mut guard = RenewalGuard::default();
        let begun: Vec<i64> = (0..=3600)
            .filter(|second| guard.permit(Timestamp::UNIX_EPOCH + TimeDelta::seconds(*second), QUIET))
            .collect();
        let every_five_minutes: Vec<i64> = (0..=12).map(|number| number * 300).collect();
        assert_eq!(begun, every_five_minutes);
    }

    #[test]
    fn t13_a_clock_that_went_back_does_not_stop_renewals() {
        let mut guard = RenewalGuard::default();
        assert!(guard.permit(Timestamp::UNIX_EPOCH + TimeDelta::hours(5), QUIET));
        assert!(guard.permit(Timestamp::UNIX_EPOCH, QUIET), "{guard:?}");
    }
}
