//! The store: signals over the entries, the journal, and the tasks that follow.

use std::{ops::ControlFlow, rc::Rc};

use arm_client::{
    ArmError, BackupName, data_protection::RestoreRequest, postgres::long_term_retention::LongTermBackupName,
    storage::SasUri,
};
use arm_core::{ResourceId, Timestamp};
use uuid::Uuid;

use super::{
    Act, Asked, Cause, Drive, Emit, Event, Failure, Journal, JournalStorage, Operation, OperationState,
    ProtectionRequest, ReadJournal,
    consequences::News,
    ledger::{Heard, hear},
    oneshot::oneshot,
    restore,
    tabs::Tabs,
    turns::Turns,
    words::Words,
};
use crate::{
    prelude::*,
    problem::Problem,
    services::{Services, use_services},
    stores::notifications::{Intent, Notification, Notifications, use_notifications},
};

/// The operations of the signed-in user.
#[derive(Clone, Copy)]
pub struct Operations {
    pub(super) entries: RwSignal<Vec<Operation>>,
    pub(super) journal: StoredValue<Option<Rc<Journal>>, LocalStorage>,
    pub(super) services: StoredValue<Rc<Services>, LocalStorage>,
    pub(super) tabs: StoredValue<Rc<Tabs>, LocalStorage>,
    pub(super) notifications: Notifications,
}

/// How a request to start ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Start {
    /// The service took it, or may have: the entry of this id is followed.
    Followed(Uuid),
    /// The service refused it and nothing has begun.
    Refused(Refusal),
}

/// Why nothing has begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The service's answer.
    pub error: ArmError,
    /// What was found out about an InternalServerError.
    pub cause: Option<Cause>,
}

impl Refusal {
    /// The refusal of the backup `name` in the user's words.
    pub fn problem(&self, name: &str) -> Problem {
        let problem = Problem::in_full(&self.error);
        match &self.cause {
            Some(cause) => cause.explain(problem, name, Some(&Failure::from(&self.error))),
            None => problem,
        }
    }
}

/// The store, from context.
pub fn use_operations() -> Operations {
    expect_context()
}

impl Operations {
    /// Puts an empty store into context.
    pub fn provide() -> Self {
        let operations = Self {
            entries: RwSignal::default(),
            journal: StoredValue::new_local(None),
            services: StoredValue::new_local(use_services()),
            tabs: StoredValue::new_local(Rc::default()),
            notifications: use_notifications(),
        };
        provide_context(operations);
        operations
    }

    /// Whether what is started here survives the tab.
    pub fn storage(self) -> JournalStorage {
        let journal = self.journal.read_value();
        journal
            .as_ref()
            .map_or(JournalStorage::Refused, |journal| journal.storage())
    }

    /// One operation, as it goes on.
    pub fn get(self, id: Uuid) -> Option<Operation> {
        self.entries
            .with(|entries| entries.iter().find(|operation| operation.id == id).cloned())
    }

    /// All operations, oldest first.
    pub fn all(self) -> Vec<Operation> {
        self.entries.get()
    }

    /// The operations on one resource whose end has not been seen.
    pub fn unfinished_on(self, target: &ResourceId) -> Vec<Operation> {
        let on_target = |operation: &&Operation| operation.target == *target && !operation.has_ended();
        self.entries
            .with(|entries| entries.iter().filter(on_target).cloned().collect())
    }

    /// Asks for an on-demand backup, once; answers as soon as it is known whether it was taken. `known_before` is the
    /// list of backups, `None` where nobody has read it.
    pub async fn take_backup(
        self,
        server: ResourceId,
        name: BackupName,
        known_before: Option<Vec<String>>,
    ) -> Start {
        let act = Act::TakeBackup {
            name: name.to_string(),
        };
        self.start(act, server, known_before, Asked::Nothing).await
    }

    /// Asks for the deletion of an on-demand backup; answers as soon as it is known whether it was taken.
    pub async fn delete_backup(self, server: ResourceId, name: BackupName) -> Start {
        let act = Act::DeleteBackup {
            name: name.to_string(),
        };
        self.start(act, server, None, Asked::Nothing).await
    }

    /// Asks for a long-term retention backup into these containers, once; answers as soon as it is known whether it
    /// was taken. The containers' URIs go into the request and nowhere else.
    pub async fn back_up_long_term(
        self,
        server: ResourceId,
        name: LongTermBackupName,
        containers: Vec<SasUri>,
    ) -> Start {
        let act = Act::LongTermBackup {
            name: name.to_string(),
        };
        self.start(act, server, None, Asked::Containers(containers)).await
    }

    /// Asks for something to be done with a backup instance, once; answers as soon as it is known whether it was
    /// taken.
    pub async fn protect(self, instance: ResourceId, request: ProtectionRequest) -> Start {
        self.start(request.act(), instance, None, Asked::Protection(request))
            .await
    }

    /// Asks for a restore of a recovery point of a backup instance, once; answers as soon as it is known whether it was
    /// taken. `point_time` is when the recovery point was taken.
    pub async fn restore(
        self,
        instance: ResourceId,
        request: RestoreRequest,
        point_time: Option<Timestamp>,
    ) -> Start {
        let act = restore::act(&request, point_time);
        self.start(act, instance, None, Asked::Restore(Box::new(request)))
            .await
    }

