//! Which recovery points are asked for: those of a time, by the service's own filter (reference B1).

use arm_client::{ArmError, data_protection::RecoveryPoint};
use arm_core::{ResourceId, Timestamp};
use chrono::TimeDelta;

use super::until::moment;
use crate::{
    hooks::{Reading, use_reading_of, use_rested},
    prelude::*,
    services::use_services,
};

/// How far back it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// To the first.
    #[default]
    Any,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// To a moment that is given.
    Since,
}

impl Period {
    /// Each with its word in an address, and what it is called.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Any, "", "Any time"),
        (Self::Week, "7-days", "Last 7 days"),
        (Self::Month, "30-days", "Last 30 days"),
        (Self::Since, "since", "Since a time"),
    ];

    /// The period with this word; any where there is none.
    pub fn of_word(word: &str) -> Self {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == word);
        found.map_or(Self::Any, |(period, ..)| *period)
    }

    /// The period that is called so.
    pub fn of_label(label: &str) -> Self {
        let found = Self::ALL.iter().find(|(.., known)| *known == label);
        found.map_or(Self::Any, |(period, ..)| *period)
    }

    fn days(self) -> Option<i64> {
        match self {
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::Any | Self::Since => None,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// How far back.
    pub period: Period,
    /// Since when, where the period is that.
    pub since: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl Taken {
    /// Whether the time leaves none out.
    pub fn is_any(self) -> bool {
        let (from, until) = self.bounds(Timestamp::default());
        from.is_none() && until.is_none()
    }

    /// Whether it ends before it begins, so that there is nothing to ask for.
    pub fn is_upside_down(self, now: Timestamp) -> bool {
        matches!(self.bounds(now), (Some(from), Some(until)) if until < from)
    }

    /// From when, and until when.
    pub fn bounds(self, now: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
        let from = match self.period.days() {
            Some(days) => Some(now - TimeDelta::days(days)),
            None => self.since.filter(|_| self.period == Period::Since),
        };
        (from, self.until)
    }
}

/// What is chosen and typed.
#[derive(Clone, Copy)]
pub struct TakenFields {
    /// What the period is called.
    pub period: RwSignal<String>,
    /// Since when.
    pub since: RwSignal<String>,
    /// Until when.
    pub until: RwSignal<String>,
}

impl TakenFields {
    /// What they say, once the typing rests.
    pub fn rested(self) -> Memo<Taken> {
        let ((since, _), (until, _)) = (use_rested(self.since), use_rested(self.until));
        Memo::new(move |_| Taken {
            period: self.period.with(|label| Period::of_label(label)),
            since: since.with(|text| moment(text)),
            until: until.with(|text| moment(text)),
        })
    }
}

/// Asks the service for those of a time, the newest first; where the time leaves none out, nothing is asked.
pub fn use_points_taken(id: StoredValue<ResourceId>, taken: Memo<Taken>) -> Reading<Vec<RecoveryPoint>> {
    let services = StoredValue::new_local(use_services());
    let now = move || services.with_value(|services| services.page_clock.now());
    let asked = Memo::new(move |_| {
        let taken = taken.get();
        let is_asked = !taken.is_any() && !taken.is_upside_down(now());
        is_asked.then_some(taken)
    });
    use_reading_of(asked, move |taken: Taken| {
        let service = services.with_value(|services| services.arm.data_protection());
        let (instance, (from, until)) = (id.get_value(), taken.bounds(now()));
        Box::pin(async move {
            let mut points = service.recovery_points(&instance, from, until)?.collect().await?;
            points.sort_by_key(|point| std::cmp::Reverse(point.time));
            Ok::<_, ArmError>(points)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_period_is_a_time_that_ends_with_the_moment_that_is_given() {
        let now = at("2026-03-12T09:41:00Z");
        let (since, until) = (at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z"));
        let taken = |period, since, until| Taken { period, since, until };
        for (taken, expected, is_any) in [
            (Taken::default(), (None, None), true),
            // What was typed before another period was chosen is not meant.
            (taken(Period::Any, Some(since), None), (None, None), true),
            (taken(Period::Any, None, Some(until)), (None, Some(until)), false),
            (
                taken(Period::Week, Some(since), None),
                (Some(at("2026-03-05T09:41:00Z")), None),
                false,
            ),
            (
                taken(Period::Month, None, Some(until)),
                (Some(at("2026-02-10T09:41:00Z")), Some(until)),
                false,
            ),
            (
                taken(Period::Since, Some(since), Some(until)),
                (Some(since), Some(until)),
                false,
            ),
            (taken(Period::Since, None, None), (None, None), true),
        ] {
            assert_eq!(taken.bounds(now), expected, "{taken:?}");
            assert_eq!(taken.is_any(), is_any, "{taken:?}");
            assert!(!taken.is_upside_down(now), "{taken:?}");
        }
        assert!(taken(Period::Week, None, Some(until)).is_upside_down(now));
        assert!(taken(Period::Since, Some(until), Some(since)).is_upside_down(now));
        assert!(!taken(Period::Since, Some(since), Some(since)).is_upside_down(now));
    }

    #[test]
    fn a_period_is_known_by_its_word_and_by_its_name() {
        for (period, word, label) in Period::ALL {
            assert_eq!((Period::of_word(word), Period::of_label(label)), (period, period));
        }
        assert_eq!(
            (Period::of_word("7"), Period::of_label("")),
            (Period::Any, Period::Any)
        );
    }
}
