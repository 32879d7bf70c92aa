//! How long a policy keeps a recovery point.

use arm_core::Timestamp;
use chrono::{Days, Months};

/// A length of time in calendar months and days, as ISO 8601 writes it: `P3M`, `P1W`, `P7D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyDuration {
    months: u32,
    days: u32,
}

impl PolicyDuration {
    /// So many days.
    pub const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    /// So many calendar months.
    pub const fn months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    /// Reads years, months, weeks and days; `None` for all else, and for nothing at all.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut months, mut days) = (0_u32, 0_u32);
        let mut count: Option<u32> = None;
        for character in text.trim().strip_prefix('P')?.chars() {
            if let Some(digit) = character.to_digit(10) {
                count = Some(count.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
                continue;
            }
            let (unit, so_many) = match character {
                'Y' => (&mut months, count?.checked_mul(12)?),
                'M' => (&mut months, count?),
                'W' => (&mut days, count?.checked_mul(7)?),
                'D' => (&mut days, count?),
                _ => return None,
            };
            *unit = unit.checked_add(so_many)?;
            count = None;
        }
        (count.is_none() && months.saturating_add(days) > 0).then_some(Self { months, days })
    }

    /// The moment so much later; the last day of a month that is too short. `None` beyond the end of time.
    pub fn after(self, moment: Timestamp) -> Option<Timestamp> {
        let moment = moment.checked_add_months(Months::new(self.months))?;
        moment.checked_add_days(Days::new(u64::from(self.days)))
    }

    /// As a policy writes it: `P3M`, `P2Y`, `P2W`, `P10D`.
    pub fn to_iso(self) -> String {
        let part = |count: u32, large: (u32, char), small: char| match count {
            0 => String::new(),
            count if count.is_multiple_of(large.0) => format!("{}{}", count / large.0, large.1),
            count => format!("{count}{small}"),
        };
        format!(
            "P{}{}",
            part(self.months, (12, 'Y'), 'M'),
            part(self.days, (7, 'W'), 'D')
        )
    }

    /// Calendar months, and days beside them.
    pub const fn parts(self) -> (u32, u32) {
        (self.months, self.days)
    }

    /// The length in whole days, where it holds no months.
    pub(super) fn whole_days(self) -> Option<u32> {
        (self.months == 0).then_some(self.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_written_and_added() {
        for (text, written, after) in [
            ("P3M", Some("P3M"), "2026-04-30T02:00:00Z"),
            ("P12M", Some("P1Y"), "2027-01-31T02:00:00Z"),
            ("P10Y", Some("P10Y"), "2036-01-31T02:00:00Z"),
            ("P7D", Some("P1W"), "2026-02-07T02:00:00Z"),
            ("P10D", Some("P10D"), "2026-02-10T02:00:00Z"),
            ("P1Y2M3D", Some("P14M3D"), "2027-04-03T02:00:00Z"),
            (" P1M ", Some("P1M"), "2026-02-28T02:00:00Z"),
            ("P0D", None, ""),
            ("P", None, ""),
            ("P3", None, ""),
            ("PM", None, ""),
            ("PT1H", None, ""),
            ("3M", None, ""),
            ("P99999999999D", None, ""),
        ] {
            let duration = PolicyDuration::parse(text);
            assert_eq!(duration.map(PolicyDuration::to_iso).as_deref(), written, "{text}");
            if let Some(duration) = duration {
                let (months, days) = duration.parts();
                assert_eq!(duration, PolicyDuration { months, days }, "{text}");
            }
            let start: Timestamp = "2026-01-31T02:00:00Z".parse().expect("a moment");
            let end = duration.and_then(|duration| duration.after(start));
            assert_eq!(end, after.parse().ok(), "{text}");
        }
    }
}
