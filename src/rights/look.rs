//! Reads what the user may do on what a page shows, once its data are there.

use arm_client::ArmClient;
use arm_core::ResourceId;

use super::{Act, Lacking, Limits, needs::lacking};
use crate::{
    components::ask_for_access,
    lazy::lazy,
    prelude::*,
    services::{limits, use_arm},
};

/// What is to be looked at, and where the answer goes.
pub struct Asked {
    /// Whose rights they are on: a page, or a form.
    pub owner: Option<Owner>,
    /// The resource.
    pub at: Signal<Option<ResourceId>>,
    /// Asks to look again.
    pub again: RwSignal<()>,
    /// The acts that there are on it.
    pub acts: &'static [Act],
    /// Whether a bar above the page tells what is lacking.
    pub has_bar: bool,
    /// What of the acts the user may not do.
    pub lacking: RwSignal<Vec<Lacking>>,
}

/// The same, once somebody follows it.
#[derive(Clone, Copy)]
struct Followed {
    arm: StoredValue<ArmClient, LocalStorage>,
    limits: Limits,
    acts: &'static [Act],
    told: RwSignal<Vec<Lacking>>,
    /// The resource that was asked about last.
    newest: StoredValue<Option<ResourceId>>,
}

lazy! {
    /// Reads, and reads again, until the owner goes.
    rights: pub fn follow(asked: Asked) -> () {
        // The page may have gone while this was fetched.
        if let Some(owner) = asked.owner.clone().filter(|_| !asked.lacking.is_disposed()) {
            owner.with(|| install(&asked));
        }
    }
}

fn install(asked: &Asked) {
    let (at, again) = (asked.at, asked.again);
    let followed = Followed {
        arm: StoredValue::new_local(use_arm()),
        limits: limits(),
        acts: asked.acts,
        told: asked.lacking,
        newest: StoredValue::new(None),
    };
    if asked.has_bar {
        ask_for_access(asked.lacking);
    }
    Effect::new(move |_| {
        again.track();
        let scope = at.get();
        if followed.newest.with_value(|newest| *newest != scope) {
            followed.newest.set_value(scope.clone());
            followed.told.set(Vec::new());
        }
        if let Some(scope) = scope {
            spawn_local(read(followed, followed.arm.get_value(), scope));
        }
    });
}

async fn read(followed: Followed, arm: ArmClient, scope: ResourceId) {
    let Followed {
        limits,
        acts,
        told,
        newest,
        ..
    } = followed;
    // It is a help and not worth a second request; where it fails nobody knows, and Azure decides (reference G4).
    let permissions = arm.sending_once().authorization().permissions(&scope).await;
    let acts: Vec<_> = acts.iter().copied().filter(|act| !limits.hides(*act)).collect();
    let found = lacking(&acts, &scope, &permissions.unwrap_or_default());
    // The page may be gone by now, or show something else, and has often read the same before.
    let is_asked = newest
        .try_with_value(|newest| *newest == Some(scope))
        .unwrap_or_default();
    if is_asked && told.try_get_untracked().is_some_and(|before| before != found) {
        told.set(found);
    }
}
