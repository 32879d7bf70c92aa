//! Starting and following one operation, told as events; no signals, no storage, no browser.

use std::{ops::ControlFlow, rc::Rc, time::Duration};

use arm_client::{
    ArmClient, ArmError, Backup, BackupName, Backups, Poller, Progress, data_protection::RestoreRequest,
    is_missing_backup, postgres::long_term_retention::LongTermBackup, storage::SasUri,
};
use serde::de::DeserializeOwned;

use super::{
    Act, Event, Operation, Pace, ProtectionRequest, post_mortem::find, post_mortem::is_internal_server_error,
};

/// What hears the events of a drive, until it answers `Break`.
pub type Emit = Box<dyn FnMut(Event) -> ControlFlow<()>>;

/// All entries of the journal, as they are now.
pub type ReadJournal = Rc<dyn Fn() -> Vec<Operation>>;

/// What goes into a request beside the name of its target, and is written down nowhere.
pub enum Asked {
    /// Nothing.
    Nothing,
    /// Where a long-term retention backup goes.
    Containers(Vec<SasUri>),
    /// What is done with a backup instance.
    Protection(ProtectionRequest),
    /// What is restored, and where to.
    Restore(Box<RestoreRequest>),
}

/// Drives one operation to its end.
pub struct Drive {
    pub(super) client: ArmClient,
    pub(super) pace: Rc<dyn Pace>,
    pub(super) journal: ReadJournal,
    pub(super) emit: Emit,
    pub(super) operation: Operation,
    pub(super) asked: Asked,
}

impl Drive {
    /// A drive of an entry of the journal.
    pub fn new(
        client: ArmClient,
        pace: Rc<dyn Pace>,
        journal: ReadJournal,
        emit: Emit,
        operation: Operation,
    ) -> Self {
        Self {
            client,
            pace,
            journal,
            emit,
            operation,
            asked: Asked::Nothing,
        }
    }

    /// The same with what goes into its request.
    #[must_use]
    pub fn asking(mut self, asked: Asked) -> Self {
        self.asked = asked;
        self
    }

    /// Sends the request, once, and follows what it begins.
    pub async fn begin(self) {
        match self.operation.act {
            Act::TakeBackup { .. } => self.take_backup().await,
            Act::DeleteBackup { .. } => self.delete_backup().await,
            Act::LongTermBackup { .. } => self.back_up_long_term().await,
            Act::Protection { .. } => self.protect().await,
            Act::Restore { .. } => self.restore().await,
        }
    }

    /// Goes on where an earlier tab stopped; nothing is asked for again.
    pub async fn resume(mut self) {
        match self.operation.act {
            Act::TakeBackup { .. } => self.go_on_to_its_end::<Backup>().await,
            Act::DeleteBackup { .. } => self.go_on_to_its_end::<()>().await,
            Act::LongTermBackup { .. } => self.go_on_to_its_end::<LongTermBackup>().await,
            Act::Protection { kind, .. } => self.go_on_protecting(kind).await,
            Act::Restore { .. } => self.go_on_to_job().await,
        }
    }

    async fn take_backup(mut self) {
        // Only a name that was typed here is sent; one in the journal that is none is left alone.
        let Some(name) = self.backup_name() else { return };
        if self.operation.was_there.is_none()
            && let Ok(list) = self.backups().list().await
        {
            let was_there = find(&list, name.as_str()).is_some();
            self.operation.was_there = Some(was_there);
            if self.tell(Event::LookedBefore(was_there)).is_break() {
                return;
            }
        }
        match self.backups().begin_create(&name).await {
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
        let Some(name) = self.backup_name() else { return };
        match self.backups().begin_delete(&name).await {
            Ok(poller) => self.deletion_begun(poller).await,
            Err(error) if is_missing_backup(&error) => {
                let _ = self.tell(Event::AlreadyGone);
            }
            Err(error) => self.not_accepted(error).await,
        }
    }

    /// A deletion may be over at once, and then tells whether there was anything to delete.
    pub(super) async fn deletion_begun(&mut self, mut poller: Poller<()>) {
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

    pub(super) async fn go_on_to_its_end<T: DeserializeOwned>(&mut self) {
        if self.go_on::<T>().await.is_some() {
            let _ = self.tell(Event::Completed);
        }
    }

    /// Goes on with the token, or else by looking; gives the poller of an operation that has succeeded.
    pub(super) async fn go_on<T: DeserializeOwned>(&mut self) -> Option<Poller<T>> {
        if let Some(cause) = self.operation.cause.clone() {
            self.watch(cause).await;
            return None;
        }
        let token = self.operation.token.take();
        match token.map(|token| self.client.resume::<T>(&token)) {
            Some(Ok(poller)) => return self.follow_until_done(poller).await,
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
        None
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

    pub(super) async fn follow<T: DeserializeOwned>(&mut self, poller: Poller<T>) {
        if self.follow_until_done(poller).await.is_some() {
            let _ = self.tell(Event::Completed);
        }
    }

    /// Follows an operation; gives its poller once it has succeeded, and tells everything else.
    pub(super) async fn follow_until_done<T: DeserializeOwned>(
        &mut self,
        mut poller: Poller<T>,
    ) -> Option<Poller<T>> {
        let mut answer = poller.next().await;
        loop {
            let event = match answer {
                Ok(Progress::Running { status, percent }) => Event::Running {
                    status,
                    percent,
                    next_look_in: poller.next_poll_in(),
                    token: poller.continuation_token(),
                },
                Ok(Progress::Finished) => return Some(poller),
                Ok(Progress::Unknown) => Event::Unknown(None),
                Err(error @ ArmError::OperationFailed(_)) => {
                    self.failed(&error).await;
                    return None;
                }
                // Without a sign-in no look can succeed; the next one goes on from the journal.
                Err(error @ ArmError::SignInNeeded(_)) => {
                    let _ = self.tell(Event::NotAnswered(error));
                    return None;
                }
                Err(error) if is_passing(&error) => Event::NotAnswered(error),
                Err(error) => Event::Unknown(Some(error)),
            };
            let is_unknown = matches!(event, Event::Unknown(_));
            if self.tell(event).is_break() {
                return None;
            }
            if is_unknown {
                self.look_for().await;
                return None;
            }
            let wait = poller.next_poll_in().unwrap_or(Duration::ZERO);
            if self.pace.turn(wait).await.is_break() {
                return None;
            }
            answer = poller.look().await;
        }
    }

    pub(super) fn backup_name(&self) -> Option<BackupName> {
        self.operation.act.backup_name()?.parse().ok()
    }

    pub(super) fn backups(&self) -> Backups {
        self.client.backups(&self.operation.target)
    }

    pub(super) fn tell(&mut self, event: Event) -> ControlFlow<()> {
        (self.emit)(event)
    }
}

/// Whether asking again later makes sense.
pub fn is_passing(error: &ArmError) -> bool {
    match error.cause() {
        ArmError::Transport(_) | ArmError::Unreadable(_) => true,
        ArmError::Service(service) => service.status >= 500 || matches!(service.status, 408 | 429),
        ArmError::OperationFailed(_) | ArmError::SignInNeeded(_) | ArmError::Exhausted(_) => false,
    }
}
