//! What is read: the last good data stays, and a failure has its words.

use arm_client::{ArmClient, ArmError, Backup, data_protection::BackupJob};
use arm_core::{LocalFuture, Method, ResourceId};
use arm_emulator::directory::COMMERCE_VAULT;

use super::{Fault, Section, faults::LASTING, rows};
use crate::{
    problem::{Problem, ProblemKind},
    stores::operations::{
        drive_rig::{Rig, SERVER, block_on},
        protection_tests::{BILLING, commerce, vault},
    },
};

/// A request that only reads.
pub struct Read {
    /// What it reads.
    title: &'static str,
    method: Method,
    path: &'static str,
    /// What it is called in *The … could not be read.*
    of: &'static str,
    send: fn(ArmClient) -> LocalFuture<'static, Result<usize, ArmError>>,
    /// What is read before the fault.
    before: usize,
}

/// All of them.
pub const READS: &[Read] = &[
    Read {
        title: "Subscriptions",
        method: Method::Get,
        path: "/subscriptions",
        of: "list of servers",
        send: |arm| Box::pin(async move { Ok(arm.subscriptions().list().await?.len()) }),
        before: 0,
    },
    Read {
        title: "Servers, through Resource Graph",
        method: Method::Post,
        path: "/providers/Microsoft.ResourceGraph/resources",
        of: "list of servers",
        send: |arm| Box::pin(async move { Ok(arm.resource_graph().flexible_servers().await?.len()) }),
        before: 0,
    },
    Read {
        title: "One server",
        method: Method::Get,
        path: "/flexibleServers/pg-orders-prod",
        of: "server",
        send: |arm| Box::pin(async move { arm.flexible_servers().get(&server()).await.map(|_| 1) }),
        before: 0,
    },
    Read {
        title: "The list of backups, its first page",
        method: Method::Get,
        path: "/pg-orders-prod/backups",
        of: "list of backups",
        send: |arm| Box::pin(async move { Ok(arm.backups(&server()).list().await?.len()) }),
        before: 0,
    },
    Read {
        title: "The list of backups, a later page",
        method: Method::Get,
        path: "/pg-orders-prod/backups",
        of: "list of backups",
        send: |_| Box::pin(std::future::ready(Ok(0))),
        before: 1,
    },
    Read {
        title: "Long-term retention: what a backup needs",
        method: Method::Post,
        path: "/ltrPreBackup",
        of: "number of containers",
        send: |arm| {
            Box::pin(async move {
                let name = "weekly".parse().expect("a name");
                let needed = arm.long_term_retention(&server()).pre_check(&name).await;
                needed.map(|_| 1)
            })
        },
        before: 0,
    },
    Read {
        title: "Long-term retention: the list",
        method: Method::Get,
        path: "/ltrBackupOperations",
        of: "list of long-term retention backups",
        send: |arm| Box::pin(async move { Ok(arm.long_term_retention(&server()).operations().await?.len()) }),
        before: 0,
    },
    Read {
        title: "Backup vaults of a subscription",
        method: Method::Get,
        path: "/backupVaults",
        of: "list of backup vaults",
        send: |arm| {
            Box::pin(async move {
                let subscription = ResourceId::subscription(server().subscription_id()).expect("an id");
                Ok(arm.data_protection().vaults(&subscription).await?.len())
            })
        },
        before: 0,
    },
    Read {
        title: "One backup instance",
        method: Method::Get,
        path: "/backupInstances/",
        of: "backup instance",
        send: |arm| {
            Box::pin(async move {
                arm.data_protection()
                    .instance(&commerce(BILLING))
                    .await
                    .map(|_| 1)
            })
        },
        before: 0,
    },
    Read {
        title: "Long-term retention: one backup",
        method: Method::Get,
        path: "/ltrBackupOperations/",
        of: "long-term retention backup",
        send: |arm| {
            Box::pin(async move {
                let retention = arm.long_term_retention(&server());
                let name = retention.operations().await?[0].name.clone().expect("a name");
                let name = name.parse().expect("a name");
                retention.operation(&name).await.map(|_| 1)
            })
        },
        before: 0,
    },
    Read {
        title: "Recovery points of a backup instance",
        method: Method::Get,
        path: "/recoveryPoints",
        of: "list of recovery points",
        send: |arm| {
            Box::pin(async move {
                let points = arm
                    .data_protection()
                    .recovery_points(&commerce(BILLING), None, None)?;
                Ok(points.collect().await?.len())
            })
        },
        before: 0,
    },
    Read {
        title: "Jobs of a backup vault",
        method: Method::Get,
        path: "/backupJobs",
        of: "list of jobs",
        send: |arm| Box::pin(async move { Ok(jobs(&arm).await?.len()) }),
        before: 0,
    },
    Read {
        title: "Jobs of all backup vaults, through Resource Graph",
        method: Method::Post,
        path: "/providers/Microsoft.ResourceGraph/resources",
        of: "list of jobs",
        send: |arm| Box::pin(async move { Ok(arm.data_protection().all_jobs().await?.len()) }),
        before: 0,
    },
    Read {
        title: "One job",
        method: Method::Get,
        path: "/backupJobs/",
        of: "job",
        send: |arm| {
            Box::pin(async move {
                let job = jobs(&arm).await?[0].id.clone();
                arm.data_protection().job(&job).await.map(|_| 1)
            })
        },
        before: 0,
    },
    Read {
        title: "Storage accounts of a subscription",
        method: Method::Get,
        path: "/providers/Microsoft.Storage/storageAccounts",
        of: "list of storage accounts",
        send: |arm| {
            Box::pin(async move {
                let subscription = ResourceId::subscription(server().subscription_id()).expect("an id");
                Ok(arm.storage_accounts().list(&subscription).await?.len())
            })
        },
        before: 0,
    },
    Read {
        title: "One storage account",
        method: Method::Get,
        path: "/storageAccounts/stcommercebackup",
        of: "storage account",
        send: |arm| Box::pin(async move { arm.storage_accounts().get(&account()).await.map(|_| 1) }),
        before: 0,
    },
    Read {
        title: "Containers of a storage account",
        method: Method::Get,
        path: "/blobServices/default/containers",
        of: "list of containers",
        send: |arm| Box::pin(async move { Ok(arm.storage_accounts().containers(&account()).await?.len()) }),
        before: 0,
    },
    Read {
        title: "Roles of a vault's identity on a storage account",
        method: Method::Get,
        path: "/roleAssignments",
        of: "roles of the backup vault",
        send: |arm| {
            Box::pin(async move {
                let roles = arm.authorization();
                Ok(roles.assigned_to(&account(), COMMERCE_VAULT).await?.len())
            })
        },
        before: 0,
    },
];

