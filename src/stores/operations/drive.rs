//! Starting and following one operation, told as events; no signals, no storage, no browser.

use std::{ops::ControlFlow, rc::Rc, time::Duration};

use arm_client::{
    ArmClient, ArmError, Backup, BackupName, Backups, InvalidBackupName, Poller, Progress, is_missing_backup,
    postgres::long_term_retention::LongTermBackup, storage::SasUri,
};
use serde::de::DeserializeOwned;

use super::{Act, Event, Operation, Pace, post_mortem::find, post_mortem::is_internal_server_error};

/// What hears the events of a drive, until it answers `Break`.
pub type Emit = Box<dyn FnMut(Event) -> ControlFlow<()>>;

/// All entries of the journal, as they are now.
pub type ReadJournal = Rc<dyn Fn() -> Vec<Operation>>;

/// Drives one operation to its end.
pub struct Drive {
    pub(super) client: ArmClient,
    pub(super) pace: Rc<dyn Pace>,
    pub(super) journal: ReadJournal,
    pub(super) emit: Emit,
    pub(super) operation: Operation,
    pub(super) name: BackupName,
    /// Where a long-term retention backup goes; given up once the request has been sent.
    pub(super) containers: Vec<SasUri>,
}

impl Drive {
    /// A drive of an entry of the journal.
    ///
    /// # Errors
    /// When the entry's name cannot be that of a backup.
    pub fn new(
        client: ArmClient,
        pace: Rc<dyn Pace>,
        journal: ReadJournal,
        emit: Emit,
        operation: Operation,
    ) -> Result<Self, InvalidBackupName> {
        let name = operation.act.backup_name().parse()?;
        Ok(Self {
            client,
            pace,
            journal,
            emit,
            operation,
            name,
            containers: Vec::new(),
        })
    }

    /// The same with the containers that a long-term retention backup is sent to.
    #[must_use]
    pub fn into_containers(mut self, containers: Vec<SasUri>) -> Self {
        self.containers = containers;
        self
    }

    /// Sends the request, once, and follows what it begins.
    pub async fn begin(self) {
        match self.operation.act {
            Act::TakeBackup { .. } => self.take_backup().await,
            Act::DeleteBackup { .. } => self.delete_backup().await,
            Act::LongTermBackup { .. } => self.back_up_long_term().await,
        }
    }

    /// Goes on where an earlier tab stopped; nothing is asked for again.
    pub async fn resume(mut self) {
        match self.operation.act {
            Act::TakeBackup { .. } => self.go_on::<Backup>().await,
            Act::DeleteBackup { .. } => self.go_on::<()>().await,
            Act::LongTermBackup { .. } => self.go_on::<LongTermBackup>().await,
        }
    }

    async fn take_backup(mut self) {
        if self.operation.was_there.is_none()
            && let Ok(list) = self.backups().list().await
        {
            let was_there = find(&list, self.name.as_str()).is_some();
            self.operation.was_there = Some(was_there);
            if self.tell(Event::LookedBefore(was_there)).is_break() {
                return;
            }
        }
        match self.backups().begin_create(&self.name).await {
            Ok(poller) => {
                if self
                    .tell(Event::Accepted(poller.continuation_token()))
                    .is_continue()
                {
                    self.follow(poller).await;
                }
            }
            // The request may have arrived although its answer did not: it is never sent again.
            Err(error) if error.may_have_begun() && is_internal_server_error(&error) => {
                self.refused_without_reason(error).await;
            }
            Err(error) => self.not_accepted(error).await,
        }
    }

    /// The client sends a deletion again while no answer comes: it converges.
    async fn delete_backup(mut self) {
        match self.backups().begin_delete(&self.name).await {
            Ok(mut poller) => {
                if matches!(poller.next().await, Ok(Progress::Finished)) {
                    let is_nothing_there = poller.began_with() == Some(204);
                    // Nothing follows an end, so it does not matter whether anybody still listens.
                    let _ = self.tell(if is_nothing_there {
                        Event::AlreadyGone
                    } else {
                        Event::Completed
                    });
                } else if self
                    .tell(Event::Accepted(poller.continuation_token()))
                    .is_continue()
                {
                    self.follow(poller).await;
                }
            }
            Err(error) if is_missing_backup(&error) => {
                let _ = self.tell(Event::AlreadyGone);
            }
            Err(error) => self.not_accepted(error).await,
        }
    }

    async fn go_on<T: DeserializeOwned>(&mut self) {
        if let Some(cause) = self.operation.cause.clone() {
            return self.watch(cause).await;
        }
        match self
            .operation
            .token
            .take()
            .map(|token| self.client.resume::<T>(&token))
        {
            Some(Ok(poller)) => self.follow(poller).await,
            Some(Err(error)) => {
                if self.tell(Event::Unknown(Some(error))).is_continue() {
                    self.look_for().await;
                }
            }
            None => {
                if self.pace.turn(Duration::ZERO).await.is_continue() {
                    self.look_for().await;
                }
            }
        }
    }

    pub(super) async fn not_accepted(&mut self, error: ArmError) {
        if error.may_have_begun() {
            if self.tell(Event::Unknown(Some(error))).is_continue() {
                self.look_for().await;
            }
        } else {
            // Nothing follows a refusal, so it does not matter whether anybody still listens.
            let _ = self.tell(Event::Refused(error, None));
        }
    }

    pub(super) async fn follow<T: DeserializeOwned>(&mut self, mut poller: Poller<T>) {
        let mut answer = poller.next().await;
        loop {
            let event = match answer {
                Ok(Progress::Running { status, percent }) => Event::Running {
                    status,
                    percent,
                    next_look_in: poller.next_poll_in(),
                    token: poller.continuation_token(),
                },
                Ok(Progress::Finished) => Event::Completed,
                Ok(Progress::Unknown) => Event::Unknown(None),
                Err(error @ ArmError::OperationFailed(_)) => return self.failed(&error).await,
                // Without a sign-in no look can succeed; the next one goes on from the journal.
                Err(error @ ArmError::SignInNeeded(_)) => {
                    let _ = self.tell(Event::NotAnswered(error));
                    return;
                }
                Err(error) if is_passing(&error) => Event::NotAnswered(error),
                Err(error) => Event::Unknown(Some(error)),
            };
            let goes_on = matches!(event, Event::Running { .. } | Event::NotAnswered(_));
            let is_unknown = matches!(event, Event::Unknown(_));
            if self.tell(event).is_break() {
                return;
            }
            if is_unknown {
                return self.look_for().await;
            }
            let wait = poller.next_poll_in().unwrap_or(Duration::ZERO);
            if !goes_on || self.pace.turn(wait).await.is_break() {
                return;
            }
            answer = poller.look().await;
        }
    }

    pub(super) fn backups(&self) -> Backups {
        self.client.backups(&self.operation.target)
    }

    pub(super) fn tell(&mut self, event: Event) -> ControlFlow<()> {
        (self.emit)(event)
    }
}

/// Whether asking again later makes sense.
pub(super) fn is_passing(error: &ArmError) -> bool {
    match error.cause() {
        ArmError::Transport(_) | ArmError::Unreadable(_) => true,
        ArmError::Service(service) => service.status >= 500 || matches!(service.status, 408 | 429),
        ArmError::OperationFailed(_) | ArmError::SignInNeeded(_) | ArmError::Exhausted(_) => false,
    }
}
