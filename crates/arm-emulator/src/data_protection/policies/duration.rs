//! Durations as ISO 8601 writes them: `P3M`, `P1W`, `P7D`.

use arm_core::Timestamp;
use chrono::{Months, TimeDelta};

use crate::timestamps::later;

/// A length of time that may hold months, which are not all equally long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Duration {
    months: u32,
    days: i64,
}

impl Duration {
    /// Years, months, weeks and days; a part of a day has no meaning in a policy.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('P')?;
        let mut duration = Self { months: 0, days: 0 };
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit())?;
            let count: u32 = rest[..digits].parse().ok()?;
            match rest[digits..].chars().next()? {
                'Y' => duration.months = duration.months.checked_add(count.checked_mul(12)?)?,
                'M' => duration.months = duration.months.checked_add(count)?,
                'W' => duration.days += i64::from(count) * 7,
                'D' => duration.days += i64::from(count),
                _ => return None,
            }
            rest = &rest[digits + 1..];
        }
        (duration.months > 0 || duration.days > 0).then_some(duration)
    }

    /// The length in days, where it holds no months.
    pub(crate) fn whole_days(self) -> Option<i64> {
        (self.months == 0).then_some(self.days)
    }

    /// The moment so much later; the last day of a month that is too short.
    pub(crate) fn after(self, moment: Timestamp) -> Timestamp {
        let moment = moment
            .checked_add_months(Months::new(self.months))
            .unwrap_or(Timestamp::MAX_UTC);
        later(moment, TimeDelta::try_days(self.days).unwrap_or(TimeDelta::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_added_to_moments() {
        for (duration, moment, expected) in [
            ("P3M", "2026-01-31T02:00:00Z", Some("2026-04-30T02:00:00Z")),
            ("P1Y", "2024-02-29T02:00:00Z", Some("2025-02-28T02:00:00Z")),
            ("P2W", "2026-01-01T00:00:00Z", Some("2026-01-15T00:00:00Z")),
            ("P7D", "2026-01-01T00:00:00Z", Some("2026-01-08T00:00:00Z")),
            ("P1Y2M3D", "2026-01-01T00:00:00Z", Some("2027-03-04T00:00:00Z")),
            ("P0D", "2026-01-01T00:00:00Z", None),
            ("PT1H", "2026-01-01T00:00:00Z", None),
            ("P", "2026-01-01T00:00:00Z", None),
            ("3M", "2026-01-01T00:00:00Z", None),
            ("P3", "2026-01-01T00:00:00Z", None),
            ("P9999999999Y", "2026-01-01T00:00:00Z", None),
        ] {
            let moment: Timestamp = moment.parse().expect(moment);
            let after = Duration::parse(duration).map(|duration| duration.after(moment));
            let expected = expected.map(|text| text.parse::<Timestamp>().expect(text));
            assert_eq!(after, expected, "{duration}");
        }
    }
}
