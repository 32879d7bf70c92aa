//! The name of a new backup: suggested, and judged while it is typed; pure.

use arm_client::BackupName;
use arm_core::Timestamp;
use chrono::{Datelike, Timelike};

/// The longest name (reference A1).
pub const LONGEST: usize = 128;

/// A name that no backup of the server has: `ondemandbackup-20260312T094122`.
pub fn suggest(now: Timestamp, taken: &[String]) -> String {
    let name = format!(
        "ondemandbackup-{:04}{:02}{:02}T{:02}{:02}{:02}",
        now.year(),
        now.month(),
        now.day(),
        now.hour(),
        now.minute(),
        now.second()
    );
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
/// When it is empty, too long, holds another character, is taken, or is that of a backup which is being taken; Azure
/// answers the last two with an InternalServerError (the document, *Perform on-demand backups*).
pub fn judge(text: &str, taken: &[String], being_taken: &[String]) -> Result<BackupName, String> {
    if text.is_empty() {
        return Err("A backup needs a name.".to_owned());
    }
    let length = text.chars().count();
    if length > LONGEST {
        return Err(format!(
            "The name has {length} characters; {LONGEST} are allowed."
        ));
    }
    if let Some(other) = text
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || "-_.".contains(*c)))
    {
        let other = if other.is_whitespace() {
            "a space".to_owned()
        } else {
            format!("'{other}'")
        };
        return Err(format!(
            "The name holds {other}; letters, digits, hyphen, underscore and full stop are allowed."
        ));
    }
    let same_in = |names: &[String]| {
        names
            .iter()
            .find(|other| other.eq_ignore_ascii_case(text))
            .cloned()
    };
    if let Some(other) = same_in(taken) {
        return Err(format!("This server already has a backup named '{other}'."));
    }
    if let Some(other) = same_in(being_taken) {
        return Err(format!("A backup named '{other}' is being taken of this server."));
    }
    text.parse()
        .map_err(|_| "Azure does not allow this name.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-03-12T09:41:22Z".parse().expect("a moment")
    }

    #[test]
    fn a_suggestion_is_free_and_allowed() {
        let mut taken = Vec::new();
        for expected in [
            "ondemandbackup-20260312T094122",
            "ondemandbackup-20260312T094122-2",
            "ondemandbackup-20260312T094122-3",
        ] {
            let suggested = suggest(now(), &taken);
            assert_eq!(suggested, expected);
            assert!(judge(&suggested, &taken, &[]).is_ok(), "{suggested}");
            taken.push(suggested.to_uppercase());
        }
    }

    #[test]
    fn a_name_is_judged_as_the_service_would() {
        let (taken, being_taken) = (["before-schema-v42".to_owned()], ["pre-migration".to_owned()]);
        let longest = "x".repeat(LONGEST);
        let too_long = "x".repeat(LONGEST + 1);
        for (text, expected) in [
            ("before-schema-v43", None),
            ("_.-", None),
            (longest.as_str(), None),
            ("", Some("needs a name")),
            (too_long.as_str(), Some("129 characters")),
            ("before v43", Some("holds a space")),
            ("nächtlich", Some("holds 'ä'")),
            ("a/b", Some("holds '/'")),
            (".", Some("Azure does not allow")),
            (
                "Before-Schema-V42",
                Some("already has a backup named 'before-schema-v42'"),
            ),
            ("Pre-Migration", Some("named 'pre-migration' is being taken")),
        ] {
            let judged = judge(text, &taken, &being_taken).map(|name| name.to_string());
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
