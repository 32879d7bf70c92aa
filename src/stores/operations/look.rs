//! Looking at the service itself where its answers say nothing: for a backup, and for what was in its way.

use std::time::Duration;

use arm_client::{ArmError, Backup, Poller, Progress, is_missing_backup};

use super::{
    Act, Cause, Drive, Event, Failure, Operation, OperationState,
    drive::is_passing,
    entry::WATCHED_FOR,
    post_mortem::{Evidence, Finding, Suspect, appeared, find, is_internal_server_error, judge, suspects},
};

/// How long an operation without a readable polling URL is looked for before the user is asked to look again.
const LOOKING_FOR: Duration = Duration::from_secs(15 * 60);
/// The pause between two looks.
pub(super) const BETWEEN_LOOKS: Duration = Duration::from_secs(15);

impl Drive {
    /// Looks at the service itself: a backup appears in it once it is finished (reference A2), and is there until
    /// its deletion has ended.
    pub(super) async fn look_for(&mut self) {
        match self.operation.act {
            Act::TakeBackup { .. } | Act::DeleteBackup { .. } => {}
            Act::LongTermBackup { .. } => return self.look_for_long_term().await,
            Act::Protection { kind, .. } => return self.look_for_protection(kind).await,
            Act::Restore { .. } => return self.look_for_job().await,
        }
        let Some(name) = self.backup_name() else { return };
        let is_taken = matches!(self.operation.act, Act::TakeBackup { .. });
        let until = self.pace.now() + LOOKING_FOR;
        while self.pace.now() < until {
            let event = match self.backups().look_for(&name).await {
                Ok(Some(backup)) if is_taken => self.found(&backup),
                Ok(None) if !is_taken => Event::Completed,
                Ok(_) => Event::Unknown(None),
                // Without a sign-in no look can succeed; the next one goes on from the journal.
                Err(error @ ArmError::SignInNeeded(_)) => Event::NotAnswered(error),
                Err(error) => Event::Unknown(Some(error)),
            };
            let goes_on = matches!(event, Event::Unknown(_));
            if self.tell(event).is_break() || !goes_on || self.pace.turn(BETWEEN_LOOKS).await.is_break() {
                return;
            }
        }
    }

    /// Looks again and again until an end is seen, or nothing could be learned for a quarter of an hour.
    pub(super) async fn look_until_it_ends(
        &mut self,
        mut look: impl AsyncFnMut(&Self) -> Result<Event, ArmError>,
    ) {
        let mut until = self.pace.now() + WATCHED_FOR;
        loop {
            let event = match look(self).await {
                Ok(event) => event,
                // Without a sign-in no look can succeed; the next one goes on from the journal.
                Err(error @ ArmError::SignInNeeded(_)) => {
                    let _ = self.tell(Event::NotAnswered(error));
                    return;
                }
                Err(error) if is_passing(&error) => Event::NotAnswered(error),
                // What is not there yet may come.
                Err(error) if is_missing_backup(&error) => Event::Unknown(None),
                Err(error) => Event::Unknown(Some(error)),
            };
            let (mut goes_on, mut wait) = (true, BETWEEN_LOOKS);
            match &event {
                Event::Running { next_look_in, .. } => {
                    until = self.pace.now() + WATCHED_FOR;
                    wait = next_look_in.unwrap_or(wait);
                }
                Event::Unknown(_) => goes_on = self.pace.now() < until,
                Event::NotAnswered(_) => {}
                // An end, or something else to look at.
                _ => goes_on = false,
            }
            if self.tell(event).is_break() || !goes_on || self.pace.turn(wait).await.is_break() {
                return;
            }
        }
    }

    /// A backup of this name is there: it is this request's only if it was not there before (auth #64, #65).
    fn found(&self, backup: &Backup) -> Event {
        match self.operation.was_there {
            Some(false) => Event::Found(backup.completed_time),
            Some(true) => {
                let cause = Cause::name_taken(backup.completed_time, true);
                Event::Failed(self.operation.answer.clone().unwrap_or_default(), Some(cause))
            }
            None => Event::Explained(Cause::name_taken(backup.completed_time, false)),
        }
    }

