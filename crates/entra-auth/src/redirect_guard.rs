//! No more than one automatic redirect.

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// How long the page must have been back before it may leave by itself again.
const QUIET: TimeDelta = TimeDelta::seconds(30);

/// Remembers, over the redirects of one tab, when the page last left for Entra by itself (auth #45).
///
/// A page that goes to sign in, comes back, is refused and goes again loops at the user's cost until Entra
/// breaks the loop. So a page leaves by itself once in its life and once in thirty seconds; a click of the
/// user is never held back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RedirectGuard {
    /// Whole seconds, as in [`crate::PendingSignIn`].
    #[serde(with = "chrono::serde::ts_seconds_option")]
    last: Option<Timestamp>,
    count: u32,
    /// Each page life begins without one, so this is not kept.
    #[serde(skip)]
    left_in_this_page: bool,
}

impl RedirectGuard {
    /// Whether the page may leave by itself at `now`; if so, it counts as having left.
    pub fn permit(&mut self, now: Timestamp) -> bool {
        // A clock that went back is no reason to hold the user up for longer than the quiet time.
        let is_quiet = self.last.is_none_or(|last| (now - last).abs() >= QUIET);
        let is_permitted = is_quiet && !self.left_in_this_page;
        if is_permitted {
            self.last = Some(now);
            self.count = self.count.saturating_add(1);
            self.left_in_this_page = true;
        }
        is_permitted
    }

    /// How often this tab has left by itself, for support.
    pub fn count(&self) -> u32 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    /// What a guard is after the page was left and loaded again.
    fn in_the_next_page(guard: &RedirectGuard) -> RedirectGuard {
        let kept = serde_json::to_string(guard).expect("it serialises");
        serde_json::from_str(&kept).expect("it comes back")
    }

    #[test]
    fn t13_a_page_leaves_by_itself_once_in_its_life() {
        let mut guard = RedirectGuard::default();
        assert!(guard.permit(at(0)), "{guard:?}");
        for seconds in [0, 29, 30, 3600] {
            assert!(!guard.permit(at(seconds)), "after {seconds} s: {guard:?}");
        }
        assert_eq!(guard.count(), 1);
    }

    #[test]
    fn t13_the_next_page_waits_thirty_seconds() {
        for (seconds, expected) in [(0, false), (1, false), (29, false), (30, true), (-3600, true)] {
            let mut first = RedirectGuard::default();
            assert!(first.permit(at(0)));
            let mut second = in_the_next_page(&first);
            assert_eq!(
                second.permit(at(seconds)),
                expected,
                "after {seconds} s: {second:?}"
            );
            assert_eq!(second.count(), 1 + u32::from(expected), "{second:?}");
        }
    }
}
