//! Reads what the user may do on what a page shows, once its data are there.

use arm_client::ArmClient;
use arm_core::ResourceId;

use super::{Act, Lacking, Limits, needs::lacking};
use crate::{components::ask_for_access, lazy::lazy, prelude::*};

/// What is to be looked at, and where the answer goes.
pub struct Asked {
    /// The client.
    pub arm: ArmClient,
    /// The resource.
    pub scope: Option<ResourceId>,
    /// The one that the page asked about last.
    pub newest: StoredValue<Option<ResourceId>>,
    /// The acts that there are on it.
    pub acts: &'static [Act],
    /// What is not offered anyway.
    pub limits: Limits,
    /// What of the acts the user may not do.
    pub lacking: RwSignal<Vec<Lacking>>,
    /// The page, until the bar that tells it stands.
    pub bar: StoredValue<Option<Owner>>,
}

lazy! {
    /// Reads and answers in time.
    rights: pub fn look(asked: Asked) -> () {
        spawn_local(read(asked));
    }
}

async fn read(asked: Asked) {
    let Asked {
        arm,
        scope,
        acts,
        limits,
        lacking: told,
        bar,
        newest,
    } = asked;
    let Some(scope) = scope else { return };
    // It is a help and not worth a second request; where it fails nobody knows, and Azure decides (reference G4).
    let permissions = arm.sending_once().authorization().permissions(&scope).await;
    let acts: Vec<_> = acts.iter().copied().filter(|act| !limits.hides(*act)).collect();
    let found = lacking(&acts, &scope, &permissions.unwrap_or_default());
    // The page may be gone by now, or show something else, and has often read the same before.
    let is_asked = newest
        .try_with_value(|newest| *newest == Some(scope))
        .unwrap_or_default();
    if !is_asked || told.try_get_untracked().is_none_or(|before| before == found) {
        return;
    }
    told.set(found);
    if let Some(page) = bar.try_update_value(Option::take).flatten() {
        page.with(|| ask_for_access(told));
    }
}
