//! A long-term retention backup: begun once, and then followed where Azure lists it.

use std::mem;

use arm_client::{
    Progress,
    postgres::long_term_retention::{ExecutionStatus, LongTermBackup, LongTermBackupName},
};
use chrono::TimeDelta;

use super::{Asked, Drive, Event, Failure, look::BETWEEN_LOOKS};

/// By how much this computer's clock may be ahead of Azure's.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(10);

impl Drive {
    /// Sends the request once; the containers go with it and are kept nowhere.
    pub(super) async fn back_up_long_term(mut self) {
        let Some(name) = self.long_term_name() else { return };
        let Asked::Containers(containers) = mem::replace(&mut self.asked, Asked::Nothing) else {
            return;
        };
        let retention = self.client.long_term_retention(&self.operation.target);
        let begun = retention.begin(&name, &containers).await;
        drop(containers);
        match begun {
            Ok(mut poller) => {
                if self.tell(Event::Accepted(poller.continuation_token())).is_break() {
                    return;
                }
                // A start that is answered at once (200) leaves nothing to poll, and is no end (the document).
                if poller.continuation_token().is_none()
                    && matches!(poller.next().await, Ok(Progress::Unknown))
                {
                    return self.look_for_long_term().await;
                }
                self.follow(poller).await;
            }
            Err(error) => self.not_accepted(error).await,
        }
    }

    /// Reads the backup itself until it has ended, which its status alone tells.
    pub(super) async fn look_for_long_term(&mut self) {
        let Some(name) = self.long_term_name() else { return };
        let retention = self.client.long_term_retention(&self.operation.target);
        self.look_until_it_ends(async |drive| {
            let backup = retention.operation(&name).await?;
            Ok(if drive.is_earlier(&backup) {
                Event::Unknown(None)
            } else {
                read(&backup)
            })
        })
        .await;
    }

    /// Whether the backup of this name is one that was begun before this request.
    fn is_earlier(&self, backup: &LongTermBackup) -> bool {
        let asked = self.operation.started - CLOCKS_DIFFER;
        backup.start_time.is_some_and(|started| started < asked)
    }

    /// A name in the journal that can be none of such a backup is left alone.
    fn long_term_name(&self) -> Option<LongTermBackupName> {
        self.operation.act.backup_name()?.parse().ok()
    }
}

/// What a backup says of itself.
fn read(backup: &LongTermBackup) -> Event {
    match &backup.status {
        Some(ExecutionStatus::Succeeded) => Event::Completed,
        Some(status) if status.has_ended() => {
            let failure = Failure {
                code: backup.error_code.clone().unwrap_or_else(|| status.to_string()),
                message: backup
                    .error_message
                    .clone()
                    .unwrap_or_else(|| "Azure gives no reason.".to_owned()),
                request_id: None,
            };
            Event::Failed(failure, None)
        }
        status => Event::Running {
            status: status.as_ref().map(ToString::to_string).unwrap_or_default(),
            percent: backup.percent_complete,
            next_look_in: Some(BETWEEN_LOOKS),
            token: None,
        },
    }
}
