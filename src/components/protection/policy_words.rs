//! What a backup policy says, in words; pure.

use arm_client::data_protection::{Criterion, FirstOf, PolicyDuration, PolicyRules, Run, Tag};
use chrono::{Datelike as _, Month, Timelike as _, Weekday};

/// The default retention's name, as the service and the command line write it.
pub const DEFAULT_TAG: &str = "Default";

/// `Every Sunday at 02:00 UTC`, or that the schedule cannot be read.
pub fn schedule(rules: &PolicyRules) -> String {
    let Some(runs) = rules.runs() else {
        return format!("Unknown: {}", rules.intervals.join(", "));
    };
    if runs.is_empty() {
        return "None: the policy takes no backups".to_owned();
    }
    let all_weekly = runs.iter().all(|run| run.every_days == 7);
    let words: Vec<_> = if all_weekly {
        runs.iter().map(weekly).collect()
    } else {
        runs.iter().map(at_a_distance).collect()
    };
    let each = if all_weekly { "every " } else { "" };
    sentence(&format!("{each}{} UTC", listed(&words)))
}

fn weekly(run: &Run) -> String {
    format!("{} at {}", day(run.first.weekday()), time(run))
}

fn at_a_distance(run: &Run) -> String {
    match run.every_days {
        1 => format!("every day at {}", time(run)),
        7 => format!("every {}", weekly(run)),
        days if days.is_multiple_of(7) => format!("every {} weeks on {}", days / 7, weekly(run)),
        days => format!("every {days} days at {}", time(run)),
    }
}

fn time(run: &Run) -> String {
    format!("{:02}:{:02}", run.first.hour(), run.first.minute())
}

/// `12 weeks`, `3 months`, `10 years`, `14 months and 3 days`.
pub fn kept(duration: PolicyDuration) -> String {
    let (months, days) = duration.parts();
    let months = match months {
        0 => None,
        months if months.is_multiple_of(12) => Some(count(months / 12, "year")),
        months => Some(count(months, "month")),
    };
    let days = match days {
        0 => None,
        days if days.is_multiple_of(7) => Some(count(days / 7, "week")),
        days => Some(count(days, "day")),
    };
    let parts: Vec<_> = months.into_iter().chain(days).collect();
    parts.join(" and ")
}

/// Which backups get a tag: `The first backup of each month`.
pub fn which(tag: &Tag, has_others: bool) -> String {
    if tag.is_default {
        let which = if has_others {
            "All other backups"
        } else {
            "All backups"
        };
        return which.to_owned();
    }
    if tag.criteria.is_empty() {
        return "None".to_owned();
    }
    let words: Vec<_> = tag.criteria.iter().map(criterion).collect();
    sentence(&words.join(", or "))
}

/// With a capital at its beginning.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn criterion(criterion: &Criterion) -> String {
    let mut words = match criterion.first_of.as_slice() {
        [] => "backups".to_owned(),
        periods => {
            let periods: Vec<_> = periods
                .iter()
                .map(|period| first_of(*period).to_owned())
                .collect();
            listed(&periods)
        }
    };
    if !criterion.weekdays.is_empty() {
        let days: Vec<_> = criterion
            .weekdays
            .iter()
            .map(|known| day(*known).to_owned())
            .collect();
        words.push_str(&format!(" on {}", listed(&days)));
    }
    if !criterion.weeks.is_empty() {
        let weeks: Vec<_> = criterion
            .weeks
            .iter()
            .map(|week| week.to_ascii_lowercase())
            .collect();
        let plural = if weeks.len() == 1 { "" } else { "s" };
        words.push_str(&format!(" in the {} week{plural} of the month", listed(&weeks)));
    }
    if !criterion.months.is_empty() {
        let months: Vec<_> = criterion
            .months
            .iter()
            .map(Month::name)
            .map(str::to_owned)
            .collect();
        words.push_str(&format!(" in {}", listed(&months)));
    }
    words
}

const fn first_of(period: FirstOf) -> &'static str {
    match period {
        FirstOf::All => "every backup",
        FirstOf::Day => "the first backup of each day",
        FirstOf::Week => "the first backup of each week",
        FirstOf::Month => "the first backup of each month",
        FirstOf::Year => "the first backup of each year",
    }
}

/// The day of the week.
pub const fn day(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn count(number: u32, unit: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number}\u{a0}{unit}{plural}")
}

