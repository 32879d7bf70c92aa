//! Which recovery points a policy makes and keeps: plain arithmetic, for a preview.

use arm_core::Timestamp;
use chrono::{DateTime, Datelike, Days, TimeDelta, Utc, Weekday};

use super::{FirstOf, PolicyDuration, PolicyRules, policy::Criterion};

/// A recovery point that a policy makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPoint {
    /// When it is taken.
    pub time: Timestamp,
    /// Its tag.
    pub tag: String,
    /// When it is gone.
    pub expires: Timestamp,
}

/// A backup that is taken again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// When it is taken for the first time.
    pub first: Timestamp,
    /// After how many days it is taken again.
    pub every_days: u64,
}

/// The most backups that are looked at; a preview of more than a century of weeks is of use to nobody.
const MOST: usize = 6000;

impl PolicyRules {
    /// The recovery points that exist at `moment` of something protected since `since`, the oldest first.
    ///
    /// Every backup is taken to succeed. `None` where the policy says something that cannot be read, or repeats
    /// itself so often that nobody would want to see it.
    pub fn points_at(&self, since: Timestamp, moment: Timestamp) -> Option<Vec<PlannedPoint>> {
        let mut last = None;
        let mut points = Vec::new();
        for time in self.backups_between(since, moment)? {
            let tag = self.tag_of(time, last);
            last = Some(time);
            let expires = self.kept(tag)?.after(time)?;
            if expires > moment {
                points.push(PlannedPoint {
                    time,
                    tag: tag.to_owned(),
                    expires,
                });
            }
        }
        Some(points)
    }

    /// What is taken again and again; `None` where the policy says something that cannot be read.
    pub fn runs(&self) -> Option<Vec<Run>> {
        let runs = self.intervals.iter().map(|interval| {
            let (first, every_days) = read(interval)?;
            Some(Run { first, every_days })
        });
        runs.collect()
    }

