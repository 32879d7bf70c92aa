//! What an event changes in an entry, and what is said about it; pure.

use arm_core::Timestamp;

use super::{Event, Failure, Operation, OperationState, words::Words};
use crate::stores::notifications::Intent;

/// Takes an event in; gives the notification, if there is one.
pub fn apply(
    operation: &mut Operation,
    event: Event,
    now: Timestamp,
    was_unknown: bool,
) -> Option<(Intent, Words)> {
    match event {
        Event::Accepted(token) => {
            operation.token = token;
            operation.progress = OperationState::Running {
                status: "Accepted".to_owned(),
                percent: None,
            };
            Some((Intent::Info, operation.initiated()))
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
            None
        }
        Event::NotAnswered(error) => {
            operation.problem = Some(error);
            None
        }
        Event::Completed => {
            operation.end(OperationState::Completed, now);
            Some((Intent::Success, operation.completed()))
        }
        Event::AlreadyGone => {
            operation.end(OperationState::Completed, now);
            Some((Intent::Info, operation.already_gone()))
        }
        Event::Failed(error) => {
            let failure = Failure::from(&error);
            let words = operation.failed(&failure);
            operation.end(OperationState::Failed(failure), now);
            Some((Intent::Error, words))
        }
        Event::Unknown(error) => {
            operation.progress = OperationState::Unknown;
            operation.next_look = None;
            operation.problem = error;
            (!was_unknown).then(|| (Intent::Warning, operation.unknown()))
        }
        Event::Refused(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::stores::operations::Act;

    fn running() -> Operation {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        let act = Act::TakeBackup { name: "b".to_owned() };
        Operation::about_to_start(
            Uuid::nil(),
            act,
            server.parse().expect("an id"),
            vec![],
            Timestamp::UNIX_EPOCH,
        )
    }

    #[test]
    fn an_unknown_outcome_is_said_once_and_is_no_end() {
        let mut operation = running();
        let first = apply(&mut operation, Event::Unknown(None), Timestamp::UNIX_EPOCH, false);
        assert_eq!(first.map(|(intent, _)| intent), Some(Intent::Warning));
        assert!(!operation.has_ended(), "unknown is never an end");
        let second = apply(&mut operation, Event::Unknown(None), Timestamp::UNIX_EPOCH, true);
        assert!(second.is_none(), "said twice");
    }

    #[test]
    fn an_end_drops_the_signed_url() {
        let mut operation = running();
        apply(&mut operation, Event::Completed, Timestamp::UNIX_EPOCH, false);
        assert!(operation.token.is_none());
        assert_eq!(operation.progress, OperationState::Completed);
    }
}
