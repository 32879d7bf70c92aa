//! What the user is told: as a toast for a while, in the bell for as long as the page lives.

use std::{rc::Rc, time::Duration};

use crate::prelude::*;
use arm_core::{Clock, Timestamp};
use uuid::Uuid;

/// How long a toast stays that needs no answer.
const TOAST_FOR: Duration = Duration::from_secs(8);
/// How often its age is looked at, so that hovering can pause it.
const TICK: Duration = Duration::from_millis(500);

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Something has begun.
    Info,
    /// Something has ended well.
    Success,
    /// Something needs a look.
    Warning,
    /// Something failed.
    Error,
}

impl Intent {
    /// Whether its toast stays until it is dismissed.
    pub fn stays(self) -> bool {
        matches!(self, Self::Warning | Self::Error)
    }
}

/// A way on from a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The link's text.
    pub label: &'static str,
    /// The path in the app.
    pub path: String,
}

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its id.
    pub id: Uuid,
    /// The operation of the journal it is about, if it is about one.
    pub about: Option<Uuid>,
    /// How grave it is.
    pub intent: Intent,
    /// The title.
    pub title: String,
    /// A sentence or two.
    pub body: String,
    /// A way on.
    pub link: Option<Link>,
    /// When it was said.
    pub at: Timestamp,
    /// Whether the bell has been opened since.
    pub is_read: bool,
}

/// The store.
#[derive(Clone, Copy)]
pub struct Notifications {
    all: RwSignal<Vec<Notification>>,
    toasts: RwSignal<Vec<Uuid>>,
    latest: RwSignal<Option<Notification>>,
    paused: RwSignal<bool>,
    clock: StoredValue<Rc<dyn Clock>, LocalStorage>,
}

/// The store, from context.
pub fn use_notifications() -> Notifications {
    expect_context()
}

impl Notifications {
    /// Puts an empty store into context; `clock` ages the toasts.
    pub fn provide(clock: Rc<dyn Clock>) -> Self {
        let notifications = Self {
            all: RwSignal::default(),
            toasts: RwSignal::default(),
            latest: RwSignal::default(),
            paused: RwSignal::default(),
            clock: StoredValue::new_local(clock),
        };
        provide_context(notifications);
        notifications
    }

    /// Tells the user something.
    pub fn push(self, intent: Intent, title: &str, body: String, link: Option<Link>, now: Timestamp) {
        self.show(Notification {
            id: Uuid::new_v4(),
            about: None,
            intent,
            title: title.to_owned(),
            body,
            link,
            at: now,
            is_read: false,
        });
    }

    /// Keeps a notification in the bell without a word: another tab has said it.
    pub fn keep(self, notification: Notification) {
        self.all.update(|all| all.insert(0, notification));
    }

    /// Completes the last notification about an operation with what has been found out since, where it stands.
    pub fn amend(self, about: Uuid, body: String) {
        let amended = self.all.try_update(|all| {
            let said = all.iter_mut().find(|said| said.about == Some(about))?;
            // What is shown is known by its id, so better words are another notification in the same place.
            let before = std::mem::replace(&mut said.id, Uuid::new_v4());
            said.body = body;
            Some((before, said.clone()))
        });
        if let Some((before, said)) = amended.flatten() {
            let toasts = self.toasts;
            toasts.update(|toasts| {
                toasts
                    .iter_mut()
                    .filter(|id| **id == before)
                    .for_each(|id| *id = said.id)
            });
            self.latest.set(Some(said));
        }
    }

    /// Tells the user something: as a toast, in the live region, in the bell.
    pub fn show(self, notification: Notification) {
        let Notification { id, intent, .. } = notification;
        self.latest.set(Some(notification.clone()));
        self.all.update(|all| all.insert(0, notification));
        self.toasts.update(|toasts| toasts.insert(0, id));
        if !intent.stays() {
            let clock = self.clock.get_value();
            spawn_local(async move { self.age(id, clock).await });
        }
    }

    /// All notifications, newest first.
    pub fn all(self) -> Signal<Vec<Notification>> {
        self.all.into()
    }

    /// Those that have not had their time as toasts, newest first; of many, not all are shown.
    pub fn toasts(self) -> Signal<Vec<Notification>> {
        Signal::derive(move || {
            let shown = self.toasts.get();
            self.all.with(|all| {
                shown
                    .iter()
                    .filter_map(|id| all.iter().find(|n| n.id == *id).cloned())
                    .collect()
            })
        })
    }

    /// The last one that was pushed, for the live region: dismissing a toast says nothing again.
    pub fn latest(self) -> Signal<Option<Notification>> {
        self.latest.into()
    }

    /// How many entries of the bell have not been seen.
    pub fn unread(self) -> Signal<usize> {
        Signal::derive(move || self.all.with(|all| unread_entries(all)))
    }

    /// Takes a toast away; the bell keeps the notification.
    pub fn dismiss_toast(self, id: Uuid) {
        self.toasts.update(|toasts| toasts.retain(|toast| *toast != id));
        // The last one takes pointer and focus with it, and nothing tells that they have left.
        if self.toasts.with_untracked(Vec::is_empty) {
            self.paused.set(false);
        }
    }

    /// Takes notifications out of the bell too.
    pub fn remove(self, ids: &[Uuid]) {
        ids.iter().for_each(|id| self.dismiss_toast(*id));
        self.all
            .update(|all| all.retain(|notification| !ids.contains(&notification.id)));
    }

    /// Stops the toasts' ageing while somebody reads them.
    pub fn pause(self, paused: bool) {
        self.paused.set(paused);
    }

    /// Marks everything as seen.
    pub fn mark_read(self) {
        self.all.update(|all| {
            all.iter_mut()
                .for_each(|notification| notification.is_read = true)
        });
    }

    async fn age(self, id: Uuid, clock: Rc<dyn Clock>) {
        let mut left = TOAST_FOR;
        while !left.is_zero() {
            clock.sleep(TICK).await;
            let is_hidden = document().hidden();
            if !is_hidden && !self.paused.get_untracked() {
                left = left.saturating_sub(TICK);
            }
        }
        self.dismiss_toast(id);
    }
}
/// What is said about one operation is one entry, the newest of which counts; they come newest first.
fn unread_entries(all: &[Notification]) -> usize {
    let is_newest = |(index, said): &(usize, &Notification)| {
        let newer = &all[..*index];
        said.about.is_none() || newer.iter().all(|other| other.about != said.about)
    };
    let newest = all.iter().enumerate().filter(is_newest);
    newest.filter(|(_, said)| !said.is_read).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_about_one_operation_counts_once() {
        let said = |about: Option<u128>, is_read| Notification {
            id: Uuid::nil(),
            about: about.map(Uuid::from_u128),
            intent: Intent::Info,
            title: String::new(),
            body: String::new(),
            link: None,
            at: Timestamp::UNIX_EPOCH,
            is_read,
        };
        for (all, expected) in [
            (vec![], 0),
            (vec![said(None, false), said(None, false)], 2),
            (vec![said(Some(1), false), said(Some(1), false)], 1),
            (vec![said(Some(1), false), said(Some(1), true)], 1),
            (vec![said(Some(1), true), said(Some(1), true)], 0),
            (
                vec![said(Some(1), false), said(Some(2), false), said(None, true)],
                2,
            ),
        ] {
            assert_eq!(unread_entries(&all), expected, "{all:?}");
        }
    }
}
