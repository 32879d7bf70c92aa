//! An object of an answer, read field by field.
//!
//! Derived readers are compiled anew for each model and each object inside it, some two kilobytes each. What the first page
//! reads is taken out of a [`Value`] instead, by functions that are compiled once.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use crate::lenient;

/// An object; what is no object has no fields.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(Value);

impl Fields {
    /// The resource's id, the one field without which there is nothing to read.
    pub(crate) fn id(&mut self) -> Result<ResourceId, String> {
        let Value::String(id) = self.take("id") else {
            return Err("the field `id` is missing, or no text".to_owned());
        };
        ResourceId::try_from(id).map_err(|error| error.to_string())
    }

    /// The object in a field, without fields where it is missing.
    pub(crate) fn part(&mut self, name: &str) -> Self {
        Self(self.take(name))
    }

    /// The object in a field, if there is one.
    pub(crate) fn object(&mut self, name: &str) -> Option<Self> {
        let value = self.take(name);
        value.is_object().then_some(Self(value))
    }

    /// As [`lenient::text`].
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        lenient::text_of(self.take(name))
    }

    /// As [`lenient::count`].
    pub(crate) fn count(&mut self, name: &str) -> Option<u32> {
        lenient::count_of(&self.take(name))
    }

    /// As [`lenient::timestamp`].
    pub(crate) fn timestamp(&mut self, name: &str) -> Option<Timestamp> {
        lenient::parse_timestamp(&self.text(name)?)
    }

    fn take(&mut self, name: &str) -> Value {
        self.0.get_mut(name).map(Value::take).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Fields {
        serde_json::from_str(json).expect(json)
    }

    #[test]
    fn what_is_missing_or_of_another_kind_is_not_there() {
        for json in [
            "{}",
            r#"{"a":null}"#,
            r#"{"a":[1]}"#,
            r#"{"a":""}"#,
            "null",
            "17",
            "[]",
        ] {
            let read = || fields(json);
            assert_eq!(read().text("a"), None, "{json}");
            assert_eq!(read().count("a"), None, "{json}");
            assert_eq!(read().timestamp("a"), None, "{json}");
            assert!(read().object("a").is_none(), "{json}");
            assert_eq!(read().part("a").text("b"), None, "{json}");
        }
    }

    #[test]
    fn what_is_there_is_read_in_every_form() {
        let mut read = fields(r#"{"a":16,"b":"14","c":"2026-01-07T17:13:34","d":{"e":"f"},"g":{}}"#);
        assert_eq!(read.text("a").as_deref(), Some("16"));
        assert_eq!(read.count("b"), Some(14));
        assert_eq!(read.timestamp("c").map(|at| at.timestamp()), Some(1_767_806_014));
        assert_eq!(read.part("d").text("e").as_deref(), Some("f"));
        assert!(read.object("g").is_some());
    }

    #[test]
    fn an_id_that_is_none_is_said() {
        for (json, expected) in [
            ("{}", "the field `id` is missing, or no text"),
            (r#"{"id":7}"#, "the field `id` is missing, or no text"),
            (
                r#"{"id":"pg-a"}"#,
                "not a resource id: it does not begin with a slash",
            ),
        ] {
            assert_eq!(fields(json).id(), Err(expected.to_owned()), "{json}");
        }
        let id = fields(r#"{"id":"/subscriptions/s"}"#).id();
        assert_eq!(id.map(|id| id.to_string()).as_deref(), Ok("/subscriptions/s"));
    }
}
