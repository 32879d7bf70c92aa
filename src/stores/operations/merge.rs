//! What another tab wrote, taken into what this one knows; pure.

use super::{Cause, Operation, OperationState};

/// What changes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// Nothing that anybody would see.
    Same,
    /// The entry; nothing is said about it.
    Changed,
    /// The entry, and there is something new to be kept in the bell.
    News,
}

/// Takes in what another tab wrote about an entry.
///
/// An end is never taken back, nor is a dismissal. Of two entries that have not ended the one written last counts.
pub fn merge(mine: &mut Operation, theirs: Operation) -> Merged {
    let is_dismissed = mine.is_dismissed || theirs.is_dismissed;
    let was_dismissed = mine.is_dismissed;
    let is_open = mine.cause.as_ref().is_some_and(Cause::is_watched);
    let says_more = theirs.has_ended() && is_open && theirs.cause != mine.cause;
    if mine.has_ended() && !says_more {
        mine.is_dismissed = is_dismissed;
        return if was_dismissed == is_dismissed {
            Merged::Same
        } else {
            Merged::Changed
        };
    }
    let is_news = is_news(&mine.progress, &theirs.progress);
    let follower = if theirs.has_ended() {
        // Whoever follows it here has nothing more to ask.
        mine.follower + 1
    } else {
        mine.follower
    };
    let is_stale = !theirs.has_ended();
    *mine = Operation {
        follower,
        is_stale,
        is_dismissed,
        ..theirs
    };
    if is_news { Merged::News } else { Merged::Changed }
}

/// Whether the way from one state to another is one that is said.
fn is_news(before: &OperationState, after: &OperationState) -> bool {
    std::mem::discriminant(before) != std::mem::discriminant(after)
        && match after {
            OperationState::Sent => false,
            // The answer to a lost one may be that it runs, which was said when it began.
            OperationState::Running { .. } => *before == OperationState::Sent,
            OperationState::Completed | OperationState::Failed(_) | OperationState::Unknown => true,
        }
}

#[cfg(test)]
mod tests {
    use arm_core::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::stores::operations::{Act, Failure};

    fn entry(progress: OperationState) -> Operation {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        let act = Act::TakeBackup { name: "b".to_owned() };
        let target = server.parse().expect("an id");
        let mut entry = Operation::about_to_start(Uuid::nil(), act, target, None, Timestamp::UNIX_EPOCH);
        match progress {
            OperationState::Completed | OperationState::Failed(_) => {
                entry.end(progress, Timestamp::UNIX_EPOCH)
            }
            other => entry.progress = other,
        }
        entry
    }

    fn running(status: &str) -> OperationState {
        OperationState::Running {
            status: status.to_owned(),
            percent: None,
        }
    }

    #[test]
    fn an_end_stays_an_end_and_news_are_what_is_said() {
        use OperationState::{Completed, Failed, Sent, Unknown};
        let failed = || Failed(Failure::default());
        for (mine, theirs, expected) in [
            (Sent, running("Accepted"), Merged::News),
            (Sent, Unknown, Merged::News),
            (Sent, Completed, Merged::News),
            (running("Accepted"), running("InProgress"), Merged::Changed),
            (running("InProgress"), Completed, Merged::News),
            (running("InProgress"), failed(), Merged::News),
            (running("InProgress"), Unknown, Merged::News),
            (Unknown, Unknown, Merged::Changed),
            (Unknown, running("InProgress"), Merged::Changed),
            (Unknown, Completed, Merged::News),
            (Completed, running("InProgress"), Merged::Same),
            (Completed, Unknown, Merged::Same),
            (Completed, Completed, Merged::Same),
            (failed(), Sent, Merged::Same),
        ] {
            let mut entry_of_mine = entry(mine.clone());
            let merged = merge(&mut entry_of_mine, entry(theirs.clone()));
            assert_eq!(merged, expected, "{mine:?} and then {theirs:?}");
            let after = if merged == Merged::Same { mine } else { theirs };
            assert_eq!(entry_of_mine.progress, after);
        }
    }

    #[test]
    fn an_end_stops_who_follows_and_a_later_state_makes_its_token_stale() {
        let mut mine = entry(running("Accepted"));
        merge(&mut mine, entry(running("InProgress")));
        assert_eq!((mine.follower, mine.is_stale), (0, true));
        merge(&mut mine, entry(OperationState::Completed));
        assert_eq!((mine.follower, mine.is_stale), (1, false));
    }

    #[test]
    fn what_was_dismissed_in_one_tab_is_dismissed_in_all() {
        let dismissed = Operation {
            is_dismissed: true,
            ..entry(OperationState::Completed)
        };
        let mut mine = entry(OperationState::Completed);
        assert_eq!(merge(&mut mine, dismissed.clone()), Merged::Changed);
        assert!(mine.is_dismissed);
        assert_eq!(merge(&mut mine, entry(OperationState::Completed)), Merged::Same);
        assert!(mine.is_dismissed, "and stays so");
    }

    #[test]
    fn a_cause_found_by_another_tab_completes_the_end() {
        let failed = |cause| Operation {
            cause: Some(cause),
            ..entry(OperationState::Failed(Failure::default()))
        };
        let mut mine = failed(Cause::elsewhere(vec![]));
        let named = Cause::appeared("z", None);
        assert_eq!(merge(&mut mine, failed(named.clone())), Merged::Changed);
        assert_eq!(mine.cause, Some(named));
    }
}
