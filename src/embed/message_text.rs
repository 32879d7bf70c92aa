//! Texts that come from outside, within their limits.

use serde::{Deserialize, Deserializer, de::Error as _};

/// The longest message that is read, in bytes: an access token of Entra's has some thousands.
pub const LONGEST: usize = 64 * 1024;

/// A text of one line of at most `N` bytes; others make the message unreadable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short<const N: usize>(String);

impl<const N: usize> Short<N> {
    /// The text.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl<'de, const N: usize> Deserialize<'de> for Short<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() > N || text.chars().any(char::is_control) {
            return Err(D::Error::custom(
                "a text that is too long, or of more than one line",
            ));
        }
        Ok(Self(text))
    }
}

/// An id of Entra's: a GUID in its usual writing, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guid(String);

impl Guid {
    /// The id.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl<'de> Deserialize<'de> for Guid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match uuid::Uuid::try_parse(&text) {
            Ok(id) if text.len() == 36 => Ok(Self(id.to_string())),
            _ => Err(D::Error::custom("no GUID")),
        }
    }
}
