//! The storage accounts of all subscriptions, those of the server's own first.

use arm_client::{ArmClient, ArmError, storage::StorageAccount};
use arm_core::ResourceId;

use crate::{
    pages::servers::retention::start::container::Surroundings, prelude::*, problem::Problem,
    services::use_arm,
};

/// What is known of the accounts; they grow subscription by subscription.
#[derive(Clone, Copy)]
pub struct Accounts {
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

/// The accounts, which are read the first time that a container of the pane is picked.
pub fn once(around: Surroundings) -> Accounts {
    if let Some(accounts) = around.accounts.get_value() {
        return accounts;
    }
    let arm = use_arm();
    let server = around.server.with_untracked(|server| server.id.clone());
    let made = || read_accounts(arm, server);
    let accounts = match around.owner.get_value() {
        Some(owner) => owner.with(made),
        None => made(),
    };
    around.accounts.set_value(Some(accounts));
    accounts
}

fn read_accounts(arm: ArmClient, server: ResourceId) -> Accounts {
    let (found, unread) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    let (is_loading, arm) = (RwSignal::new(false), StoredValue::new_local(arm));
    let owner = Owner::current();
    let again = Callback::new(move |()| {
        if is_loading.get_untracked() {
            return;
        }
        is_loading.set(true);
        unread.set(Vec::new());
        let (arm, server) = (arm.get_value(), server.clone());
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                read_all(&arm, &server, found, unread).await;
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
        found,
        unread,
        is_loading,
        again,
    }
}

async fn read_all(
    arm: &ArmClient,
    server: &ResourceId,
    found: RwSignal<Vec<StorageAccount>>,
    unread: RwSignal<Vec<Unread>>,
) {
    let own = server.subscription_id();
    let miss = |name: &str, error: &ArmError| {
        let (name, problem) = (name.to_owned(), Problem::in_full(error));
        unread.update(|unread| unread.push(Unread { name, problem }));
    };
    let mut scopes = Vec::new();
    match arm.subscriptions().list().await {
        Ok(listed) => scopes.extend(
            listed
                .into_iter()
                .map(|one| (one.shown_name().to_owned(), one.id)),
        ),
        Err(error) => miss("other subscriptions", &error),
    }
    let is_other = |id: &ResourceId| !id.subscription_id().eq_ignore_ascii_case(own);
    if scopes.iter().all(|(_, id)| is_other(id))
        && let Ok(id) = ResourceId::subscription(own)
    {
        scopes.push((own.to_owned(), id));
    }
    scopes.sort_by_key(|(_, id)| is_other(id));
    let mut all = Vec::new();
    for (name, id) in scopes {
        match arm.storage_accounts().list(&id).await {
            Ok(more) => all.extend(more),
            Err(error) => miss(&name, &error),
        }
        // Of a first reading they are shown as they come; those of an earlier one stay until all are there.
        if found.with_untracked(Vec::len) <= all.len() {
            found.set(all.clone());
        }
    }
    found.set(all);
}
