//! What is changed with one request, which converges: a storage account, a container, a role.

use arm_client::{
    ArmClient, ArmError,
    authorization::Role,
    storage::{AccountChange, ContainerName},
};
use arm_core::{LocalFuture, Method, ResourceId};
use arm_emulator::directory::COMMERCE_VAULT;

use super::{
    Fault, Section,
    reads::{check_words, storage_account, words},
    rows,
};
use crate::{
    problem::Problem,
    stores::operations::drive_rig::{Rig, block_on},
};

/// Of a new role assignment; the same one again converges.
const ASSIGNMENT: &str = "cccccccc-0000-4000-8000-000000000001";

/// A request that changes something at once.
pub struct Change {
    title: &'static str,
    method: Method,
    path: &'static str,
    /// What has not happened.
    has_not: &'static str,
    send: fn(ArmClient) -> LocalFuture<'static, Result<(), ArmError>>,
    /// Whether it is so, without a further request where the weather is bad.
    is_done: fn(ArmClient) -> LocalFuture<'static, Result<bool, ArmError>>,
}

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        title: "Change a storage account",
        method: Method::Patch,
        path: "/storageAccounts/",
        has_not: "The storage account was not changed.",
        send: |arm| {
            Box::pin(async move {
                let storage = arm.storage_accounts();
                let account = storage.get(&closed()).await?;
                let change = AccountChange::replicate_across_tenants(&account);
                storage.update(&account.id, &change).await.map(|_| ())
            })
        },
        is_done: |arm| {
            Box::pin(async move {
                let account = arm.storage_accounts().get(&closed()).await?;
                Ok(account.allow_cross_tenant_replication == Some(true))
            })
        },
    },
    Change {
        title: "Create a container",
        method: Method::Put,
        path: "/containers/",
        has_not: "The container was not created.",
        send: |arm| {
            Box::pin(async move {
                let storage = arm.storage_accounts();
                storage
                    .create_container(&closed(), &new_container())
                    .await
                    .map(|_| ())
            })
        },
        is_done: |arm| {
            Box::pin(async move {
                let containers = arm.storage_accounts().containers(&closed()).await?;
                Ok(containers
                    .iter()
                    .any(|found| found.name == new_container().as_str()))
            })
        },
    },
    Change {
        title: "Give the vault its role on a storage account",
        method: Method::Put,
        path: "/roleAssignments/",
        has_not: "The role was not assigned.",
        send: |arm| {
            Box::pin(async move {
                let (roles, role) = (arm.authorization(), Role::StorageBlobDataContributor);
                let assigned = roles.assign(&closed(), ASSIGNMENT, role, COMMERCE_VAULT).await;
                assigned.map(|_| ())
            })
        },
        is_done: |arm| {
            Box::pin(async move {
                let assigned = arm.authorization().assigned_to(&closed(), COMMERCE_VAULT).await?;
                Ok(assigned.iter().any(|found| found.id.ends_with(ASSIGNMENT)))
            })
        },
    },
];

/// What each fault does to it.
pub fn section(change: &Change) -> Section {
    Section {
        title: format!("{}: `{} …{}…`", change.title, change.method, change.path),
        rows: rows(|fault, times| meet(change, fault, times)),
    }
}

fn meet(change: &Change, fault: &Fault, times: u32) -> String {
    let rig = Rig::new();
    let context = format!("{} {times} times at {}", fault.name, change.title);
    let is_done = || block_on((change.is_done)(rig.client.clone())).expect("an answer");
    assert!(!is_done(), "{context}: it is so before");
    fault.meet(&rig, change.method, change.path, times);
    let answer = block_on((change.send)(rig.client.clone()));
    let sent = rig.sent(change.method, change.path);
    rig.world.borrow_mut().faults().clear();
    assert!(sent <= 4, "{context}: {sent} requests");
    match answer {
        Ok(()) => {
            assert!(is_done(), "{context}: said to be done, and is not");
            match sent {
                1 => "done".to_owned(),
                sent => format!("done, asked {sent} times in all"),
            }
        }
        Err(error) => {
            assert!(
                error.may_have_begun() || !is_done(),
                "{context}: refused, and done"
            );
            // Whoever asks again is not told that it is there already.
            assert_eq!(block_on((change.send)(rig.client.clone())), Ok(()), "{context}");
            let problem = Problem::in_full(&error);
            check_words(&problem, fault, &context);
            let what = if error.may_have_begun() {
                "Outcome not known."
            } else {
                change.has_not
            };
            format!("*{what}* {}", words(&problem, sent))
        }
    }
}

/// An account that takes no restored files yet.
fn closed() -> ResourceId {
    storage_account("rg-insights", "stinsightsarchive")
}

fn new_container() -> ContainerName {
    "restored-today".parse().expect("a name")
}
