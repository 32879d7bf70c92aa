//! Going on with what an earlier tab began.

use std::{rc::Rc, time::Duration};

use leptos::{prelude::*, task::spawn_local};

use super::{Journal, Operations, entry};
use crate::{lazy::lazy, stores::notifications::Intent};

/// The pause before what goes on with operations is fetched again.
const BETWEEN_LOADS: Duration = Duration::from_secs(10);

impl Operations {
    /// Takes the journal of the user who has signed in, and goes on with what was running.
    ///
    /// What it takes to go on is fetched only where something was written down.
    pub fn resume(self, journal: Journal) {
        let is_empty = journal.is_empty();
        self.journal.set_value(Some(Rc::new(journal)));
        if !is_empty {
            spawn_local(self.resume_once_loaded());
        }
    }

    async fn resume_once_loaded(self) {
        let clock = Rc::clone(&self.services.read_value().page_clock);
        let mut is_said = false;
        while resume_entries(self).await.is_err() {
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
        let unfinished: Vec<_> = entries
            .iter()
            .filter(|operation| !operation.has_ended() || operation.is_explained_later(now))
            .cloned()
            .collect();
        self.entries.update(|all| {
            all.extend(entries);
            all.sort_by_key(|operation| operation.started);
        });
        for operation in unfinished {
            self.follow(operation, false);
        }
    }
}

lazy! {
    operations: fn resume_entries(operations: Operations) -> () {
        operations.read_journal();
    }
}
