//! Which recovery points a policy leaves on a chosen day, as a page shows it; pure.

use arm_client::data_protection::{PlannedPoint, PolicyRules};
use arm_core::Timestamp;
use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};

use crate::text;

/// What there is to restore from at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The day.
    pub day: NaiveDate,
    /// The recovery points, the newest first.
    pub points: Vec<PlannedPoint>,
}

/// The day that is shown first: a year after protection began, when weeks and months can be told apart.
pub fn first_day(since: Timestamp) -> NaiveDate {
    let since = since.date_naive();
    since.checked_add_months(Months::new(12)).unwrap_or(since)
}

/// What exists at the end of the day that was typed, or what is wrong with it.
///
/// # Errors
/// What to say about the day.
pub fn preview(rules: &PolicyRules, since: Timestamp, typed: &str) -> Result<Preview, String> {
    let day: NaiveDate = typed
        .parse()
        .map_err(|_| "Choose a day, such as 2027-01-31.".to_owned())?;
    if day < since.date_naive() {
        return Err(format!(
            "Protection begins on {}. Choose that day or a later one.",
            text::date(since)
        ));
    }
    let points = end_of(day)
        .filter(|_| day.year() <= 9999)
        .and_then(|end| rules.points_at(since, end))
        .ok_or(
            "What exists on this day cannot be told: the policy cannot be read, or the day is too far away.",
        )?;
    let points = points.into_iter().rev().collect();
    Ok(Preview { day, points })
}

fn end_of(day: NaiveDate) -> Option<Timestamp> {
    Some(
        day.checked_add_days(Days::new(1))?
            .and_time(NaiveTime::MIN)
            .and_utc(),
    )
}

/// `24 recovery points at the end of 20 Nov 2027 (UTC): 12 Default, 11 Monthly, 1 Yearly.`
pub fn summary(preview: &Preview) -> String {
    let day = preview.day.and_time(NaiveTime::MIN).and_utc();
    let count = text::count(preview.points.len(), "recovery point");
    let end = format!("{count} at the end of {} (UTC)", text::long_date(day));
    match by_tag(&preview.points).as_slice() {
        [] => format!("{end}."),
        tags => {
            let tags: Vec<_> = tags.iter().map(|(tag, count)| format!("{count} {tag}")).collect();
            format!("{end}: {}.", tags.join(", "))
        }
    }
}

/// How many points each tag has, the most first.
fn by_tag(points: &[PlannedPoint]) -> Vec<(&str, usize)> {
    let mut tags: Vec<(&str, usize)> = Vec::new();
    for point in points {
        match tags.iter_mut().find(|(tag, _)| *tag == point.tag) {
            Some((_, count)) => *count += 1,
            None => tags.push((&point.tag, 1)),
        }
    }
    tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    tags
}

#[cfg(test)]
mod tests {
    use arm_client::data_protection::{FirstOf, PolicyDuration};

    use super::*;

    fn since() -> Timestamp {
        "2026-03-12T09:41:00Z".parse().expect("a moment")
    }

    fn rules() -> PolicyRules {
        let first = "2024-01-07T02:00:00Z".parse().expect("a moment");
        let monthly = ("Monthly", FirstOf::Month, PolicyDuration::months(12));
        PolicyRules::weekly(first, PolicyDuration::days(28), &[monthly])
    }

    #[test]
    fn the_day_counts_to_its_end_and_the_newest_point_stands_first() {
        // Sundays: 15 and 22 March, …
        for (day, points, said) in [
            (
                "2026-03-12",
                0,
                "0 recovery points at the end of 12 Mar 2026 (UTC).",
            ),
            (
                "2026-03-15",
                1,
                "1 recovery point at the end of 15 Mar 2026 (UTC): 1 Monthly.",
            ),
            (
                "2026-03-29",
                3,
                "3 recovery points at the end of 29 Mar 2026 (UTC): 2 Default, 1 Monthly.",
            ),
            (
                "2027-03-12",
                16,
                "16 recovery points at the end of 12 Mar 2027 (UTC): 13 Monthly, 3 Default.",
            ),
        ] {
            let preview = preview(&rules(), since(), day).unwrap_or_else(|error| panic!("{day}: {error}"));
            assert_eq!(preview.points.len(), points, "{day}: {preview:?}");
            assert_eq!(summary(&preview), said);
            assert!(
                preview.points.is_sorted_by(|one, next| one.time > next.time),
                "{day}"
            );
        }
        assert_eq!(first_day(since()).to_string(), "2027-03-12");
    }

    #[test]
    fn a_day_that_makes_no_sense_is_said_to() {
        for (day, expected) in [
            ("", "Choose a day, such as 2027-01-31."),
            ("2027-02-30", "Choose a day, such as 2027-01-31."),
            (
                "2026-03-11",
                "Protection begins on 2026-03-12. Choose that day or a later one.",
            ),
            (
                "9999-12-31",
                "What exists on this day cannot be told: the policy cannot be read, or the day is too far away.",
            ),
            (
                "+99999-01-01",
                "What exists on this day cannot be told: the policy cannot be read, or the day is too far away.",
            ),
        ] {
            assert_eq!(preview(&rules(), since(), day), Err(expected.to_owned()), "{day}");
        }
        let unreadable = PolicyRules {
            intervals: vec!["R/x/P1W".to_owned()],
            ..rules()
        };
        assert!(preview(&unreadable, since(), "2026-04-01").is_err());
    }
}