/// `Sunday 02:30 UTC, kept 12 weeks`: a policy in one line.
pub fn in_one_line(rules: &PolicyRules) -> String {
    let schedule = schedule(rules);
    match rules.kept(DEFAULT_TAG) {
        Some(default) => format!("{schedule}, kept {}", kept(default)),
        None => schedule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(intervals: &[&str]) -> PolicyRules {
        PolicyRules {
            intervals: intervals.iter().map(|interval| (*interval).to_owned()).collect(),
            ..PolicyRules::default()
        }
    }

    #[test]
    fn schedules_are_told_in_utc_and_what_cannot_be_read_as_it_stands() {
        for (intervals, expected) in [
            (
                &["R/2021-08-15T06:30:00+00:00/P1W"][..],
                "Every Sunday at 06:30 UTC",
            ),
            (
                &["R/2021-08-15T00:30:00+02:00/P1W"],
                "Every Saturday at 22:30 UTC",
            ),
            (
                &[
                    "R/2026-01-04T02:00:00Z/P1W",
                    "R/2026-01-07T20:00:00Z/P7D",
                    "R/2026-01-09T20:00:00Z/P1W",
                ],
                "Every Sunday at 02:00, Wednesday at 20:00 and Friday at 20:00 UTC",
            ),
            (&["R/2026-01-04T02:00:00Z/P1D"], "Every day at 02:00 UTC"),
            (
                &["R/2026-01-04T02:00:00Z/P2W"],
                "Every 2 weeks on Sunday at 02:00 UTC",
            ),
            (
                &["R/2026-01-04T02:00:00Z/P1W", "R/2026-01-05T03:00:00Z/P3D"],
                "Every Sunday at 02:00 and every 3 days at 03:00 UTC",
            ),
            (
                &["R/2026-01-04T02:00:00Z/PT4H"],
                "Unknown: R/2026-01-04T02:00:00Z/PT4H",
            ),
            (&[], "None: the policy takes no backups"),
        ] {
            assert_eq!(schedule(&rules(intervals)), expected, "{intervals:?}");
        }
    }

    #[test]
    fn durations_are_told_in_the_largest_unit_that_fits() {
        for (iso, expected) in [
            ("P3M", "3 months"),
            ("P12M", "1 year"),
            ("P10Y", "10 years"),
            ("P84D", "12 weeks"),
            ("P1W", "1 week"),
            ("P10D", "10 days"),
            ("P1D", "1 day"),
            ("P1Y2M3D", "14 months and 3 days"),
        ] {
            let duration = PolicyDuration::parse(iso).expect(iso);
            assert_eq!(kept(duration).replace('\u{a0}', " "), expected, "{iso}");
        }
    }

    #[test]
    fn every_criterion_has_words() {
        let tag = |criteria: Vec<Criterion>| Tag {
            name: "x".to_owned(),
            is_default: false,
            priority: 1,
            criteria,
        };
        let first = |period| Criterion {
            first_of: vec![period],
            ..Criterion::default()
        };
        let precise = Criterion {
            weekdays: vec![Weekday::Sun, Weekday::Mon],
            weeks: vec!["First".to_owned(), "Last".to_owned()],
            months: vec![Month::January],
            ..Criterion::default()
        };
        for (criteria, expected) in [
            (vec![first(FirstOf::Month)], "The first backup of each month"),
            (vec![first(FirstOf::All)], "Every backup"),
            (
                vec![first(FirstOf::Year), first(FirstOf::Week)],
                "The first backup of each year, or the first backup of each week",
            ),
            (
                vec![precise],
                "Backups on Sunday and Monday in the first and last weeks of the month in January",
            ),
            (vec![], "None"),
        ] {
            assert_eq!(which(&tag(criteria), true), expected);
        }
        let default = Tag {
            is_default: true,
            ..tag(Vec::new())
        };
        assert_eq!(which(&default, true), "All other backups");
        assert_eq!(which(&default, false), "All backups");
    }

    #[test]
    fn a_policy_in_one_line() {
        let first = "2026-01-04T02:30:00Z".parse().expect("a moment");
        let weekly = PolicyRules::weekly(first, PolicyDuration::days(84), &[]);
        assert_eq!(
            in_one_line(&weekly).replace('\u{a0}', " "),
            "Every Sunday at 02:30 UTC, kept 12 weeks"
        );
        assert_eq!(in_one_line(&rules(&[])), "None: the policy takes no backups");
    }
}