    /// When backups are taken after `from` and until `to`.
    pub fn backups_between(&self, from: Timestamp, to: Timestamp) -> Option<Vec<Timestamp>> {
        let mut all = Vec::new();
        for interval in &self.intervals {
            let (first, days) = read(interval)?;
            let mut next = after(first, days, from)?;
            while next <= to {
                all.push(next);
                if all.len() > MOST {
                    return None;
                }
                next = next.checked_add_days(Days::new(days))?;
            }
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    /// When the next backup is taken after a moment.
    pub fn next_backup(&self, from: Timestamp) -> Option<Timestamp> {
        let next = self.intervals.iter().filter_map(|interval| {
            let (first, days) = read(interval)?;
            after(first, days, from)
        });
        next.min()
    }

    /// How long backups with a tag are kept.
    pub fn kept(&self, tag: &str) -> Option<PolicyDuration> {
        let own = self
            .retentions
            .iter()
            .find(|retention| retention.tag.eq_ignore_ascii_case(tag));
        let default = || self.retentions.iter().find(|retention| retention.is_default);
        own.or_else(default)?.kept
    }

    fn tag_of(&self, time: Timestamp, last: Option<Timestamp>) -> &str {
        let applying = self.tags.iter().filter(|tag| {
            let mut criteria = tag.criteria.iter();
            tag.is_default || criteria.any(|criterion| criterion.holds(time, last))
        });
        let strongest = applying.min_by_key(|tag| tag.priority);
        strongest.map_or("Default", |tag| tag.name.as_str())
    }
}

/// The first time and the distance in days of `R/2021-08-15T06:30:00+00:00/P1W`.
fn read(interval: &str) -> Option<(Timestamp, u64)> {
    let [repetitions, first, distance] = interval.split('/').collect::<Vec<_>>().try_into().ok()?;
    let days = PolicyDuration::parse(distance)?.whole_days()?;
    let first = DateTime::parse_from_rfc3339(first).ok()?.with_timezone(&Utc);
    repetitions.starts_with('R').then_some((first, u64::from(days)))
}

/// The first time after `from`.
fn after(first: Timestamp, days: u64, from: Timestamp) -> Option<Timestamp> {
    if first > from {
        return Some(first);
    }
    let passed = u64::try_from((from - first).num_days()).ok()? / days.max(1);
    first.checked_add_days(Days::new((passed + 1) * days))
}

impl Criterion {
    /// Whether the backup at a moment is meant, of which the last one before came at `last`.
    fn holds(&self, time: Timestamp, last: Option<Timestamp>) -> bool {
        let is_first = |first_of: &FirstOf| last.is_none_or(|last| first_of.separates(last, time));
        let is_in_week = |week: &String| match week.as_str() {
            "First" => time.day() <= 7,
            "Second" => (8..=14).contains(&time.day()),
            "Third" => (15..=21).contains(&time.day()),
            "Fourth" => (22..=28).contains(&time.day()),
            "Last" => (time + TimeDelta::weeks(1)).month() != time.month(),
            _ => false,
        };
        let is_in_month = |month: &chrono::Month| month.number_from_month() == time.month();
        (self.first_of.is_empty() || self.first_of.iter().any(is_first))
            && (self.weekdays.is_empty() || self.weekdays.contains(&time.weekday()))
            && (self.weeks.is_empty() || self.weeks.iter().any(is_in_week))
            && (self.months.is_empty() || self.months.iter().any(is_in_month))
    }
}

impl FirstOf {
    /// Whether a period of this kind begins after one backup and not after the next.
    fn separates(self, one: Timestamp, next: Timestamp) -> bool {
        let sunday = |moment: Timestamp| moment.date_naive().week(Weekday::Sun).first_day();
        match self {
            Self::All => true,
            Self::Day => one.date_naive() != next.date_naive(),
            Self::Week => sunday(one) != sunday(next),
            Self::Month => (one.year(), one.month()) != (next.year(), next.month()),
            Self::Year => one.year() != next.year(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// Sundays at 02:00; four weeks, six months of the first of a month, five years of the first of a year.
    fn rules() -> PolicyRules {
        PolicyRules::weekly(
            moment("2026-01-04T02:00:00Z"),
            PolicyDuration::days(28),
            &[
                ("Monthly", FirstOf::Month, PolicyDuration::months(6)),
                ("Yearly", FirstOf::Year, PolicyDuration::months(60)),
            ],
        )
    }

    fn shown(since: &str, at: &str) -> Vec<String> {
        let points = rules().points_at(moment(since), moment(at)).expect("points");
        let each = points
            .iter()
            .map(|point| format!("{} {}", point.time.format("%m-%d"), point.tag));
        each.collect()
    }

    #[test]
    fn points_are_those_taken_and_not_yet_expired() {
        assert!(shown("2026-01-05T00:00:00Z", "2026-01-11T01:59:59Z").is_empty());
        assert_eq!(
            shown("2026-01-05T00:00:00Z", "2026-01-11T02:00:00Z"),
            ["01-11 Yearly"]
        );
        assert_eq!(
            shown("2026-01-05T00:00:00Z", "2026-02-23T00:00:00Z"),
            [
                "01-11 Yearly",
                "02-01 Monthly",
                "02-08 Default",
                "02-15 Default",
                "02-22 Default"
            ]
        );
        // The 18th and the 25th of January are gone, the last one on the very second.
        assert!(shown("2026-01-05T00:00:00Z", "2026-02-22T01:59:59Z").contains(&"01-25 Default".to_owned()));
        assert!(!shown("2026-01-05T00:00:00Z", "2026-02-22T02:00:00Z").contains(&"01-25 Default".to_owned()));
    }

    #[test]
    fn criteria_name_days_weeks_and_months() {
        let last_sunday_of_march = moment("2026-03-29T02:00:00Z");
        let week_before = Some(moment("2026-03-22T02:00:00Z"));
        let none = Criterion::default;
        for (criterion, expected) in [
            (none(), true),
            (
                Criterion {
                    weekdays: vec![Weekday::Sun],
                    ..none()
                },
                true,
            ),
            (
                Criterion {
                    weekdays: vec![Weekday::Mon],
                    ..none()
                },
                false,
            ),
            (
                Criterion {
                    weeks: vec!["Last".to_owned()],
                    ..none()
                },
                true,
            ),
            (
                Criterion {
                    weeks: vec!["First".to_owned(), "Fourth".to_owned()],
                    ..none()
                },
                false,
            ),
            (
                Criterion {
                    months: vec![chrono::Month::March],
                    ..none()
                },
                true,
            ),
            (
                Criterion {
                    months: vec![chrono::Month::April],
                    ..none()
                },
                false,
            ),
            (
                Criterion {
                    first_of: vec![FirstOf::Week],
                    ..none()
                },
                true,
            ),
            (
                Criterion {
                    first_of: vec![FirstOf::Month],
                    ..none()
                },
                false,
            ),
            (
                Criterion {
                    first_of: vec![FirstOf::Month],
                    weekdays: vec![Weekday::Sun],
                    ..none()
                },
                false,
            ),
        ] {
            assert_eq!(
                criterion.holds(last_sunday_of_march, week_before),
                expected,
                "{criterion:?}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_or_never_ends_gives_no_preview() {
        for interval in [
            "",
            "R/x/P1W",
            "R/2026-01-04T02:00:00Z/PT1H",
            "R/2026-01-04T02:00:00Z/P1M",
            "5/2026-01-04T02:00:00Z/P1W",
        ] {
            let rules = PolicyRules {
                intervals: vec![interval.to_owned()],
                ..rules()
            };
            let points = rules.points_at(moment("2026-01-01T00:00:00Z"), moment("2026-02-01T00:00:00Z"));
            assert_eq!(points, None, "{interval}");
        }
        let rules = rules();
        assert_eq!(
            rules.points_at(moment("1900-01-01T00:00:00Z"), moment("9000-01-01T00:00:00Z")),
            None
        );
        let unreadable = PolicyRules {
            retentions: Vec::new(),
            ..rules
        };
        assert_eq!(
            unreadable.points_at(moment("2026-01-01T00:00:00Z"), moment("2026-02-01T00:00:00Z")),
            None
        );
    }

    #[test]
    fn runs_are_told_with_their_distance_or_not_at_all() {
        let mut rules = rules();
        rules.intervals.push("R/2026-01-07T20:00:00+02:00/P1D".to_owned());
        let run = |first: &str, every_days| Run {
            first: moment(first),
            every_days,
        };
        assert_eq!(
            rules.runs(),
            Some(vec![
                run("2026-01-04T02:00:00Z", 7),
                run("2026-01-07T18:00:00Z", 1)
            ])
        );
        rules.intervals.push("R/2026-01-07T20:00:00Z/PT4H".to_owned());
        assert_eq!(rules.runs(), None);
    }

    #[test]
    fn the_next_backup_is_the_first_of_all_intervals() {
        let mut rules = rules();
        rules.intervals.push("R/2026-01-07T20:00:00+00:00/P1W".to_owned());
        for (from, expected) in [
            ("2026-01-01T00:00:00Z", "2026-01-04T02:00:00Z"),
            ("2026-01-04T02:00:00Z", "2026-01-07T20:00:00Z"),
            ("2026-03-29T02:00:00Z", "2026-04-01T20:00:00Z"),
        ] {
            assert_eq!(rules.next_backup(moment(from)), Some(moment(expected)), "{from}");
        }
        assert_eq!(
            PolicyRules::default().next_backup(moment("2026-01-01T00:00:00Z")),
            None
        );
    }
}
