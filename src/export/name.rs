//! Names of files; pure.

use arm_core::Timestamp;
use chrono::{Datelike as _, Timelike as _};

use super::Format;

/// `backups-of-pg-orders-prod-20260312T094122Z.csv`: what it holds, and when it was written.
///
/// A character that some file system would not take becomes a hyphen.
pub fn file_name(what: &str, at: Timestamp, format: Format) -> String {
    let kept = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    let what: String = what
        .chars()
        .map(|character| if kept(character) { character } else { '-' })
        .collect();
    format!(
        "{what}-{:04}{:02}{:02}T{:02}{:02}{:02}Z.{}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        format.extension()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_it_holds_and_when_it_was_written() {
        let at = "2026-03-12T09:41:22Z".parse().expect("a moment");
        for (what, format, expected) in [
            (
                "backups-of-pg-1",
                Format::Csv,
                "backups-of-pg-1-20260312T094122Z.csv",
            ),
            ("servers", Format::Json, "servers-20260312T094122Z.json"),
            ("a b/c:d", Format::Json, "a-b-c-d-20260312T094122Z.json"),
        ] {
            assert_eq!(file_name(what, at, format), expected);
        }
    }
}
