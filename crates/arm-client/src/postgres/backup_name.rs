//! The name of an on-demand backup.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A name the service takes: 1 to 128 ASCII letters, digits, `-`, `_` and `.` (reference A1).
///
/// `.` and `..` match that pattern and are refused: in a URL they would name the list and the server.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BackupName(String);

/// Why a text is no name of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidBackupName {
    /// It is empty.
    Empty,
    /// It has more than 128 characters.
    TooLong,
    /// It holds this character.
    Character(char),
    /// It is `.` or `..`.
    Dots,
}

impl BackupName {
    /// The most characters a name may have.
    pub const MAX_LENGTH: usize = 128;

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BackupName {
    type Err = InvalidBackupName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_allowed = |c: &char| c.is_ascii_alphanumeric() || "-_.".contains(*c);
        if let Some(character) = text.chars().find(|c| !is_allowed(c)) {
            return Err(InvalidBackupName::Character(character));
        }
        match text.len() {
            0 => Err(InvalidBackupName::Empty),
            length if length > Self::MAX_LENGTH => Err(InvalidBackupName::TooLong),
            _ if text == "." || text == ".." => Err(InvalidBackupName::Dots),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl TryFrom<String> for BackupName {
    type Error = InvalidBackupName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<BackupName> for String {
    fn from(name: BackupName) -> Self {
        name.0
    }
}

impl fmt::Display for BackupName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for InvalidBackupName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the name is empty"),
            Self::TooLong => write!(
                formatter,
                "the name has more than {} characters",
                BackupName::MAX_LENGTH
            ),
            Self::Character(character) => write!(
                formatter,
                "the name holds {character:?}; letters, digits, '-', '_' and '.' are allowed"
            ),
            Self::Dots => formatter.write_str("the name is only dots"),
        }
    }
}

impl std::error::Error for InvalidBackupName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_services_pattern() {
        use InvalidBackupName::{Character, Dots, Empty, TooLong};
        let longest = "x".repeat(128);
        let too_long = "x".repeat(129);
        for (text, expected) in [
            ("before-schema-v42", None),
            ("pre-release-2026.03", None),
            ("_", None),
            ("-", None),
            ("...", None),
            (longest.as_str(), None),
            ("", Some(Empty)),
            (too_long.as_str(), Some(TooLong)),
            ("a b", Some(Character(' '))),
            ("a/b", Some(Character('/'))),
            ("a?b", Some(Character('?'))),
            ("a%2fb", Some(Character('%'))),
            ("gr\u{fc}n", Some(Character('\u{fc}'))),
            ("a\n", Some(Character('\n'))),
            (".", Some(Dots)),
            ("..", Some(Dots)),
        ] {
            assert_eq!(text.parse::<BackupName>().err(), expected, "{text}");
        }
    }
}
