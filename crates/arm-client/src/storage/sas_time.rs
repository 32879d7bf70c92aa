//! Moments as a SAS writes them, and as a person reads them.

use arm_core::Timestamp;
use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};

/// A moment in each form that a SAS may have: a date, with minutes, with seconds, with a fraction.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let with_seconds = text.strip_suffix('Z').map(|minutes| format!("{minutes}:00Z"));
    let parsed = [Some(text), with_seconds.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|text| DateTime::parse_from_rfc3339(text).ok());
    match parsed {
        Some(moment) => Some(moment.with_timezone(&Utc)),
        None => Some(text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?.and_utc()),
    }
}

/// The moment as a SAS is asked for: without a fraction of a second.
pub(super) fn written(moment: Timestamp) -> String {
    let (date, time) = (moment.date_naive(), moment.time());
    let (year, month, day) = (date.year(), date.month(), date.day());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The moment for a person.
pub(super) fn shown(moment: Timestamp) -> String {
    let written = written(moment);
    format!(
        "{} {} UTC",
        &written[..written.len() - 10],
        &written[written.len() - 9..written.len() - 4]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_a_moment_is_read() {
        for (text, expected) in [
            ("2026-03-01T12:30:05Z", Some("2026-03-01T12:30:05Z")),
            ("2026-03-01T12:30:05.9999999Z", Some("2026-03-01T12:30:05Z")),
            ("2026-03-01T12:30Z", Some("2026-03-01T12:30:00Z")),
            ("2026-03-01", Some("2026-03-01T00:00:00Z")),
            ("2026-03-01T12:30:05+02:00", Some("2026-03-01T10:30:05Z")),
            ("2026-02-30", None),
            ("tomorrow", None),
            ("", None),
        ] {
            assert_eq!(parse(text).map(written).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_person_reads_minutes() {
        let moment = parse("2026-03-01T09:05:59Z").expect("a moment");
        assert_eq!(shown(moment), "2026-03-01 09:05 UTC");
    }
}
