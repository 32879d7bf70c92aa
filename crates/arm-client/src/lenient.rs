//! Reading what services really send.
//!
//! A field that cannot be read is a field that is missing: one odd value must not hide a server.

use arm_core::Timestamp;
use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A moment in any of the forms seen live, or `None`.
///
/// Seven digits of a second and `+00:00` (reference A2), no offset at all, which means UTC
/// (reference B2), and the year 1 for *not yet* (reference B2, C4).
pub(crate) fn parse_timestamp(text: &str) -> Option<Timestamp> {
    moment(text.trim()).filter(|moment| moment.year() > 1)
}

/// A moment by ISO 8601, with or without an offset. chrono's own reader knows formats, and weighs four times this.
fn moment(text: &str) -> Option<Timestamp> {
    const MARKS: [(usize, u8); 5] = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let bytes = text.as_bytes();
    let is_framed = MARKS.iter().all(|(at, mark)| bytes.get(*at) == Some(mark));
    let day = NaiveDate::from_ymd_opt(
        i32::try_from(digits(text, 0, 4)?).ok()?,
        digits(text, 5, 7)?,
        digits(text, 8, 10)?,
    )?;
    let rest = text.get(19..).filter(|_| is_framed)?;
    let (fraction, offset) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count()),
        None => ("0", rest),
    };
    if fraction.is_empty() {
        return None;
    }
    let nine = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    let nanoseconds = nine.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let moment = day.and_hms_nano_opt(
        digits(text, 11, 13)?,
        digits(text, 14, 16)?,
        digits(text, 17, 19)?,
        nanoseconds,
    )?;
    Some(moment.and_utc() - offset_from_utc(offset)?)
}

/// `Z`, `+02:00`, `-05:30`; nothing means UTC.
fn offset_from_utc(offset: &str) -> Option<TimeDelta> {
    if matches!(offset, "" | "Z") {
        return Some(TimeDelta::zero());
    }
    let is_framed = offset.len() == 6 && offset.as_bytes()[3] == b':';
    let (hours, minutes) = (digits(offset, 1, 3)?, digits(offset, 4, 6)?);
    let distance = TimeDelta::minutes(i64::from(hours * 60 + minutes));
    match offset
        .chars()
        .next()
        .filter(|_| is_framed && hours < 24 && minutes < 60)?
    {
        '+' => Some(distance),
        '-' => Some(-distance),
        _ => None,
    }
}

/// The number between two places of a text.
fn digits(text: &str, from: usize, to: usize) -> Option<u32> {
    let digits = text.get(from..to)?;
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    are_digits.then(|| digits.parse().ok())?
}

/// Deserializes a moment, or `None` for null, the year 1 and nonsense.
pub(crate) fn timestamp<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(text(deserializer)?.and_then(|text| parse_timestamp(&text)))
}

/// Deserializes a text; `None` for null, for an empty one and for anything else.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Value::deserialize(deserializer).map(text_of)
}

/// The same of a value.
pub(crate) fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Deserializes a count that may come as a number or as its digits.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Value::deserialize(deserializer).map(|value| count_of(&value))
}

/// The same of a value.
pub(crate) fn count_of(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
        Value::String(digits) => digits.trim().parse().ok(),
        _ => None,
    }
}

/// Deserializes a number of bytes that may come as a number or as its digits.
pub(crate) fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_u64(),
        Value::String(digits) => digits.trim().parse().ok(),
        _ => None,
    })
}

/// Deserializes a part of a hundred; `None` for null, for anything outside 0 to 100 and for anything else.
pub(crate) fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let percent = Value::deserialize(deserializer)?.as_f64();
    Ok(percent.filter(|percent| (0.0..=100.0).contains(percent)))
}

/// Deserializes yes or no; `None` for null and for anything else.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_bool())
}

/// Deserializes an enumeration of [`open_enum`]; `None` for null and an empty text.
pub(crate) fn open<'de, D: Deserializer<'de>, E: From<String>>(
    deserializer: D,
) -> Result<Option<E>, D::Error> {
    Ok(text(deserializer)?.map(E::from))
}

/// Deserializes a value; null and absence give its default.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Declares an enumeration that is closed to us and open to Azure: names are compared without case, and
/// an unknown one is kept and shown, never an error.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A value this client does not know, as it was received.
            Other(String),
        }

        impl $name {
            /// The name Azure uses.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $(if text.eq_ignore_ascii_case($text) { return Self::$variant; })+
                Self::Other(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        #[serde(default, deserialize_with = "text")]
        name: Option<String>,
        #[serde(default, deserialize_with = "count")]
        days: Option<u32>,
        #[serde(default, deserialize_with = "timestamp")]
        at: Option<Timestamp>,
    }

    #[test]
    fn moments_are_read_in_every_form_seen_live() {
        for (text, expected) in [
            (
                "2026-01-07T17:13:34.8853571+00:00",
                Some("2026-01-07T17:13:34.885357100Z"),
            ),
            ("2026-01-07T17:13:34Z", Some("2026-01-07T17:13:34Z")),
            ("2026-01-07T17:13:34.6", Some("2026-01-07T17:13:34.600Z")),
            ("2026-01-07T19:13:34+02:00", Some("2026-01-07T17:13:34Z")),
            (" 2026-01-07T17:13:34Z ", Some("2026-01-07T17:13:34Z")),
            ("0001-01-01T00:00:00", None),
            ("0001-01-01T00:00:00Z", None),
            ("yesterday", None),
            ("", None),
        ] {
            let read =
                parse_timestamp(text).map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn moments_are_those_that_chrono_reads() {
        for text in [
            "2026-01-07T17:13:34Z",
            "2024-02-29T23:59:59.999999999Z",
            "2024-02-29T23:59:59.9999999999Z",
            "2026-12-31T23:30:00-05:30",
            "2026-01-01T00:10:00+14:00",
            "2026-01-07T17:13:34.0+00:00",
            "9999-12-31T00:00:00Z",
        ] {
            let expected = chrono::DateTime::parse_from_rfc3339(text).expect(text).to_utc();
            assert_eq!(parse_timestamp(text), Some(expected), "{text}");
        }
        for text in [
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-07T24:00:00Z",
            "2026-01-07T17:60:34Z",
            "2026-01-07T17:13:34.Z",
            "2026-01-07T17:13:34+0200",
            "2026-01-07T17:13:34+02:60",
            "2026-01-07T17:13:34+24:00",
            "2026-01-07T17:13:34*02:00",
            "2026-01-07T17:13:34Zulu",
            "2026-01-07T17:13Z",
            "2026-01-07",
            "2026/01/07T17:13:34Z",
            "+026-01-07T17:13:34Z",
            "2026-01-07T1\u{e4}:13:34Z",
        ] {
            assert!(chrono::DateTime::parse_from_rfc3339(text).is_err(), "{text}");
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn odd_fields_are_missing_fields() {
        let none = Row {
            name: None,
            days: None,
            at: None,
        };
        for json in [
            "{}",
            r#"{"name":null,"days":null,"at":null}"#,
            r#"{"name":"","days":"many","at":"0001-01-01T00:00:00"}"#,
            r#"{"name":{},"days":-1,"at":17}"#,
        ] {
            let row: Row = serde_json::from_str(json).expect(json);
            assert_eq!(row, none, "{json}");
        }
        let row: Row = serde_json::from_str(r#"{"name":16,"days":"14"}"#).expect("a row");
        assert_eq!((row.name.as_deref(), row.days), (Some("16"), Some(14)));
    }
}
