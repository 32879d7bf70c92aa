//! This tab among those of the same user: who asks, and what the others wrote.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    time::Duration,
};

use crate::prelude::*;
use uuid::Uuid;
use web_sys::AbortController;

use super::{
    Operation, OperationState, Operations,
    leadership::Standing,
    merge::{Merged, merge},
    nudge::Nudge,
    store::notification,
    web_lock::WebLock,
};

/// How long a request of another tab is waited for where no lock tells when it is over.
const LONGEST_REQUEST: Duration = Duration::from_secs(60);

/// What this tab holds and knows.
#[derive(Default)]
pub struct Tabs {
    /// Wakes every task that waits for its turn.
    pub nudge: Nudge,
    has_begun: Cell<bool>,
    is_for_itself: Cell<bool>,
    has_resigned: Cell<bool>,
    is_leading: Cell<bool>,
    lock: RefCell<Option<WebLock>>,
    lease: RefCell<Weak<WebLock>>,
    on_hiding: RefCell<Option<AbortController>>,
}

impl Tabs {
    /// How this tab stands now.
    pub fn standing(&self) -> Standing {
        let leads = self.is_for_itself.get() || self.lock.borrow().is_some();
        Standing::of(!document().hidden(), leads, self.has_resigned.get())
    }

    /// Gives the right to ask to other tabs for good: this one has no sign-in any more.
    pub fn resign(&self) {
        self.has_resigned.set(true);
        self.nudge.all();
    }
}

/// The right to ask once.
pub struct Lease {
    /// Held until the next turn; nothing where there are no locks.
    _lock: Option<Rc<WebLock>>,
}

impl Operations {
    /// Whether this tab asks for itself although there may be others: the browser refuses the locks by which tabs agree
    /// on one that asks.
    pub fn asks_for_itself(self) -> bool {
        self.journal.read_value().is_some() && self.tabs.read_value().is_for_itself.get()
    }

