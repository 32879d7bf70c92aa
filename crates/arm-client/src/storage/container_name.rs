//! The name of a container.

use std::{fmt, str::FromStr};

/// 3 to 63 lower-case letters, digits and single dashes between them (reference C3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContainerName(String);

/// Why a text is no name of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidContainerName {
    /// It has fewer than 3 or more than 63 characters.
    Length,
    /// It holds this character.
    Character(char),
    /// A dash is at its beginning, at its end or beside another one.
    Dashes,
}

impl ContainerName {
    /// The fewest characters a name may have.
    pub const MIN_LENGTH: usize = 3;
    /// The most characters a name may have.
    pub const MAX_LENGTH: usize = 63;

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ContainerName {
    type Err = InvalidContainerName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_allowed = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
        if let Some(character) = text.chars().find(|c| !is_allowed(c)) {
            return Err(InvalidContainerName::Character(character));
        }
        if !(Self::MIN_LENGTH..=Self::MAX_LENGTH).contains(&text.len()) {
            return Err(InvalidContainerName::Length);
        }
        if text.split('-').any(str::is_empty) {
            return Err(InvalidContainerName::Dashes);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for ContainerName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for InvalidContainerName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => formatter.write_str("the name has fewer than 3 or more than 63 characters"),
            Self::Character(character) => write!(
                formatter,
                "the name holds {character:?}; lower-case letters, digits and '-' are allowed"
            ),
            Self::Dashes => formatter.write_str("a dash stands alone between letters or digits"),
        }
    }
}

impl std::error::Error for InvalidContainerName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_services_rule() {
        use InvalidContainerName::{Character, Dashes, Length};
        let longest = "x".repeat(63);
        let too_long = "x".repeat(64);
        for (text, expected) in [
            ("ltr-orders", None),
            ("123", None),
            (longest.as_str(), None),
            ("", Some(Length)),
            ("ab", Some(Length)),
            (too_long.as_str(), Some(Length)),
            ("Upper", Some(Character('U'))),
            ("a_b", Some(Character('_'))),
            ("a.b", Some(Character('.'))),
            ("a b", Some(Character(' '))),
            ("$root", Some(Character('$'))),
            ("-ab", Some(Dashes)),
            ("ab-", Some(Dashes)),
            ("a--b", Some(Dashes)),
        ] {
            assert_eq!(text.parse::<ContainerName>().err(), expected, "{text}");
        }
    }
}
