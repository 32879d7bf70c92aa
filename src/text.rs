//! How moments, durations and counts are written (visual specification, *Words*); pure.

use std::time::Duration;

use arm_core::Timestamp;
use chrono::{Datelike, Timelike};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

/// `2026-03-12 02:14:07`, for a column whose head says *(UTC)*.
pub fn date_and_time(moment: Timestamp) -> String {
    format!("{} {}", date(moment), time_of_day(moment))
}

/// `2026-03-12 02:14`, for a column whose head says *(UTC)* and whose seconds tell nothing.
pub fn date_and_minute(moment: Timestamp) -> String {
    format!("{} {:02}:{:02}", date(moment), moment.hour(), moment.minute())
}

/// `2026-03-12`.
pub fn date(moment: Timestamp) -> String {
    format!("{:04}-{:02}-{:02}", moment.year(), moment.month(), moment.day())
}

/// `02:14:07`.
pub fn time_of_day(moment: Timestamp) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        moment.hour(),
        moment.minute(),
        moment.second()
    )
}

/// `12 Mar 2026`.
pub fn long_date(moment: Timestamp) -> String {
    format!(
        "{} {} {}",
        moment.day(),
        MONTHS[moment.month0() as usize],
        moment.year()
    )
}

/// `12 Mar 2026, 02:14 UTC`, for sentences.
pub fn sentence_moment(moment: Timestamp) -> String {
    format!(
        "{}, {:02}:{:02}{NO_BREAK}UTC",
        long_date(moment),
        moment.hour(),
        moment.minute()
    )
}

/// `12 Mar 2026, 02:14:07 UTC`, for sentences in which the second matters.
pub fn exact_moment(moment: Timestamp) -> String {
    format!("{}, {}{NO_BREAK}UTC", long_date(moment), time_of_day(moment))
}

/// `7 h ago`, `in 13 days`, `just now`.
pub fn relative(moment: Timestamp, now: Timestamp) -> String {
    let seconds = (moment - now).num_seconds();
    let distance = match seconds.unsigned_abs() {
        0..60 => return "just now".to_owned(),
        minutes @ 60..3600 => format!("{}{NO_BREAK}min", minutes / 60),
        hours @ 3600..86_400 => format!("{}{NO_BREAK}h", hours / 3600),
        days @ 86_400.. => match days / 86_400 {
            1 => format!("1{NO_BREAK}day"),
            days => format!("{days}{NO_BREAK}days"),
        },
    };
    if seconds < 0 {
        format!("{distance} ago")
    } else {
        format!("in {distance}")
    }
}

/// `14 s`, `3 min 10 s`, `1 h 04 min`.
pub fn duration(length: Duration) -> String {
    let seconds = length.as_secs();
    match seconds {
        0..60 => format!("{seconds}{NO_BREAK}s"),
        60..3600 => format!("{}{NO_BREAK}min {}{NO_BREAK}s", seconds / 60, seconds % 60),
        _ => format!(
            "{}{NO_BREAK}h {:02}{NO_BREAK}min",
            seconds / 3600,
            seconds % 3600 / 60
        ),
    }
}

/// `512 B`, `121 MiB`, `132.7 GiB`: one decimal from 1 GiB on.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let decimals = usize::from(unit >= 3);
    format!("{value:.decimals$}{NO_BREAK}{}", UNITS[unit])
}

/// `62 %`; rounded down, since only what is done is all done.
pub fn percent(percent: f64) -> String {
    format!("{:.0}{NO_BREAK}%", percent.floor())
}

/// `1 backup`, `17 backups`.
pub fn count(number: usize, singular: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {singular}{plural}")
}

/// Initials for the account's disc: of the first and the last word. The style makes capitals of them, since Rust's table
/// of capitals weighs 4 kB.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn moments_are_written_in_utc() {
        let moment = moment("2026-03-12T02:04:07.8853571+00:00");
        assert_eq!(date_and_time(moment), "2026-03-12 02:04:07");
        assert_eq!(date_and_minute(moment), "2026-03-12 02:04");
        assert_eq!(sentence_moment(moment), "12 Mar 2026, 02:04\u{a0}UTC");
        assert_eq!(exact_moment(moment), "12 Mar 2026, 02:04:07\u{a0}UTC");
    }

    #[test]
    fn distances_have_one_unit() {
        let now = moment("2026-03-12T09:41:22Z");
        for (text, expected) in [
            ("2026-03-12T09:41:00Z", "just now"),
            ("2026-03-12T09:40:22Z", "1 min ago"),
            ("2026-03-12T02:14:07Z", "7 h ago"),
            ("2026-03-11T02:14:44Z", "1 day ago"),
            ("2026-03-10T02:14:28Z", "2 days ago"),
            ("2026-03-26T02:14:07Z", "in 13 days"),
            ("2026-03-12T10:41:22Z", "in 1 h"),
        ] {
            let written = relative(moment(text), now).replace(NO_BREAK, " ");
            assert_eq!(written, expected, "{text}");
        }
    }

    #[test]
    fn durations_have_two_units_at_most() {
        for (seconds, expected) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min 0 s"),
            (190, "3 min 10 s"),
            (3840, "1 h 04 min"),
        ] {
            let written = duration(Duration::from_secs(seconds)).replace(NO_BREAK, " ");
            assert_eq!(written, expected);
        }
    }

    #[test]
    fn sizes_have_a_decimal_from_a_gibibyte_on() {
        for (bytes, expected) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (69_184, "68 KiB"),
            (39_766_487, "38 MiB"),
            (1 << 30, "1.0 GiB"),
            (142_485_000_000, "132.7 GiB"),
            (1 << 40, "1.0 TiB"),
            (u64::MAX, "16.0 EiB"),
        ] {
            assert_eq!(size(bytes).replace(NO_BREAK, " "), expected, "{bytes}");
        }
    }

    #[test]
    fn percent_are_rounded_down() {
        for (percentage, expected) in [(0.0, "0 %"), (62.5, "62 %"), (99.9, "99 %"), (100.0, "100 %")] {
            assert_eq!(
                percent(percentage).replace(NO_BREAK, " "),
                expected,
                "{percentage}"
            );
        }
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, expected) in [("Mira Lindqvist", "ML"), ("Noor", "N"), ("", ""), ("a b ç", "aç")] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
