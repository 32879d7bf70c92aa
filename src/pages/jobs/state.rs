//! How a job goes, in words and in a drawing; pure.

use arm_client::data_protection::JobStatus;

use crate::ui::status::StatusKind;

/// How a job goes, as far as the lists tell states apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It runs.
    Running,
    /// It ended badly.
    Failed,
    /// It ended well, with something to tell.
    Warned,
    /// It was given up.
    Cancelled,
    /// Azure's word is of a later version, or there is none.
    Other,
    /// It ended well.
    Completed,
}

/// The *State* filter: the word in the query, and its label. The first one shows all.
pub const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("running", "In progress"),
    ("completed", "Completed"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
];

impl State {
    /// The state and its words.
    pub fn of(status: Option<&JobStatus>) -> (Self, String) {
        let (state, words) = match status {
            Some(JobStatus::InProgress) => (Self::Running, "In progress"),
            Some(JobStatus::Started) => (Self::Running, "Started"),
            Some(JobStatus::Cancelling) => (Self::Running, "Cancelling"),
            Some(JobStatus::Completed) => (Self::Completed, "Completed"),
            Some(JobStatus::Succeeded) => (Self::Completed, "Succeeded"),
            Some(JobStatus::CompletedWithWarnings) => (Self::Warned, "Completed with warnings"),
            Some(JobStatus::Failed) => (Self::Failed, "Failed"),
            Some(JobStatus::Cancelled) => (Self::Cancelled, "Cancelled"),
            Some(JobStatus::Other(word)) => (Self::Other, word.as_str()),
            None => (Self::Other, "Unknown"),
        };
        (state, words.to_owned())
    }

    /// How it is drawn.
    pub const fn kind(self) -> StatusKind {
        match self {
            Self::Running => StatusKind::Running,
            Self::Completed => StatusKind::Ok,
            Self::Warned => StatusKind::Warning,
            Self::Failed => StatusKind::Error,
            Self::Cancelled => StatusKind::Stopped,
            Self::Other => StatusKind::Neutral,
        }
    }

    /// The word of the *State* filter.
    pub const fn group(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Completed | Self::Warned => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Other => "other",
        }
    }

    /// Whether it did what it was to do.
    pub const fn has_succeeded(self) -> bool {
        matches!(self, Self::Completed | Self::Warned)
    }
}
