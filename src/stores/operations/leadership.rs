//! Which tab asks the service; pure.
//!
//! Of the tabs of one user one asks, and all show. A visible tab asks before a hidden one; a hidden tab asks for itself
//! once a minute, and only while no other tab does.

use std::time::Duration;

/// How long a hidden tab waits between two looks.
pub const HIDDEN_PACE: Duration = Duration::from_secs(60);

/// How this tab stands among those of its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is visible and asks for all.
    Leads,
    /// It is visible, and another visible one asks.
    Waits,
    /// It is hidden.
    Hidden,
    /// Its sign-in has ended, so that it cannot ask, and must not keep the others from it.
    Resigned,
}

/// What a tab may do now that the wait the service asked for is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Ask.
    Ask,
    /// Wait until its standing changes.
    WaitForChange,
    /// Wait so long.
    Rest(Duration),
    /// Ask if no other tab does at this moment.
    AskIfAlone,
}

impl Standing {
    /// The standing of a tab; `leads` means that it holds the lock of its user, or that there are no locks and every
    /// tab asks for itself.
    pub fn of(is_visible: bool, leads: bool, has_resigned: bool) -> Self {
        match (has_resigned, is_visible, leads) {
            (true, _, _) => Self::Resigned,
            (_, false, _) => Self::Hidden,
            (_, true, true) => Self::Leads,
            (_, true, false) => Self::Waits,
        }
    }

    /// What to do after having waited so long since the last look.
    pub fn turn(self, waited: Duration) -> Turn {
        match self {
            Self::Leads => Turn::Ask,
            Self::Waits | Self::Resigned => Turn::WaitForChange,
            Self::Hidden if waited < HIDDEN_PACE => Turn::Rest(HIDDEN_PACE - waited),
            Self::Hidden => Turn::AskIfAlone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visible_tab_leads_where_it_can_and_one_without_a_sign_in_never_does() {
        for (is_visible, leads, has_resigned, expected) in [
            (true, true, false, Standing::Leads),
            (true, false, false, Standing::Waits),
            (false, false, false, Standing::Hidden),
            // Without locks every tab leads, and a hidden one still asks rarely.
            (false, true, false, Standing::Hidden),
            (true, true, true, Standing::Resigned),
            (true, false, true, Standing::Resigned),
            (false, false, true, Standing::Resigned),
        ] {
            let standing = Standing::of(is_visible, leads, has_resigned);
            assert_eq!(
                standing, expected,
                "visible {is_visible}, leads {leads}, resigned {has_resigned}"
            );
        }
    }

    #[test]
    fn a_hidden_tab_asks_once_a_minute_and_only_where_it_is_alone() {
        let seconds = Duration::from_secs;
        for (standing, waited, expected) in [
            (Standing::Leads, 0, Turn::Ask),
            (Standing::Leads, 90, Turn::Ask),
            (Standing::Waits, 90, Turn::WaitForChange),
            (Standing::Resigned, 90, Turn::WaitForChange),
            (Standing::Hidden, 0, Turn::Rest(seconds(60))),
            (Standing::Hidden, 15, Turn::Rest(seconds(45))),
            (Standing::Hidden, 60, Turn::AskIfAlone),
            (Standing::Hidden, 600, Turn::AskIfAlone),
        ] {
            assert_eq!(
                standing.turn(seconds(waited)),
                expected,
                "{standing:?} after {waited} s"
            );
        }
    }
}
