//! The ways in which Azure writes a moment.

use arm_core::Timestamp;
use chrono::{TimeDelta, Timelike as _};

/// `2026-01-07T17:13:34.8853571+00:00`, as in `completedTime` (reference A2).
pub(crate) fn with_offset(moment: Timestamp) -> String {
    let fraction = moment.nanosecond() % 1_000_000_000 / 100;
    format!("{}.{fraction:07}+00:00", moment.format("%Y-%m-%dT%H:%M:%S"))
}

/// `2026-01-07T17:06:46.1234567Z`, as in `createdAt`.
pub(crate) fn with_z(moment: Timestamp) -> String {
    with_offset(moment).replace("+00:00", "Z")
}

/// `2026-01-07T17:40:36.6Z`: milliseconds without trailing zeros, as in `startTime` (reference A2).
pub(crate) fn in_milliseconds(moment: Timestamp) -> String {
    let milliseconds = moment.nanosecond() % 1_000_000_000 / 1_000_000;
    let fraction = format!(".{milliseconds:03}");
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    format!("{}{fraction}Z", moment.format("%Y-%m-%dT%H:%M:%S"))
}

/// 100-nanosecond steps since the year 1, as .NET counts.
pub(crate) fn ticks(moment: Timestamp) -> i64 {
    const TICKS_AT_UNIX_EPOCH: i64 = 621_355_968_000_000_000;
    let whole = moment.timestamp().saturating_mul(10_000_000);
    TICKS_AT_UNIX_EPOCH + whole + i64::from(moment.timestamp_subsec_nanos()) / 100
}

/// The moment `seconds` later; the latest moment there is where that lies beyond it.
pub(crate) fn later(moment: Timestamp, by: TimeDelta) -> Timestamp {
    moment.checked_add_signed(by).unwrap_or(Timestamp::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn fractions_have_the_digits_of_each_field() {
        let recorded = moment("2026-01-07T17:13:34.8853571Z");
        assert_eq!(with_offset(recorded), "2026-01-07T17:13:34.8853571+00:00");
        assert_eq!(with_z(recorded), "2026-01-07T17:13:34.8853571Z");
        for (text, shown) in [
            ("2026-01-07T17:40:36.6Z", "2026-01-07T17:40:36.6Z"),
            ("2026-01-07T17:40:36.0604Z", "2026-01-07T17:40:36.06Z"),
            ("2026-01-07T17:40:36Z", "2026-01-07T17:40:36Z"),
            ("2026-01-07T17:40:30.0001Z", "2026-01-07T17:40:30Z"),
        ] {
            assert_eq!(in_milliseconds(moment(text)), shown, "{text}");
        }
    }

    #[test]
    fn ticks_count_from_the_year_one() {
        assert_eq!(ticks(moment("0001-01-01T00:00:00Z")), 0);
        assert_eq!(ticks(Timestamp::UNIX_EPOCH), 621_355_968_000_000_000);
        assert_eq!(
            ticks(moment("2026-01-07T17:13:33.8853571Z")),
            639_034_028_138_853_571
        );
    }
}
