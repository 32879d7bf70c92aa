//! Why an on-demand backup was answered with InternalServerError, as far as it can be known; pure.
//!
//! The document's note: Azure answers so when a backup of this name exists, or while another one is being taken,
//! and never says which. What is certain, what is likely and what nobody knows differ in their words.

use arm_core::Timestamp;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::{problem::Problem, text};

/// What a post-mortem found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cause {
    /// Which of the document's circumstances it was.
    pub kind: CauseKind,
    /// Whether it is known and not only likely.
    pub is_certain: bool,
    /// The name of the other backup, once it is known.
    pub other: Option<String>,
    /// When the backup of this name was completed, or the other one triggered or completed.
    pub at: Option<Timestamp>,
    /// Whether the other one was asked for in this browser.
    pub is_ours: bool,
    /// The on-demand backups that were in the list: one that appears beside them was being taken.
    pub seen: Vec<String>,
}

/// The circumstances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CauseKind {
    /// A backup of this name exists.
    NameTaken,
    /// Another on-demand backup was being taken.
    OtherRunning,
    /// Neither can be said.
    NotKnown,
}

impl Cause {
    fn of_kind(kind: CauseKind, is_certain: bool) -> Self {
        Self {
            kind,
            is_certain,
            other: None,
            at: None,
            is_ours: false,
            seen: Vec::new(),
        }
    }

    /// A backup of this name is in the list.
    pub fn name_taken(since: Option<Timestamp>, is_certain: bool) -> Self {
        Self {
            at: since,
            ..Self::of_kind(CauseKind::NameTaken, is_certain)
        }
    }

    /// Another backup, triggered in this browser.
    pub fn ours(name: &str, triggered: Timestamp, is_certain: bool) -> Self {
        Self {
            other: Some(name.to_owned()),
            at: Some(triggered),
            is_ours: true,
            ..Self::of_kind(CauseKind::OtherRunning, is_certain)
        }
    }

    /// Probably another backup, begun elsewhere; the list held these when it was looked at.
    pub fn elsewhere(seen: Vec<String>) -> Self {
        Self {
            seen,
            ..Self::of_kind(CauseKind::OtherRunning, false)
        }
    }

    /// The other backup has appeared in the list. It stays likely: it may also have begun a little later.
    pub fn appeared(name: &str, completed: Option<Timestamp>) -> Self {
        Self {
            other: Some(name.to_owned()),
            at: completed,
            ..Self::of_kind(CauseKind::OtherRunning, false)
        }
    }

    /// Nobody knows.
    pub fn not_known() -> Self {
        Self::of_kind(CauseKind::NotKnown, false)
    }

    /// Whether the list is watched for the other backup, to name it.
    pub fn is_watched(&self) -> bool {
        self.kind == CauseKind::OtherRunning && self.other.is_none()
    }

    /// What is known, in one sentence or two, about the backup `name` that was answered with `failure`.
    pub fn sentence(&self, name: &str, failure: Option<&Failure>) -> String {
        let moment = self.at.map(text::exact_moment);
        match (self.kind, self.is_certain, &self.other) {
            (CauseKind::NameTaken, true, _) => match moment {
                Some(moment) => format!("A backup named '{name}' has existed since {moment}."),
                None => format!("A backup named '{name}' exists."),
            },
            (CauseKind::NameTaken, false, _) => {
                format!(
                    "A backup named '{name}' exists. Whether it was there before is not known, \
                     because the list could not be read then."
                )
            }
            (CauseKind::OtherRunning, is_certain, Some(other)) => {
                let is_likely = if is_certain { "was" } else { "was probably" };
                let what = if self.is_ours {
                    "triggered in this browser"
                } else {
                    "completed elsewhere"
                };
                let when = moment.map(|moment| format!(" at {moment}")).unwrap_or_default();
                format!("Another one {is_likely} running. '{other}' was {what}{when}.")
            }
            (CauseKind::OtherRunning, _, None) => {
                "Another one was probably running, begun elsewhere. The list is watched until it can be named."
                    .to_owned()
            }
            (CauseKind::NotKnown, _, _) => {
                let id = failure.and_then(Failure::tracking_id);
                let id = id
                    .map(|id| format!(" Give Azure support the tracking id '{id}'."))
                    .unwrap_or_default();
                format!("The cause is not known: neither a backup of this name nor another running one was found.{id}")
            }
        }
    }

    /// What can be done about it.
    pub fn advice(&self) -> &'static str {
        match (self.kind, self.is_certain) {
            (CauseKind::NameTaken, true) => "Choose another name.",
            (CauseKind::NameTaken, false) => "Look at the list before triggering it again.",
            (CauseKind::OtherRunning, _) => "Trigger it again once the other one is completed.",
            (CauseKind::NotKnown, _) => "Try again in a few minutes.",
        }
    }

    /// The problem in the words of the cause; code and request id stay those of the service's answer.
    pub fn explain(&self, problem: Problem, name: &str, failure: Option<&Failure>) -> Problem {
        Problem {
            reason: self.sentence(name, failure),
            advice: Some(self.advice().to_owned()),
            ..problem
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment() -> Timestamp {
        "2026-03-10T08:12:05Z".parse().expect("a moment")
    }

    #[test]
    fn certain_likely_and_unknown_differ_in_their_words() {
        let failure = Failure {
            code: "InternalServerError".to_owned(),
            message: "An unexpected error occured while processing the request. Tracking ID: '0a1b-2c'"
                .to_owned(),
            request_id: Some("r-1".to_owned()),
        };
        for (cause, expected) in [
            (
                Cause::name_taken(Some(moment()), true),
                "A backup named 'x' has existed since 10 Mar 2026, 08:12:05 UTC.",
            ),
            (Cause::name_taken(None, true), "A backup named 'x' exists."),
            (
                Cause::name_taken(Some(moment()), false),
                "A backup named 'x' exists. Whether it was there before is not known, because the list could not be \
                 read then.",
            ),
            (
                Cause::ours("y", moment(), true),
                "Another one was running. 'y' was triggered in this browser at 10 Mar 2026, 08:12:05 UTC.",
            ),
            (
                Cause::ours("y", moment(), false),
                "Another one was probably running. 'y' was triggered in this browser at 10 Mar 2026, 08:12:05 UTC.",
            ),
            (
                Cause::elsewhere(vec![]),
                "Another one was probably running, begun elsewhere. The list is watched until it can be named.",
            ),
            (
                Cause::appeared("z", Some(moment())),
                "Another one was probably running. 'z' was completed elsewhere at 10 Mar 2026, 08:12:05 UTC.",
            ),
            (
                Cause::not_known(),
                "The cause is not known: neither a backup of this name nor another running one was found. Give Azure \
                 support the tracking id '0a1b-2c'.",
            ),
        ] {
            let sentence = cause.sentence("x", Some(&failure)).replace('\u{a0}', " ");
            assert_eq!(sentence, expected);
        }
    }

    #[test]
    fn only_an_unnamed_other_is_watched_for() {
        for (cause, expected) in [
            (Cause::elsewhere(vec!["a".to_owned()]), true),
            (Cause::appeared("z", None), false),
            (Cause::ours("y", moment(), false), false),
            (Cause::name_taken(None, false), false),
            (Cause::not_known(), false),
        ] {
            assert_eq!(cause.is_watched(), expected, "{cause:?}");
        }
    }
}
