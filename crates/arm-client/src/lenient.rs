//! Reading what services really send.
//!
//! A field that cannot be read is a field that is missing: one odd value must not hide a server.

use arm_core::Timestamp;
use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A moment in any of the forms seen live, or `None`.
///
/// Seven digits of a second and `+00:00` (reference A2), no offset at all, which means UTC
/// (reference B2), and the year 1 for *not yet* (reference B2, C4).
pub(crate) fn parse_timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let parsed =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc3339(&format!("{text}Z")));
    let moment = parsed.ok()?.with_timezone(&Utc);
    (moment.year() > 1).then_some(moment)
}

/// Deserializes a moment, or `None` for null, the year 1 and nonsense.
pub(crate) fn timestamp<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(text(deserializer)?.and_then(|text| parse_timestamp(&text)))
}

/// Deserializes a text; `None` for null, for an empty one and for anything else.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Deserializes a count that may come as a number or as its digits.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
        Value::String(digits) => digits.trim().parse().ok(),
        _ => None,
    })
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
