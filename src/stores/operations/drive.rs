//! Starting and following one operation, told as events; no signals, no storage, no browser.

use std::{ops::ControlFlow, rc::Rc, time::Duration};

use arm_client::{ArmClient, ArmError, Backup, BackupName, ContinuationToken, Poller, Progress};
use arm_core::{Clock, ResourceId};
use serde::de::DeserializeOwned;

use super::Act;

/// How long an operation without a readable polling URL is looked for before the user is asked to look again.
const LOOKING_FOR: Duration = Duration::from_secs(15 * 60);
/// The pause between two such looks.
const BETWEEN_LOOKS: Duration = Duration::from_secs(15);

/// What happens to an operation, in the order in which it happens.
#[derive(Clone)]
pub enum Event {
    /// The service took the request; the token, where there is one, is how to go on asking.
    Accepted(Option<ContinuationToken>),
    /// The service says how far it is, and when it is asked next.
    Running {
        /// The service's own word.
        status: String,
        /// How much is done.
        percent: Option<f64>,
        /// The wait before the next look.
        next_look_in: Option<Duration>,
        /// How to go on asking.
        token: Option<ContinuationToken>,
    },
    /// A look gave no answer; the operation is not affected, and is looked at again.
    NotAnswered(ArmError),
    /// It is done.
    Completed,
    /// There was nothing to do: what is to be deleted is not there.
    AlreadyGone,
    /// The service says that it failed.
    Failed(ArmError),
    /// Nobody can say; the error, where there is one, is why.
    Unknown(Option<ArmError>),
    /// The service refused the request: nothing has begun.
    Refused(ArmError),
}

/// What the backups of the server show once an operation is done, however its own answers were lost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Appears,
    Disappears,
}

/// Drives one operation to its end.
pub struct Drive<F> {
    client: ArmClient,
    clock: Rc<dyn Clock>,
    emit: F,
}

impl<F: FnMut(Event) -> ControlFlow<()>> Drive<F> {
    /// A drive that tells `emit` what happens, until it answers `Break`.
    pub fn new(client: ArmClient, clock: Rc<dyn Clock>, emit: F) -> Self {
        Self { client, clock, emit }
    }

    /// Asks for an on-demand backup, once, and follows it.
    pub async fn take_backup(mut self, server: &ResourceId, name: &BackupName) {
        match self.client.backups(server).begin_create(name).await {
            Ok(poller) => {
                if (self.emit)(Event::Accepted(poller.continuation_token())).is_continue() {
                    self.follow(poller, server, name, Sign::Appears).await;
                }
            }
            // The request may have arrived although its answer did not: it is never sent again.
            Err(error) => self.not_accepted(error, server, name, Sign::Appears).await,
        }
    }

    /// Asks for the deletion of an on-demand backup, and follows it.
    ///
    /// The client sends it again while no answer comes: it converges.
    pub async fn delete_backup(mut self, server: &ResourceId, name: &BackupName) {
        match self.client.backups(server).begin_delete(name).await {
            Ok(mut poller) => {
                // An end that is known before anything is asked is the 204 for a name that no backup has.
                if matches!(poller.next().await, Ok(Progress::Finished)) {
                    // Nothing follows, so it does not matter whether anybody still listens.
                    let _ = (self.emit)(Event::AlreadyGone);
                } else if (self.emit)(Event::Accepted(poller.continuation_token())).is_continue() {
                    self.follow(poller, server, name, Sign::Disappears).await;
                }
            }
            Err(error) => self.not_accepted(error, server, name, Sign::Disappears).await,
        }
    }

    /// Goes on where an earlier tab stopped; nothing is asked for again.
    pub async fn resume(
        mut self,
        act: &Act,
        server: &ResourceId,
        name: &BackupName,
        token: Option<&ContinuationToken>,
    ) {
        match act {
            Act::TakeBackup { .. } => self.go_on::<Backup>(server, name, token, Sign::Appears).await,
            Act::DeleteBackup { .. } => self.go_on::<()>(server, name, token, Sign::Disappears).await,
        }
    }

    async fn go_on<T: DeserializeOwned>(
        &mut self,
        server: &ResourceId,
        name: &BackupName,
        token: Option<&ContinuationToken>,
        sign: Sign,
    ) {
        let poller = token.map(|token| self.client.resume::<T>(token));
        match poller {
            Some(Ok(poller)) => self.follow(poller, server, name, sign).await,
            Some(Err(error)) => {
                if (self.emit)(Event::Unknown(Some(error))).is_continue() {
                    self.look_for(server, name, sign).await;
                }
            }
            None => self.look_for(server, name, sign).await,
        }
    }

    async fn not_accepted(&mut self, error: ArmError, server: &ResourceId, name: &BackupName, sign: Sign) {
        if error.may_have_begun() {
            if (self.emit)(Event::Unknown(Some(error))).is_continue() {
                self.look_for(server, name, sign).await;
            }
        } else {
            // Nothing follows a refusal, so it does not matter whether anybody still listens.
            let _ = (self.emit)(Event::Refused(error));
        }
    }

    async fn follow<T: DeserializeOwned>(
        &mut self,
        mut poller: Poller<T>,
        server: &ResourceId,
        name: &BackupName,
        sign: Sign,
    ) {
        loop {
            let event = match poller.next().await {
                Ok(Progress::Running { status, percent }) => Event::Running {
                    status,
                    percent,
                    next_look_in: poller.next_poll_in(),
                    token: poller.continuation_token(),
                },
                Ok(Progress::Finished) => Event::Completed,
                Ok(Progress::Unknown) => Event::Unknown(None),
                Err(error @ ArmError::OperationFailed(_)) => Event::Failed(error),
                Err(error) if is_passing(&error) => Event::NotAnswered(error),
                Err(error) => Event::Unknown(Some(error)),
            };
            let goes_on = matches!(event, Event::Running { .. } | Event::NotAnswered(_));
            let is_unknown = matches!(event, Event::Unknown(_));
            if (self.emit)(event).is_break() {
                return;
            }
            if is_unknown {
                return self.look_for(server, name, sign).await;
            }
            if !goes_on {
                return;
            }
        }
    }

    /// Looks at the service itself: a backup appears in it once it is finished (reference A2), and is there until
    /// its deletion has ended.
    async fn look_for(&mut self, server: &ResourceId, name: &BackupName, sign: Sign) {
        let until = self.clock.now() + LOOKING_FOR;
        while self.clock.now() < until {
            let event = match self.client.backups(server).look_for(name).await {
                Ok(found) if found.is_some() == (sign == Sign::Appears) => Event::Completed,
                Ok(_) => Event::Unknown(None),
                Err(error) => Event::Unknown(Some(error)),
            };
            // Without a sign-in no look can succeed; the next one resumes from the journal.
            let is_over = matches!(
                &event,
                Event::Completed | Event::Unknown(Some(ArmError::SignInNeeded(_)))
            );
            if (self.emit)(event).is_break() || is_over {
                return;
            }
            self.clock.sleep(BETWEEN_LOOKS).await;
        }
    }
}

/// Whether asking again later makes sense.
fn is_passing(error: &ArmError) -> bool {
    match error.cause() {
        ArmError::Transport(_) | ArmError::Unreadable(_) => true,
        ArmError::Service(service) => service.status >= 500 || matches!(service.status, 408 | 429),
        ArmError::OperationFailed(_) | ArmError::SignInNeeded(_) | ArmError::Exhausted(_) => false,
    }
}
