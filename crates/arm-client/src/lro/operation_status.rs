//! The words for the state of an operation.

/// What a status or a provisioning state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OperationStatus {
    Running,
    Succeeded,
    Failed,
    Canceled,
}

impl OperationStatus {
    /// Compares without case; both spellings of canceled end an operation (auth #96), and every word that
    /// is not known means that it goes on (reference D).
    pub(super) fn of(word: &str) -> Self {
        let ends = [
            ("Succeeded", Self::Succeeded),
            ("Failed", Self::Failed),
            ("Canceled", Self::Canceled),
            ("Cancelled", Self::Canceled),
        ];
        let word = word.trim();
        let found = ends.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        found.map_or(Self::Running, |(_, status)| status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_words_end_an_operation() {
        use OperationStatus::{Canceled, Failed, Running, Succeeded};
        for (word, expected) in [
            ("Succeeded", Succeeded),
            ("succeeded", Succeeded),
            ("FAILED", Failed),
            ("Canceled", Canceled),
            ("Cancelled", Canceled),
            ("cancelled", Canceled),
            (" Succeeded ", Succeeded),
            ("InProgress", Running),
            ("Inprogress", Running),
            ("Running", Running),
            ("Canceling", Running),
            ("PartiallySucceeded", Running),
            ("SucceededWithWarnings", Running),
            ("Failing", Running),
            ("", Running),
        ] {
            assert_eq!(OperationStatus::of(word), expected, "{word}");
        }
    }
}