    async fn start(
        self,
        act: Act,
        target: ResourceId,
        known_before: Option<Vec<String>>,
        asked: Asked,
    ) -> Start {
        let id = Uuid::new_v4();
        self.take_place();
        let request = self.hold_request(id).await;
        let now = self.services.read_value().clock.now();
        let operation = Operation::about_to_start(id, act, target, known_before, now);
        self.write(&operation);
        self.entries.update(|entries| entries.push(operation.clone()));

        let (told, answer) = oneshot();
        let mut told = Some((told, request));
        let emit = move |event: Event| {
            let start = start_of(id, &event);
            let heard = self.hear(id, 0, event);
            if let Some(start) = start
                && let Some((tell, request)) = told.take()
            {
                tell(start);
                // What became of the request is written down by now.
                drop(request);
            }
            heard
        };
        let drive = self.drive(operation, false, Box::new(emit));
        spawn_local(drive.asking(asked).begin());
        answer.await
    }

    /// Looks again at once at an operation whose outcome is not known, or that is not followed any more.
    pub fn check_again(self, id: Uuid) {
        let now = self.services.read_value().clock.now();
        let followed = self.entries.try_update(|all| {
            let operation = all.iter_mut().find(|operation| operation.id == id)?;
            // Nobody else may ask while the request is on its way, and after the end there is nothing to ask.
            let is_over = operation.has_ended() && !operation.is_explained_later(now);
            if is_over || operation.progress == OperationState::Sent {
                return None;
            }
            operation.follower += 1;
            Some(operation.clone())
        });
        if let Some(operation) = followed.flatten() {
            self.tabs.read_value().nudge.all();
            self.follow(operation, true);
        }
    }

    /// Puts an entry away in the bell, in every tab and for good.
    pub fn dismiss(self, id: Uuid) {
        let dismissed = self.entries.try_update(|all| {
            let operation = all.iter_mut().find(|operation| operation.id == id)?;
            operation.is_dismissed = true;
            Some(operation.clone())
        });
        if let Some(operation) = dismissed.flatten() {
            self.write(&operation);
        }
    }

    /// Stops asking about an operation; Azure goes on with it.
    pub fn stop_following(self, id: Uuid) {
        self.entries.update(|all| {
            if let Some(operation) = all.iter_mut().find(|operation| operation.id == id) {
                operation.follower += 1;
            }
        });
        self.tabs.read_value().nudge.all();
    }

    /// Goes on with an entry; `at_once` without waiting for its time.
    pub(super) fn follow(self, operation: Operation, at_once: bool) {
        let (id, follower) = (operation.id, operation.follower);
        let emit = move |event| self.hear(id, follower, event);
        spawn_local(self.drive(operation, at_once, Box::new(emit)).resume());
    }

    fn drive(self, operation: Operation, at_once: bool, emit: Emit) -> Drive {
        let arm = self.services.read_value().arm.clone();
        let turns = Rc::new(Turns::new(self, &operation, at_once));
        let journal: ReadJournal = Rc::new(move || self.entries.get_untracked());
        Drive::new(arm, turns, journal, emit, operation)
    }

    /// Whether a task still follows an entry: another one may have taken its place.
    pub(super) fn is_followed(self, id: Uuid, follower: u32) -> bool {
        let is_it = |operation: &Operation| operation.id == id && operation.follower == follower;
        self.entries.with_untracked(|all| all.iter().any(is_it))
    }

    /// Takes an event in: entry, journal, notification, in this order.
    fn hear(self, id: Uuid, follower: u32, event: Event) -> ControlFlow<()> {
        if !self.is_followed(id, follower) {
            return ControlFlow::Break(());
        }
        if let Event::NotAnswered(ArmError::SignInNeeded(_)) = event {
            self.tabs.read_value().resign();
        }
        let now = self.services.read_value().clock.now();
        let journal = self.journal.get_value();
        let heard = self
            .entries
            .try_update(|all| hear(all, journal.as_deref(), id, event, now));
        match heard {
            Some(Heard::Taken(operation, news)) => {
                match news {
                    Some(News::Said(intent, words)) => {
                        self.notifications
                            .show(notification(&operation, intent, words, now));
                    }
                    Some(News::Amended(words)) => self.notifications.amend(id, words.body),
                    None => {}
                }
                ControlFlow::Continue(())
            }
            Some(Heard::EndedElsewhere(ended)) => {
                self.take_in(*ended);
                ControlFlow::Break(())
            }
            Some(Heard::Forgotten | Heard::Unknown) | None => ControlFlow::Break(()),
        }
    }

    fn write(self, operation: &Operation) {
        if let Some(journal) = &*self.journal.read_value() {
            journal.write(operation);
        }
    }
}

/// The notification of what is said about an entry.
pub(super) fn notification(
    operation: &Operation,
    intent: Intent,
    words: Words,
    at: Timestamp,
) -> Notification {
    Notification {
        id: Uuid::new_v4(),
        about: Some(operation.id),
        intent,
        title: words.title.to_owned(),
        body: words.body,
        link: Some(operation.link()),
        at,
        is_read: false,
    }
}

/// What an event says about the request itself.
fn start_of(id: Uuid, event: &Event) -> Option<Start> {
    match event {
        Event::LookedBefore(_) | Event::JobsBefore(_) => None,
        Event::Refused(error, cause) => Some(Start::Refused(Refusal {
            error: error.clone(),
            cause: cause.clone(),
        })),
        _ => Some(Start::Followed(id)),
    }
}
