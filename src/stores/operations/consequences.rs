//! What an event changes in an entry, and what is said about it; pure.

use arm_core::Timestamp;

use super::{Event, Failure, Operation, OperationState, words::Words};
use crate::stores::notifications::Intent;

/// What is said about an event.
pub enum News {
    /// A notification.
    Said(Intent, Words),
    /// Better words for the last notification about this operation.
    Amended(Words),
}

/// Takes an event in; gives what is said about it, if anything is.
pub fn apply(operation: &mut Operation, event: Event, now: Timestamp) -> Option<News> {
    let was_unknown = operation.progress == OperationState::Unknown;
    match event {
        Event::LookedBefore(was_there) => {
            operation.was_there = Some(was_there);
            return None;
        }
        Event::JobsBefore(newest) => {
            operation.newest_job = Some(newest);
            return None;
        }
        Event::JobStarted(job) => {
            operation.job = Some(job);
            // The job alone is asked from now on, for hours maybe: the signed URL has no use any more.
            operation.token = None;
            return None;
        }
        Event::Accepted(token) => {
            operation.token = token;
            operation.progress = OperationState::Running {
                status: "Accepted".to_owned(),
                percent: None,
            };
            return Some(News::Said(Intent::Info, operation.initiated()));
        }
        Event::Running {
            status,
            percent,
            next_look_in,
            token,
        } => {
            operation.token = token.or(operation.token.take());
            operation.progress = OperationState::Running { status, percent };
            operation.next_look = next_look_in.map(|wait| now + wait);
            operation.problem = None;
            return None;
        }
        Event::NotAnswered(error) => {
            operation.problem = Some(error);
            return None;
        }
        Event::Refused(..) => return None,
        Event::Explained(cause) => {
            operation.cause = Some(cause);
            return operation.said().map(|(_, words)| News::Amended(words));
        }
        Event::Unknown(error) => {
            operation.progress = OperationState::Unknown;
            operation.next_look = None;
            operation.problem = error;
        }
        Event::Open(error, cause) => {
            operation.answer = Some(Failure::from(&error));
            operation.cause = Some(cause);
            operation.progress = OperationState::Unknown;
            operation.problem = Some(error);
        }
        Event::Completed => operation.end(OperationState::Completed, now),
        Event::Warned(warning) => {
            operation.warning = Some(warning);
            operation.end(OperationState::Completed, now);
        }
        Event::Found(completed) => {
            operation.found = completed;
            operation.cause = None;
            operation.end(OperationState::Completed, now);
        }
        Event::AlreadyGone => {
            operation.was_there = Some(false);
            operation.end(OperationState::Completed, now);
        }
        Event::Cancelled(failure) => {
            operation.is_cancelled = true;
            operation.end(OperationState::Failed(failure), now);
        }
        Event::Failed(failure, cause) => {
            operation.cause = cause;
            operation.end(OperationState::Failed(failure), now);
        }
    }
    let is_news = operation.has_ended() || !was_unknown;
    let said = operation.said().filter(|_| is_news);
    said.map(|(intent, words)| News::Said(intent, words))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::stores::operations::{Act, Cause};

    fn running() -> Operation {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        let act = Act::TakeBackup { name: "b".to_owned() };
        Operation::about_to_start(
            Uuid::nil(),
            act,
            server.parse().expect("an id"),
            None,
            Timestamp::UNIX_EPOCH,
        )
    }

    fn said(news: Option<News>) -> Option<(Intent, &'static str)> {
        match news {
            Some(News::Said(intent, words)) => Some((intent, words.title)),
            Some(News::Amended(_)) | None => None,
        }
    }

    #[test]
    fn an_unknown_outcome_is_said_once_and_is_no_end() {
        let mut operation = running();
        let first = said(apply(&mut operation, Event::Unknown(None), Timestamp::UNIX_EPOCH));
        assert_eq!(first.map(|(intent, _)| intent), Some(Intent::Warning));
        assert!(!operation.has_ended(), "unknown is never an end");
        let second = apply(&mut operation, Event::Unknown(None), Timestamp::UNIX_EPOCH);
        assert!(second.is_none(), "said twice");
    }

    #[test]
    fn an_end_drops_the_signed_url() {
        let mut operation = running();
        apply(&mut operation, Event::Completed, Timestamp::UNIX_EPOCH);
        assert!(operation.token.is_none());
        assert_eq!(operation.progress, OperationState::Completed);
    }

    #[test]
    fn an_end_is_said_however_long_it_was_unknown() {
        for (event, expected) in [
            (
                Event::Found(None),
                (Intent::Success, "On-demand backup completed"),
            ),
            (
                Event::Failed(Failure::default(), None),
                (Intent::Error, "On-demand backup failed"),
            ),
        ] {
            let mut operation = running();
            apply(&mut operation, Event::Unknown(None), Timestamp::UNIX_EPOCH);
            assert_eq!(
                said(apply(&mut operation, event, Timestamp::UNIX_EPOCH)),
                Some(expected)
            );
        }
    }

    #[test]
    fn what_is_found_out_later_completes_what_was_said() {
        let mut operation = running();
        let failure = Failure {
            code: "InternalServerError".to_owned(),
            ..Failure::default()
        };
        let now = Timestamp::UNIX_EPOCH;
        apply(
            &mut operation,
            Event::Failed(failure, Some(Cause::elsewhere(vec![]))),
            now,
        );
        assert!(operation.is_explained_later(now));
        let amended = apply(&mut operation, Event::Explained(Cause::appeared("z", None)), now);
        let Some(News::Amended(words)) = amended else {
            panic!("nothing was amended")
        };
        assert!(
            words.body.ends_with("'z' was completed elsewhere."),
            "{}",
            words.body
        );
        assert!(!operation.is_explained_later(now), "it is named now");
    }
}
