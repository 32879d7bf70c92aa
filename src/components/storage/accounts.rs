//! The storage accounts of all subscriptions, in all directories that are chosen; those of one's own first.

use arm_client::{ArmClient, ArmError, storage::StorageAccount};
use arm_core::ResourceId;

use crate::{
    components::directories::subscriptions_everywhere,
    prelude::*,
    problem::Problem,
    services::use_arm,
    session::{Session, use_session},
};

/// What is known of the accounts; they grow subscription by subscription.
#[derive(Clone, Copy)]
pub struct Accounts {
    /// The subscriptions, each by what people call it; one's own first.
    pub subscriptions: RwSignal<Vec<(String, ResourceId)>>,
    /// Those that were found so far.
    pub found: RwSignal<Vec<StorageAccount>>,
    /// What could not be read.
    pub unread: RwSignal<Vec<Unread>>,
    /// Whether more may come.
    pub is_loading: RwSignal<bool>,
    /// Reads all of them again.
    pub again: Callback<()>,
}

/// A subscription whose accounts are not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What people call it.
    pub name: String,
    /// Why they are not.
    pub problem: Problem,
}

/// Begins to read the accounts; those of the subscription of `near` come first.
pub fn read_accounts(near: ResourceId) -> Accounts {
    let (found, unread) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    let subscriptions = RwSignal::new(Vec::new());
    let (is_loading, arm) = (RwSignal::new(false), StoredValue::new_local(use_arm()));
    let (owner, session) = (Owner::current(), use_session());
    let again = Callback::new(move |()| {
        if is_loading.get_untracked() {
            return;
        }
        is_loading.set(true);
        unread.set(Vec::new());
        let (arm, near) = (arm.get_value(), near.clone());
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                let scopes = read_subscriptions(&arm, session, &near, unread).await;
                subscriptions.set(scopes.clone());
                read_all(&arm, scopes, found, unread).await;
                is_loading.set(false);
            });
        };
        match &owner {
            Some(owner) => owner.with(task),
            None => task(),
        }
    });
    again.run(());
    Accounts {
        subscriptions,
        found,
        unread,
        is_loading,
        again,
    }
}

async fn read_subscriptions(
    arm: &ArmClient,
    session: Session,
    near: &ResourceId,
    unread: RwSignal<Vec<Unread>>,
) -> Vec<(String, ResourceId)> {
    let own = near.subscription_id();
    let mut scopes = Vec::new();
    match subscriptions_everywhere(arm.clone(), session).await {
        Ok(listed) => scopes.extend(
            listed
                .into_iter()
                .map(|one| (one.shown_name().to_owned(), one.id)),
        ),
        Err(error) => miss(unread, "other subscriptions", &error),
    }
    let is_other = |id: &ResourceId| !id.subscription_id().eq_ignore_ascii_case(own);
    if scopes.iter().all(|(_, id)| is_other(id))
        && let Ok(id) = ResourceId::subscription(own)
    {
        scopes.push((own.to_owned(), id));
    }
    scopes.sort_by_key(|(_, id)| is_other(id));
    scopes
}

async fn read_all(
    arm: &ArmClient,
    scopes: Vec<(String, ResourceId)>,
    found: RwSignal<Vec<StorageAccount>>,
    unread: RwSignal<Vec<Unread>>,
) {
    let mut all = Vec::new();
    for (name, id) in scopes {
        match arm.storage_accounts().list(&id).await {
            Ok(more) => all.extend(more),
            Err(error) => miss(unread, &name, &error),
        }
        // Of a first reading they are shown as they come; those of an earlier one stay until all are there.
        if found.with_untracked(Vec::len) <= all.len() {
            found.set(all.clone());
        }
    }
    found.set(all);
}

fn miss(unread: RwSignal<Vec<Unread>>, name: &str, error: &ArmError) {
    let (name, problem) = (name.to_owned(), Problem::in_full(error));
    unread.update(|unread| unread.push(Unread { name, problem }));
}
