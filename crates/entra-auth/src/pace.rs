//! How long before its end a token is renewed, and no longer used.

use chrono::TimeDelta;

/// When tokens are renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    /// How long before its end a token is no longer handed out, so that it does not end on its way (auth #41).
    pub(crate) margin: TimeDelta,
    /// How long before that it is renewed, so that nobody waits for it.
    pub(crate) ahead: TimeDelta,
    /// How long after one renewal the next may begin (auth T13).
    pub(crate) quiet: TimeDelta,
}

impl Pace {
    /// Of tokens from Entra itself.
    pub(crate) const ENTRA: Self = Self {
        margin: TimeDelta::minutes(5),
        ahead: TimeDelta::minutes(5),
        quiet: TimeDelta::minutes(5),
    };

    /// Of tokens from a page that keeps them itself: MSAL gives the same one again until five minutes before its end, so
    /// that one from there may be as short of life as that when it comes.
    pub(crate) const SOURCE: Self = Self {
        margin: TimeDelta::minutes(1),
        ahead: TimeDelta::minutes(4),
        quiet: TimeDelta::minutes(1),
    };
}