    /// Takes its place among the tabs; once, when there is something to ask about.
    pub(super) fn take_place(self) {
        let tabs = self.tabs.get_value();
        if tabs.has_begun.replace(true) {
            return;
        }
        if self.lock_name("poller").is_none() {
            tabs.is_for_itself.set(true);
            return;
        }
        let on_change = Rc::clone(&tabs);
        window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden()
                && let Some(controller) = on_change.on_hiding.take()
            {
                controller.abort();
            }
            on_change.nudge.all();
        });
        spawn_local(self.lead());
    }

    /// Takes its place again and goes on with all that was given up for want of a sign-in.
    pub(super) fn take_place_again(self) {
        let tabs = self.tabs.get_value();
        if !tabs.has_resigned.replace(false) {
            return;
        }
        if !tabs.is_for_itself.get() && self.lock_name("poller").is_some() {
            spawn_local(self.lead());
        }
        let ids = self.entries.with_untracked(|all| {
            let open = all.iter().filter(|operation| !operation.has_ended());
            open.map(|operation| operation.id).collect::<Vec<_>>()
        });
        ids.into_iter().for_each(|id| self.check_again(id));
    }

    /// Leads whenever this tab is visible and no other one leads.
    async fn lead(self) {
        let tabs = self.tabs.get_value();
        if tabs.is_leading.replace(true) {
            return;
        }
        while !tabs.has_resigned.get() {
            if document().hidden() {
                tabs.nudge.next().await;
                continue;
            }
            let (Some(name), Ok(controller)) = (self.lock_name("poller"), AbortController::new()) else {
                break;
            };
            let hides = controller.signal();
            tabs.on_hiding.replace(Some(controller));
            match WebLock::acquire(&name, Some(&hides)).await {
                Ok(lock) => {
                    tabs.lock.replace(Some(lock));
                    self.follow_what_others_followed();
                    tabs.nudge.all();
                    while tabs.standing() == Standing::Leads {
                        tabs.nudge.next().await;
                    }
                    tabs.lock.replace(None);
                }
                Err(_) if hides.aborted() => {}
                Err(_) => break,
            }
        }
        tabs.is_leading.set(false);
        // Without locks every tab asks for itself.
        tabs.is_for_itself.set(!tabs.has_resigned.get());
        tabs.nudge.all();
    }

    /// Goes on with newer tokens than those this tab knew while another one asked.
    fn follow_what_others_followed(self) {
        let stale = self.entries.try_update(|all| {
            let stale = all.iter_mut().filter(|entry| entry.is_stale);
            let renewed = stale.map(|entry| {
                entry.is_stale = false;
                entry.follower += 1;
                entry.clone()
            });
            renewed.collect::<Vec<_>>()
        });
        for entry in stale.unwrap_or_default() {
            self.follow(entry, false);
        }
    }

    /// The right to ask once for a hidden tab, if no other tab asks.
    pub(super) async fn lease(self) -> Option<Lease> {
        let tabs = self.tabs.get_value();
        let Some(name) = self.lock_name("poller").filter(|_| !tabs.is_for_itself.get()) else {
            return Some(Lease { _lock: None });
        };
        let held = tabs.lease.borrow().upgrade();
        let lock = match held {
            Some(lock) => lock,
            // No locks at all are no reason to stop.
            None => match WebLock::acquire_if_free(&name).await {
                Ok(lock) => Rc::new(lock?),
                Err(_) => return Some(Lease { _lock: None }),
            },
        };
        tabs.lease.replace(Rc::downgrade(&lock));
        Some(Lease { _lock: Some(lock) })
    }

    /// Holds what tells the other tabs that the request of this entry is on its way.
    pub(super) async fn hold_request(self, id: Uuid) -> Option<WebLock> {
        let name = self.lock_name(&format!("{id}.request"))?;
        WebLock::acquire(&name, None).await.ok()
    }

    /// Takes in what another tab wrote or removed.
    pub(super) fn hear_tab(self, id: Uuid) {
        let written = self
            .journal
            .read_value()
            .as_ref()
            .and_then(|journal| journal.read(id));
        match written {
            Some(theirs) => self.take_in(theirs),
            // A refusal is the other tab's to report; what has ended was only too old.
            None => self
                .entries
                .update(|all| all.retain(|entry| entry.id != id || entry.has_ended())),
        }
    }

    /// Takes an entry in as another tab left it, and keeps in the bell what is new about it.
    pub(super) fn take_in(self, theirs: Operation) {
        let id = theirs.id;
        let known = self.entries.try_update(|all| {
            let mine = all.iter_mut().find(|entry| entry.id == id)?;
            Some((merge(mine, theirs.clone()), mine.clone()))
        });
        let (merged, entry) = match known.flatten() {
            Some(known) => known,
            None => {
                self.entries.update(|all| all.push(theirs.clone()));
                self.go_on_with(theirs.clone());
                (Merged::News, theirs)
            }
        };
        let said = entry.said().filter(|_| merged == Merged::News);
        if let Some((intent, words)) = said {
            let now = self.services.read_value().clock.now();
            self.notifications.keep(notification(&entry, intent, words, now));
        }
        self.tabs.read_value().nudge.all();
    }

    /// Goes on with an entry that another tab began.
    pub(super) fn go_on_with(self, entry: Operation) {
        let now = self.services.read_value().clock.now();
        if entry.progress == OperationState::Sent {
            spawn_local(self.after_its_request(entry.id));
        } else if !entry.has_ended() || entry.is_explained_later(now) {
            self.follow(entry, false);
        }
    }

    /// Waits until the tab that sends the request has told how it was answered, or is gone.
    async fn after_its_request(self, id: Uuid) {
        if self.hold_request(id).await.is_none() && self.lock_name("poller").is_some() {
            let clock = Rc::clone(&self.services.read_value().clock);
            clock.sleep(LONGEST_REQUEST).await;
        }
        self.hear_tab(id);
        let entry = self.entries.try_update(|all| {
            let entry = all.iter_mut().find(|entry| entry.id == id)?;
            entry.follower += 1;
            Some(entry.clone())
        });
        if let Some(entry) = entry.flatten().filter(|entry| !entry.has_ended()) {
            self.follow(entry, false);
        }
    }

    fn lock_name(self, what: &str) -> Option<String> {
        let journal = self.journal.read_value();
        journal.as_ref().map(|journal| journal.name_of(what))
    }
}
