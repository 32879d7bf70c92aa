//! Going on with what an earlier tab began, or another one begins.

use std::{rc::Rc, time::Duration};

use wasm_bindgen::JsCast as _;

use super::{Journal, Operations, entry};
use crate::{lazy::lazy, prelude::*, stores::notifications::Intent};

/// The pause before what goes on with operations is fetched again.
const BETWEEN_LOADS: Duration = Duration::from_secs(10);

impl Operations {
    /// Takes the journal of the user who has signed in, and goes on with what was running.
    ///
    /// What it takes to go on is fetched only where something was written down, or is by another tab.
    pub fn resume(self, journal: Journal) {
        let is_empty = journal.is_empty();
        let journal = Rc::new(journal);
        self.journal.set_value(Some(Rc::clone(&journal)));
        window_event_listener_untyped("storage", move |event| {
            let event = event.unchecked_into::<web_sys::StorageEvent>();
            if event.key().is_some_and(|key| journal.owns(&key)) {
                spawn_local(self.resume_once_loaded(event.key()));
            }
        });
        if !is_empty {
            spawn_local(self.resume_once_loaded(None));
        }
    }

    /// Goes on with what was given up when the sign-in had ended, now that there is one again.
    pub fn go_on_signed_in(self) {
        spawn_local(async move {
            // Nothing was given up where the part was never needed.
            go_on(self).await.ok();
        });
    }

    async fn resume_once_loaded(self, changed: Option<String>) {
        let clock = Rc::clone(&self.services.read_value().page_clock);
        let mut is_said = changed.is_some();
        while resume_entries(self, changed.clone()).await.is_err() {
            if !is_said {
                let body = "A part of the portal could not be loaded. Azure goes on with what runs; \
                            it is shown here as soon as the connection is back.";
                let title = "Running operations are not shown";
                self.notifications
                    .push(Intent::Warning, title, body.to_owned(), None, clock.now());
            }
            is_said = true;
            clock.sleep(BETWEEN_LOADS).await;
        }
    }

    fn read_journal(self) {
        let Some(journal) = self.journal.get_value() else {
            return;
        };
        let now = self.services.read_value().clock.now();
        let mut entries = journal.entries();
        for id in entry::outdated(&entries, now) {
            journal.remove(id);
            entries.retain(|operation| operation.id != id);
        }
        // What was begun here while this part was being fetched is in the journal too, and followed already.
        let is_known = |id| {
            self.entries
                .with_untracked(|all| all.iter().any(|known| known.id == id))
        };
        entries.retain(|operation| !is_known(operation.id));
        self.entries.update(|all| {
            all.extend(entries.iter().cloned());
            all.sort_by_key(|operation| operation.started);
        });
        for operation in entries {
            self.go_on_with(operation);
        }
    }
}

lazy! {
    operations: fn resume_entries(operations: Operations, changed: Option<String>) -> () {
        operations.take_place();
        let journal = operations.journal.get_value();
        match changed.and_then(|key| journal?.id_of(&key)) {
            Some(id) => operations.hear_tab(id),
            None => operations.read_journal(),
        }
    }
}

lazy! {
    operations: fn go_on(operations: Operations) -> () {
        operations.take_place_again();
    }
}
