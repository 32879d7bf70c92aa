//! The store: signals over the entries, the journal, and the tasks that follow.

use std::{ops::ControlFlow, rc::Rc};

use arm_client::{ArmError, BackupName};
use arm_core::ResourceId;
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use super::{
    Act, Drive, Event, Journal, JournalStorage, Operation, OperationState, consequences::apply,
    oneshot::oneshot,
};
use crate::{
    routes,
    services::{Services, use_services},
    stores::notifications::{Link, Notifications, use_notifications},
};

/// The operations of the signed-in user.
#[derive(Clone, Copy)]
pub struct Operations {
    pub(super) entries: RwSignal<Vec<Operation>>,
    not_followed: RwSignal<Vec<Uuid>>,
    pub(super) journal: StoredValue<Option<Rc<Journal>>, LocalStorage>,
    pub(super) services: StoredValue<Rc<Services>, LocalStorage>,
    pub(super) notifications: Notifications,
}

/// How a request to start ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Start {
    /// The service took it, or may have: the entry of this id is followed.
    Followed(Uuid),
    /// The service refused it and nothing has begun.
    Refused(ArmError),
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
            not_followed: RwSignal::default(),
            journal: StoredValue::new_local(None),
            services: StoredValue::new_local(use_services()),
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

    /// Asks for an on-demand backup, once; answers as soon as it is known whether it was taken.
    pub async fn take_backup(self, server: ResourceId, name: BackupName, known_before: Vec<String>) -> Start {
        let act = Act::TakeBackup {
            name: name.to_string(),
        };
        self.start(act, server, name, known_before).await
    }

    /// Asks for the deletion of an on-demand backup; answers as soon as it is known whether it was taken.
    pub async fn delete_backup(self, server: ResourceId, name: BackupName) -> Start {
        let act = Act::DeleteBackup {
            name: name.to_string(),
        };
        self.start(act, server, name, Vec::new()).await
    }

    async fn start(self, act: Act, server: ResourceId, name: BackupName, known_before: Vec<String>) -> Start {
        let services = self.services.get_value();
        let id = Uuid::new_v4();
        let now = services.clock.now();
        let operation = Operation::about_to_start(id, act.clone(), server.clone(), known_before, now);
        self.write(&operation);
        self.entries.update(|entries| entries.push(operation));

        let (told, answer) = oneshot();
        let mut told = Some(told);
        let emit = move |event: Event| {
            if let (Some(start), Some(tell)) = (start_of(id, &event), told.take()) {
                tell(start);
            }
            self.hear(id, 0, event)
        };
        let drive = Drive::new(services.arm.clone(), Rc::clone(&services.clock), emit);
        spawn_local(async move {
            match act {
                Act::TakeBackup { .. } => drive.take_backup(&server, &name).await,
                Act::DeleteBackup { .. } => drive.delete_backup(&server, &name).await,
            }
        });
        answer.await
    }

    /// Looks again at an operation whose outcome is not known, or that is not followed any more.
    pub fn check_again(self, id: Uuid) {
        self.not_followed.update(|ids| ids.retain(|other| *other != id));
        let followed = self.entries.try_update(|all| {
            let operation = all.iter_mut().find(|operation| operation.id == id)?;
            // Nobody else may ask while the request is on its way, and after the end there is nothing to ask.
            if operation.has_ended() || operation.progress == OperationState::Sent {
                return None;
            }
            operation.follower += 1;
            Some(operation.clone())
        });
        if let Some(operation) = followed.flatten() {
            self.follow(operation);
        }
    }

    /// Stops asking about an operation; Azure goes on with it.
    pub fn stop_following(self, id: Uuid) {
        self.not_followed.update(|ids| ids.push(id));
    }

    pub(super) fn follow(self, operation: Operation) {
        let services = self.services.get_value();
        let Ok(name) = operation.act.backup_name().parse::<BackupName>() else {
            return;
        };
        let drive = Drive::new(services.arm.clone(), Rc::clone(&services.clock), move |event| {
            self.hear(operation.id, operation.follower, event)
        });
        spawn_local(async move {
            drive
                .resume(&operation.act, &operation.target, &name, operation.token.as_ref())
                .await
        });
    }

    /// Takes an event in: entry, journal, notification, in this order.
    fn hear(self, id: Uuid, follower: u32, event: Event) -> ControlFlow<()> {
        let now = self.services.read_value().clock.now();
        let Some(mut operation) = self
            .entries
            .with_untracked(|all| all.iter().find(|o| o.id == id).cloned())
        else {
            return ControlFlow::Break(());
        };
        if operation.follower != follower {
            return ControlFlow::Break(());
        }
        let was_unknown = operation.progress == OperationState::Unknown;
        if matches!(event, Event::Refused(_)) {
            self.forget(id);
            return ControlFlow::Break(());
        }
        let news = apply(&mut operation, event, now, was_unknown);
        self.write(&operation);
        let link = Link {
            label: "Show in list",
            path: routes::backups(&operation.target),
        };
        self.entries.update(|all| {
            if let Some(entry) = all.iter_mut().find(|entry| entry.id == id) {
                *entry = operation;
            }
        });
        if let Some((intent, words)) = news {
            self.notifications
                .push(intent, words.title, words.body, Some(link), now);
        }
        if self.not_followed.with_untracked(|ids| ids.contains(&id)) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn write(self, operation: &Operation) {
        if let Some(journal) = &*self.journal.read_value() {
            journal.write(operation);
        }
    }

    fn forget(self, id: Uuid) {
        if let Some(journal) = &*self.journal.read_value() {
            journal.remove(id);
        }
        self.entries
            .update(|entries| entries.retain(|operation| operation.id != id));
    }
}

/// What an event says about the request itself.
fn start_of(id: Uuid, event: &Event) -> Option<Start> {
    match event {
        Event::Refused(error) => Some(Start::Refused(error.clone())),
        _ => Some(Start::Followed(id)),
    }
}
