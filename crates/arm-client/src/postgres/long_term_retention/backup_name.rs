//! The name of a long-term retention backup.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A name of letters and digits with single dashes between them: `^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$` (reference A1).
///
/// The published pattern is not anchored at its end; a name that only begins well is refused here. No longest
/// length is published.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LongTermBackupName(String);

/// Why a text is no name of a long-term retention backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidLongTermBackupName {
    /// It is empty.
    Empty,
    /// It holds this character.
    Character(char),
    /// A dash is at its beginning, at its end or beside another one.
    Dashes,
}

impl LongTermBackupName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LongTermBackupName {
    type Err = InvalidLongTermBackupName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(InvalidLongTermBackupName::Empty);
        }
        if let Some(character) = text.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
            return Err(InvalidLongTermBackupName::Character(character));
        }
        if text.split('-').any(str::is_empty) {
            return Err(InvalidLongTermBackupName::Dashes);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for LongTermBackupName {
    type Error = InvalidLongTermBackupName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<LongTermBackupName> for String {
    fn from(name: LongTermBackupName) -> Self {
        name.0
    }
}

impl fmt::Display for LongTermBackupName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for InvalidLongTermBackupName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the name is empty"),
            Self::Character(character) => write!(
                formatter,
                "the name holds {character:?}; letters, digits and '-' are allowed"
            ),
            Self::Dashes => formatter.write_str("a dash stands alone between letters or digits"),
        }
    }
}

impl std::error::Error for InvalidLongTermBackupName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_anchored_pattern() {
        use InvalidLongTermBackupName::{Character, Dashes, Empty};
        let long = "x".repeat(300);
        for (text, expected) in [
            ("exampleltrbackup", None),
            ("weekly-2026-03", None),
            ("A", None),
            (long.as_str(), None),
            ("", Some(Empty)),
            ("-", Some(Dashes)),
            ("-a", Some(Dashes)),
            ("a-", Some(Dashes)),
            ("a--b", Some(Dashes)),
            ("a_b", Some(Character('_'))),
            ("a.b", Some(Character('.'))),
            ("a b", Some(Character(' '))),
            ("a/b", Some(Character('/'))),
            ("a\n", Some(Character('\n'))),
            ("gr\u{fc}n", Some(Character('\u{fc}'))),
        ] {
            assert_eq!(text.parse::<LongTermBackupName>().err(), expected, "{text}");
        }
    }
}
