//! What is read: the last good data stays, and a failure has its words.

use arm_client::{ArmClient, ArmError, Backup};
use arm_core::{LocalFuture, Method, ResourceId};

use super::{Fault, Section, faults::LASTING, rows};
use crate::{
    problem::{Problem, ProblemKind},
    stores::operations::{
        drive_rig::{Rig, SERVER, block_on},
        protection_tests::{BILLING, commerce},
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
];

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
