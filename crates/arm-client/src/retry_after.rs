//! How long the service asks to wait.

use std::time::Duration;

use arm_core::{Headers, Timestamp};
use chrono::NaiveDate;

/// The wait the header fields ask for, or `None` where they ask for none that can be read.
///
/// `Retry-After` is whole seconds (reference D) or an HTTP date (RFC 9110, 10.2.3), which is counted from
/// the answer's own `Date` where that can be read, because the user's clock may be wrong. The two fields in
/// milliseconds come first, as in Microsoft's clients (auth #92). Resource Graph has a field of its own
/// (reference C4).
pub(crate) fn retry_after(headers: &Headers, now: Timestamp) -> Option<Duration> {
    let milliseconds = ["retry-after-ms", "x-ms-retry-after-ms"]
        .into_iter()
        .find_map(|name| Some(Duration::from_millis(digits(headers.get(name)?)?)));
    milliseconds
        .or_else(|| seconds_or_date(headers.get("retry-after")?, headers, now))
        .or_else(|| hours_minutes_seconds(headers.get("x-ms-user-quota-resets-after")?))
}

fn seconds_or_date(value: &str, headers: &Headers, now: Timestamp) -> Option<Duration> {
    if let Some(seconds) = digits(value) {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(value)?;
    let sent = headers.get("date").and_then(http_date).unwrap_or(now);
    // A date in the past asks for no wait.
    Some((until - sent).to_std().unwrap_or_default())
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent (RFC 9110, 5.6.7).
///
/// chrono's own reader brings all forms of dates along, 5 kB of the first page.
fn http_date(value: &str) -> Option<Timestamp> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_day_of_week, date) = value.trim().split_once(", ")?;
    let mut parts = date.split(' ');
    let (day, month, year) = (digits(parts.next()?)?, parts.next()?, digits(parts.next()?)?);
    let mut time = parts.next()?.split(':').map(digits);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let is_whole = time.next().is_none() && parts.next() == Some("GMT") && parts.next().is_none();
    let month = MONTHS.find(month).filter(|at| at % 3 == 0 && month.len() == 3)? / 3 + 1;
    let number = |number: u64| u32::try_from(number).ok();
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        number(day)?,
    )?;
    let moment = date.and_hms_opt(number(hour)?, number(minute)?, number(second)?)?;
    is_whole.then(|| moment.and_utc())
}

fn hours_minutes_seconds(value: &str) -> Option<Duration> {
    let mut parts = value.trim().split(':');
    let (hours, minutes, seconds) = (
        digits(parts.next()?)?,
        digits(parts.next()?)?,
        digits(parts.next()?)?,
    );
    let total = hours
        .checked_mul(3600)?
        .checked_add(minutes.checked_mul(60)?)?
        .checked_add(seconds)?;
    parts.next().is_none().then_some(Duration::from_secs(total))
}

fn digits(value: &str) -> Option<u64> {
    let value = value.trim();
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| value.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fields: &[(&str, &str)], expected: Option<u64>) {
        let headers: Headers = fields.iter().copied().collect();
        // Fri, 20 Nov 2026 06:30:00 GMT
        let now = Timestamp::from_timestamp(1_795_156_200, 0).expect("a moment");
        let read = retry_after(&headers, now).map(|wait| wait.as_millis());
        assert_eq!(read, expected.map(u128::from), "{fields:?}");
    }

    #[test]
    fn seconds_dates_and_milliseconds_are_read() {
        check(&[("Retry-After", "10")], Some(10_000));
        check(&[("retry-after", " 0 ")], Some(0));
        check(&[("Retry-After", "Fri, 20 Nov 2026 06:30:15 GMT")], Some(15_000));
        check(&[("Retry-After", "Fri, 20 Nov 2026 06:29:00 GMT")], Some(0));
        check(
            &[
                ("Retry-After", "Fri, 20 Nov 2026 09:00:20 GMT"),
                ("Date", "Fri, 20 Nov 2026 09:00:00 GMT"),
            ],
            Some(20_000),
        );
        check(&[("Retry-After", "3"), ("x-ms-retry-after-ms", "250")], Some(250));
        check(&[("retry-after-ms", "soon"), ("Retry-After", "3")], Some(3_000));
        check(&[("x-ms-user-quota-resets-after", "00:01:05")], Some(65_000));
    }

    #[test]
    fn nonsense_asks_for_nothing() {
        check(&[], None);
        for value in [
            "",
            "soon",
            "-5",
            "1.5",
            "1e3",
            "99999999999999999999",
            "20 Nov",
            "10 s",
            "Fri, 31 Feb 2026 06:30:15 GMT",
            "Fri, 20 ovD 2026 06:30:15 GMT",
            "Fri, 20 Nov 2026 25:30:15 GMT",
            "Fri, 20 Nov 2026 06:30:15 CET",
            "Fri, 20 Nov 2026 06:30 GMT",
        ] {
            check(&[("Retry-After", value)], None);
        }
        for value in ["5", "00:05", "1:2:3:4", "a:b:c", "99999999999999999:0:0"] {
            check(&[("x-ms-user-quota-resets-after", value)], None);
        }
    }
}
