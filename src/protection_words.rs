//! How what a backup policy says is written: when backups are taken, how long they are kept; pure.

use arm_client::data_protection::{Criterion, FirstOf, PolicyDuration, PolicyRules};
use chrono::{DateTime, Datelike, Timelike, Utc};

use crate::text;

/// `Every Sunday at 02:00 UTC`; what cannot be read as the service writes it.
pub fn schedule(rules: &PolicyRules) -> String {
    let times: Vec<_> = rules
        .intervals
        .iter()
        .map(|interval| one_time(interval))
        .collect();
    let times = text::joined(&times, "and");
    match times.strip_prefix("every ") {
        Some(rest) => format!("Every {rest}"),
        None if times.is_empty() => "No schedule".to_owned(),
        None => times,
    }
}

/// `3 months`, `1 year`, `2 weeks`, `10 days`, `1 year and 10 days`.
pub fn length(kept: PolicyDuration) -> String {
    let iso = kept.to_iso();
    let mut parts = Vec::new();
    let mut number = String::new();
    for character in iso.chars().skip(1) {
        if character.is_ascii_digit() {
            number.push(character);
            continue;
        }
        let unit = match character {
            'Y' => "year",
            'M' => "month",
            'W' => "week",
            _ => "day",
        };
        parts.push(text::count(number.parse().unwrap_or_default(), unit));
        number.clear();
    }
    text::joined(&parts, "and")
}

/// How long backups with a tag are kept; *not known* where the policy says what cannot be read.
pub fn kept(rules: &PolicyRules, tag: &str) -> String {
    rules.kept(tag).map_or_else(
        || "for a time that is not known".to_owned(),
        |kept| format!("for {}", length(kept)),
    )
}

/// `Kept for 3 months; the first of a month for 1 year`.
pub fn retention(rules: &PolicyRules) -> String {
    let mut tags: Vec<_> = rules.tags.iter().collect();
    // The weakest first: it is what most backups get.
    tags.sort_by_key(|tag| std::cmp::Reverse((tag.is_default, tag.priority)));
    let of_tag = tags.into_iter().map(|tag| {
        let kept = kept(rules, &tag.name);
        match which(&tag.criteria) {
            _ if tag.is_default => format!("Kept {kept}"),
            Some(which) => format!("{which} {kept}"),
            None => format!("those tagged '{}' {kept}", tag.name),
        }
    });
    of_tag.collect::<Vec<_>>().join("; ")
}

/// `the first of a month`; nothing for criteria that are more than that.
fn which(criteria: &[Criterion]) -> Option<&'static str> {
    let [
        Criterion {
            first_of,
            weekdays,
            weeks,
            months,
        },
    ] = criteria
    else {
        return None;
    };
    let [first_of] = first_of.as_slice() else {
        return None;
    };
    let is_all = weekdays.is_empty() && weeks.is_empty() && months.is_empty();
    is_all.then_some(match first_of {
        FirstOf::All => "all",
        FirstOf::Day => "the first of a day",
        FirstOf::Week => "the first of a week",
        FirstOf::Month => "the first of a month",
        FirstOf::Year => "the first of a year",
    })
}

/// The words for `R/2021-08-15T06:30:00+00:00/P1W` (reference B4).
fn one_time(interval: &str) -> String {
    let read = || {
        let mut parts = interval.split('/').skip(1);
        let first = DateTime::parse_from_rfc3339(parts.next()?)
            .ok()?
            .with_timezone(&Utc);
        Some((first, PolicyDuration::parse(parts.next()?)?))
    };
    let Some((first, distance)) = read() else {
        return interval.to_owned();
    };
    let at = format!("at {:02}:{:02}\u{a0}UTC", first.hour(), first.minute());
    if distance == PolicyDuration::days(7) {
        format!("every {} {at}", day_name(first.weekday()))
    } else if distance == PolicyDuration::days(1) {
        format!("every day {at}")
    } else {
        format!(
            "Every {} {at}, first on {}",
            length(distance),
            text::long_date(first)
        )
    }
}

/// The whole name of a day of the week.
fn day_name(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_a_day_and_a_time() {
        for (intervals, expected) in [
            (
                vec!["R/2021-08-15T06:30:00+00:00/P1W"],
                "Every Sunday at 06:30 UTC",
            ),
            (
                vec!["R/2026-03-09T23:30:00-02:00/P1W"],
                "Every Tuesday at 01:30 UTC",
            ),
            (
                vec![
                    "R/2026-03-09T02:00:00+00:00/P1W",
                    "R/2026-03-12T02:00:00+00:00/P1W",
                ],
                "Every Monday at 02:00 UTC and every Thursday at 02:00 UTC",
            ),
            (vec!["R/2026-03-09T02:00:00+00:00/P1D"], "Every day at 02:00 UTC"),
            (
                vec!["R/2026-03-09T02:00:00+00:00/P2W"],
                "Every 2 weeks at 02:00 UTC, first on 9 Mar 2026",
            ),
            (vec!["now and then"], "now and then"),
            (vec![], "No schedule"),
        ] {
            let rules = PolicyRules {
                intervals: intervals.into_iter().map(str::to_owned).collect(),
                ..PolicyRules::default()
            };
            assert_eq!(schedule(&rules).replace('\u{a0}', " "), expected);
        }
    }

    #[test]
    fn lengths_are_written_in_whole_units() {
        for (iso, expected) in [
            ("P3M", "3 months"),
            ("P1Y", "1 year"),
            ("P18M", "18 months"),
            ("P10Y", "10 years"),
            ("P14D", "2 weeks"),
            ("P10D", "10 days"),
            ("P1Y10D", "1 year and 10 days"),
        ] {
            let kept = PolicyDuration::parse(iso).unwrap_or_else(|| panic!("{iso}"));
            assert_eq!(length(kept), expected, "{iso}");
        }
    }

    #[test]
    fn the_retention_of_each_tag_is_told_from_the_weakest_to_the_strongest() {
        let first = "2026-03-08T02:00:00Z".parse().unwrap_or_default();
        let three = PolicyDuration::months(3);
        let weekly = PolicyRules::weekly(first, three, &[]);
        assert_eq!(retention(&weekly), "Kept for 3 months");
        let tags = [
            ("Monthly", FirstOf::Month, PolicyDuration::months(12)),
            ("Yearly", FirstOf::Year, PolicyDuration::months(120)),
        ];
        let mut long = PolicyRules::weekly(first, three, &tags);
        assert_eq!(
            retention(&long),
            "Kept for 3 months; the first of a month for 1 year; the first of a year for 10 years"
        );
        long.tags[1].criteria[0].weeks = vec!["Last".to_owned()];
        long.retentions[2].kept = None;
        assert_eq!(
            retention(&long),
            "Kept for 3 months; those tagged 'Monthly' for 1 year; the first of a year for a time that is not known"
        );
    }
}
