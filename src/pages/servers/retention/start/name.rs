//! The name of a new long-term retention backup: suggested, and judged while it is typed; pure.

use arm_client::postgres::long_term_retention::{InvalidLongTermBackupName, LongTermBackupName};
use arm_core::Timestamp;

/// The longest name: Azure publishes none for these, and this much for on-demand backups (reference A1).
pub const LONGEST: usize = 128;

/// A name that no backup of the list has: `ltr-20260312T094122`.
pub fn suggest(now: Timestamp, taken: &[String]) -> String {
    let name = format!("ltr-{}", now.format("%Y%m%dT%H%M%S"));
    let is_free = |name: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone())
        .chain(numbered)
        .find(is_free)
        .unwrap_or(name)
}

/// The name, if the service would take it, or what is wrong with it in one sentence.
///
/// # Errors
/// When it is empty, too long, outside the pattern (reference A1), or that of another backup of the server.
pub fn judge(text: &str, taken: &[String]) -> Result<LongTermBackupName, String> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(format!(
            "The name has {length} characters; {LONGEST} are allowed."
        ));
    }
    if let Some(other) = taken.iter().find(|other| other.eq_ignore_ascii_case(text)) {
        return Err(format!(
            "This server already has a long-term retention backup named '{other}'."
        ));
    }
    text.parse().map_err(|invalid| match invalid {
        InvalidLongTermBackupName::Empty => "A backup needs a name.".to_owned(),
        InvalidLongTermBackupName::Character(other) => {
            let other = if other.is_whitespace() {
                "a space".to_owned()
            } else {
                format!("'{other}'")
            };
            format!("The name holds {other}; letters, digits and hyphens are allowed.")
        }
        InvalidLongTermBackupName::Dashes => "A hyphen stands alone, between letters or digits.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_free_and_allowed() {
        let now = "2026-03-12T09:41:22Z".parse().expect("a moment");
        let mut taken = Vec::new();
        for expected in ["ltr-20260312T094122", "ltr-20260312T094122-2"] {
            let suggested = suggest(now, &taken);
            assert_eq!(suggested, expected);
            assert!(judge(&suggested, &taken).is_ok(), "{suggested}");
            taken.push(suggested.to_uppercase());
        }
    }

    #[test]
    fn a_name_is_judged_as_the_service_would() {
        let taken = ["end-of-quarter".to_owned()];
        let longest = "x".repeat(LONGEST);
        let too_long = "x".repeat(LONGEST + 1);
        for (text, expected) in [
            ("a", None),
            ("A-1-b", None),
            (longest.as_str(), None),
            ("", Some("needs a name")),
            (too_long.as_str(), Some("129 characters")),
            ("a b", Some("holds a space")),
            ("a_b", Some("holds '_'")),
            ("a.b", Some("holds '.'")),
            ("a--b", Some("stands alone")),
            ("-a", Some("stands alone")),
            ("a-", Some("stands alone")),
            (
                "End-of-Quarter",
                Some("already has a long-term retention backup named 'end-of-quarter'"),
            ),
        ] {
            let judged = judge(text, &taken).map(|name| name.to_string());
            match expected {
                None => assert_eq!(judged.as_deref(), Ok(text)),
                Some(words) => assert!(
                    judged.as_ref().is_err_and(|why| why.contains(words)),
                    "{text}: {judged:?}"
                ),
            }
        }
    }
}