/// The jobs of the vault of commerce.
async fn jobs(arm: &ArmClient) -> Result<Vec<BackupJob>, ArmError> {
    let service = arm.data_protection();
    service.jobs(&vault("bv-commerce-weu"))?.collect().await
}

/// An account that takes restored files.
fn account() -> ResourceId {
    storage_account("rg-commerce-prod", "stcommercebackup")
}

/// A storage account of the subscription of production.
pub fn storage_account(group: &str, name: &str) -> ResourceId {
    let kind = "Microsoft.Storage/storageAccounts";
    ResourceId::in_resource_group(server().subscription_id(), group, kind, name).expect("an id")
}

/// What each fault does to it.
pub fn section(read: &Read) -> Section {
    Section {
        title: format!("{}: `{} …{}`", read.title, read.method, read.path),
        rows: rows(|fault, times| meet(read, fault, times)),
    }
}

fn meet(read: &Read, fault: &Fault, times: u32) -> String {
    let rig = Rig::new();
    let context = format!("{} {} times at {}", fault.name, times, read.title);
    let asked_before = |rig: &Rig| rig.sent(read.method, read.path);
    let (answer, asked) = if read.before == 0 {
        fault.meet(&rig, read.method, read.path, times);
        let answer = block_on((read.send)(rig.client.clone()));
        (answer, asked_before(&rig))
    } else {
        rig.world.borrow_mut().switches().page_size = 7;
        let mut pages = rig.client.backups(&server()).pages().expect("a URL");
        let first: Vec<Backup> = block_on(pages.next()).expect("a page").expect("a first page");
        let before = asked_before(&rig);
        fault.meet(&rig, read.method, read.path, times);
        let answer = block_on(pages.collect()).map(|rest| first.len() + rest.len());
        (answer, asked_before(&rig) - before)
    };
    match answer {
        Ok(count) => {
            assert!(count > 0, "{context}: nothing is no answer");
            match asked {
                1 => "read".to_owned(),
                asked => format!("read, asked {asked} times in all"),
            }
        }
        Err(error) => {
            assert!(
                times == LASTING || asked == 1,
                "{context}: it was not asked again"
            );
            let problem = Problem::in_full(&error);
            check_words(&problem, fault, &context);
            format!("*The {} could not be read.* {}", read.of, words(&problem, asked))
        }
    }
}

/// What every failure has: a sentence, a way on, and what support asks for.
pub fn check_words(problem: &Problem, fault: &Fault, context: &str) {
    assert!(problem.reason.ends_with(['.', '\'']), "{context}: {problem:?}");
    if let Some(code) = fault.code() {
        assert_eq!(problem.code.as_deref(), Some(code), "{context}: {problem:?}");
        assert!(problem.request_id.is_some(), "{context}: {problem:?}");
    }
    // What was refused for good can be tried again from its view; the rest says what to do.
    let is_for_good = matches!(problem.kind, ProblemKind::NotFound | ProblemKind::Refused);
    assert!(problem.advice.is_some() || is_for_good, "{context}: {problem:?}");
}

/// The words, the way on, and what is kept for support.
pub fn words(problem: &Problem, asked: usize) -> String {
    let advice = problem.advice.as_deref().unwrap_or_default();
    let mut ids = Vec::new();
    ids.extend(problem.code.as_ref().map(|code| format!("code {code}")));
    ids.extend(problem.request_id.as_ref().map(|_| "request id".to_owned()));
    ids.push(match asked {
        1 => "1 request".to_owned(),
        asked => format!("{asked} requests"),
    });
    format!("{} {advice} ({})", problem.reason, ids.join(", ")).replace("  ", " ")
}

fn server() -> ResourceId {
    SERVER.parse().expect("an id")
}