    /// The operation has failed.
    pub(super) async fn failed(&mut self, error: &ArmError) {
        let is_asked_why =
            matches!(self.operation.act, Act::TakeBackup { .. }) && is_internal_server_error(error);
        let cause = if is_asked_why {
            match self.post_mortem(false).await {
                Finding::Nothing(cause) | Finding::Open(cause) => Some(cause),
                Finding::Taken(_) => None,
            }
        } else {
            None
        };
        let failure = Failure::from(error);
        self.operation.progress = OperationState::Failed(failure.clone());
        if self.tell(Event::Failed(failure, cause.clone())).is_continue()
            && let Some(cause) = cause
        {
            self.watch(cause).await;
        }
    }

    /// The request itself was answered with InternalServerError: that may be because nothing can begin now, or after
    /// it has begun.
    pub(super) async fn refused_without_reason(&mut self, error: ArmError) {
        match self.post_mortem(true).await {
            // Nothing follows an end, so it does not matter whether anybody still listens.
            Finding::Taken(completed) => {
                let _ = self.tell(Event::Found(completed));
            }
            Finding::Nothing(cause) => {
                let _ = self.tell(Event::Refused(error, Some(cause)));
            }
            Finding::Open(cause) => {
                self.operation.answer = Some(Failure::from(&error));
                self.operation.progress = OperationState::Unknown;
                if self.tell(Event::Open(error, cause.clone())).is_continue() {
                    self.watch(cause).await;
                }
            }
        }
    }

    /// Looks at the list, and asks after the other backups of this browser.
    async fn post_mortem(&mut self, is_refused: bool) -> Finding {
        let list = self.backups().list().await.ok();
        let mut others = Vec::new();
        for other in suspects(&self.operation, (self.journal)()) {
            others.push(Suspect {
                name: other.act.backup_name().unwrap_or_default().to_owned(),
                triggered: other.started,
                is_running: self.is_running(&other).await,
            });
        }
        judge(&Evidence {
            name: self.operation.act.backup_name().unwrap_or_default(),
            is_refused,
            was_there: self.operation.was_there,
            list: list.as_deref(),
            suspects: &others,
        })
    }

    /// Whether the service says now that an operation of the journal is running; what the journal says may be old.
    async fn is_running(&self, other: &Operation) -> bool {
        let Some(token) = other.token.as_ref().filter(|_| !other.has_ended()) else {
            return false;
        };
        let poller: Result<Poller<Backup>, _> = self.client.resume(token);
        match poller {
            Ok(mut poller) => matches!(poller.look().await, Ok(Progress::Running { .. })),
            Err(_) => false,
        }
    }

    /// Watches the list until the backup itself appears in it, which was taken after all then, or the one that was in
    /// its way; once it has failed, only for the latter.
    pub(super) async fn watch(&mut self, cause: Cause) {
        let has_failed = matches!(self.operation.progress, OperationState::Failed(_));
        if has_failed && !cause.is_watched() {
            return;
        }
        let Some(name) = self.backup_name() else { return };
        let until = self.operation.ended.unwrap_or_else(|| self.pace.now()) + WATCHED_FOR;
        while self.pace.now() < until {
            if self.pace.turn(BETWEEN_LOOKS).await.is_break() {
                return;
            }
            let list = match self.backups().list().await {
                Ok(list) => list,
                Err(error @ ArmError::SignInNeeded(_)) => {
                    let _ = self.tell(Event::NotAnswered(error));
                    return;
                }
                Err(_) => continue,
            };
            if let Some(backup) = find(&list, name.as_str()) {
                let found = if has_failed {
                    // It was not there at the failure: it was being taken, under the same name.
                    Event::Explained(Cause::name_taken(backup.completed_time, true))
                } else {
                    self.found(backup)
                };
                let _ = self.tell(found);
                return;
            }
            if cause.is_watched()
                && let Some(other) = appeared(&list, &cause.seen, name.as_str())
            {
                let cause = Cause::appeared(&other.name, other.completed_time);
                let _ = self.tell(if has_failed {
                    Event::Explained(cause)
                } else {
                    Event::Failed(self.operation.answer.clone().unwrap_or_default(), Some(cause))
                });
                return;
            }
        }
        if cause.is_watched() {
            let _ = self.tell(Event::Explained(Cause::not_known()));
        }
    }
}
