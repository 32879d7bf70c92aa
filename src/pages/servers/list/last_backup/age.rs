//! Whether a last backup is older than it should be; pure.

use arm_client::ServerState;
use arm_core::Timestamp;
use chrono::TimeDelta;

use crate::text;

/// Azure takes an automatic backup a day (Microsoft's page *Backup and restore in Azure Database for PostgreSQL*); after two days one is missing.
const ONE_IS_MISSING: TimeDelta = TimeDelta::days(2);

/// Why a last backup of that age needs a look, if it does.
pub fn warning(
    completed: Timestamp,
    now: Timestamp,
    retention_days: Option<u32>,
    state: Option<&ServerState>,
) -> Option<String> {
    let age = now - completed;
    if age <= ONE_IS_MISSING {
        return None;
    }
    if state == Some(&ServerState::Stopped) {
        return Some("A stopped server gets no new backups.".to_owned());
    }
    let retention = retention_days.filter(|days| age > TimeDelta::days((*days).into()));
    Some(match retention {
        Some(days) => format!(
            "Older than the backup retention of {}.",
            text::count(days as usize, "day")
        ),
        None => "Azure takes a backup a day; one is missing.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_of_yesterday_is_fine_and_an_older_one_is_explained() {
        let now: Timestamp = "2026-03-12T09:41:00Z".parse().expect("a moment");
        let stopped = Some(ServerState::Stopped);
        for (hours, retention, state, expected) in [
            (1, Some(7), None, None),
            (47, Some(7), Some(ServerState::Ready), None),
            (48, Some(7), None, None),
            (47, Some(7), stopped.clone(), None),
            (-1, Some(7), None, None),
            (
                49,
                Some(7),
                None,
                Some("Azure takes a backup a day; one is missing."),
            ),
            (
                49,
                None,
                None,
                Some("Azure takes a backup a day; one is missing."),
            ),
            (
                7 * 24 + 1,
                Some(7),
                None,
                Some("Older than the backup retention of 7 days."),
            ),
            (
                69 * 24,
                Some(7),
                stopped,
                Some("A stopped server gets no new backups."),
            ),
        ] {
            let completed = now - TimeDelta::hours(hours);
            let said = warning(completed, now, retention, state.as_ref());
            assert_eq!(said.as_deref(), expected, "{hours} {retention:?} {state:?}");
        }
    }
}
